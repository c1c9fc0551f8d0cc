//! Different numbers for the same thing: "8,600 members", "9,100 nurses"; "seven hours of talks", "nine"; "29-22", "29-21".
//!
//! 1. `measure`: what kind of thing a number measures; only numbers of one kind are compared.
//! 2. `like`: for each those of other reports that stand in words like its own: likeness proposes.
//! 3. `pair`: a scorer over named features decides whether two are told of the same thing.
//! 4. Pairs are joined; numbers that fit each other are one answer.

mod interval;
mod like;
mod measure;
mod noun;
mod pair;
#[cfg(feature = "train")]
pub mod train;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_lexicon::words::quantity::ADDITION;
use rapporteur_lexicon::words::{comparison, quantity};
use rapporteur_schema::{Citation, DiscrepancyKind, QuantityFinding, Span, Text, phrase};

use super::{RawDiscrepancy, label};
use crate::claim::{Alignment, Unit};
use crate::context::MergeContext;
use crate::entity::Sets;
use crate::words::Word;
pub use interval::Interval;
use like::Neighbours;
use measure::Measure;
pub use noun::meaning;

/// Words before and behind a number that are nearby, and close by.
const NEARBY: usize = 6;
const CLOSE: usize = 3;

/// How likely two numbers that fit must be of one thing to stand as one answer.
const SAME: f32 = 0.5;

/// A number of a report.
struct Item<'f> {
    report: usize,
    found: &'f QuantityFinding,
    measure: Measure,
    interval: Interval,
    /// Both sides of a vote.
    tally: Option<[u32; 2]>,
    /// The noun, one for all words that mean it.
    noun: &'f str,
    /// The day its report was published, where it is known.
    published: Option<Date>,
    /// The entities in its context.
    actors: BTreeSet<usize>,
    /// The sentence it stands in.
    sentence: usize,
    /// Stems of the telling words around it, each once, in order: of its sentence (without figures), nearby, close by.
    context: Vec<u32>,
    nearby: Vec<u32>,
    close: Vec<u32>,
    /// The words that tell what it is of, by number.
    of: Vec<u32>,
    /// Whether its clause adds it to what was told before: "would also give it to 300 people", "22 others".
    adds: [bool; 2],
    /// The words right before and behind it.
    before: Option<Word>,
    behind: Option<Word>,
}

impl Item<'_> {
    /// Whether both can be the same number.
    fn fits(&self, other: &Item<'_>) -> bool {
        match (self.tally, other.tally) {
            (Some(one), Some([a, b])) => one == [a, b] || one == [b, a],
            _ => self.interval.fits(other.interval),
        }
    }

    /// Whether both are the same number in the same words.
    fn same(&self, other: &Item<'_>) -> bool {
        self.interval == other.interval && self.tally == other.tally
    }

    fn is_general(&self) -> bool {
        noun::is_general(self.noun)
    }

    /// What is counted, as far as two reports may call it by other words: one's "members" are another's "nurses".
    fn counted(&self) -> &str {
        if self.measure == Measure::Count && noun::is_person(self.noun) { "person" } else { self.noun }
    }
}

/// The numbers of all reports.
struct Numbers<'f> {
    items: Vec<Item<'f>>,
    /// The sentences of the story.
    units: &'f [Unit],
    /// For each number, the sums it makes with others of its clause.
    sums: Vec<Vec<f64>>,
    /// The numbers of each report by their kind.
    told: BTreeMap<(usize, Measure), Vec<usize>>,
}

