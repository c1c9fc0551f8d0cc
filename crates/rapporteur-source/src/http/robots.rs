//! What a site asks of programs in its `robots.txt` (RFC 9309).
//!
//! Our own, for it is short: the crate at hand (texting_robots, last released in 2023) builds a regular expression for each
//! rule with a `$` in it, of which half a megabyte holds tens of thousands.

use std::time::Duration;

/// The name under which sites speak to us.
const NAME: &str = "rapporteur";

/// The bytes of a file that are read; RFC 9309 asks for at least these.
pub(super) const MAX_ROBOTS_BYTES: u64 = 500 * 1024;

/// The rules for us.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    /// The pattern and whether it allows.
    rules: Vec<(String, bool)>,
    /// How long to wait between two requests.
    pub(super) delay: Option<Duration>,
}

impl Robots {
    /// Reads a file; what is not understood is passed over, as the standard asks.
    pub(super) fn parse(bytes: &[u8]) -> Robots {
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let (mut ours, mut all) = (None::<Robots>, Robots::default());
        // Several names in a row head one group; a name after a rule begins another.
        let (mut for_us, mut for_all, mut in_names) = (false, false, false);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_names {
                    (for_us, for_all, in_names) = (false, false, true);
                }
                let name = value.split(['/', ' ', '\t']).next().unwrap_or_default();
                for_us |= name.eq_ignore_ascii_case(NAME);
                for_all |= name == "*";
                if for_us {
                    ours.get_or_insert_default();
                }
                continue;
            }
            let rule = match key.as_str() {
                "allow" => Some((normal(value), true)),
                "disallow" => Some((normal(value), false)),
                "crawl-delay" => None,
                _ => continue, // a sitemap and the like belong to no group
            };
            in_names = false;
            let delay = value.parse().ok().filter(|s: &f64| s.is_finite() && (0.0..1e6).contains(s));
            let groups = [ours.as_mut().filter(|_| for_us), Some(&mut all).filter(|_| for_all)];
            for group in groups.into_iter().flatten() {
                match &rule {
                    Some(rule) if !rule.0.is_empty() => group.rules.push(rule.clone()),
                    Some(_) => {}
                    None => group.delay = group.delay.or(delay.map(Duration::from_secs_f64)),
                }
            }
        }
        ours.unwrap_or(all)
    }

    /// Whether a path with its query ("/a?b=c") may be read: the longest pattern that fits it decides, and of two as long
    /// the one that allows.
    pub(super) fn allow(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, &path));
        fitting.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
    }
}

/// A path in the one way of writing that can be compared: letters that need no escape stand for themselves, all else that
/// is no ASCII is escaped, in capitals.
fn normal(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |i: usize| bytes.get(i).and_then(|b| char::from(*b).to_digit(16)).map(|d| d as u8);
        at += 1;
        match byte {
            b'%' => match hex(at).zip(hex(at + 1)) {
                Some((high, low)) => {
                    at += 2;
                    let byte = high * 16 + low;
                    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                        out.push(byte.into());
                    } else {
                        out.push_str(&format!("%{byte:02X}"));
                    }
                }
                None => out.push('%'),
            },
            0..0x80 => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Whether a path begins as the pattern says, where `*` stands for anything and `$` for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        // The leftmost place is always good enough, but for the last part of a pattern that goes to the end.
        if let Some(before) = last.replace(part) {
            let Some(at) = rest.find(before) else { return false };
            rest = &rest[at + before.len()..];
        }
    }
    match last {
        None => !to_end || rest.is_empty(),
        Some(part) if to_end => rest.ends_with(part),
        Some(part) => rest.contains(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(file: &str, path: &str) -> bool {
        Robots::parse(file.as_bytes()).allow(path)
    }

    #[test]
    fn the_longest_pattern_decides() {
        let file = "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /news/open/not$\n";
        assert!(!allows(file, "/news/a") && allows(file, "/news/open/a") && allows(file, "/"));
        assert!(!allows(file, "/news/open/not") && allows(file, "/news/open/nothing"));
        assert!(allows("user-agent:*\ndisallow:/a\nallow:/a", "/a"), "of two as long, the kinder");
    }

    #[test]
    fn a_group_of_our_own_goes_before_that_for_all() {
        let file = "User-agent: *\nDisallow: /\nCrawl-delay: 5\n\nUser-agent: other\nUser-Agent: Rapporteur/2.0\nAllow: /\nDisallow: /x # not this\nCrawl-delay: 0.5\n";
        let robots = Robots::parse(file.as_bytes());
        assert!(robots.allow("/a") && !robots.allow("/x/y"));
        assert_eq!(robots.delay, Some(Duration::from_millis(500)));
        assert!(!allows("User-agent: rapporteur\nUser-agent: *\nDisallow: /\n", "/a"));
        assert!(allows("User-agent: *\nDisallow: /\nUser-agent: rapporteur\nDisallow:\n", "/a"));
    }

    #[test]
    fn stars_and_ends() {
        for (pattern, path, yes) in [
            ("/*.pdf$", "/a/b.pdf", true),
            ("/*.pdf$", "/a/b.pdf?x", false),
            ("/a*b*c", "/a1b2c3", true),
            ("/a*b*c", "/a1c2b3", false),
            ("/*/x$", "/x/x/x", true),
            ("*", "/", true),
            ("/$", "/", true),
            ("/$", "/a", false),
            ("/caf%c3%a9", "/café/menu", true),
            ("/%7Ejoe", "/~joe", true),
        ] {
            assert_eq!(!allows(&format!("User-agent: *\nDisallow: {pattern}\n"), path), yes, "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_not_understood_forbids_nothing() {
        for file in [
            "",
            "<html>Not found</html>",
            "Disallow: /",
            "User-agent: *\nDisallow:\n",
            "\u{0}\u{1}",
            "User-agent: *\nCrawl-delay: NaN\n",
        ] {
            assert!(allows(file, "/a"), "{file}");
            assert_eq!(Robots::parse(file.as_bytes()).delay, None);
        }
    }

    #[test]
    fn half_a_megabyte_of_rules_is_no_burden() {
        let file = format!("User-agent: *\n{}", "Disallow: /*a*b*c$\n".repeat(26_000));
        assert!(allows(&file, &format!("/{}", "ab".repeat(1000))));
    }
}
