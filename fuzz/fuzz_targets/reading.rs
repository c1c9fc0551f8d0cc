//! What holds of every report, whatever it was read from.

#![allow(dead_code, reason = "not every target needs all of it")]

use std::io::Cursor;
use std::ops::ControlFlow;

use rapporteur_source::{Item, Options};

/// Reads bytes as they come on standard input, and looks at what comes of them.
pub fn read(bytes: &[u8]) {
    let flow = rapporteur_source::read(&["-".into()], &Options::default(), &mut Cursor::new(bytes), &mut |item| {
        match item {
            Item::Report(incoming) => whole(&incoming.report),
            Item::Failed(error) => drop((error.to_string(), error.help())),
            Item::Skipped(_) | Item::Warning(_) => {}
        }
        ControlFlow::Continue(())
    });
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
    let mut at = 0;
    for part in &report.head.parts {
        assert!(part.start >= at && part.start < part.end && part.end <= report.text.chars());
        at = part.end;
    }
}

/// The same of a file with this ending: tables are told by it alone.
pub fn read_as(ending: &str, bytes: &[u8]) {
    let path = std::env::temp_dir().join(format!("rapporteur-fuzz-{}.{ending}", std::process::id()));
    if std::fs::write(&path, bytes).is_ok() {
        let _ = rapporteur_source::gather(&[path], &rapporteur_source::Options::default(), &mut std::io::empty());
    }
}

/// A package with these files, not packed.
pub fn package(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        let begun = zip.start_file(*name, plain);
        let _ = begun.map(|()| zip.write_all(bytes));
    }
    zip.finish().map(std::io::Cursor::into_inner).unwrap_or_default()
}
