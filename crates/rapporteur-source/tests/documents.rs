//! What word processors, mail programs and spreadsheets write: real files (`documents/make.py` says by what), and hostile ones.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use rapporteur_schema::{PassageKind, Report};
use rapporteur_source::{Gathered, Options, gather};
use zip::write::SimpleFileOptions;

fn read(paths: &[PathBuf]) -> Gathered {
    gather(paths, &Options::default(), &mut std::io::empty())
}

fn real(name: &str) -> Gathered {
    read(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name)])
}

fn of_bytes(name: &str, bytes: &[u8]) -> Gathered {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&[path])
}

fn text(report: &Report) -> &str {
    report.text.as_str()
}

fn refused(name: &str, bytes: &[u8]) -> String {
    let gathered = of_bytes(name, bytes);
    assert!(gathered.reports.is_empty(), "{:?}", gathered.reports);
    assert!(gathered.failed.iter().all(|e| !e.help().is_empty()));
    gathered.failed.first().expect("it is told").what()
}

/// A package with these files.
fn package(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A DOCX with these paragraphs, as XML.
fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w='x'><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", xml.as_bytes())])
}

#[test]
fn word_processors_agree() {
    let quoted = "“We will not close it for one ship,” he told reporters in a café. It costs 8 € a day.";
    for name in ["weir.docx", "weir.odt", "weir.rtf"] {
        let gathered = real(name);
        let [report] = gathered.reports.as_slice() else { panic!("{name}: {gathered:?}") };
        assert!(text(report).contains(quoted), "{name}: {}", text(report));
        assert!(
            text(report).contains("\nThe pilots’ pay does not.") || text(report).contains("• The pilots’ pay"),
            "{name}"
        );
        assert!(text(report).ends_with("He spoke at the gate."), "{name}: notes come last");
        assert!(!text(report).contains("stays open, said Mirko Dahl, the head of the Lock Board.1"), "{name}");
        assert_eq!(report.head.published.unwrap().to_string(), "2031-05-05", "{name}");
        assert_eq!(report.head.sha256.len(), 64);
        assert!(gathered.warnings.is_empty(), "{name}: {:?}", gathered.warnings);
    }
    for name in ["weir.docx", "weir.odt"] {
        let report = &real(name).reports[0];
        assert_eq!(
            (report.head.title.as_deref(), report.head.byline.as_deref()),
            (Some("Weir stays open"), Some("Ada Lind"))
        );
        assert_eq!(report.head.parts.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["notes"]);
        let headings: Vec<&str> = report.passages(PassageKind::Heading).map(|r| text(report)[r].trim()).collect();
        assert!(headings.contains(&"Weir stays open"), "{headings:?}");
    }
    let minutes = real("minutes.docx").reports.remove(0);
    assert!(text(&minutes).contains("Present\nMirko Dahl, Agnes Rauch") && !text(&minutes).contains("Confidential"));
}

