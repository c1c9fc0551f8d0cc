//! What is still open: plans by their versions, issues by their state; and what happens only if something else does.

use rapporteur_schema::{Citation, Condition, Issue, IssueStatus, Proposal, Version};

use super::builder::ViewBuilder;
use super::clause::{LEAST_WORDS, place_of, words};
use super::meeting::{names, only_marked};
use super::row::{Part, Row};
use crate::words::clean;

/// A line of one clause.
fn row(ids: Vec<String>, label: &str, about: String, part: Part) -> Row {
    let cites = part.cites.clone();
    Row { ids, label: label.into(), about, parts: vec![part], cites, ..Row::default() }
}

/// Plans first, each version a line with the clause that tells it, then issues.
pub(crate) fn open(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let mut plans: Vec<Row> = Vec::new();
    for p in &record.proposals {
        // A version of which reports say only that there is one says nothing.
        let says = |v: &&Version| v.points.is_some() || v.sum.is_some() || !v.authors.is_empty() || v.date.is_some();
        plans.extend(p.versions.iter().filter(says).map(|v| plan(builder, p, v)));
    }
    most_told_first(builder, &mut plans);
    // The record has those first that most reports deal with.
    let mut issues: Vec<Row> = record.issues.iter().map(|i| issue(builder, i)).collect();
    // What parties contradict each other on comes before what is only named.
    let rank = |row: &Row| IssueStatus::ALL.iter().position(|s| s.as_str() == row.label).unwrap_or(usize::MAX);
    issues.sort_by_key(|row| (row.doubtful, rank(row)));
    plans.extend(issues);
    plans.sort_by_key(|row| row.doubtful);
    plans
}

/// A version of a plan, with the clause that tells most of it: one that tells the change ("was cut to 17 points") before one that
/// only names it ("the 17-point plan").
fn plan(builder: &mut ViewBuilder<'_>, p: &Proposal, v: &Version) -> Row {
    let change = v.change.as_deref().map(str::to_lowercase);
    let changes = |c: &Citation| change.as_deref().is_some_and(|w| c.exact().to_lowercase().contains(w));
    let scrap = |c: &Citation| words(&builder.around.whole(c)) < LEAST_WORDS + 2;
    let best = v.evidence.iter().min_by_key(|c| (!changes(c), scrap(c)));
    let text = best.map(|c| {
        let wider = if scrap(c) { builder.around.wider(c).map(|(_, text)| text) } else { None };
        wider.unwrap_or_else(|| builder.around.whole(c))
    });
    let told = v.evidence.iter().any(|c| builder.is_shown(c));
    let reports = builder.reports_of(&v.evidence);
    // "Moscow's more ambitious demands": somebody's, and no more is told of it.
    let terms = v.points.is_some() || v.sum.is_some() || v.date.is_some();
    // A figure of a plan says nothing by itself: what changed in it does, or what several reports tell.
    let doubtful = (v.change.is_none() && reports.len() < 2) || !terms || only_marked(&v.by, reports.len());
    let cites = builder.cite_all(v.evidence.iter());
    let part = Part { text: text.unwrap_or_default(), reports, cites, ..Part::default() };
    Row { doubtful, told, ..row(vec![p.id.to_string()], "plan", String::new(), part) }
}

fn issue(builder: &mut ViewBuilder<'_>, i: &Issue) -> Row {
    let best = builder.around.around_terms(i.evidence.iter()).or_else(|| builder.around.best(i.evidence.iter()));
    let told = best.as_ref().is_some_and(|(c, _)| builder.is_shown(c));
    if let Some((c, _)) = &best {
        builder.show(c);
    }
    let of: Vec<usize> = best.iter().flat_map(|(c, _)| builder.report_numbers([c.report()])).collect();
    let text = best.map(|(_, text)| text).unwrap_or_default();
    let reports = builder.reports_of(&i.evidence);
    // A name without a clause tells nothing, nor does a matter of which no state is told.
    // "Issues such as N", and what comes again and again, is spoken of; that it is open nobody says.
    let told_open = i.by.iter().any(|by| !matches!(by.as_str(), "issue/listed" | "issue/recurring"));
    let doubtful = words(&text) < LEAST_WORDS || i.status.is_none() || reports.len() < 2 || !told_open;
    let cites = builder.cite_all(i.evidence.iter());
    let label = i.status.map_or("at issue", IssueStatus::as_str);
    let kept = i.evidence.iter().find_map(|c| place_of(c.exact(), &text));
    // Others deal with the matter, but the words are this report's.
    let part = Part { text, kept, reports: of, cites, ..Part::default() };
    Row { doubtful, told, ..row(vec![i.id.to_string()], label, clean(&i.name), part) }
}

