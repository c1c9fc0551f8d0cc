//! "S, according to X": the sentence is X's.

use rapporteur_language::Dep;

use super::Draft;
use super::clause::trimmed;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, sentence, subtree};

/// Drafts of one paragraph.
pub(super) fn drafts(doc: &Doc<'_>, p: usize, out: &mut Vec<Draft>) {
    for t in 0..doc.tokens(p).len().saturating_sub(2) {
        if !doc.word(p, t).eq_ignore_ascii_case("according") || doc.word(p, t + 1) != "to" {
            continue;
        }
        let Some(source) = child(doc, p, t + 1, &[Dep::Pobj]).or_else(|| child(doc, p, t, &[Dep::Pobj])) else { continue };
        let phrase = t..subtree(doc, p, t + 1).end.max(subtree(doc, p, source).end);
        let bounds = sentence(doc, p, t);
        // At the head of its sentence the rest is X's, else the clause before it.
        let content = if t <= bounds.start + 2 {
            let comma = (source + 1..bounds.end).find(|&c| doc.word(p, c) == "," && c + 1 >= phrase.end.min(c + 1) && doc.tokens(p)[c].head as usize != source);
            let start = comma.map_or(phrase.end, |c| c + 1).min(bounds.end);
            start..bounds.end
        } else {
            let clause = head(doc, p, t).map(|h| subtree(doc, p, h).start).unwrap_or(bounds.start);
            let start = if doc.quoted(p, clause).is_some() { bounds.start } else { clause.max(bounds.start) };
            start.min(t)..t
        };
        let bytes = trimmed(doc, p, content);
        if bytes.start < bytes.end {
            out.push(Draft {
                cue: Some((t, At::new(p, t..t + 2))),
                source: Some((p, source)),
                content: (p, bytes.start)..(p, bytes.end),
                quotation: None,
                follows: None,
                via: None,
            });
        }
    }
}
