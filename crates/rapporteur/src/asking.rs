//! Questions to reports: which sentences answer, as they stand there.

use rapporteur_record::ask::{Answer, AskIndex};
use rapporteur_schema::{Findings, Record, Report};

use crate::{assemble, findings_with};

/// What these reports say to a question: so many answers at most, each a sentence or the sentences of one claim, cited.
///
/// Words alone decide: a sentence that says the same in quite other words is not found. Who asks more than once keeps an
/// [`AskIndex`].
///
/// # Example
/// ```
/// use rapporteur::{Options, ask, findings_of, gather, record};
///
/// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
/// let reports = gather(&[story.into()], &Options::default()).reports;
/// let (findings, record) = (findings_of(&reports, 1), record(&reports));
/// let answer = ask("Does the water ask for a passport?", &reports, &findings, &record, 3);
/// assert!(answer.answers[0].sentences[0].at.exact().contains("passport"));
/// let none = ask("How many cathedrals were painted?", &reports, &findings, &record, 3);
/// assert!(none.says_no().is_some_and(|no| no.starts_with("No report says")));
/// ```
pub fn ask(question: &str, reports: &[Report], findings: &[Findings], record: &Record, most: usize) -> Answer {
    AskIndex::new(reports, findings, record).ask(question, most)
}

/// As [`ask()`], of reports that are still to be read; `progress` is told how many have been, from whatever thread has read one.
pub fn ask_with(question: &str, reports: &[Report], most: usize, progress: &(dyn Fn(usize) + Sync)) -> Answer {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let findings = findings_with(reports, threads, progress);
    ask(question, reports, &findings, &assemble(reports, &findings), most)
}
