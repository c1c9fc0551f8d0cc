//! What a check stands on: the draft and the reports, who is named where, and which places of the reports speak of the same thing.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur_schema::{
    Char, Citation, Entity, EntityId, EntityKind, Findings, Quoted, Record, Report, ReportId, Span, StatementFinding,
};

use crate::entail::ClauseSource;
use crate::entity::Entities;
use crate::feature::{Feature, Numbers, Scores};
use crate::limits::Limits;
use crate::reports::ReportIndex;
use crate::text::{Seen, TextIndex};

/// Everything a check is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The draft as given: what the verdicts' places lead into.
    pub given: &'a Report,
    /// The same, place for place, without marks of markup; its id is that of no report.
    pub draft: &'a Report,
    /// What the draft says.
    pub draft_findings: &'a Findings,
    /// The stretches of the draft in quotation marks.
    pub draft_quoted: &'a [Quoted],
    /// The stretches of the draft that are set off as quotations without marks.
    pub blocks: &'a [Span<Char>],
    /// The reports.
    pub reports: &'a [Report],
    /// What each of them says, in their order.
    pub findings: &'a [Findings],
    /// What was made of them beforehand.
    pub index: &'a ReportIndex,
    /// The record of the reports: who is who, differences and independent sources are taken from it.
    pub record: &'a Record,
    /// Which entity of the record each actor of the draft is, where it is one.
    pub attached: &'a [Option<EntityId>],
    /// What a sentence of the draft or of a report asserts; asked for the few that are compared.
    pub clauses: ClauseSource<'a>,
}

/// One text, ready to be compared, with the report that it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doc<'a> {
    pub(crate) report: &'a Report,
    pub(crate) findings: &'a Findings,
    pub(crate) text: &'a TextIndex,
}

impl std::ops::Deref for Doc<'_> {
    type Target = TextIndex;

    fn deref(&self) -> &TextIndex {
        self.text
    }
}

/// A place of the reports that speaks of the same thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hit {
    pub(crate) doc: usize,
    pub(crate) sentence: usize,
    /// How much of what was asked for is there, 0 to 1.
    pub(crate) score: f64,
}

/// What one check looks up: the words, sentences and names of the draft and of the reports.
#[derive(Debug)]
pub(crate) struct ComparisonIndex<'a> {
    pub(crate) input: Input<'a>,
    pub(crate) draft: Doc<'a>,
    /// The reports, in the order of the record.
    pub(crate) docs: Vec<Doc<'a>>,
    /// What was made of the reports beforehand.
    pub(crate) reports: &'a ReportIndex,
    /// Who is who.
    pub(crate) entities: &'a Entities<'a>,
    numbers: &'a Numbers<'a>,
    pub(crate) limits: Limits<'a>,
    /// Countries that an entity belongs to or acts for.
    countries: Vec<Cow<'a, BTreeSet<String>>>,
}

/// What is made of the draft alone, beside what was made of the reports.
#[derive(Debug)]
pub(crate) struct DraftIndex<'a> {
    text: TextIndex,
    entities: Entities<'a>,
    numbers: Numbers<'a>,
}

impl<'a> DraftIndex<'a> {
    pub(crate) fn new(input: Input<'a>) -> Self {
        let known = input.index;
        let mut numbers = Numbers::beside(&known.numbers);
        let entities = Entities::new(&known.entities, input.draft_findings, input.attached);
        let seen = seen(input.draft_findings, entities.of_draft());
        let mut text = TextIndex::new(input.draft, input.draft_findings, input.draft_quoted, seen, &mut numbers);
        text.entity_of = entities.of_draft().iter().copied().map(Some).collect();
        // What stands outside of every sentence speaks only of what sentences speak of, too.
        text.number_the_rest(&mut |what| numbers.known(what));
        DraftIndex { text, entities, numbers }
    }
}

impl<'a> ComparisonIndex<'a> {
    pub(crate) fn new(input: Input<'a>, draft: &'a DraftIndex<'a>, limits: Limits<'a>) -> Self {
        let reports = input.index;
        let docs = reports.docs(input.reports, input.findings);
        let DraftIndex { text, entities, numbers } = draft;
        let draft = Doc { report: input.draft, findings: input.draft_findings, text };
        let mut countries: Vec<Cow<'a, BTreeSet<String>>> = reports.countries.iter().map(Cow::Borrowed).collect();
        countries.resize(entities.count(), Cow::default());
        draft.countries(&mut |entity, country| {
            if !countries[entity].contains(country) {
                countries[entity].to_mut().insert(country.to_owned());
            }
        });
        ComparisonIndex { input, draft, docs, reports, entities, numbers, limits, countries }
    }

    /// The entity with this index.
    pub(crate) fn entity(&self, index: usize) -> &Entity {
        self.entities.get(index)
    }

    /// The place of a report among those compared.
    pub(crate) fn doc_of(&self, report: &ReportId) -> Option<usize> {
        self.reports.places.get(report).copied()
    }

    /// The countries that an entity is, belongs to or acts for.
    pub(crate) fn countries(&self, entity: usize) -> &BTreeSet<String> {
        &self.countries[entity]
    }

