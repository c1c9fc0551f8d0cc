//! Who the actors of a text are that is no report of the record: a draft's names laid beside the entities that are merged
//! already, without merging all reports again.

use rapporteur_schema::{
    Actor, ActorMention, Citation, Entity, EntityId, Findings, MentionKind, OfficeFinding, Record, ReportId, Span,
    Text, TextUnits,
};

/// Which entity of a record each actor of a draft is; none for who is not in the record, or may be one of several.
///
/// The rules are those by which reports' actors are joined: every entity stands for one report's actor that goes by all its
/// names.
pub fn attach(record: &Record, draft: &Findings) -> Vec<Option<EntityId>> {
    among(&record.entities, draft)
}

fn among(all: &[Entity], draft: &Findings) -> Vec<Option<EntityId>> {
    let known = as_findings(all);
    let merged = super::merge(&[&known, draft]);
    let [entities, actors] = merged.of.as_slice() else { return vec![None; draft.actors.len()] };
    let mut found: Vec<Option<EntityId>> = Vec::with_capacity(actors.len());
    for (at, actor) in actors.iter().zip(&draft.actors) {
        let mut same = (0..entities.len()).filter(|&e| at.is_some() && entities[e] == *at);
        let (first, second) = (same.next(), same.next());
        // The draft's own words may hold two together that the reports keep apart: then the name decides.
        let named = |e: &Entity| e.name == actor.name || e.names.iter().any(|n| n.form == actor.name);
        let one = match (first, second) {
            (Some(one), None) => Some(one),
            (Some(_), Some(_)) => {
                let mut named = (0..entities.len()).filter(|&e| entities[e] == *at && named(&all[e]));
                named.next().filter(|_| named.next().is_none())
            }
            _ => None,
        };
        found.push(one.map(|e| all[e].id.clone()));
    }
    found
}

/// Entities as the actors of one report, which says nothing but their names and offices.
fn as_findings(entities: &[Entity]) -> Findings {
    let report = ReportId::from_content(&["entities"]);
    let mut text = String::new();
    let mut places: Vec<Span<rapporteur_schema::Char>> = Vec::new();
    let mut points = 0;
    let mut put = |words: &str| {
        let length = words.chars().count() as u32;
        places.push(Span::new(points, points + length));
        points += length + 1;
        text.push_str(words);
        text.push('\n');
    };
    for entity in entities {
        put(&entity.name);
        entity.names.iter().for_each(|n| put(&n.form));
        entity.offices.iter().for_each(|o| put(&o.title));
    }
    let text = Text::new(text);
    let mut places = places.into_iter();
    let mut cite = || Citation::new(&report, &text, places.next()?).ok();
    let mut actors = Vec::with_capacity(entities.len());
    for entity in entities {
        let name = cite();
        let mut mentions: Vec<Citation> = Vec::new();
        for _ in &entity.names {
            mentions.extend(cite());
        }
        if mentions.is_empty() {
            mentions.extend(name);
        }
        let mut offices = Vec::new();
        for office in &entity.offices {
            offices.extend(cite().map(|at| OfficeFinding { title: office.title.clone(), of: None, at }));
        }
        actors.push(Actor {
            kind: entity.kind,
            name: entity.name.clone(),
            iso3166: entity.iso3166.clone(),
            country: None,
            mentions: mentions.into_iter().map(|at| ActorMention { at, kind: MentionKind::Name }).collect(),
            offices,
        });
    }
    Findings {
        report: report.clone(),
        published: None,
        published_basis: None,
        text: TextUnits::default(),
        actors,
        cut: Vec::new(),
        furniture: Vec::new(),
        dates: Vec::new(),
        statements: Vec::new(),
        meetings: Vec::new(),
        proposals: Vec::new(),
        issues: Vec::new(),
        positions: Vec::new(),
        conditions: Vec::new(),
        quantities: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_schema::{EntityKind, NameForm};

    fn entity(kind: EntityKind, name: &str, names: &[&str]) -> Entity {
        let form = |form: &&str| NameForm { form: (*form).to_owned(), reports: Vec::new() };
        Entity {
            id: EntityId::from_content(&[kind.as_str(), name]),
            kind,
            name: name.to_owned(),
            iso3166: (kind == EntityKind::Country).then(|| "NO".to_owned()),
            names: names.iter().map(form).collect(),
            offices: Vec::new(),
            mentions: Vec::new(),
        }
    }

    #[test]
    fn a_drafts_names_are_laid_beside_those_of_the_record() {
        use EntityKind::{Country, Organization, Person};
        let known = [
            entity(Person, "Ada Roe", &["Ada Roe", "Roe"]),
            entity(Person, "Carl Orlan", &["Carl Orlan"]),
            entity(Person, "Mira Orlan", &["Mira Orlan"]),
            entity(Country, "Norway", &["Norway"]),
            entity(Organization, "Harbour Guild", &["Harbour Guild", "the Guild"]),
        ];
        let draft = [
            entity(Person, "Roe", &["Roe"]),
            entity(Person, "Orlan", &["Orlan"]),
            entity(Person, "Mira Orlan", &["Mira Orlan"]),
            entity(Country, "Kingdom of Norway", &["Kingdom of Norway"]),
            entity(Organization, "Harbour Guild", &["Harbour Guild"]),
            entity(Person, "Nils Berg", &["Nils Berg"]),
        ];
        let found = among(&known, &as_findings(&draft));
        let names: Vec<Option<&str>> =
            found.iter().map(|id| known.iter().find(|e| Some(&e.id) == id.as_ref()).map(|e| e.name.as_str())).collect();
        let want = [Some("Ada Roe"), None, Some("Mira Orlan"), Some("Norway"), Some("Harbour Guild"), None];
        assert_eq!(names, want);
    }
}
