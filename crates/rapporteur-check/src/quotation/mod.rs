//! Quotations: exact, cut, altered, spliced, the reporter's own words, or nowhere.

mod align;
mod edge;
mod judge;
mod lookup;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use rapporteur_schema::{Char, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::index::ComparisonIndex;
use crate::limits::Quota;
use crate::verdict::{Change, Judgement, Kind, Severity, Step, Verdict};
use crate::word;
use lookup::Found;
pub(crate) use lookup::Lookup;

/// How far apart parts may stand that a marked omission joins, in words.
const MAX_GAP_MARKED: usize = 160;

/// How far apart parts may stand that the draft joins without a mark and still count as one passage, in words.
const MAX_GAP_UNMARKED: usize = 30;

/// Where a quotation of the draft stands in the reports, or what comes nearest.
#[derive(Clone, Debug)]
pub(crate) struct Quotation {
    /// Its words in the draft.
    pub(crate) words: Range<usize>,
    /// The places, as a report and its words.
    pub(crate) places: Vec<(usize, Range<usize>)>,
    /// What was made of it.
    pub(crate) judgement: Judgement,
}

/// Where words of the draft stand in a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    /// Whether all its words stand in quotation marks; first the best.
    unquoted: usize,
    doc: usize,
    words: (usize, usize),
}

/// The most that is worked out to lay one quotation beside all that comes near it.
const MAX_CELLS: usize = 4_000_000;

/// Places of a quotation that are shown and asked who speaks there, the first of each report in any case; a word or two may
/// stand in thousands.
const MAX_PLACES: usize = 50;

/// The quotations that touch some words of the draft; they stand in order.
pub(crate) fn among<'q>(quotations: &'q [Quotation], words: &Range<usize>) -> impl Iterator<Item = &'q Quotation> {
    // They do not overlap each other, so that their ends are in order as well.
    let first = quotations.partition_point(|q| q.words.end <= words.start);
    let end = words.end;
    quotations[first..].iter().take_while(move |q| q.words.start < end)
}

/// Checks every quotation of the draft.
pub(crate) fn check(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    cut: &mut Vec<String>,
) -> (Vec<Quotation>, Vec<Verdict>) {
    let lookup = &index.reports.quotable;
    let mut stretches: Vec<Range<usize>> = index.draft.quotations.clone();
    stretches.sort_by_key(|s| s.start);
    // What is set off as a quotation needs no marks.
    let mut blocks = Vec::new();
    for block in index.input.blocks {
        let words = index.draft.words_at(*block);
        let next = stretches.partition_point(|s| s.end <= words.start);
        if stretches.get(next).is_none_or(|s| s.start >= words.end) {
            blocks.push(words);
        }
    }
    stretches.extend(blocks);
    stretches.sort_by_key(|s| s.start);
    let (mut quotations, mut verdicts) = (Vec::new(), Vec::new());
    let mut quota = Quota::of_quotations(&index.limits);
    // What is quoted again and again is looked up once.
    type Words = Vec<(u32, bool, bool)>;
    let mut answers: HashMap<Words, Option<Rc<Answer>>> = HashMap::new();
    for words in stretches.into_iter().filter(|s| !s.is_empty()) {
        if !quota.take() {
            continue;
        }
        let key = index.draft.words[words.clone()].iter().zip(&index.draft.keys[words.clone()]);
        let key = key.map(|(w, k)| (*k, w.after_gap, w.inserted)).collect();
        let found = || look_up(index, lookup, words.clone()).map(Rc::new);
        let answer = answers.entry(key).or_insert_with(found).clone();
        let Some(answer) = answer else { continue };
        let places: Vec<(usize, Range<usize>)> = answer.places.iter().map(|p| (p.doc, p.words.0..p.words.1)).collect();
        let dropped = (answer.judgement == Judgement::Exact).then(|| edge::dropped(index, &words, &answer.places));
        let told = dropped.flatten().and_then(|d| cut_at_its_edge(index, builder, &words, &d));
        let judgement = if told.is_some() { Judgement::Cut } else { answer.judgement };
        verdicts.extend(told.or_else(|| verdict(index, builder, &words, &answer)));
        quotations.push(Quotation { words, places, judgement });
    }
    quota.close(cut);
    (quotations, verdicts)
}

