//! What people starred to find it again: a list, and the form that stars and takes a star away.

use askama::Template;
use rapporteur::dossier::Star;
use serde::Deserialize;

use super::correct::{MAX_NAME, line};
use super::report::{head, stored};
use super::shell::Shell;
use crate::app::App;
use crate::ask::{self, story_id};
use crate::cache::Asked;
use crate::link;
use crate::reply::{Page, Refusal, Reply};

/// Letters of the words that are kept of a fact.
const MAX_ABOUT: usize = 300;
/// Stars at most: they are for finding a few things again.
const MAX_STARS: usize = 2_000;

#[derive(Template)]
#[template(path = "starred.html")]
struct Starred<'p> {
    shell: &'p Shell,
    all: Vec<Row>,
}

/// Something starred.
struct Row {
    id: String,
    href: String,
    kind: String,
    about: String,
    who: String,
    at: String,
}

/// What a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    pub csrf: String,
    on: String,
    story: String,
    who: String,
    /// `star` or `unstar`; a name of its own, for it is a button in the form that corrects.
    #[serde(rename = "star")]
    what: String,
    /// Where it was sent from: the `list` of stars, else the fact itself.
    from: String,
}

/// Lists what is starred, the latest first.
pub(crate) fn starred(app: &App) -> Result<Reply, Refusal> {
    let all = app.cache.store().dossier().stars()?;
    let row = |star: Star| Row {
        href: match star.kind.as_str() {
            "report" => link::report(&star.what, &[]),
            _ => format!("/fact/{}?story={}", star.what, link::encode(&star.story)),
        },
        id: star.what,
        kind: star.kind,
        about: star.about,
        who: star.who,
        at: star.at.get(..16).unwrap_or(&star.at).replace('T', " "),
    };
    let shell = Shell::new(app, "Starred", "starred");
    let page = Starred { shell: &shell, all: all.into_iter().map(row).collect() };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// Stars a fact or a report, or takes the star away.
pub(crate) fn star(app: &App, form: &Form) -> Result<Reply, Refusal> {
    app.to_write()?;
    let on = ask::id(&form.on, "such fact")?;
    let story = if form.story.is_empty() { "all" } else { &form.story };
    let back = |kind: &str| match (form.from.as_str(), kind) {
        ("list", _) => "/starred".into(),
        (_, "report") => link::report(on, &[]),
        _ => format!("/fact/{on}?story={story}"),
    };
    if form.what == "unstar" {
        let kind = app.cache.store().dossier().stars()?.into_iter().find(|s| s.what == on).map(|s| s.kind);
        app.cache.writer().dossier_mut().unstar(on)?;
        return Ok(Reply::See(back(kind.as_deref().unwrap_or_default())));
    }
    if form.what != "star" {
        return Err(Refusal::BadRequest(format!("{:?} is nothing that can be done here.", form.what)));
    }
    let asked = Asked { story: story_id(story)?, ..Asked::default() };
    let fact = app.snapshot(&asked)?.facts.iter().find(|f| f.id == on).map(|f| (f.kind.as_str(), f.about.clone()));
    let (kind, about) = match fact {
        Some(fact) => fact,
        None => ("report", head(&stored(app, on).map_err(|_| Refusal::Missing("such fact".into()))?).title),
    };
    let star = Star {
        what: on.to_owned(),
        kind: kind.to_owned(),
        story: story.to_owned(),
        about: line(&about, MAX_ABOUT),
        who: app.signed(line(&form.who, MAX_NAME)),
        at: (app.now)(),
    };
    let mut store = app.cache.writer();
    if store.dossier().stars()?.len() >= MAX_STARS {
        return Err(Refusal::BadRequest(format!("{MAX_STARS} things are starred: take a star away first.")));
    }
    store.dossier_mut().star(&star)?;
    Ok(Reply::See(back(kind)))
}
