//! Who takes part in a gathering: what the rules for verbs and for nouns fill in and share.

use rapporteur_language::Dep;
use rapporteur_lexicon::words::gathering;
use rapporteur_lexicon::{Meets, facts, gatherings};
use rapporteur_schema::{ActorIndex, EntityKind};

use crate::grammar::{child, head, is_verb, own_subject, subject};
use crate::party::RuleContext;

/// Who takes part in a gathering.
#[derive(Clone, Debug, Default)]
pub(super) struct Participants {
    /// The rule that found them.
    pub(super) by: &'static str,
    /// Who takes part, in the order of the text, each once.
    pub(super) all: Vec<ActorIndex>,
    /// Whether two parties are named apart ("X with Y", "between X and Y"): more than a list of who was in a room.
    pub(super) apart: bool,
    /// The body whose gathering it is ("a meeting of the council").
    pub(super) of: Option<ActorIndex>,
    /// Whether the subject of the verb above the noun takes part.
    pub(super) subject: bool,
    /// Whether one party stands before the noun, so that its verb's subject is none of them.
    pub(super) before: bool,
    /// The head of a phrase that means both parties without naming them ("the two sides").
    pub(super) both: Option<usize>,
}

impl Participants {
    /// Takes actors in; whether there were any.
    pub(super) fn add(&mut self, found: Vec<ActorIndex>) -> bool {
        let any = !found.is_empty();
        for actor in found {
            if !self.all.contains(&actor) {
                self.all.push(actor);
            }
        }
        any
    }

    /// Takes in whom the noun phrase with this head means, and whether it means both parties without naming them;
    /// whether it names anybody.
    pub(super) fn add_phrase(&mut self, context: &RuleContext<'_, '_>, p: usize, t: usize) -> bool {
        self.note_both(context, p, t);
        let found = context.parties(p, t);
        self.add(found)
    }

    /// Notes a phrase that means both parties.
    pub(super) fn note_both(&mut self, context: &RuleContext<'_, '_>, p: usize, t: usize) {
        if self.both.is_none() && context.means_both(p, t) {
            self.both = Some(t);
        }
    }
}

/// The tokens that a preposition of this verb or noun governs.
pub(super) fn objects(context: &RuleContext<'_, '_>, p: usize, of: usize, preps: &[&str]) -> Vec<usize> {
    let doc = context.doc;
    let links = doc.analyses[p].children(of).filter(|&c| {
        matches!(doc.tokens(p)[c].dep, Dep::Prep | Dep::Dative | Dep::Agent) && preps.contains(&doc.lower(p, c))
    });
    links.filter_map(|c| child(doc, p, c, &[Dep::Pobj])).collect()
}

/// The heads of who does what a verb tells, with who is sent to do it.
pub(super) fn actors_of(context: &RuleContext<'_, '_>, p: usize, v: usize) -> Vec<usize> {
    let doc = context.doc;
    // "an envoy to meet him", "who has met": the noun that the clause is about.
    if matches!(doc.tokens(p)[v].dep, Dep::Relcl | Dep::Acl) && own_subject(doc, p, v).is_none() {
        return head(doc, p, v).into_iter().collect();
    }
    let mut at = v;
    // "is sending his envoy to Oslo to meet", "flew to Oslo to meet": the one sent, the one who flies.
    for _ in 0..4 {
        if own_subject(doc, p, at).is_some() {
            break;
        }
        let Some(mut up) = head(doc, p, at) else { break };
        // "is due to meet": through the adjective.
        if !is_verb(doc, p, up) && doc.tokens(p)[up].dep == Dep::Acomp {
            let Some(be) = head(doc, p, up) else { break };
            up = be;
        }
        if !is_verb(doc, p, up) {
            break;
        }
        if matches!(doc.tokens(p)[at].dep, Dep::Advcl | Dep::Xcomp | Dep::Conj)
            && gatherings().takes(doc.lemma(p, up), Meets::SEND | Meets::ORDER)
            && let Some(sent) = child(doc, p, up, &[Dep::Dobj])
            && sent < at
        {
            return vec![sent];
        }
        at = up;
    }
    subject(doc, p, v).or_else(|| subject(doc, p, at)).into_iter().collect()
}

/// Why an actor can meet nobody: it is a place, or a newspaper that "spoke to" a minister in an interview; `None` if it
/// can.
pub(super) fn bar(context: &RuleContext<'_, '_>, actor: ActorIndex) -> Option<&'static str> {
    let actor = context.names.actor(actor);
    let class = facts().known(&actor.name).map(|k| k.class);
    let event = actor.kind == EntityKind::Organization
        && actor.name.rsplit(' ').next().is_some_and(|w| gathering::EVENT.has(w));
    match (actor.kind, class) {
        _ if event => Some("an event is held and meets nobody"),
        (EntityKind::Place, _) => Some("a place is where people meet, nobody who meets"),
        (_, Some("outlet" | "agency")) => Some("who reports meets nobody: an interview"),
        (_, Some("platform")) => Some("a platform meets nobody"),
        _ => None,
    }
}
