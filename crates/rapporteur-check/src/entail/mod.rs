//! Whether the reports say what a sentence of the draft says: clause by clause, in doubt never yes.
//!
//! Similarity only proposes: the sentences of the reports that have most of the telling words are candidates, and their
//! clauses are asked for. A sentence is *supported* where each of its clauses is settled by a clause of a report (predicate,
//! participants, polarity, mood) and nothing else in it is doubted; *contradicted* where a clause that speaks of the same
//! thing excludes it and none settles it; else *unclear* where sentences come near, and *not in the reports* where none does.

mod assertion;
mod stranger;
mod values;

use std::collections::{BTreeSet, HashMap};

use rapporteur_lexicon::words::clause::CONTESTED;
use rapporteur_lexicon::{cues, senses};
use rapporteur_schema::{Char, Clause, Report, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::index::{ComparisonIndex, Doc, Hit};
use crate::limits::Quota;
use crate::quotation::{self, Quotation};
use crate::verdict::{Judgement, Kind, Severity, Verdict};
use assertion::{Assertion, Conflict, Pair, Relation, Sameness};

/// Sentences of the reports beside which a sentence of the draft is laid.
const CANDIDATES: usize = 8;

/// How much of a sentence of the draft another must have to be a candidate.
const MIN_CANDIDATE: f64 = 0.2;

/// From where on two sentences are close enough to be compared by a reader.
const MIN_CLOSE: f64 = 0.4;

/// How much of the telling words of a supported sentence must stand in what supports it.
const MIN_COVERED: f64 = 0.5;

/// The plainest verb of speech: what can stand for it only leads to what is said.
const SAYS: &str = "say";

/// How near a clause must come to contradict, its context counted with it.
const MIN_AGAINST: f64 = 0.55;

/// The same where the object is settled, and the opposite is said of it.
const MIN_OBJECT: f64 = 0.4;

/// How much of a sentence must be alike where its participants are left open.
const MIN_ALONE: f64 = 0.5;

/// How near a clause must come to tell in whose voice the reports say it.
const MIN_VOICE: f64 = 0.5;

/// How much of a sentence a report's must have to tell it in its own voice where a participant is left open.
const MIN_OWN: f64 = 0.75;

/// From where on it is sure.
const MIN_SURE: f64 = 0.78;

/// How much nearer a clause that contradicts must be than one that does not.
const MARGIN: f64 = 0.08;

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
        self.of.entry((doc, sentence)).or_insert_with(|| assertions(index, &index.docs[doc], sentence))
    }
}

fn assertions(index: &ComparisonIndex<'_>, doc: &Doc<'_>, sentence: usize) -> Vec<Assertion> {
    let Some(span) = doc.span(doc.sentences[sentence].words.clone()) else { return Vec::new() };
    let clauses = (index.input.clauses.0)(doc.report, span);
    clauses.into_iter().map(|c| Assertion::of(index, doc, c)).collect()
}

/// What is found against a clause or for it.
struct Finding {
    hit: Hit,
    /// The clause of the report, by its place in the sentence.
    theirs: usize,
    pair: Pair,
    /// How near, the context counted with it.
    near: f64,
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
    let mut out = Judged::default();
    let mut asked = Asked { index, of: HashMap::new() };
    let mut quota = Quota::of_claims(&index.limits, "sentences by their clauses");
    for number in 0..index.draft.sentences.len() {
        if !quota.take() {
            continue;
        }
        sentence(index, builder, &mut asked, quotations, verdicts, number, &mut out);
    }
    quota.close(cut);
    out
}

fn sentence(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    asked: &mut Asked<'_, '_>,
    quotations: &[Quotation],
    verdicts: &[Verdict],
    number: usize,
    out: &mut Judged,
) {
    let words = index.draft.sentences[number].words.clone();
    if let Some(span) = index.draft.span(words.clone()) {
        let verdict = whole(index, builder, asked, quotations, verdicts, number, span, out);
        out.sentences.push(verdict);
    }
}

