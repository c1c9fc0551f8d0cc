//! From what a user names to the reports behind it, one after another, nothing silently left out.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rapporteur_schema::{Edtf, Report};
use serde::{Deserialize, Serialize};

use crate::format::{self, Format};
use crate::http::{Answer, Fetch, Fetched, Validators};
use crate::input;
use crate::known::Known;
use crate::limits::MAX_REPORT_BYTES;
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::raw_article::RawArticle;
use crate::unpack::Unpacked;
use crate::{Error, ErrorKind, html, rtf, sidecar, subtitles};
#[cfg(feature = "documents")]
use crate::{docx, odt, package};

/// What a user says about the inputs beyond their paths.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The date of publication of a single file; goes before what its sidecar says.
    pub published: Option<Edtf>,
    /// The outlet of a single file; goes before what its sidecar says.
    pub outlet: Option<String>,
    /// Reads what links in a folder lead to outside of it; else such a link is told and left out.
    pub follow_links: bool,
    /// Leaves out the folders inside a folder; else the reports in them are read too.
    pub flat: bool,
    /// The program that reads a PDF, in a process of its own: it is started with `PDF_COMMAND` as its only argument and calls
    /// `serve_pdf`. Where there is none, a PDF is told and left out.
    pub pdf_reader: Option<PathBuf>,
}

/// A file of a folder that was not taken for a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub why: String,
    /// Whether it may hold something that belongs to the story, so that a record made without it should say so. Programs' own
    /// folders, and files that tell of the folder (README, LICENSE), do not.
    pub matters: bool,
}

/// The feed that led to a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// The address of the feed, or the path of its file.
    pub feed: String,
    /// The id of the entry in it.
    pub entry: String,
}

/// A report and the original it was read from.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The report.
    pub report: Report,
    /// The bytes that [`rapporteur_schema::ReportHead::sha256`] and the report's map are about: a file; of an archive the
    /// page, unpacked; of JSON the line; of a feed the content of the entry.
    pub original: Vec<u8>,
    /// The media type of the original ("text/html").
    pub media: String,
    /// The feed that led to it.
    pub via: Option<Via>,
    /// To ask its site later whether it changed.
    pub validators: Option<Validators>,
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
/// A folder means the reports in it and in the folders inside it (see [`Options::flat`]), in name order, but not what is hidden;
/// a pipe, a device or a socket in it is told and left out, and so is a link that leads out of it (see [`Options::follow_links`]). A pipe that is named itself is read,
/// for a shell names pipes (`<(…)`). Nothing fails as a whole: what cannot
/// be read is an [`Item::Failed`] among the others. However much there is, no more than one report is held at a time.
/// Nothing is asked of the web: see [`read_with`].
pub fn read(inputs: &[PathBuf], options: &Options, stdin: &mut dyn Read, sink: &mut Sink<'_>) -> ControlFlow<()> {
    read_with(inputs, options, stdin, None, sink)
}