#[test]
fn what_was_struck_out_or_hidden_is_not_quoted() {
    let gathered = of_bytes(
        "a.docx",
        &docx(
            "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>The weir </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>\
             <w:ins><w:r><w:t>always </w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>stays &amp; stays</w:t>\
             <w:tab/><w:t>open.</w:t></w:r></w:p><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>\
             </w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ),
    );
    assert_eq!(text(&gathered.reports[0]), "The weir always stays & stays open.\nIn a box.");
    assert!(gathered.warnings[0].contains("tracked changes"), "{:?}", gathered.warnings);
}

#[test]
fn hostile_packages_are_refused_in_time() {
    let bomb = docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(200 << 20)));
    assert!(bomb.len() < 1 << 20 && refused("bomb.docx", &bomb).contains("more than the limit"));
    assert!(refused("deep.docx", &docx(&"<w:p>".repeat(100_000))).contains("damaged"));
    assert!(refused("cut.docx", &docx("<w:p><w:r><w:t>x</w:t></w:r></w:p><w:p")).contains("damaged"));
    let whole = docx("<w:p><w:r><w:t>The weir stays open.</w:t></w:r></w:p>");
    for length in [4, 30, whole.len() / 2, whole.len() - 1] {
        assert!(!refused("a.docx", &whole[..length]).is_empty());
    }
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    let read = of_bytes("laughs.docx", &package(&[("word/document.xml", laughs.as_bytes())]));
    assert!(read.reports.iter().all(|r| text(r).len() < 10), "entities are not filled in");
    assert_eq!(
        refused("a.xlsx.docx", &package(&[("xl/workbook.xml", b"<x/>")])),
        "is a zip file, but no document of a word processor"
    );
    let empty = package(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<office/>")]);
    assert_eq!(refused("a.odt", &empty), "is empty");
    assert!(refused("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains("before 2007"));
    assert!(refused("talks.dossier", b"SQLite format 3\0abc").contains("a dossier, perhaps"));
    assert!(refused("scan.txt", b"\x89PNG\r\n\x1a\n").contains("a picture"));
}

#[test]
fn a_mail_box_gives_its_messages_and_what_is_attached() {
    let gathered = real("box.mbox");
    let sources: Vec<&str> = gathered.reports.iter().map(|r| r.head.source.rsplit('/').next().unwrap()).collect();
    assert_eq!(sources, ["box.mbox#1", "box.mbox#2", "box.mbox#2#minutes.docx"]);
    let [alert, letter, minutes] = gathered.reports.as_slice() else { panic!("{gathered:?}") };
    // A sender of many is an outlet, one of a letter is its author; "From " in a text was written ">From ".
    assert_eq!((alert.head.outlet.as_deref(), alert.head.byline.as_deref()), (Some("Harbour Alerts"), None));
    assert_eq!((letter.head.outlet.as_deref(), letter.head.byline.as_deref()), (None, Some("Ada Lind")));
    assert!(text(alert).contains("\nFrom Monday on ships may pass."), "{}", text(alert));
    assert_eq!(alert.head.published.unwrap().to_string(), "2031-05-06");
    assert_eq!(alert.head.title.as_deref(), Some("Alert: weir"));
    assert!(text(minutes).contains("Mirko Dahl"));
    assert_eq!(letter.passages(PassageKind::Boilerplate).count(), 3, "a signature is none of the text");
    assert_eq!(gathered.skipped.len(), 1);
    assert!(gathered.skipped[0].why.contains("a picture") && gathered.skipped[0].matters);
}

#[test]
fn odd_mail_is_read_or_told() {
    let head = "From: =?utf-8?B?QWRhIExpbmQ=?= <a@x.example>\r\nSubject: =?iso-8859-1?Q?Caf=E9?=\r\nMIME-Version: 1.0\r\nDate: Mon, 5 May 2031 10:00:00 +0200\r\n";
    let plain = format!(
        "{head}Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=E9 stays=\r\n open.\r\n"
    );
    // Told by its first lines, whatever it is called.
    for name in ["a.eml", "a.txt", "a"] {
        let gathered = of_bytes(name, plain.as_bytes());
        let report = &gathered.reports[0];
        assert_eq!(text(report).trim(), "The café stays open.", "{name}");
        assert_eq!((report.head.title.as_deref(), report.head.byline.as_deref()), (Some("Café"), Some("Ada Lind")));
    }
    let page = format!("{head}Content-Type: text/html\r\n\r\n<p>The weir stays open.</p><p>Nobody asked.</p>");
    assert_eq!(text(&of_bytes("a.eml", page.as_bytes()).reports[0]), "The weir stays open.\nNobody asked.");
    // Messages in messages in messages: all that is read is read, and it ends.
    let mut nested = plain.clone();
    for n in 0..30 {
        nested = format!(
            "{head}Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\nContent-Type: message/rfc822\r\n\r\n{nested}\r\n--b{n}--\r\n"
        );
    }
    let gathered = of_bytes("nested.eml", nested.as_bytes());
    assert!(gathered.failed.iter().any(|e| e.what().contains("inside")), "{gathered:?}");
    let deep = format!("{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n").repeat(300);
    let _ = of_bytes("deep.eml", deep.as_bytes());
    for broken in [
        "",
        "From: x\n",
        "Content-Type: multipart/mixed; boundary=\"\n\n--",
        ": : :\n\n",
        "From x 1:2\nFrom: a\nSubject: b\nMIME-Version: 1\n\n",
    ] {
        let _ = of_bytes("a.eml", broken.as_bytes());
        let _ = of_bytes("a.mbox", broken.as_bytes());
    }
    // A name that would lead elsewhere names nothing but itself.
    let sly = format!(
        "{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; name=\"../../etc/x.txt\"\r\nContent-Disposition: attachment\r\n\r\nThe weir stays open.\r\n--b--\r\n"
    );
    let gathered = of_bytes("sly.eml", sly.as_bytes());
    assert!(gathered.reports[0].head.source.ends_with("sly.eml#....etcx.txt"), "{}", gathered.reports[0].head.source);
}

#[test]
fn tables_give_a_report_a_row() {
    for name in ["clips.csv", "clips.tsv"] {
        let gathered = real(name);
        let [first, second] = gathered.reports.as_slice() else { panic!("{name}: {gathered:?}") };
        assert_eq!(text(first), "The weir stays open, the board said.\nNobody asked \"why\".");
        assert!(first.head.source.ends_with(&format!("{name}#2")));
        assert_eq!(
            (first.head.outlet.as_deref(), first.head.title.as_deref()),
            (Some("Harbour Post"), Some("Weir stays open"))
        );
        assert_eq!(first.head.url.as_deref(), Some("https://post.example/1"));
        assert_eq!(second.head.published.unwrap().to_string(), "2031-05-06");
        assert_eq!(gathered.failed.len(), usize::from(name == "clips.csv"), "a row without a text is told");
    }
    let semicolons = of_bytes("a.csv", b"Title;Body\r\nWeir;The weir stays open, he said.\r\n");
    assert_eq!(text(&semicolons.reports[0]), "The weir stays open, he said.");
    assert!(refused("a.csv", b"ship,fee\nAnna,12\n").contains("without a column of texts"));
    assert_eq!(refused("a.csv", b"text\n"), "is empty");
    // A quotation mark that is never closed makes one row of all.
    let endless = [b"text\n\"".as_slice(), &vec![b'a'; 40 << 20]].concat();
    assert!(refused("a.csv", &endless).contains("more than the limit"));
    let wide = [vec![b','; 100_000], b"\n".to_vec()].concat();
    assert!(refused("a.csv", &wide).contains("columns"));
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("fees.csv"), "ship,fee\nAnna,12\n").unwrap();
    std::fs::write(dir.path().join("a.txt"), "The weir stays open.").unwrap();
    let gathered = read(&[dir.path().to_owned()]);
    assert!(gathered.failed.is_empty() && gathered.skipped[0].why.contains("without a column"), "{gathered:?}");
    assert_eq!(gathered.unread().len(), 1);
}

#[test]
fn subtitles_are_read_whatever_they_are_called() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nMIRKO DAHL: The weir stays open.\n";
    for name in ["a.srt", "a.txt"] {
        let report = of_bytes(name, srt.as_bytes()).reports.remove(0);
        assert_eq!(
            (text(&report), report.head.parts[0].name.as_str()),
            ("MIRKO DAHL: The weir stays open.", "00:00:01")
        );
    }
    assert_eq!(refused("a.vtt", b"WEBVTT\n\nNOTE nothing\n"), "has no subtitles in it");
}

