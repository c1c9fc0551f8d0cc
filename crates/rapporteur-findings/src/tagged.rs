//! What the tagger marks in a report, by tokens: where something is told of a kind, who and what belongs to it, and what is no
//! part of the article.
//!
//! Rules ask it three things: which anchors of a kind a paragraph has ([`Tagged::marks`]), how much tokens look like some of a
//! tag ([`Tagged::most`]), and which words fill a role of an anchor ([`Mark::runs`]). Without the tagger all answers are empty.

use std::ops::Range;

use rapporteur_language::{Analysis, Pos, Tag as PartOfSpeech};
use rapporteur_reader::{Label, Role, Tag, Tagger};
use rapporteur_schema::{MeetingKind, MeetingStatus, Stance};

use crate::doc::{At, Doc};
use crate::grammar::head;
use crate::view::View;

/// Words are the cue of a stance from this on: more than the weights' own threshold, for a wrong line costs a reader more than
/// one that is missing, and F1 on annotated dev is the same.
const STANCE: f32 = 0.65;

/// How many tags there are.
const TAGS: usize = Tag::ALL.len();

/// The kinds of what anchors tell, with the roles of each.
const ANCHORS: [(Tag, &[Role]); 5] = [
    (Tag::Statement, &[Role::StatementBy, Role::StatementSaid]),
    (Tag::Gathering, &[Role::GatheringWith, Role::GatheringWhere, Role::GatheringWhen]),
    (Tag::Stance, &[Role::StanceHolder, Role::StanceOn]),
    (Tag::Condition, &[Role::ConditionWhat, Role::ConditionIf]),
    (Tag::Figure, &[]),
];

/// The tag scores and anchors of one paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tagged {
    /// For each token, a score for each tag; empty where the tagger did not read the paragraph.
    scores: Vec<[f32; TAGS]>,
    /// The anchors, in order.
    marks: Vec<Mark>,
}

/// Words by which something of a kind is told.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// Which kind.
    pub(crate) tag: Tag,
    /// The words.
    pub(crate) tokens: Range<usize>,
    /// How sure, 0 to 1.
    pub(crate) score: f32,
    /// Of a stance, which, and how likely.
    pub(crate) stance: Option<(Stance, f32)>,
    /// Of a gathering, how far it has come, and how likely.
    pub(crate) status: Option<(MeetingStatus, f32)>,
    /// Of a gathering, what kind it is.
    pub(crate) kind: Option<MeetingKind>,
    /// The first token in its reach, which the roles' likelihoods begin with.
    pub(crate) reach: usize,
    /// For each role of its kind, from what on a token fills it, and how likely each token in its reach does.
    pub(crate) roles: Vec<(Role, f32, Vec<f32>)>,
}

/// A sentence whose words look like furniture on the mean by this is furniture.
const FURNITURE: f32 = 0.35;

/// Lets the tagger read the paragraphs of a report; without one, nothing is marked.
pub(crate) fn read(tagger: Option<&Tagger>, view: &View<'_>, analyses: &[Analysis]) -> Vec<Tagged> {
    let Some(tagger) = tagger else { return vec![Tagged::default(); analyses.len()] };
    // All paragraphs at once: the tagger's matrices then have many rows.
    let mut text = String::new();
    let mut windows = Vec::new();
    for paragraph in &view.paragraphs {
        let start = text.len();
        text.push_str(&paragraph.text);
        windows.push(start..text.len());
        text.push('\n');
    }
    let read = tagger.read(&text, &windows);
    // What is called off will not be; a meeting and a session are talks in a record.
    let status = |l: Label<'_>| {
        let status = MeetingStatus::from_word(l.name);
        status.map(|s| (s, l.probability))
    };
    let kind = |l: Label<'_>| MeetingKind::from_word(l.name).unwrap_or(MeetingKind::Talks);
    let of = |(read, analysis): (&rapporteur_reader::Tagged<'_>, &Analysis)| {
        let base = read.window().start;
        let at = |t: usize| base + analysis.token(t).start as usize..base + analysis.token(t).end as usize;
        let scores = (0..analysis.len()).map(|t| Tag::ALL.map(|tag| read.tag_mean(tag, at(t)))).collect();
        let mut marks = Vec::new();
        for (tag, roles) in ANCHORS {
            let least = if tag == Tag::Stance { STANCE } else { tagger.threshold(tag) };
            for anchor in read.anchors(tag, Some(least)) {
                let tokens = |bytes: Range<usize>| {
                    let first = analysis.tokens().partition_point(|t| t.end as usize + base <= bytes.start);
                    let last = analysis.tokens().partition_point(|t| t.start as usize + base < bytes.end);
                    first..last
                };
                let (place, reach) = (tokens(anchor.at.clone()), tokens(read.reach(&anchor)));
                if place.is_empty() {
                    continue;
                }
                let role = |&role: &Role| {
                    let likely = reach.clone().map(|t| read.role_score(role, &anchor, at(t))).collect();
                    (role, tagger.role_threshold(role), likely)
                };
                let stance = anchor.stance.and_then(|l| Some((Stance::from_word(l.name)?, l.probability)));
                let (status, kind) = (anchor.status.and_then(status), anchor.kind.map(kind));
                let roles = roles.iter().map(role).collect();
                let (score, reach) = (anchor.score, reach.start);
                marks.push(Mark { tag, tokens: place, score, stance, status, kind, reach, roles });
            }
        }
        Tagged::new(scores, marks)
    };
    read.iter().zip(analyses).map(of).collect()
}

