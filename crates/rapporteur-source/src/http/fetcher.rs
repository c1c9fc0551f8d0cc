//! Asks the web: follows redirects one by one, each under the same rules, and takes no more than was agreed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::Response;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::error::{Cause, RetryAfter};
use super::guard::{Guard, NotPublic, System};
use super::robots::{self, Robots};
use super::{Answer, Fetch, FetchError, Fetched, Lookup, Validators, address};

/// The longest that a site's wish for time between requests is heeded.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// What is asked for: pages, feeds, lists of feeds, plain text.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
     application/feed+json, application/xml;q=0.9, text/plain;q=0.9, application/json;q=0.8, */*;q=0.5";

/// What the web may do with us, and we with it.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The time for one address with all its redirects, to the last byte.
    pub timeout: Duration,
    /// The time to be connected.
    pub connect_timeout: Duration,
    /// The most bytes of an answer, unpacked.
    pub max_bytes: u64,
    /// The most redirects that are followed.
    pub max_redirects: u32,
    /// How we are called.
    pub user_agent: String,
    /// Whether addresses may be asked that are not on the public internet: this machine, its network.
    pub allow_private: bool,
    /// Hosts that may be asked wherever they are, such as the server of one's own newsroom.
    pub trusted_hosts: Vec<String>,
    /// The least time between two requests to a host.
    pub delay: Duration,
    /// Whether each site's `robots.txt` is heeded.
    pub robots: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_bytes: 16 * 1024 * 1024,
            max_redirects: 5,
            user_agent: concat!("rapporteur/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")")
                .to_owned(),
            allow_private: false,
            trusted_hosts: Vec::new(),
            delay: Duration::from_secs(1),
            robots: true,
        }
    }
}

/// The web, asked under a [`Policy`].
///
/// # Example
/// ```no_run
/// use rapporteur_source::{Answer, Fetch, Fetcher, Policy};
///
/// let mut web = Fetcher::new(Policy::default());
/// if let Answer::Fetched(page) = web.get("https://outlet.example/story", None)? {
///     println!("{}: {} bytes", page.url, page.bytes.len());
/// }
/// # Ok::<(), rapporteur_source::FetchError>(())
/// ```
#[derive(Debug)]
pub struct Fetcher {
    policy: Policy,
    agent: Agent,
    /// What is known of a site in this run, by scheme, host and port.
    sites: BTreeMap<String, Site>,
}

#[derive(Debug, Default)]
struct Site {
    robots: Option<Result<Robots, Cause>>,
    last: Option<Instant>,
}

impl Fetcher {
    /// Asks the web as it is.
    pub fn new(policy: Policy) -> Self {
        Self::with_lookup(policy, Arc::new(System))
    }

    /// Asks the web, with hosts looked up in another way.
    pub fn with_lookup(policy: Policy, lookup: Arc<dyn Lookup>) -> Self {
        let trusted: BTreeSet<String> = policy.trusted_hosts.iter().map(|h| h.to_lowercase()).collect();
        let guard = Guard { lookup, allow_private: policy.allow_private, trusted };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy named in the environment would look names up itself, behind the guard's back.
            .proxy(None)
            .user_agent(&policy.user_agent)
            .accept(ACCEPT)
            .max_response_header_size(64 * 1024)
            .timeout_connect(Some(policy.connect_timeout))
            .max_idle_connections(8)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Fetcher { policy, agent, sites: BTreeMap::new() }
    }

    /// Follows an address to what is there.
    fn follow(&mut self, url: &Url, known: Option<&Validators>, purpose: Purpose) -> Result<Found, (Url, Cause)> {
        let mut url = url.clone();
        let mut seen = BTreeSet::new();
        let mut left = self.policy.timeout;
        let mut notes = Vec::new();
        for _ in 0..=self.policy.max_redirects {
            if !seen.insert(url.to_string()) {
                return Err((url, Cause::Loop));
            }
            match self.step(&url, known, purpose, &mut left) {
                Err(cause) => return Err((url, cause)),
                Ok(Step::Found(mut fetched)) => {
                    fetched.url = url.into();
                    fetched.notes.append(&mut notes);
                    return Ok(Found::Content(fetched));
                }
                Ok(Step::NotModified) => return Ok(Found::NotModified),
                Ok(Step::Redirect(to)) => {
                    let next = url.join(&to).map_err(|e| Cause::BadUrl(e.to_string())).and_then(address::checked);
                    let next = match next {
                        Ok(next) => next,
                        Err(cause) => return Err((url, cause)),
                    };
                    if url.scheme() == "https" && next.scheme() == "http" {
                        notes.push(format!(
                            "{url} leads to {next}, which is not secured: anyone on the way can change it"
                        ));
                    }
                    url = next;
                }
            }
        }
        Err((url, Cause::Redirects(self.policy.max_redirects)))
    }

    /// One request and its answer.
    fn step(
        &mut self,
        url: &Url,
        known: Option<&Validators>,
        purpose: Purpose,
        left: &mut Duration,
    ) -> Result<Step, Cause> {
        let trusted = |host: &str| self.policy.trusted_hosts.iter().any(|t| t.eq_ignore_ascii_case(host));
        if !self.policy.allow_private
            && url.host().is_some_and(|h| address::is_local_name(&h))
            && !url.host_str().is_some_and(trusted)
        {
            return Err(Cause::LocalName);
        }
        if purpose == Purpose::Content && self.policy.robots {
            let path = &url[url::Position::BeforePath..];
            if !self.robots(url)?.allow(path) {
                return Err(Cause::Robots);
            }
        }
        self.wait(url);
        let begun = Instant::now();
        let answer = self.ask(url, known, purpose, *left);
        *left = left.saturating_sub(begun.elapsed());
        self.sites.entry(site(url)).or_default().last = Some(Instant::now());
        answer
    }

    /// What a site allows; asked once.
    fn robots(&mut self, url: &Url) -> Result<Robots, Cause> {
        let site = site(url);
        if let Some(robots) = self.sites.get(&site).and_then(|s| s.robots.clone()) {
            return robots;
        }
        let robots = match url.join("/robots.txt") {
            Err(e) => Err(Cause::BadUrl(e.to_string())),
            Ok(file) => match self.follow(&file, None, Purpose::Robots) {
                Ok(Found::Content(fetched)) => Ok(Robots::parse(&fetched.bytes)),
                Ok(Found::NotModified) => Ok(Robots::default()),
                // No such file: all is allowed. Too many requests is no such answer.
                Err((_, Cause::Status(status, _))) if (400..500).contains(&status) && status != 429 => {
                    Ok(Robots::default())
                }
                // Where a redirect of the file leads nowhere, there is no file (RFC 9309, 2.3.1.2).
                Err((_, Cause::Redirects(_) | Cause::Loop)) => Ok(Robots::default()),
                // What will be wrong with the page as well is told of the page.
                Err((_, cause @ (Cause::Private(_) | Cause::LocalName | Cause::NoSuchHost | Cause::Tls(_)))) => {
                    Err(cause)
                }
                Err((_, cause)) => Err(Cause::NoRobots(Box::new(cause))),
            },
        };
        self.sites.entry(site).or_default().robots = Some(robots.clone());
        robots
    }

    /// Leaves a site the time it wants between two requests.
    fn wait(&self, url: &Url) {
        let Some(Site { robots, last: Some(last) }) = self.sites.get(&site(url)) else { return };
        let wish = match robots {
            Some(Ok(robots)) => robots.delay.unwrap_or_default().min(LONGEST_DELAY),
            _ => Duration::ZERO,
        };
        std::thread::sleep(self.policy.delay.max(wish).saturating_sub(last.elapsed()));
    }

    /// Sends the request and takes the answer, within the time left.
    fn ask(&self, url: &Url, known: Option<&Validators>, purpose: Purpose, left: Duration) -> Result<Step, Cause> {
        if left.is_zero() {
            return Err(Cause::Timeout(self.policy.timeout));
        }
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = known.and_then(|k| k.etag.as_deref()) {
            request = request.header("If-None-Match", etag);
        }
        if let Some(date) = known.and_then(|k| k.last_modified.as_deref()) {
            request = request.header("If-Modified-Since", date);
        }
        let answer = request.config().timeout_global(Some(left)).build().call().map_err(|e| self.cause(e))?;
        let status = answer.status().as_u16();
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        match status {
            304 => Ok(Step::NotModified),
            301 | 302 | 303 | 307 | 308 => header("location").map(Step::Redirect).ok_or(Cause::NoLocation),
            200..=299 => self.content(answer, purpose).map(Step::Found),
            _ => Err(Cause::Status(status, header("retry-after").and_then(|v| RetryAfter::parse(&v)))),
        }
    }

    /// Takes the content of an answer.
    fn content(&self, answer: Response<Body>, purpose: Purpose) -> Result<Fetched, Cause> {
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(|v| v.trim().to_owned());
        // What was unpacked on the way has this header no more.
        if let Some(packed) =
            header("content-encoding").filter(|e| !e.is_empty() && !e.eq_ignore_ascii_case("identity"))
        {
            return Err(Cause::Encoding(packed));
        }
        let kind = header("content-type").unwrap_or_default();
        let (media, rest) = kind.split_once(';').unwrap_or((&kind, ""));
        let mut parameters = rest.split(';').filter_map(|p| p.split_once('='));
        let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        let lowered = |s: &str| Some(s.trim().trim_matches(['"', '\'']).to_lowercase()).filter(|s| !s.is_empty());
        let mut fetched = Fetched {
            status: answer.status().as_u16(),
            media: lowered(media),
            charset: charset.and_then(|(_, value)| lowered(value)),
            validators: Validators { etag: header("etag"), last_modified: header("last-modified") },
            ..Fetched::default()
        };
        let limit = match purpose {
            Purpose::Content => self.policy.max_bytes,
            Purpose::Robots => robots::MAX_ROBOTS_BYTES,
        };
        let length = answer.body().content_length();
        if purpose == Purpose::Content && length.is_some_and(|l| l > limit) {
            return Err(Cause::TooLarge(limit));
        }
        let mut body = answer.into_body().into_reader().take(limit + 1);
        body.read_to_end(&mut fetched.bytes).map_err(|e| self.cause(ureq::Error::from(e)))?;
        if fetched.bytes.len() as u64 > limit {
            match purpose {
                Purpose::Content => return Err(Cause::TooLarge(limit)),
                Purpose::Robots => fetched.bytes.truncate(limit as usize),
            }
        }
        Ok(fetched)
    }

    fn cause(&self, error: ureq::Error) -> Cause {
        use ureq::Error;
        match error {
            Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
                Cause::Connect(format!("no connection within {} s", self.policy.connect_timeout.as_secs_f32()))
            }
            Error::Timeout(_) => Cause::Timeout(self.policy.timeout),
            Error::HostNotFound => Cause::NoSuchHost,
            Error::BadUri(why) => Cause::BadUrl(why),
            Error::Tls(why) => Cause::Tls(why.to_owned()),
            Error::Rustls(why) => Cause::Tls(why.to_string()),
            Error::LargeResponseHeader(..) => Cause::LargeHeader,
            Error::Decompress(_, why) => Cause::Damaged(why.to_string()),
            Error::Other(other) => match other.downcast_ref::<NotPublic>() {
                Some(inner) => Cause::Private(inner.0),
                None => Cause::Protocol(other.to_string()),
            },
            Error::Io(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
                Cause::Protocol("it ends before its announced length".into())
            }
            Error::Io(e) => Cause::Connect(e.to_string()),
            other => Cause::Protocol(other.to_string()),
        }
    }
}

impl Fetch for Fetcher {
    fn get(&mut self, url: &str, known: Option<&Validators>) -> Result<Answer, FetchError> {
        let first = address::check(url).map_err(|cause| FetchError::new(None, cause))?;
        match self.follow(&first, known, Purpose::Content) {
            Ok(Found::Content(fetched)) => Ok(Answer::Fetched(fetched)),
            Ok(Found::NotModified) => Ok(Answer::NotModified),
            Err((at, cause)) => Err(FetchError::new((at != first).then(|| at.into()), cause)),
        }
    }
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Content,
    Robots,
}

enum Found {
    Content(Fetched),
    NotModified,
}

enum Step {
    Found(Fetched),
    NotModified,
    Redirect(String),
}

/// The site of an address: what has one `robots.txt`.
fn site(url: &Url) -> String {
    url[..url::Position::BeforePath].to_owned()
}
