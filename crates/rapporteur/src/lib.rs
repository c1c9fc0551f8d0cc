//! Reports in, record out.
//!
//! Data flows one way:
//! 1. **[`gather`]** reads files into [`Report`]s: a text as kept and what is known about it.
//! 2. **[`findings`]** says what one report says: names, statements, each with its place.
//! 3. **[`record`]** puts many reports together into one [`Record`] in which every line is cited.
//! 4. **[`brief`]** shows a record to people.

use std::path::PathBuf;

pub use rapporteur_brief as brief;
pub use rapporteur_schema::*;
pub use rapporteur_source::{Error as InputError, Gathered, Options, Skipped};

/// Reads the reports at these paths: files, folders, or `-` for standard input.
pub fn gather(paths: &[PathBuf], options: &Options) -> Gathered {
    rapporteur_source::gather(paths, options, &mut std::io::stdin())
}

/// What one report says.
pub fn findings(report: &Report) -> Findings {
    rapporteur_findings::read(report, rapporteur_language::Pipeline::builtin())
}

/// What these reports say together; the same record in whatever order they come.
pub fn record(reports: &[Report]) -> Record {
    let findings: Vec<Findings> = reports.iter().map(findings).collect();
    let made_with = MadeWith { version: env!("CARGO_PKG_VERSION").into(), model: None };
    rapporteur_record::assemble(reports, &findings, made_with)
}
