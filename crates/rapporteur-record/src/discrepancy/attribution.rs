//! Whose words they are: the same quotation in two people's mouths, by the statements of the reports.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rapporteur_schema::{
    Citation, DiscrepancyKind, EntityId, EntityKind, MentionKind, Mode, Record, Report, ReportId, Span, Statement,
};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{RawDiscrepancy, cite, label};
use crate::context::MergeContext;
use crate::words::Word;

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
    /// Its words, an editor's left out.
    words: Vec<Word>,
    /// Whether the words beside it name the speaker, or a person corrected who it was; else a pronoun does, or the quotation
    /// before it.
    named: bool,
}

/// The claims of a story, with what is asked of them often worked out once.
struct Claims {
    all: Vec<Claim>,
    /// For each claim the number of its words: the same words have the same number.
    text: Vec<usize>,
    /// A claim that has the words with this number.
    example: Vec<usize>,
    /// Whether words with these numbers are one quotation; a wire story in a thousand reports is compared once.
    known: HashMap<(usize, usize), bool>,
}

impl Claims {
    fn new(all: Vec<Claim>) -> Self {
        let mut numbers: HashMap<&[Word], usize> = HashMap::new();
        let (mut text, mut example) = (Vec::new(), Vec::new());
        for (n, claim) in all.iter().enumerate() {
            let number = *numbers.entry(&claim.words).or_insert_with(|| {
                example.push(n);
                example.len() - 1
            });
            text.push(number);
        }
        Claims { text, example, known: HashMap::new(), all }
    }

    /// Whether two claims give one quotation.
    fn same(&mut self, a: usize, b: usize) -> bool {
        let pair = (self.text[a].min(self.text[b]), self.text[a].max(self.text[b]));
        let (all, example) = (&self.all, &self.example);
        *self.known.entry(pair).or_insert_with(|| same_words(&all[example[pair.0]], &all[example[pair.1]]))
    }
}

/// Finds them: quotations are looked up by three words in a row, so that only those that share some are compared.
pub(super) fn find(story: &MergeContext<'_>, record: &Record) -> Vec<RawDiscrepancy> {
    let places: HashMap<&EntityId, usize> = story.merged.entities.iter().enumerate().map(|(i, e)| (&e.id, i)).collect();
    let reports: HashMap<&ReportId, usize> = story.reports.iter().enumerate().map(|(i, r)| (r.id(), i)).collect();
    let all: Vec<Claim> = record.statements.iter().filter_map(|s| claim(story, &places, &reports, s)).collect();
    let mut claims = Claims::new(all);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut index: HashMap<&[Word], Vec<usize>> = HashMap::new();
    for (n, claim) in claims.all.iter().enumerate() {
        let mut met: BTreeSet<usize> = BTreeSet::new();
        for three in claim.words.windows(3) {
            let posting = index.entry(three).or_default();
            met.extend(posting.iter().rev().take(8));
            posting.push(n);
        }
        let other =
            |&o: &usize| claims.all[o].speaker != claim.speaker && claims.all[o].at.report() != claim.at.report();
        pairs.extend(met.into_iter().filter(other).map(|o| (n, o)));
    }
    let mut found = Vec::new();
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    // Pairs of speakers to both of whom a report gives the words: asked once for the same words.
    let mut shared: BTreeSet<(usize, usize, usize, usize)> = BTreeSet::new();
    for (n, other) in pairs {
        let (a, b) = (claims.all[n].speaker, claims.all[other].speaker);
        let pair = (a.min(b), a.max(b));
        let asked = (pair.0, pair.1, claims.text[n], claims.text[other]);
        if seen.contains(&pair) || shared.contains(&asked) || !claims.same(n, other) {
            continue;
        }
        if !differ(story, &claims.all[other], &claims.all[n]) {
            continue;
        }
        if both(&mut claims, n, other) {
            shared.insert(asked);
            continue;
        }
        seen.insert(pair);
        found.push(raw(story, &mut claims, n, other));
    }
    found
}

fn raw(story: &MergeContext<'_>, claims: &mut Claims, n: usize, other: usize) -> RawDiscrepancy {
    let mut accounts: BTreeMap<usize, Vec<Citation>> = BTreeMap::new();
    let speakers = [claims.all[n].speaker, claims.all[other].speaker];
    for c in 0..claims.all.len() {
        if speakers.contains(&claims.all[c].speaker) && (claims.same(c, n) || claims.same(c, other)) {
            let c = &claims.all[c];
            accounts.entry(c.speaker).or_default().extend([c.by.clone(), c.at.clone()]);
        }
    }
    let (claim, other) = (&claims.all[n], &claims.all[other]);
    let words = if claim.words.len() >= other.words.len() { &claim.at } else { &other.at };
    let named = accounts.into_iter().map(|(speaker, at)| (story.merged.entities[speaker].name.clone(), at));
    RawDiscrepancy::new(DiscrepancyKind::Attribution, format!("who said: {}", label(words.exact())), named.collect())
}

