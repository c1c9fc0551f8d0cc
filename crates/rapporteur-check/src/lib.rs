//! Checks a draft against the reports it was written from: which of its quotations stand so, which numbers, days, names
//! and speakers the reports support, and what they contradict.
//!
//! [`check`] is a pure function: texts and findings in, a list of [`Verdict`]s out, each about exact words of the draft
//! and resting on exact words of reports. It never says what is true; it says what the reports say.
//!
//! 1. `word`, `text`, `feature`, `entity` and `index` make the draft and the reports comparable; what is made of the reports alone is a
//!    [`ReportIndex`], which can be kept for the next draft.
//! 2. `quotation` looks the words in marks up in all reports and lays them beside what comes nearest.
//! 3. `speaker`, `number`, `date`, `name`, `place` and `claim` ask one question each of the rest.
//! 4. Where a person corrected a gathering, or when something was said, `corrected` says what in the draft tells of it, and
//!    `gathering` and `date` judge that by what is known now.
//! 5. `entail` asks of each sentence as a whole whether clauses of the reports say the same, or the opposite.
//! 6. **[`render`]** lays the verdicts out: text, Markdown, HTML, JSON, SARIF.

mod builder;
mod claim;
mod corrected;
mod date;
mod entail;
mod entity;
mod feature;
mod gathering;
mod index;
mod limits;
mod name;
mod number;
mod place;
mod quotation;
pub mod render;
mod reports;
mod slot;
mod speaker;
mod text;
mod verdict;
mod word;

pub use entail::ClauseSource;
pub use index::Input;
pub use limits::Limits;
pub use reports::ReportIndex;
pub use verdict::{Against, Change, Checked, DraftRange, FORM, Judgement, Kind, Severity, Step, Verdict, Weight};

use rapporteur_schema::{Cut, Record, Report};

use builder::VerdictBuilder;
use corrected::Corrected;
use index::{ComparisonIndex, DraftIndex};

/// Checks a draft against reports, as much of it as the limits allow.
pub fn check(input: Input<'_>, limits: &Limits<'_>) -> Checked {
    let draft = DraftIndex::new(input);
    let index = ComparisonIndex::new(input, &draft, *limits);
    let builder = VerdictBuilder::new(&index);
    let mut cut: Vec<String> =
        Cut::in_words(&input.draft_findings.cut).into_iter().map(|what| format!("in the draft, {what}")).collect();
    cut.extend(input.record.cut_in_words());
    let (quotations, mut verdicts) = quotation::check(&index, &builder, &mut cut);
    verdicts.extend(speaker::check(&index, &builder, &quotations, &mut cut));
    verdicts.extend(number::check(&index, &builder, &mut cut));
    let corrected = Corrected::new(&index);
    verdicts.extend(date::check(&index, &builder, &corrected, &mut cut));
    verdicts.extend(gathering::check(&index, &builder, &corrected));
    verdicts.extend(name::check(&index, &builder, &mut cut));
    verdicts.extend(place::check(&index, &builder, &mut cut));
    let claims = claim::check(&index, &builder, &quotations, &verdicts, &mut cut);
    verdicts.extend(claims);
    let entail::Judged { sentences, own_voice, claims } =
        entail::check(&index, &builder, &quotations, &verdicts, &mut cut);
    // What a report tells in its own voice as well is no side's claim.
    let own = |v: &Verdict| v.judgement == Judgement::OneSide && own_voice.iter().any(|s| s.overlaps(v.at.span()));
    verdicts.retain(|v| !own(v));
    let told: Vec<(u32, Judgement)> = verdicts.iter().map(|v| (v.at.start, v.judgement)).collect();
    verdicts.extend(claims.into_iter().filter(|c| !told.contains(&(c.at.start, c.judgement))));
    verdicts.extend(sentences.iter().filter(|v| v.is_flagged()).cloned());
    verdicts.sort_by(|a, b| {
        let key = |v: &Verdict| (v.at.start, v.at.end, v.severity, v.kind, v.judgement);
        key(a).cmp(&key(b)).then_with(|| a.says.cmp(&b.says))
    });
    verdicts.dedup();
    Checked {
        form: FORM,
        draft: input.given.head.source.clone(),
        sha256: input.given.head.sha256.clone(),
        date: input.draft_findings.published,
        date_basis: input.draft_findings.published_basis,
        reports: against(input.record),
        verdicts,
        sentences,
        broken_off: !(limits.go_on)(),
        cut,
        text: input.given.text.as_str().to_owned(),
    }
}

/// What of a check there is where it is broken off before anything is judged: the draft and the reports.
pub fn broken_off(given: &Report, record: &Record) -> Checked {
    Checked {
        form: FORM,
        draft: given.head.source.clone(),
        sha256: given.head.sha256.clone(),
        date: None,
        date_basis: None,
        reports: against(record),
        verdicts: Vec::new(),
        sentences: Vec::new(),
        broken_off: true,
        cut: Vec::new(),
        text: given.text.as_str().to_owned(),
    }
}

/// The reports, by their numbers in the record.
fn against(record: &Record) -> Vec<Against> {
    let numbered = record.reports.iter().enumerate();
    numbered
        .map(|(n, r)| Against {
            number: n + 1,
            id: r.id.clone(),
            source: r.source.clone(),
            outlet: r.outlet.clone(),
            title: r.title.clone(),
            published: r.published,
        })
        .collect()
}
