//! Word classes: each a list in `words/AREA.txt`, under its name in brackets.
//!
//! ```text
//! # What the file holds. origin: … licence: …
//! [month] Names of months, as written.
//! January
//! February
//! ```
//! A word may have a value after a tab (`dozen<TAB>12`). A word stands as the rule asks for it: most ask for the lower-case
//! form or the lemma, and the line of the class says which. A new class is a section in the file and a line below.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::sieve::Sieve;

/// A list of words that are alike in one respect; loaded when it is first asked.
#[derive(Debug)]
pub struct WordClass {
    /// The file it stands in, without its ending.
    pub area: &'static str,
    /// Its name in the file.
    pub name: &'static str,
    words: LazyLock<Words>,
}

/// The words of a class, and what tells most others off before they are hashed: rules ask dozens of classes about every word.
#[derive(Debug)]
struct Words {
    values: FxHashMap<&'static str, &'static str>,
    sieve: Sieve,
}

impl Words {
    fn get(&self, word: &str) -> Option<&'static str> {
        if self.sieve.lets_through(word) { self.values.get(word).copied() } else { None }
    }
}

impl FromIterator<(&'static str, &'static str)> for Words {
    fn from_iter<I: IntoIterator<Item = (&'static str, &'static str)>>(lines: I) -> Self {
        let values: FxHashMap<_, _> = lines.into_iter().collect();
        let mut sieve = Sieve::default();
        values.keys().for_each(|word| sieve.add(word));
        Self { values, sieve }
    }
}

impl WordClass {
    /// Whether this word is in the list, in just this spelling.
    pub fn has(&self, word: &str) -> bool {
        self.words.get(word).is_some()
    }

    /// The value that the list gives this word; empty where it gives none, `None` for a word that it does not have.
    pub fn value(&self, word: &str) -> Option<&'static str> {
        self.words.get(word)
    }

    /// As [`value`](WordClass::value), for a list in lower case, whatever the case of the word.
    pub fn value_any_case(&self, word: &str) -> Option<&'static str> {
        // Lower case has the same length where all letters are ASCII.
        let first = word.as_bytes().first().copied().unwrap_or_default().to_ascii_lowercase();
        if word.is_ascii() && !self.words.sieve.lets_through_as(word.len(), first) {
            return None;
        }
        match word.contains(char::is_uppercase) {
            true => self.value(&word.to_lowercase()),
            false => self.value(word),
        }
    }

    /// The value of a word as a number, whatever the case of the word.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.value_any_case(word)?.parse().ok()
    }

    /// The words in the order of the alphabet: for tests and for patterns that are built once.
    pub fn words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.words.values.keys().copied().collect();
        words.sort_unstable();
        words
    }
}

/// The lines of one section: word and value.
fn section(text: &'static str, name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_section = move |line: &&str| line.strip_prefix('[').and_then(|l| l.split(']').next()) == Some(name);
    let mut lines = text.lines();
    let found = lines.by_ref().any(|line| of_section(&line));
    let lines = if found { lines } else { "".lines() };
    lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
}

/// One class: its file is read when it is first asked.
macro_rules! class {
    ($area:literal, $name:literal) => {
        $crate::WordClass {
            area: $area,
            name: $name,
            words: std::sync::LazyLock::new(|| {
                $crate::words::section(include_str!(concat!("../../words/", $area, ".txt")), $name).collect()
            }),
        }
    };
}

/// Declares the classes of one area, in the order of its file; one a file in this folder.
macro_rules! area {
    ($area:literal { $($(#[$doc:meta])* $class:ident = $name:literal,)* }) => {
        $(
            $(#[$doc])*
            pub static $class: $crate::WordClass = class!($area, $name);
        )*

        /// The file and its classes.
        #[cfg(test)]
        pub(super) fn area() -> (&'static str, &'static str, Vec<&'static $crate::WordClass>) {
            ($area, include_str!(concat!("../../words/", $area, ".txt")), vec![$(&$class),*])
        }
    };
}

pub mod asking;
pub mod checking;
pub mod clause;
pub mod comparison;
pub mod condition;
pub mod function;
pub mod furniture;
pub mod gathering;
pub mod lead;
pub mod negotiation;
pub mod number;
pub mod people;
pub mod presentation;
pub mod quantity;
pub mod speech;
pub mod time;

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every area.
    fn areas() -> Vec<(&'static str, &'static str, Vec<&'static WordClass>)> {
        vec![
            function::area(),
            time::area(),
            number::area(),
            people::area(),
            speech::area(),
            gathering::area(),
            quantity::area(),
            negotiation::area(),
            condition::area(),
            comparison::area(),
            checking::area(),
            clause::area(),
            presentation::area(),
            furniture::area(),
            lead::area(),
            asking::area(),
        ]
    }

    #[test]
    fn every_section_is_a_class_and_every_class_a_section() {
        let mut files: BTreeSet<String> = BTreeSet::new();
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/words")).unwrap() {
            files.insert(file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
        }
        assert_eq!(files, areas().iter().map(|(area, ..)| (*area).to_owned()).collect(), "files and areas");
        for (area, text, classes) in areas() {
            let heads = text.lines().filter_map(|l| l.strip_prefix('[')).map(|l| l.split(']').next().unwrap());
            let names: Vec<&str> = classes.iter().map(|c| c.name).collect();
            assert_eq!(
                heads.collect::<Vec<_>>(),
                names,
                "{area}: the file and `area!` name the same classes in one order"
            );
            assert!(
                text.starts_with('#') && text.contains("# origin: ") && text.contains("# licence: "),
                "{area}: no head"
            );
        }
    }

    #[test]
    fn a_word_stands_once_in_a_list_and_a_list_once_in_the_house() {
        let mut lists: BTreeMap<Vec<&str>, String> = BTreeMap::new();
        for (area, text, classes) in areas() {
            for class in classes {
                let name = format!("{area}::{}", class.name);
                let lines = section(text, class.name).count();
                assert_eq!(lines, class.words().len(), "{name} has a word twice");
                assert!(lines > 0, "{name} is empty");
                if let Some(other) = lists.insert(class.words(), name.clone()) {
                    panic!("{name} is the same list as {other}");
                }
            }
        }
    }

    #[test]
    fn a_class_knows_its_words_and_their_values() {
        assert!(time::MONTH.has("March") && !time::MONTH.has("march") && !time::MONTH.has("Monday"));
        assert_eq!(time::MONTH.value("March"), Some("3"));
        assert_eq!(time::MONTH.value("Marches"), None);
    }
}
