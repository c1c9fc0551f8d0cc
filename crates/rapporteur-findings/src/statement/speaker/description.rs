//! Whom "the US president", "the Republican", "the prime minister" means.

use rapporteur_language::{Dep, EntType, Tag};
use rapporteur_schema::ActorIndex;

use super::before::Before;
use super::body::described_body;
use super::pronoun::{Gender, person_before};
use crate::doc::{At, Doc};
use crate::grammar::subtree;
use crate::name::title_before;
use rapporteur_lexicon::facts;

/// What a description asks of whom it means.
struct Wanted<'a> {
    /// The office, in lower case, without "former".
    title: &'a str,
    /// The noun that heads it.
    noun: &'a str,
    /// Whether who held it is meant, and not who holds it.
    past: bool,
    /// The code of the country beside it.
    country: Option<&'a str>,
}

/// Whom a singular description with "the" means: a body of that kind, who holds that office, or, where it says nothing
/// more, the person last spoken of.
pub(super) fn described(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    let Before { doc, names, .. } = before;
    let range = subtree(doc, p, t);
    let definite =
        doc.word(p, range.start).eq_ignore_ascii_case("the") && doc.tokens(p)[range.start].head as usize == t;
    let singular = matches!(doc.tokens(p)[t].tag, Tag::Nn | Tag::Nnp | Tag::Jj);
    if !definite || !singular {
        return None;
    }
    let noun = doc.lemma(p, t).to_lowercase();
    if let Some(body) = described_body(doc, names, p, t, &noun) {
        return Some(body);
    }
    let country = (range.start..t).find_map(|i| {
        let word = doc.word(p, i);
        facts().demonym(word).or_else(|| facts().known(word).filter(|k| k.class == "country").map(|k| k.country))
    });
    let title = title_before(doc, p, t + 1).map_or_else(|| noun.clone(), |(r, _)| doc.words(p, r).to_lowercase());
    let title = title.strip_prefix("former ").unwrap_or(&title);
    let past = (range.start..t).any(|i| doc.lemma(p, i) == "former");
    let wanted = Wanted { title, noun: &noun, past, country };
    let holders: Vec<ActorIndex> =
        (0..names.actors.len() as u32).map(ActorIndex).filter(|&a| holds(before, a, &wanted)).collect();
    let modified = (range.start + 1..t).any(|i| matches!(doc.tokens(p)[i].dep, Dep::Poss));
    if let Some(holder) = one_of(before, &holders, &wanted, modified) {
        tell(before, p, t, &holders, Some(holder));
        return Some(holder);
    }
    tell(before, p, t, &holders, None);
    // A bare description of a person ("the Republican", "the minister") is the person last spoken of.
    let bare = !modified && country.is_none() && range.len() <= 3;
    if !bare || !is_person_noun(doc, p, t, &noun) {
        return None;
    }
    person_before(before, p, t, Gender::Open).or_else(|| person_before(before, p, t, Gender::Male))
}

/// Whether an actor holds such an office here: "the vice president" is not "the president", "the former minister" is who
/// was minister, "the minister" who is.
fn holds(before: Before<'_, '_>, actor: ActorIndex, wanted: &Wanted<'_>) -> bool {
    const LESSER: &[&str] = &["vice", "deputy", "assistant", "former", "ex-", "acting", "under"];
    let names = before.names;
    names.actor(actor).offices.iter().any(|o| {
        let lower = o.title.to_lowercase();
        let title = lower.strip_prefix("former ").unwrap_or(&lower);
        if (title.len() < lower.len()) != wanted.past {
            return false;
        }
        let same = title == wanted.title
            || title
                .strip_suffix(wanted.noun)
                .is_some_and(|rest| rest.ends_with(' ') && !LESSER.iter().any(|l| rest.contains(l)));
        let of = o.of.and_then(|of| names.actor(of).iso3166.as_deref());
        same && wanted.country.is_none_or(|c| of.is_none_or(|o| o == c))
    })
}

/// The one that holds the office; of several the one whose country is named.
fn one_of(before: Before<'_, '_>, holders: &[ActorIndex], wanted: &Wanted<'_>, modified: bool) -> Option<ActorIndex> {
    let names = before.names;
    let of_country = |a: &ActorIndex| {
        let mut offices = names.actor(*a).offices.iter();
        offices.any(|o| o.of.and_then(|of| names.actor(of).iso3166.as_deref()) == wanted.country)
    };
    match holders {
        [] => None,
        [one] => (!modified).then_some(*one),
        many => {
            wanted.country?;
            let mut exact = many.iter().filter(|a| of_country(a));
            exact.next().copied().filter(|_| exact.next().is_none())
        }
    }
}

/// Tells, where somebody asked, which holders of the office were not meant.
fn tell(before: Before<'_, '_>, p: usize, t: usize, holders: &[ActorIndex], taken: Option<ActorIndex>) {
    let Before { doc, names, .. } = before;
    if !doc.trace.is_on() {
        return;
    }
    for &actor in holders.iter().filter(|a| Some(**a) != taken) {
        let Some((at, _)) = names.mentions.iter().find(|(_, a)| *a == actor) else { continue };
        let name = &names.actor(actor).name;
        let why = match taken {
            Some(_) => format!("{name}: holds such an office, and another holds it of the country that is named"),
            None => format!("{name}: holds such an office, as others do or under somebody who is named here"),
        };
        doc.trace.lost(doc, "statement/speaker/description", "speaker", &At::new(p, t..t + 1), at, why);
    }
}

/// Whether a noun names a person by office, party or nation.
fn is_person_noun(doc: &Doc<'_>, p: usize, t: usize, noun: &str) -> bool {
    facts().title(noun).is_some()
        || noun.starts_with("republican")
        || noun.starts_with("democrat")
        || doc.tokens(p)[t].ent_type == EntType::Norp
}
