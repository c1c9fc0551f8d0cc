//! What becomes of the inputs people really hand over, good and bad.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

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

/// Runs this and fails, rather than hangs, where it waits for somebody.
#[cfg(unix)]
fn in_time<T: Send + 'static>(what: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || send.send(what()));
    receive.recv_timeout(std::time::Duration::from_secs(20)).expect("it hangs")
}

#[cfg(unix)]
fn fifo(path: &std::path::Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_in_a_folder_is_named_and_left_out() {
    let dir = folder(&[("a.txt", b"The board met."), ("d.txt", b"The board met again.")]);
    fifo(&dir.path().join("b.txt"));
    fifo(&dir.path().join("d.json")); // a sidecar can be one too
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("c.txt")).unwrap();
    fifo(&dir.path().join("wire"));
    std::os::unix::fs::symlink("wire", dir.path().join("e.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", dir.path().join("f.txt")).unwrap();
    let path = dir.path().to_owned();
    let gathered =
        in_time(move || gather(&[path], &Options { follow_links: true, ..Options::default() }, &mut std::io::empty()));
    assert_eq!(gathered.reports.len(), 2);
    let told: Vec<String> = gathered.failed.iter().map(ToString::to_string).collect();
    let name = |name: &str| told.iter().find(|t| t.contains(name)).cloned().unwrap_or_default();
    assert!(name("b.txt").contains("is a pipe (FIFO), no file"), "{told:?}");
    assert!(name("c.txt").contains("is a socket, no file"), "{told:?}");
    assert!(name("e.txt").contains("is a pipe (FIFO), no file"), "{told:?}");
    assert!(name("f.txt").contains("is a device, no file"), "{told:?}");
    assert!(gathered.warnings.iter().any(|w| w.contains("d.json") && w.contains("pipe")), "{:?}", gathered.warnings);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_is_read() {
    let dir = folder(&[]);
    let path = dir.path().join("wire");
    fifo(&path);
    let writer = path.clone();
    std::thread::spawn(move || fs::write(writer, "The board met."));
    let gathered = in_time(move || read(&[path]));
    assert_eq!(gathered.reports[0].text.as_str(), "The board met.");
}

#[cfg(unix)]
#[test]
fn links_out_of_a_folder_are_told_and_followed_only_if_asked() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("far.txt", b"A board far away met.")]);
    let dir = folder(&[("a.txt", b"The board met.")]);
    symlink(outside.path().join("far.txt"), dir.path().join("b.txt")).unwrap();
    symlink("a.txt", dir.path().join("c.txt")).unwrap(); // the same file once more
    symlink("d.txt", dir.path().join("d.txt")).unwrap();
    symlink(dir.path(), dir.path().join("e")).unwrap();
    let path = dir.path().to_owned();
    let gathered = read(std::slice::from_ref(&path));
    assert_eq!((gathered.reports.len(), gathered.failed.len()), (1, 2), "{:?}", gathered.failed);
    assert!(gathered.failed[0].what().contains("is a link that leads out of the folder"), "{:?}", gathered.failed);
    assert!(gathered.failed[0].help().contains("--follow-links"));
    assert!(gathered.warnings[0].contains("named twice"), "{:?}", gathered.warnings);
    assert_eq!(gathered.skipped[0].why, "a link to a folder; '--follow-links' reads it");
    let follow = Options { follow_links: true, ..Options::default() };
    let followed = gather(&[path], &follow, &mut std::io::empty());
    assert_eq!((followed.reports.len(), followed.failed.len()), (2, 1), "{:?}", followed.failed);
    // Who names the link means what it leads to.
    assert_eq!(read(&[dir.path().join("b.txt")]).reports.len(), 1);
}