/// What was found of one quotation.
struct Answer {
    judgement: Judgement,
    places: Vec<Match>,
    changes: Vec<judge::Diff>,
    /// How many words it has.
    length: usize,
    /// Its first word in the draft, where it was looked up; the same words may stand elsewhere as well.
    first: usize,
    /// All reports that have it, also those of places that are not shown.
    docs: BTreeSet<usize>,
}

/// Looks one quotation up, and keeps as many places as are shown.
fn look_up(index: &ComparisonIndex<'_>, lookup: &Lookup, words: Range<usize>) -> Option<Answer> {
    let mut answer = look_up_all(index, lookup, words.clone())?;
    answer.first = words.start;
    answer.docs = answer.places.iter().map(|p| p.doc).collect();
    let (mut seen, mut room) = (BTreeSet::new(), MAX_PLACES.saturating_sub(answer.docs.len()));
    answer.places.retain(|p| {
        let first = seen.insert(p.doc);
        let kept = first || room > 0;
        room -= usize::from(kept && !first);
        kept
    });
    Some(answer)
}

fn look_up_all(index: &ComparisonIndex<'_>, lookup: &Lookup, words: Range<usize>) -> Option<Answer> {
    let draft = &index.draft;
    let own: Vec<usize> = words.filter(|&w| !draft.words[w].inserted).collect();
    let length = own.len();
    // An omission that is marked parts the quotation.
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for (n, &w) in own.iter().enumerate() {
        if n == 0 || draft.words[w].after_gap {
            parts.push(Vec::new());
        }
        parts.last_mut()?.push(w);
    }
    let keys: Vec<Vec<u32>> = parts.iter().map(|p| p.iter().map(|&w| draft.keys[w]).collect()).collect();
    let chains = chain(lookup, &keys);
    if !chains.is_empty() {
        let mut places: Vec<Match> = chains.into_iter().map(|c| place(index, lookup, c)).collect();
        places.sort();
        places.dedup_by_key(|p| (p.doc, p.words));
        let best = places.first()?.unquoted;
        let judgement = if best == 0 { Judgement::Exact } else { Judgement::NotQuoted };
        if best == 0 {
            places.retain(|p| p.unquoted == 0);
        }
        return Some(Answer { judgement, places, changes: Vec::new(), length, first: 0, docs: BTreeSet::new() });
    }
    // The parts one by one; the worst of them is the answer.
    let mut answers: Vec<Answer> = Vec::new();
    for (part, keys) in parts.iter().zip(&keys) {
        answers.push(nearest(index, lookup, part, keys));
    }
    if answers.len() > 1 && answers.iter().all(|a| matches!(a.judgement, Judgement::Exact | Judgement::NotQuoted)) {
        let places = answers.into_iter().flat_map(|a| a.places.into_iter().take(1)).collect();
        return Some(Answer {
            judgement: Judgement::Spliced,
            places,
            changes: Vec::new(),
            length,
            first: 0,
            docs: BTreeSet::new(),
        });
    }
    let worst = answers.iter().map(|a| rank(a.judgement)).max()?;
    let judgement = answers.iter().find(|a| rank(a.judgement) == worst)?.judgement;
    let mut places: Vec<Match> = Vec::new();
    let mut changes = Vec::new();
    for answer in answers {
        places.extend(answer.places);
        changes.extend(answer.changes);
    }
    Some(Answer { judgement, places, changes, length, first: 0, docs: BTreeSet::new() })
}

