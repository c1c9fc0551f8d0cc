//! What is refused before anything is looked at, and what every answer says to the browser.
//!
//! 1. `host`: a request names this server as people type it, so that no foreign page can pose as it (DNS rebinding).
//! 2. `token`: where other machines can reach it, a visitor shows the token once and has a cookie from then on.
//! 3. `proof`: what changes something comes from a page of this server.

mod host;
mod secret;

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use host::Hosts;
use secret::{Secret, same};

use crate::Error;
use crate::reply::Refusal;

/// The longest address that is read.
const ADDRESS: usize = 4096;

/// Letters of a token at least.
const TOKEN: usize = 16;

/// Says who may ask for what.
#[derive(Debug)]
pub(crate) struct Guard {
    hosts: Hosts,
    token: Option<String>,
    /// What the cookie of somebody who showed the token holds.
    session: Secret,
    /// What every form of this server carries.
    csrf: Secret,
    cookie: String,
}

/// What is to be done with a request.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Answer it.
    Pass,
    /// Give a cookie and lead to the same address without the token.
    SetSession { cookie: HeaderValue, to: String },
    /// Refuse it.
    Refuse(Refusal),
}

impl Guard {
    pub fn new(address: SocketAddr, named: Option<&str>, token: Option<String>) -> Result<Self, Error> {
        if let Some(token) = &token {
            let plain = token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            if token.len() < TOKEN || !plain {
                return Err(Error::WeakToken);
            }
        } else if !is_local(address.ip()) {
            return Err(Error::NoToken(address));
        }
        Ok(Guard {
            hosts: Hosts::new(address, named),
            token,
            session: Secret::new()?,
            csrf: Secret::new()?,
            // Cookies know no ports: two servers on one machine need two names.
            cookie: format!("rapporteur_{}", address.port()),
        })
    }

    /// What forms carry.
    pub fn csrf(&self) -> &str {
        self.csrf.as_str()
    }

    /// Whether a form carries it.
    pub fn is_ours(&self, proof: &str) -> bool {
        same(proof, self.csrf.as_str())
    }

    /// Judges a request by its head.
    pub fn judge<B>(&self, request: &Request<B>) -> Verdict {
        let (uri, headers) = (request.uri(), request.headers());
        if uri.path_and_query().is_some_and(|p| p.as_str().len() > ADDRESS) {
            return Verdict::Refuse(Refusal::BadRequest("The address is too long.".into()));
        }
        let named = headers.get_all(header::HOST).iter().collect::<Vec<_>>();
        let host = match named.as_slice() {
            [one] => one.to_str().unwrap_or_default(),
            _ => "",
        };
        let authority = uri.authority().map(axum::http::uri::Authority::as_str);
        if !self.hosts.know(host) || authority.is_some_and(|a| !self.hosts.know(a)) {
            return Verdict::Refuse(Refusal::Forbidden(
                "This server is not called so: use the address it was started with.",
            ));
        }
        if let Some(verdict) = self.check_token(request) {
            return verdict;
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) && !self.sent_from_here(headers) {
            return Verdict::Refuse(Refusal::Forbidden("This was sent from another site; nothing was changed."));
        }
        Verdict::Pass
    }

    /// Where a token is asked for: whether the visitor has shown it.
    fn check_token<B>(&self, request: &Request<B>) -> Option<Verdict> {
        let token = self.token.as_deref()?;
        let headers = request.headers();
        let shown = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        if shown.is_some_and(|shown| same(shown, token)) || self.has_cookie(headers) {
            return None;
        }
        let uri = request.uri();
        let pairs = || uri.query().unwrap_or_default().split('&');
        let shown = pairs().find_map(|pair| pair.strip_prefix("token="));
        if *request.method() == Method::GET && shown.is_some_and(|shown| same(shown, token)) {
            let rest: Vec<&str> = pairs().filter(|pair| !pair.starts_with("token=")).collect();
            // A path of two slashes would lead to another host.
            let path = format!("/{}", uri.path().trim_start_matches(['/', '\\']));
            let to = if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) };
            let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.session.as_str());
            return HeaderValue::from_str(&cookie).ok().map(|cookie| Verdict::SetSession { cookie, to });
        }
        Some(Verdict::Refuse(Refusal::Forbidden(
            "Open the address with the token that was shown when the server started.",
        )))
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
        let mut values = pairs.filter_map(|pair| pair.trim().strip_prefix(self.cookie.as_str())?.strip_prefix('='));
        values.any(|value| same(value, self.session.as_str()))
    }

    /// Whether the browser says that a form is of a page of this server, where it says anything.
    fn sent_from_here(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or_default());
        let site = text("sec-fetch-site").is_none_or(|s| matches!(s, "same-origin" | "none"));
        // With no referrer, a browser may send "null" for a form of this very page; the proof in the form decides then.
        let origin = text("origin").is_none_or(|o| {
            o == "null" || o.strip_prefix("http://").or(o.strip_prefix("https://")).is_some_and(|h| self.hosts.know(h))
        });
        site && origin
    }
}

/// Whether only this machine can reach an address.
fn is_local(ip: IpAddr) -> bool {
    ip.to_canonical().is_loopback()
}

const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// What every answer says to the browser.
pub(crate) fn apply_security_headers<B>(response: &mut Response<B>) {
    for (name, value) in HEADERS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
}