impl<'f> Numbers<'f> {
    fn of(story: &MergeContext<'f>, alignment: &'f Alignment) -> Self {
        let units = alignment.units.as_slice();
        let mut words: BTreeMap<&str, u32> = BTreeMap::new();
        let mut items: Vec<Item<'f>> = Vec::new();
        for (report, found) in story.findings.iter().enumerate() {
            let from = units.partition_point(|u| u.report < report);
            let sentences = &units[from..units.partition_point(|u| u.report <= report)];
            for q in &found.quantities {
                let at = q.number.span();
                let sentence = sentences.partition_point(|u| u.at.end() <= at.start());
                let Some(unit) = sentences.get(sentence).filter(|u| u.holds(at)) else { continue };
                let Some((measure, interval, tally)) = measure::measured(&story.reports[report].text, q) else {
                    continue;
                };
                // Points of a plan are compared by the plan; how often is no count.
                if measure == Measure::Count && quantity::UNCOUNTED.has(&q.noun) {
                    continue;
                }
                let mut of: Vec<u32> = Vec::new();
                for word in noun::telling(q) {
                    let next = words.len() as u32;
                    of.push(*words.entry(word).or_insert(next));
                }
                of.sort_unstable();
                let mut item = Item {
                    report,
                    found: q,
                    measure,
                    interval,
                    tally,
                    noun: meaning(&q.noun),
                    published: found.published.map(|d| d.last_day()),
                    actors: q.actors.iter().filter_map(|&a| story.index(report, a)).collect(),
                    sentence: from + sentence,
                    context: Vec::new(),
                    nearby: Vec::new(),
                    close: Vec::new(),
                    of,
                    adds: adds(&story.reports[report].text, q),
                    before: None,
                    behind: None,
                };
                around(story, unit, &mut item);
                items.push(item);
            }
        }
        let mut told: BTreeMap<(usize, Measure), Vec<usize>> = BTreeMap::new();
        for (n, item) in items.iter().enumerate() {
            told.entry((item.report, item.measure)).or_default().push(n);
        }
        Numbers { sums: sums(&items), items, units, told }
    }

    /// The pairs that are compared.
    fn pairs(&self, near: &Neighbours<'_>) -> Vec<(usize, usize)> {
        let mut all = near.pairs();
        all.retain(|&(a, b)| {
            let (x, y) = (&self.items[a], &self.items[b]);
            pair::comparable(x, y) && (x.fits(y) || pair::may_differ(self, a, b))
        });
        all
    }

    /// Whether the report of one number tells the other one as well.
    fn tells(&self, one: usize, other: usize) -> bool {
        let (x, y) = (&self.items[one], &self.items[other]);
        let all = self.told.get(&(x.report, x.measure)).map(Vec::as_slice).unwrap_or_default();
        all.iter().any(|&n| n != one && self.items[n].fits(y))
    }
}

/// Two numbers that are told of the same thing.
struct Likely {
    a: usize,
    b: usize,
    hundredths: i64,
}

/// Whether a word for more of another kind stands in a number's clause before it, and right behind it.
fn adds(text: &Text, q: &QuantityFinding) -> [bool; 2] {
    let (clause, at) = (q.clause.span(), q.number.span());
    let words = |start: u32, end: u32| text.slice(Span::new(start.min(end), end)).unwrap_or_default();
    let before = phrase::words(words(clause.start(), at.start())).any(|w| ADDITION.has(&w.to_lowercase()));
    let behind = phrase::words(words(at.end(), clause.end().max(at.end()))).next();
    [before, behind.is_some_and(|w| matches!(&*w.to_lowercase(), "other" | "others"))]
}

/// The words around a number in its sentence.
fn around(story: &MergeContext<'_>, unit: &Unit, item: &mut Item<'_>) {
    let words = &story.words[item.report];
    let own = story.words_at(item.report, &item.found.number);
    let own = own.start.max(unit.words.start)..own.end.clamp(unit.words.start, unit.words.end);
    let stems = |from: usize, to: usize| -> Vec<u32> {
        let all = (from..own.start).chain(own.end..to).map(|n| words[n].word).filter(|w| w.is_content());
        all.map(|w| story.forms.of(w).stem).collect::<BTreeSet<u32>>().into_iter().collect()
    };
    let within =
        |reach: usize| (own.start.saturating_sub(reach).max(unit.words.start), (own.end + reach).min(unit.words.end));
    let whole = (unit.words.start..own.start).chain(own.end..unit.words.end).map(|n| story.forms.of(words[n].word));
    let content = |n: usize| words[n].word.is_content();
    let positions = (unit.words.start..own.start).chain(own.end..unit.words.end);
    let context: BTreeSet<u32> =
        whole.zip(positions).filter(|(form, n)| content(*n) && !form.number).map(|(form, _)| form.stem).collect();
    item.context = context.into_iter().collect();
    let ((a, b), (c, d)) = (within(NEARBY), within(CLOSE));
    (item.nearby, item.close) = (stems(a, b), stems(c, d));
    item.before = own.start.checked_sub(1).filter(|n| *n >= unit.words.start).map(|n| words[n].word);
    item.behind = (own.end < unit.words.end).then(|| words[own.end].word);
}

