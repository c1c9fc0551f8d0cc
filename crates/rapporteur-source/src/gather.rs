//! All the reports behind some inputs at once, for those who read one story and no more.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;

use rapporteur_schema::{Report, ReportId, Unread};

use crate::{Error, Fetch, Item, Options, Skipped, read_with};

/// The reports behind some paths, and what came of the rest.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The reports, as the paths were given, those of a folder in name order.
    pub reports: Vec<Report>,
    /// Files of folders that are no reports.
    pub skipped: Vec<Skipped>,
    /// Inputs that should be reports and could not be read.
    pub failed: Vec<Error>,
    /// Things worth a word that hinder nothing.
    pub warnings: Vec<String>,
}

/// Reads the reports that these inputs name; as [`crate::read()`], but kept together.
pub fn gather(inputs: &[PathBuf], options: &Options, stdin: &mut dyn Read) -> Gathered {
    gather_with(inputs, options, stdin, None)
}

/// As [`gather()`]; with `web`, addresses among the inputs are fetched.
pub fn gather_with(
    inputs: &[PathBuf],
    options: &Options,
    stdin: &mut dyn Read,
    web: Option<&mut dyn Fetch>,
) -> Gathered {
    let mut gathered = Gathered::default();
    let _: ControlFlow<()> = read_with(inputs, options, stdin, web, &mut |item| {
        match item {
            Item::Report(incoming) => gathered.reports.push(incoming.report),
            Item::Skipped(skipped) => gathered.skipped.push(skipped),
            Item::Failed(error) => gathered.failed.push(error),
            Item::Warning(what) => gathered.warnings.push(what),
        }
        ControlFlow::Continue(())
    });
    gathered.tell_apart();
    gathered
}

impl Gathered {
    /// What was not read and may belong to the story: what a record of these reports should say that it lacks.
    pub fn unread(&self) -> Vec<Unread> {
        let unread = |source: &std::path::Path, why: String| Unread { source: source.display().to_string(), why };
        let failed = self.failed.iter().map(|error| unread(error.path(), error.what()));
        let skipped = self.skipped.iter().filter(|s| s.matters).map(|s| unread(&s.path, s.why.clone()));
        let mut all: Vec<Unread> = failed.chain(skipped).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Reports of the same name and words get ids of their own from where they stand.
    fn tell_apart(&mut self) {
        let mut count: BTreeMap<ReportId, usize> = BTreeMap::new();
        for report in &self.reports {
            *count.entry(report.head.id.clone()).or_default() += 1;
        }
        for report in &mut self.reports {
            if count.get(&report.head.id).is_some_and(|&n| n > 1) {
                report.head.id = ReportId::from_content(&[report.head.id.as_str(), &report.head.source]);
            }
        }
    }
}
