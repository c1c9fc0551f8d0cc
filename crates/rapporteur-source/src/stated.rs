//! What a text states about itself: a dateline, a line with its date of publication, dated captions, its agency.

use std::sync::LazyLock;

use jiff::civil::Date;
use rapporteur_lexicon::words::{furniture, time};
use rapporteur_schema::{Edtf, PassageKind, Report};

use crate::passage::{credited, sources_in};

/// The months in lower case, with their numbers.
static MONTHS: LazyLock<Vec<(String, i8)>> = LazyLock::new(|| {
    let number = |name: &&str| time::MONTH.value(name).and_then(|n| n.parse().ok());
    time::MONTH.words().iter().filter_map(|name| Some((name.to_lowercase(), number(name)?))).collect()
});

/// Fills in what the report's own text states: credits always, the date where none was given.
///
/// The date comes from, in this order: a line such as "Published: 25 November 2025", a dateline with a year, the
/// latest dated caption.
pub(crate) fn fill(report: &mut Report) -> Option<Edtf> {
    let text = report.text.as_str();
    let of_kind = |kind| report.passages(kind).map(|r| text[r].trim()).collect::<Vec<&str>>();
    let body = of_kind(PassageKind::Body);
    let dateline = body.first().and_then(|p| dateline(p));

    let mut credits: Vec<String> = of_kind(PassageKind::Credit).iter().flat_map(|p| credited(p)).collect();
    if let Some(line) = dateline {
        credits.extend(sources_in(line).filter(|(agency, _)| *agency).map(|(_, name)| name.to_owned()));
    }
    credits.append(&mut report.head.credits.clone());
    credits.sort();
    credits.dedup();

    let every = [PassageKind::Heading, PassageKind::Boilerplate, PassageKind::Credit, PassageKind::Body];
    let published = every
        .iter()
        .flat_map(|&kind| of_kind(kind))
        .find_map(publication_line)
        .or_else(|| dateline.and_then(dates).into_iter().next())
        .or_else(|| of_kind(PassageKind::Caption).iter().filter_map(|c| dates(c)).max());
    report.head.credits = credits;
    published.map(Edtf::day)
}

/// "GENEVA, Nov 23, 2025 (AP) —": what stands before the dash, if it begins with a place in capitals or is short.
fn dateline(paragraph: &str) -> Option<&str> {
    let (at, _) = paragraph.char_indices().take(80).find(|&(at, c)| {
        matches!(c, '—' | '–') || (c == '-' && (paragraph[at..].starts_with("- ") || paragraph[at..].starts_with("--")))
    })?;
    let line = paragraph[..at].trim();
    let first = line.split([',', ' ', '(', '/']).next()?;
    let capitals = first.len() > 2 && first.chars().all(|c| c.is_uppercase() || c == '.');
    let signed = line.ends_with(')') && sources_in(line).next().is_some();
    (capitals || signed).then_some(line)
}

/// "Published: 25 November 2025", "Updated 3:15 p.m. EST, Nov. 25, 2025": a short line about publication.
fn publication_line(paragraph: &str) -> Option<Date> {
    let words = paragraph.split_whitespace().take(15).count();
    if words > 14 {
        return None;
    }
    let lower = paragraph.to_lowercase();
    let bare_date = words <= 5 && !paragraph.ends_with('.');
    (furniture::PUBLICATION.words().iter().any(|a| lower.starts_with(a)) || bare_date)
        .then(|| dates(paragraph))
        .flatten()
}

/// The first full date (with a year) in a text: "November 23, 2025", "23 Nov. 2025", "2025-11-23".
pub(crate) fn dates(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty()).collect();
    let month = |w: &str| {
        let lower = w.to_lowercase();
        // By their first three letters, as datelines cut them; a longer word is a month in full, or none.
        let (_, month) = MONTHS.iter().find(|(name, _)| name.get(..3).is_some_and(|cut| lower.starts_with(cut)))?;
        (lower.len() <= 4 || MONTHS.iter().any(|(name, _)| *name == lower)).then_some(*month)
    };
    let day = |w: &str| {
        w.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i8>().ok().filter(|d| (1..=31).contains(d))
    };
    let year = |w: &str| (w.len() == 4).then(|| w.parse::<i16>().ok())?.filter(|y| (1900..=2100).contains(y));
    words.iter().enumerate().find_map(|(i, w)| {
        if let Ok(edtf) = w.parse::<Edtf>()
            && w.len() == 10
        {
            return Some(edtf.first_day());
        }
        let (a, b) = (words.get(i + 1)?, words.get(i + 2)?);
        let date = month(w).zip(day(a)).zip(year(b)).map(|((m, d), y)| (y, m, d));
        let date = date.or_else(|| day(w).zip(month(a)).zip(year(b)).map(|((d, m), y)| (y, m, d)));
        date.and_then(|(y, m, d)| Date::new(y, m, d).ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_dates_are_read() {
        for s in ["Lund, May 3, 2031.", "3 May 2031", "Sat, 3rd May 2031", "2031-05-03", "on 3 May, 2031 /VCG"] {
            assert_eq!(dates(s), Some(Date::constant(2031, 5, 3)), "{s}");
        }
        for s in ["May 3", "3 Mayor 2031", "Marching 3 2031", "31 February 2031", "17-point plan of 2031"] {
            assert_eq!(dates(s), None, "{s}");
        }
    }

    #[test]
    fn datelines_are_told_from_sentences() {
        assert_eq!(dateline("LUND, May 3 (Reuters) - Dockers walked out."), Some("LUND, May 3 (Reuters)"));
        assert_eq!(dateline("Lund (AP) — Dockers walked out."), Some("Lund (AP)"));
        assert_eq!(dateline("The dockers – 300 of them – walked out."), None);
    }
}
