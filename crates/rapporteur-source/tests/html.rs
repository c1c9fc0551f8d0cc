//! Pages of the web as people hand them over: whole, old, foreign, broken and hostile.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::time::Instant;

use proptest::prelude::*;
use rapporteur_schema::{PassageKind, Report, Span};
use rapporteur_source::{Gathered, Options, gather};

fn read(bytes: &[u8]) -> Gathered {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("page.html");
    fs::write(&path, bytes).unwrap();
    gather(&[path], &Options::default(), &mut std::io::empty())
}

fn report(bytes: &[u8]) -> Report {
    let mut gathered = read(bytes);
    assert!(gathered.failed.is_empty(), "{:?}", gathered.failed);
    gathered.reports.remove(0)
}

/// The passages of a report with their kinds.
fn passages(report: &Report) -> Vec<(PassageKind, &str)> {
    let text = |p: &rapporteur_schema::Passage| report.text.slice(p.span()).unwrap().trim();
    report.head.passages.iter().map(|p| (p.kind, text(p))).collect()
}

/// Passages tile the text; pieces of the map are in order and in bounds.
fn check(report: &Report, original: &[u8]) {
    let mut end = 0;
    for p in &report.head.passages {
        assert!(p.start == end && p.end > p.start);
        end = p.end;
    }
    assert_eq!(end, report.text.chars());
    let mut end = 0;
    for p in &report.map.pieces {
        assert!(p.start >= end && p.end > p.start && p.end <= report.text.chars(), "{p:?}");
        assert!(p.from < p.to && p.to as usize <= original.len(), "{p:?}");
        end = p.end;
    }
}

const ARTICLE: &str = include_str!("pages/article.html");

