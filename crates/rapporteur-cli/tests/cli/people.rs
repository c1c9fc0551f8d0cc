//! A list of people, and a server that asks for their tokens.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use crate::util::Dir;

#[test]
fn people_are_added_listed_and_removed() {
    let dir = Dir::new();
    let added = dir.run("people add Ada --into desk.people");
    let token = added.out.trim().to_owned();
    assert!(token.len() == 48 && token.bytes().all(|b| b.is_ascii_hexdigit()), "{}", added.out);
    assert!(added.err.contains("Ada may read and change") && !added.err.contains(&token), "{}", added.err);
    let read = dir.run("people add Ben --read-only --into desk.people");
    assert!(read.err.contains("Ben may read what"), "{}", read.err);
    assert!(!dir.read("desk.people").contains(&token), "a token is kept nowhere");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(dir.path("desk.people")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let list = dir.run("people list --from desk.people -f csv");
    assert_eq!(list.out, "name,right\r\nAda,write\r\nBen,read\r\n");
    let twice = dir.run("people add Ada --into desk.people");
    assert!(twice.code == 2 && twice.err.contains("is in it already"), "{}", twice.err);
    assert_eq!(dir.run("people remove Ada --from desk.people").out, "Ada is let in no more\n");
    assert!(!dir.run("people list --from desk.people").out.contains("Ada"));
    assert_eq!(dir.run("people remove Ada --from desk.people").code, 2);
}

#[test]
fn a_server_for_others_says_that_it_needs_a_list_of_people() {
    let dir = Dir::with_reports(1);
    dir.run("add a.txt --into a.dossier");
    let refused = dir.run("serve --from a.dossier --host 0.0.0.0 --port 0");
    assert!(refused.code == 2 && refused.err.contains("rapporteur people add"), "{}", refused.err);
    let nobody = dir.run("serve --from a.dossier --people desk.people --port 0");
    assert!(
        nobody.code == 2 && nobody.err.contains("desk.people") && nobody.err.contains("people add"),
        "{}",
        nobody.err
    );
}

#[test]
fn a_server_with_people_lets_in_who_shows_a_token() {
    let dir = Dir::with_reports(1);
    dir.run("add a.txt --into a.dossier");
    let token = dir.run("people add Ada --into desk.people").out.trim().to_owned();
    let mut command = dir.command("serve --from a.dossier --people desk.people --port 0");
    let mut server = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.contains("token"), "{line}");
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let get = |head: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET /you HTTP/1.1\r\nHost: {address}\r\n{head}Connection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let (stranger, ada) = (get(""), get(&format!("Authorization: Bearer {token}\r\n")));
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(stranger.starts_with("HTTP/1.1 401"), "{stranger}");
    assert!(ada.starts_with("HTTP/1.1 200") && ada.contains("You are here as"), "{ada}");
}
