//! Days: each expression of time of the draft, read against the draft's own date, against those of the reports.

use std::sync::LazyLock;

use rapporteur_lexicon::WordClass;
use rapporteur_lexicon::words::time::{MONTH, WEEKDAY};
use rapporteur_schema::{Basis, Edtf};

use crate::builder::{VerdictBuilder, quote};
use crate::corrected::Corrected;
use crate::gathering;
use crate::index::ComparisonIndex;
use crate::slot::{self, Candidate};
use crate::verdict::{Judgement, Kind, Verdict};

/// The most days of a stretch that is compared; longer ones ("this year") say too little.
const MAX_DAYS: i32 = 45;

/// The most days of a stretch that may be said of a day in it ("this week").
const MAX_DAYS_FOR_ONE: i32 = 10;

/// Checks every day that the draft names outside quotations.
pub(crate) fn check<'a>(
    index: &ComparisonIndex<'a>,
    builder: &VerdictBuilder<'_, '_>,
    corrected: &Corrected<'a>,
) -> Vec<Verdict> {
    let draft = &index.draft;
    let mut out = Vec::new();
    for date in &draft.findings.dates {
        let Some(value) = date.value.filter(|v| days(*v) <= MAX_DAYS) else { continue };
        let at = date.at.span();
        let words = draft.words_at(at);
        if words.is_empty() || draft.quoted.get(words.start).is_some_and(Option::is_some) {
            continue;
        }
        if let Some(verdict) = gathering::day(index, builder, corrected, date, value) {
            out.push(verdict);
            continue;
        }
        let Some(sentence) = draft.sentence_at(at) else { continue };
        let whole = draft.sentences[sentence].words.clone();
        let near = words.start.saturating_sub(8).max(whole.start)..(words.end + 8).min(whole.end);
        let features = index.features_of(whole, &[near]);
        let weekday = weekday(date.at.exact());
        // What the sentence says elsewhere speaks for that and not against this.
        let of_sentence =
            |d: &&rapporteur_schema::DateMention| d.at.span() != at && draft.sentence_at(d.at.span()) == Some(sentence);
        let beside: Vec<Edtf> = draft.findings.dates.iter().filter(of_sentence).filter_map(|d| d.value).collect();
        let mut candidates = Vec::new();
        let mut elsewhere = draft.findings.published.is_some_and(|p| p.meets(value));
        for (d, doc) in index.docs.iter().enumerate() {
            let published = doc.findings.published;
            elsewhere |= published.is_some_and(|p| p.meets(value));
            for other in &doc.findings.dates {
                let Some(there) = doc.sentence_at(other.at.span()) else { continue };
                let theirs = other.at.exact();
                let named = weekday.is_some() && weekday == self::weekday(theirs);
                let same_day = day_of_month(theirs).is_some_and(|d| day_of_month(date.at.exact()) == Some(d));
                // Where a date is only inferred, the name of the day is what counts.
                let guess = |basis: Option<Basis>| !matches!(basis, Some(Basis::Given | Basis::Stated));
                let guessed = draft.findings.published_basis != Some(Basis::Given)
                    || guess(doc.findings.published_basis)
                    || other.value.is_none();
                let same_words = other.value.is_none() && theirs.to_lowercase() == date.at.exact().to_lowercase();
                let alike = guessed && (named || same_day) || same_words;
                // A report that tells no day of its own still says which day of the week it was.
                let other_day = other.value.is_none() && weekday.is_some() && self::weekday(theirs).is_some();
                let Some(day) = other.value.or((alike || other_day).then_some(value)) else { continue };
                let fits = match other.value {
                    Some(day) => fits(value, day) || alike,
                    None => alike,
                };
                elsewhere |= fits && days(day) <= MAX_DAYS_FOR_ONE;
                if !fits && days(day) > MAX_DAYS {
                    continue;
                }
                if !fits && other.value.is_some_and(|o| beside.iter().any(|b| self::fits(*b, o))) {
                    continue;
                }
                let mut near = index.shared(&features, d, there);
                near += index.beside(words.clone(), d, doc.words_at(other.at.span()));
                // "This week" has the day in it, and tells little of it.
                if value != day {
                    near -= if fits { 0.3 } else { 0.0 };
                }
                if !fits && value.meets(day) && !other_day {
                    continue;
                }
                candidates.push(Candidate { doc: d, near, fits, at: other.at.clone() });
            }
            // What a report tells without a day may be of its own day.
            if published.is_some_and(|p| p.meets(value)) {
                for (s, sentence) in doc.sentences.iter().enumerate() {
                    let undated = !doc.findings.dates.iter().any(|o| {
                        (o.value.is_some() || self::weekday(o.at.exact()).is_some())
                            && doc.sentence_at(o.at.span()) == Some(s)
                    });
                    let near = index.shared(&features, d, s);
                    if undated
                        && near >= 0.5
                        && let Some(at) = doc.cite(sentence.words.clone())
                    {
                        candidates.push(Candidate { doc: d, near: near - 0.1, fits: true, at });
                    }
                }
            }
        }
        let verdict = builder.verdict(at, Kind::Date, Judgement::NotFound);
        let what = format!("{} ({value})", quote(&verdict.at.exact));
        out.push(slot::judge(builder, verdict, &candidates, elsewhere, &what));
    }
    out
}

/// Whether a day of the draft can be the day of a report: the same, or one within the other; two stretches of some days
/// must be the same.
pub(crate) fn fits(ours: Edtf, theirs: Edtf) -> bool {
    match (days(ours), days(theirs)) {
        (1, _) => ours.within(theirs) && days(theirs) <= MAX_DAYS_FOR_ONE,
        (_, 1) => theirs.within(ours),
        (a, b) if a < 7 && b < 7 => ours == theirs,
        _ => ours.meets(theirs),
    }
}

fn days(date: Edtf) -> i32 {
    (date.last_day() - date.first_day()).get_days() + 1
}

/// The month and day that an expression names ("June 12", "12 June").
fn day_of_month(words: &str) -> Option<(usize, u32)> {
    let words = words.to_lowercase();
    let mut parts = words.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty());
    let month = |p: &str| MONTHS.iter().position(|m| p.starts_with(m.get(..3).unwrap_or(m)));
    let day = |p: &str| p.trim_end_matches(char::is_alphabetic).parse::<u32>().ok().filter(|d| (1..=31).contains(d));
    let (mut m, mut d) = (None, None);
    for part in parts.by_ref() {
        m = m.or(month(part));
        d = d.or(day(part));
    }
    m.zip(d)
}

/// The day of the week that an expression names, 0 for Monday.
pub(crate) fn weekday(words: &str) -> Option<usize> {
    let words = words.to_lowercase();
    WEEKDAYS.iter().position(|d| words.contains(d.as_str()))
}

/// The months in their order, lower case.
static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| in_order(&MONTH));

/// The days of the week in their order, lower case.
static WEEKDAYS: LazyLock<Vec<String>> = LazyLock::new(|| in_order(&WEEKDAY));

/// The first word of each number that a class gives, in the order of the numbers.
fn in_order(class: &WordClass) -> Vec<String> {
    let number = |word: &str| class.value(word).and_then(|v| v.parse::<usize>().ok());
    let mut all: Vec<(usize, String)> =
        class.words().into_iter().filter_map(|w| Some((number(w)?, w.to_lowercase()))).collect();
    // Of a name and its abbreviation, the name.
    all.sort_by_key(|(n, w)| (*n, std::cmp::Reverse(w.len())));
    all.dedup_by_key(|(n, _)| *n);
    all.into_iter().map(|(_, w)| w).collect()
}
