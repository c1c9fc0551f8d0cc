//! What a check stands on: the words, sentences and quotations of the draft and of the reports, who is named where, and
//! an index by which the places of the reports that speak of the same thing are found.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rapporteur_schema::{
    Char, Citation, Entity, EntityId, EntityKind, Findings, MentionKind, PassageKind, Quoted, Record, RecordIndex,
    Report, ReportId, Span, StatementFinding,
};

use crate::entail::ClauseSource;
use crate::entity::Entities;
use crate::feature::{Feature, Numbers, Postings, Scores, Spans, WordFeatures};
use crate::limits::Limits;
use crate::word::{self, Word};

/// The most words that are compared as one sentence: more is a list, a table, or no sentence at all, and what is asked of a
/// sentence for each claim in it must not grow with it.
const MAX_SENTENCE_WORDS: usize = 500;

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
    /// Their stretches in quotation marks, in their order.
    pub quoted: &'a [Vec<Quoted>],
    /// The record of the reports: who is who, differences and independent sources are taken from it.
    pub record: &'a Record,
    /// Which entity of the record each actor of the draft is, where it is one.
    pub attached: &'a [Option<EntityId>],
    /// What a sentence of the draft or of a report asserts; asked for the few that are compared.
    pub clauses: ClauseSource<'a>,
}

/// One text, ready to be compared.
#[derive(Debug)]
pub(crate) struct Doc<'a> {
    pub(crate) report: &'a Report,
    pub(crate) findings: &'a Findings,
    pub(crate) words: Vec<Word>,
    /// For each word the number of what it is folded to.
    pub(crate) keys: Vec<u32>,
    /// For each word the outermost quotation it stands in.
    pub(crate) quoted: Vec<Option<u32>>,
    /// The outermost quotations, as words.
    pub(crate) quotations: Vec<Range<usize>>,
    /// Quotations inside them, as words.
    pub(crate) nested: Vec<Range<usize>>,
    pub(crate) sentences: Vec<Sentence>,
    /// For each word its sentence.
    pub(crate) sentence_of: Vec<usize>,
    /// What each word speaks of.
    features: WordFeatures,
    /// Where times are told.
    timed: Spans,
    /// Where entities are named or meant, in order.
    pub(crate) seen: Vec<Seen>,
    /// Which entity each actor of the findings is.
    pub(crate) entity_of: Vec<Option<usize>>,
    /// The statements as the record has them, each with the entity that says it: what people corrected is in it.
    pub(crate) statements: Vec<(&'a StatementFinding, Option<usize>)>,
}

/// A place where an entity is named or meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) entity: usize,
    pub(crate) kind: MentionKind,
}

/// A sentence of a text.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) words: Range<usize>,
    pub(crate) paragraph: usize,
    /// What it speaks of: stems of words and entities, numbered, in order.
    pub(crate) features: Vec<u32>,
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
    /// Who is who.
    pub(crate) entities: Entities,
    /// The place of each report among them.
    places: HashMap<&'a ReportId, usize>,
    numbers: Numbers,
    /// Which sentences of the reports have a feature.
    postings: Postings,
    /// For each report the number of its first sentence among all.
    first_sentences: Vec<usize>,
    sentences: usize,
    /// How much work there may be.
    pub(crate) limits: Limits<'a>,
    /// The record's things by their ids.
    record: RecordIndex<'a>,
    /// Countries that an entity belongs to or acts for.
    countries: Vec<BTreeSet<&'a str>>,
}

