//! What is known about the screen; the one place of the project that reads the environment.

use std::io::IsTerminal;

use terminal_size::{Width, terminal_size_of};

use crate::args::Color;

/// Columns where there is no terminal to ask.
const COLUMNS: usize = 96;

/// Columns beyond which lines are hard to read.
const MAX_COLUMNS: usize = 110;

fn is_set(name: &str) -> bool {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    match std::env::var(name) {
        Ok(value) => !value.is_empty(),
        Err(std::env::VarError::NotPresent) => false,
        Err(std::env::VarError::NotUnicode(_)) => true,
    }
}

fn is_dumb() -> bool {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    std::env::var("TERM").is_ok_and(|term| term == "dumb")
}

/// Which escape codes a stream may get.
#[derive(Clone, Copy, Debug)]
pub struct Escapes {
    pub color: bool,
    pub links: bool,
}

impl Escapes {
    /// Those for standard output.
    pub fn of_stdout(wish: Color) -> Self {
        Escapes::of(wish, std::io::stdout().is_terminal())
    }

    /// Those for standard error.
    pub fn of_stderr() -> Self {
        Escapes::of(Color::Auto, std::io::stderr().is_terminal())
    }

    fn of(wish: Color, terminal: bool) -> Self {
        let able = terminal && !is_dumb();
        match wish {
            Color::Auto => Escapes { color: able && !is_set("NO_COLOR"), links: able },
            Color::Always => Escapes { color: true, links: able },
            Color::Never => Escapes { color: false, links: false },
        }
    }
}

/// Columns of the terminal on standard output.
pub fn columns() -> usize {
    terminal_size_of(std::io::stdout())
        .map_or(COLUMNS, |(Width(columns), _)| usize::from(columns).clamp(24, MAX_COLUMNS))
}

/// The folder in which the command runs, or nothing where it is not known.
pub fn folder() -> String {
    std::env::current_dir().ok().and_then(|d| d.into_os_string().into_string().ok()).unwrap_or_default()
}

/// The name of the user of this machine, where the system tells it.
pub fn user() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let name = std::env::var("USER").or_else(|_| std::env::var("USERNAME"));
    name.ok().filter(|name| !name.trim().is_empty())
}
