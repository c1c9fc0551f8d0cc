//! Public facts that reading the news takes for granted: countries, cities, bodies, offices, first names, cues.
//!
//! The lists are the tab-separated files in `data/`, each with its origin and licence at its head. They are read once
//! into look-up tables whose keys are slices of the files themselves.

use std::borrow::Cow;
use std::sync::LazyLock;

use rapporteur_schema::EntityKind;
use rustc_hash::FxHashMap;

use crate::sieve::Sieve;
use crate::{alternatives, rows};

/// What a known name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it names.
    pub kind: EntityKind,
    /// The name it is known by.
    pub name: &'static str,
    /// The ISO 3166-1 code of the country it is or lies in; empty if none.
    pub country: &'static str,
    /// The list's own word for what it is ("city", "agency").
    pub class: &'static str,
}

/// What a known title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    /// "Mr.", "Sir"
    Honorific,
    /// "Lt. Col."
    Rank,
    /// "president"
    Office,
    /// "spokesman"
    Role,
}

/// The lists, ready to be looked up.
pub struct Facts {
    names: FxHashMap<&'static str, Known>,
    /// The most words that a known name beginning with this word has.
    longest: FxHashMap<&'static str, u8>,
    demonyms: FxHashMap<&'static str, &'static str>,
    demonym_sieve: Sieve,
    countries: FxHashMap<&'static str, &'static str>,
    /// Two-letter codes of countries and the three letters for them.
    alpha3: FxHashMap<&'static str, &'static str>,
    /// In lower case.
    titles: FxHashMap<Cow<'static, str>, Title>,
    /// The whole title that a short form of it stands for.
    whole_titles: FxHashMap<Cow<'static, str>, &'static str>,
    /// The letters and figures that titles begin with ("lt" for "lt. col."), and how many bytes the longest of those has.
    title_starts: FxHashMap<Cow<'static, str>, usize>,
    /// Political parties, by what stands before the word "Party" in their names.
    parties: FxHashMap<&'static str, Known>,
    given: FxHashMap<&'static str, char>,
    title_words: u8,
}

static FACTS: LazyLock<Facts> = LazyLock::new(Facts::load);

/// A form in lower case; most are as they stand.
fn in_lower_case(form: &'static str) -> Cow<'static, str> {
    match form.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        true => Cow::Borrowed(form),
        false => Cow::Owned(form.to_lowercase()),
    }
}

/// The letters and figures that a title begins with.
#[expect(clippy::ptr_arg, reason = "what is borrowed from the table stays borrowed")]
fn beginning(title: &Cow<'static, str>) -> Cow<'static, str> {
    let end = |title: &str| title.find(|c: char| !c.is_alphanumeric()).unwrap_or(title.len());
    match title {
        Cow::Borrowed(title) => Cow::Borrowed(&title[..end(title)]),
        Cow::Owned(title) => Cow::Owned(title[..end(title)].to_owned()),
    }
}

/// The facts.
pub fn facts() -> &'static Facts {
    &FACTS
}

impl Facts {
    fn load() -> Self {
        let mut f = Facts {
            names: FxHashMap::with_capacity_and_hasher(8192, Default::default()),
            longest: FxHashMap::with_capacity_and_hasher(8192, Default::default()),
            demonyms: FxHashMap::default(),
            demonym_sieve: Sieve::default(),
            countries: FxHashMap::default(),
            alpha3: FxHashMap::default(),
            titles: FxHashMap::with_capacity_and_hasher(2048, Default::default()),
            whole_titles: FxHashMap::default(),
            title_starts: FxHashMap::with_capacity_and_hasher(1024, Default::default()),
            parties: FxHashMap::default(),
            given: FxHashMap::with_capacity_and_hasher(4096, Default::default()),
            title_words: 1,
        };
        // Countries first: a name that is a country's is the country's.
        for [code, name, aliases, demonyms, capitals, alpha3] in rows(include_str!("../data/countries.tsv")) {
            let known = Known { kind: EntityKind::Country, name, country: code, class: "country" };
            std::iter::once(name).chain(alternatives(aliases)).for_each(|n| f.name(n, known));
            f.countries.insert(code, name);
            f.alpha3.insert(code, alpha3);
            for demonym in alternatives(demonyms) {
                f.demonym_sieve.add(demonym);
                f.demonyms.entry(demonym).or_insert(code);
            }
            let capital = alternatives(capitals).next().unwrap_or("");
            for spelling in alternatives(capitals) {
                f.name(spelling, Known { kind: EntityKind::Place, name: capital, country: code, class: "capital" });
            }
        }
        for [name, short, class, country] in rows(include_str!("../data/organizations.tsv")) {
            let known = Known { kind: EntityKind::Organization, name, country, class };
            std::iter::once(name).chain(alternatives(short)).for_each(|n| f.name(n, known));
        }
        for [name, other, country, class] in rows(include_str!("../data/places.tsv")) {
            let known = Known { kind: EntityKind::Place, name, country, class };
            std::iter::once(name).chain(alternatives(other)).for_each(|n| f.name(n, known));
        }
        for [title, kind, forms] in rows(include_str!("../data/titles.tsv")) {
            let kind = match kind {
                "honorific" => Title::Honorific,
                "rank" => Title::Rank,
                "office" => Title::Office,
                _ => Title::Role,
            };
            for form in alternatives(forms).filter(|form| form.ends_with('.') || !form.contains(' ')) {
                f.whole_titles.entry(in_lower_case(form)).or_insert(title);
            }
            for form in std::iter::once(title).chain(alternatives(forms)) {
                f.title_words = f.title_words.max(form.split(' ').count() as u8);
                let form = in_lower_case(form);
                let longest = f.title_starts.entry(beginning(&form)).or_insert(0);
                *longest = (*longest).max(form.len());
                f.titles.entry(form).or_insert(kind);
            }
        }
        for [name, gender] in rows(include_str!("../data/given_names.tsv")) {
            f.given.insert(name, gender.chars().next().unwrap_or('u'));
        }
        f
    }

