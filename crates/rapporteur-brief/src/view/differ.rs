//! Where accounts differ: a question a row, its answers below each other in the reports' words, those that differ marked.

use std::collections::BTreeMap;

use rapporteur_schema::{Account, Citation, Discrepancy, DiscrepancyKind};

use super::builder::ViewBuilder;
use super::clause::{self, LEAST_WORDS, tidy, words};
use super::row::{Part, Row, parts};
use crate::words::clean;

pub(super) fn differ(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let row = |d: &Discrepancy| {
        let answers: Vec<Part> = d.accounts.iter().map(|a| answer(builder, d, a)).collect();
        let cites = builder.cite_all(d.accounts.iter().flat_map(|a| a.evidence.iter()));
        Row {
            ids: vec![d.id.to_string()],
            label: d.kind.as_str().into(),
            about: tidy(&d.about),
            parts: parts(answers),
            cites,
            ..Row::default()
        }
    };
    record.discrepancies.iter().map(row).collect()
}

/// One answer: the clause that gives it.
fn answer(builder: &mut ViewBuilder<'_>, of: &Discrepancy, account: &Account) -> Part {
    let value = clean(&account.value);
    let mut by_report: BTreeMap<usize, Vec<&Citation>> = BTreeMap::new();
    for c in account.evidence.iter() {
        by_report.entry(builder.number(c.report())).or_default().push(c);
    }
    let mut clauses: Vec<Part> = Vec::new();
    for cited in by_report.values_mut() {
        cited.sort_by_key(|c| (c.span().start(), c.span().end()));
        match of.kind {
            DiscrepancyKind::Attribution => clauses.push(attributed(builder, cited)),
            _ => clauses.extend(options(builder, cited, &value)),
        }
    }
    // The clause that has most of what differs; of those, one that is more than a scrap; of those, the shortest.
    let best = clauses
        .into_iter()
        .min_by_key(|p| (std::cmp::Reverse(p.marks.len()), words(&p.text) < LEAST_WORDS, p.text.chars().count()));
    let Part { text, marks, .. } = best.unwrap_or_default();
    Part {
        ids: vec![of.id.to_string()],
        text: if text.is_empty() { value } else { text },
        marks,
        reports: builder.reports_of(&account.evidence),
        cites: builder.cite_all(account.evidence.iter()),
        told: false,
    }
}

/// The clauses of one report that may stand for an answer: each, what stands around a scrap, and all of them one after the other.
fn options(builder: &ViewBuilder<'_>, cited: &[&Citation], value: &str) -> Vec<Part> {
    let mut texts: Vec<String> = Vec::new();
    for c in cited {
        let text = builder.around.whole(c);
        if words(&text) < LEAST_WORDS {
            texts.extend(builder.around.wider(c));
        }
        texts.push(text);
    }
    texts.extend((cited.len() > 1).then(|| joined(builder, cited).0));
    let part = |text: String| Part { marks: clause::marks(value, &text), text, ..Part::default() };
    texts.into_iter().map(part).collect()
}

/// Who is said to have said it: the words and their speaker, whom a mark stands on.
fn attributed(builder: &ViewBuilder<'_>, cited: &[&Citation]) -> Part {
    let (text, places) = joined(builder, cited);
    let longest = cited.iter().map(|c| c.span().len()).max();
    let speaker = cited.iter().zip(places).filter(|(c, _)| Some(c.span().len()) != longest);
    Part { marks: speaker.map(|(_, at)| at).collect(), text, ..Part::default() }
}

/// Places of one report one after the other, what is left out between them as "…"; and where each stands in that.
fn joined(builder: &ViewBuilder<'_>, cited: &[&Citation]) -> (String, Vec<std::ops::Range<usize>>) {
    let mut text = String::new();
    let mut places = Vec::new();
    let mut end = 0;
    for c in cited {
        let (start, last) = (c.span().start(), c.span().end());
        if end > start {
            // What overlaps goes on where the one before ended.
            let rest: String = c.exact().chars().skip((end - start) as usize).collect();
            let at = text.len();
            text.push_str(&rest);
            places.push(at..text.len());
        } else {
            // A few letters between two places are marks and spaces.
            let gap = if text.is_empty() { "" } else if start - end <= 2 { " " } else { " … " };
            text.push_str(gap);
            let at = text.len();
            text.push_str(&builder.around.whole(c));
            places.push(at..text.len());
        }
        end = end.max(last);
    }
    (text, places)
}
