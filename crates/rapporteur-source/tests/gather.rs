//! What becomes of the inputs people really hand over, good and bad.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use rapporteur_schema::{Basis, PassageKind};
use rapporteur_source::{Gathered, Options, gather};

fn read(paths: &[PathBuf]) -> Gathered {
    gather(paths, &Options::default(), &mut std::io::empty())
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

fn failure(files: &[(&str, &[u8])]) -> String {
    let dir = folder(files);
    let gathered = read(&[dir.path().to_owned()]);
    assert!(gathered.reports.is_empty(), "{:?}", gathered.reports);
    assert_eq!(gathered.failed.len(), 1);
    assert!(!gathered.failed[0].help().is_empty());
    gathered.failed[0].what()
}

#[test]
fn bad_inputs_are_told_apart() {
    assert_eq!(failure(&[("a.txt", b"")]), "is empty");
    assert_eq!(failure(&[("a.txt", b" \r\n\t")]), "is empty");
    assert_eq!(failure(&[("a.txt", b"\xef\xbb\xbf")]), "is empty");
    assert_eq!(failure(&[("notes.md", b"x")]), "the folder has no report in it");
    assert!(failure(&[("a.txt", b"\x7fELF\0\0")]).starts_with("is not text"));
    assert_eq!(failure(&[("a.txt", b"<!DOCTYPE html><p>Hi")]), "no article text was found in the page");
    let gathered = read(&["/no/such/place.txt".into()]);
    assert_eq!(gathered.failed[0].what(), "there is no such file or folder");
}

#[test]
fn a_file_of_200_megabytes_is_refused_unread() {
    let dir = folder(&[]);
    let path = dir.path().join("huge.txt");
    fs::File::create(&path).unwrap().set_len(200 << 20).unwrap();
    assert!(read(&[path]).failed[0].what().starts_with("has 209715200 bytes, more than the limit"));
}

#[test]
fn an_endless_pipe_is_cut_off() {
    let gathered = gather(&["-".into()], &Options::default(), &mut std::io::repeat(b'a'));
    assert!(gathered.failed[0].what().contains("more than the limit"));
}

#[test]
fn one_unreadable_among_five_hinders_nothing() {
    let names = ["a.txt", "b.txt", "d.txt", "e.txt"];
    let dir = folder(&names.map(|n| (n, b"The board met.".as_slice())));
    std::os::unix::fs::symlink("/no/such/file", dir.path().join("c.txt")).unwrap();
    let gathered = read(&[dir.path().to_owned()]);
    assert_eq!((gathered.reports.len(), gathered.failed.len()), (4, 1));
    let ids: std::collections::BTreeSet<_> = gathered.reports.iter().map(|r| r.id().clone()).collect();
    assert_eq!(ids.len(), 4, "the same words in several files are several reports");
}

#[test]
fn a_sidecar_is_used_and_a_broken_one_is_told() {
    let dir = folder(&[
        ("a.txt", b"The board met."),
        ("a.json", br#"{"outlet": "Harbour Post", "published": "2031-05-03"}"#),
        ("b.txt", b"The board met."),
        ("b.json", b"{not json"),
        ("c.json", b"{}"),
    ]);
    let gathered = read(&[dir.path().to_owned()]);
    assert_eq!(gathered.reports[0].head.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(gathered.reports[0].head.published_basis, Some(Basis::Given));
    assert!(gathered.warnings[0].contains("b.json") && gathered.warnings[0].contains("not JSON"));
    assert_eq!(gathered.skipped.len(), 1, "a JSON file with no text beside it is no sidecar");
}

#[test]
fn the_same_file_named_twice_is_one_report() {
    let dir = folder(&[("a.txt", b"The board met.")]);
    let gathered = read(&[dir.path().to_owned(), dir.path().join("a.txt")]);
    assert_eq!((gathered.reports.len(), gathered.warnings.len()), (1, 1));
}

#[test]
fn a_text_states_its_date_and_agency() {
    let text = "Dockers walk out\n\nLUND, May 3, 2031 (Reuters) - Dockers walked out on Saturday.\n\nThe port of Lund, May 2, 2031. /VCG\n\n(With input from AFP)\n";
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let head = &read(&[dir.path().to_owned()]).reports[0].head;
    assert_eq!(head.published.unwrap().to_string(), "2031-05-03");
    assert_eq!(head.published_basis, Some(Basis::Stated));
    assert_eq!(head.credits, ["Agence France-Presse", "Reuters"]);
    let kinds: Vec<PassageKind> = head.passages.iter().map(|p| p.kind).collect();
    use PassageKind::*;
    assert_eq!(kinds, [Heading, Body, Caption, Credit]);
}

#[test]
fn a_text_stands_as_given() {
    let text = "Zel\u{ad}ensky\u{a0}said \u{200b}so.\r\n\r\nHe left.";
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let report = &read(&[dir.path().to_owned()]).reports[0];
    assert_eq!(report.text.as_str(), text);
    assert_eq!(report.head.passages.len(), 2);
}

#[test]
fn a_line_of_five_megabytes_is_read() {
    let dir = folder(&[("a.txt", "The board met again. ".repeat(250_000).as_bytes())]);
    assert_eq!(read(&[dir.path().to_owned()]).reports[0].head.passages.len(), 1);
}

proptest! {
    #[test]
    fn passages_tile_any_text(bytes in prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..300),
        "(\\PC|[ \r\n\"“”'’/()|©]|[A-Za-z]{1,9} ){0,300}".prop_map(String::into_bytes),
    ]) {
        let gathered = gather(&["-".into()], &Options::default(), &mut bytes.as_slice());
        prop_assert_eq!(gathered.reports.len() + gathered.failed.len(), 1);
        for report in &gathered.reports {
            let mut at = 0;
            for p in &report.head.passages {
                prop_assert_eq!(p.start, at);
                prop_assert!(p.end > p.start);
                prop_assert!(report.cite(p.span()).is_ok());
                at = p.end;
            }
            prop_assert_eq!(at, report.text.chars());
        }
    }
}
