//! Who is looking: by which name changes are kept, and what they may do.

use askama::Template;

use super::shell::Shell;
use crate::app::App;
use crate::reply::{Page, Refusal, Reply};

#[derive(Template)]
#[template(path = "you.html")]
struct You<'p> {
    shell: &'p Shell,
    name: Option<&'p str>,
}

/// Who asks.
pub(crate) fn you(app: &App) -> Result<Reply, Refusal> {
    let shell = Shell::new(app, "You", "you");
    Ok(Reply::Page(Page::html(You { shell: &shell, name: app.by.name.as_deref() }.render()?)))
}
