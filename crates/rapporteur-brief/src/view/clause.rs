//! The words of the reports as a line shows them: whole words, with what stands around them where they say too little by
//! themselves, and with the words that differ marked.

use std::collections::BTreeMap;
use std::ops::Range;

use rapporteur_lexicon::words::function::{ARTICLE, FIRST_PERSON, PLACE_PREPOSITION, TIME_PREPOSITION};
use rapporteur_schema::{Citation, Record, ReportId, phrase};

use crate::diff;
use crate::words::clean;

/// Words that a clause has at least; fewer are a scrap, for which what stands around them is shown.
pub(super) const LEAST_WORDS: usize = 4;

/// Words of a clause that is read at a glance: of several the one nearest to this is shown.
const BEST_WORDS: usize = 14;

/// Words of a clause that tells what a term has to do with the story: more, for the term itself takes some.
const TERM_WORDS: usize = 22;

/// Words at most that are shown in place of a scrap.
const MOST_WORDS: usize = 45;

/// What the record cites, by place: a view has no texts, but a longer citation has the words around a shorter one.
pub(crate) struct Surroundings<'r> {
    by_report: BTreeMap<&'r ReportId, Cited<'r>>,
}

/// The citations of one report by where they begin, and the length of the longest.
#[derive(Default)]
struct Cited<'r> {
    all: Vec<&'r Citation>,
    longest: u32,
}

impl<'r> Surroundings<'r> {
    pub fn new(record: &'r Record) -> Self {
        let mut by_report: BTreeMap<&ReportId, Cited<'r>> = BTreeMap::new();
        let claims = record.claims.iter().flat_map(|c| &c.spans).chain(record.lead.iter().map(|l| &l.span));
        let said = record.statements.iter().map(|s| &s.content);
        let told = record.meetings.iter().flat_map(|m| &m.accounts).map(|a| &a.span);
        let wanted = record.positions.iter().flat_map(|p| p.evidence.iter());
        let depends = record.conditions.iter().flat_map(|c| c.evidence.iter());
        for c in claims.chain(said).chain(told).chain(wanted).chain(depends) {
            let cited = by_report.entry(c.report()).or_default();
            cited.longest = cited.longest.max(c.span().len());
            cited.all.push(c);
        }
        for cited in by_report.values_mut() {
            cited.all.sort_by_key(|c| (c.span().start(), c.span().end()));
            cited.all.dedup_by_key(|c| c.span());
        }
        Surroundings { by_report }
    }

