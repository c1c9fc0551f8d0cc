//! Asks a real server on this machine: good answers, bad ones and hostile ones.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use flate2::{Compression, write::GzEncoder};
use rapporteur_source::{
    Answer, FeedState, Fetch, FetchError, Fetched, Fetcher, Incoming, Item, Lookup, Options, Policy, RetryAfter,
    Validators, poll, read_with,
};

/// A request as the server saw it.
#[derive(Clone, Debug)]
struct Request {
    path: String,
    headers: String,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.lines().filter_map(|l| l.split_once(": ")).find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }
}

/// A server that answers as a test says.
struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    fn start(answer: impl Fn(&Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, seen) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let (answer, log) = (Arc::new(answer), seen.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (answer.clone(), log.clone());
                std::thread::spawn(move || serve(stream, &*answer, &log));
            }
        });
        Server { address, seen }
    }

    /// Answers each path with its status line, headers and body.
    fn of(pages: Vec<(&'static str, String)>) -> Server {
        Server::start(move |request, stream| match pages.iter().find(|(path, _)| *path == request.path) {
            Some((_, answer)) => stream.write_all(answer.as_bytes()),
            None => not_found(stream),
        })
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn paths(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|r| r.path.clone()).collect()
    }
}

fn serve(
    mut stream: TcpStream,
    answer: &dyn Fn(&Request, &mut TcpStream) -> io::Result<()>,
    log: &Mutex<Vec<Request>>,
) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = String::new();
    while reader.read_line(&mut headers).ok()? > 2 {}
    let request = Request { path, headers };
    log.lock().ok()?.push(request.clone());
    answer(&request, &mut stream).ok()
}

fn not_found(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
}

fn page(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}", body.len())
}

fn text(body: &str) -> String {
    page("Content-Type: text/plain; charset=utf-8\r\n", body)
}

