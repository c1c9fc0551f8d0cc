//! What the tagger adds to the rules: stances in words that no list has, furniture that says nothing, and a record that says
//! with what it was made.

use rapporteur::{Findings, Report, ReportId, Stance};

fn read(text: &str) -> Findings {
    rapporteur::findings(&Report::plain(ReportId::new("r1"), text))
}

/// The stances of a text by who takes them.
fn stances(text: &str) -> Vec<(String, Stance)> {
    let found = read(text);
    found.positions.iter().map(|p| (found.actors[p.party.index()].name.clone(), p.stance)).collect()
}

#[test]
fn stances_in_words_that_no_list_has() {
    let all = stances(
        "Orsava slammed the levy as an insult on Monday. Kareth hailed the mediator's draft as a breakthrough, a \
         spokesman said.",
    );
    assert!(all.contains(&("Orsava".into(), Stance::Rejects)), "{all:?}");
    assert!(all.contains(&("Kareth".into(), Stance::Supports)), "{all:?}");
}

#[test]
fn furniture_says_and_meets_nothing() {
    let text = "The ferry company met the union in Tesk on Monday.\n\n\
                Sign up for our daily newsletter and get the best stories in your inbox every morning!\n\n\
                Photo: Jonas Ek/Harbour Desk\n\n\
                READ MORE: Minister Roe meets union leaders, says deal is near\n\n\
                “We will be back on Friday,” said Ada Roe, who leads the union.";
    let found = read(text);
    let furniture: Vec<&str> = found.furniture.iter().map(|f| &text[f.start as usize..]).collect();
    assert!(furniture.iter().any(|f| f.starts_with("Sign up")), "{furniture:?}");
    let inside = |start: u32| found.furniture.iter().any(|f| f.start <= start && start < f.end);
    assert!(found.statements.iter().all(|s| !inside(s.content.span().start())));
    assert!(found.meetings.iter().all(|m| !inside(m.trigger.span().start())));
}

#[test]
fn furniture_that_reports_share_is_no_reuse() {
    let shared = "Sign up for our daily newsletter and get the best stories of the morning in your inbox, with the weather, the \
                  tides, the ferry times and a quiz, every day before seven, free of charge and without any obligation!";
    let report = |id: &str, told: &str| {
        Report::plain(
            ReportId::new(id),
            &format!("{told}\n\n{shared}\n\n“We will be back,” said Ada Roe of the union."),
        )
    };
    let all = [
        report("r1", "The ferry company met the union in Tesk on Monday and offered two percent."),
        report("r2", "Pilots in the harbour of Brenn wait for a letter from the ministry, their chairman wrote."),
    ];
    let record = rapporteur::record(&all);
    let copied = record.reuse.iter().flat_map(|r| &r.spans).any(|s| s.exact().contains("newsletter"));
    assert!(!copied, "{:?}", record.reuse);
}

#[test]
fn reading_is_the_same_on_any_number_of_threads() {
    let text = "Orsava rejected the offer. Both sides will meet in Tesk on 3 March unless the insurers object.";
    let reports: Vec<Report> =
        (0..6).map(|n| Report::plain(ReportId::new(format!("r{n}")), &format!("Report {n}. {text}"))).collect();
    assert_eq!(rapporteur::findings_of(&reports, 1), rapporteur::findings_of(&reports, 4));
}

#[test]
fn a_record_says_with_what_it_was_made() {
    let record = rapporteur::record(&[Report::plain(ReportId::new("r1"), "Orsava rejected the offer.")]);
    assert!(record.made_with.model.is_some_and(|m| m.contains(", tagger ")));
}

#[test]
fn who_a_pronoun_means_is_told_with_how_likely_it_is() {
    let text = "Ada Roe met Jon Berg and Karl Holm in Oslo on Monday. Berg thanked Holm for the plan of the envoys.\n\n\
                “Nobody in this harbour will pay for it twice,” he said. Roe said the tolls would fall.";
    let found = read(text);
    let said = |words: &str| found.statements.iter().find(|s| s.content.exact().contains(words)).unwrap();
    let two = said("Nobody in this harbour").confidence.unwrap();
    let text = "Ada Roe met Jon Berg in Oslo on Monday. Berg thanked her.\n\n\
                “Nobody in this harbour will pay for it twice,” he said.";
    let one = read(text).statements.iter().find_map(|s| s.confidence).unwrap();
    assert!(two < one && one <= 1.0, "of two men either may be meant: {two}, {one}");
    assert_eq!(said("the tolls would fall").confidence, None, "a name is no guess");
}
