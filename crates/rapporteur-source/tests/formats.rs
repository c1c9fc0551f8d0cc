//! What becomes of feeds, lists of feeds, archives and JSON, good and damaged.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use rapporteur_schema::{Basis, Report, Span};
use rapporteur_source::{Gathered, Incoming, Item, Options, gather, read};

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://post.example/</link><language>en-GB</language>
<item><title>Dockers &amp;amp; board meet</title><link>https://post.example/1</link><guid isPermaLink="false">p-1</guid>
<pubDate>Sat, 03 May 2031 23:30:00 -0500</pubDate><dc:creator>A. Berg</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>The board met on Friday.</p><p>&ldquo;We will talk,&rdquo; said Ada Berg.</p>]]></content:encoded></item>
<item><title>Ferry stops</title><link>https://post.example/2</link><source url="https://wire.example/f">Lund Wire</source>
<pubDate>5/11/2031</pubDate><description>The ferry &lt;b&gt;stopped&lt;/b&gt;.</description></item>
<item><title>Nothing</title><link>https://post.example/3</link></item>
</channel></rss>"#;

const ATOM: &str = r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lund Daily</title><id>urn:1</id>
<updated>2031-05-04T00:00:00Z</updated><entry><title type="html">Port &lt;i&gt;opens&lt;/i&gt;</title><id>urn:2</id>
<link rel="self" href="https://lund.example/feed/2"/><link rel="alternate" href="https://lund.example/2"/>
<published>2031-05-03T08:00:00+02:00</published><updated>2031-05-05T08:00:00+02:00</updated>
<author><name>C. Dahl</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The port opened.</p>
<p>Ships came.</p></div></content></entry></feed>"#;

const JSON_FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Pier News", "items": [
{"id": "7", "url": "https://pier.example/7", "title": "Crane falls", "date_published": "2031-05-03T10:00:00Z",
 "content_text": "A crane fell.\n\nNobody was hurt."}]}"#;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

fn gathered(inputs: &[PathBuf]) -> Gathered {
    gather(inputs, &Options::default(), &mut std::io::empty())
}

/// Reads one file of a folder, named itself.
fn file(name: &str, bytes: &[u8]) -> Gathered {
    let dir = folder(&[(name, bytes)]);
    gathered(&[dir.path().join(name)])
}

fn from_stdin(mut bytes: &[u8]) -> Gathered {
    gather(&["-".into()], &Options::default(), &mut bytes)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn told(gathered: &Gathered) -> Vec<String> {
    gathered.failed.iter().map(|e| format!("{e} ({})", e.help())).collect()
}

/// What a report's map says of some words of it.
fn original<'o>(report: &Report, bytes: &'o [u8], words: &str) -> &'o str {
    let text = report.text.as_str();
    let from = text.find(words).unwrap();
    let span = report.text.to_chars(Span::new(from as u32, (from + words.len()) as u32));
    let range = report.map.original(span).unwrap();
    std::str::from_utf8(&bytes[range.start as usize..range.end as usize]).unwrap()
}

fn incoming(bytes: &[u8]) -> Vec<Incoming> {
    let mut out = Vec::new();
    let _ = read(&["-".into()], &Options::default(), &mut &*bytes, &mut |item| {
        if let Item::Report(incoming) = item {
            out.push(*incoming);
        }
        std::ops::ControlFlow::Continue(())
    });
    out
}

#[test]
fn rss() {
    let all = from_stdin(RSS.as_bytes());
    assert_eq!(all.reports.len(), 2);
    let head = &all.reports[0].head;
    assert_eq!(all.reports[0].text.as_str(), "The board met on Friday.\n“We will talk,” said Ada Berg.");
    assert_eq!((head.source.as_str(), head.url.as_deref()), ("https://post.example/1", Some("https://post.example/1")));
    assert_eq!((head.outlet.as_deref(), head.byline.as_deref()), (Some("Harbour Post"), Some("A. Berg")));
    assert_eq!(head.title.as_deref(), Some("Dockers & board meet"));
    assert_eq!(head.published.unwrap().to_string(), "2031-05-03", "the day of the outlet, not of Greenwich");
    assert_eq!((head.published_basis, head.language.as_str(), head.passages.len()), (Some(Basis::Given), "en-gb", 2));
    let second = &all.reports[1];
    assert_eq!(second.text.as_str(), "The ferry stopped.");
    assert_eq!((second.head.outlet.as_deref(), second.head.published), (Some("Lund Wire"), None));
    assert!(all.warnings.iter().any(|w| w.contains("5/11/2031")), "{:?}", all.warnings);
    assert!(all.warnings.iter().any(|w| w.contains("only the summary")), "{:?}", all.warnings);
    assert!(told(&all)[0].contains("has no text"), "{:?}", told(&all));
}

