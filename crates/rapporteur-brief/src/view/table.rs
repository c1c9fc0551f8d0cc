//! The sections that are tables: where things stand, who wants what, who met whom, what depends on what, where accounts
//! differ, what one report alone has, and what happened when.

use std::collections::BTreeSet;

use rapporteur_schema::{
    AppliedCorrection, Citation, Discrepancy, Edtf, Evidence, FactKind, Meeting, MeetingId, MeetingKind, MeetingStatus,
    Position, Rule, StatementId, Version,
};

use super::builder::ViewBuilder;
use super::row::{Part, Row, parts};
use crate::words::{brief, clean, date_within};

/// A meeting on one line.
#[derive(Clone, Debug)]
pub struct MeetingLine {
    /// The meeting.
    pub id: String,
    /// Its place by how many reports tell of it, from 0: what a short list keeps.
    pub rank: usize,
    /// How far it has come.
    pub status: &'static str,
    /// When, or a dash.
    pub date: String,
    /// The place, or how it was held ("by video").
    pub place: String,
    /// Who took or is to take part.
    pub who: String,
    /// The reports that tell of it.
    pub reports: Vec<usize>,
    /// On what accounts differ: "date", "place", "status".
    pub differs: Vec<&'static str>,
    /// Indices of citations.
    pub cites: Vec<usize>,
}

fn reports_of(builder: &ViewBuilder<'_>, evidence: &Evidence) -> Vec<usize> {
    builder.report_numbers(evidence.iter().map(|c| c.report()))
}

/// Words that rest on this evidence.
fn part(builder: &mut ViewBuilder<'_>, id: &str, text: String, evidence: &Evidence) -> Part {
    let (reports, cites) = (reports_of(builder, evidence), builder.cite_all(evidence.iter()));
    Part { ids: vec![id.to_owned()], text, reports, cites }
}

/// Where it stands: plans and offers with their versions, what is open, what depends on what.
pub(crate) fn stands(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let mut rows = Vec::new();
    for p in &record.proposals {
        // A version of which reports say only that there is one says nothing.
        let says_something =
            |v: &&Version| v.points.is_some() || v.sum.is_some() || !v.authors.is_empty() || v.date.is_some();
        let mut versions = Vec::new();
        for v in p.versions.iter().filter(says_something) {
            let text = version(builder, v);
            versions.push(part(builder, p.id.as_str(), text, &v.evidence));
        }
        if versions.is_empty() {
            continue;
        }
        let about = p.names.first().map(|n| clean(n)).unwrap_or_default();
        // "the two-page offer" stands under "offer"; what is called by its sum alone, under "terms".
        let by_sum = about.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£'));
        let label = about.rsplit(' ').next().filter(|w| !w.is_empty() && !by_sum).unwrap_or("terms").to_lowercase();
        let cites = builder.cite_all(p.versions.iter().flat_map(|v| v.evidence.iter()));
        let about = if by_sum || about.eq_ignore_ascii_case(&label) { String::new() } else { about };
        rows.push(Row { ids: vec![p.id.to_string()], label, about, parts: parts(versions), cites });
    }
    most_first_report_of(builder, &mut rows);
    let states: BTreeSet<_> = record.issues.iter().map(|i| i.status).collect();
    for state in states {
        let these: Vec<_> = record.issues.iter().filter(|i| i.status == state).collect();
        let answers: Vec<Part> =
            these.iter().map(|i| part(builder, i.id.as_str(), clean(&i.name), &i.evidence)).collect();
        let cites = builder.cite_all(these.iter().flat_map(|i| i.evidence.iter()));
        let label = state.map_or("at issue", |s| s.as_str()).to_owned();
        let ids = these.iter().map(|i| i.id.to_string()).collect();
        rows.push(Row { ids, label, about: String::new(), parts: parts(answers), cites });
    }
    rows
}