/// What happens only if something else does: who set it, and the clause as written.
pub(crate) fn conditions(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let mut rows: Vec<Row> = record.conditions.iter().map(|c| condition(builder, c)).collect();
    // Of those that as many reports tell, the ones of which it is known who set them.
    rows.sort_by_key(|row| row.label.is_empty());
    most_told_first(builder, &mut rows);
    // The same clause read twice, or in two reports, is shown once.
    let mut seen: Vec<(usize, String)> = Vec::new();
    for at in 0..rows.len() {
        let folded = rows[at].parts.first().map(|p| p.text.to_lowercase()).unwrap_or_default();
        let same = |(_, other): &&(usize, String)| other.contains(&folded) || folded.contains(other.as_str());
        let Some(&(first, _)) = seen.iter().find(same) else {
            seen.push((at, folded));
            continue;
        };
        rows[at].told = true;
        let (reports, cites) = rows[at].parts.first().map(|p| (p.reports.clone(), p.cites.clone())).unwrap_or_default();
        if let Some(part) = rows[first].parts.first_mut() {
            part.reports.extend(reports);
            part.reports.sort_unstable();
            part.reports.dedup();
            part.cites.extend(cites.iter().copied());
        }
        rows[first].cites.extend(cites);
    }
    rows.sort_by_key(|row| row.doubtful);
    record.conditions.iter().flat_map(|c| c.evidence.iter()).for_each(|c| builder.show(c));
    rows
}

fn condition(builder: &mut ViewBuilder<'_>, c: &Condition) -> Row {
    let best = builder.around.best(c.evidence.iter());
    let says = best.as_ref().zip(c.party.as_ref()).and_then(|((words, _), party)| builder.sayer(words, party));
    let text = best.map(|(_, text)| text).unwrap_or_default();
    let told = c.evidence.iter().any(|e| builder.is_shown(e));
    let of = [&c.what, &c.only_if].into_iter().chain(c.evidence.iter());
    let reports = builder.report_numbers(of.map(|c| c.report()));
    // Who set it is said where its own words name them.
    let named = |p: &&rapporteur_schema::EntityId| c.evidence.iter().any(|e| names(builder, e, p));
    let who = c.party.as_ref().filter(named).map(|p| builder.entity_name(p)).unwrap_or_default();
    // A condition of nobody in particular may be anybody's: a question from the bench, a figure of speech.
    // Nor does one tell anything whose words break off before it.
    let broken = text.ends_with('…') || place_of(c.only_if.exact(), &text).is_none();
    let doubtful = who.is_empty() || only_marked([&c.by], reports.len()) || words(&text) < LEAST_WORDS || broken;
    let cites = builder.cite_all(c.evidence.iter());
    // A line that is cut keeps what it depends on.
    let kept = place_of(c.only_if.exact(), &text);
    let part = Part { text, says, kept, reports, cites, ..Part::default() };
    Row { doubtful, told, ..row(vec![c.id().to_string()], &who, String::new(), part) }
}

/// Those that most independent sources tell come first, then those of most reports; the rest in the order of the record.
fn most_told_first(builder: &ViewBuilder<'_>, rows: &mut [Row]) {
    rows.sort_by_cached_key(|row| {
        let mut reports: Vec<usize> = row.parts.iter().flat_map(|p| p.reports.iter().copied()).collect();
        reports.sort_unstable();
        reports.dedup();
        (std::cmp::Reverse(builder.independent_sources(&reports)), std::cmp::Reverse(reports.len()))
    });
}
