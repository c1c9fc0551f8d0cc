//! The exports of the example stories: what other programs are handed leads to its words.

use std::collections::BTreeSet;
use std::path::PathBuf;

use proptest::prelude::*;
use rapporteur::export::{Error, Format, Options, export};
use rapporteur::{Record, Report, ReportId, gather, record};
use serde_json::Value;

fn story(name: &str) -> (Record, Vec<Report>) {
    let folder = PathBuf::from(format!("../../examples/{name}"));
    let mut gathered = gather(&[folder], &rapporteur::Options::default());
    for report in &mut gathered.reports {
        report.head.source = report.head.source.replace('\\', "/").trim_start_matches("../").to_owned();
    }
    let mut record = record(&gathered.reports);
    record.made_with.version = "(version)".into();
    (record, gathered.reports)
}

fn written(format: Format, record: &Record, reports: &[Report]) -> String {
    let files = export(format, record, reports, &Options::default()).unwrap();
    assert_eq!(files.len(), 1);
    String::from_utf8(files.into_iter().next().unwrap().bytes).unwrap()
}

fn json(format: Format, record: &Record, reports: &[Report]) -> Value {
    serde_json::from_str(&written(format, record, reports)).unwrap()
}

fn table(name: &str, record: &Record, reports: &[Report]) -> String {
    let files = export(Format::Csv, record, reports, &Options::default()).unwrap();
    let file = files.into_iter().find(|f| f.name == name).unwrap();
    String::from_utf8(file.bytes).unwrap()
}

/// Proves that every annotation leads to its words, by its place and by what stands around them.
fn annotations_hold(record: &Record, reports: &[Report]) {
    let all = json(Format::WebAnnotation, record, reports);
    let mut ids = BTreeSet::new();
    for item in all["first"]["items"].as_array().unwrap() {
        assert!(ids.insert(item["id"].to_string()), "an id names one annotation");
        let scope = item["target"]["scope"].as_str().unwrap();
        let report = reports.iter().find(|r| scope.ends_with(r.id().as_str())).unwrap();
        let text: Vec<char> = report.text.as_str().chars().collect();
        let [position, quote] = item["target"]["selector"].as_array().unwrap().as_slice() else { panic!("{item}") };
        let at = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(quote["exact"], words.as_str());
        let part = |name: &str| quote[name].as_str().unwrap_or_default();
        let around = format!("{}{words}{}", part("prefix"), part("suffix"));
        assert!(report.text.as_str().contains(&around), "{around:?}");
        assert_eq!(part("prefix").is_empty(), at("start") == 0);
        assert_eq!(part("suffix").is_empty(), at("end") == text.len());
    }
}

#[test]
fn annotations_of_the_stories_lead_to_their_words() {
    for name in ["strait", "wages"] {
        let (record, reports) = story(name);
        annotations_hold(&record, &reports);
    }
}

#[test]
fn every_row_that_cites_leads_to_its_words() {
    let (record, reports) = story("strait");
    let mut cited = 0;
    for file in export(Format::Csv, &record, &reports, &Options::default()).unwrap() {
        let text = String::from_utf8(file.bytes).unwrap();
        let mut lines = csv::Reader::from_reader(text.as_bytes());
        let head = lines.headers().unwrap().clone();
        let column = |name: &str| head.iter().position(|h| h == name);
        let Some((report, start, end, exact)) = column("report")
            .zip(column("start"))
            .zip(column("end"))
            .zip(column("exact"))
            .map(|(((r, s), e), x)| (r, s, e, x))
        else {
            continue;
        };
        for row in lines.records() {
            let row = row.unwrap();
            let report = reports.iter().find(|r| r.id().as_str() == &row[report]).unwrap();
            let place = row[start].parse().unwrap()..row[end].parse().unwrap();
            let words: String = report.text.as_str().chars().collect::<Vec<_>>()[place].iter().collect();
            assert_eq!(words, row[exact], "{}", file.name);
            cited += 1;
        }
    }
    assert!(cited > 500, "{cited}");
}

#[test]
fn every_citation_of_the_record_is_in_the_annotations_and_in_the_table() {
    let (record, reports) = story("strait");
    let all = written(Format::WebAnnotation, &record, &reports);
    let table = table("citations.csv", &record, &reports);
    for c in record.citations() {
        let (start, end) = (c.span().start(), c.span().end());
        assert!(all.contains(&format!(":{}-{start}-{end}\"", c.report())), "{c:?}");
        assert!(table.contains(&format!(",{start},{end},")), "{c:?}");
    }
}

