//! What may be a link: decided here, for what comes in and for whatever shows it.

use std::borrow::Cow;

/// The longest address, in bytes; browsers stop at about as much.
const MAX_ADDRESS_BYTES: usize = 4096;

/// The address that a link may lead to: `http` or `https`, a host, and nothing that breaks a line, steers a terminal or
/// hides what is read. White space around it is no part of it, a space within is written `%20`. `None` for all else
/// (`javascript:`, `data:`, an address over several lines): it is then no link anywhere.
///
/// # Example
/// ```
/// use rapporteur_schema::web_address;
/// assert_eq!(web_address(" https://post.example/a b ").as_deref(), Some("https://post.example/a%20b"));
/// assert_eq!(web_address("javascript:alert(1)"), None);
/// assert_eq!(web_address("https://post.example/\nX: y"), None);
/// ```
pub fn web_address(written: &str) -> Option<Cow<'_, str>> {
    let address = written.trim();
    // An address is plain ASCII at its beginning: any other place to part it at leaves no scheme.
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))?;
    let rest = address.get(scheme.len()..)?;
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if host.is_empty() || host.contains(' ') || address.len() > MAX_ADDRESS_BYTES || !rest.chars().all(is_plain) {
        return None;
    }
    Some(if rest.contains(' ') { Cow::Owned(address.replace(' ', "%20")) } else { Cow::Borrowed(address) })
}

/// Whether a sign can stand in an address: a space can, for people write it so.
fn is_plain(c: char) -> bool {
    c == ' ' || !(c.is_whitespace() || c.is_control() || crate::phrase::is_unseen(c) || matches!(c, '<' | '>' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_goes_to_is_a_link() {
        for good in ["https://a.example/x", "HTTP://a.example", "http://a.example:8080/é?q=(1)#x", "https://[::1]/"] {
            assert_eq!(web_address(good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "a.example",
            "//a.example",
            "javascript:alert(1)",
            "JaVaScRiPt://a.example/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://",
            "https:///x",
            "https:// a.example",
            "https://a.example/\nb",
            "https://a.example/\r\nSet: x",
            "https://a.example/\tb",
            "https://a.example/\u{1b}]8;;",
            "https://a.example/\u{9b}2J",
            "https://a.example/\u{202e}gpj",
            "https://a.example/\u{2028}b",
            "https://a.example/\"onload=x",
            "https://a.example/<b>",
            "\u{1b}https://a.example",
            "éhttps://a.example",
        ] {
            assert_eq!(web_address(bad), None, "{bad:?}");
        }
        assert_eq!(web_address(&format!("https://a.example/{}", "x".repeat(MAX_ADDRESS_BYTES))), None);
    }
}
