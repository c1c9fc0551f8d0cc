//! What scorers of this crate are fitted on: candidates with their features, made by the code that reads.

use rapporteur_schema::{EntityKind, Report};
use rapporteur_scorer::Features;

use crate::{Models, Reading, trace};

/// A pronoun with all whom it may mean.
#[derive(Clone, Debug)]
pub struct Antecedent {
    /// Its place, in code points.
    pub pronoun: (u32, u32),
    /// Those who are offered.
    pub rivals: Vec<Rival>,
}

/// Somebody whom a pronoun may mean.
#[derive(Clone, Debug)]
pub struct Rival {
    /// The actor's name; none for a speaker of whom no more is known than that they are one person.
    pub name: Option<String>,
    /// The places of the actor's names, in code points.
    pub mentions: Vec<(u32, u32)>,
    /// What is known.
    pub features: Features,
}

/// The pronouns of a report that the rules ask about, in the order of the text.
pub fn antecedents(report: &Report, models: Models<'_>) -> Vec<Antecedent> {
    let mut reading = Reading::new(report, models);
    reading.doc.trace = trace::Trace::on();
    reading.findings(reading.reference());
    std::mem::take(&mut reading.doc.trace).antecedents()
}

/// A name as a report writes it.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its words.
    pub form: String,
    /// The places where it stands, in code points.
    pub places: Vec<(u32, u32)>,
    /// What the lists have it as.
    pub known: Option<EntityKind>,
    /// The kinds that it may have, and `nobody`, with what is known.
    pub answers: Vec<(&'static str, Features)>,
}

/// The names of a report, in the order of the text.
pub fn names(report: &Report, models: Models<'_>) -> Vec<Name> {
    crate::name::written(&Reading::new(report, models).doc)
}
