//! What the rules of this folder propose: an attribution, before it is known which proposals stay and who is meant.

use std::ops::Range;

use rapporteur_schema::Rule;

use crate::doc::At;

/// A place in a report: a paragraph and a byte of it.
pub(crate) type Spot = (usize, usize);

/// An attribution that a rule proposes.
#[derive(Clone, Debug)]
pub(crate) struct AttributionCandidate {
    /// The rule that proposes it.
    pub(crate) by: Rule,
    /// The cue's head and all its tokens.
    pub(crate) cue: Option<(usize, At)>,
    /// The head of the noun phrase that names the source, by paragraph and token.
    pub(crate) source: Option<(usize, usize)>,
    /// Where the content begins and ends.
    pub(crate) content: Range<Spot>,
    /// The quotation that is the content, for direct speech.
    pub(crate) quotation: Option<usize>,
    /// The candidate whose speaker and medium it goes on with.
    pub(crate) follows: Option<usize>,
    /// Who is credited with having it, in tokens.
    pub(crate) via: Option<At>,
}

impl AttributionCandidate {
    /// A cue with what it takes, within one paragraph: the head of the cue, its tokens, the head of the source, the
    /// bytes of the content.
    pub(super) fn of_cue(
        by: &'static str,
        cue: (usize, At),
        source: Option<usize>,
        content: Range<usize>,
    ) -> AttributionCandidate {
        let p = cue.1.paragraph;
        AttributionCandidate {
            by: Rule::new(by),
            cue: Some(cue),
            source: source.map(|s| (p, s)),
            content: (p, content.start)..(p, content.end),
            quotation: None,
            follows: None,
            via: None,
        }
    }

    /// The paragraph and the head of its cue.
    pub(super) fn cue_head(&self) -> Option<(usize, usize)> {
        self.cue.as_ref().map(|(cue, at)| (at.paragraph, *cue))
    }
}
