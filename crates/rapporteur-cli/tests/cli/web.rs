//! Pages and feeds from a real server on this machine, as the command fetches them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use super::util::Dir;

/// A server whose pages are told by a function of the path; it ends with the test's process.
fn serve(answer: impl Fn(&str) -> (u16, &'static str, String) + Send + 'static) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let Some(Ok(first)) = lines.next() else { continue };
            while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
            let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
            let (status, media, body) = answer(&path);
            log.lock().unwrap().push(path);
            let head = format!(
                "HTTP/1.1 {status} Told\r\nContent-Type: {media}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        }
    });
    (base, asked)
}

fn page(day: u8, words: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Weir talks | Brenn Post</title>\
         <meta property='og:site_name' content='Brenn Post'>\
         <meta property='article:published_time' content='2026-02-{day:02}T09:00:00+01:00'></head><body>\
         <nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>Weir talks</h1>\
         <p>Water Minister Mira Orlan met the fishers' union in Brenn on Monday, and both sides came out without a word.</p>\
         <p>“{words},” Orlan said on the steps of the town hall after the meeting, which went on for nine hours.</p>\
         <p>The union wants the weir closed in spring, when the eels go up the river, and the mills want it open.</p>\
         </article><footer>© Brenn Post. All rights reserved.</footer></body></html>"
    )
}

fn feed(base: &str, items: &[(&str, u8)]) -> String {
    let items: String = items
        .iter()
        .map(|(name, day)| {
            format!("<item><title>{name}</title><link>{base}/{name}</link><guid>{name}</guid><pubDate>Mon, {day:02} Feb 2026 09:00:00 +0100</pubDate><description>Short.</description></item>")
        })
        .collect();
    format!("<?xml version='1.0'?><rss version='2.0'><channel><title>Brenn Post</title>{items}</channel></rss>")
}

#[test]
fn an_address_is_read_cited_and_a_new_text_there_is_a_version() {
    let turn = Arc::new(Mutex::new(0));
    let now = turn.clone();
    let (base, _) = serve(move |path| match path {
        "/talks" if *now.lock().unwrap() == 0 => (200, "text/html", page(2, "The weir stays open")),
        "/talks" => (200, "text/html", page(2, "The weir will be closed in May")),
        _ => (404, "text/plain", "no".into()),
    });
    let dir = Dir::new();
    let add = format!("add {base}/talks --into talks.dossier --allow-private");
    dir.run(&add).code(0).says("new  Brenn Post, 2026-02-02");
    dir.run(&add).code(0).tells("1 known already");
    *turn.lock().unwrap() = 1;
    let second = dir.run(&add).code(0).says("version 2 of r");
    let id = second.out.split(' ').next().unwrap();
    dir.run(&format!("show {id} --from talks.dossier"))
        .code(0)
        .says("changed since version 1")
        .says("[-stays open,”-]")
        .says("{+will be closed in May,”+}");
    let brief = dir.run("brief --from talks.dossier").code(0).says("will be closed in May");
    assert!(!brief.out.contains("All rights reserved") && !brief.out.contains("stays open"));
    dir.run(&format!("show {id} --from talks.dossier --format original")).code(0).says("<!doctype html>");
    dir.run("check-file talks.dossier").code(0);
}

#[test]
fn private_addresses_are_not_asked_unless_allowed() {
    let (base, asked) = serve(|_| (200, "text/html", page(2, "Secret")));
    let dir = Dir::new();
    dir.run(&format!("add {base}/talks --into talks.dossier")).code(1).tells("private");
    dir.run(&format!("brief {base}/talks")).code(1);
    dir.run("add file:///etc/passwd --into talks.dossier").code(1);
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn a_watched_feed_brings_what_is_new_and_a_dead_one_hinders_nothing() {
    let items = Arc::new(Mutex::new(vec![("one", 2)]));
    let (told, address) = (items.clone(), Arc::new(Mutex::new(String::new())));
    let here = address.clone();
    let (base, asked) = serve(move |path| match path {
        "/feed.xml" => (200, "application/rss+xml", feed(&here.lock().unwrap(), &told.lock().unwrap())),
        "/one" => (200, "text/html", page(2, "The weir stays open")),
        "/two" => (200, "text/html", page(3, "We will ask the mills")),
        _ => (404, "text/plain", "no".into()),
    });
    base.clone_into(&mut address.lock().unwrap());
    let dir = Dir::new();
    dir.write("feeds.opml", format!(
        "<opml version='2.0'><body><outline text='x' xmlUrl='{base}/gone.xml'/><outline text='y' xmlUrl='{base}/feed.xml'/></body></opml>"
    ));
    let watch = "watch feeds.opml --into talks.dossier --once --allow-private";
    let first = dir.run(watch).code(0).tells("gone.xml").tells("2 feeds: 1 new, 1 not read; talks.dossier keeps 1");
    assert_eq!(first.out.lines().count(), 1);
    items.lock().unwrap().push(("two", 3));
    dir.run(watch).code(0).tells("1 new").says("2026-02-03");
    let pages = asked.lock().unwrap().iter().filter(|p| *p == "/one").count();
    assert_eq!(pages, 1, "an entry that was read is not fetched again");
    dir.run("list --from talks.dossier --format json").code(0).says(&format!("\"via\": \"{base}/feed.xml\""));
    dir.run("watch nothing.opml --into talks.dossier --once").code(2).tells("nothing.opml: cannot be read");
}
