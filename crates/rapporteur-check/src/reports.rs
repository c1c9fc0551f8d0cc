//! What checks look up of the reports, made once for any number of drafts.
//!
//! It borrows nothing, so that it can be kept beside the reports and their record; the places in it are places among these.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rapporteur_schema::{Citation, Clause, Findings, Quoted, Record, RecordIndex, Report, ReportId};

use crate::entity::KnownEntities;
use crate::feature::{Numbers, Postings};
use crate::index::Doc;
use crate::text::{Seen, TextIndex};
use crate::{date, name, number, place, quotation};

/// The most sentences of which the clauses are kept.
const MAX_KEPT: usize = 20_000;

/// Clauses by report and sentence.
type KeptClauses = HashMap<(usize, usize), Arc<[Clause]>>;

/// The reports of a record, ready to be compared with drafts.
///
/// Making it takes longer than checking a draft with it: whoever checks more than one keeps it as long as the record.
pub struct ReportIndex {
    /// For each report in the order of the record, its place among those given.
    order: Vec<usize>,
    texts: Vec<TextIndex>,
    pub(crate) entities: KnownEntities,
    /// The place of each report in the order of the record.
    pub(crate) places: HashMap<ReportId, usize>,
    /// Which independent source each of them is of.
    pub(crate) origins: Vec<Option<usize>>,
    pub(crate) numbers: Numbers<'static>,
    /// Which sentences of the reports have a feature.
    pub(crate) postings: Postings,
    /// For each report the number of its first sentence among all.
    pub(crate) first_sentences: Vec<usize>,
    /// For each sentence its paragraph; those of one report follow each other, those of two do not.
    pub(crate) paragraphs: Vec<u32>,
    /// Countries that an entity belongs to or acts for.
    pub(crate) countries: Vec<BTreeSet<String>>,
    pub(crate) quotable: quotation::Lookup,
    pub(crate) named: name::Known,
    pub(crate) figures: number::Reported,
    /// The expressions of time of each report.
    pub(crate) dates: Vec<date::Reported>,
    pub(crate) located: place::Reported,
    /// Clauses of sentences, by report and sentence: each is read once.
    clauses: Mutex<KeptClauses>,
}

impl ReportIndex {
    /// Of reports, what each of them says, and their stretches in quotation marks, all in one order; and of their record.
    pub fn new(reports: &[Report], findings: &[Findings], quoted: &[Vec<Quoted>], record: &Record) -> Self {
        let record = RecordIndex::new(record);
        let mut numbers = Numbers::default();
        let entities = KnownEntities::new(record.record());
        let mut seen = seen(record.record());
        let mut order: Vec<usize> = (0..reports.len().min(findings.len()).min(quoted.len())).collect();
        order.sort_by_key(|&n| record.report_place(reports[n].id()).unwrap_or(usize::MAX));
        let speakers = speakers(&record);
        let mut texts = Vec::with_capacity(order.len());
        for &n in &order {
            let (report, findings) = (&reports[n], &findings[n]);
            let seen = seen.remove(report.id()).unwrap_or_default();
            let mut text = TextIndex::new(report, findings, &quoted[n], seen, &mut numbers);
            let of_record = findings.statements.iter().enumerate();
            text.speakers = of_record.filter_map(|(n, s)| Some((n, *speakers.get(&s.content)?))).collect();
            texts.push(text);
        }
        let mut postings = Postings::default();
        let mut first_sentences = Vec::with_capacity(texts.len());
        let mut paragraphs = Vec::new();
        let mut free = 0;
        for text in &texts {
            first_sentences.push(paragraphs.len());
            for sentence in &text.sentences {
                postings.add(paragraphs.len() as u32, &sentence.features);
                paragraphs.push(free + sentence.paragraph as u32);
            }
            free = paragraphs.last().map_or(free, |last| last + 2);
        }
        // What stands outside of every sentence is in no postings, and only where the draft speaks of it does it count.
        for text in &mut texts {
            text.number_the_rest(&mut |what| Some(numbers.feature(what)));
        }
        let docs = docs(&order, &texts, reports, findings);
        let mut countries = vec![BTreeSet::new(); entities.all().len()];
        for doc in &docs {
            doc.countries(&mut |entity, country| {
                countries[entity].insert(country.to_owned());
            });
        }
        ReportIndex {
            places: docs.iter().enumerate().map(|(n, d)| (d.report.id().clone(), n)).collect(),
            origins: docs.iter().map(|d| record.origin(d.report.id())).collect(),
            quotable: quotation::Lookup::new(&docs),
            named: name::Known::new(&docs, &entities),
            figures: number::Reported::new(&docs),
            dates: docs.iter().map(date::Reported::new).collect(),
            located: place::Reported::new(&docs, &entities),
            clauses: Mutex::default(),
            order,
            entities,
            numbers,
            postings,
            first_sentences,
            paragraphs,
            countries,
            texts,
        }
    }

    /// The reports with their findings, in the order of the record.
    pub(crate) fn docs<'a>(&'a self, reports: &'a [Report], findings: &'a [Findings]) -> Vec<Doc<'a>> {
        docs(&self.order, &self.texts, reports, findings)
    }

    /// How many sentences the reports have.
    pub(crate) fn sentences(&self) -> usize {
        self.paragraphs.len()
    }

    /// The clauses of a sentence, read by `read` unless they are at hand.
    pub(crate) fn clauses(&self, doc: usize, sentence: usize, read: &dyn Fn() -> Vec<Clause>) -> Arc<[Clause]> {
        let kept = || self.clauses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&(doc, sentence)) {
            return known.clone();
        }
        let clauses: Arc<[Clause]> = read().into();
        let mut kept = kept();
        if kept.len() < MAX_KEPT {
            kept.insert((doc, sentence), clauses.clone());
        }
        clauses
    }
}

impl fmt::Debug for ReportIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (reports, sentences) = (self.order.len(), self.sentences());
        f.debug_struct("ReportIndex").field("reports", &reports).field("sentences", &sentences).finish_non_exhaustive()
    }
}

fn docs<'a>(order: &[usize], texts: &'a [TextIndex], reports: &'a [Report], findings: &'a [Findings]) -> Vec<Doc<'a>> {
    let one = |(&n, text): (&usize, &'a TextIndex)| Doc { report: &reports[n], findings: &findings[n], text };
    order.iter().zip(texts).map(one).collect()
}

/// Who says what, by the words that are said, as the record has it.
fn speakers<'r>(record: &RecordIndex<'r>) -> HashMap<&'r Citation, Option<usize>> {
    let of = |s: &'_ rapporteur_schema::Statement| s.speaker.as_ref().and_then(|id| record.entity_place(id));
    record.record().statements.iter().map(|s| (&s.content, of(s))).collect()
}

/// Where each report names or means entities of the record, in order.
fn seen(record: &Record) -> HashMap<&ReportId, Vec<Seen>> {
    let mut all: HashMap<&ReportId, Vec<Seen>> = HashMap::new();
    for (entity, e) in record.entities.iter().enumerate() {
        for m in &e.mentions {
            all.entry(&m.report).or_default().push(Seen { start: m.start, end: m.end, entity, kind: m.kind });
        }
    }
    for report in &record.reports {
        if let Some(seen) = all.get_mut(&report.id) {
            seen.sort_by_key(|s| (s.start, s.end, s.entity));
        }
    }
    all
}
