//! Search across everything: each sentence once, with all outlets that carry it; titles and names.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use rapporteur::brief::words;
use rapporteur::dossier::{self, EntryKind, Scope, StoredReport};
use rapporteur::{Char, Span};

use super::report;
use super::shell::{Pages, Shell};
use crate::app::App;
use crate::ask::{self, Query};
use crate::cache::Asked;
use crate::link;
use crate::reply::{Page, Refusal, Reply};

/// Places that programs are given at most.
pub(crate) const HITS: usize = 40;
/// Places looked through for a page.
const LOOKED: usize = 300;
/// Sentences on a page.
const PER_PAGE: usize = 25;
/// Letters of a sentence that are shown.
const LETTERS: usize = 420;
/// Outlets named beside a sentence.
const NAMED: usize = 6;
/// Choices of a filter.
const CHOICES: usize = 40;
/// Reports of which it is looked up which sentences tell the same; with more that would take too long for a search.
const JOINED: usize = 400;
/// Stories of which that is done.
const STORIES: usize = 6;
/// Sentences of one paragraph that are shown.
const OF_PARAGRAPH: usize = 3;

#[derive(Template)]
#[template(path = "search.html")]
struct Search<'p> {
    shell: &'p Shell,
    asked: bool,
    filters: Vec<Filter>,
    filtered: bool,
    /// The same search without filters.
    plain: String,
    hits: &'p [Hit],
    all: usize,
    /// Whether there may be more than were looked through.
    cut: bool,
    pages: Pages,
}

/// A filter with its choices, each with how often it is found; the value, what it is called, how many, whether it is chosen.
struct Filter {
    key: &'static str,
    name: &'static str,
    any: &'static str,
    choices: Vec<(String, String, usize, bool)>,
}

/// A sentence, title or name that was found.
struct Hit {
    kinds: Vec<&'static str>,
    by: Vec<String>,
    story: Option<String>,
    /// The words piece by piece, each with whether it was searched for.
    runs: Vec<(String, bool)>,
    /// Where it stands, the best place first.
    places: Vec<Place>,
}

/// Where a sentence stands.
struct Place {
    report: String,
    outlet: String,
    day: String,
    /// The day as YYYY-MM-DD.
    date: String,
    title: String,
    href: String,
}

impl Hit {
    /// The places that are named beside it.
    fn named(&self) -> &[Place] {
        &self.places[..self.places.len().min(NAMED)]
    }
}

