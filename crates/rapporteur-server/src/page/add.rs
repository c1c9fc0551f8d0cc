//! Bringing reports in: the form for files, a text and addresses; then, file by file, what became of them.

use askama::Template;
use rapporteur::brief::words;
use rapporteur::{ReportId, StoryId};

use super::report::{Head, head};
use super::shell::Shell;
use crate::app::App;
use crate::ask::{self, Query};
use crate::inbox::{Line, Order, Progress, Step};
use crate::reply::{Page, Refusal, Reply};

/// Stories offered at most.
const STORIES: usize = 60;
/// Letters of their names.
const NAME: usize = 80;
/// Uploads listed.
const LATELY: usize = 8;

#[derive(Template)]
#[template(path = "add.html")]
struct Add<'p> {
    shell: &'p Shell,
    /// Whether addresses are fetched.
    fetches: bool,
    chosen: String,
    stories: Vec<(String, String)>,
    lately: Vec<Lately>,
    /// MiB of one upload.
    most: u64,
    most_files: usize,
}

/// An upload before.
struct Lately {
    href: String,
    at: String,
    who: Option<String>,
    words: String,
}

#[derive(Template)]
#[template(path = "added.html")]
struct Added<'p> {
    shell: &'p Shell,
    number: String,
    done: bool,
    at: usize,
    of: usize,
    words: String,
    broken: Option<String>,
    not_read: usize,
    /// Whether there is anything to be told but what was not read.
    shows_kept: bool,
    items: Vec<Item>,
    stories: Vec<Told>,
    again: String,
}

/// A file, a text or an address, and what became of it.
struct Item {
    name: String,
    step: &'static str,
    kept: Vec<Kept>,
    not_read: Vec<(Option<String>, String, String)>,
    notes: Vec<String>,
}

/// A report that is in the dossier.
pub(super) struct Kept {
    pub id: String,
    word: String,
    is_known: bool,
    pub head: Option<Head>,
}

/// A story that something came into.
struct Told {
    href: String,
    name: String,
    /// Whether it had reports before: then it has something new in it.
    has_news: bool,
}

