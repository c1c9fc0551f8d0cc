//! Attributions: whether those to whom the draft gives words are those to whom the reports give them.

use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur_schema::{ActorIndex, Citation, EntityKind, MentionKind, Mode, Span, Statement, StatementFinding};

use crate::builder::VerdictBuilder;
use crate::index::{ComparisonIndex, Doc, is_body};
use crate::limits::Quota;
use crate::quotation::{self, Quotation};
use crate::verdict::{Judgement, Kind, Severity, Verdict};
use crate::word;

/// How much of a paraphrase a report's sentence must have to be about the same thing.
const MIN_ALIKE: f64 = 0.55;

/// How much it must have to be nearly the same.
const MIN_NEARLY: f64 = 0.72;

/// How two speakers relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    Same,
    /// A body and one who speaks for it.
    Related,
    /// The reports leave it open.
    Open,
    Other,
}

/// Who speaks at a place of a report.
struct Speaking<'g> {
    doc: usize,
    voice: Voice,
    statement: Option<&'g StatementFinding>,
    /// Whether the report names the speaker there.
    named: bool,
    entity: Option<usize>,
}

/// Checks who is said to have said what.
pub(crate) fn check(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    quotations: &[Quotation],
    cut: &mut Vec<String>,
) -> Vec<Verdict> {
    let mut out = Vec::new();
    let mut quota = Quota::of_claims(&index.limits, "attributions");
    for statement in &index.draft.findings.statements {
        if !quota.take() {
            continue;
        }
        let Some(speaker) = speaker(index, statement) else { continue };
        let content = statement.content.span();
        let words = index.draft.words_at(content);
        let quoted: Vec<&Quotation> = quotation::among(quotations, &words)
            .filter(|q| !q.places.is_empty() && q.judgement != Judgement::Spliced)
            .collect();
        let found: Vec<Speaking<'_>> = match quoted.is_empty() {
            false => quoted.iter().flat_map(|q| &q.places).map(|(d, w)| at_place(index, speaker, *d, w)).collect(),
            true if statement.mode == Mode::Indirect => paraphrased(index, speaker, &words),
            true => Vec::new(),
        };
        let mut found = found;
        for f in found.iter_mut().filter(|f| f.voice == Voice::Other) {
            if f.entity.is_some_and(|e| could_be_dated(index, statement.speaker_span.as_ref(), e)) {
                f.voice = Voice::Same;
            }
        }
        // A word or two may be anybody's.
        let length: usize = quoted.iter().map(|q| q.words.len()).sum();
        if !quoted.is_empty() && length < 2 {
            continue;
        }
        let length = (!quoted.is_empty()).then_some(length);
        out.extend(verdict(index, builder, statement, speaker, &found, length));
        if let Some(first) = quoted.first() {
            out.extend(circumstance(index, builder, statement, first, &found));
        }
    }
    quota.close(cut);
    out
}

/// Whom the draft makes speak: as it was read, else the one person whose name ends as the words beside the cue do.
fn speaker(index: &ComparisonIndex<'_>, statement: &StatementFinding) -> Option<usize> {
    if let Some(speaker) = statement.speaker.and_then(|a| actor(&index.draft, a)) {
        return Some(speaker);
    }
    let written = word::telling(statement.speaker_span.as_ref()?.exact());
    let last = written.last()?;
    match index.entities.people_called(last) {
        [one] => Some(*one),
        _ => None,
    }
}

/// Whether a name as the draft writes it may be that of somebody in the reports, whoever it was joined with: a surname
/// alone is supported by whoever has it.
fn could_be_dated(index: &ComparisonIndex<'_>, written: Option<&Citation>, entity: usize) -> bool {
    let Some(written) = written else { return false };
    let Some(named) = index.draft.seen_at(written.span()).find(|s| s.kind == MentionKind::Name) else { return false };
    let at = Span::new(named.start, named.end);
    let other = index.entity(entity);
    // Without titles: only what is part of somebody's name.
    let text = index.input.draft.text.slice(at).unwrap_or_default();
    let all = word::telling(text);
    let ours: Vec<String> = all.iter().filter(|w| index.entities.is_of_a_name(w)).cloned().collect();
    let ours = if ours.len() > 1 && index.entity(named.entity).kind == EntityKind::Person {
        ours
    } else {
        all.last().cloned().into_iter().collect()
    };
    if ours.is_empty() {
        return false;
    }
    let forms = index.entities.forms(entity);
    let single = forms.iter().all(|f| f.len() < 2);
    forms.iter().any(|f| {
        let holds = |a: &[String], b: &[String]| a.iter().all(|w| b.contains(w));
        // "Marta" may be any Marta, whatever kind of name it was taken for.
        other.kind == EntityKind::Person && holds(&ours, f) || single && !f.is_empty() && holds(f, &ours)
    })
}

