//! One actor for all the names a report gives one thing.

use std::collections::BTreeMap;

use rapporteur_schema::EntityKind;
use rustc_hash::{FxHashMap, FxHashSet};

use super::candidate::Candidate;
use super::evidence::Usage;
use super::title::title_before;
use super::{kind, signal};
use crate::doc::{At, Doc};
use rapporteur_lexicon::words::people;
use rapporteur_lexicon::{Title, facts};

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

/// The names of a report as they are written, in the order of the text, each with its kind.
pub(super) fn forms(doc: &Doc<'_>, usage: &Usage<'_>, candidates: Vec<Candidate>) -> Vec<Form> {
    // An editor's brackets are no part of a name: "President [Vadim] Roe".
    let words = |c: &Candidate| doc.words(c.at.paragraph, c.at.tokens.clone()).replace(['[', ']'], "");
    // What is written alike is one thing, and what tells of its kind anywhere tells of it everywhere.
    let mut by_form: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for c in candidates {
        by_form.entry(words(&c)).or_default().push(c);
    }
    let mut others = signal::Others::default();
    for (text, members) in &by_form {
        others.add(text, members.iter().map(|m| m.signals.as_slice()));
    }
    let form = |(text, members): (&String, &Vec<Candidate>)| {
        let own = signal::of_form(usage, &others, text, members.len(), members.first()?.known);
        let known = kind::together(own, members.iter().map(|m| m.signals.as_slice()));
        let first = members.iter().map(|c| (c.at.paragraph, c.at.tokens.start)).min()?;
        // "Inc." leaves no doubt.
        let kind =
            if usage.is_firm(text) { Some(EntityKind::Organization) } else { kind::of(&known, members.len() > 1) };
        Some((kind, known, first))
    };
    let of: Vec<_> = by_form.iter().map(form).collect();
    let mut forms: Vec<Form> = by_form
        .into_iter()
        .zip(of)
        .filter_map(|((text, members), of)| {
            let (kind, known, first) = of?;
            Some(Form { kind, text, first, members, known })
        })
        .collect();
    forms.sort_by_key(|f| f.first);
    forms
}