/// The form; a story is chosen where the address names one.
pub(crate) fn form(app: &App, query: &Query) -> Result<Reply, Refusal> {
    let chosen = Query::given(&query.story).unwrap_or_default().to_owned();
    let mut shell = Shell::new(app, "Add reports", "add");
    let all = app.cache.stories()?;
    let called = |s: &rapporteur::Story| (s.row.id.to_string(), words::clip(&words::clean(&s.name), NAME));
    let mut stories: Vec<(String, String)> = all.iter().take(STORIES).map(called).collect();
    // One of many is offered wherever it stands.
    if let Some(far) = all.iter().skip(STORIES).find(|s| s.row.id.as_str() == chosen) {
        stories.push(called(far));
    }
    let chosen = if stories.iter().any(|(id, _)| *id == chosen) { chosen } else { String::new() };
    if !chosen.is_empty() {
        shell.story_id.clone_from(&chosen);
    }
    let lately = app.inbox.told().into_iter().take(LATELY).map(|job| {
        let at = job.at.get(..16).unwrap_or(&job.at).replace('T', " ");
        Lately { href: format!("/add/{}", job.number), at, who: job.who.clone(), words: in_words(&job.now()) }
    });
    let page = Add {
        shell: &shell,
        fetches: app.inbox.means.web.is_some(),
        chosen,
        stories,
        lately: lately.collect(),
        most: app.limits.upload_bytes / (1024 * 1024),
        most_files: app.limits.upload_files,
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// An upload, if it makes sense: it has something in it, and the story that it is for is there.
pub(crate) fn fits(app: &App, order: Order) -> Result<Order, Refusal> {
    if order.parts.is_empty() {
        let what = "Nothing was given: choose a file, paste a text, or give an address. Nothing was changed.";
        return Err(Refusal::BadRequest(what.into()));
    }
    if !matches!(order.story.as_str(), "" | "new") {
        let id = ask::id(&order.story, "such story")?;
        if !app.cache.stories()?.iter().any(|s| s.row.id.as_str() == id) {
            return Err(Refusal::Missing("such story".into()));
        }
    }
    Ok(order)
}

/// What became of an upload, or becomes.
pub(crate) fn told(app: &App, number: &str) -> Result<Reply, Refusal> {
    let job = number.parse().ok().and_then(|number| app.inbox.job(number));
    let job = job.ok_or_else(|| {
        // What it brought is kept all the same.
        Refusal::Missing("such upload (they are told of while the server runs; what they brought is kept)".into())
    })?;
    let now = job.now();
    let mut shell = Shell::new(app, "Reports brought in", "add");
    let mut stories: Vec<(StoryId, usize)> = Vec::new();
    let (mut items, mut not_read) = (Vec::new(), 0);
    for item in &now.items {
        let step = match item.step {
            Step::Waiting => "waiting",
            Step::Reading => "reading",
            Step::Done => "done",
        };
        let mut shown =
            Item { name: item.name.clone(), step, kept: Vec::new(), not_read: Vec::new(), notes: Vec::new() };
        for line in &item.lines {
            match line {
                Line::Kept { id, word, is_known, story } => {
                    if let Some(story) = story {
                        match stories.iter_mut().find(|(id, _)| id == story) {
                            Some((_, brought)) => *brought += usize::from(!is_known),
                            None => stories.push((story.clone(), usize::from(!is_known))),
                        }
                    }
                    shown.kept.push(kept(app, id, word, *is_known));
                }
                Line::NotRead { what, why, help } => {
                    not_read += 1;
                    let clean = words::clean;
                    shown.not_read.push((what.as_deref().map(clean), clean(why), clean(help)));
                }
                Line::Note(note) => shown.notes.push(words::clean(note)),
            }
        }
        items.push(shown);
    }
    let known = app.cache.stories()?;
    let told = stories.iter().filter_map(|(id, brought)| {
        let story = known.iter().find(|s| s.row.id == *id)?;
        let name = words::clip(&words::clean(&story.name), NAME);
        let has_news = *brought > 0 && story.row.articles as usize > *brought;
        Some(Told { href: format!("/story/{id}"), name, has_news })
    });
    let told: Vec<Told> = told.collect();
    let again = match stories.as_slice() {
        [(only, _)] => {
            shell.story_id = only.to_string();
            format!("/add?story={only}")
        }
        _ => "/add".into(),
    };
    let page = Added {
        shell: &shell,
        number: job.number.to_string(),
        done: now.done,
        at: now.done_items(),
        of: now.items.len(),
        words: in_words(&now),
        broken: now.broken.clone(),
        not_read,
        shows_kept: !now.done || items.iter().any(|item| !item.kept.is_empty() || !item.notes.is_empty()),
        items,
        stories: told,
        again,
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// A report as it stands now: its outlet and its day may have been edited since.
fn kept(app: &App, id: &ReportId, word: &str, is_known: bool) -> Kept {
    let found = app.cache.store().dossier().report(id.as_str()).ok();
    Kept { id: id.to_string(), word: word.to_owned(), is_known, head: found.as_ref().map(head) }
}

/// "3 reports came in, 1 was known already, 2 were not read".
fn in_words(now: &Progress) -> String {
    let (new, known, not_read) = now.tally();
    let of = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let unread = of(not_read, "was not read", "were not read");
    let mut parts = Vec::new();
    match (new, known) {
        (0, 0) if not_read > 0 => return format!("Nothing came in: {unread}"),
        (0, 0) if now.done => return "Nothing came in".into(),
        (0, 0) => return "Reading".into(),
        (0, known) => parts.push(of(known, "report was known already", "reports were known already")),
        (new, known) => {
            parts.push(of(new, "report came in", "reports came in"));
            if known > 0 {
                parts.push(of(known, "was known already", "were known already"));
            }
        }
    }
    if not_read > 0 {
        parts.push(unread);
    }
    parts.join(", ")
}