#[expect(clippy::too_many_arguments, reason = "one sentence with all that is known of it")]
fn whole(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    asked: &mut Asked<'_, '_>,
    quotations: &[Quotation],
    verdicts: &[Verdict],
    number: usize,
    span: Span<Char>,
    out: &mut Judged,
) -> Verdict {
    let draft = &index.draft;
    let words = draft.sentences[number].words.clone();
    let mut verdict = builder.verdict(span, Kind::Sentence, Judgement::Unchecked);
    verdict.says = "nothing in it that reports could bear out".to_owned();
    let own: Vec<Assertion> = assertions(index, draft, number);
    let mut parts: Vec<&Verdict> =
        verdicts.iter().filter(|v| v.kind != Kind::Sentence && v.at.span().overlaps(span)).collect();
    let features = index.features_of(words.clone(), &[]);
    if own.is_empty() && parts.iter().all(|v| v.kind == Kind::Name) || features.len() < 2 && parts.is_empty() {
        return verdict;
    }
    let quoted = |at: Span<Char>| {
        let inside = draft.words_at(at);
        !inside.is_empty() && inside.clone().all(|w| draft.quoted[w].is_some())
    };
    let hits = candidates(index, &features);
    let best = hits.first().map_or(0.0, |h| h.score);
    let mut against: Vec<(Finding, &Assertion)> = Vec::new();
    let mut supporting: Vec<Hit> = Vec::new();
    let mut open: Option<&Assertion> = None;
    let (mut own_voice, mut spoken): (bool, Option<(Hit, usize, usize)>) = (false, None);
    let told: Vec<&Assertion> = own.iter().filter(|a| !quoted(a.clause.at)).collect();
    for ours in &told {
        let (settled, opposed, voice) = weigh(index, asked, &hits, ours);
        own_voice |= voice.own;
        spoken = spoken.or(voice.spoken.filter(|_| ours.said.is_none() && !ours.clause.nominal));
        match (settled, opposed) {
            (Some(with), None) => supporting.push(with.hit),
            (Some(with), Some(other)) if with.near + MARGIN >= other.near => supporting.push(with.hit),
            (_, Some(other)) if other.near >= MIN_AGAINST => against.push((other, ours)),
            // A noun is no assertion by itself: what it tells is told by the verb as well.
            _ if ours.clause.nominal => {}
            _ => open = open.or(Some(ours)),
        }
    }
    if own_voice {
        out.own_voice.push(span);
    } else if let Some((hit, theirs, speaker)) = spoken {
        out.claims.extend(one_side(index, builder, asked, span, hit, theirs, speaker));
    }
    let whole: Vec<&Quotation> = quotation::among(quotations, &words).collect();
    let swapped = values::swapped(index, &words, &hits);
    against.sort_by(|a, b| b.0.near.total_cmp(&a.0.near));
    parts.retain(|v| !own_voice || v.judgement != Judgement::OneSide);
    let faults: Vec<&&Verdict> = parts
        .iter()
        .filter(|v| v.severity == Severity::Error || v.severity == Severity::Warning && wrong(v.judgement))
        .collect();
    if let Some((doc, at, says)) = swapped {
        verdict.judgement = Judgement::Contradicted;
        verdict.severity = Severity::Warning;
        verdict.against = index.docs[doc].report.cite(at).into_iter().collect();
        verdict.says = format!("{says} in {}", builder.named([doc]));
        return verdict;
    }
    if let Some((finding, ours)) = against.first() {
        contradicted(index, builder, asked, &mut verdict, finding, ours);
        return verdict;
    }
    if let (None, Some((person, hit))) = (faults.first(), stranger::stranger(index, number)) {
        verdict.judgement = Judgement::Contradicted;
        verdict.severity = Severity::Warning;
        verdict.against = shown(index, &[hit]);
        let name = &index.entity(person).name;
        verdict.says = format!("{} tells it without {name}", builder.named([hit.doc]));
        return verdict;
    }
    if let Some(fault) = faults.first() {
        verdict.judgement = Judgement::Contradicted;
        verdict.severity = Severity::Note;
        verdict.says = format!("{}: {}", fault.kind.as_str(), fault.says);
        verdict.against = fault.against.clone();
        verdict.sources = fault.sources.clone();
        return verdict;
    }
    let doubted = parts
        .iter()
        .find(|v| !matches!(v.judgement, Judgement::Supported | Judgement::Exact) || v.severity == Severity::Note);
    supporting.dedup_by_key(|h| (h.doc, h.sentence));
    let exact = !whole.is_empty() && whole.iter().all(|q| q.judgement == Judgement::Exact);
    let covered = covered(index, &features, &supporting, &whole);
    let speech_alone = told.iter().all(|a| cues().verb(&a.clause.predicate).is_some());
    let by_words = exact && (told.is_empty() || speech_alone && parts.iter().any(|v| v.kind == Kind::Attribution));
    if doubted.is_none() && (by_words || open.is_none() && !supporting.is_empty() && covered >= MIN_COVERED) {
        verdict.judgement = Judgement::Supported;
        if by_words {
            let quoted = parts.iter().find(|v| v.kind == Kind::Quotation);
            verdict.sources = quoted.map(|v| v.sources.clone()).unwrap_or_default();
            let docs = builder.docs_of(verdict.sources.iter());
            builder.supported(&mut verdict, docs);
        } else {
            verdict.sources = shown(index, &supporting);
            builder.supported(&mut verdict, supporting.iter().map(|h| h.doc));
        }
        let docs = builder.docs_of(verdict.sources.iter());
        verdict.says = format!("so in {}", builder.named(docs));
        return verdict;
    }
    if best < MIN_CLOSE && !exact {
        verdict.judgement = Judgement::NotFound;
        verdict.severity = Severity::Note;
        verdict.sources = Vec::new();
        verdict.says = "no sentence of the reports comes near it".to_owned();
        return verdict;
    }
    verdict.judgement = Judgement::Unclear;
    verdict.severity = Severity::Note;
    verdict.sources = shown(index, hits.get(..2.min(hits.len())).unwrap_or_default());
    let what = match (doubted, open) {
        (Some(part), _) => format!("{}: {}", part.kind.as_str(), part.says),
        (None, Some(ours)) => {
            let words = draft.report.text.slice(ours.clause.at).unwrap_or_default();
            format!("no clause settles {}", quote(words))
        }
        (None, None) => "the words differ".to_owned(),
    };
    verdict.says = format!("compare: {what}");
    verdict
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

/// The sentences beside which these features are laid: the nearest, each wording once.
fn candidates(index: &ComparisonIndex<'_>, features: &[(u32, f64)]) -> Vec<Hit> {
    let mut seen: BTreeSet<&[u32]> = BTreeSet::new();
    let mut out = Vec::new();
    for hit in index.nearest(features, MIN_CANDIDATE) {
        let sentence = &index.docs[hit.doc].sentences[hit.sentence];
        if seen.insert(&sentence.features) {
            out.push(hit);
        }
        if out.len() == CANDIDATES {
            break;
        }
    }
    out
}

/// In whose voice the reports tell what a clause says.
#[derive(Default)]
struct Voice {
    /// In their own, or in that of whom it is told of.
    own: bool,
    /// Else in somebody's: the sentence, its clause, and who says it.
    spoken: Option<(Hit, usize, usize)>,
}

impl Voice {
    fn hear(
        &mut self,
        index: &ComparisonIndex<'_>,
        ours: &Assertion,
        theirs: &Assertion,
        hit: Hit,
        n: usize,
        pair: &Pair,
    ) {
        let Some(said) = &theirs.said else {
            self.own |= pair.subject == Sameness::Same && pair.object == Sameness::Same || hit.score >= MIN_OWN;
            return;
        };
        let same = |a: &assertion::Who, b: &assertion::Who| assertion::same(index, a, b) == Sameness::Same;
        let himself = |s: &assertion::Who| ours.subject.iter().chain(&theirs.subject).any(|w| same(w, s) || w.pointing);
        if said.iter().any(himself) {
            self.own = true;
        }
        let contested = theirs.clause.speech.as_ref().is_some_and(|s| CONTESTED.has(&s.cue));
        let who = said.iter().find_map(|w| w.entities.first().copied());
        let held = pair.subject == Sameness::Same || pair.object == Sameness::Same;
        if let Some(who) = who.filter(|_| (contested || hit.score >= MIN_ALONE) && held && self.spoken.is_none()) {
            self.spoken = Some((hit, n, who));
        }
    }
}

/// What the draft tells as a fact and a report only in the words of somebody who claims it.
fn one_side(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    asked: &mut Asked<'_, '_>,
    span: Span<Char>,
    hit: Hit,
    theirs: usize,
    speaker: usize,
) -> Option<Verdict> {
    let at = asked.of_report(hit.doc, hit.sentence).get(theirs).map(|a| assertion::place(&a.clause))?;
    let mut verdict = builder.verdict(span, Kind::Statement, Judgement::OneSide);
    verdict.severity = Severity::Warning;
    verdict.sources = index.docs[hit.doc].report.cite(at).into_iter().collect();
    builder.supported(&mut verdict, [hit.doc]);
    let name = &index.entity(speaker).name;
    verdict.says = format!("stated as a fact; in {} it is what {name} says", builder.named([hit.doc]));
    Some(verdict)
}

/// The nearest clause that settles one of the draft, and the nearest that excludes it.
fn weigh(
    index: &ComparisonIndex<'_>,
    asked: &mut Asked<'_, '_>,
    hits: &[Hit],
    ours: &Assertion,
) -> (Option<Finding>, Option<Finding>, Voice) {
    let mut voice = Voice::default();
    let (mut settled, mut opposed): (Option<Finding>, Option<Finding>) = (None, None);
    // What does not exclude it, though it does not settle it either, keeps another from contradicting.
    let mut compatible: f64 = 0.0;
    for hit in hits {
        let present = entities_near(index, hit);
        let there = |w: &assertion::Who| w.entities.iter().any(|e| present.contains(e));
        for (theirs, other) in asked.of_report(hit.doc, hit.sentence).iter().enumerate() {
            let pair = assertion::pair(index, ours, other);
            if pair.relation == Relation::Apart {
                continue;
            }
            let near = 0.6 * pair.near + 0.4 * hit.score.min(1.0);
            if pair.conflict.is_none() && near >= MIN_VOICE {
                voice.hear(index, ours, other, *hit, theirs, &pair);
            }
            let finding = Finding { hit: *hit, theirs, pair, near };
            let slot = if pair.settled {
                &mut settled
            } else if pair.conflict.is_some()
                && opposes(ours, other, &pair, hit.score)
                && !explained(ours, &pair, &there)
            {
                &mut opposed
            } else {
                if pair.conflict.is_none() {
                    compatible = compatible.max(near);
                }
                continue;
            };
            if slot.as_ref().is_none_or(|known| near > known.near) {
                *slot = Some(finding);
            }
        }
    }
    opposed = opposed.filter(|o| {
        o.near > compatible + MARGIN / 2.0 || o.pair.conflict == Some(Conflict::Polarity) && o.near >= compatible
    });
    (settled, opposed, voice)
}

/// Whether somebody who seems to be another is named right there all the same: then a reader has to compare.
fn explained(ours: &Assertion, pair: &Pair, there: &dyn Fn(&assertion::Who) -> bool) -> bool {
    match pair.conflict {
        Some(Conflict::Participant) => {
            let apart = |side: &[assertion::Who], s: Sameness| {
                s == Sameness::Other && side.iter().filter(|w| !w.entities.is_empty()).all(there)
            };
            let behind: Vec<assertion::Who> = ours.object.iter().chain(&ours.other).cloned().collect();
            apart(&ours.subject, pair.subject) || apart(&behind, pair.object)
        }
        Some(Conflict::Speaker) => ours.said.iter().flatten().any(there),
        _ => false,
    }
}

/// Who is named or meant in a sentence.
fn entities_near(index: &ComparisonIndex<'_>, hit: &Hit) -> BTreeSet<usize> {
    let doc = &index.docs[hit.doc];
    let sentences = hit.sentence..(hit.sentence + 1).min(doc.sentences.len());
    let spans = sentences.filter_map(|s| doc.span(doc.sentences[s].words.clone()));
    spans.flat_map(|span| doc.seen_at(span).map(|s| s.entity).collect::<Vec<_>>()).collect()
}

/// Whether what sets two clauses apart is sure enough to speak against the draft.
fn opposes(ours: &Assertion, theirs: &Assertion, pair: &Pair, context: f64) -> bool {
    let same = |s: Sameness| s == Sameness::Same;
    let (subject, object) = (same(pair.subject), same(pair.object));
    let light = ours.is_light() || theirs.is_light();
    let word = ours.clause.predicate == theirs.clause.predicate;
    // Where the words leave open who is meant, the rest of the sentence has to be much alike.
    let alone = |other_side: bool| other_side || context >= MIN_ALONE;
    let empty = |a: &[assertion::Who], b: &[assertion::Who]| a.is_empty() || b.is_empty();
    let (no_subject, no_object) = (empty(&ours.subject, &theirs.subject), empty(&ours.object, &theirs.object));
    match pair.conflict {
        Some(Conflict::Swapped) => !light,
        // Verbs of speech deny and affirm what they lead to, not each other.
        Some(Conflict::Polarity) if senses().same(&ours.clause.predicate, SAYS) => word && subject,
        // A noun by itself is part of a sentence that says more; its "no" may stand before what is taken for one.
        Some(Conflict::Polarity) if ours.clause.nominal && theirs.clause.nominal => false,
        Some(Conflict::Polarity) if ours.clause.nominal != theirs.clause.nominal => subject && object,
        Some(Conflict::Polarity) if light => object && (subject || word),
        Some(Conflict::Polarity) => match pair.relation {
            Relation::Opposite => {
                subject && (object || alone(no_object)) || object && (alone(no_subject) || context >= MIN_OBJECT)
            }
            _ => subject || object || context >= MIN_ALONE,
        },
        Some(Conflict::Participant) => {
            !light && matches!(pair.relation, Relation::Alike(_)) && (subject || object || context >= MIN_ALONE)
        }
        Some(Conflict::Mood) => {
            let nominal = ours.clause.nominal || theirs.clause.nominal;
            let alike = matches!(pair.relation, Relation::Alike(sure) if sure > 0.9);
            (!light || word && object)
                && !nominal
                && (subject && object || alike && (subject || object || context >= MIN_ALONE))
        }
        Some(Conflict::Speaker) => !ours.clause.nominal && (subject || object || word) && context >= MIN_ALONE,
        None => false,
    }
}

fn contradicted(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    asked: &mut Asked<'_, '_>,
    verdict: &mut Verdict,
    finding: &Finding,
    ours: &Assertion,
) {
    let doc = finding.hit.doc;
    let theirs = asked.of_report(doc, finding.hit.sentence).get(finding.theirs).map(|a| assertion::place(&a.clause));
    let at = theirs.and_then(|at| index.docs[doc].report.cite(at).ok());
    verdict.judgement = Judgement::Contradicted;
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
    verdict.says = format!("{how} ({}): {words} in {}", quote(predicate), builder.named([doc]));
    verdict.against = at.into_iter().collect();
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
