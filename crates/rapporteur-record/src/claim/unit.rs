//! The sentences of all reports as they are compared: their telling words, names, figures, days.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_schema::{Char, Citation, Edtf, Span, Text};

use crate::context::{MergeContext, words_in};
use crate::words::{Forms, Token};

/// Words that a sentence needs to assert anything that could be found again.
const LEAST_WORDS: usize = 3;

/// Telling words of a sentence that count at most: longer ones are lists.
const MOST_WORDS: usize = 120;

/// A sentence of a report's body.
pub(crate) struct Unit {
    /// The report, by its place in [`MergeContext::reports`].
    pub(crate) report: usize,
    /// Its place, with the marks that open and close it.
    pub(crate) at: Span<Char>,
    /// Its words among those of the report.
    pub(crate) words: Range<usize>,
    /// The stems of its telling words, each once, in order.
    pub(crate) stems: Vec<u32>,
    /// Those of them that are figures.
    pub(crate) figures: Vec<u32>,
    /// The entities that it names or means, in order.
    pub(crate) entities: Vec<usize>,
    /// Those of them that it names.
    pub(crate) named: Vec<usize>,
    /// The days that it names, in order.
    pub(crate) days: Vec<Edtf>,
    /// Its place among the sentences of its report, from 0, and how many these are.
    pub(crate) place: usize,
    pub(crate) of: usize,
    /// Whether words of it stand in quotation marks.
    pub(crate) quoted: bool,
    /// Who says most of it, where somebody does.
    pub(crate) speaker: Option<usize>,
}

impl Unit {
    /// Its words as a citation; `None` where it is none of the report's.
    pub(crate) fn cite(&self, story: &MergeContext<'_>) -> Option<Citation> {
        story.reports[self.report].cite(self.at).ok()
    }

    /// Whether a place lies in it.
    pub(crate) fn holds(&self, place: Span<Char>) -> bool {
        self.at.start() <= place.start() && place.end() <= self.at.end()
    }
}

/// The sentences of all reports, report by report, in order.
pub(crate) fn units(story: &MergeContext<'_>) -> Vec<Unit> {
    (0..story.reports.len()).flat_map(|report| of_report(story, report)).collect()
}

fn of_report(story: &MergeContext<'_>, report: usize) -> Vec<Unit> {
    let bodies = story.body(report).map(|body| body.span());
    let mut out = sentences(report, &story.reports[report].text, &story.words[report], &story.forms, bodies);
    describe(story, report, &mut out);
    out
}

/// The sentences of a report by their words alone, those of all its bodies together.
pub(crate) fn sentences(
    report: usize,
    text: &Text,
    tokens: &[Token],
    forms: &Forms,
    bodies: impl Iterator<Item = Span<Char>>,
) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    for body in bodies {
        let all = words_in(tokens, body);
        let mut first = all.start;
        for at in all.clone().skip(1).chain([all.end]) {
            if at < all.end && !tokens[at].begins_sentence {
                continue;
            }
            out.extend(unit(report, text, tokens, forms, first..at, body));
            first = at;
        }
    }
    let of = out.len();
    for (place, unit) in out.iter_mut().enumerate() {
        (unit.place, unit.of) = (place, of);
    }
    out
}

/// A sentence by its words.
fn unit(
    report: usize,
    text: &Text,
    tokens: &[Token],
    forms: &Forms,
    words: Range<usize>,
    body: Span<Char>,
) -> Option<Unit> {
    let tokens: &[Token] = tokens.get(words.clone())?;
    let (first, last) = (tokens.first()?, tokens.last()?);
    let content = || tokens.iter().filter(|t| t.word.is_content()).take(MOST_WORDS);
    let each = |stems: &mut dyn Iterator<Item = u32>| stems.collect::<BTreeSet<u32>>().into_iter().collect::<Vec<_>>();
    let stems = each(&mut content().map(|t| forms.of(t.word).stem));
    if stems.len() < LEAST_WORDS {
        return None;
    }
    let before = text.slice(Span::new(body.start(), first.start)).unwrap_or_default();
    let after = text.slice(Span::new(last.end, body.end())).unwrap_or_default();
    let opening = before.chars().rev().take_while(|c| OPENING.contains(c)).count();
    let closing = after.chars().take_while(|c| CLOSING.contains(c)).count();
    let at = Span::new(first.start - u32::try_from(opening).ok()?, last.end + u32::try_from(closing).ok()?);
    let figures = each(&mut content().map(|t| forms.of(t.word)).filter(|f| f.number).map(|f| f.stem));
    Some(Unit {
        report,
        at,
        words,
        stems,
        figures,
        entities: Vec::new(),
        named: Vec::new(),
        days: Vec::new(),
        place: 0,
        of: 0,
        quoted: tokens.iter().any(|t| t.marked),
        speaker: None,
    })
}

/// Brings in what the findings know of the sentences of a report.
fn describe(story: &MergeContext<'_>, report: usize, units: &mut [Unit]) {
    let found = story.findings[report];
    let at = |place: Span<Char>| {
        let unit = units.partition_point(|u| u.at.end() <= place.start());
        units.get(unit).filter(|u| u.holds(place)).map(|_| unit)
    };
    let mut entities: BTreeMap<usize, (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for (actor, known) in found.actors.iter().zip(&story.merged.of[report]) {
        let Some(entity) = *known else { continue };
        for mention in &actor.mentions {
            if let Some(unit) = at(mention.span()) {
                let (all, named) = entities.entry(unit).or_default();
                all.insert(entity);
                if mention.kind == rapporteur_schema::MentionKind::Name {
                    named.insert(entity);
                }
            }
        }
    }
    let mut days: BTreeMap<usize, BTreeSet<Edtf>> = BTreeMap::new();
    for date in &found.dates {
        if let (Some(value), Some(unit)) = (date.value, at(date.at.span())) {
            days.entry(unit).or_default().insert(value);
        }
    }
    let mut speakers: BTreeMap<usize, (u32, Option<usize>)> = BTreeMap::new();
    for statement in &found.statements {
        let content = statement.content.span();
        let from = units.partition_point(|u| u.at.end() <= content.start());
        for (n, unit) in units.iter().enumerate().skip(from).take_while(|(_, u)| u.at.start() < content.end()) {
            let shared = unit.at.end().min(content.end()).saturating_sub(unit.at.start().max(content.start()));
            let speaker = statement.speaker.and_then(|a| story.index(report, a));
            let best = speakers.entry(n).or_insert((0, None));
            if shared > best.0 && shared * 2 > unit.at.len() {
                *best = (shared, speaker);
            }
        }
    }
    for (n, (all, named)) in entities {
        (units[n].entities, units[n].named) = (all.into_iter().collect(), named.into_iter().collect());
    }
    for (n, all) in days {
        units[n].days = all.into_iter().collect();
    }
    for (n, (_, speaker)) in speakers {
        units[n].speaker = speaker;
    }
}

/// Marks that belong to the word behind them, and to the one before them.
const OPENING: &[char] = &['"', '“', '‘', '«', '('];
const CLOSING: &[char] = &['.', '!', '?', '"', '”', '’', '»', ')'];