    fn name(&mut self, form: &'static str, known: Known) {
        let form = form.strip_prefix("the ").unwrap_or(form);
        let first = form.split([' ', '-']).next().unwrap_or(form);
        let words = form.split(' ').count() as u8;
        let longest = self.longest.entry(first).or_insert(0);
        *longest = (*longest).max(words);
        let known = *self.names.entry(form).or_insert(known);
        if let Some(party) = form.strip_suffix(" Party").filter(|_| known.class == "party") {
            self.parties.insert(party, known);
        }
    }

    /// What this name is known as, in just this spelling.
    pub fn known(&self, name: &str) -> Option<Known> {
        self.names.get(name).copied()
    }

    /// How many words a known name beginning with this word has at most; 0 for none.
    pub fn longest_from(&self, word: &str) -> usize {
        let first = word.split('-').next().unwrap_or(word);
        self.longest.get(first).copied().map_or(0, usize::from)
    }

    /// The country whose people or things this word names ("Ukrainian", "Britons"), as its code.
    pub fn demonym(&self, word: &str) -> Option<&'static str> {
        if self.demonym_sieve.lets_through(word) { self.demonyms.get(word).copied() } else { None }
    }

    /// The name of the country with this ISO 3166-1 code.
    pub fn country(&self, code: &str) -> Option<&'static str> {
        self.countries.get(code).copied()
    }

    /// The ISO 3166-1 alpha-3 code of the country with this alpha-2 code.
    pub fn alpha3(&self, code: &str) -> Option<&'static str> {
        self.alpha3.get(code).copied()
    }

    /// What this title is, in any case of letters.
    pub fn title(&self, words: &str) -> Option<Title> {
        match words.chars().any(char::is_uppercase) {
            true => self.titles.get(words.to_lowercase().as_str()).copied(),
            false => self.titles.get(words).copied(),
        }
    }

    /// The whole title that a short form in lower case, of one word or with a period, stands for: "governor" for "gov."
    ///
    /// # Example
    /// ```
    /// use rapporteur_lexicon::facts;
    /// assert_eq!(facts().whole_title("gov."), Some("governor"));
    /// assert_eq!(facts().whole_title("governor"), None);
    /// ```
    pub fn whole_title(&self, short: &str) -> Option<&'static str> {
        self.whole_titles.get(short).copied()
    }

    /// How many bytes the longest title has whose first letters and figures are these, in lower case; 0 for none.
    pub fn longest_title_from(&self, beginning: &str) -> usize {
        self.title_starts.get(beginning).copied().unwrap_or(0)
    }

    /// The political party that is called by this word and the word "Party".
    pub fn party(&self, word: &str) -> Option<Known> {
        self.parties.get(word).copied()
    }

    /// How many words a title has at most.
    pub fn longest_title(&self) -> usize {
        usize::from(self.title_words)
    }

    /// Whether this is a first name, and whose: `m`, `f` or `u`.
    pub fn given_name(&self, word: &str) -> Option<char> {
        self.given.get(word).copied()
    }
}
