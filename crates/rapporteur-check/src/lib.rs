//! Checks a draft against the reports it was written from: which of its quotations stand so, which numbers, days, names
//! and speakers the reports bear out, and what they contradict.
//!
//! [`check`] is a pure function: texts and findings in, a list of [`Verdict`]s out, each about exact words of the draft
//! and resting on exact words of reports. It never says what is true; it says what the reports say.
//!
//! 1. `word`, `sentence` and `ground` make the draft and the reports comparable.
//! 2. `quotation` looks the words in marks up in all reports and lays them beside what comes nearest.
//! 3. `speaker`, `number`, `date`, `name`, `place` and `claim` ask one question each of the rest.
//! 4. **[`face`]** lays the verdicts out: text, Markdown, HTML, JSON, SARIF.

mod claim;
mod date;
pub mod face;
mod ground;
mod name;
mod number;
mod place;
mod quotation;
mod say;
mod sentence;
mod slot;
mod speaker;
mod verdict;
mod word;

pub use ground::Input;
pub use verdict::{Against, Change, Checked, FORM, Judgement, Kind, Place, Severity, Step, Verdict, Weight};

use ground::ComparisonIndex;
use say::VerdictBuilder;

/// Checks a draft against reports.
pub fn check(input: Input<'_>) -> Checked {
    let ground = ComparisonIndex::new(input);
    let maker = VerdictBuilder::new(&ground);
    let (quotations, mut verdicts) = quotation::check(&ground, &maker);
    verdicts.extend(speaker::check(&ground, &maker, &quotations));
    verdicts.extend(number::check(&ground, &maker));
    verdicts.extend(date::check(&ground, &maker));
    verdicts.extend(name::check(&ground, &maker));
    verdicts.extend(place::check(&ground, &maker));
    let claims = claim::check(&ground, &maker, &quotations, &verdicts);
    verdicts.extend(claims);
    verdicts.sort_by(|a, b| {
        let key = |v: &Verdict| (v.at.start, v.at.end, v.severity, v.kind, v.judgement);
        key(a).cmp(&key(b)).then_with(|| a.says.cmp(&b.says))
    });
    verdicts.dedup();
    let reports = input
        .record
        .reports
        .iter()
        .enumerate()
        .map(|(n, r)| Against {
            number: n + 1,
            id: r.id.clone(),
            source: r.source.clone(),
            outlet: r.outlet.clone(),
            title: r.title.clone(),
            published: r.published,
        })
        .collect();
    Checked {
        form: FORM,
        draft: input.given.head.source.clone(),
        sha256: input.given.head.sha256.clone(),
        date: input.draft_findings.published,
        date_basis: input.draft_findings.published_basis,
        reports,
        verdicts,
        text: input.given.text.as_str().to_owned(),
    }
}
