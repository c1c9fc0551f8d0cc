//! Numbers: counts, sums, rates, ranks and times of day, against what the reports count.

use std::collections::{HashMap, HashSet};

use rapporteur_lexicon::words::checking::{COUNTED_TIME, ENDS_NOUN_PHRASE, ROUGH};
use rapporteur_lexicon::words::number::ORDINAL;
use rapporteur_record::{Interval, meaning};
use rapporteur_schema::{Char, MentionKind, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::date::weekday;
use crate::feature::Spans;
use crate::index::{ComparisonIndex, Doc};
use crate::limits::Quota;
use crate::slot::{self, Candidate, MOST_BESIDE};
use crate::verdict::{Judgement, Kind, Severity, Verdict};
use crate::word;

/// What sort of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Count,
    Rate,
    Rank,
    Clock,
}

/// A number of a text.
#[derive(Clone, Debug)]
struct Figure {
    /// Its words.
    first: usize,
    last: usize,
    sort: Sort,
    value: Interval,
    /// Stems of the nouns it may count, numbered.
    units: Vec<u32>,
    /// Whether it counts money.
    money: bool,
    sentence: usize,
}

/// The numbers of the reports.
#[derive(Debug)]
pub(crate) struct Reported {
    /// Each with its report.
    all: Vec<(usize, Figure)>,
    /// What they may count, numbered.
    units: HashMap<String, u32>,
    /// The numbers of all words.
    words: HashSet<u32>,
}

