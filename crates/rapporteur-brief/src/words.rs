//! Small wordings that all faces share: clean text, dates in prose, lists of report numbers, shortening.

use std::ops::Range;
use std::sync::LazyLock;

use rapporteur_lexicon::words::time::MONTH;
use rapporteur_schema::Edtf;
use rapporteur_schema::phrase::ends;
pub use rapporteur_schema::phrase::{clean, clip};

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

/// The same without the year, where it is that of the whole story.
pub fn date_within(date: Edtf, year: Option<i16>) -> String {
    let of_year = year.is_some_and(|y| date.first_day().year() == y && date.last_day().year() == y);
    prose(date, !of_year)
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

/// Beside an empty list of differences, which is no word for agreement.
pub const COMPARED: &str = "Numbers, days, places, speakers and wording are compared; what reports tell in other words is not: none found is not none there.";

/// "1 report", "2 reports".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The first and last words of a longer phrase, so that it can be found again: `we will not sign … before spring`.
pub fn brief(phrase: &str) -> String {
    const KEPT: usize = 5;
    match ends(phrase, KEPT, 2 * KEPT + 2) {
        Some((head, tail)) => format!("{} … {}", clip(head, 60), clip(tail, 60)),
        None => clip(phrase, 90),
    }
}

/// A clause cut at its ends to so many letters, "…" where something is left out, so that what is marked in it stays; with the marks
/// where they stand then.
pub(crate) fn cut_around(text: &str, marks: &[Range<usize>], most: usize) -> (String, Vec<Range<usize>>) {
    const BEFORE: usize = 48;
    let letters = |r: Range<usize>| text.get(r).map_or(0, |t| t.chars().count());
    // A few letters more are better than a last word left out.
    if letters(0..text.len()) <= most.saturating_add(most / 8) {
        return (text.to_owned(), marks.to_vec());
    }
    let last = marks.last().map_or(0, |m| m.end);
    let mut start = 0;
    // Some words before the first mark tell what it is about; so many that the last one is still shown.
    if letters(0..last) > most
        && let Some(first) = marks.first()
    {
        let room = BEFORE.min(most.saturating_sub(letters(first.start..last) + 1));
        let words = text[..first.start].match_indices(' ').map(|(at, _)| at + 1);
        start = words.into_iter().find(|&at| letters(at..first.start) <= room).unwrap_or(first.start);
    }
    let lead = if start > 0 { "… " } else { "" };
    let cut = format!("{lead}{}", clip(&text[start..], most));
    let moved = |at: usize| (at + lead.len()).checked_sub(start);
    let marks = marks.iter().filter_map(|m| Some(moved(m.start)?..moved(m.end)?));
    let kept = cut.trim_end_matches(" …").len();
    let marks = marks.filter(|m| m.end <= kept).collect();
    (cut, marks)
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
    fn a_clause_is_cut_at_its_ends_and_keeps_what_is_marked() {
        let text = "one two three four five six seven eight nine ten";
        let marked = |word: &str| {
            let at = text.find(word).unwrap();
            std::iter::once(at..at + word.len()).collect::<Vec<_>>()
        };
        assert_eq!(cut_around(text, &marked("two"), 80), (text.to_owned(), marked("two")));
        let (cut, marks) = cut_around(text, &marked("two"), 20);
        assert_eq!((cut.as_str(), &cut[marks[0].clone()]), ("one two three four …", "two"));
        let (cut, marks) = cut_around(text, &marked("eight"), 20);
        assert_eq!((cut.as_str(), &cut[marks[0].clone()]), ("… six seven eight …", "eight"));
    }

    #[test]
    fn long_phrases_keep_their_ends() {
        assert_eq!(brief("a b c d e f g h i j k l"), "a b c d e f g h i j k l");
        assert_eq!(brief("a b c d e f g h i j k l m"), "a b c d e … i j k l m");
    }
}
