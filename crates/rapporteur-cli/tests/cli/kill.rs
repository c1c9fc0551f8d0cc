//! A dossier survives what happens to processes: killed at any moment, two at once, no room on the disk.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use super::util::{Dir, report};

/// How many times the process is killed; `RAPPORTEUR_KILLS=200` for the long run (`cargo xtask kill`).
fn kills() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "how long a test runs is for its caller to say")]
    let told = std::env::var("RAPPORTEUR_KILLS");
    told.ok().and_then(|n| n.parse().ok()).unwrap_or(40)
}

/// The ids of the reports that are kept, with findings.
fn kept(dir: &Dir) -> BTreeSet<String> {
    let listed = dir.run("list --from talks.dossier --format json").code(0);
    let rows: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    rows.as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_there_by_half() {
    let dir = Dir::new();
    // A seed that differs from run to run would find more, and nobody could repeat it; the moments differ anyway, for no
    // two runs of a process take the same time.
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    let mut acknowledged = BTreeSet::new();
    let mut cut_short = 0;
    for round in 0..kills() {
        for n in 0..90 {
            dir.write(&format!("in{round}/{n:02}.txt"), report(&format!("gate {round} {n}")));
        }
        let mut child = dir
            .command(&format!("add in{round} --into talks.dossier"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (told, first) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            let mut lines: Vec<String> = Vec::new();
            for line in stdout.lines().map_while(Result::ok) {
                let _ = told.send(());
                lines.push(line);
            }
            lines
        });
        // On a busy machine nothing is acknowledged in a quarter of a second: once it is waited for, however long it takes.
        if round == 0 {
            let _ = first.recv();
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(random >> 33 & 0xff));
        cut_short += u64::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        // The last line may itself be cut: it counts only if its id is whole.
        for line in reader.join().unwrap() {
            let id = line.split(' ').next().unwrap();
            if id.len() == 11 && line.contains("in") {
                acknowledged.insert(id.to_owned());
            }
        }
        if !dir.path("talks.dossier").exists() {
            continue;
        }
        if round % 8 == 7 || round + 1 == kills() {
            dir.run("check-file talks.dossier").code(0);
            let kept = kept(&dir);
            let lost: Vec<_> = acknowledged.difference(&kept).collect();
            assert!(lost.is_empty(), "round {round}: {lost:?} were acknowledged and are gone");
        }
    }
    assert!(cut_short > kills() / 8, "only {cut_short} of {} were killed at work: the test tests nothing", kills());
    assert!(!acknowledged.is_empty());
}

#[test]
fn two_processes_add_at_once() {
    let dir = Dir::new();
    for n in 0..30 {
        dir.write(&format!("one/{n:02}.txt"), report(&format!("first {n}")));
        dir.write(&format!("two/{n:02}.txt"), report(&format!("second {n}")));
    }
    let start = |folder: &str| {
        dir.command(&format!("add {folder} --into talks.dossier"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let both = [start("one"), start("two"), start("one")];
    for child in both {
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(kept(&dir).len(), 60);
    dir.run("check-file talks.dossier").code(0).says("60 reports");
}

#[test]
#[cfg(target_os = "linux")]
fn no_room_is_said_and_what_was_acknowledged_is_there() {
    let dir = Dir::new();
    for n in 0..60 {
        dir.write(&format!("in/{n:02}.txt"), report(&format!("sluice {n} {}", "water ".repeat(400))));
    }
    dir.run("add in/00.txt --into talks.dossier").code(0);
    // The shell's limit on the size of a file stands for a disk that is full: the same write fails.
    let full = std::process::Command::new("bash")
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 400; exec \"$0\" add in --into talks.dossier")
        .arg(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(dir.path(""))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&full.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!full.status.success(), "{told}");
    assert!(told.contains("no space left on the disk") || told.contains("cannot be written"), "{told}");
    let acknowledged: BTreeSet<String> =
        String::from_utf8_lossy(&full.stdout).lines().map(|l| l.split(' ').next().unwrap().to_owned()).collect();
    let there = kept(&dir);
    assert!(acknowledged.is_subset(&there) && there.len() < 60, "{} of {}", acknowledged.len(), there.len());
    dir.run("check-file talks.dossier").code(0);
    // With room again, the same command brings the rest.
    dir.run("add in --into talks.dossier").code(0).tells("talks.dossier keeps 60");
}
