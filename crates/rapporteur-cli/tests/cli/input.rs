//! Inputs that are missing, broken or not what they should be: a clear word, the right exit code, never a panic.

use crate::util::{Dir, report};

#[test]
fn a_path_that_does_not_exist() {
    let ran = Dir::new().run("brief nowhere.txt").code(1).tells("nowhere.txt: there is no such file or folder");
    assert_eq!(ran.tells("help: check the spelling").out, "");
}

#[test]
fn an_empty_folder() {
    let dir = Dir::new();
    std::fs::create_dir(dir.path("empty")).unwrap();
    dir.run("brief empty").code(1).tells("empty: the folder has no report in it").tells("help: put the articles there");
    dir.run("record empty").code(1).tells("empty: the folder has no report in it");
}

#[test]
fn an_empty_file() {
    let dir = Dir::new();
    dir.write("nothing.txt", "");
    dir.run("brief nothing.txt").code(1).tells("nothing.txt: is empty");
}

#[test]
fn a_binary() {
    let dir = Dir::new();
    dir.write(
        "picture.png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f\0\0\0\0IEND\xaeB`\x82",
    );
    dir.run("brief picture.png")
        .code(1)
        .tells("picture.png: is a picture, not text")
        .tells("help: have its text recognised (OCR)");
}

#[test]
fn one_that_cannot_be_read_among_five() {
    let dir = Dir::with_reports(4);
    dir.write("broken.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\xff\xfe\0\0\0\0\0\0");
    let ran = dir.run("brief a.txt b.txt broken.txt c.txt d.txt").code(0).says("4 reports");
    let ran = ran.tells("warning: broken.txt: is not text");
    assert!(!ran.err.contains("error"), "{ran:#?}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_among_five() {
    let dir = Dir::with_reports(4);
    std::os::unix::fs::symlink(dir.path("gone"), dir.path("lost.txt")).unwrap();
    dir.run("brief a.txt b.txt lost.txt c.txt d.txt").code(0).says("4 reports").tells("warning: lost.txt:");
    dir.run("brief .").code(0).says("4 reports").tells("lost.txt:");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_where_it_is_named_and_left_out_where_it_is_met() {
    let dir = Dir::with_reports(2);
    let made = std::process::Command::new("mkfifo").arg(dir.path("c.txt")).status().unwrap();
    assert!(made.success());
    for command in ["brief .", "record .", "findings .", "analyze .", "check a.txt --against .", "export . -f notes"] {
        dir.run(command).tells("c.txt: is a pipe (FIFO), no file").tells("name it itself if it is meant");
    }
    dir.run("add . --into talks.dossier").code(0).tells("c.txt: is a pipe");
    // As a shell names what another command writes.
    let script = format!("{} brief <(cat a.txt) b.txt", env!("CARGO_BIN_EXE_rapporteur"));
    let mut shell = std::process::Command::new("bash");
    let ran = shell.args(["-c", &script]).current_dir(dir.path("")).env("TERM", "xterm").output().unwrap();
    crate::util::Ran::of(ran).code(0).says("2 reports");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_a_folder_is_followed_only_if_asked() {
    let (dir, far) = (Dir::with_reports(2), Dir::with_reports(3));
    std::os::unix::fs::symlink(far.path("c.txt"), dir.path("c.txt")).unwrap();
    dir.run("brief .").code(0).says("2 reports").tells("c.txt: is a link that leads out of the folder, to");
    dir.run("brief . --follow-links").code(0).quiet().says("3 reports");
    dir.run("check a.txt --against . --follow-links").quiet();
    dir.run("add . --into talks.dossier --follow-links").code(0).says("new");
}

#[test]
fn what_is_skipped_is_named() {
    let dir = Dir::with_reports(2);
    dir.write("logo.png", b"\x89PNG\r\n\x1a\n\0\0");
    dir.run("brief .")
        .code(0)
        .tells("logo.png: not read: a picture")
        .says("2 reports")
        .says("1 file of 3 not read: logo.png");
    dir.run("brief . -v").code(0).says("2 reports").tells("logo.png").tells("a.txt");
}

#[test]
fn a_sidecar_that_is_not_json() {
    let dir = Dir::with_reports(2);
    dir.write("a.json", "outlet: Tesk Herald");
    dir.run("brief a.txt b.txt").code(0).tells("the sidecar cannot be used");
}

#[test]
fn a_lone_surrogate_in_a_sidecar() {
    let dir = Dir::with_reports(2);
    dir.write("a.json", r#"{"outlet": "Tesk \ud800 Herald"}"#);
    dir.run("brief a.txt b.txt").code(0).says("Tesk \u{fffd} Herald").says("b.txt").tells("read as U+FFFD");
}

#[test]
fn a_sidecar_is_read() {
    let dir = Dir::with_reports(1);
    dir.write("a.json", r#"{"outlet": "Tesk Herald", "published": "2031-03-04", "title": "Weir stays open"}"#);
    dir.run("brief a.txt").code(0).quiet().says("Tesk Herald").says("4 Mar 2031 given").says("Weir stays open");
}

#[test]
fn flags_for_a_single_file() {
    let dir = Dir::with_reports(2);
    let ran = dir.run("brief a.txt --published 2031-03-04 --outlet Herald").code(0).quiet();
    ran.says("Herald").says("4 Mar 2031").says("given");
    dir.run("brief a.txt b.txt --published 2031-03-04").code(2).tells("'--published' is for a single file");
    dir.run("record a.txt b.txt --outlet Herald").code(2).tells("'--outlet' is for a single file");
    dir.run("brief . --published 2031-03-04").code(2).tells("is a folder").tells("beside its NAME.txt");
}

#[test]
fn standard_input() {
    let dir = Dir::new();
    dir.pipe("brief -", &report("weir")).code(0).quiet().says("1 report");
    dir.pipe("record - --outlet Herald", &report("weir")).code(0).quiet().says("\"outlet\": \"Herald\"");
    dir.pipe("brief -", "").code(1).tells("standard input: is empty");
}

#[test]
fn a_file_of_only_quote_marks_and_one_line_of_five_megabytes() {
    let dir = Dir::new();
    dir.write("marks.txt", "\"“”'’‘«»„''``".repeat(400));
    dir.write("line.txt", "the weir “stays open ".repeat(2_000));
    for name in ["marks.txt", "line.txt"] {
        for format in ["text", "markdown", "html", "json"] {
            let ran = dir.run(&format!("brief {name} -f {format}")).code(0);
            assert!(!ran.err.contains("panicked"), "{}", ran.err);
        }
    }
    // One line of five megabytes; of few words, for a million of them take a minute where nothing is optimised.
    dir.write("long.txt", format!("{} “stays open,” Roe said.", "weir".repeat(1_250_000)));
    dir.run("brief long.txt").code(0);
}

#[test]
fn what_is_too_much_to_be_read_is_told() {
    let dir = Dir::with_reports(2);
    let marks = "[] () -- ".repeat(400);
    dir.write("b.txt", format!("{}\n\n{marks}\n\nThe lock is shut.\n", report("weir")));
    for command in ["brief a.txt b.txt", "record a.txt b.txt", "findings a.txt b.txt -f json"] {
        dir.run(command).code(0).tells("a long paragraph of marks was not read").tells("characters");
    }
    dir.run("brief a.txt b.txt").code(0).says("too much to be read whole [2]");
    dir.run("brief a.txt").code(0).quiet();
    let _ = dir.run("add a.txt b.txt --into desk.dossier").code(0);
    dir.run("brief --from desk.dossier").code(0).tells("a long paragraph of marks was not read");
}
