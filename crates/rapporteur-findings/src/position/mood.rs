//! Whether a stance verb says that the stance is taken: negated, asked of others, supposed, denied, or plain.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::Stance;

use crate::doc::Doc;
use crate::grammar::{child, head, is_negated, is_passive};
use rapporteur_lexicon::words::{condition, negotiation};

/// Whose stance a verb tells and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mood {
    /// The verb whose subject takes the stance.
    pub(super) of: usize,
    /// The stance.
    pub(super) stance: Stance,
}

/// What the verb or adjective above an infinitive makes of it.
enum Above {
    /// "agreed to accept", "is ready to accept"
    Keeps,
    /// "refused to accept"
    Turns,
    /// "wants to accept"
    Wishes,
    /// "urged them to accept"
    Asks,
    /// "is expected to accept", and whatever is not known
    Unknown,
}

fn above(lemma: &str, adjective: bool) -> Above {
    let told = match adjective {
        true => negotiation::READINESS.value(lemma),
        false if negotiation::WISHING.has(lemma) => Some("wishes"),
        false => negotiation::HIGHER_VERB.value(lemma),
    };
    match told {
        Some("keeps" | "binds") => Above::Keeps,
        Some("turns") => Above::Turns,
        Some("wishes") => Above::Wishes,
        Some("asks") => Above::Asks,
        _ => Above::Unknown,
    }
}

/// The modal verb of a clause, in lower case.
pub(super) fn modal<'d>(doc: &'d Doc<'_>, p: usize, v: usize) -> Option<&'d str> {
    let mut modals = doc.analyses[p].children(v).filter(|&c| doc.tokens(p)[c].tag == Tag::Md);
    modals.next().map(|c| doc.lower(p, c))
}

/// Whether a marker makes its clause a supposed one.
fn supposes(marker: &str) -> bool {
    // The others make a supposition only with other words, or none at all.
    let sort = condition::CLAUSE_MARKER.value(marker);
    sort.is_some_and(|sort| !matches!(sort, "before" | "when" | "long" | "condition"))
}

/// Whether a token is a verb, or an auxiliary, whose clause is stated and not only supposed: what `judgement`, `duty` and
/// `silence` begin with.
pub(super) fn is_stated(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(doc.tokens(p)[v].pos, Pos::Verb | Pos::Aux) && !is_supposed(doc, p, v)
}

/// Whether a clause, or one that it hangs on, only supposes: "if", "unless", "whether", or a question.
pub(super) fn is_supposed(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let tokens = doc.tokens(p);
    let mut at = v;
    // "the speculation that it will", not "a prospect rejected by all".
    let is_told = |v: usize| {
        let opens = |c: usize| c < v && matches!(doc.lower(p, c), "that" | "to");
        tokens[v].dep == Dep::Acl && doc.analyses[p].children(v).any(opens)
    };
    for _ in 0..8 {
        let marked = doc.analyses[p].children(at).any(|c| {
            let marks = matches!(tokens[c].dep, Dep::Mark | Dep::Advmod) && c < at;
            marks && supposes(doc.lower(p, c))
        });
        if marked {
            return true;
        }
        match head(doc, p, at) {
            // "Many have speculated that it offered", "speculation that it will": nobody says that it did.
            Some(h)
                if (tokens[at].dep == Dep::Ccomp || is_told(at))
                    && negotiation::SUPPOSING.has(doc.lower_lemma(p, h)) =>
            {
                return true;
            }
            Some(h)
                if matches!(
                    tokens[at].dep,
                    Dep::Xcomp | Dep::Ccomp | Dep::Conj | Dep::Advcl | Dep::Pcomp | Dep::Acl | Dep::Prep
                ) =>
            {
                at = h
            }
            _ => break,
        }
    }
    let bounds = doc.sentence(p, v);
    let end = (bounds.end.saturating_sub(3)..bounds.end).any(|t| doc.word(p, t) == "?");
    end && doc.quoted(p, v).is_none_or(|_| bounds.len() < 60)
}

