//! A report made ready for the rules: cleaned paragraphs, their analyses, their quotation marks.

use std::ops::Range;

use rapporteur_language::{Analysis, Dep, Pipeline, Pos, Tag, Token};
use rapporteur_schema::{Citation, Passage, PassageKind, Report, TextUnits};

use crate::at::Cites;
use crate::cut::Cuts;
use crate::date::TimeLine;
use crate::models::Models;
use crate::quotation::{Quotation, quotations};
use crate::sentence;
use crate::small::Small;
use crate::tagged::{self, Tagged};
use crate::trace::Trace;
use crate::view::View;
use crate::watch::{Stage, Watch};

pub(crate) use crate::at::At;

/// Analyses a paragraph. "May rejected the offer": no modal verb stands before a past form or an -s, so what the model
/// takes for one is a name, and who does it.
fn analyze(text: &str, pipeline: &Pipeline) -> Analysis {
    let mut analysis = pipeline.analyze(text);
    for t in 1..analysis.len() {
        let (modal, verb) = (*analysis.token(t - 1), *analysis.token(t));
        let capital = text[modal.range()].starts_with(char::is_uppercase);
        let modal_like = modal.tag == Tag::Md || modal.tag == Tag::Nnp && modal.dep == Dep::Aux;
        if modal_like && capital && matches!(verb.tag, Tag::Vbd | Tag::Vbz) {
            let dep = if modal.dep == Dep::Aux { Dep::Nsubj } else { modal.dep };
            analysis.correct(t - 1, Tag::Nnp, Pos::Propn, dep);
        }
    }
    analysis
}

/// A report made ready for the rules.
pub(crate) struct Doc<'r> {
    /// Its cleaned paragraphs.
    pub(crate) view: View<'r>,
    /// What the language runtime makes of each.
    pub(crate) analyses: Vec<Analysis>,
    /// Its outermost quotations, in order; they do not overlap.
    pub(crate) quotations: Vec<Quotation>,
    /// For each paragraph, what the tagger marks in it.
    tagged: Vec<Tagged>,
    /// For each paragraph, the sentences that are no part of the article.
    furniture: Vec<Vec<Range<usize>>>,
    /// What rules decide against, where somebody asked.
    pub(crate) trace: Trace,
    /// What is cut because there is too much of it.
    pub(crate) cuts: Cuts,
    /// The expressions of time of each paragraph: read once for the report's own date, for names and for the dates.
    pub(crate) time: Vec<TimeLine>,
    /// For each paragraph, which of them stand in it.
    by_paragraph: Vec<Range<usize>>,
    /// For each paragraph, its words and lemmas in lower case.
    small: Vec<Small>,
    /// For each paragraph, the first tokens of its sentences.
    sentences: Vec<Vec<u32>>,
    /// For each token of each paragraph, the outermost quotation whose inside it lies in.
    quoted: Vec<Vec<Option<u32>>>,
}

impl<'r> Doc<'r> {
    /// Reads a report, paragraph by paragraph for as long as `watch` lets it.
    pub(crate) fn read(report: &'r Report, models: Models<'_>, watch: &mut dyn Watch) -> Self {
        let mut view = View::of(report);
        watch.ended(Stage::View);
        let paragraphs = view.paragraphs.iter().take_while(|_| watch.goes_on());
        let analyses: Vec<Analysis> = paragraphs.map(|p| analyze(&p.text, models.pipeline)).collect();
        view.paragraphs.truncate(analyses.len());
        watch.ended(Stage::Language);
        let texts = view.paragraphs.iter().enumerate();
        let mut quotations = quotations(texts.map(|(i, p)| (i, p.text.as_str())));
        quotations.retain(|q| q.depth == 0);
        let place = |p: usize| quotations.partition_point(|q| q.paragraph < p);
        let by_paragraph: Vec<Range<usize>> = (0..analyses.len()).map(|p| place(p)..place(p + 1)).collect();
        let mut quoted: Vec<Vec<Option<u32>>> = analyses.iter().map(|a| vec![None; a.len()]).collect();
        for (n, q) in quotations.iter().enumerate() {
            let tokens = analyses[q.paragraph].tokens();
            let first = tokens.partition_point(|t| (t.start as usize) < q.inner.start);
            let last = tokens.partition_point(|t| (t.end as usize) <= q.inner.end);
            for slot in quoted[q.paragraph].get_mut(first..last).into_iter().flatten() {
                *slot = Some(n as u32);
            }
        }
        let of_paragraph = |p: usize| &quotations[std::ops::Range::clone(&by_paragraph[p])];
        let sentences: Vec<Vec<u32>> = (0..analyses.len())
            .map(|p| sentence::starts(&view.paragraphs[p].text, &analyses[p], of_paragraph(p)))
            .collect();
        let small = view.paragraphs.iter().zip(&analyses).map(|(p, a)| Small::of(&p.text, a)).collect();
        watch.ended(Stage::Marks);
        let time = view.paragraphs.iter().map(|p| TimeLine::of(&p.text)).collect();
        watch.ended(Stage::Times);
        let tagged = tagged::read(models.tagger, &view, &analyses);
        let furniture: Vec<Vec<Range<usize>>> =
            tagged.iter().zip(&sentences).zip(&analyses).map(|((t, s), a)| t.furniture(s, a.len())).collect();
        for (p, paragraph) in view.paragraphs.iter_mut().enumerate() {
            let whole = furniture[p].iter().map(ExactSizeIterator::len).sum::<usize>() == analyses[p].len();
            if whole && !analyses[p].is_empty() && paragraph.kind == PassageKind::Body {
                paragraph.kind = PassageKind::Boilerplate;
            }
        }
        watch.ended(Stage::Tags);
        Doc {
            tagged,
            furniture,
            trace: Trace::default(),
            cuts: Cuts::default(),
            time,
            small,
            sentences,
            view,
            analyses,
            quotations,
            by_paragraph,
            quoted,
        }
    }

