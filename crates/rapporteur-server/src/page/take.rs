//! What is taken along: the brief and the record of a story in the forms of other programs, as files.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use rapporteur::brief::Brief;
use rapporteur::export::{self, Format, Options};
use rapporteur::phrase::escaped_json;

use crate::app::App;
use crate::ask::Query;
use crate::cache::{Asked, Snapshot};
use crate::reply::Refusal;

/// A file that is offered, and what it is for.
pub(crate) struct Offer {
    pub href: String,
    pub name: &'static str,
    pub title: &'static str,
}

/// The files that most people want, in this order; the addresses of the others are in the documentation.
// not words: names of files
const OFFERS: &[(&str, &str, &str)] = &[
    ("brief.html", "brief as a page", "One page that needs no other file, to read or to send"),
    ("brief.md", "as Markdown", "The brief with tables and footnotes"),
    ("story.md", "notes", "Markdown with a footnote for every citation, for a notebook"),
    ("statements.csv", "who said what (CSV)", "A row a statement, for a spreadsheet"),
    ("meetings.csv", "gatherings (CSV)", "A row a gathering, for a spreadsheet"),
    ("discrepancies.csv", "differences (CSV)", "A row an account, for a spreadsheet"),
    ("meetings.ics", "calendar", "The gatherings as a calendar"),
    ("reports.bib", "bibliography", "The reports as BibTeX"),
    ("record.json", "everything (JSON)", "The whole record, for programs"),
];

/// The files of a story that are offered.
pub(crate) fn offers(snapshot: &Snapshot) -> Vec<Offer> {
    let offer = |(file, name, title): &(&str, &'static str, &'static str)| {
        let href = snapshot.view_at(&format!("export/{file}"), &[("since", None)]);
        Offer { href, name, title }
    };
    OFFERS.iter().map(offer).collect()
}

/// A file of a story.
pub(crate) fn take(app: &App, story: &str, file: &str, query: &Query) -> Result<Response, Refusal> {
    let asked = Asked { since: None, ..query.asked(story)? };
    let snapshot = app.snapshot(&asked)?;
    let bytes = match file {
        "brief.html" => Brief::new(&snapshot.record, None).html().into_bytes(),
        "brief.md" => Brief::new(&snapshot.record, None).markdown().into_bytes(),
        "record.json" => {
            let json = serde_json::to_string_pretty(&*snapshot.record).map_err(|e| Refusal::Internal(e.to_string()))?;
            escaped_json(json).into_bytes()
        }
        file => exported(app, &asked, file)?,
    };
    let (_, ending) = file.rsplit_once('.').unwrap_or_default();
    // not words: media types
    let media = match ending {
        "html" => "text/html; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "bib" | "txt" => "text/plain; charset=utf-8",
        "json" | "jsonld" => "application/json",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Never shown as a page of this server, whatever is in it.
    let kept = format!("attachment; filename=\"{}-{file}\"", snapshot.id());
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&kept).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
    );
    Ok(response)
}

/// A file of one of the forms of export.
fn exported(app: &App, asked: &Asked, file: &str) -> Result<Vec<u8>, Refusal> {
    let missing = || Refusal::Missing("such file".into());
    let ending = file.find('.').map_or("", |at| file.get(at..).unwrap_or_default());
    let format = Format::ALL.into_iter().filter(|format| format.built());
    let format = format
        .filter(|f| if f.many_files() { f.file_name() == ending } else { f.file_name() == file })
        .find(|_| !ending.is_empty())
        .ok_or_else(missing)?;
    let context = app.cache.check_context(asked)?;
    // Who takes a table out of a browser opens it in a spreadsheet.
    let options = Options { guard_formulas: format == Format::Csv };
    let files = export::export(format, context.record(), context.reports(), &options)
        .map_err(|e| Refusal::Internal(e.to_string()))?;
    files.into_iter().find(|f| f.name == file).map(|f| f.bytes).ok_or_else(missing)
}
