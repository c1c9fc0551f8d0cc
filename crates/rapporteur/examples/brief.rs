//! The brief of a folder of reports: what they say together, on two screens.
//!
//! ```text
//! cargo run --example brief -- examples/strait
//! ```

use std::path::PathBuf;

use rapporteur::{Options, brief, gather, record};

fn main() -> Result<(), rapporteur::Error> {
    let folder =
        std::env::args().nth(1).unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait").into());

    // Files, folders, pages, feeds and archives alike. What cannot be read does not stop the rest.
    let gathered = gather(&[PathBuf::from(folder)], &Options::default());
    for failed in &gathered.failed {
        eprintln!("{failed}");
    }

    // The same record in whatever order the reports come. Every line of it is cited, and every citation can be proved.
    let record = record(&gathered.reports);
    record.verify(&gathered.reports)?;

    // Markdown with footnotes; `brief::html` makes a page, `brief::text` columns for a terminal.
    println!("{}", brief::markdown(&record));
    Ok(())
}
