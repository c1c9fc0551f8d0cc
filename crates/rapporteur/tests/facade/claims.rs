//! What reports assert alike, and the few sentences that tell what happened, on a story made for it.

use rapporteur::{Record, Report, ReportId, TextRange, record};

const TEXTS: [(&str, &str); 3] = [
    (
        "gazette",
        "Ferry crews at Quillmere Lines called off their strike on Monday after the company agreed to raise pay by 6 percent over two years.\n\n\
         The deal ends a walkout that stranded 4,000 passengers on the island of Torvey.\n\n\
         “We got what we came for,” said Union leader Ada Brandt.\n\n\
         Members of the union are to vote on the agreement on Friday.\n\n\
         The harbour was built in 1874 by a family of salt traders.",
    ),
    (
        "courier",
        "The strike at Quillmere Lines is over: crews went back to work on Monday night.\n\n\
         Quillmere Lines agreed to raise the pay of its crews by 6 percent over two years, and the crews called off the strike.\n\n\
         Some 4,000 passengers had been stranded on Torvey by the walkout.\n\n\
         Ada Brandt, who leads the union, said that it got what it came for.\n\n\
         A bakery on the quay gave away bread to those who waited.",
    ),
    (
        "herald",
        "Union members will vote on Friday on the agreement with Quillmere Lines.\n\n\
         The ferry company agreed on a rise of 6 percent over two years in pay to end the strike of its crews.\n\n\
         Hoteliers on Torvey put their losses at 2 million crowns.",
    ),
];

fn reports() -> Vec<Report> {
    let one = |(name, text): &(&str, &str)| {
        let mut report = Report::plain(ReportId::new(*name), text);
        report.head.published = Some("2025-03-11".parse().unwrap());
        report
    };
    TEXTS.iter().map(one).collect()
}

/// The sentences of the claim that some words stand in, each with the name of its report.
fn claim<'r>(record: &'r Record, words: &str) -> Vec<(&'r str, &'r str)> {
    let claim = record.claims.iter().find(|c| c.spans.iter().any(|s| s.exact().contains(words)));
    let spans = claim.into_iter().flat_map(|c| &c.spans);
    let mut all: Vec<_> = spans.map(|s| (s.report().as_str(), s.exact())).collect();
    all.sort_unstable();
    all
}

#[test]
fn what_three_reports_assert_is_one_claim() {
    let record = record(&reports());
    let pay = claim(&record, "agreed on a rise of 6 percent");
    assert_eq!(pay.iter().map(|(source, _)| *source).collect::<Vec<_>>(), ["courier", "gazette", "herald"], "{pay:?}");
    let stranded = claim(&record, "stranded 4,000 passengers");
    assert_eq!(stranded.len(), 2, "{stranded:?}");
    assert!(stranded[0].1.contains("Some 4,000 passengers"), "{stranded:?}");
}

#[test]
fn what_one_report_alone_tells_is_in_no_claim() {
    let record = record(&reports());
    for words in ["salt traders", "gave away bread", "2 million crowns"] {
        assert!(claim(&record, words).is_empty(), "{words}: {:?}", claim(&record, words));
    }
}

#[test]
fn the_lead_tells_the_outcome_and_nothing_beside_it() {
    let record = record(&reports());
    let lead: Vec<&str> = record.lead.iter().map(|l| l.span.exact()).collect();
    assert!(lead.first().is_some_and(|first| first.contains("6 percent")), "{lead:#?}");
    assert!(lead.iter().any(|l| l.contains("vote on")), "{lead:#?}");
    let first = &record.lead[0];
    assert_eq!(first.also.len(), 2, "{first:?}");
    assert!(first.claim.as_ref().is_some_and(|id| record.claims.iter().any(|c| c.id == *id)));
    assert!(!first.why.is_empty());
    // No two sentences of one claim.
    let mut claims: Vec<_> = record.lead.iter().filter_map(|l| l.claim.clone()).collect();
    let all = claims.len();
    claims.sort();
    claims.dedup();
    assert_eq!(claims.len(), all, "{lead:#?}");
}

#[test]
fn claims_and_lead_are_cited_and_do_not_depend_on_the_order_of_reports() {
    let forth = reports();
    let back: Vec<Report> = forth.iter().rev().cloned().collect();
    let (a, b) = (record(&forth), record(&back));
    a.verify(&forth).unwrap();
    assert_eq!((a.claims.clone(), a.lead.clone()), (b.claims, b.lead));
    // A sentence is in a claim once, and a claim has one sentence a report.
    for claim in &a.claims {
        let mut reports: Vec<_> = claim.spans.iter().map(|s| TextRange::from(s).report).collect();
        reports.sort();
        let all = reports.len();
        reports.dedup();
        assert_eq!(reports.len(), all, "{claim:?}");
        assert!(claim.origins as usize <= all && (0.0..=1.0).contains(&claim.confidence));
    }
}

#[test]
fn one_report_has_no_claims_and_a_lead_of_its_own() {
    let record = record(&reports()[..1]);
    assert!(record.claims.is_empty());
    assert!(record.lead.iter().all(|l| l.also.is_empty() && l.claim.is_none()));
    assert!(record.lead.iter().any(|l| l.span.exact().contains("called off their strike")));
}

