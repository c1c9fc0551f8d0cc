//! One person at a browser, or a program: requests over real HTTP, each measured.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// What was answered.
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
    /// When it was asked for.
    pub(super) asked: Instant,
    pub(super) took: Duration,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The values of an attribute, by what stands before them.
    pub(super) fn values<'a>(&'a self, before: &'a str) -> impl Iterator<Item = &'a str> {
        self.body.split(before).skip(1).filter_map(|rest| rest.split('"').next())
    }
}

/// Who asks.
#[derive(Clone)]
pub(super) struct Client {
    address: SocketAddr,
    /// The header that says who it is.
    who: String,
}

impl Client {
    /// Somebody without a token.
    pub(super) fn stranger(address: SocketAddr) -> Self {
        Client { address, who: String::new() }
    }

    /// A program that shows its token with every request.
    pub(super) fn program(address: SocketAddr, token: &str) -> Self {
        Client { address, who: format!("Authorization: Bearer {token}\r\n") }
    }

    /// A browser that opened the link with the token, and keeps the cookie.
    pub(super) fn browser(address: SocketAddr, token: &str) -> Result<Self> {
        let linked = Client::stranger(address).get(&format!("/?token={token}"))?;
        let cookie = linked.header("set-cookie").context("the link with the token gives no cookie")?;
        let pair = cookie.split(';').next().unwrap_or_default();
        Ok(Client { address, who: format!("Cookie: {pair}\r\n") })
    }

    pub(super) fn get(&self, path: &str) -> Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), "", b"")
    }

    /// Sends a form.
    pub(super) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let encode = |value: &str| -> String {
            let one = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
            value.bytes().map(one).collect()
        };
        let body = fields.iter().map(|(k, v)| format!("{k}={}", encode(v))).collect::<Vec<_>>().join("&");
        let media = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.send(&format!("POST {path} HTTP/1.1\r\n"), media, body.as_bytes())
    }

    /// Sends a form as uploads are sent.
    pub(super) fn upload(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let part = |(name, value): &(&str, &str)| {
            format!("--soak\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = fields.iter().map(part).collect::<String>() + "--soak--\r\n";
        let media = "Content-Type: multipart/form-data; boundary=soak\r\n";
        self.send(&format!("POST {path} HTTP/1.1\r\n"), media, body.as_bytes())
    }

    fn send(&self, first: &str, media: &str, body: &[u8]) -> Result<Answer> {
        let asked = Instant::now();
        let mut stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(10))?;
        stream.set_read_timeout(Some(Duration::from_secs(90)))?;
        let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let address = self.address;
        let head = format!("{first}Host: {address}\r\nConnection: close\r\n{}{media}{length}\r\n", self.who);
        // A refusal may come before all was sent.
        let _ = stream.write_all(&[head.as_bytes(), body].concat());
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        if bytes.is_empty() {
            read.with_context(|| format!("no answer to {}", first.trim()))?;
        }
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Ok(Answer { status, head: head.to_owned(), body: body.to_owned(), asked, took: asked.elapsed() })
    }
}
