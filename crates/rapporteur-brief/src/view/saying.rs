//! Who said what: sayings grouped by speaker, each once, with every report that carries it and how its words differ.

use std::collections::{BTreeMap, HashMap, HashSet};

use rapporteur_lexicon::words::presentation::{GREETING, NO_NAME, PLAIN_CUE};
use rapporteur_schema::{Entity, EntityId, Mode, Relation, Statement, Utterance, phrase};

use unicode_width::UnicodeWidthChar;

use super::builder::ViewBuilder;
use super::clause::is_title;
use crate::diff::{self, Change, Difference, Segment};
use crate::words::{clean, count, date_within};

/// Speakers in a short list.
const MAX_SPEAKERS: usize = 3;
/// Words that say something: fewer are a greeting or a fragment, and come last.
const LEAST_WORDS: usize = 5;
/// Sayings of one speaker in a short list.
const MAX_SAYINGS: usize = 1;

/// Who said what.
#[derive(Clone, Debug)]
pub struct Sayings {
    /// Those whose words most independent sources carry come first, then those whom reports name most; words of nobody in
    /// particular last.
    pub speakers: Vec<Speaker>,
    /// Speakers in a short list.
    pub shown: usize,
    /// All sayings.
    pub total: usize,
}

/// One speaker's words.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// The entity, where it is one.
    pub id: Option<String>,
    /// Who it is; for nobody that the record knows, the words that stand for them.
    pub name: String,
    /// "Foreign Minister, Ukraine".
    pub office: Option<String>,
    /// Those that most independent sources carry come first, then those of most reports, then as they come in the reports;
    /// fragments and what a line above shows last.
    pub sayings: Vec<Saying>,
    /// Sayings in a short list.
    pub shown: usize,
    /// How often reports name the speaker.
    mentions: usize,
    /// Whether nobody is known to have said it: not in a short brief, and marked where it is shown.
    pub doubtful: bool,
}

/// The same words, once.
#[derive(Clone, Debug)]
pub struct Saying {
    /// The utterance, or the statement where it belongs to none.
    pub id: String,
    /// The statements that give it, in order of reports.
    pub statements: Vec<String>,
    /// The fullest form.
    pub text: String,
    /// Whether these are the speaker's own words, without marks of their own.
    pub quoted: bool,
    /// Where and when it was said and who is credited with having it, as far as reported.
    pub setting: Vec<String>,
    /// How the reports' words relate, where there are several.
    pub relation: Option<Relation>,
    /// The reports that carry it, in order.
    pub reports: Vec<usize>,
    /// How some reports' words differ.
    pub notes: Vec<Note>,
    /// What each report gives, in order of reports.
    pub accounts: Vec<Account>,
    /// Whether it is a fragment, in a report's own words, or shown by a line above.
    minor: bool,
}

/// Reports whose words differ in the same way.
#[derive(Clone, Debug)]
pub struct Note {
    /// The reports.
    pub reports: Vec<usize>,
    /// In what way.
    pub text: String,
    /// Whether they differ at the ends of the quotation alone, where a report may give the same words elsewhere: not in a short brief.
    pub minor: bool,
}

/// One report's version of some words.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its number.
    pub report: usize,
    /// Its words, beside the fullest form where both have most of them.
    pub segments: Vec<Segment>,
    /// Whether its words are those of the fullest form.
    pub same: bool,
    /// Indices of citations.
    pub cites: Vec<usize>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Entity(EntityId),
    /// Nobody the record knows; the words that stand for the speaker, folded.
    Words(String),
    Nobody,
}