#[test]
fn atom_and_json_feed() {
    let all = from_stdin(ATOM.as_bytes());
    let head = &all.reports[0].head;
    assert_eq!(all.reports[0].text.as_str(), "The port opened.\nShips came.");
    assert_eq!((head.title.as_deref(), head.url.as_deref()), (Some("Port opens"), Some("https://lund.example/2")));
    assert_eq!(head.published.unwrap().to_string(), "2031-05-03");
    assert_eq!(head.modified.unwrap().to_string(), "2031-05-05");

    for bytes in [JSON_FEED.as_bytes(), &gz(JSON_FEED.as_bytes()), JSON_FEED.replace('\n', " ").as_bytes()] {
        let all = from_stdin(bytes);
        assert_eq!(all.reports[0].text.as_str(), "A crane fell.\n\nNobody was hurt.", "{:?}", told(&all));
        assert_eq!(all.reports[0].head.outlet.as_deref(), Some("Pier News"));
    }
}

#[test]
fn entries_keep_their_feed_and_their_bytes() {
    let all = incoming(RSS.as_bytes());
    let via = all[0].via.clone().unwrap();
    assert_eq!((via.feed.as_str(), via.entry.as_str(), all[0].media.as_str()), ("-", "p-1", "text/html"));
    assert_eq!(original(&all[0].report, &all[0].original, "“We will"), "&ldquo;We will");
    assert_eq!(rapporteur_schema::sha256(&all[0].original), all[0].report.head.sha256);
}

#[test]
fn broken_feeds_are_told() {
    assert!(told(&from_stdin(b"<?xml version='1.0'?><rss version='2.0'><channel><item>"))[0].contains("feed"));
    assert!(told(&from_stdin(b"<?xml version='1.0'?><urlset></urlset>"))[0].contains("<urlset>"));
    let junk = from_stdin(format!("{RSS}</body>\n<script>x & y</script></html>").as_bytes());
    assert_eq!(junk.reports.len(), 2, "what follows a feed does it no harm: {:?}", told(&junk));
    let empty = from_stdin(b"<rss version='2.0'><channel><title>x</title></channel></rss>");
    assert!(empty.warnings[0].contains("no entries"));
}

#[test]
fn towers_of_tags_are_climbed_by_nobody() {
    let item = |inner: &str| {
        let spaces =
            "xmlns:media='http://search.yahoo.com/mrss/' xmlns:content='http://purl.org/rss/1.0/modules/content/'";
        format!(
            "<rss version='2.0' {spaces}><channel><title>x</title><item>{inner}<description>Hi.</description></item></channel></rss>"
        )
    };
    let tower = |tag: &str| format!("{}{}", format!("<{tag}>").repeat(100_000), format!("</{tag}>").repeat(100_000));
    let begun = std::time::Instant::now();
    for tag in ["a", "media:group", "media:content", "item", "title", "content:encoded", "source"] {
        let _ = from_stdin(item(&tower(tag)).as_bytes());
    }
    let atom = |inner: &str| format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inner}</entry></feed>");
    for tag in ["entry", "source", "author", "div"] {
        let _ = from_stdin(atom(&tower(tag)).as_bytes());
    }
    let _ = from_stdin(atom(&format!("<content type='xhtml'>{}</content>", tower("div"))).as_bytes());
    let _ = from_stdin(item(&format!("<content:encoded><![CDATA[{}]]></content:encoded>", tower("p"))).as_bytes());
    let laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
    let _ = from_stdin(format!("{laughs}{}", item("<title>&b;&b;</title>")).as_bytes());
    assert!(begun.elapsed().as_secs() < 120, "none of them takes long");
}

