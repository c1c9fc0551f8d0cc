//! The first page: the stories of a dossier, or the story itself where there is one.

use askama::Template;
use rapporteur::brief::words;

use super::shell::{Pages, Shell};
use super::story;
use crate::app::App;
use crate::ask::Query;
use crate::cache::Asked;
use crate::link;
use crate::reply::{Page, Refusal, Reply};

/// Stories on a page.
const STORIES: usize = 40;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'p> {
    shell: &'p Shell,
    stories: Vec<Row>,
    all: usize,
    reports: u32,
    pages: Pages,
}

/// A story on a line.
struct Row {
    name: String,
    href: String,
    days: String,
    reports: u32,
    outlets: u32,
}

/// Lists the stories, the one with the latest report first.
pub(crate) fn home(app: &App, query: &Query) -> Result<Reply, Refusal> {
    let stories = app.cache.stories()?;
    if let [only] = stories.as_slice() {
        let asked = Asked { story: Some(only.row.id.clone()), ..Asked::default() };
        return story::of(app, &asked);
    }
    let pages = Pages::new(query.page(), stories.len(), STORIES, |n| link::with("/", &[("page", Some(n.to_string()))]));
    let rows = pages.of(&stories, STORIES).iter().map(|story| {
        let (first, last) = &story.row.days;
        let days = match (first == last, format!("{first}/{last}").parse(), last.parse()) {
            (false, Ok(between), _) => words::date(between),
            (_, _, Ok(day)) => words::date(day),
            _ => last.clone(),
        };
        let href = format!("/story/{}", story.row.id);
        let name = words::clip(&words::clean(&story.name), 160);
        Row { name, href, days, reports: story.row.articles, outlets: story.row.outlets }
    });
    let shell = Shell::new(app, "Stories", "home");
    let reports = stories.iter().map(|s| s.row.articles).sum();
    let home = Home { shell: &shell, stories: rows.collect(), all: stories.len(), reports, pages: pages.clone() };
    Ok(Reply::Page(Page::html(home.render()?)))
}
