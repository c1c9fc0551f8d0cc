//! The names in the reports: who is spelled in several ways, and who or what several reports name.

use std::collections::BTreeSet;

use rapporteur_schema::{Entity, EntityKind};

use super::builder::ViewBuilder;
use super::row::{Part, parts};
use crate::words::clean;

/// The names worth a reader's eye.
#[derive(Clone, Debug)]
pub struct Names {
    /// Those spelled in several ways first, then a group a kind.
    pub groups: Vec<NameGroup>,
    /// Names with one spelling in one report.
    pub rest: usize,
}

/// Names under one heading.
#[derive(Clone, Debug)]
pub struct NameGroup {
    /// The heading.
    pub title: &'static str,
    /// Whether the spellings differ, so that each is shown with its reports.
    pub differ: bool,
    /// The names.
    pub names: Vec<NameLine>,
}

/// One name.
#[derive(Clone, Debug)]
pub struct NameLine {
    /// The entity.
    pub id: String,
    /// The form it is shown under.
    pub name: String,
    /// The reports that name it.
    pub reports: Vec<usize>,
    /// Every spelling with the reports that use it; a short form ("Orlan") only where a report has no longer one.
    pub spellings: Vec<Part>,
}

pub(super) fn names(builder: &mut ViewBuilder<'_>) -> Names {
    let groups = [
        ("spelled differently", None),
        ("people", Some(EntityKind::Person)),
        ("bodies", Some(EntityKind::Organization)),
        ("countries", Some(EntityKind::Country)),
        ("places", Some(EntityKind::Place)),
        ("groups", Some(EntityKind::Group)),
    ];
    let mut sorted: Vec<Vec<NameLine>> = groups.iter().map(|_| Vec::new()).collect();
    let mut rest = 0;
    for entity in &builder.record.entities {
        let line = line(builder, entity);
        let differ = line.spellings.len() > 1 && !is_nested(entity);
        let kind = groups.iter().position(|(_, kind)| *kind == Some(entity.kind)).unwrap_or(0);
        if differ {
            sorted[0].push(line);
        } else if line.reports.len() > 1 {
            sorted[kind].push(line);
        } else {
            rest += 1;
        }
    }
    let groups =
        groups.into_iter().zip(sorted).filter(|(_, names)| !names.is_empty()).map(|((title, kind), mut names)| {
            names.sort_by_cached_key(|n| (std::cmp::Reverse(n.reports.len()), n.name.clone()));
            NameGroup { title, differ: kind.is_none(), names }
        });
    Names { groups: groups.collect(), rest }
}

fn line(builder: &ViewBuilder<'_>, entity: &Entity) -> NameLine {
    let mut forms: Vec<(String, Vec<usize>)> =
        entity.names.iter().map(|n| (clean(&n.form), builder.report_numbers(&n.reports))).collect();
    let mut reports: BTreeSet<usize> = entity.mentions.iter().map(|m| builder.number(&m.report)).collect();
    reports.extend(forms.iter().flat_map(|(_, r)| r.iter().copied()));
    // A form inside another is a short form; it is shown only for reports that have nothing longer.
    let all = forms.clone();
    for (form, reports) in &mut forms {
        reports.retain(|r| !all.iter().any(|(longer, by)| by.contains(r) && is_part(form, longer)));
    }
    forms.retain(|(_, reports)| !reports.is_empty());
    forms.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    let spellings = forms.into_iter().map(|(text, reports)| Part { text, reports, ..Part::default() });
    let (id, name) = (entity.id.to_string(), clean(&entity.name));
    NameLine { id, name, reports: reports.into_iter().collect(), spellings: parts(spellings) }
}

/// Whether the words of `form` stand in `longer`, which has more.
fn is_part(form: &str, longer: &str) -> bool {
    let (form, longer): (Vec<&str>, Vec<&str>) = (form.split(' ').collect(), longer.split(' ').collect());
    form.len() < longer.len() && longer.windows(form.len()).any(|w| w == form)
}

/// Whether all forms are short forms of the longest: then nothing is spelled differently.
fn is_nested(entity: &Entity) -> bool {
    let forms: Vec<String> = entity.names.iter().map(|n| clean(&n.form)).collect();
    let longest = forms.iter().max_by_key(|f| f.split(' ').count());
    longest.is_some_and(|l| forms.iter().all(|f| f == l || is_part(f, l)))
}
