//! Who said what: every attribution of a report with its speaker, cue and content.
//!
//! 1. `speech` takes the quotations that are speech and finds the cue of each, over paragraphs too.
//! 2. `verb` takes cue verbs with the frames they take ("said that", "declined to", "described … as").
//! 3. `according` takes adjuncts ("according to"), `noun` nouns ("the claim that"), `hearsay` adverbs ("reportedly"), `post`
//!    posts that stand in the report as a page shows them, `turn` what speakers of a transcript say.
//! 4. `fragment` takes words in marks that none of these claims; `dedupe` keeps one of what several rules found.
//! 5. `speaker` says who is meant, `medium` where it was said and by whom it is reported, `content` what of it is quoted.
//!
//! Each rule proposes `candidate`s that carry its name; `attributions` is what later rules ask about them.

mod according;
mod attributions;
mod candidate;
mod content;
mod dedupe;
mod fragment;
mod hearsay;
mod marked;
mod medium;
mod noun;
mod post;
pub(crate) mod speaker;
mod speech;
mod trim;
mod turn;
mod verb;
mod wording;

use rapporteur_schema::{Mode, PassageKind, StatementFinding};

pub(crate) use attributions::Speech;
pub(crate) use medium::is_medium;

use crate::date::{Found, date_of_verb};
use crate::doc::Doc;
use crate::name::Names;

/// Finds the statements of a report.
pub(crate) fn find(doc: &Doc<'_>, names: &Names, dates: &[Found]) -> (Vec<StatementFinding>, Speech) {
    let direct = speech::candidates(doc);
    let mut others = Vec::new();
    for p in 0..doc.len() {
        if doc.kind(p) == PassageKind::Body {
            let mut by_rule = Vec::new();
            verb::candidates(doc, names, p, &mut by_rule);
            according::candidates(doc, p, &mut by_rule);
            noun::candidates(doc, p, &mut by_rule);
            post::candidates(doc, names, p, &mut by_rule);
            hearsay::candidates(doc, p, &mut by_rule);
            marked::join(doc, p, &direct, by_rule, &mut others);
        }
    }
    others.retain(|c| !c.cue_head().is_some_and(|(p, t)| doc.is_furniture(p, t)));
    let claimed = dedupe::dedupe(doc, direct, others);
    let fragments = fragment::candidates(doc, names, &claimed);
    let candidates = dedupe::dedupe(doc, claimed, fragments);
    let turns = turn::candidates(doc);
    let candidates = if turns.is_empty() { candidates } else { dedupe::dedupe(doc, candidates, turns) };
    let speakers = speaker::resolve(doc, names, &candidates);
    let confidences = speaker::confidences(doc, names, &candidates, &speakers);
    let mut out = Vec::new();
    for (i, (candidate, (speaker, span))) in candidates.iter().zip(&speakers).enumerate() {
        let Some(content) = doc.view.cite_across(candidate.content.start, candidate.content.end) else { continue };
        let quoted = content::quoted(doc, candidate);
        let label = turn::label_of(doc, candidate);
        // The words of a transcript are the speaker's own, without any marks.
        let mode = if label.is_some() { Mode::Direct } else { content::mode(doc, candidate, &quoted) };
        let quoted = quoted.into_iter().filter_map(|(from, to)| doc.view.cite_across(from, to)).collect();
        out.push(StatementFinding {
            by: candidate.by.clone(),
            mode,
            speaker: *speaker,
            speaker_span: label.as_ref().or(span.as_ref()).and_then(|at| doc.cite(at)),
            cue: candidate.cue.as_ref().and_then(|(_, at)| doc.cite(at)),
            content,
            quoted,
            medium: medium::medium(doc, names, &candidates, i),
            audience: medium::audience(doc, names, candidate),
            via: medium::via(doc, names, candidate),
            date: candidate.cue_head().and_then(|(p, verb)| date_of_verb(doc, dates, p, verb)),
            confidence: confidences[i],
        });
    }
    out.sort_by_key(|s| (s.content.span(), s.cue.as_ref().map(|c| c.span())));
    out.dedup_by(|a, b| a.content == b.content && a.cue == b.cue);
    (out, Speech::new(candidates, speakers))
}
