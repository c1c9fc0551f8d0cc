//! One actor for all the names a report gives one thing.

use std::collections::BTreeMap;

use rapporteur_schema::EntityKind;

use super::candidate::{Candidate, Scores};
use crate::doc::Doc;
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::people;

/// The names of one thing.
pub(super) struct Chain {
    pub(super) kind: EntityKind,
    /// The fullest, or the one it is known by.
    pub(super) name: String,
    pub(super) iso3166: Option<&'static str>,
    /// The country it belongs to, as the lists have it.
    pub(super) country: Option<&'static str>,
    pub(super) members: Vec<Candidate>,
}

/// Joins the candidates of a report.
pub(super) fn chains(doc: &Doc<'_>, candidates: Vec<Candidate>) -> Vec<Chain> {
    let words = |c: &Candidate| doc.words(c.at.paragraph, c.at.tokens.clone()).to_owned();
    // What is written alike is one thing, and what speaks for its kind anywhere speaks for it everywhere.
    let mut by_form: BTreeMap<String, (Scores, Vec<Candidate>)> = BTreeMap::new();
    for c in candidates {
        let slot = by_form.entry(words(&c)).or_default();
        slot.0.add(c.score);
        slot.1.push(c);
    }
    let mut forms: Vec<Form> = by_form
        .into_iter()
        .filter_map(|(text, (score, members))| {
            let first = members.iter().map(|c| (c.at.paragraph, c.at.tokens.start)).min()?;
            Some(Form { kind: score.best()?, text, first, members })
        })
        .collect();
    forms.sort_by_key(|f| f.first);
    bodies(&mut forms);
    surnames(&mut forms);

    let mut chains: Vec<Chain> = Vec::new();
    people(doc, &mut forms, &mut chains);
    others(doc, forms, &mut chains);
    for chain in &mut chains {
        chain.members.sort_by(|a, b| a.at.cmp(&b.at));
    }
    chains.sort_by(|a, b| a.members[0].at.cmp(&b.members[0].at));
    chains
}

struct Form {
    kind: EntityKind,
    text: String,
    first: (usize, usize),
    members: Vec<Candidate>,
}

/// "Corvane Glass", later "Corvane": people are called by their last name, bodies by the first word of theirs. A name
/// that no title and no first name makes a person's, and that is cut so, is a body's.
fn bodies(forms: &mut [Form]) {
    let single: std::collections::BTreeSet<String> =
        forms.iter().filter(|f| !f.text.contains(' ')).map(|f| f.text.clone()).collect();
    for form in forms.iter_mut().filter(|f| f.kind == EntityKind::Person && f.text.split(' ').count() == 2) {
        let Some((first, last)) = form.text.split_once(' ') else { continue };
        let sure = form.members.iter().any(|c| c.score.person >= 4.0) || facts().given_name(first).is_some();
        if !sure && single.contains(first) && !single.contains(last) {
            form.kind = EntityKind::Organization;
        }
    }
}

/// A single word that is the last word of a person's full name here is that person's surname, whatever the model
/// takes it for; so is the first word, if a title or the model makes it a person.
fn surnames(forms: &mut [Form]) {
    let full: Vec<String> =
        forms.iter().filter(|f| f.kind == EntityKind::Person && f.text.contains(' ')).map(|f| f.text.clone()).collect();
    for form in forms.iter_mut().filter(|f| !f.text.contains(' ') && f.kind != EntityKind::Person) {
        let last = full.iter().any(|name| {
            family(name) == form.text
                || (name.split(' ').next() == Some(form.text.as_str()) && facts().given_name(&form.text).is_some())
        });
        let country = form.members.first().and_then(|c| c.known).is_some_and(|k| k.kind == EntityKind::Country);
        if last && !country {
            form.kind = EntityKind::Person;
        }
    }
}

fn people(doc: &Doc<'_>, forms: &mut Vec<Form>, chains: &mut Vec<Chain>) {
    let (mut people, rest): (Vec<Form>, Vec<Form>) =
        std::mem::take(forms).into_iter().partition(|f| f.kind == EntityKind::Person);
    *forms = rest;
    // Fuller names first, so that a shorter one finds the name it is short for.
    people.sort_by_key(|f| (std::cmp::Reverse(f.text.split(' ').count()), f.first));
    let start = chains.len();
    for form in people {
        let fits: Vec<usize> = (start..chains.len()).filter(|&c| short_for(&form.text, &chains[c])).collect();
        match fits.as_slice() {
            [] => chains.push(Chain {
                kind: EntityKind::Person,
                name: form.text,
                iso3166: None,
                country: None,
                members: form.members,
            }),
            [only] => chains[*only].members.extend(form.members),
            several => share(doc, form, several, chains),
        }
    }
}

