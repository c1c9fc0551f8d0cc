//! Reports that try to steer whatever shows them: in no form and no face is there an address that is none, a control
//! character, or a line that a report broke itself.

use rapporteur::check::render;
use rapporteur::export::{Error, Format, Options, export};
use rapporteur::{Record, Report, ReportHead, ReportId, Text, brief, check, gather, phrase, record};

const SAID: &str = "Minister Mira Orlan met Envoy Petra Brandt in Tesk on Monday.\n\n“The weir \u{1b}[31m\u{202e}stays \
    open\u{9b}2J until the snow has \u{7}melted,” Mira\u{1b}]8;;https://bad.example\u{1b}\\ Orlan said on Monday.\n\n\
    Orlan and Brandt will meet again in Velmin on 9 March 2031.\n";
const SAID_TOO: &str = "“The weir \u{2066}stays open until the snow has melted,” Mira Orlan said.\n\n\u{7f}Nobody asked the \
    pilots, Petra Brandt said in Tesk.\n";

/// Addresses that are none, and what must not be seen of them anywhere.
const ADDRESSES: [(&str, &str); 6] = [
    ("javascript:alert(1)", "javascript:"),
    ("JavaScript://post.example/%0aalert(1)", "JavaScript:"),
    ("data:text/html,<script>x</script>", "data:text"),
    ("https://post.example/\r\nX-Injected: 1", "X-Injected"),
    ("https://post.example/\u{1b}]8;;https://evil.example", "]8;;https://evil"),
    ("https://post.example/\u{202e}gpj.exe", "gpj.exe"),
];

fn head(n: usize, address: &str) -> ReportHead {
    let mut head = ReportHead::new(ReportId::new(format!("r{n}")), format!("reports/{n}\u{1b}[2J.txt"));
    head.url = Some(address.into());
    head.outlet = Some("Tesk \u{1b}[1mHerald\nBEGIN:VEVENT\u{202e}".into());
    head.title = Some("Weir\u{7} stays\r\n# open \u{2067}".into());
    head.byline = Some("By A.\u{9b}31m B.\n@misc{x,".into());
    head.credits = vec!["Wire\u{1b}\nService".into()];
    head.published = Some("2031-03-04".parse().unwrap());
    head
}

fn reports(address: &str) -> Vec<Report> {
    let texts = [SAID, SAID_TOO];
    let plain = |(n, text): (usize, &&str)| {
        let mut report = Report::plain(ReportId::new(format!("r{n}")), text);
        let passages = std::mem::take(&mut report.head.passages);
        report.head = ReportHead { passages, ..head(n, address) };
        report.text = Text::new(*text);
        report
    };
    texts.iter().enumerate().map(plain).collect()
}

/// Everything that shows a record, by name. Some are for programs and hold the exact words, where overrides of writing
/// direction are a part of them.
fn faces(record: &Record, reports: &[Report]) -> Vec<(String, bool, String)> {
    let mut all = Vec::new();
    for format in Format::ALL {
        let files = match export(format, record, reports, &Options::default()) {
            Err(Error::NotBuilt(_)) => continue,
            files => files.unwrap(),
        };
        if format == Format::Parquet {
            continue; // no text
        }
        let exact = matches!(format, Format::Csv | Format::Plover);
        all.extend(
            files.into_iter().map(|f| (format!("{format} {}", f.name), exact, String::from_utf8(f.bytes).unwrap())),
        );
    }
    let style = brief::Style { color: false, links: false, citations: true, all: true, ..brief::Style::default() };
    all.push(("brief".into(), false, brief::text(record, &style)));
    all.push(("brief as Markdown".into(), false, brief::markdown(record)));
    all.push(("brief as HTML".into(), false, brief::html(record)));
    for list in [brief::list::statements(record, None), brief::list::meetings(record), brief::list::timeline(record)] {
        all.push(("list".into(), false, list.text(96)));
        all.push(("list as CSV".into(), true, list.csv()));
    }
    let draft = "\u{1b}[2J“The weir stays \u{202e}shut until the snow has melted,” Petra Brandt said.\n";
    let draft = Report::new(ReportHead::new(ReportId::new("d"), "vbscript://draft\u{1b}.md"), Text::new(draft));
    let checked = check(&draft, reports, None);
    let style = render::Style { all: true, citations: true, ..render::Style::default() };
    all.push(("check".into(), false, render::text(&checked, &style)));
    all.push(("check as Markdown".into(), false, render::markdown(&checked)));
    all.push(("check as HTML".into(), false, render::html(&checked)));
    let sarif = serde_json::to_string_pretty(&render::sarif(&checked)).unwrap();
    assert!(!sarif.contains("vbscript://"), "{sarif}");
    all.push(("check as SARIF".into(), false, phrase::escaped_json(sarif)));
    all
}

