//! Where the output goes and what is in it: files written whole, colours only where they belong, readers who leave.

use std::process::Stdio;

use crate::util::{Dir, Ran, report};

#[test]
fn a_file_is_written_whole_and_nothing_else_is_left_behind() {
    let dir = Dir::with_reports(1);
    dir.write("brief.txt.old", "kept");
    let ran = dir.run("brief a.txt --out b.html --format html").code(0).quiet();
    assert_eq!(ran.out, "");
    assert!(dir.read("b.html").ends_with("</html>\n"));
    assert_eq!(dir.names(), ["a.txt", "b.html", "brief.txt.old"]);
    dir.run("record a.txt --out b.html").code(0).quiet();
    assert!(dir.read("b.html").starts_with("{\n"), "an old file is replaced");
    assert_eq!(dir.run("record a.txt").out, dir.read("b.html"));
    assert!(!dir.run("brief a.txt -o -").code(0).out.is_empty(), "- is standard output");
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    let dir = Dir::with_reports(1);
    dir.run("brief a.txt -o no/such/folder/b.txt").code(1).tells("no/such/folder/b.txt: cannot be written");
    std::fs::create_dir(dir.path("folder")).unwrap();
    dir.run("brief a.txt -o folder").code(1).tells("folder: cannot be written: is a directory");
    dir.write("old.json", "old");
    dir.run("record nowhere.txt -o old.json").code(1);
    assert_eq!(dir.read("old.json"), "old");
    assert_eq!(dir.names(), ["a.txt", "folder", "old.json"]);
}

#[test]
fn where_nothing_can_be_written_nothing_is_read_first() {
    let dir = Dir::with_reports(1);
    std::fs::create_dir(dir.path("folder")).unwrap();
    // That one of the reports is not there would be told when they are read.
    for command in ["brief", "record", "analyze", "findings", "check a.txt --against", "export -f web-annotation"] {
        let ran = dir.run(&format!("{command} a.txt nowhere.txt -o folder"));
        let ran = ran.tells("folder: cannot be written: is a directory");
        assert!(!ran.err.contains("nowhere"), "{command}: {}", ran.err);
        let ran = dir.run(&format!("{command} a.txt nowhere.txt -o a.txt")).code(2);
        assert!(ran.err.contains("one of the inputs") && !ran.err.contains("nowhere"), "{command}: {}", ran.err);
    }
    assert_eq!(dir.names(), ["a.txt", "folder"]);
}

#[test]
fn an_original_is_not_written_over_its_dossier() {
    let dir = Dir::with_reports(1);
    dir.run("add a.txt --into kept.dossier").code(0);
    let list = dir.run("list --from kept.dossier -f json").out;
    let id = list.split('"').find(|word| word.len() == 11 && word.starts_with('r')).unwrap().to_owned();
    let before = std::fs::read(dir.path("kept.dossier")).unwrap();
    dir.run(&format!("show {id} --from kept.dossier -f original -o kept.dossier")).code(2);
    assert_eq!(std::fs::read(dir.path("kept.dossier")).unwrap(), before);
    dir.run(&format!("show {id} --from kept.dossier -f original -o b.txt")).code(0);
    assert_eq!(dir.read("b.txt"), dir.read("a.txt"));
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_link_and_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Dir::with_reports(1);
    dir.write("real/brief.txt", "old");
    std::fs::set_permissions(dir.path("real/brief.txt"), PermissionsExt::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real/brief.txt", dir.path("link.txt")).unwrap();
    dir.run("brief a.txt -o link.txt").code(0).quiet();
    assert!(dir.path("link.txt").is_symlink());
    assert!(dir.read("real/brief.txt").contains("1 report"));
    assert_eq!(std::fs::metadata(dir.path("real/brief.txt")).unwrap().permissions().mode() & 0o777, 0o640);
    dir.run("brief a.txt -o /dev/null").code(0).quiet();
    assert!(!std::path::Path::new("/dev/null").is_file(), "a device is written, not replaced");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let dir = Dir::with_reports(1);
    assert!(!dir.run("brief a.txt").out.contains('\u{1b}'), "a pipe gets none");
    assert!(!dir.run("brief nowhere").err.contains('\u{1b}'));
    dir.run("brief a.txt --color always").code(0).says("\u{1b}[");
    assert!(!dir.run("brief a.txt --color always -f markdown").out.contains('\u{1b}'));
    let mut command = dir.command("brief a.txt --color always");
    let ran = Ran::of(command.env("NO_COLOR", "1").output().unwrap());
    assert!(ran.out.contains('\u{1b}'), "the flag is nearer than the environment");
    assert!(!dir.run("brief a.txt --color never").out.contains('\u{1b}'));
}

#[test]
fn the_width_asked_for_is_kept() {
    let dir = Dir::new();
    dir.write("a.txt", report("weir that was built by many hands over many years in the valley of the two rivers"));
    for width in [40, 80] {
        let ran = dir.run(&format!("brief a.txt -w {width}")).code(0);
        assert!(ran.out.lines().all(|l| l.chars().count() <= width), "{}", ran.out);
    }
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let dir = Dir::with_reports(20);
    for format in ["text", "json", "html"] {
        let mut command = dir.command(&format!("brief . -f {format}"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        Ran::of(child.wait_with_output().unwrap()).code(0).quiet();
    }
}
