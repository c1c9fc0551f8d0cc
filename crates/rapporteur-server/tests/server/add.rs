//! Bringing reports in: files, texts and addresses, into a story or a new one; what is not read is told, what is not ours is
//! refused, and nobody waits for anybody else's upload.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rapporteur::Store;
use rapporteur::source::{Answer as WebAnswer, Fetch, FetchError, Fetched, Fetcher, Policy, Validators};
use rapporteur_server::{Limits, Web};

use crate::util::{Answer, Served};

const BOUNDARY: &str = "----a-boundary-that-no-text-has";

/// A part of a form: its name, the name of its file where it has one, its bytes.
type Field<'a> = (&'a str, Option<&'a str>, &'a [u8]);

fn text<'a>(name: &'a str, value: &'a str) -> Field<'a> {
    (name, None, value.as_bytes())
}

fn file<'a>(name: &'a str, bytes: &'a [u8]) -> Field<'a> {
    ("files", Some(name), bytes)
}

fn multipart(fields: &[Field<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in fields {
        let file =
            file.map(|f| format!("; filename=\"{f}\"\r\nContent-Type: application/octet-stream")).unwrap_or_default();
        write!(body, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").unwrap();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    write!(body, "--{BOUNDARY}--\r\n").unwrap();
    body
}

fn post(server: &Served, headers: &str, fields: &[Field<'_>]) -> Answer {
    let body = multipart(fields);
    let mut request = format!(
        "POST /add HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n\
         Content-Length: {}\r\n{headers}\r\n",
        server.address,
        body.len()
    )
    .into_bytes();
    request.extend(body);
    server.raw(&request)
}

/// Sends these with the proof of a form, and gives where they are told of.
fn brought(server: &Served, fields: &[Field<'_>]) -> String {
    let csrf = server.csrf();
    let all: Vec<Field<'_>> = [text("csrf", &csrf)].into_iter().chain(fields.iter().copied()).collect();
    let answer = post(server, "", &all);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").unwrap().to_owned()
}

/// The page of an upload that is done.
fn done(server: &Served, at: &str) -> String {
    let end = Instant::now() + Duration::from_secs(120);
    loop {
        let page = server.get(at);
        assert_eq!(page.status, 200, "{}", page.body);
        if !page.body.contains("data-working") {
            return page.body;
        }
        assert!(Instant::now() < end, "it never ends: {}", page.body);
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn count(server: &Served) -> usize {
    Store::open(&server.path).unwrap().dossier().articles().unwrap()
}

/// The strait's story.
fn strait(server: &Served) -> String {
    let stories = server.json("/api/stories");
    let five = stories["stories"].as_array().unwrap().iter().find(|s| s["reports"] == 5).unwrap();
    five["id"].as_str().unwrap().to_owned()
}

const WEIR: &str = "TESK, 14 March 2026 — The weir at Tesk stays open until the thaw, the lock board said on Friday.\n\n\
    \"We will not close it before the ice is gone,\" said Orla Hemmin, who chairs the board.\n";

#[test]
fn files_come_into_a_story_and_are_on_its_page_at_once() {
    let server = Served::both();
    let story = strait(&server);
    let before = server.get(&format!("/story/{story}")).body;
    assert!(before.contains(&format!("href=\"/add?story={story}\"")) && !before.contains("Lock Gazette"));
    let form = server.get(&format!("/add?story={story}")).body;
    assert!(form.contains(&format!("<option value=\"{story}\" selected>")), "{form}");
    let about = br#"{"outlet": "Lock Gazette", "title": "Weir stays open", "published": "2026-03-14"}"#;
    let at = brought(&server, &[text("story", &story), file("weir.txt", WEIR.as_bytes()), file("weir.json", about)]);
    let page = done(&server, &at);
    assert!(page.contains("<h1>1 report came in</h1>") && page.contains("Lock Gazette"), "{page}");
    assert!(page.contains(&format!("href=\"/story/{story}\"")) && !page.contains("id=\"unread\""), "{page}");
    let after = server.get(&format!("/story/{story}")).body;
    assert!(after.contains("Lock Gazette") && after.contains("Weir stays open"), "the story does not show it");
    assert!(server.get(&format!("/story/{story}?since=last")).body.contains("id=\"news\""));
    assert!(server.get("/add").body.contains(&format!("href=\"{at}\"")), "the upload is not listed");
    // Again: it is there already, and stays where it is.
    let again = done(&server, &brought(&server, &[file("weir.txt", WEIR.as_bytes()), file("weir.json", about)]));
    assert!(again.contains("1 report was known already"), "{again}");
}

#[test]
fn what_is_not_read_is_told_and_the_rest_is_kept() {
    let server = Served::both();
    let before = count(&server);
    let bomb = format!("<html><body>{}", "<div>".repeat(50_000));
    let at = brought(
        &server,
        &[
            file("damaged.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 9 0 R >> stream \xff\xfe\x00 trailer"),
            file("unknown.bin", b"\x00\x01\x02\x03\xff\x00\x00\x00\x00"),
            file("empty.txt", b""),
            file("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
            file("packed.docx", b"PK\x03\x04\x14\x00\x00\x00 this is no package at all"),
            file("deep.html", bomb.as_bytes()),
            file("../../<img src=x onerror=alert(1)>.txt", WEIR.as_bytes()),
        ],
    );
    let page = done(&server, &at);
    assert!(page.contains("1 report came in, 6 were not read"), "{page}");
    for name in ["damaged.pdf", "unknown.bin", "empty.txt", "picture.png", "packed.docx", "deep.html"] {
        let line = page.split("<li><b class=\"file\" dir=\"auto\">").find(|l| l.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("{name} is not told: {page}"));
        assert!(line.contains("class=\"why\""), "{line}");
    }
    assert!(!page.contains("<img") && page.contains("&#60;img src=x onerror=alert(1)&#62;.txt"), "{page}");
    assert_eq!(count(&server), before + 1);
    assert_eq!(server.get("/about").status, 200);
}

#[test]
fn an_upload_that_is_not_of_a_page_of_this_server_is_refused() {
    let server = Served::both();
    let before = count(&server);
    let csrf = server.csrf();
    let weir = file("weir.txt", WEIR.as_bytes());
    for fields in
        [vec![weir], vec![text("csrf", "wrong"), weir], vec![text("csrf", ""), weir], vec![weir, text("csrf", &csrf)]]
    {
        let answer = post(&server, "", &fields);
        assert_eq!(answer.status, 403, "{}", answer.body);
        assert!(answer.body.contains("nothing was changed"), "{}", answer.body);
    }
    for header in ["Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        assert_eq!(post(&server, header, &[text("csrf", &csrf), weir]).status, 403, "{header}");
    }
    let plain = server.post("/add", &[("csrf", &csrf), ("text", WEIR)]);
    assert_eq!(plain.status, 400, "{}", plain.body);
    let cut = format!(
        "POST /add HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=x\r\n\
         Content-Length: 90\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x\r\nContent-Dis",
        server.address
    );
    assert_ne!(server.raw(cut.as_bytes()).status, 303);
    assert_eq!(count(&server), before);
}

#[test]
fn too_much_is_refused_whole() {
    let limits = Limits { upload_bytes: 100_000, upload_files: 3, ..Limits::default() };
    let server = Served::with(|s| s.limits = limits);
    let (before, csrf) = (count(&server), server.csrf());
    let large = vec![b'a'; 300_000];
    let answer =
        post(&server, "", &[text("csrf", &csrf), file("weir.txt", WEIR.as_bytes()), file("large.txt", &large)]);
    assert_eq!(answer.status, 413, "{}", answer.body);
    assert!(answer.body.contains("Nothing was kept"), "{}", answer.body);
    let many: Vec<String> = (0..4).map(|n| format!("{n}.txt")).collect();
    let fields: Vec<Field<'_>> =
        [text("csrf", &csrf)].into_iter().chain(many.iter().map(|n| file(n, WEIR.as_bytes()))).collect();
    let answer = post(&server, "", &fields);
    assert!(answer.status == 413 && answer.body.contains("more than 3 files"), "{}", answer.body);
    assert_eq!(count(&server), before);
    // What was held for them is given back.
    assert!(done(&server, &brought(&server, &[file("weir.txt", WEIR.as_bytes())])).contains("1 report came in"));
}

#[test]
fn of_a_file_with_very_many_reports_the_rest_is_told() {
    let server = Served::with(|s| s.limits = Limits { upload_reports: 2, ..Limits::default() });
    let rows: Vec<String> =
        (0..5).map(|n| format!("{{\"text\": \"The weir of lock {n} stays open until the thaw.\"}}\n")).collect();
    let page = done(&server, &brought(&server, &[file("rows.jsonl", rows.concat().as_bytes())]));
    assert!(
        page.contains("2 reports came in, 1 was not read") && page.contains("the rest of it was not read"),
        "{page}"
    );
}

#[test]
fn what_takes_too_long_is_told() {
    let server = Served::with(|s| s.limits = Limits { upload_work_time: Duration::ZERO, ..Limits::default() });
    let page = done(&server, &brought(&server, &[file("a.txt", WEIR.as_bytes()), file("b.txt", WEIR.as_bytes())]));
    assert!(page.contains("2 were not read") && page.contains("takes longer than"), "{page}");
}

#[test]
fn a_file_of_the_same_name_is_a_version_unless_it_is_of_another_outlet() {
    let server = Served::both();
    let upload = |text: &str, outlet: &str| {
        let about = format!("{{\"outlet\": \"{outlet}\"}}");
        let files = [file("article.txt", text.as_bytes()), file("article.json", about.as_bytes())];
        done(&server, &brought(&server, &files))
    };
    let other = WEIR.replace("thaw", "end of the thaw");
    assert!(upload(WEIR, "Lock Gazette").contains(">new</span>"));
    assert!(upload(&other, "Lock Gazette").contains(">version 2</span>"));
    assert!(upload(&other, "Thaw Herald").contains(">new</span>"));
}

#[test]
fn where_too_many_wait_the_next_is_told_to_come_again() {
    let server = Served::with(|s| s.limits = Limits { uploads_waiting: 0, ..Limits::default() });
    let answer = post(&server, "", &[text("csrf", &server.csrf()), file("weir.txt", WEIR.as_bytes())]);
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")), "{}", answer.body);
    let limits = Limits { uploads_bytes: 10, ..Limits::default() };
    let server = Served::with(|s| s.limits = limits);
    let answer = post(&server, "", &[text("csrf", &server.csrf()), file("weir.txt", WEIR.as_bytes())]);
    assert_eq!(answer.status, 503, "{}", answer.body);
}

#[test]
fn two_uploads_at_once_lose_nothing() {
    let server = Served::both();
    let before = count(&server);
    let texts: Vec<String> = (0..6).map(|n| WEIR.replace("Tesk", &format!("Lock {n}"))).collect();
    let pages: Vec<String> = std::thread::scope(|scope| {
        let each = texts.chunks(3).enumerate().map(|(n, some)| {
            let server = &server;
            scope.spawn(move || {
                let names: Vec<String> = (0..some.len()).map(|at| format!("{n}-{at}.txt")).collect();
                let files: Vec<Field<'_>> =
                    names.iter().zip(some).map(|(name, text)| file(name, text.as_bytes())).collect();
                done(server, &brought(server, &files))
            })
        });
        let all: Vec<_> = each.collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    for page in &pages {
        assert!(page.contains("3 reports came in"), "{page}");
    }
    assert_eq!(count(&server), before + 6);
}

#[test]
fn while_somebody_else_writes_an_upload_waits_and_pages_do_not() {
    let server = Served::both();
    let before = count(&server);
    let mut other = Store::open(&server.path).unwrap();
    let writing = other.dossier_mut().writing().unwrap();
    let at = brought(&server, &[file("weir.txt", WEIR.as_bytes())]);
    for path in ["/", "/story/all", "/add", &at] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert!(server.get(&at).body.contains("data-working"));
    assert_eq!(count(&server), before);
    drop(writing);
    assert!(done(&server, &at).contains("1 report came in"));
    assert_eq!(count(&server), before + 1);
}

#[test]
fn where_the_dossier_takes_nothing_every_file_says_so() {
    let server = Served::both();
    let csrf = server.csrf();
    std::fs::rename(&server.path, server.path.with_extension("away")).unwrap();
    let answer =
        post(&server, "", &[text("csrf", &csrf), file("a.txt", WEIR.as_bytes()), file("b.txt", WEIR.as_bytes())]);
    let page = done(&server, answer.header("location").unwrap());
    assert!(page.contains("2 were not read") && page.contains("bring it in again"), "{page}");
    assert!(!page.contains(server.path.to_str().unwrap()), "where the file lies is nobody's business");
}

#[test]
fn a_text_is_pasted_into_a_new_story() {
    let server = Served::both();
    let before = count(&server);
    let crlf = WEIR.replace('\n', "\r\n");
    let about = [text("outlet", "Lock Gazette"), text("date", "2026-03-14"), text("title", "Weir <stays> open")];
    let mut fields = vec![text("story", "new"), text("name", "The weir & the thaw"), text("text", &crlf)];
    fields.extend(about);
    fields.push(("files", Some(""), b"")); // what a browser sends where no file was chosen
    let page = done(&server, &brought(&server, &fields));
    assert!(page.contains("1 report came in") && page.contains("The weir &#38; the thaw"), "{page}");
    let stories = server.json("/api/stories");
    let weir = stories["stories"].as_array().unwrap().iter().find(|s| s["name"] == "The weir & the thaw").unwrap();
    assert_eq!(weir["reports"], 1);
    let record = server.json(&format!("/api/record?story={}", weir["id"].as_str().unwrap()));
    let report = &record["reports"][0];
    assert_eq!((&report["outlet"], &report["published"]), (&"Lock Gazette".into(), &"2026-03-14".into()), "{report}");
    let kept = server.json(&format!("/api/report/{}", report["id"].as_str().unwrap()));
    assert!(!kept["text"].as_str().unwrap().contains('\r'));
    // The same words of another outlet are another report; of the same, none.
    let again =
        |outlet| done(&server, &brought(&server, &[text("text", &crlf), text("outlet", outlet), about[1], about[2]]));
    assert!(again("Lock Gazette").contains("1 report was known already"));
    assert!(again("Thaw Herald").contains("1 report came in"));
    assert_eq!(count(&server), before + 2);
}

#[test]
fn nothing_and_a_story_that_is_not_there_are_refused() {
    let server = Served::both();
    let csrf = server.csrf();
    let nothing = post(&server, "", &[text("csrf", &csrf), text("text", "  "), ("files", Some(""), b"")]);
    assert!(nothing.status == 400 && nothing.body.contains("Nothing was given"), "{}", nothing.body);
    for story in ["nosuchstory", "../x", "all"] {
        let answer = post(&server, "", &[text("csrf", &csrf), text("story", story), text("text", WEIR)]);
        assert_eq!(answer.status, 404, "{story}: {}", answer.body);
    }
    for number in ["0", "99", "x", "-1"] {
        assert_eq!(server.get(&format!("/add/{number}")).status, 404, "{number}");
    }
}

/// A web with one page.
struct Page;

impl Fetch for Page {
    fn get(&mut self, url: &str, _: Option<&Validators>) -> Result<WebAnswer, FetchError> {
        let words = "<p>The weir at Tesk stays open until the thaw, the lock board said on Friday, 14 March 2026.</p>";
        let page =
            format!("<html><head><title>Weir</title></head><body><article>{}</article></body></html>", words.repeat(8));
        Ok(WebAnswer::Fetched(Fetched { url: url.into(), status: 200, bytes: page.into_bytes(), ..Fetched::default() }))
    }
}

#[test]
fn an_address_is_fetched_where_the_server_may() {
    let server = Served::both();
    let page = done(&server, &brought(&server, &[text("address", "https://gazette.example/weir")]));
    assert!(page.contains("1 was not read") && page.contains("--fetch"), "{page}");
    assert!(!server.get("/add").body.contains("name=\"address\""));
    let server = Served::with(|s| s.web = Some(Web::new(|| Box::new(Page))));
    assert!(server.get("/add").body.contains("name=\"address\""));
    let given = "https://gazette.example/weir\r\ngazette.example/other";
    let page = done(&server, &brought(&server, &[text("address", given)]));
    assert!(page.contains("2 reports came in") && page.contains("gazette.example/other"), "{page}");
}

#[test]
fn an_address_is_never_a_path_and_never_of_this_network() {
    let own = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = own.local_addr().unwrap().port();
    let asked = Arc::new(AtomicBool::new(false));
    let hears = asked.clone();
    std::thread::spawn(move || {
        for stream in own.incoming() {
            drop(stream);
            hears.store(true, Ordering::SeqCst);
        }
    });
    let web = || Box::new(Fetcher::new(Policy::default())) as Box<dyn Fetch>;
    let server = Served::with(|s| s.web = Some(Web::new(web)));
    let before = count(&server);
    let given = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("127.0.0.1:{port}"),
        "http://169.254.169.254/latest/meta-data/".into(),
        "http://10.0.0.1/".into(),
        "/etc/passwd".into(),
        "file:///etc/passwd".into(),
        "file:/etc/passwd".into(),
        "-".into(),
        server.path.display().to_string(),
    ];
    let page = done(&server, &brought(&server, &[text("address", &given.join("\n"))]));
    assert!(page.contains(&format!("<h1>Nothing came in: {} were not read</h1>", given.len())), "{page}");
    assert!(!page.contains("root:"), "{page}");
    assert!(page.contains("not on the public internet"), "{page}");
    assert_eq!(count(&server), before);
    assert!(!asked.load(Ordering::SeqCst), "a server of this machine was asked");
}

#[test]
fn a_dossier_that_may_only_be_read_says_so() {
    let (dir, path) = crate::util::copied();
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    if !Store::open(&path).unwrap().dossier().is_read_only() {
        return; // whoever may do everything
    }
    let server = Served::over(dir, path, |_| {});
    let page = server.get("/add").body;
    assert!(page.contains("This dossier may only be read") && !page.contains("<form id=\"add\""), "{page}");
    assert!(!server.follow("/").body.contains("class=\"add\""));
    let answer = post(&server, "", &[text("csrf", "x"), file("weir.txt", WEIR.as_bytes())]);
    assert!(answer.status == 403 && answer.body.contains("may only be read"), "{}", answer.body);
}
