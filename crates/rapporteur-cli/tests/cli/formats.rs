//! Everything people have: six documents of six formats, PDFs good and bad, and what is said where something was not read.

use std::path::{Path, PathBuf};

use crate::util::Dir;

/// A folder of files beside these tests.
fn beside(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn six(dir: &Dir) {
    for name in ["harbour-post.txt", "ministry.pdf", "owners.docx", "pilots.odt", "letter.eml", "interview.srt"] {
        dir.write(&format!("weir/{name}"), std::fs::read(beside("six").join(name)).unwrap());
    }
}

fn with_pdf(name: &str) -> Dir {
    let dir = Dir::new();
    dir.write(name, std::fs::read(beside("pdf").join(name)).unwrap());
    dir
}

/// A PDF of these objects; the first is its root.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", objects.len() + 1).bytes());
    out
}

fn stream(about: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<</Length {}{about}>>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

fn page(resources: &str, contents: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>>>")
            .into_bytes(),
        contents,
    ];
    objects.extend(more);
    pdf(&objects)
}

#[cfg(all(feature = "documents", feature = "pdf"))]
#[test]
fn a_folder_of_six_documents_is_read_whole() {
    let dir = Dir::new();
    six(&dir);
    let ran = dir.run("brief weir -c --all").code(0).says("6 reports").says("reported 5–7 May 2031");
    assert!(!ran.out.contains("not read"), "{ran:#?}");
    let ran = ran.says("(page 1)");
    ran.says("(00:00:04)").says("The Tornvik Letter").tells("no date of publication is known of weir/interview.srt");
    let record = dir.run("record weir").out;
    for words in
        ["We will not close it for one ship", "Night passage without pilots", "Nobody has asked us", "We lend a room"]
    {
        assert!(record.contains(words), "{words}");
    }
    dir.run("brief weir -f markdown").says("(page 1)");
    dir.run("brief weir -f html").says("(page 1)");
    // What was kept is shown as it was read.
    dir.run("add weir --into weir.dossier").code(0).tells("6 new");
    dir.run("brief --from weir.dossier -c").code(0).says("(page 1)");
    dir.run("check-file weir.dossier").code(0);
    dir.run("refresh --from weir.dossier").code(0);
}

