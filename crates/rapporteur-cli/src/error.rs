//! Failures and warnings as people read them: the path, what is wrong, what to do.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use rapporteur::phrase::harmless;
use rapporteur::{ErrorKind, InputError};

use unicode_width::UnicodeWidthStr;

use crate::terminal::Escapes;

/// Why a command came to nothing.
#[derive(Debug)]
pub enum Failure {
    /// None of the inputs is a report that can be read; each is reported already.
    NoReports,
    /// The result could not be written.
    Output(PathBuf, std::io::Error),
    /// There is no such manual page.
    NoSuchPage(String),
    /// A dossier could not do what was asked.
    Dossier(rapporteur::Error),
    /// What was typed makes no sense here: what is wrong, and what to do.
    Usage(String, String),
    /// It was done, and something is wrong; it is reported already.
    Reported,
    /// Ctrl-C, or a request to terminate; what was done until then is reported already.
    Interrupted,
    /// What was to be compared could not be read: reported as it is, with exit code 2.
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
            Failure::NoReports | Failure::Reported => {}
            Failure::Interrupted => return ExitCode::from(crate::stop::CODE),
            Failure::Unread(why) => {
                why.report();
                return ExitCode::from(2);
            }
            Failure::Dossier(e) => {
                let what = match e.path() {
                    Some(path) => format!("{}: {}", printable(path), e.what()),
                    None => e.what().to_owned(),
                };
                show(Severity::Error, what, advice(e.kind()).map(str::to_owned));
                // Where the file is not to blame, what was typed is.
                if e.path().is_none() && !e.is_busy() {
                    return ExitCode::from(2);
                }
            }
            Failure::Usage(what, help) => {
                show(Severity::Error, what, Some(help));
                return ExitCode::from(2);
            }
            Failure::Output(_, e) if e.kind() == std::io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Failure::Output(path, e) => show(
                Severity::Error,
                format!("{}: cannot be written: {}", printable(&path), plain(&e)),
                Some("check that the folder is there and that you may write in it; nothing was changed".into()),
            ),
            Failure::NoSuchPage(name) => show(
                Severity::Error,
                format!("there is no command {name:?}"),
                Some("'rapporteur help' lists the commands".into()),
            ),
            Failure::Export(what) => {
                show(Severity::Error, what, Some("nothing was changed; please report this".into()))
            }
            Failure::LeftOut(what, feature) => {
                let help = format!(
                    "'cargo install --path crates/rapporteur-cli --features {feature}' builds one that has ('--features \
                     full' has all)"
                );
                show(Severity::Error, format!("this build has no {what}"), Some(help));
                return ExitCode::from(2);
            }
            Failure::Json(e) => show(Severity::Error, format!("the record cannot be written as JSON: {e}"), None),
        }
        ExitCode::FAILURE
    }
}

/// The words of the system without its number.
pub fn plain(error: &std::io::Error) -> String {
    let message = error.to_string();
    message.split(" (os error").next().unwrap_or(&message).to_lowercase()
}

/// Says which input could not be read.
pub fn input(severity: Severity, error: &InputError) {
    let path = match error.path() {
        path if path == std::path::Path::new("-") => "standard input".into(),
        path => printable(path),
    };
    show(severity, format!("{path}: {}", error.what()), Some(error.help().into()));
}

/// Says what no single input is to blame for.
pub fn general(severity: Severity, what: &str) {
    show(severity, what.into(), None);
}

/// Says what no single input is to blame for, and what to do about it.
pub fn advice_on(severity: Severity, what: &str, help: &str) {
    show(severity, what.into(), Some(help.into()));
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

/// Whether no message has an escape code, whatever standard error is.
static PLAIN: AtomicBool = AtomicBool::new(false);

/// From now on no message has an escape code: who asks for none means none at all.
pub fn without_color() {
    PLAIN.store(true, Ordering::Relaxed);
}

fn show(severity: Severity, what: String, help: Option<String>) {
    let color = Escapes::of_stderr().color && !PLAIN.load(Ordering::Relaxed);
    // What is wrong is often told in words of the input.
    eprint(&message(severity, &harmless(&what), help.as_deref(), color));
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

/// What to type instead, or to do first.
fn advice(kind: ErrorKind) -> Option<&'static str> {
    use ErrorKind as K;
    Some(match kind {
        K::NoDossier => "check the spelling; 'rapporteur add REPORTS --into FILE' makes a new one",
        K::NotADossier => "give a file that 'rapporteur add --into' made; nothing was changed",
        K::Newer => "use that version; nothing was changed",
        K::Busy => "try again when it is done; nothing was lost",
        K::CannotOpen => "check that its folder is there and that you may write in it",
        K::CannotWrite | K::Full => {
            "make room and run the same command again; every report acknowledged so far is kept"
        }
        K::ReadOnly => {
            "it can be listed, read and searched where it is; to add or correct, copy it to where you may write"
        }
        K::Damaged => "'rapporteur check-file FILE' tells what is hurt; take the last good copy",
        K::NoSuchReport => "'rapporteur list --from FILE' shows the reports",
        K::NoSuchStory => "'rapporteur stories --from FILE' shows the stories",
        K::NoSuchCorrection => "'rapporteur correct log --from FILE' lists them",
        K::NoSuchFact => {
            "'rapporteur statements', 'meetings' and 'differences' begin each line with an id; the record has all ids"
        }
        K::NoSuchEntity => "write the name as 'rapporteur statements' or 'meetings' has it; the record has all names",
        K::Ambiguous => "give more of its letters",
        K::BadQuery => "give some words",
        K::Refused => "'rapporteur correct --help' tells which facts have a date, a status, a speaker",
        K::Incomplete => "'rapporteur correct --help' has an example of each kind",
        K::Other => "'rapporteur check-file FILE' tells whether the file is whole",
        _ => return None,
    })
}

impl From<rapporteur::Error> for Failure {
    fn from(error: rapporteur::Error) -> Self {
        Failure::Dossier(error)
    }
}

impl From<rapporteur::dossier::Error> for Failure {
    fn from(error: rapporteur::dossier::Error) -> Self {
        Failure::Dossier(error.into())
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
