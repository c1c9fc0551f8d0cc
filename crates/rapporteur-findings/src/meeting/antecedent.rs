//! Whom "both sides", "the two countries", "they" mean: the two parties that the report named before as meeting or bargaining
//! with each other. Where it named none, nobody is meant that we know.

use std::cell::OnceCell;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_lexicon::words::gathering;
use rapporteur_schema::ActorIndex;

use super::participants::{bar, objects};
use crate::doc::At;
use crate::grammar::{child, head, is_verb, subject};
use crate::party::RuleContext;

/// Two parties that words name as meeting or bargaining with each other.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// The words that bring them together.
    pub(super) at: At,
    /// Who they are.
    pub(super) who: [ActorIndex; 2],
}

/// A plural pronoun reaches no further back than this many paragraphs.
const MAX_PRONOUN_PARAGRAPHS: usize = 1;

/// More pairs before a phrase than this are not looked at for whom it means.
const MAX_PAIRS: usize = 500;

/// The pairs of a report: what is told as it goes on, and what its nouns name, worked out once where somebody asks.
#[derive(Default)]
pub(super) struct Pairs {
    /// Those told to have met, in the order of the text.
    met: Vec<Pair>,
    /// Those that nouns of what lies between parties name, in the order of the text.
    bargaining: OnceCell<Vec<Pair>>,
    /// The same with those who do something together.
    together: OnceCell<Vec<Pair>>,
}

/// Where the words of a pair begin.
fn place(pair: &Pair) -> (usize, usize) {
    (pair.at.paragraph, pair.at.tokens.start)
}

impl Pairs {
    /// Two who are told to have met; told in the order of the text, but for what stands in one noun phrase.
    pub(super) fn meet(&mut self, pair: Pair) {
        let after = self.met.iter().rev().take_while(|other| place(other) > place(&pair)).count();
        self.met.insert(self.met.len() - after, pair);
    }

    /// Those that a report's words name, those who do something together too where a pronoun may mean them.
    fn named(&self, context: &RuleContext<'_, '_>, pronoun: bool) -> &[Pair] {
        let doc = context.doc;
        let tokens = || (0..doc.len()).flat_map(|p| (0..doc.tokens(p).len()).map(move |t| (p, t)));
        let bargaining =
            self.bargaining.get_or_init(|| tokens().filter_map(|(p, t)| bargaining(context, p, t)).collect());
        if !pronoun {
            return bargaining;
        }
        self.together.get_or_init(|| {
            let mut all = bargaining.clone();
            let known = |at: (usize, usize)| bargaining.binary_search_by_key(&at, place).is_ok();
            all.extend(tokens().filter(|at| !known(*at)).filter_map(|(p, t)| joined(context, p, t)));
            all.sort_by_key(place);
            all
        })
    }
}

/// Whom the phrase with head `t` means: the pair named last before it that its noun can mean.
pub(super) fn resolve(context: &RuleContext<'_, '_>, p: usize, t: usize, pairs: &Pairs) -> Option<Pair> {
    let doc = context.doc;
    let pronoun = doc.tokens(p)[t].pos == Pos::Pron || matches!(doc.tokens(p)[t].tag, Tag::Prp);
    let first = if pronoun { p.saturating_sub(MAX_PRONOUN_PARAGRAPHS) } else { 0 };
    let named = pairs.named(context, pronoun);
    let mut named = named[..named.partition_point(|pair| place(pair) < (p, t))].iter().rev().peekable();
    let met = &pairs.met[..pairs.met.partition_point(|pair| place(pair) < (p, t))];
    let mut met = met.iter().rev().filter(|pair| (pair.at.paragraph, pair.at.tokens.end) <= (p, t)).peekable();
    let before = std::iter::from_fn(|| match (met.peek(), named.peek()) {
        (Some(m), Some(n)) if place(m) > place(n) => met.next(),
        (Some(_), None) => met.next(),
        _ => named.next(),
    });
    let noun = doc.lower_lemma(p, t);
    let of = doc.analyses[p].children(t).find(|&c| c > t && matches!(doc.word(p, c), "of" | "for" | "from" | "on"));
    let object = of.and_then(|c| child(doc, p, c, &[Dep::Pobj])).map(|o| doc.lower_lemma(p, o));
    let noun = object.unwrap_or(noun);
    let mut chosen: Option<Pair> = None;
    for pair in before.take_while(|pair| pair.at.paragraph >= first).take(MAX_PAIRS) {
        match (&chosen, fitting(context, noun, pair.who)) {
            (None, Some(who)) => chosen = Some(Pair { at: pair.at.clone(), who }),
            (Some(nearer), _) if nearer.who == pair.who => {}
            (_, fits) => {
                let why = if fits.is_some() { "named further back" } else { "not what the noun calls them" };
                let of = At::new(p, t..t + 1);
                doc.trace.lost(doc, "meeting/antecedent", "participants", &of, &pair.at, why);
            }
        }
        if chosen.is_some() && !doc.trace.is_on() {
            break;
        }
    }
    chosen
}