    /// How many paragraphs there are.
    pub(crate) fn len(&self) -> usize {
        self.analyses.len()
    }

    /// The cleaned words of a paragraph.
    pub(crate) fn paragraph(&self, p: usize) -> &str {
        &self.view.paragraphs[p].text
    }

    /// What the tagger marks in a paragraph.
    pub(crate) fn tagged(&self, p: usize) -> &Tagged {
        &self.tagged[p]
    }

    /// Whether a token stands in a sentence that is no part of the article.
    pub(crate) fn is_furniture(&self, p: usize, t: usize) -> bool {
        self.furniture[p].iter().any(|s| s.contains(&t))
    }

    /// What is no part of the article, in the order of the text: passages that their form tells, sentences that the tagger
    /// marks.
    pub(crate) fn furniture(&self) -> Vec<Passage> {
        let by_form = |p: &&Passage| !matches!(p.kind, PassageKind::Body | PassageKind::Heading);
        let passages = &self.view.report.head.passages;
        let mut out: Vec<Passage> = passages.iter().filter(by_form).copied().collect();
        for (p, sentences) in self.furniture.iter().enumerate() {
            for tokens in sentences {
                let Some(span) = self.cite(&At::new(p, tokens.clone())).map(|c| c.span()) else { continue };
                let told = |f: &Passage| f.start < span.end() && span.start() < f.end;
                if !out.iter().any(told) {
                    out.push(Passage { start: span.start(), end: span.end(), kind: PassageKind::Boilerplate });
                }
            }
        }
        out.sort_by_key(|p| p.start);
        out
    }

    /// What kind of passage a paragraph is.
    pub(crate) fn kind(&self, p: usize) -> PassageKind {
        self.view.paragraphs[p].kind
    }

    /// The tokens of a paragraph.
    pub(crate) fn tokens(&self, p: usize) -> &[Token] {
        self.analyses[p].tokens()
    }

    /// The words of one token.
    pub(crate) fn word(&self, p: usize, t: usize) -> &str {
        self.words(p, t..t + 1)
    }

    /// The lemma of one token.
    pub(crate) fn lemma(&self, p: usize, t: usize) -> &str {
        self.analyses[p].lemma(t)
    }

    /// One token in lower case.
    pub(crate) fn lower(&self, p: usize, t: usize) -> &str {
        self.small[p].word(t).unwrap_or_else(|| self.word(p, t))
    }

    /// The lemma of one token in lower case; lemmas of names have capitals.
    pub(crate) fn lower_lemma(&self, p: usize, t: usize) -> &str {
        self.small[p].lemma(t).unwrap_or_else(|| self.lemma(p, t))
    }

    /// The words of some tokens, with what stands between them.
    pub(crate) fn words(&self, p: usize, tokens: Range<usize>) -> &str {
        let all = self.tokens(p);
        match (all.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| all.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                &self.paragraph(p)[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }

    /// The words and sentences of what was read, as whoever compares reports needs them.
    pub(crate) fn text_units(&self) -> TextUnits {
        let report = self.view.report;
        let mut sentences: Vec<u32> = report.head.passages.iter().map(|p| p.start).collect();
        for p in 0..self.len() {
            let start = |t: usize| self.view.cite(p, self.tokens(p).get(t)?.range()).map(|c| c.span().start());
            sentences.extend(self.sentences[p].iter().filter_map(|&t| start(t as usize)));
        }
        sentences.sort_unstable();
        TextUnits::new(&report.text, &sentences)
    }

    /// The sentence that a token stands in.
    pub(crate) fn sentence(&self, p: usize, t: usize) -> Range<usize> {
        sentence::of(&self.sentences[p], self.tokens(p).len(), t)
    }

    /// The quotations of a paragraph.
    pub(crate) fn quotes_in(&self, p: usize) -> &[Quotation] {
        &self.quotations[self.by_paragraph[p].clone()]
    }

    /// The quotations of a paragraph that touch these bytes of it.
    pub(crate) fn quotes_at(&self, p: usize, bytes: Range<usize>) -> &[Quotation] {
        let all = self.quotes_in(p);
        let first = all.partition_point(|q| q.outer.end < bytes.start);
        let last = all.partition_point(|q| q.outer.start <= bytes.end);
        &all[first..last.max(first)]
    }

    /// The outermost quotation that a token stands in.
    pub(crate) fn quoted(&self, p: usize, t: usize) -> Option<usize> {
        self.quoted[p].get(t).copied().flatten().map(|n| n as usize)
    }

    /// The bytes of some tokens in their paragraph.
    pub(crate) fn bytes(&self, p: usize, tokens: Range<usize>) -> Range<usize> {
        let all = self.tokens(p);
        match (all.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| all.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The tokens that lie wholly in a range of bytes of their paragraph.
    pub(crate) fn tokens_in(&self, p: usize, bytes: Range<usize>) -> Range<usize> {
        let all = self.tokens(p);
        let first = all.partition_point(|t| (t.start as usize) < bytes.start);
        let last = all.partition_point(|t| (t.end as usize) <= bytes.end);
        first..last.max(first)
    }

    /// Cites some tokens.
    pub(crate) fn cite(&self, at: &At) -> Option<Citation> {
        self.view.cite(at.paragraph, self.bytes(at.paragraph, at.tokens.clone()))
    }
}

impl Cites for Doc<'_> {
    fn cite(&self, at: &At) -> Option<Citation> {
        Doc::cite(self, at)
    }
}
