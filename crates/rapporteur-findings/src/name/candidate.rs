//! Stretches of text that may be names: what the model marks, what the lists know, what titles announce.

use std::ops::Range;

use rapporteur_language::{EntType, Tag};
use rapporteur_lexicon::words::{function, people};
use rapporteur_lexicon::{Known, Title, facts};
use rapporteur_schema::{CutKind, EntityKind};

use super::evidence::{Usage, is_name_tag};
use super::extent::{parts, whole};
use super::signal::{Signal, is_dateline, of_place};
use super::title::title_from;
use crate::doc::{At, Doc};

/// A stretch that may be a name.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) at: At,
    /// What the lists know under this spelling.
    pub(crate) known: Option<Known>,
    /// What tells of its kind here.
    pub(crate) signals: Vec<Signal>,
}

/// Bytes that a name has at most: a word without end, shown wherever its bearer is, would make much of little.
const MAX_NAME: usize = 500;

/// Every stretch of a paragraph that may be a name; none overlaps another.
pub(super) fn candidates(doc: &Doc<'_>, usage: &Usage<'_>, p: usize) -> Vec<Candidate> {
    let n = doc.tokens(p).len();
    let mut spans: Vec<Span> = Vec::new();
    titled(doc, usage, p, &mut spans);
    listed(doc, usage, p, &mut spans);
    marked(doc, usage, p, &mut spans);
    runs(doc, usage, p, &mut spans);
    spans.retain(|span| {
        let is_name = doc.bytes(p, span.tokens.clone()).len() <= MAX_NAME;
        if !is_name {
            doc.cuts.add(CutKind::Name, &At::new(p, span.tokens.clone()));
        }
        is_name
    });
    // The surer source first, then the longer stretch; what overlaps a stretch already taken is dropped.
    spans.sort_by_key(|s| (s.rank, std::cmp::Reverse(s.tokens.len()), s.tokens.start));
    let mut taken = vec![false; n];
    let mut out: Vec<Candidate> = Vec::new();
    for span in spans {
        if taken[span.tokens.clone()].iter().any(|t| *t) {
            continue;
        }
        taken[span.tokens.clone()].fill(true);
        let known = known(doc, p, &span.tokens);
        let signals = of_place(doc, p, &span.tokens, known);
        out.push(Candidate { at: At::new(p, span.tokens), known, signals });
    }
    out.sort_by_key(|c| c.at.tokens.start);
    out
}

struct Span {
    tokens: Range<usize>,
    /// 0 for the surest source.
    rank: u8,
}

/// What the lists know under the words of a stretch; a dateline's capitals ("OSLO —") are looked up as a name is written.
fn known(doc: &Doc<'_>, p: usize, tokens: &Range<usize>) -> Option<Known> {
    let words = doc.words(p, tokens.clone());
    facts().known(words).or_else(|| {
        let written = |w: &str| w.chars().take(1).chain(w.to_lowercase().chars().skip(1)).collect::<String>();
        let place = |k: &Known| matches!(k.kind, EntityKind::Place | EntityKind::Country);
        let name = is_dateline(doc, p, tokens).then(|| words.split(' ').map(written).collect::<Vec<_>>().join(" "))?;
        facts().known(&name).filter(place)
    })
}

fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A run of capitalised words from `t` that reads like a person's name, particles and initials included.
fn person_run(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, t: usize) -> usize {
    let tokens = doc.tokens(p);
    let mut end = t;
    while end < tokens.len() {
        let word = doc.word(p, end);
        let named = capital(word)
            && word.chars().any(char::is_alphabetic)
            && (is_name_tag(tokens[end].tag) || end == t)
            && !usage.breaks(doc, p, t, end);
        let particle =
            end > t && people::PARTICLE.has(word) && tokens.get(end + 1).is_some_and(|_| capital(doc.word(p, end + 1)));
        // "Jean-Noël", "al-Sisi": the hyphen is a token, with no space around it.
        let hyphen = end > t
            && word == "-"
            && !tokens[end - 1].space_after
            && !tokens[end].space_after
            && tokens.get(end + 1).is_some_and(|_| capital(doc.word(p, end + 1)));
        if !(named || particle || hyphen) || end - t >= 6 {
            break;
        }
        end += 1;
    }
    end
}

