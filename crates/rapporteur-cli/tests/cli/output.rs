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
