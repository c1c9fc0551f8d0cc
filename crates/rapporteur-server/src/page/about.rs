//! How to read the pages, and which keys do what.

use askama::Template;

use super::Shell;
use crate::reply::{Page, Refusal, Reply};
use crate::route::App;

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
