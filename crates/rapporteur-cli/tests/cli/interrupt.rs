//! Interrupted commands end with 130 and leave no half file.

use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::util::{Dir, Ran, report};

/// Sends a signal, as a terminal or a supervisor does.
fn signal(child: &Child, name: &str) {
    let line = format!("kill -{name} {}", child.id());
    assert!(std::process::Command::new("sh").args(["-c", &line]).status().unwrap().success());
}

/// Runs a command that waits for standard input, and interrupts it once it does.
fn interrupted(dir: &Dir, args: &str, name: &str) -> Ran {
    let mut child =
        dir.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The beginning of a report, and no end: it reads on. What does not fit into the pipe is written when it reads.
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(report("weir").repeat(2_000).as_bytes()).unwrap();
    signal(&child, name);
    let end = Instant::now() + Duration::from_secs(30);
    while child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "{args} does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(stdin);
    Ran::of(child.wait_with_output().unwrap())
}

#[test]
#[cfg(target_os = "linux")]
fn a_command_that_is_to_outlive_its_terminal_does() {
    let dir = Dir::with_reports(1);
    // As `nohup` does it.
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "trap '' HUP; exec \"$0\" brief - -o out.txt", env!("CARGO_BIN_EXE_rapporteur")]);
    let mut child = shell.current_dir(dir.path("")).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(report("weir").repeat(2_000).as_bytes()).unwrap();
    signal(&child, "HUP");
    std::thread::sleep(Duration::from_millis(200));
    drop(stdin);
    Ran::of(child.wait_with_output().unwrap()).code(0);
    assert!(dir.names().iter().any(|name| name == "out.txt"));
}

#[test]
#[cfg(unix)]
fn every_long_command_ends_with_130() {
    let dir = Dir::with_reports(2);
    dir.run("add a.txt b.txt --into kept.dossier").code(0);
    let before = dir.names();
    for command in [
        "brief -",
        "brief - -o out.txt",
        "record - -o out.json",
        "export - -f csv -o tables",
        "findings - -o out.txt",
        "analyze - -o out.conllu",
        "check a.txt --against -",
        "check - --from kept.dossier -o out.txt",
    ] {
        for name in ["INT", "TERM"] {
            interrupted(&dir, command, name).code(130);
            assert_eq!(dir.names(), before, "{command}");
        }
    }
    interrupted(&dir, "add - --into kept.dossier", "INT").code(130);
    dir.run("list --from kept.dossier").code(0).says("a.txt").says("b.txt");
    dir.run("check-file kept.dossier").code(0);
}
