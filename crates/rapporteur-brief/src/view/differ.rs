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
        // The answers that differ first, then what only fits one of them.
        let mut all: Vec<(usize, Part)> =
            d.accounts.iter().flat_map(|a| answers(builder, d, a).into_iter().enumerate()).collect();
        all.sort_by_key(|(n, _)| *n > 0);
        if let (DiscrepancyKind::Wording, [(_, a), (_, b)]) = (d.kind, &mut all[..]) {
            a.marks = clause::beyond(&a.text, std::mem::take(&mut a.marks), &b.text);
            b.marks = clause::beyond(&b.text, std::mem::take(&mut b.marks), &a.text);
        }
        let answers = all.into_iter().map(|(_, part)| part);
        let cites = builder.cite_all(d.accounts.iter().flat_map(|a| a.evidence.iter()));
        // What differs in somebody's words does not tell the words; of all else the clauses need not be told again.
        if !matches!(d.kind, DiscrepancyKind::Wording | DiscrepancyKind::Attribution | DiscrepancyKind::Name) {
            d.accounts.iter().flat_map(|a| a.evidence.iter()).for_each(|c| builder.show(c));
        }
        Row {
            ids: vec![d.id.to_string()],
            label: d.kind.as_str().into(),
            about: about(d),
            parts: parts(answers),
            cites,
            ..Row::default()
        }
    };
    record.discrepancies.iter().map(row).collect()
}

/// What accounts differ on. Of numbers what is counted; the words around it, by which the record tells one count from another, stand in
/// the clauses.
fn about(d: &Discrepancy) -> String {
    let counted = d.about.split_once(": ").filter(|_| d.kind == DiscrepancyKind::Number);
    tidy(counted.map_or(d.about.as_str(), |(counted, _)| counted))
}

/// One answer, and, of numbers, what other reports give that fits it in words of their own: who tells of "at least 84" does not tell of 85.
fn answers(builder: &mut ViewBuilder<'_>, of: &Discrepancy, account: &Account) -> Vec<Part> {
    let mut main = answer(builder, of, account);
    if of.kind != DiscrepancyKind::Number {
        return vec![main];
    }
    let value = clean(&account.value);
    let gives = |c: &&Citation| clause::has(&value, &clean(c.exact()));
    let given = builder.report_numbers(account.evidence.iter().filter(gives).map(|c| c.report()));
    if given.is_empty() {
        return vec![main];
    }
    main.reports.retain(|r| given.contains(r));
    let mut all = vec![main];
    for c in account.evidence.iter().filter(|c| !given.contains(&builder.number(c.report()))).collect::<Vec<_>>() {
        let text = builder.around.best([c]).map(|(_, text)| text).unwrap_or_default();
        let (ids, reports) = (vec![of.id.to_string()], builder.report_numbers([c.report()]));
        all.push(Part { ids, text, reports, cites: vec![builder.cite(c)], ..Part::default() });
    }
    all
}

/// The clause that gives an answer.
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
            DiscrepancyKind::Attribution => clauses.push(attributed(builder, cited, &value)),
            _ => clauses.extend(options(builder, cited, &value)),
        }
    }
    // The clause that has most of what differs; of those, one that is more than a scrap, in the words that the record cites rather than
    // in those around them; of those, the shortest.
    let cited: Vec<String> = account.evidence.iter().map(|c| builder.around.whole(c)).collect();
    let scrap = |p: &Part| words(&p.text) <= LEAST_WORDS;
    let best = clauses
        .into_iter()
        .min_by_key(|p| (std::cmp::Reverse(p.marks.len()), scrap(p), !cited.contains(&p.text), p.text.chars().count()));
    let Part { mut text, mut marks, .. } = best.unwrap_or_default();
    if !clause::has(&value, &text) && marks.is_empty() && of.kind != DiscrepancyKind::Status {
        // What no word of the clause gives ("12" for "a dozen") stands before it.
        marks = std::iter::once(0..value.len()).collect();
        text = if text.is_empty() { value } else { format!("{value}: {text}") };
    }
    Part {
        ids: vec![of.id.to_string()],
        text,
        marks,
        reports: builder.reports_of(&account.evidence),
        cites: builder.cite_all(account.evidence.iter()),
        ..Part::default()
    }
}

/// The clauses of one report that may stand for an answer: each, what stands around a scrap, and all of them one after the other.
fn options(builder: &ViewBuilder<'_>, cited: &[&Citation], value: &str) -> Vec<Part> {
    let mut texts: Vec<String> = Vec::new();
    for c in cited {
        let text = builder.around.whole(c);
        if words(&text) <= LEAST_WORDS {
            texts.extend(builder.around.wider(c).map(|(_, text)| text));
        }
        texts.push(text);
    }
    texts.extend((cited.len() > 1).then(|| joined(builder, cited)));
    let part = |text: String| Part { marks: clause::marks(value, &text), text, ..Part::default() };
    texts.into_iter().map(part).collect()
}

/// Who is said to have said it, and the words.
fn attributed(builder: &ViewBuilder<'_>, cited: &[&Citation], speaker: &str) -> Part {
    let longest = cited.iter().max_by_key(|c| c.span().len());
    let words = longest.map(|c| builder.around.whole(c)).unwrap_or_default();
    // Reports spell a speaker in many ways, or say "she": the name under which the record has them tells them apart.
    Part { text: format!("{speaker}: {words}"), marks: std::iter::once(0..speaker.len()).collect(), ..Part::default() }
}

/// Places of one report one after the other, what is left out between them as "…".
fn joined(builder: &ViewBuilder<'_>, cited: &[&Citation]) -> String {
    let mut text = String::new();
    let mut end = 0;
    for c in cited {
        let (start, last) = (c.span().start(), c.span().end());
        if end > start {
            // What overlaps goes on where the one before ended.
            text.extend(c.exact().chars().skip((end - start) as usize));
        } else {
            // A few letters between two places are marks and spaces.
            let gap = if text.is_empty() {
                ""
            } else if start - end <= 2 {
                " "
            } else {
                " … "
            };
            text.push_str(gap);
            text.push_str(&builder.around.whole(c));
        }
        end = end.max(last);
    }
    tidy(&text)
}
