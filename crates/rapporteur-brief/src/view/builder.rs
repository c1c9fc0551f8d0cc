//! Where the sections of a view look things up, and where they leave their citations.

use std::collections::{BTreeSet, HashMap};

use rapporteur_schema::{
    Char, Citation, Entity, EntityId, Evidence, Record, RecordIndex, ReportId, Span, Statement, StatementId,
};

use super::clause::Surroundings;
use crate::words::clean;

/// One place of one report with the words that stand there.
#[derive(Clone, Debug)]
pub struct Cite {
    /// Number of the report.
    pub report: usize,
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// The exact words, on one line.
    pub exact: String,
    /// Where that is in the original ("page 3"), and what to beware of there; nothing where the original has no parts.
    pub part: Option<String>,
}

/// Builds the view: where the sections look things up, and where they leave their citations.
pub(crate) struct ViewBuilder<'r> {
    pub record: &'r Record,
    /// The record's things by their ids.
    pub index: RecordIndex<'r>,
    pub cites: Vec<Cite>,
    cited: HashMap<(usize, u32, u32), usize>,
    /// What stands around the words that are cited.
    pub around: Surroundings<'r>,
    /// Places whose words a line shows already, by report.
    shown: HashMap<usize, Vec<Span<Char>>>,
    /// What each report gives as somebody's words.
    said: HashMap<&'r ReportId, Vec<&'r Statement>>,
    /// The year in which the story is reported, if it is one.
    pub year: Option<i16>,
}

impl<'r> ViewBuilder<'r> {
    pub fn new(record: &'r Record) -> Self {
        let years: BTreeSet<i16> =
            record.reports.iter().filter_map(|r| r.published).map(|d| d.last_day().year()).collect();
        let mut said: HashMap<&ReportId, Vec<&Statement>> = HashMap::new();
        for s in &record.statements {
            said.entry(&s.report).or_default().push(s);
        }
        ViewBuilder {
            said,
            record,
            index: RecordIndex::new(record),
            cites: Vec::new(),
            cited: HashMap::new(),
            around: Surroundings::new(record),
            shown: HashMap::new(),
            year: years.first().copied().filter(|_| years.len() == 1),
        }
    }

    /// The number of a report, from 1; 0 for one that the record does not list.
    pub fn number(&self, report: &ReportId) -> usize {
        self.index.report_place(report).map_or(0, |at| at + 1)
    }

    /// A place that was cited.
    pub fn cited(&self, cite: usize) -> Option<(&'r ReportId, &Cite)> {
        let cite = self.cites.get(cite)?;
        let head = cite.report.checked_sub(1).and_then(|at| self.record.reports.get(at))?;
        Some((&head.id, cite))
    }

    /// The numbers of these reports, in order, none twice.
    pub fn report_numbers<'a>(&self, reports: impl IntoIterator<Item = &'a ReportId>) -> Vec<usize> {
        reports.into_iter().map(|r| self.number(r)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// How many independent sources the reports with these numbers are; one that the record gives none is one of its own.
    pub fn independent_sources(&self, reports: &[usize]) -> usize {
        let source = |r: &usize| self.index.origin(&self.record.reports.get(r.wrapping_sub(1))?.id);
        let known: BTreeSet<usize> = reports.iter().filter_map(source).collect();
        known.len() + reports.iter().filter(|r| source(r).is_none()).count()
    }

    pub fn entity(&self, id: &EntityId) -> Option<&'r Entity> {
        self.index.entity(id)
    }

    /// The name an entity is shown under; its id where the record lacks it.
    pub fn entity_name(&self, id: &EntityId) -> String {
        clean(self.index.name(id))
    }

    pub fn entity_names(&self, ids: &[EntityId], join: &str) -> String {
        ids.iter().map(|id| self.entity_name(id)).collect::<Vec<_>>().join(join)
    }

    /// Who says these words, where a report gives them as somebody's: neither this party's nor of one who speaks for it.
    pub fn sayer(&self, words: &Citation, party: &EntityId) -> Option<String> {
        let span = words.span();
        let of_report = self.said.get(words.report())?;
        let holds = |s: &&&Statement| {
            let (start, end) = (s.content.span().start().max(span.start()), s.content.span().end().min(span.end()));
            10 * end.saturating_sub(start) >= 9 * span.len()
        };
        // The innermost: what is quoted within a quotation is another's.
        let statement = of_report.iter().filter(holds).min_by_key(|s| s.content.span().len())?;
        let speaker = statement.speaker.as_ref()?;
        let entity = self.entity(speaker)?;
        let is_theirs = |e: &Entity, id: &EntityId| e.id == *id || e.offices.iter().any(|o| o.of.as_ref() == Some(id));
        let theirs = is_theirs(entity, party) || self.entity(party).is_some_and(|other| is_theirs(other, speaker));
        (!theirs).then(|| self.entity_name(speaker))
    }

    pub fn statement(&self, id: &StatementId) -> Option<&'r Statement> {
        self.index.statement(id)
    }

    /// Puts a citation on the list, once, and gives its index.
    pub fn cite(&mut self, citation: &Citation) -> usize {
        let (report, span) = (self.number(citation.report()), citation.span());
        *self.cited.entry((report, span.start(), span.end())).or_insert_with(|| {
            let head = report.checked_sub(1).and_then(|at| self.record.reports.get(at));
            let part = head.and_then(|head| head.place_in_words(span));
            self.cites.push(Cite {
                report,
                start: span.start(),
                end: span.end(),
                exact: clean(citation.exact()),
                part,
            });
            self.cites.len() - 1
        })
    }

    pub fn cite_all<'a>(&mut self, citations: impl IntoIterator<Item = &'a Citation>) -> Vec<usize> {
        citations.into_iter().map(|c| self.cite(c)).collect()
    }

    /// The reports in which this evidence stands.
    pub fn reports_of(&self, evidence: &Evidence) -> Vec<usize> {
        self.report_numbers(evidence.iter().map(|c| c.report()))
    }

    /// Notes that a line shows these words.
    pub fn show(&mut self, citation: &Citation) {
        self.shown.entry(self.number(citation.report())).or_default().push(citation.span());
    }

    /// Whether a line above shows these words, or most of them.
    pub fn is_shown(&self, citation: &Citation) -> bool {
        let span = citation.span();
        let most = |of: &Span<Char>| {
            let (start, end) = (of.start().max(span.start()), of.end().min(span.end()));
            5 * end.saturating_sub(start) >= 4 * span.len()
        };
        self.shown.get(&self.number(citation.report())).is_some_and(|all| all.iter().any(most))
    }
}