fn actor(doc: &Doc<'_>, actor: ActorIndex) -> Option<usize> {
    doc.entity_of.get(actor.index()).copied().flatten()
}

/// Who speaks at a place of a report, as the draft's speaker sees it.
fn at_place<'g>(index: &'g ComparisonIndex<'_>, speaker: usize, d: usize, words: &Range<usize>) -> Speaking<'g> {
    let doc = &index.docs[d];
    let Some(span) = doc.span(words.clone()) else {
        return Speaking { doc: d, voice: Voice::Open, statement: None, named: false, entity: None };
    };
    // The innermost statement that has most of the place.
    let found = doc
        .statements()
        .filter(|(s, _)| {
            let c = s.content.span();
            let common = c.end().min(span.end()).saturating_sub(c.start().max(span.start()));
            common * 10 >= span.len() * 6
        })
        .min_by_key(|(s, _)| s.content.span().len());
    let (statement, entity) = (found.map(|(s, _)| s), found.and_then(|(_, speaker)| speaker));
    let named = statement
        .and_then(|s| s.speaker_span.as_ref())
        .is_some_and(|by| doc.seen_at(by.span()).any(|s| s.kind == MentionKind::Name && Some(s.entity) == entity));
    // Somebody's words in another's mouth: the statement found may be the outer one.
    let inner = doc.nested.iter().find(|n| n.start <= words.start && words.end <= n.end);
    let outer = inner
        .and_then(|n| doc.span(n.clone()))
        .is_some_and(|n| statement.is_some_and(|s| s.content.span().len() > n.len() + n.len() / 4));
    // Whom a pronoun may as well not mean settles nothing.
    let doubtful = Statement::is_doubted(statement.and_then(|s| s.confidence));
    let voice = match entity {
        Some(entity) if outer || doubtful => relation(index, speaker, entity).min(Voice::Open),
        Some(entity) => relation(index, speaker, entity),
        None if beside(index, speaker, d, span, statement) => Voice::Open,
        None => Voice::Other,
    };
    Speaking { doc: d, voice, statement, named, entity }
}

/// Whether the draft's speaker is named or meant near a place whose speaker is not clear.
fn beside(
    index: &ComparisonIndex<'_>,
    speaker: usize,
    d: usize,
    span: Span<rapporteur_schema::Char>,
    statement: Option<&StatementFinding>,
) -> bool {
    let doc = &index.docs[d];
    let Some(at) = doc.sentence_at(span).and_then(|s| doc.sentences.get(s)) else { return true };
    let near = doc.sentences.iter().filter(|s| s.paragraph.abs_diff(at.paragraph) <= 2);
    let span = near.filter_map(|s| doc.span(s.words.clone())).reduce(|a, b| a.cover(b));
    let seen = span.is_some_and(|s| doc.seen_at(s).any(|m| relation(index, speaker, m.entity) <= Voice::Related));
    // Somebody without a name who is described otherwise is somebody else only where the one meant is far.
    seen || statement.is_none() && span.is_none()
}

/// How two entities relate as speakers.
fn relation(index: &ComparisonIndex<'_>, a: usize, b: usize) -> Voice {
    if a == b {
        return Voice::Same;
    }
    let (x, y) = (index.entity(a), index.entity(b));
    let person = |e: &rapporteur_schema::Entity| e.kind == EntityKind::Person;
    if person(x) && person(y) {
        // A surname alone that was joined with nobody may be the other's.
        let last = |e: &rapporteur_schema::Entity| e.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let bare = !x.name.contains(' ') || !y.name.contains(' ');
        return if bare && last(x) == last(y) { Voice::Same } else { Voice::Other };
    }
    let holds = |p: &rapporteur_schema::Entity, body: &rapporteur_schema::Entity| {
        p.offices.iter().any(|o| o.of.as_ref() == Some(&body.id))
    };
    let countries = index.countries(a).intersection(index.countries(b)).next().is_some();
    let group = x.kind == EntityKind::Group || y.kind == EntityKind::Group;
    if holds(x, y) || holds(y, x) || countries {
        Voice::Related
    } else if group && is_body(x) && is_body(y) {
        Voice::Open
    } else {
        Voice::Other
    }
}