/// What happens only if something else does.
pub(crate) fn conditions(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let row = |c: &rapporteur_schema::Condition| {
        let (what, only_if) = (brief(&clean(c.what.exact())), brief(&clean(c.only_if.exact())));
        let reports =
            builder.report_numbers([&c.what, &c.only_if].into_iter().chain(c.evidence.iter()).map(|c| c.report()));
        let cites = builder.cite_all(c.evidence.iter());
        let who = c.party.as_ref().map(|p| builder.entity_name(p)).unwrap_or_default();
        // "unless the insurers object" is read the other way round, and said so.
        let unless = c.evidence.iter().any(|e| e.exact().to_lowercase().contains("unless"));
        let sign = if unless { "unless" } else { "←" };
        let text = format!("{what} {sign} {only_if}");
        let parts = parts([Part { ids: Vec::new(), text, reports, cites: cites.clone() }]);
        Row { ids: vec![c.id().to_string()], label: who, about: String::new(), parts, cites }
    };
    let mut rows: Vec<Row> = record.conditions.iter().map(row).collect();
    most_first_report_of(builder, &mut rows);
    rows
}

/// Those that most independent sources tell come first, then those of most reports; the rest in the order of the record.
fn most_first_report_of(builder: &ViewBuilder<'_>, rows: &mut [Row]) {
    rows.sort_by_cached_key(|row| {
        let reports: BTreeSet<usize> = row.parts.iter().flat_map(|p| p.reports.iter().copied()).collect();
        let reports: Vec<usize> = reports.into_iter().collect();
        (std::cmp::Reverse(builder.independent_sources(&reports)), std::cmp::Reverse(reports.len()))
    });
}

/// Who wants what: parties against the matters on which they take a stand.
#[derive(Clone, Debug)]
pub struct Wants {
    /// The matters, those with most stands first; the last may be "other", for stands on nothing that has an entry.
    pub subjects: Vec<String>,
    /// A party a row, the one that most independent sources tell of first.
    pub rows: Vec<WantRow>,
}

/// One party's stands.
#[derive(Clone, Debug)]
pub struct WantRow {
    /// Its name.
    pub party: String,
    /// Whether a rule reads one of them, or several reports tell it.
    pub(crate) sure: bool,
    /// One cell a subject; empty where nothing is reported.
    pub cells: Vec<Vec<Part>>,
    /// Indices of citations.
    pub cites: Vec<usize>,
}

impl WantRow {
    /// How many reports tell of it.
    fn reports(&self) -> Vec<usize> {
        let all: BTreeSet<usize> = self.cells.iter().flatten().flat_map(|p| p.reports.iter().copied()).collect();
        all.into_iter().collect()
    }
}

/// Whether the tagger alone reads a stand, in one report: right less than every second time (docs/accuracy.md), so it comes behind
/// the others.
fn is_doubtful(p: &Position) -> bool {
    let first = p.evidence.first().report();
    p.by.iter().all(Rule::is_marked) && p.evidence.iter().all(|e| e.report() == first)
}

