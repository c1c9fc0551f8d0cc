//! Failures and warnings as people read them: the path, what is wrong, what to do.

use std::path::PathBuf;
use std::process::ExitCode;

use rapporteur::InputError;

use unicode_width::UnicodeWidthStr;

use crate::terminal::Escapes;

/// Why a command came to nothing.
#[derive(Debug)]
pub enum Failure {
    /// None of the inputs is a report that can be read; each is told already.
    NoReports,
    /// The result could not be written.
    Output(PathBuf, std::io::Error),
    /// There is no such manual page.
    NoSuchPage(String),
    /// A dossier could not do what was asked.
    Dossier(rapporteur::dossier::Error),
    /// What was typed makes no sense here: what is wrong, and what to do.
    Usage(String, String),
    /// It was done, and something is wrong; it is told already.
    Told,
    /// What was to be compared could not be read: told as it is, with exit code 2.
    Unread(Box<Failure>),
    /// The record could not be handed on in the form asked for.
    Export(String),
    /// The record could not be written as JSON.
    Json(serde_json::Error),
    /// This program was built without it: what, and the feature that brings it.
    LeftOut(&'static str, &'static str),
}

impl Failure {
    /// Says what went wrong, and gives the exit code for it. A reader who went away (`| head`) is no failure.
    pub fn report(self) -> ExitCode {
        match self {
            Failure::NoReports | Failure::Told => {}
            Failure::Unread(why) => {
                why.report();
                return ExitCode::from(2);
            }
            Failure::Dossier(e) => {
                tell(Severity::Error, format!("{}: {}", printable(e.path()), e.what()), Some(e.help().into()));
            }
            Failure::Usage(what, help) => {
                tell(Severity::Error, what, Some(help));
                return ExitCode::from(2);
            }
            Failure::Output(_, e) if e.kind() == std::io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Failure::Output(path, e) => tell(
                Severity::Error,
                format!("{}: cannot be written: {}", printable(&path), plain(&e)),
                Some("check that the folder is there and that you may write in it; nothing was changed".into()),
            ),
            Failure::NoSuchPage(name) => tell(
                Severity::Error,
                format!("there is no command {name:?}"),
                Some("'rapporteur help' lists the commands".into()),
            ),
            Failure::Export(what) => {
                tell(Severity::Error, what, Some("nothing was changed; please report this".into()))
            }
            Failure::LeftOut(what, feature) => {
                let help = format!(
                    "'cargo install --path crates/rapporteur-cli --features {feature}' builds one that has ('--features \
                     full' has all)"
                );
                tell(Severity::Error, format!("this build has no {what}"), Some(help));
                return ExitCode::from(2);
            }
            Failure::Json(e) => tell(Severity::Error, format!("the record cannot be written as JSON: {e}"), None),
        }
        ExitCode::FAILURE
    }
}

/// The words of the system without its number.
pub fn plain(error: &std::io::Error) -> String {
    let told = error.to_string();
    told.split(" (os error").next().unwrap_or(&told).to_lowercase()
}

/// Tells of an input that could not be read.
pub fn input(severity: Severity, error: &InputError) {
    let path = match error.path() {
        path if path == std::path::Path::new("-") => "standard input".into(),
        path => printable(path),
    };
    tell(severity, format!("{path}: {}", error.what()), Some(error.help().into()));
}

/// Tells of something that no single input is to blame for.
pub fn general(severity: Severity, what: &str) {
    tell(severity, what.into(), None);
}

/// A path that cannot steer a terminal.
pub fn printable(path: &std::path::Path) -> String {
    path.to_string_lossy().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something worth knowing.
    Note,
    /// It was done all the same.
    Warning,
    /// It was not done.
    Error,
}

/// The columns that a message takes at most.
const WIDTH: usize = 100;

fn tell(severity: Severity, what: String, help: Option<String>) {
    eprint(&message(severity, &what, help.as_deref(), Escapes::of_stderr().color));
}

/// A message as it is shown: what is wrong, and below it what to do.
fn message(severity: Severity, what: &str, help: Option<&str>, color: bool) -> String {
    let (sign, word, shade) = match severity {
        Severity::Note => ("☞", "note", "36"),
        Severity::Warning => ("⚠", "warning", "33"),
        Severity::Error => ("×", "error", "31"),
    };
    let paint = |text: &str, shade: &str| match color {
        true => format!("\u{1b}[{shade}m{text}\u{1b}[0m"),
        false => text.to_owned(),
    };
    let mut out = String::new();
    for (n, line) in wrapped(&format!("{word}: {what}"), WIDTH - 4).iter().enumerate() {
        out += &format!("  {} {line}\n", paint(if n == 0 { sign } else { "│" }, shade));
    }
    for (n, line) in help.map(|help| wrapped(help, WIDTH - 8)).unwrap_or_default().iter().enumerate() {
        let margin = if n == 0 { paint("  help: ", "36") } else { " ".repeat(8) };
        out += &format!("{margin}{line}\n");
    }
    out
}

/// The lines of a text, none wider than this where it has spaces to be broken at.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for given in text.lines() {
        let mut line = String::new();
        for word in given.split(' ') {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            } else if !line.is_empty() {
                line.push(' ');
            }
            line += word;
        }
        lines.push(line);
    }
    lines
}

/// Writes to standard error; where that is closed, there is nobody to tell.
pub fn eprint(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text.as_bytes());
}

impl From<rapporteur::dossier::Error> for Failure {
    fn from(error: rapporteur::dossier::Error) -> Self {
        Failure::Dossier(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_is_wrong_and_what_to_do() {
        let shown = message(Severity::Error, "a.txt: is empty", Some("a report needs some text"), false);
        assert_eq!(shown, "  × error: a.txt: is empty\n  help: a report needs some text\n");
        assert!(message(Severity::Warning, "x", None, true).contains("\u{1b}[33m⚠\u{1b}[0m warning: x"));
    }

    #[test]
    fn long_messages_are_broken_at_spaces() {
        let long = "word ".repeat(40);
        let shown = message(Severity::Error, long.trim(), Some(long.trim()), false);
        assert!(shown.lines().all(|line| line.width() <= WIDTH), "{shown}");
        assert!(shown.contains("\n  │ word") && shown.contains("\n        word"), "{shown}");
    }
}
