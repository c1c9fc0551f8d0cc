//! Days: each expression of time of the draft, read against the draft's own date, against those of the reports.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rapporteur_lexicon::WordClass;
use rapporteur_lexicon::words::checking::LEANING_TIME;
use rapporteur_lexicon::words::time::{MONTH, WEEKDAY};
use rapporteur_schema::{Basis, Char, DateMention, Edtf, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::corrected::Corrected;
use crate::gathering;
use crate::index::{ComparisonIndex, Doc};
use crate::limits::Quota;
use crate::slot::{self, Candidate, MOST_BESIDE};
use crate::verdict::{Judgement, Kind, Severity, Verdict};

/// The most days of a stretch that is compared; longer ones ("this year") say too little.
const MAX_DAYS: i32 = 45;

/// The most days of a stretch that may be said of a day in it ("this week").
const MAX_DAYS_FOR_ONE: i32 = 10;

/// An expression of time, with what it is compared by.
#[derive(Debug)]
struct Expression {
    sentence: Option<usize>,
    at: Span<Char>,
    value: Option<Edtf>,
    days: i32,
    weekday: Option<usize>,
    day_of_month: Option<(usize, u32)>,
    /// The month it names, where it names no day and no year.
    month: Option<usize>,
    /// Whether it is told by another time of the text ("the following day"): then it speaks against no other.
    leans: bool,
    lower: String,
    /// Its words.
    words: Range<usize>,
}

impl Expression {
    fn of(doc: &Doc<'_>, date: &DateMention) -> Self {
        let (at, exact) = (date.at.span(), date.at.exact());
        let lower = exact.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_alphanumeric());
        let digits = lower.contains(|c: char| c.is_ascii_digit());
        let month = words.clone().find_map(|w| MONTHS.iter().position(|m| w == m)).filter(|_| !digits);
        let named = digits || month.is_some() || weekday(exact).is_some();
        Expression {
            sentence: doc.sentence_at(at),
            at,
            value: date.value,
            days: date.value.map_or(0, days),
            weekday: weekday(exact),
            day_of_month: day_of_month(exact),
            month,
            leans: !named && words.any(|w| LEANING_TIME.has(w)),
            lower,
            words: doc.words_at(at),
        }
    }
}

/// The expressions of time of a report.
#[derive(Debug)]
pub(crate) struct Reported {
    all: Vec<Expression>,
    /// For each sentence whether it tells no day.
    undated: Vec<bool>,
}

impl Reported {
    pub(crate) fn new(doc: &Doc<'_>) -> Self {
        let all: Vec<Expression> = doc.findings.dates.iter().map(|d| Expression::of(doc, d)).collect();
        let mut undated = vec![true; doc.sentences.len()];
        for told in all.iter().filter(|e| e.value.is_some() || e.weekday.is_some()) {
            if let Some(slot) = told.sentence.and_then(|s| undated.get_mut(s)) {
                *slot = false;
            }
        }
        Reported { all, undated }
    }
}

