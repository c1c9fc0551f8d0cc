//! A folder for one test, and the command run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder that is gone when the test is.
pub struct Dir {
    folder: tempfile::TempDir,
}

/// A report of one invented outlet; another word in it gives another report.
pub fn report(word: &str) -> String {
    format!(
        "Water Minister Mira Orlan met the other side in Brenn on Monday.\n\n“The {word} stays open until the snow has \
         melted,” Orlan said.\n"
    )
}

impl Dir {
    pub fn new() -> Self {
        Dir { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with the reports `a.txt`, `b.txt`, … in it.
    pub fn with_reports(n: u8) -> Self {
        let dir = Dir::new();
        for letter in (b'a'..b'a' + n).map(char::from) {
            dir.write(&format!("{letter}.txt"), report(&format!("weir {letter}")));
        }
        dir
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of the files in the folder, hidden ones too.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The command with these words after it, split at spaces.
    pub fn command(&self, args: &str) -> Command {
        command(self.folder.path(), args)
    }

    /// Runs the command with these words after it.
    pub fn run(&self, args: &str) -> Ran {
        Ran::of(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs the command and hands it this on standard input.
    pub fn pipe(&self, args: &str, input: &str) -> Ran {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ran::of(child.wait_with_output().unwrap())
    }
}

fn command(folder: &Path, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.current_dir(folder).args(args.split_whitespace());
    // What the tester's own terminal is set to must not show.
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("TERM", "xterm-256color");
    command
}

/// What came of a command.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts an exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Asserts that standard output has this.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.out.contains(words), "{words:?} is not in the output of {self:#?}");
        self
    }

    /// Asserts that standard error has this; the lines of a message may be broken anywhere.
    #[track_caller]
    pub fn tells(self, words: &str) -> Self {
        let told = self.err.split_whitespace().filter(|w| *w != "│").collect::<Vec<_>>().join(" ");
        assert!(told.contains(words), "{words:?} is not told by {self:#?}");
        self
    }

    /// Asserts that nothing was told on standard error, but that reports tell no date: most of these tests' have none.
    #[track_caller]
    pub fn quiet(self) -> Self {
        let told = self.err.split("  ☞ note: no date of publication is known of").collect::<Vec<_>>();
        let rest = told.iter().skip(1).filter_map(|note| note.split_once("does\n")).map(|(_, rest)| rest);
        let rest: String = told.first().copied().into_iter().chain(rest).collect();
        assert_eq!(rest, "", "{self:#?}");
        self
    }
}