/// Joins the candidates of a report.
pub(super) fn chains(doc: &Doc<'_>, usage: &Usage<'_>, candidates: Vec<Candidate>) -> Vec<Chain> {
    let mut forms = forms(doc, usage, candidates);
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

/// A name as it is written.
pub(super) struct Form {
    /// `None` for what is nobody's name.
    kind: Option<EntityKind>,
    pub(super) text: String,
    /// The paragraph and token of its first place.
    first: (usize, usize),
    pub(super) members: Vec<Candidate>,
    /// What is known of its kind.
    #[cfg_attr(not(feature = "train"), expect(dead_code))]
    pub(super) known: kind::Known,
}

/// A single word that is the last word of a person's full name here is that person's surname, whatever the model
/// takes it for; so is the first word, if a title or the model makes it a person.
fn surnames(forms: &mut [Form]) {
    let full =
        || forms.iter().filter(|f| f.kind == Some(EntityKind::Person) && f.text.contains(' ')).map(|f| f.text.as_str());
    let last: FxHashSet<String> = full().map(|name| family(name).to_owned()).collect();
    let first: FxHashSet<String> = full().filter_map(|name| name.split(' ').next()).map(str::to_owned).collect();
    for form in forms.iter_mut().filter(|f| !f.text.contains(' ') && f.kind != Some(EntityKind::Person)) {
        // "STILE: The city did" of Rocco Stile.
        let shouted = form.text.chars().all(char::is_uppercase) && last.contains(&written(&form.text));
        let last = shouted
            || last.contains(&form.text)
            || first.contains(&form.text) && facts().given_name(&form.text).is_some();
        let country = form.members.first().and_then(|c| c.known).is_some_and(|k| k.kind == EntityKind::Country);
        if last && !country {
            form.kind = Some(EntityKind::Person);
        }
    }
}

/// A word in capitals as a name is written.
fn written(word: &str) -> String {
    word.chars().take(1).chain(word.chars().skip(1).flat_map(char::to_lowercase)).collect()
}

fn people(doc: &Doc<'_>, forms: &mut Vec<Form>, chains: &mut Vec<Chain>) {
    let (mut people, rest): (Vec<Form>, Vec<Form>) =
        std::mem::take(forms).into_iter().partition(|f| f.kind == Some(EntityKind::Person));
    *forms = rest;
    // Fuller names first, so that a shorter one finds the name it is short for.
    people.sort_by_key(|f| (std::cmp::Reverse(f.text.split(' ').count()), f.first));
    // Whom a name can be short for is looked up by family and by first name: a report may name thousands.
    let mut by_family: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for mut form in people {
        let by_first_name = by_first.get(&form.text).into_iter().flatten();
        let mut fits: Vec<usize> =
            by_family.get(&spelling(family(&form.text))).into_iter().flatten().chain(by_first_name).copied().collect();
        fits.sort_unstable();
        fits.dedup();
        fits.retain(|&c| short_for(&form.text, &chains[c]));
        if let [only] = fits.as_slice()
            && !form.text.contains(' ')
        {
            // "Mrs. Roe" among many places that mean Jon Roe.
            let other = |m: &Candidate| is_other(doc, m, &chains[*only].name);
            if form.members.iter().any(other) && !form.members.iter().all(other) {
                let (others, own) = std::mem::take(&mut form.members).into_iter().partition(other);
                form.members = own;
                let (kind, name) = (EntityKind::Person, form.text.clone());
                chains.push(Chain { kind, name, iso3166: None, country: None, members: others });
            }
        }
        // "Mr. Roe" beside Jane Roe alone is somebody else of that name, and so is Roe.
        if let [only] = fits.as_slice()
            && !form.text.contains(' ')
            && (form.members.iter().any(|m| is_other(doc, m, &chains[*only].name))
                || is_relative(doc, &form, &chains[*only]))
        {
            fits.clear();
        }
        match fits.as_slice() {
            [] => {
                by_family.entry(spelling(family(&form.text))).or_default().push(chains.len());
                let first = form.text.split(' ').next().unwrap_or_default();
                by_first.entry(first.to_owned()).or_default().push(chains.len());
                chains.push(Chain {
                    kind: EntityKind::Person,
                    name: form.text,
                    iso3166: None,
                    country: None,
                    members: form.members,
                });
            }
            [only] => chains[*only].members.extend(form.members),
            several => share(doc, form, several, chains),
        }
    }
}

/// Gives each mention of a surname that several people have to the one whom it means: the one whose gender its title
/// tells, and of several the one named in full last before it in its paragraph; elsewhere the one named in full most
/// often, who bears the surname alone when others come up beside him, of equals the first.
fn share(doc: &Doc<'_>, form: Form, fits: &[usize], chains: &mut [Chain]) {
    // Where those are named who can be meant, in order, by the gender that a title tells.
    let named = |gender: Option<char>| {
        let can = |c: &usize| {
            let given = chains[*c].name.split(' ').next().and_then(|w| facts().given_name(w)).filter(|g| *g != 'u');
            gender.is_none() || given.is_none() || gender == given
        };
        let places = |c: usize| chains[c].members.iter().map(move |m| ((m.at.paragraph, m.at.tokens.start), c));
        let mut named: Vec<((usize, usize), usize)> = fits.iter().copied().filter(can).flat_map(places).collect();
        named.sort_unstable();
        named
    };
    let [any, male, female] = [None, Some('m'), Some('f')].map(named);
    // Who holds an office, where only one of them does.
    let mut offices: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for &c in fits {
        for office in chains[c].members.iter().take(MOST_LOOKED_AT).filter_map(|m| office_before(doc, &m.at)) {
            let holder = offices.entry(office).or_insert(Some(c));
            *holder = holder.filter(|h| *h == c);
        }
    }
    for member in form.members {
        let at = (member.at.paragraph, member.at.tokens.start);
        // "Vice President Roe" is the one of them who is called so.
        if let Some(office) = office_before(doc, &member.at)
            && let Some(&Some(holder)) = offices.get(&office)
        {
            chains[holder].members.push(member);
            continue;
        }
        let named = match gender_before(doc, &member) {
            None => &any,
            Some('m') => &male,
            Some(_) => &female,
        };
        let before = named.partition_point(|(place, _)| *place <= at);
        let last = before.checked_sub(1).and_then(|last| named.get(last));
        let often = |c: usize| named.iter().filter(|(_, other)| *other == c).count();
        let first = |c: usize| named.iter().position(|(_, other)| *other == c);
        let main = || named.iter().max_by_key(|(_, c)| (often(*c), std::cmp::Reverse(first(*c))));
        let best = last.filter(|((p, _), _)| *p == at.0).or_else(main);
        let chain = best.map_or(fits[0], |(_, c)| *c);
        chains[chain].members.push(member);
    }
}

/// Whether the title before a name is of another gender than a first name tells.
fn is_other(doc: &Doc<'_>, member: &Candidate, name: &str) -> bool {
    let given = name.split(' ').next().and_then(|w| facts().given_name(w)).filter(|g| *g != 'u');
    given.is_some_and(|given| gender_before(doc, member).is_some_and(|g| g != given))
}

/// Whether the one with the full name is kin to the one who goes by the surname: "President Roe and his wife, Jane Roe", "the first
/// lady, Jane Roe". The surname is then the other's, who is known by it.
fn is_relative(doc: &Doc<'_>, form: &Form, chain: &Chain) -> bool {
    const NEAR: usize = 3;
    let called = |m: &Candidate| {
        let (p, at) = (m.at.paragraph, &m.at.tokens);
        let sentence = doc.sentence(p, at.start);
        let before = at.start.saturating_sub(NEAR).max(sentence.start)..at.start;
        let behind = at.end..(at.end + NEAR).min(sentence.end);
        before.chain(behind).any(|t| people::KIN.has(&doc.word(p, t).to_lowercase()))
    };
    // "President Roe's daughters": Jane Roe, who is never called president, is one of them.
    let owns_kin = |m: &Candidate| {
        let (p, end) = (m.at.paragraph, m.at.tokens.end);
        let behind = end..(end + NEAR + 1).min(doc.sentence(p, m.at.tokens.start).end);
        matches!(behind.clone().next().map(|t| doc.word(p, t)), Some("'s" | "’s"))
            && behind.into_iter().any(|t| people::KIN.has(&doc.lower_lemma(p, t).to_lowercase()))
    };
    let office = || form.members.iter().find_map(|m| office_before(doc, &m.at));
    // Whoever was named in full before is the one who is meant by the office.
    let first = chain.members.iter().map(|m| (m.at.paragraph, m.at.tokens.start)).min();
    let before = |m: &&Candidate| first.is_some_and(|first| (m.at.paragraph, m.at.tokens.start) < first);
    if form.members.iter().filter(before).any(owns_kin)
        && office().is_some_and(|office| !holds_office(doc, chain, &office))
    {
        return true;
    }
    // Named in full more often than by the surname, it is the story's own person.
    form.members.len() > chain.members.len() && chain.members.iter().any(called)
}

/// The office right before a name, in full and in lower case, with "former" where that stands before it.
fn office_before(doc: &Doc<'_>, at: &At) -> Option<String> {
    let (title, kind) = title_before(doc, at.paragraph, at.tokens.start)?;
    let former = title.start.checked_sub(1).is_some_and(|t| doc.lower(at.paragraph, t) == "former");
    let words = doc.words(at.paragraph, title).to_lowercase();
    let (bare, past) = words.strip_prefix("former ").map_or((words.as_str(), former), |bare| (bare, true));
    let whole = facts().whole_title(bare).unwrap_or(bare);
    (kind == Title::Office).then(|| if past { format!("former {whole}") } else { whole.to_owned() })
}

/// Names of one person that are looked at for an office.
const MOST_LOOKED_AT: usize = 64;

/// Whether one of a chain's names has this office before it.
fn holds_office(doc: &Doc<'_>, chain: &Chain, office: &str) -> bool {
    let mut looked_at = chain.members.iter().take(MOST_LOOKED_AT);
    looked_at.any(|m| office_before(doc, &m.at).is_some_and(|o| o == office))
}

/// Whether "Mr." or "Ms." stands before a name.
fn gender_before(doc: &Doc<'_>, member: &Candidate) -> Option<char> {
    title_gender(doc, &member.at)
}

/// The gender of "Mr." or "Ms." before a place.
pub(super) fn title_gender(doc: &Doc<'_>, at: &At) -> Option<char> {
    let before = at.tokens.start.checked_sub(1).map(|t| doc.word(at.paragraph, t))?;
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
    a == b || spelling(a) == spelling(b)
}

/// What spellings of one surname have in common.
fn spelling(surname: &str) -> String {
    let lower = surname.to_lowercase();
    let stem = lower.trim_end_matches(['y', 'i', 'j']);
    if stem.len() >= 4 { stem.to_owned() } else { lower }
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
    let mut short = Short::default();
    let mut forms = forms;
    // Fuller names first, for abbreviations and short forms.
    forms.sort_by_key(|f| (std::cmp::Reverse(f.text.len()), f.first));
    for form in forms {
        let Some(kind) = form.kind else { continue };
        let known = form.members.first().and_then(|c| c.known);
        let (kind, name, iso3166) = match known {
            // Which states there are, and that a city is none, the lists know.
            Some(k) if k.kind == EntityKind::Country && matches!(kind, EntityKind::Place | EntityKind::Country) => {
                (k.kind, k.name.to_owned(), Some(k.country))
            }
            Some(k) if k.kind == EntityKind::Place && kind == EntityKind::Country => (k.kind, k.name.to_owned(), None),
            // A capital that acts is its country's, as whoever asks for a party knows, and no body.
            Some(k) if k.class == "capital" && kind == EntityKind::Organization => (k.kind, k.name.to_owned(), None),
            // The model or its neighbours may know better than a list that has it as another kind.
            Some(k) if k.kind == kind => (kind, k.name.to_owned(), None),
            _ => (kind, form.text.clone(), None),
        };
        let body = kind == EntityKind::Organization;
        let by_name = short.by_name.get(&(kind, name.to_ascii_lowercase())).copied();
        let by_letters = if body { short.abbreviated(doc, &form, &chains[start..]) } else { None };
        let same = by_name.into_iter().chain(by_letters).min();
        let same = same.or_else(|| halved(&form, kind, &chains[start..], &short));
        let c = same.unwrap_or(chains.len() - start);
        if body && same.is_none_or(|c| chains[start + c].kind == kind) {
            short.named(c, &form.members);
        }
        match same {
            Some(c) => chains[start + c].members.extend(form.members),
            None => {
                short.add(c, kind, &name);
                let country = known.map(|k| k.country).filter(|c| !c.is_empty());
                chains.push(Chain { kind, name, iso3166, country, members: form.members });
            }
        }
    }
}

/// The one chain whose name begins with a word that stands for all of it: "the North" for the country that begins so,
/// "Corvane" for "Corvane Glass". A word that is a name of its own, or begins several, stands for none.
fn halved(form: &Form, kind: EntityKind, chains: &[Chain], short: &Short) -> Option<usize> {
    let direction = matches!(form.text.as_str(), "North" | "South" | "East" | "West");
    let generic = people::BODY_WORD.has(&form.text);
    let own = form.members.first().is_some_and(|c| c.known.is_some());
    if form.text.contains(' ') || own && !direction || facts().given_name(&form.text).is_some() {
        return None;
    }
    let begins = |c: &usize| {
        let chain = &chains[*c];
        let rest = chain.name.strip_prefix(form.text.as_str()).and_then(|r| r.strip_prefix(' '));
        // "the House" is the House of something.
        rest.is_some_and(|r| !generic || r.starts_with("of "))
            && if direction {
                chain.kind == EntityKind::Country
            } else {
                chain.kind == kind && kind == EntityKind::Organization
            }
    };
    let mut fits = short.by_first.get(&form.text)?.iter().copied().filter(begins);
    let only = fits.next()?;
    fits.next().is_none().then_some(only)
}

/// By what a chain can be meant that is not its whole name; chains by their numbers, in order.
#[derive(Default)]
struct Short {
    /// By kind and name in lower case, the first.
    by_name: FxHashMap<(EntityKind, String), usize>,
    /// By the first word of a name of several.
    by_first: FxHashMap<String, Vec<usize>>,
    /// Bodies by their initials.
    by_initials: FxHashMap<String, Vec<usize>>,
    /// Bodies by what stands behind a space in their names.
    by_tail: FxHashMap<String, Vec<usize>>,
    /// Bodies by the paragraph and the token behind a place where they are named.
    by_end: FxHashMap<(usize, usize), usize>,
}

impl Short {
    /// A new chain.
    fn add(&mut self, c: usize, kind: EntityKind, name: &str) {
        self.by_name.entry((kind, name.to_ascii_lowercase())).or_insert(c);
        if let Some((first, _)) = name.split_once(' ') {
            self.by_first.entry(first.to_owned()).or_default().push(c);
        }
        if kind == EntityKind::Organization {
            let capitals = name.split([' ', '-']).filter(|w| w.chars().next().is_some_and(char::is_uppercase));
            let initials: String = capitals.filter_map(|w| w.chars().next()).collect();
            self.by_initials.entry(initials).or_default().push(c);
            for (space, _) in name.match_indices(' ').filter(|(space, _)| *space > 0 && space + 1 < name.len()) {
                self.by_tail.entry(name[space + 1..].to_owned()).or_default().push(c);
            }
        }
    }

    /// Places where a body is named.
    fn named(&mut self, c: usize, members: &[Candidate]) {
        self.by_end.extend(members.iter().map(|m| ((m.at.paragraph, m.at.tokens.end), c)));
    }

    /// The first body whose name a form is short for: its initials, right behind it in brackets, or its last words
    /// ("the Times" after "the New York Times").
    fn abbreviated(&self, doc: &Doc<'_>, form: &Form, chains: &[Chain]) -> Option<usize> {
        let bare: String = form.text.chars().filter(|c| *c != '.').collect();
        if bare.len() >= 2 && bare.chars().all(char::is_uppercase) {
            let known = form.members.first().and_then(|c| c.known);
            let behind = form.members.iter().filter_map(|c| {
                let bracket = c.at.tokens.start.checked_sub(1)?;
                let named = self.by_end.get(&(c.at.paragraph, bracket)).copied();
                named.filter(|_| doc.word(c.at.paragraph, bracket) == "(")
            });
            // "OSLO (AP)": a dateline's agency is not short for its place.
            let fits = |c: &usize| known.is_none_or(|k| k.name == chains[*c].name) && within(&bare, &chains[*c].name);
            let initials = self.by_initials.get(&bare).and_then(|all| all.first()).copied();
            return behind.filter(fits).chain(initials).min();
        }
        let definite = form.members.iter().all(|c| {
            c.at.tokens.start.checked_sub(1).is_some_and(|t| matches!(doc.word(c.at.paragraph, t), "the" | "The"))
        });
        // "the House" is never the White House: a generic word is the end of too many names.
        let generic = form.text == "House" || form.text == "Office" || form.text == "State";
        let own = form.members.first().is_some_and(|c| c.known.is_some());
        self.by_tail.get(&form.text).filter(|_| definite && !generic && !own)?.first().copied()
    }
}
