//! What every later step reads: the reports, their findings, and which entity each actor of each report is.

use rapporteur_schema::{ActorIndex, Entity, EntityId, Findings, Report};

use crate::entity::Merged;

/// A story once its entities are joined.
pub(crate) struct Story<'a> {
    /// The reports that have findings, in the order of the record.
    pub(crate) reports: Vec<&'a Report>,
    /// What each of them says, in the same order.
    pub(crate) findings: &'a [&'a Findings],
    /// Who is who.
    pub(crate) merged: &'a Merged,
}

impl Story<'_> {
    /// The entity, as an index into [`Merged::entities`], of an actor of the findings at `report`.
    pub(crate) fn index(&self, report: usize, actor: ActorIndex) -> Option<usize> {
        self.merged.of.get(report)?.get(actor.index()).copied()
    }

    /// The same as an entity.
    pub(crate) fn entity(&self, report: usize, actor: ActorIndex) -> Option<&Entity> {
        self.index(report, actor).map(|i| &self.merged.entities[i])
    }

    /// The same as an id.
    pub(crate) fn id(&self, report: usize, actor: ActorIndex) -> Option<EntityId> {
        self.entity(report, actor).map(|e| e.id.clone())
    }

    /// The country that an entity is, belongs to or acts for.
    pub(crate) fn country(&self, entity: usize) -> Option<&str> {
        self.merged.entities[entity].iso3166.as_deref().or(self.merged.countries[entity].as_deref())
    }
}
