//! Other words in the same quotation, and other renderings of what one speaker said of one thing.

mod difference;
mod rendering;
mod word;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_schema::{Citation, Cut, CutKind, DiscrepancyKind, Mode, Record, StatementFinding, UtteranceId};

use super::{RawDiscrepancy, cite, label};
use crate::context::MergeContext;
use crate::entity::Sets;
use difference::differences;
use word::{Word, span, words};

/// How many words around a difference are cited.
const AROUND: usize = 6;

/// Quotations of one utterance compared with each other; a report that a thousand others copied is no help. As many again
/// are taken in where their words are new.
const MAX_STRETCHES: usize = 24;

/// A stretch of quoted words.
struct Stretch {
    report: usize,
    words: Vec<Word>,
}

/// Finds them, and tells what was not compared.
pub(super) fn find(story: &MergeContext<'_>, record: &Record) -> (Vec<RawDiscrepancy>, Vec<Cut>) {
    let mut utterances: BTreeMap<&UtteranceId, Vec<Stretch>> = BTreeMap::new();
    let mut cuts: Vec<Cut> = Vec::new();
    let statements = story.findings.iter().enumerate().flat_map(|(r, f)| f.statements.iter().map(move |s| (r, s)));
    // The statements of a record come in the order of the findings.
    for ((report, finding), statement) in statements.zip(&record.statements) {
        if let Some(utterance) = &statement.utterance {
            let stretches = utterances.entry(utterance).or_default();
            for quoted in quoted(finding) {
                let words = words(&story.reports[report].text, story.tokens_at(report, quoted));
                let known = stretches.iter().any(|s| s.report == report && s.words == words);
                if words.len() < 2 || known {
                    continue;
                }
                if stretches.len() < MAX_STRETCHES {
                    stretches.push(Stretch { report, words });
                } else if !stretches.iter().any(|s| same_words(&s.words, &words)) {
                    if stretches.len() < 2 * MAX_STRETCHES {
                        stretches.push(Stretch { report, words });
                    } else {
                        let (id, at) = (story.reports[report].id().clone(), quoted.span());
                        cuts.push(Cut { report: id, start: at.start(), end: at.end(), what: CutKind::Wording });
                    }
                }
            }
        }
    }
    let mut found: Vec<RawDiscrepancy> =
        record.utterances.iter().filter_map(|u| draft(story, record, u, utterances.get(&u.id)?)).collect();
    found.extend(rendering::find(story, record));
    (found, cuts)
}

/// Whether two stretches have the same words, wherever they stand.
fn same_words(a: &[Word], b: &[Word]) -> bool {
    a.iter().map(|w| &w.folded).eq(b.iter().map(|w| &w.folded))
}

/// The speaker's own words in a statement.
fn quoted(finding: &StatementFinding) -> Vec<&Citation> {
    match finding.mode {
        Mode::Direct if finding.quoted.is_empty() => vec![&finding.content],
        Mode::Indirect => Vec::new(),
        _ => finding.quoted.iter().collect(),
    }
}

