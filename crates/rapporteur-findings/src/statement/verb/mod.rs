//! Cue verbs and the frames they take, a file a frame: a clause ("said that S"), a parenthesis ("S, X said"), a predicate
//! ("called it N", "described N as A"), an infinitive ("vowed to V"), an object ("rejected the offer"), bare words in marks.
//!
//! The frames are tried in this order. `source` says who can speak at all, `trim` what belongs to a content.

mod bare;
mod clause;
mod infinitive;
mod object;
mod parenthesis;
mod predicate;
mod source;
mod trim;

use std::ops::Range;

use rapporteur_language::{Dep, Tag};

pub(super) use source::can_speak;
pub(super) use trim::trimmed;

use super::Draft;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_negated, is_passive, is_verb, own_subject};
use crate::name::Names;
use rapporteur_lexicon::{Cue, cues};

/// Bytes that a clause may have: one that is longer is a parse gone wrong, and thousands of them, each inside the other,
/// would make the record of one endless sentence grow with its square.
const LONGEST: usize = 2_500;

/// Drafts of one paragraph.
pub(super) fn drafts(doc: &Doc<'_>, names: &Names, p: usize, out: &mut Vec<Draft>) {
    for v in 0..doc.tokens(p).len() {
        if !is_verb(doc, p, v) {
            continue;
        }
        if let Some(cue) = cues().verb(doc.lemma(p, v)) {
            verb(doc, names, p, v, cue, out);
        } else if matches!(doc.lemma(p, v), "have" | "be" | "feel") {
            bare::bare_fragment(doc, names, p, v, out);
        }
    }
}

fn verb(doc: &Doc<'_>, names: &Names, p: usize, v: usize, cue: Cue, out: &mut Vec<Draft>) {
    // "The council was told", "asked whether he would come": who is told or asked does not speak.
    let listens = matches!(doc.lemma(p, v), "tell" | "ask" | "inform" | "assure" | "advise" | "notify" | "question");
    if listens
        && (is_passive(doc, p, v) || doc.tokens(p)[v].tag == Tag::Vbn && own_subject(doc, p, v).is_none())
        && child(doc, p, v, &[Dep::Agent]).is_none()
        && child(doc, p, v, &[Dep::Aux]).is_none()
    {
        return;
    }
    let Some(source) = source::speaking_subject(doc, names, p, v, cue) else { return };
    if unreal(doc, p, v) || doubled(doc, p, v) || called_off(doc, p, v) {
        return;
    }
    let found = clause::clause(doc, p, v, cue)
        .or_else(|| clause::that_clause(doc, p, v, cue))
        .or_else(|| parenthesis::parenthesis(doc, p, v, cue))
        .or_else(|| predicate::predicate(doc, p, v, cue))
        .or_else(|| infinitive::infinitive(doc, p, v, cue))
        .or_else(|| object::object(doc, p, v, cue));
    let Some(bytes) = found else { return };
    if bytes.start >= bytes.end || bytes.len() > LONGEST {
        return;
    }
    out.push(Draft {
        cue: Some((v, At::new(p, cue_tokens(doc, p, v)))),
        source: Some((p, source)).filter(|_| !is_empty_subject(doc, p, v, source)),
        content: (p, bytes.start)..(p, bytes.end),
        quotation: None,
        follows: None,
        via: None,
    });
}

/// "It is said that S": nobody is named.
fn is_empty_subject(doc: &Doc<'_>, p: usize, v: usize, source: usize) -> bool {
    is_passive(doc, p, v) && doc.word(p, source).eq_ignore_ascii_case("it")
}

/// The cue as written: the verb with the words that make it one ("is reported to have said").
fn cue_tokens(doc: &Doc<'_>, p: usize, v: usize) -> Range<usize> {
    if is_passive(doc, p, v) {
        let start = child(doc, p, v, &[Dep::Auxpass]).filter(|&a| a < v && v - a <= 2).unwrap_or(v);
        let end = child(doc, p, v, &[Dep::Xcomp]).filter(|&x| x > v && x - v <= 4).map_or(v + 1, |x| x + 1);
        return start..end;
    }
    // "was quoted as saying", "pointed out".
    let start = quoted_as(doc, p, v).map_or(v, |up| cue_tokens(doc, p, up).start);
    let end = child(doc, p, v, &[Dep::Prt]).filter(|&c| c == v + 1).map_or(v + 1, |c| c + 1);
    start..end
}

/// "was quoted as saying": the outer verb of a verb of saying behind "as".
fn quoted_as(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    let as_ = head(doc, p, v).filter(|&a| doc.tokens(p)[v].dep == Dep::Pcomp && doc.word(p, a) == "as")?;
    head(doc, p, as_)
        .filter(|&up| is_passive(doc, p, up) && up + 8 > v && matches!(doc.lemma(p, up), "quote" | "cite" | "report"))
}

/// "is reported to have said": the outer verb is the cue, the inner one a part of it.
fn doubled(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let inner = doc.analyses[p].children(v).filter(|&a| doc.word(p, a) == "as");
    if inner.into_iter().filter_map(|a| child(doc, p, a, &[Dep::Pcomp])).any(|c| quoted_as(doc, p, c) == Some(v)) {
        return true;
    }
    doc.tokens(p)[v].dep == Dep::Xcomp
        && head(doc, p, v).is_some_and(|up| is_passive(doc, p, up) && cues().verb(doc.lemma(p, up)).is_some())
}

/// "called off the strike" says nothing.
fn called_off(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.lemma(p, v) == "call"
        && child(doc, p, v, &[Dep::Prt]).is_some_and(|c| matches!(doc.word(p, c), "off" | "up" | "in"))
}

/// Said only in a world that is not: "if he says", "could say", and "did not say", which says nothing.
fn unreal(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let conditional = doc.tokens(p)[v].dep == Dep::Advcl
        && child(doc, p, v, &[Dep::Mark]).is_some_and(|m| matches!(doc.lemma(p, m), "if" | "unless" | "whether"));
    let modal = doc.analyses[p].children(v).any(|c| {
        doc.tokens(p)[c].dep == Dep::Aux
            && matches!(doc.lemma(p, c), "should" | "might" | "could" | "must" | "can" | "may")
    });
    let silent = is_negated(doc, p, v)
        && matches!(
            doc.lemma(p, v),
            "say"
                | "comment"
                | "specify"
                | "elaborate"
                | "reveal"
                | "disclose"
                | "tell"
                | "give"
                | "provide"
                | "know"
                | "mention"
                | "explain"
        );
    // "without specifying a time"
    let without = doc.tokens(p)[v].dep == Dep::Pcomp && head(doc, p, v).is_some_and(|h| doc.word(p, h) == "without");
    conditional || modal || silent || without
}

/// An order is an act that the reporter tells, not words that were said.
fn is_order(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(
        doc.lemma(p, v),
        "order" | "direct" | "instruct" | "command" | "task" | "tell" | "assign" | "authorize" | "dispatch"
    )
}
