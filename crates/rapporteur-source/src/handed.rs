//! A file that a program holds in memory under its name, as a browser hands it over: read as if it lay in a folder.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

use crate::known::Known;
use crate::read::{InputLocation, Reader, Sink};
use crate::{Item, Options, format, sidecar};

/// Reads what is in a file of this name; `beside` is the content of the sidecar that came with it, if one did.
///
/// The name is what reports give as their source, and tells of the format what the content leaves open; nothing is ever
/// opened under it. Whatever a file may hold is read as by [`read()`](crate::read()), under the same limits: of a mailbox or a
/// table every report. A feed is not followed to the pages it points to.
pub fn read_handed(
    name: &str,
    bytes: &[u8],
    beside: Option<&[u8]>,
    options: &Options,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut known = Known::default();
    if let Some(bytes) = beside {
        let (told, wrong) = sidecar::parse(bytes);
        for what in wrong {
            let what = format!("{name}: the sidecar cannot be used: {what}; the report is read without it");
            sink(Item::Warning(what))?;
        }
        known = told;
    }
    let place = InputLocation { length: Some(bytes.len() as u64), known, ..InputLocation::file(Path::new(name)) };
    Reader::new(options, None, sink).stream(place, Box::new(Cursor::new(bytes)))
}

/// Of files that come together: whether this is the sidecar (`NAME.json`) of another, `NAME.txt`.
pub fn is_sidecar_of(name: &str, other: &str) -> bool {
    let (name, other) = (Path::new(name), Path::new(other));
    let ending = other.extension().and_then(|e| e.to_str()).map(str::to_lowercase).unwrap_or_default();
    name.extension().is_some_and(|e| e == "json")
        && name.with_extension("") == other.with_extension("")
        && format::ARTICLES.contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gather;

    fn handed(name: &str, bytes: &[u8], beside: Option<&[u8]>) -> (Vec<rapporteur_schema::Report>, Vec<String>) {
        let (mut reports, mut told) = (Vec::new(), Vec::new());
        let _ = read_handed(name, bytes, beside, &Options::default(), &mut |item| {
            match item {
                Item::Report(incoming) => reports.push(incoming.report),
                Item::Failed(error) => told.push(error.to_string()),
                Item::Warning(what) => told.push(what),
                Item::Skipped(skipped) => told.push(skipped.why),
            }
            ControlFlow::Continue(())
        });
        (reports, told)
    }

    #[test]
    fn it_is_the_report_of_a_file_in_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        let (text, about) = ("The weir stays open until the thaw.\n", r#"{"outlet": "Harbour Post"}"#);
        std::fs::write(dir.path().join("weir.txt"), text).unwrap();
        std::fs::write(dir.path().join("weir.json"), about).unwrap();
        let mut lain = gather(&[dir.path().to_owned()], &Options::default(), &mut std::io::empty()).reports;
        lain[0].head.source = "weir.txt".into();
        let (reports, told) = handed("weir.txt", text.as_bytes(), Some(about.as_bytes()));
        assert_eq!((reports, told), (lain, Vec::new()));
    }

    #[test]
    fn no_file_is_opened_for_a_name() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("weir.json"), r#"{"outlet": "Harbour Post"}"#).unwrap();
        let name = dir.path().join("weir.txt").display().to_string();
        let (reports, told) = handed(&name, b"The weir stays open.", None);
        assert!(told.is_empty() && reports[0].head.outlet.is_none());
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_name() {
        for (name, bytes) in [("a.txt", &b""[..]), ("b.bin", b"\0\x01\x02\0\0"), ("c.png", b"\x89PNG\r\n\x1a\n\0\0")] {
            let (reports, told) = handed(name, bytes, None);
            assert!(reports.is_empty() && told.len() == 1 && told[0].starts_with(name), "{told:?}");
        }
        let (reports, told) = handed("d.txt", b"The weir stays open.", Some(b"["));
        assert!(reports.len() == 1 && told[0].contains("sidecar"), "{told:?}");
    }

    #[test]
    fn a_sidecar_has_the_name_of_an_article() {
        assert!(is_sidecar_of("weir.json", "weir.txt") && is_sidecar_of("a/weir.json", "a/weir.PDF"));
        assert!(!is_sidecar_of("weir.json", "weir.json") && !is_sidecar_of("weir.json", "dam.txt"));
        assert!(!is_sidecar_of("weir.txt", "weir.html") && !is_sidecar_of("a/weir.json", "weir.txt"));
    }
}
