//! Quotations that are speech: which they are, and the cue of each.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{PassageKind, Rule};

use super::candidate::AttributionCandidate;
use super::verb::phrase_at;
use super::wording::is_wording;
use crate::doc::{At, Doc};
use crate::grammar::{is_verb, sentence, subject};
use crate::quotation::Quotation;
use rapporteur_lexicon::{Cue, Frames, cues};

/// A name behind a dash has no more words than this.
const MAX_SIGNATURE: usize = 12;

/// How many tokens behind a quotation its cue may stand.
const MAX_BEHIND: usize = 45;

/// How many tokens before a quotation its cue may stand, in one sentence.
const MAX_BEFORE: usize = 400;

/// Candidates of all direct speech, in order.
pub(super) fn candidates(doc: &Doc<'_>) -> Vec<AttributionCandidate> {
    let mut out: Vec<AttributionCandidate> = Vec::new();
    let mut last: Option<usize> = None; // the quotation before
    for (n, q) in doc.quotations.iter().enumerate() {
        let first = doc.tokens_in(q.paragraph, q.inner.clone()).start;
        if doc.kind(q.paragraph) != PassageKind::Body || doc.is_furniture(q.paragraph, first) {
            continue;
        }
        let previous = last.map(|l| &doc.quotations[l]);
        let after_speech = out.last().is_some_and(|d| d.quotation == last && last.is_some());
        // "We agree," she said, "but not today.": the second half has the cue and speaker of the first.
        if splits(doc, q, previous, after_speech)
            && let Some(first) = out.last().cloned()
        {
            let content = (q.paragraph, q.inner.start)..(q.paragraph, q.inner.end);
            let follows = Some(out.len() - 1);
            let by = Rule::new("statement/speech/split");
            out.push(AttributionCandidate { by, content, quotation: Some(n), follows, ..first });
            last = Some(n);
            continue;
        }
        if !is_speech(doc, q) {
            last = Some(n);
            continue;
        }
        let cue = cue(doc, q);
        let near = out.last().filter(|d| d.quotation.is_some() || d.cue.is_some()).map(|d| d.content.end.0);
        // A paragraph that reopens what the one before left open, with no cue of its own, is the same statement.
        if cue.is_none()
            && q.resumes
            && let Some(before) =
                out.last_mut().filter(|d| d.quotation == last && !doc.quotations[last.unwrap_or(n)].closed)
        {
            before.content.end = (q.paragraph, q.inner.end);
            last = Some(n);
            continue;
        }
        let p = q.paragraph;
        if cue.is_none()
            && let Some((dash, name)) = signed(doc, q)
        {
            let dash = (dash, At::new(p, dash..dash + 1));
            out.push(quoted("statement/speech/signed", q, n, Some(dash), Some((p, name)), None));
            last = Some(n);
            continue;
        }
        let (by, cue, source, follows) = match cue {
            Some(c) => ("statement/speech/cue", Some(c), subject(doc, p, c), None),
            None => {
                let colon = introduced(doc, q);
                if let Some((paragraph, verb)) = colon {
                    let at = At::new(paragraph, verb..verb + 1);
                    let source = subject(doc, paragraph, verb).map(|s| (paragraph, s));
                    out.push(quoted("statement/speech/introduced", q, n, Some((verb, at)), source, None));
                    last = Some(n);
                    continue;
                }
                let carried = near.is_some_and(|end| end == p || (end + 1 == p && stands_alone(doc, q)));
                if !carried {
                    // Nobody near who could be its speaker: words held at arm's length, or a motto.
                    let alone = stands_alone(doc, q);
                    if !alone {
                        last = Some(n);
                        continue;
                    }
                }
                let by = if carried { "statement/speech/carried" } else { "statement/speech/alone" };
                (by, None, None, carried.then(|| out.len().saturating_sub(1)))
            }
        };
        let cue = cue.map(|c| (c, At::new(p, c..c + 1)));
        out.push(quoted(by, q, n, cue, source.map(|s| (p, s)), follows));
        last = Some(n);
    }
    out
}

/// A candidate whose content is the quotation with this number.
fn quoted(
    by: &'static str,
    q: &Quotation,
    n: usize,
    cue: Option<(usize, At)>,
    source: Option<(usize, usize)>,
    follows: Option<usize>,
) -> AttributionCandidate {
    AttributionCandidate {
        by: Rule::new(by),
        cue,
        source,
        content: (q.paragraph, q.inner.start)..(q.paragraph, q.inner.end),
        quotation: Some(n),
        follows,
        via: None,
    }
}

