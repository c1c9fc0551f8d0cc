//! What is known where somebody has to be understood.

use rapporteur_schema::ActorIndex;

use crate::doc::{At, Doc};
use crate::name::Names;
use crate::statement::candidate::AttributionCandidate;

/// Who speaks in an attribution, and the words that name them.
pub(crate) type Speaker = (Option<ActorIndex>, Option<At>);

/// How many paragraphs back a pronoun or description may reach.
pub(super) const MAX_PARAGRAPHS_BACK: usize = 2;

/// How many attributions or names back anything is looked for, so that one endless paragraph costs what many short ones
/// do.
pub(super) const MAX_NAMES_BACK: usize = 60;

/// The names of a report and the attributions before a place in it, each with its speaker.
#[derive(Clone, Copy)]
pub(crate) struct Before<'a, 'r> {
    /// The report.
    pub(crate) doc: &'a Doc<'r>,
    /// Its names.
    pub(crate) names: &'a Names,
    /// Attributions in the order of the text; those whose speaker is known come first.
    pub(crate) candidates: &'a [AttributionCandidate],
    /// The speakers of the first of them.
    pub(crate) speakers: &'a [Speaker],
}