    /// The longer citations that hold this one, the shortest first.
    pub fn around(&self, of: &Citation) -> Vec<&'r Citation> {
        let Some(cited) = self.by_report.get(of.report()) else { return Vec::new() };
        let span = of.span();
        let after = cited.all.partition_point(|c| c.span().start() <= span.start());
        let near = cited.all[..after].iter().rev().take_while(|c| c.span().start() + cited.longest >= span.end());
        let mut found: Vec<&Citation> = near.copied().filter(|c| c.span().contains(span) && c.span() != span).collect();
        found.sort_by_key(|c| c.span().len());
        found
    }

    /// The words on one line, with the rest of a word that the citation cuts at either end, where it is known.
    pub fn whole(&self, of: &Citation) -> String {
        let mut exact = of.exact().to_owned();
        for longer in self.around(of) {
            let chars: Vec<char> = longer.exact().chars().collect();
            let start = (of.span().start() - longer.span().start()) as usize;
            let end = (of.span().end() - longer.span().start()) as usize;
            let joins = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
            let inside = |at: usize| joins(chars.get(at)) || (chars.get(at) == Some(&'-') && joins(chars.get(at + 1)));
            let (mut first, mut last) = (start, end);
            while end > 0 && joins(chars.get(end - 1)) && inside(last) {
                last += 1;
            }
            while first > 0 && joins(chars.get(start)) && joins(chars.get(first - 1)) {
                first -= 1;
            }
            last = closed(&chars, first, last);
            let owned = possessive(&chars, last);
            if (first, last) != (start, end) || owned > 0 {
                exact = chars[first..last + owned].iter().collect();
                if owned > 0 {
                    // Whose it is, and not what.
                    return format!("{} …", tidy(&exact));
                }
                break;
            }
        }
        going_on(tidy(&exact))
    }

    /// The words on one line up to the next mark, where a longer citation tells how the clause goes on: what somebody "opposed" is told
    /// behind "for years but now …". As they are where nothing tells it, or where it goes on too long.
    pub fn to_mark(&self, of: &Citation) -> String {
        let short = self.whole(of);
        if short.ends_with(['.', '!', '?', '”', '"', '…']) {
            return short;
        }
        let end = of.span().end();
        let goes_on = |longer: &Citation| {
            let chars: Vec<char> = longer.exact().chars().collect();
            let (first, last) = (of.span().start() - longer.span().start(), end - longer.span().start());
            let stop = (last as usize..chars.len()).find(|&at| is_mark(&chars, at))?;
            (chars.get(last as usize) == Some(&' ') && stop > last as usize)
                .then(|| chars[first as usize..stop].iter().collect::<String>())
        };
        let long = self.around(of).into_iter().find_map(goes_on).map(|text| tidy(&text));
        long.filter(|text| words(text) <= MOST_WORDS && text.starts_with(&short)).unwrap_or(short)
    }

    /// The clause to show for these citations: of those that are more than a scrap the one that reads best; of scraps alone, what
    /// stands around one of them. Where its words stand, and they.
    pub fn best<'c>(&self, all: impl IntoIterator<Item = &'c Citation>) -> Option<(&'c Citation, String)>
    where
        'r: 'c,
    {
        let all: Vec<(&Citation, String)> = all.into_iter().map(|c| (c, self.whole(c))).collect();
        let reads = |(_, text): &&(&Citation, String)| words(text).abs_diff(BEST_WORDS);
        let full = all.iter().filter(|(_, text)| words(text) > LEAST_WORDS).min_by_key(reads).cloned();
        let wider = || all.iter().find_map(|(c, _)| self.wider(c));
        full.or_else(wider).or_else(|| all.iter().max_by_key(|(_, text)| words(text)).cloned())
    }

    /// What stands around a term or a scrap: the shortest that says more.
    pub fn wider(&self, of: &Citation) -> Option<(&'r Citation, String)> {
        let longer = self.around(of).into_iter().map(|c| (c, self.whole(c)));
        longer.into_iter().find(|(_, text)| (LEAST_WORDS + 1..=MOST_WORDS).contains(&words(text)))
    }

    /// The clause around one of these terms that reads best.
    pub fn around_terms<'c>(&self, all: impl IntoIterator<Item = &'c Citation>) -> Option<(&'r Citation, String)> {
        all.into_iter().filter_map(|c| self.wider(c)).min_by_key(|(_, text)| words(text).abs_diff(TERM_WORDS))
    }
}

/// Where words end with the mark that closes a quotation in them, if it stands behind them, a full stop between or not.
fn closed(chars: &[char], first: usize, last: usize) -> usize {
    let is = |at: usize, of: &[char]| chars.get(at).is_some_and(|c| of.contains(c));
    let count = |of: char| chars[first..last].iter().filter(|c| **c == of).count();
    let open = count('“') > count('”') || count('«') > count('»') || count('"') % 2 == 1;
    let mark = if is(last, &['.', ',', '!', '?']) { last + 1 } else { last };
    if open && is(mark, &['”', '»', '"']) { mark + 1 } else { last }
}

/// Whether a sign ends a clause: a comma or the like before a space, a full stop at the end of the words.
fn is_mark(chars: &[char], at: usize) -> bool {
    let last = at + 1 == chars.len();
    let before_space = || chars.get(at + 1) == Some(&' ');
    match chars[at] {
        ',' | ';' | ':' => last || before_space(),
        '.' | '!' | '?' => last,
        // "They called on him to go ― if it is true": a condition belongs to the clause.
        '—' | '–' | '―' => {
            let next: String =
                chars[at + 1..].iter().skip_while(|c| **c == ' ').take_while(|c| c.is_alphanumeric()).collect();
            !matches!(next.as_str(), "if" | "unless" | "but" | "provided")
        }
        '"' | '“' | '”' | '(' => true,
        '-' => chars.get(at + 1) == Some(&'-'),
        _ => false,
    }
}

/// Letters of an ending that tells whose something is, where one stands here: "the union’s", "the unions’ offer".
fn possessive(chars: &[char], at: usize) -> usize {
    let is = |n: usize, wanted: &[char]| chars.get(n).is_some_and(|c| wanted.contains(c));
    let goes_on = |n: usize| is(n, &[' ']) && chars.get(n + 1).is_some_and(|c| c.is_alphanumeric());
    match (is(at, &['’', '\'']), is(at + 1, &['s']), at > 0 && is(at - 1, &['s'])) {
        (true, true, _) if goes_on(at + 2) => 2,
        (true, _, true) if goes_on(at + 1) => 1,
        _ => 0,
    }
}

