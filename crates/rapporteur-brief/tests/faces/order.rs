//! What a brief shows, in which order, and what it leaves out: the same for every face.

use rapporteur_brief::view::View;
use rapporteur_brief::{Style, html, markdown, text};
use rapporteur_schema::*;

use crate::story::{Story, weir};

fn short(story: &Story) -> String {
    text(&story.record, &Style::default())
}

fn all(story: &Story) -> String {
    text(&story.record, &Style { all: true, width: 140, ..Style::default() })
}

/// Whether these stand in the text one after the other.
fn in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at = text[from..].find(word).unwrap_or_else(|| panic!("{word:?} is not in its place in {text}"));
        from += at + word.len();
    }
}

#[test]
fn what_happened_comes_first_and_differences_second() {
    let story = weir();
    let sections =
        ["What happened", "Where accounts differ", "Who wants what", "Who met whom", "Only if", "Who said what"];
    let last = "Sources";
    in_order(&markdown(&story.record), &[&sections[..], &[last]].concat());
    let page = html(&story.record);
    in_order(&page[page.find("<main>").unwrap()..], &[&sections[..], &[last]].concat());
    let upper: Vec<String> = sections.iter().chain([&last]).map(|s| s.to_uppercase()).collect();
    in_order(&all(&story), &upper.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn no_stance_stands_without_its_clause() {
    let story = weir();
    let view = View::new(&story.record, None);
    for stand in view.wants.parties.iter().flat_map(|p| &p.stands) {
        assert!(stand.clause.text.split(' ').count() > 2, "{stand:?}");
        assert!(!stand.clause.reports.is_empty() && !stand.clause.cites.is_empty());
    }
    let clause = "demands: Tesk would sign only if Ulm paid for the gates [1]";
    assert!(short(&story).contains(clause), "{}", short(&story));
}

#[test]
fn what_is_doubtful_is_for_those_who_ask_and_marked() {
    let story = weir();
    let (short, all) = (short(&story), all(&story));
    // A stand that the tagger alone reads in one report; a sentence that hardly anybody would choose.
    assert!(!short.contains("rejects:") && all.contains("doubtful · rejects: the gates were nobody's gift"), "{all}");
    assert!(!short.contains("Orlan spoke of") && all.contains("doubtful · Orlan spoke of"), "{short}");
    // Words of nobody.
    assert!(!short.contains("unattributed") && all.contains("doubtful · unattributed"), "{short}");
    let page = markdown(&story.record);
    let at = page.find("## Doubtful").unwrap();
    assert!(page[at..].contains("nobody's gift") && !page[..at].contains("*rejects*"), "{page}");
}

#[test]
fn a_gathering_without_participants_is_doubtful() {
    let mut story = weir();
    assert!(short(&story).contains("WHO MET WHOM"));
    story.record.meetings[0].participants.clear();
    story.record.meetings[0].accounts[0].participants.clear();
    assert!(!short(&story).contains("WHO MET WHOM"));
    assert!(all(&story).contains("held  doubtful ·"), "{}", all(&story));
}

#[test]
fn a_difference_is_marked_where_it_rests_on_the_very_words() {
    let story = weir();
    let brief = short(&story);
    let marked: Vec<&str> = brief.lines().filter(|l| l.contains('≠')).collect();
    assert_eq!(marked.len(), 1, "{brief}");
    assert!(marked[0].contains("The plan has 12 points. [1] also [2] ≠ number"), "{brief}");
    assert!(html(&story.record).contains("href=\"#d1\""), "it leads there");
}

#[test]
fn no_day_is_shown_that_no_word_names() {
    let mut story = weir();
    let brief = short(&story);
    assert!(brief.contains("3 Mar · Water Minister") && brief.contains("held  3 Mar"), "{brief}");
    // A month is no day.
    assert!(!brief.contains("Mar · The plan has"), "{brief}");
    story.record.dates.clear();
    let brief = short(&story);
    assert!(!brief.contains("3 Mar · Water Minister") && !brief.contains("held  3 Mar"), "{brief}");
}

#[test]
fn the_day_on_which_it_was_told_is_not_the_day_of_what_is_told() {
    let mut story = weir();
    // As if it read "…, the ministry said on Monday".
    story.said(1, Mode::Indirect, None, None, "Water Minister Mira Orlan of Tesk met the Ulm delegation");
    let cue = story.cite(1, "in Brenn");
    story.record.statements.last_mut().unwrap().cue = Some(cue);
    assert!(!short(&story).contains("3 Mar · Water Minister"), "{}", short(&story));
    // "The ministry said on Monday that …": then it leads the sentence, and what is told may be of that day.
    let cue = story.cite(1, "Water Minister");
    let content = story.cite(1, "met the Ulm delegation");
    let statement = story.record.statements.last_mut().unwrap();
    (statement.cue, statement.content) = (Some(cue), content);
    assert!(short(&story).contains("3 Mar · Water Minister"), "{}", short(&story));
}

#[test]
fn who_says_nothing_wants_nothing_in_a_short_brief() {
    let mut story = weir();
    let party = story.record.entities[0].id.clone();
    let at = story.cite(1, "The plan has 12 points.");
    story.stands(&party, Stance::Declines, "the plan", "position/verb", at);
    assert!(!short(&story).contains("declines to comment"), "{}", short(&story));
    story.record.positions.last_mut().unwrap().stance = Stance::Rejects;
    assert!(short(&story).contains("rejects: The plan has 12 points"), "{}", short(&story));
}

#[test]
fn participants_are_those_whom_words_name() {
    let mut story = weir();
    let far = story.entity(EntityKind::Person, "Ida Sorn", &[("Ida Sorn", &[2])]);
    story.record.meetings[0].participants.push(far.clone());
    story.record.meetings[0].accounts[0].participants.push(far);
    assert!(!short(&story).contains("Ida Sorn"), "{}", short(&story));
}

#[test]
fn the_words_that_differ_are_marked_in_every_face() {
    let story = weir();
    assert!(short(&story).contains("[about ten] points"), "{}", short(&story));
    assert!(markdown(&story.record).contains("**about ten** points"));
    assert!(html(&story.record).contains("<mark>about ten</mark> points"));
    let colored = text(&story.record, &Style { color: true, ..Style::default() });
    assert!(!colored.contains("[about ten]") && colored.contains("about ten"), "{colored}");
}

#[test]
fn where_nothing_differs_it_says_what_was_compared() {
    let mut story = weir();
    story.record.discrepancies.clear();
    let none = "none found among 1 claim that several reports share";
    assert!(short(&story).contains(none), "{}", short(&story));
    assert!(markdown(&story.record).contains(&none[1..]) && html(&story.record).contains(&none[1..]));
    // One report differs from none.
    story.record.reports.truncate(1);
    assert!(!short(&story).contains("none found"));
}

#[test]
fn a_gathering_without_day_and_place_needs_three_reports() {
    let mut story = weir();
    let told = |story: &Story| short(story).contains("WHO MET WHOM");
    assert!(told(&story));
    let meeting = &mut story.record.meetings[0];
    (meeting.date, meeting.place) = (None, None);
    for account in &mut meeting.accounts.iter_mut() {
        (account.date, account.place) = (None, None);
    }
    assert!(!told(&story), "{}", short(&story));
    assert!(all(&story).contains("WHO MET WHOM"));
}

#[test]
fn who_only_fits_a_number_does_not_give_it() {
    let mut story = weir();
    let fits = story.cite(3, "spoke of \"a shared reading\"");
    let twelve = &mut story.record.discrepancies[0].accounts[0];
    twelve.evidence = rapporteur_schema::Evidence::collect(twelve.evidence.iter().cloned().chain([fits])).unwrap();
    let brief = short(&story);
    let differ: Vec<&str> = brief.split("WHERE ACCOUNTS DIFFER").nth(1).unwrap().lines().skip(2).take(3).collect();
    assert!(differ[0].contains("[12]") && differ[0].ends_with("[1]"), "{brief}");
    assert!(differ[1].contains("[about ten]") && differ[1].ends_with("[2]"), "what differs comes first: {brief}");
    assert!(differ[2].contains("spoke of") && differ[2].ends_with("[3]"), "{brief}");
}

#[test]
fn a_saying_of_whom_a_pronoun_may_mean_is_not_on_the_first_screen() {
    let words = "the weir stays open until the snow has melted";
    let shown = |confidence: Option<f32>| {
        let mut story = weir();
        let speaker = story.record.entities[0].id.clone();
        let said = story.said(1, rapporteur_schema::Mode::Direct, Some(&speaker), Some("she"), words);
        story.record.statements.iter_mut().filter(|s| s.id == said).for_each(|s| s.confidence = confidence);
        let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        (flat(short(&story)).contains(words), flat(all(&story)).contains("which may mean another"))
    };
    assert_eq!(shown(None), (true, false));
    assert_eq!(shown(Some(0.95)), (true, false));
    assert_eq!(shown(Some(0.8)), (false, false));
    assert_eq!(shown(Some(0.6)), (false, true));
}

#[test]
fn of_a_number_what_is_counted_is_told() {
    let mut story = weir();
    story.record.discrepancies[0].about = "dollar: ask, border, gates".into();
    let brief = short(&story);
    assert!(brief.contains("dollar") && !brief.contains("ask, border"), "{brief}");
}

#[test]
fn a_stand_goes_on_to_the_next_mark() {
    let mut story = weir();
    let tesk = story.record.entities[0].id.clone();
    let at = story.cite(1, "Water Minister Mira Orlan of Tesk met");
    story.stands(&tesk, Stance::Rejects, "the plan", "position/verb", at);
    let whole = "rejects: Water Minister Mira Orlan of Tesk met the Ulm delegation in Brenn on Monday [1]";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&short(&story)).contains(whole), "{}", short(&story));
}

