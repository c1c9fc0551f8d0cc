//! What is refused before anything is looked at, and what every answer says to the browser.
//!
//! 1. `host`: a request names this server as people type it, so that no foreign page can pose as it (DNS rebinding).
//! 2. token: where other machines can reach it, or people have names, a visitor shows a token once and has a cookie from then on; `by`
//!    says who it is and what they may do.
//! 3. proof: what changes something comes from a page of this server, and from somebody who may change something.

mod by;
mod host;
mod secret;

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, Uri, header};
pub(crate) use by::By;
use host::Hosts;
pub(crate) use secret::{Secret, same};

use crate::Error;
use crate::people::{People, Person};
use crate::reply::Refusal;
use crate::serve::Settings;

/// The longest address that is read.
const ADDRESS: usize = 4096;

/// Where a token is given by a form.
const ENTER: &str = "/enter";

/// Letters of a token at least.
const TOKEN: usize = 16;

/// What is refused to a person who may only read.
pub(crate) const MAY_ONLY_READ: Refusal = Refusal::Forbidden(
    "Your token may read this dossier, not change it: nothing was changed. Whoever keeps the list of people can give you one that may.",
);

const NO_TOKEN: &str = "This dossier is shown to those alone who have a token. Open the link with yours, or give it here; who keeps \
                        the dossier makes one ('rapporteur people add'), or has the one that was shown when the server started.";
const WRONG_TOKEN: &str = "This token is not known here, or not any more. Ask who keeps the dossier for another one.";

/// Says who may ask for what.
#[derive(Debug)]
pub(crate) struct Guard {
    hosts: Hosts,
    /// Whether a proxy shows it by TLS.
    is_https: bool,
    gate: Gate,
    /// What makes the cookie of somebody who showed a token.
    session: Secret,
    /// What every form of this server carries: of those who may change something, and of those who may not.
    csrf: [Secret; 2],
    cookie: String,
}

/// What a visitor has to show once.
#[derive(Debug)]
enum Gate {
    /// Nothing: only this machine can ask.
    Open,
    /// One token for all.
    Token(String),
    /// Each their own.
    People(People),
}

/// What is to be done with a request.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Answer it.
    Pass(By),
    /// Lead to the same address without the token, with a cookie where it is somebody's.
    Admit { cookie: Option<HeaderValue>, to: String },
    /// Refuse it.
    Refuse(Refusal),
}

impl Guard {
    pub fn new(address: SocketAddr, settings: &Settings) -> Result<Self, Error> {
        // What a proxy shows can be reached by whomever it lets through.
        let is_local = is_local(address.ip()) && settings.behind.is_none();
        let (is_https, behind) = match settings.behind.as_deref().map(name_of) {
            Some(Some((is_https, name))) => (is_https, Some(name)),
            Some(None) => return Err(Error::Behind(settings.behind.clone().unwrap_or_default())),
            None => (false, None),
        };
        let gate = match (&settings.people, &settings.token) {
            (Some(path), _) => Gate::People(People::open(path)?),
            (None, Some(token)) => {
                let plain = token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
                if token.len() < TOKEN || !plain {
                    return Err(Error::WeakToken);
                }
                Gate::Token(token.clone())
            }
            (None, None) if !is_local => return Err(Error::NoToken(address)),
            (None, None) => Gate::Open,
        };
        Ok(Guard {
            hosts: Hosts::new(address, settings.name.as_deref(), behind),
            is_https,
            gate,
            session: Secret::new()?,
            csrf: [Secret::new()?, Secret::new()?],
            // Cookies know no ports: two servers on one machine need two names.
            cookie: format!("rapporteur_{}", address.port()),
        })
    }

    /// What forms carry that somebody is shown. Those who may only read never see what a writer's forms carry.
    pub fn csrf(&self, by: &By) -> &str {
        self.csrf[usize::from(by.may_write)].as_str()
    }

    /// Whether a form carries it.
    pub fn is_ours(&self, proof: &str, by: &By) -> bool {
        same(proof, self.csrf(by))
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
        let looks = matches!(*request.method(), Method::GET | Method::HEAD);
        let path = uri.path();
        let by = match self.who(headers) {
            // Also who is known may open a link: it may be another person's, with another right.
            Some(_) if looks && !matches!(self.gate, Gate::Open) && shown(uri).is_some() => {
                return self.admit(uri, headers);
            }
            Some(by) => by,
            // What a page needs to be seen, and the form for a token: nothing of the dossier.
            None if (looks && path.starts_with("/assets/")) || path == ENTER => By::default(),
            None => return self.at_the_door(request),
        };
        if !looks && !self.sent_from_here(headers) {
            return Verdict::Refuse(Refusal::Forbidden("This was sent from another site; nothing was changed."));
        }
        // Whatever is not known to change nothing: a new address is refused to them until somebody thinks of it.
        if !looks && !by.may_write && !changes_nothing(path) {
            return Verdict::Refuse(MAY_ONLY_READ);
        }
        Verdict::Pass(by)
    }

