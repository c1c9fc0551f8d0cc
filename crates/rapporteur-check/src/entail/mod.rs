//! Whether the reports say what a sentence of the draft says: clause by clause, in doubt never yes.
//!
//! Similarity only proposes: the sentences of the reports that have most of the telling words are candidates, and their
//! clauses are asked for. A sentence is *supported* where each of its clauses is settled by a clause of a report (predicate,
//! participants, polarity, mood) and nothing else in it is doubted; *contradicted* where a clause that speaks of the same
//! thing excludes it and none settles it; else *unclear* where sentences come near, and *not in the reports* where none does.

mod assertion;
mod stranger;
mod values;
mod weigh;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rapporteur_lexicon::cues;
use rapporteur_schema::{Char, Clause, Report, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::index::{ComparisonIndex, Doc, Hit};
use crate::limits::Quota;
use crate::quotation::{self, Quotation};
use crate::verdict::{Judgement, Kind, Severity, Verdict};
use assertion::{Assertion, Conflict};
use weigh::{Finding, MARGIN};

/// From where on two sentences are close enough to be compared by a reader.
const MIN_CLOSE: f64 = 0.4;

/// How much of the telling words of a supported sentence must stand in what supports it.
const MIN_COVERED: f64 = 0.5;

/// How near a clause must come to contradict, its context counted with it.
const MIN_AGAINST: f64 = 0.55;

/// From where on it is sure.
const MIN_SURE: f64 = 0.78;

/// Where clauses come from: the facade, which knows the language runtime; here they are plain data.
#[derive(Clone, Copy)]
pub struct ClauseSource<'a>(pub &'a (dyn Fn(&Report, Span<Char>) -> Vec<Clause> + Sync));

impl std::fmt::Debug for ClauseSource<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClauseSource")
    }
}

/// Clauses that were asked for, each sentence once.
struct Asked<'g, 'a> {
    index: &'g ComparisonIndex<'a>,
    of: HashMap<(usize, usize), Vec<Assertion>>,
}

impl<'g> Asked<'g, '_> {
    fn of_report(&mut self, doc: usize, sentence: usize) -> &[Assertion] {
        let index = self.index;
        self.of.entry((doc, sentence)).or_insert_with(|| {
            let there = &index.docs[doc];
            let clauses = index.reports.clauses(doc, sentence, &|| read(index, there, sentence));
            clauses.iter().map(|c| Assertion::of(index, there, c.clone())).collect()
        })
    }
}

/// The clauses of a sentence, as they are read.
pub(crate) fn read(index: &ComparisonIndex<'_>, doc: &Doc<'_>, sentence: usize) -> Vec<Clause> {
    let Some(span) = doc.span(doc.sentences[sentence].words.clone()) else { return Vec::new() };
    // What is asked is known by its mark, which is no word.
    let marked = Span::new(span.start(), span.end() + 1);
    let asked = doc.report.text.slice(marked).is_some_and(|words| words.ends_with('?'));
    (index.input.clauses.0)(doc.report, if asked { marked } else { span })
}

/// What was made of the sentences.
#[derive(Default)]
pub(crate) struct Judged {
    /// A verdict for each.
    pub(crate) sentences: Vec<Verdict>,
    /// The sentences that a report tells in its own voice, or of whom who says so.
    pub(crate) own_voice: Vec<Span<Char>>,
    /// What is told as a fact and is only what somebody says.
    pub(crate) claims: Vec<Verdict>,
}

/// Judges every sentence of the draft; `verdicts` is what was found of its parts.
pub(crate) fn check(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    quotations: &[Quotation],
    verdicts: &[Verdict],
    cut: &mut Vec<String>,
) -> Judged {
    let asked = Asked { index, of: HashMap::new() };
    let mut judge = Judge { index, builder, quotations, verdicts, asked, out: Judged::default() };
    let mut quota = Quota::of_claims(&index.limits, "sentences by their clauses");
    for number in 0..index.draft.sentences.len() {
        if !quota.take() {
            continue;
        }
        if let Some(span) = index.draft.span(index.draft.sentences[number].words.clone()) {
            let verdict = judge.whole(number, span);
            judge.out.sentences.push(verdict);
        }
    }
    quota.close(cut);
    judge.out
}

