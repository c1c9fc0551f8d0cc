//! What every page has around it: the head, the views of its story, the day it is as of, the list of reports.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur::brief::words;
use rapporteur::{Edtf, FactKind, RecordIndex};

use crate::app::App;
use crate::cache::Snapshot;
use crate::link;

/// Reports listed beside a page at most.
const MAX_LISTED: usize = 24;
/// Names offered where one is to be typed.
const MAX_KNOWN: usize = 120;

/// The frame of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shell {
    pub title: String,
    /// Which view this is.
    pub tab: &'static str,
    /// Whether it has its head; a refusal to a stranger has none.
    pub framed: bool,
    pub q: String,
    pub csrf: String,
    pub who: String,
    /// Whether nothing can be changed by who looks at it.
    pub read_only: bool,
    /// Whether nobody can: the dossier may only be read.
    pub is_sealed: bool,
    /// Whether it is known who looks at it, so that no form asks for a name. The name itself is on no page that is kept: the same bytes
    /// serve all.
    pub is_named: bool,
    /// Whether they showed a token.
    pub has_session: bool,
    pub version: &'static str,
    pub story_id: String,
    pub as_of: Option<Date>,
    pub nav: Option<Nav>,
    /// What is starred, by its id.
    pub stars: Arc<BTreeSet<String>>,
    /// Words offered where a correction is typed: names, and the words for how things stand.
    pub known: Vec<String>,
}

/// What leads through a story.
#[derive(Clone, Debug)]
pub(crate) struct Nav {
    pub name: String,
    pub headline: String,
    pub tabs: Vec<Tab>,
    /// This view, without what the form for the day adds.
    pub here: String,
    /// This view as of now.
    pub now: String,
    pub since: Option<String>,
    pub earlier: bool,
    pub day: String,
    pub scale: Option<Scale>,
    pub reports: Vec<Listed>,
    pub more: usize,
    pub all: String,
}

/// A view of the story.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub key: &'static str,
    pub name: &'static str,
    pub href: String,
    pub count: usize,
}

/// The days between which one can be picked.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    pub first: String,
    pub from: String,
    pub to: String,
    pub days: i32,
    pub at: i32,
    pub day: String,
}

/// A report beside the page.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub number: usize,
    pub name: String,
    pub date: String,
    pub title: String,
    pub href: String,
    /// The numbers of reports with which it shares much of its text.
    pub shares: String,
}

/// The pages of a long list.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    pub at: usize,
    pub of: usize,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Pages {
    /// Page `at` of `all` things, `each` a page; `href` makes the address of a page.
    pub fn new(at: usize, all: usize, each: usize, href: impl Fn(usize) -> String) -> Self {
        let of = all.div_ceil(each).max(1);
        let at = at.clamp(1, of);
        Pages { at, of, before: (at > 1).then(|| href(at - 1)), after: (at < of).then(|| href(at + 1)) }
    }

    /// Which of the things are on it.
    pub fn of<'t, T>(&self, all: &'t [T], each: usize) -> &'t [T] {
        let from = ((self.at - 1) * each).min(all.len());
        &all[from..(from + each).min(all.len())]
    }
}

pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Shell {
    /// A page that shows nothing of the dossier, not even its head.
    pub fn bare(title: &str) -> Self {
        Shell { title: title.to_owned(), ..Shell::default() }
    }

    /// A page of no story.
    pub fn new(app: &App, title: &str, tab: &'static str) -> Self {
        Shell {
            title: title.to_owned(),
            tab,
            framed: true,
            csrf: app.csrf().to_owned(),
            who: if app.by.name.is_some() { String::new() } else { app.who.clone() },
            is_named: app.by.name.is_some(),
            has_session: app.by.has_session,
            read_only: !app.may_write(),
            is_sealed: app.read_only,
            stars: app.cache.stars(),
            version: VERSION,
            story_id: "all".into(),
            ..Shell::default()
        }
    }

    /// Why nothing can be changed, where that is so.
    pub fn why_not(&self) -> &'static str {
        match self.is_sealed {
            true => "This dossier may only be read",
            false => "Your token may read this dossier, not change it",
        }
    }

    /// Whether something is starred.
    pub fn is_starred(&self, id: &str) -> bool {
        self.stars.contains(id)
    }

    /// A view of a story.
    pub fn of(app: &App, snapshot: &Snapshot, tab: &'static str, title: &str) -> Self {
        let mut shell = Shell::new(app, "", tab);
        let name = snapshot.name.clone().unwrap_or_else(|| "Everything in this dossier".into());
        shell.title = if title.is_empty() { name.clone() } else { format!("{title} · {name}") };
        shell.story_id = snapshot.id();
        shell.as_of = snapshot.asked.as_of;
        let mut entities: Vec<_> = snapshot.record.entities.iter().collect();
        entities.sort_by_key(|e| std::cmp::Reverse(e.mentions.len()));
        let statuses = [FactKind::Meeting, FactKind::Issue].into_iter().flat_map(rapporteur::statuses);
        shell.known = statuses
            .map(|status| (*status).to_owned())
            .chain(entities.iter().take(MAX_KNOWN).map(|e| words::clean(&e.name)))
            .collect();
        shell.nav = Some(nav(snapshot, tab, name));
        shell
    }
}

fn nav(snapshot: &Snapshot, tab: &str, name: String) -> Nav {
    let view = &snapshot.view;
    let tabs = [
        ("story", "", "Story", 0),
        ("said", "said", "Who said what", view.sayings.total),
        ("differ", "differ", "Differences", view.differ.len()),
        ("positions", "positions", "Positions", view.wants.parties.len()),
        ("outlets", "outlets", "Outlets", 0),
        ("timeline", "timeline", "Timeline", 0),
        ("names", "names", "Names", 0),
        ("ask", "ask", "Ask", 0),
        ("check", "check", "Check a draft", 0),
    ];
    let here = tabs.iter().find(|(key, ..)| *key == tab).map_or("", |(_, path, ..)| path);
    let story = snapshot.id();
    let path = if here.is_empty() { format!("/story/{story}") } else { format!("/story/{story}/{here}") };
    let in_words = |day: Date| words::date(Edtf::day(day));
    let scale = snapshot.days.filter(|(first, last)| first != last).map(|(first, last)| {
        let between = |from: Date, to: Date| (to - from).get_days();
        let at = snapshot.asked.as_of.unwrap_or(last).clamp(first, last);
        Scale {
            first: first.to_string(),
            from: words::date_within(Edtf::day(first), Some(last.year())),
            to: in_words(last),
            days: between(first, last),
            at: between(first, at),
            day: in_words(at),
        }
    });
    // Reports of one origin, by the number of the first of them.
    let mut origins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let index = RecordIndex::new(&snapshot.record);
    for r in &view.reports {
        if let Some(origin) = index.origin(&r.id) {
            origins.entry(origin).or_default().push(r.number);
        }
    }
    let shares = |r: &rapporteur::brief::view::ReportLine| {
        let all = index.origin(&r.id).and_then(|o| origins.get(&o));
        let others: Vec<usize> = all.into_iter().flatten().copied().filter(|n| *n != r.number).take(6).collect();
        words::numbers(&others)
    };
    let listed = |r: &rapporteur::brief::view::ReportLine| Listed {
        number: r.number,
        name: r.name.clone(),
        date: r.date.clone().unwrap_or_default(),
        title: r.title.clone().unwrap_or_default(),
        href: link::report(r.id.as_str(), &[]),
        shares: shares(r),
    };
    Nav {
        name,
        headline: view.headline.clone(),
        tabs: tabs
            .iter()
            .map(|(key, path, name, count)| Tab { key, name, href: snapshot.view_at(path, &[]), count: *count })
            .collect(),
        now: link::with(&path, &[("since", snapshot.asked.since.clone())]),
        here: path,
        since: snapshot.asked.since.clone(),
        earlier: snapshot.asked.as_of.is_some(),
        day: snapshot.asked.as_of.map(in_words).unwrap_or_default(),
        scale,
        reports: view.reports.iter().take(MAX_LISTED).map(listed).collect(),
        more: view.reports.len().saturating_sub(MAX_LISTED),
        all: snapshot.view_at("outlets", &[]),
    }
}
