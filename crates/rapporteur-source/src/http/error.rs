//! Why nothing was fetched from a web address.

use std::net::IpAddr;
use std::time::Duration;

/// When a site asks to be left alone until.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// For so long.
    Wait(Duration),
    /// Until then, in seconds since 1970.
    Until(i64),
}

impl RetryAfter {
    /// Reads the header: seconds, or a date.
    #[cfg(any(test, feature = "fetch"))]
    pub(super) fn parse(header: &str) -> Option<Self> {
        let header = header.trim();
        if let Ok(seconds) = header.parse::<u32>() {
            return Some(RetryAfter::Wait(Duration::from_secs(seconds.into())));
        }
        let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
        parser.parse_timestamp(header).ok().map(|t| RetryAfter::Until(t.as_second()))
    }
}

/// An address from which nothing was fetched.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}{cause}", .at.as_ref().map(|at| format!("leads to {at}, which ")).unwrap_or_default())]
pub struct FetchError {
    /// The address that failed, where a redirect led to it.
    at: Option<String>,
    cause: Cause,
}

impl FetchError {
    #[cfg(feature = "fetch")]
    pub(super) fn new(at: Option<String>, cause: Cause) -> Self {
        FetchError { at, cause }
    }

    /// Whether it may well succeed later.
    pub fn is_temporary(&self) -> bool {
        match self.cause {
            Cause::Status(status, _) => status == 429 || status == 408 || status >= 500,
            Cause::Timeout(_) | Cause::Connect(_) | Cause::NoSuchHost | Cause::Protocol(_) => true,
            Cause::NoRobots(_) => true,
            _ => false,
        }
    }

    /// Whether it was refused because the address is not on the public internet.
    pub fn is_private(&self) -> bool {
        matches!(self.cause, Cause::Private(_) | Cause::LocalName)
    }

    /// The status of the answer, where the site answered with one that comes with no content.
    pub fn status(&self) -> Option<u16> {
        match self.cause {
            Cause::Status(status, _) => Some(status),
            _ => None,
        }
    }

    /// When the site asks not to be asked again until.
    pub fn retry_after(&self) -> Option<RetryAfter> {
        match self.cause {
            Cause::Status(_, after) => after,
            _ => None,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match &self.cause {
            Cause::BadUrl(_) | Cause::Scheme(_) => "give an address that begins with https:// or http://",
            Cause::Userinfo => "leave the name and password out; pages behind a login are not read",
            Cause::Port(_) => "the web is on ports such as 80, 443, 8080",
            Cause::LocalName | Cause::Private(_) => "allow private addresses, or this host, if you mean it",
            Cause::NoSuchHost => "check the spelling and that this machine is online",
            Cause::Connect(_) | Cause::Timeout(_) | Cause::Protocol(_) => "try again later; the site may be down",
            Cause::Tls(_) => "open it in a browser to see what is wrong with its certificate",
            Cause::Status(401..=403, _) => "it is not open to all; save the page yourself and give the file",
            Cause::Status(404 | 410, _) => "check the address; the page may have moved",
            Cause::Status(..) => "try again later",
            Cause::Redirects(_) | Cause::Loop | Cause::NoLocation => "give the address that a browser ends at",
            Cause::TooLarge(_) | Cause::LargeHeader => "a page or a feed is far smaller; is this a film or an archive?",
            Cause::Encoding(_) | Cause::Damaged(_) => "save the page with a browser and give the file",
            Cause::Robots => "the site asks programs not to read this; save the page yourself and give the file",
            Cause::NoRobots(_) => "try again later: without its robots.txt one cannot know what the site allows",
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, thiserror::Error)]
#[cfg_attr(not(feature = "fetch"), expect(dead_code, reason = "only asking the web goes wrong in these ways"))]
pub(super) enum Cause {
    #[error("is no web address: {0}")]
    BadUrl(String),
    #[error("is a {0}: address, which is not fetched")]
    Scheme(String),
    #[error("has a user name or password in it")]
    Userinfo,
    #[error("is on port {0}, which is not one of the web")]
    Port(u16),
    #[error("is a name of this machine, not of the public internet")]
    LocalName,
    #[error("is at {0}, which is not on the public internet")]
    Private(IpAddr),
    #[error("is on a host that cannot be found")]
    NoSuchHost,
    #[error("cannot be reached: {0}")]
    Connect(String),
    #[error("has no secure connection: {0}")]
    Tls(String),
    #[error("did not answer in full within {} s", .0.as_secs_f32())]
    Timeout(Duration),
    #[error("answers {}", name(*.0))]
    Status(u16, Option<RetryAfter>),
    #[error("redirects more than {0} times")]
    Redirects(u32),
    #[error("redirects in a circle")]
    Loop,
    #[error("redirects to nowhere")]
    NoLocation,
    #[error("has more than the limit of {0} bytes")]
    TooLarge(u64),
    #[error("has headers beyond all measure")]
    LargeHeader,
    #[error("is packed as {0:?}, which was not asked for")]
    Encoding(String),
    #[error("is damaged: {0}")]
    Damaged(String),
    #[error("is closed to programs by the site's robots.txt")]
    Robots,
    #[error("is not asked for, for the site's robots.txt {0}")]
    NoRobots(Box<Cause>),
    #[error("gives no proper answer: {0}")]
    Protocol(String),
}

/// The statuses people meet, in words.
fn name(status: u16) -> String {
    let name = match status {
        400 => " (bad request)",
        401 => " (login needed)",
        402 => " (payment needed)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone)",
        429 => " (too many requests)",
        451 => " (barred by law)",
        500 => " (error of the site)",
        502 | 504 => " (error behind the site)",
        503 => " (not available now)",
        _ => "",
    };
    format!("{status}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_comes_in_two_forms() {
        assert_eq!(RetryAfter::parse(" 120 "), Some(RetryAfter::Wait(Duration::from_secs(120))));
        assert_eq!(RetryAfter::parse("Sat, 03 May 2031 10:00:00 GMT"), Some(RetryAfter::Until(1935568800)));
        for bad in ["", "-1", "soon", "99999999999999999999"] {
            assert_eq!(RetryAfter::parse(bad), None, "{bad}");
        }
    }
}
