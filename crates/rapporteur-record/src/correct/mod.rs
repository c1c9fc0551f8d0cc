//! What people corrected, brought into a record while it is made.
//!
//! There are two kinds ([`Aim`]), and they go in at two ends:
//!
//! - **The reading was wrong** (the report says something else): the finding is changed as if it had been read so, before
//!   anything is derived. Who is who comes first (`entity`: merge, split, reject of entities), then the findings themselves
//!   (`reading`: speaker, date, status, reject). Utterances, meetings, positions, differences and what one report alone has
//!   follow from what is read now. A reading is corrected where it was read: the places of the anchor; another report that
//!   tells the same is not touched. That two statements are not the same words, or that two accounts do not differ, is
//!   our reading as well: such an utterance or difference is left out as soon as it is found (`derived`).
//! - **The report is wrong** (it says so, but we know better): the report's words stand as its account. Everything is merged
//!   and compared as the reports tell it, and the known value is laid over the merged one at the end (`world`): the speaker
//!   that a statement shows, the date or status of a meeting, who is one person. Differences stay as the reports have them.
//!   What is not so stays in the record, marked; a meeting that was not is denied.
//!
//! Corrections are applied in the order in which they were made, within each of these steps. Each holds on to its fact by an
//! anchor, so that it finds it again though reports were added or another version found it. One that does not find its fact
//! is told as such and changes nothing. A note changes nothing either way.

mod derived;
mod entity;
mod reading;
mod refusal;
mod resolve;
#[cfg(test)]
mod tests;
mod world;

use rapporteur_schema::{Aim, AppliedCorrection, Correction, CorrectionKind, FactId, Record};

use crate::fact;

pub(crate) use derived::{claims, differences, utterances};
pub(crate) use entity::entities;
pub(crate) use reading::readings;
pub use refusal::Refusal;
pub use resolve::{Request, Wish, resolve, statuses};
pub(crate) use world::overlay;

/// What became of one correction.
#[derive(Clone, Debug, Default)]
struct Outcome {
    on: Option<FactId>,
    was: Option<String>,
    now: Option<String>,
    applied: bool,
}

/// The corrections that count, and what became of each so far.
pub(crate) struct Corrections<'c> {
    all: Vec<&'c Correction>,
    outcomes: Vec<Outcome>,
}

impl<'c> Corrections<'c> {
    /// Those that were not taken back, in the order in which they were made.
    pub(crate) fn new(all: &'c [Correction]) -> Self {
        let all: Vec<&Correction> = all.iter().filter(|c| c.undone.is_none()).collect();
        Corrections { outcomes: vec![Outcome::default(); all.len()], all }
    }

    /// Those of one kind, with their places in the log.
    fn of(&self, aim: Aim) -> impl Iterator<Item = (usize, &'c Correction)> + use<'c> {
        let all: Vec<(usize, &Correction)> = self.all.iter().copied().enumerate().collect();
        all.into_iter().filter(move |(_, c)| c.aim == aim)
    }

    /// What to tell of them in the record, which has everything else.
    pub(crate) fn applied(self, record: &Record) -> Vec<AppliedCorrection> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let facts = fact::facts(record);
        let applied = |(correction, outcome): (&Correction, Outcome)| {
            let anchor = correction.change.subject();
            let gone = outcome.applied && left_out(correction);
            let known = outcome.on.as_ref().and_then(|on| facts.iter().find(|f| f.id == *on));
            let found = known.or_else(|| fact::find(&facts, anchor)).filter(|_| !gone);
            AppliedCorrection {
                id: correction.id.clone(),
                at: correction.at.clone(),
                who: correction.who.clone(),
                why: correction.why.clone(),
                aim: correction.aim,
                what: correction.change.as_str().to_owned(),
                fact: anchor.fact,
                on: found.map(|f| f.id.clone()),
                about: found.map_or_else(|| anchor.about.clone(), |f| f.about.clone()),
                was: outcome.was,
                now: outcome.now.or_else(|| correction.change.wish()),
                applied: outcome.applied,
            }
        };
        self.all.into_iter().zip(self.outcomes).map(applied).collect()
    }
}

/// Whether a correction takes its fact out of the record.
fn left_out(correction: &Correction) -> bool {
    correction.aim == Aim::Reading && matches!(correction.change, CorrectionKind::Reject { .. })
}
