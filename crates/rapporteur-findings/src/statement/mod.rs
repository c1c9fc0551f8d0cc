//! Who said what: every attribution of a report with its speaker, cue and content.
//!
//! 1. `speech` takes the quotations that are speech and finds the cue of each, over paragraphs too.
//! 2. `verb` takes cue verbs with the frames they take ("said that", "declined to", "described … as").
//! 3. `according` takes adjuncts ("according to"), `noun` takes nouns ("the claim that").
//! 4. `fragment` takes words in marks that none of these claims; `settle` keeps one of what several rules found.
//! 5. `speaker` says who is meant, `medium` where it was said and by whom it is reported.

mod according;
pub(crate) mod body;
mod fragment;
mod medium;
mod noun;
mod settle;
pub(crate) mod speaker;
mod speech;
mod verb;

use std::ops::Range;

pub(crate) use medium::is_medium;

use rapporteur_schema::{ActorIndex, ActorMention, Mode, Rule, StatementFinding};

use crate::date::{Found, date_of_verb};
use crate::doc::{At, Doc};
use crate::name::Names;

/// A place in a report: a paragraph and a byte of it.
pub(crate) type Spot = (usize, usize);

/// An attribution in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The cue's head and all its tokens.
    pub(crate) cue: Option<(usize, At)>,
    /// The head of the noun phrase that names the source, by paragraph and token.
    pub(crate) source: Option<(usize, usize)>,
    /// Where the content begins and ends.
    pub(crate) content: Range<Spot>,
    /// The quotation that is the content, for direct speech.
    pub(crate) quotation: Option<usize>,
    /// The draft whose speaker and medium it goes on with.
    pub(crate) follows: Option<usize>,
    /// Who is credited with having it, in tokens.
    pub(crate) via: Option<At>,
}

/// The attributions of a report with their speakers: what later rules ask about "he" and "I".
pub(crate) struct Speech {
    drafts: Vec<Draft>,
    speakers: Vec<(Option<ActorIndex>, Option<At>)>,
}

impl Speech {
    /// Who is meant by the noun phrase with this head, one actor at most.
    pub(crate) fn meant(&self, doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
        let before = self.before(doc, p, t);
        speaker::meant(doc, names, &self.drafts[..before], &self.speakers[..before], p, t)
    }

    /// The words other than names by which speakers are meant, as mentions of them.
    pub(crate) fn descriptions(&self, doc: &Doc<'_>, names: &Names) -> Vec<(ActorIndex, ActorMention)> {
        speaker::descriptions(doc, names, &self.speakers)
    }

    /// Whom a pronoun at this place means, read as this subject form ("he", "she", "it").
    pub(crate) fn pronoun(&self, doc: &Doc<'_>, names: &Names, p: usize, t: usize, form: &str) -> Option<ActorIndex> {
        let before = self.before(doc, p, t);
        speaker::pronoun(doc, names, &self.drafts[..before], &self.speakers[..before], p, t, form)
    }

    /// Which body a noun before another means: "the" is not needed in "union negotiators".
    pub(crate) fn body(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
        body::described_body(doc, names, p, t, &doc.lemma(p, t).to_lowercase())
    }

    /// How many attributions begin before a token.
    fn before(&self, doc: &Doc<'_>, p: usize, t: usize) -> usize {
        let spot = (p, doc.bytes(p, t..t + 1).start);
        self.drafts.partition_point(|d| d.content.start <= spot).min(self.speakers.len())
    }

    /// The attribution in whose content this byte of a paragraph stands, the innermost of several.
    pub(crate) fn around(&self, p: usize, byte: usize) -> Option<usize> {
        let holds = |d: &Draft| d.content.start <= (p, byte) && (p, byte) < d.content.end;
        (0..self.drafts.len()).filter(|&i| holds(&self.drafts[i])).max_by_key(|&i| self.drafts[i].content.start)
    }

    /// Whether an attribution's content stands in quotation marks as a whole.
    pub(crate) fn is_direct(&self, i: usize) -> bool {
        self.drafts[i].quotation.is_some()
    }

    /// Who speaks in an attribution.
    pub(crate) fn speaker(&self, i: usize) -> Option<ActorIndex> {
        self.speakers.get(i).and_then(|(actor, _)| *actor)
    }

    /// The paragraph and token of the cue of an attribution, or of the one that it goes on with.
    pub(crate) fn cue(&self, i: usize) -> Option<(usize, usize)> {
        let mut at = i;
        for _ in 0..self.drafts.len() {
            if let Some((cue, span)) = &self.drafts[at].cue {
                return Some((span.paragraph, *cue));
            }
            at = self.drafts[at].follows.filter(|&f| f < at)?;
        }
        None
    }
}