/// What a stance verb at `v` tells, given the stance of its lemma; nothing where the stance is not taken.
pub(super) fn mood(doc: &Doc<'_>, p: usize, v: usize, stance: Stance) -> Option<Mood> {
    if is_supposed(doc, p, v) {
        return None;
    }
    let tokens = doc.tokens(p);
    // "Had opposed it": what somebody thought before, which the report sets against what they think now. What was done still holds.
    let had = |c: usize| tokens[c].tag == Tag::Vbd && doc.lower_lemma(p, c) == "have" && tokens[c].dep == Dep::Aux;
    if negotiation::ATTITUDE.has(doc.lower_lemma(p, v)) && doc.analyses[p].children(v).any(had) {
        return None;
    }
    let mut stance = stance;
    let mut at = v;
    let strong = |v: usize| {
        let modal = modal(doc, p, v);
        let present = matches!(tokens[v].tag, Tag::Vbz | Tag::Vbp) || child_word(doc, p, v, &["does", "do"]);
        present || modal.is_some_and(|m| negotiation::MODAL.value(m) == Some("firm"))
    };
    match modal(doc, p, v) {
        Some(m) if matches!(negotiation::MODAL.value(m), Some("open" | "duty")) => return None,
        Some("could" | "can") if !is_negated(doc, p, v) => {
            stance = match stance {
                Stance::Accepts => Stance::AcceptsWithReservations,
                Stance::Offers => Stance::Offers,
                _ => return None,
            }
        }
        _ => {}
    }
    if is_negated(doc, p, v) {
        stance = negated(stance, strong(v), doc.lemma(p, v))?;
    }
    // A chain of infinitives: "appeared ready to agree to accept".
    for _ in 0..4 {
        let to = doc.analyses[p].children(at).any(|c| tokens[c].tag == Tag::To && c < at);
        let conjunct = tokens[at].dep == Dep::Conj;
        if conjunct && let Some(h) = head(doc, p, at).filter(|&h| tokens[h].pos == Pos::Verb) {
            // "refused to sign or accept it": the first of them says what it hangs on.
            let own = crate::grammar::own_subject(doc, p, at).is_some();
            if !own && tokens[at].tag == tokens[h].tag && tokens[h].dep == Dep::Xcomp {
                at = h;
                continue;
            }
        }
        if !to {
            break;
        }
        let up = head(doc, p, at)?;
        let adjective = tokens[up].pos == Pos::Adj;
        if !matches!(tokens[at].dep, Dep::Xcomp | Dep::Ccomp | Dep::Acl | Dep::Advcl) {
            return None;
        }
        let verb = matches!(tokens[up].pos, Pos::Verb | Pos::Aux);
        if !adjective && (!verb || tokens[at].dep == Dep::Advcl) {
            return None;
        }
        let holder = if adjective { head(doc, p, up).unwrap_or(up) } else { up };
        if verb && is_passive(doc, p, up) {
            return None;
        }
        let no = is_negated(doc, p, up) || is_negated(doc, p, holder);
        match above(doc.lemma(p, up), adjective) {
            Above::Keeps if no => stance = negated(stance, true, "")?,
            Above::Keeps => {}
            Above::Turns if no => return None,
            Above::Turns => {
                stance = match stance {
                    Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports => Stance::Rejects,
                    Stance::Rejects => Stance::AcceptsWithReservations,
                    _ => return None,
                }
            }
            Above::Wishes => {
                let told =
                    child(doc, p, up, &[Dep::Dobj]).is_some() || crate::grammar::own_subject(doc, p, at).is_some();
                stance = match (stance, no, told) {
                    (Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports, false, _) => {
                        Stance::Supports
                    }
                    (Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports, true, _) => Stance::Rejects,
                    (Stance::Rejects, false, _) => Stance::Rejects,
                    _ => return None,
                }
            }
            Above::Asks if no => return None,
            Above::Asks => {
                stance = match stance {
                    Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports => Stance::Supports,
                    Stance::Rejects => Stance::Rejects,
                    _ => return None,
                }
            }
            Above::Unknown => return None,
        }
        at = holder;
        if matches!(modal(doc, p, at), Some("may" | "might" | "must" | "should")) || is_supposed(doc, p, at) {
            return None;
        }
    }
    Some(Mood { of: at, stance })
}

fn child_word(doc: &Doc<'_>, p: usize, v: usize, words: &[&str]) -> bool {
    doc.analyses[p].children(v).any(|c| c < v && words.contains(&doc.lower(p, c)))
}

/// A stance that is said not to be taken: refused where the clause is firm, doubted where it is only not yet so.
fn negated(stance: Stance, strong: bool, lemma: &str) -> Option<Stance> {
    match stance {
        Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports if strong => Some(Stance::Rejects),
        Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports => Some(Stance::Doubts),
        Stance::Rejects if matches!(lemma, "oppose" | "object" | "block" | "veto") => {
            Some(Stance::AcceptsWithReservations)
        }
        _ => None,
    }
}
