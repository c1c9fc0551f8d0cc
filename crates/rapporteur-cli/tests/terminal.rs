//! What the command writes on a terminal: colours and links, unless told otherwise.
//!
//! The terminal is made by `script`, which most systems of Linux have; without it the test counts as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

#[path = "cli/util.rs"]
#[expect(dead_code, reason = "the tests of `cli` use the rest")]
mod util;

use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Trial};

use util::Dir;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let missing = !cfg!(target_os = "linux") || Command::new("script").arg("--version").output().is_err();
    if missing {
        eprintln!("note: script (util-linux) is not here; the test on a terminal is ignored");
    }
    let trial = Trial::test("a_terminal_gets_colours_and_links_unless_told_otherwise", || {
        colours_and_links();
        Ok(())
    });
    libtest_mimic::run(&arguments, vec![trial.with_ignored_flag(missing)]).exit_code()
}

/// Runs the command on a terminal of its own.
fn on_a_terminal(dir: &Dir, line: &str, no_color: Option<&str>) -> String {
    let mut command = Command::new("script");
    let line = format!("stty cols 72; {} {line}", env!("CARGO_BIN_EXE_rapporteur"));
    command.args(["-qec", &line, "/dev/null"]).current_dir(dir.path("")).stdin(Stdio::null());
    command.env("TERM", "xterm-256color").env_remove("NO_COLOR");
    if let Some(value) = no_color {
        command.env("NO_COLOR", value);
    }
    String::from_utf8(command.output().unwrap().stdout).unwrap().replace("\r\n", "\n")
}

fn colours_and_links() {
    let dir = Dir::with_reports(1);
    let shown = on_a_terminal(&dir, "brief a.txt", None);
    assert!(shown.contains("\u{1b}[36m") && shown.contains("\u{1b}]8;;file:///"), "{shown:?}");
    assert!(shown.contains("/a.txt\u{1b}\\"), "{shown:?}");
    let plain = on_a_terminal(&dir, "brief a.txt", Some("1"));
    assert!(!plain.contains("\u{1b}[36m"), "NO_COLOR is obeyed: {plain:?}");
    assert!(on_a_terminal(&dir, "brief a.txt", Some("")).contains("\u{1b}[36m"), "empty is not set");
    assert!(!on_a_terminal(&dir, "brief a.txt --color never", None).contains('\u{1b}'));
    on_a_terminal(&dir, "brief a.txt -o b.txt", None);
    assert!(!dir.read("b.txt").contains('\u{1b}'), "a file is no terminal");
}
