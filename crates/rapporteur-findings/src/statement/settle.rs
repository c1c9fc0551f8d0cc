//! One draft for one attribution where several rules found it.

use rapporteur_language::Dep;

use super::Draft;
use crate::doc::Doc;
use crate::facts::cues;
use crate::grammar::child;

/// Adds to direct speech what the other rules found, where it is not the same thing over again.
pub(super) fn settle(doc: &Doc<'_>, drafts: &mut Vec<Draft>, others: Vec<Draft>) {
    let mut kept: Vec<Draft> = Vec::new();
    for mut other in others {
        if credited(drafts, &mut kept, &mut other, doc) {
            continue;
        }
        if drafts.iter().any(|d| repeats(doc, d, &other)) {
            continue;
        }
        // Two rules, one cue: the first rule is the surer.
        let same = kept
            .iter()
            .any(|k| k.cue.as_ref().map(|c| (c.1.paragraph, c.0)) == other.cue.as_ref().map(|c| (c.1.paragraph, c.0)));
        if !same {
            kept.push(other);
        }
    }
    let kept = outermost(doc, drafts, kept);
    // Order of the text, which is the order in which pronouns are understood; links between drafts move along.
    let speech = drafts.len();
    drafts.extend(kept);
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].content.start, drafts[i].content.end, i));
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut sorted: Vec<Draft> = order.iter().map(|&i| drafts[i].clone()).collect();
    for d in &mut sorted {
        d.follows = d.follows.filter(|&f| f < speech).map(|f| place[f]);
    }
    *drafts = sorted;
}

/// Without what is only thought, promised or judged inside somebody else's statement: that is part of what they say.
/// Speech inside speech ("A says that B said") stays.
fn outermost(doc: &Doc<'_>, direct: &[Draft], kept: Vec<Draft>) -> Vec<Draft> {
    let inside = |d: &Draft| {
        let Some((cue, at)) = &d.cue else { return false };
        let spot = (at.paragraph, doc.bytes(at.paragraph, *cue..*cue + 1).start);
        kept.iter().chain(direct).any(|o| o.content.start <= spot && spot < o.content.end && o.content != d.content)
    };
    let said = |d: &Draft| {
        let Some((cue, at)) = &d.cue else { return true };
        let verb = cues().verb(doc.lemma(at.paragraph, *cue));
        let clause = child(doc, at.paragraph, *cue, &[Dep::Ccomp]).is_some();
        verb.is_none_or(|c| c.kind != b't' && c.kind != b'a' && clause)
    };
    let stays: Vec<bool> = kept.iter().map(|d| said(d) || !inside(d)).collect();
    kept.into_iter().zip(stays).filter(|(_, stays)| *stays).map(|(d, _)| d).collect()
}

/// Whether a draft only says again what direct speech has: its content lies mostly in that quotation, or its cue does.
fn repeats(doc: &Doc<'_>, direct: &Draft, other: &Draft) -> bool {
    let p = other.paragraph();
    let Some(q) = direct.quotation.map(|n| &doc.quotations[n]) else { return false };
    let within = |at: usize| {
        let start = if direct.content.start.0 == p { direct.content.start.1 } else { 0 };
        let end = if direct.content.end.0 == p { direct.content.end.1 } else { usize::MAX };
        direct.content.start.0 <= p && p <= direct.content.end.0 && (start..end).contains(&at)
    };
    let cue_inside = other.cue.as_ref().is_some_and(|(c, at)| {
        let byte = doc.bytes(at.paragraph, *c..c + 1).start;
        at.paragraph == p && within(byte)
    });
    let same_cue = match (&direct.cue, &other.cue) {
        (Some((a, x)), Some((b, y))) => x.paragraph == y.paragraph && a == b,
        _ => false,
    };
    let (start, end) = (other.content.start.1, other.content.end.1);
    let overlap = end.min(q.inner.end).saturating_sub(start.max(q.inner.start));
    let mostly = q.paragraph == p && overlap * 2 > end - start;
    cue_inside || mostly || (same_cue && overlap > 0)
}

/// "S, X said, according to the agency": the agency has it from X; no second statement but a credit.
fn credited(drafts: &mut [Draft], kept: &mut [Draft], other: &mut Draft, doc: &Doc<'_>) -> bool {
    let Some((cue, at)) = &other.cue else { return false };
    let (p, cue) = (at.paragraph, *cue);
    let Some((_, source)) = other.source else { return false };
    // The statement whose own cue lies inside this one's content, or on whose cue this adjunct hangs.
    let head = doc.tokens(p)[cue].head as usize;
    let adjunct = doc.word(p, cue).eq_ignore_ascii_case("according");
    let reports = matches!(doc.lemma(p, cue), "report" | "cite" | "quote");
    if !adjunct && !reports {
        return false;
    }
    let (start, end) = (other.content.start.1, other.content.end.1);
    let inner = kept.iter_mut().chain(drafts.iter_mut()).find(|d| {
        d.cue.as_ref().is_some_and(|(c, at)| {
            let byte = doc.bytes(at.paragraph, *c..c + 1).start;
            at.paragraph == p
                && *c != cue
                && ((adjunct && *c == head) || (start..end).contains(&byte))
                && d.content.start.1 >= start.min(byte)
        })
    });
    match inner {
        Some(d) if d.via.is_none() => {
            d.via = Some(crate::doc::At::new(p, crate::grammar::phrase(doc, p, source)));
            true
        }
        _ => false,
    }
}
