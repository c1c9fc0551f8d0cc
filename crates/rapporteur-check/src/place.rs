//! Places: where the draft says something was, against where the reports have it.

use rapporteur_lexicon::words::function::PLACE_PREPOSITION;
use rapporteur_schema::{EntityKind, MentionKind};

use crate::builder::{VerdictBuilder, quote};
use crate::index::{ComparisonIndex, Doc, Seen};
use crate::slot::{self, Candidate};
use crate::verdict::{Judgement, Kind, Severity, Verdict};

/// Checks the places that the draft's own sentences name.
pub(crate) fn check(index: &ComparisonIndex<'_>, builder: &VerdictBuilder<'_, '_>) -> Vec<Verdict> {
    let draft = &index.draft;
    let mut out = Vec::new();
    for seen in places(index, draft) {
        let at = rapporteur_schema::Span::new(seen.start, seen.end);
        let words = draft.words_at(at);
        if words.is_empty() || draft.quoted[words.start].is_some() || !index.is_reported(seen.entity) {
            continue;
        }
        let Some(sentence) = draft.sentence_at(at) else { continue };
        let whole = draft.sentences[sentence].words.clone();
        let near = words.start.saturating_sub(8).max(whole.start)..(words.end + 6).min(whole.end);
        // The place itself must not speak for its own sentence.
        let own: Vec<u32> = index.features_of(words, &[]).into_iter().map(|f| f.0).collect();
        let features: Vec<(u32, f64)> =
            index.features_of(whole, &[near]).into_iter().filter(|f| !own.contains(&f.0)).collect();
        if features.len() < 2 {
            continue;
        }
        let mut candidates = Vec::new();
        for (d, doc) in index.docs.iter().enumerate() {
            for other in doc.seen.iter().filter(|s| s.entity == seen.entity) {
                push(index, &features, d, other, true, &mut candidates);
            }
            for other in places(index, doc).into_iter().filter(|s| s.entity != seen.entity) {
                push(index, &features, d, &other, false, &mut candidates);
            }
        }
        let verdict = builder.verdict(at, Kind::Place, Judgement::NotFound);
        let what = quote(&verdict.at.exact);
        let mut verdict = slot::judge(builder, verdict, &candidates, true, &what);
        // A place may hold another: what speaks against it is worth a look, no more.
        if verdict.severity == Severity::Error {
            verdict.severity = Severity::Warning;
        }
        out.push(verdict);
    }
    out
}

fn push(
    index: &ComparisonIndex<'_>,
    features: &[(u32, f64)],
    doc: usize,
    seen: &Seen,
    fits: bool,
    candidates: &mut Vec<Candidate>,
) {
    let at = rapporteur_schema::Span::new(seen.start, seen.end);
    let Some(sentence) = index.docs[doc].sentence_at(at) else { return };
    let near = index.shared(features, doc, sentence);
    // Another place speaks against one only where the sentences are nearly the same.
    let near = if fits { near + 0.2 } else { near - 0.2 };
    if let Ok(at) = index.docs[doc].report.cite(at)
        && near > 0.0
    {
        candidates.push(Candidate { doc, near, fits, at });
    }
}

/// Names of places behind a word that says where.
fn places(index: &ComparisonIndex<'_>, doc: &Doc<'_>) -> Vec<Seen> {
    let is_where = |s: &&Seen| {
        let kind = index.entity(s.entity).kind;
        let words = doc.words_at(rapporteur_schema::Span::new(s.start, s.end));
        let before = words.start.checked_sub(1).and_then(|i| doc.words.get(i));
        let article = before.is_some_and(|w| w.folded == "the");
        let before = if article { words.start.checked_sub(2).and_then(|i| doc.words.get(i)) } else { before };
        s.kind == MentionKind::Name
            && matches!(kind, EntityKind::Place | EntityKind::Country)
            && before.is_some_and(|w| PLACE_PREPOSITION.value(&w.folded) == Some("spot"))
    };
    doc.seen.iter().filter(is_where).copied().collect()
}
