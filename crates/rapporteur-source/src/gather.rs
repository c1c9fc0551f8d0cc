//! From the paths a user names to the reports behind them, nothing silently left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind as IoKind, Read};
use std::path::{Path, PathBuf};

use rapporteur_schema::{Basis, Edtf, Report, ReportHead, ReportId, Text, sha256};

use crate::Error;
use crate::error::ErrorKind;
use crate::passage;
use crate::plain::{decode, layout};
use crate::sidecar::Sidecar;
use crate::stated;

/// The most bytes one report may have: some two hundred times the longest article seen, and far below what
/// code-point offsets in 32 bits can count.
const LIMIT: u64 = 32 * 1024 * 1024;

/// Endings of files in a folder that are taken for reports.
const ENDINGS: &[&str] = &["txt", "text"];

/// What a user says about the inputs beyond their paths.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The date of publication of a single file; goes before what its sidecar says.
    pub published: Option<Edtf>,
    /// The outlet of a single file; goes before what its sidecar says.
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
    /// The reports, as the paths were given, those of a folder in name order.
    pub reports: Vec<Report>,
    /// Files of folders that are no reports.
    pub skipped: Vec<Skipped>,
    /// Inputs that should be reports and could not be read.
    pub failed: Vec<Error>,
    /// Things worth a word that hinder nothing.
    pub warnings: Vec<String>,
}

/// Reads the reports at these paths: files, folders, or `-` for standard input.
///
/// A folder means the reports in it (`.txt`, `.text`), in name order, not those of folders inside. Nothing fails as a
/// whole: what cannot be read stands in [`Gathered::failed`].
pub fn gather(paths: &[PathBuf], options: &Options, stdin: &mut dyn Read) -> Gathered {
    let mut gathered = Gathered::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            match read_all(stdin) {
                Ok(bytes) => gathered.take(path, &bytes, Sidecar::default(), options),
                Err(kind) => gathered.failed.push(Error::new(path, kind)),
            }
            continue;
        }
        for file in gathered.files(path) {
            // The same file named twice is one report.
            if seen.insert(fs::canonicalize(&file).unwrap_or_else(|_| file.clone())) {
                gathered.file(&file, options);
            } else {
                gathered.warnings.push(format!("{}: named twice, read once", file.display()));
            }
        }
    }
    gathered.tell_apart();
    gathered
}

impl Gathered {
    /// The files that a path stands for.
    fn files(&mut self, path: &Path) -> Vec<PathBuf> {
        if !path.is_dir() {
            return vec![path.to_owned()];
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(e) => {
                self.failed.push(Error::new(path, ErrorKind::io(e)));
                return Vec::new();
            }
        };
        let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        inside.sort();
        let is_report = |p: &Path| {
            let ending = p.extension().and_then(|e| e.to_str()).map(str::to_lowercase);
            ending.is_some_and(|e| ENDINGS.contains(&e.as_str())) && !p.is_dir()
        };
        let (reports, others): (Vec<PathBuf>, Vec<PathBuf>) = inside.into_iter().partition(|p| is_report(p));
        for other in others {
            let sidecar = other.extension().is_some_and(|e| e == "json")
                && ENDINGS.iter().any(|e| reports.contains(&other.with_extension(e)));
            if !sidecar {
                let why = if other.is_dir() { "a folder inside a folder" } else { "not a .txt file" };
                self.skipped.push(Skipped { path: other, why: why.into() });
            }
        }
        if reports.is_empty() {
            self.failed.push(Error::new(path, ErrorKind::NoReports));
        }
        reports
    }

    /// Reads one file and its sidecar.
    fn file(&mut self, path: &Path, options: &Options) {
        let bytes = match read_file(path) {
            Ok(bytes) => bytes,
            Err(kind) => return self.failed.push(Error::new(path, kind)),
        };
        let beside = path.with_extension("json");
        let sidecar = match fs::File::open(&beside) {
            _ if beside == path => Sidecar::default(),
            Err(e) if e.kind() == IoKind::NotFound => Sidecar::default(),
            Err(e) => {
                self.sidecar_warning(&beside, e.to_string());
                Sidecar::default()
            }
            Ok(mut file) => match read_all(&mut file) {
                Err(kind) => {
                    self.sidecar_warning(&beside, kind.to_string());
                    Sidecar::default()
                }
                Ok(bytes) => {
                    let (sidecar, wrong) = Sidecar::parse(&bytes);
                    wrong.into_iter().for_each(|what| self.sidecar_warning(&beside, what));
                    sidecar
                }
            },
        };
        self.take(path, &bytes, sidecar, options);
    }

