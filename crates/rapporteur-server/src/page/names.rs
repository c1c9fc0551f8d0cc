//! Who is who: every name with its spellings, and where one can be joined to another or parted.

use askama::Template;
use rapporteur::brief::words;
use rapporteur::{Entity, EntityKind};

use super::said::Choice;
use super::shell::{Pages, Shell};
use crate::app::App;
use crate::ask::Query;
use crate::cache::Snapshot;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Chip, Presenter};

/// Names on a page.
pub(crate) const NAMES: usize = 30;
/// Places of a name in one report that are highlighted, and reports shown for a spelling.
const HIGHLIGHTED: usize = 4;
const CHIPS: usize = 4;
/// Spellings shown at most.
const FORMS: usize = 10;

#[derive(Template)]
#[template(path = "names.html")]
struct Names<'p> {
    shell: &'p Shell,
    kinds: Vec<Choice>,
    names: Vec<Name>,
    pages: Pages,
}

struct Name {
    id: String,
    name: String,
    kind: &'static str,
    office: Option<String>,
    forms: Vec<(String, Vec<Chip>, usize)>,
    mentions: usize,
    remarks: Vec<String>,
}

const KINDS: [(&str, EntityKind); 5] = [
    ("people", EntityKind::Person),
    ("bodies", EntityKind::Organization),
    ("countries", EntityKind::Country),
    ("places", EntityKind::Place),
    ("groups", EntityKind::Group),
];

/// The entities of a kind, those named most first.
pub(crate) fn matching<'s>(snapshot: &'s Snapshot, kind: Option<&str>) -> Vec<&'s Entity> {
    let wanted = kind.and_then(|k| KINDS.iter().find(|(name, _)| *name == k)).map(|(_, kind)| *kind);
    let mut all: Vec<&Entity> =
        snapshot.record.entities.iter().filter(|e| wanted.is_none_or(|k| e.kind == k)).collect();
    all.sort_by_key(|e| (std::cmp::Reverse(e.mentions.len()), &e.name));
    all
}

/// Lists the names.
pub(crate) fn names(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let show = Presenter::new(&snapshot);
    let shell = Shell::of(app, &snapshot, "names", "Names");
    let wanted = Query::given(&query.kind);
    let all = matching(&snapshot, wanted);
    let at = |kind: Option<&str>, page: Option<usize>| {
        snapshot.view_at("names", &[("kind", kind.map(str::to_owned)), ("page", page.map(|p| p.to_string()))])
    };
    let pages = Pages::new(query.page(), all.len(), NAMES, |n| at(wanted, Some(n)));
    let mut kinds = vec![Choice {
        name: "all".into(),
        href: at(None, None),
        count: snapshot.record.entities.len(),
        here: wanted.is_none(),
    }];
    kinds.extend(KINDS.iter().map(|(name, kind)| Choice {
        name: (*name).into(),
        href: at(Some(name), None),
        count: snapshot.record.entities.iter().filter(|e| e.kind == *kind).count(),
        here: wanted == Some(*name),
    }));
    let name = |e: &&Entity| {
        let spans = |report: &str| -> Vec<(u32, u32)> {
            e.mentions
                .iter()
                .filter(|m| m.report.as_str() == report)
                .take(HIGHLIGHTED)
                .map(|m| (m.start, m.end))
                .collect()
        };
        let form = |f: &rapporteur::NameForm| {
            let mut reports: Vec<(usize, &str)> =
                f.reports.iter().filter_map(|r| Some((show.number(r)?, r.as_str()))).collect();
            reports.sort_unstable();
            let chips = reports.iter().take(CHIPS).filter_map(|(number, id)| show.chip(*number, &spans(id)));
            (words::clean(&f.form), chips.collect(), reports.len().saturating_sub(CHIPS))
        };
        let office = e.offices.iter().max_by_key(|o| o.evidence.iter().count()).map(|o| words::clean(&o.title));
        Name {
            id: e.id.to_string(),
            name: words::clean(&e.name),
            kind: e.kind.as_str(),
            office,
            forms: e.names.iter().take(FORMS).map(form).collect(),
            mentions: e.mentions.len(),
            remarks: show.remarks(e.id.as_str()),
        }
    };
    let names = pages.of(&all, NAMES).iter().map(name).collect();
    let page = Names { shell: &shell, kinds, names, pages: pages.clone() };
    Ok(Reply::Page(Page::html(page.render()?)))
}
