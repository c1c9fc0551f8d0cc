//! How many points a plan has: "a 14-point plan", "11 points", "a list of nine proposals", "trimmed to around 20".

use std::ops::Range;

use rapporteur_language::{Dep, Pos};

use crate::doc::Doc;
use crate::grammar::{child, head, own_subject};
use crate::number::one_word;
use rapporteur_lexicon::topics;
use rapporteur_lexicon::words::negotiation;

/// More points than this no plan has.
const MAX_POINTS: u32 = 500;

/// A number of points and the plan it is told of.
pub(super) struct Points {
    /// How many.
    pub(super) number: u32,
    /// Whether that is rough.
    pub(super) approximate: bool,
    /// The token of the plan's noun.
    pub(super) plan: usize,
    /// From the number to its unit.
    pub(super) at: Range<usize>,
}

/// The numbers of points in a paragraph, with the plans they are told of.
pub(super) fn all(doc: &Doc<'_>, p: usize) -> Vec<Points> {
    (0..doc.tokens(p).len()).filter_map(|t| compound(doc, p, t).or_else(|| counted(doc, p, t))).collect()
}

/// A whole number as written, in figures or in words.
pub(super) fn value(word: &str) -> Option<u32> {
    word.parse().ok().or_else(|| one_word(word))
}

/// "14-point plan": one token or three, before a plan's noun.
fn compound(doc: &Doc<'_>, p: usize, t: usize) -> Option<Points> {
    let word = doc.lower(p, t);
    let tokens = doc.tokens(p);
    let (number, last) = match word.rsplit_once(['-', '‑', '–']) {
        Some((number, unit)) if negotiation::UNIT_OF_PLAN.has(unit) => (value(number)?, t),
        _ => {
            let hyphen = t + 2 < tokens.len() && matches!(doc.word(p, t + 1), "-" | "‑" | "–");
            let unit = hyphen && negotiation::UNIT_OF_PLAN.has(doc.lower(p, t + 2));
            (value(word).filter(|_| unit)?, t + 2)
        }
    };
    // The plan's noun follows in the same noun phrase ("14-point Fisheries Plan").
    let plan = (last + 1..tokens.len().min(last + 6))
        .take_while(|&i| {
            matches!(tokens[i].pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb) || doc.word(p, i) == "-"
        })
        .find(|&i| topics().proposal(doc.lower_lemma(p, i)).is_some())?;
    (number > 1 && number <= MAX_POINTS).then(|| Points {
        number,
        approximate: is_rough(doc, p, t),
        plan,
        at: t..last + 1,
    })
}

/// "11 points", told of a plan by the words above it.
fn counted(doc: &Doc<'_>, p: usize, t: usize) -> Option<Points> {
    let tokens = doc.tokens(p);
    if tokens[t].pos != Pos::Num {
        return None;
    }
    let number = value(doc.word(p, t)).filter(|n| *n > 1 && *n <= MAX_POINTS)?;
    let unit = match tokens[t].dep {
        Dep::Nummod => {
            Some(head(doc, p, t)?).filter(|&u| u > t && u - t <= 4 && negotiation::UNIT_OF_PLAN.has(doc.lemma(p, u)))?
        }
        // "from 24 points to around 20": the unit stands shortly before.
        Dep::Pobj if doc.word(p, head(doc, p, t)?).eq_ignore_ascii_case("to") => {
            let unit = (t.saturating_sub(6)..t).rev().find(|&u| negotiation::UNIT_OF_PLAN.has(doc.lemma(p, u)))?;
            (tokens[unit].tag == rapporteur_language::Tag::Nns).then_some(t)?
        }
        _ => return None,
    };
    // "2.5 percentage points", "three bargaining points ahead": only bare units count.
    let odd = doc.analyses[p]
        .children(unit)
        .any(|c| c < unit && c != t && matches!(tokens[c].dep, Dep::Compound | Dep::Nmod) && unit != t);
    if odd {
        return None;
    }
    let plan = told_of(doc, p, unit)?;
    let (from, to) = (t.min(unit), t.max(unit));
    Some(Points { number, approximate: is_rough(doc, p, t), plan, at: from..to + 1 })
}

/// The plan that a count of points is told of: a noun above it, or the subject of a verb above it.
fn told_of(doc: &Doc<'_>, p: usize, unit: usize) -> Option<usize> {
    let tokens = doc.tokens(p);
    let is_plan = |t: usize| tokens[t].pos != Pos::Verb && topics().proposal(doc.lower_lemma(p, t)).is_some();
    let mut at = unit;
    for _ in 0..5 {
        let up = head(doc, p, at)?;
        let dep = tokens[at].dep;
        if is_plan(up) && matches!(dep, Dep::Pobj | Dep::Prep | Dep::Dobj | Dep::Appos | Dep::Acl | Dep::Relcl) {
            return Some(up);
        }
        if matches!(tokens[up].pos, Pos::Verb | Pos::Aux) {
            // A verb of having or becoming, not one of saying: "comprises", "was whittled down to", "now has".
            let holds = negotiation::HOLDING.has(doc.lemma(p, up)) || negotiation::CHANGING.has(doc.lemma(p, up));
            if holds {
                if let Some(s) = own_subject(doc, p, up).filter(|&s| is_plan(s)) {
                    return Some(s);
                }
                // "cut the plan to 19 points"
                if let Some(o) = child(doc, p, up, &[Dep::Dobj]).filter(|&o| o != unit && is_plan(o)) {
                    return Some(o);
                }
            } else if let Some(o) = child(doc, p, up, &[Dep::Dobj]).filter(|&o| o != unit && o < unit && is_plan(o)) {
                return Some(o);
            }
        } else if !matches!(tokens[up].pos, Pos::Adp | Pos::Noun | Pos::Part) {
            return None;
        }
        at = up;
    }
    None
}

/// Whether the words before a number make it rough.
pub(super) fn is_rough(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let before = t.checked_sub(1).map(|b| doc.lower(p, b));
    before.is_some_and(|b| negotiation::ROUGHLY.has(b))
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn numbers_in_figures_and_words() {
        assert_eq!(value("28"), Some(28));
        assert_eq!(value("Twelve"), Some(12));
        assert_eq!(value("twenty-eight"), Some(28));
        assert_eq!(value("twenty-ten"), None);
        assert_eq!(value("4.5"), None);
    }
}