/// Gives each mention of a surname that several people have to the one whom it means: the one whose gender its title
/// tells, and of several the one named in full last before it, or, if none is, first.
fn share(doc: &Doc<'_>, form: Form, fits: &[usize], chains: &mut [Chain]) {
    let named: Vec<(usize, (usize, usize))> = fits
        .iter()
        .flat_map(|&c| chains[c].members.iter().map(move |m| (c, (m.at.paragraph, m.at.tokens.start))))
        .collect();
    for member in form.members {
        let at = (member.at.paragraph, member.at.tokens.start);
        let gender = gender_before(doc, &member);
        let can = |c: usize| {
            let given = chains[c].name.split(' ').next().and_then(|w| facts().given_name(w)).filter(|g| *g != 'u');
            gender.is_none() || given.is_none() || gender == given
        };
        let before = named.iter().filter(|(c, place)| *place <= at && can(*c)).max_by_key(|(_, place)| *place);
        let best = before.or_else(|| named.iter().filter(|(c, _)| can(*c)).min_by_key(|(_, place)| *place));
        let chain = best.map_or(fits[0], |(c, _)| *c);
        chains[chain].members.push(member);
    }
}

/// Whether "Mr." or "Ms." stands before a name.
fn gender_before(doc: &Doc<'_>, member: &Candidate) -> Option<char> {
    let before = member.at.tokens.start.checked_sub(1).map(|t| doc.word(member.at.paragraph, t))?;
    let title = before.trim_end_matches('.');
    if people::MALE_TITLE.has(title) {
        return Some('m');
    }
    people::FEMALE_TITLE.has(title).then_some('f')
}

/// The family name in a full name, which "Jr." may follow.
pub(super) fn family(name: &str) -> &str {
    let mut words = name.rsplit(' ');
    words.find(|w| !people::NAME_SUFFIX.has(w)).unwrap_or(name)
}

/// Whether a name is short for the name of a chain: its surname, or all its words among the other's in order.
fn short_for(short: &str, chain: &Chain) -> bool {
    let full: Vec<&str> = chain.name.split(' ').collect();
    let words: Vec<&str> = short.split(' ').collect();
    if words.len() == 1 {
        // The surname in any spelling; or the first word, a given name or a family name that comes first.
        return full.len() > 1 && (alike(family(&chain.name), words[0]) || full[0] == words[0]);
    }
    let same_family = alike(family(&chain.name), family(short));
    let same_given = full[0] == words[0]
        || full[0].trim_end_matches('.').len() == 1 && words[0].starts_with(full[0].trim_end_matches('.'))
        || full[0].starts_with(words[0].trim_end_matches('.'))
        || words[0].starts_with(full[0]);
    same_family && same_given
}

/// Whether two spellings of a surname in one report are one: equal, or transliterated otherwise ("Torovskiy").
fn alike(a: &str, b: &str) -> bool {
    let key = |s: &str| {
        let lower = s.to_lowercase();
        let stem = lower.trim_end_matches(['y', 'i', 'j']);
        if stem.len() >= 4 { stem.to_owned() } else { lower }
    };
    a == b || key(a) == key(b)
}

/// Whether an abbreviation's letters stand in a name in their order, the first at the beginning of a word: what stands
/// behind a name in brackets may leave out its first words.
fn within(letters: &str, name: &str) -> bool {
    let Some(first) = letters.chars().next() else { return false };
    let rest = |from: &str| {
        let mut rest = from.chars().flat_map(char::to_uppercase);
        letters.chars().all(|l| rest.any(|c| c == l))
    };
    name.split(' ').any(|w| w.starts_with(first) && name.find(w).is_some_and(|at| rest(&name[at..])))
}

