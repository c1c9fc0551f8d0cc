//! What is refused: foreign hosts, visitors without a token, writes without their proof, too much at once.

use rapporteur_server::{Error, Server, Settings};

use crate::util::{Served, form};

const TOKEN: &str = "a-long-enough-token-7";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

#[test]
fn others_than_this_machine_need_a_token() {
    let bind = |host: &str, token: Option<&str>| {
        let mut settings = Settings::new(String::new);
        (settings.host, settings.port, settings.token) = (host.parse().unwrap(), 0, token.map(str::to_owned));
        Server::bind(settings).unwrap_err()
    };
    assert!(matches!(bind("0.0.0.0", None), Error::NoToken(_)));
    assert!(matches!(bind("::", None), Error::NoToken(_)));
    assert!(matches!(bind("192.168.0.7", None), Error::NoToken(_)));
    assert!(matches!(bind("0.0.0.0", Some("short")), Error::WeakToken));
    // The next hurdle: a dossier that is not there.
    assert!(matches!(bind("127.0.0.1", None), Error::Dossier(_)));
}

#[test]
fn a_host_that_is_not_this_server_is_refused() {
    let server = Served::both();
    let port = server.address.port();
    for host in ["evil.example", &format!("evil.example:{port}"), "localhost", "127.0.0.1:1", "", "localhost:7070@evil"]
    {
        let answer = server.send("GET", "/", &[("Host", host)], "");
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.body.contains("strait"), "{host}");
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        assert_eq!(server.send("GET", "/", &[("Host", &host)], "").status, 200, "{host}");
    }
    assert_eq!(server.raw(b"GET / HTTP/1.0\r\n\r\n").status, 403, "no host at all");
    let twice =
        format!("GET / HTTP/1.1\r\nHost: {0}\r\nHost: evil.example\r\nConnection: close\r\n\r\n", server.address);
    assert_ne!(server.raw(twice.as_bytes()).status, 200);
    let absolute =
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    assert_eq!(server.raw(absolute.as_bytes()).status, 403);
}

#[test]
fn a_token_is_shown_once_and_a_cookie_is_kept() {
    let server = Served::with(|s| (s.host, s.token) = ("0.0.0.0".parse().unwrap(), Some(TOKEN.into())));
    for path in ["/", "/api/stories", "/?token=wrong", "/?token=", "/story/all?token=a-long-enough-token-8"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 401, "{path}");
        assert!(answer.header("set-cookie").is_none() && !answer.body.contains("csrf"), "{path}");
    }
    let admitted = server.get(&format!("/story/all?since=last&token={TOKEN}"));
    assert_eq!((admitted.status, admitted.header("location")), (303, Some("/story/all?since=last")));
    let cookie = admitted.header("set-cookie").unwrap();
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict") && !cookie.contains(TOKEN),
        "{cookie}"
    );
    let pair = cookie.split(';').next().unwrap();
    assert_eq!(server.send("GET", "/", &[("Cookie", pair)], "").status, 200);
    assert_eq!(server.send("GET", "/", &[("Cookie", &format!("a=b; {pair}"))], "").status, 200);
    let wrong = format!("{}=00", pair.split('=').next().unwrap());
    assert_eq!(server.send("GET", "/", &[("Cookie", &wrong)], "").status, 401);
    assert_eq!(server.send("GET", "/api/stories", &[("Authorization", &format!("Bearer {TOKEN}"))], "").status, 200);
    assert_eq!(server.send("GET", "/api/stories", &[("Authorization", "Bearer x")], "").status, 401);
    let away = server.get(&format!("//evil.example/?token={TOKEN}"));
    assert!(!away.header("location").is_some_and(|l| l.starts_with("//")), "{away:?}");
    // A stolen cookie alone changes nothing.
    let stolen = server.send("POST", "/correct", &[("Cookie", pair), FORM], "on=x&do=note&value=y&who=z");
    assert_eq!(stolen.status, 403);
    assert_eq!(server.send("GET", "/api/corrections", &[("Cookie", pair)], "").body, "{\"corrections\":[]}");
}