/// A title and capitalised words after it: a person, whatever the model says.
fn titled(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, out: &mut Vec<Span>) {
    let n = doc.tokens(p).len();
    let mut t = 0;
    while t < n {
        let Some((title, kind)) = title_from(doc, p, t).filter(|_| !is_saint(doc, p, t)) else {
            t += 1;
            continue;
        };
        let end = person_run(doc, usage, p, title.end);
        if is_firm(doc, usage, p, &title, kind, end) {
            out.push(Span { tokens: whole(doc, usage, p, title.start..end), rank: 0 });
            t = end;
            continue;
        }
        let words = doc.words(p, title.end..end);
        // "the president Washington wants", "Prime Minister's", a role before a company are no persons.
        let listed = facts().known(words).is_some() && facts().given_name(doc.word(p, title.end)).is_none();
        let body = words.split(' ').any(|w| people::BODY_WORD.has(w));
        let starts_demonym = facts().demonym(doc.word(p, title.end.min(n.saturating_sub(1)))).is_some();
        if end > title.end
            && !body
            && !starts_demonym
            && (!listed || matches!(kind, Title::Honorific | Title::Rank | Title::Office) && capital(doc.word(p, t)))
        {
            // A title inside the run ("Chief of Staff Susie Wiles") starts the name anew.
            let title_at = |s: usize| title_from(doc, p, s).filter(|(r, _)| r.end < end && r.end > s);
            let inner = (title.end..end).rev().filter(|&s| !is_saint(doc, p, s)).find_map(title_at);
            let start = inner.as_ref().map_or(title.end, |(r, _)| r.end);
            let tokens = usage.without_thing(doc, p, start..end);
            if usage.may_name(doc, p, &tokens, EntType::Person) {
                out.push(Span { tokens: whole(doc, usage, p, tokens), rank: 0 });
            }
            t = end;
        } else {
            t += 1;
        }
    }
}

/// Whether a rank is the first word of a body's name and no rank: "General Motors", "General Workers Union", and
/// "General Dynamo" where "Inc." follows it somewhere.
fn is_firm(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, title: &Range<usize>, kind: Title, end: usize) -> bool {
    let rank = doc.word(p, title.start);
    if kind != Title::Rank || end <= title.end || !capital(rank) || rank.ends_with('.') {
        return false;
    }
    let words = doc.words(p, title.start..end);
    let body = doc.words(p, title.end..end).split(' ').any(|w| people::BODY_WORD.has(w));
    body || usage.is_firm(words) || facts().known(words).is_some()
}

/// Names that the lists know, the longest first.
fn listed(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, out: &mut Vec<Span>) {
    let facts = facts();
    let tokens = doc.tokens(p);
    let mut t = 0;
    while t < tokens.len() {
        let word = doc.word(p, t);
        let longest = facts.longest_from(word);
        let mut next = t + 1;
        if longest > 0 {
            // Hyphenated names have more tokens than words.
            let last = tokens.len().min(t + longest + 4);
            let hit = (t + 1..=last).rev().find(|&end| {
                let words = doc.words(p, t..end);
                let known = facts.known(words);
                let tagged = (t..end).any(|i| is_name_tag(tokens[i].tag)) || words.contains(' ');
                // Part of a longer hyphenated word ("X-ray") is no name.
                let whole = tokens[end - 1].space_after
                    || tokens.get(end).is_none_or(|_| !doc.word(p, end).starts_with(char::is_alphanumeric));
                known.is_some() && tagged && whole && usage.may_name(doc, p, &(t..end), tokens[t].ent_type)
            });
            if let Some(end) = hit {
                let multi = end - t > 1;
                out.push(Span { tokens: t..end, rank: if multi { 1 } else { 2 } });
                next = end;
            }
        }
        t = next;
    }
}

