//! The words that tell a gathering: its clause, without what is told beside it.

use std::ops::Range;

use rapporteur_language::{Dep, Pos};

use super::trigger::{Role, Trigger};
use crate::doc::Doc;
use crate::grammar::{head, is_verb, own_subject, sentence, subtree};
use rapporteur_lexicon::{Meets, gatherings};

/// The tokens of the clause; with the verb's subject where that takes part.
pub(super) fn clause(doc: &Doc<'_>, trigger: &Trigger, subject: bool) -> Range<usize> {
    let p = trigger.p;
    let bounds = sentence(doc, p, trigger.token);
    let range = match (trigger.role, trigger.verb) {
        (Role::Verb | Role::Object | Role::Subject, Some(v)) => of_verb(doc, p, v),
        (Role::Adjunct(_), Some(v))
            if subject
                || gatherings().takes(doc.lemma(p, v), Meets::GO | Meets::HAVE | Meets::SEND)
                || doc.lemma(p, v) == "be" =>
        {
            of_verb(doc, p, v)
        }
        _ => of_noun(doc, p, trigger.token),
    };
    let start = range.start.max(bounds.start).max(dateline(doc, p, trigger.token));
    let end = range.end.min(bounds.end).max(trigger.words.end);
    trim(doc, p, start.min(trigger.words.start)..end)
}

/// A verb with its subject and what depends on it, up to the clauses joined to it; where it is an infinitive, with the
/// verb above it ("has ordered his envoy to meet").
fn of_verb(doc: &Doc<'_>, p: usize, verb: usize) -> Range<usize> {
    let all = doc.tokens(p);
    let mut top = verb;
    for _ in 0..3 {
        let Some(up) = head(doc, p, top).filter(|&h| is_verb(doc, p, h)) else { break };
        let carried = match all[top].dep {
            Dep::Xcomp => true,
            Dep::Advcl => gatherings().takes(doc.lemma(p, up), Meets::GO | Meets::SEND),
            Dep::Ccomp => {
                own_subject(doc, p, top).is_some_and(|s| s > up)
                    && gatherings().takes(doc.lemma(p, up), Meets::ORDER | Meets::SEND)
            }
            _ => false,
        };
        if !carried {
            break;
        }
        top = up;
    }
    let Range { mut start, end } = subtree(doc, p, top);
    let mut stop = end;
    // Bounded twice: by the clauses joined to the uppermost verb, and to the verb itself.
    for v in [top, verb] {
        for c in doc.analyses[p].children(v) {
            let apart = matches!(all[c].dep, Dep::Conj | Dep::Ccomp | Dep::Parataxis)
                && is_verb(doc, p, c)
                && !subtree(doc, p, c).contains(&verb);
            if apart && c > verb {
                stop = stop.min(subtree(doc, p, c).start);
            } else if apart && c < verb {
                start = start.max(subtree(doc, p, c).end);
            }
            // A clause of circumstance before the verb tells something else.
            if all[c].dep == Dep::Advcl && c < verb && !subtree(doc, p, c).contains(&verb) {
                start = start.max(subtree(doc, p, c).end);
            }
        }
    }
    // A verb joined to another shares its subject but not its words.
    if all[verb].dep == Dep::Conj && top == verb {
        start = start.max(subtree(doc, p, verb).start);
    }
    start.min(verb)..stop.max(verb + 1)
}

/// The noun with all that depends on it.
fn of_noun(doc: &Doc<'_>, p: usize, noun: usize) -> Range<usize> {
    let all = doc.tokens(p);
    let Range { start, end } = subtree(doc, p, noun);
    let mut stop = end;
    for c in doc.analyses[p].children(noun).filter(|&c| c > noun) {
        if matches!(all[c].dep, Dep::Conj | Dep::Parataxis | Dep::Ccomp) {
            stop = stop.min(subtree(doc, p, c).start);
        }
    }
    start..stop.max(noun + 1)
}

/// Where the words begin behind a dateline ("OSLO, May 6 (Reuters) -"); 0 where there is none before `t`.
fn dateline(doc: &Doc<'_>, p: usize, t: usize) -> usize {
    let city = doc.tokens(p).first().is_some_and(|_| {
        let word = doc.word(p, 0);
        word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
    });
    // not words: dashes
    let dash = (1..t.min(16)).find(|&i| matches!(doc.word(p, i), "-" | "–" | "—" | "--" | "―"));
    let bracket = |end: usize| (0..end).any(|i| doc.word(p, i) == "(");
    match dash {
        Some(dash) if city || bracket(dash) => dash + 1,
        _ => 0,
    }
}

/// Without marks, conjunctions and commas at its ends.
fn trim(doc: &Doc<'_>, p: usize, mut range: Range<usize>) -> Range<usize> {
    let all = doc.tokens(p);
    while range.end > range.start + 1
        && (all[range.end - 1].pos == Pos::Punct || all[range.end - 1].dep == Dep::Cc)
        && !matches!(doc.word(p, range.end - 1), ")" | "]")
    {
        range.end -= 1;
    }
    while range.start + 1 < range.end
        && (all[range.start].pos == Pos::Punct || all[range.start].dep == Dep::Cc)
        && !matches!(doc.word(p, range.start), "(" | "[")
    {
        range.start += 1;
    }
    range
}
