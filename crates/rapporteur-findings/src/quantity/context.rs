//! What a number is of: the words of its noun phrase, the nouns and the verb above it with that verb's own arguments,
//! the actors among them; whether it is asked for, offered or agreed; over what time it runs.

use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur_language::{Dep, Pos};
use rapporteur_lexicon::words::quantity;
use rapporteur_schema::{ActorIndex, Stage};

use super::figure::figure;
use crate::doc::Doc;
use crate::grammar::{child, head, is_verb, own_subject, sentence, subtree};
use crate::name::Names;

/// A noun phrase of more tokens than this is no phrase but a slip of the parse.
const MAX_PHRASE_TOKENS: usize = 30;

/// What the words around a number tell.
pub(super) struct Context {
    /// Lemmas.
    pub(super) of: BTreeSet<String>,
    /// Whom they name.
    pub(super) actors: Vec<ActorIndex>,
    /// What the parties do with it.
    pub(super) stage: Option<Stage>,
    /// The verb it hangs on.
    pub(super) verb: Option<usize>,
}

/// Reads them for the number whose noun is at `token`.
pub(super) fn context(doc: &Doc<'_>, names: &Names, p: usize, token: usize) -> Context {
    let mut out = Context { of: BTreeSet::new(), actors: Vec::new(), stage: None, verb: None };
    let bounds = sentence(doc, p, token);
    let phrase = own_phrase(doc, p, token, &bounds);
    out.take(doc, names, p, phrase);
    let mut at = token;
    for _ in 0..6 {
        let Some(up) = head(doc, p, at).filter(|up| bounds.contains(up)) else { break };
        // A verb behind a comma tells of something else: "11 percent over three years, against the 10 percent offered".
        if up > token && (token..up).any(|i| is_mark(doc, p, i)) {
            break;
        }
        if is_verb(doc, p, up) {
            out.verb = Some(up);
            out.verb_and_arguments(doc, names, p, up, at);
            // "wants to raise pay by 4 percent": the verb above tells what is done with it.
            if let Some(over) = head(doc, p, up).filter(|&o| doc.tokens(p)[up].dep == Dep::Xcomp && is_verb(doc, p, o))
            {
                out.see(doc, p, over);
                out.verb_and_arguments(doc, names, p, over, up);
            }
            break;
        }
        if matches!(doc.tokens(p)[up].pos, Pos::Noun | Pos::Propn) {
            out.see(doc, p, up);
            let own = doc.analyses[p].children(up).filter(|&c| {
                c != at && matches!(doc.tokens(p)[c].dep, Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Prep)
            });
            for c in own.collect::<Vec<_>>() {
                let range = subtree(doc, p, c);
                let behind = c > token && (token..c).any(|i| is_mark(doc, p, i));
                if range.len() <= MAX_PHRASE_TOKENS && !range.contains(&token) && !behind {
                    out.take(doc, names, p, range);
                }
            }
            out.take(doc, names, p, up..up + 1);
        }
        at = up;
    }
    out
}

impl Context {
    /// Takes the words and names of some tokens.
    fn take(&mut self, doc: &Doc<'_>, names: &Names, p: usize, range: Range<usize>) {
        for i in range {
            if let Some(actor) = names.at(p, i) {
                if !self.actors.contains(&actor) {
                    self.actors.push(actor);
                }
                continue;
            }
            self.see(doc, p, i);
            let lemma = doc.lower_lemma(p, i);
            let telling = matches!(doc.tokens(p)[i].pos, Pos::Noun | Pos::Adj | Pos::Verb | Pos::Propn);
            if telling && lemma.len() > 2 && lemma.chars().all(char::is_alphabetic) && !quantity::EMPTY.has(lemma) {
                self.of.insert(lemma.to_owned());
            }
        }
    }

    /// Notes the stage that a word tells; the nearest to the number counts.
    fn see(&mut self, doc: &Doc<'_>, p: usize, i: usize) {
        if self.stage.is_none() {
            self.stage = stage(doc.lower_lemma(p, i));
        }
    }