fn rank(judgement: Judgement) -> u8 {
    match judgement {
        Judgement::Exact => 0,
        Judgement::NotQuoted => 1,
        Judgement::Cut => 2,
        Judgement::Spliced => 3,
        Judgement::Altered => 4,
        _ => 5,
    }
}

/// Places where the parts follow each other.
fn chain(lookup: &Lookup, parts: &[Vec<u32>]) -> Vec<Found> {
    let Some((first, rest)) = parts.split_first() else { return Vec::new() };
    let mut chains = lookup.exact(first);
    for part in rest {
        let next = lookup.exact(part);
        chains = chains
            .into_iter()
            .filter_map(|c| {
                let after = |f: &&Found| f.run == c.run && f.first >= c.last && f.first - c.last <= MAX_GAP_MARKED;
                let found = next.iter().filter(after).min_by_key(|f| f.first)?;
                Some(Found { last: found.last, ..c })
            })
            .collect();
    }
    chains
}

fn place(index: &ComparisonIndex<'_>, lookup: &Lookup, found: Found) -> Match {
    let words = lookup.words(found);
    let doc = lookup.runs[found.run].doc;
    let unquoted = words.iter().filter(|&&w| index.docs[doc].quoted.get(w).is_some_and(Option::is_none)).count();
    let real = || words.iter().copied().filter(|&w| w != usize::MAX);
    let (first, last) = (real().min().unwrap_or(0), real().max().map_or(0, |w| w + 1));
    Match { unquoted, doc, words: (first, last) }
}

/// What comes nearest to words that stand nowhere as they are.
fn nearest(index: &ComparisonIndex<'_>, lookup: &Lookup, part: &[usize], keys: &[u32]) -> Answer {
    let exact = lookup.exact(keys);
    if !exact.is_empty() {
        let mut places: Vec<Match> = exact.into_iter().map(|f| place(index, lookup, f)).collect();
        places.sort();
        let judgement = if places[0].unquoted == 0 { Judgement::Exact } else { Judgement::NotQuoted };
        return Answer { judgement, places, changes: Vec::new(), length: part.len(), first: 0, docs: BTreeSet::new() };
    }
    let small: Vec<bool> = part.iter().map(|&w| word::is_small(&index.draft.words[w].folded)).collect();
    let mut best: Option<(f64, Found, Vec<align::Op>)> = None;
    let mut cells = 0;
    for window in lookup.windows(keys, &small) {
        // Of long quotations only the likeliest stretches are worth their time.
        cells += keys.len() * (window.last - window.first);
        if best.is_some() && cells > MAX_CELLS {
            break;
        }
        let there = &lookup.runs[window.run].keys[window.first..window.last];
        let (score, ops) = align::align(keys, there, &small);
        // Of two that fit as well, the words that stand in quotation marks.
        let same = judge::matched(&ops);
        let quoted = same.iter().filter(|&&(_, r)| {
            let at = lookup.runs[window.run].words[window.first + r];
            index.docs[lookup.runs[window.run].doc].quoted.get(at).is_some_and(Option::is_some)
        });
        let score = score + 0.3 * quoted.count() as f64;
        if best.as_ref().is_none_or(|(b, _, _)| score > *b) {
            best = Some((score, window, ops));
        }
    }
    let aligned = best.and_then(|(_, window, ops)| judge::judge(index, lookup, part, window, &ops));
    let pieces = pieces(lookup, keys, &small);
    let one_cut = aligned.as_ref().is_some_and(|a| a.only_left_out && a.one_quotation);
    if let Some(pieces) = pieces.filter(|_| !one_cut) {
        let mut places: Vec<Match> = Vec::new();
        for (n, found) in pieces.into_iter().enumerate() {
            let mut all: Vec<Match> = found.into_iter().map(|f| place(index, lookup, f)).collect();
            // Parts of one report, if there are.
            let with = places.first().map(|p| p.doc).filter(|_| n > 0);
            all.sort_by_key(|p| (p.unquoted, with.is_some_and(|d| d != p.doc), p.words));
            places.extend(all.into_iter().take(1));
        }
        // What follows near in one report is one passage of which something is left out.
        let near = |w: &[Match]| {
            w[0].doc == w[1].doc && w[0].words.1 <= w[1].words.0 && w[1].words.0 - w[0].words.1 <= MAX_GAP_UNMARKED
        };
        let judgement = if places.windows(2).all(near) { Judgement::Cut } else { Judgement::Spliced };
        return Answer { judgement, places, changes: Vec::new(), length: part.len(), first: 0, docs: BTreeSet::new() };
    }
    match aligned {
        Some(a) => {
            // The same words may stand in other reports as well.
            let best = Match { unquoted: a.unquoted, doc: a.doc, words: a.words };
            let there = &index.docs[a.doc].keys[a.words.0..a.words.1];
            let same = lookup.exact(there).into_iter().map(|f| place(index, lookup, f));
            let mut places: Vec<Match> = same.filter(|p| p.unquoted <= best.unquoted).collect();
            places.push(best);
            places.sort();
            places.dedup_by_key(|p| (p.doc, p.words));
            Answer {
                judgement: a.judgement,
                places,
                changes: a.changes,
                length: part.len(),
                first: 0,
                docs: BTreeSet::new(),
            }
        }
        None => Answer {
            judgement: Judgement::NotFound,
            places: Vec::new(),
            changes: Vec::new(),
            length: part.len(),
            first: 0,
            docs: BTreeSet::new(),
        },
    }
}