/// Whether a quotation is a sentence or more of speech, not a part of the reporter's clause.
fn is_speech(doc: &Doc<'_>, q: &Quotation) -> bool {
    let p = q.paragraph;
    let text = doc.paragraph(p);
    let inner = &text[q.inner.clone()];
    let inside = doc.tokens_in(p, q.inner.clone());
    if inside.is_empty() {
        return false;
    }
    let words = inner.split_whitespace().count();
    let ends = inner.trim_end().ends_with([',', '.', '!', '?', '…', '-', '—', '–'])
        || text[q.inner.end..].starts_with(['”', '"', '’', '\'', '»'])
            && text[q.outer.end..].starts_with([',', '.', '?', '!']);
    let begins_upper = inner
        .trim_start_matches(|c: char| "[(…. ‘'“\"".contains(c))
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let finite = inside.clone().any(|t| {
        matches!(doc.tokens(p)[t].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
            || (t == inside.start && doc.tokens(p)[t].tag == Tag::Vb)
    });
    let before = text[..q.outer.start].trim_end();
    let at_start = before.is_empty() || before.ends_with(['.', '!', '?', '”', '"', '’', '»', ':', '—', '–', ';', '…']);
    let introduced = before.ends_with(',') || ends_in_cue(doc, p, q.outer.start);
    // "You bled the yard dry" to please its owners: the reporter's clause goes on.
    let after = text[q.outer.end..].trim_start();
    let first_after = inside.end + usize::from(q.closed);
    let goes_on = !ends
        && after.starts_with(char::is_lowercase)
        && first_after < doc.tokens(p).len()
        && !is_cue(doc, p, first_after)
        && !matches!(doc.tokens(p)[first_after].pos, Pos::Pron | Pos::Propn);
    if goes_on || before.ends_with("because,") {
        return false;
    }
    if !begins_upper || !(is_wording(inner) || ends || words <= 2) {
        // A small letter after a colon or a cue and comma, and a whole clause: still speech.
        return finite && words >= 4 && ends && before.ends_with(':') || (finite && words >= 5 && before.is_empty());
    }
    (at_start && (ends || finite || q.resumes)) || (introduced && (finite || ends))
}

/// Whether a quotation is the second half of one that its cue splits.
fn splits(doc: &Doc<'_>, q: &Quotation, previous: Option<&Quotation>, after_speech: bool) -> bool {
    let text = doc.paragraph(q.paragraph);
    let before = text[..q.outer.start].trim_end();
    let small = text[q.inner.clone()].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    after_speech
        && before.ends_with([',', '—', '–', '-', ':'])
        && previous.is_some_and(|b| {
            let open =
                text.get(b.inner.clone()).is_some_and(|t| t.trim_end().ends_with([',', '—', '–', '-', '…', '?', '!']));
            let between = doc.tokens_in(q.paragraph, b.outer.end..q.outer.start);
            let stopped = between.into_iter().any(|t| matches!(doc.word(q.paragraph, t), "." | "!" | "?" | ";"));
            b.paragraph == q.paragraph && (open || small) && !stopped
        })
}

/// Whether the words right before a quotation end in a cue ("he said").
fn ends_in_cue(doc: &Doc<'_>, p: usize, at: usize) -> bool {
    let t = doc.tokens(p).partition_point(|t| (t.end as usize) <= at);
    t.checked_sub(1).is_some_and(|t| is_cue(doc, p, t))
}

/// Whether a token is a verb that can attribute a quotation.
fn is_cue(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let quotes = |c: Cue| c.frames.any(Frames::QUOTE | Frames::PAREN | Frames::CLAUSE) && c.strength > 0;
    is_verb(doc, p, t)
        && doc.quoted(p, t).is_none()
        && (cues().verb(doc.lemma(p, t)).is_some_and(quotes)
            || phrase_at(doc, p, t).is_some_and(|f| f.cue.frames.any(Frames::QUOTE | Frames::PAREN)))
}

/// A paragraph that is nothing but its quotations.
fn stands_alone(doc: &Doc<'_>, q: &Quotation) -> bool {
    let text = doc.paragraph(q.paragraph);
    // The marks and commas between quotations aside, nothing stands outside them; enough of them are looked at.
    let own = doc.quotes_in(q.paragraph);
    let quoted: usize = own.iter().take(64).map(|o| o.outer.len()).sum();
    let covered = own.iter().take(64).next_back().map_or(0, |o| if own.len() > 64 { o.outer.end } else { text.len() });
    quoted * 10 >= covered * 9
}

/// The cue verb of a quotation, in its own paragraph.
fn cue(doc: &Doc<'_>, q: &Quotation) -> Option<usize> {
    let p = q.paragraph;
    let tokens = doc.tokens(p);
    let inside = doc.tokens_in(p, q.inner.clone());
    // By the parse: what stands inside hangs on a cue outside.
    for t in inside.clone() {
        let h = tokens[t].head as usize;
        if !inside.contains(&h) && h != t && is_cue(doc, p, h) && subject_outside(doc, p, h) {
            return Some(h);
        }
    }
    // By place: the cue after it, up to the next quotation or the end of the sentence it runs into.
    let after = inside.end + usize::from(q.closed);
    // A nickname in marks ("Marcia “Cia” Price") is in nobody's way.
    let next = doc.quotes_at(p, q.outer.end..q.outer.end + 2_000).iter().filter(|o| o.outer.start >= q.outer.end);
    let limit = after.saturating_add(MAX_BEHIND + 1).min(tokens.len());
    let limit = next
        .take_while(|o| o.inner.start < tokens.get(limit).map_or(usize::MAX, |t| t.start as usize))
        .find(|o| doc.paragraph(p)[o.inner.clone()].split_whitespace().nth(2).is_some())
        .map_or(limit, |o| doc.tokens_in(p, o.inner.clone()).start);
    let text = doc.paragraph(p);
    let ends_open = text[q.inner.clone()].trim_end().ends_with([',', '?', '!', '—', '–', '…'])
        || text[q.outer.end..].starts_with(',');
    if ends_open {
        let stop =
            (after..limit).find(|&t| t > after && matches!(doc.word(p, t), "." | ";" | "!" | "?")).unwrap_or(limit);
        if let Some(v) =
            (after..stop.min(after + MAX_BEHIND).max(after)).find(|&t| is_cue(doc, p, t) && subject_outside(doc, p, t))
        {
            return Some(v);
        }
    }
    // The cue before it, in the same sentence.
    let first = inside.start.checked_sub(1)?;
    let before = text[..q.outer.start].trim_end();
    let open_before = before.ends_with([',', ':']) || ends_in_cue(doc, p, q.outer.start) || before.ends_with("that");
    if open_before {
        let start = sentence(doc, p, first.saturating_sub(1)).start.max(first.saturating_sub(MAX_BEFORE));
        if let Some(v) = (start..first).rev().find(|&t| is_cue(doc, p, t) && subject_outside(doc, p, t)) {
            return Some(v);
        }
        // "he was clear: “…”": any finite verb before a colon.
        if before.ends_with(':') {
            return (start..first)
                .find(|&t| is_verb(doc, p, t) && matches!(tokens[t].dep, Dep::Root) && doc.quoted(p, t).is_none());
        }
    }
    None
}

/// A cue needs somebody: a subject outside quotation marks, not the one spoken of inside them.
fn subject_outside(doc: &Doc<'_>, p: usize, verb: usize) -> bool {
    subject(doc, p, verb).is_some_and(|s| doc.quoted(p, s).is_none() && doc.tokens(p)[s].pos != Pos::Punct)
}

/// "“…” — Jane Roe": a dash and a name right behind a quotation that ends its paragraph so.
fn signed(doc: &Doc<'_>, q: &Quotation) -> Option<(usize, usize)> {
    let p = q.paragraph;
    let text = doc.paragraph(p);
    let rest = text[q.outer.end..].trim();
    let name = rest.trim_start_matches(['—', '–', '―', '-']).trim_start();
    // Of the rest of a paragraph no more is looked at than a name has.
    let words = name.split_whitespace().take(MAX_SIGNATURE + 1).count();
    let is_name = (1..=MAX_SIGNATURE).contains(&words)
        && name.starts_with(char::is_uppercase)
        && !name.ends_with(['!', '?', ':']);
    if rest.len() == name.len() || !is_name {
        return None;
    }
    let tokens = doc.tokens(p);
    let dash = tokens.partition_point(|t| (t.start as usize) < q.outer.end);
    // The last capitalised word before a comma heads the name.
    let first = (dash..tokens.len()).find(|&t| doc.word(p, t).starts_with(char::is_alphanumeric))?;
    let end =
        (first..tokens.len()).find(|&t| !doc.word(p, t).starts_with(char::is_alphanumeric)).unwrap_or(tokens.len());
    (end > first && dash < first).then(|| (dash, end - 1))
}

/// The verb that introduces a quotation from the paragraph before, which ends in a colon.
fn introduced(doc: &Doc<'_>, q: &Quotation) -> Option<(usize, usize)> {
    let before = q.paragraph.checked_sub(1)?;
    let starts = doc.paragraph(q.paragraph)[..q.outer.start].trim().is_empty();
    if !starts || !doc.paragraph(before).trim_end().ends_with(':') || doc.kind(before) != PassageKind::Body {
        return None;
    }
    let last = doc.tokens(before).len().checked_sub(1)?;
    let range = sentence(doc, before, last);
    let cue = range.clone().rev().find(|&t| is_cue(doc, before, t) && subject(doc, before, t).is_some());
    cue.or_else(|| range.clone().find(|&t| doc.tokens(before)[t].dep == Dep::Root && is_verb(doc, before, t)))
        .map(|v| (before, v))
}
