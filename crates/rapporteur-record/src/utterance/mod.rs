//! The same words as several reports give them: cut, with an editor's brackets, reworded, in other marks.
//!
//! Statements that are alike to the word are one class first, so that a wire story in a thousand reports costs what it
//! costs once. Classes meet over an index of word shingles: four words in a row whoever speaks, two words in a row of
//! one speaker. Only those that meet are aligned (`compare`), which keeps the work near linear.

mod compare;
pub(crate) mod words;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Mode, Relation, StatementFinding, StatementId, Utterance, UtteranceId};

use crate::entity::Sets;
use compare::{Kinship, Spoken, kinship};
use words::{Word, words};

/// How many earlier classes of one shingle a class is compared with: words shared by more are no help.
const MOST_NEIGHBOURS: usize = 24;

/// A statement, what it needs to be compared, and who speaks.
pub(crate) struct Candidate<'f> {
    pub(crate) id: StatementId,
    pub(crate) finding: &'f StatementFinding,
    /// The entity that speaks, by its index.
    pub(crate) speaker: Option<usize>,
}

/// What was found about the same words.
pub(crate) struct Found {
    /// The utterances, each with the index of its speaker.
    pub(crate) utterances: Vec<(Utterance, Option<usize>)>,
    /// The utterance of each statement, by the statement's index.
    pub(crate) of: Vec<Option<UtteranceId>>,
}

/// Finds the same words among `statements`, which must come in a fixed order.
pub(crate) fn find(statements: &[Candidate<'_>]) -> Found {
    let classes = classes(statements);
    let mut sets = Sets::new(classes.len());
    for (a, b) in meetings(&classes) {
        let (x, y) = (&classes[a], &classes[b]);
        let same_speaker = x.speaker == y.speaker || x.speaker.is_none() || y.speaker.is_none();
        if sets.find(a) != sets.find(b) && x.spoken.same_words(&y.spoken, same_speaker) {
            sets.union(a, b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for class in 0..classes.len() {
        groups.entry(sets.find(class)).or_default().push(class);
    }
    let mut found = Found { utterances: Vec::new(), of: vec![None; statements.len()] };
    for group in groups.values() {
        let mut members: Vec<usize> = group.iter().flat_map(|&c| classes[c].members.iter().copied()).collect();
        members.sort_unstable();
        let reports: BTreeSet<_> = members.iter().map(|&m| statements[m].finding.content.report()).collect();
        if reports.len() < 2 {
            continue;
        }
        let (utterance, speaker) = utterance(group, &members, &classes, statements);
        for m in members {
            found.of[m] = Some(utterance.id.clone());
        }
        found.utterances.push((utterance, speaker));
    }
    found
}

/// Statements alike to the word by one speaker.
struct Class {
    spoken: Spoken,
    speaker: Option<usize>,
    members: Vec<usize>,
}

fn classes(statements: &[Candidate<'_>]) -> Vec<Class> {
    let mut by_words: BTreeMap<(Spoken, Option<usize>), Vec<usize>> = BTreeMap::new();
    for (i, s) in statements.iter().enumerate() {
        if s.finding.mode != Mode::Indirect {
            by_words.entry((spoken(s.finding), s.speaker)).or_default().push(i);
        }
    }
    by_words.into_iter().map(|((spoken, speaker), members)| Class { spoken, speaker, members }).collect()
}

fn spoken(finding: &StatementFinding) -> Spoken {
    let kept = |text: &str| words(text).into_iter().filter(|w| !w.inserted).collect::<Vec<Word>>();
    Spoken {
        all: kept(finding.content.exact()),
        quoted: finding.quoted.iter().map(|q| kept(q.exact())).filter(|q| !q.is_empty()).collect(),
    }
}

/// Pairs of classes that share a shingle, each pair once, in order.
fn meetings(classes: &[Class]) -> BTreeSet<(usize, usize)> {
    // A shingle of four words is looked up for any speaker, one of two words for one speaker only.
    let mut index: BTreeMap<(Option<usize>, Vec<&str>), Vec<usize>> = BTreeMap::new();
    for (c, class) in classes.iter().enumerate() {
        let text: Vec<&str> = class.spoken.all.iter().map(|w| w.folded.as_str()).collect();
        for (at, four) in text.windows(4).enumerate() {
            if class.spoken.all[at..at + 4].iter().any(Word::is_content) {
                index.entry((None, four.to_vec())).or_default().push(c);
            }
        }
        if let Some(speaker) = class.speaker {
            for (at, two) in text.windows(2).enumerate() {
                if class.spoken.all[at..at + 2].iter().any(Word::is_content) {
                    index.entry((Some(speaker), two.to_vec())).or_default().push(c);
                }
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for posting in index.values() {
        for (n, &b) in posting.iter().enumerate() {
            for &a in &posting[n.saturating_sub(MOST_NEIGHBOURS)..n] {
                if a != b {
                    pairs.insert((a.min(b), a.max(b)));
                }
            }
        }
    }
    pairs
}

fn utterance(
    group: &[usize],
    members: &[usize],
    classes: &[Class],
    statements: &[Candidate<'_>],
) -> (Utterance, Option<usize>) {
    // The fullest form is the longest that stands wholly in marks; only if none does, the longest at all.
    let fullest = members.iter().copied().max_by_key(|&m| {
        let f = statements[m].finding;
        (f.mode == Mode::Direct, f.content.exact().len(), std::cmp::Reverse(m))
    });
    let text = fullest.map(|m| statements[m].finding.content.exact().to_owned()).unwrap_or_default();
    let fullest_class = group.iter().copied().find(|&c| fullest.is_some_and(|m| classes[c].members.contains(&m)));
    let kin = fullest_class
        .map(|full| group.iter().map(|&c| kinship(&classes[full].spoken, &classes[c].spoken)).max())
        .unwrap_or_default()
        .unwrap_or(Kinship::Identical);
    let relation = match kin {
        Kinship::Identical => Relation::Identical,
        Kinship::Cut => Relation::Cut,
        Kinship::Reworded => Relation::Reworded,
    };
    let mut speakers: BTreeMap<usize, usize> = BTreeMap::new();
    for &m in members {
        if let Some(speaker) = statements[m].speaker {
            *speakers.entry(speaker).or_default() += 1;
        }
    }
    let speaker = speakers.into_iter().max_by_key(|&(s, n)| (n, std::cmp::Reverse(s))).map(|(s, _)| s);
    let ids: Vec<StatementId> = members.iter().map(|&m| statements[m].id.clone()).collect();
    let id = UtteranceId::from_content(&ids.iter().map(StatementId::as_str).min().into_iter().collect::<Vec<_>>());
    (Utterance { id, speaker: None, relation, text, statements: ids }, speaker)
}
