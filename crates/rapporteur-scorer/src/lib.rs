//! Scorers: how likely is what the rules propose, by features that have names.
//!
//! A [`Model`] is log-linear (a weight a feature) or a set of small boosted trees; it is read from a JSON file that a person can read,
//! gives log-odds, and can say which features made them. Where one candidate of several is right, the candidates' scores are compared.
//!
//! ```
//! use rapporteur_scorer::{Features, Model};
//!
//! let model = Model::read(r#"{"kind": "log-linear", "bias": -1, "weights": {"near": 2.5, "quoted": -0.5}}"#)?;
//! let mut features = Features::default();
//! features.flag("near", true);
//! features.flag("quoted", true);
//! assert_eq!(model.score(&features), 1.0);
//! assert_eq!(model.explain(&features)[0], ("near".to_owned(), 2.5));
//! # Ok::<(), rapporteur_scorer::Error>(())
//! ```

mod error;
mod features;
mod file;
mod model;
#[cfg(test)]
mod tests;
#[cfg(feature = "train")]
pub mod train;

pub use error::Error;
pub use features::Features;
pub use model::Model;
