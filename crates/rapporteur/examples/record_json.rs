//! Reports that a program has at hand, and their record as JSON.
//!
//! ```text
//! cargo run --example record_json
//! ```

use rapporteur::{Metadata, assemble, findings, from_text, infer_missing_dates};

const TEXTS: [(&str, &str); 2] = [
    (
        "Harbour Wire",
        "VELMIN — The ferry crews and the owners met on Monday in Tesk, mediator Ilva Marsh said. \
         “Nobody left the table,” Marsh said.",
    ),
    ("Quayside", "Ilva Marsh said the crews had met the owners in Tesk on Monday. “Nobody left the table,” she said."),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // What is known about a text beside its words: who published it, and when. Here one of the two has no date.
    let mut reports = Vec::new();
    for (number, (outlet, text)) in TEXTS.iter().enumerate() {
        let published = (number == 0).then_some("2025-03-04");
        let about = Metadata { outlet: Some(outlet), published, ..Metadata::default() };
        let (report, warnings) = from_text(&format!("{outlet}.txt"), text, &about)?;
        warnings.iter().for_each(|warning| eprintln!("{warning}"));
        reports.push(report);
    }

    // Each report is read alone: this step can run anywhere, on as many machines as there are.
    let found = reports.iter().map(findings).collect();

    // Together, they may tell a date that one of them leaves out; then they make one record.
    let found = infer_missing_dates(&reports, found);
    let record = assemble(&reports, &found);
    println!("{}", serde_json::to_string_pretty(&record)?);
    Ok(())
}