/// For each number, its sums with others of the same report and clause: "eight drivers and one clerk" are nine workers.
fn sums(items: &[Item<'_>]) -> Vec<Vec<f64>> {
    let mut out: Vec<Vec<f64>> = vec![Vec::new(); items.len()];
    for (i, x) in items.iter().enumerate() {
        // Numbers come in the order of the text: those of one clause stand together.
        let beside = items
            .iter()
            .enumerate()
            .skip(i + 1)
            .take(6)
            .take_while(|(_, y)| y.report == x.report && y.found.clause.span().overlaps(x.found.clause.span()));
        for (j, y) in beside.collect::<Vec<_>>() {
            let sum = x.interval.stated + y.interval.stated;
            out[i].push(sum);
            out[j].push(sum);
        }
    }
    out
}

/// Finds them.
pub(super) fn find(story: &MergeContext<'_>, alignment: &Alignment) -> Vec<RawDiscrepancy> {
    let numbers = Numbers::of(story, alignment);
    let items = numbers.items.as_slice();
    let near = Neighbours::find(items, &alignment.weight);
    let (mut same, mut differ): (Vec<Likely>, Vec<Likely>) = (Vec::new(), Vec::new());
    for (a, b) in numbers.pairs(&near) {
        let fits = items[a].fits(&items[b]);
        let likely = pair::probability(&pair::features(&numbers, &near, a, b));
        // In hundredths, for a fixed order.
        let pair = Likely { a, b, hundredths: (likely * 100.0) as i64 };
        match fits {
            true if likely >= SAME => same.push(pair),
            false if likely >= pair::threshold() => differ.push(pair),
            _ => {}
        }
    }
    // A report that has both figures, of what goes by two names, knows that these are two things.
    let mut told: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for pair in &same {
        told.entry(pair.a).or_default().insert(items[pair.b].report);
        told.entry(pair.b).or_default().insert(items[pair.a].report);
    }
    let both = |p: &Likely| told.get(&p.a).zip(told.get(&p.b)).is_some_and(|(x, y)| !x.is_disjoint(y));
    differ.retain(|p| items[p.a].noun == items[p.b].noun || !both(p));
    let mut sets = Sets::new(items.len());
    let mut strength = vec![0i64; items.len()];
    for pair in same.iter().chain(&differ) {
        sets.union(pair.a, pair.b);
        strength[pair.a] += pair.hundredths;
        strength[pair.b] += pair.hundredths;
    }
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..items.len() {
        clusters.entry(sets.find(i)).or_default().push(i);
    }
    clusters.into_values().filter(|c| c.len() > 1).filter_map(|c| draft(items, c, &strength)).collect()
}

/// The accounts of a cluster: numbers that fit each other are one answer.
fn draft(items: &[Item<'_>], mut cluster: Vec<usize>, strength: &[i64]) -> Option<RawDiscrepancy> {
    // What is tied best counts most: of two numbers of one report that do not fit, the other is of something else, and
    // so is what fits that one in other reports.
    cluster.sort_by_key(|&i| (std::cmp::Reverse(strength[i]), i));
    let fits = |a: usize, b: usize| items[a].fits(&items[b]);
    // A thousand reports give a handful of numbers: they are compared by those.
    let distinct = |some: &[usize]| {
        let mut kinds: Vec<usize> = Vec::new();
        for &i in some {
            if !kinds.iter().any(|&k| items[k].same(&items[i])) {
                kinds.push(i);
            }
        }
        kinds
    };
    let (mut kept, mut other): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut of_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in cluster {
        let own = of_report.entry(items[i].report).or_default();
        match own.iter().any(|&k| !fits(k, i)) {
            true => other.push(i),
            false => {
                own.push(i);
                kept.push(i);
            }
        }
    }
    let first = kept.first().copied()?;
    let other = distinct(&other);
    kept.retain(|&k| fits(k, first) || !other.iter().any(|&o| fits(k, o)));
    // Exact numbers first: a hedge joins the one answer it fits.
    kept.sort_by_key(|&i| (items[i].interval.hedged, i));
    let mut accounts: Vec<Vec<usize>> = Vec::new();
    let mut kinds: Vec<Vec<usize>> = Vec::new();
    for &i in &kept {
        // Hedges that do not fit each other may both fit the exact number: "about 40", 38, "more than 30".
        let exact = |a: &[usize]| a.iter().any(|&k| !items[k].interval.hedged);
        let asked = |a: &[usize], k: usize| !exact(a) || !items[k].interval.hedged;
        let fitting: Vec<usize> = (0..accounts.len())
            .filter(|&a| kinds[a].iter().filter(|&&k| asked(&kinds[a], k)).all(|&k| fits(k, i)))
            .collect();
        match fitting.as_slice() {
            &[one] => {
                accounts[one].push(i);
                if !kinds[one].iter().any(|&k| items[k].same(&items[i])) {
                    kinds[one].push(i);
                }
            }
            [] => {
                accounts.push(vec![i]);
                kinds.push(vec![i]);
            }
            // It fits several answers and so decides for none.
            _ => {}
        }
    }
    let mut reports: Vec<usize> = accounts.iter().flatten().map(|&i| items[i].report).collect();
    reports.sort_unstable();
    reports.dedup();
    if accounts.len() < 2 || reports.len() < 2 {
        return None;
    }
    let about = about(items, &kept);
    let accounts = accounts.into_iter().map(|account| {
        let value = account.first().map(|&i| label(items[i].found.number.exact())).unwrap_or_default();
        let evidence: Vec<Citation> = account.iter().map(|&i| items[i].found.clause.clone()).collect();
        (value, evidence)
    });
    Some(RawDiscrepancy::new(DiscrepancyKind::Number, about, accounts.collect()))
}

/// What is counted, in the reports' words: the noun as written, and what most contexts share.
fn about(items: &[Item<'_>], kept: &[usize]) -> String {
    let mut words: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for &i in kept {
        for word in &items[i].found.of {
            words.entry(word).or_default().insert(items[i].report);
        }
    }
    let mut shared: Vec<(&str, usize)> = words.into_iter().map(|(w, r)| (w, r.len())).collect();
    shared.sort_by_key(|&(w, n)| (std::cmp::Reverse(n), w));
    // Words that one report alone has are better than none.
    let most = shared.first().map_or(0, |&(_, n)| n.min(2));
    shared.retain(|&(_, n)| n >= most);
    // The words behind the number, without whose they are; a particular noun rather than "people".
    let noun = kept.iter().map(|&i| {
        let q = items[i].found;
        let rest = q.at.exact().strip_prefix(q.number.exact()).unwrap_or_default().trim();
        let mut rest = rest;
        while let Some((_, noun)) = rest.split_once(' ').filter(|(w, _)| comparison::DETERMINER_OF_A_COUNT.has(w)) {
            rest = noun;
        }
        (!items[i].is_general(), if rest.is_empty() { q.noun.as_str() } else { rest })
    });
    let noun = noun.max_by_key(|&(own, n)| (own, phrase::words(n).count(), std::cmp::Reverse(n.len())));
    let noun = noun.map(|(_, n)| n).unwrap_or_default();
    let context: Vec<&str> = shared.iter().map(|&(w, _)| w).filter(|w| !noun.contains(w)).take(3).collect();
    label(&if context.is_empty() { noun.to_owned() } else { format!("{noun}: {}", context.join(", ")) })
}