/// Judges sentences one by one.
struct Judge<'c, 'g, 'a> {
    index: &'g ComparisonIndex<'a>,
    builder: &'c VerdictBuilder<'g, 'a>,
    quotations: &'c [Quotation],
    /// What was found of the parts of the draft.
    verdicts: &'c [Verdict],
    asked: Asked<'g, 'a>,
    out: Judged,
}

/// A sentence of the draft with all that is known of it before its clauses are weighed.
struct Sentence<'c> {
    number: usize,
    span: Span<Char>,
    words: Range<usize>,
    /// What was found of its parts.
    parts: Vec<&'c Verdict>,
    features: Vec<(u32, f64)>,
    /// The sentences of the reports that come nearest, the best first.
    hits: Vec<Hit>,
    quotations: Vec<&'c Quotation>,
}

/// What the clauses of the reports make of those of a sentence.
struct Weighed<'o> {
    /// The clauses that are told in no quotation.
    told: Vec<&'o Assertion>,
    against: Vec<(Finding, &'o Assertion)>,
    supporting: Vec<Hit>,
    /// The first that nothing settles.
    open: Option<&'o Assertion>,
}

impl<'c, 'g, 'a> Judge<'c, 'g, 'a> {
    fn whole(&mut self, number: usize, span: Span<Char>) -> Verdict {
        let index = self.index;
        let own: Vec<Assertion> =
            read(index, &index.draft, number).into_iter().map(|c| Assertion::of(index, &index.draft, c)).collect();
        let mut sentence = self.sentence(number, span);
        let only_names = || sentence.parts.iter().all(|v| v.kind == Kind::Name);
        if own.is_empty() && only_names() || sentence.features.len() < 2 && sentence.parts.is_empty() {
            let mut verdict = self.builder.verdict(span, Kind::Sentence, Judgement::Unchecked);
            verdict.says = "nothing in it that reports could bear out".to_owned();
            return verdict;
        }
        let weighed = self.weigh(&mut sentence, &own);
        if let Some(wrong) = self.wrong(&sentence, &weighed) {
            return wrong;
        }
        let doubted = sentence
            .parts
            .iter()
            .find(|v| !matches!(v.judgement, Judgement::Supported | Judgement::Exact) || v.severity == Severity::Note);
        let supported = if doubted.is_none() { self.supported(&sentence, &weighed) } else { None };
        supported.unwrap_or_else(|| self.unsettled(&sentence, doubted.copied(), weighed.open))
    }

