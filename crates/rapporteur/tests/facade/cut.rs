//! Where there is too much of a report to be read whole, or of reports to be compared, that is told: in the record, the brief
//! and a check.

use rapporteur::{CutKind, DiscrepancyKind, Report, ReportId, brief, check, record};

const TOLD: &str = "Minister Mira Orlan met Envoy Petra Brandt in Tesk on Monday.";
const SAID: &str = "“The weir stays open until the snow has melted,” Orlan said.";

#[test]
fn what_was_not_read_stands_in_the_record_the_brief_and_a_check() {
    let marks = "[] () -- ".repeat(400);
    let head = |n: usize, text: &str| {
        let mut report = Report::plain(ReportId::new(format!("r{n}")), text);
        report.head.source = format!("{n}.txt");
        report
    };
    let whole = [head(1, &format!("{TOLD}\n\n{SAID}")), head(2, &format!("{TOLD}\n\n“No,” Brandt said."))];
    let mut reports = whole.clone();
    reports[1] = head(2, &format!("{TOLD}\n\n{marks}\n\n“No,” Brandt said."));
    reports[1].head.outlet = Some("Gazette".into());

    let cut = record(&reports);
    let [one] = cut.cut.as_slice() else { panic!("{:?}", cut.cut) };
    assert_eq!((one.report.as_str(), one.what, one.start), ("r2", CutKind::Marks, TOLD.len() as u32 + 2));
    let lines = cut.cut_in_words();
    assert!(lines.len() == 1 && lines[0].starts_with("report r2 (Gazette): a long paragraph of marks"), "{lines:?}");
    let shown = brief::text(&cut, &brief::Style::default());
    assert!(shown.contains("too much to be read whole [2]"), "{shown}");
    let json = serde_json::to_value(&cut).unwrap();
    assert_eq!(json["cut"][0]["what"], "marks");

    let none = record(&whole);
    assert!(none.cut.is_empty() && serde_json::to_value(&none).unwrap().get("cut").is_none());
    assert!(!brief::text(&none, &brief::Style::default()).contains("too much"));

    let draft = head(9, &format!("“The weir stays open,” Orlan said.\n\n{marks}"));
    let checked = check(&draft, &reports, None);
    let told = |of: &str| checked.cut.iter().any(|c| c.starts_with(of) && c.contains("marks"));
    assert!(told("in the draft, a long paragraph") && told("report r2 (Gazette): a long"), "{:?}", checked.cut);
    assert!(check(&whole[0], &whole[1..], None).cut.is_empty());
}

/// Reports that give one quotation, `word` saying in which words.
fn quoting(n: usize, word: impl Fn(usize) -> String) -> Vec<Report> {
    let report = |i: usize| {
        let word = word(i);
        let text = format!("“The {word} stays open until the snow has melted in all of the valleys,” Mira Orlan said.");
        let mut report = Report::plain(ReportId::new(format!("r{i}")), &text);
        report.head.source = format!("{i:03}.txt");
        report
    };
    (0..n).map(report).collect()
}

#[test]
fn one_report_that_misquotes_is_found_behind_many_that_do_not() {
    for n in [10, 30, 60] {
        let record = record(&quoting(n, |i| if i + 1 == n { "lock" } else { "weir" }.into()));
        let kinds: Vec<_> = record.discrepancies.iter().map(|d| (d.kind, d.accounts.len())).collect();
        assert_eq!(kinds, [(DiscrepancyKind::Wording, 2)], "{n}");
        assert!(record.cut.is_empty(), "nothing is lost: {:?}", record.cut);
    }
}

#[test]
fn wordings_that_nobody_compares_are_told() {
    let wording = |i: usize| ["old ", "new ", "red "][i % 3].repeat(i / 3) + ["weir", "lock", "gate"][i % 3];
    let record = record(&quoting(60, wording));
    assert_eq!(record.utterances.len(), 1);
    let cut: Vec<_> = record.cut.iter().filter(|c| c.what == CutKind::Wording).collect();
    assert_eq!(cut.len(), 12, "of 60 wordings 48 are compared");
    assert!(record.cut_in_words().iter().any(|w| w.contains("very many wordings")), "{:?}", record.cut_in_words());
}