/// The two or three runs of words that together are the whole quotation, where there are such.
fn pieces(lookup: &Lookup, keys: &[u32], small: &[bool]) -> Option<Vec<Vec<Found>>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < keys.len() {
        let (length, found) = lookup.longest(&keys[at..]);
        let tells = small.get(at..at + length).is_some_and(|s| s.iter().filter(|s| !**s).count() >= 1);
        if length < 3 || !tells || out.len() == 3 {
            return None;
        }
        out.push(found);
        at += length;
    }
    (out.len() > 1).then_some(out)
}

fn verdict(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    words: &Range<usize>,
    answer: &Answer,
) -> Option<Verdict> {
    let at = index.draft.span(words.clone())?;
    let shift = |of: &Range<usize>| of.start - answer.first + words.start..of.end - answer.first + words.start;
    let cite = |p: &Match| index.docs[p.doc].cite(p.words.0..p.words.1);
    let mut sources: Vec<_> = answer.places.iter().filter_map(cite).collect();
    if answer.judgement != Judgement::Spliced {
        sources.sort();
    }
    sources.dedup();
    let docs = answer.docs.clone();
    let by = builder.named(docs.iter().copied());
    let mut verdict = builder.verdict(at, Kind::Quotation, answer.judgement);
    verdict.sources = sources;
    let short = answer.length <= judge::MAX_SHORT_WORDS;
    (verdict.severity, verdict.says) = match answer.judgement {
        Judgement::Exact => {
            builder.supported(&mut verdict, docs);
            (Severity::Fine, format!("stands so in {by}"))
        }
        Judgement::NotQuoted => {
            let partly = answer.places.iter().any(|p| p.unquoted < answer.length);
            let severity = if short { Severity::Note } else { Severity::Warning };
            let how = if partly {
                "only in part in quotation marks"
            } else {
                "as the reporter's own, not in quotation marks"
            };
            (severity, format!("the words stand in {by}, {how}"))
        }
        Judgement::Spliced => {
            let parts: Vec<String> = verdict.sources.iter().map(|c| quote(c.exact())).collect();
            (Severity::Error, format!("put together of {} in {by}", parts.join(" and ")))
        }
        Judgement::NotFound if short => (Severity::Warning, "no report has these words".to_owned()),
        Judgement::NotFound => (Severity::Error, "no report has these words, nor any like them".to_owned()),
        Judgement::Cut if answer.changes.is_empty() => {
            let parts: Vec<String> = verdict.sources.iter().map(|c| quote(c.exact())).collect();
            (Severity::Warning, format!("what stands between {} in {by} is left out", parts.join(" and ")))
        }
        judgement => {
            verdict.changes = answer.changes.iter().filter_map(|d| change(index, builder, d, &shift)).collect();
            let severity = if judgement == Judgement::Cut { Severity::Warning } else { Severity::Error };
            (severity, format!("{}; in {by}: {}", describe(&verdict.changes), quote(&nearest_words(&verdict))))
        }
    };
    Some(verdict)
}

