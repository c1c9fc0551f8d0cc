//! What happened: the sentences of the reports that tell it.

use rapporteur_lexicon::words::lead::{in_first_person, leans};
use rapporteur_schema::{Citation, Edtf, LeadSentence};

use super::builder::ViewBuilder;
use super::clause::without_dateline;
use crate::words::{clean, date_within};

/// How likely an editor would choose a sentence, at least, for it to be in a short brief.
const LIKELY: f32 = 0.1;

/// The most days that a line's first column may stand for: "23–25 Nov" is when, "2025" is not.
const MOST_DAYS: i32 = 4;

/// A sentence of the lead.
#[derive(Clone, Debug)]
pub struct LeadLine {
    /// The claim it is part of, where other reports tell the same.
    pub claim: Option<String>,
    /// The day it tells of, where words in it name one.
    pub day: Option<String>,
    /// The sentence as written.
    pub text: String,
    /// The report it stands in.
    pub report: usize,
    /// The other reports that tell the same.
    pub also: Vec<usize>,
    /// The differences that rest on this very sentence.
    pub differs: Vec<Differs>,
    /// What spoke for choosing it, the weightiest first.
    pub why: Vec<String>,
    /// Whether it is not sure that it belongs here: not in a short brief, and marked where it is shown.
    pub doubtful: bool,
    /// Whether it is new.
    pub fresh: bool,
    /// Indices of citations: the sentence first, then those of the other reports.
    pub cites: Vec<usize>,
}

/// A difference that a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// The difference.
    pub id: String,
    /// In what accounts differ: "date", "number".
    pub kind: &'static str,
}

/// The differences one of whose answers rests on these very words.
pub(super) fn differs<'c>(builder: &ViewBuilder<'_>, on: impl Iterator<Item = &'c Citation> + Clone) -> Vec<Differs> {
    let holds = |e: &Citation| on.clone().any(|c| c.report() == e.report() && c.span().contains(e.span()));
    let rests = |d: &&rapporteur_schema::Discrepancy| d.accounts.iter().any(|a| a.evidence.iter().any(holds));
    let line = |d: &rapporteur_schema::Discrepancy| Differs { id: d.id.to_string(), kind: d.kind.as_str() };
    builder.record.discrepancies.iter().filter(rests).map(line).collect()
}

/// A date that is a day, or the days of one occasion.
pub(super) fn days(date: Edtf) -> Option<Edtf> {
    let (first, last) = (date.first_day(), date.last_day());
    (last.since(first).is_ok_and(|s| s.get_days() < MOST_DAYS)).then_some(date)
}

/// Whether an expression of time inside these words names this date.
pub(super) fn names_date(builder: &ViewBuilder<'_>, words: &Citation, date: Edtf) -> bool {
    let inside = |at: &Citation| at.report() == words.report() && words.span().contains(at.span());
    builder.record.dates.iter().any(|d| d.value.is_some_and(|v| v.meets(date)) && inside(&d.at))
}

pub(super) fn lead(builder: &mut ViewBuilder<'_>) -> Vec<LeadLine> {
    let record = builder.record;
    let mut lines: Vec<LeadLine> = record.lead.iter().map(|sentence| line(builder, sentence)).collect();
    lines.extend(further(builder));
    lines
}

/// Claims that are shown after the lead.
const FURTHER: usize = 5;

/// From this confidence on a claim is shown with the reports that tell it.
const SURE: f32 = 0.9;