#[test]
fn a_write_carries_the_proof_that_it_is_of_a_page_of_ours() {
    let server = Served::both();
    let csrf = server.csrf();
    let record = server.json("/api/record");
    let on = record["meetings"][0]["id"].as_str().unwrap();
    let fields = |csrf: &str| form(&[("csrf", csrf), ("on", on), ("do", "note"), ("value", "seen"), ("who", "Eve")]);
    let here = format!("http://{}", server.address);
    for (headers, body) in [
        (vec![FORM], fields("")),
        (vec![FORM], fields("0000")),
        (vec![FORM], fields(&csrf[1..])),
        (vec![FORM, ("Origin", "http://evil.example")], fields(&csrf)),
        (vec![FORM, ("Origin", "http://127.0.0.1:1")], fields(&csrf)),
        (vec![FORM, ("Sec-Fetch-Site", "cross-site")], fields(&csrf)),
        (vec![FORM, ("Sec-Fetch-Site", "same-site"), ("Origin", &here)], fields(&csrf)),
    ] {
        let answer = server.send("POST", "/correct", &headers, &body);
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    for media in ["text/plain", "application/json", "multipart/form-data; boundary=x"] {
        assert_eq!(server.send("POST", "/correct", &[("Content-Type", media)], &fields(&csrf)).status, 400, "{media}");
    }
    assert_eq!(server.get(&format!("/correct?{}", fields(&csrf))).status, 405, "nothing is changed by looking");
    assert_eq!(server.json("/api/corrections")["corrections"].as_array().unwrap().len(), 0);
    let ours =
        server.send("POST", "/correct", &[FORM, ("Origin", &here), ("Sec-Fetch-Site", "same-origin")], &fields(&csrf));
    assert_eq!(ours.status, 303, "{ours:?}");
    assert_eq!(server.json("/api/corrections")["corrections"].as_array().unwrap().len(), 1);
}

#[test]
fn too_much_is_refused() {
    let server = Served::both();
    let csrf = server.csrf();
    let large = form(&[("csrf", &csrf), ("do", "note"), ("on", "m1"), ("who", "Eve"), ("value", &"x".repeat(70_000))]);
    assert_eq!(server.send("POST", "/correct", &[FORM], &large).status, 413);
    let chunked = format!(
        "POST /correct HTTP/1.1\r\nHost: {}\r\n{}: {}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n11170\r\n{}\r\n0\r\n\r\n",
        server.address,
        FORM.0,
        FORM.1,
        "x".repeat(70_000)
    );
    assert_eq!(server.raw(chunked.as_bytes()).status, 413);
    assert_eq!(server.get(&format!("/search?q={}", "x".repeat(5_000))).status, 400);
    assert!(!matches!(server.get(&format!("/{}", "x".repeat(200_000))).status, 200 | 500));
    // And the next visitor is served.
    assert_eq!(server.get("/about").status, 200);
}

#[test]
fn paths_lead_nowhere_but_to_pages() {
    let server = Served::both();
    for path in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets//etc/passwd",
        "/assets/",
        "/story/../../etc",
        "/story/..%2f..",
        "/report/..%2f..%2fetc%2fpasswd",
        "/report/%00",
        "/report/'%20OR%201=1--",
        "/fact/..",
        "/api/report/..%2f..",
        "/story/all/..%2fx",
        "/story/nosuch",
        "/story/all/nosuch",
        "/report/nosuch",
        "/api/nosuch",
        "/nosuch",
        "/templates/base.html",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("root:") && !answer.body.contains("[package]"), "{path}");
    }
    for path in [
        "/story/all?as_of=yesterday",
        "/story/all?since=x'y",
        "/story/all?page=-1",
        "/report/r1?at=a",
        "/story/all?as_of=2026-99-01",
    ] {
        assert!(matches!(server.get(path).status, 400 | 404), "{path}");
    }
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        assert!(matches!(server.send(method, "/", &[], "").status, 400 | 403 | 405), "{method}");
    }
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let server = Served::both();
    for path in ["/", "/story/all", "/about", "/assets/app.js", "/api/stories", "/nosuch", "/report/nosuch"] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
    }
    let css = server.get("/assets/style.css");
    let tag = css.header("etag").unwrap();
    assert_eq!(server.send("GET", "/assets/style.css", &[("If-None-Match", tag)], "").status, 304);
    assert_eq!(server.get("/").header("cache-control"), Some("no-store"));
}
