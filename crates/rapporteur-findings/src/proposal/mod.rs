//! What is proposed: plans, drafts, deals, bills and offers, with their numbers and authors.
//!
//! 1. The lexicon knows the nouns of plan kind and the words that tell versions apart.
//! 2. `number` reads how many points a plan has, `sum` what an offer comes to, `author` whose it is.
//! 3. Here they meet in one mention. A mention that tells nothing is kept only where the report has no other of its
//!    kind, so that a position has something to be on.

mod author;
mod number;
mod sum;

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, PassageKind, ProposalClass, ProposalFinding, Rule};
use rustc_hash::FxHashMap;

use crate::doc::{At, Doc};
use crate::grammar::{head, is_verb, phrase, subject};
use crate::party::RuleContext;
use number::Points;
use rapporteur_lexicon::topics;
use rapporteur_lexicon::words::negotiation;

/// A noun phrase longer than this is no name; the words around the noun are cited instead.
const MAX_NAME: usize = 24;

/// A plan with its number of points.
const POINTS: &str = "proposal/points";
/// A noun of plan kind with a sum.
const SUM: &str = "proposal/sum";
/// A noun of plan kind with its author.
const AUTHOR: &str = "proposal/author";
/// A noun of plan kind whose own words tell which one is meant, or what is done to it.
const NAMED: &str = "proposal/named";
/// A noun of plan kind that tells nothing, kept because the report has no other of its class.
const BARE: &str = "proposal/bare";
/// A sum with no noun of its own.
const ASKED: &str = "proposal/asked";

/// A mention in the making.
struct Mention {
    /// The paragraph.
    p: usize,
    /// What is cited.
    at: Range<usize>,
    /// What it is called.
    name: Range<usize>,
    noun: String,
    class: ProposalClass,
    strength: u8,
    points: Option<u32>,
    sum: Option<Range<usize>>,
    approximate: bool,
    authors: Vec<ActorIndex>,
    change: Option<Range<usize>>,
    /// Whether words before the noun tell which one is meant ("peace plan", "the latest draft").
    qualified: bool,
    /// Whether the noun is definite: one thing, known or named.
    definite: bool,
    /// Whether a verb of asking or offering has the sum, and no noun of plan kind.
    asked: bool,
}

impl Mention {
    /// The name of the rule that keeps it: the most telling thing it has.
    fn rule(&self) -> &'static str {
        match self {
            _ if self.points.is_some() => POINTS,
            _ if self.asked => ASKED,
            _ if self.sum.is_some() => SUM,
            _ if !self.authors.is_empty() => AUTHOR,
            _ if self.change.is_some() || self.qualified => NAMED,
            _ => BARE,
        }
    }
}

/// Finds them all, in the order of the text.
pub(crate) fn find(context: &RuleContext<'_, '_>) -> Vec<ProposalFinding> {
    let mut all = Vec::new();
    for p in 0..context.doc.len() {
        if context.doc.kind(p) == PassageKind::Body {
            in_paragraph(context, p, &mut all);
        }
    }
    let tells = |m: &Mention| match m.strength {
        3 => m.points.is_some() || m.sum.is_some() || !m.authors.is_empty() || m.change.is_some() || m.qualified,
        2 => m.points.is_some() || m.sum.is_some() || !m.authors.is_empty(),
        _ => m.points.is_some() || m.sum.is_some(),
    };
    let told: Vec<ProposalClass> = all.iter().filter(|m| tells(m)).map(|m| m.class).collect();
    let mut bare: Vec<ProposalClass> = Vec::new();
    let doc = context.doc;
    all.retain(|m| {
        if tells(m) {
            return true;
        }
        let first = m.strength == 3 && m.definite && !told.contains(&m.class) && !bare.contains(&m.class);
        if first {
            bare.push(m.class);
        } else {
            let (at, name) = (At::new(m.p, m.at.clone()), At::new(m.p, m.name.clone()));
            doc.trace.lost(doc, BARE, "finding", &at, &name, "tells nothing by which it could be known");
        }
        first
    });
    all.iter().filter_map(|m| finding(context, doc, m)).collect()
}

fn finding(context: &RuleContext<'_, '_>, doc: &Doc<'_>, m: &Mention) -> Option<ProposalFinding> {
    let cite = |r: &Range<usize>| doc.cite(&At::new(m.p, r.clone()));
    let date = crate::date::date_of_verb(doc, context.dates, m.p, m.name.end - 1);
    Some(ProposalFinding {
        by: Rule::new(m.rule()),
        at: cite(&m.at)?,
        name: doc.words(m.p, m.name.clone()).to_owned(),
        noun: m.noun.clone(),
        class: m.class,
        points: m.points,
        sum: m.sum.as_ref().and_then(cite),
        approximate: m.approximate,
        authors: m.authors.clone(),
        date,
        change: m.change.as_ref().and_then(cite),
    })
}

fn in_paragraph(context: &RuleContext<'_, '_>, p: usize, out: &mut Vec<Mention>) {
    let doc = context.doc;
    let mut points: FxHashMap<usize, Vec<Points>> = FxHashMap::default();
    for found in number::all(doc, p) {
        points.entry(found.plan).or_default().push(found);
    }
    for t in (0..doc.tokens(p).len()).filter(|&t| !doc.is_furniture(p, t)) {
        if let Some(found) = points.get(&t) {
            // "from 24 points to around 20": each number is a version of its own.
            for one in found {
                out.extend(mention(context, p, t, Some(one)));
            }
        } else {
            out.extend(mention(context, p, t, None).or_else(|| bare_sum(context, p, t)));
        }
    }
}

