//! From what a user names to the reports behind it, one after another, nothing silently left out.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind as IoKind, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rapporteur_schema::{Edtf, Report};

use crate::draft::Draft;
use crate::format::Format;
use crate::known::Known;
use crate::{Error, ErrorKind, html, sidecar};

/// The most bytes one report may have: some two hundred times the longest article seen, and far below what
/// code-point offsets in 32 bits can count.
const LIMIT: u64 = 32 * 1024 * 1024;

/// Endings of files in a folder that are taken for reports.
const ENDINGS: &[&str] = &["txt", "text", "html", "htm", "xhtml"];

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

/// A report and the original it was read from.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The report.
    pub report: Report,
    /// The bytes that [`rapporteur_schema::ReportHead::sha256`] and the report's map are about.
    pub original: Vec<u8>,
    /// The media type of the original ("text/html").
    pub media: String,
}

/// One thing that comes of reading inputs.
#[derive(Debug)]
pub enum Item {
    /// A report.
    Report(Box<Incoming>),
    /// A file of a folder that was not taken for a report.
    Skipped(Skipped),
    /// An input that should be a report and could not be read.
    Failed(Error),
    /// Something worth a word that hinders nothing.
    Warning(String),
}

/// Takes what comes; answering [`ControlFlow::Break`] stops the reading.
pub type Sink<'s> = dyn FnMut(Item) -> ControlFlow<()> + 's;

/// Reads the reports that these inputs name, and hands them over one by one: files, folders, or `-` for standard input.
///
/// A folder means the reports in it, in name order, not those of folders inside. Nothing fails as a whole: what cannot
/// be read is an [`Item::Failed`] among the others. However much there is, no more than one report is held at a time.
pub fn read(inputs: &[PathBuf], options: &Options, stdin: &mut dyn Read, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut seen = BTreeSet::new();
    let mut reader = Reader { options, sink };
    for input in inputs {
        if input.as_os_str() == "-" {
            match read_all(stdin) {
                Ok(bytes) => reader.bytes(input, bytes, Known::default())?,
                Err(kind) => reader.failed(input, kind)?,
            }
            continue;
        }
        for file in reader.files(input)? {
            // The same file named twice is one report.
            if seen.insert(fs::canonicalize(&file).unwrap_or_else(|_| file.clone())) {
                reader.file(&file)?;
            } else {
                reader.warn(format!("{}: named twice, read once", file.display()))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// What is said of all inputs, and who takes what comes.
struct Reader<'r, 's> {
    options: &'r Options,
    sink: &'r mut Sink<'s>,
}

impl Reader<'_, '_> {
    fn failed(&mut self, path: &Path, kind: ErrorKind) -> ControlFlow<()> {
        (self.sink)(Item::Failed(Error::new(path, kind)))
    }

    fn warn(&mut self, what: String) -> ControlFlow<()> {
        (self.sink)(Item::Warning(what))
    }

    /// The files that a path stands for.
    fn files(&mut self, path: &Path) -> ControlFlow<(), Vec<PathBuf>> {
        if !path.is_dir() {
            return ControlFlow::Continue(vec![path.to_owned()]);
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(e) => {
                self.failed(path, ErrorKind::io(e))?;
                return ControlFlow::Continue(Vec::new());
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
                let why = if other.is_dir() { "a folder inside a folder" } else { "not a report by its name" };
                (self.sink)(Item::Skipped(Skipped { path: other, why: why.into() }))?;
            }
        }
        if reports.is_empty() {
            self.failed(path, ErrorKind::NoReports)?;
        }
        ControlFlow::Continue(reports)
    }

    /// Reads one file and its sidecar.
    fn file(&mut self, path: &Path) -> ControlFlow<()> {
        match read_file(path) {
            Err(kind) => self.failed(path, kind),
            Ok(bytes) => {
                let known = self.sidecar(path)?;
                self.bytes(path, bytes, known)
            }
        }
    }

    /// What `NAME.json` says of `NAME.txt`.
    fn sidecar(&mut self, path: &Path) -> ControlFlow<(), Known> {
        let beside = path.with_extension("json");
        let wrong = match fs::File::open(&beside) {
            _ if beside == path => return ControlFlow::Continue(Known::default()),
            Err(e) if e.kind() == IoKind::NotFound => return ControlFlow::Continue(Known::default()),
            Err(e) => vec![e.to_string()],
            Ok(mut file) => match read_all(&mut file) {
                Err(kind) => vec![kind.to_string()],
                Ok(bytes) => {
                    let (known, wrong) = sidecar::parse(&bytes);
                    for what in wrong {
                        self.bad_sidecar(&beside, what)?;
                    }
                    return ControlFlow::Continue(known);
                }
            },
        };
        for what in wrong {
            self.bad_sidecar(&beside, what)?;
        }
        ControlFlow::Continue(Known::default())
    }

    fn bad_sidecar(&mut self, path: &Path, what: String) -> ControlFlow<()> {
        let error = Error::new(path, ErrorKind::BadSidecar(what));
        self.warn(format!("{error}; the report is read without it ({})", error.help()))
    }

    /// Makes a report of the bytes of one input.
    fn bytes(&mut self, path: &Path, bytes: Vec<u8>, known: Known) -> ControlFlow<()> {
        if bytes.is_empty() {
            return self.failed(path, ErrorKind::Empty);
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let source = path.display().to_string();
        let (draft, media) = match Format::of(&bytes, &name, None) {
            Format::Plain => (Draft::plain(&bytes), "text/plain"),
            Format::Html => {
                let hint = html::Hint { url: known.url.clone(), charset: None };
                (html::draft(&bytes, &hint), "text/html")
            }
        };
        let draft = match draft {
            Ok(draft) => draft,
            Err(kind) => return self.failed(path, kind),
        };
        if draft.replaced {
            self.warn(format!("{source}: some bytes are no {}; each was read as U+FFFD", draft.encoding))?;
        }
        match draft.report(&source, &name, &bytes, known, self.options) {
            Ok(report) => {
                (self.sink)(Item::Report(Box::new(Incoming { report, original: bytes, media: media.into() })))
            }
            Err(kind) => self.failed(path, kind),
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