/// Hundreds of reports use the same words: no word is rare then, and what all of them tell is still one claim of all.
#[test]
fn what_hundreds_of_reports_tell_is_found() {
    let one = |n: usize| {
        let text = format!(
            "{}\n\nQuillmere Lines agreed to raise the pay of its crews by 6 percent over two years.\n\nThe crews called off their strike on Monday.",
            ["The harbour was quiet.", "Ferries sail again.", "It rained on the island."][n % 3]
        );
        Report::plain(ReportId::new(format!("r{n:03}")), &text)
    };
    let reports: Vec<Report> = (0..420).map(one).collect();
    let record = record(&reports);
    let most = |words: &str| {
        let of = record.claims.iter().filter(|c| c.spans.iter().any(|s| s.exact().contains(words)));
        of.map(|c| c.spans.len()).max().unwrap_or(0)
    };
    assert!(most("6 percent") > 100 && most("called off") > 100, "{} {}", most("6 percent"), most("called off"));
}

/// The record of a few texts, all of one day.
fn told(texts: &[&str]) -> Record {
    let one = |(n, text): (usize, &&str)| {
        let mut report = Report::plain(ReportId::new(format!("r{n}")), text);
        report.head.published = Some("2025-03-11".parse().unwrap());
        report
    };
    record(&texts.iter().enumerate().map(one).collect::<Vec<_>>())
}

#[test]
fn the_day_of_a_lead_sentence_is_the_day_of_its_main_verb_and_not_far_back() {
    let day = |text: &str| told(&[text]).lead[0].date.map(|d| d.to_string());
    assert_eq!(day("Ferry crews at Quillmere Lines approved the pay deal on Monday."), Some("2025-03-10".into()));
    assert_eq!(day("Ferry crews who walked out on Monday approved the pay deal of Quillmere Lines."), None);
    // The report is of a Tuesday: "on Wednesday" would be six days back, and is rather the day after.
    assert_eq!(day("Ferry crews at Quillmere Lines approved the pay deal on Wednesday."), None);
    assert_eq!(day("Ferry crews at Quillmere Lines approved the pay deal on March 5."), Some("2025-03-05".into()));
}

#[test]
fn a_lead_sentence_stands_by_itself() {
    let lead = |second: &str| {
        let first = "Ferry crews at Quillmere Lines approved the pay deal on Monday, union leader Ada Brandt said.";
        let record = told(&[&format!("{first}\n\n{second}")]);
        record.lead.iter().any(|l| l.span.exact().starts_with(&second[..12]))
    };
    assert!(lead("Although Ada Brandt had asked for more, she praised the pay deal that Quillmere Lines offered."));
    assert!(
        !lead("Although she had asked for more, the union praised the pay deal that Quillmere Lines offered."),
        "who is she"
    );
    assert!(!lead("Today we approved the pay deal that Quillmere Lines offered to its crews."), "a post without marks");
}

#[test]
fn a_report_that_tells_a_part_does_not_tell_it_also() {
    let also = |second: &str| {
        let first = "Ferry crews at Quillmere Lines approved the pay deal of 6 percent on Monday, 812 to 40.";
        let record = told(&[first, second]);
        record.lead.iter().find(|l| l.span.exact() == first).map(|l| l.also.len())
    };
    assert_eq!(also("Crews at Quillmere Lines approved the pay deal of 6 percent on Monday, 812 to 40."), Some(1));
    assert_ne!(also("Crews at Quillmere Lines are set to vote on the pay deal on Monday."), Some(1));
    assert_ne!(
        also("Crews at Quillmere Lines approved the pay deal on Monday, dozens of them against it."),
        Some(1),
        "no figure of it"
    );
}

#[test]
fn a_report_of_a_sentence_s_first_words_does_not_tell_it_also() {
    let long = "Ferry crews at Quillmere Lines called off their strike on Monday night, union leader Ada Brandt told reporters at the \
                harbour, ending a walkout that had stranded tourists on the island of Torvey, closed schools and emptied the shops.";
    let record = told(&[long, "Ferry crews at Quillmere Lines called off their strike on Monday night."]);
    let first = record.lead.iter().find(|l| l.span.exact() == long).unwrap();
    assert_eq!((record.claims.len(), first.also.len()), (1, 0), "{first:?}");
}

#[test]
fn words_given_in_two_places_are_not_cut() {
    let relation = |second: &str| {
        let whole =
            "“The deal is what we came for, and nobody at Quillmere has lost by it,” union leader Ada Brandt said.";
        told(&[whole, second]).utterances.first().map(|u| u.relation.as_str())
    };
    let parted =
        "“The deal is what we came for,” union leader Ada Brandt said, “and nobody at Quillmere has lost by it.”";
    assert_eq!(relation(parted), Some("identical"));
    let begun = "“The deal is,” union leader Ada Brandt told the host, “what we came for, and nobody at Quillmere has lost by it.”";
    assert_eq!(relation(begun), Some("identical"));
    assert_eq!(relation("“The deal is what we came for,” union leader Ada Brandt said."), Some("cut"));
}
