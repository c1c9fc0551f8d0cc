//! Days: each expression of time of the draft, read against the draft's own date, against those of the reports.

use rapporteur_schema::{Basis, Edtf};

use crate::ground::Ground;
use crate::say::{self, Maker};
use crate::slot::{self, Candidate};
use crate::verdict::{Judgement, Kind, Verdict};

/// Longer stretches ("this year") are no days.
const LONG: i32 = 45;

/// Checks every day that the draft names outside quotations.
pub(crate) fn check(ground: &Ground<'_>, maker: &Maker<'_, '_>) -> Vec<Verdict> {
    let draft = &ground.draft;
    let mut out = Vec::new();
    for date in &draft.findings.dates {
        let Some(value) = date.value.filter(|v| days(*v) <= LONG) else { continue };
        let at = date.at.span();
        let words = draft.words_at(at);
        if words.is_empty() || draft.quoted.get(words.start).is_some_and(Option::is_some) {
            continue;
        }
        let Some(sentence) = draft.sentence_at(at) else { continue };
        let whole = draft.sentences[sentence].words.clone();
        let near = words.start.saturating_sub(8).max(whole.start)..(words.end + 8).min(whole.end);
        let features = ground.features_of(whole, &[near]);
        let weekday = weekday(date.at.exact());
        let mut candidates = Vec::new();
        let mut elsewhere = draft.findings.published.is_some_and(|p| p.meets(value));
        for (d, doc) in ground.docs.iter().enumerate() {
            let published = doc.findings.published;
            elsewhere |= published.is_some_and(|p| p.meets(value));
            for other in &doc.findings.dates {
                let Some(day) = other.value else { continue };
                let Some(there) = doc.sentence_at(other.at.span()) else { continue };
                let named = weekday.is_some() && weekday == self::weekday(other.at.exact());
                // Where the draft's own date is only inferred, the name of the day is what counts.
                let guessed = draft.findings.published_basis != Some(Basis::Given);
                let fits = value.meets(day) && (days(day) <= LONG || !day.within(value)) || named && guessed;
                elsewhere |= fits;
                if !fits && days(day) > LONG {
                    continue;
                }
                let near = ground.shared(&features, d, there);
                candidates.push(Candidate { doc: d, near, fits, at: other.at.clone() });
            }
            // What a report tells without a day may be of its own day.
            if published.is_some_and(|p| p.meets(value)) {
                for (s, sentence) in doc.sentences.iter().enumerate() {
                    let undated = !doc
                        .findings
                        .dates
                        .iter()
                        .any(|o| o.value.is_some() && doc.sentence_at(o.at.span()) == Some(s));
                    let near = ground.shared(&features, d, s);
                    if undated
                        && near >= 0.5
                        && let Some(at) = doc.cite(sentence.words.clone())
                    {
                        candidates.push(Candidate { doc: d, near: near - 0.1, fits: true, at });
                    }
                }
            }
        }
        let verdict = maker.verdict(at, Kind::Date, Judgement::NotFound);
        let what = format!("{} ({value})", say::quote(&verdict.at.exact));
        out.push(slot::judge(maker, verdict, &candidates, elsewhere, &what));
    }
    out
}

fn days(date: Edtf) -> i32 {
    (date.last_day() - date.first_day()).get_days() + 1
}

/// The day of the week that an expression names.
fn weekday(words: &str) -> Option<&'static str> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let words = words.to_lowercase();
    DAYS.into_iter().find(|d| words.contains(d))
}