/// The mention whose noun stands at `t`.
fn mention(context: &RuleContext<'_, '_>, p: usize, t: usize, points: Option<&Points>) -> Option<Mention> {
    let doc = context.doc;
    let token = doc.tokens(p)[t];
    if !matches!(token.pos, Pos::Noun | Pos::Propn) || matches!(token.dep, Dep::Compound | Dep::Nmod | Dep::Amod) {
        return None;
    }
    let lemma = doc.lower_lemma(p, t);
    let known = topics().proposal(lemma)?;
    let plural = matches!(token.tag, Tag::Nns | Tag::Nnps);
    // Plans in the plural are none in particular, demands are.
    if plural && known.class != ProposalClass::Demand && points.is_none() {
        return None;
    }
    let short = phrase(doc, p, t);
    let short = if short.len() > MAX_NAME { t.saturating_sub(4).max(short.start)..t + 1 } else { short };
    if points.is_none() && (short.start..t).any(|i| negotiation::BENEFIT.has(doc.lower_lemma(p, i))) {
        return None;
    }
    let (definite, qualified) = determined(doc, p, t, &short);
    let sum = sum::sum(doc, p, short.clone());
    let changing = head(doc, p, t).filter(|&v| {
        is_verb(doc, p, v)
            && negotiation::CHANGING.has(doc.lemma(p, v))
            && matches!(doc.tokens(p)[t].dep, Dep::Dobj | Dep::Nsubjpass)
    });
    // "raised its offer to 4.5 percent": the sum stands outside the noun phrase.
    let raised = changing.filter(|_| sum.is_none() && known.class != ProposalClass::Law).and_then(|v| {
        let to = doc.analyses[p].children(v).find(|&c| c > t && doc.word(p, c) == "to")?;
        sum::sum(doc, p, to..crate::grammar::subtree(doc, p, to).end)
    });
    let mut at = short.clone();
    for part in points.map(|f| &f.at).into_iter().chain(raised.as_ref().map(|(r, _)| r)) {
        at = at.start.min(part.start)..at.end.max(part.end);
    }
    if at.len() > 2 * MAX_NAME {
        at = points.map_or(short.clone(), |f| f.at.clone());
    }
    let (sum, rough) = match sum.or(raised) {
        Some((range, rough)) => (Some(range), rough),
        None => (None, false),
    };
    let participle = doc.analyses[p].children(t).find(|&c| {
        c < t && doc.tokens(p)[c].dep == Dep::Amod && negotiation::CHANGING.has(doc.lemma(p, c))
            || doc.tokens(p)[c].dep == Dep::Acl && negotiation::CHANGING.has(doc.lemma(p, c))
    });
    let change = changing.or(participle).map(|v| v..v + 1);
    let name = own_name(doc, p, t, &short);
    Some(Mention {
        p,
        at,
        name,
        noun: lemma.to_owned(),
        class: known.class,
        strength: known.strength,
        points: points.map(|f| f.number),
        approximate: points.is_some_and(|f| f.approximate) || rough,
        sum,
        authors: author::authors(context, p, t),
        change,
        qualified: qualified && definite,
        definite,
        asked: false,
    })
}

/// Whether a noun is definite, and whether words before it tell which one is meant.
fn determined(doc: &Doc<'_>, p: usize, t: usize, short: &Range<usize>) -> (bool, bool) {
    let before = short.start..t;
    let definite = before.clone().any(|i| negotiation::DEFINITE.has(doc.lower(p, i)));
    let qualified = before.clone().any(|i| {
        let token = doc.tokens(p)[i];
        matches!(token.dep, Dep::Compound | Dep::Nmod | Dep::Amod) && matches!(token.pos, Pos::Noun | Pos::Propn)
            || negotiation::VERSION.has(doc.lower(p, i))
    });
    (definite, qualified)
}

/// What it is called: the words before the noun from the first that belongs to a name, without article and owner.
fn own_name(doc: &Doc<'_>, p: usize, t: usize, short: &Range<usize>) -> Range<usize> {
    let tokens = doc.tokens(p);
    let mut start = t;
    while start > short.start {
        let b = start - 1;
        let joins =
            matches!(tokens[b].dep, Dep::Compound | Dep::Nmod | Dep::Nummod | Dep::Amod | Dep::Npadvmod | Dep::Punct)
                && !doc.word(p, b).contains(['“', '"', ',', '”', '(', '«'])
                || doc.word(p, b) == "-";
        if !joins {
            break;
        }
        start = b;
    }
    start..t + 1
}

/// A sum that is asked for or held out with no noun of its own: "demands 6.5 percent", "offered a 25% raise".
fn bare_sum(context: &RuleContext<'_, '_>, p: usize, verb: usize) -> Option<Mention> {
    let doc = context.doc;
    if doc.tokens(p)[verb].pos != Pos::Verb {
        return None;
    }
    let (class, word) = match doc.lemma(p, verb) {
        "demand" | "seek" | "want" | "request" => (ProposalClass::Demand, "demand"),
        "ask" | "push" | "call" => (ProposalClass::Demand, "demand"),
        "offer" | "propose" => (ProposalClass::Offer, "offer"),
        _ => return None,
    };
    let (object, sum, rough) = sum::object_with_sum(doc, p, verb)?;
    let authors = subject(doc, p, verb).map_or(Vec::new(), |s| context.parties(p, s));
    if authors.is_empty() {
        return None;
    }
    let whole = phrase(doc, p, object);
    let at = sum.start.min(whole.start)..sum.end.max(whole.end.min(object + 10));
    Some(Mention {
        p,
        name: at.clone(),
        at,
        noun: word.to_owned(),
        class,
        strength: 1,
        points: None,
        sum: Some(sum),
        approximate: rough,
        authors,
        change: None,
        qualified: false,
        definite: false,
        asked: true,
    })
}