    /// A verb and what it says of whom: subject, objects and what hangs on its prepositions, by their heads.
    fn verb_and_arguments(&mut self, doc: &Doc<'_>, names: &Names, p: usize, verb: usize, from: usize) {
        self.take(doc, names, p, verb..verb + 1);
        let heads = doc.analyses[p].children(verb).filter(|&c| c != from).flat_map(|c| match doc.tokens(p)[c].dep {
            Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Attr | Dep::Oprd | Dep::Acomp | Dep::Xcomp => Some(c),
            Dep::Prep | Dep::Agent => child(doc, p, c, &[Dep::Pobj]),
            _ => None,
        });
        let mut heads: Vec<usize> = heads.collect();
        // "those who voted", "a walkout that would idle": the noun that the clause belongs to.
        if matches!(doc.tokens(p)[verb].dep, Dep::Relcl | Dep::Acl) {
            heads.extend(head(doc, p, verb));
        }
        // A verb joined to another shares its subject.
        if doc.tokens(p)[verb].dep == Dep::Conj && own_subject(doc, p, verb).is_none() {
            heads.extend(head(doc, p, verb).and_then(|v| own_subject(doc, p, v)));
        }
        for h in heads {
            self.take(doc, names, p, h..h + 1);
            let near = doc.analyses[p].children(h).filter(|&c| {
                matches!(doc.tokens(p)[c].dep, Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Dobj)
            });
            for c in near.collect::<Vec<_>>() {
                self.take(doc, names, p, c..c + 1);
            }
        }
    }
}

/// What stands below a noun in its own sentence, without what is joined to it.
fn own_phrase(doc: &Doc<'_>, p: usize, token: usize, bounds: &Range<usize>) -> Range<usize> {
    let full = subtree(doc, p, token);
    let mut end = full.end.min(bounds.end);
    for c in doc.analyses[p].children(token).filter(|&c| c > token) {
        if matches!(doc.tokens(p)[c].dep, Dep::Conj | Dep::Cc | Dep::Parataxis) {
            end = end.min(subtree(doc, p, c).start.max(token + 1));
        }
    }
    // What stands behind a comma, a bracket or a dash is said of it rather than what it is of.
    end = (token + 1..end).find(|&i| is_mark(doc, p, i)).unwrap_or(end);
    full.start.max(bounds.start)..end.min(token + MAX_PHRASE_TOKENS).max(token + 1)
}

fn is_mark(doc: &Doc<'_>, p: usize, i: usize) -> bool {
    // not words: marks
    matches!(doc.word(p, i), "," | ";" | ":" | "(" | "–" | "—" | "--")
}

fn stage(lemma: &str) -> Option<Stage> {
    if quantity::ASKED.has(lemma) {
        Some(Stage::Asked)
    } else if quantity::OFFERED.has(lemma) {
        Some(Stage::Offered)
    } else {
        quantity::AGREED.has(lemma).then_some(Stage::Agreed)
    }
}

/// The time a number runs over or is paid by, told right after it: "over three years", "an hour".
pub(super) fn per(doc: &Doc<'_>, p: usize, after: usize) -> Option<String> {
    let end = sentence(doc, p, after.checked_sub(1)?).end;
    let unit = |i: usize| (i < end).then(|| doc.lemma(p, i)).filter(|l| quantity::PER.has(l));
    let word = |i: usize| if i < end { doc.word(p, i) } else { "" };
    if quantity::BEFORE_PERIOD.has(word(after)) {
        return unit(after + 1).map(str::to_owned);
    }
    if matches!(word(after), "annually" | "yearly") {
        return Some("year".into());
    }
    let over = (after..end.min(after + 6)).find(|&i| matches!(word(i), "over" | "across" | "spread"))?;
    let count = (over + 1..end.min(over + 5)).find_map(|i| figure(doc, p, i))?;
    unit(count.end).map(|unit| format!("{} {unit}", count.value))
}

/// The clause around a token: its verb with all that hangs on it, up to other clauses.
pub(super) fn clause(doc: &Doc<'_>, p: usize, token: usize, verb: Option<usize>) -> Range<usize> {
    let all = doc.tokens(p);
    let bounds = sentence(doc, p, token);
    let Range { mut start, mut end } = match verb {
        Some(v) => subtree(doc, p, v),
        None => own_phrase(doc, p, token, &bounds),
    };
    (start, end) = (start.max(bounds.start), end.min(bounds.end));
    if let Some(v) = verb {
        for c in doc.analyses[p].children(v) {
            let part = subtree(doc, p, c);
            let apart = matches!(all[c].dep, Dep::Conj | Dep::Ccomp | Dep::Parataxis | Dep::Advcl)
                && is_verb(doc, p, c)
                && !part.contains(&token);
            if apart && part.start > token {
                end = end.min(part.start);
            } else if apart && part.end <= token {
                start = start.max(part.end);
            }
        }
    }
    while end > token + 1 && (all[end - 1].pos == Pos::Punct || matches!(all[end - 1].dep, Dep::Cc | Dep::Mark)) {
        end -= 1;
    }
    while start < token && (all[start].pos == Pos::Punct || all[start].dep == Dep::Cc) {
        start += 1;
    }
    start.min(token)..end.max(token + 1)
}
