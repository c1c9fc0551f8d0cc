//! Who met whom, or is to: a line a gathering with what words of its accounts name, and the clause that tells it best.

use std::collections::BTreeSet;

use rapporteur_lexicon::facts;
use rapporteur_schema::{
    Citation, Discrepancy, DiscrepancyKind, EntityId, Meeting, MeetingAccount, MeetingKind, MeetingStatus, Rule, phrase,
};

use super::builder::ViewBuilder;
use super::clause::{LEAST_WORDS, tidy, without_dateline, words};
use super::lead::{days, names_date};
use crate::words::{clean, date_within};

/// Words of a clause that is read at a glance.
const MOST_WORDS: usize = 42;

/// Reports that tell of a gathering whose day and place no words name, for it to be shown.
const MANY: usize = 3;

/// How many of the longer citations around a clause are looked at: its sentence is the first or the second.
const NEAR: usize = 2;

/// A meeting on one line.
#[derive(Clone, Debug)]
pub struct MeetingLine {
    /// The meeting.
    pub id: String,
    /// Its place by how many reports tell of it and whether they name day and place, from 0, the doubtful last: what a short list
    /// keeps.
    pub rank: usize,
    /// How far it has come.
    pub status: &'static str,
    /// When, where words name it; else empty.
    pub date: String,
    /// The place, where words name it, or how it was held ("by video"); else empty.
    pub place: String,
    /// Who took or is to take part, as far as words name them.
    pub who: String,
    /// The clause that tells it, as written.
    pub clause: String,
    /// The report it stands in.
    pub report: usize,
    /// The reports that tell of it.
    pub reports: Vec<usize>,
    /// On what accounts differ: "date", "place", "status".
    pub differs: Vec<&'static str>,
    /// Whether it is not sure that it is one: not in a short brief, and marked where it is shown.
    pub doubtful: bool,
    /// Whether it is new.
    pub fresh: bool,
    /// Indices of citations.
    pub cites: Vec<usize>,
    /// Whether words name its day, and its place.
    is_dated: bool,
    is_placed: bool,
}

impl MeetingLine {
    /// The reports that tell of it beside the one whose clause is shown.
    pub fn also(&self) -> Vec<usize> {
        self.reports.iter().copied().filter(|r| *r != self.report).collect()
    }

    /// When, where and who: "9 Mar · Brenn · Orlan – Valdis".
    pub fn head(&self) -> Vec<&str> {
        [&self.date, &self.place, &self.who].into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect()
    }
}

/// All of them: what was comes before what is to be, each in the order of days, the doubtful last.
pub(crate) fn meetings(builder: &mut ViewBuilder<'_>) -> Vec<MeetingLine> {
    let record = builder.record;
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
    let mut all: Vec<(&Meeting, MeetingLine)> = record.meetings.iter().map(|m| (m, line(builder, m))).collect();
    // What many tell, and what is told with its day and place, is what a short list keeps; else the order of the record.
    let weight = |line: &MeetingLine| line.reports.len() + usize::from(line.is_dated) + usize::from(line.is_placed);
    let mut ranks: Vec<usize> = (0..all.len()).collect();
    ranks.sort_by_key(|&at| (all[at].1.doubtful, std::cmp::Reverse(weight(&all[at].1)), at));
    for (rank, at) in ranks.into_iter().enumerate() {
        all[at].1.rank = rank;
    }
    all.sort_by_key(|(m, line)| {
        let day = m.date.map(|d| (d.first_day(), d.last_day()));
        (line.doubtful, stage(m), day.is_none(), day, line.rank)
    });
    all.into_iter().map(|(_, line)| line).collect()
}

/// Whether words name this entity: a mention of it stands in them, one of its spellings, or a word for its people.
pub(super) fn names(builder: &ViewBuilder<'_>, words: &Citation, entity: &EntityId) -> bool {
    /// Letters of a name from which a longer word is taken for one of its people: "Karethi" of Kareth.
    const TELLING: usize = 4;
    let Some(entity) = builder.entity(entity) else { return false };
    let (span, text) = (words.span(), words.exact());
    let inside =
        |m: &rapporteur_schema::Mention| m.report == *words.report() && span.start() <= m.start && m.end <= span.end();
    let written = |form: &str| {
        text.match_indices(form).any(|(at, _)| {
            let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            outside(text[..at].chars().next_back())
                && (outside(text[at + form.len()..].chars().next()) || form.len() >= TELLING)
        })
    };
    let people = |word: &str| {
        let of = facts().demonym(word).or_else(|| facts().demonym(word.strip_suffix('s')?));
        of.is_some() && of == entity.iso3166.as_deref()
    };
    entity.mentions.iter().any(inside)
        || entity.names.iter().any(|n| written(&n.form))
        || (entity.iso3166.is_some() && phrase::words(text).any(people))
}

