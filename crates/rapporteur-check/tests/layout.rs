//! The forms of a check, of a made-up one: only how it is laid out stands in the snapshots. What is judged of drafts is
//! tested in the facade (`crates/rapporteur/tests/facade/check.rs`).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

use rapporteur_check::{
    Against, Change, Checked, DraftRange, FORM, Judgement, Kind, Severity, Step, Verdict, Weight, render,
};
use rapporteur_schema::{Basis, Citation, Report, ReportId};

const DRAFT: &str = "# A weir\n\nThe weir stays *shut*, “we found no reading”, Orlan said on Monday.\n";

fn at(words: &str) -> DraftRange {
    let byte = DRAFT.find(words).unwrap();
    let start = DRAFT[..byte].chars().count() as u32;
    let line = DRAFT[..byte].matches('\n').count() as u32 + 1;
    let column = DRAFT[..byte].chars().rev().take_while(|c| *c != '\n').count() as u32 + 1;
    DraftRange { start, end: start + words.chars().count() as u32, line, column, exact: words.into() }
}

/// Three verdicts, one of each severity that matters, on one line of a draft, against two reports.
fn checked() -> Checked {
    let texts = [
        ("r1", "weir/herald.txt", Some("Tesk Herald"), "“We found a reading,” Orlan said on Tuesday."),
        ("r2", "weir/ulm-post.txt", None, "Orlan met | the *Ulm* side on Monday."),
    ];
    let reports: Vec<Report> = texts.iter().map(|(id, _, _, text)| Report::plain(ReportId::new(*id), text)).collect();
    let cite = |report: usize, words: &str| -> Citation {
        let start = reports[report].text.as_str().find(words).unwrap();
        reports[report].cite_bytes(start..start + words.len()).unwrap()
    };
    let verdict = |at: DraftRange, kind, judgement, severity, says: &str| Verdict {
        at,
        kind,
        judgement,
        severity,
        says: says.into(),
        sources: Vec::new(),
        against: Vec::new(),
        changes: Vec::new(),
        supported_by: Vec::new(),
        independent_sources: 0,
    };
    let quotation = Verdict {
        sources: vec![cite(0, "We found a reading")],
        changes: vec![
            Change { step: Step::Same, weight: None, draft: Some(at("we found")), report: Some(cite(0, "We found")) },
            Change {
                step: Step::Replaced,
                weight: Some(Weight::Negation),
                draft: Some(at("no")),
                report: Some(cite(0, "a")),
            },
        ],
        ..verdict(
            at("we found no reading"),
            Kind::Quotation,
            Judgement::Altered,
            Severity::Error,
            "“no” for “a”; in Tesk Herald [1]: “We found a reading”",
        )
    };
    let name = Verdict {
        supported_by: vec![ReportId::new("r1"), ReportId::new("r2")],
        independent_sources: 2,
        ..verdict(at("Orlan"), Kind::Name, Judgement::Supported, Severity::Fine, "in 2 reports")
    };
    let date = Verdict {
        sources: vec![cite(1, "Orlan met | the *Ulm* side on Monday")],
        against: vec![cite(0, "Tuesday")],
        ..verdict(
            at("Monday"),
            Kind::Date,
            Judgement::Disputed,
            Severity::Warning,
            "another account in Tesk Herald [1]: “Tuesday”",
        )
    };
    let sentence = Verdict {
        sources: vec![cite(1, "Orlan met | the *Ulm* side on Monday.")],
        ..verdict(
            at(DRAFT.trim_end()),
            Kind::Sentence,
            Judgement::Unclear,
            Severity::Note,
            "compare: no clause settles “found”",
        )
    };
    Checked {
        form: FORM,
        draft: "weir.md".into(),
        sha256: "0".repeat(64),
        date: "2031-03-05".parse().ok(),
        date_basis: Some(Basis::Given),
        reports: texts
            .iter()
            .enumerate()
            .map(|(n, (id, source, outlet, _))| Against {
                number: n + 1,
                id: ReportId::new(*id),
                source: (*source).into(),
                outlet: outlet.map(Into::into),
                title: None,
                published: "2031-03-05".parse().ok(),
            })
            .collect(),
        verdicts: vec![quotation, name, date],
        sentences: vec![sentence],
        broken_off: false,
        cut: Vec::new(),
        text: DRAFT.into(),
    }
}

#[test]
fn text() {
    let style = render::Style { citations: true, ..Default::default() };
    insta::assert_snapshot!(render::text(&checked(), &style));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(render::markdown(&checked()));
}

#[test]
fn html() {
    // The style sheet is no layout of a check.
    let page = render::html(&checked());
    let (_, body) = page.split_once("</style>").unwrap();
    insta::assert_snapshot!(body);
}

#[test]
fn json() {
    insta::assert_json_snapshot!(checked());
}

#[test]
fn sarif() {
    insta::assert_json_snapshot!(render::sarif(&checked()));
}
