//! What a number counts: the noun, and what is no count at all ("60-day order", "Article 5", "six times").

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_lexicon::words::quantity;

use super::figure::figure;
use super::number::{Number, Unit};
use crate::doc::Doc;
use crate::grammar::{head, sentence};

/// The word of a vote is looked for no further from its result, in tokens of the same sentence.
const MAX_VOTE_AWAY: usize = 200;

/// The noun counted.
pub(super) struct Counted {
    /// Its lemma.
    pub(super) noun: String,
    /// Its token, or the token that stands for it.
    pub(super) token: usize,
}

/// What a number counts; `None` where it counts nothing that reports could differ on.
pub(super) fn counted(doc: &Doc<'_>, p: usize, number: &Number) -> Option<Counted> {
    let all = doc.tokens(p);
    let end = number.tokens.end;
    let word = |i: usize| if i < all.len() { doc.word(p, i) } else { "" };
    let made = |noun: &str, token: usize| Some(Counted { noun: noun.to_owned(), token });
    match &number.unit {
        Unit::Percent if end - 1 > number.last => return made("percent", end - 1),
        Unit::Percent => return made("percent", number.last),
        Unit::Points => return made("percentage point", end - 1),
        Unit::Money(coin) => return made(coin, if end - 1 > number.last { end - 1 } else { number.last }),
        Unit::Count => {}
    }
    let before = number.tokens.start.checked_sub(1).map(|b| doc.lower_lemma(p, b)).unwrap_or_default();
    if quantity::NUMBERED.has(before) {
        return None;
    }
    // "a 60-day order", "the 22-nation group"; "4:10", "3.20am"
    if quantity::JOINED.has(word(end)) && all.get(end).is_some_and(|t| t.start == all[end - 1].end) {
        return None;
    }
    // "7,900 of our nurses", "47,800 of us"
    if word(end) == "of" {
        let whole = (end + 1..all.len().min(end + 6)).find(|&i| {
            matches!(all[i].pos, Pos::Noun | Pos::Propn)
                && !all
                    .get(i + 1)
                    .is_some_and(|n| matches!(n.pos, Pos::Noun | Pos::Propn) && all[i].head as usize == i + 1)
                || quantity::WHOLE.has(&word(i).to_lowercase())
        })?;
        return match word(whole).to_lowercase().as_str() {
            "us" | "you" => made("person", whole),
            "them" | "these" | "those" => None,
            _ => noun(doc, p, whole),
        };
    }
    if is_vote(doc, p, number) {
        return made("vote", number.last);
    }
    let mut h = head(doc, p, number.last);
    // The parts of a figure hang on one another.
    while let Some(up) = h.filter(|&up| up < end && number.tokens.contains(&up)) {
        h = head(doc, p, up);
    }
    let nummod = matches!(all[number.last].dep, Dep::Nummod | Dep::Quantmod | Dep::Compound | Dep::Nmod | Dep::Amod);
    // "8,600 members", past the words between ("14 small container ports"); "Article 5" has its noun before.
    match h.filter(|&h| nummod && h >= end && h - end <= 5 && matches!(all[h].pos, Pos::Noun | Pos::Propn)) {
        Some(h) => noun(doc, p, h),
        None => {
            let run = (end..all.len().min(end + 4)).take_while(|&i| {
                matches!(all[i].tag, Tag::Jj | Tag::Nn | Tag::Nns | Tag::Nnps) && !doc.word(p, i).is_empty()
            });
            let last = run.last().filter(|&i| matches!(all[i].tag, Tag::Nns))?;
            noun(doc, p, last)
        }
    }
}

/// "14 to 3" of a vote; "15 against, 3 for".
fn is_vote(doc: &Doc<'_>, p: usize, number: &Number) -> bool {
    let bounds = sentence(doc, p, number.last);
    // A list of thousands of results is looked over near by each.
    let near = bounds.start.max(number.last.saturating_sub(MAX_VOTE_AWAY))..bounds.end.min(number.last + MAX_VOTE_AWAY);
    let end = number.tokens.end;
    let word = |i: usize| if i < bounds.end { doc.word(p, i) } else { "" };
    let other = |t: usize| figure(doc, p, t).filter(|f| f.end <= bounds.end).map(|f| f.end);
    if matches!(word(end), "against" | "for") && matches!(word(end + 1), "," | "and") {
        let second = other(end + 2).map(word).unwrap_or_default();
        return matches!(second, "for" | "against") && second != word(end);
    }
    let sides = matches!(word(end), "to" | "-" | "–") && end + 1 < bounds.end;
    // Nothing counted may follow: "14 to 3 members" is a slip, "6 to 8 percent" a rise.
    let bare =
        |t: usize| !matches!(doc.tokens(p).get(t).map(|t| t.pos), Some(Pos::Noun | Pos::Propn | Pos::Adj | Pos::Sym));
    let from = number.tokens.start > 0 && doc.word(p, number.tokens.start - 1).eq_ignore_ascii_case("from");
    sides
        && !from
        && other(end + 1).is_some_and(|t| t >= bounds.end || bare(t) && word(t) != "%")
        && near.clone().any(|i| quantity::VOTE.has(doc.lower_lemma(p, i)))
}

fn noun(doc: &Doc<'_>, p: usize, token: usize) -> Option<Counted> {
    let lemma = doc.lower_lemma(p, token);
    // A name counts nothing, people of a country or party do ("47 Democrats").
    let name = doc.tokens(p)[token].tag == Tag::Nnp;
    (!name && !quantity::UNCOUNTED.has(lemma) && lemma.chars().all(|c| c.is_alphabetic() || c == '-'))
        .then_some(Counted { noun: lemma.to_owned(), token })
}