#[test]
fn an_article_is_read_without_the_page_around_it() {
    let report = report(ARTICLE.as_bytes());
    check(&report, ARTICLE.as_bytes());
    let got = passages(&report);
    let of = |kind| got.iter().filter(|(k, _)| *k == kind).map(|(_, t)| *t).collect::<Vec<_>>();
    assert_eq!(
        of(PassageKind::Heading),
        ["Dockers walk out as talks in Lund break down", "What the board offers", "The union, for its part, plans"]
    );
    assert_eq!(of(PassageKind::Caption), ["Cranes stand still in the harbour of Lund on Friday."]);
    let text = report.text.as_str();
    for kept in [
        "Some 1,200 dockers stopped work at six o’clock on Friday, leaving nine ships at anchor.",
        "“We are ready to talk & to listen,” said Eva Lind, who speaks for the union.",
        "Year\tPay\tHours",
        "2031\t4.5 %\t38",
        "A second line of the same letter.",
        "a ballot on Monday",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    for gone in ["cookies", "Subscribe", "Share", "Weather", "function", "Storm closes", "<", "&nbsp;", "hidden line"] {
        assert!(!text.contains(gone), "{gone}\n{text}");
    }
}

#[test]
fn a_page_tells_what_it_is() {
    let head = report(ARTICLE.as_bytes()).head;
    assert_eq!(head.title.as_deref(), Some("Dockers walk out as talks in Lund break down"));
    assert_eq!(head.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(head.byline.as_deref(), Some("Jane Doe, John Roe"));
    assert_eq!(head.url.as_deref(), Some("https://harbour-post.example/2031/05/02/dockers-walk-out"));
    assert_eq!(head.language, "en-GB");
    assert_eq!(head.published.unwrap().to_string(), "2031-05-02", "the outlet's day, not that of UTC");
    assert_eq!(head.modified.unwrap().to_string(), "2031-05-03");
    assert_eq!(head.credits, ["Reuters"]);
}

#[test]
fn words_lead_back_to_the_page() {
    let report = report(ARTICLE.as_bytes());
    for (words, raw) in [
        ("nine ships at anchor", "nine <b>ships</b> at\n      anchor"),
        ("“We are ready to talk & to listen,” said", "&ldquo;We are ready to talk &amp; to listen,&rdquo; said"),
        ("4.5 %", "4.5&nbsp;%"),
        ("six o’clock", "six o&#8217;clock"),
    ] {
        let at = report.text.as_str().find(words).unwrap();
        let span = report.text.to_chars(Span::new(at as u32, (at + words.len()) as u32));
        let range = report.map.original(span).unwrap();
        assert_eq!(&ARTICLE[range.start as usize..range.end as usize], raw);
    }
}

/// A page of a few paragraphs.
fn page(head: &str, paragraphs: &[&str]) -> String {
    let body: String = paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!("<!DOCTYPE html><html><head>{head}</head><body><div class=\"story\">{body}</div></body></html>")
}

const LONG: &str = "The board of the harbour met on Monday, and again on Tuesday, to look at the offer of the union, \
    which asks for four percent, a shorter week and a say in how the night shift is filled.";

#[test]
fn old_encodings_are_read_and_lead_back() {
    let french = "Le café du port a fermé à dix heures, l’été étant là, dit la préfète « sans façon ».";
    for (declared, encoding) in [
        ("windows-1252", encoding_rs::WINDOWS_1252),
        ("utf-8", encoding_rs::WINDOWS_1252),
        ("utf-8", encoding_rs::UTF_8),
    ] {
        let html = page(&format!("<meta charset={declared}>"), &[french, LONG, french, french]);
        let (bytes, _, _) = encoding.encode(&html);
        let report = report(&bytes);
        check(&report, &bytes);
        assert_eq!(report.head.encoding, encoding.name());
        assert!(report.text.as_str().contains(french), "{}", report.text.as_str());
        let at = report.text.as_str().find("été").unwrap();
        let span = report.text.to_chars(Span::new(at as u32, (at + "été".len()) as u32));
        let range = report.map.original(span).unwrap();
        // In UTF-8 a run of letters beyond ASCII is one piece.
        assert!(encoding.decode(&bytes[range.start as usize..range.end as usize]).0.contains("été"));
    }
}

#[test]
fn right_to_left_text_is_kept_in_order() {
    let arabic =
        "قال وزير النقل إن المحادثات بين النقابة وإدارة الميناء سوف تستأنف يوم الاثنين في لوند، بعد أسبوع من التوقف.";
    let html = page("<meta charset=utf-8>", &[arabic, arabic.replace("الاثنين", "الثلاثاء").as_str(), LONG])
        .replace("<html>", "<html dir=rtl lang=ar>");
    let report = report(html.as_bytes());
    check(&report, html.as_bytes());
    assert!(report.text.as_str().starts_with(arabic), "{}", report.text.as_str());
    assert_eq!(report.head.language, "ar");
}

#[test]
fn line_ends_and_posts_are_paragraphs() {
    let html = page(
        "",
        &[
            LONG,
            "First part of the letter to the board of the harbour.<br><br>Second part of it, sent a day later, too.",
        ],
    )
    .replace("</div>", "<blockquote><p>The talks are over.</p>— Eva Lind (@lind) May 2, 2031</blockquote></div>");
    let report = report(html.as_bytes());
    let got: Vec<&str> = passages(&report).into_iter().map(|(_, text)| text).collect();
    assert!(got.contains(&"First part of the letter to the board of the harbour."), "{got:?}");
    assert!(got.contains(&"Second part of it, sent a day later, too."), "{got:?}");
    assert!(got.contains(&"The talks are over."), "{got:?}");
}

#[test]
fn a_page_without_an_article_says_so() {
    for html in
        ["<html></html>", "<!DOCTYPE html><p>", "<script>var a = '<p>text</p>';</script>", "<title>Only this</title>"]
    {
        let gathered = read(html.as_bytes());
        assert_eq!(gathered.failed.len(), 1, "{html}");
        assert_eq!(gathered.failed[0].what(), "no article text was found in the page");
    }
}

#[test]
fn hostile_pages_bring_nothing_in() {
    let html = page(
        "<script>document.write('<p>evil</p>')</script><style>p{content:'evil'}</style>",
        &[
            "<img src=x onerror=\"alert('evil')\"><a href=\"javascript:evil()\" onclick=evil()>The board of the harbour</a> met.",
            LONG,
            "It said: &lt;script&gt;alert(1)&lt;/script&gt; and <svg><script>evil()</script><text>evil</text></svg>nothing else, \
             <iframe srcdoc=\"<p>evil</p>\">evil</iframe>though <template>evil</template>it was asked, twice, to explain.",
            "<span style='display:none'>evil</span>The union, which was not there, <!-- evil -->said it would wait until Monday.",
        ],
    );
    let report = report(html.as_bytes());
    check(&report, html.as_bytes());
    let text = report.text.as_str();
    assert!(!text.contains("evil"), "{text}");
    assert!(text.contains("It said: <script>alert(1)</script> and nothing else, though it was asked"), "{text}");
    assert!(text.contains("The board of the harbour met."), "{text}");
}

/// Pages made to overflow the stack or to take quadratic time. The limit is generous: tests run unoptimised, and beside
/// others.
#[test]
fn no_page_takes_forever() {
    let para = format!("<p>{LONG}</p>");
    let pages = [
        "<div>".repeat(100_000) + &para,
        "<div><p>a, b</p>".repeat(100_000) + &para,
        "<span>".repeat(100_000) + &para.repeat(20),
        "<b><i><font a=1>".repeat(50_000) + &para.repeat(20),
        "<a href=x><code b=2>".repeat(50_000) + &para.repeat(20),
        "<table><tr><td>".repeat(30_000) + &para,
        "<table>x".repeat(30_000) + &para,
        "<ul><li>".repeat(50_000) + &para,
        "</div></p></table>".repeat(100_000) + &para,
        "<!--".repeat(200_000) + &para,
        "<script>".repeat(100_000) + &para,
        "<svg><title>".repeat(100_000) + &para,
        "<noscript><p><p><p>".repeat(50_000) + &para,
        "&".repeat(1_000_000) + &para,
        "<p a=".repeat(200_000) + &para,
        "<".repeat(1_000_000) + &para,
        format!("<p {}>{LONG}</p>", "a=1 ".repeat(200_000)),
        format!("<p>{}</p>", LONG.repeat(5_000_000 / LONG.len())),
        para.repeat(5_000_000 / para.len()),
        "<div>".repeat(110) + &format!("<p>{}</p>", LONG.repeat(5_000_000 / LONG.len())),
        format!("<script type='application/ld+json'>{}</script>{para}", "[{\"a\":".repeat(100_000)),
        format!("<time datetime='{}'>{para}", "1".repeat(1_000_000)),
    ];
    for (at, html) in pages.iter().enumerate() {
        let start = Instant::now();
        let gathered = read(html.as_bytes());
        let took = start.elapsed().as_secs_f32();
        assert!(took < 20.0, "page {at} took {took} s");
        for report in &gathered.reports {
            check(report, html.as_bytes());
        }
    }
}

/// Bits of pages, put together at random.
const BITS: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=\"related\">",
    "<div>",
    "</div>",
    "<table><tr><td>",
    "</td></tr>",
    "</table>",
    "<li>",
    "<ul>",
    "<a href='#'>",
    "</a>",
    "<b>",
    "<br>",
    "<h1>",
    "</h1>",
    "<blockquote>",
    "<figure><figcaption>",
    "</figure>",
    "&amp;",
    "&#x0;",
    "&eacute",
    "&",
    "<",
    ">",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<svg>",
    "<noscript>",
    "<title>",
    "</title>",
    "<select>",
    "<form>",
    "<pre>",
    "\r\n",
    "\0",
    "<meta charset=utf-16>",
    "<time datetime='2031-05-03'>",
    "<body>",
    "</body>",
    "</html>",
    "<frameset>",
    "<template>",
    "é",
    "\u{feff}",
    "<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2031-05-03\"}</script>",
    "\u{a0}",
    "<math><mi>",
    "<p/x='",
    "The board of the harbour met on Monday, and again on Tuesday, to look at the offer of the union. ",
    "Some 1,200 dockers stopped work at six on Friday, leaving nine ships at anchor, the union said. ",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_page_is_read_or_refused(bits in prop::collection::vec(prop::sample::select(BITS), 0..120)) {
        let html = format!("<!DOCTYPE html>{}", bits.concat());
        for report in &read(html.as_bytes()).reports {
            check(report, html.as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for report in &read(&bytes).reports {
            check(report, &bytes);
        }
        let text = [b"<html><p>".as_slice(), &bytes, b"</p><p>The board met, and met again, and then it met no more."].concat();
        for report in &read(&text).reports {
            check(report, &text);
        }
    }
}
