//! Nobody takes the server from the others: silent visitors, many drafts, drafts whose senders leave.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rapporteur_server::Limits;

use crate::util::Served;

const TEXT: (&str, &str) = ("Content-Type", "text/plain");

fn limited(limits: Limits) -> Served {
    Served::with(|settings| settings.limits = limits)
}

/// A draft that takes its time.
fn dense() -> String {
    "\"the\" and \"no\" on Monday, 17 said. ".repeat(2_800)
}

/// Sends a draft and does not wait for the answer.
fn sent(server: &Served, draft: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).unwrap();
    let head = format!(
        "POST /api/check HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        server.address,
        draft.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(draft.as_bytes()).unwrap();
    stream
}

/// Until something is so; fails after half a minute.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn silent_visitors_make_room() {
    // Their heads are never given up for time: only making room lets anybody else in.
    let head_time = Duration::from_secs(3_600);
    let server = limited(Limits { visitors: 8, visitors_of_one_address: 6, head_time, ..Limits::default() });
    let mut silent: Vec<TcpStream> = (0..40)
        .map(|n| {
            let mut stream = TcpStream::connect(server.address).unwrap();
            // Half a head is no head.
            if n % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
            }
            stream
        })
        .collect();
    assert_eq!(server.get("/about").status, 200);
    silent[0].set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let left = match silent[0].read(&mut [0]) {
        Ok(read) => read == 0,
        Err(e) => !matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut),
    };
    assert!(left, "the first had to leave");
}

#[test]
fn a_head_that_does_not_come_is_given_up() {
    let server = limited(Limits { head_time: Duration::from_millis(100), ..Limits::default() });
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
}

#[test]
fn drafts_wait_for_their_turn_and_pages_do_not() {
    let server = limited(Limits { checks: 1, checks_waiting: 1, ..Limits::default() });
    // What all checks share is made.
    assert_eq!(server.send("POST", "/api/check", &[TEXT], "On Monday.").status, 200);
    let mut drafts = Vec::new();
    let mut busy = None;
    until("nobody is told to come again", || {
        drafts.extend([sent(&server, &dense()), sent(&server, &dense())]);
        std::thread::sleep(Duration::from_millis(50));
        let answer = server.send("POST", "/api/check", &[TEXT], &dense());
        let refused = answer.status == 503;
        busy = refused.then_some(answer);
        refused
    });
    let busy = busy.unwrap();
    assert_eq!(busy.header("retry-after"), Some("5"));
    assert!(busy.body.contains("try again"), "{}", busy.body);
    // Drafts are told to come again; whatever shared their turn would be told so too.
    for path in ["/about", "/assets/style.css"] {
        assert_eq!(server.get(path).status, 200);
    }
    drop(drafts);
    // Those who left take no turn, and their work ends.
    until("the seats are not given back", || {
        server.send("POST", "/api/check", &[TEXT], "Petra Brandt said so.").status == 200
    });
}

#[test]
fn what_is_cut_is_said() {
    let server = limited(Limits { draft_claims: 3, ..Limits::default() });
    let draft = "\"the\" and \"no\" and \"port\" and \"ferry\" and \"sea\". ";
    let answer = server.send("POST", "/api/check", &[TEXT], draft);
    assert!(answer.body.contains("only the first 3 of 5 quotations were judged"), "{}", answer.body);
    let page = server.post("/story/all/check", &[("csrf", &server.csrf()), ("draft", draft)]);
    assert!(page.body.contains("only the first 3 of 5 quotations were judged"), "{}", page.body);
    let server = limited(Limits { check_time: Duration::ZERO, ..Limits::default() });
    let answer = server.send("POST", "/api/check", &[TEXT], draft);
    assert!(answer.status == 200 && answer.body.contains("\"broken_off\":true"), "{}", answer.body);
    let page = server.post("/story/all/check", &[("csrf", &server.csrf()), ("draft", draft)]);
    assert!(page.body.contains("broken off before its end"), "{}", page.body);
}
