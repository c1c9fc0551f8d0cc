//! Questions to three reports of one invented matter.

use rapporteur_schema::{
    Account, Citation, Claim, ClaimId, Discrepancy, DiscrepancyId, DiscrepancyKind, Evidence, Findings, MadeWith,
    Record, Report, ReportId, Rule, TextUnits,
};

use super::{Answer, AskIndex, Outcome};
use crate::assemble;

const TEXTS: [(&str, &str); 3] = [
    (
        "Harbour Post",
        "The weir plan now has 28 points. The envoys of both valleys left Brenn in silence. Snow fell on the road all night.",
    ),
    ("Tesk Herald", "A plan of 19 points is left of the paper on the weir. Mira Orlan will read it out in Tesk."),
    ("Valley Voice", "Fishermen of the lower valley want a ladder for trout. The envoys of the valleys left Brenn."),
];

/// What a report is read to say: its words and sentences.
fn read(report: &Report) -> Findings {
    let text = report.text.as_str();
    let starts: Vec<u32> = text.match_indices(". ").map(|(at, _)| text[..at].chars().count() as u32 + 2).collect();
    Findings {
        cut: Vec::new(),
        report: report.id().clone(),
        published: None,
        published_basis: None,
        text: TextUnits::new(&report.text, &starts),
        furniture: Vec::new(),
        actors: Vec::new(),
        dates: Vec::new(),
        statements: Vec::new(),
        meetings: Vec::new(),
        proposals: Vec::new(),
        issues: Vec::new(),
        positions: Vec::new(),
        conditions: Vec::new(),
        quantities: Vec::new(),
    }
}

fn reports() -> Vec<Report> {
    let report = |(n, (outlet, text)): (usize, &(&str, &str))| {
        let mut report = Report::plain(ReportId::new(format!("r{n}")), text);
        report.head.outlet = Some((*outlet).to_owned());
        report.head.source = format!("{n}.txt");
        report
    };
    TEXTS.iter().enumerate().map(report).collect()
}

fn record(reports: &[Report], findings: &[Findings]) -> Record {
    let mut record = assemble(reports, findings, &[], MadeWith { version: "0".into(), model: None });
    // What the scorer and the comparators make of such short texts is not what is tested.
    (record.claims, record.discrepancies) = (Vec::new(), Vec::new());
    record
}

fn cite(report: &Report, words: &str) -> Citation {
    let at = report.text.as_str().find(words).unwrap();
    report.cite_bytes(at..at + words.len()).unwrap()
}

/// Asks the three reports, where they tell one thing alike and differ in another.
fn ask(question: &str) -> Answer {
    let reports = reports();
    let findings: Vec<Findings> = reports.iter().map(read).collect();
    let mut record = record(&reports, &findings);
    record.claims.push(Claim {
        id: ClaimId::new("c1"),
        by: Rule::new("test"),
        spans: vec![
            cite(&reports[2], "The envoys of the valleys left Brenn."),
            cite(&reports[0], "The envoys of both valleys left Brenn in silence."),
        ],
        origins: 2,
        confidence: 0.9,
    });
    let account = |report: usize, words: &str| Account {
        value: words.into(),
        evidence: Evidence::of(cite(&reports[report], words)),
    };
    record.discrepancies.push(Discrepancy {
        id: DiscrepancyId::new("d1"),
        by: Rule::new("test"),
        kind: DiscrepancyKind::Number,
        about: "points".into(),
        accounts: vec![account(0, "28"), account(1, "19")],
    });
    AskIndex::new(&reports, &findings, &record).ask(question, 5)
}

fn words(answer: &Answer) -> Vec<&str> {
    answer.answers.iter().flat_map(|t| &t.sentences).map(|s| s.at.exact()).collect()
}

