//! Whose words they are: the same quotation in two people's mouths, by what the reports themselves write beside it.

mod beside;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Citation, DiscrepancyKind, EntityKind, Mode, Record, ReportId, Statement};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Draft, cite, label};
use crate::story::Story;

/// The least number of words that two people do not both say by chance.
const LEAST: usize = 6;

/// One report's word on who said it.
struct Claim {
    /// The entity that speaks, by its index.
    speaker: usize,
    /// The quotation.
    at: Citation,
    /// The words that say whose it is.
    by: Citation,
    /// The quotation, folded.
    words: Vec<String>,
    /// Whether the words beside it name the speaker; else a pronoun does, or the quotation before it.
    named: bool,
}

/// Finds them: quotations are looked up by three words in a row, so that only those that share some are compared.
pub(super) fn find(story: &Story<'_>, record: &Record) -> Vec<Draft> {
    let mut claims: Vec<Claim> = record.statements.iter().filter_map(|s| claim(story, s)).collect();
    claims.extend(beside::find(story));
    let mut index: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    let mut drafts = Vec::new();
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (n, claim) in claims.iter().enumerate() {
        let mut met: BTreeSet<usize> = BTreeSet::new();
        for three in claim.words.windows(3) {
            let posting = index.entry(three).or_default();
            met.extend(posting.iter().rev().take(8));
            posting.push(n);
        }
        for other in met {
            let pair = (claims[other].speaker.min(claim.speaker), claims[other].speaker.max(claim.speaker));
            if differ(story, &claims[other], claim) && !told.contains(&pair) && !both(&claims, claim, other) {
                told.insert(pair);
                drafts.push(draft(story, &claims, claim, other));
            }
        }
    }
    drafts
}

fn draft(story: &Story<'_>, claims: &[Claim], claim: &Claim, other: usize) -> Draft {
    let mut accounts: BTreeMap<usize, Vec<Citation>> = BTreeMap::new();
    for c in claims.iter().filter(|c| same_words(c, claim) || same_words(c, &claims[other])) {
        if c.speaker == claim.speaker || c.speaker == claims[other].speaker {
            accounts.entry(c.speaker).or_default().extend([c.by.clone(), c.at.clone()]);
        }
    }
    let words = if claim.words.len() >= claims[other].words.len() { &claim.words } else { &claims[other].words };
    let named = accounts.into_iter().map(|(speaker, at)| (story.merged.entities[speaker].name.clone(), at));
    Draft::new(DiscrepancyKind::Attribution, format!("who said: {}", label(&words.join(" "))), named.collect())
}

/// Whether two reports give the same words to two people.
fn differ(story: &Story<'_>, a: &Claim, b: &Claim) -> bool {
    let name = |c: &Claim| story.merged.entities[c.speaker].name.clone();
    let (x, y) = (name(a), name(b));
    // A surname alone may be either of two; and whom a pronoun means is sure enough only for the very same words.
    let full = x.contains(' ') && y.contains(' ');
    let sure = a.named && b.named || (a.named || b.named) && a.words == b.words;
    // Of two who share a surname one must be called by the first name right there.
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let holds = |name: &str, word: &str| name.split(' ').any(|w| w == word);
    let alike = holds(&x, &last(&y)) || holds(&y, &last(&x));
    let first = |c: &Claim, name: &str, other: &str| {
        name.split(' ').next().is_some_and(|f| c.by.exact().contains(f) && !holds(other, f))
    };
    let sure = sure && (!alike || first(a, &x, &y) || first(b, &y, &x));
    sure && a.speaker != b.speaker && full && a.at.report() != b.at.report() && same_words(a, b)
}

/// Whether a report of either gives the words to both: then two people said them, or one quotes the other.
fn both(claims: &[Claim], claim: &Claim, other: usize) -> bool {
    let other = &claims[other];
    let gives = |report: &ReportId, speaker: usize| {
        claims.iter().any(|c| c.at.report() == report && c.speaker == speaker && same_words(c, claim))
    };
    gives(claim.at.report(), other.speaker) || gives(other.at.report(), claim.speaker)
}

/// Whether two quotations are one: most words of the shorter in order, and neither is a small part of the other, which
/// may quote somebody in its midst.
fn same_words(a: &Claim, b: &Claim) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (&a.words, &b.words) } else { (&b.words, &a.words) };
    if short.len() < LEAST || short.len() * 2 < long.len() {
        return false;
    }
    let ops = capture_diff_slices(Algorithm::Myers, short, long);
    let common: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    common >= LEAST && common * 5 >= short.len() * 4
}

/// What a statement claims, if a person speaks.
fn claim(story: &Story<'_>, statement: &Statement) -> Option<Claim> {
    if statement.mode == Mode::Indirect {
        return None;
    }
    let id = statement.speaker.as_ref()?;
    let speaker = story.merged.entities.iter().position(|e| e.id == *id)?;
    let entity = story.merged.entities.get(speaker).filter(|e| e.kind == EntityKind::Person)?;
    let beside = statement.speaker_span.as_ref();
    // By whatever spelling the report has.
    let surnames: Vec<String> = entity.names.iter().filter_map(|n| folded(&n.form).pop()).collect();
    let named = beside.is_some_and(|b| folded(b.exact()).iter().any(|w| surnames.contains(w)));
    let (at, words) = (statement.content.clone(), folded(statement.content.exact()));
    let by = beside.map_or_else(|| at.clone(), |beside| attribution(story, statement, beside));
    Some(Claim { speaker, by, at, words, named })
}

/// Speaker and cue, where they stand side by side; else the speaker.
fn attribution(story: &Story<'_>, statement: &Statement, named: &Citation) -> Citation {
    let both = statement.cue.as_ref().map(|cue| cue.span().cover(named.span()));
    let both = both.filter(|span| !span.overlaps(statement.content.span()));
    let report = story.reports.iter().find(|r| r.id() == named.report());
    both.zip(report).and_then(|(span, report)| cite(report, span)).unwrap_or_else(|| named.clone())
}

/// The words of a text in lower case.
fn folded(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words.map(|w| w.trim_matches(['\'', '’']).to_lowercase().replace('’', "'")).filter(|w| !w.is_empty()).collect()
}
