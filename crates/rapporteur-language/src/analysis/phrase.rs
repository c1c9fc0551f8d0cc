//! Phrases over the tree: noun chunks, coordination, and the clause that a word stands in.

use std::ops::Range;

use super::Analysis;
use crate::label::{Dep, Pos};

/// Labels whose token heads a noun phrase.
fn heads_noun_phrase(dep: Dep) -> bool {
    matches!(
        dep,
        Dep::Oprd
            | Dep::Nsubj
            | Dep::Dobj
            | Dep::Nsubjpass
            | Dep::Pcomp
            | Dep::Pobj
            | Dep::Dative
            | Dep::Appos
            | Dep::Attr
            | Dep::Root
    )
}

impl Analysis {
    /// The base noun phrases in order, none inside another: from the leftmost word before the noun to the noun.
    pub fn noun_chunks(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        // The end of the last chunk; spaCy compares with the last noun itself.
        let mut last: Option<usize> = None;
        (0..self.len()).filter_map(move |i| {
            let start = self.left_edge(i);
            let nominal = matches!(self.token(i).pos, Pos::Noun | Pos::Propn | Pos::Pron);
            if !nominal || last.is_some_and(|last| start <= last) || !self.is_noun_phrase(i) {
                return None;
            }
            last = Some(i);
            Some(start..i + 1)
        })
    }

    fn is_noun_phrase(&self, i: usize) -> bool {
        let dep = self.token(i).dep;
        if dep != Dep::Conj {
            return heads_noun_phrase(dep);
        }
        let mut head = self.head(i);
        while self.token(head).dep == Dep::Conj && self.head(head) < head {
            head = self.head(head);
        }
        heads_noun_phrase(self.token(head).dep)
    }

    /// All tokens coordinated with token `i`, in the order of the text, without `i` itself.
    pub fn conjuncts(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut first = i;
        for above in self.ancestors(i) {
            if self.token(first).dep != Dep::Conj {
                break;
            }
            first = above;
        }
        let mut all = vec![first];
        let mut next = 0;
        while let Some(&token) = all.get(next) {
            all.extend(self.rights(token).filter(|&right| self.token(right).dep == Dep::Conj));
            next += 1;
        }
        all.sort_unstable();
        all.into_iter().filter(move |&token| token != i)
    }

    /// The verb that heads the clause in which token `i` stands: `i` itself if it heads one, else the nearest such
    /// verb above it. `None` outside of any clause with a verb (a headline, a list).
    pub fn clause_of(&self, i: usize) -> Option<usize> {
        std::iter::once(i).chain(self.ancestors(i)).find(|&token| self.heads_clause(token))
    }

    /// Token `i` is a verb that heads a clause of its own, finite or not.
    pub fn heads_clause(&self, i: usize) -> bool {
        let token = self.token(i);
        matches!(token.pos, Pos::Verb | Pos::Aux)
            && matches!(
                token.dep,
                Dep::Root
                    | Dep::Ccomp
                    | Dep::Xcomp
                    | Dep::Advcl
                    | Dep::Relcl
                    | Dep::Acl
                    | Dep::Csubj
                    | Dep::Csubjpass
                    | Dep::Pcomp
                    | Dep::Parataxis
                    | Dep::Conj
                    | Dep::Appos
                    | Dep::Dep
            )
    }
}
