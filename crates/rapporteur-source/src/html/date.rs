//! Reads a day out of what pages write as a date: for machines, for people in many languages, and in addresses.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use rapporteur_lexicon::words::furniture;
use rapporteur_lexicon::{rows, table};

/// Months by name: the language and the month, in the order of the file.
static MONTHS: LazyLock<HashMap<&str, Vec<(&str, i8)>>> = LazyLock::new(|| {
    let mut months: HashMap<&str, Vec<(&str, i8)>> = HashMap::new();
    for [language, names @ ..] in rows::<13>(table::MONTHS) {
        for (month, variants) in (1..).zip(names) {
            for name in variants.split(' ') {
                months.entry(name).or_default().push((language, month));
            }
        }
    }
    months
});

/// No page of the web is older.
const FIRST_YEAR: i16 = 1995;
/// No page that is read with this program says more, but for want of a clock that is all that is sure.
const LAST_YEAR: i16 = 2099;

/// How dates are read on a page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Custom<'p> {
    /// The language of the page, in lower case ("en", "pt-br").
    pub(super) language: &'p str,
}

impl Custom<'_> {
    fn month(self, word: &str) -> Option<i8> {
        let known = MONTHS.get(word)?;
        let primary = self.language.split(['-', '_']).next().unwrap_or_default();
        known.iter().find(|(language, _)| *language == primary).or(known.first()).map(|(_, month)| *month)
    }

    /// Whether the month comes before the day in dates of figures.
    fn month_first(self) -> bool {
        matches!(self.language, "en-us" | "en_us" | "en-ph" | "en-ca")
    }

    /// The first day that a text tells in full, whatever else stands in it.
    pub(super) fn find(self, text: &str) -> Option<Date> {
        if !text.contains(char::is_numeric) {
            return None;
        }
        let words = words(text);
        (0..words.len()).find_map(|at| self.at(&words, at))
    }

    /// A value for machines: a date, perhaps with a time after it; seconds or milliseconds since 1970.
    pub(super) fn machine(self, value: &str) -> Option<Date> {
        let value = value.trim();
        let digits = value.bytes().all(|b| b.is_ascii_digit());
        if digits && matches!(value.len(), 10 | 13) {
            let seconds = value.get(..10)?.parse::<i64>().ok()?;
            let date = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
            return plausible(date);
        }
        if digits && matches!(value.len(), 8 | 12 | 14) {
            return compact(value.get(..8)?);
        }
        self.find(value.get(..200).unwrap_or(value))
    }

    fn at(self, words: &[Word], at: usize) -> Option<Date> {
        let first = words.get(at)?;
        // Words such as "de" and "of" stand between the parts.
        let mut rest = words.get(at + 1..)?.iter().filter(|w| !furniture::DATE_PARTICLE.has(&w.text));
        let (second, third) = (rest.next(), rest.next());
        if let Some(date) = first.compact() {
            return Some(date);
        }
        let (second, third) = (second?, third?);
        if let Some(year) = first.year() {
            // 2031-05-03, 2031年5月3日, 2031. május 3.
            let same = first.after == second.after && matches!(first.after, '-' | '/' | '.' | GLUE);
            let month = second.small(12).filter(|_| same).or_else(|| self.month(&second.text))?;
            return civil(year, month, third.small(31)?);
        }
        let year = || third.year();
        if let Some(month) = self.month(&first.text) {
            return civil(year()?, month, second.small(31)?);
        }
        let one = first.small(31)?;
        if let Some(month) = self.month(&second.text) {
            return civil(year().or_else(|| third.short_year(second.text.chars().count() <= 4))?, month, one);
        }
        // 3.5.2031, 03/05/2031: figures with the same mark between them.
        let two = second.small(31)?;
        let same = first.after == second.after && matches!(first.after, '.' | '/' | '-');
        let year = year().or_else(|| third.short_year(first.text.len() == 2 && second.text.len() == 2));
        let year = year.filter(|_| same)?;
        let month_first = (self.month_first() && first.after != '.' && one <= 12) || two > 12;
        if month_first { civil(year, one, two) } else { civil(year, two, one) }
    }
}

/// The day in an address: "/2031/05/03/", "/2031-05-03-", "/20310503/", "/2031/may/03/".
pub(super) fn in_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let english = Custom { language: "en" };
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok())?
    };
    (0..parts.len()).find_map(|at| {
        let part = *parts.get(at)?;
        if part.len() == 8
            && let Some(date) = compact(part)
        {
            return Some(date);
        }
        let (next, last) = (parts.get(at + 1)?, parts.get(at + 2)?);
        let month = |part: &str| number(part, 1..=2).and_then(|m| i8::try_from(m).ok()).or_else(|| english.month(part));
        let day = |part: &str| number(part, 1..=2).and_then(|d| i8::try_from(d).ok());
        let forward = number(part, 4..=4).and_then(|y| civil(y, month(next)?, day(last)?));
        forward.or_else(|| number(last, 4..=4).and_then(|y| civil(y, month(next)?, day(part)?)))
    })
}

