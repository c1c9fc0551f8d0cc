//! Posts that stand in a report as a page shows them: "No deal. — Jane Roe (@janeroe) May 3, 2024".

use rapporteur_schema::Rule;

use super::candidate::AttributionCandidate;
use super::trim::trimmed;
use crate::doc::Doc;
use crate::name::Names;

/// How many tokens the name and the handle behind the dash have at most.
const MAX_SIGNATURE: usize = 14;

/// Candidates of one paragraph.
pub(super) fn candidates(doc: &Doc<'_>, names: &Names, p: usize, out: &mut Vec<AttributionCandidate>) {
    if !doc.paragraph(p).contains("(@") {
        return;
    }
    let all = doc.tokens(p).len();
    let mut start = 0;
    for t in 0..all {
        if !matches!(doc.word(p, t), "—" | "–" | "--") || t <= start {
            continue;
        }
        let end = all.min(t + MAX_SIGNATURE);
        let begins = |i: usize| doc.paragraph(p)[doc.tokens(p)[i].start as usize..].starts_with('@');
        let Some(handle) = (t + 2..end).find(|&i| begins(i) && doc.word(p, i - 1).ends_with('(')) else { continue };
        // The last word of the name heads it.
        let name = (t + 1..handle).rev().find(|&i| names.at(p, i).is_some()).unwrap_or(handle - 2);
        if name <= t {
            continue;
        }
        let bytes = trimmed(doc, p, start..t);
        if bytes.start < bytes.end {
            out.push(AttributionCandidate {
                by: Rule::new("statement/post"),
                cue: None,
                source: Some((p, name)),
                content: (p, bytes.start)..(p, bytes.end),
                quotation: None,
                follows: None,
                via: None,
            });
        }
        // Behind the handle stands the day.
        let year = |i: &usize| doc.word(p, *i).len() == 4 && doc.word(p, *i).bytes().all(|b| b.is_ascii_digit());
        start = (handle..all.min(handle + MAX_SIGNATURE)).find(year).map_or(handle, |i| i + 1);
    }
}
