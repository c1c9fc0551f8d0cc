//! Cue words: the verbs, nouns, phrases and adjuncts that attribute, each with the frames it takes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::rows;

/// The frames a cue takes, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u16);

impl Frames {
    /// "said that S"
    pub const CLAUSE: Frames = Frames(1);
    /// "S, X said"
    pub const PAREN: Frames = Frames(2);
    /// "“…”, X said"
    pub const QUOTE: Frames = Frames(4);
    /// "promised to V"
    pub const INFINITIVE: Frames = Frames(8);
    /// "rejected the offer"
    pub const OBJECT: Frames = Frames(16);
    /// "described N as A"
    pub const AS: Frames = Frames(32);
    /// "called it N"
    pub const PREDICATE: Frames = Frames(64);
    /// "told Y that S"
    pub const ADDRESSEE: Frames = Frames(128);
    /// "according to X"
    pub const ADJUNCT: Frames = Frames(256);
    /// "is said to V"
    pub const PASSIVE: Frames = Frames(512);

    fn parse(cell: &str) -> Self {
        cell.split('|').fold(Frames(0), |set, word| {
            let one = match word {
                "clause" => Frames::CLAUSE,
                "paren" => Frames::PAREN,
                "quote" => Frames::QUOTE,
                "inf" => Frames::INFINITIVE,
                "np" => Frames::OBJECT,
                "as" => Frames::AS,
                "pred" => Frames::PREDICATE,
                "addressee" => Frames::ADDRESSEE,
                "adjunct" => Frames::ADJUNCT,
                "passive" => Frames::PASSIVE,
                _ => Frames(0),
            };
            Frames(set.0 | one.0)
        })
    }

    /// Whether one of these frames is taken.
    pub fn any(self, of: Frames) -> bool {
        self.0 & of.0 != 0
    }
}

impl std::ops::BitOr for Frames {
    type Output = Frames;
    fn bitor(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }
}

/// What is known of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The frames it takes.
    pub frames: Frames,
    /// Speech, writing, thought or act, by the first letter.
    pub kind: u8,
    /// 3: a cue almost whenever it stands in a frame; 0: never by itself.
    pub strength: u8,
}

/// A cue of several words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CuePhrase {
    /// Its words in order: lemmas where it begins with a verb ("make clear"), as written where it is an adjunct
    /// ("according to").
    pub words: Vec<&'static str>,
    /// What is known of it.
    pub cue: Cue,
}

/// The cues by lemma.
#[derive(Default)]
pub struct Cues {
    verbs: FxHashMap<&'static str, Cue>,
    nouns: FxHashMap<&'static str, Cue>,
    phrases: FxHashMap<&'static str, Vec<CuePhrase>>,
    adjuncts: FxHashMap<&'static str, Vec<CuePhrase>>,
}

const TABLE: &str = include_str!("../data/cues.tsv");

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut cues = Cues::default();
    for row in rows(TABLE) {
        cues.take(row);
    }
    let of_several = cues.phrases.values_mut().chain(cues.adjuncts.values_mut());
    of_several.for_each(|all| all.sort_by_key(|p| std::cmp::Reverse(p.words.len())));
    cues
});

/// The cues.
pub fn cues() -> &'static Cues {
    &CUES
}

impl Cues {
    /// Takes in a row of the table; false for one that says nothing new, or of a part of speech that no rule reads.
    fn take(&mut self, [lemma, pos, frames, kind, strength]: [&'static str; 5]) -> bool {
        let cue = Cue {
            frames: Frames::parse(frames),
            kind: kind.bytes().next().unwrap_or(b's'),
            strength: strength.parse().unwrap_or(0),
        };
        match pos {
            "verb" => self.verbs.insert(lemma, cue).is_none(),
            "noun" => self.nouns.insert(lemma, cue).is_none(),
            "phrase" | "adjunct" => {
                let words: Vec<&str> = lemma.split(' ').collect();
                let all = if pos == "phrase" { &mut self.phrases } else { &mut self.adjuncts };
                let beginning = all.entry(words[0]).or_default();
                let known = beginning.iter().any(|p| p.words == words);
                beginning.push(CuePhrase { words, cue });
                !known
            }
            _ => false,
        }
    }

    /// What is known of a verb, by its lemma.
    pub fn verb(&self, lemma: &str) -> Option<Cue> {
        self.verbs.get(lemma).copied()
    }

    /// What is known of a noun.
    pub fn noun(&self, lemma: &str) -> Option<Cue> {
        self.nouns.get(lemma).copied()
    }

    /// The phrases that begin with this verb, the longest first.
    pub fn phrases(&self, lemma: &str) -> &[CuePhrase] {
        self.phrases.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The adjuncts that begin with this word in lower case, the longest first.
    pub fn adjuncts(&self, word: &str) -> &[CuePhrase] {
        self.adjuncts.get(word).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_loaded() {
        let mut cues = Cues::default();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let row: [&str; 5] = cells.try_into().unwrap_or_else(|_| panic!("not five cells: {line}"));
            let known = |frame: &str| Frames::parse(frame) != Frames(0);
            assert!(row[2].split('|').all(known), "a frame that no rule reads: {line}");
            assert!(matches!(row[3], "speech" | "writing" | "thought" | "act"), "a kind that no rule reads: {line}");
            assert!(row[4].parse::<u8>().is_ok_and(|strength| strength <= 3), "no strength: {line}");
            assert!(cues.take(row), "a row that is never asked: {line}");
        }
    }
}
