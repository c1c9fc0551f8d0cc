//! The clauses of a sentence: what it asserts of whom, as plain data that needs no parse to be compared.
//!
//! A sentence is read by itself, so that a draft and the few sentences of reports beside which it is laid are read alike, and
//! nothing of it is kept: `participant` finds who does what to whom (passives turned round), `force` how it is meant (denied,
//! held possible, in whose words).

mod force;
mod participant;

use rapporteur_language::{Dep, EntType, Pos};
use rapporteur_lexicon::words::clause::{LIGHT_VERB, PARTICIPANT_PREPOSITION};
use rapporteur_schema::{Char, Clause, ClauseFigure, Report, ReportId, Span};

use crate::at::At;
use crate::doc::Doc;
use crate::grammar::{child, is_verb};
use crate::models::Models;

/// A sentence of more characters than this is a list or no sentence at all: nothing is asserted that could be compared.
const MAX_LETTERS: usize = 1_500;

/// What a sentence of a report asserts; the places are those of the report.
pub fn clauses(report: &Report, sentence: Span<Char>, models: Models<'_>) -> Vec<Clause> {
    let Some(words) = report.text.slice(sentence).filter(|w| w.len() <= MAX_LETTERS) else { return Vec::new() };
    // Lines wrapped by hand stay one paragraph; each sign keeps its place.
    let line: String = words.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let alone = Report::plain(ReportId::new("sentence"), &line);
    let doc = Doc::read(&alone, Models { pipeline: models.pipeline, tagger: None }, &mut ());
    (0..doc.len()).flat_map(|p| Sentence { doc: &doc, p, offset: sentence.start() }.clauses()).collect()
}

/// One parsed sentence, with the way back to the text it is from.
struct Sentence<'d, 'r> {
    doc: &'d Doc<'r>,
    p: usize,
    offset: u32,
}

impl Sentence<'_, '_> {
    fn clauses(&self) -> Vec<Clause> {
        let heads: Vec<usize> = (0..self.doc.tokens(self.p).len()).filter(|&t| self.asserts(t)).collect();
        heads.iter().filter_map(|&t| self.clause(t, &heads)).collect()
    }

    /// Whether a word is a predicate: a verb that is no auxiliary, or a noun with participants of its own.
    fn asserts(&self, t: usize) -> bool {
        let token = &self.doc.tokens(self.p)[t];
        let auxiliary = matches!(token.dep, Dep::Aux | Dep::Auxpass);
        is_verb(self.doc, self.p, t) && !auxiliary && !matches!(token.dep, Dep::Amod | Dep::Compound | Dep::Prep)
            || self.is_event(t)
    }

    /// A noun that takes participants as the verb does that it is made of ("rejection of the plan", "the union's offer").
    fn is_event(&self, t: usize) -> bool {
        let (doc, p) = (self.doc, self.p);
        let of = || child(doc, p, t, &[Dep::Prep]).is_some_and(|c| PARTICIPANT_PREPOSITION.has(doc.lower(p, c)));
        let owned = || child(doc, p, t, &[Dep::Poss]).is_some();
        // What somebody owns or has is told of him, whatever it is.
        doc.tokens(p)[t].pos == Pos::Noun && (owned() || participant::is_deverbal(doc.lower_lemma(p, t)) && of())
    }

    fn clause(&self, t: usize, heads: &[usize]) -> Option<Clause> {
        let (doc, p) = (self.doc, self.p);
        let tokens = doc.tokens(p);
        let nominal = tokens[t].pos == Pos::Noun;
        let said = (!nominal && participant::is_copula(doc, p, t))
            .then(|| child(doc, p, t, &[Dep::Attr, Dep::Acomp]))
            .flatten();
        let particle = (!nominal).then(|| child(doc, p, t, &[Dep::Prt])).flatten();
        let head = said.unwrap_or(t);
        let mut predicate = doc.lower_lemma(p, head).to_owned();
        if let Some(particle) = particle {
            predicate = format!("{predicate} {}", doc.lower(p, particle));
        }
        let arguments = participant::all(self, t, said);
        // "Made an offer": what is made tells what happened.
        let carried = LIGHT_VERB.has(&predicate) && !nominal && said.is_none();
        if carried && arguments.is_empty() {
            return None;
        }
        let own: Vec<usize> = doc.analyses[p]
            .subtree(t)
            .filter(|&c| heads.iter().all(|&h| h == t || !self.is_within(c, h) || self.is_within(t, h)))
            .collect();
        let (first, last) = (own.iter().min().copied()?.min(t), own.iter().max().copied()?.max(t));
        let mut clause = Clause {
            predicate,
            at: self.span(head..head + 1)?,
            span: self.span(first..last + 1)?,
            nominal,
            copular: said.is_some(),
            // "To reopen the port": a purpose tells what is wanted, not what is done.
            describing: matches!(tokens[t].dep, Dep::Acl | Dep::Relcl | Dep::Csubj | Dep::Pcomp)
                || force::is_purpose(doc, p, t),
            arguments,
            negated: force::is_negated(self, t),
            mood: force::mood(self, t),
            infinitive: force::infinitive(doc, p, t),
            open: force::is_open(self, t),
            speech: force::speech(self, t),
            figures: Vec::new(),
            days: Vec::new(),
            places: Vec::new(),
        };
        for &c in &own {
            let kind = tokens[c].ent_type;
            if tokens[c].pos == Pos::Num && !matches!(kind, EntType::Date | EntType::Time) {
                let noun = tokens[c].head as usize;
                let noun = (noun != c).then(|| doc.lower_lemma(p, noun).to_owned());
                clause.figures.extend(self.span(c..c + 1).map(|at| ClauseFigure { at, noun }));
            }
        }
        for entity in doc.analyses[p].entities().iter().filter(|e| own.contains(&(e.start as usize))) {
            let list = match entity.label {
                EntType::Date | EntType::Time => &mut clause.days,
                EntType::Gpe | EntType::Loc | EntType::Fac => &mut clause.places,
                _ => continue,
            };
            list.extend(self.span(entity.tokens()));
        }
        Some(clause)
    }

