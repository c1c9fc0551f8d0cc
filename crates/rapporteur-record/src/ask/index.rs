//! The sentences of some reports, ready to be asked.

use std::collections::HashMap;
use std::ops::Range;

use rapporteur_schema::{
    Char, Citation, ClaimId, DiscrepancyId, DiscrepancyKind, Edtf, EntityKind, Findings, MentionKind, PassageKind,
    Record, Report, ReportId, Span,
};

use super::question::{DAY, FIGURE, PERSON, PLACE};
use crate::claim::sentences;
use crate::words::{Lexicon, QuickMap};

/// A sentence of a report's body.
#[derive(Debug)]
pub(super) struct Sentence {
    pub(super) at: Citation,
    /// The report, by its place among the heads.
    pub(super) report: usize,
    /// How many stems it has.
    pub(super) length: u32,
    /// Its telling words: stem, first code point, first after it.
    pub(super) words: Vec<(u32, u32, u32)>,
    /// What it names, as bits: figures, days, places, persons.
    pub(super) sorts: u8,
    /// The claims and the differences that rest on it, by their places.
    pub(super) claims: Vec<usize>,
    pub(super) differences: Vec<usize>,
}

/// A claim by its sentences.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) id: ClaimId,
    pub(super) origins: u32,
    pub(super) sentences: Vec<usize>,
}

/// A difference by its accounts.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) id: DiscrepancyId,
    pub(super) kind: DiscrepancyKind,
    pub(super) about: String,
    /// Each value, with the words that give it.
    pub(super) accounts: Vec<(String, Vec<Shown>)>,
}

/// Words of a report that are shown: a sentence, or what stands in none (a headline).
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) sentence: Option<usize>,
    pub(super) at: Citation,
    pub(super) report: usize,
    /// The words in it that it is shown for.
    pub(super) marks: Vec<(u32, u32)>,
}

/// What is told of a report beside a sentence of it.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) outlet: Option<String>,
    pub(super) published: Option<Edtf>,
    pub(super) source: String,
}

/// The sentences of some reports, ready to be asked: made once, asked as often as one likes.
///
/// # Example
/// ```
/// use rapporteur_record::{ask::AskIndex, assemble};
/// use rapporteur_schema::MadeWith;
///
/// let record = assemble(&[], &[], &[], MadeWith { version: "0".into(), model: None });
/// let answer = AskIndex::new(&[], &[], &record).ask("How many ships are in port?", 5);
/// assert!(answer.answers.is_empty());
/// assert!(answer.says_no().unwrap().starts_with("No report says"));
/// ```
#[derive(Debug)]
pub struct AskIndex {
    pub(super) sentences: Vec<Sentence>,
    /// Each stem by its letters.
    pub(super) stems: HashMap<String, u32>,
    /// The sentences that have a stem, in order.
    pub(super) having: QuickMap<u32, Vec<u32>>,
    /// Stems of a sentence on average.
    pub(super) mean: f32,
    pub(super) claims: Vec<Claimed>,
    pub(super) differences: Vec<Difference>,
    pub(super) heads: Vec<Head>,
}

impl AskIndex {
    /// The sentences of the reports of a record; `reports` and `findings` are those that it was made of, in any order.
    pub fn new(reports: &[Report], findings: &[Findings], record: &Record) -> Self {
        let reports: HashMap<&ReportId, &Report> = reports.iter().map(|r| (r.id(), r)).collect();
        let findings: HashMap<&ReportId, &Findings> = findings.iter().map(|f| (&f.report, f)).collect();
        let mut lexicon = Lexicon::default();
        // Those that the record knows, in its order.
        let known: Vec<_> = record
            .reports
            .iter()
            .filter_map(|head| Some((head, *reports.get(&head.id)?, *findings.get(&head.id)?)))
            .collect();
        let words: Vec<_> = known.iter().map(|(_, report, found)| lexicon.read(&report.text, &found.text)).collect();
        let (forms, stems) = lexicon.into_stems();
        let mut index = AskIndex {
            sentences: Vec::new(),
            stems,
            having: QuickMap::default(),
            mean: 1.0,
            claims: Vec::new(),
            differences: Vec::new(),
            heads: Vec::new(),
        };
        let mut places: HashMap<&ReportId, (usize, Range<usize>)> = HashMap::new();
        for (n, ((head, report, found), tokens)) in known.iter().zip(&words).enumerate() {
            index.heads.push(Head {
                outlet: head.outlet.clone(),
                published: head.published,
                source: head.source.clone(),
            });
            let bodies = head.passages.iter().filter(|p| p.kind == PassageKind::Body).map(|p| p.span());
            let from = index.sentences.len();
            for unit in sentences(n, &report.text, tokens, &forms, bodies) {
                let Ok(at) = report.cite(unit.at) else { continue };
                for &stem in &unit.stems {
                    index.having.entry(stem).or_default().push(index.sentences.len() as u32);
                }
                let telling = tokens[unit.words.clone()].iter().filter(|t| t.word.is_content());
                index.sentences.push(Sentence {
                    at,
                    report: n,
                    length: unit.stems.len() as u32,
                    words: telling.map(|t| (forms.of(t.word).stem, t.start, t.end)).collect(),
                    sorts: if unit.figures.is_empty() { 0 } else { FIGURE },
                    claims: Vec::new(),
                    differences: Vec::new(),
                });
            }
            let of_report = from..index.sentences.len();
            for date in found.dates.iter().filter(|d| d.value.is_some()) {
                let at = overlapping(&index.sentences, &of_report, date.at.span());
                index.sentences[at].iter_mut().for_each(|s| s.sorts |= DAY);
            }
            places.insert(&head.id, (n, of_report));
        }
        let total: u64 = index.sentences.iter().map(|s| u64::from(s.length)).sum();
        index.mean = (total as f32 / index.sentences.len().max(1) as f32).max(1.0);
        index.describe(record, &places);
        index
    }

