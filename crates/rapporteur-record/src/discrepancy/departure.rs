//! Who left the table: when talks break off, each side tells of the other.
//!
//! Findings have no entry for it, so it is read off the words: a verb of leaving with its subject, in a paragraph that
//! speaks of talks. Sides are told apart roughly, labour from employers, one country from another, for a report's
//! "union" is another's full name.

use std::collections::BTreeMap;

use rapporteur_schema::{Citation, DiscrepancyKind, EntityKind, Record, Span};

use super::sentence::{Token, sentences};
use super::{Draft, cite};
use crate::story::Story;

/// How many words before the verb its subject is looked for.
const REACH: usize = 5;

/// Finds it.
pub(super) fn find(story: &Story<'_>, record: &Record) -> Vec<Draft> {
    let mut sides: BTreeMap<String, (String, Vec<Citation>)> = BTreeMap::new();
    let named = named(record);
    for report in &story.reports {
        for sentence in sentences(report) {
            let mut left = false;
            for i in 0..sentence.words.len() {
                let told =
                    leaves(&sentence.words, i).filter(|_| sentence.speaks_of(TALKS) && !open(&sentence.words, i));
                // "One says the union left, the other that the company did."
                let did =
                    left && sentence.words[i].lower == "did" && sentence.words.get(i + 1).is_none_or(|w| w.after_mark);
                let Some(end) = told.or(did.then_some(i + 1)) else { continue };
                left = true;
                let Some((at, key, word)) = subject(&sentence.words, i, &named) else { continue };
                let span = Span::new(sentence.words[begin(&sentence.words, at)].start, sentence.words[end - 1].end);
                if let Some(cited) = cite(report, span) {
                    sides.entry(key).or_insert_with(|| (word, Vec::new())).1.push(cited);
                }
            }
        }
    }
    let accounts: Vec<(String, Vec<Citation>)> = sides.into_values().collect();
    match accounts.len() >= 2 {
        true => vec![Draft::new(DiscrepancyKind::Status, "who left the talks", accounts)],
        false => Vec::new(),
    }
}

const TALKS: &[&str] =
    &["talks", "session", "table", "negotiations", "negotiating", "bargaining", "room", "round", "bargains"];

/// Where the words of leaving end that begin at `i`.
fn leaves(words: &[Token<'_>], i: usize) -> Option<usize> {
    let at = |n: usize| words.get(n).map(|w| w.lower.as_str()).unwrap_or_default();
    let last = |n: usize| words.get(n).is_none_or(|w| w.after_mark);
    let place = |mut n: usize| {
        while matches!(at(n), "the" | "from" | "of" | "its" | "their" | "negotiating" | "bargaining") {
            n += 1;
        }
        TALKS.contains(&at(n)).then_some(n + 1)
    };
    match (at(i), at(i + 1)) {
        ("walked" | "stormed" | "stalked", "away" | "out") => place(i + 2).or(Some(i + 2)),
        ("got" | "stood", "up") if last(i + 2) || at(i + 2) == "and" || at(i + 2) == "first" => Some(i + 2),
        ("broke" | "cut" | "called", "off" | "short") => place(i + 2),
        ("pulled", "out") => place(i + 2),
        ("left", _) if last(i + 1) || matches!(at(i + 1), "first" | "and") => Some(i + 1),
        ("left" | "quit" | "abandoned" | "ended" | "deserted", _) => place(i + 1),
        _ => None,
    }
}

/// Whether the words before a verb say that it is only possible, or that it was not so.
fn open(words: &[Token<'_>], i: usize) -> bool {
    const OPEN: &[&str] = &[
        "not", "never", "nobody", "no", "neither", "nor", "none", "if", "would", "could", "may", "might", "will", "to",
        "having", "each", "whether", "unless", "denied", "who", "they", "we", "he", "she", "it", "both",
    ];
    let near = words[i.saturating_sub(3)..i].iter().rev();
    near.take_while(|w| !w.after_mark || w.start == words[i].start)
        .any(|w| OPEN.contains(&w.lower.as_str()) || w.lower.ends_with("n't") || w.lower.ends_with("n’t"))
}

/// The side before a verb: where its name begins, what it is compared by, and its name.
fn subject(words: &[Token<'_>], verb: usize, named: &BTreeMap<String, Named>) -> Option<(usize, String, String)> {
    for at in (verb.saturating_sub(REACH)..verb).rev() {
        let word = &words[at];
        let lower = word.lower.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
        if let Some(side) = side(lower) {
            return Some((at, side.to_owned(), format!("the {lower}")));
        }
        if let Some(found) = named.get(lower).filter(|_| word.text.starts_with(char::is_uppercase)) {
            return Some((at, found.key.clone(), found.name.clone()));
        }
        // What stands between a subject and its verb; anything else is another clause.
        let between = matches!(
            lower,
            "that"
                | "had"
                | "has"
                | "have"
                | "then"
                | "was"
                | "were"
                | "first"
                | "simply"
                | "team"
                | "negotiators"
                | "side"
                | "delegation"
                | "representatives"
        );
        if !between {
            return None;
        }
    }
    None
}

/// Where the phrase begins whose last noun stands at `at`: its article and the names before it.
fn begin(words: &[Token<'_>], at: usize) -> usize {
    let mut first = at;
    while first > 0 && !words[first].after_mark && at - first < 6 {
        let before = &words[first - 1];
        let article = matches!(before.lower.as_str(), "the" | "its" | "their" | "our");
        let name = before.text.starts_with(char::is_uppercase) && words[first].text.starts_with(char::is_uppercase);
        if !article && !name {
            break;
        }
        first -= 1;
        if article {
            break;
        }
    }
    first
}

/// Labour or employers, by the nouns that reports use for them.
fn side(noun: &str) -> Option<&'static str> {
    const LABOUR: &[&str] = &["union", "unions", "strikers", "stewards"];
    const EMPLOYER: &[&str] = &[
        "employer",
        "employers",
        "management",
        "company",
        "companies",
        "trust",
        "alliance",
        "owners",
        "operator",
        "operators",
        "airline",
        "railway",
        "firm",
        "group",
        "authority",
        "board",
        "council",
        "association",
        "league",
        "university",
        "hospital",
        "chain",
    ];
    match noun {
        n if LABOUR.contains(&n) => Some("labour"),
        n if EMPLOYER.contains(&n) => Some("employer"),
        _ => None,
    }
}

/// What a name is compared by, and how it is shown.
struct Named {
    key: String,
    name: String,
}

/// Bodies and countries by the last word of each of their names.
fn named(record: &Record) -> BTreeMap<String, Named> {
    let mut out = BTreeMap::new();
    for entity in &record.entities {
        if !matches!(entity.kind, EntityKind::Organization | EntityKind::Country | EntityKind::Group) {
            continue;
        }
        let words: Vec<String> = entity.name.split_whitespace().map(str::to_lowercase).collect();
        let key = words.iter().find_map(|w| side(w)).map_or_else(|| entity.id.as_str().to_owned(), str::to_owned);
        for form in &entity.names {
            if let Some(last) = form.form.split_whitespace().last().map(str::to_lowercase) {
                out.entry(last).or_insert_with(|| Named { key: key.clone(), name: entity.name.clone() });
            }
        }
    }
    out
}