#[test]
fn a_record_of_nothing_is_handed_on_too() {
    let (mut record, _) = story("wages");
    for format in Format::ALL.into_iter().filter(|f| f.built()) {
        // Reports that were not handed in are done without.
        assert!(!export(format, &record, &[], &Options::default()).unwrap().is_empty(), "{format}");
    }
    record = rapporteur::record(&[]);
    for format in Format::ALL.into_iter().filter(|f| f.built()) {
        assert!(!export(format, &record, &[], &Options::default()).unwrap().is_empty(), "{format}");
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_says_that_it_is_not_built() {
    let (record, reports) = story("wages");
    let error = export(Format::Parquet, &record, &reports, &Options::default()).unwrap_err();
    assert!(matches!(error, Error::NotBuilt(Format::Parquet)));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_has_the_tables_of_csv() {
    let (record, reports) = story("wages");
    let names = |format| -> Vec<String> {
        let files = export(format, &record, &reports, &Options::default()).unwrap();
        files.into_iter().map(|f| f.name.rsplit_once('.').unwrap().0.to_owned()).collect()
    };
    assert_eq!(names(Format::Parquet), names(Format::Csv));
    assert!(!matches!(export(Format::Parquet, &record, &reports, &Options::default()), Err(Error::Writing { .. })));
}

/// Whether a line is as shown: `[..]` is any words.
fn fits(line: &str, shown: &str) -> bool {
    let mut parts = shown.split("[..]");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// What the page on formats shows of an export is in it: the lines between two `...` as they stand, one after the other.
#[test]
fn the_page_on_formats_shows_what_is_written() {
    let page = std::fs::read_to_string("../../docs/formats.md").unwrap();
    let (record, reports) = story("strait");
    let mut shown = BTreeSet::new();
    for block in page.split("```console\n").skip(1) {
        let (command, block) = block.split_once("```\n").unwrap().0.split_once('\n').unwrap();
        let words: Vec<&str> = command.split(' ').collect();
        let ["$", "rapporteur", "export", "examples/strait", "--format", format, rest @ ..] = words.as_slice() else {
            panic!("not a command of this test: {command}")
        };
        let format = Format::ALL.into_iter().find(|f| f.word() == *format).unwrap();
        let text = match rest {
            ["--table", name] => table(&format!("{name}.csv"), &record, &reports),
            _ => written(format, &record, &reports),
        };
        let lines: Vec<&str> = text.lines().collect();
        let mut from = 0;
        for part in block.split("...\n").filter(|p| !p.is_empty()) {
            let part: Vec<&str> = part.lines().collect();
            let here = (from..lines.len()).find(|&n| {
                lines.len() - n >= part.len() && part.iter().zip(&lines[n..]).all(|(shown, line)| fits(line, shown))
            });
            let at = here.unwrap_or_else(|| panic!("{command} does not write\n{}", part.join("\n")));
            from = at + part.len();
        }
        shown.insert(format);
    }
    assert_eq!(shown.len(), Format::ALL.len() - 1, "every form but Parquet has an example");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever a speaker says, every form can be written, and annotations lead to exactly those words.
    #[test]
    fn any_words_can_be_handed_on(words in "(\\PC|[\",;:{}\\\\$%&#_*<>|\\[\\]\n\r\t\u{202e}é中🦀a ]){1,60}") {
        let text = format!("“The {words} stays,” Mira Orlan said on Monday.\n\nThe mayor, Tomas Ek, said: \"{words}.\"\n");
        let mut report = Report::plain(ReportId::new("r1"), &text);
        report.head.title = Some(words.clone());
        report.head.outlet = Some(words);
        report.head.published = "2025-11-25".parse().ok();
        let reports = [report];
        let record = record(&reports);
        annotations_hold(&record, &reports);
        for format in Format::ALL.into_iter().filter(|f| f.built()) {
            let files = export(format, &record, &reports, &Options { guard_formulas: true }).unwrap();
            prop_assert!(files.iter().all(|f| !f.bytes.is_empty() || format == Format::FollowTheMoney));
        }
    }
}
