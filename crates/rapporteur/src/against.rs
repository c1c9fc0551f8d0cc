//! A draft against reports: read by the same stages, compared with what the reports say.

use crate::models;
use rapporteur_check::{Checked, ClauseSource, Input, Limits, ReportIndex};
use rapporteur_findings::{Reading, Reference, While};
use rapporteur_schema::{Basis, Edtf, Findings, Record, Report, ReportId};
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

/// How a draft is checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions<'a> {
    /// The day the draft is of, where it is known.
    pub date: Option<Edtf>,
    /// How much of it is judged, and until when.
    pub limits: Limits<'a>,
}

/// As [`check()`], where the reports' findings and their record are at hand.
pub fn check_against(
    draft: &Report,
    reports: &[Report],
    findings: &[Findings],
    record: &Record,
    date: Option<Edtf>,
) -> Checked {
    let options = CheckOptions { date, ..CheckOptions::default() };
    check_indexed(draft, reports, findings, &report_index(reports, findings, record), record, &options)
}

/// What checks look up of reports.
pub(crate) fn report_index(reports: &[Report], findings: &[Findings], record: &Record) -> ReportIndex {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let quoted = on_threads(reports, threads, rapporteur_findings::quoted);
    ReportIndex::new(reports, findings, &quoted, record)
}

/// As [`check_against`], where what checks look up of the reports is at hand, too.
pub(crate) fn check_indexed(
    draft: &Report,
    reports: &[Report],
    findings: &[Findings],
    index: &ReportIndex,
    record: &Record,
    options: &CheckOptions<'_>,
) -> Checked {
    let go_on = || (options.limits.go_on)();
    let mut unmarked = strip_markdown(draft);
    // The draft may be one of the reports, word for word: it is still another text.
    unmarked.report.head.id = ReportId::from_content(&["draft", draft.id().as_str()]);
    unmarked.report.head.source = format!("\u{10ffff}{}", draft.head.source);
    if let Some(date) = options.date {
        (unmarked.report.head.published, unmarked.report.head.published_basis) = (Some(date), Some(Basis::Given));
    }
    let reading = Reading::watched(&unmarked.report, models(), &mut While(&go_on));
    let latest = findings.iter().filter_map(|f| f.published).filter(|d| d.is_day()).max();
    let lent = latest.map(|date| Reference { date, basis: Basis::Inferred });
    if !go_on() {
        return rapporteur_check::broken_off(draft, record);
    }
    let own = reading.findings_watched(reading.reference().or(lent), &mut While(&go_on));
    // Half of what a draft says would be judged as if it were all.
    if !go_on() {
        return rapporteur_check::broken_off(draft, record);
    }
    let attached = rapporteur_record::attach(record, &own);
    let draft_quoted = rapporteur_findings::quoted(&unmarked.report);
    let clauses = |report: &Report, sentence| rapporteur_findings::clauses(report, sentence, models());
    let input = Input {
        given: draft,
        draft: &unmarked.report,
        draft_findings: &own,
        draft_quoted: &draft_quoted,
        blocks: &unmarked.blocks,
        reports,
        findings,
        index,
        record,
        attached: &attached,
        clauses: ClauseSource(&clauses),
    };
    rapporteur_check::check(input, &options.limits)
}
