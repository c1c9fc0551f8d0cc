//! What a brief shows, in which order, and where long lists are cut: one model from which every face is laid out.

mod name;
mod news;
mod saying;
pub(crate) mod table;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rapporteur_schema::{Basis, Citation, Edtf, Entity, EntityId, Record, ReportId, Statement, StatementId};

pub use name::{NameGroup, NameLine, Names};
pub use saying::{Account, Note, Saying, Sayings, Speaker};
pub use table::{Happening, MeetingLine, Part, Row, WantRow, Wants};

use crate::News;
use crate::words::{clean, count, date, encode, numbers};

/// Reports listed before a list is cut.
pub(crate) const REPORTS_SHOWN: usize = 24;

/// A whole brief.
#[derive(Clone, Debug)]
pub struct View {
    /// "5 reports · 4 outlets · 3 origins · told 25 Nov 2025 · date inferred [1 3]".
    pub headline: String,
    /// The version that made the record.
    pub version: String,
    /// The reports, in the order of their numbers.
    pub reports: Vec<ReportLine>,
    /// What is new, and since when; empty where nobody asked.
    pub news: Vec<Row>,
    /// Since when, for people.
    pub since: String,
    /// What people corrected.
    pub corrected: Vec<Row>,
    /// Where it stands.
    pub stands: Vec<Row>,
    /// Who wants what.
    pub wants: Wants,
    /// What happens only if something else does.
    pub conditions: Vec<Row>,
    /// Who met whom.
    pub meetings: Vec<MeetingLine>,
    /// What happened when.
    pub timeline: Vec<Happening>,
    /// Where accounts differ.
    pub differ: Vec<Row>,
    /// Who said what.
    pub sayings: Sayings,
    /// What one report alone has.
    pub only_in: Vec<Row>,
    /// The names.
    pub names: Names,
    /// Every place cited, once; sections cite them by index.
    pub cites: Vec<Cite>,
}

/// A report as it is listed.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// Its number in this brief, from 1.
    pub number: usize,
    /// Its id.
    pub id: ReportId,
    /// Who published it, or `None`.
    pub outlet: Option<String>,
    /// The outlet, or the name of the file where the outlet is not known.
    pub name: String,
    /// When it was published.
    pub date: Option<String>,
    /// How that is known: given, stated, inferred.
    pub basis: Option<&'static str>,
    /// Its title.
    pub title: Option<String>,
    /// The path without the folder that all reports share.
    pub file: String,
    /// The path or URL as given.
    pub source: String,
    /// Where it was published, if that is a web address.
    pub url: Option<String>,
}

/// One place of one report with the words that stand there.
#[derive(Clone, Debug)]
pub struct Cite {
    /// Number of the report.
    pub report: usize,
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// The exact words, on one line.
    pub exact: String,
}

impl View {
    /// Draws up the brief of this record, beginning with what is new where that was asked for.
    pub fn new(record: &Record, asked: Option<&News<'_>>) -> Self {
        let mut builder = ViewBuilder::new(record);
        let mut stands = table::stands(&mut builder);
        let mut meetings = table::meetings(&mut builder);
        let wants = table::wants(&mut builder);
        let mut conditions = table::conditions(&mut builder);
        let timeline = table::timeline(&mut builder);
        let mut differ = table::differ(&mut builder);
        let news = asked.map(|n| news::rows(&mut builder, n.changes)).unwrap_or_default();
        let corrected = news::corrected(&mut builder);
        if let Some(asked) = asked {
            news::mark(asked.changes, [&mut stands, &mut conditions, &mut differ], &mut meetings);
        }
        let sayings = saying::sayings(&mut builder);
        let only_in = table::only_in(&mut builder);
        let names = name::names(&mut builder);
        View {
            headline: headline(record),
            version: record.made_with.version.clone(),
            reports: reports(record),
            news,
            since: asked.map(|n| clean(n.since)).unwrap_or_default(),
            corrected,
            stands,
            wants,
            conditions,
            meetings,
            timeline,
            differ,
            sayings,
            only_in,
            names,
            cites: builder.cites,
        }
    }

    /// The report with this number.
    pub fn report(&self, number: usize) -> Option<&ReportLine> {
        self.reports.get(number.wrapping_sub(1))
    }

