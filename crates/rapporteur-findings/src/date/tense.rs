//! Whether the verb that an expression belongs to looks back or ahead: it decides which Tuesday is meant.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_lexicon::words::time;

use super::word::Line;
use crate::doc::Doc;
use crate::grammar::head;

/// Where the clause of an expression stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// "met", "has met".
    Past,
    /// "had met": past before something past, so that even "until Friday" looks back.
    Before,
    /// "meets", "is meeting".
    Present,
    /// "will meet", "plans to meet".
    Future,
    /// No verb tells.
    None,
}

/// The tense of the clause that the tokens `from..to` of a paragraph belong to.
pub(super) fn tense(doc: &Doc<'_>, p: usize, tokens: std::ops::Range<usize>) -> Tense {
    verb(doc, p, tokens).map_or(Tense::None, |v| of_verb(doc, p, v))
}

/// The verb that governs some tokens: the first one above them.
pub(super) fn verb(doc: &Doc<'_>, p: usize, tokens: std::ops::Range<usize>) -> Option<usize> {
    let all = doc.tokens(p);
    let mut t = tokens.clone().find(|&t| !tokens.contains(&(all[t].head as usize))).or(Some(tokens.start))?;
    // Bounded: a parse is made by a machine.
    for _ in 0..24 {
        t = head(doc, p, t)?;
        if matches!(all[t].pos, Pos::Verb | Pos::Aux) {
            return Some(t);
        }
    }
    None
}

fn of_verb(doc: &Doc<'_>, p: usize, verb: usize) -> Tense {
    let all = doc.tokens(p);
    let mut v = verb;
    for _ in 0..6 {
        // "had been due to expire Friday": what was ahead then is over now.
        if had(doc, p, v)
            || (v != verb || is_infinitive(doc, p, v)) && above(doc, p, v).is_some_and(|up| had(doc, p, up))
        {
            return Tense::Before;
        }
        // "has scheduled talks on Friday" speaks of what is ahead, whatever its tense.
        if time::PLANNING.has(doc.lemma(p, v)) {
            return Tense::Future;
        }
        let mut found = None;
        for c in doc.analyses[p].children(v).filter(|&c| matches!(all[c].dep, Dep::Aux | Dep::Auxpass)) {
            let tense = match (all[c].tag, doc.lemma(p, c)) {
                // "could not be found Tuesday" looks back as often as ahead.
                (Tag::Md, "could" | "might") => Tense::None,
                (Tag::Md, _) => Tense::Future,
                // "the first to join on Friday", "celebrated to mark Friday": as the clause above has it.
                (Tag::To, _) if matches!(all[v].dep, Dep::Relcl | Dep::Advcl | Dep::Acl) => match above(doc, p, v) {
                    Some(up) if all[up].tag == Tag::Vbd => Tense::Past,
                    _ => Tense::Future,
                },
                (Tag::To, _) => Tense::Future,
                (_, "have") => Tense::Past,
                (Tag::Vbd, _) => Tense::Past,
                (Tag::Vbz | Tag::Vbp, _) => Tense::Present,
                _ => continue,
            };
            if found.is_none_or(|f| f == Tense::Present) {
                found = Some(tense);
            }
        }
        if let Some(tense) = found {
            return tense;
        }
        match all[v].tag {
            Tag::Vbd => return Tense::Past,
            Tag::Vbz | Tag::Vbp => return Tense::Present,
            Tag::Md => return Tense::Future,
            Tag::Vbn => return Tense::Past,
            Tag::Vb => return Tense::Future,
            // "meeting on Friday": as the verb above it has it.
            _ => {}
        }
        match above(doc, p, v) {
            Some(u) => v = u,
            None => return Tense::None,
        }
    }
    Tense::None
}

fn had(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let all = doc.tokens(p);
    doc.analyses[p].children(v).any(|c| all[c].dep == Dep::Aux && all[c].tag == Tag::Vbd && doc.lemma(p, c) == "have")
}

fn is_infinitive(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.tokens(p)[v].dep == Dep::Xcomp && doc.analyses[p].children(v).any(|c| doc.tokens(p)[c].tag == Tag::To)
}

/// The verb above a verb, with at most a noun between them.
fn above(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    let is_verb = |t: &usize| matches!(doc.tokens(p)[*t].pos, Pos::Verb | Pos::Aux);
    let up = head(doc, p, v)?;
    Some(up).filter(is_verb).or_else(|| head(doc, p, up).filter(is_verb))
}

/// What the word before an expression tells by itself: "until Friday" and "for Friday" look ahead, "since Friday" back.
pub(super) fn led(line: &Line, start: usize, end: usize) -> Option<Tense> {
    // "Wednesday's ruling" has been given, whatever is to be done about it.
    if matches!(line.at(end), "'" | "’") && line.at(end + 1) == "s" {
        return Some(Tense::None);
    }
    if line.has(start, &["as", "early", "as"]) {
        return Some(Tense::Future);
    }
    match line.before(start) {
        "until" | "till" | "by" => Some(Tense::Future),
        "for" if start > 1 => Some(Tense::Future),
        "since" => Some(Tense::Past),
        "as" if matches!(line.at(start.saturating_sub(2)), "soon" | "early") => Some(Tense::Future),
        _ => None,
    }
}

/// The same without a parse, by the nearest auxiliary of the sentence: for paragraphs that could not be analysed.
pub(super) fn guess(line: &Line, start: usize, end: usize) -> Tense {
    let stop = |i: &usize| matches!(line.at(*i), "." | ";" | "!" | "?");
    let first = (0..start).rev().find(stop).map_or(0, |i| i + 1);
    let last = (end..line.words.len()).find(stop).unwrap_or(line.words.len());
    let ahead = |i: usize| time::AHEAD.has(line.at(i));
    match (first..start).chain(end..last).any(ahead) {
        true => Tense::Future,
        false => Tense::Past,
    }
}
