//! Groups reports into stories as they come in: each report joins the story it fits or opens a new one.
//!
//! 1. [`Profile`]: what of a report is compared, a short bag of its telling words, and its day. A database keeps one a
//!    report.
//! 2. `frequency` knows from the reports so far how rare a word is; `index` finds the reports that share rare words
//!    and are near in time, and looks at so many at most: the ten thousandth report costs what the first ones did.
//! 3. `fit` says how well a report fits a story: the cosine of the two bags, less with every day between them.
//! 4. [`Clusterer`] compares the best fit with a bar that is higher where many stories are alike, and then lets the
//!    nearest reports of other stories look again, for what came first need not have been placed best.
//!
//! Everything follows from the reports kept, their order and their stories, so [`Clusterer::restore`] goes on just as
//! if the clusterer had never stopped. Where one report comes in, [`Clusterer::assign_beside`] brings back only those that
//! a [`Digest`] of all shows to be near, with the same result.

mod change;
mod clusterer;
mod digest;
mod fit;
mod frequency;
mod index;
mod partial;
mod profile;
mod settings;
mod story;
mod term;
#[cfg(test)]
mod tests;

pub use change::{Assignment, Kept, Move};
pub use clusterer::Clusterer;
pub use digest::{Digest, Digests};
pub use partial::Archive;
pub use profile::Profile;
pub use settings::Settings;
