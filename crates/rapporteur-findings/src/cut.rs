//! What is cut or passed over because there is too much of it: bounds keep hostile reports from taking all the time there is,
//! and what they cost is told with the findings.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rapporteur_schema::{Char, Cut, CutKind, Findings, Span};

use crate::at::At;
use crate::doc::Doc;

/// Collects the places that were cut: kind, paragraph, first token, end.
#[derive(Debug, Default)]
pub(crate) struct Cuts(Mutex<BTreeSet<(CutKind, usize, usize, usize)>>);

impl Cuts {
    /// Something was cut that stands at these words. A statement is told by its cue, a list by all its words.
    pub(crate) fn add(&self, what: CutKind, at: &At) {
        let place = (what, at.paragraph, at.tokens.start, at.tokens.end);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(place);
    }

    /// Takes what was collected, places of a list that was asked for again and again as one.
    fn take(&self) -> Vec<(CutKind, At)> {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut places: Vec<(CutKind, At)> = Vec::new();
        for (what, p, start, end) in all {
            match places.last_mut() {
                Some((kind, at)) if (*kind, at.paragraph) == (what, p) && start < at.tokens.end => {
                    at.tokens.end = at.tokens.end.max(end);
                }
                _ => places.push((what, At::new(p, start..end))),
            }
        }
        places
    }

    /// What was cut of what is found: what another rule found after all, and lists that no finding rests on, are no loss.
    pub(crate) fn of(&self, doc: &Doc<'_>, found: &Findings) -> Vec<Cut> {
        let span = |(what, at): (CutKind, At)| doc.cite(&at).map(|at| (at.span().start(), at.span().end(), what));
        let mut places: Vec<(u32, u32, CutKind)> = self.take().into_iter().filter_map(span).collect();
        let cues: Vec<Span<Char>> = found.statements.iter().filter_map(|s| Some(s.cue.as_ref()?.span())).collect();
        let mut told: Vec<Span<Char>> = found.meetings.iter().map(|m| m.at.span()).collect();
        told.extend(found.proposals.iter().map(|p| p.at.span()));
        told.extend(found.positions.iter().map(|p| p.at.span()));
        told.extend(found.conditions.iter().map(|c| c.at.span()));
        let cues = Places::of(cues);
        let told = Places::of(told);
        places.retain(|&(start, end, what)| match what {
            CutKind::Statement => !cues.touch(start, end),
            CutKind::Parties => told.touch(start, end),
            CutKind::Marks | CutKind::Name | CutKind::Wording => true,
        });
        places.extend(doc.view.unread.iter().map(|at| (at.start(), at.end(), CutKind::Marks)));
        places.sort_unstable();
        let report = doc.view.report.id();
        let cut = |(start, end, what)| Cut { report: report.clone(), start, end, what };
        places.into_iter().map(cut).collect()
    }
}

/// Places in order, each with the furthest end up to it, so that what touches any of them is found at once.
struct Places(Vec<(u32, u32)>);

impl Places {
    fn of(all: Vec<Span<Char>>) -> Self {
        let mut all: Vec<(u32, u32)> = all.iter().map(|at| (at.start(), at.end())).collect();
        all.sort_unstable();
        let mut furthest = 0;
        for place in &mut all {
            furthest = furthest.max(place.1);
            place.1 = furthest;
        }
        Places(all)
    }

    fn touch(&self, start: u32, end: u32) -> bool {
        let before = self.0.partition_point(|place| place.0 < end);
        before.checked_sub(1).is_some_and(|last| self.0[last].1 > start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Models, read};
    use rapporteur_schema::{Report, ReportId};

    /// What was cut of a text: its kind, and the words.
    fn cut(text: &str, models: Models<'_>) -> Vec<(CutKind, String)> {
        let report = Report::plain(ReportId::new("r1"), text);
        let found = read(&report, models);
        let words = |c: &Cut| report.text.slice(Span::new(c.start, c.end)).map(|words| words.trim().to_owned());
        found.cut.iter().filter_map(|c| Some((c.what, words(c)?))).collect()
    }

    #[test]
    fn a_statement_too_long_for_the_rules_is_told_unless_the_tagger_finds_it() {
        let bakers = "the bakers, the smiths, the fishers of the old harbour, ";
        let text = |times| format!("Orlan said that the farmers, {}and the millers will pay.", bakers.repeat(times));
        assert_eq!(cut(&text(70), Models::quick()), [(CutKind::Statement, "said".into())]);
        assert_eq!(cut(&text(70), Models::builtin()), []);
        assert_eq!(cut(&text(3), Models::quick()), []);
    }

    #[test]
    fn a_list_is_told_once_and_only_where_a_fact_rests_on_it() {
        let list = "Norway, Sweden, Finland, Denmark, Iceland, Estonia, Latvia, Lithuania, Poland, Germany, France, Spain, \
            Portugal, Italy, Greece and Austria";
        let met = format!("The leaders of {list} met in Oslo on Monday.");
        assert_eq!(cut(&met, Models::quick()), [(CutKind::Parties, list.into())]);
        let rejected = format!("{list} rejected the plan.");
        assert_eq!(cut(&rejected, Models::quick()), [(CutKind::Parties, list.into())]);
        assert_eq!(cut(&format!("The choir has sung in {list}."), Models::quick()), []);
        assert_eq!(cut("The leaders of Norway, Sweden and Finland met in Oslo on Monday.", Models::quick()), []);
    }

    #[test]
    fn a_name_without_end_is_none() {
        let long = "W".repeat(5_000);
        let met = |name: &str| format!("Minister Mira Orlan met Envoy Petra {name} in Tesk on Monday.");
        let report = Report::plain(ReportId::new("r1"), &met(&long));
        let found = read(&report, Models::quick());
        assert!(found.actors.iter().any(|a| a.name == "Mira Orlan"));
        assert!(found.actors.iter().all(|a| a.name.len() < 1_000), "{:?}", found.actors.len());
        assert_eq!(cut(&met(&long), Models::quick()), [(CutKind::Name, format!("Petra {long}"))]);
        assert_eq!(cut(&met("Brandt"), Models::quick()), []);
    }

    #[test]
    fn a_paragraph_of_marks_is_told() {
        let marks = "[] () -- ".repeat(400);
        let text = format!("The weir stays open.\n\n{}\n\nThe lock is shut.", marks.trim_end());
        assert_eq!(cut(&text, Models::quick()), [(CutKind::Marks, marks.trim_end().into())]);
        assert_eq!(cut("The weir stays open.\n\n[] () --\n\nThe lock is shut.", Models::quick()), []);
    }
}