impl<'a> ComparisonIndex<'a> {
    pub(crate) fn new(input: Input<'a>, limits: Limits<'a>) -> Self {
        let mut numbers = Numbers::default();
        let record = RecordIndex::new(input.record);
        let entities = Entities::new(&record, input.draft_findings, input.attached);
        let mut seen = seen_in_reports(input.record);
        let mut all: Vec<(&Report, &Findings, &[Quoted])> = input
            .reports
            .iter()
            .zip(input.findings)
            .zip(input.quoted)
            .map(|((r, f), q)| (r, f, q.as_slice()))
            .collect();
        all.sort_by_key(|(r, _, _)| record.report_place(r.id()).unwrap_or(usize::MAX));
        let speakers = speakers(&record);
        let mut docs: Vec<Doc<'a>> = all
            .into_iter()
            .map(|(r, f, q)| {
                let mut doc = doc(r, f, q, seen.remove(r.id()).unwrap_or_default(), &mut numbers);
                doc.statements = f.statements.iter().filter_map(|s| Some((s, *speakers.get(&s.content)?))).collect();
                doc
            })
            .collect();
        let seen = seen_in_draft(input.draft_findings, entities.of_draft());
        let mut draft = doc(input.draft, input.draft_findings, input.draft_quoted, seen, &mut numbers);
        draft.entity_of = entities.of_draft().iter().copied().map(Some).collect();
        let mut postings = Postings::default();
        let mut first_sentences = Vec::with_capacity(docs.len());
        let mut sentences = 0;
        for doc in &docs {
            first_sentences.push(sentences);
            for (n, sentence) in doc.sentences.iter().enumerate() {
                postings.add((sentences + n) as u32, &sentence.features);
            }
            sentences += doc.sentences.len();
        }
        let mut countries = vec![BTreeSet::new(); entities.all().len()];
        for doc in docs.iter().chain([&draft]) {
            for (actor, entity) in doc.findings.actors.iter().zip(&doc.entity_of) {
                if let (Some(entity), Some(country)) = (entity, actor.country.as_deref().or(actor.iso3166.as_deref())) {
                    countries[*entity].insert(country);
                }
            }
        }
        // What stands outside of every sentence speaks only of what sentences speak of, too.
        for doc in docs.iter_mut().chain([&mut draft]) {
            for at in 0..doc.words.len() {
                if !doc.features.is_known(at) {
                    let features = features_of_word(doc, at, &mut |what| numbers.known(what));
                    doc.features.set(at, &features);
                }
            }
        }
        let places = docs.iter().enumerate().map(|(n, d)| (d.report.id(), n)).collect();
        ComparisonIndex {
            input,
            draft,
            docs,
            entities,
            places,
            numbers,
            postings,
            first_sentences,
            sentences,
            limits,
            record,
            countries,
        }
    }

    /// The entity with this index.
    pub(crate) fn entity(&self, index: usize) -> &Entity {
        self.entities.get(index)
    }

    /// The place of a report among those compared.
    pub(crate) fn doc_of(&self, report: &ReportId) -> Option<usize> {
        self.places.get(report).copied()
    }

    /// The countries that an entity is, belongs to or acts for.
    pub(crate) fn countries(&self, entity: usize) -> &BTreeSet<&'a str> {
        &self.countries[entity]
    }

    /// How many independent sources these reports are.
    pub(crate) fn independent_sources<'r>(&self, reports: impl Iterator<Item = &'r ReportId>) -> usize {
        let all: BTreeSet<usize> = reports.filter_map(|r| self.record.origin(r)).collect();
        all.len()
    }

    /// The weight of a feature: rare ones tell more; what no report has, less.
    pub(crate) fn weight(&self, feature: u32) -> f64 {
        match self.postings.count(feature) {
            0 => 0.5,
            n => (1.0 + self.sentences as f64 / (1.0 + n as f64)).ln() / (1.0 + self.sentences as f64).ln(),
        }
    }

    /// How much of these features, with their weights, each sentence of the reports has; its neighbours count half.
    pub(crate) fn scores(&self, features: &[(u32, f64)]) -> Scores {
        let sentence = |n: u32| {
            let doc = self.first_sentences.partition_point(|&first| first <= n as usize).saturating_sub(1);
            (doc, self.docs[doc].sentences[n as usize - self.first_sentences[doc]].paragraph)
        };
        let near = |a: u32, b: u32| {
            let ((of_a, x), (of_b, y)) = (sentence(a), sentence(b));
            of_a == of_b && x.abs_diff(y) <= 1
        };
        Scores::new(&self.postings, self.sentences, features, &near)
    }

    /// How much of them a sentence of a report has.
    pub(crate) fn score(&self, scores: &Scores, doc: usize, sentence: usize) -> f64 {
        scores.of(self.first_sentences[doc] + sentence)
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
                let number = self.first_sentences[doc] + sentence;
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

impl Doc<'_> {
    /// Cites words.
    pub(crate) fn cite(&self, words: Range<usize>) -> Option<Citation> {
        self.report.cite(self.span(words)?).ok()
    }

    /// The place of words.
    pub(crate) fn span(&self, words: Range<usize>) -> Option<Span<Char>> {
        let some = self.words.get(words)?;
        Some(Span::new(some.first()?.start, some.last()?.end))
    }

    /// The words that stand wholly at a place.
    pub(crate) fn words_at(&self, at: Span<Char>) -> Range<usize> {
        let first = self.words.partition_point(|w| w.start < at.start());
        let last = first + self.words[first..].partition_point(|w| w.end <= at.end());
        first..last
    }

    /// The sentence in which a place begins.
    pub(crate) fn sentence_at(&self, at: Span<Char>) -> Option<usize> {
        let word = self.words.partition_point(|w| w.end <= at.start());
        self.sentence_of.get(word.min(self.words.len().checked_sub(1)?)).copied()
    }

    /// The entities seen at a place, in order.
    pub(crate) fn seen_at(&self, at: Span<Char>) -> impl Iterator<Item = &Seen> {
        let end = self.seen.partition_point(|s| s.start < at.end());
        // Mentions are short and in order: those that reach here begin not far before.
        let start = self.seen[..end].partition_point(|s| s.start + 400 < at.start());
        self.seen[start..end].iter().filter(move |s| at.start() < s.end)
    }
}

