//! How to read the pages, and which keys do what.

use askama::Template;

use super::shell::Shell;
use crate::app::App;
use crate::reply::{Page, Refusal, Reply};

#[derive(Template)]
#[template(path = "about.html")]
struct About<'p> {
    shell: &'p Shell,
}

/// Help.
pub(crate) fn about(app: &App) -> Result<Reply, Refusal> {
    let shell = Shell::new(app, "Help", "about");
    Ok(Reply::Page(Page::html(About { shell: &shell }.render()?)))
}