    /// Brings in what the record knows of the sentences; `places` are those of each report, with its place among the heads.
    fn describe(&mut self, record: &Record, places: &HashMap<&ReportId, (usize, Range<usize>)>) {
        for entity in &record.entities {
            let sort = match entity.kind {
                EntityKind::Person => PERSON,
                EntityKind::Place | EntityKind::Country => PLACE,
                _ => continue,
            };
            for mention in entity.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
                let Some((_, of_report)) = places.get(&mention.report) else { continue };
                let at = overlapping(&self.sentences, of_report, Span::new(mention.start, mention.end));
                self.sentences[at].iter_mut().for_each(|s| s.sorts |= sort);
            }
        }
        for claim in &record.claims {
            let mut all: Vec<usize> = Vec::new();
            for cited in &claim.spans {
                let Some((_, of_report)) = places.get(cited.report()) else { continue };
                all.extend(overlapping(&self.sentences, of_report, cited.span()));
            }
            all.sort_unstable();
            all.dedup();
            for &sentence in &all {
                self.sentences[sentence].claims.push(self.claims.len());
            }
            self.claims.push(Claimed { id: claim.id.clone(), origins: claim.origins, sentences: all });
        }
        // What somebody is called stands under names.
        for differ in record.discrepancies.iter().filter(|d| d.kind != DiscrepancyKind::Name) {
            let accounts = differ.accounts.iter().map(|a| (a.value.clone(), self.shown(a.evidence.iter(), places)));
            let accounts: Vec<(String, Vec<Shown>)> = accounts.collect();
            for sentence in accounts.iter().flat_map(|(_, shown)| shown).filter_map(|s| s.sentence) {
                let of = &mut self.sentences[sentence].differences;
                if of.last() != Some(&self.differences.len()) {
                    of.push(self.differences.len());
                }
            }
            let (id, kind, about) = (differ.id.clone(), differ.kind, differ.about.clone());
            self.differences.push(Difference { id, kind, about, accounts });
        }
    }

    /// The sentences in which these words stand, each once.
    fn shown<'c>(
        &self,
        cited: impl Iterator<Item = &'c Citation>,
        places: &HashMap<&ReportId, (usize, Range<usize>)>,
    ) -> Vec<Shown> {
        let mut all: Vec<Shown> = Vec::new();
        for cited in cited {
            let Some((report, of_report)) = places.get(cited.report()) else { continue };
            let mark = (cited.span().start(), cited.span().end());
            let sentence = overlapping(&self.sentences, of_report, cited.span()).next();
            // Evidence comes in order of its places.
            match all.last_mut().filter(|s| sentence.is_some() && s.sentence == sentence) {
                Some(same) => same.marks.push(mark),
                None => {
                    let at = sentence.map_or_else(|| cited.clone(), |s| self.sentences[s].at.clone());
                    all.push(Shown { sentence, at, report: *report, marks: vec![mark] });
                }
            }
        }
        all
    }
}

/// Which of the sentences of one report share a code point with a place of it.
fn overlapping(sentences: &[Sentence], of_report: &Range<usize>, place: Span<Char>) -> Range<usize> {
    let all = &sentences[of_report.clone()];
    let first = all.partition_point(|s| s.at.span().end() <= place.start());
    let last = all.partition_point(|s| s.at.span().start() < place.end());
    of_report.start + first..of_report.start + last.max(first)
}