#[test]
fn a_lone_surrogate_spoils_one_character_of_a_file_of_reports() {
    let dir = folder(&[(
        "a.jsonl",
        br#"{"text": "The \ud800board met.", "title": "Weir \udfff"}
{"text": "The board met again \ud83d\ude00."}
"#,
    )]);
    let gathered = read(&[dir.path().to_owned()]);
    assert!(gathered.failed.is_empty(), "{:?}", gathered.failed);
    let texts: Vec<&str> = gathered.reports.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(texts, ["The \u{fffd}board met.", "The board met again 😀."]);
    assert_eq!(gathered.warnings.len(), 1);
    assert!(
        gathered.warnings[0].contains("line 1") && gathered.warnings[0].contains("2 in all"),
        "{:?}",
        gathered.warnings
    );
    // The words behind it lead to their bytes.
    let met = gathered.reports[0].map.original(rapporteur_schema::Span::new(11, 14)).unwrap();
    let bytes = fs::read(dir.path().join("a.jsonl")).unwrap();
    assert_eq!(&bytes[met.start as usize..met.end as usize], b"met");
}

#[test]
fn what_is_beyond_a_limit_is_refused_with_a_word() {
    use rapporteur_source::limits::{MAX_JSON_VALUES, MAX_PASSAGES, MAX_TEXT_BYTES};
    let dir = folder(&[
        ("a.txt", "`".repeat(MAX_TEXT_BYTES + 1).as_bytes()),
        ("b.txt", "One.\n\n".repeat(MAX_PASSAGES + 1).as_bytes()),
        ("c.json", format!("{{\"text\": \"x\", \"y\": [{}0]}}", "0,".repeat(MAX_JSON_VALUES)).as_bytes()),
    ]);
    let gathered = read(&[dir.path().to_owned()]);
    let told: Vec<String> = gathered.failed.iter().map(|f| f.what()).collect();
    assert!(
        told[0].contains("bytes of text") && told[1].contains("paragraphs") && told[2].contains("values"),
        "{told:?}"
    );
}

#[test]
fn the_limit_on_values_holds_for_sidecars() {
    use rapporteur_source::limits::MAX_JSON_VALUES;
    let many = format!("[{}0]", "0,".repeat(MAX_JSON_VALUES));
    let text = "The weir stays open until the snow has melted, the keeper of the weir said. ".repeat(9);
    let dir = folder(&[
        ("a.txt", text.as_bytes()),
        ("a.json", format!("{{\"outlet\": \"Post\", \"y\": {many}}}").as_bytes()),
    ]);
    let gathered = read(&[dir.path().to_owned()]);
    assert_eq!(gathered.reports[0].head.outlet, None);
    let told = format!("{:?}", gathered.warnings);
    assert!(told.contains("it has more than the limit of 500000 values"), "{told}");
}

#[test]
fn what_a_report_says_of_itself_steers_nothing() {
    let sidecar = "{\"outlet\": \"Harbour\\u001b[31m\\n Post\", \"url\": \"javascript:alert(1)\", \"title\": \"\\u202eWeir\\u009b\"}";
    let text = format!("The \x1b[2Jboard met.\x07\n\nNobody\x7f asked.\n\n{}", "The weir stays open. ".repeat(9));
    let dir = folder(&[("a.txt", text.as_bytes()), ("a.json", sidecar.as_bytes())]);
    let gathered = read(&[dir.path().to_owned()]);
    let report = &gathered.reports[0];
    let head = &report.head;
    assert_eq!(
        (head.outlet.as_deref(), head.url.as_deref(), head.title.as_deref()),
        (Some("Harbour[31m Post"), None, Some("Weir"))
    );
    assert!(report.text.as_str().starts_with("The \u{fffd}[2Jboard met.\u{fffd}\n\nNobody\u{fffd} asked.\n\nThe weir"));
    let second = report.head.passages[1];
    assert_eq!(report.text.slice(second.span()), Some("Nobody\u{fffd} asked.\n\n"));
    let told = gathered.warnings.join("\n");
    assert!(told.contains("javascript:alert(1)") && told.contains("3 control characters"), "{told}");
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
