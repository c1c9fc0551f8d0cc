//! Cue verbs and the frames they take, a file a frame: a clause ("said that S"), a parenthesis ("S, X said"), a predicate
//! ("called it N", "described N as A"), an infinitive ("vowed to V"), an object ("rejected the offer"), bare words in marks;
//! `phrase` knows cues of several words ("made it clear that S", "called for N").
//!
//! The frames are tried in this order. `source` says who can speak at all, `order` which verbs are acts and not words.

mod bare;
mod clause;
mod infinitive;
mod object;
mod order;
mod parenthesis;
mod passive;
mod phrase;
mod predicate;
mod source;

use std::ops::Range;

use rapporteur_language::{Dep, Tag};

pub(super) use phrase::{Phrase, phrase_at};
pub(super) use source::can_speak;

use super::candidate::AttributionCandidate;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_negated, is_passive, is_verb, own_subject};
use crate::name::Names;
use rapporteur_lexicon::words::speech;
use rapporteur_lexicon::{Cue, cues};
use rapporteur_schema::CutKind;

/// Bytes that a clause may have: one that is longer is a parse gone wrong, and thousands of them, each inside the other,
/// would make the record of one endless sentence grow with its square.
const MAX_CLAUSE: usize = 2_500;

/// Candidates of one paragraph.
pub(super) fn candidates(doc: &Doc<'_>, names: &Names, p: usize, out: &mut Vec<AttributionCandidate>) {
    for v in 0..doc.tokens(p).len() {
        if !is_verb(doc, p, v) {
            continue;
        }
        let phrase = phrase::phrase_at(doc, p, v);
        let cue = cues().verb(doc.lemma(p, v));
        if cue.is_some() || phrase.is_some() {
            verb(doc, names, p, v, cue, phrase, out);
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
    (OBJECT, object::object),
];

/// The rule that knows objects. Things that cannot speak ("The move criticised …") have no object that is said, whatever
/// the cue: such were wrong in 32 of 52 attributions.
const OBJECT: &str = "statement/verb/object";

/// Tokens that an object has at least behind an infinitive.
const MIN_OBJECT: usize = 4;

/// Whether a noun phrase of a word or two stands behind an infinitive ("to announce sanctions"): wrong in 29 of 36
/// attributions.
fn is_bare(doc: &Doc<'_>, p: usize, v: usize, content: &Range<usize>) -> bool {
    doc.tokens(p)[v].tag == Tag::Vb && doc.tokens_in(p, content.clone()).len() < MIN_OBJECT
}

/// The rule that knows cues of several words; it is asked last.
const PHRASE: &str = "statement/verb/phrase";

/// Proposes what a verb attributes that is a cue by itself, or with the words behind it, or both.
fn verb(
    doc: &Doc<'_>,
    names: &Names,
    p: usize,
    v: usize,
    cue: Option<Cue>,
    phrase: Option<Phrase>,
    out: &mut Vec<AttributionCandidate>,
) {
    if let Some((bytes, source)) = passive::passive(doc, p, v) {
        let at = At::new(p, cue_tokens(doc, p, v));
        let cue = (v, if doc.bytes(p, at.tokens.clone()).end <= bytes.start { at } else { At::new(p, v..v + 1) });
        return out.push(AttributionCandidate::of_cue("statement/verb/passive", cue, source, bytes));
    }
    if is_told(doc, p, v) {
        return passed_over(doc, p, v, "who is told or asked does not speak");
    }
    let Some(strongest) = cue.into_iter().chain(phrase.map(|f| f.cue)).max_by_key(|c| c.strength) else { return };
    let Some(source) = source::speaking_subject(doc, names, p, v, strongest) else {
        return passed_over(doc, p, v, "it has no subject that can speak");
    };
    if let Some(why) = says_nothing(doc, p, v) {
        return passed_over(doc, p, v, why);
    }
    let thing = !source::can_speak(doc, names, p, source);
    let single = FRAMES.iter().filter_map(|(by, frame)| Some((*by, frame(doc, p, v, cue?)?, v + 1)));
    let single = single.filter(|(by, content, _)| *by != OBJECT || !thing && !is_bare(doc, p, v, content));
    let several = phrase.and_then(|f| Some((PHRASE, phrase::phrase(doc, p, v, f)?, f.end)));
    let mut found = single.chain(several);
    let Some((by, bytes, end)) = found.next() else {
        return passed_over(doc, p, v, "it takes none of the frames of its cue here");
    };
    if bytes.start >= bytes.end {
        return passed_over(doc, p, v, "its content is empty");
    }
    if bytes.len() > MAX_CLAUSE {
        if !doc.is_furniture(p, v) {
            doc.cuts.add(CutKind::Statement, &At::new(p, v..v + 1));
        }
        return passed_over(doc, p, v, "its content is endless");
    }
    if doc.trace.is_on() {
        for (rival, other, _) in found.filter(|(_, other, _)| *other != bytes) {
            let lost = At::new(p, doc.tokens_in(p, other));
            let why = format!("proposed by {rival}, and {by} is asked before");
            doc.trace.lost(doc, by, "content", &At::new(p, v..v + 1), &lost, why);
        }
    }
    let words = cue_tokens(doc, p, v);
    // A preposition that tells which way ("warned against N") belongs to the content.
    let apart = |&end: &usize| doc.bytes(p, v..end).end <= bytes.start || bytes.end <= doc.bytes(p, v..v + 1).start;
    let end = [end, end - 1].into_iter().find(apart).unwrap_or(v + 1);
    let cue = (v, At::new(p, words.start..words.end.max(end)));
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
    speech::TELL_VERB.has(doc.lemma(p, v))
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
    let modal = doc.analyses[p]
        .children(v)
        .any(|c| doc.tokens(p)[c].dep == Dep::Aux && speech::UNREAL_AUXILIARY.has(doc.lemma(p, c)));
    let silent = is_negated(doc, p, v) && speech::SILENT_VERB.has(doc.lemma(p, v));
    // "without specifying a time"
    let without = doc.tokens(p)[v].dep == Dep::Pcomp && head(doc, p, v).is_some_and(|h| doc.word(p, h) == "without");
    conditional || modal || silent || without
}