fn to(place: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

/// What a test may ask: this machine, quickly.
fn policy() -> Policy {
    Policy {
        allow_private: true,
        delay: Duration::ZERO,
        timeout: Duration::from_secs(10),
        connect_timeout: Duration::from_secs(5),
        ..Policy::default()
    }
}

fn get(policy: Policy, url: &str) -> Result<Fetched, FetchError> {
    match Fetcher::new(policy).get(url, None)? {
        Answer::Fetched(fetched) => Ok(fetched),
        Answer::NotModified => panic!("nothing was known of {url}"),
    }
}

fn refused(policy: Policy, url: &str) -> String {
    let error = get(policy, url).unwrap_err();
    assert!(!error.help().is_empty());
    error.to_string()
}

#[test]
fn a_page_is_fetched() {
    let server =
        Server::of(vec![("/a", page("Content-Type: Text/HTML; charset=\"ISO-8859-1\"\r\nETag: \"1\"\r\n", "Hi"))]);
    let fetched = get(policy(), &server.url("/a#part")).unwrap();
    assert_eq!(
        (fetched.url.as_str(), fetched.status, fetched.bytes.as_slice()),
        (server.url("/a").as_str(), 200, b"Hi".as_slice())
    );
    assert_eq!((fetched.media.as_deref(), fetched.charset.as_deref()), (Some("text/html"), Some("iso-8859-1")));
    assert_eq!(fetched.validators.etag.as_deref(), Some("\"1\""));
    let seen = server.seen.lock().unwrap();
    assert_eq!(seen[0].path, "/robots.txt");
    assert!(seen[1].header("user-agent").unwrap().starts_with("rapporteur/"));
}

#[test]
fn redirects_are_followed_so_far() {
    let server = Server::of(vec![
        ("/1", to("/2")),
        ("/2", to("3?x=y")),
        ("/3?x=y", text("There.")),
        ("/loop", to("/pool")),
        ("/pool", to("/loop")),
        ("/m1", to("/m2")),
        ("/m2", to("/m3")),
        ("/m3", to("/m4")),
        ("/m4", text("Far.")),
        ("/file", to("file:///etc/passwd")),
        ("/login", to("http://me:secret@a.example/")),
        ("/none", "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into()),
        ("/gone", to("/nowhere")),
    ]);
    assert_eq!(get(policy(), &server.url("/1")).unwrap().url, server.url("/3?x=y"));
    assert!(refused(policy(), &server.url("/loop")).contains("in a circle"));
    let two = || Policy { max_redirects: 2, ..policy() };
    assert!(refused(two(), &server.url("/m1")).contains("more than 2 times"));
    assert!(refused(policy(), &server.url("/file")).contains("file: address"));
    assert!(refused(policy(), &server.url("/login")).contains("password"));
    assert!(refused(policy(), &server.url("/none")).contains("to nowhere"));
    let gone = refused(policy(), &server.url("/gone"));
    assert!(gone.contains("leads to") && gone.contains("/nowhere") && gone.contains("404"), "{gone}");
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = Server::start(|request, stream| {
        let known = request.header("if-none-match") == Some("\"v1\"")
            && request.header("if-modified-since") == Some("Sat, 03 May 2031 10:00:00 GMT");
        match request.path.as_str() {
            "/a" if known => stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
            "/a" => stream
                .write_all(page("ETag: \"v1\"\r\nLast-Modified: Sat, 03 May 2031 10:00:00 GMT\r\n", "Hi").as_bytes()),
            _ => not_found(stream),
        }
    });
    let mut web = Fetcher::new(policy());
    let Answer::Fetched(first) = web.get(&server.url("/a"), None).unwrap() else { panic!("not fetched") };
    assert_eq!(web.get(&server.url("/a"), Some(&first.validators)).unwrap(), Answer::NotModified);
}

#[test]
fn packed_answers_and_bombs() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    (0..64).for_each(|_| bomb.write_all(&vec![0; 1 << 20]).unwrap());
    let bomb = bomb.finish().unwrap();
    let mut small = GzEncoder::new(Vec::new(), Compression::best());
    small.write_all(b"The board met.").unwrap();
    let small = small.finish().unwrap();
    let server = Server::start(move |request, stream| {
        let (body, packing) = match request.path.as_str() {
            "/a" => (small.as_slice(), "gzip"),
            "/bomb" => (bomb.as_slice(), "gzip"),
            "/cut" => (&small[..20], "gzip"),
            "/br" => (b"xx".as_slice(), "br"),
            _ => return not_found(stream),
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: {packing}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat())
    });
    assert_eq!(get(policy(), &server.url("/a")).unwrap().bytes, b"The board met.");
    assert!(refused(policy(), &server.url("/bomb")).contains("more than the limit of 16777216 bytes"));
    assert!(!refused(policy(), &server.url("/cut")).is_empty());
    assert!(refused(policy(), &server.url("/br")).contains("\"br\""));
}

#[test]
fn endless_and_slow_answers_are_cut_off() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 65536])?;
            }
        }
        "/announced" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 65536])?;
            }
        }
        "/drip" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(b"a")?;
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "/slow-headers" => loop {
            stream.write_all(b"H")?;
            std::thread::sleep(Duration::from_millis(50));
        },
        "/headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                stream.write_all(b"X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")?;
            }
        }
        "/short" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nHi"),
        "/noise" => stream.write_all(b"\x00\x01\x02\x03 hello\r\n\r\n"),
        _ => not_found(stream),
    });
    let begun = Instant::now();
    assert!(refused(policy(), &server.url("/endless")).contains("more than the limit"));
    assert!(refused(policy(), &server.url("/announced")).contains("more than the limit"));
    let hasty = || Policy { timeout: Duration::from_millis(600), ..policy() };
    assert!(refused(hasty(), &server.url("/drip")).contains("did not answer in full within 0.6 s"));
    for path in ["/slow-headers", "/headers", "/short", "/noise"] {
        assert!(!refused(hasty(), &server.url(path)).is_empty(), "{path}");
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "each of them was left early");
}

#[test]
fn answers_without_content_say_so() {
    let empty = |head: &str| format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let server = Server::of(vec![
        ("/500", empty("500 Oops")),
        ("/429", empty("429 Slow\r\nRetry-After: 90")),
        ("/403", empty("403 No")),
    ]);
    let error = |path: &str| get(policy(), &server.url(path)).unwrap_err();
    assert!(error("/404").to_string().contains("404 (not found)") && !error("/404").is_temporary());
    assert!(error("/500").is_temporary() && error("/500").status() == Some(500));
    assert_eq!(error("/429").retry_after(), Some(RetryAfter::Wait(Duration::from_secs(90))));
    assert!(error("/403").help().contains("not open to all"));
    assert_eq!(server.paths().iter().filter(|p| *p == "/429").count(), 1, "nobody is asked again at once");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(refused(policy(), &format!("http://{nobody}/")).contains("cannot be reached"));
}