/// A word of a date: letters or figures.
struct Word {
    /// In lower case.
    text: String,
    /// What stands after it.
    after: char,
}

/// Cuts a text into words of letters and words of figures.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for c in text.chars().take(2000) {
        // Some scripts write vowels as marks; those are parts of words.
        let part = c.is_alphanumeric() || (c > '\u{300}' && !c.is_whitespace() && !is_mark(c));
        match words.last_mut() {
            Some(last) if open && part && last.text.ends_with(|l: char| l.is_ascii_digit()) == c.is_ascii_digit() => {
                last.text.extend(c.to_lowercase());
            }
            _ if part => words.push(Word { text: c.to_lowercase().collect(), after: GLUE }),
            Some(last) if open => last.after = c,
            _ => {}
        }
        open = part;
    }
    // "3rd", "1er", "2031年", "10月": what is glued to a figure is no word of its own.
    words.retain(|w| !furniture::DATE_SUFFIX.has(&w.text));
    words
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// What stands after a word that nothing parts from the next.
const GLUE: char = '\0';

impl Word {
    fn year(&self) -> Option<i16> {
        (self.text.len() == 4).then(|| self.text.parse().ok())?.filter(|y| (FIRST_YEAR..=LAST_YEAR).contains(y))
    }

    /// "31" for 2031, where the rest of the date leaves no doubt.
    fn short_year(&self, sure: bool) -> Option<i16> {
        let year = (sure && self.text.len() == 2).then(|| self.text.parse::<i16>().ok())??;
        Some(if year < 70 { 2000 + year } else { 1900 + year })
    }

    fn small(&self, most: i8) -> Option<i8> {
        (self.text.len() <= 2).then(|| self.text.parse().ok())?.filter(|n| (1..=most).contains(n))
    }

    /// "20310503".
    fn compact(&self) -> Option<Date> {
        (self.text.len() == 8).then(|| compact(&self.text))?
    }
}

fn compact(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    civil(digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?)
}

fn civil(year: i16, month: i8, day: i8) -> Option<Date> {
    plausible(Date::new(year, month, day).ok()?)
}

/// Whether a page of the web can be of that day.
fn plausible(date: Date) -> Option<Date> {
    (FIRST_YEAR..=LAST_YEAR).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Option<String> {
        Custom::default().find(text).map(|d| d.to_string())
    }

    #[test]
    fn days_are_read_in_many_forms() {
        for text in [
            "2031-05-03T23:30:00-05:00",
            "2031-05-03 04:12:56.774000",
            "2031/05/03",
            "20310503T120000Z",
            "Sat, 03 May 2031 10:00:00 GMT",
            "Published May 3, 2031 at 4:15 pm",
            "May 3rd, 2031",
            "3 May 2031",
            "Stand: 3. Mai 2031, 12:00 Uhr",
            "3.5.2031",
            "03/05/2031",
            "5/13/2031 is after 3.5.2031, but no date",
            "le 3 mai 2031 à 10h",
            "3 de mayo de 2031",
            "3 maja 2031",
            "3 мая 2031 г., 12:00",
            "2031年5月3日 12:00",
            "2031. május 3.",
            "3 مايو 2031",
            "3 मई 2031",
        ] {
            let want = if text.starts_with("5/13") { "2031-05-13" } else { "2031-05-03" };
            assert_eq!(find(text).as_deref(), Some(want), "{text}");
        }
        for text in [
            "May 3",
            "2031",
            "31 February 2031",
            "1.2.3.4",
            "call 20310-503",
            "3 May 1931",
            "12 of 2031 voted",
            "2031\t4.5 %",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn the_language_decides_what_figures_mean() {
        let us = Custom { language: "en-us" };
        assert_eq!(us.find("05/03/2031").map(|d| d.to_string()).as_deref(), Some("2031-05-03"));
        let polish = Custom { language: "pl" };
        assert_eq!(polish.find("3 listopada 2031").map(|d| d.month()), Some(11));
        assert_eq!(Custom { language: "hr" }.find("3 listopada 2031").map(|d| d.month()), Some(10));
    }

    #[test]
    fn addresses_tell_days() {
        for url in [
            "https://example.org/news/2031/05/03/talks",
            "https://example.org/2031/may/03/talks",
            "https://example.org/2031-05-03-talks.html",
            "https://example.org/a/talks-20310503-x7.html",
            "https://example.org/03-05-2031/talks",
        ] {
            assert_eq!(in_address(url).map(|d| d.to_string()).as_deref(), Some("2031-05-03"), "{url}");
        }
        for url in
            ["https://example.org/2031/05/talks", "https://20310503.example.org/", "https://example.org/99999999"]
        {
            assert_eq!(in_address(url), None, "{url}");
        }
    }

    #[test]
    fn seconds_are_read() {
        assert_eq!(Custom::default().machine("1935576000").map(|d| d.to_string()).as_deref(), Some("2031-05-03"));
        assert_eq!(Custom::default().machine("1935576000000").map(|d| d.year()), Some(2031));
    }
}