#[test]
fn a_stand_that_somebody_else_tells_names_them() {
    let mut story = weir();
    let (tesk, valdis) = (story.record.entities[0].id.clone(), story.entity(EntityKind::Person, "Anton Valdis", &[]));
    let at = story.cite(1, "The plan has 12 points.");
    story.stands(&tesk, Stance::Rejects, "the plan", "position/verb", at);
    assert!(!short(&story).contains("so says"), "{}", short(&story));
    story.said(1, Mode::Direct, Some(&valdis), None, "The plan has 12 points.");
    assert!(short(&story).contains("12 points. · so says Anton Valdis"), "{}", short(&story));
    assert!(
        markdown(&story.record).contains("so says Anton Valdis")
            && html(&story.record).contains("so says Anton Valdis")
    );
    // One's own words are one's own.
    story.record.statements.last_mut().unwrap().speaker = Some(tesk);
    assert!(!short(&story).contains("so says"), "{}", short(&story));
}

#[test]
fn stands_that_contradict_each_other_are_both_shown() {
    let mut story = weir();
    let tesk = story.record.entities[0].id.clone();
    let (rule, plan) = ("position/verb/object", "p1");
    let full = [
        "The plan has 12 points",
        "the weir stays open until the snow has melted",
        "met the Ulm delegation in Brenn on Monday",
        "Her counterpart Anton Valdis spoke of",
    ];
    let stances = [Stance::Offers, Stance::Demands, Stance::Demands, Stance::Rejects];
    for ((words, stance), on) in full.iter().zip(stances).zip([plan, "the snow", "the day", plan]) {
        let at = story.cite(1, words);
        story.stands(&tesk, stance, on, rule, at);
    }
    let view = View::new(&story.record, None);
    let stands: Vec<(&str, bool)> = view.wants.parties[0].stands.iter().map(|s| (s.stance, s.against)).collect();
    let offers = stands.iter().position(|s| s.0 == "offers").unwrap();
    assert_eq!(stands[offers + 1], ("rejects", true), "{stands:?}");
    let brief = short(&story);
    assert_eq!(brief.contains("offers:"), brief.contains("rejects:"), "{brief}");
}

#[test]
fn damaged_reports_are_named_at_the_end() {
    let mut story = weir();
    let (report, outlet, title) = (Some(ReportId::new("r9")), Some("Gazette".into()), None);
    story.record.left_out.push(LeftOut { report, outlet, title, why: "its text is damaged".into() });
    let line = "report r9 (Gazette): its text is damaged";
    in_order(&short(&story), &["WHO SAID WHAT", "NOT READ", line, "SOURCES"]);
    assert!(markdown(&story.record).contains("its text is damaged") && html(&story.record).contains(line));
}
