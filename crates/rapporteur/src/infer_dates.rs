//! The dates of reports that tell none, inferred from the reports beside them: the one place that does so, whether reports are
//! read at once, one by one on many machines, or over time into a dossier.
//!
//! Undated reports are of the day of most dated ones, if these are of one week and the report speaks of that day.

use crate::models;
use rapporteur_findings::{Reading, Reference};
use rapporteur_schema::{Basis, Edtf, Findings, Report};

/// The days between the first and the last dated report at most: reports of a longer story say nothing about the day of
/// another.
const MAX_DAYS_APART: i32 = 7;

/// What undated reports may be read against, given the dates of all: the day of most dated reports, the latest of several.
pub(crate) fn shared_reference(dates: &[Option<Reference>]) -> Option<Reference> {
    let days: Vec<Edtf> = dates.iter().flatten().map(|r| r.date).filter(|d| d.is_day()).collect();
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    if (last.first_day() - first.first_day()).get_days() > MAX_DAYS_APART {
        return None;
    }
    let count = |day: &Edtf| days.iter().filter(|d| *d == day).count();
    let date = days.iter().copied().max_by_key(|d| (count(d), *d))?;
    Some(Reference { date, basis: Basis::Inferred })
}

/// What a report is read against: the date it tells, else the shared one where it can be of that day.
pub(crate) fn reference(reading: &Reading<'_>, shared: Option<Reference>) -> Option<Reference> {
    reading.reference().or_else(|| shared.filter(|shared| reading.could_be_dated(shared.date)))
}

/// Infers the dates of those findings of these reports that have none; `read_again` reads a report with the shared date at
/// hand, as [`read_again`] does.
///
/// # Errors
/// Those of `read_again`.
pub(crate) fn infer<E>(
    reports: &[Report],
    findings: Vec<Findings>,
    mut read_again: impl FnMut(&Report, Reference) -> Result<Findings, E>,
) -> Result<Vec<Findings>, E> {
    let dates: Vec<Option<Reference>> = findings.iter().map(own_reference).collect();
    let Some(shared) = shared_reference(&dates) else { return Ok(findings) };
    let each = reports.iter().zip(findings).zip(dates);
    each.map(|((report, own), date)| if date.is_some() { Ok(own) } else { read_again(report, shared) }).collect()
}

/// The date that a report told, as its findings give it.
fn own_reference(findings: &Findings) -> Option<Reference> {
    findings.published.zip(findings.published_basis).map(|(date, basis)| Reference { date, basis })
}

/// What a report says that tells no date, read against the shared one where it can be of that day.
pub(crate) fn read_again(report: &Report, shared: Reference) -> Findings {
    let reading = Reading::new(report, models());
    reading.findings(reference(&reading, Some(shared)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Reference> {
        Some(Reference { date: text.parse().unwrap(), basis: Basis::Given })
    }

    #[test]
    fn most_reports_tell_the_day_and_the_latest_of_several() {
        let shared = |dates: &[Option<Reference>]| shared_reference(dates).map(|r| r.date.to_string());
        let tie = [day("2025-03-03"), day("2025-03-04"), None];
        assert_eq!(shared(&tie).as_deref(), Some("2025-03-04"));
        assert_eq!(shared(&[day("2025-03-03"), day("2025-03-03"), day("2025-03-04")]).as_deref(), Some("2025-03-03"));
        assert_eq!(shared(&[day("2025-03-03"), day("2025-03-11")]), None, "more than a week apart");
        assert_eq!(shared(&[day("2025-03"), None]), None, "a month is no day");
        assert_eq!(shared(&[]), None);
    }
}