#[test]
fn what_was_not_read_stands_in_the_head_in_the_pages_and_in_json() {
    let dir = Dir::with_reports(1);
    dir.write("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    dir.write("more/b.pdf", b"%PDF-1.7\n");
    dir.write("c.docx", b"PK\x03\x04 cut");
    dir.write("README.md", "about this folder");
    dir.write(".git/config", "x");
    let ran = dir.run("brief .").code(0).says("1 report").says("3 files of 4 not read: a.doc, c.docx, b.pdf");
    let ran = ran.tells("a.doc: not read: a Word file of before 2007").tells("b.pdf: the PDF cannot be read");
    assert!(!ran.err.contains("README"), "{ran:#?}");
    dir.run("brief . -f markdown").says("3 files of 4 not read");
    dir.run("brief . -f html").says("3 files of 4 not read");
    dir.run("brief . -f json").says("\"unread\": [").says("more/b.pdf");
    dir.run("record . -v").tells("README.md: not read: it tells of the folder");
    dir.run("add . --into x.dossier").code(0).tells("1 new, 3 not read");
    dir.run("brief . --no-recurse").code(0).says("2 files of 3 not read: a.doc, c.docx");
}

#[test]
fn what_makes_no_sense_is_told_with_what_to_do() {
    let dir = Dir::with_reports(2);
    dir.run("add a.txt --into talks.dossier").code(0);
    std::fs::create_dir(dir.path("empty")).unwrap();
    let tells = |args: &str, code: i32, what: &str, help: &str| {
        dir.run(args).code(code).tells(what).tells(help);
    };
    tells("empty", 2, "empty is a folder, not a command", "'rapporteur brief empty'");
    tells("a.txt", 2, "a.txt is a file, not a command", "'rapporteur brief a.txt'");
    tells("talks.dossier", 2, "talks.dossier is a dossier, not a command", "'rapporteur brief --from talks.dossier'");
    tells("breif a.txt", 2, "there is no command 'breif'", "did you mean 'brief'?");
    tells("xyzzy", 2, "there is no command 'xyzzy', nor a file or folder", "lists the commands");
    tells("brief talks.dossier", 1, "a dossier, perhaps, and no report", "'--from FILE'");
    let german = "Der Vorstand des Hafens traf sich am Montag, um das neue Angebot der Arbeiter zu prüfen, die seit dem ersten Mai \
                  streiken. Die Schleuse bleibt offen, bis der Schnee geschmolzen ist, sagte der Sprecher des Hafens. Niemand habe \
                  danach gefragt, warum man so lange gewartet habe, fügte er hinzu, und niemand wisse es.";
    dir.write("g.txt", german);
    dir.run("brief a.txt g.txt")
        .says("not in English [2]")
        .tells("another language (German)")
        .tells("give its English text");
    dir.run("brief a.txt b.txt").tells("no date of publication is known of a.txt, b.txt").tells("\"published\"");
}

#[test]
fn unrelated_stories_are_told_apart() {
    let dir = Dir::new();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    for story in ["strait", "wages"] {
        for entry in std::fs::read_dir(examples.join(story)).unwrap() {
            let path = entry.unwrap().path();
            dir.write(&format!("all/{}", path.file_name().unwrap().to_string_lossy()), std::fs::read(&path).unwrap());
        }
    }
    dir.run("brief all").code(0).tells("seem to tell 2 stories").tells("rapporteur stories --from FILE");
}

#[cfg(feature = "pdf")]
#[test]
fn columns_are_read_in_their_order_and_running_heads_left_out() {
    let dir = with_pdf("two.pdf");
    let record = dir.run("record two.pdf").code(0).out;
    assert!(!record.contains("\"doubt\""), "{record}");
    let text = dir.run("findings two.pdf -w 200").out.replace('\n', " ");
    let wanted = "It did not vote. Its head, Mirko Dahl, said";
    assert!(text.matches(wanted).count() == 8, "every paragraph is whole: {text}");
    assert!(!text.contains("The Tornvik Post") && text.contains("Dockers wait for figures"), "{text}");
    let across = with_pdf("interleaved.pdf").run("findings interleaved.pdf -w 200").out;
    assert!(
        across.contains("We have heard the dockers")
            && !across.contains("The harbour board of Tornvik met on The dockers")
    );
    let table = with_pdf("table.pdf");
    table
        .run("record table.pdf")
        .code(0)
        .says("the order of its columns is in doubt")
        .tells("page 1: the order of the columns");
}

#[cfg(feature = "pdf")]
#[test]
fn pictures_and_locks_are_named() {
    let scanned = with_pdf("scanned.pdf");
    scanned.run("brief scanned.pdf").code(1).tells("has no text: its pages are pictures (scanned)").tells("OCR");
    let mixed = with_pdf("mixed.pdf");
    mixed.run("brief mixed.pdf").code(0).tells("page 2 has no text, only a picture (scanned), and was not read");
    with_pdf("locked.pdf").run("brief locked.pdf").code(1).tells("it is locked with a password");
}

#[cfg(feature = "pdf")]
#[test]
fn a_bomb_or_a_crash_is_a_message() {
    let dir = Dir::with_reports(1);
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>";
    // Draws itself for ever, and overflows a stack; pages that are their own; no size; no end of brackets.
    let own = page("/XObject<</X 5 0 R>>", stream("", b"/X Do"), vec![stream(form, b"/X Do")]);
    let round = pdf(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[2 0 R]/Count 1>>".to_vec()]);
    let brackets = pdf(&[vec![b'['; 200_000]]);
    // 2 GiB of spaces, packed twice, as `tests/pdf/bomb.bin` holds them.
    let bomb =
        page("", stream("/Filter[/FlateDecode/FlateDecode]", &std::fs::read(beside("pdf/bomb.bin")).unwrap()), vec![]);
    for (name, bytes) in [("own", own), ("round", round), ("brackets", brackets), ("bomb", bomb)] {
        dir.write(&format!("{name}.pdf"), bytes);
        let ran =
            dir.run(&format!("brief a.txt {name}.pdf")).code(0).says(&format!("1 file of 2 not read: {name}.pdf"));
        assert!(ran.err.contains("the PDF"), "{ran:#?}");
    }
    let whole = std::fs::read(beside("pdf/two.pdf")).unwrap();
    for length in [5, 100, whole.len() / 2, whole.len() - 30] {
        dir.write("cut.pdf", &whole[..length]);
        dir.run("brief a.txt cut.pdf").code(0);
    }
}
