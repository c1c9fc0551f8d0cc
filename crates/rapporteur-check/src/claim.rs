//! Sentences in the draft's own voice: what only one side says, stated as a fact; what reports disagree on, stated without
//! saying so; what is said to rest on several sources and rests on one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use rapporteur_lexicon::words::checking::SEVERAL_SOURCES;
use rapporteur_schema::{Char, Citation, DiscrepancyKind, Mode, ReportId, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::feature::Spans;
use crate::index::ComparisonIndex;
use crate::limits::Quota;
use crate::quotation::{self, Quotation};
use crate::verdict::{Judgement, Kind, Severity, Verdict};
use crate::word;

/// How much of a sentence must stand in a statement to be that claim.
const MIN_CLAIM: f64 = 0.62;

/// How much of a sentence a report must have to speak of the same thing.
const MIN_SPEAKS: f64 = 0.5;

/// Checks the sentences of the draft.
pub(crate) fn check(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    quotations: &[Quotation],
    verdicts: &[Verdict],
    cut: &mut Vec<String>,
) -> Vec<Verdict> {
    let mut out = Vec::new();
    let said = said(index);
    // What is said again and again is looked for once.
    let mut claims: HashMap<Vec<u32>, Option<Claim>> = HashMap::new();
    let mut quota = Quota::of_claims(&index.limits, "sentences");
    for (number, sentence) in index.draft.sentences.iter().enumerate() {
        if !quota.take() {
            continue;
        }
        let words = sentence.words.clone();
        if !said[number] && !words.clone().any(|w| index.draft.quoted[w].is_some()) {
            let claim = claims.entry(sentence.features.clone()).or_insert_with(|| one_side(index, words.clone()));
            out.extend(claim.as_ref().and_then(|claim| claim.verdict(index, builder, words.clone())));
        }
        out.extend(several(index, builder, quotations, verdicts, words));
    }
    quota.close(cut);
    out.extend(disputed(index, builder, verdicts));
    out
}

/// For each sentence of the draft whether somebody is made to say it.
fn said(index: &ComparisonIndex<'_>) -> Vec<bool> {
    let draft = &index.draft;
    let contents = draft.findings.statements.iter().map(|s| s.content.span());
    let cues = draft.findings.statements.iter().filter_map(|s| Some(s.cue.as_ref()?.span()));
    let attributed = Spans::new(contents.chain(cues).collect());
    draft.sentences.iter().map(|s| draft.span(s.words.clone()).is_none_or(|span| attributed.touch(span))).collect()
}

/// What only one side says in the reports.
#[derive(Clone)]
struct Claim {
    speaker: usize,
    cites: Vec<Citation>,
}

impl Claim {
    fn verdict(
        &self,
        index: &ComparisonIndex<'_>,
        builder: &VerdictBuilder<'_, '_>,
        words: Range<usize>,
    ) -> Option<Verdict> {
        let mut verdict = builder.verdict(index.draft.span(words)?, Kind::Statement, Judgement::OneSide);
        verdict.severity = Severity::Warning;
        let docs = builder.docs_of(self.cites.iter());
        verdict.sources = self.cites.clone();
        builder.supported(&mut verdict, docs.iter().copied());
        let name = &index.entity(self.speaker).name;
        verdict.says = format!("stated as a fact; in {} it is what {name} says", builder.named(docs));
        Some(verdict)
    }
}

/// A sentence that nobody is made to say, and that only one side says in the reports.
fn one_side(index: &ComparisonIndex<'_>, words: Range<usize>) -> Option<Claim> {
    let features = index.features_of(words.clone(), &[]);
    if features.len() < 3 {
        return None;
    }
    let hits = index.nearest(&features, MIN_CLAIM - 0.1);
    let best = hits.first().map(|h| h.score).filter(|s| *s >= MIN_CLAIM)?;
    let mut speakers: BTreeSet<usize> = BTreeSet::new();
    let mut cites: Vec<Citation> = Vec::new();
    for hit in hits {
        let doc = &index.docs[hit.doc];
        let span = doc.span(doc.sentences[hit.sentence].words.clone())?;
        // Somebody says it there; a report that tells it in its own voice supports it as a fact.
        let mut inside = doc.statements().filter(|(s, _)| s.content.span().overlaps(span));
        let most = |(s, _): &(&rapporteur_schema::StatementFinding, Option<usize>)| {
            index.shared_by(&features, hit.doc, doc.words_at(s.content.span())) >= hit.score * 0.55
        };
        let Some((said, speaker)) = inside.find(most) else {
            let own = index.shared_by(&features, hit.doc, doc.sentences[hit.sentence].words.clone());
            if own >= MIN_CLAIM.max(best * 0.8) {
                return None;
            }
            continue;
        };
        let speaker = speaker?;
        if said.mode == Mode::Direct && said.cue.is_none() {
            return None;
        }
        speakers.insert(speaker);
        cites.push(said.content.clone());
    }
    let (1, Some(&speaker)) = (speakers.len(), speakers.first()) else { return None };
    // What the sentence tells of the speaker, or of the body that he speaks for, is his to say.
    let of: Vec<&rapporteur_schema::EntityId> =
        index.entity(speaker).offices.iter().filter_map(|o| o.of.as_ref()).collect();
    let own = |seen: &crate::text::Seen| seen.entity == speaker || of.contains(&&index.entity(seen.entity).id);
    if index.draft.span(words).is_some_and(|span| index.draft.seen_at(span).any(own)) {
        return None;
    }
    cites.sort();
    cites.dedup();
    Some(Claim { speaker, cites })
}

/// "Several outlets report" what rests on one independent source.
fn several(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    quotations: &[Quotation],
    verdicts: &[Verdict],
    words: Range<usize>,
) -> Option<Verdict> {
    let folded: Vec<&str> = index.draft.words[words.clone()].iter().map(|w| w.folded.as_str()).collect();
    let at = SEVERAL_SOURCES
        .words()
        .into_iter()
        .filter_map(|phrase| {
            let parts: Vec<&str> = phrase.split_whitespace().collect();
            let first = folded.windows(parts.len()).position(|w| w == parts)?;
            Some(words.start + first..words.start + first + parts.len())
        })
        // Of two that overlap, the longer; else the one behind which less is left to introduce.
        .max_by_key(|r| (r.len(), r.end))?;
    if index.draft.quoted[at.start].is_some() {
        return None;
    }
    // Who has what the sentence says: its quotations, its numbers and days, else what comes nearest to it.
    let span = index.draft.span(words.clone())?;
    let mut docs: BTreeSet<usize> = BTreeSet::new();
    for q in quotation::among(quotations, &words) {
        docs.extend(q.places.iter().map(|(d, _)| *d));
    }
    if docs.is_empty() {
        // What the phrase introduces; where nothing follows it, what it follows.
        let behind = index.features_of(at.end..words.end, &[]);
        let features = if behind.len() > 1 { behind } else { index.features_of(words.start..at.start, &[]) };
        let hits = index.nearest(&features, MIN_SPEAKS);
        let best = hits.first().map(|h| h.score)?;
        docs.extend(hits.iter().filter(|h| h.score >= best - 0.25).map(|h| h.doc));
        // A number or a day that only some of them have.
        let part = index.draft.span(at.end..words.end).filter(|_| at.end < words.end).unwrap_or(span);
        let held = |v: &&Verdict| v.at.span().overlaps(part) && matches!(v.kind, Kind::Number | Kind::Date);
        for verdict in verdicts.iter().filter(held).filter(|v| !v.supported_by.is_empty()) {
            docs.retain(|d| verdict.supported_by.contains(index.docs[*d].report.id()));
        }
    }
    let sources = index.independent_sources(docs.iter().map(|&d| index.docs[d].report.id()));
    if docs.is_empty() || sources > 1 {
        return None;
    }
    let mut verdict = builder.verdict(index.draft.span(at)?, Kind::Source, Judgement::OneSource);
    verdict.severity = Severity::Warning;
    builder.supported(&mut verdict, docs.iter().copied());
    verdict.says = match docs.len() {
        1 => format!("it stands only in {}", builder.named(docs)),
        _ => format!("it stands in {}, which share their text: one independent source", builder.named(docs)),
    };
    Some(verdict)
}

/// What a verdict found supported and another account contradicts, where the draft has one of the two alone.
fn disputed(index: &ComparisonIndex<'_>, builder: &VerdictBuilder<'_, '_>, verdicts: &[Verdict]) -> Vec<Verdict> {
    let mut out = Vec::new();
    let mut reported: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    // Where the accounts stand.
    let mut at: HashMap<&ReportId, Vec<(Span<Char>, usize)>> = HashMap::new();
    for (number, discrepancy) in index.input.record.discrepancies.iter().enumerate() {
        for citation in discrepancy.accounts.iter().flat_map(|a| a.evidence.iter()) {
            at.entry(citation.report()).or_default().push((citation.span(), number));
        }
    }
    for verdict in verdicts.iter().filter(|v| matches!(v.judgement, Judgement::Supported | Judgement::Exact)) {
        let wanted = match verdict.kind {
            Kind::Number => &[DiscrepancyKind::Number][..],
            Kind::Date => &[DiscrepancyKind::Date],
            Kind::Attribution | Kind::Quotation => &[DiscrepancyKind::Attribution],
            _ => continue,
        };
        let touched =
            verdict.sources.iter().flat_map(|s| at.get(s.report()).into_iter().flatten().map(move |a| (s, a)));
        let numbers: BTreeSet<usize> =
            touched.filter(|(s, (span, _))| span.overlaps(s.span())).map(|(_, (_, number))| *number).collect();
        let touched = numbers.into_iter().filter_map(|n| index.input.record.discrepancies.get(n));
        for discrepancy in touched.filter(|d| wanted.contains(&d.kind)) {
            let rests = |evidence: &rapporteur_schema::Evidence| {
                verdict
                    .sources
                    .iter()
                    .any(|s| evidence.iter().any(|c| c.report() == s.report() && c.span().overlaps(s.span())))
            };
            // The clause of an account may hold other numbers.
            let meant = |value: &str| {
                let has = |w: &word::Word| word::is_number(&w.folded) && number_in(value, &w.folded);
                verdict.kind != Kind::Number || word::words_of(&verdict.at.exact).iter().any(has)
            };
            let (with, against): (Vec<_>, Vec<_>) =
                discrepancy.accounts.iter().partition(|a| rests(&a.evidence) && meant(&a.value));
            let Some(other) = against.first().filter(|_| with.len() == 1) else { continue };
            let Some(sentence) = index.draft.sentence_at(verdict.at.span()) else { continue };
            let of_words = discrepancy.kind == DiscrepancyKind::Attribution;
            if of_words && !with.iter().any(|a| speaks_of(index, sentence, &a.evidence)) {
                continue;
            }
            if says_both(index, sentence, &other.value)
                || !reported.entry(discrepancy.id.as_str()).or_default().insert(sentence)
            {
                continue;
            }
            let mut new = builder.verdict(verdict.at.span(), verdict.kind, Judgement::Disputed);
            new.severity = Severity::Warning;
            new.sources = verdict.sources.clone();
            new.against = against.iter().flat_map(|a| a.evidence.iter()).cloned().collect();
            let docs = builder.docs_of(new.against.iter());
            let with = builder.docs_of(new.sources.iter());
            builder.supported(&mut new, with);
            new.says = format!("another account in {}: {}", builder.named(docs), quote(&other.value));
            out.push(new);
        }
    }
    out
}

/// Whether the sentence of the draft has the words over which reports differ: one speaker, named once, may be given two
/// quotations of which only one is disputed.
fn speaks_of(index: &ComparisonIndex<'_>, sentence: usize, evidence: &rapporteur_schema::Evidence) -> bool {
    let own: BTreeSet<&str> =
        index.draft.sentences[sentence].words.clone().map(|w| index.draft.words[w].folded.as_str()).collect();
    evidence.iter().any(|cited| {
        let words: BTreeSet<String> =
            word::words_of(cited.exact()).into_iter().map(|w| w.folded).filter(|w| !word::is_small(w)).collect();
        let shared = words.iter().filter(|w| own.contains(w.as_str())).count();
        words.len() > 1 && shared * 2 >= words.len()
    })
}

/// Whether a number stands among these words.
fn number_in(words: &str, number: &str) -> bool {
    word::words_of(words).iter().any(|w| w.folded == number)
}

/// Whether the draft gives the other account as well, in the sentence or next to it.
fn says_both(index: &ComparisonIndex<'_>, sentence: usize, other: &str) -> bool {
    let wanted: BTreeSet<String> =
        word::words_of(other).into_iter().map(|w| w.folded).filter(|w| !word::is_small(w)).collect();
    let near = sentence.saturating_sub(1)..(sentence + 2).min(index.draft.sentences.len());
    let has = |word: &String| {
        near.clone().any(|s| index.draft.sentences[s].words.clone().any(|w| index.draft.words[w].folded == *word))
    };
    // Of "around 20" the number is enough.
    let numbers: Vec<&String> = wanted.iter().filter(|w| word::is_number(w)).collect();
    match numbers.is_empty() {
        true => !wanted.is_empty() && wanted.iter().all(has),
        false => numbers.into_iter().all(has),
    }
}