/// What the model marks, trimmed of articles, titles and possessives.
fn marked(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, out: &mut Vec<Span>) {
    for entity in doc.analyses[p].entities() {
        let wanted = matches!(
            entity.label,
            EntType::Person | EntType::Org | EntType::Gpe | EntType::Loc | EntType::Fac | EntType::Norp
        );
        if !wanted {
            continue;
        }
        for part in parts(doc, usage, p, entity.tokens()) {
            let tokens = whole(doc, usage, p, trim(doc, usage, p, part));
            let tokens = usage.without_strays(doc, p, tokens);
            let short = usage.without_thing(doc, p, tokens.clone());
            // What is left of a plan's name is no body for the model's having marked the whole as one.
            if short != tokens && (short.is_empty() || facts().known(doc.words(p, short.clone())).is_none()) {
                continue;
            }
            let tokens = short;
            // "Defence" of the Defence Secretary.
            let office = title_from(doc, p, tokens.start).filter(|(r, _)| r.end > tokens.end);
            if office.is_some() && facts().known(doc.words(p, tokens.clone())).is_none() {
                continue;
            }
            let words = doc.words(p, tokens.clone());
            let plausible = capital(words) && usage.may_name(doc, p, &tokens, entity.label);
            // An adjective of a people is no name; the people themselves are ("Ukrainians").
            let adjective = !tokens.is_empty()
                && facts().demonym(words).is_some()
                && !matches!(doc.tokens(p)[tokens.start].tag, Tag::Nnps | Tag::Nns);
            let adjective = adjective || (entity.label == EntType::Norp && !words.ends_with('s'));
            if plausible && !adjective && !tokens.is_empty() {
                let rank = if tokens.len() > 1 { 1 } else { 3 };
                out.push(Span { tokens, rank });
            }
        }
    }
}

/// How many words of a title may stand before one that begins a run.
const TITLE_WORDS: usize = 4;

/// Proper nouns in a row that nothing else claims.
fn runs(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, out: &mut Vec<Span>) {
    let tokens = doc.tokens(p);
    let mut t = 0;
    while t < tokens.len() {
        if !is_name_tag(tokens[t].tag) || !capital(doc.word(p, t)) {
            t += 1;
            continue;
        }
        let end = person_run(doc, usage, p, t).max(t + 1);
        let trimmed = usage.without_strays(doc, p, whole(doc, usage, p, trim(doc, usage, p, t..end)));
        let trimmed = usage.without_thing(doc, p, trimmed);
        let words = doc.words(p, trimmed.clone());
        // A word within a title too: "Pro Tem" of a president.
        let from = t.saturating_sub(TITLE_WORDS).max(doc.sentence(p, t).start);
        let title = (from..=t).any(|s| title_from(doc, p, s).is_some_and(|(r, _)| r.end >= trimmed.end));
        // "the Republican": one of a party or people is described, not named.
        let member = trimmed.len() == 1 && tokens[t].ent_type == EntType::Norp && tokens[t].tag == Tag::Nnp;
        if !trimmed.is_empty()
            && !title
            && !member
            && usage.may_name(doc, p, &trimmed, tokens[trimmed.start].ent_type)
            && facts().demonym(words).is_none()
        {
            out.push(Span { tokens: trimmed, rank: 4 });
        }
        t = end.max(t + 1);
    }
}

/// Whether a word is the "St." of a place or a church, which belongs to its name.
fn is_saint(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let word = doc.word(p, t);
    facts().whole_title(doc.lower(p, t)).unwrap_or(word).eq_ignore_ascii_case("saint")
}

/// Without a leading article or title, demonyms before a title, a closing possessive or stray marks.
fn trim(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens;
    let all = doc.tokens(p);
    while start < end {
        let word = doc.word(p, start);
        let article = function::ARTICLE.has(&word.to_lowercase());
        let stray = !word.starts_with(char::is_alphanumeric);
        if article || stray {
            start += 1;
        } else if let Some((title, _)) = title_from(doc, p, start)
            .filter(|(r, kind)| r.end < end && !is_saint(doc, p, start) && !is_firm(doc, usage, p, r, *kind, end))
        {
            start = title.end;
        } else {
            break;
        }
    }
    while start < end {
        let word = doc.word(p, end - 1);
        let possessive = all[end - 1].tag == Tag::Pos;
        if possessive || !word.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.') {
            end -= 1;
        } else {
            break;
        }
    }
    start..end
}