/// Who says what, by the words that are said, as the record has it.
fn speakers<'r>(record: &RecordIndex<'r>) -> HashMap<&'r Citation, Option<usize>> {
    let of = |s: &'_ rapporteur_schema::Statement| s.speaker.as_ref().and_then(|id| record.entity_place(id));
    record.record().statements.iter().map(|s| (&s.content, of(s))).collect()
}

/// Where each report names or means entities of the record, in order.
fn seen_in_reports(record: &Record) -> HashMap<&ReportId, Vec<Seen>> {
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

/// Where the draft does.
fn seen_in_draft(findings: &Findings, of_draft: &[usize]) -> Vec<Seen> {
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

fn doc<'a>(
    report: &'a Report,
    findings: &'a Findings,
    marks: &[Quoted],
    seen: Vec<Seen>,
    numbers: &mut Numbers,
) -> Doc<'a> {
    let words = word::words(&report.text, &findings.text);
    let keys = words.iter().map(|w| numbers.word(&w.folded)).collect();
    let timed = Spans::new(findings.dates.iter().filter(|d| d.value.is_some()).map(|d| d.at.span()).collect());
    let mut doc = Doc {
        report,
        findings,
        quoted: vec![None; words.len()],
        quotations: Vec::new(),
        nested: Vec::new(),
        sentences: Vec::new(),
        sentence_of: vec![0; words.len()],
        entity_of: Vec::new(),
        statements: Vec::new(),
        features: WordFeatures::new(words.len()),
        timed,
        words,
        keys,
        seen,
    };
    for quoted in marks.iter().filter(|q| q.depth == 0) {
        let at = doc.words_at(quoted.at.span());
        let number = doc.quotations.len() as u32;
        doc.quoted[at.clone()].iter_mut().for_each(|q| *q = Some(number));
        doc.quotations.push(at);
    }
    doc.nested = marks.iter().filter(|q| q.depth > 0).map(|q| doc.words_at(q.at.span())).collect();
    doc.entity_of = findings.actors.iter().map(|a| entity_of(&doc.seen, a)).collect();
    let readable: Vec<Span<Char>> = report
        .head
        .passages
        .iter()
        .filter(|p| matches!(p.kind, PassageKind::Body | PassageKind::Heading | PassageKind::Caption))
        .map(|p| p.span())
        .collect();
    for (paragraph, span) in readable.iter().enumerate() {
        let range = doc.words_at(*span);
        for words in sentences(&doc.words, range) {
            let number = doc.sentences.len();
            doc.sentence_of[words.clone()].iter_mut().for_each(|s| *s = number);
            for at in words.clone() {
                let features = features_of_word(&doc, at, &mut |what| Some(numbers.feature(what)));
                doc.features.set(at, &features);
            }
            let features = doc.features.of(words.clone());
            doc.sentences.push(Sentence { words, paragraph, features });
        }
    }
    doc
}

/// The sentences among some words of a text.
fn sentences(words: &[Word], range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for at in range.clone().skip(1) {
        if words[at].begins_sentence || at - start == MAX_SENTENCE_WORDS {
            out.push(start..at);
            start = at;
        }
    }
    if start < range.end {
        out.push(start..range.end);
    }
    out
}

fn entity_of(seen: &[Seen], actor: &rapporteur_schema::Actor) -> Option<usize> {
    actor.mentions.iter().find_map(|m| {
        let span = m.span();
        let first = seen.partition_point(|s| s.start < span.start());
        seen[first..].iter().take_while(|s| s.start == span.start()).find(|s| s.end == span.end()).map(|s| s.entity)
    })
}

/// What a word speaks of: numbers, times and the smallest words apart, which are compared by themselves.
fn features_of_word(doc: &Doc<'_>, at: usize, number: &mut dyn FnMut(Feature) -> Option<u32>) -> Vec<u32> {
    let word = &doc.words[at];
    let span = Span::new(word.start, word.end);
    if doc.timed.touch(span) || word::is_number(&word.folded) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut is_name = false;
    for seen in doc.seen_at(span) {
        is_name |= seen.kind == MentionKind::Name;
        out.extend(number(Feature::Entity(seen.entity)));
    }
    if !is_name && !word::is_small(&word.folded) {
        out.extend(number(Feature::Word(doc.keys[at])));
    }
    out
}

/// Whether an entity is a body that may speak through people.
pub(crate) fn is_body(entity: &Entity) -> bool {
    entity.kind != EntityKind::Person
}
