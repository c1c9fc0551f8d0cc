//! Hostile bytes from a seed: the same seed gives the same attack.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Numbers that look random (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}

/// An input by its name.
pub(super) type Named = (String, Vec<u8>);

/// Inputs in order, one of every form, from which the others are made.
pub(super) fn seeds(examples: &Path) -> Result<Vec<Named>> {
    let mut out = Vec::new();
    for story in ["strait", "wages"] {
        for entry in std::fs::read_dir(examples.join(story))? {
            let path = entry?.path();
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if name.ends_with(".txt") {
                out.push((name, std::fs::read(&path)?));
            }
        }
    }
    out.sort();
    let words = "Harbour Minister Ilva Marsh met the union in Tesk on Monday. “We will sign before spring,” she said.";
    let page = format!(
        "<!doctype html><html><head><title>Talks</title><meta property=\"article:published_time\" content=\"2031-03-04\">\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"Talks\"}}</script></head><body>\
         <article><h1>Talks</h1><p>{words}</p><p>{words} &amp; more&nbsp;of it.</p></article></body></html>"
    );
    let item =
        serde_json::json!({ "title": "Talks", "text": words, "published": "2031-03-04", "outlet": "Tesk Herald" });
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Tesk</title><item><title>Talks</title>\
         <guid>1</guid><description><![CDATA[<p>{words}</p>]]></description></item></channel></rss>"
    );
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tesk.example/a\r\nWARC-Date: 2031-03-04T00:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    out.push(("page.html".into(), page.clone().into_bytes()));
    out.push(("one.json".into(), item.to_string().into_bytes()));
    out.push(("many.jsonl".into(), format!("{item}\n{item}\n").into_bytes()));
    out.push(("feed.xml".into(), rss.into_bytes()));
    out.push(("pages.warc".into(), warc.clone().into_bytes()));
    out.push(("pages.warc.gz".into(), packed(warc.as_bytes())?));
    out.push(("page.html.gz".into(), packed(page.as_bytes())?));
    out.push(("notes.md".into(), format!("# Talks\n\n> {words}\n\n* `{words}`\n\n[a](b) **{words}**\n").into_bytes()));
    Ok(out)
}

pub(super) fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?)
}

/// What is put in where it does not belong.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\"",
    "“".as_bytes(),
    "”".as_bytes(),
    b"<!--",
    b"]]>",
    b"<table><tr><td>",
    b"</",
    b"&#x110000;",
    b"\r",
    b"\n\n\n",
    b"{\"a\":",
    b"[[[[",
    b"```",
    b"> > > ",
    b"1e999",
    b"-",
    b"On Monday, ",
    "\u{202e}".as_bytes(),
    "\u{2028}".as_bytes(),
    "e\u{301}\u{301}\u{301}".as_bytes(),
    b"javascript:alert(1)",
    b"\x1f\x8b\x08",
];

/// An input with up to six faults.
pub(super) fn mutated(dice: &mut Dice, seeds: &[Named]) -> Named {
    let (name, bytes) = &seeds[dice.below(seeds.len())];
    let mut bytes = bytes.clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len());
        let to = (at + 1 + dice.below(200)).min(bytes.len());
        match dice.below(7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 => bytes.truncate(at.max(1)),
            2 => drop(bytes.drain(at..to)),
            3 => {
                let piece = bytes[at..to].to_vec();
                let again = piece.repeat(1 + dice.below(30));
                bytes.splice(at..at, again);
            }
            4 => {
                let other = &seeds[dice.below(seeds.len())].1;
                let from = dice.below(other.len());
                bytes.splice(at..at, other[from..(from + 300).min(other.len())].iter().copied());
            }
            _ => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(20));
                bytes.splice(at..at, piece);
            }
        }
    }
    (name.clone(), bytes)
}

/// Inputs that are small to send and costly to read, where something is not linear.
pub(super) fn bombs() -> Result<Vec<Named>> {
    let text =
        |name: &str, piece: &str, size: usize| (name.to_owned(), piece.repeat(size / piece.len() + 1).into_bytes());
    let mut out = vec![
        text("sentence.txt", "The ferry workers met the council in the harbour on Monday. ", 400_000),
        text("names.txt", "Petra Brandt, Ilva Marsh, ", 200_000),
        text("quotes.txt", "“We will not go,” Petra Brandt said. ", 300_000),
        text("marks.txt", "\"", 300_000),
        text("open-marks.txt", "“", 300_000),
        text("open-words.txt", "“a ", 200_000),
        text("brackets.txt", "[", 300_000),
        text("brackets.md", "[", 300_000),
        text("links.md", "[a](", 300_000),
        text("backticks.md", "`", 1_000_000),
        text("backtick-runs.md", "`` ` ``` ", 500_000),
        text("cites.md", "> ", 200_000),
        text("stars.md", "*a _b ", 300_000),
        text("numbers.txt", "17 ", 200_000),
        text("dates.txt", "On Monday and on Tuesday. ", 200_000),
        text("line.txt", "word ", 1_000_000),
        text("letters.txt", "x", 2_000_000),
        text("lines.txt", "\n", 2_000_000),
        text("accents.txt", "e\u{301}\u{302}\u{303}", 500_000),
        text("dollars.txt", "$", 300_000),
        text("hyphens.txt", "twenty-four ", 200_000),
        text("tags.html", "<div>", 2_000_000),
        text("tables.html", "<table><tr><td>", 1_000_000),
        text("attributes.html", "<a href=x ", 1_000_000),
        text("entities.html", "&amp", 1_000_000),
        text("comments.html", "<!--", 1_000_000),
        text("formats.html", "<b><i><p>", 500_000),
        text("deep.json", "[", 2_000_000),
        text("deep-objects.json", "{\"a\":", 2_000_000),
        text("escapes.json", "\"\\ud800\\n", 500_000),
        text("feed.xml", "<rss><channel><item>", 1_000_000),
    ];
    out.push(("bomb.html.gz".into(), packed(&vec![b'a'; 200_000_000])?));
    let inner = packed(&vec![b'\n'; 100_000_000])?;
    out.push(("twice.txt.gz".into(), packed(&inner)?));
    let warc = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    out.push(("long.warc".into(), warc.as_bytes().repeat(2_000)));
    Ok(out)
}