/// Checks every day that the draft names outside quotations.
pub(crate) fn check<'a>(
    index: &ComparisonIndex<'a>,
    builder: &VerdictBuilder<'_, '_>,
    corrected: &Corrected<'a>,
    cut: &mut Vec<String>,
) -> Vec<Verdict> {
    let draft = &index.draft;
    let drafted: Vec<Expression> = draft.findings.dates.iter().map(|d| Expression::of(draft, d)).collect();
    let mut of_sentence: HashMap<usize, Vec<usize>> = HashMap::new();
    for (n, told) in drafted.iter().enumerate() {
        if let (Some(sentence), Some(_)) = (told.sentence, told.value) {
            of_sentence.entry(sentence).or_default().push(n);
        }
    }
    let mut out = Vec::new();
    let mut quota = Quota::of_claims(&index.limits, "days");
    for (date, told) in draft.findings.dates.iter().zip(&drafted) {
        let Some(value) = told.value.filter(|_| told.days <= MAX_DAYS) else { continue };
        let words = told.words.clone();
        if words.is_empty() || draft.quoted.get(words.start).is_some_and(Option::is_some) {
            continue;
        }
        if !quota.take() {
            continue;
        }
        if let Some(verdict) = gathering::day(index, builder, corrected, date, value) {
            out.push(verdict);
            continue;
        }
        let Some(sentence) = told.sentence else { continue };
        let whole = draft.sentences[sentence].words.clone();
        let near = words.start.saturating_sub(8).max(whole.start)..(words.end + 8).min(whole.end);
        let features = index.features_of(whole, &[near]);
        let scores = index.scores(&features);
        let around = index.around(words);
        // What the sentence says elsewhere speaks for that and not against this.
        let mut beside: Vec<Edtf> = Vec::new();
        for other in of_sentence.get(&sentence).into_iter().flatten().map(|&n| &drafted[n]).filter(|d| d.at != told.at)
        {
            if let Some(value) = other.value.filter(|v| !beside.contains(v)) {
                beside.push(value);
            }
        }
        let mut candidates = Vec::new();
        let mut elsewhere = draft.findings.published.is_some_and(|p| p.meets(value));
        for (d, (doc, reported)) in index.docs.iter().zip(&index.reports.dates).enumerate() {
            let published = doc.findings.published;
            elsewhere |= published.is_some_and(|p| p.meets(value));
            // Where a date is only inferred, the name of the day is what counts.
            let guess = |basis: Option<Basis>| !matches!(basis, Some(Basis::Given | Basis::Stated));
            let inferred = draft.findings.published_basis != Some(Basis::Given) || guess(doc.findings.published_basis);
            for other in &reported.all {
                let Some(there) = other.sentence else { continue };
                let named = told.weekday.is_some() && told.weekday == other.weekday;
                // Two texts of a few days mean the same Friday, whichever each was read as.
                let of_days = (draft.findings.published).zip(published).is_some_and(|(a, b)| within_a_week(a, b))
                    && (told.day_of_month.is_none() || other.day_of_month.is_none());
                let same_day = other.day_of_month.is_some() && other.day_of_month == told.day_of_month;
                let guessed = inferred || other.value.is_none();
                // A month without its year is read against the day of each text.
                let month = told.month.is_some() && told.month == other.month;
                let same_words = other.value.is_none() && other.lower == told.lower;
                let alike = guessed && (named || same_day) || named && of_days || month || same_words;
                // A report that tells no day of its own still says which day of the week it was.
                let other_day = other.value.is_none() && told.weekday.is_some() && other.weekday.is_some();
                let Some(day) = other.value.or((alike || other_day).then_some(value)) else { continue };
                let length = if other.value.is_some() { other.days } else { told.days };
                let fits = match other.value {
                    Some(day) => alike || fits(value, day),
                    None => alike,
                };
                elsewhere |= fits && length <= MAX_DAYS_FOR_ONE;
                let mut near = index.score(&scores, d, there);
                // What has next to nothing in common speaks against nothing.
                if !fits && (length > MAX_DAYS || near + MOST_BESIDE < slot::MIN_SAME) {
                    continue;
                }
                if !fits && other.value.is_some_and(|o| beside.iter().any(|b| self::fits(*b, o))) {
                    continue;
                }
                near += index.beside(&around, d, other.words.clone());
                // "This week" has the day in it, and tells little of it.
                if value != day {
                    near -= if fits { 0.3 } else { 0.0 };
                }
                if !fits && value.meets(day) && !other_day {
                    continue;
                }
                // A week and a day, or what another time tells: not two accounts of one thing.
                if !fits && (told.leans || other.leans || (told.days == 1) != (length == 1)) {
                    continue;
                }
                candidates.push(Candidate { doc: d, near, fits, at: other.at });
            }
            // What a report tells without a day may be of its own day.
            if published.is_some_and(|p| p.meets(value)) {
                for (s, sentence) in doc.sentences.iter().enumerate().filter(|(s, _)| reported.undated[*s]) {
                    let near = index.score(&scores, d, s);
                    if near >= 0.5
                        && let Some(at) = doc.span(sentence.words.clone())
                    {
                        candidates.push(Candidate { doc: d, near: near - 0.1, fits: true, at });
                    }
                }
            }
        }
        let verdict = builder.verdict(told.at, Kind::Date, Judgement::NotFound);
        let what = format!("{} ({value})", quote(&verdict.at.exact));
        let mut verdict = slot::judge(index, builder, verdict, &candidates, elsewhere, &what);
        // Which day it is follows from another, that may be read wrongly.
        if told.leans && verdict.judgement == Judgement::NotFound {
            verdict.severity = Severity::Note;
        }
        out.push(verdict);
    }
    quota.close(cut);
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

fn within_a_week(a: Edtf, b: Edtf) -> bool {
    (a.first_day() - b.first_day()).get_days().abs() < 7
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
