//! Seeds faults into the lines of a draft: what an assistant or a hurried writer gets wrong, one fault at a time.
//!
//! The same draft gives the same faults. Nothing here is shared with the checker: the words below are few and of the
//! mutator's own, so that the measure does not measure itself.

use std::collections::BTreeMap;

/// A piece of a line: plain words, or words of a kind.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// `q` quotation, `s` speaker, `n` number, `d` day, `w` name; a blank for plain words.
    pub(crate) kind: char,
    /// For speakers, who it is.
    pub(crate) key: String,
    pub(crate) words: String,
}

/// A line in pieces.
pub(crate) type Line = Vec<Piece>;

/// A fault: in which piece of which line, of what sort, and what the words become.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) piece: usize,
    pub(crate) sort: &'static str,
    pub(crate) words: String,
    /// Another piece of the line that changes with it, and what it becomes.
    pub(crate) also: Option<(usize, String)>,
}

impl Fault {
    fn new(line: usize, piece: usize, sort: &'static str, words: String) -> Self {
        Fault { line, piece, sort, words, also: None }
    }
}

/// The sorts of faults in what a draft tells in its own voice; any verdict on the line finds them.
pub(crate) const TOLD: &[&str] =
    &["told: negation", "told: antonym", "told: modality", "told: values", "told: parties", "told: name"];

/// The pieces of a line: `<q>…</q>`, `<s:key>…</s>` and so on.
pub(crate) fn pieces(line: &str) -> Line {
    let mut out = Line::new();
    let mut rest = line;
    let plain = |words: &str| Piece { kind: ' ', key: String::new(), words: words.to_owned() };
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|c| open + c) else { break };
        let tag = &rest[open + 1..close];
        let kind = tag.chars().next().unwrap_or(' ');
        let end = format!("</{kind}>");
        let Some(stop) = rest[close..].find(&end).map(|s| close + s) else { break };
        if open > 0 {
            out.push(plain(&rest[..open]));
        }
        let key = tag.split_once(':').map_or("", |(_, k)| k).to_owned();
        out.push(Piece { kind, key, words: rest[close + 1..stop].to_owned() });
        rest = &rest[stop + end.len()..];
    }
    if !rest.is_empty() {
        out.push(plain(rest));
    }
    out
}

/// All faults of a draft, in the order of its lines.
pub(crate) fn faults(lines: &[Line]) -> Vec<Fault> {
    let all = |kind: char| -> Vec<(usize, usize, &Piece)> {
        let of_line = |(l, line)| {
            let pieces: &Line = line;
            pieces.iter().enumerate().map(move |(p, piece)| (l, p, piece))
        };
        lines.iter().enumerate().flat_map(of_line).filter(|(_, _, p)| p.kind == kind).collect()
    };
    let mut out = Vec::new();
    let quotations = all('q');
    for (n, (line, piece, q)) in quotations.iter().enumerate() {
        let next = quotations.iter().cycle().skip(n + 1).take(quotations.len()).find(|(l, _, _)| l != line);
        let next = next.map(|(_, _, p)| p.words.as_str());
        for (sort, words) in altered(n, &q.words, next) {
            out.push(Fault::new(*line, *piece, sort, words));
        }
    }
    let speakers = all('s');
    let mut people: BTreeMap<&str, &str> = BTreeMap::new();
    for (_, _, p) in &speakers {
        let known = people.entry(&p.key).or_insert(&p.words);
        if p.words.len() > known.len() {
            *known = &p.words;
        }
    }
    for (n, (line, piece, s)) in speakers.iter().enumerate() {
        let others: Vec<&str> = people.iter().filter(|(k, _)| **k != s.key).map(|(_, w)| *w).collect();
        if let Some(other) = others.get(n % others.len().max(1)) {
            out.push(Fault::new(*line, *piece, "speaker", (*other).to_owned()));
        }
    }
    for (kind, sort) in [('n', "number"), ('d', "date")] {
        let some = all(kind);
        for (n, (line, piece, p)) in some.iter().enumerate() {
            // Now another value of the same story, now one that stands nowhere.
            let same_form = |w: &str| form(w) == form(&p.words) && w != p.words;
            let borrowed = some
                .iter()
                .cycle()
                .skip(n + 2)
                .take(some.len())
                .map(|(_, _, o)| o.words.as_str())
                .find(|w| same_form(w));
            let words = match borrowed.filter(|_| n % 2 == 1) {
                Some(other) => other.to_owned(),
                None if kind == 'n' => number(&p.words),
                None => day(&p.words),
            };
            if words != p.words {
                out.push(Fault::new(*line, *piece, sort, words));
            }
        }
    }
    // Every other speaker who is named in full is misspelt as well.
    let full = speakers.iter().filter(|(_, _, p)| p.words.contains(' ')).step_by(2).copied();
    for (line, piece, p) in all('w').into_iter().chain(full) {
        out.push(Fault::new(line, piece, "name", misspelt(&p.words)));
    }
    for (line, pieces) in lines.iter().enumerate() {
        out.extend(told(line, pieces));
    }
    out.sort_by_key(|f| (f.line, f.piece));
    out
}

