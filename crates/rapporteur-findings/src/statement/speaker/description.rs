//! Whom "the US president", "the Republican", "the prime minister" means.

use std::sync::LazyLock;

use rapporteur_language::{Dep, EntType, Tag};
use rapporteur_schema::ActorIndex;

use super::asked::without_former;
use super::before::Before;
use super::body::described_body;
use super::pronoun::{Gender, only_person_before, person_before};
use crate::doc::{At, Doc};
use crate::grammar::subtree;
use crate::name::{Names, demonym_at, title_before};
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::speech;

/// How many paragraphs back somebody without a name is remembered.
const MAX_PARAGRAPHS_TO_UNNAMED: usize = 12;

/// More tokens than this are not looked over for somebody without a name.
const MAX_TOKENS_TO_UNNAMED: usize = 4_000;

/// Words that make an office a lesser one.
static LESSER_OFFICES: LazyLock<Vec<&str>> = LazyLock::new(|| speech::LESSER_OFFICE.words());

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
/// more, the only person spoken of. Of several people no one is taken: that would put words into somebody's mouth.
pub(super) fn described(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    let Before { doc, names, .. } = before;
    let range = subtree(doc, p, t);
    let definite =
        doc.word(p, range.start).eq_ignore_ascii_case("the") && doc.tokens(p)[range.start].head as usize == t;
    let singular = matches!(doc.tokens(p)[t].tag, Tag::Nn | Tag::Nnp | Tag::Jj);
    if !definite || !singular {
        return None;
    }
    let noun = doc.lower_lemma(p, t);
    if let Some(body) = described_body(doc, names, p, t, noun) {
        return Some(body);
    }
    let country = (range.start..t).find_map(|i| {
        let known = || facts().known(doc.word(p, i)).filter(|k| k.class == "country").map(|k| k.country);
        demonym_at(doc, p, i).map(|(code, _)| code).or_else(known)
    });
    let title = title_before(doc, p, t + 1).map_or_else(|| noun.to_owned(), |(r, _)| doc.words(p, r).to_lowercase());
    let title = title.strip_prefix("former ").unwrap_or(&title);
    let past = (range.start..t).any(|i| doc.lemma(p, i) == "former");
    let wanted = Wanted { title, noun, past, country };
    let mut holders = names.asked.holders(names, title, noun);
    holders.retain(|&a| holds(before, a, &wanted));
    let modified = (range.start + 1..t).any(|i| matches!(doc.tokens(p)[i].dep, Dep::Poss));
    if let Some(holder) = one_of(before, &holders, &wanted, modified) {
        tell(before, p, t, &holders, Some(holder));
        return Some(holder);
    }
    tell(before, p, t, &holders, None);
    // What stands behind it only tells when or where he spoke, but for "of": "the president on Tuesday".
    let of = doc.analyses[p].children(t).any(|c| c > t && matches!(doc.word(p, c), "of" | "for" | "at"));
    let bare = !modified && !of && country.is_none() && t + 1 - range.start <= 3;
    if !bare || !is_person_noun(doc, p, t, noun) {
        return None;
    }
    let gender = match noun {
        noun if noun.ends_with("woman") => Gender::Female,
        noun if noun.ends_with("man") => Gender::Male,
        _ => Gender::Any,
    };
    // Of several who hold such an office, the one last spoken of.
    if !holders.is_empty() {
        return person_before(before, p, t, gender, Some(&holders)).or_else(|| foremost(names, &holders));
    }
    if let Some(unnamed) = brought_up(doc, p, t, noun) {
        let why = "somebody without a name was brought up by that word";
        doc.trace.lost(doc, "statement/speaker/description", "speaker", &At::new(p, t..t + 1), &unnamed, why);
        return names.described(unnamed.paragraph, unnamed.tokens.start);
    }
    // A bare description of a person ("the Republican") is the person spoken of, where there is only one.
    only_person_before(before, p, t)
}

/// Whether an actor holds such an office here: "the vice president" is not "the president", "the former minister" is who
/// was minister, "the minister" who is.
fn holds(before: Before<'_, '_>, actor: ActorIndex, wanted: &Wanted<'_>) -> bool {
    let names = before.names;
    names.actor(actor).offices.iter().any(|o| {
        let lower = o.title.to_lowercase();
        let (title, past) = without_former(&lower);
        if past != wanted.past {
            return false;
        }
        let same = title == wanted.title
            || title
                .strip_suffix(wanted.noun)
                .is_some_and(|rest| rest.ends_with(' ') && !LESSER_OFFICES.iter().any(|l| rest.contains(l)));
        let own = || names.actor(actor).country.as_deref();
        let of = o.of.and_then(|of| names.actor(of).iso3166.as_deref()).or_else(own);
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

/// Of several who hold an office the one whom the report names most; of equals nobody.
fn foremost(names: &Names, holders: &[ActorIndex]) -> Option<ActorIndex> {
    let named = |a: ActorIndex| names.actor(a).mentions.len();
    let most = holders.iter().copied().max_by_key(|&a| named(a))?;
    holders.iter().all(|&a| a == most || named(a) < named(most)).then_some(most)
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

/// Where a noun last brought up somebody without a name: "a senior official", "one official".
fn brought_up(doc: &Doc<'_>, p: usize, t: usize, noun: &str) -> Option<At> {
    let before = (p.saturating_sub(MAX_PARAGRAPHS_TO_UNNAMED)..=p).rev();
    let mut left = MAX_TOKENS_TO_UNNAMED;
    before.into_iter().find_map(|q| {
        let end = if q == p { t } else { doc.tokens(q).len() };
        let indefinite = |i: &usize| {
            doc.lemma(q, *i).eq_ignore_ascii_case(noun)
                && !matches!(doc.tokens(q)[*i].dep, Dep::Appos | Dep::Attr | Dep::Compound)
                && doc.analyses[q]
                    .children(*i)
                    .any(|c| c < *i && matches!(doc.lower_lemma(q, c), "a" | "an" | "one" | "another"))
        };
        let looked_at = end.min(left);
        left -= looked_at;
        (end - looked_at..end).rev().find(indefinite).map(|i| At::new(q, i..i + 1))
    })
}

/// Whether a noun names a person by office, party or nation.
fn is_person_noun(doc: &Doc<'_>, p: usize, t: usize, noun: &str) -> bool {
    facts().title(noun).is_some()
        || noun.starts_with("republican")
        || noun.starts_with("democrat")
        || doc.tokens(p)[t].ent_type == EntType::Norp
}
