//! What every later step reads: the reports, their findings, and which entity each actor of each report is.

use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur_schema::{
    ActorIndex, Char, Citation, Entity, EntityId, Findings, Passage, PassageKind, Report, Span, StatementId,
};

use crate::entity::Merged;
use crate::words::{Forms, Lexicon, Token};

/// A story once its entities are joined.
pub(crate) struct MergeContext<'a> {
    /// The reports that have findings, in the order of the record.
    pub(crate) reports: Vec<&'a Report>,
    /// What each of them says, in the same order.
    pub(crate) findings: &'a [&'a Findings],
    /// Who is who.
    pub(crate) merged: &'a Merged,
    /// The passages of each report, with what its findings know to be no part of the article, in the same order.
    pub(crate) passages: Vec<Vec<Passage>>,
    /// The words of each report, in the same order.
    pub(crate) words: Vec<Vec<Token>>,
    /// What is known of each of these words by itself.
    pub(crate) forms: Forms,
    /// Which of these words stand in a report's body and in no quotation.
    pub(crate) narrated: Vec<Vec<bool>>,
    /// The statements whose speaker a person corrected: these are sure.
    pub(crate) speaker_corrected: BTreeSet<StatementId>,
}

impl<'a> MergeContext<'a> {
    /// Reads the words of the reports; `findings` are theirs, in the same order.
    pub(crate) fn new(
        reports: Vec<&'a Report>,
        findings: &'a [&'a Findings],
        merged: &'a Merged,
        speaker_corrected: BTreeSet<StatementId>,
    ) -> Self {
        let mut lexicon = Lexicon::default();
        let words = reports.iter().zip(findings).map(|(r, f)| lexicon.read(&r.text, &f.text)).collect();
        let passages = reports.iter().zip(findings).map(|(r, f)| passages(r, Some(f))).collect();
        let forms = lexicon.into_forms();
        let mut story =
            MergeContext { reports, findings, merged, passages, words, forms, narrated: Vec::new(), speaker_corrected };
        story.narrated = (0..story.reports.len()).map(|r| story.narrated(r)).collect();
        story
    }

    /// What a report tells: its passages that are part of the article.
    pub(crate) fn body(&self, report: usize) -> impl Iterator<Item = &Passage> {
        self.passages[report].iter().filter(|p| p.kind == PassageKind::Body)
    }

    /// The entity, as an index into [`Merged::entities`], of an actor of the findings at `report`.
    pub(crate) fn index(&self, report: usize, actor: ActorIndex) -> Option<usize> {
        self.merged.of.get(report)?.get(actor.index()).copied().flatten()
    }

    /// The same as an entity.
    pub(crate) fn entity(&self, report: usize, actor: ActorIndex) -> Option<&Entity> {
        self.index(report, actor).map(|i| &self.merged.entities[i])
    }

    /// The same as an id.
    pub(crate) fn id(&self, report: usize, actor: ActorIndex) -> Option<EntityId> {
        self.entity(report, actor).map(|e| e.id.clone())
    }

    /// The country that an entity is, belongs to or acts for.
    pub(crate) fn country(&self, entity: usize) -> Option<&str> {
        self.merged.entities[entity].iso3166.as_deref().or(self.merged.countries[entity].as_deref())
    }

    /// Which words of the report stand at a citation of it.
    pub(crate) fn words_at(&self, report: usize, at: &Citation) -> Range<usize> {
        self.words_in(report, at.span())
    }

    /// The words themselves.
    pub(crate) fn tokens_at(&self, report: usize, at: &Citation) -> &[Token] {
        self.words[report].get(self.words_at(report, at)).unwrap_or_default()
    }

    /// Which words of the report stand wholly at this place of its text.
    pub(crate) fn words_in(&self, report: usize, at: Span<Char>) -> Range<usize> {
        words_in(&self.words[report], at)
    }

    fn narrated(&self, report: usize) -> Vec<bool> {
        let mut narrated = vec![false; self.words[report].len()];
        for body in self.body(report) {
            let at = self.words_in(report, body.span());
            narrated[at.clone()].iter_mut().zip(&self.words[report][at]).for_each(|(n, t)| *n = !t.marked);
        }
        for quoted in self.findings[report].statements.iter().flat_map(|s| &s.quoted) {
            narrated[self.words_at(report, quoted)].fill(false);
        }
        narrated
    }
}

/// Which of these words, in order, stand wholly at this place of their text.
pub(crate) fn words_in(words: &[Token], at: Span<Char>) -> Range<usize> {
    let first = words.partition_point(|t| t.start < at.start());
    // A place holds few words beside the report.
    let last = first + words[first..].iter().take_while(|t| t.end <= at.end()).count();
    first..last
}

/// The passages of a report; what its findings know to be no part of the article is told as such.
pub(crate) fn passages(report: &Report, findings: Option<&Findings>) -> Vec<Passage> {
    Passage::overlaid(&report.head.passages, findings.map_or(&[], |f| &f.furniture))
}