/// Words that end where more must follow ("between his campaign and") say so.
fn going_on(text: String) -> String {
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let leads_on = ARTICLE.has(&last) || PLACE_PREPOSITION.has(&last) || TIME_PREPOSITION.has(&last) || last == "and";
    if leads_on { format!("{text} …") } else { text }
}

/// How many words a text has.
pub(super) fn words(text: &str) -> usize {
    phrase::words(text).count()
}

/// On one line, without the comma that parted it from what follows in its sentence, and the "that" which led to it.
pub(super) fn tidy(text: &str) -> String {
    let clean = clean(text);
    let led = clean.strip_prefix("that ").unwrap_or(&clean);
    led.trim_end_matches([',', ';', ':', ' ', '–', '—']).to_owned()
}

/// A sentence without the line of place and agency before it ("ELSHOLM, March 12 (Harbour Wire) — ").
pub fn without_dateline(text: &str) -> &str {
    const LONGEST: usize = 70;
    let capitals =
        |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.contains(char::is_lowercase);
    let dashes = [" — ", " – ", " - ", " ― "];
    let Some(dash) = dashes.iter().filter_map(|d| text.find(d)).min() else { return text };
    let rest = text[dash..].trim_start_matches([' ', '—', '–', '-', '―']);
    let before = &text[..dash];
    // "Elsholm (Harbour Wire) –": the agency tells that it is one.
    let credited = before.ends_with(')') && before.starts_with(char::is_uppercase) && before.matches('(').count() == 1;
    let line = before.len() <= LONGEST
        && (before.split(' ').next().is_some_and(capitals) || credited && before.split(' ').count() <= 4)
        && !rest.is_empty();
    if line { rest } else { text }
}

/// Where a term stands in a clause.
pub(super) fn place_of(term: &str, clause: &str) -> Option<Range<usize>> {
    find(&fold(clause), &fold(&clean(term)), 0).filter(|r| clause.get(r.clone()).is_some())
}

/// Whether all words of a value stand in a clause.
pub(super) fn has(value: &str, clause: &str) -> bool {
    let folded = fold(clause);
    value.split('…').map(str::trim).filter(|p| !p.is_empty()).all(|p| find(&folded, &fold(p), 0).is_some())
}

/// Where the words of a value stand in a clause: a value of several parts ("core … discussed") has several places. Nothing where it is
/// most of the clause, or cut: what is all marked is not marked.
pub(super) fn marks(value: &str, clause: &str) -> Vec<Range<usize>> {
    let parts: Vec<&str> = value.split('…').map(str::trim).filter(|p| !p.is_empty()).collect();
    let folded = fold(clause);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for part in parts {
        let part = fold(part);
        // In the order of the clause, as they are told; else anywhere.
        if let Some(at) = find(&folded, &part, from).or_else(|| find(&folded, &part, 0)) {
            from = at.end;
            found.push(at);
        }
    }
    found.sort_by_key(|r| r.start);
    found.dedup_by(|b, a| b.start < a.end);
    found.retain(|r| clause.is_char_boundary(r.start) && clause.is_char_boundary(r.end));
    let marked: usize = found.iter().map(Range::len).sum();
    let cut = value.ends_with('…');
    if cut || 3 * marked > 2 * clause.len() { Vec::new() } else { found }
}

/// The marks of a clause, each that stands in what another clause has too moved to where the same words stand and differ: of "close the
/// weir before they close the lock" beside "close the weir before they shut the lock" the second "close".
pub(super) fn beyond(clause: &str, marks: Vec<Range<usize>>, other: &str) -> Vec<Range<usize>> {
    let words = diff::shared(clause, other);
    let is_same = |at: &Range<usize>| {
        let first = words.partition_point(|(w, _)| w.end <= at.start);
        let mut inside = words[first..].iter().take_while(|(w, _)| w.start < at.end).peekable();
        inside.peek().is_some() && inside.all(|(_, same)| *same)
    };
    let folded = fold(clause);
    let moved = |mark: &Range<usize>| {
        let phrase = folded.get(mark.clone())?;
        let mut from = 0;
        while let Some(at) = find(&folded, phrase, from) {
            if !is_same(&at) {
                return Some(at);
            }
            from = at.end;
        }
        None
    };
    let of = |mark: Range<usize>| if is_same(&mark) { moved(&mark).unwrap_or(mark) } else { mark };
    let mut marks: Vec<Range<usize>> = marks.into_iter().map(of).collect();
    marks.sort_by_key(|m| m.start);
    marks.dedup_by(|b, a| b.start < a.end);
    marks
}

