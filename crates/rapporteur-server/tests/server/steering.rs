//! Reports that try to steer whatever shows them, as files and as a program or a dossier of others may hand them over: control
//! characters, overrides of writing direction, addresses that are none, tags, halves of characters, endless words. The tests of
//! `rapporteur mcp` use them too.

use std::path::Path;

use rapporteur::source::{Incoming, Item};
use rapporteur::{Options, Report, ReportHead, ReportId, Store, Text, read};

const TEXT: &str = "Minister Mira Orlan met Envoy Petra Brandt in Tesk on Monday.\n\n“The weir \u{1b}[31m\u{202e}stays open\u{9b}2J \
    until the snow has \u{7}melted <script>alert(1)</script>,” Mira\u{1b}]8;;https://bad.example\u{1b}\\ Orlan said.\n\nOrlan and \
    Brandt will meet again in Vel\u{2066}min on 9 March 2031.\n";

/// A dossier of reports that hold all of it.
pub fn dossier(at: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let long = "w".repeat(60_000);
    // Escapes that only a reader of JSON sees: halves of characters, ESC, BEL, C1, overrides, separators of lines.
    let line = |n: usize, address: &str, more: &str| {
        format!(r#"{{"url": "{address}", "outlet": "Gazette \ud83d {n}\u001b[2J\u202e", "published": "2031-03-0{n}", "#)
            + r#""title": "</title><script>alert('t')</script>\u0007 \udc00 \u2028 onmouseover='x' \u009b31m", "#
            + r#""byline": "<img src=x onerror=alert(1)>\r\nX-Injected: 1", "credits": ["W\u001bire\nService"], "#
            + &format!(
                r#""text": "Minister Mira Orlan met Envoy Petra Brandt in Tesk on Monday.\n\n\"The weir \ud800 stays\u001b[2J \u202eopen\u0000 \u0085until the snow has melted,\" Mira Orlan said. {more}"}}"#
            )
            + "\n"
    };
    let lines = line(1, "javascript:alert(1)//http", "")
        + &line(2, r"https://post.example/\r\nX-Injected: 1", &format!("The envoy, Petra {long}, met {long} Orlan."))
        + &line(
            3,
            r"https://post.example/\u001b]8;;javascript:alert(1)",
            r#"\"No {{ 7*7 }} ${7*7},\" Petra Brandt said."#,
        );
    std::fs::write(folder.path().join("all.jsonl"), lines).unwrap();

    let mut store = Store::create(at).unwrap();
    let mut ingest = store.ingest("add", "2031-03-20T08:00:00Z").unwrap();
    let _ = read(&[folder.path().to_owned()], &Options::default(), &mut std::io::empty(), &mut |item| {
        assert!(!matches!(item, Item::Failed(_)), "{item:?}");
        ingest.take(item)
    });
    for (n, address) in ["JavaScript://post.example/%0aalert(1)", "data:text/html,<script>x</script>", "vbscript:x"]
        .into_iter()
        .enumerate()
    {
        let mut report = Report::plain(ReportId::new(format!("handed{n}")), TEXT);
        let passages = std::mem::take(&mut report.head.passages);
        let mut head = ReportHead::new(report.head.id.clone(), format!("reports/{n}\u{1b}[2J\u{202e}.txt"));
        head.url = Some(address.into());
        head.outlet = Some(format!("Tesk \u{1b}[1mHerald {n}\nX-Injected: 1\u{202e}"));
        head.title = Some("Weir\u{7} stays\r\n<img src=x onerror=alert(1)> open \u{2067}".into());
        head.byline = Some("By A.\u{9b}31m B.\n<iframe>".into());
        head.credits = vec!["Wire\u{1b}\nService<svg onload=alert(1)>".into()];
        head.language = "en\" onload=\"alert(8)\u{1b}".into();
        head.published = Some(format!("2031-03-1{n}").parse().unwrap());
        report.head = ReportHead { passages, ..head };
        report.text = Text::new(TEXT);
        let original = TEXT.as_bytes().to_vec();
        let incoming = Incoming { report, original, media: "text/plain".into(), via: None, validators: None };
        let _ = ingest.take(Item::Report(Box::new(incoming)));
    }
    assert_eq!(ingest.finish().unwrap().len(), 6);
}

/// Whether a character turns the direction of writing.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