pub(super) fn sayings(builder: &mut ViewBuilder<'_>) -> Sayings {
    let record = builder.record;
    let mut groups: Vec<(Key, Speaker)> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut seen = HashSet::new();
    let mut add = |builder: &mut ViewBuilder<'_>, utterance: Option<&Utterance>, statements: Vec<&Statement>| {
        if statements.is_empty() {
            return;
        }
        let (key, shown_as) = speaker(utterance, &statements);
        let place = *places.entry(key.clone()).or_insert_with(|| {
            groups.push((key.clone(), head(builder, &key, shown_as)));
            groups.len() - 1
        });
        groups[place].1.sayings.push(saying(builder, utterance, statements));
    };
    for u in &record.utterances {
        let statements: Vec<&Statement> =
            u.statements.iter().filter_map(|id| builder.statement(id)).filter(|s| seen.insert(&s.id)).collect();
        add(builder, Some(u), statements);
    }
    // A statement that belongs to no utterance is a saying of its own.
    for s in &record.statements {
        if seen.insert(&s.id) {
            add(builder, None, vec![s]);
        }
    }

    let mut speakers: Vec<(Key, Speaker)> = groups;
    for (_, s) in &mut speakers {
        s.sayings.sort_by_cached_key(|s| {
            let first = s.accounts.first().and_then(|a| Some((a.report, *a.cites.first()?)));
            let at = first.map(|(report, cite)| (report, builder.cites[cite].start));
            let sources = builder.independent_sources(&s.reports);
            // Words that begin in the middle of a sentence tell less than those that begin one.
            let middle = s.text.starts_with(char::is_lowercase);
            (s.minor, std::cmp::Reverse(sources), std::cmp::Reverse(s.reports.len()), middle, at)
        });
        s.shown = s.sayings.iter().filter(|s| !s.minor).count().min(MAX_SAYINGS);
    }
    speakers.sort_by_cached_key(|(key, s)| {
        let worth = s.sayings.iter().filter(|s| !s.minor);
        let most = worth.map(|s| builder.independent_sources(&s.reports)).max();
        let by = (std::cmp::Reverse(most), std::cmp::Reverse(s.mentions), std::cmp::Reverse(s.sayings.len()));
        (*key == Key::Nobody, by, s.name.clone(), key.clone())
    });
    let speakers: Vec<Speaker> = speakers.into_iter().map(|(_, s)| s).collect();
    let total = speakers.iter().map(|s| s.sayings.len()).sum();
    let shown = speakers.iter().take_while(|s| s.shown > 0 && !s.doubtful).count().min(MAX_SPEAKERS);
    Sayings { shown, speakers, total }
}

fn speaker(utterance: Option<&Utterance>, statements: &[&Statement]) -> (Key, String) {
    let known = utterance.and_then(|u| u.speaker.clone()).or_else(|| statements.iter().find_map(|s| s.speaker.clone()));
    if let Some(id) = known {
        return (Key::Entity(id), String::new());
    }
    for s in statements {
        let words = s.speaker_span.as_ref().map(|c| clean(c.exact())).unwrap_or_default();
        let folded = words.to_lowercase().replace('’', "'");
        let folded = folded.strip_prefix("the ").or(folded.strip_prefix("a ")).unwrap_or(&folded);
        if !folded.is_empty() && !NO_NAME.has(folded) {
            return (Key::Words(folded.to_owned()), words);
        }
    }
    (Key::Nobody, "unattributed".into())
}

fn head(builder: &ViewBuilder<'_>, key: &Key, shown_as: String) -> Speaker {
    let (name, office) = match key {
        Key::Entity(id) => (builder.entity_name(id), builder.entity(id).and_then(|e| office(builder, e))),
        _ => (shown_as, None),
    };
    let entity = if let Key::Entity(id) = key { Some(id) } else { None };
    let mentions = entity.and_then(|id| builder.entity(id)).map_or(0, |e| e.mentions.len());
    let id = entity.map(ToString::to_string);
    Speaker { id, name, office, sayings: Vec::new(), shown: 0, mentions, doubtful: *key == Key::Nobody }
}

/// The office with most evidence.
fn office(builder: &ViewBuilder<'_>, entity: &Entity) -> Option<String> {
    let best = entity.offices.iter().rev().max_by_key(|o| o.evidence.iter().count())?;
    let title = clean(&best.title);
    Some(match &best.of {
        Some(of) => format!("{title}, {}", builder.entity_name(of)),
        None => title,
    })
}

