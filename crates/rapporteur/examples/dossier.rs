//! A dossier over two days: reports come in, the story changes, and somebody corrects what was found.
//!
//! ```text
//! cargo run --example dossier
//! ```

use rapporteur::dossier::Scope;
use rapporteur::{Aim, CorrectionRequest, Options, Store, Wish, read};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let mut store = Store::create(&folder.path().join("strait.dossier"))?;

    // Two runs bring reports in. The program is handed the time: nothing here reads a clock.
    for (folder, now) in [("strait", "2026-03-13T08:00:00Z"), ("later", "2026-03-15T08:00:00Z")] {
        let mut ingest = store.ingest("add", now)?;
        let path = format!("{EXAMPLES}/{folder}").into();
        let _ = read(&[path], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
        for report in ingest.finish()? {
            println!("{now} {} {:?}", report.head.source, report.added);
        }
    }

    // The record of all of it, and what the second run changed.
    let everything = Scope::default();
    let record = store.record(&everything)?;
    if let Some(earlier) = store.earlier(&everything, "last")? {
        for change in store.changes(&earlier, &record)? {
            println!("{:?}: {}", change.kind, change.about);
        }
    }

    // A person knows better than a report: its words stay as its account, and what is known stands beside them.
    if let Some(meeting) = record.meetings.first() {
        let done = store.correct(
            &everything,
            CorrectionRequest {
                at: "2026-03-15T09:00:00Z".into(),
                who: "Night desk".into(),
                why: Some("the minutes".into()),
                aim: Aim::World,
                wish: Wish::Date { of: meeting.id.to_string(), date: "2026-03-11".into() },
                number: 0,
            },
        )?;
        println!("{}: {:?} -> {:?}", done.about, done.was, done.now);
        store.undo("last", "Night desk", "2026-03-15T09:05:00Z")?;
    }

    // What cannot be done is refused with a reason, and leaves no trace.
    let nonsense = Wish::Note { of: "nothing".into(), text: "?".into() };
    let request = CorrectionRequest {
        at: "2026-03-15T09:10:00Z".into(),
        who: "Night desk".into(),
        why: None,
        aim: Aim::Reading,
        wish: nonsense,
        number: 0,
    };
    match store.correct(&everything, request) {
        Err(error) if error.is_not_found() => println!("refused: {error}"),
        other => println!("{other:?}"),
    }
    Ok(())
}