/// Finds places; nothing where nothing is asked for.
pub(crate) fn search(app: &App, query: &Query) -> Result<Reply, Refusal> {
    let q = Query::given(&query.q).unwrap_or_default();
    let mut shell = Shell::new(app, if q.is_empty() { "Search" } else { q }, "search");
    shell.q = q.to_owned();
    let (found, kept) = find(app, query, LOOKED)?;
    let cut = found.len() == LOOKED;
    let mut hits = gathered(app, query, &found, &kept)?;
    let filters = filters(app, query, &hits)?;
    let (outlet, day, kind) = (Query::given(&query.outlet), Query::given(&query.date), Query::given(&query.kind));
    hits.retain(|h| {
        outlet.is_none_or(|o| h.places.iter().any(|p| p.outlet == o))
            && day.is_none_or(|d| h.places.iter().any(|p| p.date == d))
            && kind.is_none_or(|k| h.kinds.contains(&k))
    });
    let asked = !q.is_empty() || Query::given(&query.by).is_some();
    let values = [&query.q, &query.outlet, &query.date, &query.by, &query.story, &query.kind];
    // not words: parts of addresses
    let keys = ["q", "outlet", "date", "by", "story", "kind"];
    let at = |page: usize| {
        let given = keys.iter().zip(values).map(|(key, v)| (*key, Query::given(v).map(str::to_owned)));
        let mut given: Vec<(&str, Option<String>)> = given.collect();
        given.push(("page", (page > 1).then(|| page.to_string())));
        link::with("/search", &given)
    };
    let pages = Pages::new(query.page(), hits.len(), PER_PAGE, at);
    let page = Search {
        shell: &shell,
        asked,
        filters,
        filtered: values.iter().skip(1).any(|v| Query::given(v).is_some()),
        plain: link::with("/search", &[("q", Some(q.to_owned()))]),
        hits: pages.of(&hits, PER_PAGE),
        all: hits.len(),
        cut,
        pages: pages.clone(),
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// The places, best first, and the reports in which they stand.
pub(crate) fn find(
    app: &App,
    query: &Query,
    limit: usize,
) -> Result<(Vec<dossier::Hit>, BTreeMap<String, StoredReport>), Refusal> {
    let given = |v: &Option<String>| Query::given(v).unwrap_or_default().chars().take(400).collect::<String>();
    let (q, by) = (given(&query.q), given(&query.by));
    if !q.chars().chain(by.chars()).any(char::is_alphanumeric) {
        return Ok((Vec::new(), BTreeMap::new()));
    }
    let scope = Scope {
        story: ask::story_id(Query::given(&query.story).unwrap_or("all"))?,
        as_of: Query::given(&query.as_of).map(ask::day).transpose()?,
        before_run: None,
    };
    let since = Query::given(&query.since).map(ask::day).transpose()?;
    let by = (!by.is_empty()).then_some(by);
    let store = app.cache.store();
    let hits = store.dossier().search(&dossier::Query { words: q, by, since, scope, limit })?;
    let mut kept = BTreeMap::new();
    for hit in &hits {
        if !kept.contains_key(hit.report.as_str()) {
            kept.insert(hit.report.to_string(), store.dossier().report(hit.report.as_str())?);
        }
    }
    Ok((hits, kept))
}

/// What is searched for, word by word, in lower case; the last may be the beginning of a word.
struct Terms {
    words: Vec<String>,
}

impl Terms {
    fn new(q: &str) -> Self {
        let words = q.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase);
        Terms { words: words.collect() }
    }

    /// Which of them this word is.
    fn place(&self, word: &str) -> Option<usize> {
        let word = word.to_lowercase();
        let last = self.words.len().checked_sub(1)?;
        self.words.iter().enumerate().position(|(n, w)| word == *w || (n == last && word.starts_with(w.as_str())))
    }

    /// How many of them stand in a text.
    fn count(&self, text: &str) -> usize {
        let mut found: Vec<usize> = text.split(|c: char| !c.is_alphanumeric()).filter_map(|w| self.place(w)).collect();
        found.sort_unstable();
        found.dedup();
        found.len()
    }

    /// A text piece by piece, each with whether it is one of them.
    fn runs(&self, text: &str) -> Vec<(String, bool)> {
        let mut runs: Vec<(String, bool)> = Vec::new();
        for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
            let rest = part.get(word.len()..).unwrap_or_default();
            for (piece, marked) in [(word, !word.is_empty() && self.place(word).is_some()), (rest, false)] {
                match runs.last_mut() {
                    _ if piece.is_empty() => {}
                    Some((last, m)) if *m == marked => last.push_str(piece),
                    _ => runs.push((piece.to_owned(), marked)),
                }
            }
        }
        runs
    }
}

/// Each sentence once: the places found in it, in the same words elsewhere, and in sentences that tell the same.
fn gathered(
    app: &App,
    query: &Query,
    found: &[dossier::Hit],
    kept: &BTreeMap<String, StoredReport>,
) -> Result<Vec<Hit>, Refusal> {
    let terms = Terms::new(Query::given(&query.q).unwrap_or_default());
    let claims = Claims::new(app, query, kept)?;
    let mut sentences: HashMap<&str, Vec<Span<Char>>> = HashMap::new();
    for id in kept.keys() {
        let of = app.cache.store().dossier().findings(&rapporteur::ReportId::new(id.as_str()), None)?;
        let spans = of.and_then(|f| f.findings).map(|f| f.text.sentences().collect()).unwrap_or_default();
        sentences.insert(id, spans);
    }
    let mut hits: Vec<Hit> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for hit in found {
        let Some(stored) = kept.get(hit.report.as_str()) else { continue };
        let of = sentences.get(hit.report.as_str()).map_or(&[][..], Vec::as_slice);
        for span in spans(hit, stored, of, &terms) {
            let head = report::head(stored);
            let text = match hit.kind {
                EntryKind::Title => head.title.clone(),
                _ => words::clean(stored.report.text.slice(span).unwrap_or_default()),
            };
            let folded: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let sort = if hit.kind == EntryKind::Name { "name" } else { "" };
            let claim = claims.of(hit, span);
            let keys = [Some(format!("{sort}:{folded}")), claim.map(|(s, c)| format!("claim:{s}:{c}"))];
            let at = keys.iter().flatten().find_map(|key| known.get(key).copied()).unwrap_or_else(|| {
                let story = stored.about.story.as_ref().map(ToString::to_string);
                let runs = terms.runs(&words::clip(&text, LETTERS));
                hits.push(Hit { kinds: Vec::new(), by: Vec::new(), story, runs, places: Vec::new() });
                hits.len() - 1
            });
            for key in keys.into_iter().flatten() {
                known.entry(key).or_insert(at);
            }
            let Some(of) = hits.get_mut(at) else { continue };
            if !of.kinds.contains(&hit.kind.as_str()) {
                of.kinds.push(hit.kind.as_str());
            }
            if let Some(by) = hit.by.as_deref().map(words::clean).filter(|by| !of.by.contains(by)) {
                of.by.push(by);
            }
            let places = if span.is_empty() { vec![] } else { vec![(span.start(), span.end())] };
            let place = Place {
                report: hit.report.to_string(),
                outlet: head.outlet,
                day: head.date.or_else(|| claims.day(hit.report.as_str())).unwrap_or_else(|| "no date".into()),
                date: hit.day.clone(),
                title: head.title,
                href: link::report(hit.report.as_str(), &places),
            };
            let new = |p: &Place, of: &Hit| of.places.iter().all(|o| o.report != p.report);
            if new(&place, of) {
                of.places.push(place);
            }
            for place in claim.into_iter().flat_map(|c| claims.places(c)) {
                if new(&place, of) {
                    of.places.push(place);
                }
            }
        }
    }
    Ok(hits)
}

