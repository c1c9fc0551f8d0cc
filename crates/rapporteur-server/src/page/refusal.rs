//! A page that says why nothing is shown.

use askama::Template;

use super::shell::Shell;
use crate::reply::Refusal;

#[derive(Template)]
#[template(path = "refusal.html")]
struct Refused<'p> {
    shell: &'p Shell,
    message: &'p str,
    /// Where somebody goes who shows a token now, where one is asked for.
    door: Option<&'p str>,
}

/// Says why nothing is shown.
pub(crate) fn page(refusal: &Refusal) -> String {
    let shell = Shell::bare(refusal.title());
    let door = match refusal {
        Refusal::Stranger { to, .. } => Some(to.as_str()),
        _ => None,
    };
    // Writing into a string does not fail; the bare words are better than none.
    Refused { shell: &shell, message: &refusal.message(), door }.render().unwrap_or_else(|_| "refused".into())
}
