//! `cargo xtask eval names`: names of people, bodies and places, and their kinds, against mentions that people marked.
//!
//! Two forms are read. MEANTIME says of each mention whether it is a name (`syntax`: `NAM`, `PRE.NAM`). GUM marks every
//! noun phrase; there a name is a phrase of capitalised words, apart from a leading article and small words inside it.
//! A name is found where ours ends with the same word and lies inside theirs or around it, so that a title that one of
//! the two takes along does not count.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::Value;

use crate::corpus::{self, Document, Place, place, prf, words_at};

const KINDS: [&str; 3] = ["person", "organization", "place"];
const OURS: [&str; 5] = ["person", "organization", "country", "place", "group"];

pub(crate) fn run(path: Option<&str>) -> Result<()> {
    let folders: Vec<PathBuf> = match path {
        Some(path) => vec![PathBuf::from(path)],
        None => vec![corpus::folder(None, "entities/gum/dev")?, corpus::folder(None, "crossdoc/meantime/dev")?],
    };
    for folder in folders {
        let documents = corpus::read(&folder)?;
        let mut score = Score::default();
        documents.iter().for_each(|d| score.add(d));
        println!("\n{} ({} documents)", folder.display(), documents.len());
        score.print();
    }
    Ok(())
}

#[derive(Default)]
struct Score {
    /// Whether everything in the texts was annotated.
    whole: bool,
    wanted: usize,
    given: usize,
    right: usize,
    kind_right: usize,
    /// Ours that are names, but of something that is no person, body or place.
    aside: usize,
    /// By kind of theirs: wanted, found, kind right.
    by_kind: BTreeMap<&'static str, [usize; 3]>,
    confused: BTreeMap<(&'static str, String), usize>,
    missed: Vec<String>,
    extra: Vec<String>,
}

impl Score {
    fn add(&mut self, document: &Document) {
        // Of MEANTIME only the first sentences were annotated in full.
        self.whole = document.gold["sentences"].is_array();
        let gold: Vec<Gold> = document.gold["mentions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|m| Gold::read(m, document))
            .collect();
        let all: Vec<Place> = document.gold["mentions"].as_array().into_iter().flatten().filter_map(span).collect();
        // What lies behind the last mention was not annotated.
        let end = all.iter().map(|p| p.1).max().unwrap_or(0);
        let mut ours: Vec<(Place, &str)> = Vec::new();
        for actor in document.found["actors"].as_array().into_iter().flatten() {
            let kind = actor["kind"].as_str().unwrap_or("");
            for mention in actor["mentions"].as_array().into_iter().flatten().filter(|m| m["kind"] == "name") {
                ours.extend(place(&mention["at"]).filter(|p| p.1 <= end).map(|p| (p, kind)));
            }
        }
        let mut used = vec![false; ours.len()];
        let names = gold.iter().filter(|g| g.kind.is_some());
        for (g, kind) in names.filter_map(|g| Some((g, g.kind?))) {
            let found = ours.iter().position(|(p, _)| same(*p, g.at));
            let row = self.by_kind.entry(kind).or_default();
            self.wanted += 1;
            row[0] += 1;
            let Some(found) = found else {
                self.missed.push(words_at(&document.text, g.at));
                continue;
            };
            let first = !used[found];
            used[found] = true;
            self.right += usize::from(first);
            row[1] += 1;
            let as_kind = match ours[found].1 {
                "country" | "place" => "place",
                "group" | "organization" => "organization",
                other => other,
            };
            if as_kind == kind {
                row[2] += 1;
                self.kind_right += 1;
            }
            *self.confused.entry((kind, ours[found].1.to_owned())).or_default() += 1;
        }
        for (i, (p, _)) in ours.iter().enumerate().filter(|(i, _)| !used[*i]) {
            let other = gold.iter().any(|g| g.kind.is_none() && same(*p, g.at));
            if other || used[i] {
                self.aside += 1;
            } else {
                self.given += 1;
                self.extra.push(words_at(&document.text, *p));
            }
        }
        self.given += used.iter().filter(|u| **u).count();
    }

    fn print(&self) {
        let found: usize = self.by_kind.values().map(|row| row[1]).sum();
        let [p, ..] = prf(self.right, self.given, self.wanted);
        let [_, r, _] = prf(found, self.given, self.wanted);
        let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        match self.whole {
            true => println!(
                "names found     P {p:.3} R {r:.3} F1 {f:.3}   gold {} ours {} (and {} names of other things)",
                self.wanted, self.given, self.aside
            ),
            false => println!("names found     R {r:.3}   gold {} (annotated in part, so no precision)", self.wanted),
        }
        let kinds = if found == 0 { 0.0 } else { self.kind_right as f64 / found as f64 };
        println!("kind right among found {kinds:.3}");
        println!(
            "  {:<14} {:>6} {:>7} {:>7}   as {}",
            "gold kind",
            "gold",
            "recall",
            "kind",
            OURS.map(|o| format!("{o:>12}")).concat()
        );
        for kind in KINDS {
            let [wanted, found, right] = self.by_kind.get(kind).copied().unwrap_or_default();
            let part = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
            let as_: String = OURS
                .iter()
                .map(|o| format!("{:>12}", self.confused.get(&(kind, (*o).to_owned())).copied().unwrap_or(0)))
                .collect();
            println!("  {kind:<14} {wanted:>6} {:>7.3} {:>7.3}      {as_}", part(found, wanted), part(right, found));
        }
        for (title, all) in [("missed", &self.missed), ("too much", &self.extra)] {
            if !self.whole && title == "too much" {
                continue;
            }
            println!("  {title}: {}", most(all).join(", "));
        }
    }
}

/// The most frequent of some words, with their counts.
fn most(all: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|w| *counts.entry(w).or_default() += 1);
    let mut rows: Vec<(&str, usize)> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    rows.into_iter().take(15).map(|(w, n)| format!("{w} {n}")).collect()
}

/// A name that people marked.
struct Gold {
    at: Place,
    /// Of what; `None` for what is no person, body or place.
    kind: Option<&'static str>,
}

impl Gold {
    fn read(mention: &Value, document: &Document) -> Option<Self> {
        let at = span(mention)?;
        let kind = match mention["type"].as_str().unwrap_or("") {
            "person" | "PER" => Some("person"),
            "organization" | "ORG" => Some("organization"),
            "place" | "LOC" => Some("place"),
            _ => None,
        };
        let named = match mention["kind"].as_str() {
            Some(kind) => kind == "entity" && matches!(mention["syntax"].as_str(), Some("NAM" | "PRE.NAM")),
            None => is_name(document, at),
        };
        named.then_some(Gold { at, kind })
    }
}

/// Where a mention stands; MEANTIME writes spans, of which a name has one.
fn span(mention: &Value) -> Option<Place> {
    place(mention).or_else(|| place(mention["spans"].as_array()?.first()?))
}

/// Whether a phrase of GUM is a name.
fn is_name(document: &Document, at: Place) -> bool {
    const SMALL: &[&str] = &["of", "the", "and", "for", "de", "la", "du", "van", "von", "al", "bin", "&"];
    const PRONOUNS: &[&str] = &[
        "I", "He", "She", "It", "We", "You", "They", "This", "That", "These", "Those", "Who", "What", "My", "His",
        "Her", "Our", "Their", "Its", "Your", "Some", "Many", "All", "Both", "One", "A", "An", "No", "Each", "Other",
        "Others",
    ];
    let words = words_at(&document.text, at);
    let words: Vec<&str> = words.split(' ').collect();
    let words = match words.as_slice() {
        ["the" | "The", rest @ ..] => rest,
        all => all,
    };
    let [first, .., last] = words else {
        return match words {
            // A capital at the head of a sentence says nothing.
            [one] => capital(one) && !PRONOUNS.contains(one) && !begins_sentence(document, at.0),
            _ => false,
        };
    };
    capital(first)
        && capital(last)
        && !PRONOUNS.contains(first)
        && words.iter().all(|w| capital(w) || SMALL.contains(w))
}

fn capital(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

fn begins_sentence(document: &Document, at: usize) -> bool {
    let sentences = document.gold["sentences"].as_array();
    sentences.is_some_and(|all| all.iter().any(|s| s[0].as_u64() == Some(at as u64)))
}

/// Whether two spans are one name: they end alike, and one lies in the other. A possessive ending may be taken along.
fn same(ours: Place, gold: Place) -> bool {
    let ends = ours.1 == gold.1 || ours.1 + 2 == gold.1 || ours.1 == gold.1 + 1 || ours.1 + 1 == gold.1;
    ends && (ours.0 <= gold.0 || gold.0 <= ours.0) && ours.0 < gold.1 && gold.0 < ours.1
}
