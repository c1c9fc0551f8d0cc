//! The readable cases of `tests/suite/discrepancy`: two or three tiny reports, and where their accounts differ.
//!
//! ```text
//! --- two counts of the same people
//!
//! @ 2026-03-04
//! The strike involves 640 welders.
//!
//! @ 2026-03-04
//! The union called 700 welders out on strike.
//!
//! =>
//! number | 640 | 700
//! ```
//! `@` begins a report, with the day it is of. Each line below `=>` is a discrepancy: its kind and the value of each
//! account, sorted. The rest of the form is told in `common`.

use crate::common;
use rapporteur::{Basis, Report, ReportId, record};

/// The reports of a case, whose lines are their paragraphs.
fn reports(text: &str) -> Vec<Report> {
    let text = text.strip_prefix('@').expect("a case begins with a report");
    let report = |(n, given): (usize, &str)| {
        let (day, text) = given.split_once('\n').expect("a report has a text");
        let mut report = Report::plain(ReportId::new(format!("r{n}")), text.trim());
        report.head.source = format!("{n}.txt");
        report.head.published = Some(day.trim().parse().expect("a day is EDTF"));
        report.head.published_basis = Some(Basis::Given);
        report
    };
    text.split("\n@").enumerate().map(report).collect()
}

/// What is found, a line a discrepancy.
fn found(reports: &[Report]) -> Vec<String> {
    let record = record(reports);
    record.verify(reports).expect("every citation reads as the record gives it");
    let mut lines: Vec<String> = record
        .discrepancies
        .iter()
        .map(|d| {
            let values = d.accounts.iter().map(|a| a.value.as_str());
            [d.kind.as_str()].into_iter().chain(values).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn every_discrepancy_of_the_suite_is_found_and_no_other() {
    common::run("discrepancy", |case| found(&reports(&case.text)));
}