/// The sentences of a place: those that have all that is searched for, else the one that has most of it; a title and a name are whole.
fn spans(hit: &dossier::Hit, stored: &StoredReport, sentences: &[Span<Char>], terms: &Terms) -> Vec<Span<Char>> {
    if !matches!(hit.kind, EntryKind::Text | EntryKind::Statement) {
        return vec![hit.span];
    }
    let touched = sentences.iter().filter(|s| s.start() < hit.span.end() && hit.span.start() < s.end());
    let mut counted: Vec<(usize, Span<Char>)> =
        touched.map(|s| (terms.count(stored.report.text.slice(*s).unwrap_or_default()), *s)).collect();
    let most = counted.iter().map(|(n, _)| *n).max().unwrap_or(0);
    counted.retain(|(n, _)| *n == most);
    // What only a name beside it was found by is shown from its beginning.
    let shown = if most == 0 || most < terms.words.len() { 1 } else { OF_PARAGRAPH };
    counted.truncate(shown);
    if counted.is_empty() { vec![hit.span] } else { counted.into_iter().map(|(_, s)| with_marks(stored, s)).collect() }
}

/// A sentence, which goes from its first word to its last, with the marks that touch it.
fn with_marks(stored: &StoredReport, span: Span<Char>) -> Span<Char> {
    const MARKS: u32 = 4;
    let slice = |from, to| stored.report.text.slice(Span::new(from, to)).unwrap_or_default();
    let mark = |c: &char| !c.is_whitespace() && !c.is_alphanumeric();
    let (from, to) = (span.start().saturating_sub(MARKS), (span.end() + MARKS).min(stored.report.text.chars()));
    let before = slice(from, span.start()).chars().rev().take_while(mark).count() as u32;
    let after = slice(span.end(), to).chars().take_while(mark).count() as u32;
    Span::new(span.start() - before, span.end() + after)
}

/// First and last code point of a sentence, and which claim of which snapshot it makes.
type Telling = (u32, u32, (usize, usize));

/// Which sentences of several reports tell the same, story by story.
#[derive(Default)]
struct Claims {
    snapshots: Vec<std::sync::Arc<crate::cache::Snapshot>>,
    /// By report.
    spans: HashMap<String, Vec<Telling>>,
}

impl Claims {
    /// Of the stories in which something was found, as long as they are few and small.
    fn new(app: &App, query: &Query, kept: &BTreeMap<String, StoredReport>) -> Result<Self, Refusal> {
        let as_of = Query::given(&query.as_of).map(ask::day).transpose()?;
        let mut ids: Vec<&rapporteur::StoryId> = kept.values().filter_map(|k| k.about.story.as_ref()).collect();
        ids.sort();
        ids.dedup();
        let stories = app.cache.stories()?;
        let mut claims = Claims::default();
        let mut reports = 0;
        for id in ids {
            let Some(story) = stories.iter().find(|s| s.row.id == *id) else { continue };
            reports += story.row.articles as usize;
            if reports > JOINED || claims.snapshots.len() == STORIES {
                break;
            }
            let snapshot = app.snapshot(&Asked { story: Some(id.clone()), as_of, since: None })?;
            for (n, claim) in snapshot.record.claims.iter().enumerate() {
                for c in &claim.spans {
                    let of = claims.spans.entry(c.report().to_string()).or_default();
                    of.push((c.span().start(), c.span().end(), (claims.snapshots.len(), n)));
                }
            }
            claims.snapshots.push(snapshot);
        }
        Ok(claims)
    }