/// The stands of the parties as a table.
pub(crate) fn wants(builder: &mut ViewBuilder<'_>) -> Wants {
    let record = builder.record;
    const OTHER: &str = "other";
    let named = |builder: &ViewBuilder<'_>, on: &str| match subject(builder, on) {
        subject if subject.is_empty() => OTHER.to_owned(),
        subject => subject,
    };
    let mut weight: Vec<(String, usize)> = Vec::new();
    for p in &record.positions {
        let subject = named(builder, &p.on);
        match weight.iter_mut().find(|(s, _)| *s == subject) {
            Some((_, n)) => *n += 1,
            None => weight.push((subject, 1)),
        }
    }
    weight.sort_by_key(|(s, n)| (s == OTHER, std::cmp::Reverse(*n)));
    let subjects: Vec<String> = weight.into_iter().map(|(s, _)| s).collect();
    let mut rows: Vec<WantRow> = Vec::new();
    let mut parties: Vec<&rapporteur_schema::EntityId> = Vec::new();
    for p in &record.positions {
        if !parties.contains(&&p.party) {
            parties.push(&p.party);
        }
    }
    for party in parties {
        let mut cells: Vec<Vec<Part>> = subjects.iter().map(|_| Vec::new()).collect();
        let mut cites = Vec::new();
        let mut own: Vec<&Position> = record.positions.iter().filter(|p| p.party == *party).collect();
        own.sort_by_key(|p| is_doubtful(p));
        let sure = own.iter().any(|p| !is_doubtful(p));
        for p in own {
            let subject = named(builder, &p.on);
            let at = subjects.iter().position(|s| *s == subject).unwrap_or(0);
            // What has no entry of its own is given in the report's words.
            let words = match clean(&p.on) {
                on if on.is_empty() => clean(p.evidence.first().exact()),
                on => on,
            };
            let text = match subject == OTHER {
                true => format!("{}: {}", p.stance.as_str(), brief(&words)),
                false => p.stance.as_str().to_owned(),
            };
            let part = part(builder, p.id().as_str(), text, &p.evidence);
            cites.extend(&part.cites);
            cells[at].push(part);
        }
        let cells = cells.into_iter().map(parts).collect();
        rows.push(WantRow { party: builder.entity_name(party), sure, cells, cites });
    }
    rows.sort_by_cached_key(|r| {
        let reports = r.reports();
        let sources = builder.independent_sources(&reports);
        (!r.sure, std::cmp::Reverse(sources), std::cmp::Reverse(reports.len()), r.party.clone())
    });
    Wants { subjects, rows }
}

/// Something that happened on a day.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The meeting, proposal or utterance.
    pub id: String,
    /// Which of these it is.
    pub fact: FactKind,
    /// When.
    pub at: Edtf,
    /// Whether no report tells its day, and this is that of the first report that tells of it.
    pub first_reported: bool,
    /// When, for people.
    pub date: String,
    /// What.
    pub what: String,
    /// The reports that tell of it.
    pub reports: Vec<usize>,
    /// Indices of citations.
    pub cites: Vec<usize>,
}

/// Dated happenings in order: meetings, versions of plans, what several reports quote.
pub(crate) fn timeline(builder: &mut ViewBuilder<'_>) -> Vec<Happening> {
    let record = builder.record;
    let mut all: Vec<Happening> = Vec::new();
    for m in &record.meetings {
        let Some(at) = m.date else { continue };
        let line = meeting(builder, m);
        let place = m.place.as_ref().map(|p| format!(", {}", builder.entity_name(p))).unwrap_or_default();
        let what = format!("{} ({}{place}): {}", m.kind.as_str(), line.status, line.who);
        let MeetingLine { id, date, reports, cites, .. } = line;
        all.push(Happening { id, fact: FactKind::Meeting, at, first_reported: false, date, what, reports, cites });
    }
    for p in &record.proposals {
        for v in &p.versions {
            // A plan seldom has a day of its own; what counts is when it was first heard of.
            let first_reported = v.date.is_none();
            let says = v.points.is_some() || v.sum.is_some();
            let heard = || first_report_of(builder, &v.evidence).filter(|_| says);
            let Some(at) = v.date.or_else(heard) else { continue };
            let name = p.names.first().map(|n| clean(n)).unwrap_or_default();
            let sign = if first_reported { ", first reported" } else { "" };
            let what = format!("{name}: {}{sign}", version(builder, v));
            let (reports, cites) = (reports_of(builder, &v.evidence), builder.cite_all(v.evidence.iter()));
            let (id, date) = (p.id.to_string(), date_within(at, builder.year));
            all.push(Happening { id, fact: FactKind::Proposal, at, first_reported, date, what, reports, cites });
        }
    }
    for u in &record.utterances {
        let statements: Vec<_> = u.statements.iter().filter_map(|id| builder.statement(id)).collect();
        let Some(at) = statements.iter().find_map(|s| s.date) else { continue };
        let reports = builder.report_numbers(statements.iter().map(|s| &s.report));
        let Some(speaker) = u.speaker.as_ref().filter(|_| reports.len() > 1) else { continue };
        let what = format!("{}: “{}”", builder.entity_name(speaker), brief(&clean(&u.text)));
        let cites = builder.cite_all(statements.iter().map(|s| &s.content));
        let (id, date) = (u.id.to_string(), date_within(at, builder.year));
        all.push(Happening { id, fact: FactKind::Utterance, at, first_reported: false, date, what, reports, cites });
    }
    // Of one day in the order of the record: versions of a plan follow each other there.
    all.sort_by_key(|h| (h.at.first_day(), h.at.last_day()));
    all
}

