//! The terminal's face.

use rapporteur_brief::{Style, text};

use crate::story::{Story, weir};

#[test]
fn the_brief_of_four_reports() {
    insta::assert_snapshot!(text(&weir().record, &Style::default()));
}

#[test]
fn the_same_on_a_narrow_screen() {
    insta::assert_snapshot!(text(&weir().record, &Style { width: 48, ..Style::default() }));
}

#[test]
fn the_same_with_exact_words() {
    insta::assert_snapshot!(text(&weir().record, &Style { citations: true, ..Style::default() }));
}

#[test]
fn no_line_is_wider_than_asked_for() {
    use unicode_width::UnicodeWidthStr;
    for width in [30, 48, 72, 96, 140] {
        for citations in [false, true] {
            let brief = text(&weir().record, &Style { width, citations, ..Style::default() });
            let widest = brief.lines().max_by_key(|l| l.width()).unwrap();
            assert!(widest.width() <= width, "{width} columns: {widest:?}");
        }
    }
}

#[test]
fn escape_codes_only_where_asked_for() {
    let record = weir().record;
    assert!(!text(&record, &Style::default()).contains('\u{1b}'), "not even those of a report");
    let colored = text(&record, &Style { color: true, ..Style::default() });
    assert!(colored.contains("\u{1b}[36m1\u{1b}[0m") && !colored.contains("\u{1b}]8"));
    let style = Style { links: true, folder: "/home/mira o/".into(), ..Style::default() };
    let linked = text(&record, &style);
    let link = "\u{1b}]8;;file:///home/mira%20o/weir/herald.txt\u{1b}\\1\u{1b}]8;;\u{1b}\\";
    assert!(linked.contains(link), "{linked:?}");
    let lost = text(&record, &Style { folder: String::new(), ..style });
    assert!(!lost.contains('\u{1b}'), "a relative path without its folder leads nowhere");
}

#[test]
fn colours_and_links_change_nothing_but_the_marks_of_what_differs() {
    let record = weir().record;
    let style = Style { color: true, links: true, folder: "/x".into(), ..Style::default() };
    let mut bare = String::new();
    let mut rest = text(&record, &style);
    while let Some(at) = rest.find('\u{1b}') {
        bare.push_str(&rest[..at]);
        let end = match rest[at..].starts_with("\u{1b}]") {
            true => rest[at + 1..].find("\u{1b}\\").unwrap() + 3,
            false => rest[at..].find('m').unwrap() + 1,
        };
        rest = rest[at + end..].to_owned();
    }
    // What differs stands in brackets where there is no colour, which may end a line earlier.
    let words = |text: &str| text.replace(['[', ']'], "").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&bare), words(&text(&record, &Style::default())));
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let mut story = weir();
    let orlan = story.record.entities[1].id.clone();
    for _ in 0..5 {
        let direct = rapporteur_schema::Mode::Direct;
        story.said(3, direct, Some(&orlan), None, "Nobody is going home thirsty");
    }
    let short = text(&story.record, &Style::default());
    assert!(short.contains("2 of 12 shown · --all"), "{short}");
    assert!(short.contains("Mira Orlan, Water Minister, Tesk · 7\n"), "{short}");
    let all = text(&story.record, &Style { all: true, ..Style::default() });
    assert!(!all.contains("shown · --all") && !all.contains("more saying"), "{all}");
    assert_eq!(all.matches("Nobody is going home thirsty").count(), 6);
}

#[test]
fn a_record_of_nothing_still_reads() {
    let mut story = Story::new();
    assert!(text(&story.record, &Style::default()).contains("0 reports"));
    story.report(crate::story::GivenReport {
        source: "-",
        outlet: None,
        published: None,
        title: None,
        url: None,
        text: "Nothing was said.",
    });
    let brief = text(&story.record, &Style { links: true, folder: "/x".into(), ..Style::default() });
    assert!(brief.contains("No quotations and no names in several reports were found."), "{brief}");
    assert!(!brief.contains('\u{1b}'), "standard input is no file to link to");
}

#[test]
fn speakers_without_a_name_go_by_the_words_for_them() {
    let mut story = weir();
    story.report(crate::story::GivenReport {
        source: "weir/d.txt",
        outlet: None,
        published: None,
        title: None,
        url: None,
        text: "The weir is safe, the ministry’s spokesman said. They said it was old. “Enough,” he said.",
    });
    let direct = rapporteur_schema::Mode::Direct;
    story.said(5, direct, None, Some("the ministry’s spokesman"), "The weir is safe");
    story.said(5, direct, None, Some("They"), "it was old");
    story.said(5, direct, None, Some("he"), "Enough");
    let brief = text(&story.record, &Style { all: true, ..Style::default() });
    assert!(brief.contains(" The ministry's spokesman · 2\n"), "{brief}");
    assert!(brief.contains(" unattributed · 4\n"), "{brief}");
    assert!(brief.find("unattributed") > brief.find("spokesman"), "last of all");
}

#[test]
fn a_short_form_of_a_name_is_no_other_spelling() {
    let mut story = weir();
    let person = rapporteur_schema::EntityKind::Person;
    story.entity(person, "Dan Hollis", &[("Dan Hollis", &[1, 2]), ("Hollis", &[1, 2, 3])]);
    story.entity(person, "Eva Brandt", &[("Eva Brandt", &[1]), ("Eva Brant", &[2]), ("Brandt", &[1, 3])]);
    let brief = text(&story.record, &Style { all: true, ..Style::default() });
    assert!(brief.contains("Dan Hollis [1–3]"), "{brief}");
    assert!(brief.contains("Eva Brandt    Eva Brandt [1] · Eva Brant [2] · Brandt [3]"), "{brief}");
}
