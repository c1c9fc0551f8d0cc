//! The same words as several reports give them: cut, with an editor's brackets, reworded, in other marks.
//!
//! Statements that are alike to the word are one class first, so that a wire story in a thousand reports costs what it
//! costs once. Classes meet over an index of word shingles: four words in a row whoever speaks, two words in a row of
//! one speaker, a quoted scrap of one word. Only those that meet are aligned (`compare`), which keeps the work near
//! linear. What is the same word for word is joined first; what is only like it joins only where the other report has
//! nothing better.

mod compare;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hasher;

use rapporteur_schema::{Mode, Relation, Statement, StatementFinding, StatementId, Utterance, UtteranceId};

use crate::context::MergeContext;
use crate::entity::Sets;
use crate::words::{QuickHasher, QuickMap, Word};
use compare::{MatchKind, Similarity, Speakers, UtteranceWords, match_kind, similarity};

/// How many earlier classes of one shingle a class is compared with: words shared by more are no help.
const MAX_NEIGHBOURS: usize = 24;

/// A statement, what it needs to be compared, and who speaks.
pub(crate) struct Candidate<'f> {
    pub(crate) id: StatementId,
    /// The findings it comes from.
    pub(crate) report: usize,
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
pub(crate) fn find(story: &MergeContext<'_>, statements: &[Candidate<'_>]) -> Found {
    let classes = classes(story, statements);
    let mut sets = join(&classes, &common(story, &classes));
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for class in 0..classes.len() {
        groups.entry(sets.find(class)).or_default().push(class);
    }
    let mut found = Found { utterances: Vec::new(), of: vec![None; statements.len()] };
    for group in groups.values() {
        let mut members: Vec<usize> = group.iter().flat_map(|&c| classes[c].members.iter().copied()).collect();
        members.sort_unstable();
        if members.iter().all(|&m| statements[m].report == statements[members[0]].report) {
            continue;
        }
        let (utterance, speaker) = utterance(story, group, &members, &classes, statements);
        for m in members {
            found.of[m] = Some(utterance.id.clone());
        }
        found.utterances.push((utterance, speaker));
    }
    found
}

/// Statements alike to the word by one speaker.
struct Class {
    spoken: UtteranceWords,
    /// Which of the words are quoted: first of them and how many.
    places: Vec<(usize, usize)>,
    speaker: Option<usize>,
    members: Vec<usize>,
    /// The findings that have it, in order.
    reports: Vec<usize>,
}

fn classes(story: &MergeContext<'_>, statements: &[Candidate<'_>]) -> Vec<Class> {
    // By speaker and words, and then by which of the words are quoted.
    let mut at: QuickMap<(Option<usize>, u64), Vec<usize>> = QuickMap::default();
    let mut classes: Vec<Class> = Vec::new();
    let (mut all, mut quoted): (Vec<Word>, Vec<_>) = (Vec::new(), Vec::new());
    for (i, s) in statements.iter().enumerate().filter(|(_, s)| s.finding.mode != Mode::Indirect) {
        let content = story.words_at(s.report, &s.finding.content);
        let words = &story.words[s.report];
        all.clear();
        all.extend(words[content.clone()].iter().filter(|t| !t.inserted).map(|t| t.word));
        quoted.clear();
        quoted.extend(s.finding.quoted.iter().map(|q| story.words_at(s.report, q)));
        let places = || quoted.iter().map(|q| (q.start.saturating_sub(content.start), q.len()));
        let mut key = QuickHasher::default();
        all.iter().for_each(|w| key.write_u32(w.number()));
        let alike = at.entry((s.speaker, key.finish())).or_default();
        let same = |&&c: &&usize| classes[c].spoken.all == all && classes[c].places.iter().copied().eq(places());
        let class = alike.iter().find(same).copied().unwrap_or_else(|| {
            let mut spoken = UtteranceWords::new(all.clone());
            quoted.iter().for_each(|q| spoken.add_quoted(&words[q.clone()]));
            let (speaker, places) = (s.speaker, places().collect());
            classes.push(Class { spoken, places, speaker, members: Vec::new(), reports: Vec::new() });
            alike.push(classes.len() - 1);
            classes.len() - 1
        });
        let class = &mut classes[class];
        class.members.push(i);
        if class.reports.last() != Some(&s.report) {
            class.reports.push(s.report);
        }
    }
    classes
}