impl Tagged {
    /// Of what the tagger says.
    fn new(scores: Vec<[f32; TAGS]>, mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|m| (m.tokens.start, m.tokens.end));
        Tagged { scores, marks }
    }

    /// The sentences, by their first tokens, that are no part of the article.
    pub(crate) fn furniture(&self, starts: &[u32], tokens: usize) -> Vec<Range<usize>> {
        let ends = starts.iter().skip(1).map(|&t| t as usize).chain([tokens]);
        let all = starts.iter().map(|&t| t as usize).zip(ends).map(|(start, end)| start..end);
        all.filter(|s| self.mean(Tag::Furniture, s.clone()).is_some_and(|m| m >= FURNITURE)).collect()
    }

    /// The anchors of a kind, in order.
    pub(crate) fn marks(&self, tag: Tag) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(move |m| m.tag == tag)
    }

    /// The mean score of some tokens.
    pub(crate) fn mean(&self, tag: Tag, tokens: Range<usize>) -> Option<f32> {
        let of = self.scores.get(tokens).filter(|s| !s.is_empty())?;
        Some(of.iter().map(|s| s[tag as usize]).sum::<f32>() / of.len() as f32)
    }

    /// The highest score among some tokens.
    pub(crate) fn most(&self, tag: Tag, tokens: Range<usize>) -> Option<f32> {
        self.scores.get(tokens)?.iter().map(|s| s[tag as usize]).reduce(f32::max)
    }
}

impl Mark {
    /// The runs of words that fill a role, with the mean likelihood of each, in order.
    pub(crate) fn runs(&self, role: Role) -> Vec<(Range<usize>, f32)> {
        let Some((_, least, likely)) = self.roles.iter().find(|(r, ..)| *r == role) else { return Vec::new() };
        let mut out: Vec<(Range<usize>, f32)> = Vec::new();
        for (t, &likely) in (self.reach..).zip(likely).filter(|(_, l)| **l >= *least) {
            match out.last_mut().filter(|(run, _)| run.end == t) {
                Some((run, sum)) => {
                    run.end = t + 1;
                    *sum += likely;
                }
                None => out.push((t..t + 1, likely)),
            }
        }
        out.iter_mut().for_each(|(run, sum)| *sum /= run.len() as f32);
        out
    }

    /// The words of a role as one stretch, from the likeliest run on: neighbours that a word or two part are joined.
    pub(crate) fn stretch(&self, role: Role, gap: usize) -> Option<Range<usize>> {
        let mut joined: Vec<(Range<usize>, f32)> = Vec::new();
        for (run, likely) in self.runs(role) {
            let weight = likely * run.len() as f32;
            match joined.last_mut().filter(|(last, _)| run.start <= last.end + gap) {
                Some((last, sum)) => {
                    last.end = run.end;
                    *sum += weight;
                }
                None => joined.push((run, weight)),
            }
        }
        joined.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(run, _)| run)
    }

    /// How likely some words fill a role: their mean.
    pub(crate) fn role(&self, role: Role, tokens: Range<usize>) -> f32 {
        let Some(tokens) =
            tokens.start.checked_sub(self.reach).map(|start| start..tokens.end.max(self.reach) - self.reach)
        else {
            return 0.0;
        };
        let of = self.roles.iter().find(|(r, ..)| *r == role).and_then(|(_, _, l)| l.get(tokens));
        of.filter(|l| !l.is_empty()).map_or(0.0, |l| l.iter().sum::<f32>() / l.len() as f32)
    }

    /// Its place.
    pub(crate) fn at(&self, p: usize) -> At {
        At::new(p, self.tokens.clone())
    }
}

/// The word of some that the others hang on.
pub(crate) fn top(doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> usize {
    tokens.clone().find(|&t| head(doc, p, t).is_none_or(|h| !tokens.contains(&h))).unwrap_or(tokens.start)
}

/// A run of words as a reader would underline it: without a mark, a joining word, a preposition or a bare genitive at its ends;
/// nothing where no word with a meaning of its own is left.
pub(crate) fn underlined(doc: &Doc<'_>, p: usize, run: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = run;
    let pos = |t: usize| doc.tokens(p)[t].pos;
    let joins = |t: usize| matches!(pos(t), Pos::Punct | Pos::Space | Pos::Cconj | Pos::Adp);
    let tag = |t: usize| doc.tokens(p)[t].tag;
    let relative = |t: usize| matches!(tag(t), PartOfSpeech::Wdt | PartOfSpeech::Wp | PartOfSpeech::WpPoss);
    let opens = |t: usize| matches!(pos(t), Pos::Det | Pos::Sconj | Pos::Aux | Pos::Part) || relative(t);
    while start < end && (joins(start) || tag(start) == PartOfSpeech::Pos) {
        start += 1;
    }
    while start < end && (joins(end - 1) || opens(end - 1)) && !matches!(doc.word(p, end - 1), "%" | ")" | "]") {
        end -= 1;
    }
    let means = |t: usize| matches!(pos(t), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj | Pos::Num);
    (start..end).any(means).then_some(start..end)
}
