//! Small questions about the parse that several rules ask: who is the subject, where a clause begins, what is negated.

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use crate::doc::Doc;

/// A child of token `t` with one of these relations.
pub(crate) fn child(doc: &Doc<'_>, p: usize, t: usize, deps: &[Dep]) -> Option<usize> {
    doc.analyses[p].children(t).find(|&c| deps.contains(&doc.tokens(p)[c].dep))
}

/// All tokens below `t`, itself too, as one range.
pub(crate) fn subtree(doc: &Doc<'_>, p: usize, t: usize) -> Range<usize> {
    doc.analyses[p].subtree_range(t)
}

/// The sentence a token stands in.
pub(crate) fn sentence(doc: &Doc<'_>, p: usize, t: usize) -> Range<usize> {
    doc.sentence(p, t)
}

/// Whether a token is a verb that can head a clause.
pub(crate) fn is_verb(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    matches!(doc.tokens(p)[t].pos, Pos::Verb | Pos::Aux)
        && matches!(doc.tokens(p)[t].tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz | Tag::Md)
}

/// Whether a verb is in the passive.
pub(crate) fn is_passive(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    child(doc, p, t, &[Dep::Auxpass, Dep::Nsubjpass]).is_some()
}

/// Whether a verb is negated ("did not say", "never said").
pub(crate) fn is_negated(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    child(doc, p, t, &[Dep::Neg]).is_some()
}

/// The head of a token; a root has none.
pub(crate) fn head(doc: &Doc<'_>, p: usize, t: usize) -> Option<usize> {
    let h = doc.tokens(p)[t].head as usize;
    (h != t).then_some(h)
}

/// Who does what this verb tells: its subject, the agent of a passive, or what it shares with the verb above it.
pub(crate) fn subject(doc: &Doc<'_>, p: usize, verb: usize) -> Option<usize> {
    let mut v = verb;
    // Bounded: a chain of verbs is short, and a parse has no cycles but is made by a machine.
    for _ in 0..8 {
        if is_passive(doc, p, v) && v == verb {
            let agent = child(doc, p, v, &[Dep::Agent]);
            if let Some(by) = agent.and_then(|a| child(doc, p, a, &[Dep::Pobj])) {
                return Some(by);
            }
        }
        if let Some(s) = own_subject(doc, p, v) {
            // "X, who said": the noun that the clause belongs to.
            let relative = matches!(doc.tokens(p)[s].tag, Tag::Wp | Tag::Wdt);
            return match head(doc, p, v) {
                Some(noun) if relative && doc.tokens(p)[v].dep == Dep::Relcl => Some(noun),
                _ => Some(s),
            };
        }
        let up = head(doc, p, v)?;
        match doc.tokens(p)[v].dep {
            Dep::Acl => return Some(up),
            Dep::Xcomp | Dep::Conj | Dep::Advcl | Dep::Pcomp | Dep::Prep | Dep::Dep | Dep::Ccomp | Dep::Relcl => {
                // "told him to say": the one told.
                if doc.tokens(p)[v].dep == Dep::Xcomp
                    && let Some(told) = child(doc, p, up, &[Dep::Dobj])
                    && is_verb(doc, p, up)
                    && told < v
                {
                    return Some(told);
                }
                v = up;
            }
            _ => return None,
        }
    }
    None
}

/// A verb's own subject; of several, which a quotation before its cue can bring about ("“One of the best,” Roe said"),
/// the nearest that stands in the same marks as the verb.
pub(crate) fn own_subject(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    let subjects = doc.analyses[p]
        .children(v)
        .filter(|&c| matches!(doc.tokens(p)[c].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Expl));
    let subject = subjects.min_by_key(|&s| (doc.quoted(p, s) != doc.quoted(p, v), s.abs_diff(v)))?;
    Some(behind_dateline(doc, p, subject, v).unwrap_or(subject))
}

/// Who acts where the parse takes the place of a dateline for it: "OSLO — Ingrid Solberg met …".
fn behind_dateline(doc: &Doc<'_>, p: usize, subject: usize, verb: usize) -> Option<usize> {
    let capitals = doc.words(p, 0..subject + 1).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let dash = (subject + 1..verb.min(subject + 6)).any(|t| matches!(doc.word(p, t), "—" | "–" | "-"));
    let names = doc.analyses[p]
        .children(subject)
        .filter(|&c| c > subject && c < verb && matches!(doc.tokens(p)[c].dep, Dep::Appos | Dep::Conj));
    names.filter(|_| capitals && dash).max()
}

/// A noun phrase as a reader would underline it: without relative clauses, appositions after a comma, closing marks.
pub(crate) fn phrase(doc: &Doc<'_>, p: usize, noun: usize) -> Range<usize> {
    let tokens = doc.tokens(p);
    let Range { start, end: full } = subtree(doc, p, noun);
    let mut end = full;
    for c in doc.analyses[p].children(noun) {
        let cut = matches!(tokens[c].dep, Dep::Relcl | Dep::Acl | Dep::Advcl | Dep::Ccomp | Dep::Parataxis)
            || (tokens[c].dep == Dep::Appos && c > noun)
            || (tokens[c].dep == Dep::Prep && doc.lemma(p, c) == "include");
        if cut && c > noun {
            end = end.min(subtree(doc, p, c).start);
        }
    }
    let mut end = end.max(noun + 1);
    while end > noun + 1 && tokens[end - 1].pos == Pos::Punct && !matches!(doc.word(p, end - 1), ")" | "]" | "%") {
        end -= 1;
    }
    let mut start = start.min(noun);
    while start < noun
        && (tokens[start].pos == Pos::Punct
            || matches!(tokens[start].dep, Dep::Cc | Dep::Advmod | Dep::Mark)
                && start + 1 < noun
                && tokens[start].head as usize == noun
                && tokens[start].dep == Dep::Cc)
    {
        start += 1;
    }
    start..end
}

/// A noun phrase with everything that tells who is meant: appositions and relative clauses too, closing marks left out.
pub(crate) fn full_phrase(doc: &Doc<'_>, p: usize, noun: usize) -> Range<usize> {
    let tokens = doc.tokens(p);
    let short = phrase(doc, p, noun);
    let bounds = sentence(doc, p, noun);
    let mut end = subtree(doc, p, noun).end.min(bounds.end).max(short.end);
    // A quotation after the noun is not part of its name, nor is a clause of many lines.
    if let Some(q) = (short.end..end).find(|&t| doc.quoted(p, t).is_some()) {
        end = q;
    }
    if end - short.start > 40 {
        end = short.end;
    }
    while end > short.end && tokens[end - 1].pos == Pos::Punct && !matches!(doc.word(p, end - 1), ")" | "]") {
        end -= 1;
    }
    short.start..end
}
