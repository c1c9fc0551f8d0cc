//! One actor for all the names a report gives one thing.

use std::collections::BTreeMap;

use rapporteur_schema::EntityKind;

use super::candidate::{Candidate, Scores};
use crate::doc::Doc;
use crate::facts::facts;

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
            name.rsplit(' ').next() == Some(form.text.as_str())
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
            [one] => chains[*one].members.extend(form.members),
            // Two of one surname: each mention by itself.
            several => {
                let mut members = form.members;
                members.sort_by(|a, b| a.at.cmp(&b.at));
                for member in members {
                    let c = of_several(doc, &member, several, chains);
                    chains[c].members.push(member);
                }
            }
        }
    }
}

/// Which of several people a surname means: whom "Ms." or "Mr." allows, and of those the one named last before it.
fn of_several(doc: &Doc<'_>, member: &Candidate, fits: &[usize], chains: &[Chain]) -> usize {
    let before = member.at.tokens.start.checked_sub(1).map_or("", |t| doc.word(member.at.paragraph, t));
    let wanted = match before.trim_end_matches('.') {
        "Mr" | "Sir" | "Lord" => Some('m'),
        "Ms" | "Mrs" | "Miss" | "Lady" | "Dame" => Some('f'),
        _ => None,
    };
    let gender = |c: usize| chains[c].name.split(' ').next().and_then(|first| facts().given_name(first));
    let allowed = |c: &usize| wanted.is_none() || gender(*c).is_none_or(|g| g == 'u' || Some(g) == wanted);
    let last = |c: usize| chains[c].members.iter().map(|m| &m.at).filter(|at| **at < member.at).max();
    let fitting: Vec<usize> = fits.iter().copied().filter(allowed).collect();
    let fitting = if fitting.is_empty() { fits.to_vec() } else { fitting };
    let nearest = fitting.iter().copied().filter(|&c| last(c).is_some()).max_by(|&a, &b| last(a).cmp(&last(b)));
    nearest.or_else(|| fitting.iter().copied().min_by_key(|&c| first(&chains[c]))).unwrap_or(fits[0])
}

fn first(chain: &Chain) -> (usize, usize) {
    chain.members.iter().map(|c| (c.at.paragraph, c.at.tokens.start)).min().unwrap_or_default()
}

/// Whether a name is short for the name of a chain: its surname, or all its words among the other's in order.
fn short_for(short: &str, chain: &Chain) -> bool {
    let full: Vec<&str> = chain.name.split(' ').collect();
    let words: Vec<&str> = short.split(' ').collect();
    if words.len() == 1 {
        // The surname in any spelling; or the first word, a given name or a family name that comes first.
        return full.len() > 1 && (alike(full[full.len() - 1], words[0]) || full[0] == words[0]);
    }
    let same_family = alike(full[full.len() - 1], words[words.len() - 1]);
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
        match same {
            Some(c) => chains[c].members.extend(form.members),
            None => {
                let country = known.map(|k| k.country).filter(|c| !c.is_empty());
                chains.push(Chain { kind, name, iso3166, country, members: form.members });
            }
        }
    }
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
        return initials == bare || bracketed;
    }
    let tail = chain.name.len() > form.text.len() + 1
        && chain.name.ends_with(&form.text)
        && chain.name[..chain.name.len() - form.text.len()].ends_with(' ');
    let definite = form.members.iter().all(|c| {
        c.at.tokens.start.checked_sub(1).is_some_and(|t| matches!(doc.word(c.at.paragraph, t), "the" | "The"))
    });
    tail && definite && form.members.first().is_none_or(|c| c.known.is_none())
}
