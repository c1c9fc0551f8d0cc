//! Who said what: by person, by outlet, in the order of time; each saying once, with its variants word by word.

use askama::Template;
use rapporteur::StatementId;
use rapporteur::brief::diff::Segment;
use rapporteur::brief::view::{Saying, Speaker};
use rapporteur::brief::words;

use super::shell::{Pages, Shell};
use crate::app::App;
use crate::ask::Query;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Presenter, Words};

/// Sayings on a page.
pub(crate) const SAYINGS: usize = 20;
/// Speakers and outlets offered as filters.
const OFFERED: usize = 24;
/// Letters of a name among the filters: some speakers are a whole clause.
const NAME: usize = 40;

#[derive(Template)]
#[template(path = "said.html")]
struct Said<'p> {
    shell: &'p Shell,
    speakers: Vec<Choice>,
    outlets: Vec<Choice>,
    orders: [Choice; 2],
    groups: Vec<Group<'p>>,
    total: usize,
    pages: Pages,
}

/// A filter that can be picked.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub name: String,
    pub href: String,
    pub count: usize,
    pub here: bool,
}

impl Choice {
    /// Filters in sight; the others are folded away.
    const SHOWN: usize = 10;

    /// Whether what is picked would be folded away.
    fn is_folded(all: &[Choice]) -> bool {
        all.iter().skip(Self::SHOWN).any(|c| c.here)
    }
}

/// One speaker's words in a row.
struct Group<'p> {
    name: &'p str,
    office: Option<&'p str>,
    words: Vec<Words<'p>>,
}

/// What a speaker is called in an address: the entity, or the words that stand for nobody known.
fn key(speaker: &Speaker) -> &str {
    speaker.id.as_deref().unwrap_or(&speaker.name)
}

/// The sayings that match, in order.
pub(crate) fn matching<'s>(
    show: &Presenter<'s>,
    by: Option<&str>,
    outlet: Option<&str>,
    in_time: bool,
) -> Vec<(&'s Speaker, &'s Saying)> {
    let snapshot = show.snapshot;
    let wanted = by.map(str::to_lowercase);
    let said = |s: &&Speaker| match &wanted {
        None => true,
        Some(by) => key(s).to_lowercase() == *by || s.name.to_lowercase().contains(by),
    };
    let reports: Option<Vec<usize>> =
        outlet.map(|o| snapshot.view.reports.iter().filter(|r| r.name == o).map(|r| r.number).collect());
    let carried = |s: &&Saying| reports.as_ref().is_none_or(|of| s.reports.iter().any(|r| of.contains(r)));
    let speakers = snapshot.view.sayings.speakers.iter().filter(said);
    let mut all: Vec<(&Speaker, &Saying)> =
        speakers.flat_map(|s| s.sayings.iter().filter(carried).map(move |w| (s, w))).collect();
    if in_time {
        let date_of = |s: &String| show.index.statement(&StatementId::new(s.as_str()))?.date;
        // What has no date comes last.
        all.sort_by_cached_key(|(_, w)| {
            let date = w.statements.iter().filter_map(date_of).min();
            (date.is_none(), date)
        });
    }
    all
}

/// Lists the sayings.
pub(crate) fn said(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let show = Presenter::new(&snapshot);
    let shell = Shell::of(app, &snapshot, "said", "Who said what");
    let (by, outlet) = (Query::given(&query.by), Query::given(&query.outlet));
    let in_time = query.sort.as_deref() == Some("time");
    let all = matching(&show, by, outlet, in_time);
    let sort = in_time.then(|| "time".to_owned());
    let at = |by: Option<&str>, outlet: Option<&str>, sort: Option<String>, page: Option<usize>| {
        let own = |v: Option<&str>| v.map(str::to_owned);
        let page = page.map(|p| p.to_string());
        snapshot.view_at("said", &[("by", own(by)), ("outlet", own(outlet)), ("sort", sort), ("page", page)])
    };
    let pages = Pages::new(query.page(), all.len(), SAYINGS, |n| at(by, outlet, sort.clone(), Some(n)));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (speaker, saying) in pages.of(&all, SAYINGS) {
        if groups.last().is_none_or(|g| g.name != speaker.name) {
            groups.push(Group { name: &speaker.name, office: speaker.office.as_deref(), words: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.words.push(show.words(saying));
        }
    }
    let mut speakers = vec![Choice {
        name: "everybody".into(),
        href: at(None, outlet, sort.clone(), None),
        count: snapshot.view.sayings.total,
        here: by.is_none(),
    }];
    speakers.extend(snapshot.view.sayings.speakers.iter().take(OFFERED).map(|s| Choice {
        name: words::clip(&s.name, NAME),
        href: at(Some(key(s)), outlet, sort.clone(), None),
        count: s.sayings.len(),
        here: by.is_some_and(|by| by == key(s)),
    }));
    let mut names: Vec<&str> = Vec::new();
    for report in &snapshot.view.reports {
        if names.len() < OFFERED && !names.contains(&report.name.as_str()) {
            names.push(&report.name);
        }
    }
    let mut outlets = vec![Choice {
        name: "all outlets".into(),
        href: at(by, None, sort.clone(), None),
        count: 0,
        here: outlet.is_none(),
    }];
    outlets.extend(names.into_iter().map(|name| Choice {
        name: name.to_owned(),
        href: at(by, Some(name), sort.clone(), None),
        count: 0,
        here: outlet == Some(name),
    }));
    let order = |name: &str, sort: Option<String>, here| Choice {
        name: name.into(),
        href: at(by, outlet, sort, None),
        count: 0,
        here,
    };
    let orders = [order("by person", None, !in_time), order("over time", Some("time".into()), in_time)];
    let page = Said { shell: &shell, speakers, outlets, orders, groups, total: all.len(), pages: pages.clone() };
    Ok(Reply::Page(Page::html(page.render()?)))
}