/// The day of the first of the reports in which this stands.
fn first_report_of(builder: &ViewBuilder<'_>, evidence: &Evidence) -> Option<Edtf> {
    let published = |c: &rapporteur_schema::Citation| builder.index.report(c.report())?.published;
    evidence.iter().filter_map(published).min_by_key(|day| day.first_day())
}

fn version(builder: &ViewBuilder<'_>, v: &Version) -> String {
    let points = v.points.map(|n| format!("{}{n} points", if v.approximate { "about " } else { "" }));
    let sum = v.sum.as_deref().map(clean);
    let terms = points.or(sum).map(|t| match v.change.as_deref().map(clean).filter(|c| !c.is_empty()) {
        Some(change) => format!("{t} [{change}]"),
        None => t,
    });
    let mut by: Vec<String> = Vec::new();
    if !v.authors.is_empty() {
        by.push(builder.entity_names(&v.authors, " and "));
    }
    by.extend(v.date.map(|d| date_within(d, builder.year)));
    match (terms, by.is_empty()) {
        (Some(terms), true) => terms,
        (Some(terms), false) => format!("{terms} ({})", by.join(", ")),
        (None, true) => "a version".into(),
        (None, false) => by.join(", "),
    }
}

/// What a position is on: the name of a proposal, an issue or a meeting; empty where it is the report's words.
fn subject(builder: &ViewBuilder<'_>, id: &str) -> String {
    builder.index.subject(id).map(|name| clean(&name)).unwrap_or_default()
}

/// Who met whom, or is to.
pub(crate) fn meetings(builder: &mut ViewBuilder<'_>) -> Vec<MeetingLine> {
    let record = builder.record;
    // What was comes before what is to be, each in the order of days; `rank` keeps what most reports tell.
    let stage = |m: &Meeting| match m.status {
        MeetingStatus::Held => 0,
        MeetingStatus::UnderWay => 1,
        MeetingStatus::Ordered => 2,
        MeetingStatus::Planned => 3,
        MeetingStatus::Conditional => 4,
        MeetingStatus::Unconfirmed => 5,
        MeetingStatus::CalledOff => 6,
        MeetingStatus::Denied => 7,
    };
    let mut order: Vec<(usize, &Meeting)> = record.meetings.iter().enumerate().collect();
    order.sort_by_key(|(rank, m)| (stage(m), m.date.is_none(), m.date.map(|d| (d.first_day(), d.last_day())), *rank));
    order.into_iter().map(|(rank, m)| MeetingLine { rank, ..meeting(builder, m) }).collect()
}

