//! Names compared as people compare them: without accents, titles and the accidents of transliteration.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Short first names and the full ones they may stand for.
static NICKNAMES: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut map: HashMap<String, Vec<String>> = HashMap::new();
    for line in include_str!("../../data/nicknames.tsv").lines().filter(|l| !l.starts_with('#')) {
        if let Some((short, full)) = line.split_once('\t') {
            map.entry(fold(short)).or_default().extend(full.split('|').map(fold));
        }
    }
    map
});

/// Words that belong to the family name after them.
const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "ben", "abu", "de", "da", "di", "do", "dos", "das", "del", "della", "der", "den", "des",
    "du", "la", "le", "van", "von", "zu", "ter", "ten", "st", "san", "mac", "af", "av",
];

/// What stands behind a family name and is none.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// A name without accents, case and punctuation, words parted by one space: "O’Brien-Lópéz" is "obrien lopez".
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ı' => out.push('i'),
            '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '\u{ad}' | '.' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// What is left of a folded word once spellings of one foreign name are made alike: "torovskyy", "torovskiy" and
/// "torovsky" are all "torovski".
///
/// The rules are those in which common romanisations (BGN/PCGN, ISO 9, press usage; also of Arabic and Chinese names)
/// differ: y/i/j, kh/h, ks/x, w/v, ou/u, doubled letters, a final h.
pub(crate) fn skeleton(word: &str) -> String {
    let mut s = word.to_owned();
    for (from, to) in [
        ("shch", "sh"),
        ("sch", "sh"),
        ("tch", "ch"),
        ("zh", "j"),
        ("dzh", "j"),
        ("dj", "j"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("ck", "k"),
        ("ks", "x"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("yu", "iu"),
        ("ya", "ia"),
        ("ye", "e"),
        ("yo", "io"),
        ("je", "e"),
        ("w", "v"),
        ("q", "k"),
        ("y", "i"),
        ("j", "i"),
        ("ie", "e"),
    ] {
        if s.contains(from) {
            s = s.replace(from, to);
        }
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    if out.len() > 3 && out.ends_with('h') {
        out.pop();
    }
    out
}

/// A person's name in its parts, folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PersonName {
    /// Words before the family name.
    pub(crate) given: Vec<String>,
    /// The family name with its particles.
    pub(crate) family: String,
}

impl PersonName {
    /// Takes a name apart. A name of one word is a family name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let folded = fold(name);
        let mut words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
        while words.len() > 1 && words.last().is_some_and(|w| SUFFIXES.contains(w)) {
            words.pop();
        }
        let mut at = words.len().checked_sub(1)?;
        while at > 1 && PARTICLES.contains(&words[at - 1]) {
            at -= 1;
        }
        // A particle alone before the name ("al Sisi", "De Croo") belongs to it as well.
        if at == 1 && PARTICLES.contains(&words[0]) {
            at = 0;
        }
        let given = words[..at].iter().map(|w| (*w).to_owned()).collect();
        Some(PersonName { given, family: words[at..].join(" ") })
    }

    /// The family name by which reports are joined: without Arabic articles, in skeleton.
    pub(crate) fn family_key(&self) -> String {
        let words: Vec<&str> = self.family.split(' ').collect();
        let from = usize::from(words.len() > 1 && matches!(words[0], "al" | "el"));
        words[from..].iter().map(|w| skeleton(w)).collect::<Vec<_>>().join(" ")
    }

    /// Whether the given names can be one person's: equal, spelled otherwise, short for one another, or missing.
    pub(crate) fn given_agrees(&self, other: &Self) -> bool {
        match (self.given.first(), other.given.first()) {
            (Some(a), Some(b)) => {
                let firsts = first_agrees(a, b);
                // "J. D. Vance" is "James David Vance": every initial must fit.
                firsts && self.given.iter().zip(&other.given).skip(1).all(|(a, b)| first_agrees(a, b))
                    || initials(&self.given) == initials(&other.given)
                        && (is_initials(&self.given) || is_initials(&other.given))
                    || self.given.iter().any(|a| a.len() > 2 && other.given.contains(a))
            }
            _ => true,
        }
    }
}

fn is_initials(given: &[String]) -> bool {
    given.iter().all(|g| g.len() == 1) || (given.len() == 1 && given[0].len() == 2)
}

fn initials(given: &[String]) -> String {
    match given {
        [one] if one.len() <= 2 => one.clone(),
        _ => given.iter().filter_map(|g| g.chars().next()).collect(),
    }
}

fn first_agrees(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long
        || (short.chars().count() == 1 && long.starts_with(short))
        || skeleton(a) == skeleton(b)
        || is_nickname(a, b)
        || is_nickname(b, a)
        || other_vowels(a, b)
}

/// "Muhammad", "Mohammad": the same consonants at the same length, alike at both ends, where "Carla" and "Carlo" differ.
fn other_vowels(a: &str, b: &str) -> bool {
    let consonants = |s: &str| s.chars().filter(|c| !"aeiou".contains(*c)).collect::<String>();
    let (key, ends) = (consonants(a), |s: &str| (s.chars().next(), s.chars().last()));
    key.len() >= 3 && key == consonants(b) && a.len() == b.len() && ends(a) == ends(b)
}

fn is_nickname(short: &str, full: &str) -> bool {
    NICKNAMES.get(short).is_some_and(|fulls| fulls.iter().any(|f| f == full))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(s: &str) -> PersonName {
        PersonName::parse(s).unwrap()
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for group in [
            &["Torovsky", "Torovskyy", "Torovskiy", "Torovskij", "Torovs’kyy"][..],
            &["Khrushchev", "Hrushchev"],
            &["al-Sisi", "el-Sisi", "Sisi", "Al Sisi"],
            &["Gaddafi", "Gadafy", "Gadafi"],
            &["Łukaszenko", "Lukaszenko"],
            &["Erdoğan", "Erdogan"],
            &["Medvedev", "Medvedyev"],
        ] {
            let keys: Vec<String> = group.iter().map(|n| name(n).family_key()).collect();
            assert!(keys.iter().all(|k| *k == keys[0]), "{group:?}: {keys:?}");
        }
        assert_ne!(name("Brandt").family_key(), name("Brandis").family_key());
    }

    #[test]
    fn given_names_agree_or_do_not() {
        for (a, b) in [
            ("Dan Roe", "Daniel Roe"),
            ("J. D. Vance", "JD Vance"),
            ("J. Roe", "Jane Roe"),
            ("Roe", "Jane Roe"),
            ("Sergei Roe", "Sergey Roe"),
            ("Muhammad Roe", "Mohammad Roe"),
            ("John Fitzgerald Roe", "John Roe"),
        ] {
            assert!(name(a).given_agrees(&name(b)), "{a} / {b}");
        }
        for (a, b) in [
            ("Petra Brandt", "Oskar Brandt"),
            ("Jane Roe", "John Roe"),
            ("Bill Roe", "Hillary Roe"),
            ("Carla Roe", "Carlo Roe"),
            ("Martin Roe", "Martina Roe"),
        ] {
            assert!(!name(a).given_agrees(&name(b)), "{a} / {b}");
        }
    }

    #[test]
    fn family_names_keep_their_particles() {
        assert_eq!(name("Ursula von der Leyen").family, "von der leyen");
        assert_eq!(name("Abdel Fattah al-Sisi").family, "al sisi");
        assert_eq!(name("Martin Luther King Jr.").family, "king");
    }
}