fn saying(builder: &mut ViewBuilder<'_>, utterance: Option<&Utterance>, mut statements: Vec<&Statement>) -> Saying {
    statements.sort_by_key(|s| (builder.number(&s.report), s.content.span()));
    let longest = statements.iter().max_by_key(|s| s.content.span().len());
    let fullest = longest.map(|s| clean(s.content.exact())).unwrap_or_default();
    let text = utterance.map(|u| clean(&u.text)).filter(|t| !t.is_empty()).unwrap_or(fullest);
    // A comma before the closing mark is the report's sentence, not the speaker's words.
    let text = text.trim_end_matches([',', ';', ' ']).to_owned();
    let marked = text.starts_with(['“', '"', '«', '‘', '„']);
    let quoted = longest.is_some_and(|s| s.mode == Mode::Direct) && !marked;

    let mut by_report: BTreeMap<usize, Vec<&Statement>> = BTreeMap::new();
    for s in &statements {
        by_report.entry(builder.number(&s.report)).or_default().push(s);
    }
    let mut accounts = Vec::new();
    let mut changed: BTreeMap<(bool, Vec<Change>), Vec<usize>> = BTreeMap::new();
    for (&report, statements) in &by_report {
        let cites = builder.cite_all(statements.iter().map(|s| &s.content));
        let given = given(&text, statements);
        let Difference { segments, changes, inner } = diff::compare(&text, &given);
        // Where little is common, the words stand for themselves.
        let beside = !matches!(changes.as_slice(), [] | [Change::Only(_) | Change::Instead(_)]);
        let segments = if beside { segments } else { vec![Segment::Same(given)] };
        let same = changes.is_empty();
        // Of words that a report tells in its own, no reader can say which the speaker used.
        let own_words = quoted && statements.iter().all(|s| s.mode == Mode::Direct);
        if !same {
            let minor = inner.is_empty() || !own_words;
            changed.entry((minor, if minor { changes } else { inner })).or_default().push(report);
        }
        accounts.push(Account { report, segments, same, cites });
    }
    let mut notes: Vec<Note> = changed
        .into_iter()
        .map(|((minor, changes), reports)| Note { text: diff::phrase(&changes, reports.len() > 1), reports, minor })
        .collect();
    notes.sort_by(|a, b| a.reports.cmp(&b.reports));

    let reports: Vec<usize> = by_report.keys().copied().collect();
    // How much of it the reports share is told of a speaker's own words, not of what a report tells around a scrap of them.
    let relation = utterance.map(|u| u.relation).filter(|_| statements.len() > 1 && quoted);
    let ids: Vec<String> = statements.iter().map(|s| s.id.to_string()).collect();
    let id = utterance.map(|u| u.id.to_string()).or_else(|| ids.first().cloned()).unwrap_or_default();
    let setting = setting(builder, &statements);
    // Words that several reports carry are worth their differences, though a line above shows them.
    let told = reports.len() < 2 && statements.iter().all(|s| builder.is_shown(&s.content));
    // What a report tells in its own words is read in its sentences above; what somebody said is told by their own.
    let unsure = !statements.iter().any(|s| Statement::is_sure(s.confidence));
    let minor = told || words(&text) < LEAST_WORDS || !quoted || is_title(&text) || unsure || is_courtesy(&text);
    Saying { id, statements: ids, text, quoted, setting, relation, reports, notes, accounts, minor }
}

/// What is said of a speaker who is not sure: "by “he”, which may mean another".
pub(super) fn doubt(statement: &Statement) -> Option<String> {
    let words = clean(statement.speaker_span.as_ref().filter(|_| Statement::is_doubted(statement.confidence))?.exact());
    Some(format!("by “{words}”, which may mean another"))
}

/// Most statements of one report that are put together.
const MAX_PARTS: usize = 6;