/// Whether two claims to the same words are surely to two people.
fn differ(story: &MergeContext<'_>, a: &Claim, b: &Claim) -> bool {
    let name = |c: &Claim| story.merged.entities[c.speaker].name.clone();
    let (x, y) = (name(a), name(b));
    // A surname alone may be either of two; and whom a pronoun means is sure enough only for the very same words, and where no one
    // of theirs is spoken of before it ("Roe's lawyer … He added").
    let full = x.contains(' ') && y.contains(' ');
    let clear = |c: &Claim, name: &str| c.named || !follows_possessive(story, c, name);
    if !is_beside(story, a) || !is_beside(story, b) {
        return false;
    }
    let sure = a.named && b.named || (a.named || b.named) && a.words == b.words && clear(a, &x) && clear(b, &y);
    // Of two who share a surname one must be called by the first name right there.
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let holds = |name: &str, word: &str| name.split(' ').any(|w| w == word);
    let alike = holds(&x, &last(&y)) || holds(&y, &last(&x));
    let first = |c: &Claim, name: &str, other: &str| {
        name.split(' ').next().is_some_and(|f| c.by.exact().contains(f) && !holds(other, f))
    };
    let sure = sure && (!alike || first(a, &x, &y) || first(b, &y, &x));
    sure && full
}

/// Code points before a quotation in which whoever is meant by a pronoun has been spoken of.
const NEAR: u32 = 400;

/// Whether a quotation stands beside the words that say whose it is: no other sentence begins between them, nor another quotation ("he asked:
/// “…?” Her answer: “…”").
fn is_beside(story: &MergeContext<'_>, claim: &Claim) -> bool {
    let Some(report) = story.reports.iter().find(|r| r.id() == claim.at.report()) else { return false };
    let (said, by) = (claim.at.span(), claim.by.span());
    let (start, end) = (said.end().min(by.end()), said.start().max(by.start()));
    if end <= start {
        return true;
    }
    let between = report.text.slice(Span::new(start, end)).unwrap_or_default();
    // The mark that ends the quotation itself stands first.
    let between = between.trim_start_matches(|c: char| !c.is_alphanumeric());
    let stops = between.match_indices(['.', '?', '!']).any(|(at, stop)| {
        let rest = between[at + stop.len()..].trim_start_matches(['"', '”', '’']);
        rest.starts_with(char::is_whitespace) && rest.contains(char::is_alphanumeric)
    });
    let marks = between.matches(['“', '”', '"']).count();
    !stops && marks < 2
}

/// Whether somebody or something of a speaker's is spoken of shortly before a quotation: a pronoun may mean that one.
fn follows_possessive(story: &MergeContext<'_>, claim: &Claim, name: &str) -> bool {
    let Some(report) = story.reports.iter().find(|r| r.id() == claim.at.report()) else { return false };
    let end = claim.at.span().start();
    let before = report.text.slice(Span::new(end.saturating_sub(NEAR), end)).unwrap_or_default();
    let last = name.rsplit(' ').next().unwrap_or_default();
    ["'s", "’s"].iter().any(|owns| before.contains(&format!("{last}{owns}")))
}

/// Whether a report of either gives the words to both: then two people said them, or one quotes the other.
fn both(claims: &mut Claims, n: usize, other: usize) -> bool {
    let (a, b) = (claims.all[n].at.report().clone(), claims.all[other].at.report().clone());
    let (x, y) = (claims.all[n].speaker, claims.all[other].speaker);
    let mut gives = |report: ReportId, speaker: usize| {
        let of_report = |c: &usize| claims.all[*c].at.report() == &report && claims.all[*c].speaker == speaker;
        let candidates: Vec<usize> = (0..claims.all.len()).filter(of_report).collect();
        candidates.into_iter().any(|c| claims.same(c, n))
    };
    gives(a, y) || gives(b, x)
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
fn claim(
    story: &MergeContext<'_>,
    places: &HashMap<&EntityId, usize>,
    reports: &HashMap<&ReportId, usize>,
    statement: &Statement,
) -> Option<Claim> {
    let unsure = !Statement::is_sure(statement.confidence);
    if statement.mode == Mode::Indirect || unsure && !story.speaker_corrected.contains(&statement.id) {
        return None;
    }
    let id = statement.speaker.as_ref()?;
    let speaker = *places.get(id)?;
    let entity = story.merged.entities.get(speaker).filter(|e| e.kind == EntityKind::Person)?;
    let report = *reports.get(&statement.report)?;
    let beside = statement.speaker_span.as_ref();
    let names = |at: &Citation| {
        let (start, end) = (at.span().start(), at.span().end());
        let here = entity.mentions.iter().filter(|m| m.report == statement.report && m.kind == MentionKind::Name);
        here.into_iter().any(|m| m.start < end && start < m.end)
    };
    let named = story.speaker_corrected.contains(&statement.id) || beside.is_some_and(names);
    let at = statement.content.clone();
    let words = story.tokens_at(report, &at).iter();
    let words = words.filter(|t| !t.inserted).map(|t| t.word).collect();
    let by = beside.map_or_else(|| at.clone(), |beside| attribution(story.reports[report], statement, beside));
    Some(Claim { speaker, by, at, words, named })
}

/// Speaker and cue, where they stand side by side; else the speaker.
fn attribution(report: &Report, statement: &Statement, named: &Citation) -> Citation {
    let both = statement.cue.as_ref().map(|cue| cue.span().cover(named.span()));
    let both = both.filter(|span| !span.overlaps(statement.content.span()));
    both.and_then(|span| cite(report, span)).unwrap_or_else(|| named.clone())
}