/// Who says in the reports what the draft tells in words of its own.
fn paraphrased<'g>(index: &'g ComparisonIndex<'_>, speaker: usize, words: &Range<usize>) -> Vec<Speaking<'g>> {
    let features = index.features_of(words.clone(), &[]);
    if features.len() < 3 {
        return Vec::new();
    }
    let hits = index.nearest(&features, MIN_ALIKE);
    let Some(best) = hits.first().map(|h| h.score) else { return Vec::new() };
    let mut out: Vec<Speaking<'_>> = Vec::new();
    for hit in hits.iter().filter(|h| h.score >= best - 0.12).take(8) {
        let doc = &index.docs[hit.doc];
        let sentence = &doc.sentences[hit.sentence];
        let Some(span) = doc.span(sentence.words.clone()) else { continue };
        let inside: Vec<(&StatementFinding, Option<usize>)> =
            doc.statements().filter(|(s, _)| s.content.span().overlaps(span)).collect();
        if inside.is_empty() {
            out.push(Speaking { doc: hit.doc, voice: Voice::Open, statement: None, named: false, entity: None });
        }
        for (statement, entity) in inside {
            let by = statement.speaker_span.as_ref().map(Citation::span);
            let named = by.is_some_and(|b| doc.seen_at(b).any(|s| s.kind == MentionKind::Name));
            let doubtful = Statement::is_doubted(statement.confidence);
            let voice = entity.filter(|_| !doubtful).map_or(Voice::Open, |e| relation(index, speaker, e));
            // Who is named in the sentence may be its speaker in another reading.
            let there = doc.seen_at(span).any(|s| s.entity == speaker && s.kind == MentionKind::Name);
            let voice = if voice == Voice::Other && there { Voice::Open } else { voice };
            out.push(Speaking { doc: hit.doc, voice, statement: Some(statement), named, entity });
        }
    }
    // Something like it may be said by many: only what is nearly the same speaks against a speaker.
    if best < MIN_NEARLY && out.iter().all(|s| s.voice == Voice::Other) {
        out.clear();
    }
    out
}

