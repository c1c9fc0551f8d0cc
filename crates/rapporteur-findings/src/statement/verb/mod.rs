//! Cue verbs and the frames they take, a file a frame: a clause ("said that S"), a parenthesis ("S, X said"), a predicate
//! ("called it N", "described N as A"), an infinitive ("vowed to V"), an object ("rejected the offer"), bare words in marks.
//!
//! The frames are tried in this order. `source` says who can speak at all, `order` which verbs are acts and not words.

mod bare;
mod clause;
mod infinitive;
mod object;
mod order;
mod parenthesis;
mod predicate;
mod source;

use std::ops::Range;

use rapporteur_language::{Dep, Tag};

pub(super) use source::can_speak;

use super::candidate::AttributionCandidate;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_negated, is_passive, is_verb, own_subject};
use crate::name::Names;
use rapporteur_lexicon::{Cue, cues};

/// Bytes that a clause may have: one that is longer is a parse gone wrong, and thousands of them, each inside the other,
/// would make the record of one endless sentence grow with its square.
const MAX_CLAUSE: usize = 2_500;

/// Candidates of one paragraph.
pub(super) fn candidates(doc: &Doc<'_>, names: &Names, p: usize, out: &mut Vec<AttributionCandidate>) {
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

/// What a cue verb at a token takes by one frame, as bytes of its paragraph.
type Frame = fn(&Doc<'_>, usize, usize, Cue) -> Option<Range<usize>>;

/// The frames and the rules that know them; the first that fits is taken.
const FRAMES: [(&str, Frame); 6] = [
    ("statement/verb/clause", clause::clause),
    ("statement/verb/that", clause::that_clause),
    ("statement/verb/parenthesis", parenthesis::parenthesis),
    ("statement/verb/predicate", predicate::predicate),
    ("statement/verb/infinitive", infinitive::infinitive),
    ("statement/verb/object", object::object),
];

fn verb(doc: &Doc<'_>, names: &Names, p: usize, v: usize, cue: Cue, out: &mut Vec<AttributionCandidate>) {
    if is_told(doc, p, v) {
        return passed_over(doc, p, v, "who is told or asked does not speak");
    }
    let Some(source) = source::speaking_subject(doc, names, p, v, cue) else {
        return passed_over(doc, p, v, "it has no subject that can speak");
    };
    if let Some(why) = says_nothing(doc, p, v) {
        return passed_over(doc, p, v, why);
    }
    let mut found = FRAMES.iter().filter_map(|(by, frame)| Some((*by, frame(doc, p, v, cue)?)));
    let Some((by, bytes)) = found.next() else {
        return passed_over(doc, p, v, "it takes none of the frames of its cue here");
    };
    if bytes.start >= bytes.end || bytes.len() > MAX_CLAUSE {
        return passed_over(doc, p, v, "its content is empty or endless");
    }
    if doc.trace.is_on() {
        for (rival, other) in found.filter(|(_, other)| *other != bytes) {
            let lost = At::new(p, doc.tokens_in(p, other));
            let why = format!("proposed by {rival}, and {by} is asked before");
            doc.trace.lost(doc, by, "content", &At::new(p, v..v + 1), &lost, why);
        }
    }
    let cue = (v, At::new(p, cue_tokens(doc, p, v)));
    let source = Some(source).filter(|&s| !is_empty_subject(doc, p, v, s));
    out.push(AttributionCandidate::of_cue(by, cue, source, bytes));
}

/// Tells, where somebody asked, why a cue verb attributes nothing.
fn passed_over(doc: &Doc<'_>, p: usize, v: usize, why: &'static str) {
    let at = At::new(p, v..v + 1);
    doc.trace.lost(doc, "statement/verb", "finding", &at, &at, why);
}

/// "The council was told", "asked whether he would come": who is told or asked does not speak.
fn is_told(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(doc.lemma(p, v), "tell" | "ask" | "inform" | "assure" | "advise" | "notify" | "question")
        && (is_passive(doc, p, v) || doc.tokens(p)[v].tag == Tag::Vbn && own_subject(doc, p, v).is_none())
        && child(doc, p, v, &[Dep::Agent]).is_none()
        && child(doc, p, v, &[Dep::Aux]).is_none()
}

/// Why a cue verb that has a speaker says nothing all the same.
fn says_nothing(doc: &Doc<'_>, p: usize, v: usize) -> Option<&'static str> {
    if unreal(doc, p, v) {
        return Some("said only in a world that is not, or not said");
    }
    if doubled(doc, p, v) {
        return Some("a part of the cue beside it");
    }
    called_off(doc, p, v).then_some("\u{201c}called off\u{201d} says nothing")
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