#[test]
fn robots_are_heeded_and_asked_for_once() {
    let rules = "User-agent: *\nDisallow: /\n\nUser-agent: rapporteur\nDisallow: /closed\nCrawl-delay: 0.01\n";
    let server = Server::of(vec![
        ("/robots.txt", text(rules)),
        ("/open", text("Hi")),
        ("/way", to("/closed/1")),
        ("/closed/1", text("No")),
    ]);
    let mut web = Fetcher::new(policy());
    assert!(web.get(&server.url("/open"), None).is_ok());
    let closed = web.get(&server.url("/closed/1"), None).unwrap_err();
    assert!(closed.to_string().contains("robots.txt"), "{closed}");
    assert!(web.get(&server.url("/way"), None).is_err(), "a redirect leads no further than the rules");
    assert_eq!(server.paths(), ["/robots.txt", "/open", "/way"]);

    let broken = Server::of(vec![
        ("/robots.txt", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into()),
        ("/a", text("Hi")),
    ]);
    let error = get(policy(), &broken.url("/a")).unwrap_err();
    assert!(error.to_string().contains("robots.txt answers 500") && error.is_temporary(), "{error}");
    assert_eq!(broken.paths(), ["/robots.txt"]);
    let unheeding = Policy { robots: false, ..policy() };
    assert!(get(unheeding, &broken.url("/a")).is_ok());

    let endless = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nUser-agent: *\nDisallow: /closed\n")?;
            loop {
                stream.write_all(b"# more and more and more and more and more and more and more\n")?;
            }
        }
        _ => stream.write_all(text("Hi").as_bytes()),
    });
    assert!(get(policy(), &endless.url("/a")).is_ok());
    assert!(get(policy(), &endless.url("/closed")).is_err());
}