/// Faults in the plain words of a line, and in which values and names stand where.
fn told(line: usize, pieces: &Line) -> Vec<Fault> {
    let mut out = Vec::new();
    type Way = fn(&[&str], usize) -> Option<Vec<String>>;
    const WAYS: &[(&str, Way)] =
        &[("told: negation", negated), ("told: antonym", opposed), ("told: modality", remodalled)];
    for (sort, way) in WAYS {
        let changed = pieces.iter().enumerate().filter(|(_, p)| p.kind == ' ').find_map(|(n, p)| {
            let words: Vec<&str> = p.words.split(' ').collect();
            way(&words, line).map(|w| (n, w.join(" ")))
        });
        out.extend(changed.map(|(n, words)| Fault::new(line, n, sort, words)));
    }
    let mut swapped = |sort, is: &dyn Fn(&Piece) -> bool| {
        let some: Vec<(usize, &Piece)> = pieces.iter().enumerate().filter(|(_, p)| is(p)).collect();
        let pair = some.windows(2).find(|w| form(&w[0].1.words) == form(&w[1].1.words) && w[0].1.words != w[1].1.words);
        if let Some([(a, x), (b, y)]) = pair {
            out.push(Fault { also: Some((*b, x.words.clone())), ..Fault::new(line, *a, sort, y.words.clone()) });
        }
    };
    swapped("told: values", &|p| p.kind == 'n');
    swapped("told: parties", &|p| matches!(p.kind, 's' | 'w'));
    let name = pieces.iter().enumerate().find(|(_, p)| p.kind == 's' && p.words.contains(' '));
    out.extend(name.map(|(n, _)| Fault::new(line, n, "told: name", "Edvin Marlowe".to_owned())));
    out
}

/// A word by its opposite.
fn opposed(words: &[&str], _: usize) -> Option<Vec<String>> {
    const PAIRS: &[(&str, &str)] = &[
        ("rejected", "accepted"),
        ("accepted", "rejected"),
        ("opposed", "supported"),
        ("supported", "opposed"),
        ("raised", "cut"),
        ("cut", "raised"),
        ("more", "fewer"),
        ("before", "after"),
        ("after", "before"),
        ("began", "ended"),
        ("ended", "began"),
        ("begin", "end"),
        ("end", "begin"),
        ("won", "lost"),
        ("lost", "won"),
        ("first", "last"),
        ("denied", "confirmed"),
        ("failed", "succeeded"),
        ("closed", "open"),
        ("higher", "lower"),
        ("freed", "jailed"),
        ("shorter", "longer"),
    ];
    let (at, with) = words.iter().enumerate().find_map(|(i, w)| PAIRS.iter().find(|p| p.0 == *w).map(|p| (i, p.1)))?;
    let mut out = owned(words);
    out[at] = with.into();
    Some(out)
}

/// What sort of value it is: one is borrowed only for one of its own sort.
fn form(words: &str) -> (bool, usize) {
    (words.starts_with(|c: char| c.is_ascii_digit()), words.split(' ').count())
}