fn steers_nothing(record: &Record, reports: &[Report], never: &str) {
    let faces = faces(record, reports);
    assert!(faces.len() > 30, "{}", faces.len());
    for (name, exact, shown) in faces {
        let steering = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if let Some(at) = shown.find(steering) {
            panic!("{name}: a control character at {:?}", shown[..at].chars().rev().take(60).collect::<String>());
        }
        if !exact {
            let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(!shown.contains(turns), "{name}: turns the direction of writing: {shown}");
        }
        assert!(!shown.contains(never), "{name}: {never}");
        for line in shown.lines() {
            for broken in ["BEGIN:VEVENT ", "# open", "@misc{x"] {
                assert!(!line.starts_with(broken), "{name}: {line}");
            }
        }
    }
}

#[test]
fn reports_that_come_as_they_are() {
    for (address, never) in ADDRESSES {
        let reports = reports(address);
        steers_nothing(&record(&reports), &reports, never);
    }
}

#[test]
fn a_record_that_others_made() {
    let mut reports = reports("https://post.example/1");
    let mut record = record(&reports);
    assert!(!record.statements.is_empty() && !record.meetings.is_empty());
    for (address, never) in ADDRESSES {
        for (n, (mine, report)) in record.reports.iter_mut().zip(&mut reports).enumerate() {
            let passages = std::mem::take(&mut report.head.passages);
            report.head = ReportHead { passages: passages.clone(), ..head(n, address) };
            *mine = report.head.clone();
        }
        steers_nothing(&record, &reports, never);
    }
}

#[test]
fn reports_that_are_read() {
    for (address, never) in ADDRESSES {
        let folder = tempfile::tempdir().unwrap();
        for (n, text) in [SAID, SAID_TOO].iter().enumerate() {
            let about = serde_json::json!({
                "url": address, "outlet": head(n, "").outlet, "title": head(n, "").title, "byline": head(n, "").byline,
            });
            std::fs::write(
                folder.path().join(format!("{n}.txt")),
                format!("{text}\n{}", "The snow stays. ".repeat(20)),
            )
            .unwrap();
            std::fs::write(folder.path().join(format!("{n}.json")), about.to_string()).unwrap();
        }
        let gathered = gather(&[folder.path().to_owned()], &rapporteur::Options::default());
        assert!(gathered.failed.is_empty() && gathered.reports.len() == 2, "{:?}", gathered.failed);
        assert!(gathered.reports.iter().all(|r| r.head.url.is_none() && r.head.is_sane()));
        assert!(
            gathered.warnings.iter().any(|w| w.contains("none that a link may lead to")),
            "{:?}",
            gathered.warnings
        );
        steers_nothing(&record(&gathered.reports), &gathered.reports, never);
    }
}

/// A report may end anywhere: a download breaks off, a page is cut by a pay wall.
#[test]
fn a_report_cut_anywhere_is_read() {
    let text = "The mill will pay 40 dollars an hour over three years, up from 17 a day, Petra Brandt said on Monday, March 3.";
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let report = Report::plain(ReportId::new("cut"), &text[..end]);
        record(&[report]).verify(&[Report::plain(ReportId::new("cut"), &text[..end])]).unwrap();
    }
}
