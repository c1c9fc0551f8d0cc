//! The readable cases of dates: `tests/suite/date/*.case`, each with the date it is read against.
//!
//! The form is told in `common`; `reference:` is the date or `none`, a line an expression and its value, or `open`.

use crate::common;
use rapporteur_findings::Models;
use rapporteur_schema::Basis;

#[test]
fn every_date_of_the_suite_is_found_and_right() {
    let count = common::run("date", |case| {
        let reference = case.note("reference").unwrap_or_else(|| panic!("no reference: {}", case.text));
        let mut report = case.report();
        report.head.published = reference.parse().ok();
        report.head.published_basis = report.head.published.map(|_| Basis::Given);
        assert!(reference == "none" || report.head.published.is_some(), "{reference:?} is no date");
        let found = rapporteur_findings::read(&report, Models::quick());
        let value = |date: &rapporteur_schema::DateMention| date.value.map_or("open".to_owned(), |v| v.to_string());
        found.dates.iter().map(|d| format!("{} = {}", d.at.exact(), value(d))).collect()
    });
    assert!(count >= 100, "only {count} cases");
}
