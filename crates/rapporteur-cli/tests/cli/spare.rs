//! `--out` never overwrites what the command reads.

use crate::util::Dir;

#[test]
fn no_result_is_written_over_an_input() {
    let dir = Dir::with_reports(3);
    dir.write("a.json", r#"{"outlet": "Tesk Herald"}"#);
    dir.write("draft.md", "Orlan met the other side.\n");
    dir.run("add a.txt b.txt c.txt --into kept.dossier").code(0);
    dir.write("in/a.txt", dir.read("a.txt"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(dir.path("a.txt"), dir.path("soft.txt")).unwrap();
        std::fs::hard_link(dir.path("a.txt"), dir.path("hard.txt")).unwrap();
        std::os::unix::fs::symlink(dir.path("kept.dossier"), dir.path("soft.dossier")).unwrap();
    }
    let links: &[&str] = if cfg!(unix) { &["soft.txt", "hard.txt"] } else { &[] };
    let kept = std::fs::read(dir.path("kept.dossier")).unwrap();
    let read = |name: &str| dir.read(name);
    let before: Vec<String> = ["a.txt", "a.json", "draft.md", "in/a.txt"].map(read).to_vec();
    for command in ["brief", "record", "findings", "analyze", "export -f icalendar", "check draft.md --against"] {
        for out in [&["a.txt", "./a.txt", "a.json"][..], links].concat() {
            dir.run(&format!("{command} a.txt b.txt -o {out}")).code(2).tells("input").tells("--out");
        }
        dir.run(&format!("{command} in -o in/a.txt")).code(2).tells("one of the inputs");
        dir.run(&format!("{command} in -o in/new.txt"));
        assert!(dir.path("in/new.txt").is_file(), "{command}: a file beside the inputs is none of them");
        std::fs::remove_file(dir.path("in/new.txt")).unwrap();
    }
    dir.run("check draft.md --against a.txt -o draft.md").code(2).tells("one of the inputs");
    let soft = if cfg!(unix) { "soft.dossier" } else { "kept.dossier" };
    for command in [
        "brief",
        "record",
        "export -f icalendar",
        "list",
        "statements",
        "meetings",
        "differences",
        "timeline",
        "stories",
    ] {
        dir.run(&format!("{command} --from kept.dossier -o kept.dossier")).code(2).tells("one of the inputs");
        dir.run(&format!("{command} --from kept.dossier -o {soft}")).code(2).tells("input");
    }
    for command in ["search weir", "diff --since last", "check draft.md"] {
        dir.run(&format!("{command} --from kept.dossier -o kept.dossier")).code(2);
    }
    assert_eq!(["a.txt", "a.json", "draft.md", "in/a.txt"].map(read).to_vec(), before);
    assert_eq!(std::fs::read(dir.path("kept.dossier")).unwrap(), kept);
}