/// The pair as the noun calls them: countries for "the two governments", people for "the two leaders"; `None` if they are
/// nothing that it can mean.
fn fitting(context: &RuleContext<'_, '_>, noun: &str, who: [ActorIndex; 2]) -> Option<[ActorIndex; 2]> {
    let person = |a: ActorIndex| context.names.is_person(a);
    if gathering::STATE.has(noun) {
        let state = |a: ActorIndex| {
            let code = context.country_of(a)?;
            context.names.named_country(code)
        };
        let [a, b] = [state(who[0])?, state(who[1])?];
        return (a != b).then_some([a, b]);
    }
    match noun {
        "leader" | "president" | "man" => (person(who[0]) && person(who[1])).then_some(who),
        _ => Some(who),
    }
}

/// Two parties that a noun of what lies between parties names: "the dispute between X and Y", "X's contract with Y", "X
/// rejected an offer from Y".
fn bargaining(context: &RuleContext<'_, '_>, p: usize, n: usize) -> Option<Pair> {
    let doc = context.doc;
    if doc.tokens(p)[n].pos != Pos::Noun || !gathering::BETWEEN_PARTIES.has(doc.lower_lemma(p, n)) {
        return None;
    }
    let at = At::new(p, n..n + 1);
    for t in objects(context, p, n, &["between"]) {
        if let [a, b] = able(context, p, t)[..] {
            return Some(Pair { at, who: [a, b] });
        }
    }
    let other = objects(context, p, n, &["with", "from", "against", "at"]);
    let others: Vec<ActorIndex> = other.into_iter().flat_map(|t| able(context, p, t)).collect();
    let [other] = others[..] else { return None };
    let owner = child(doc, p, n, &[Dep::Poss]).into_iter().chain(objects(context, p, n, &["by"]));
    let owner = owner.collect::<Vec<_>>().into_iter().find_map(|t| one(able(context, p, t)));
    let verb = head(doc, p, n).filter(|&v| is_verb(doc, p, v) && doc.tokens(p)[n].dep == Dep::Dobj);
    let owner = owner.or_else(|| {
        let who = verb.and_then(|v| subject(doc, p, v))?;
        one(able(context, p, who))
    })?;
    (owner != other).then_some(Pair { at, who: [owner, other] })
}

/// Two who do something together ("Voss and Berg have known each other for years"): what a plural pronoun takes up.
fn joined(context: &RuleContext<'_, '_>, p: usize, t: usize) -> Option<Pair> {
    let doc = context.doc;
    if !matches!(doc.tokens(p)[t].dep, Dep::Nsubj | Dep::Nsubjpass) || context.conjuncts(p, t).len() != 2 {
        return None;
    }
    match able(context, p, t)[..] {
        [a, b] => Some(Pair { at: At::new(p, t..t + 1), who: [a, b] }),
        _ => None,
    }
}

/// Whom a phrase names that can meet anybody.
fn able(context: &RuleContext<'_, '_>, p: usize, t: usize) -> Vec<ActorIndex> {
    let mut found = context.parties(p, t);
    found.retain(|&a| bar(context, a).is_none());
    found
}

fn one(found: Vec<ActorIndex>) -> Option<ActorIndex> {
    match found[..] {
        [one] => Some(one),
        _ => None,
    }
}
