//! What rules decided against while a report was read: kept only when somebody asks why ([`crate::Reading::explain`]).

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use rapporteur_schema::{Rival, Rule};

use crate::at::{At, Cites};

/// Collects rivals, or nothing: reading without asking costs a branch.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    rivals: Option<Mutex<Vec<Rival>>>,
    #[cfg(feature = "train")]
    antecedents: Mutex<Vec<crate::train::Antecedent>>,
}

impl Trace {
    /// One that keeps what it is told.
    pub(crate) fn on() -> Self {
        Trace {
            rivals: Some(Mutex::default()),
            #[cfg(feature = "train")]
            antecedents: Mutex::default(),
        }
    }

    /// Whether anything is kept: what is costly to tell is told only then.
    pub(crate) fn is_on(&self) -> bool {
        self.rivals.is_some()
    }

    /// A rival `lost` for a `slot` of what the words `of` tell.
    pub(crate) fn lost(
        &self,
        doc: &impl Cites,
        by: &'static str,
        slot: &'static str,
        of: &At,
        lost: &At,
        why: impl Into<Cow<'static, str>>,
    ) {
        let Some(rivals) = &self.rivals else { return };
        if let (Some(of), Some(lost)) = (doc.cite(of), doc.cite(lost)) {
            rivals.lock().unwrap_or_else(PoisonError::into_inner).push(Rival {
                by: Rule::new(by),
                slot: slot.into(),
                of,
                lost,
                why: why.into(),
            });
        }
    }

    /// What was kept, in the order of the text.
    pub(crate) fn rivals(&self) -> Vec<Rival> {
        let Some(rivals) = &self.rivals else { return Vec::new() };
        let mut rivals = rivals.lock().unwrap_or_else(PoisonError::into_inner).clone();
        rivals.sort_by_key(|r| (r.of.span(), r.lost.span()));
        rivals.dedup();
        rivals
    }

    /// Those who were offered for a pronoun.
    #[cfg(feature = "train")]
    pub(crate) fn antecedent(
        &self,
        doc: &impl Cites,
        names: &crate::name::Names,
        of: &At,
        offers: &[crate::statement::speaker::Offer],
    ) {
        let place = |at: &At| doc.cite(at).map(|c| (c.span().start(), c.span().end()));
        let rival = |offer: &crate::statement::speaker::Offer| {
            let actor = offer.actor.map(|a| names.actor(a));
            let mentions = actor.into_iter().flat_map(|a| &a.mentions);
            crate::train::Rival {
                name: actor.map(|a| a.name.clone()),
                mentions: mentions.map(|m| (m.at.span().start(), m.at.span().end())).collect(),
                features: offer.features(),
            }
        };
        if let Some(pronoun) = place(of) {
            let asked = crate::train::Antecedent { pronoun, rivals: offers.iter().map(rival).collect() };
            self.antecedents.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        }
    }

    /// The pronouns that were asked about, each once.
    #[cfg(feature = "train")]
    pub(crate) fn antecedents(self) -> Vec<crate::train::Antecedent> {
        let mut all = self.antecedents.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort_by_key(|a| a.pronoun);
        all.dedup_by_key(|a| a.pronoun);
        all
    }
}