    /// How many independent sources these reports are.
    pub(crate) fn independent_sources<'r>(&self, reports: impl Iterator<Item = &'r ReportId>) -> usize {
        let all: BTreeSet<usize> = reports.filter_map(|r| self.reports.origins[self.doc_of(r)?]).collect();
        all.len()
    }

    /// The weight of a feature: rare ones tell more; what no report has, less.
    pub(crate) fn weight(&self, feature: u32) -> f64 {
        match self.reports.postings.count(feature) {
            0 => 0.5,
            n => {
                (1.0 + self.reports.sentences() as f64 / (1.0 + n as f64)).ln()
                    / (1.0 + self.reports.sentences() as f64).ln()
            }
        }
    }

    /// How much of these features, with their weights, each sentence of the reports has; its neighbours count half.
    pub(crate) fn scores(&self, features: &[(u32, f64)]) -> Scores {
        Scores::new(&self.reports.postings, &self.reports.paragraphs, features)
    }

    /// How much of them a sentence of a report has.
    pub(crate) fn score(&self, scores: &Scores, doc: usize, sentence: usize) -> f64 {
        scores.of(self.reports.first_sentences[doc] + sentence)
    }

    /// How much of these features some words of a report have.
    pub(crate) fn shared_by(&self, features: &[(u32, f64)], doc: usize, words: Range<usize>) -> f64 {
        let there = self.docs[doc].features.of(words);
        let all: f64 = features.iter().map(|(_, w)| w).sum();
        let has: f64 = features.iter().filter(|(f, _)| there.binary_search(f).is_ok()).map(|(_, w)| w).sum();
        if all <= 0.0 { 0.0 } else { has / all }
    }

    /// The sentences of the reports that have most of these features, the best first.
    pub(crate) fn nearest(&self, features: &[(u32, f64)], least: f64) -> Vec<Hit> {
        let scores = self.scores(features);
        let mut hits = Vec::new();
        for (doc, d) in self.docs.iter().enumerate() {
            for sentence in 0..d.sentences.len() {
                let number = self.reports.first_sentences[doc] + sentence;
                let score = scores.of(number);
                if score >= least && scores.has_any(number) {
                    hits.push(Hit { doc, sentence, score });
                }
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.doc, a.sentence).cmp(&(b.doc, b.sentence))));
        hits
    }

    /// The features of some words of the draft with their weights; those near a claim count double.
    pub(crate) fn features_of(&self, words: Range<usize>, near: &[Range<usize>]) -> Vec<(u32, f64)> {
        let mut close: Vec<u32> = near.iter().cloned().flat_map(|n| self.draft.features.of(n)).collect();
        close.sort_unstable();
        let weight = |f: u32| self.weight(f) * if close.binary_search(&f).is_ok() { 2.0 } else { 1.0 };
        self.draft.features.of(words).into_iter().map(|f| (f, weight(f))).collect()
    }

    /// The telling words right beside some words of the draft.
    pub(crate) fn around(&self, ours: Range<usize>) -> Vec<u32> {
        self.around_in(&self.draft, ours)
    }

    /// A little for words that stand right beside both: of two values in a sentence it tells which is meant.
    pub(crate) fn beside(&self, around: &[u32], doc: usize, theirs: Range<usize>) -> f64 {
        if around.is_empty() {
            return 0.0;
        }
        let there = self.around_in(&self.docs[doc], theirs);
        0.2 * around.iter().filter(|s| there.contains(s)).count() as f64 / around.len() as f64
    }

    fn around_in(&self, doc: &Doc<'_>, at: Range<usize>) -> Vec<u32> {
        const REACH: usize = 4;
        let before = at.start.saturating_sub(REACH)..at.start;
        let after = at.end.min(doc.words.len())..(at.end + REACH).min(doc.words.len());
        let mut stems: Vec<u32> = before.chain(after).filter_map(|w| self.numbers.stem(doc.keys[w])).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The number by which sentences speak of an entity.
    pub(crate) fn feature_of_entity(&self, entity: usize) -> Option<u32> {
        self.numbers.known(Feature::Entity(entity))
    }

    /// Whether an entity is named in any report.
    pub(crate) fn is_reported(&self, entity: usize) -> bool {
        self.entities.is_reported(entity)
    }
}

impl<'a> Doc<'a> {
    /// Cites words.
    pub(crate) fn cite(&self, words: Range<usize>) -> Option<Citation> {
        self.report.cite(self.span(words)?).ok()
    }

    /// The statements as the record has them, each with the entity that says it.
    pub(crate) fn statements(&self) -> impl Iterator<Item = (&'a StatementFinding, Option<usize>)> + use<'a> {
        let (text, findings) = (self.text, self.findings);
        text.speakers.iter().filter_map(|(n, speaker)| Some((findings.statements.get(*n)?, *speaker)))
    }

    /// Tells of each entity the country that it is, belongs to or acts for.
    pub(crate) fn countries(&self, tell: &mut dyn FnMut(usize, &'a str)) {
        for (actor, entity) in self.findings.actors.iter().zip(&self.text.entity_of) {
            if let (Some(entity), Some(country)) = (entity, actor.country.as_deref().or(actor.iso3166.as_deref())) {
                tell(*entity, country);
            }
        }
    }
}

/// Where the draft names or means entities, in order.
fn seen(findings: &Findings, of_draft: &[usize]) -> Vec<Seen> {
    let mut all = Vec::new();
    for (actor, &entity) in findings.actors.iter().zip(of_draft) {
        all.extend(actor.mentions.iter().map(|m| {
            let span = m.span();
            Seen { start: span.start(), end: span.end(), entity, kind: m.kind }
        }));
    }
    all.sort_by_key(|s| (s.start, s.end, s.entity));
    all
}

/// Whether an entity is a body that may speak through people.
pub(crate) fn is_body(entity: &Entity) -> bool {
    entity.kind != EntityKind::Person
}
