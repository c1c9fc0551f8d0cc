//! Capitals that speak.

use rapporteur_schema::{ActorIndex, EntityKind};

use crate::name::Names;
use rapporteur_lexicon::facts;

/// A capital that speaks stands for its country, where the report names that ("Oslo says"); the place stays the place
/// wherever things happen in it.
pub(crate) fn government(names: &Names, actor: ActorIndex) -> ActorIndex {
    let place = names.actor(actor).kind == EntityKind::Place;
    let known = facts().known(&names.actor(actor).name).filter(|k| place && k.class == "capital");
    let country = known.and_then(|k| names.country(k.country));
    country.unwrap_or(actor)
}
