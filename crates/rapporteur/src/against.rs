//! A draft against reports: read by the same stages, compared with what the reports say.

use rapporteur_check::{Checked, Input};
use rapporteur_findings::{Reading, Reference};
use rapporteur_language::Pipeline;
use rapporteur_schema::{Basis, Edtf, EntityId, Findings, Quoted, Record, Report, ReportId};
use rapporteur_source::strip_markdown;

use crate::{assemble, findings_with, on_threads};

/// Checks a draft against reports; `date` is the day the draft is of, where it is known.
///
/// Without one, relative dates are read against what the draft itself tells, else against the day of the latest report.
///
/// # Example
/// ```
/// use rapporteur::{Options, Report, ReportId, check, gather};
///
/// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
/// let reports = gather(&[story.into()], &Options::default()).reports;
/// let draft = Report::plain(ReportId::new("draft"), "“Our members will sail on a promise,” Petra Brandt said.");
/// let checked = check(&draft, &reports, None);
/// assert!(checked.has_errors());
/// assert!(checked.verdicts.iter().any(|v| v.says.contains("“not” is left out")));
/// ```
pub fn check(draft: &Report, reports: &[Report], date: Option<Edtf>) -> Checked {
    check_with(draft, reports, date, &|_| {})
}

/// As [`check()`]; `progress` is told how many reports have been read, from whatever thread has read one.
pub fn check_with(
    draft: &Report,
    reports: &[Report],
    date: Option<Edtf>,
    progress: &(dyn Fn(usize) + Sync),
) -> Checked {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let findings = findings_with(reports, threads, progress);
    let record = assemble(reports, &findings);
    check_against(draft, reports, &findings, &record, date)
}

/// As [`check()`], where the reports' findings and their record are at hand.
pub fn check_against(
    draft: &Report,
    reports: &[Report],
    findings: &[Findings],
    record: &Record,
    date: Option<Edtf>,
) -> Checked {
    let mut unmarked = strip_markdown(draft);
    // The draft may be one of the reports, word for word: it is still another text.
    unmarked.report.head.id = ReportId::from_content(&["draft", draft.id().as_str()]);
    unmarked.report.head.source = format!("\u{10ffff}{}", draft.head.source);
    if let Some(date) = date {
        (unmarked.report.head.published, unmarked.report.head.published_basis) = (Some(date), Some(Basis::Given));
    }
    let reading = Reading::new(&unmarked.report, Pipeline::builtin());
    let latest = findings.iter().filter_map(|f| f.published).filter(|d| d.is_day()).max();
    let lent = latest.map(|date| Reference { date, basis: Basis::Inferred });
    let own = reading.findings(reading.reference().or(lent));

    let attached = attach(reports, findings, record, &unmarked.report, &own);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let quoted: Vec<Vec<Quoted>> = on_threads(reports, threads, rapporteur_findings::quoted);
    let draft_quoted = rapporteur_findings::quoted(&unmarked.report);
    rapporteur_check::check(Input {
        given: draft,
        draft: &unmarked.report,
        draft_findings: &own,
        draft_quoted: &draft_quoted,
        blocks: &unmarked.blocks,
        reports,
        findings,
        quoted: &quoted,
        record,
        attached: &attached,
    })
}

/// Which entity of the record each actor of the draft is.
fn attach(
    reports: &[Report],
    findings: &[Findings],
    record: &Record,
    draft: &Report,
    own: &Findings,
) -> Vec<Option<EntityId>> {
    let mut beside: Vec<Report> = reports.to_vec();
    beside.push(draft.clone());
    let mut all: Vec<Findings> = findings.to_vec();
    all.push(own.clone());
    let joined = assemble(&beside, &all);
    let of = |report: &ReportId, start: u32, end: u32, entities: &[rapporteur_schema::Entity]| {
        let here = |m: &rapporteur_schema::Mention| m.report == *report && (m.start, m.end) == (start, end);
        entities.iter().position(|e| e.mentions.iter().any(here))
    };
    own.actors
        .iter()
        .map(|a| {
            let span = a.mentions.first()?.span();
            let at = of(draft.id(), span.start(), span.end(), &joined.entities)?;
            let other = joined.entities[at].mentions.iter().find(|m| m.report != *draft.id())?;
            let at = of(&other.report, other.start, other.end, &record.entities)?;
            Some(record.entities[at].id.clone())
        })
        .collect()
}
