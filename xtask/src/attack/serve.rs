//! Requests to a server on loopback: odd heads, too much, other places, other sites, silence, many drafts, hostile uploads.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::run::{Tally, begin};
use super::seed::{Dice, Named, mutated};

/// A plain page is answered in this time, whatever goes on.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// Sends bytes and reads what comes until the end, or until the time is over.
fn send(address: SocketAddr, bytes: &[u8], wait: Duration) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect_timeout(&address, wait)?;
    stream.set_read_timeout(Some(wait))?;
    stream.set_write_timeout(Some(wait))?;
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.take(1 << 20).read_to_end(&mut answer);
    Ok(answer)
}

fn status(answer: &[u8]) -> u16 {
    let head = String::from_utf8_lossy(answer.get(..16).unwrap_or(answer)).into_owned();
    head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0)
}

/// What forms of the server carry.
fn proof(address: SocketAddr) -> String {
    let page = format!("GET /about HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let page = send(address, page.as_bytes(), MAX_WAIT).unwrap_or_default();
    let page = String::from_utf8_lossy(&page).into_owned();
    page.split("data-csrf=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// An upload of a hostile file, with its proof; now and then the upload itself is cut or damaged.
fn upload(address: SocketAddr, proof: &str, dice: &mut Dice, seeds: &[Named]) -> Vec<u8> {
    let (name, bytes) = mutated(dice, seeds);
    let mut body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{proof}\r\n--b\r\nContent-Disposition: form-data; \
         name=\"files\"; filename=\"../{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--b--\r\n");
    match dice.below(6) {
        0 => body.truncate(dice.below(body.len())),
        1 => {
            let at = dice.below(body.len());
            body[at] ^= 1 << dice.below(8);
        }
        _ => {}
    }
    let head = format!(
        "POST /add HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body].concat()
}

/// Attacks the server over a dossier until the time is over.
pub(super) fn attack(
    program: &Path,
    folder: &Path,
    kept: &Path,
    seeds: &[Named],
    dice: &mut Dice,
    time: Duration,
) -> Result<Tally> {
    let mut tally = Tally::new("requests");
    let mut child = begin(program, folder, &["serve", "--from", "kept.dossier", "--port", "0"])?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
    let address: SocketAddr = line.trim().trim_start_matches("http://").trim_end_matches('/').parse()?;
    let host = format!("Host: {address}\r\n");
    let alive = || {
        let begin = Instant::now();
        let page = format!("GET /about HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        send(address, page.as_bytes(), MAX_WAIT).is_ok_and(|a| status(&a) == 200) && begin.elapsed() < MAX_WAIT
    };
    let proof = proof(address);
    let end = Instant::now() + time;
    let mut silent = Vec::new();
    while Instant::now() < end && tally.tried < 10_000 {
        let paths = [
            "/../../etc/passwd",
            "/assets/../../etc/passwd",
            "/assets/%2e%2e%2fetc%2fpasswd",
            "/report/..%2f..",
            "//evil.example/",
            "/story/%00",
            "/search?q=%22%22%22",
            "/search?q=%C3%28",
            "/story/all?as_of=9999-99-99",
            "/api/record?story=%27%20OR%201",
            "/fact/%F0%9F",
        ];
        let path = paths[dice.below(paths.len())];
        let (request, wanted): (String, &[u16]) = match dice.below(9) {
            0 => (format!("GET {path} HTTP/1.1\r\n{host}Connection: close\r\n\r\n"), &[]),
            1 => ("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".into(), &[403]),
            2 => (
                format!(
                    "POST /correct HTTP/1.1\r\n{host}Origin: https://evil.example\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b"
                ),
                &[403],
            ),
            3 => (
                format!("POST /api/check HTTP/1.1\r\n{host}Content-Length: 9999999999\r\nConnection: close\r\n\r\nabc"),
                &[],
            ),
            4 => (format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(80_000)), &[]),
            5 => (format!("GET /{} HTTP/1.1\r\n{host}Connection: close\r\n\r\n", "a".repeat(5_000)), &[]),
            6 => ((0..dice.below(200)).map(|_| char::from(dice.below(128) as u8)).collect(), &[]),
            7 => (
                format!(
                    "POST /api/check HTTP/1.1\r\n{host}Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n"
                ),
                &[],
            ),
            _ => (format!("GET /{}? HTTP/9.9\r\n{host}\r\n\r\n", dice.next()), &[]),
        };
        // Some visitors never say anything, and some leave before their draft is checked.
        if dice.below(3) == 0 && silent.len() < 400 {
            silent.extend(TcpStream::connect_timeout(&address, MAX_WAIT));
        }
        if dice.below(40) == 0 {
            let draft = ["\"the\" ", "“", "17 ", "On Monday. "][dice.below(4)].repeat(14_000);
            let head = format!(
                "POST /api/check HTTP/1.1\r\n{host}Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
                draft.len()
            );
            send(address, format!("{head}{draft}").as_bytes(), Duration::from_millis(50)).ok();
        }
        if dice.below(20) == 0 {
            let request = upload(address, &proof, dice, seeds);
            let answer = send(address, &request, MAX_WAIT).unwrap_or_default();
            tally.tried += 1;
            // Taken in, refused in words, or broken off as it was sent; never a failure of the server.
            if status(&answer) == 500 {
                tally.fail(kept, "an upload answers 500".into(), "request.txt", &request)?;
            }
        }
        let answer =
            send(address, request.as_bytes(), Duration::from_millis(if wanted.is_empty() { 300 } else { 5_000 }));
        tally.tried += 1;
        let answer = answer.unwrap_or_default();
        let let_in =
            answer.windows(5).any(|w| w == b"root:") || !wanted.is_empty() && !wanted.contains(&status(&answer));
        if let_in {
            tally.fail(kept, format!("answers {}", status(&answer)), "request.txt", request.as_bytes())?;
        }
        if tally.tried.is_multiple_of(10) && !alive() {
            tally.fail(kept, "a plain page waits".into(), "request.txt", request.as_bytes())?;
        }
        if let Some(status) = child.try_wait()? {
            tally.fail(kept, format!("the server ended ({status})"), "request.txt", request.as_bytes())?;
            return Ok(tally);
        }
    }
    drop(silent);
    child.kill()?;
    child.wait()?;
    let mut err = String::new();
    if let Some(mut pipe) = child.stderr.take() {
        let _ = pipe.read_to_string(&mut err);
    }
    if err.contains("panicked at") {
        tally.fail(kept, "panicked".into(), "stderr.txt", err.as_bytes())?;
    }
    Ok(tally)
}
