//! Places: where the draft says something was, against where the reports have it.

use std::collections::HashMap;

use rapporteur_lexicon::words::function::PLACE_PREPOSITION;
use rapporteur_schema::{Char, Entity, EntityKind, MentionKind, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::entity::KnownEntities;
use crate::feature::Scores;
use crate::index::{ComparisonIndex, Doc};
use crate::limits::Quota;
use crate::slot::{self, Candidate};
use crate::text::Seen;
use crate::verdict::{Judgement, Kind, Severity, Verdict};

/// By how much a place has to be nearer to speak against another, on either side.
const BONUS: f64 = 0.05;

/// Where a report names or means an entity.
#[derive(Clone, Copy, Debug)]
struct Place {
    doc: usize,
    sentence: usize,
    entity: usize,
    at: Span<Char>,
}

impl Place {
    fn of(doc: usize, text: &Doc<'_>, seen: &Seen) -> Option<Place> {
        let at = Span::new(seen.start, seen.end);
        Some(Place { doc, sentence: text.sentence_at(at)?, entity: seen.entity, at })
    }
}

/// Where the reports name or mean entities.
#[derive(Debug)]
pub(crate) struct Reported {
    /// Names of places that say where something was, each with its report.
    named: Vec<Place>,
    /// For each entity where it is named or meant at all.
    seen_at: HashMap<usize, Vec<Place>>,
}

impl Reported {
    pub(crate) fn new(docs: &[Doc<'_>], entities: &KnownEntities) -> Self {
        let (mut named, mut seen_at): (Vec<_>, HashMap<usize, Vec<_>>) = (Vec::new(), HashMap::new());
        for (d, doc) in docs.iter().enumerate() {
            named.extend(places(doc, &|e| &entities.all()[e]).iter().filter_map(|s| Place::of(d, doc, s)));
            for place in doc.seen.iter().filter_map(|s| Place::of(d, doc, s)) {
                seen_at.entry(place.entity).or_default().push(place);
            }
        }
        Reported { named, seen_at }
    }
}

/// Checks the places that the draft's own sentences name.
pub(crate) fn check(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    cut: &mut Vec<String>,
) -> Vec<Verdict> {
    let draft = &index.draft;
    let Reported { named, seen_at } = &index.reports.located;
    let mut out = Vec::new();
    let mut quota = Quota::of_claims(&index.limits, "places");
    for seen in places(draft, &|e| index.entity(e)) {
        let at = Span::new(seen.start, seen.end);
        let words = draft.words_at(at);
        if words.is_empty() || draft.quoted[words.start].is_some() || !index.is_reported(seen.entity) {
            continue;
        }
        let Some(sentence) = draft.sentence_at(at) else { continue };
        if !quota.take() {
            continue;
        }
        let whole = draft.sentences[sentence].words.clone();
        let near = words.start.saturating_sub(8).max(whole.start)..(words.end + 6).min(whole.end);
        // The place itself must not speak for its own sentence.
        let own: Vec<u32> = index.features_of(words, &[]).into_iter().map(|f| f.0).collect();
        let features: Vec<(u32, f64)> =
            index.features_of(whole, &[near]).into_iter().filter(|f| !own.contains(&f.0)).collect();
        if features.len() < 2 {
            continue;
        }
        let scores = index.scores(&features);
        let same = seen_at.get(&seen.entity).into_iter().flatten().map(|p| (p, true));
        let others = named.iter().filter(|p| p.entity != seen.entity).map(|p| (p, false));
        let candidates: Vec<Candidate> =
            same.chain(others).filter_map(|(place, fits)| candidate(index, &scores, place, fits)).collect();
        let verdict = builder.verdict(at, Kind::Place, Judgement::NotFound);
        let what = quote(&verdict.at.exact);
        let mut verdict = slot::judge(index, builder, verdict, &candidates, true, &what);
        // A place may hold another: what speaks against it is worth a look, no more.
        if verdict.severity == Severity::Error {
            verdict.severity = Severity::Warning;
        }
        out.push(verdict);
    }
    quota.close(cut);
    out
}

fn candidate(index: &ComparisonIndex<'_>, scores: &Scores, place: &Place, fits: bool) -> Option<Candidate> {
    let Place { doc, sentence, at, .. } = *place;
    let near = index.score(scores, doc, sentence);
    // Another place speaks against one only where the sentences are nearly the same.
    let near = if fits { near + BONUS } else { near - BONUS };
    (near > 0.0 && !at.is_empty()).then_some(Candidate { doc, near, fits, at })
}

/// Names of places behind a word that says where.
fn places<'e>(doc: &Doc<'_>, entity: &dyn Fn(usize) -> &'e Entity) -> Vec<Seen> {
    let is_where = |s: &&Seen| {
        let kind = entity(s.entity).kind;
        let words = doc.words_at(Span::new(s.start, s.end));
        let before = words.start.checked_sub(1).and_then(|i| doc.words.get(i));
        let article = before.is_some_and(|w| w.folded == "the");
        let before = if article { words.start.checked_sub(2).and_then(|i| doc.words.get(i)) } else { before };
        s.kind == MentionKind::Name
            && matches!(kind, EntityKind::Place | EntityKind::Country)
            && before.is_some_and(|w| PLACE_PREPOSITION.value(&w.folded) == Some("spot"))
    };
    doc.seen.iter().filter(is_where).copied().collect()
}
