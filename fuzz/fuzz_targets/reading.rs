//! What holds of every report, whatever it was read from.

use std::io::Cursor;
use std::ops::ControlFlow;

use rapporteur_source::{Item, Options};

/// Reads bytes as they come on standard input, and looks at what comes of them.
pub fn read(bytes: &[u8]) {
    let flow = rapporteur_source::read(
        &["-".into()],
        &Options::default(),
        &mut Cursor::new(bytes),
        &mut |item| {
            match item {
                Item::Report(incoming) => whole(&incoming.report),
                Item::Failed(error) => drop((error.to_string(), error.help())),
                Item::Skipped(_) | Item::Warning(_) => {}
            }
            ControlFlow::Continue(())
        },
    );
    assert!(flow.is_continue());
}

/// The passages cover the text in order, and each can be cited.
fn whole(report: &rapporteur_schema::Report) {
    let mut at = 0;
    for passage in &report.head.passages {
        let span = passage.span();
        assert_eq!(span.start(), at);
        at = span.end();
        if !span.is_empty() {
            assert!(report.cite(span).is_ok());
        }
    }
    assert_eq!(at, report.text.chars());
}