/// The quoted scraps of two words that reports use in their own words as well: no sign of the same saying.
fn common(story: &MergeContext<'_>, classes: &[Class]) -> HashSet<[Word; 2]> {
    let quoted = classes.iter().flat_map(|c| &c.spoken.quoted);
    let scraps: HashSet<[Word; 2]> = quoted.filter_map(|q| <[Word; 2]>::try_from(q.as_slice()).ok()).collect();
    let mut common = HashSet::new();
    if scraps.is_empty() {
        return common;
    }
    for report in 0..story.reports.len() {
        let narrated = &story.narrated[report];
        for (two, own) in story.words[report].windows(2).zip(narrated.windows(2)) {
            let two = [two[0].word, two[1].word];
            if own[0] && own[1] && scraps.contains(&two) {
                common.insert(two);
            }
        }
    }
    common
}

/// Joins the classes that give the same words.
fn join(classes: &[Class], common: &HashSet<[Word; 2]>) -> Sets {
    let rare = |words: &[Word]| <[Word; 2]>::try_from(words).is_ok_and(|two| !common.contains(&two));
    let mut sets = Sets::new(classes.len());
    let mut sure: Vec<Vec<usize>> = vec![Vec::new(); classes.len()];
    let mut weak: Vec<(usize, usize)> = Vec::new();
    for (a, b) in pairs(classes) {
        let (x, y) = (&classes[a], &classes[b]);
        let speakers = match (x.speaker, y.speaker) {
            (Some(x), Some(y)) if x == y => Speakers::Same,
            (Some(_), Some(_)) => Speakers::Two,
            _ => Speakers::Unclear,
        };
        match match_kind(&x.spoken, &y.spoken, speakers, &rare) {
            Some(MatchKind::Strong) => {
                sets.union(a, b);
                sure[a].push(b);
                sure[b].push(a);
            }
            // What one report tells in two ways is two things; it would have repeated itself word for word.
            Some(MatchKind::Weak) if x.reports != y.reports || x.reports.len() > 1 => weak.push((a, b)),
            Some(MatchKind::Weak) => {}
            None => {}
        }
    }
    // What says the same word for word in a report is better than what is only like it there.
    let served = |one: usize, by: usize| {
        let reports = &classes[by].reports;
        sure[one].iter().any(|&s| classes[s].reports.iter().any(|r| reports.binary_search(r).is_ok()))
    };
    for (a, b) in weak {
        let (short, long) = if classes[a].spoken.all.len() <= classes[b].spoken.all.len() { (a, b) } else { (b, a) };
        if !served(short, long) {
            sets.union(a, b);
        }
    }
    sets
}

/// Pairs of classes that share a shingle, each pair once, in order.
fn pairs(classes: &[Class]) -> BTreeSet<(usize, usize)> {
    // A shingle of four words is looked up for any speaker, one of two words, or a scrap, for one speaker only; who is
    // not known may be anybody.
    let mut index: Vec<(usize, [Word; 4], usize)> = Vec::new();
    const ANY: usize = usize::MAX;
    const UNKNOWN: usize = usize::MAX - 1;
    let mut scraps: HashSet<Word> = HashSet::new();
    for class in classes {
        scraps.extend(class.spoken.quoted.iter().filter(|q| q.len() == 1 && q[0].is_content()).map(|q| q[0]));
    }
    for (c, class) in classes.iter().enumerate() {
        let telling = |words: &[Word]| words.iter().any(|w| w.is_content());
        let speaker = class.speaker.unwrap_or(UNKNOWN);
        for quoted in &class.spoken.quoted {
            for four in quoted.windows(4).filter(|w| telling(w)) {
                index.push((ANY, [four[0], four[1], four[2], four[3]], c));
            }
            for &word in quoted.iter().filter(|w| scraps.contains(w)) {
                index.push((speaker, [word, Word::NONE, Word::NONE, Word::NONE], c));
            }
            // An unnamed speaker's short words are looked up among everybody's of the same length.
            if quoted.len() <= 4 {
                for two in quoted.windows(2).filter(|w| telling(w)) {
                    index.push((UNKNOWN, [two[0], two[1], Word::NONE, Word::NONE], c));
                }
            }
        }
        for two in class.spoken.all.windows(2).filter(|w| telling(w)) {
            index.push((speaker, [two[0], two[1], Word::NONE, Word::NONE], c));
        }
    }
    index.sort_unstable();
    index.dedup();
    let mut pairs = BTreeSet::new();
    for posting in index.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (n, &(.., b)) in posting.iter().enumerate() {
            for &(.., a) in &posting[n.saturating_sub(MAX_NEIGHBOURS)..n] {
                pairs.insert((a, b));
            }
        }
    }
    pairs
}

