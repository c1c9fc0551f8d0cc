//! Running the program under attack, with bounds on time and memory.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The most address space that a run may take, in kilobytes; what it really uses is far less.
const MAX_MEMORY: u64 = 4 * 1024 * 1024;

/// What came of a run.
pub(super) struct Ran {
    /// The exit code; `None` where a signal ended it.
    pub(super) code: Option<i32>,
    pub(super) out: Vec<u8>,
    pub(super) err: String,
    /// Whether it was ended for taking too long.
    pub(super) slow: bool,
}

impl Ran {
    /// What is wrong with it, where something is: a clear refusal is right.
    pub(super) fn fault(&self) -> Option<String> {
        if self.slow {
            Some("takes too long".into())
        } else if self.err.contains("panicked at") || self.code == Some(101) {
            let line = self.err.lines().find(|l| l.contains("panicked at")).unwrap_or("panicked");
            Some(line.to_owned())
        } else if self.err.contains("memory allocation") {
            Some("takes too much memory".into())
        } else {
            match self.code {
                Some(0..=2) => None,
                Some(code) => Some(format!("ends with {code}")),
                None => Some("is ended by a signal".into()),
            }
        }
    }
}

/// The program, begun with these arguments.
pub(super) fn begin(program: &Path, folder: &Path, args: &[&str]) -> Result<Child> {
    let mut command = Command::new("sh");
    let line = format!("ulimit -v {MAX_MEMORY}; exec \"$0\" \"$@\"");
    command.args(["-c", &line]).arg(program).args(args).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().with_context(|| format!("cannot start {}", program.display()))
}

/// Runs the program to its end, or to the end of its time.
pub(super) fn run(program: &Path, folder: &Path, args: &[&str], time: Duration) -> Result<Ran> {
    finish(begin(program, folder, args)?, time)
}

/// Waits for the end of a run, or ends it when its time is over.
pub(super) fn finish(mut child: Child, time: Duration) -> Result<Ran> {
    let collect = |pipe: Option<Box<dyn Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(mut pipe) = pipe {
                let _ = pipe.read_to_end(&mut bytes);
            }
            bytes
        })
    };
    let out = collect(child.stdout.take().map(|p| Box::new(p) as Box<dyn Read + Send>));
    let err = collect(child.stderr.take().map(|p| Box::new(p) as Box<dyn Read + Send>));
    let begin = Instant::now();
    let (mut slow, mut status) = (false, child.try_wait()?);
    while status.is_none() {
        if begin.elapsed() > time {
            slow = time > Duration::ZERO;
            child.kill()?;
            child.wait()?;
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
        status = child.try_wait()?;
    }
    let out = out.join().unwrap_or_default();
    let err = String::from_utf8_lossy(&err.join().unwrap_or_default()).into_owned();
    Ok(Ran { code: status.and_then(|s| s.code()), out, err, slow })
}

/// What was tried and what failed of one kind.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) kind: &'static str,
    pub(super) tried: usize,
    /// What failed, with the file that shows it.
    pub(super) failed: Vec<(String, Option<PathBuf>)>,
}

impl Tally {
    pub(super) fn new(kind: &'static str) -> Self {
        Tally { kind, ..Tally::default() }
    }

    /// Notes a failure and keeps the bytes that show it.
    pub(super) fn fail(&mut self, kept: &Path, what: String, name: &str, bytes: &[u8]) -> Result<()> {
        let path = kept.join(format!("{}-{}-{name}", self.kind.replace(' ', "-"), self.failed.len() + 1));
        std::fs::create_dir_all(kept)?;
        std::fs::write(&path, bytes)?;
        eprintln!("  {}: {what}: {}", self.kind, path.display());
        self.failed.push((what, Some(path)));
        Ok(())
    }
}
