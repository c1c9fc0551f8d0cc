//! Nouns that attribute: "X's claim that S", "reports that S".

use rapporteur_language::{Dep, Pos};

use super::candidate::AttributionCandidate;
use super::trim::trimmed;
use crate::doc::{At, Doc};
use crate::grammar::{child, subject, subtree};
use rapporteur_lexicon::{Frames, cues};

/// Candidates of one paragraph.
pub(super) fn candidates(doc: &Doc<'_>, p: usize, out: &mut Vec<AttributionCandidate>) {
    for n in 0..doc.tokens(p).len() {
        if doc.tokens(p)[n].pos != Pos::Noun {
            continue;
        }
        if cues().noun(doc.lemma(p, n)).is_none_or(|c| c.strength < 2 || !c.frames.any(Frames::CLAUSE)) {
            continue;
        }
        let clause = doc.analyses[p].children(n).find(|&c| {
            c > n
                && matches!(doc.tokens(p)[c].dep, Dep::Acl | Dep::Ccomp)
                && child(doc, p, c, &[Dep::Mark]).is_some_and(|m| doc.word(p, m) == "that" && m > n)
        });
        let Some(clause) = clause else { continue };
        let range = subtree(doc, p, clause);
        let start = if doc.word(p, range.start) == "that" { range.start + 1 } else { range.start };
        let bytes = trimmed(doc, p, start..range.end);
        // Whose claim: "X's claim", "a claim by X", "X made the claim".
        let by = child(doc, p, n, &[Dep::Prep])
            .filter(|&c| matches!(doc.word(p, c), "by" | "from"))
            .and_then(|c| child(doc, p, c, &[Dep::Pobj]));
        let verb = (doc.tokens(p)[n].dep == Dep::Dobj).then_some(doc.tokens(p)[n].head as usize);
        let source = child(doc, p, n, &[Dep::Poss]).or(by).or_else(|| verb.and_then(|v| subject(doc, p, v)));
        if bytes.start < bytes.end
            && let Some(source) = source
        {
            let cue = (n, At::new(p, n..n + 1));
            out.push(AttributionCandidate::of_cue("statement/noun", cue, Some(source), bytes));
        }
    }
}
