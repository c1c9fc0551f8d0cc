//! Cuts a content to what belongs to it: no marks, conjunctions and white space around it, no half quotation.

use std::ops::Range;

use rapporteur_language::Dep;

use crate::doc::Doc;

/// The bytes of some tokens without the marks, conjunctions and white space around them.
pub(super) fn trimmed(doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens;
    let all = doc.tokens(p);
    let drop = |t: usize| {
        let word = doc.word(p, t);
        word.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '%' | '$' | '€' | '£' | ')' | ']' | '[' | '('))
    };
    while start < end
        && (drop(start) && !opens_quote(doc, p, start)
            || start + 1 < end
                && start == tokens.start
                && matches!(all[start].dep, Dep::Cc)
                && doc.word(p, start).starts_with(char::is_uppercase))
    {
        start += 1;
    }
    while start < end && drop(end - 1) && !closes_quote(doc, p, start..end, end - 1) {
        end -= 1;
    }
    let mut bytes = doc.bytes(p, start..end);
    // A quotation that begins inside ends inside: its closing mark, and a comma before it, come along.
    for q in doc.quotes_at(p, bytes.end..bytes.end).iter().filter(|q| q.closed) {
        let cut = bytes.contains(&q.outer.start) && q.outer.end > bytes.end;
        if cut && !doc.paragraph(p)[bytes.end..q.outer.end].contains(char::is_alphanumeric) {
            bytes.end = q.outer.end;
        }
    }
    bytes
}

/// Whether a token is the mark that opens a quotation.
fn opens_quote(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let at = doc.tokens(p)[t].start as usize;
    doc.quotes_at(p, at..at).iter().any(|q| q.outer.start == at)
}

/// Whether a token is the mark that closes a quotation which began inside these tokens.
fn closes_quote(doc: &Doc<'_>, p: usize, within: Range<usize>, t: usize) -> bool {
    let end = doc.tokens(p)[t].end as usize;
    let from = doc.tokens(p)[within.start].start as usize;
    doc.quotes_at(p, end..end).iter().any(|q| q.closed && q.outer.end == end && q.outer.start >= from)
}