/// Two faults of a quotation, by turns.
fn altered(n: usize, words: &str, next: Option<&str>) -> Vec<(&'static str, String)> {
    type Way = fn(&[&str], usize) -> Option<Vec<String>>;
    const WAYS: &[(&str, Way)] = &[
        ("negation", negated),
        ("word replaced", replaced),
        ("word dropped", dropped),
        ("words swapped", swapped),
        ("modal", remodalled),
        ("word added", added),
        ("number in quotation", renumbered),
        ("cut", cut),
    ];
    let all: Vec<&str> = words.split_whitespace().collect();
    let mut out: Vec<(&'static str, String)> = Vec::new();
    for turn in 0..WAYS.len() {
        let (sort, way) = WAYS[(n * 2 + turn) % WAYS.len()];
        if let Some(words) = way(&all, n) {
            out.push((sort, words.join(" ")));
        }
        if out.len() == 2 {
            break;
        }
    }
    // Every fourth is put together with the next one.
    if let Some(next) = next.filter(|_| n % 4 == 1) {
        let other: Vec<&str> = next.split_whitespace().collect();
        if all.len() >= 6 && other.len() >= 6 {
            let words: Vec<&str> = all[..all.len() / 2].iter().chain(&other[other.len() / 2..]).copied().collect();
            out.push(("spliced", words.join(" ")));
        }
    }
    out
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

const VERBS: &[&str] =
    &["is", "are", "was", "were", "will", "would", "has", "have", "had", "can", "could", "should", "do", "did", "must"];

fn negated(words: &[&str], _: usize) -> Option<Vec<String>> {
    let mut out = owned(words);
    if let Some(at) = words.iter().position(|w| *w == "not" || *w == "never") {
        out.remove(at);
        return Some(out);
    }
    if let Some(at) = words.iter().position(|w| w.ends_with("n't") || w.ends_with("n’t")) {
        let stem = words[at].trim_end_matches("n't").trim_end_matches("n’t");
        out[at] = match stem {
            "ca" => "can".into(),
            "wo" => "will".into(),
            stem => stem.to_owned(),
        };
        return Some(out);
    }
    let at = words.iter().position(|w| VERBS.contains(w))?;
    out.insert(at + 1, "not".into());
    Some(out)
}

/// A long word in the middle, without marks.
fn middle(words: &[&str], n: usize) -> Option<usize> {
    let long = |i: &usize| words[*i].len() >= 5 && words[*i].chars().all(char::is_alphabetic);
    let some: Vec<usize> = (1..words.len().saturating_sub(1)).filter(long).collect();
    some.get(n % some.len().max(1)).copied()
}

fn replaced(words: &[&str], n: usize) -> Option<Vec<String>> {
    const OTHERS: &[&str] = &["quarter", "careful", "thunder", "promise", "general", "village", "outcome", "engine"];
    let at = middle(words, n)?;
    let mut out = owned(words);
    out[at] = OTHERS[n % OTHERS.len()].into();
    Some(out)
}

fn dropped(words: &[&str], n: usize) -> Option<Vec<String>> {
    let at = middle(words, n)?;
    let mut out = owned(words);
    out.remove(at);
    Some(out)
}

fn swapped(words: &[&str], n: usize) -> Option<Vec<String>> {
    let at = middle(words, n + 1)?;
    let mut out = owned(words);
    out.swap(at, at - 1);
    (out[at].to_lowercase() != out[at - 1].to_lowercase()).then_some(out)
}

fn remodalled(words: &[&str], _: usize) -> Option<Vec<String>> {
    const PAIRS: &[(&str, &str)] = &[
        ("will", "may"),
        ("would", "will"),
        ("could", "must"),
        ("can", "should"),
        ("may", "will"),
        ("should", "could"),
        ("must", "might"),
    ];
    let (at, with) = words.iter().enumerate().find_map(|(i, w)| PAIRS.iter().find(|p| p.0 == *w).map(|p| (i, p.1)))?;
    let mut out = owned(words);
    out[at] = with.into();
    Some(out)
}

fn added(words: &[&str], n: usize) -> Option<Vec<String>> {
    const MORE: &[&str] = &["really", "deeply", "finally", "truly", "openly"];
    let at = middle(words, n)?;
    let mut out = owned(words);
    out.insert(at, MORE[n % MORE.len()].into());
    Some(out)
}

fn renumbered(words: &[&str], _: usize) -> Option<Vec<String>> {
    let at = words.iter().position(|w| number(w) != **w)?;
    let mut out = owned(words);
    out[at] = number(words[at]);
    Some(out)
}

/// Three words less, not told.
fn cut(words: &[&str], n: usize) -> Option<Vec<String>> {
    if words.len() < 10 {
        return None;
    }
    let from = 3 + n % (words.len() - 8);
    let mut out = owned(words);
    out.drain(from..from + 3);
    Some(out)
}

const COUNTS: &[&str] = &[
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Another number in the same form.
fn number(words: &str) -> String {
    let lower = words.to_lowercase();
    if let Some(at) = COUNTS.iter().position(|c| *c == lower) {
        let other = COUNTS[(at + 3) % COUNTS.len()];
        let capital = words.starts_with(char::is_uppercase);
        return if capital { other[..1].to_uppercase() + &other[1..] } else { other.to_owned() };
    }
    let Some(first) = words.find(|c: char| c.is_ascii_digit()) else { return words.to_owned() };
    let last = words.rfind(|c: char| c.is_ascii_digit()).map_or(first, |l| l + 1);
    let digits = &words[first..last];
    if let Some((hour, minute)) = digits.split_once(':') {
        let hour: u32 = hour.parse().unwrap_or(0);
        return format!("{}{}:{minute}{}", &words[..first], hour % 11 + 2, &words[last..]);
    }
    let new = match digits.parse::<f64>() {
        Ok(v) if digits.contains('.') => format!("{:.1}", v + 1.3),
        _ => {
            let v: u64 = digits.replace(',', "").parse().unwrap_or(0);
            let plain = (v + (v * 3 / 10).max(2)).to_string();
            if digits.contains(',') && plain.len() > 3 {
                format!("{},{}", &plain[..plain.len() - 3], &plain[plain.len() - 3..])
            } else {
                plain
            }
        }
    };
    format!("{}{new}{}", &words[..first], &words[last..])
}

const WEEK: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Another day in the same form.
fn day(words: &str) -> String {
    let parts: Vec<String> = words
        .split(' ')
        .map(|word| {
            let bare = word.trim_end_matches(',');
            if let Some(at) = WEEK.iter().position(|d| *d == bare) {
                return word.replace(bare, WEEK[(at + 2) % 7]);
            }
            match bare.parse::<u32>() {
                Ok(d) if d <= 31 => word.replace(bare, &(if d > 24 { d - 9 } else { d + 2 }).to_string()),
                _ => word.to_owned(),
            }
        })
        .collect();
    parts.join(" ")
}

/// Two letters in the midst of the last word change places.
fn misspelt(words: &str) -> String {
    let mut chars: Vec<char> = words.chars().collect();
    let n = chars.len();
    let letters = |i: usize| chars[i].is_lowercase() && chars[i + 1].is_lowercase() && chars[i] != chars[i + 1];
    let at = (n.saturating_sub(4)..n.saturating_sub(1)).find(|&i| i > 0 && letters(i));
    if let Some(at) = at {
        chars.swap(at, at + 1);
    }
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_into_pieces() {
        let line = pieces("“<q>No</q>,” <s:a>Ana Roe</s> said");
        let shown: Vec<(char, &str)> = line.iter().map(|p| (p.kind, p.words.as_str())).collect();
        assert_eq!(shown, [(' ', "“"), ('q', "No"), (' ', ",” "), ('s', "Ana Roe"), (' ', " said")]);
    }

    #[test]
    fn values_change_and_keep_their_form() {
        assert_eq!((number("two"), number("Seventeen")), ("five".into(), "Twenty".into()));
        assert_eq!(
            (number("1,200"), number("4.5"), number("$11"), number("4:10")),
            ("1,560".into(), "5.8".into(), "$14".into(), "6:10".into())
        );
        assert_eq!((day("Monday, April 20"), day("May 29")), ("Wednesday, April 22".into(), "May 20".into()));
        assert_eq!(
            negated(&["We", "will", "go"], 0),
            Some(vec!["We".into(), "will".into(), "not".into(), "go".into()])
        );
        assert_ne!(misspelt("Ruth Abernall"), "Ruth Abernall");
    }
}
