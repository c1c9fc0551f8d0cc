//! A draft against reports: each judgement on sentences of our own stories, and what holds for any draft.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use rapporteur::check::{Checked, Judgement, Kind, Severity, Step, Verdict, Weight, render};
use rapporteur::{Findings, Options, Record, Report, ReportId, check_against, gather, record};

struct Story {
    reports: Vec<Report>,
    findings: Vec<Findings>,
    record: Record,
}

impl Story {
    fn read(folder: &str) -> Story {
        let folder = format!("{}/../../{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut reports = gather(&[folder.into()], &Options::default()).reports;
        for report in &mut reports {
            report.head.source = report.head.source.rsplit('/').next().unwrap().to_owned();
        }
        let findings = rapporteur::findings_of(&reports, 2);
        Story { record: record(&reports), reports, findings }
    }

    fn check(&self, text: &str, date: &str) -> Checked {
        let draft = Report::plain(ReportId::new("draft"), text);
        let date = (!date.is_empty()).then(|| date.parse().unwrap());
        let checked = check_against(&draft, &self.reports, &self.findings, &self.record, date);
        sound(&checked, text, &self.reports);
        checked
    }
}

static STRAIT: LazyLock<Story> = LazyLock::new(|| Story::read("examples/strait"));
static WAGES: LazyLock<Story> = LazyLock::new(|| Story::read("examples/wages"));
static NURSES: LazyLock<Story> = LazyLock::new(|| Story::read("tests/stories/nurses"));

/// Every place of every verdict reads in the draft and in the reports.
fn sound(checked: &Checked, text: &str, reports: &[Report]) {
    let chars: Vec<char> = text.chars().collect();
    let reads = |c: &rapporteur::Citation| {
        let report = reports.iter().find(|r| r.id() == c.report()).expect("only reports are cited");
        assert_eq!(report.text.slice(c.span()), Some(c.exact()));
    };
    let place = |p: &rapporteur::check::DraftRange| {
        let words: String = chars[p.start as usize..p.end as usize].iter().collect();
        assert_eq!(words, p.exact);
        let before: String = chars[..p.start as usize].iter().collect();
        assert_eq!(before.matches('\n').count() + 1, p.line as usize);
        assert_eq!(before.chars().rev().take_while(|c| *c != '\n').count() + 1, p.column as usize);
    };
    for v in &checked.verdicts {
        place(&v.at);
        v.sources.iter().chain(&v.against).for_each(reads);
        for change in &v.changes {
            change.draft.iter().for_each(place);
            change.report.iter().for_each(reads);
            assert_eq!(change.step == Step::Same, change.weight.is_none());
        }
    }
}

/// The flagged verdicts in a line each.
fn flagged(checked: &Checked) -> Vec<String> {
    let line = |v: &rapporteur::check::Verdict| {
        format!("{} | {} | {} | {}", v.at.exact, v.kind.as_str(), v.judgement.as_str(), v.says)
    };
    checked.verdicts.iter().filter(|v| v.is_flagged()).map(line).collect()
}

#[track_caller]
fn finds(story: &Story, text: &str, date: &str, kind: Kind, judgement: Judgement) -> Checked {
    let checked = story.check(text, date);
    let found = checked.verdicts.iter().any(|v| v.is_flagged() && v.kind == kind && v.judgement == judgement);
    assert!(found, "{text}\n{:#?}", flagged(&checked));
    checked
}

#[track_caller]
fn passes(story: &Story, text: &str, date: &str) {
    let checked = story.check(text, date);
    assert_eq!(flagged(&checked), Vec::<String>::new(), "{text}");
}

const DAY: &str = "2026-03-13";

#[test]
fn quotations_that_are_altered() {
    for (text, judgement, weight) in [
        ("“Our members will sail on a promise,” said Petra Brandt.", Judgement::Altered, Some(Weight::Negation)),
        ("“We are not arguing about boats”, Qorashi said.", Judgement::Altered, Some(Weight::Word)),
        ("“I may have no news to share,” Fenn said.", Judgement::Altered, Some(Weight::Modal)),
        ("“There will be no fifth round,” a diplomat said.", Judgement::Altered, None),
        (
            "Solvey said: “I have read every draft. This is the first that both sides could live with.”",
            Judgement::Cut,
            Some(Weight::Name),
        ),
        ("Solvey said: “I have read every draft since February and not an hour before.”", Judgement::Spliced, None),
        ("“The harbour seal is the only neutral party here,” Averick said.", Judgement::NotFound, None),
        ("“Neither delegation left the building for meals,” said Lena Brandis.", Judgement::NotQuoted, None),
    ] {
        let checked = finds(&STRAIT, text, DAY, Kind::Quotation, judgement);
        let changes = checked.verdicts.iter().flat_map(|v| &v.changes).filter_map(|c| c.weight);
        if weight.is_some() {
            assert_eq!(changes.min(), weight, "{text}");
        }
    }
}

#[test]
fn what_is_left_out_at_an_edge_is_told_where_it_changes_the_rest() {
    let report = Report::plain(
        ReportId::new("wire"),
        "“We will accept the text only if the tolls are dropped,” said Oskar Brandt.\n\n\
         “I don't think the talks have failed,” Petra Brandt said.\n\n\
         “It is not a good day for the harbour,” Lena Brandis said.\n\n\
         “If the mines are cleared, our crews will board,” Samira Qorashi said.\n\n\
         “We have read the draft, and we will sign it on Friday,” Daniel Averick said.\n\n\
         “I never said that the envoy lied,” Ingra Solvey said.\n\n\
         “The strait will be open by spring, I hope,” Idris Fenn said.\n\n\
         “We do not need the good offices of a third party. The pilots will not sail on a promise,” Helmi Strandell said.",
    );
    let reports = [report];
    let findings = rapporteur::findings_of(&reports, 1);
    let record = rapporteur::assemble(&reports, &findings);
    let judged = |text: &str| {
        let checked = check_against(&Report::plain(ReportId::new("draft"), text), &reports, &findings, &record, None);
        let one = checked.verdicts.into_iter().find(|v| v.kind == Kind::Quotation).unwrap();
        (one.judgement, one.changes.iter().filter_map(|c| c.weight).min(), one.says)
    };
    for (text, weight, left_out) in [
        ("“We will accept the text,” said Oskar Brandt.", Weight::Modal, "only if the tolls are dropped"),
        ("“The talks have failed,” Petra Brandt said.", Weight::Negation, "I don't think"),
        ("Lena Brandis called it “a good day for the harbour”.", Weight::Negation, "It is not"),
        ("“Our crews will board,” Samira Qorashi said.", Weight::Modal, "If the mines are cleared,"),
        ("“The envoy lied,” Ingra Solvey said.", Weight::Negation, "I never said that"),
        ("“The strait will be open by spring,” Idris Fenn said.", Weight::Modal, "I hope"),
        ("The pilots will “sail on a promise”, Helmi Strandell said.", Weight::Negation, "will not"),
    ] {
        let (judgement, told, says) = judged(text);
        assert_eq!((judgement, told), (Judgement::Cut, Some(weight)), "{text}: {says}");
        assert!(says.contains(left_out), "{text}: {says}");
    }
    for text in [
        // Whole; or cut where nothing changes.
        "“We will accept the text only if the tolls are dropped,” said Oskar Brandt.",
        "“We have read the draft,” Daniel Averick said.",
        "“We will sign it on Friday,” Daniel Averick said.",
        "Helmi Strandell spoke of the “good offices of a third party”.",
        // The draft says itself what is left out, or the other quotation has it.
        "Oskar Brandt would accept it “only if the tolls are dropped”.",
        "“We will accept the text,” said Oskar Brandt, if the tolls are dropped.",
        "“We will accept the text,” said Oskar Brandt, “only if the tolls are dropped.”",
        "It was not “a good day for the harbour”, Lena Brandis said.",
        "The pilots refused to “sail on a promise”, Helmi Strandell said.",
        "If the mines go, “our crews will board,” Samira Qorashi said.",
    ] {
        let (judgement, _, says) = judged(text);
        assert_eq!(judgement, Judgement::Exact, "{text}: {says}");
    }
}

#[test]
fn quotations_as_they_may_be_given() {
    for text in [
        // The cue in the midst, a marked omission, an editor's words, another spelling, single marks.
        "“The delegations have settled the main clauses of the agreement and what is left is a matter of days, not of weeks,” Averick said.",
        "“The delegations have settled … the agreement,” Averick said.",
        "“The [two] delegations have settled the main clauses of the agreement,” Averick said.",
        "“I have asked Averick to see President Torovskiy in Velmin on Friday,” Solvey told lawmakers.",
        "“I have asked [special envoy Daniel] Averick to see President [Vadim] Torovskiy in Velmin on Friday,” Solvey told lawmakers.",
        "‘Do not argue about the color of the buoys,’ Averick told the negotiators, Qorashi said.",
        "Insurers speak of a “grey fleet”.",
    ] {
        passes(&STRAIT, text, DAY);
    }
}

#[test]
fn markup_is_no_part_of_the_words() {
    let text = "## Tolls\n\n- **Petra Brandt**: \"Our *members* will not [sail](https://quay.example/a_b) on a promise\" [1, 3]\n";
    passes(&STRAIT, text, DAY);
    let checked = STRAIT.check(text, DAY);
    let quotation = checked.verdicts.iter().find(|v| v.kind == Kind::Quotation).unwrap();
    assert_eq!(quotation.judgement, Judgement::Exact);
    assert!(quotation.at.exact.starts_with("Our *members*"), "{}", quotation.at.exact);
    let block = "Solvey told parliament:\n\n> I do not say that it is finished. I say that it can be.\n";
    let checked = STRAIT.check(block, DAY);
    assert!(checked.verdicts.iter().any(|v| v.kind == Kind::Quotation && v.judgement == Judgement::Exact));
}

#[test]
fn speakers() {
    // One name, two quotations: only of the other one do reports differ on who said it.
    let nothing = "“We signed nothing in Elsholm that our sailors could not defend at home,” Torovskyy";
    passes(&STRAIT, &format!("{nothing} wrote on Telegram."), DAY);
    let interview = format!("{nothing} told Channel Six in an interview.");
    finds(&STRAIT, &interview, DAY, Kind::Quotation, Judgement::OtherMedium);
    let (k, other) = (Kind::Attribution, Judgement::OtherSpeaker);
    finds(&STRAIT, "Petra Brandt said that Kareth “will not pay twice for the same water”.", DAY, k, other);
    finds(&STRAIT, "“We are arguing about a cash desk in the middle of the sea,” said Lena Brandis.", DAY, k, other);
    passes(&STRAIT, "Oskar Brandt said that Kareth “will not pay twice for the same water”.", DAY);
    passes(&STRAIT, "Kareth “will not pay twice for the same water”, its transport minister Brandt said.", DAY);
    let checked =
        finds(&STRAIT, "“The water does not ask for a passport,” Lena Brandis said.", DAY, k, Judgement::Disputed);
    assert!(!checked.has_errors());
    // A body and the one who speaks for it.
    let text =
        "“The prime minister will travel to Elsholm only if the tolls are off the table,” Haldari's office said.";
    assert!(!STRAIT.check(text, DAY).has_errors());
}

#[test]
fn numbers_and_days() {
    let (number, date, not) = (Kind::Number, Kind::Date, Judgement::Contradicted);
    finds(&STRAIT, "Two convoys passed; eleven ships went through on Monday night.", DAY, number, not);
    finds(&STRAIT, "The strait was closed to merchant traffic on February 7.", DAY, date, not);
    finds(&WAGES, "The strike will begin on Monday, April 27.", "2026-04-17", date, Judgement::Contradicted);
    finds(&WAGES, "Some 2,100 workers are covered by the agreement.", "2026-04-17", number, Judgement::Disputed);
    finds(&STRAIT, "The envoy met Haldari in Dramov on Monday.", DAY, date, Judgement::Disputed);
    passes(&STRAIT, "The envoy met Haldari in Dramov on Monday, or on Sunday by another account.", DAY);
    passes(&STRAIT, "The strait was closed to merchant traffic on February 3.", DAY);
    passes(&STRAIT, "Seventeen ships went through on Monday night and 9 on Tuesday night.", DAY);
    passes(&NURSES, "Nurses get a lump sum of $1,200.", "2025-11-18");
    // Read against the draft's own day.
    passes(&STRAIT, "Averick met the president in Velmin yesterday.", "2026-03-14");
}

#[test]
fn names_and_offices() {
    finds(&STRAIT, "Daniel Averikc met the president.", DAY, Kind::Name, Judgement::Contradicted);
    finds(&STRAIT, "The plan was praised by Quentin Marsh of the Institute.", DAY, Kind::Name, Judgement::NotFound);
    finds(&STRAIT, "Foreign Minister Oskar Brandt spoke on the radio.", DAY, Kind::Office, Judgement::Contradicted);
    passes(&STRAIT, "Transport Minister Oskar Brandt spoke on the radio.", DAY);
    passes(&STRAIT, "Vadim Torovskij received Dan Averick.", DAY);
}

#[test]
fn claims_and_sources() {
    let (claim, source) = (Judgement::OneSide, Judgement::OneSource);
    finds(&STRAIT, "Kareth is holding five more pilots.", DAY, Kind::Statement, claim);
    passes(&STRAIT, "Kareth is holding five more pilots, according to Velmin.", DAY);
    finds(
        &STRAIT,
        "Several outlets report that Neither delegation left the building for meals.",
        DAY,
        Kind::Source,
        source,
    );
    finds(&STRAIT, "According to media reports, each side released 12 pilots last week.", DAY, Kind::Source, source);
    passes(&STRAIT, "Several outlets report that the plan now has 17 points; Harbour Wire has about 20.", DAY);
}

/// What a key says of some words of the draft, or what was found of them.
type Judged = (u64, String, String, String);

/// The example draft against its key (`examples/keys/drafts`): which claims the reports contradict, dispute or support, and
/// which reports do. What is known to be missed stands beside it, a line each.
#[test]
fn the_example_is_judged_as_its_key_has_it() {
    let root = format!("{}/../..", env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| std::fs::read_to_string(format!("{root}/{file}")).unwrap();
    let key: serde_json::Value = serde_json::from_str(&read("examples/keys/drafts/strait.json")).unwrap();
    let checked = STRAIT.check(&read(key["draft"].as_str().unwrap()), "");
    let sources = |citations: &[rapporteur::Citation]| -> BTreeSet<String> {
        let source = |c: &rapporteur::Citation| checked.report(c.report()).unwrap().source.replace(".txt", "");
        citations.iter().map(source).collect()
    };
    let string = |entry: &serde_json::Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    let set = |entry: &serde_json::Value, field: &str| -> BTreeSet<String> {
        entry[field].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
    };
    let of_key = |e: &serde_json::Value, judgement: &str| -> Judged {
        (e["line"].as_u64().unwrap(), string(e, "kind"), judgement.to_owned(), string(e, "words"))
    };
    let of_verdict = |v: &rapporteur::check::Verdict| -> Judged {
        (v.at.line.into(), v.kind.as_str().to_owned(), v.judgement.as_str().to_owned(), v.at.exact.clone())
    };
    let line = |(line, kind, judgement, words): &Judged, wrong: &str| {
        format!("line {line}, {kind}, {judgement}: {words}: {wrong}")
    };
    let mut misses = BTreeSet::new();
    let mut known = BTreeSet::new();
    for entry in key["flagged"].as_array().unwrap() {
        let wanted = of_key(entry, &string(entry, "judgement"));
        assert!(Judgement::ALL.iter().any(|j| j.as_str() == wanted.2), "{} is no judgement", wanted.2);
        known.insert(wanted.clone());
        let Some(v) = checked.verdicts.iter().find(|v| v.is_flagged() && of_verdict(v) == wanted) else {
            misses.insert(line(&wanted, "missed"));
            continue;
        };
        if v.severity.as_str() != string(entry, "severity") {
            misses.insert(line(&wanted, v.severity.as_str()));
        }
        if sources(&v.sources) != set(entry, "in") || sources(&v.against) != set(entry, "against") {
            misses.insert(line(&wanted, "by other reports"));
        }
        let gravest = v.changes.iter().filter_map(|c| c.weight).min().map(|w| w.as_str().to_owned());
        if gravest.unwrap_or_default() != string(entry, "weight") {
            misses.insert(line(&wanted, "of another weight"));
        }
    }
    for v in checked.verdicts.iter().filter(|v| v.is_flagged() && !known.contains(&of_verdict(v))) {
        misses.insert(line(&of_verdict(v), "too much"));
    }
    for entry in key["supported"].as_array().unwrap() {
        let judgement = if entry["kind"] == "quotation" { "exact" } else { "supported" };
        let wanted = of_key(entry, judgement);
        if !checked.verdicts.iter().any(|v| v.severity == Severity::Fine && of_verdict(v) == wanted) {
            misses.insert(line(&wanted, "missed"));
        }
    }
    let missed: BTreeSet<String> = read("examples/keys/drafts/strait.missed").lines().map(str::to_owned).collect();
    assert_eq!(misses, missed);
}

#[test]
fn no_face_lets_a_text_speak_for_itself() {
    let evil = "“<script>alert(1)</script> will not pay twice”, said <b onclick=x>Oskar Brandt</b>.\n\n\u{1b}[31m“twice\u{7} & <i>” 99 ships";
    let checked = STRAIT.check(evil, DAY);
    let page = render::html(&checked);
    assert!(!page.contains("<script") && !page.contains("<b onclick") && !page.contains("<i>"), "{page}");
    let style = render::Style { all: true, citations: true, ..Default::default() };
    assert!(!render::text(&checked, &style).contains(['\u{1b}', '\u{7}']));
    assert!(!render::markdown(&checked).contains("\n<"));
}

/// The stretches in quotation marks of the strait, with so many words at least.
fn quotations(least: usize) -> Vec<String> {
    let mut out = Vec::new();
    for text in STRAIT.reports.iter().map(|r| r.text.as_str()) {
        for part in text.split(['“', '«']).skip(1) {
            let inside = part.split(['”', '»']).next().unwrap();
            if inside.split_whitespace().count() >= least && !inside.contains('\n') {
                out.push(inside.trim_end_matches([',', '.']).to_owned());
            }
        }
    }
    assert!(out.len() > 8);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn words_taken_from_a_report_are_exact(n in 0usize..64, from in 0usize..4, length in 4usize..20) {
        let all = quotations(5);
        let words: Vec<&str> = all[n % all.len()].split_whitespace().collect();
        let from = from.min(words.len() - 4);
        let part = words[from..(from + length).min(words.len())].join(" ");
        let checked = STRAIT.check(&format!("It was said that “{part}” in the end."), DAY);
        let quotation: Vec<_> = checked.verdicts.iter().filter(|v| v.kind == Kind::Quotation).collect();
        prop_assert_eq!(quotation.len(), 1);
        // At its edge something may stand that changes it; then that is all that is said of it.
        let left_out = |v: &Verdict| v.changes.iter().all(|c| matches!(c.step, Step::Same | Step::LeftOut));
        let cut = quotation[0].judgement == Judgement::Cut && left_out(quotation[0]);
        prop_assert!(quotation[0].judgement == Judgement::Exact || cut, "{}", part);
    }

    #[test]
    fn one_word_changed_is_never_exact(n in 0usize..64, at in 0usize..40, how in 0u8..3) {
        let all = quotations(5);
        let mut words: Vec<&str> = all[n % all.len()].split_whitespace().collect();
        let at = 1 + at % (words.len() - 2);
        match how {
            0 => words[at] = "parsnip",
            1 => words.insert(at, "hardly"),
            _ => { words.remove(at); }
        }
        let part = words.join(" ");
        prop_assume!(!all.iter().any(|q| q.contains(&part)));
        let checked = STRAIT.check(&format!("“{part}” was the word."), DAY);
        prop_assert!(checked.verdicts.iter().any(|v| v.kind == Kind::Quotation && v.is_flagged()), "{}", part);
    }

    #[test]
    fn no_draft_breaks_it(text in "(\\PC|[a-z .,“”\"'«»>#*_\\[\\]…—0-9\n]|“|”| not | Brandt | said | 17 points | on Monday ){0,60}") {
        let checked = STRAIT.check(&text, "");
        render::html(&checked);
        render::markdown(&checked);
        render::text(&checked, &render::Style { width: 24, all: true, citations: true, color: true });
        render::sarif(&checked);
    }
}

#[test]
fn a_report_is_a_true_draft_of_itself() {
    for story in [&*STRAIT, &*WAGES, &*NURSES] {
        for report in &story.reports {
            let checked = check_against(report, &story.reports, &story.findings, &story.record, report.head.published);
            let wrong: Vec<_> = checked.verdicts.iter().filter(|v| v.severity == Severity::Error).collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", report.head.source);
        }
    }
}

/// What is made of a text of one sentence as a whole.
#[track_caller]
fn whole(story: &Story, text: &str) -> (Judgement, String) {
    let checked = story.check(text, DAY);
    assert_eq!(checked.sentences.len(), 1, "{text}: {:#?}", checked.sentences);
    let verdict = &checked.sentences[0];
    // Whoever says so shows it.
    match verdict.judgement {
        Judgement::Supported | Judgement::Unclear => assert!(!verdict.sources.is_empty(), "{verdict:#?}"),
        Judgement::NotFound | Judgement::Unchecked => assert!(verdict.sources.is_empty(), "{verdict:#?}"),
        _ => {}
    }
    (verdict.judgement, verdict.says.clone())
}

#[test]
fn sentences_are_judged_by_their_clauses() {
    use Judgement::{Contradicted, NotFound, Supported, Unchecked, Unclear};
    for (text, judgement, says) in [
        // Said so, in the active and the passive, in another word.
        ("The opposition Coast Party rejected the plan in parliament.", Supported, "so in"),
        ("The plan was turned down by the Coast Party in parliament.", Supported, "so in"),
        ("Averick was received by the Karethi prime minister, Amin Haldari, in Dramov.", Supported, "so in"),
        ("Haldari and Torovsky spoke by telephone late on Saturday.", Supported, "so in"),
        ("Kareth denied that Moussan had met the commander of Orsava's navy.", Supported, "so in"),
        ("“There was no such meeting,” government spokesman Idris Fenn told reporters in Dramov.", Supported, "so in"),
        // A "not" put in, an opposite word, a denial made a confirmation.
        ("The opposition Coast Party did not reject the plan in parliament.", Contradicted, "the opposite (“reject”)"),
        ("The opposition Coast Party accepted the plan in parliament.", Contradicted, "the opposite (“accepted”)"),
        ("Kareth confirmed that Moussan had met the commander of Orsava's navy.", Contradicted, "the opposite (“met”)"),
        // Who does it to whom; another who does it.
        ("Amin Haldari was received by Averick in Dramov.", Contradicted, "the other way round (“received”)"),
        ("Averick was received by Edvin Marlowe in Dramov.", Contradicted, "told of another"),
        // Could, will, did.
        ("The first ships sailed within 36 hours of an order.", Contradicted, "how sure or how far"),
        ("Tomas Ellering has seen the shipowners in Elsholm.", Contradicted, "how sure or how far"),
        // Two values change places.
        (
            "Nine ships passed under escort on Monday night and seventeen on Tuesday night.",
            Contradicted,
            "other way round",
        ),
        // Another day.
        ("Strandell will meet the deputy prime minister, Tomas Ellering, on Wednesday.", Contradicted, "date"),
        // Near, and not settled; a place and an office that no report has.
        ("Shipowners welcomed the plan.", Unclear, "compare"),
        ("Averick was received by Haldari in Portsmouth.", Unclear, "Portsmouth"),
        ("Strandell will meet the finance minister, Tomas Ellering, on Friday.", Unclear, "office"),
        ("The last ferry to the islands was sold for scrap.", NotFound, "no sentence"),
        ("Why?", Unchecked, "nothing"),
    ] {
        let (found, why) = whole(&STRAIT, text);
        assert!(found == judgement && why.contains(says), "{text}: {found:?}: {why}");
    }
}

#[test]
fn a_place_an_office_a_name_that_no_report_has_is_a_warning() {
    finds(&STRAIT, "Averick was received by Haldari in Portsmouth.", DAY, Kind::Name, Judgement::NotFound);
    finds(&STRAIT, "Averick was received by Edvin Marlowe in Dramov.", DAY, Kind::Name, Judgement::NotFound);
    let office = "Strandell will meet the finance minister, Tomas Ellering, on Friday.";
    finds(&STRAIT, office, DAY, Kind::Office, Judgement::NotFound);
    // A month that is a surname is somebody whom no report names.
    finds(&STRAIT, "Theresa May met Averick in Dramov.", DAY, Kind::Name, Judgement::NotFound);
}

#[test]
fn who_says_it_and_in_whose_voice() {
    for (story, text) in [
        (&WAGES, "Corvane is still willing to talk about how the money is spread, Marta Quillan said."),
        (&STRAIT, "Channel Six reported that Pavel Rusk met Petra Brandt on Sant Orlo."),
        (&NURSES, "A second union rejected 9 percent over three years in October."),
        (&NURSES, "The trust will not have to borrow, two analysts said."),
    ] {
        let (found, why) = whole(story, text);
        assert_eq!(found, Judgement::Contradicted, "{text}: {why}");
    }
    // What only one side says is never supported as a fact, nor turned against the other side.
    for text in [
        "The union's team walked away from the table.",
        "The union says that the trust's team walked away from the table.",
    ] {
        assert_ne!(whole(&NURSES, text).0, Judgement::Supported, "{text}");
    }
}

#[test]
fn a_true_line_may_say_it_otherwise() {
    let mut report = Report::plain(
        ReportId::new("wire"),
        "The harbour board will vote on the toll plan on Friday, its chairman, Admiral Pavel Rusk, said.\n\n\
         “The pilots will stay at the table until the spring tide,” Petra Brandt said.\n\n\
         The crews of the Meren fleet left Sant Orlo on Tuesday to clear the mines in the strait.",
    );
    report.head.published = Some("2026-03-12".parse().unwrap());
    let reports = [report];
    let findings = rapporteur::findings_of(&reports, 1);
    let record = rapporteur::assemble(&reports, &findings);
    let flags = |text: &str, kind: Kind| {
        let draft = Report::plain(ReportId::new("draft"), text);
        let date = Some("2026-03-14".parse().unwrap());
        let checked = check_against(&draft, &reports, &findings, &record, date);
        let of_kind = checked.verdicts.into_iter().filter(|v| v.kind == kind && v.is_flagged());
        of_kind.map(|v| v.says).collect::<Vec<_>>()
    };
    for (text, kind) in [
        // One Friday, whichever each text was read to mean; a day told by another time of the text.
        ("The harbour board will vote on the toll plan on Friday afternoon.", Kind::Date),
        ("The crews of the Meren fleet left Sant Orlo the following day to clear the mines.", Kind::Date),
        // Short for the same office.
        ("Adm. Pavel Rusk said that the harbour board will vote on the toll plan.", Kind::Office),
    ] {
        assert_eq!(flags(text, kind), Vec::<String>::new(), "{text}");
    }
    for (text, kind, says) in [
        ("The harbour board will vote on the toll plan on Monday.", Kind::Date, "Friday"),
        ("“The pilots will stay at the table,” Pavel Rusk said.", Kind::Attribution, "Petra Brandt"),
        ("The harbour board may vote on the toll plan on Friday.", Kind::Sentence, "how sure"),
    ] {
        let told = flags(text, kind);
        assert!(told.iter().any(|t| t.contains(says)), "{text}: {told:?}");
    }
}

/// What was doubted in true lines of freely told drafts, a case each, beside what is still to be doubted.
#[test]
fn the_form_of_words_alone_is_no_fault() {
    let mut report = Report::plain(
        ReportId::new("wire"),
        "Norway sent its envoy, Kari Lund, to the harbour talks on Monday, and the UN sent two observers.\n\n\
         Has the harbour board accepted the offer?\n\n\
         “I will sail when the mines are gone,” said Pavel Rusk. Mr. Torovsky rejected the toll plan.\n\n\
         The shipping line would owe the port 40 million crowns if the merger failed.\n\n\
         The bill lets the pilots sell their shares. Petra Brandt met the admiral on Sant Orlo, two officials said.",
    );
    report.head.published = Some("2026-03-12".parse().unwrap());
    let reports = [report];
    let findings = rapporteur::findings_of(&reports, 1);
    let record = rapporteur::assemble(&reports, &findings);
    let flags = |text: &str| {
        let draft = Report::plain(ReportId::new("draft"), text);
        let checked = check_against(&draft, &reports, &findings, &record, Some("2026-03-14".parse().unwrap()));
        checked.verdicts.into_iter().filter(|v| v.is_flagged()).map(|v| v.says).collect::<Vec<_>>()
    };
    for text in [
        // A question denies nothing; what would be may be told as what will be; a law lets them, they do not.
        "The harbour board has not accepted the offer.",
        "Should the merger fail, the shipping line will owe the port 40 million crowns.",
        "The pilots may sell their shares under the bill.",
        // What somebody denies is not contradicted by what others say.
        "Petra Brandt denied having met the admiral on Sant Orlo.",
        // A small count that whoever retells makes himself.
        "Mr. Torovsky named four reasons.",
        // A name in full, initials, a capital for its government.
        "Vadim Torovsky rejected the toll plan.",
        "Two observers were sent by the United Nations.",
        "Oslo sent Kari Lund to the harbour talks.",
    ] {
        assert_eq!(flags(text), Vec::<String>::new(), "{text}");
    }
    for (text, says) in [
        ("Mr. Torovsky accepted the toll plan.", "opposite"),
        ("Kari Lund came to the harbour talks in Oslo.", "no report names “Oslo”"),
        ("Mr. Torovsky named 740 reasons.", "740"),
        ("Some 300 observers were sent by the United Nations.", "two observers"),
    ] {
        let told = flags(text);
        assert!(told.iter().any(|t| t.contains(says)), "{text}: {told:?}");
    }
}

#[test]
fn sentences_are_counted() {
    let checked = STRAIT.check("The opposition Coast Party rejected the plan in parliament. Why? Why not?", DAY);
    assert_eq!(checked.sentences_in_words().as_deref(), Some("3 sentences: 1 supported, 2 nothing checkable"));
    assert_eq!(STRAIT.check("", DAY).sentences_in_words(), None);
}
