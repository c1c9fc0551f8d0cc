//! The words that make one clause the condition of another.

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use crate::doc::{At, Doc};
use crate::grammar::{child, head, subtree};
use rapporteur_lexicon::words::condition;

/// What a condition's marker asks of the clause it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// "only if", "unless", "provided that": a condition wherever it speaks of what is ahead.
    Strict,
    /// "until", "before": a condition of what will not be.
    Until,
    /// "once", "as soon as": a condition where it speaks of what is ahead.
    Once,
    /// "if": only between what parties would do.
    If,
    /// "without": a condition of what is impossible.
    Without,
    /// "in the event of", "subject to approval": a condition by themselves.
    Phrase,
    /// "in exchange for": a condition of what somebody would do or is ready to do.
    Exchange,
    /// "after a ceasefire": a condition of what could be.
    After,
}

impl Kind {
    /// The name of the rule that reads it.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Kind::Strict => "condition/strict",
            Kind::Until => "condition/until",
            Kind::Once => "condition/once",
            Kind::If => "condition/if",
            Kind::Without => "condition/without",
            Kind::Phrase => "condition/phrase",
            Kind::Exchange => "condition/exchange",
            Kind::After => "condition/after",
        }
    }
}

/// A condition as its marker tells it.
pub(super) struct Marked {
    /// What sort of marker.
    pub(super) kind: Kind,
    /// The verb of the conditional clause, or the noun of the phrase.
    pub(super) inner: usize,
    /// The verb, adjective or noun that the condition is set to.
    pub(super) main: usize,
    /// The conditional words without their marker.
    pub(super) only_if: Range<usize>,
    /// The first token of the marker.
    pub(super) from: usize,
}

/// The condition whose marker stands at `t`.
pub(super) fn marked(doc: &Doc<'_>, p: usize, t: usize) -> Option<Marked> {
    let word = doc.lower(p, t);
    match () {
        () if matches!(word, "should" | "were") => inverted(doc, p, t),
        () if condition::PHRASE_MARKER.has(word) => nominal(doc, p, t, word),
        () => clausal(doc, p, t, word),
    }
}

fn clausal(doc: &Doc<'_>, p: usize, t: usize, word: &str) -> Option<Marked> {
    let sort = condition::CLAUSE_MARKER.value(word)?;
    let tokens = doc.tokens(p);
    let before = |n: usize| t.checked_sub(n).map_or("", |i| doc.lower(p, i));
    let only = (1..=2).any(|n| before(n) == "only");
    let mut from = t;
    let kind = match word {
        "if" if matches!(before(1), "as" | "even" | "what" | "than") => return None,
        "if" | "when" if only => {
            from = t - 1;
            Kind::Strict
        }
        "when" => return None,
        "if" => Kind::If,
        _ if sort == "strict" => Kind::Strict,
        _ if matches!(sort, "until" | "before") => Kind::Until,
        _ if sort == "once" => Kind::Once,
        "long" => {
            let pair = matches!(before(1), "as" | "so") && t + 1 < tokens.len() && doc.word(p, t + 1) == "as";
            from = t.checked_sub(1).filter(|_| pair)?;
            // "as long as it takes" only says how long.
            (doc.word(p, (t + 3).min(tokens.len() - 1)) != "takes").then_some(Kind::Strict)?
        }
        "condition" if before(1) == "on" || before(2) == "on" => {
            from = t - 1;
            Kind::Strict
        }
        _ => return None,
    };
    let inner = clause_of(doc, p, t, word)?;
    if matches!(word, "provided" | "providing" | "assuming") && is_verb_of_its_own(doc, p, t, inner) {
        return None;
    }
    let main = match word {
        "condition" => main_of(doc, p, head(doc, p, t)?)?,
        // "accept the plan provided that": the parser hangs the participle on the noun before it.
        "provided" | "providing" | "assuming" => {
            let mut up = head(doc, p, t)?;
            for _ in 0..3 {
                if matches!(tokens[up].pos, Pos::Verb | Pos::Aux) {
                    break;
                }
                up = head(doc, p, up)?;
            }
            up
        }
        _ => main_of(doc, p, head(doc, p, inner)?)?,
    };
    let range = subtree(doc, p, inner);
    let start = match word {
        "long" => t + 2,
        _ => t + 1,
    };
    let start = if start < tokens.len() && doc.word(p, start) == "that" { start + 1 } else { start };
    let end = range.end.max(inner + 1);
    (start <= inner && main != inner && start < end).then_some(Marked { kind, inner, main, only_if: start..end, from })
}

/// Whether "provided" is what somebody did and no "provided that": it has a subject or an object, follows a preposition ("paid for
/// providing the tugs"), or no clause with a subject follows it.
fn is_verb_of_its_own(doc: &Doc<'_>, p: usize, t: usize, inner: usize) -> bool {
    let has = |deps: &[Dep]| child(doc, p, t, deps).is_some();
    doc.tokens(p)[t].dep == Dep::Pcomp
        || has(&[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj])
        || crate::grammar::own_subject(doc, p, inner).is_none_or(|s| s < t)
}