    fn is_within(&self, t: usize, ancestor: usize) -> bool {
        t == ancestor || self.doc.analyses[self.p].is_within(t, ancestor)
    }

    /// The place of some tokens in the text that the sentence is from.
    fn span(&self, tokens: std::ops::Range<usize>) -> Option<Span<Char>> {
        let here = self.doc.cite(&At::new(self.p, tokens))?.span();
        Some(Span::new(here.start() + self.offset, here.end() + self.offset))
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_schema::{ClauseRole, Mood};

    use super::*;

    #[test]
    fn what_nothing_says_is_so_is_open() {
        for (text, predicate, open) in [
            ("The law lets insurers sell the plan.", "sell", true),
            ("It takes sixty votes to pass the plan.", "pass", true),
            ("The mayor signed the plan.", "sign", false),
            ("The sides agreed to meet.", "meet", false),
            ("The mayor refused to sign the plan.", "sign", false),
            ("The mayor urged the union to sign the plan.", "sign", false),
            ("Did the mayor sign the plan?", "sign", true),
            ("The envoy will stay until the mayor signs the plan.", "sign", true),
            ("The envoy left after the mayor signed the plan.", "sign", false),
            ("Talks begin only after the mayor signs the plan.", "sign", true),
        ] {
            let report = Report::plain(ReportId::new("r"), text);
            let all = clauses(&report, Span::new(0, text.chars().count() as u32), Models::quick());
            let found = all.iter().find(|c| c.predicate == predicate).map(|c| c.open);
            assert_eq!(found, Some(open), "{text}: {all:#?}");
        }
    }

    #[test]
    fn a_purpose_only_describes() {
        for text in
            ["To clear the mines, the crews left the harbour.", "The crews left the harbour to clear the mines."]
        {
            let report = Report::plain(ReportId::new("r"), text);
            let all = clauses(&report, Span::new(0, text.chars().count() as u32), Models::quick());
            let mut describing: Vec<(&str, bool)> = all.iter().map(|c| (c.predicate.as_str(), c.describing)).collect();
            describing.sort_unstable();
            assert_eq!(describing, [("clear", true), ("leave", false)], "{text}");
        }
    }

    /// Each clause in one line: who, not, what, whom, how.
    fn told(text: &str) -> Vec<String> {
        let report = Report::plain(ReportId::new("r"), text);
        let all = clauses(&report, Span::new(0, text.chars().count() as u32), Models::quick());
        let line = |c: &Clause| {
            let of = |role: &ClauseRole| c.of(role).map(|a| a.head.clone()).collect::<Vec<_>>().join("+");
            let not = if c.negated { "not " } else { "" };
            let mood = if c.mood == Mood::Fact { String::new() } else { format!(" {:?}", c.mood) };
            let said = c.speech.as_ref().map_or(String::new(), |s| format!(" by {}", s.cue));
            format!("{} {not}{} {}{mood}{said}", of(&ClauseRole::Subject), c.predicate, of(&ClauseRole::Object))
        };
        all.iter().map(line).collect()
    }

    #[test]
    fn who_does_what_to_whom_and_how() {
        for (text, clause) in [
            ("The union rejected the offer.", "union reject offer"),
            ("The offer was rejected by the union.", "union reject offer"),
            ("The union did not reject the offer.", "union not reject offer"),
            ("The union never accepted the offer.", "union not accept offer"),
            ("Nobody accepted the offer.", "nobody not accept offer"),
            ("The union refused to sign the text.", "union not sign text"),
            ("The union did not fail to sign the text.", "union sign text"),
            ("The union left without signing the text.", "union not sign text"),
            ("The mayor may sign the text.", "mayor sign text Possible"),
            ("The mayor will sign the text.", "mayor sign text Planned"),
            ("The mayor plans to sign the text.", "mayor sign text Planned"),
            ("The mayor must sign the text.", "mayor sign text Required"),
            ("The mayor offered to sign the text.", "mayor sign text Offered"),
            ("The law allowed the mayor to sign the text.", "mayor sign text Possible"),
            ("The mayor urged the union to sign the text.", "union sign text Demanded"),
            ("If the mayor signs the text, the union will vote.", "mayor sign text Conditional"),
            ("The union will return only if the mayor signs.", "union return  Conditional"),
            ("The mayor denied a report that the union had signed the text.", "union not sign text by deny"),
            ("The mayor denied having signed the text.", "mayor not sign text by deny"),
            ("The mayor has yet to sign the text.", "mayor not sign text Required"),
            ("The mayor does not yet have to sign the text.", "mayor not sign text Required"),
            ("The mayor is no longer willing.", "mayor not willing "),
            ("There was no meeting.", "there not meeting "),
            ("The mayor is to sign the text on Friday.", "mayor sign text Planned"),
            ("The mayor said that the union had signed the text.", "union sign text by say"),
            ("The union has signed the text, the mayor said.", "union sign text by say"),
            ("The mayor denied that the union had signed the text.", "union not sign text by deny"),
            ("The text that the union signed is short.", "union sign text"),
            ("The bridge is safe.", "bridge safe "),
            ("The bridge is not safe.", "bridge not safe "),
            ("The union's rejection of the offer came late.", "union rejection offer"),
            ("The strike was called off by the union.", "union call off strike"),
        ] {
            let found = told(text);
            assert!(found.iter().any(|c| c == clause), "{text}: {clause:?} not in {found:?}");
        }
    }
}
