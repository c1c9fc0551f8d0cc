//! What all reports say together: one entity for a person, one utterance for the same words.
//!
//! 1. `entity` joins the actors of all reports.
//! 2. `utterance` finds the same words in several reports.
//! 3. `meeting` joins the accounts of one gathering; `negotiation` what is proposed, disputed, accepted and on what conditions.
//! 4. `discrepancy` compares accounts of the same thing; `reuse` finds text that reports share, and what one alone has.
//! 5. `assemble` puts them into a [`Record`](rapporteur_schema::Record) whose bytes do not depend on the order of reports.
//! 6. [`ask`] finds the sentences that answer a question; nothing of it stands in the record.
//! 7. `correct` brings in what people corrected: readings before anything is derived, what is known of the world over the
//!    merged values. `change` tells two records of a story apart.
//!
//! Before that, where reports of many stories come in, [`cluster`] says which of them tell of one.

pub mod ask;
mod assemble;
mod change;
mod claim;
pub mod cluster;
mod context;
mod correct;
mod discrepancy;
mod entity;
mod fact;
mod lead;
mod meeting;
mod negotiation;
mod reuse;
mod utterance;
mod words;

pub use assemble::assemble;
pub use change::changes;
/// What scorers are fitted on: candidates with their features.
#[cfg(feature = "train")]
pub mod train {
    pub use crate::claim::train::{LeadCandidate, PairCandidate, lead, pairs};
    pub use crate::discrepancy::number::train::{NumberPair, numbers};
    pub use crate::meeting::train::{GatheringPair, gatherings};
}
pub use correct::{Refusal, Request, Wish, resolve, statuses};
pub use discrepancy::{Interval, meaning};
pub use entity::attach;
pub use fact::facts;