fn verdict(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    statement: &StatementFinding,
    speaker: usize,
    found: &[Speaking<'_>],
    quoted: Option<usize>,
) -> Option<Verdict> {
    let (paraphrase, length) = (quoted.is_none(), quoted.unwrap_or(usize::MAX));
    let best = found.iter().map(|f| f.voice).min()?;
    let at =
        statement.speaker_span.as_ref().or(statement.cue.as_ref()).map_or(statement.content.span(), Citation::span);
    let of = |voice: Voice| found.iter().filter(move |f| f.voice == voice);
    let docs = |voice: Voice| of(voice).map(|f| f.doc).collect::<BTreeSet<usize>>();
    let cites = |voice: Voice| {
        let cite = |f: &Speaking<'_>| {
            let statement = f.statement?;
            let by = statement.speaker_span.as_ref().or(statement.cue.as_ref())?;
            let both = by.span().cover(statement.cue.as_ref().map_or(by.span(), Citation::span));
            let near = !both.overlaps(statement.content.span());
            index.docs[f.doc].report.cite(if near { both } else { by.span() }).ok()
        };
        let mut all: Vec<Citation> = of(voice).filter_map(cite).collect();
        all.sort();
        all.dedup();
        all
    };
    let mut verdict = builder.verdict(at, Kind::Attribution, Judgement::Supported);
    let name = &index.entity(speaker).name;
    let others = || {
        let names: BTreeSet<&str> = of(Voice::Other)
            .filter_map(|f| {
                let name = f.entity.map(|e| index.entity(e).name.as_str());
                name.or_else(|| f.statement.and_then(|s| s.speaker_span.as_ref()).map(Citation::exact))
            })
            .collect();
        names.into_iter().collect::<Vec<_>>().join(" or ")
    };
    match best {
        Voice::Same => {
            verdict.sources = cites(Voice::Same);
            builder.supported(&mut verdict, docs(Voice::Same));
            verdict.says = format!("given to {name} in {}", builder.named(docs(Voice::Same)));
            if paraphrase {
                verdict.says = format!("{name} says something like it in {}", builder.named(docs(Voice::Same)));
            }
        }
        Voice::Related => {
            verdict.severity = Severity::Note;
            verdict.sources = cites(Voice::Related);
            builder.supported(&mut verdict, docs(Voice::Related));
            let who: BTreeSet<&str> =
                of(Voice::Related).filter_map(|f| f.entity).map(|e| index.entity(e).name.as_str()).collect();
            let who = who.into_iter().collect::<Vec<_>>().join(", ");
            let by = builder.named(docs(Voice::Related));
            verdict.says = format!("given to {who} in {by}; one of the two speaks for the other");
        }
        Voice::Open => {
            (verdict.severity, verdict.judgement) = (Severity::Note, Judgement::NotFound);
            verdict.says = format!("whose words they are is left open in {}", builder.named(docs(Voice::Open)));
        }
        Voice::Other => {
            let person = |e: usize| index.entity(e).kind == EntityKind::Person;
            let sure = of(Voice::Other).any(|f| f.named && f.entity.is_some_and(person)) && person(speaker);
            let by = |kind: MentionKind| {
                let span = statement.speaker_span.as_ref().map(Citation::span);
                span.is_some_and(|s| index.draft.seen_at(s).any(|s| s.kind == kind))
            };
            let (by_name, by_pronoun) = (by(MentionKind::Name), by(MentionKind::Pronoun));
            verdict.judgement = Judgement::OtherSpeaker;
            verdict.severity = match (sure && by_name && !paraphrase, by_name || !by_pronoun) {
                (true, _) => Severity::Error,
                (_, true) => Severity::Warning,
                // Whom the draft means by a pronoun is a reading, too.
                _ => Severity::Note,
            };
            // Nor is it sure whom "the minister" means where the words are the draft's own.
            if paraphrase && !by_name {
                verdict.severity = Severity::Note;
            }
            // A word or two may be anybody's, unless two people are named for them.
            if length < 2 || length == 2 && !(sure && by_name) {
                verdict.severity = Severity::Note;
            }
            verdict.against = cites(Voice::Other);
            let who = others();
            let (what, by) =
                (if paraphrase { "this is" } else { "these words are" }, builder.named(docs(Voice::Other)));
            verdict.says = match who.is_empty() {
                true => format!("{what} not given to {name} in {by}"),
                false => format!("{what} given to {who} in {by}, not to {name}"),
            };
        }
    }
    Some(verdict)
}

/// The day and the medium that the draft gives a quotation, where a report gives others.
fn circumstance(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    statement: &StatementFinding,
    quotation: &Quotation,
    found: &[Speaking<'_>],
) -> Vec<Verdict> {
    let mut out = Vec::new();
    let said: Vec<(usize, &StatementFinding)> =
        found.iter().filter(|f| f.voice <= Voice::Related).filter_map(|f| Some((f.doc, f.statement?))).collect();
    let Some(at) = index.draft.span(quotation.words.clone()) else { return out };
    if let Some(medium) = &statement.medium {
        let fold = |m: &str| m.to_lowercase();
        let with: Vec<(usize, &str)> = said.iter().filter_map(|(d, s)| Some((*d, s.medium.as_deref()?))).collect();
        if !with.is_empty()
            && with.iter().all(|(_, m)| !fold(m).contains(&fold(medium)) && !fold(medium).contains(&fold(m)))
        {
            let mut verdict = builder.verdict(at, Kind::Quotation, Judgement::OtherMedium);
            verdict.severity = Severity::Warning;
            verdict.against = said.iter().filter(|(_, s)| s.medium.is_some()).map(|(_, s)| s.content.clone()).collect();
            let media: BTreeSet<&str> = with.iter().map(|(_, m)| *m).collect();
            let media = media.into_iter().collect::<Vec<_>>().join(", ");
            verdict.says =
                format!("the draft says {medium}; in {} it is {media}", builder.named(with.iter().map(|(d, _)| *d)));
            out.push(verdict);
        }
    }
    out
}