/// Finds the statements of a report.
pub(crate) fn find(doc: &Doc<'_>, names: &Names, dates: &[Found]) -> (Vec<StatementFinding>, Speech) {
    let mut drafts = speech::drafts(doc);
    let mut others = Vec::new();
    for p in 0..doc.len() {
        if doc.kind(p) == rapporteur_schema::PassageKind::Body {
            verb::drafts(doc, names, p, &mut others);
            according::drafts(doc, p, &mut others);
            noun::drafts(doc, p, &mut others);
        }
    }
    settle::settle(doc, &mut drafts, others);
    let fragments = fragment::drafts(doc, names, &drafts);
    settle::settle(doc, &mut drafts, fragments);
    let speakers = speaker::resolve(doc, names, &drafts);
    let mut out = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        let Some(content) = doc.view.cite_across(draft.content.start, draft.content.end) else { continue };
        let quoted = quoted(doc, draft);
        let mode = mode(doc, draft, &quoted);
        let quoted = quoted.into_iter().filter_map(|(from, to)| doc.view.cite_across(from, to)).collect();
        let (speaker, span) = &speakers[i];
        out.push(StatementFinding {
            by: Rule::new("statement"),
            mode,
            speaker: *speaker,
            speaker_span: span.as_ref().and_then(|at| doc.cite(at)),
            cue: draft.cue.as_ref().and_then(|(_, at)| doc.cite(at)),
            content,
            quoted,
            medium: medium::medium(doc, names, &drafts, i),
            audience: medium::audience(doc, names, draft),
            via: medium::via(doc, names, draft),
            date: draft.cue.as_ref().and_then(|(verb, at)| date_of_verb(doc, dates, at.paragraph, *verb)),
        });
    }
    out.sort_by_key(|s| (s.content.span(), s.cue.as_ref().map(|c| c.span())));
    out.dedup_by(|a, b| a.content == b.content && a.cue == b.cue);
    // In the order of the text, so that what stands before a place is a prefix.
    let mut both: Vec<_> = drafts.into_iter().zip(speakers).enumerate().collect();
    both.sort_by_key(|(i, (d, _))| (d.content.start, *i));
    let mut place = vec![0; both.len()];
    both.iter().enumerate().for_each(|(to, (from, _))| place[*from] = to);
    let (mut drafts, speakers): (Vec<Draft>, Vec<_>) = both.into_iter().map(|(_, pair)| pair).unzip();
    drafts.iter_mut().for_each(|d| d.follows = d.follows.and_then(|f| place.get(f).copied()));
    (out, Speech { drafts, speakers })
}

/// The stretches of a draft's content that stand in quotation marks.
fn quoted(doc: &Doc<'_>, draft: &Draft) -> Vec<(Spot, Spot)> {
    let (from, to) = (draft.content.start, draft.content.end);
    let touching = |p: usize| {
        let start = if p == from.0 { from.1 } else { 0 };
        let end = if p == to.0 { to.1 } else { usize::MAX };
        doc.quotes_at(p, start..end)
    };
    let inside = (from.0..=to.0).flat_map(touching);
    inside
        .filter_map(|q| {
            let start = (q.paragraph, q.inner.start).max(from);
            let end = (q.paragraph, q.inner.end).min(to);
            (start < end).then_some((start, end))
        })
        .collect()
}

fn mode(doc: &Doc<'_>, draft: &Draft, quoted: &[(Spot, Spot)]) -> Mode {
    if draft.quotation.is_some() {
        return Mode::Direct;
    }
    let spoken = quoted.iter().any(|&((p, start), (_, end))| is_wording(&doc.paragraph(p)[start..end.max(start)]));
    match quoted {
        _ if !spoken => Mode::Indirect,
        [(start, end)] if start.0 == end.0 => {
            // Nothing but marks and commas outside: the speaker's own words throughout.
            let text = doc.paragraph(start.0);
            let (from, to) = (draft.content.start, draft.content.end);
            let outside = [&text[from.1.min(start.1)..start.1], &text[end.1.min(to.1)..to.1]];
            match outside.iter().any(|s| s.chars().any(char::is_alphanumeric)) {
                true => Mode::Mixed,
                false => Mode::Direct,
            }
        }
        _ => Mode::Mixed,
    }
}

/// Whether a stretch in marks is somebody's wording and not a name in marks ("Friends of the Strait").
pub(crate) fn is_wording(text: &str) -> bool {
    let small = ["of", "the", "and", "for", "in", "on", "to", "a"];
    text.split_whitespace().any(|w| {
        let word = w.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().next().is_some_and(char::is_lowercase) && !small.contains(&word)
    })
}