impl Reported {
    pub(crate) fn new(docs: &[Doc<'_>]) -> Self {
        let (mut all, mut units) = (Vec::new(), HashMap::new());
        let mut number = |unit: String| {
            let fresh = units.len() as u32;
            *units.entry(unit).or_insert(fresh)
        };
        for (n, doc) in docs.iter().enumerate() {
            all.extend(figures(doc, &mut number).into_iter().map(|f| (n, f)));
        }
        let words = docs.iter().flat_map(|d| &d.keys).copied().collect();
        Reported { all, units, words }
    }
}

/// Checks every number of the draft that stands in no quotation.
pub(crate) fn check(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    cut: &mut Vec<String>,
) -> Vec<Verdict> {
    let reported = &index.reports.figures;
    let mut out = Vec::new();
    let mut units: HashMap<String, u32> = HashMap::new();
    let drafted = figures(&index.draft, &mut |unit| {
        let fresh = (reported.units.len() + units.len()) as u32;
        reported.units.get(&unit).copied().unwrap_or_else(|| *units.entry(unit).or_insert(fresh))
    });
    let mut quota = Quota::of_claims(&index.limits, "numbers");
    for (n, figure) in drafted.iter().enumerate() {
        if index.draft.quoted[figure.first].is_some() {
            continue;
        }
        let Some(at) = index.draft.span(figure.first..figure.last) else { continue };
        if !quota.take() {
            continue;
        }
        let sentence = index.draft.sentences[figure.sentence].words.clone();
        let near = figure.first.saturating_sub(7).max(sentence.start)..(figure.last + 7).min(sentence.end);
        let features = index.features_of(sentence, &[near]);
        let scores = index.scores(&features);
        let around = index.around(figure.first..figure.last);
        // What the sentence says elsewhere speaks for that and not against this.
        let here = drafted.partition_point(|f| f.sentence < figure.sentence)
            ..drafted.partition_point(|f| f.sentence <= figure.sentence);
        let beside: Vec<&Figure> = here.filter(|m| *m != n).map(|m| &drafted[m]).collect();
        let mut candidates = Vec::new();
        let single = figure.last == figure.first + 1;
        // The number itself may stand in what is set aside and read by no other stage.
        let mut elsewhere = single && reported.words.contains(&index.draft.keys[figure.first]);
        for (doc, other) in &reported.all {
            let doc = *doc;
            // "6.5 in the first year" may go on with percentages.
            let goes_on = figure.sort == Sort::Count && other.sort == Sort::Rate && figure.units.is_empty();
            let fits = fits(figure, other) && (figure.sort == other.sort || goes_on);
            elsewhere |= fits;
            if !(other.sort == figure.sort && same_unit(figure, other) || goes_on && fits) {
                continue;
            }
            let mut near = index.score(&scores, doc, other.sentence);
            // What has next to nothing in common is shown only where it is the number itself.
            if !fits && near + MOST_BESIDE < slot::MIN_SAME {
                continue;
            }
            if !fits && beside.iter().any(|f| f.sort == other.sort && self::fits(f, other) && same_unit(f, other)) {
                continue;
            }
            near += index.beside(&around, doc, other.first..other.last);
            // What it counts is not given on one side, or it measures anything: less sure.
            if figure.sort == Sort::Count && (figure.units.is_empty() || other.units.is_empty()) {
                near -= 0.1;
            }
            let measure = figure.sort == Sort::Rate || figure.money;
            if measure && !fits {
                near -= 0.15;
            }
            let words = other.first..(other.last + 3).min(index.docs[doc].words.len());
            if let Some(at) = place(&index.docs[doc], words, other) {
                candidates.push(Candidate { doc, near, fits, at });
            }
        }
        // A small count may be of anything near it.
        let verdict = builder.verdict(at, Kind::Number, Judgement::NotFound);
        let words = quote(&verdict.at.exact);
        let mut verdict = slot::judge(index, builder, verdict, &candidates, elsewhere, &words);
        // "Three officials": whoever retells counts them himself.
        let counted = figure.value.stated <= 12.0 && verdict.at.exact.chars().all(|c| !c.is_ascii_digit());
        if verdict.judgement == Judgement::NotFound && counted {
            verdict.severity = Severity::Note;
        }
        out.push(verdict);
    }
    quota.close(cut);
    out
}

/// The place of the number with what it counts, within its sentence.
fn place(doc: &Doc<'_>, words: std::ops::Range<usize>, figure: &Figure) -> Option<Span<Char>> {
    let end = doc.sentences.get(figure.sentence).map_or(words.end, |s| words.end.min(s.words.end));
    let end =
        (figure.last..end).find(|&w| doc.words[w].after_stop || word::is_small(&doc.words[w].folded)).unwrap_or(end);
    doc.span(words.start..end.max(figure.last))
}

/// Whether the draft's number can be meant by somebody who has the report's; a rounder form is, a finer one is not.
fn fits(draft: &Figure, report: &Figure) -> bool {
    let (ours, theirs) = (draft.value, report.value);
    ours.holds(theirs.stated) || theirs.hedged && !ours.hedged && theirs.holds(ours.stated)
}

fn same_unit(a: &Figure, b: &Figure) -> bool {
    match a.sort {
        Sort::Clock | Sort::Rate => true,
        _ => a.units.is_empty() || b.units.is_empty() || a.units.iter().any(|u| b.units.contains(u)),
    }
}

/// The numbers of a text, dates apart; `number` numbers what they may count.
fn figures(doc: &Doc<'_>, number: &mut dyn FnMut(String) -> u32) -> Vec<Figure> {
    // "Two weeks ago" is a number of weeks as well.
    let counted = |words: &str| {
        let lower = words.to_lowercase();
        COUNTED_TIME.words().iter().any(|u| lower.contains(u)) && weekday(words).is_none()
    };
    let dates = doc.findings.dates.iter().filter(|d| d.value.is_some() && !counted(d.at.exact()));
    let timed = Spans::new(dates.map(|d| d.at.span()).collect());
    let mut out = Vec::new();
    let mut at = 0;
    while at < doc.words.len() {
        let Some((last, sort, value)) = read(doc, at) else {
            at += 1;
            continue;
        };
        let here = Span::new(doc.words[at].start, doc.words[last - 1].end);
        // "February 24 and 25": a day, though the second half of it is in no expression of time.
        let before = at.checked_sub(2).and_then(|w| doc.words.get(w)).map(|w| Span::new(w.start, w.end));
        let joined = at > 0 && doc.words[at - 1].folded == "and" && value.stated <= 31.0;
        // "Salyut 7": a number that is part of a name counts nothing.
        let capital = at > 0 && doc.words[at - 1].capital && doc.words[at - 1].end + 1 == doc.words[at].start;
        let name = |s: &crate::text::Seen| s.kind == MentionKind::Name && s.start < here.start() && s.end >= here.end();
        let named = capital && doc.seen_at(here).any(name);
        let dated = named || timed.touch(here) || joined && last == at + 1 && before.is_some_and(|b| timed.touch(b));
        let inside = doc.sentences.get(doc.sentence_of[at]).is_some_and(|s| s.words.contains(&at));
        if !dated && inside {
            let units = units(doc, at, last);
            let money = units.iter().any(|u| is_currency(u));
            let units = units.into_iter().map(&mut *number).collect();
            out.push(Figure { first: at, last, sort, value, units, money, sentence: doc.sentence_of[at] });
        }
        at = last;
    }
    out
}

/// The number that begins at a word: the word after it, what it is, and what it can be.
fn read(doc: &Doc<'_>, at: usize) -> Option<(usize, Sort, Interval)> {
    let folded = |i: usize| doc.words.get(i).map_or("", |w| w.folded.as_str());
    let here = folded(at);
    if let Some(rank) = rank(here) {
        return Some((at + 1, Sort::Rank, Interval::new(Some(rank), Some(rank), false)?));
    }
    let half = match folded(at + 1) {
        "am" => Some(0.0),
        "pm" => Some(12.0),
        _ => None,
    };
    if let Some((hour, minute)) = here.split_once(':').or(half.map(|_| (here, "0"))) {
        let (hour, minute) = (hour.parse::<f64>().ok()?, minute.parse::<f64>().ok()?);
        let hour = if half.is_some() { hour % 12.0 + half.unwrap_or(0.0) } else { hour };
        let value = hour * 60.0 + minute + 1.0;
        return Some((
            at + 1 + usize::from(half.is_some()),
            Sort::Clock,
            Interval::new(Some(value), Some(value), false)?,
        ));
    }
    let (mut value, mut last) = match here {
        "dozen" | "dozens" => (12.0, at + 1),
        "hundred" | "thousand" | "million" | "billion" if matches!(folded(at.wrapping_sub(1)), "a" | "one") => {
            (1.0, at)
        }
        _ => (here.parse::<f64>().ok().filter(|v| v.is_finite())?, at + 1),
    };
    let mut approximate = matches!(here, "dozen" | "dozens");
    while let Some(scale) = scale(folded(last)) {
        value *= scale;
        last += 1;
    }
    if folded(last) == "or" && folded(last + 1) == "so" {
        approximate = true;
    }
    let before = |n: usize| at.checked_sub(n).map_or("", folded);
    let (one, two) = (before(1), before(2));
    let (one, two) = if is_currency(one) { (two, before(3)) } else { (one, two) };
    let (least, most) = match (two, one) {
        (_, "over" | "exceeding") | ("more" | "greater", "than") | ("at", "least") => (Some(value), None),
        ("fewer" | "less", "than") | ("up", "to") | ("at", "most") | (_, "under" | "below") => (None, Some(value)),
        (_, "nearly" | "almost") => {
            approximate = true;
            (None, Some(value))
        }
        (_, word) if ROUGH.has(word) => {
            approximate = true;
            (Some(value), Some(value))
        }
        _ => (Some(value), Some(value)),
    };
    let rate =
        matches!(folded(last), "percent" | "percentage" | "pc") || folded(last) == "per" && folded(last + 1) == "cent";
    Some((last, if rate { Sort::Rate } else { Sort::Count }, Interval::new(least, most, approximate)?))
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// "third", "3rd", of a folded word.
fn rank(word: &str) -> Option<f64> {
    // The two that the spellings of English fold.
    let word = match word {
        "forth" => "fourth",
        "forteenth" => "fourteenth",
        other => other,
    };
    if let Some(rank) = ORDINAL.value(word) {
        return rank.parse().ok();
    }
    let digits =
        word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd")).or(word.strip_suffix("th"));
    digits.and_then(|d| d.parse::<u16>().ok()).map(f64::from)
}

fn is_currency(word: &str) -> bool {
    matches!(word, "dollar" | "euro" | "pound" | "yen")
}

/// The nouns that a number may count: the words right behind it, its currency, and the word before it ("point 9").
fn units(doc: &Doc<'_>, first: usize, last: usize) -> Vec<String> {
    let unit = |word: &str| {
        let single = word.strip_suffix('s').filter(|s| s.len() > 2).unwrap_or(word);
        word::stem(meaning(single)).to_owned()
    };
    let mut out = Vec::new();
    if let Some(before) = first.checked_sub(1).and_then(|i| doc.words.get(i)) {
        if is_currency(&before.folded) {
            return vec![before.folded.clone()];
        }
        if !word::is_small(&before.folded) && !doc.words[first].after_stop && !before.capital {
            out.push(unit(&before.folded));
        }
    }
    let mut small = 0;
    for w in doc.words.get(last..).unwrap_or_default().iter().take(6) {
        if w.after_stop || ENDS_NOUN_PHRASE.has(&w.folded) || out.len() > 2 || w.folded.parse::<f64>().is_ok() {
            break;
        }
        if word::is_small(&w.folded) {
            small += 1;
            if small > 2 {
                break;
            }
            continue;
        }
        out.push(unit(&w.folded));
    }
    out
}