    /// Whether nothing but the reports themselves is there to show.
    pub fn is_bare(&self) -> bool {
        self.stands.is_empty()
            && self.meetings.is_empty()
            && self.wants.rows.is_empty()
            && self.conditions.is_empty()
            && self.differ.is_empty()
            && self.sayings.speakers.is_empty()
            && self.only_in.is_empty()
            && self.names.groups.is_empty()
    }
}

impl ReportLine {
    /// A web address that opens the report at these words (a text fragment), where it was published on the web.
    pub fn url_at(&self, cite: &Cite) -> Option<String> {
        const ENDS: usize = 4;
        let url = self.url.as_deref()?;
        let words: Vec<&str> = cite.exact.split(' ').collect();
        let fragment = match words.len() {
            n if n > 2 * ENDS => {
                format!("{},{}", encode(&words[..ENDS].join(" "), false), encode(&words[n - ENDS..].join(" "), false))
            }
            _ => encode(&cite.exact, false),
        };
        let hash = if url.contains('#') { "" } else { "#" };
        Some(format!("{url}{hash}:~:text={fragment}"))
    }
}

/// What the sections look things up in, and where they leave their citations.
pub(crate) struct ViewBuilder<'r> {
    pub record: &'r Record,
    numbers: HashMap<&'r ReportId, usize>,
    entities: HashMap<&'r EntityId, &'r Entity>,
    statements: HashMap<&'r StatementId, &'r Statement>,
    /// The origin of each report, by its number; a report that the record gives none is one of its own.
    origins: HashMap<usize, usize>,
    cites: Vec<Cite>,
    cited: HashMap<(usize, u32, u32), usize>,
    /// The year in which the story is told, if it is one.
    pub year: Option<i16>,
}

impl<'r> ViewBuilder<'r> {
    pub fn new(record: &'r Record) -> Self {
        let years: BTreeSet<i16> =
            record.reports.iter().filter_map(|r| r.published).map(|d| d.last_day().year()).collect();
        let numbers: HashMap<&ReportId, usize> =
            record.reports.iter().enumerate().map(|(i, r)| (&r.id, i + 1)).collect();
        let placed = record.origins.iter().enumerate().flat_map(|(o, reports)| reports.iter().map(move |r| (r, o)));
        let origins = placed.filter_map(|(r, o)| Some((*numbers.get(r)?, o))).collect();
        ViewBuilder {
            record,
            numbers,
            origins,
            entities: record.entities.iter().map(|e| (&e.id, e)).collect(),
            statements: record.statements.iter().map(|s| (&s.id, s)).collect(),
            cites: Vec::new(),
            cited: HashMap::new(),
            year: years.first().copied().filter(|_| years.len() == 1),
        }
    }

    /// The number of a report; 0 for one that the record does not list.
    pub fn number(&self, report: &ReportId) -> usize {
        self.numbers.get(report).copied().unwrap_or(0)
    }

    /// A place that was cited.
    pub fn cited(&self, cite: usize) -> Option<(&'r ReportId, &Cite)> {
        let cite = self.cites.get(cite)?;
        let head = cite.report.checked_sub(1).and_then(|at| self.record.reports.get(at))?;
        Some((&head.id, cite))
    }

    /// The numbers of these reports, in order, none twice.
    pub fn report_numbers<'a>(&self, reports: impl IntoIterator<Item = &'a ReportId>) -> Vec<usize> {
        reports.into_iter().map(|r| self.number(r)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// How many independent origins reports with these numbers have.
    pub fn origins(&self, reports: &[usize]) -> usize {
        let (placed, alone): (Vec<usize>, Vec<usize>) = reports.iter().partition(|r| self.origins.contains_key(r));
        alone.len() + placed.iter().map(|r| self.origins[r]).collect::<BTreeSet<_>>().len()
    }

    pub fn entity(&self, id: &EntityId) -> Option<&'r Entity> {
        self.entities.get(id).copied()
    }

    /// The name an entity is shown under; its id where the record lacks it.
    pub fn entity_name(&self, id: &EntityId) -> String {
        self.entity(id).map_or_else(|| id.to_string(), |e| clean(&e.name))
    }

    pub fn entity_names(&self, ids: &[EntityId], join: &str) -> String {
        ids.iter().map(|id| self.entity_name(id)).collect::<Vec<_>>().join(join)
    }

    pub fn statement(&self, id: &StatementId) -> Option<&'r Statement> {
        self.statements.get(id).copied()
    }

    /// Puts a citation on the list, once, and gives its index.
    pub fn cite(&mut self, citation: &Citation) -> usize {
        let (report, span) = (self.number(citation.report()), citation.span());
        *self.cited.entry((report, span.start(), span.end())).or_insert_with(|| {
            self.cites.push(Cite { report, start: span.start(), end: span.end(), exact: clean(citation.exact()) });
            self.cites.len() - 1
        })
    }

    pub fn cite_all<'a>(&mut self, citations: impl IntoIterator<Item = &'a Citation>) -> Vec<usize> {
        citations.into_iter().map(|c| self.cite(c)).collect()
    }
}