/// What several reports tell beside the lead, the most widely told first: the best formulated sentence of each claim.
fn further(builder: &mut ViewBuilder<'_>) -> Vec<LeadLine> {
    let record = builder.record;
    let mut shown: Vec<&Citation> = record.lead.iter().map(|l| &l.span).collect();
    let led: Vec<&str> = record.lead.iter().filter_map(|l| l.claim.as_ref()).map(|id| id.as_str()).collect();
    let mut lines = Vec::new();
    for claim in record.claims.iter().filter(|c| c.confidence >= SURE && c.origins > 1) {
        let again =
            claim.spans.iter().any(|c| shown.iter().any(|s| s.report() == c.report() && s.span().overlaps(c.span())));
        let Some(span) = claim.spans.first().filter(|_| !again && !led.contains(&claim.id.as_str())) else { continue };
        // Words that lean on the sentence before, without whoever says them, or cut out of a longer quotation.
        if leans(span.exact())
            || in_first_person(span.exact())
            || record.statements.iter().any(|s| s.content.report() == span.report() && holds(s, span))
        {
            continue;
        }
        let marks = span.exact().chars().filter(|c| matches!(c, '"' | '“' | '”')).count();
        if span.exact().starts_with(['"', '“']) || marks % 2 == 1 {
            continue;
        }
        if super::clause::words(span.exact()) < super::clause::LEAST_WORDS + 4 || lines.len() >= FURTHER {
            continue;
        }
        shown.extend(&claim.spans);
        let also: Vec<_> = claim.spans.iter().map(|c| c.report().clone()).filter(|r| r != span.report()).collect();
        let sentence = LeadSentence {
            span: span.clone(),
            date: None,
            claim: Some(claim.id.clone()),
            also,
            by: claim.by.clone(),
            confidence: claim.confidence,
            why: Vec::new(),
        };
        lines.push(line(builder, &sentence));
    }
    lines
}

/// Whether a sentence is all somebody's own words, in the midst of a quotation: by itself it would be told as a fact.
fn holds(statement: &rapporteur_schema::Statement, sentence: &Citation) -> bool {
    let (said, whole) = (statement.content.span(), sentence.span());
    // The sentence's own stop may stand outside.
    said.start() <= whole.start() + 1 && whole.end() <= said.end() + 1
}

/// Whether the day that a sentence names is only that of telling it, behind what is told: "the gates broke, the town said on Sunday".
fn is_of_saying(builder: &ViewBuilder<'_>, sentence: &Citation, day: Edtf) -> bool {
    let here = |c: &Citation| c.report() == sentence.report() && sentence.span().contains(c.span());
    let days = || builder.record.dates.iter().filter(|d| here(&d.at) && d.value.is_some_and(|v| v.meets(day)));
    let behind = |s: &rapporteur_schema::Statement, day: &Citation| {
        let cue = s.cue.as_ref().filter(|cue| here(cue) && s.content.span().end() <= cue.span().start());
        cue.is_some_and(|cue| {
            s.content.span().start() >= sentence.span().start() && cue.span().end() <= day.span().start()
        })
    };
    let told = |day: &Citation| builder.record.statements.iter().filter(|s| here(&s.content)).any(|s| behind(s, day));
    days().next().is_some() && days().all(|d| told(&d.at))
}

fn line(builder: &mut ViewBuilder<'_>, sentence: &LeadSentence) -> LeadLine {
    let LeadSentence { span, .. } = sentence;
    let claim = sentence.claim.as_ref().and_then(|id| builder.record.claims.iter().find(|c| c.id == *id));
    // Cited beside it are those that are told to say the same, not all that a doubtful claim holds.
    let others = claim.into_iter().flat_map(|c| &c.spans).filter(|c| sentence.also.contains(c.report()));
    let cites = builder.cite_all(std::iter::once(span).chain(others));
    let doubtful = sentence.confidence < LIKELY;
    if !doubtful {
        builder.show(span);
    }
    // A day that only the report's own date would give is not shown: no word of the sentence tells it.
    // Nor is one to come: "called off the vote of 6 March" is told of before it.
    let published = builder.index.report(span.report()).and_then(|r| r.published);
    let been = |d: &Edtf| published.is_none_or(|p| d.first_day() <= p.last_day());
    let day = sentence
        .date
        .and_then(days)
        .filter(|d| names_date(builder, span, *d) && !is_of_saying(builder, span, *d) && been(d));
    LeadLine {
        claim: sentence.claim.as_ref().map(ToString::to_string),
        day: day.map(|d| date_within(d, builder.year)),
        text: without_dateline(&clean(span.exact())).to_owned(),
        report: builder.number(span.report()),
        also: builder.report_numbers(&sentence.also),
        differs: differs(builder, std::iter::once(span)),
        why: sentence.why.clone(),
        doubtful,
        fresh: false,
        cites,
    }
}
