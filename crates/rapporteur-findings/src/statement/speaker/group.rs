//! People without a name who act for a country: "Ukrainian officials", "the Russian delegation".

use rapporteur_language::Tag;
use rapporteur_schema::{Actor, ActorIndex, ActorMention, EntityKind, MentionKind};

use crate::doc::{At, Doc};
use crate::grammar::subtree;
use crate::name::Names;
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::speech;

/// The group of a country that a noun phrase means, one in a report under the same words.
pub(super) fn group(doc: &Doc<'_>, names: &mut Names, p: usize, t: usize) -> Option<ActorIndex> {
    let plural = doc.tokens(p)[t].tag == Tag::Nns;
    if !plural && !speech::ACTING_NOUN.has(doc.lemma(p, t)) {
        return None;
    }
    let first = (subtree(doc, p, t).start..t).find(|&i| {
        let word = doc.word(p, i);
        facts().demonym(word).is_some() || facts().known(word).is_some_and(|k| k.class == "country")
    })?;
    let code = facts().demonym(doc.word(p, first)).or_else(|| facts().known(doc.word(p, first)).map(|k| k.country))?;
    let tokens = first..t + 1;
    let name = doc.words(p, tokens.clone()).to_owned();
    // A clause between them is no part of a name.
    if name.contains([',', ';', '"', '“']) || tokens.len() > 5 {
        return None;
    }
    let same = names.actors.iter().position(|a| a.kind == EntityKind::Group && a.name.eq_ignore_ascii_case(&name));
    let index = same.unwrap_or(names.actors.len());
    if same.is_none() {
        let at = doc.cite(&At::new(p, tokens))?;
        names.actors.push(Actor {
            kind: EntityKind::Group,
            name,
            iso3166: None,
            country: Some(code.to_owned()),
            mentions: vec![ActorMention { at, kind: MentionKind::Description }],
            offices: Vec::new(),
        });
    }
    Some(ActorIndex(index as u32))
}