/// As [`read()`]; with `web`, addresses among the inputs are fetched, and so are the pages that feeds only point to.
pub fn read_with(
    inputs: &[PathBuf],
    options: &Options,
    stdin: &mut dyn Read,
    web: Option<&mut dyn Fetch>,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut seen = BTreeSet::new();
    let mut reader = Reader::new(options, web, sink);
    for input in inputs {
        if input.as_os_str() == "-" {
            reader.stream(InputLocation::file(input), Box::new(&mut *stdin))?;
            continue;
        }
        if let Some(url) = input.to_str().filter(|s| is_address(s)) {
            reader.address(url)?;
            continue;
        }
        let in_folder = input.is_dir();
        for file in reader.files(input)? {
            // The same file named twice is one report.
            if seen.insert(fs::canonicalize(&file).unwrap_or_else(|_| file.clone())) {
                reader.file(&file, in_folder.then_some(input.as_path()))?;
            } else {
                reader.warn(format!("{}: named twice, read once", file.display()))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// Whether an input is an address and no path: `scheme://…`, or `file:…`, which is refused with a word of its own.
fn is_address(input: &str) -> bool {
    let scheme = input.split_once("://").map_or("", |(scheme, _)| scheme);
    let letters = scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    letters || input.starts_with("file:")
}

/// Where one input, or one thing inside an input, came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct InputLocation {
    /// What a failure names.
    pub(crate) path: PathBuf,
    /// What the report gives as its source.
    pub(crate) source: String,
    /// What it is called where it lay; part of the report's id.
    pub(crate) name: String,
    pub(crate) media: Option<String>,
    pub(crate) charset: Option<String>,
    /// The bytes of the file, where that is known.
    pub(crate) length: Option<u64>,
    /// Whether it was found in a folder and not named itself.
    pub(crate) in_folder: bool,
    /// Whether there may be a sidecar.
    pub(crate) beside: bool,
    /// What goes before what the thing says of itself.
    pub(crate) known: Known,
    /// What fills in what the thing does not say of itself.
    pub(crate) fallback: Known,
    pub(crate) via: Option<Via>,
    pub(crate) validators: Option<Validators>,
}

impl InputLocation {
    /// A file, or `-`.
    pub(crate) fn file(path: &Path) -> InputLocation {
        InputLocation {
            path: path.to_owned(),
            source: path.display().to_string(),
            name: path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            ..InputLocation::default()
        }
    }

    /// Something on the web.
    pub(crate) fn web(url: &str) -> InputLocation {
        let fallback = Known { url: Some(url.to_owned()), ..Known::default() };
        InputLocation {
            path: PathBuf::from(url),
            source: url.to_owned(),
            name: url.to_owned(),
            fallback,
            ..InputLocation::default()
        }
    }

    /// The same with what came with the answer, and the answer's content.
    pub(crate) fn fetched(mut self, fetched: Fetched) -> (InputLocation, Vec<u8>) {
        (self.source, self.name) = (fetched.url.clone(), fetched.url.clone());
        self.fallback.url = Some(fetched.url);
        (self.media, self.charset) = (fetched.media, fetched.charset);
        self.validators = Some(fetched.validators).filter(|v| *v != Validators::default());
        self.length = Some(fetched.bytes.len() as u64);
        (self, fetched.bytes)
    }

    /// A part of this, by its number.
    pub(crate) fn part(&self, number: u64) -> InputLocation {
        let mut part = self.clone();
        part.source = format!("{}#{number}", self.source);
        part.name = format!("{}#{number}", self.name);
        // The address is that of the whole.
        (part.media, part.charset, part.fallback.url) = (None, None, None);
        part
    }
}

/// What is said of all inputs, and who takes what comes.
pub(crate) struct Reader<'r, 's, 'w> {
    pub(crate) options: &'r Options,
    pub(crate) web: Option<&'w mut (dyn Fetch + 'w)>,
    pub(crate) sink: &'r mut Sink<'s>,
    /// The addresses that were asked for; none is asked for twice.
    pub(crate) asked: BTreeSet<String>,
    /// How many lists, feeds and messages the present one is inside of.
    pub(crate) depth: u32,
}

impl<'r, 's, 'w> Reader<'r, 's, 'w> {
    pub(crate) fn new(options: &'r Options, web: Option<&'w mut (dyn Fetch + 'w)>, sink: &'r mut Sink<'s>) -> Self {
        Reader { options, web, sink, asked: BTreeSet::new(), depth: 0 }
    }

    pub(crate) fn failed(&mut self, path: &Path, kind: ErrorKind) -> ControlFlow<()> {
        (self.sink)(Item::Failed(Error::new(path, kind)))
    }

    pub(crate) fn warn(&mut self, what: String) -> ControlFlow<()> {
        (self.sink)(Item::Warning(what))
    }

    pub(crate) fn skipped(&mut self, path: &Path, why: impl Into<String>) -> ControlFlow<()> {
        (self.sink)(Item::Skipped(Skipped { path: path.to_owned(), why: why.into(), matters: true }))
    }

    /// Reads one file, named by itself or met in a folder.
    fn file(&mut self, path: &Path, folder: Option<&Path>) -> ControlFlow<()> {
        let opened = match folder {
            Some(folder) => input::open_met(path, folder, self.options.follow_links),
            None => input::open_named(path),
        };
        match opened {
            Err(kind) => self.failed(path, kind),
            Ok((file, length)) => {
                let in_folder = folder.is_some();
                let place =
                    InputLocation { length: Some(length), in_folder, beside: true, ..InputLocation::file(path) };
                self.stream(place, Box::new(file))
            }
        }
    }

    /// Fetches what is at an address and reads it.
    pub(crate) fn address(&mut self, url: &str) -> ControlFlow<()> {
        let path = PathBuf::from(url);
        let lower = url.to_lowercase();
        if !lower.starts_with("http://") && !lower.starts_with("https://") {
            return self.failed(&path, ErrorKind::Scheme);
        }
        if !self.asked.insert(url.to_owned()) {
            return self.warn(format!("{url}: named twice, read once"));
        }
        match self.web.as_mut().map(|web| web.get(url, None)) {
            None => self.failed(&path, ErrorKind::NoFetcher),
            Some(Err(e)) => self.failed(&path, ErrorKind::Fetch(e)),
            Some(Ok(Answer::NotModified)) => ControlFlow::Continue(()),
            Some(Ok(Answer::Fetched(fetched))) => self.fetched(InputLocation::web(url), fetched),
        }
    }

    /// Reads what was fetched.
    fn fetched(&mut self, place: InputLocation, fetched: Fetched) -> ControlFlow<()> {
        for note in &fetched.notes {
            self.warn(note.clone())?;
        }
        let (place, bytes) = place.fetched(fetched);
        self.stream(place, Box::new(Cursor::new(bytes)))
    }

    /// Reads one file, one answer of the web, or standard input: whatever it is.
    pub(crate) fn stream(&mut self, place: InputLocation, bytes: Box<dyn Read + '_>) -> ControlFlow<()> {
        let mut bytes = match Unpacked::new(bytes) {
            Ok(bytes) => bytes,
            Err(e) => return self.failed(&place.path, ErrorKind::io(e)),
        };
        let packed = bytes.is_packed();
        let (ending, _) = format::ending(&place.name);
        let format = match bytes.glance(format::HEAD) {
            // An archive may be damaged from its first record on and good after that.
            Err(_) if packed && ending == "warc" => Format::Warc,
            Err(e) => return self.failed(&place.path, ErrorKind::io(e)),
            Ok([]) => return self.failed(&place.path, ErrorKind::Empty),
            Ok(head) => Format::of(head, &place.name, place.media.as_deref()),
        };
        match format {
            Format::Warc => return self.archive(&place, &mut bytes),
            Format::Json => return self.json(&place, &mut bytes),
            Format::Table => return self.table(&place, &mut bytes),
            #[cfg(feature = "documents")]
            Format::Mbox => return self.mbox(&place, &mut bytes),
            Format::Other(other) => return self.failed(&place.path, ErrorKind::Other(other)),
            _ => {}
        }
        if let Some(bytes) = place.length.filter(|&l| l > MAX_REPORT_BYTES && !packed) {
            return self.failed(&place.path, ErrorKind::TooLarge { bytes, limit: MAX_REPORT_BYTES });
        }
        match read_all(&mut bytes) {
            Err(kind) => self.failed(&place.path, kind),
            Ok(bytes) => self.document(place, format, bytes),
        }
    }

    /// Reads what was read to its end.
    pub(crate) fn document(&mut self, mut place: InputLocation, format: Format, bytes: Vec<u8>) -> ControlFlow<()> {
        let one = matches!(
            format,
            Format::Plain
                | Format::Html
                | Format::Pdf
                | Format::Package
                | Format::Rtf
                | Format::Subtitles
                | Format::Mail
        );
        if one && place.beside {
            let path = place.path.clone();
            place.known = self.sidecar(&path)?;
        }
        let charset = place.charset.as_deref();
        match format {
            Format::Plain | Format::Html | Format::Rtf | Format::Subtitles => {
                let url = place.known.url.as_deref().or(place.fallback.url.as_deref());
                match article(format, &bytes, url, charset) {
                    Ok((draft, media)) => self.deliver(place, draft, bytes, media),
                    Err(kind) => self.failed(&place.path, kind),
                }
            }
            Format::Xml => {
                let name = format::root_of(&bytes).unwrap_or_default();
                self.failed(&place.path, ErrorKind::Xml(name))
            }
            #[cfg(not(feature = "feeds"))]
            Format::Feed | Format::Opml => self.failed(&place.path, ErrorKind::NoFeedReader),
            #[cfg(feature = "feeds")]
            Format::Feed | Format::Opml if self.depth >= 2 => {
                let inside = format!("it is inside {} other lists", self.depth);
                self.failed(&place.path, ErrorKind::Feed(inside))
            }
            #[cfg(feature = "feeds")]
            Format::Feed | Format::Opml => {
                self.depth += 1;
                let flow = if format == Format::Feed { self.feed(&place, &bytes) } else { self.opml(&place, &bytes) };
                self.depth -= 1;
                flow
            }
            Format::Pdf => match self.pdf(&bytes) {
                Ok(draft) => self.deliver(place, draft, bytes, "application/pdf"),
                Err(kind) => self.failed(&place.path, kind),
            },
            Format::Package => match package(&bytes) {
                Ok((draft, media)) => self.deliver(place, draft, bytes, media),
                Err(kind) => self.failed(&place.path, kind),
            },
            #[cfg(feature = "documents")]
            Format::Mail => self.mail(place, bytes),
            #[cfg(not(feature = "documents"))]
            Format::Mail | Format::Mbox => self.failed(&place.path, ErrorKind::LeftOut("mail")),
            // These are read as streams; one inside another document is not looked for.
            Format::Warc | Format::Json | Format::Table => self.failed(&place.path, ErrorKind::Binary),
            #[cfg(feature = "documents")]
            Format::Mbox => self.failed(&place.path, ErrorKind::Binary),
            Format::Other(other) => self.failed(&place.path, ErrorKind::Other(other)),
        }
    }

    #[cfg(feature = "pdf")]
    fn pdf(&self, bytes: &[u8]) -> Result<RawArticle, ErrorKind> {
        match &self.options.pdf_reader {
            Some(program) => pdf::draft(bytes, program),
            None => Err(ErrorKind::PdfProcess("no program was named for it".into())),
        }
    }

    #[cfg(not(feature = "pdf"))]
    fn pdf(&self, _: &[u8]) -> Result<RawArticle, ErrorKind> {
        Err(ErrorKind::LeftOut("a PDF"))
    }

    /// Makes a report of a draft and hands it over.
    pub(crate) fn deliver(
        &mut self,
        place: InputLocation,
        mut draft: RawArticle,
        original: Vec<u8>,
        media: &str,
    ) -> ControlFlow<()> {
        if draft.replaced {
            self.warn(format!("{}: some bytes are no {}; each was read as U+FFFD", place.source, draft.encoding))?;
        }
        draft.known = draft.known.or(place.fallback);
        match draft.report(&place.source, &place.name, &original, place.known, self.options) {
            Ok((report, notes)) => {
                for note in notes {
                    self.warn(format!("{}: {note}", place.source))?;
                }
                let (via, validators) = (place.via, place.validators);
                let incoming = Incoming { report, original, media: media.into(), via, validators };
                (self.sink)(Item::Report(Box::new(incoming)))
            }
            Err(kind) => self.failed(&place.path, kind),
        }
    }

    /// What `NAME.json` says of `NAME.txt`.
    fn sidecar(&mut self, path: &Path) -> ControlFlow<(), Known> {
        let beside = path.with_extension("json");
        if beside == path {
            return ControlFlow::Continue(Known::default());
        }
        let folder = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
        let wrong = match input::open_met(&beside, folder, self.options.follow_links) {
            Err(ErrorKind::NotFound) => return ControlFlow::Continue(Known::default()),
            Err(kind) => vec![kind.to_string()],
            Ok((mut file, _)) => match read_all(&mut file) {
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
}

/// Reads one article; gives its media type as well.
pub(crate) fn article(
    format: Format,
    bytes: &[u8],
    url: Option<&str>,
    charset: Option<&str>,
) -> Result<(RawArticle, &'static str), ErrorKind> {
    match format {
        Format::Html => Ok((page(bytes, url, charset)?, "text/html")),
        Format::Rtf => Ok((rtf::draft(bytes)?, "application/rtf")),
        Format::Subtitles => Ok((subtitles::draft(bytes, charset)?, "text/vtt")),
        _ => Ok((RawArticle::plain(bytes, charset)?, "text/plain")),
    }
}

/// Reads what a word processor wrote, and gives its media type as well.
#[cfg(feature = "documents")]
fn package(bytes: &[u8]) -> Result<(RawArticle, &'static str), ErrorKind> {
    let mut package = package::Package::open(bytes)?;
    if odt::is(&mut package)? {
        Ok((odt::draft(&mut package)?, "application/vnd.oasis.opendocument.text"))
    } else if docx::is(&mut package)? {
        let media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        Ok((docx::draft(&mut package)?, media))
    } else {
        Err(ErrorKind::ForeignPackage)
    }
}

#[cfg(not(feature = "documents"))]
fn package(_: &[u8]) -> Result<(RawArticle, &'static str), ErrorKind> {
    Err(ErrorKind::LeftOut("a document of a word processor"))
}

/// Reads a page of the web: the one place where that is done.
fn page(bytes: &[u8], url: Option<&str>, charset: Option<&str>) -> Result<RawArticle, ErrorKind> {
    html::draft(bytes, &html::Hint { url: url.map(str::to_owned), charset: charset.map(str::to_owned) })
}

/// Reads to the end, but no more than one report may have: a pipe has no length to look at, and gzip may unpack to
/// anything.
pub(crate) fn read_all(reader: &mut dyn Read) -> Result<Vec<u8>, ErrorKind> {
    let mut bytes = Vec::new();
    reader.take(MAX_REPORT_BYTES + 1).read_to_end(&mut bytes).map_err(ErrorKind::io)?;
    if bytes.len() as u64 > MAX_REPORT_BYTES {
        return Err(ErrorKind::TooMuch { limit: MAX_REPORT_BYTES });
    }
    Ok(bytes)
}