    fn sidecar_warning(&mut self, path: &Path, what: String) {
        let error = Error::new(path, ErrorKind::BadSidecar(what));
        self.warnings.push(format!("{error}; the report is read without it ({})", error.help()));
    }

    /// Makes a report of bytes.
    fn take(&mut self, path: &Path, bytes: &[u8], sidecar: Sidecar, options: &Options) {
        match report(path, bytes, sidecar, options) {
            Ok((report, replaced)) => {
                if replaced {
                    self.warnings.push(format!(
                        "{}: some bytes are no {}; each was read as U+FFFD",
                        path.display(),
                        report.head.encoding
                    ));
                }
                self.reports.push(report);
            }
            Err(kind) => self.failed.push(Error::new(path, kind)),
        }
    }

    /// Reports of the same name and words get ids of their own from where they stand.
    fn tell_apart(&mut self) {
        let mut count: BTreeMap<ReportId, usize> = BTreeMap::new();
        for report in &self.reports {
            *count.entry(report.head.id.clone()).or_default() += 1;
        }
        for report in &mut self.reports {
            if count.get(&report.head.id).is_some_and(|&n| n > 1) {
                report.head.id = ReportId::from_content(&[report.head.id.as_str(), &report.head.source]);
            }
        }
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, ErrorKind> {
    let mut file = fs::File::open(path).map_err(ErrorKind::io)?;
    let bytes = file.metadata().map_err(ErrorKind::io)?.len();
    if bytes > LIMIT {
        return Err(ErrorKind::TooLarge { bytes, limit: LIMIT });
    }
    read_all(&mut file)
}

/// Reads to the end, but no more than one report may have: a pipe has no length to look at.
fn read_all(reader: &mut dyn Read) -> Result<Vec<u8>, ErrorKind> {
    let mut bytes = Vec::new();
    reader.take(LIMIT + 1).read_to_end(&mut bytes).map_err(ErrorKind::io)?;
    if bytes.len() as u64 > LIMIT {
        return Err(ErrorKind::TooLarge { bytes: bytes.len() as u64, limit: LIMIT });
    }
    Ok(bytes)
}

/// Makes a report; the flag says whether bytes had to be replaced.
fn report(path: &Path, bytes: &[u8], sidecar: Sidecar, options: &Options) -> Result<(Report, bool), ErrorKind> {
    if bytes.is_empty() {
        return Err(ErrorKind::Empty);
    }
    let decoded = decode::decode(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(ErrorKind::Empty);
    }
    if is_html(&decoded.text) {
        return Err(ErrorKind::Html);
    }
    let source = path.display().to_string();
    let mut head = ReportHead {
        id: ReportId::new(""),
        source,
        sha256: sha256(bytes),
        encoding: decoded.encoding.name().to_owned(),
        outlet: None,
        url: None,
        title: None,
        byline: None,
        published: None,
        published_basis: None,
        language: "en".into(),
        credits: Vec::new(),
        passages: Vec::new(),
    };
    sidecar.fill(&mut head);
    if options.outlet.is_some() {
        head.outlet.clone_from(&options.outlet);
    }
    if options.published.is_some() {
        (head.published, head.published_basis) = (options.published, Some(Basis::Given));
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let known = |field: &Option<String>| field.clone().unwrap_or_default();
    head.id = ReportId::from_content(&[&head.sha256, &name, &known(&head.outlet), &known(&head.url)]);

    let text = Text::new(decoded.text);
    head.passages = passage::passages(&text, &layout::paragraphs(text.as_str()));
    let mut report = Report { head, text };
    let stated = stated::fill(&mut report);
    if report.head.published.is_none()
        && let Some(date) = stated
    {
        (report.head.published, report.head.published_basis) = (Some(date), Some(Basis::Stated));
    }
    Ok((report, decoded.replaced))
}

/// A page of the web handed over as if it were text would be read as a report about tags.
fn is_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(15).collect::<String>().to_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<?xml")
}
