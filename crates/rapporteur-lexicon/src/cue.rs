//! Cue words: the verbs, nouns and phrases that attribute, each with the frames it takes.

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

/// The cues by lemma.
pub struct Cues {
    verbs: FxHashMap<&'static str, Cue>,
    nouns: FxHashMap<&'static str, Cue>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut cues = Cues { verbs: FxHashMap::default(), nouns: FxHashMap::default() };
    for [lemma, pos, frames, kind, strength] in rows(include_str!("../data/cues.tsv")) {
        let cue = Cue {
            frames: Frames::parse(frames),
            kind: kind.bytes().next().unwrap_or(b's'),
            strength: strength.parse().unwrap_or(0),
        };
        match pos {
            "verb" => cues.verbs.insert(lemma, cue),
            "noun" => cues.nouns.insert(lemma, cue),
            _ => None,
        };
    }
    cues
});

/// The cues.
pub fn cues() -> &'static Cues {
    &CUES
}

impl Cues {
    /// What is known of a verb, by its lemma.
    pub fn verb(&self, lemma: &str) -> Option<Cue> {
        self.verbs.get(lemma).copied()
    }

    /// What is known of a noun.
    pub fn noun(&self, lemma: &str) -> Option<Cue> {
        self.nouns.get(lemma).copied()
    }
}
