//! A draft against the reports it was written from: what they support, and what they contradict.
//!
//! ```text
//! cargo run --example check_draft
//! ```

use rapporteur::check::Severity;
use rapporteur::{Options, Report, ReportId, check, gather};

fn main() {
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
    let reports = gather(&[story.into()], &Options::default()).reports;

    // One quotation with a word left out.
    let draft = Report::plain(ReportId::new("draft"), "“Our members will sail on a promise,” Petra Brandt said.\n");
    let checked = check(&draft, &reports, None);
    for verdict in checked.verdicts.iter().filter(|v| v.severity < Severity::Fine) {
        println!("{}: {} ({})", verdict.severity.as_str(), verdict.says, verdict.at.exact);
        for source in &verdict.sources {
            println!("    {}: {}", source.report(), source.exact());
        }
    }
    println!("{}", if checked.has_errors() { "not to be printed so" } else { "nothing is contradicted" });
}
