//! No row without use: a row that no look-up can give back is a mistake in the table or in its loader.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use rapporteur_lexicon::{Frames, Meets, Title, alternatives, cues, facts, gatherings};
use rapporteur_schema::EntityKind;

/// The columns of a table as its head names them, and its rows.
fn table(text: &'static str) -> (Vec<&'static str>, Vec<Vec<&'static str>>) {
    let head = text.lines().find_map(|l| l.strip_prefix("# columns: ")).expect("a line of columns");
    let rows = text.lines().filter(|l| !l.starts_with('#'));
    (head.split('\t').collect(), rows.map(|l| l.split('\t').collect()).collect())
}

/// The tables, by name.
fn tables() -> Vec<(String, &'static str)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let mut all: Vec<(String, &'static str)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|f| f.extension().is_some_and(|e| e == "tsv"))
        .map(|f| {
            let text: &'static str = std::fs::read_to_string(&f).unwrap().leak();
            (f.file_stem().unwrap().to_string_lossy().into_owned(), text)
        })
        .collect();
    all.sort();
    all
}

/// The rows of one table.
fn rows(name: &str) -> Vec<Vec<&'static str>> {
    let (_, text) = tables().into_iter().find(|(n, _)| n == name).expect(name);
    table(text).1
}

/// A name without the article that look-ups leave out.
fn bare(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}

#[test]
fn every_row_has_the_columns_of_its_head_and_stands_once() {
    for (name, text) in tables() {
        let (columns, rows) = table(text);
        let mut seen = BTreeSet::new();
        for row in rows {
            assert_eq!(row.len(), columns.len(), "{name}: {row:?}");
            assert!(!row[0].is_empty() && seen.insert(row.clone()), "{name}: empty or twice: {row:?}");
        }
    }
}

#[test]
fn every_name_is_found_as_what_its_row_says() {
    let found = |form: &str, kind: EntityKind, country: &str, class: &str| {
        facts().known(bare(form)).is_some_and(|k| k.kind == kind && k.country == country && k.class == class)
    };
    for row in rows("countries") {
        assert!(found(row[1], EntityKind::Country, row[0], "country"), "{row:?}");
        assert_eq!(facts().country(row[0]), Some(row[1]), "{row:?}");
    }
    for row in rows("organizations") {
        let mut forms = std::iter::once(row[0]).chain(alternatives(row[1]));
        assert!(forms.any(|f| found(f, EntityKind::Organization, row[3], row[2])), "{row:?}");
    }
    for row in rows("places") {
        let mut forms = std::iter::once(row[0]).chain(alternatives(row[1]));
        assert!(forms.any(|f| found(f, EntityKind::Place, row[2], row[3])), "{row:?}");
    }
}

#[test]
fn every_title_and_first_name_is_found() {
    for row in rows("titles") {
        let kind = match row[1] {
            "honorific" => Title::Honorific,
            "rank" => Title::Rank,
            "office" => Title::Office,
            "role" => Title::Role,
            other => panic!("{other:?} is no kind of title"),
        };
        let mut forms = std::iter::once(row[0]).chain(alternatives(row[2]));
        assert!(forms.any(|f| facts().title(f) == Some(kind)), "{row:?}");
    }
    for row in rows("given_names") {
        assert!(["m", "f", "u"].contains(&row[1]), "{row:?}");
        assert_eq!(facts().given_name(row[0]), row[1].chars().next(), "{row:?}");
    }
}

#[test]
fn every_verb_and_noun_has_frames() {
    for row in rows("gatherings") {
        let known = match row[1] {
            "verb" => gatherings().verb(row[0]),
            "noun" => gatherings().noun(row[0]),
            other => panic!("{other:?} is no part of speech of a gathering: {row:?}"),
        };
        let weak = row[3] == "weak";
        assert!(known.is_some_and(|g| weak != (g.frames != Meets::default())), "{row:?}");
    }
}

#[test]
fn every_cue_has_frames() {
    for row in rows("cues") {
        let known = match row[1] {
            "verb" => cues().verb(row[0]),
            "noun" => cues().noun(row[0]),
            // Those of several words have a test of their own beside the look-up.
            "phrase" | "adjunct" => continue,
            other => panic!("{other:?} is no part of speech of a cue: {row:?}"),
        };
        assert!(known.is_some_and(|c| c.frames != Frames::default()), "{row:?}");
    }
}

#[test]
fn every_abbreviation_and_holiday_says_what_it_is() {
    for row in rows("abbreviations") {
        assert!(["runs_on", "may_end"].contains(&row[1]), "{row:?}");
    }
    for row in rows("holidays") {
        let day = row[1].strip_prefix("easter").unwrap_or(row[1]);
        let parts: Vec<&str> = day.split('-').filter(|p| !p.is_empty()).collect();
        assert!(day.is_empty() || day.starts_with(['+', '-']) || (2..=3).contains(&parts.len()), "{row:?}");
    }
}
