//! What an address asks for: read strictly, so that nothing else reaches the dossier.

use jiff::civil::Date;
use rapporteur::{Char, Edtf, Span, StoryId};
use serde::Deserialize;

use crate::cache::Asked;
use crate::reply::Refusal;

/// What may stand after the `?` of a page.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Query {
    pub as_of: Option<String>,
    pub since: Option<String>,
    /// Days after the first day of the story: what the slider sends where no script turns it into a date.
    pub day: Option<u32>,
    pub by: Option<String>,
    pub outlet: Option<String>,
    pub kind: Option<String>,
    pub q: Option<String>,
    pub at: Option<String>,
    pub with: Option<String>,
    pub page: Option<u32>,
    pub sort: Option<String>,
    pub story: Option<String>,
    pub done: Option<String>,
    /// The day that a draft is of.
    pub date: Option<String>,
}

impl Query {
    /// What is given under a key, if it is more than white space.
    pub fn given(value: &Option<String>) -> Option<&str> {
        value.as_deref().map(str::trim).filter(|v| !v.is_empty())
    }

    /// Which record is asked for.
    pub fn asked(&self, story: &str) -> Result<Asked, Refusal> {
        let as_of = Query::given(&self.as_of).map(day).transpose()?;
        let since = Query::given(&self.since).map(since).transpose()?;
        Ok(Asked { story: story_id(story)?, as_of, since })
    }

    /// The page of a long list, from 1.
    pub fn page(&self) -> usize {
        self.page.unwrap_or(1).clamp(1, 100_000) as usize
    }
}

/// The end of the day that is meant.
pub(crate) fn day(text: &str) -> Result<Date, Refusal> {
    let refusal = || Refusal::BadRequest(format!("{text:?} is no date: write a day, 2026-03-12."));
    text.parse::<Edtf>().map(Edtf::last_day).map_err(|_| refusal())
}

fn since(text: &str) -> Result<String, Refusal> {
    let known = text == "last" || text.parse::<Edtf>().is_ok() || text.parse::<jiff::Timestamp>().is_ok();
    let refusal = format!("{text:?} is neither a day (2026-03-12), nor a time (2026-03-12T18:00:00Z), nor 'last'.");
    known.then(|| text.to_owned()).ok_or(Refusal::BadRequest(refusal))
}

/// A story, or all of the dossier.
pub(crate) fn story_id(text: &str) -> Result<Option<StoryId>, Refusal> {
    match text {
        "all" => Ok(None),
        id => Ok(Some(StoryId::new(self::id(id, "story")?))),
    }
}

/// An id as records write them: letters and digits, no more.
pub(crate) fn id<'t>(text: &'t str, what: &str) -> Result<&'t str, Refusal> {
    let plain = !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then_some(text).ok_or_else(|| Refusal::Missing(what.to_owned()))
}

/// Places asked for at most.
const PLACES: usize = 64;

/// "12-34,50-60": in order, none twice.
pub(crate) fn spans(text: &str) -> Result<Vec<Span<Char>>, Refusal> {
    let one = |part: &str| {
        let (start, end) = part.split_once('-')?;
        let (start, end): (u32, u32) = (number(start)?, number(end)?);
        (start < end).then(|| Span::new(start, end))
    };
    let refusal = || Refusal::BadRequest("A place in a report is written 12-34, several 12-34,50-60.".into());
    let mut spans: Vec<Span<Char>> =
        text.split(',').take(PLACES).map(one).collect::<Option<_>>().ok_or_else(refusal)?;
    spans.sort();
    spans.dedup();
    Ok(spans)
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Places in a report.
type Account<'t> = (&'t str, Vec<Span<Char>>);

/// "r1:12-34,r2:5-9": places in other reports.
pub(crate) fn accounts(text: &str) -> Result<Vec<Account<'_>>, Refusal> {
    let mut all: Vec<Account<'_>> = Vec::new();
    for part in text.split(',').take(PLACES) {
        match (part.split_once(':'), all.last_mut()) {
            (Some((report, place)), _) => all.push((id(report, "report")?, spans(place)?)),
            // "r1:12-34,50-60": one more place in the same report.
            (None, Some((_, places))) => places.extend(spans(part)?),
            (None, None) => return Err(Refusal::BadRequest("An account is written report:12-34.".into())),
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_strictly() {
        assert_eq!(spans("50-60,12-34,12-34").unwrap(), [Span::new(12, 34), Span::new(50, 60)]);
        for bad in ["", "12", "34-12", "5-5", "+1-2", "a-b", "1-2,", "1-99999999999", "1-2-3"] {
            assert!(spans(bad).is_err(), "{bad}");
        }
        assert_eq!(accounts("r1:1-2,r2:3-4,8-9").unwrap().len(), 2);
        assert!(accounts("1-2").is_err() && accounts("../x:1-2").is_err());
    }

    #[test]
    fn an_id_is_letters_and_digits() {
        assert_eq!(id("r4k2", "report").unwrap(), "r4k2");
        for bad in ["", "..", "a/b", "%2e%2e", "a b", "a'--", "é", &"a".repeat(65)] {
            assert!(id(bad, "report").is_err(), "{bad}");
        }
    }
}
