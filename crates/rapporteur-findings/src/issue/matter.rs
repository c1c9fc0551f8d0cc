//! Whether a noun phrase can be a matter in dispute, how it is cited, and what it is called.

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use crate::grammar::{child, phrase};
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{NegotiationTopic, facts, topics};

/// The longest phrase that is cited for a matter, in tokens.
const MAX_PHRASE: usize = 14;

/// A matter in dispute.
pub(super) struct Found {
    /// Its noun.
    pub(super) head: usize,
    /// The words that are cited.
    pub(super) at: Range<usize>,
    /// What it is called.
    pub(super) name: String,
}

/// The matters that the noun phrase with this head and its conjuncts name.
pub(super) fn matters(context: &RuleContext<'_, '_>, p: usize, t: usize) -> Vec<Found> {
    context.conjuncts(p, t).into_iter().filter_map(|t| matter(context, p, t, 0)).collect()
}

/// One matter, its conjuncts left out.
fn matter(context: &RuleContext<'_, '_>, p: usize, t: usize, depth: u8) -> Option<Found> {
    let doc = context.doc;
    let token = doc.tokens(p)[t];
    if depth > 2 || !matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Verb) {
        return None;
    }
    let lemma = doc.lower_lemma(p, t);
    let kind = topics().noun(lemma);
    // "the issue of pensions": what it is of.
    let below = doc.analyses[p].children(t).find(|&c| {
        c > t && matches!(doc.word(p, c), "of" | "over" | "about" | "on") && doc.tokens(p)[c].dep == Dep::Prep
    });
    if matches!(kind, Some(NegotiationTopic::Part | NegotiationTopic::Wording | NegotiationTopic::Empty))
        && let Some(object) = below.and_then(|b| child(doc, p, b, &[Dep::Pobj]))
    {
        return matter(context, p, object, depth + 1);
    }
    let mut at = phrase(doc, p, t);
    if at.len() > MAX_PHRASE {
        let first = doc.analyses[p].children(t).find(|&c| c > t && doc.tokens(p)[c].dep == Dep::Prep);
        let end = first.map_or(t + 1, |f| crate::grammar::subtree(doc, p, f).end.min(t + MAX_PHRASE / 2));
        at = t.saturating_sub(MAX_PHRASE / 2).max(at.start)..end.max(t + 1);
    }
    // A conjunct's own words only: "pay and pensions" are two.
    if let Some(joined) =
        doc.analyses[p].children(t).find(|&c| c > t && matches!(doc.tokens(p)[c].dep, Dep::Conj | Dep::Cc))
    {
        let cut = crate::grammar::subtree(doc, p, joined).start.min(joined);
        at.end = at.end.min(cut.max(t + 1));
    }
    while at.end > t + 1 && matches!(doc.tokens(p)[at.end - 1].pos, Pos::Punct | Pos::Cconj | Pos::Adp | Pos::Det) {
        at.end -= 1;
    }
    // Somebody, a day, a plan or a gathering is no matter by itself.
    let named = context.names.mention_at(p, t).is_some_and(|(m, _)| m.tokens.contains(&t));
    let counted =
        matches!(kind, Some(NegotiationTopic::Gathering | NegotiationTopic::Part | NegotiationTopic::Wording));
    let plan = topics().proposal(lemma).is_some() && kind != Some(NegotiationTopic::Matter);
    let gerund = token.pos == Pos::Verb && token.tag != Tag::Vbg;
    if named
        || counted
        || plan
        || gerund
        || negotiation::NO_MATTER.has(lemma)
        || is_date(context, p, t)
        || is_person(lemma)
    {
        return None;
    }
    let name = name(context, p, t, &at);
    // A bracketed or clipped word is no name.
    if !name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’')) {
        return None;
    }
    // "territorial issues" says what they are; "key issues" does not, nor does "control".
    let bare = negotiation::GENERAL.value(&name) == Some("never");
    let empty = bare || matches!(kind, Some(NegotiationTopic::Empty)) && name == lemma;
    (!empty && !name.is_empty()).then_some(Found { head: t, at, name })
}

/// The words that tell which matter it is: modifiers and noun, in lower case, the noun as its lemma.
fn name(context: &RuleContext<'_, '_>, p: usize, t: usize, at: &Range<usize>) -> String {
    let doc = context.doc;
    let mut words: Vec<String> = Vec::new();
    for i in at.start..t {
        let token = doc.tokens(p)[i];
        let telling = matches!(token.dep, Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Npadvmod)
            || token.dep == Dep::Punct && doc.word(p, i) == "-";
        let word = doc.lower(p, i);
        let named = context.names.at(p, i).is_some() || facts().demonym(doc.word(p, i)).is_some();
        if telling && !named && !negotiation::EMPTY_MODIFIER.has(word) && !matches!(token.tag, Tag::Jjs | Tag::Jjr) {
            words.push(word.to_owned());
        }
    }
    let lemma = doc.lower_lemma(p, t);
    if !(words.is_empty() && matches!(topics().noun(lemma), Some(NegotiationTopic::Empty))) || words.is_empty() {
        words.push(lemma.to_owned());
    }
    words.join(" ").replace(" - ", "-")
}

fn is_date(context: &RuleContext<'_, '_>, p: usize, t: usize) -> bool {
    let byte = context.doc.bytes(p, t..t + 1).start;
    let after = context.dates.partition_point(|d| (d.paragraph, d.bytes.end) <= (p, byte));
    context.dates.get(after).is_some_and(|d| d.paragraph == p && d.bytes.start <= byte)
}

fn is_person(lemma: &str) -> bool {
    facts().title(lemma).is_some() || negotiation::SOMEBODY.has(lemma)
}
