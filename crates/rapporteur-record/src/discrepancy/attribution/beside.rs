//! A correction names the speaker outright: "“…” are the words of Jon Roe", "It was Ana Roe who said “…”".

use std::ops::Range;

use rapporteur_schema::{Citation, EntityKind, MentionKind, Span};

use super::{Claim, folded};
use crate::story::Story;

/// Finds them.
pub(super) fn find(story: &Story<'_>) -> Vec<Claim> {
    let mut out = Vec::new();
    for (r, report) in story.reports.iter().enumerate() {
        let people = people(story, r);
        if people.is_empty() {
            continue;
        }
        let chars: Vec<char> = report.text.as_str().chars().collect();
        for (open, close) in
            report.head.passages.iter().flat_map(|p| quotations(&chars, p.start as usize..p.end as usize))
        {
            let found = named_after(&chars, close, &people).or_else(|| named_before(&chars, open, &people));
            let Some((speaker, by)) = found else { continue };
            let cite = |(from, to)| Citation::new(report.id(), &report.text, Span::new(to_offset(from), to_offset(to)));
            if let (Ok(at), Ok(by)) = (cite((open, close)), cite(by)) {
                out.push(Claim { speaker, words: folded(at.exact()), at, by, named: true });
            }
        }
    }
    out
}

/// A name in a report: its first code point, the first after it, and the entity.
type Named = (usize, usize, usize);

/// A speaker, and the code points of the words that name them as one.
type Beside = (usize, (usize, usize));

/// Where people are named in a report.
fn people(story: &Story<'_>, r: usize) -> Vec<Named> {
    let mut all = Vec::new();
    let Some(found) = story.findings.get(r) else { return all };
    for (a, actor) in found.actors.iter().enumerate() {
        let Some(entity) = story.index(r, rapporteur_schema::ActorIndex(u32::try_from(a).unwrap_or(u32::MAX))) else {
            continue;
        };
        if story.merged.entities[entity].kind == EntityKind::Person {
            let named = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name);
            all.extend(named.map(|m| (m.at.span().start() as usize, m.at.span().end() as usize, entity)));
        }
    }
    all.sort_unstable();
    all
}

/// The insides of the quotations of a paragraph.
fn quotations(chars: &[char], paragraph: Range<usize>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open = None;
    for (i, &c) in chars.iter().enumerate().take(paragraph.end).skip(paragraph.start) {
        match (c, open) {
            ('“', _) | ('"', None) => open = Some(i + 1),
            ('”' | '"', Some(start)) => {
                if i > start {
                    out.push((start, i));
                }
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// "… are the words of Jon Roe".
fn named_after(chars: &[char], close: usize, people: &[Named]) -> Option<Beside> {
    const LINKS: &[&str] = &[
        "are the words of",
        "were the words of",
        "is a phrase of",
        "was said by",
        "were said by",
        "comes from",
        "came from",
    ];
    let after: String = chars.iter().skip(close + 1).take(60).collect();
    let lead = after.len() - after.trim_start().len();
    let link = LINKS.iter().find(|l| after.trim_start().starts_with(**l))?;
    let from = close + 1 + lead + link.chars().count();
    let (_, end, speaker) = person_at(people, from, from + 30)?;
    Some((speaker, (close + 1 + lead, end)))
}

/// "It was Ana Roe who said", right before the marks, in the same sentence.
fn named_before(chars: &[char], open: usize, people: &[Named]) -> Option<Beside> {
    let start = (0..open.saturating_sub(1))
        .rev()
        .find(|&i| matches!(chars[i], '.' | '\n' | '!' | '?') && !abbreviates(chars, i));
    let from = start.map_or(0, |s| s + 1);
    let before: String = chars[from..open].iter().collect();
    let cleft = ["It was ", "it was "].iter().find_map(|c| before.find(c).map(|i| i + c.len()))?;
    let at = from + before[..cleft].chars().count();
    let (_, _, speaker) = person_at(people, at, at + 12)?;
    let rest = &before[cleft..];
    let said = ["who said", "who gave", "who spoke", "who told", "who called", "who coined", "who first"];
    said.iter().any(|s| rest.contains(s)).then_some((speaker, (at - "It was ".len(), open.saturating_sub(1))))
}

/// Whether a full stop belongs to a title ("Mr.").
fn abbreviates(chars: &[char], stop: usize) -> bool {
    let word = chars[..stop].iter().rev().take_while(|c| c.is_alphabetic()).count();
    chars[stop] == '.' && (1..=3).contains(&word) && chars[stop - word].is_uppercase()
}

/// The first person named from here to there.
fn person_at(people: &[Named], from: usize, to: usize) -> Option<Named> {
    let first = people.partition_point(|&(start, _, _)| start < from);
    people.get(first).copied().filter(|&(start, _, _)| start < to)
}

fn to_offset(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}