/// The verb of the clause that a marker opens.
fn clause_of(doc: &Doc<'_>, p: usize, t: usize, word: &str) -> Option<usize> {
    let tokens = doc.tokens(p);
    let is_clause = |v: usize| {
        v > t
            && matches!(tokens[v].dep, Dep::Advcl | Dep::Ccomp | Dep::Acl | Dep::Pcomp | Dep::Conj)
            && matches!(tokens[v].tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz | Tag::Md)
    };
    match word {
        "long" => {
            // "as long as S": the clause hangs on the adverb, or the second "as" marks it.
            let second = t + 1;
            head(doc, p, second)
                .filter(|&v| is_clause(v))
                .or_else(|| doc.analyses[p].children(t).find(|&c| is_clause(c)))
        }
        "condition" | "provided" | "providing" | "assuming" => {
            doc.analyses[p].children(t).find(|&c| is_clause(c)).or_else(|| head(doc, p, t).filter(|&v| is_clause(v)))
        }
        _ => {
            let up = head(doc, p, t)?;
            // "whether he would come if asked" reads; "asked if he would come" asks.
            let asked = word == "if" && tokens[up].dep == Dep::Ccomp && tokens[t].dep == Dep::Mark;
            if asked && head(doc, p, up).is_some_and(|h| condition::ASKING.has(doc.lemma(p, h)) && h < t) {
                return None;
            }
            if is_clause(up) && matches!(tokens[t].dep, Dep::Mark | Dep::Advmod | Dep::Prep) {
                return Some(up);
            }
            doc.analyses[p].children(t).find(|&c| is_clause(c))
        }
    }
}

/// What a condition is set to: the nearest verb, adjective or noun above that can be done or be so.
fn main_of(doc: &Doc<'_>, p: usize, up: usize) -> Option<usize> {
    let tokens = doc.tokens(p);
    let mut at = up;
    for _ in 0..3 {
        match tokens[at].dep {
            Dep::Prep | Dep::Mark | Dep::Cc | Dep::Punct | Dep::Advmod => at = head(doc, p, at)?,
            _ => return Some(at),
        }
    }
    Some(at)
}

/// "Should they say no, the old terms would hold."
fn inverted(doc: &Doc<'_>, p: usize, t: usize) -> Option<Marked> {
    let tokens = doc.tokens(p);
    let first = t == doc.sentence(p, t).start || is_mark(doc.word(p, t - 1));
    let inner = head(doc, p, t).filter(|&v| v > t && first && matches!(tokens[v].dep, Dep::Advcl | Dep::Ccomp))?;
    let subject = crate::grammar::own_subject(doc, p, inner)?;
    let main = main_of(doc, p, head(doc, p, inner)?)?;
    let range = subtree(doc, p, inner);
    (t < subject && subject < inner && main != inner).then_some(Marked {
        kind: Kind::Strict,
        inner,
        main,
        only_if: t + 1..range.end.max(inner + 1),
        from: t,
    })
}

/// A comma or an opening quotation mark.
fn is_mark(word: &str) -> bool {
    matches!(word.chars().next(), Some(',' | '“' | '"' | '‘' | '\'')) && word.chars().count() == 1
}

fn nominal(doc: &Doc<'_>, p: usize, t: usize, word: &str) -> Option<Marked> {
    let tokens = doc.tokens(p);
    let before = t.checked_sub(1).map_or("", |i| doc.lower(p, i));
    let link = |words: &[&str]| {
        doc.analyses[p]
            .children(t)
            .find(|&c| c > t && words.contains(&doc.word(p, c)))
            .or_else(|| (t + 1 < tokens.len() && words.contains(&doc.word(p, t + 1))).then_some(t + 1))
    };
    let (kind, prep, from, top) = match word {
        "event" => (Kind::Phrase, link(&["of"])?, t.saturating_sub(2), t),
        "exchange" | "return" if before == "in" => (Kind::Exchange, link(&["for"])?, t - 1, t - 1),
        "contingent" | "conditional" | "conditioned" | "hinges" => (Kind::Phrase, link(&["on", "upon"])?, t, t),
        // "subject to approval": the adjective, not the noun of a sentence.
        "subject" if doc.tokens(p)[t].pos == Pos::Adj => (Kind::Phrase, link(&["to"])?, t, t),
        "without" | "absent" => (Kind::Without, t, t, t),
        "after" => (Kind::After, t, t, t),
        _ => return None,
    };
    let noun = child(doc, p, prep, &[Dep::Pobj]).or_else(|| child(doc, p, prep, &[Dep::Pcomp]))?;
    // "subject to tariffs" tells what somebody suffers.
    if word == "subject" && !condition::ASSENT.has(doc.lemma(p, noun)) {
        let at = |t: usize| At::new(p, t..t + 1);
        doc.trace.lost(
            doc,
            kind.rule(),
            "finding",
            &at(t),
            &at(noun),
            "tells what somebody is under, not what must be",
        );
        return None;
    }
    // "hinges on this": a word that only points says nothing of what must be.
    if kind == Kind::Phrase && doc.tokens(p)[noun].pos == Pos::Pron {
        let at = |t: usize| At::new(p, t..t + 1);
        doc.trace.lost(doc, kind.rule(), "finding", &at(t), &at(noun), "only points to what must be");
        return None;
    }
    let range = subtree(doc, p, noun);
    let mut main = head(doc, p, top)?;
    if word == "event" {
        main = head(doc, p, main)?;
    }
    if word == "hinges" || word == "conditioned" && tokens[t].pos == Pos::Verb {
        main = t;
    }
    let main = main_of(doc, p, main)?;
    let end = range.end.min(noun + 14).max(noun + 1);
    let start = range.start.max(prep + 1);
    (start < end && (main < start || main >= end)).then_some(Marked {
        kind,
        inner: noun,
        main,
        only_if: start..end,
        from,
    })
}
