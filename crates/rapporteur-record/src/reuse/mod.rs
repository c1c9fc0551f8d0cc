//! Passages that reports share word for word, beyond quotations; which reports are one origin; what one report alone has.

mod only;
mod origin;
mod passage;

use rapporteur_schema::{Citation, Reuse, Span, phrase};

use crate::context::MergeContext;
pub(crate) use only::only_in;

/// What reports share.
pub(crate) struct Shared {
    /// Passages shared by several reports.
    pub(crate) passages: Vec<Reuse>,
    /// The reports in independent origins, each once, as indexes into [`MergeContext::reports`].
    pub(crate) origins: Vec<Vec<usize>>,
}

/// Finds what the reports share.
pub(crate) fn find(story: &MergeContext<'_>) -> Shared {
    let matches = passage::matches(story);
    let origins = origin::origins(&matches, &story.narrated);
    let mut passages: Vec<Reuse> = passage::passages(&matches).iter().filter_map(|p| reuse(story, p)).collect();
    passages.sort_by(|a, b| a.spans.cmp(&b.spans));
    Shared { passages, origins }
}

/// A passage as the record has it: the places in order of reports, and the agency that one of them credits.
fn reuse(story: &MergeContext<'_>, places: &[passage::Place]) -> Option<Reuse> {
    let mut spans: Vec<Citation> = Vec::new();
    let mut credits: Vec<String> = Vec::new();
    for place in places {
        let (report, words) = (story.reports[place.report], &story.words[place.report]);
        let (first, last) = (words.get(place.words.start)?, words.get(place.words.end.checked_sub(1)?)?);
        // The full stop and the quotation mark behind the last word are of the passage.
        let rest = report.text.slice(Span::new(last.end, report.text.chars()))?;
        let closing = rest.chars().take_while(|c| CLOSING.contains(c)).count();
        let place = Span::new(first.start, last.end + u32::try_from(closing).ok()?);
        spans.push(report.cite(place).ok()?);
        // A dossier of before, or a program of its own, may bring anything.
        credits.extend(report.head.credits.iter().map(|c| phrase::clean(c)).filter(|c| !c.is_empty()));
    }
    spans.sort();
    Some(Reuse { spans, credit: credits.into_iter().min() })
}

/// Marks that close what they stand behind.
const CLOSING: &[char] = &['.', '!', '?', '"', '”', '’', '»', ')'];