#[test]
fn a_pdf_is_read_by_a_process_of_its_own_or_not_at_all() {
    assert!(refused("a.pdf", b"%PDF-1.7\n").contains("process of its own"));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.pdf");
    std::fs::write(&path, b"%PDF-1.7\n").unwrap();
    // A program that is no such reader: a message, no hang.
    for program in ["/no/such/program", "/bin/false", "/bin/cat"] {
        let options = Options { pdf_reader: Some(program.into()), ..Options::default() };
        let gathered = gather(std::slice::from_ref(&path), &options, &mut std::io::empty());
        assert_eq!((gathered.reports.len(), gathered.failed.len()), (0, 1), "{program}");
    }
}

#[test]
fn folders_in_folders_are_read_and_those_of_programs_are_not() {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "a.txt",
        "may/b.txt",
        "may/late/c.txt",
        ".git/d.txt",
        "target/e.txt",
        "may/.hidden.txt",
        "README.md",
        "may/scan.png",
    ] {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("The weir stays open, {name}.")).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.path(), dir.path().join("may/round")).unwrap();
    let names = |gathered: &Gathered| -> Vec<String> {
        gathered.reports.iter().map(|r| r.head.source.rsplit('/').next().unwrap().to_owned()).collect()
    };
    let gathered = read(&[dir.path().to_owned()]);
    assert_eq!(names(&gathered), ["a.txt", "b.txt", "c.txt"]);
    let unread: Vec<String> =
        gathered.unread().iter().map(|u| u.source.rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(unread, ["round", "scan.png"]);
    let follow = Options { follow_links: true, ..Options::default() };
    assert_eq!(
        gather(&[dir.path().to_owned()], &follow, &mut std::io::empty()).reports.len(),
        3,
        "no round is run twice"
    );
    let flat = Options { flat: true, ..Options::default() };
    assert_eq!(names(&gather(&[dir.path().to_owned()], &flat, &mut std::io::empty())), ["a.txt"]);
}