#[test]
fn a_list_of_feeds_without_fetching() {
    let list = br#"<opml version="2.0"><body><outline xmlUrl="https://a.example/feed"/><outline xmlUrl="/etc/passwd"/>
        <outline xmlUrl="file:///etc/passwd"/></body></opml>"#;
    let all = from_stdin(list);
    assert!(told(&all)[0].contains("fetching was not asked for"), "{:?}", told(&all));
    assert!(all.reports.is_empty() && told(&all)[1..].iter().all(|t| t.contains("no web address")), "{:?}", told(&all));
}

#[test]
fn json_lines_good_and_bad() {
    let lines = "\u{feff}{\"text\": \"The board met.\\n\\nAda Berg said \\u201cno\\u201d.\", \"outlet\": \"Post\", \"published\": \"2031-05-03\"}\r\n\
        \n{\"text\": broken}\n[1]\n{\"title\": \"no text\"}\n{\"text\": \"Ships came.\", \"url\": \"https://a.example/1\"}";
    let all = file("reports.jsonl", lines.as_bytes());
    assert_eq!(all.reports.len(), 2, "{:?}", told(&all));
    assert!(all.reports[0].head.source.ends_with("reports.jsonl#1") && all.reports[1].head.source.ends_with("#6"));
    assert_eq!(all.reports[0].head.passages.len(), 2);
    let told = told(&all);
    assert!(
        told[0].contains("line 3: is not JSON")
            && told[1].contains("line 4")
            && told[2].contains("line 5: has no text")
    );
    let all = incoming(lines.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(original(&all[0].report, &all[0].original, "Ada Berg said “no”"), "Ada Berg said \\u201cno\\u201d");
}

#[test]
fn json_objects_and_arrays() {
    let array = br#"[ {"headline": "A", "articleBody": "The board met."},
        {"type": "text", "body_xhtml": "<p>Ships <b>came</b>.</p><p>They left.</p>", "versioncreated": "2031-05-03T10:00:00Z"} ]"#;
    let all = file("two.json", array);
    let texts: Vec<&str> = all.reports.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(texts, ["The board met.", "Ships came.\nThey left."]);
    assert!(all.reports[1].head.source.ends_with("two.json#2"));
    let one = file("one.json", b"{\n\"text\":\n \"The board met.\"\n}\n");
    assert_eq!(one.reports.len(), 1);
    assert!(told(&file("bad.json", b"{\"text\": "))[0].contains("object 1"));
    assert!(told(&file("bad.json", b"{}"))[0].contains("has no text"));
    assert!(told(&file("deep.json", "[".repeat(100_000).as_bytes()))[0].contains("there is none"));
    let tower = format!("{{\"text\": \"x\", \"byline\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(told(&file("deep.jsonl", tower.as_bytes()))[0].contains("recursion"));
}

#[test]
fn sidecars_stay_sidecars() {
    let dir = folder(&[
        ("a.txt", b"The board met."),
        ("a.json", br#"{"outlet": "Post"}"#),
        ("b.json", br#"{"text": "Hi."}"#),
    ]);
    let all = gathered(&[dir.path().to_owned()]);
    assert_eq!(all.reports.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), ["The board met.", "Hi."]);
    assert_eq!(all.reports[0].head.outlet.as_deref(), Some("Post"));
}

/// A record of an archive.
fn record(kind: &str, url: &str, body: &str) -> Vec<u8> {
    let media = if kind == "response" { "application/http; msgtype=response" } else { "text/plain; charset=utf-8" };
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-06-01T00:00:00Z\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
    .into_bytes()
}

fn answer(status: &str, media: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n{body}")
}

/// Seven records, of which the second, sixth and seventh give reports.
fn archive() -> Vec<Vec<u8>> {
    let plain = |n: &str| answer("200 OK", "text/plain; charset=utf-8", &format!("The board met {n}."));
    vec![
        record("warcinfo", "", "software: x"),
        record("response", "https://a.example/1", &plain("first")),
        record("request", "https://a.example/1", "GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://a.example/2", &answer("404 Not Found", "text/plain", "no")),
        record("response", "https://a.example/3", &answer("200 OK", "image/png", "x")),
        record("response", "https://a.example/4", &plain("second")),
        record("resource", "https://a.example/5", "The board met third."),
    ]
}

fn texts(all: &Gathered) -> Vec<&str> {
    all.reports.iter().map(|r| r.text.as_str()).collect()
}

#[test]
fn archives_plain_and_packed() {
    let packed: Vec<u8> = archive().iter().flat_map(|r| gz(r)).collect();
    let at_once = gz(&archive().concat());
    for (name, bytes) in [("a.warc", archive().concat()), ("a.warc.gz", packed), ("b.warc.gz", at_once)] {
        let all = file(name, &bytes);
        assert_eq!(
            texts(&all),
            ["The board met first.", "The board met second.", "The board met third."],
            "{:?}",
            told(&all)
        );
        let head = &all.reports[0].head;
        assert!(head.source.ends_with(&format!("{name}#2")), "{}", head.source);
        assert_eq!((head.url.as_deref(), head.published), (Some("https://a.example/1"), None));
        assert!(all.failed.is_empty());
        let why = &all.skipped[0].why;
        assert!(why.contains("4 of its records") && why.contains("1 with status 404"), "{why}");
    }
}

#[test]
fn pages_in_an_archive_are_read() {
    let words = "The harbour board met on Monday to look at the new offer of the dockers at the café. ".repeat(4);
    let html = format!("<html><body><article><p>{words}</p><p>{words}</p></article></body></html>");
    let html: Vec<u8> = html.chars().map(|c| c as u8).collect();
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Encoding: gzip\r\n\r\n";
    let body = [head.as_slice(), &gz(&html)].concat();
    let record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: <https://a.example/1>\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    let all = file("a.warc.gz", &gz(&[record.as_bytes(), &body, b"\r\n\r\n"].concat()));
    assert!(texts(&all)[0].contains("dockers at the café."), "{:?}", told(&all));
    let head = &all.reports[0].head;
    assert_eq!((head.encoding.as_str(), head.url.as_deref()), ("windows-1252", Some("https://a.example/1")));
    assert_eq!(head.sha256, rapporteur_schema::sha256(&html));
}

#[test]
fn a_cut_archive_is_told_and_its_good_records_are_read() {
    let whole = archive().concat();
    let cut = file("a.warc", &whole[..whole.len() - 12]);
    assert_eq!(texts(&cut).len(), 2);
    let at = whole.len() - archive()[6].len();
    assert!(told(&cut)[0].contains(&format!("record 7 at byte {at}")), "{:?}", told(&cut));
    let in_headers = file("a.warc", &whole[..at + 30]);
    assert!(
        texts(&in_headers).len() == 2 && told(&in_headers)[0].contains("headers are cut off"),
        "{:?}",
        told(&in_headers)
    );

    let packed: Vec<u8> = archive().iter().flat_map(|r| gz(r)).collect();
    let cut = file("a.warc.gz", &packed[..packed.len() - 12]);
    let at = packed.len() - gz(&archive()[6]).len();
    assert_eq!(texts(&cut).len(), 2);
    assert!(told(&cut)[0].contains(&format!("record 7 at byte {at}: the file ends")), "{:?}", told(&cut));
}

#[test]
fn damage_inside_an_archive_is_passed_over() {
    let packed: Vec<Vec<u8>> = archive().iter().map(|r| gz(r)).collect();
    for broken in 0..packed.len() {
        let mut members = packed.clone();
        let middle = members[broken].len() / 2;
        members[broken][middle] ^= 0xff;
        let all = file("a.warc.gz", &members.concat());
        assert!(texts(&all).len() >= 2, "{broken}: {:?}", told(&all));
        assert!(!all.failed.is_empty(), "{broken}: {:?} {:?}", texts(&all), all.skipped);
        let at: usize = packed[..broken].iter().map(Vec::len).sum();
        assert!(told(&all)[0].contains(&format!("at byte {at}")), "{broken}: {:?}", told(&all));
    }
}

#[test]
fn lying_lengths_hide_no_records() {
    for (says, reports) in [("99999999999", 2), ("900", 2), ("60", 2), ("-1", 2), ("", 2)] {
        let mut records = archive();
        let lie = String::from_utf8(records[1].clone()).unwrap();
        let (head, rest) = lie.split_once("Content-Length: ").unwrap();
        let (_, rest) = rest.split_once("\r\n").unwrap();
        records[1] = format!("{head}Content-Length: {says}\r\n{rest}").into_bytes();
        let all = file("a.warc", &records.concat());
        assert_eq!(texts(&all).len(), reports, "{says}: {:?}", told(&all));
        assert!(told(&all)[0].contains("record 2"), "{says}: {:?}", told(&all));
        let packed: Vec<u8> = records.iter().flat_map(|r| gz(r)).collect();
        let all = file("a.warc.gz", &packed);
        assert_eq!(texts(&all).len(), reports, "{says} packed: {:?}", told(&all));
    }
}

#[test]
fn a_gzip_bomb_is_refused() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..48 {
        bomb.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    for name in ["bomb.txt.gz", "bomb.html.gz", "bomb.jsonl.gz"] {
        let all = file(name, &bomb);
        assert!(all.reports.is_empty() && told(&all)[0].contains("more than the limit"), "{name}: {:?}", told(&all));
    }
    assert!(told(&file("cut.txt.gz", &gz(b"The board met.")[..20]))[0].contains("gzip"));
    assert_eq!(texts(&file("a.txt.gz", &gz(b"The board met."))), ["The board met."]);
}

#[test]
fn a_folder_takes_them_all() {
    let packed = gz(RSS.as_bytes());
    let dir = folder(&[
        ("a.atom", ATOM.as_bytes()),
        ("b.rss.gz", &packed),
        ("c.warc", &archive().concat()),
        ("d.jsonl", b"{\"text\": \"Ships came.\"}\n"),
        ("e.txt", b"The board met."),
        ("f.md", b"no"),
        ("g.json", b"{\"settings\": 1}"),
    ]);
    let all = gathered(&[dir.path().to_owned()]);
    assert_eq!(all.reports.len(), 1 + 2 + 3 + 1 + 1, "{:?}", told(&all));
    assert_eq!(all.skipped.len(), 3, "{:?}", all.skipped);
}

#[test]
fn an_address_without_fetching_is_told() {
    let all = gathered(&["https://a.example/1".into(), "file:///etc/passwd".into(), "ftp://a.example/".into()]);
    assert!(told(&all)[0].contains("fetching was not asked for"));
    assert!(told(&all)[1].contains("no web address") && told(&all)[2].contains("no web address"));
}

/// Bytes that begin as some format and go wrong somewhere.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let seeds: Vec<Vec<u8>> = vec![
        RSS.into(),
        ATOM.into(),
        JSON_FEED.into(),
        archive().concat(),
        archive().iter().flat_map(|r| gz(r)).collect(),
        b"{\"text\": \"a \\u00e9 \\ud83d\\ude00\"}\n{\"text\": \"b\"}\n".to_vec(),
        b"[{\"body_xhtml\": \"<p>a<b>&eacute;\"}]".to_vec(),
        b"<opml><outline xmlUrl='x'/></opml>".to_vec(),
        gz(b"The board met."),
    ];
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..4u8);
    (prop::sample::select(seeds), prop::collection::vec(change, 0..12)).prop_map(|(mut bytes, changes)| {
        for (at, byte, what) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ if byte > 200 => bytes.truncate(at),
                _ => bytes[at] ^= 1,
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn nothing_makes_it_panic(bytes in prop_oneof![4 => damaged(), 1 => prop::collection::vec(any::<u8>(), 0..400)]) {
        let all = from_stdin(&bytes);
        for report in &all.reports {
            let mut at = 0;
            for passage in &report.head.passages {
                prop_assert_eq!(passage.start, at);
                at = passage.end;
            }
            prop_assert_eq!(at, report.text.chars());
        }
        for one in incoming(&bytes) {
            let mut before = 0;
            for piece in &one.report.map.pieces {
                prop_assert!(piece.start >= before && piece.end > piece.start && piece.from < piece.to);
                prop_assert!(piece.to as usize <= one.original.len() && piece.end <= one.report.text.chars());
                before = piece.end;
            }
        }
    }
}