    fn sentence(&self, number: usize, span: Span<Char>) -> Sentence<'c> {
        let words = self.index.draft.sentences[number].words.clone();
        let features = self.index.features_of(words.clone(), &[]);
        let of_it = |v: &&Verdict| v.kind != Kind::Sentence && v.at.span().overlaps(span);
        Sentence {
            number,
            span,
            parts: self.verdicts.iter().filter(of_it).collect(),
            hits: weigh::candidates(self.index, &features),
            quotations: quotation::among(self.quotations, &words).collect(),
            features,
            words,
        }
    }

    /// Lays the clauses of a sentence beside those of the reports.
    fn weigh<'o>(&mut self, sentence: &mut Sentence<'c>, own: &'o [Assertion]) -> Weighed<'o> {
        let draft = &self.index.draft;
        let quoted = |at: Span<Char>| {
            let inside = draft.words_at(at);
            !inside.is_empty() && inside.clone().all(|w| draft.quoted[w].is_some())
        };
        let told: Vec<&Assertion> = own.iter().filter(|a| !quoted(a.clause.at)).collect();
        let mut out = Weighed { told, against: Vec::new(), supporting: Vec::new(), open: None };
        let (mut own_voice, mut spoken): (bool, Option<(Hit, usize, usize)>) = (false, None);
        for &ours in &out.told {
            let (settled, opposed, voice) = weigh::weigh(self.index, &mut self.asked, &sentence.hits, ours);
            own_voice |= voice.own;
            spoken = spoken.or(voice.spoken.filter(|_| ours.said.is_none() && !ours.clause.nominal));
            match (settled, opposed) {
                (Some(with), None) => out.supporting.push(with.hit),
                (Some(with), Some(other)) if with.near + MARGIN >= other.near => out.supporting.push(with.hit),
                (_, Some(other)) if other.near >= MIN_AGAINST => out.against.push((other, ours)),
                // A noun is no assertion by itself: what it tells is told by the verb as well.
                _ if ours.clause.nominal => {}
                _ => out.open = out.open.or(Some(ours)),
            }
        }
        if own_voice {
            self.out.own_voice.push(sentence.span);
            sentence.parts.retain(|v| v.judgement != Judgement::OneSide);
        } else if let Some((hit, theirs, speaker)) = spoken {
            let claim = self.one_side(sentence.span, hit, theirs, speaker);
            self.out.claims.extend(claim);
        }
        out.against.sort_by(|a, b| b.0.near.total_cmp(&a.0.near));
        out.supporting.dedup_by_key(|h| (h.doc, h.sentence));
        out
    }

    /// What contradicts a sentence, the gravest.
    fn wrong(&mut self, sentence: &Sentence<'c>, weighed: &Weighed<'_>) -> Option<Verdict> {
        let index = self.index;
        let mut verdict = self.builder.verdict(sentence.span, Kind::Sentence, Judgement::Contradicted);
        if let Some((doc, at, says)) = values::swapped(index, &sentence.words, &sentence.hits) {
            verdict.severity = Severity::Warning;
            verdict.against = index.docs[doc].report.cite(at).into_iter().collect();
            verdict.says = format!("{says} in {}", self.builder.named([doc]));
            return Some(verdict);
        }
        if let Some((finding, ours)) = weighed.against.first() {
            self.contradicted(&mut verdict, finding, ours);
            return Some(verdict);
        }
        let is_fault =
            |v: &&&Verdict| v.severity == Severity::Error || v.severity == Severity::Warning && wrong(v.judgement);
        let Some(fault) = sentence.parts.iter().find(is_fault) else {
            let (person, hit) = stranger::stranger(index, sentence.number)?;
            verdict.severity = Severity::Warning;
            verdict.against = shown(index, &[hit]);
            let name = &index.entity(person).name;
            verdict.says = format!("{} tells it without {name}", self.builder.named([hit.doc]));
            return Some(verdict);
        };
        verdict.severity = Severity::Note;
        verdict.says = format!("{}: {}", fault.kind.as_str(), fault.says);
        verdict.against = fault.against.clone();
        verdict.sources = fault.sources.clone();
        Some(verdict)
    }

    /// Whether the reports bear all of it out: by an exact quotation with its speaker, or clause by clause.
    fn supported(&self, sentence: &Sentence<'c>, weighed: &Weighed<'_>) -> Option<Verdict> {
        let index = self.index;
        let mut verdict = self.builder.verdict(sentence.span, Kind::Sentence, Judgement::Supported);
        let speech_alone = weighed.told.iter().all(|a| cues().verb(&a.clause.predicate).is_some());
        let attributed = sentence.parts.iter().any(|v| v.kind == Kind::Attribution);
        if sentence.is_exact() && (weighed.told.is_empty() || speech_alone && attributed) {
            let quoted = sentence.parts.iter().find(|v| v.kind == Kind::Quotation);
            verdict.sources = quoted.map(|v| v.sources.clone()).unwrap_or_default();
            let docs = self.builder.docs_of(verdict.sources.iter());
            self.builder.supported(&mut verdict, docs);
        } else {
            let covered = covered(index, &sentence.features, &weighed.supporting, &sentence.quotations);
            if weighed.open.is_some() || weighed.supporting.is_empty() || covered < MIN_COVERED {
                return None;
            }
            verdict.sources = shown(index, &weighed.supporting);
            self.builder.supported(&mut verdict, weighed.supporting.iter().map(|h| h.doc));
        }
        let docs = self.builder.docs_of(verdict.sources.iter());
        verdict.says = format!("so in {}", self.builder.named(docs));
        Some(verdict)
    }

    /// What is neither borne out nor contradicted.
    fn unsettled(&self, sentence: &Sentence<'c>, doubted: Option<&Verdict>, open: Option<&Assertion>) -> Verdict {
        let best = sentence.hits.first().map_or(0.0, |h| h.score);
        let near = best >= MIN_CLOSE || sentence.is_exact();
        let judgement = if near { Judgement::Unclear } else { Judgement::NotFound };
        let mut verdict = self.builder.verdict(sentence.span, Kind::Sentence, judgement);
        verdict.severity = Severity::Note;
        if !near {
            verdict.says = "no sentence of the reports comes near it".to_owned();
            return verdict;
        }
        verdict.sources = shown(self.index, sentence.hits.get(..2.min(sentence.hits.len())).unwrap_or_default());
        let what = match (doubted, open) {
            (Some(part), _) => format!("{}: {}", part.kind.as_str(), part.says),
            (None, Some(ours)) => {
                let words = self.index.draft.report.text.slice(ours.clause.at).unwrap_or_default();
                format!("no clause settles {}", quote(words))
            }
            (None, None) => "the words differ".to_owned(),
        };
        verdict.says = format!("compare: {what}");
        verdict
    }

    /// What the draft tells as a fact and a report only in the words of somebody who claims it.
    fn one_side(&mut self, span: Span<Char>, hit: Hit, theirs: usize, speaker: usize) -> Option<Verdict> {
        // What the sentence tells of who says so, or says is his, is told as his.
        if self.index.draft.seen_at(span).any(|s| s.entity == speaker) {
            return None;
        }
        let at = self.asked.of_report(hit.doc, hit.sentence).get(theirs).map(|a| assertion::place(&a.clause))?;
        let mut verdict = self.builder.verdict(span, Kind::Statement, Judgement::OneSide);
        verdict.severity = Severity::Warning;
        verdict.sources = self.index.docs[hit.doc].report.cite(at).into_iter().collect();
        self.builder.supported(&mut verdict, [hit.doc]);
        let name = &self.index.entity(speaker).name;
        verdict.says = format!("stated as a fact; in {} it is what {name} says", self.builder.named([hit.doc]));
        Some(verdict)
    }

    fn contradicted(&mut self, verdict: &mut Verdict, finding: &Finding, ours: &Assertion) {
        let index = self.index;
        let doc = finding.hit.doc;
        let all = self.asked.of_report(doc, finding.hit.sentence);
        let theirs = all.get(finding.theirs).map(|a| assertion::place(&a.clause));
        let at = theirs.and_then(|at| index.docs[doc].report.cite(at).ok());
        verdict.severity = if finding.near >= MIN_SURE { Severity::Error } else { Severity::Warning };
        let words = at.as_ref().map(|c| quote(c.exact())).unwrap_or_default();
        let how = match finding.pair.conflict {
            Some(Conflict::Swapped) => "who does it to whom is the other way round",
            Some(Conflict::Participant) => "it is told of another",
            Some(Conflict::Mood) => "how sure or how far it is differs",
            Some(Conflict::Speaker) => "somebody else says so",
            _ => "the reports say the opposite",
        };
        let predicate = index.draft.report.text.slice(ours.clause.at).unwrap_or_default();
        verdict.says = format!("{how} ({}): {words} in {}", quote(predicate), self.builder.named([doc]));
        verdict.against = at.into_iter().collect();
    }
}