    /// Who asks, where they have shown it.
    fn who(&self, headers: &HeaderMap) -> Option<By> {
        let shown = || headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        match &self.gate {
            Gate::Open => Some(By::anybody(false)),
            Gate::Token(token) => {
                let cookie = || self.cookies(headers).any(|value| same(value, self.session.as_str()));
                (shown().is_some_and(|shown| same(shown, token)) || cookie()).then(|| By::anybody(true))
            }
            Gate::People(people) => {
                let by_token = shown().and_then(|shown| people.with_token(shown));
                by_token.or_else(|| self.by_cookie(people, headers)).map(By::person)
            }
        }
    }

    fn by_cookie(&self, people: &People, headers: &HeaderMap) -> Option<Person> {
        self.cookies(headers).find_map(|value| people.find(|person| same(value, &self.session_of(person))))
    }

    /// What the cookie of a person holds: it cannot be made of what stands in the list of people, and ends with the server, or when
    /// they are removed.
    fn session_of(&self, person: &Person) -> String {
        rapporteur::sha256(format!("{} {}", self.session.as_str(), person.mark()).as_bytes())
    }

    fn cookies<'h>(&'h self, headers: &'h HeaderMap) -> impl Iterator<Item = &'h str> {
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
        pairs.filter_map(|pair| pair.trim().strip_prefix(self.cookie.as_str())?.strip_prefix('='))
    }

    /// The cookie for who shows this token, by a request with these headers; `None` where it is nobody's.
    pub fn enter(&self, token: &str, headers: &HeaderMap) -> Option<HeaderValue> {
        let session = match &self.gate {
            Gate::Open => return None,
            Gate::Token(known) => same(token, known).then(|| self.session.as_str().to_owned()),
            Gate::People(people) => people.with_token(token).map(|person| self.session_of(&person)),
        };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let secure = if self.is_https && self.hosts.is_behind(host) { "; Secure" } else { "" };
        HeaderValue::from_str(&format!("{}={}; Path=/; HttpOnly; SameSite=Strict{secure}", self.cookie, session?)).ok()
    }

    /// What makes a browser forget its cookie.
    pub fn leave(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", self.cookie)).ok()
    }

    /// Leads to an address without the token in it, with the cookie for that where it is somebody's.
    fn admit(&self, uri: &Uri, headers: &HeaderMap) -> Verdict {
        Verdict::Admit { cookie: shown(uri).and_then(|token| self.enter(token, headers)), to: without_token(uri) }
    }

    /// What is said to somebody who has shown nothing, or shows a token in the address.
    fn at_the_door<B>(&self, request: &Request<B>) -> Verdict {
        let is_get = *request.method() == Method::GET;
        if is_get && let Verdict::Admit { cookie: Some(cookie), to } = self.admit(request.uri(), request.headers()) {
            return Verdict::Admit { cookie: Some(cookie), to };
        }
        let wrong = shown(request.uri()).is_some() || request.headers().contains_key(header::AUTHORIZATION);
        let to = if is_get { without_token(request.uri()) } else { "/".into() };
        Verdict::Refuse(Refusal::Stranger { why: if wrong { WRONG_TOKEN } else { NO_TOKEN }, to })
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

/// The parts of a query.
fn pairs(uri: &Uri) -> impl Iterator<Item = &str> {
    uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty())
}

/// The token that stands in an address.
fn shown(uri: &Uri) -> Option<&str> {
    pairs(uri).find_map(|pair| pair.strip_prefix("token="))
}

/// An address without the token that stands in it.
fn without_token(uri: &Uri) -> String {
    let rest: Vec<&str> = pairs(uri).filter(|pair| !pair.starts_with("token=")).collect();
    let path = own_path(uri.path());
    if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) }
}

/// What is said to who gave a token in the form that is nobody's.
pub(crate) fn not_known(to: &str) -> Refusal {
    Refusal::Stranger { why: WRONG_TOKEN, to: own_path(to) }
}

/// An address of this server: a path of two slashes would lead to another host.
pub(crate) fn own_path(path: &str) -> String {
    format!("/{}", path.trim_start_matches(['/', '\\']))
}

/// What is sent there changes nothing in the dossier: those who may only read may send it.
fn changes_nothing(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    matches!(parts.as_slice(), ["story", _, "check"] | ["api", "check"] | ["enter"] | ["leave"])
}

/// Whether it is TLS, and the name with the port where that does not go without saying, of `https://desk.example`.
fn name_of(behind: &str) -> Option<(bool, &str)> {
    let (scheme, name) = behind.split_once("://")?;
    let (is_https, usual) = match scheme {
        "https" => (true, ":443"),
        "http" => (false, ":80"),
        _ => return None,
    };
    let name = name.strip_suffix('/').unwrap_or(name);
    let name = name.strip_suffix(usual).unwrap_or(name);
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
    (!name.is_empty() && name.bytes().all(is_name)).then_some((is_https, name))
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