/// Names of hosts and what they lead to; all else is nowhere.
#[derive(Debug)]
struct Names(Vec<(&'static str, SocketAddr)>);

impl Lookup for Names {
    fn lookup(&self, host: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        let found: Vec<SocketAddr> = self.0.iter().filter(|(name, _)| *name == host).map(|(_, a)| *a).collect();
        if found.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(found) }
    }
}

#[test]
fn private_addresses_are_refused() {
    let strict = || Policy { allow_private: false, ..policy() };
    let server = Server::of(vec![("/a", text("secret"))]);
    let port = server.address.port();
    for url in [
        server.url("/a"),
        format!("http://localhost:{port}/a"),
        format!("http://x.localhost:{port}/a"),
        format!("http://127.1:{port}/a"),
        format!("http://[::1]:{port}/a"),
        format!("http://[::ffff:127.0.0.1]:{port}/a"),
        format!("http://0.0.0.0:{port}/a"),
        "http://169.254.169.254/latest/meta-data/".into(),
        "http://[fd00:ec2::254]/".into(),
        "http://10.0.0.1/".into(),
    ] {
        let error = get(strict(), &url).unwrap_err();
        assert!(error.is_private(), "{url}: {error}");
    }
    for url in
        ["file:///etc/passwd", "http://me:secret@a.example/", "http://a.example:25/", "gopher://a.example/", "nothing"]
    {
        assert!(!get(strict(), url).unwrap_err().is_temporary(), "{url}");
    }
    assert!(server.paths().is_empty(), "nothing was asked: {:?}", server.paths());
}

#[test]
fn names_and_redirects_that_lead_inside_are_refused() {
    let inner = Server::of(vec![("/secret", text("secret"))]);
    let (port, address) = (inner.address.port(), inner.address);
    let outer = Server::of(vec![
        ("/a", to(&format!("http://inner.example:{port}/secret"))),
        ("/b", to(&format!("http://127.0.0.1:{port}/secret"))),
        ("/c", text("Hi")),
    ]);
    let port = outer.address.port();
    // The outer server stands for one on the public internet: it alone is trusted.
    let names = || {
        Arc::new(Names(vec![
            ("outlet.example", outer.address),
            ("inner.example", address),
            ("two.example", address),
            ("two.example", "8.8.8.8:80".parse().unwrap()),
        ]))
    };
    let strict = || Policy { allow_private: false, trusted_hosts: vec!["Outlet.example".into()], ..policy() };
    let error = |url: &str| Fetcher::with_lookup(strict(), names()).get(url, None).unwrap_err();
    assert!(Fetcher::with_lookup(strict(), names()).get(&format!("http://outlet.example:{port}/c"), None).is_ok());
    for path in ["/a", "/b"] {
        let error = error(&format!("http://outlet.example:{port}{path}"));
        assert!(error.is_private() && error.to_string().contains("leads to"), "{error}");
    }
    assert!(error("http://inner.example/secret").is_private());
    assert!(error("http://two.example/secret").is_private(), "one inner address among others is enough");
    assert!(error("http://nowhere.example/").to_string().contains("cannot be found"));
    assert!(inner.paths().is_empty(), "nothing was asked inside: {:?}", inner.paths());
}

#[derive(Default)]
struct Came {
    reports: Vec<Incoming>,
    failed: Vec<String>,
    warnings: Vec<String>,
}

impl Came {
    fn take(&mut self, item: Item) -> ControlFlow<()> {
        match item {
            Item::Report(incoming) => self.reports.push(*incoming),
            Item::Failed(error) => self.failed.push(error.to_string()),
            Item::Warning(warning) => self.warnings.push(warning),
            Item::Skipped(_) => {}
        }
        ControlFlow::Continue(())
    }

    fn texts(&self) -> Vec<&str> {
        self.reports.iter().map(|r| r.report.text.as_str()).collect()
    }
}

fn read(urls: &[String]) -> Came {
    let (mut came, mut web) = (Came::default(), Fetcher::new(policy()));
    let inputs: Vec<std::path::PathBuf> = urls.iter().map(Into::into).collect();
    let _ = read_with(&inputs, &Options::default(), &mut io::empty(), Some(&mut web), &mut |item| came.take(item));
    came
}

fn feed(entries: &str) -> String {
    let feed = format!("<rss version='2.0'><channel><title>Harbour Post</title>{entries}</channel></rss>");
    page("Content-Type: application/rss+xml\r\nETag: \"f\"\r\n", &feed)
}

#[test]
fn inputs_may_be_addresses() {
    let server = Server::of(vec![
        ("/text", page("Content-Type: text/plain; charset=iso-8859-1\r\nETag: \"t\"\r\n", "The café met.")),
        (
            "/feed",
            feed(
                "<item><link>/story</link><pubDate>Sat, 03 May 2031 10:00:00 +0000</pubDate><title>Port</title></item><item><guid>2</guid><description>Short.</description></item>",
            ),
        ),
        ("/story", text("The port opened.")),
        (
            "/list",
            page(
                "Content-Type: text/x-opml\r\n",
                "<opml><outline xmlUrl='FEED'/><outline xmlUrl='/etc/passwd'/></opml>",
            ),
        ),
    ]);
    let came = read(&[server.url("/text"), server.url("/feed"), server.url("/text"), server.url("/none")]);
    assert_eq!(came.texts(), ["The café met.", "The port opened.", "Short."], "{:?} {:?}", came.failed, came.warnings);
    let [text, story, short] = came.reports.as_slice() else { panic!("three") };
    assert_eq!(
        (text.report.head.source.as_str(), text.report.head.url.as_deref()),
        (server.url("/text").as_str(), Some(server.url("/text").as_str()))
    );
    assert_eq!(text.validators.as_ref().unwrap().etag.as_deref(), Some("\"t\""));
    assert_eq!(story.report.head.url.as_deref(), Some(server.url("/story").as_str()));
    assert_eq!(story.report.head.published.unwrap().to_string(), "2031-05-03");
    assert_eq!(
        (story.report.head.title.as_deref(), story.report.head.outlet.as_deref()),
        (Some("Port"), Some("Harbour Post"))
    );
    assert_eq!(story.via.as_ref().unwrap().feed, server.url("/feed"));
    assert_eq!(short.via.as_ref().unwrap().entry, "2");
    assert!(came.warnings.iter().any(|w| w.contains("named twice")), "{:?}", came.warnings);
    assert!(came.failed[0].contains("404"), "{:?}", came.failed);
    let list = read(&[server.url("/list")]);
    assert!(list.failed.len() == 2 && list.texts().is_empty(), "{:?}", list.failed);
}

#[test]
fn pages_behind_a_feed_are_read() {
    let words =
        "The harbour board met on Monday to look at the new offer of the dockers, said Zoë Ångström. ".repeat(4);
    let story = format!(
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Board meets</title></head><body><nav>Home News Sport</nav>\
         <article><h1>Board meets</h1><p>{words}</p><p>{words}</p></article></body></html>"
    );
    let server = Server::of(vec![
        (
            "/feed",
            feed("<item><guid>1</guid><link>/story</link><pubDate>Sat, 03 May 2031 10:00:00 +0000</pubDate></item>"),
        ),
        ("/story", page("Content-Type: text/html; charset=iso-8859-1\r\n", &story)),
    ]);
    let came = read(&[server.url("/feed")]);
    let [one] = came.reports.as_slice() else { panic!("{:?} {:?}", came.failed, came.warnings) };
    assert!(one.report.text.as_str().contains("Zoë Ångström"), "a wrong word on the encoding does no harm");
    assert!(!one.report.text.as_str().contains("Sport"));
    assert_eq!((one.media.as_str(), one.original.as_slice()), ("text/html", story.as_bytes()));
    assert_eq!(one.report.head.published.unwrap().to_string(), "2031-05-03");
    assert_eq!(one.via.as_ref().unwrap().entry, "1");
}

#[test]
fn a_list_leads_to_its_feeds_and_a_dead_one_stops_nothing() {
    let server = Server::of(vec![("/good", feed("<item><guid>1</guid><description>Short.</description></item>"))]);
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("feeds.opml");
    let outline = |path: &str| format!("<outline xmlUrl='{}'/>", server.url(path));
    std::fs::write(&list, format!("<opml>{}{}{}</opml>", outline("/dead"), outline("/good"), outline("/dead2")))
        .unwrap();
    let (mut came, mut web) = (Came::default(), Fetcher::new(policy()));
    let _ = read_with(&[list], &Options::default(), &mut io::empty(), Some(&mut web), &mut |item| came.take(item));
    assert_eq!((came.texts(), came.failed.len()), (vec!["Short."], 2), "{:?}", came.failed);
}

#[test]
fn a_feed_is_visited_twice() {
    let visits = Arc::new(Mutex::new(0));
    let count = visits.clone();
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/feed" if request.header("if-none-match") == Some("\"same\"") => {
            *count.lock().unwrap() += 1;
            stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
        }
        "/feed" => {
            let mut visits = count.lock().unwrap();
            *visits += 1;
            let new = if *visits > 2 { "<item><guid>n</guid><description>New.</description></item>" } else { "" };
            let body = feed(&format!(
                "{new}<item><guid>1</guid><description>One.</description></item><item><guid>2</guid><link>/two</link></item>"
            ));
            let etag = if *visits > 2 { "other" } else { "same" };
            stream.write_all(body.replace("\"f\"", &format!("\"{etag}\"")).as_bytes())
        }
        "/two" => stream.write_all(text("Two.").as_bytes()),
        _ => not_found(stream),
    });
    let (mut web, mut state) = (Fetcher::new(policy()), FeedState::default());
    let mut visit = |state: &mut FeedState, now: i64| {
        let mut came = Came::default();
        let _ = poll(&server.url("/feed"), state, now, &mut web, &Options::default(), &mut |item| came.take(item));
        came
    };
    let first = visit(&mut state, 0);
    assert_eq!(first.texts(), ["One.", "Two."], "{:?} {:?}", first.failed, first.warnings);
    assert_eq!((state.seen.clone(), state.is_due(10)), (vec!["1".to_owned(), "2".to_owned()], false));
    // What a keeper does between two visits.
    let mut state: FeedState = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    assert!(visit(&mut state, 1000).texts().is_empty(), "nothing changed");
    state.validators = Validators::default();
    assert_eq!(visit(&mut state, 2000).texts(), ["New."]);
    assert_eq!(*visits.lock().unwrap(), 3);
    assert_eq!(server.paths().iter().filter(|p| *p == "/two").count(), 1);
}

#[test]
fn a_page_that_fails_is_asked_for_at_the_next_visit() {
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/feed" => stream.write_all(
            feed("<item><guid>1</guid><link>/one</link><description>Short.</description></item>").as_bytes(),
        ),
        "/one" => stream.write_all(b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        _ => not_found(stream),
    });
    let (mut web, mut state, mut came) = (Fetcher::new(policy()), FeedState::default(), Came::default());
    for _ in 0..7 {
        let _ = poll(&server.url("/feed"), &mut state, 0, &mut web, &Options::default(), &mut |item| came.take(item));
    }
    assert_eq!(came.texts(), ["Short."], "the summary has to do in the end");
    assert_eq!(server.paths().iter().filter(|p| *p == "/one").count(), 5);
    let mut dead = FeedState::default();
    let _ = poll(&server.url("/dead"), &mut dead, 0, &mut web, &Options::default(), &mut |item| came.take(item));
    assert!(came.failed.len() == 1 && dead.last_error.unwrap().contains("404") && dead.failures == 1);
}