impl Sentence<'_> {
    /// Whether all its quotations stand so in reports, and there are some.
    fn is_exact(&self) -> bool {
        !self.quotations.is_empty() && self.quotations.iter().all(|q| q.judgement == Judgement::Exact)
    }
}

/// Whether a judgement of a part makes its sentence wrong, not only unproven.
fn wrong(judgement: Judgement) -> bool {
    matches!(
        judgement,
        Judgement::Contradicted
            | Judgement::Altered
            | Judgement::Spliced
            | Judgement::OtherSpeaker
            | Judgement::OtherMedium
            | Judgement::Cut
    )
}

/// The sentences as they are shown.
fn shown(index: &ComparisonIndex<'_>, hits: &[Hit]) -> Vec<rapporteur_schema::Citation> {
    let mut all: Vec<rapporteur_schema::Citation> = Vec::new();
    for hit in hits {
        let doc = &index.docs[hit.doc];
        let cite = doc.cite(doc.sentences[hit.sentence].words.clone());
        all.extend(cite.filter(|c| !all.contains(c)));
    }
    all.truncate(4);
    all
}

/// How much of the features the sentences have together; what stands in exact quotations is there anyway.
fn covered(index: &ComparisonIndex<'_>, features: &[(u32, f64)], hits: &[Hit], quotations: &[&Quotation]) -> f64 {
    let mut there: BTreeSet<u32> = BTreeSet::new();
    for hit in hits {
        there.extend(index.docs[hit.doc].sentences[hit.sentence].features.iter().copied());
    }
    for quotation in quotations.iter().filter(|q| q.judgement == Judgement::Exact) {
        there.extend(index.features_of(quotation.words.clone(), &[]).into_iter().map(|f| f.0));
    }
    let all: f64 = features.iter().map(|f| f.1).sum();
    let has: f64 = features.iter().filter(|f| there.contains(&f.0)).map(|f| f.1).sum();
    if all > 0.0 { has / all } else { 0.0 }
}