/// What a report gives of a saying: words that its own cue splits as the whole they were, and neither what stands inside another
/// statement nor one that only says some of it once more.
fn given(text: &str, statements: &[&Statement]) -> String {
    let inside = |s: &Statement| {
        let own = s.content.span();
        let around = |o: &Statement| o.content.span().start() <= own.start() && own.end() <= o.content.span().end();
        statements.iter().any(|o| o.content.span() != own && around(o))
    };
    // The longest, in the order of the text.
    let mut longest: Vec<&&Statement> = statements.iter().filter(|s| !inside(s)).collect();
    longest.sort_by_key(|s| std::cmp::Reverse(s.content.span().len()));
    longest.truncate(MAX_PARTS);
    longest.sort_by_key(|s| s.content.span());
    let parts: Vec<String> = longest.into_iter().map(|s| clean(s.content.exact())).collect();
    let joined = |taken: &[bool]| {
        let of = parts.iter().zip(taken).filter(|(_, taken)| **taken).map(|(part, _)| part.as_str());
        of.collect::<Vec<_>>().join(" ")
    };
    let apart = |taken: &[bool]| diff::compare(text, &joined(taken)).apart();
    let mut taken = vec![false; parts.len()];
    let mut least = usize::MAX;
    // The one that is nearest to it, and then whatever brings it nearer.
    loop {
        let tries = (0..parts.len()).filter(|&n| !taken[n]).map(|n| {
            let mut with = taken.clone();
            with[n] = true;
            (apart(&with), n)
        });
        match tries.min().filter(|(apart, _)| *apart < least) {
            Some((apart, n)) => (least, taken[n]) = (apart, true),
            None => break,
        }
    }
    joined(&taken)
}

/// Whether words only greet or thank, by how they begin: "Thanks very much. And thanks, everybody."
fn is_courtesy(text: &str) -> bool {
    let mut words = phrase::words(text).map(str::to_lowercase);
    words.next().is_some_and(|w| GREETING.has(&w) || w == "good" && words.next().is_some_and(|w| GREETING.has(&w)))
}

/// Words of a saying; of signs that no spaces part, some three make one.
fn words(text: &str) -> usize {
    let wide = text.chars().filter(|c| c.is_alphanumeric() && c.width() == Some(2)).count();
    phrase::words(text).count().max(wide / 3)
}

/// By what word, where and when it was said, and who is credited; several answers stand side by side.
fn setting(builder: &ViewBuilder<'_>, statements: &[&Statement]) -> Vec<String> {
    let mut answers: Vec<String> = Vec::new();
    // "the plan as a good day's work" reads as nothing without "described"; plain cues go without saying.
    let longest = statements.iter().max_by_key(|s| s.content.span().len()).filter(|s| s.mode != Mode::Direct);
    let cue = longest.and_then(|s| s.cue.as_ref()).map(|c| clean(c.exact()));
    answers.extend(cue.filter(|c| !PLAIN_CUE.has(&c.to_lowercase())));
    let media = statements.iter().filter_map(|s| s.medium.as_deref()).map(clean);
    let vias = statements.iter().filter_map(|s| s.via.as_deref()).map(|v| format!("via {}", clean(v)));
    let dates = statements.iter().filter_map(|s| s.date).map(|d| date_within(d, builder.year));
    let in_doubt = statements.iter().all(|s| Statement::is_doubted(s.confidence));
    let doubts = statements.iter().filter(|_| in_doubt).filter_map(|s| doubt(s));
    for answer in media.chain(vias).chain(dates).chain(doubts) {
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    answers
}

impl Sayings {
    /// How many sayings a short list shows.
    pub fn total_shown(&self) -> usize {
        self.speakers.iter().take(self.shown).map(|s| s.shown).sum()
    }

    /// "2 more speakers, 3 more sayings", for what follows a short list of speakers.
    pub fn rest(&self) -> Option<String> {
        let rest = &self.speakers[self.shown..];
        let sayings = rest.iter().map(|s| s.sayings.len()).sum();
        (!rest.is_empty()).then(|| {
            format!(
                "{} with {}",
                count(rest.len(), "more speaker", "more speakers"),
                count(sayings, "saying", "sayings")
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::is_courtesy;

    #[test]
    fn greetings_say_nothing() {
        assert!(is_courtesy("Thanks very much. And thanks, everybody.") && is_courtesy("Good evening, everyone."));
        assert!(!is_courtesy("Good ferries are rare.") && !is_courtesy("We thank nobody.") && !is_courtesy(""));
    }
}