/// The differences of one utterance as one question: reports that agree where they overlap give one answer.
fn draft(
    story: &MergeContext<'_>,
    record: &Record,
    utterance: &rapporteur_schema::Utterance,
    stretches: &[Stretch],
) -> Option<RawDiscrepancy> {
    let mut places: BTreeMap<usize, Vec<Citation>> = BTreeMap::new();
    let mut values: BTreeMap<usize, BTreeMap<(u32, u32), String>> = BTreeMap::new();
    let (mut differ, mut agree) = (BTreeSet::new(), BTreeSet::new());
    for (n, a) in stretches.iter().enumerate() {
        for b in stretches[n + 1..].iter().filter(|b| b.report != a.report) {
            let pair = (a.report.min(b.report), a.report.max(b.report));
            // What stands word for word elsewhere in the other report is only like this stretch by chance.
            if stands_in(a, b.report, stretches) || stands_in(b, a.report, stretches) {
                agree.extend(within(a, b).then_some(pair));
                continue;
            }
            let Some(found) = differences(&a.words, &b.words) else { continue };
            if found.is_empty() {
                agree.insert(pair);
                continue;
            }
            differ.insert(pair);
            let side = |ours: bool| found.iter().map(move |d| if ours { &d.ours } else { &d.theirs }.clone());
            let sides: [(&Stretch, Vec<Range<usize>>); 2] = [(a, side(true).collect()), (b, side(false).collect())];
            for (stretch, ranges) in sides {
                places.entry(stretch.report).or_default().extend(around(story, stretch, &ranges));
                let own = values.entry(stretch.report).or_default();
                own.extend(ranges.into_iter().map(|range| value(stretch, range)));
            }
        }
    }
    let reports: Vec<usize> = places.keys().copied().collect();
    let mut sets = Sets::new(reports.len());
    for (i, a) in reports.iter().enumerate() {
        for (j, b) in reports.iter().enumerate().skip(i + 1) {
            if agree.contains(&(*a, *b)) && !differ.contains(&(*a, *b)) {
                sets.union(i, j);
            }
        }
    }
    let mut accounts: BTreeMap<usize, (String, Vec<Citation>)> = BTreeMap::new();
    for (i, report) in reports.iter().enumerate() {
        let account = accounts.entry(sets.find(i)).or_default();
        let mut said: Vec<&str> = values.get(report).into_iter().flat_map(|v| v.values().map(String::as_str)).collect();
        said.dedup();
        // The report that gives most of it speaks for those that agree with it.
        let said = label(&said.join(" … "));
        if said.len() > account.0.len() {
            account.0 = said;
        }
        account.1.extend(places.remove(report).unwrap_or_default());
    }
    let speaker = utterance.speaker.as_ref().and_then(|id| record.entities.iter().find(|e| e.id == *id));
    let speaker = speaker.map_or("somebody", |e| e.name.as_str());
    let about = format!("{speaker}: {}", label(&utterance.text));
    (accounts.len() > 1).then(|| RawDiscrepancy::new(DiscrepancyKind::Wording, about, accounts.into_values().collect()))
}

/// Whether one of a report's stretches holds another, or is held by it, word for word.
fn stands_in(stretch: &Stretch, report: usize, stretches: &[Stretch]) -> bool {
    stretches.iter().any(|s| s.report == report && within(stretch, s))
}

/// Whether the shorter of two stands in the longer word for word.
fn within(a: &Stretch, b: &Stretch) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let same = |window: &[Word]| window.iter().zip(&short.words).all(|(x, y)| x.folded == y.folded);
    !short.words.is_empty() && long.words.windows(short.words.len()).any(same)
}

/// The words that stand at a difference, with their place; a dash where there are none.
fn value(stretch: &Stretch, range: Range<usize>) -> ((u32, u32), String) {
    let words: Vec<&str> = stretch.words[range.clone()].iter().map(|w| w.folded.as_str()).collect();
    let place = stretch.words.get(range.start).map_or((u32::MAX, u32::MAX), |w| w.place);
    (place, if words.is_empty() { "–".to_owned() } else { words.join(" ") })
}

/// The words around differences, within their paragraph.
fn around(story: &MergeContext<'_>, stretch: &Stretch, ranges: &[Range<usize>]) -> Option<Citation> {
    let first = ranges.iter().map(|r| r.start).min()?.saturating_sub(AROUND);
    let last = (ranges.iter().map(|r| r.end).max()? + AROUND).min(stretch.words.len());
    let report = story.reports.get(stretch.report)?;
    let words = |from: usize, to: usize| cite(report, span(stretch.words.get(from..to)?)?);
    // A quotation may run over paragraphs: then the difference alone.
    words(first, last).or_else(|| {
        let range = ranges.first()?;
        words(range.start, range.end.max(range.start + 1).min(stretch.words.len()))
    })
}