/// Whether words in quotation marks are the title of something and nothing that was said: all but articles, prepositions and "and" begin
/// with a capital, and it is neither a sentence of somebody's nor shouted.
pub(super) fn is_title(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).collect();
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let starts = |w: &&&str| w.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let small = |w: &str| {
        ARTICLE.has(w) || PLACE_PREPOSITION.has(w) || TIME_PREPOSITION.has(w) || matches!(w, "of" | "to" | "and" | "as")
    };
    let stops = words.iter().rev().skip(1).any(|w| w.ends_with(['.', '!', '?']));
    let shouted = !text.chars().any(char::is_lowercase);
    let own = words.iter().any(|w| FIRST_PERSON.has(&bare(w)));
    let titled = words.iter().all(|w| starts(&w) || small(&bare(w)));
    words.iter().filter(starts).count() > 1 && titled && !stops && !shouted && !own
}

/// Lower case, letter for letter: what changes its length stays as it is, so that places stay.
fn fold(text: &str) -> String {
    let lower = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
            _ => c,
        }
    };
    text.chars().map(lower).collect()
}

/// Where a phrase stands as words of its own.
fn find(text: &str, phrase: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(phrase)) {
        let range = at + found..at + found + phrase.len();
        let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if outside(text[..range.start].chars().next_back()) && outside(text[range.end..].chars().next()) {
            return Some(range);
        }
        at = range.start + text[range.start..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_value_are_found_as_words() {
        let at = |value: &str, clause: &str| {
            marks(value, clause).into_iter().map(|r| clause[r].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(at("core … discussed", "the core terms of what was discussed there"), ["core", "discussed"]);
        assert_eq!(at("Around 20", "a plan of around 20 points, not 200"), ["around 20"]);
        assert_eq!(at("20", "of 200 points"), Vec::<String>::new());
        assert_eq!(at("Tesk signed", "Tesk signed it"), Vec::<String>::new(), "what is all marked is not marked");
    }

    #[test]
    fn titles_are_written_with_capitals() {
        assert!(is_title("The Book of the Weir.") && is_title("Keeper of Locks"));
        assert!(!is_title("THE TOLLS MUST GO NOW!") && !is_title("I met Ada Roe in Oslo"));
        assert!(
            !is_title("Oslo is not for us. Oslo is for all.")
                && !is_title("We are done")
                && !is_title("Tesk signed it on Monday")
                && !is_title("No")
        );
    }

    #[test]
    fn of_words_that_come_twice_those_that_differ_are_marked() {
        let clause = "close the weir before they’d close the lock";
        let at = |other: &str| {
            beyond(clause, std::iter::once(0..5).collect(), other).into_iter().map(|r| r.start).collect::<Vec<_>>()
        };
        assert_eq!(at("close the weir before they'd shut the lock"), [31]);
        assert_eq!(at("shut the weir before they'd close the lock"), [0]);
        assert_eq!(at("the mayor said he would close the weir before they'd shut the lock"), [31]);
        assert_eq!(at(""), [0]);
    }

    #[test]
    fn words_cut_at_a_possessive_go_on() {
        let ending = |text: &str, at: usize| possessive(&text.chars().collect::<Vec<_>>(), at);
        assert_eq!(ending("the unions’ offer", 10), 1);
        assert_eq!(ending("the union's offer", 9), 2);
        assert_eq!(ending("the unions’", 10), 0, "a closing mark");
        assert_eq!(ending("the unions met", 10), 0);
    }

    #[test]
    fn a_dateline_is_no_part_of_the_sentence() {
        let line = "ELSHOLM, March 12 (Harbour Wire) — The weir stays open.";
        assert_eq!(without_dateline(line), "The weir stays open.");
        assert_eq!(without_dateline("Elsholm (HW) – The weir stays open."), "The weir stays open.");
        assert_eq!(without_dateline("ELSHOLM ― The weir stays open."), "The weir stays open.");
        assert_eq!(
            without_dateline("Tesk (of Elsholm, who is the mayor) — of all"),
            "Tesk (of Elsholm, who is the mayor) — of all"
        );
        assert_eq!(without_dateline("Tesk — of all towns — signed."), "Tesk — of all towns — signed.");
    }
}