/// Bodies, places, groups.
fn others(doc: &Doc<'_>, forms: Vec<Form>, chains: &mut Vec<Chain>) {
    let start = chains.len();
    let mut forms = forms;
    // Fuller names first, for abbreviations and short forms.
    forms.sort_by_key(|f| (std::cmp::Reverse(f.text.len()), f.first));
    for form in forms {
        let known = form.members.first().and_then(|c| c.known);
        let (kind, name, iso3166) = match known {
            Some(k) if k.kind == EntityKind::Country => (EntityKind::Country, k.name.to_owned(), Some(k.country)),
            // The model or its neighbours may know better than a list that has it as another kind.
            Some(k) if k.kind == form.kind => (k.kind, k.name.to_owned(), None),
            _ => (form.kind, form.text.clone(), None),
        };
        let same = (start..chains.len()).find(|&c| {
            let chain = &chains[c];
            let by_name = chain.kind == kind && (chain.name == name || chain.name.eq_ignore_ascii_case(&name));
            by_name || (kind == EntityKind::Organization && chain.kind == kind && abbreviates(doc, &form, chain))
        });
        let same = same.or_else(|| halved(&form, kind, &chains[start..]).map(|c| start + c));
        match same {
            Some(c) => chains[c].members.extend(form.members),
            None => {
                let country = known.map(|k| k.country).filter(|c| !c.is_empty());
                chains.push(Chain { kind, name, iso3166, country, members: form.members });
            }
        }
    }
}

/// The one chain whose name begins with a word that stands for all of it: "the North" for the country that begins so,
/// "Corvane" for "Corvane Glass". A word that is a name of its own, or begins several, stands for none.
fn halved(form: &Form, kind: EntityKind, chains: &[Chain]) -> Option<usize> {
    let direction = matches!(form.text.as_str(), "North" | "South" | "East" | "West");
    let generic = people::BODY_WORD.has(&form.text);
    let own = form.members.first().is_some_and(|c| c.known.is_some());
    if form.text.contains(' ') || own && !direction || facts().given_name(&form.text).is_some() {
        return None;
    }
    let begins = |c: &&(usize, &Chain)| {
        let rest = c.1.name.strip_prefix(form.text.as_str()).and_then(|r| r.strip_prefix(' '));
        // "the House" is the House of something.
        rest.is_some_and(|r| !generic || r.starts_with("of "))
            && if direction {
                c.1.kind == EntityKind::Country
            } else {
                c.1.kind == kind && kind == EntityKind::Organization
            }
    };
    let fits: Vec<(usize, &Chain)> = chains.iter().enumerate().collect();
    let mut fits = fits.iter().filter(begins);
    let only = fits.next()?;
    fits.next().is_none().then_some(only.0)
}

/// Whether a form is short for the name of a body: its initials, right behind it in brackets, or its last words
/// ("the Times" after "the New York Times").
fn abbreviates(doc: &Doc<'_>, form: &Form, chain: &Chain) -> bool {
    let initials: String = chain
        .name
        .split([' ', '-'])
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .filter_map(|w| w.chars().next())
        .collect();
    let bare: String = form.text.chars().filter(|c| *c != '.').collect();
    if bare.len() >= 2 && bare.chars().all(char::is_uppercase) {
        let bracketed = form.members.iter().any(|c| {
            let before = c.at.tokens.start.checked_sub(1).map(|t| doc.word(c.at.paragraph, t));
            before == Some("(")
                && chain
                    .members
                    .iter()
                    .any(|m| m.at.paragraph == c.at.paragraph && m.at.tokens.end + 1 == c.at.tokens.start)
        });
        // "OSLO (AP)": a dateline's agency is not short for its place.
        let known = form.members.first().and_then(|c| c.known).is_some_and(|k| k.name != chain.name);
        return initials == bare || bracketed && !known && within(&bare, &chain.name);
    }
    let tail = chain.name.len() > form.text.len() + 1
        && chain.name.ends_with(&form.text)
        && chain.name[..chain.name.len() - form.text.len()].ends_with(' ');
    let definite = form.members.iter().all(|c| {
        c.at.tokens.start.checked_sub(1).is_some_and(|t| matches!(doc.word(c.at.paragraph, t), "the" | "The"))
    });
    // "the House" is never the White House: a generic word is the end of too many names.
    let generic = form.text == "House" || form.text == "Office" || form.text == "State";
    tail && definite && !generic && form.members.first().is_none_or(|c| c.known.is_none())
}
