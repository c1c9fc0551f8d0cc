//! What is new since some time, and what people corrected.

use std::collections::BTreeSet;

use rapporteur_schema::{Aim, Change, ChangeKind, FactKind};

use super::builder::ViewBuilder;
use super::lead::LeadLine;
use super::meeting::MeetingLine;
use super::row::{Part, Row};
use super::wants::Wants;
use crate::words::clean;

/// What is new: a row a change, statements of one person after all else.
pub(super) fn rows(builder: &mut ViewBuilder<'_>, changes: &[Change]) -> Vec<Row> {
    let mut ordered: Vec<&Change> = changes.iter().collect();
    ordered.sort_by_key(|c| matches!(c.fact, FactKind::Statement | FactKind::Utterance));
    let row = |c: &Change| {
        let label = match c.kind {
            ChangeKind::New => "new",
            ChangeKind::Changed => "changed",
            ChangeKind::Contradicted => "contradicted",
            ChangeKind::Confirmed => "confirmed",
            ChangeKind::Withdrawn => "withdrawn",
        };
        let part = c.part.as_deref().filter(|p| *p != "stance").map(|p| format!("{p} ")).unwrap_or_default();
        let turn = match (&c.before, &c.after) {
            (Some(before), Some(after)) => format!(" ({part}{} → {})", clean(before), clean(after)),
            (None, Some(after)) => format!(" ({part}→ {})", clean(after)),
            _ => String::new(),
        };
        let reports = builder.report_numbers(c.evidence.iter().map(|e| e.report()).filter(|r| builder.number(r) > 0));
        // What was withdrawn stands in reports that this record may not have.
        let cites = match c.kind {
            ChangeKind::Withdrawn => Vec::new(),
            _ => builder.cite_all(&c.evidence),
        };
        let about = match c.fact {
            FactKind::Statement | FactKind::Utterance | FactKind::Meeting => String::new(),
            fact => fact.as_str().to_owned(),
        };
        let text = format!("{}{turn}", clean(&c.about));
        let ids = vec![c.on.to_string()];
        let parts = vec![Part { ids: ids.clone(), text, reports, cites: cites.clone(), ..Part::default() }];
        Row { ids, label: label.into(), about, parts, cites, ..Row::default() }
    };
    ordered.into_iter().map(row).collect()
}

/// The lines of a view that may show something new.
pub(super) struct Lines<'v> {
    pub lead: &'v mut [LeadLine],
    pub tables: [&'v mut [Row]; 3],
    pub wants: &'v mut Wants,
    pub meetings: &'v mut [MeetingLine],
}

/// Marks lines that show something new.
pub(super) fn mark(changes: &[Change], lines: Lines<'_>) {
    let fresh = |c: &&Change| c.kind != ChangeKind::Withdrawn;
    let ids: BTreeSet<&str> = changes.iter().filter(fresh).map(|c| c.on.as_str()).collect();
    for row in lines.tables.into_iter().flatten().filter(|r| r.ids.iter().any(|id| ids.contains(id.as_str()))) {
        row.label = format!("+ {}", row.label);
    }
    for line in lines.lead {
        line.fresh = line.claim.as_deref().is_some_and(|id| ids.contains(id));
    }
    for stand in lines.wants.parties.iter_mut().flat_map(|p| &mut p.stands) {
        stand.fresh = ids.contains(stand.id.as_str());
    }
    for line in lines.meetings {
        line.fresh = ids.contains(line.id.as_str());
    }
}

/// What people corrected: what was found, what they say, who, when and why.
pub(super) fn corrected(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let row = |c: &rapporteur_schema::AppliedCorrection| {
        let change = match (&c.was, &c.now) {
            (Some(was), Some(now)) => format!("{} → {}", clean(was), clean(now)),
            (Some(_), None) => "left out".into(),
            (None, Some(now)) => clean(now),
            (None, None) => String::new(),
        };
        let lost = if c.applied { "" } else { " (not found any more, so not applied)" };
        let why = c.why.as_deref().map(|w| format!(": {}", clean(w))).unwrap_or_default();
        let day = c.at.get(..10).unwrap_or(&c.at);
        let aim = match c.aim {
            _ if c.what == "note" => "",
            Aim::Reading => "misread, ",
            Aim::World => "the report is wrong, ",
        };
        let text = format!("{change}{lost} — {aim}{} on {day}{why}", clean(&c.who));
        let about = clean(&c.about);
        Row {
            ids: c.on.iter().map(ToString::to_string).collect(),
            label: c.what.clone(),
            about,
            parts: vec![Part { text, ..Part::default() }],
            ..Row::default()
        }
    };
    builder.record.corrections.iter().map(row).collect()
}