#[test]
fn the_sentence_that_answers_comes_first_and_whole() {
    let answer = ask("Who wants a ladder for the trout?");
    assert_eq!((answer.outcome, answer.says_no()), (Outcome::Found, None));
    assert_eq!(words(&answer)[0], "Fishermen of the lower valley want a ladder for trout.");
    let first = &answer.answers[0].sentences[0];
    assert_eq!((first.outlet.as_deref(), first.source.as_str()), (Some("Valley Voice"), "2.txt"));
    let marked: Vec<&str> = first.marks.iter().map(|&(a, b)| &TEXTS[2].1[a as usize..b as usize]).collect();
    assert_eq!(marked, ["want", "ladder", "trout"]);
}

#[test]
fn accounts_that_differ_stand_side_by_side_and_once() {
    let answer = ask("how many points has the plan now");
    let [told, ..] = answer.answers.as_slice() else { panic!("no answer") };
    let [differing] = told.differences.as_slice() else { panic!("{told:#?}") };
    let accounts: Vec<(&str, &str)> =
        differing.accounts.iter().map(|a| (a.value.as_str(), a.sentences[0].at.exact())).collect();
    assert_eq!(
        accounts,
        [("28", "The weir plan now has 28 points."), ("19", "A plan of 19 points is left of the paper on the weir.")]
    );
    // The other account is not told once more as an answer of its own.
    assert_eq!(words(&answer).iter().filter(|w| w.contains("points")).count(), 1);
}

#[test]
fn what_several_reports_assert_is_one_answer() {
    let answer = ask("Did the envoys leave Brenn?");
    let told = &answer.answers[0];
    assert_eq!((told.claim.as_ref().map(ClaimId::as_str), told.origins, told.sentences.len()), (Some("c1"), 2, 2));
    assert!(told.differences.is_empty());
    assert_eq!(ask("Did the envoys leave Brenn?").says_lacking(), None);
    let lacking = ask("Did the shaken envoys leave Brenn?").says_lacking();
    assert_eq!(lacking.as_deref(), Some("No report has “shaken”: the answers go by the other words."));
}

#[test]
fn where_nothing_fits_no_report_says() {
    let no = |question: &str| {
        let answer = ask(question);
        assert!(answer.answers.is_empty(), "{answer:#?}");
        (answer.outcome, answer.says_no().unwrap())
    };
    let (outcome, says) = no("Is there a subsidy for lighthouses?");
    assert_eq!(outcome, Outcome::UnknownWords);
    assert_eq!(
        says,
        "No report says: none of them has “subsidy” or “lighthouses” (looked through 7 sentences of 3 reports)."
    );
    let (outcome, says) = no("Which plan for lighthouses, opera subsidies and airports was vetoed?");
    assert_eq!(outcome, Outcome::TooLittle);
    assert!(says.contains("no sentence has enough of its words together"), "{says}");
    for empty in ["", "  ", "what of it?", "?!", "\u{0}\u{202e}"] {
        assert_eq!(no(empty).0, Outcome::NoWords, "{empty:?}");
    }
}

#[test]
fn any_question_is_answered_without_a_panic() {
    let long = "points plan ".repeat(50_000);
    for odd in
        [long.as_str(), "“plan”—[points]…", "PLAN POINTS", "plán poïnts", "👩‍👩‍👧 plan points", "when who where how many"]
    {
        let answer = ask(odd);
        assert_eq!(answer.sentences, 7);
    }
    assert_eq!(words(&ask("PLAN POINTS")), words(&ask("plán poïnts")));
}

#[test]
fn the_order_of_reports_does_not_show() {
    let mut reports = reports();
    let mut findings: Vec<Findings> = reports.iter().map(read).collect();
    let record = record(&reports, &findings);
    let ahead = AskIndex::new(&reports, &findings, &record).ask("points of the plan", 5);
    reports.reverse();
    findings.rotate_left(1);
    assert_eq!(AskIndex::new(&reports, &findings, &record).ask("points of the plan", 5), ahead);
    assert!(ahead.answers.len() > 1);
    let one = AskIndex::new(&reports, &findings, &record).ask("points of the plan", 1);
    assert_eq!(one.answers, ahead.answers[..1]);
}
