//! Small wordings that all faces share: clean text, dates in prose, lists of report numbers, shortening.

use std::sync::LazyLock;

use rapporteur_lexicon::words::time::MONTH;
use rapporteur_schema::Edtf;

/// A text fit for one line of any face: runs of white space become one space; control characters (which could steer a
/// terminal), invisible marks and overrides of writing direction are left out. What is seen stays as it is.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        let hidden = matches!(c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if c.is_whitespace() {
            space = true;
        } else if !c.is_control() && !hidden {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

/// The months by their first three letters, in their order.
static MONTHS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut all: Vec<(u8, &str)> =
        MONTH.words().into_iter().filter_map(|m| Some((MONTH.value(m)?.parse().ok()?, m.get(..3)?))).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|(_, m)| m).collect()
});

/// A date as (year, month, day), as far as it goes: "25", "Nov", "2025".
fn parts(point: &str) -> (Option<&str>, Option<&'static str>, &str) {
    let mut parts = point.splitn(3, '-');
    let year = parts.next().unwrap_or(point);
    let month = parts.next().and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)).copied());
    let day = parts.next().map(|d| d.trim_start_matches('0'));
    (day, month, year)
}

/// A date in prose: `25 Nov 2025`, `Nov 2025`, `24–25 Nov 2025`, `30 Nov – 2 Dec 2025`.
pub fn date(date: Edtf) -> String {
    prose(date, true)
}

/// The same without the year, where it is the one the story is told in.
pub fn date_within(date: Edtf, year: Option<i16>) -> String {
    let told = year.is_some_and(|y| date.first_day().year() == y && date.last_day().year() == y);
    prose(date, !told)
}

fn prose(date: Edtf, with_year: bool) -> String {
    let join = |day: Option<&str>, month: Option<&str>, year: Option<&str>| {
        [day, month, year].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let written = date.to_string();
    let (from, to) = written.split_once('/').unwrap_or((&written, &written));
    let ((d1, m1, y1), (d2, m2, y2)) = (parts(from), parts(to));
    // A bare year stays, or nothing would.
    let year = |y, month: Option<&str>| (with_year || month.is_none()).then_some(y);
    let last = join(d2, m2, year(y2, m2));
    match (from == to, y1 == y2, m1 == m2 && m1.is_some()) {
        (true, ..) => last,
        (false, true, true) => match (d1, d2) {
            (Some(d1), Some(_)) => format!("{d1}–{last}"),
            _ => format!("{} – {last}", join(d1, m1, None)),
        },
        (false, true, false) if m1.is_some() => format!("{} – {last}", join(d1, m1, None)),
        _ => format!("{} – {last}", join(d1, m1, year(y1, m1))),
    }
}

/// Report numbers as people write them: `1 3–5`. The numbers are in order, none twice.
pub fn numbers(numbers: &[usize]) -> String {
    runs(numbers)
        .iter()
        .map(|&(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs of numbers that follow each other, three at least; the rest one by one.
pub fn runs(numbers: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &n in numbers {
        match runs.as_mut_slice() {
            [.., last] if last.1 + 1 == n && last.0 < last.1 => last.1 = n,
            [.., (a, b), (c, d)] if *a == *b && *c == *d && *a + 1 == *c && *c + 1 == n => {
                *b = n;
                runs.pop();
            }
            _ => runs.push((n, n)),
        }
    }
    runs
}

/// "1 report", "2 reports".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The first words of a text, as many as fit `limit` characters, and "…" where some are left out.
pub fn clip(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let head = &text[..end];
    let cut = match head.rfind(' ') {
        // Text without spaces, or one very long word, is cut where it must be.
        Some(space) if space * 2 > end => space,
        _ => end,
    };
    format!("{} …", head[..cut].trim_end_matches([' ', ',', ';', ':', '–', '—']))
}

/// The first and last words of a longer phrase, so that it can be found again: `we will not sign … before spring`.
pub fn brief(phrase: &str) -> String {
    const KEPT: usize = 5;
    let words: Vec<&str> = phrase.split(' ').collect();
    if words.len() <= 2 * KEPT + 2 {
        return clip(phrase, 90);
    }
    let (head, tail) = (words[..KEPT].join(" "), words[words.len() - KEPT..].join(" "));
    format!("{} … {}", clip(&head, 60), clip(&tail, 60))
}

/// A part of a URL, percent-encoded; a slash stays where it parts a path.
pub(crate) fn encode(part: &str, keep_slash: bool) -> String {
    let mut out = String::with_capacity(part.len());
    for &b in part.as_bytes() {
        if b.is_ascii_alphanumeric()
            || matches!(b, b'.' | b'_' | b'~')
            || (keep_slash && matches!(b, b'/' | b'-' | b':'))
        {
            out.push(b as char);
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_like_prose() {
        let say = |s: &str| date(s.parse().unwrap());
        assert_eq!(say("2025-11-05"), "5 Nov 2025");
        assert_eq!(say("2025-11"), "Nov 2025");
        assert_eq!(say("2025"), "2025");
        assert_eq!(say("2025-11-24/2025-11-25"), "24–25 Nov 2025");
        assert_eq!(say("2025-11-30/2025-12-02"), "30 Nov – 2 Dec 2025");
        assert_eq!(say("2024/2025-02"), "2024 – Feb 2025");
        assert_eq!(date_within("2025-11-24".parse().unwrap(), Some(2025)), "24 Nov");
        assert_eq!(date_within("2024-11-24".parse().unwrap(), Some(2025)), "24 Nov 2024");
        assert_eq!(date_within("2025".parse().unwrap(), Some(2025)), "2025");
    }

    #[test]
    fn numbers_are_run_together_from_three_on() {
        assert_eq!(numbers(&[1, 2, 3, 4, 5]), "1–5");
        assert_eq!(numbers(&[1, 2, 4, 6, 7, 8, 10]), "1 2 4 6–8 10");
        assert_eq!(numbers(&[]), "");
    }

    #[test]
    fn what_steers_a_terminal_is_left_out() {
        assert_eq!(clean("  a\u{1b}[31mb\r\n\tc\u{202e}d\u{9b}2J\u{200b} "), "a[31mb cd2J");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(clip("one two three", 9), "one two …");
        assert_eq!(clip("one two", 9), "one two");
        assert_eq!(clip("水位协议水位协议", 4), "水位协议 …");
        assert_eq!(brief("a b c d e f g h i j k l m"), "a b c d e … i j k l m");
    }
}