/// A quotation that stands so in a sentence which, whole, says something else.
fn cut_at_its_edge(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    words: &Range<usize>,
    dropped: &edge::Dropped,
) -> Option<Verdict> {
    let at = index.draft.span(words.clone())?;
    let doc = &index.docs[dropped.doc];
    let whole = doc.cite(dropped.sentence.start.min(dropped.kept.start)..dropped.sentence.end.max(dropped.kept.end))?;
    let left_out = doc.cite(dropped.left_out.clone())?;
    let mut verdict = builder.verdict(at, Kind::Quotation, Judgement::Cut);
    verdict.severity = Severity::Warning;
    let by = builder.named([dropped.doc]);
    verdict.says = format!(
        "{} is left out at its edge, and changes what it says; in {by}: {}",
        quote(left_out.exact()),
        quote(whole.exact())
    );
    let same = Change {
        step: Step::Same,
        weight: None,
        draft: Some(builder.range(at)),
        report: doc.cite(dropped.kept.clone()),
    };
    let gone = Change { step: Step::LeftOut, weight: Some(dropped.weight), draft: None, report: Some(left_out) };
    let before = dropped.left_out.start < dropped.kept.start;
    verdict.changes = if before { vec![gone, same] } else { vec![same, gone] };
    verdict.sources = vec![whole];
    Some(verdict)
}

/// The report's words, of the report that the changes were found against.
fn nearest_words(verdict: &Verdict) -> String {
    let compared = verdict.changes.iter().find_map(|c| c.report.as_ref()).map(|c| c.report().clone());
    let of_report = |c: &&rapporteur_schema::Citation| compared.as_ref().is_none_or(|t| c.report() == t);
    verdict.sources.iter().filter(of_report).map(|c| c.exact()).collect::<Vec<_>>().join(" … ")
}

/// The changes in words, the gravest first.
fn describe(changes: &[Change]) -> String {
    let mut all: Vec<&Change> = changes.iter().filter(|c| c.step != Step::Same).collect();
    all.sort_by_key(|c| c.weight);
    let draft = |c: &Change| quote(c.draft.as_ref().map_or("", |p| &p.exact));
    let report = |c: &Change| quote(c.report.as_ref().map_or("", |r| r.exact()));
    let mut phrases: Vec<String> = all
        .iter()
        .take(4)
        .map(|c| match c.step {
            Step::LeftOut => format!("{} is left out", report(c)),
            Step::PutIn => format!("{} is put in", draft(c)),
            _ => format!("{} for {}", draft(c), report(c)),
        })
        .collect();
    if all.len() > 4 {
        phrases.push(format!("and {} more", all.len() - 4));
    }
    phrases.join(", ")
}

fn change(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    diff: &judge::Diff,
    shift: &dyn Fn(&Range<usize>) -> Range<usize>,
) -> Option<Change> {
    let place = |words: &Range<usize>| -> Option<Span<Char>> { index.draft.span(shift(words)) };
    let draft = diff.draft.as_ref().and_then(place).map(|s| builder.range(s));
    let report = diff.report.as_ref().and_then(|w| index.docs[diff.doc].cite(w.clone()));
    (draft.is_some() || report.is_some()).then_some(Change { step: diff.step, weight: diff.weight, draft, report })
}