/// One gathering.
pub(super) fn line(builder: &mut ViewBuilder<'_>, m: &Meeting) -> MeetingLine {
    let accounts: Vec<&MeetingAccount> = m.accounts.iter().collect();
    let spans = || accounts.iter().map(|a| &a.span);
    let reports = builder.report_numbers(spans().map(Citation::report));
    // A party, place or day that no word of an account or of its sentence names was brought there by joining accounts: it is not shown.
    let named = |builder: &ViewBuilder<'_>, id: &EntityId| {
        let told = |a: &&MeetingAccount| a.participants.contains(id) || a.place.as_ref() == Some(id);
        let near =
            |a: &MeetingAccount| builder.around.around(&a.span).into_iter().take(NEAR).any(|c| names(builder, c, id));
        accounts.iter().filter(|a| told(a)).any(|a| names(builder, &a.span, id) || near(a))
    };
    let participants: Vec<EntityId> = m.participants.iter().filter(|p| named(builder, p)).cloned().collect();
    let place = m.place.as_ref().filter(|p| named(builder, p));
    let told = |d: &rapporteur_schema::Edtf| {
        // What a person corrected is known, whatever the words say.
        let corrected = builder.index.corrections(m.id.as_str()).any(|c| c.applied && c.what == "date");
        let dated = |a: &&MeetingAccount| a.date.is_some_and(|of| of.meets(*d));
        let around = |a: &MeetingAccount| {
            let near = builder.around.around(&a.span);
            names_date(builder, &a.span, *d) || near.into_iter().take(NEAR).any(|c| names_date(builder, c, *d))
        };
        corrected || accounts.iter().filter(|a| dated(a)).any(|a| around(a))
    };
    let date = m.date.filter(told);
    let how = match m.kind {
        MeetingKind::Talks => "",
        MeetingKind::VideoCall => "by video",
        MeetingKind::Call => "by telephone",
        other => other.as_str(),
    };
    let marked = accounts.iter().all(|a| a.by.is_marked());
    // Two at least make a gathering that a reader can check; the tagger alone is believed where a second report tells of it. What
    // has neither day nor place is no gathering one time in three (docs/accuracy.md).
    let is_set = date.is_some() || place.is_some() || reports.len() >= MANY;
    let (told_by, clause, told) = clause(builder, m, &participants);
    // And who met stands in the words that are shown: "their meeting with Roe" names one of them.
    let doubtful = participants.len() < 2 || told < 2 || !is_set || (reports.len() == 1 && marked);
    // Of this gathering, not of something else that its clause tells as well.
    let ours = |d: &&Discrepancy| d.accounts.iter().any(|a| a.evidence.iter().any(|e| spans().any(|s| s == e)));
    let slot = |d: &&Discrepancy| {
        !matches!(d.kind, DiscrepancyKind::Number | DiscrepancyKind::Name | DiscrepancyKind::Wording)
    };
    let kinds: BTreeSet<&'static str> =
        builder.record.discrepancies.iter().filter(slot).filter(ours).map(|d| d.kind.as_str()).collect();
    if !doubtful {
        for span in spans() {
            builder.show(span);
        }
    }
    MeetingLine {
        id: m.id.to_string(),
        rank: 0,
        status: m.status.as_str(),
        date: date.map(|d| date_within(d, builder.year)).unwrap_or_default(),
        place: place.map_or_else(|| how.into(), |p| builder.entity_name(p)),
        who: match participants.len() {
            2 => builder.entity_names(&participants, " – "),
            _ => builder.entity_names(&participants, ", "),
        },
        clause,
        report: told_by,
        reports,
        differs: kinds.into_iter().collect(),
        doubtful,
        fresh: false,
        cites: builder.cite_all(m.accounts.iter().map(|a| &a.span)),
        is_dated: date.and_then(days).is_some(),
        is_placed: place.is_some(),
    }
}

/// The clause that tells a gathering, and how many of the participants it names: of the accounts, and the sentences around them, the
/// shortest that names most.
fn clause(builder: &ViewBuilder<'_>, m: &Meeting, participants: &[EntityId]) -> (usize, String, usize) {
    let mut all: Vec<(bool, &Citation)> = Vec::new();
    for a in &m.accounts {
        // An account of an earlier or a later stage tells another state than the line does.
        let other = a.status != m.status;
        all.push((other, &a.span));
        all.extend(builder.around.around(&a.span).into_iter().take(NEAR).map(|c| (other, c)));
    }
    let best = all.into_iter().min_by_key(|(other, c)| {
        let named = participants.iter().chain(&m.place).filter(|id| names(builder, c, id)).count();
        let dated = m.date.and_then(days).is_some_and(|d| names_date(builder, c, d));
        let count = words(c.exact());
        let reads = (LEAST_WORDS..=MOST_WORDS).contains(&count);
        // That two of those who met are named comes before how it reads.
        let who = participants.iter().filter(|id| names(builder, c, id)).count().min(2);
        (*other, std::cmp::Reverse(who), !reads, std::cmp::Reverse(named + usize::from(dated)), count)
    });
    let Some((_, c)) = best else { return (0, String::new(), 0) };
    let whole = clean(&builder.around.whole(c));
    let told = participants.iter().filter(|id| names(builder, c, id)).count();
    (builder.number(c.report()), tidy(without_dateline(&whole)), told)
}

/// Whether the tagger alone found all this, in one report.
pub(super) fn only_marked<'a>(by: impl IntoIterator<Item = &'a Rule>, reports: usize) -> bool {
    let mut rules = by.into_iter().peekable();
    reports < 2 && rules.peek().is_some() && rules.all(Rule::is_marked)
}
