//! What of a content stands in quotation marks, and in whose words it is therefore given.

use rapporteur_schema::Mode;

use super::candidate::{AttributionCandidate, Spot};
use super::wording::is_wording;
use crate::doc::Doc;

/// The stretches of a candidate's content that stand in quotation marks.
pub(super) fn quoted(doc: &Doc<'_>, candidate: &AttributionCandidate) -> Vec<(Spot, Spot)> {
    let (from, to) = (candidate.content.start, candidate.content.end);
    let touching = |p: usize| {
        let start = if p == from.0 { from.1 } else { 0 };
        let end = if p == to.0 { to.1 } else { usize::MAX };
        doc.quotes_at(p, start..end)
    };
    let inside = (from.0..=to.0).flat_map(touching);
    inside
        .filter_map(|q| {
            let start = (q.paragraph, q.inner.start).max(from);
            let end = (q.paragraph, q.inner.end).min(to);
            (start < end).then_some((start, end))
        })
        .collect()
}

/// In whose words a candidate's content is given, by what of it is `quoted`.
pub(super) fn mode(doc: &Doc<'_>, candidate: &AttributionCandidate, quoted: &[(Spot, Spot)]) -> Mode {
    if candidate.quotation.is_some() {
        return Mode::Direct;
    }
    let spoken = quoted.iter().any(|&((p, start), (_, end))| is_wording(&doc.paragraph(p)[start..end.max(start)]));
    match quoted {
        _ if !spoken => Mode::Indirect,
        [(start, end)] if start.0 == end.0 => {
            // Nothing but marks and commas outside: the speaker's own words throughout.
            let text = doc.paragraph(start.0);
            let (from, to) = (candidate.content.start, candidate.content.end);
            let outside = [&text[from.1.min(start.1)..start.1], &text[end.1.min(to.1)..to.1]];
            match outside.iter().any(|s| s.chars().any(char::is_alphanumeric)) {
                true => Mode::Mixed,
                false => Mode::Direct,
            }
        }
        _ => Mode::Mixed,
    }
}
