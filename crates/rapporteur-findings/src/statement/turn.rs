//! Turns of a transcript: "MINISTER ORLAN: The weir stays open." and the paragraphs below it, until the next one speaks.
//!
//! A label is a few words, all in capitals or all beginning with one, before a colon at the head of a paragraph. One alone is a headline
//! ("UPDATE: …"), and so may be several ("ANALYSIS: …", "RELATED: …"): in a transcript somebody speaks again, or is asked, and labels head
//! many paragraphs. What follows a question ("Q") is the asker's,
//! who is not named.

use rapporteur_lexicon::words::speech;
use rapporteur_schema::{PassageKind, Rule};

use super::candidate::AttributionCandidate;
use crate::doc::{At, Doc};

/// How many words a label has at most.
const MAX_LABEL: usize = 6;

/// How many labels make a transcript: in capitals, and otherwise.
const FEWEST: [usize; 2] = [2, 3];

/// Of so many paragraphs one must have a label at least.
const ONE_IN: usize = 6;

/// Fewer words than this are a greeting or a nod.
const SHORT: usize = 5;

/// The most bytes of one statement, as of those that other rules find.
const MAX_CONTENT: usize = 2_500;

/// The rule's name.
const RULE: &str = "statement/turn";

/// A label at the head of a paragraph.
struct Label {
    /// How many tokens name the speaker.
    tokens: usize,
    /// The first byte of what is said.
    said: usize,
    capitals: bool,
    /// Whether it marks a question, by nobody who is named.
    asks: bool,
}

/// The label of a paragraph, if it has one.
fn label(doc: &Doc<'_>, p: usize) -> Option<Label> {
    let text = doc.paragraph(p);
    let first = text.split_whitespace().next()?;
    // "Q    Thank you …": no colon.
    if first == "Q" && text.len() > 1 {
        return Some(Label { tokens: 0, said: 1, capitals: true, asks: true });
    }
    let (name, _) = text.split_once(':')?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let begins = |w: &&str| w.trim_start_matches(['(', '[', '.']).starts_with(char::is_uppercase);
    if words.is_empty() || words.len() > MAX_LABEL || !words.iter().all(begins) {
        return None;
    }
    let capitals = !name.chars().any(char::is_lowercase);
    // "JANE ROE, HOST": who speaks, and as what.
    let (who, role) = name.split_once(',').unwrap_or((name, name));
    let asks = speech::ASKER_LABEL.has(&role.trim().to_lowercase());
    let tokens = doc.tokens(p).iter().take_while(|t| (t.end as usize) <= who.len()).count();
    (tokens > 0).then_some(Label { tokens, said: name.len() + 1, capitals, asks })
}

/// Candidates of a whole report: a paragraph of a turn each.
pub(super) fn candidates(doc: &Doc<'_>) -> Vec<AttributionCandidate> {
    let mut labels: Vec<Option<Label>> = (0..doc.len()).map(|p| label(doc, p)).collect();
    // Whoever was called the host once asks later too, under the last name alone.
    let last = |p: usize, l: &Label| doc.word(p, l.tokens.saturating_sub(1)).to_lowercase();
    let hosts: Vec<String> = labels
        .iter()
        .enumerate()
        .filter_map(|(p, l)| l.as_ref().filter(|l| l.asks && l.tokens > 0).map(|l| last(p, l)))
        .collect();
    for (p, label) in labels.iter_mut().enumerate() {
        if let Some(l) = label {
            l.asks |= l.tokens > 0 && hosts.contains(&last(p, l));
        }
    }
    let count = |capitals: bool| labels.iter().flatten().filter(|l| l.capitals == capitals && !l.asks).count();
    let bodies = (0..doc.len()).filter(|&p| doc.kind(p) == PassageKind::Body).count();
    let spoken: Vec<&str> =
        (0..doc.len()).filter_map(|p| Some(&doc.paragraph(p)[..labels[p].as_ref()?.said])).collect();
    let again = labels.iter().flatten().any(|l| l.asks) || (1..spoken.len()).any(|n| spoken[..n].contains(&spoken[n]));
    if !again || spoken.len() * ONE_IN < bodies {
        return Vec::new();
    }
    let wanted = [count(true) >= FEWEST[0], count(false) >= FEWEST[1]];
    let mut out = Vec::new();
    let mut speaker = None;
    for (p, label) in labels.iter().enumerate() {
        let text = doc.paragraph(p);
        let mut start = 0;
        if let Some(label) = label.as_ref().filter(|l| l.asks || wanted[usize::from(!l.capitals)]) {
            speaker = (!label.asks).then(|| (p, label.tokens - 1));
            start = label.said;
        } else if doc.kind(p) != PassageKind::Body {
            continue;
        }
        let Some(source) = speaker else { continue };
        start += text[start..].len() - text[start..].trim_start().len();
        let end = text.trim_end().len();
        if start < end && end - start <= MAX_CONTENT && text[start..end].split_whitespace().count() >= SHORT {
            out.push(AttributionCandidate {
                by: Rule::new(RULE),
                cue: None,
                source: Some(source),
                content: (p, start)..(p, end),
                quotation: None,
                follows: None,
                via: None,
            });
        }
    }
    out
}

/// The words that name the speaker of a candidate of this rule.
pub(super) fn label_of(doc: &Doc<'_>, candidate: &AttributionCandidate) -> Option<At> {
    let (p, last) = candidate.source.filter(|_| candidate.by.as_str() == RULE)?;
    (p < doc.len()).then(|| At::new(p, 0..last + 1))
}