fn meeting(builder: &mut ViewBuilder<'_>, m: &Meeting) -> MeetingLine {
    let mut differs = Vec::new();
    let dates: Vec<_> = m.accounts.iter().filter_map(|a| a.date).collect();
    if dates.iter().any(|a| dates.iter().any(|b| !a.meets(*b))) {
        differs.push("date");
    }
    if m.accounts.iter().filter_map(|a| a.place.as_ref()).collect::<BTreeSet<_>>().len() > 1 {
        differs.push("place");
    }
    // Planned in one report and held in a later one is how things went; held and denied is a difference.
    let stages: BTreeSet<_> = m.accounts.iter().map(|a| a.status).collect();
    if stages.iter().any(|s| s.is_off()) && stages.iter().any(|s| !s.is_off()) {
        differs.push("status");
    }
    let record = builder.record;
    // Where a person said that these accounts do not differ, only what the record still has as a difference.
    let names =
        |c: &AppliedCorrection| m.participants.iter().take(3).all(|p| c.about.contains(&builder.entity_name(p)));
    let rejected =
        |c: &AppliedCorrection| c.applied && c.what == "reject" && c.fact == FactKind::Discrepancy && names(c);
    if record.corrections.iter().any(rejected) {
        let ours = |c: &Citation| m.accounts.iter().any(|a| a.span == *c);
        let rests = |d: &Discrepancy| d.accounts.iter().any(|a| a.evidence.iter().any(ours));
        differs.retain(|kind| record.discrepancies.iter().any(|d| d.kind.as_str() == *kind && rests(d)));
    }
    let how = match m.kind {
        MeetingKind::Talks => "–",
        MeetingKind::VideoCall => "by video",
        MeetingKind::Call => "by telephone",
        other => other.as_str(),
    };
    MeetingLine {
        id: m.id.to_string(),
        rank: 0,
        status: m.status.as_str(),
        date: m.date.map_or_else(|| "–".into(), |d| date_within(d, builder.year)),
        place: m.place.as_ref().map_or_else(|| how.into(), |p| builder.entity_name(p)),
        who: match m.participants.len() {
            0 => "–".into(),
            2 => builder.entity_names(&m.participants, " – "),
            _ => builder.entity_names(&m.participants, ", "),
        },
        reports: builder.report_numbers(m.accounts.iter().map(|a| a.span.report())),
        differs,
        cites: builder.cite_all(m.accounts.iter().map(|a| &a.span)),
    }
}

/// Where accounts differ: a question a row, its answers side by side.
pub(crate) fn differ(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let row = |d: &rapporteur_schema::Discrepancy| {
        let answers: Vec<Part> =
            d.accounts.iter().map(|a| part(builder, d.id.as_str(), clean(&a.value), &a.evidence)).collect();
        let cites = builder.cite_all(d.accounts.iter().flat_map(|a| a.evidence.iter()));
        let ids = vec![d.id.to_string()];
        Row { ids, label: d.kind.as_str().into(), about: clean(&d.about), parts: parts(answers), cites }
    };
    record.discrepancies.iter().map(row).collect()
}

/// What one report alone has.
pub(crate) fn only_in(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let mut rows = Vec::new();
    for only in &record.only_in {
        let number = builder.number(&only.report);
        let mut cites = Vec::new();
        let mut facts: Vec<Part> = Vec::new();
        for id in &only.facts {
            if let Some(s) = builder.statement(&StatementId::new(id.as_str())) {
                let who = s.speaker.as_ref().map_or_else(|| "unattributed".into(), |e| builder.entity_name(e));
                let text = format!("{who}: {}", brief(&clean(s.content.exact())));
                let cite = builder.cite(&s.content);
                facts.push(Part { ids: vec![id.to_string()], text, reports: vec![number], cites: vec![cite] });
                cites.push(cite);
            } else if let Some(m) = builder.index.meeting(&MeetingId::new(id.as_str())) {
                let line = meeting(builder, m);
                cites.extend(&line.cites);
                let text = format!("{} {}", line.status, line.who);
                facts.push(Part { ids: vec![id.to_string()], text, reports: vec![number], cites: line.cites });
            }
        }
        if !facts.is_empty() {
            rows.push(Row { ids: Vec::new(), label: number.to_string(), about: String::new(), parts: facts, cites });
        }
    }
    rows
}