fn headline(record: &Record) -> String {
    let outlets: BTreeSet<&str> = record.reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let mut parts = vec![count(record.reports.len(), "report", "reports")];
    if outlets.len() > 1 {
        parts.push(format!("{} outlets", outlets.len()));
    }
    // Told where it says something: copies of one dispatch are no second witness.
    if record.reports.len() > 1 && !record.origins.is_empty() {
        parts.push(count(record.origins.len(), "origin", "origins"));
    }
    let dated: Vec<Edtf> = record.reports.iter().filter_map(|r| r.published).collect();
    let first = dated.iter().map(|d| d.first_day()).min();
    let last = dated.iter().map(|d| d.last_day()).max();
    if let (Some(first), Some(last)) = (first, last) {
        let told = match dated.as_slice() {
            [one] => *one,
            _ => Edtf::days(first, last),
        };
        parts.push(format!("told {}", date(told)));
    }
    let with = |wanted: fn(&rapporteur_schema::ReportHead) -> bool| {
        let found: Vec<usize> =
            record.reports.iter().enumerate().filter(|(_, r)| wanted(r)).map(|(i, _)| i + 1).collect();
        (!found.is_empty()).then(|| format!("[{}]", numbers(&found)))
    };
    if let Some(inferred) = with(|r| r.published_basis == Some(Basis::Inferred)) {
        parts.push(format!("date inferred {inferred}"));
    }
    match with(|r| r.published.is_none()) {
        Some(_) if dated.is_empty() => parts.push("undated".into()),
        Some(undated) => parts.push(format!("no date {undated}")),
        None => {}
    }
    parts.join(" · ")
}

fn reports(record: &Record) -> Vec<ReportLine> {
    let shared = shared_folder(record);
    let said = |text: &Option<String>| text.as_deref().map(clean).filter(|t| !t.is_empty());
    let line = |(i, r): (usize, &rapporteur_schema::ReportHead)| {
        let file = clean(&r.source[shared..]);
        let outlet = said(&r.outlet);
        ReportLine {
            number: i + 1,
            id: r.id.clone(),
            name: outlet.clone().unwrap_or_else(|| file.clone()),
            outlet,
            date: r.published.map(date),
            basis: r.published_basis.map(|b| match b {
                Basis::Given => "given",
                Basis::Stated => "stated",
                Basis::Inferred => "inferred",
            }),
            title: said(&r.title),
            file,
            source: r.source.clone(),
            // Only a web address is ever made a link.
            url: said(&r.url).filter(|u| u.starts_with("https://") || u.starts_with("http://")),
        }
    };
    record.reports.iter().enumerate().map(line).collect()
}

/// Bytes of the path up to the last slash that all sources share.
fn shared_folder(record: &Record) -> usize {
    let mut sources = record.reports.iter().map(|r| r.source.as_str());
    let Some(first) = sources.next() else { return 0 };
    let mut shared = first.rfind('/').map_or(0, |slash| slash + 1);
    for source in sources {
        let same = first.bytes().zip(source.bytes()).take_while(|(a, b)| a == b).count();
        shared = shared.min(same);
        while shared > 0 && first.as_bytes()[shared - 1] != b'/' {
            shared -= 1;
        }
    }
    shared
}

fn add_new<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// Puts values that several citations share into one part with all their reports.
pub(crate) fn parts(told: impl IntoIterator<Item = Part>) -> Vec<Part> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut parts: Vec<Part> = Vec::new();
    for Part { ids, text, reports, cites } in told {
        let place = *places.entry(text.clone()).or_insert_with(|| {
            parts.push(Part { text, ..Part::default() });
            parts.len() - 1
        });
        let part = &mut parts[place];
        part.reports.extend(reports);
        part.reports.sort_unstable();
        part.reports.dedup();
        add_new(&mut part.cites, cites);
        add_new(&mut part.ids, ids);
    }
    parts
}