/// Reports at most whose whole text is gone through for words that they give apart.
const MAX_READ: usize = 16;

/// Whether a report's text gives all these words, however parted: four in a row at a time, and what is left beside such a row ("Is it
/// true," Roe asked her, "that …") no farther from it than a sentence.
fn gives_all(story: &MergeContext<'_>, report: usize, words: &[Word]) -> bool {
    const ROW: usize = 4;
    // Words of a sentence that may stand between, and places of one row that are looked at.
    const BESIDE: usize = 24;
    const PLACES: usize = 32;
    let text: Vec<Word> = story.words[report].iter().filter(|t| !t.inserted).map(|t| t.word).collect();
    let mut rows: HashMap<&[Word], Vec<usize>> = HashMap::new();
    for (at, row) in text.windows(ROW).enumerate() {
        let places = rows.entry(row).or_default();
        if places.len() < PLACES {
            places.push(at);
        }
    }
    let mut given = vec![false; words.len()];
    for (at, row) in words.windows(ROW).enumerate() {
        if rows.contains_key(row) {
            given[at..at + ROW].iter_mut().for_each(|g| *g = true);
        }
    }
    let mut at = 0;
    for run in given.clone().chunk_by(|a, b| a == b) {
        let (from, to) = (at, at + run.len());
        at = to;
        // The row behind it, or else before it, says where it has to stand.
        let row = if to + ROW <= words.len() { Some(to) } else { from.checked_sub(ROW) };
        let Some(row) = row.filter(|_| !run[0] && run.len() < ROW) else { continue };
        let mut places = rows.get(&words[row..row + ROW]).into_iter().flatten().copied();
        let is_beside = |place: usize| {
            let near = &text[place.saturating_sub(BESIDE)..text.len().min(place + ROW + BESIDE)];
            near.windows(run.len()).any(|w| w == &words[from..to])
        };
        if places.any(is_beside) {
            given[from..to].iter_mut().for_each(|g| *g = true);
        }
    }
    words.len() >= ROW && given.iter().all(|given| *given)
}

fn utterance(
    story: &MergeContext<'_>,
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
    let has = |c: usize, m: usize| classes[c].members.binary_search(&m).is_ok();
    let fullest_class = group.iter().copied().find(|&c| fullest.is_some_and(|m| has(c, m)));
    let kin = fullest_class
        .and_then(|full| group.iter().map(|&c| similarity(&classes[full].spoken, &classes[c].spoken)).max())
        .unwrap_or(Similarity::Identical);
    let mut reports: Vec<usize> = members.iter().map(|&m| statements[m].report).collect();
    reports.dedup();
    let apart = |full: usize| reports.iter().all(|&r| gives_all(story, r, &classes[full].spoken.all));
    let relation = match kin {
        Similarity::Identical => Relation::Identical,
        // A report that gives the words in two places has cut none of them.
        Similarity::Cut if reports.len() <= MAX_READ && fullest_class.is_some_and(apart) => Relation::Identical,
        Similarity::Cut => Relation::Cut,
        Similarity::Reworded => Relation::Reworded,
    };
    // Whom a name tells counts before whom a pronoun means.
    let mut speakers: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for &m in members {
        let Some(speaker) = statements[m].speaker else { continue };
        let (sure, all) = speakers.entry(speaker).or_default();
        *sure += usize::from(!Statement::is_doubted(statements[m].finding.confidence));
        *all += 1;
    }
    let speaker = speakers.into_iter().max_by_key(|&(s, n)| (n, std::cmp::Reverse(s))).map(|(s, _)| s);
    let ids: Vec<StatementId> = members.iter().map(|&m| statements[m].id.clone()).collect();
    let id = UtteranceId::from_content(&ids.iter().map(StatementId::as_str).min().into_iter().collect::<Vec<_>>());
    (Utterance { id, speaker: None, relation, text, statements: ids }, speaker)
}