    /// The claim that a sentence makes, with most of its words.
    fn of(&self, hit: &dossier::Hit, span: Span<Char>) -> Option<(usize, usize)> {
        let of = self.spans.get(hit.report.as_str())?;
        let most = |(start, end, _): &&Telling| {
            let common = (*end).min(span.end()).saturating_sub((*start).max(span.start()));
            5 * common >= 4 * span.len().max(end - start)
        };
        of.iter().find(most).map(|(.., claim)| *claim)
    }

    /// Where a claim stands.
    fn places(&self, (snapshot, claim): (usize, usize)) -> Vec<Place> {
        let Some(snapshot) = self.snapshots.get(snapshot) else { return Vec::new() };
        let claim = snapshot.record.claims.get(claim);
        let place = |c: &rapporteur::Citation| {
            let head = snapshot.record.reports.iter().find(|h| h.id == *c.report())?;
            let outlet = head.outlet.as_deref().unwrap_or_else(|| head.source.rsplit('/').next().unwrap_or_default());
            Some(Place {
                report: head.id.to_string(),
                outlet: words::clean(outlet),
                day: head.published.map_or_else(|| "no date".into(), words::date),
                date: head.published.map(|d| d.last_day().to_string()).unwrap_or_default(),
                title: head.title.as_deref().map(words::clean).unwrap_or_default(),
                href: link::report(head.id.as_str(), &[(c.span().start(), c.span().end())]),
            })
        };
        claim.into_iter().flat_map(|c| &c.spans).filter_map(place).collect()
    }

    /// The day of a report as the record has it, which knows more than the report itself: an undated one has that of its story.
    fn day(&self, report: &str) -> Option<String> {
        let heads = self.snapshots.iter().flat_map(|s| &s.record.reports);
        heads.into_iter().find(|h| h.id.as_str() == report)?.published.map(words::date)
    }
}

/// The filters with what can be chosen of what was found.
fn filters(app: &App, query: &Query, hits: &[Hit]) -> Result<Vec<Filter>, Refusal> {
    let stories = app.cache.stories()?;
    let name = |id: &str| {
        let story = stories.iter().find(|s| s.row.id.as_str() == id);
        story.map_or_else(|| id.to_owned(), |s| words::clip(&words::clean(&s.name), 60))
    };
    let own = |v: &str| v.to_owned();
    let filter = |key,
                  name,
                  any,
                  chosen: &Option<String>,
                  of: &dyn Fn(&Hit) -> Vec<String>,
                  called: &dyn Fn(&str) -> String| {
        let chosen = Query::given(chosen);
        let mut counts: Vec<(String, usize)> = Vec::new();
        for hit in hits {
            let mut values = of(hit);
            values.sort_unstable();
            values.dedup();
            for value in values.into_iter().filter(|v| !v.is_empty()) {
                match counts.iter_mut().find(|(v, _)| *v == value) {
                    Some((_, n)) => *n += 1,
                    None => counts.push((value, 1)),
                }
            }
        }
        if let Some(chosen) = chosen.filter(|c| counts.iter().all(|(v, _)| v != c)) {
            counts.push((chosen.to_owned(), 0));
        }
        match key {
            "date" => counts.sort(),
            _ => counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0))),
        }
        counts.truncate(CHOICES);
        let choices = counts.into_iter().map(|(value, n)| (called(&value), n, chosen == Some(value.as_str()), value));
        Filter { key, name, any, choices: choices.map(|(called, n, here, value)| (value, called, n, here)).collect() }
    };
    let day = |d: &str| d.parse().map_or_else(|_| own(d), words::date);
    let outlets = |h: &Hit| h.places.iter().map(|p| p.outlet.clone()).collect();
    let dates = |h: &Hit| h.places.iter().map(|p| p.date.clone()).collect();
    let story = |h: &Hit| h.story.iter().cloned().collect();
    let kinds = |h: &Hit| h.kinds.iter().map(|k| own(k)).collect();
    let mut all = vec![
        filter("outlet", "Outlet", "all outlets", &query.outlet, &outlets, &own),
        filter("date", "Day", "all days", &query.date, &dates, &day),
        filter("by", "Person", "anybody", &query.by, &|h: &Hit| h.by.clone(), &own),
        filter("story", "Story", "all stories", &query.story, &story, &name),
        filter("kind", "Kind", "all kinds", &query.kind, &kinds, &own),
    ];
    // With one choice there is nothing to choose.
    all.retain(|f| f.choices.len() > 1 || f.choices.iter().any(|(.., here)| *here));
    Ok(all)
}
