//! The pages, a file a view; each lays out what is on the cache and adds nothing.

pub(crate) mod about;
pub(crate) mod check;
pub(crate) mod correct;
pub(crate) mod differ;
pub(crate) mod fact;
pub(crate) mod home;
pub(crate) mod log;
pub(crate) mod names;
pub(crate) mod outlets;
pub(crate) mod positions;
pub(crate) mod report;
pub(crate) mod said;
pub(crate) mod search;
mod shell;
pub(crate) mod story;
pub(crate) mod timeline;

use askama::Template;

pub(crate) use shell::{Pages, Shell};

/// A page that says why nothing is shown.
#[derive(Template)]
#[template(path = "refusal.html")]
struct Refused<'p> {
    shell: &'p Shell,
    told: &'p str,
}

/// Says why nothing is shown.
pub(crate) fn refusal(shell: &Shell, told: &str) -> String {
    // Writing into a string does not fail; the bare words are better than none.
    Refused { shell, told }.render().unwrap_or_else(|_| "refused".into())
}
