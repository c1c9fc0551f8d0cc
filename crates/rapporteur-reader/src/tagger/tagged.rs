//! What the tagger says of one window.

use std::ops::Range;
use std::sync::OnceLock;

use super::heads::Heads;
use super::names::{Each, Family, Role, Tag};
use crate::encoder::LONGEST;
use crate::wordpiece::Piece;

/// A word of a window, with its score for every tag.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// Which of the window's pieces are its.
    pieces: Range<usize>,
    scores: [f32; 8],
}

impl Word {
    /// How likely the word is this, from 0 to 1: the mean of its pieces' scores.
    pub fn score(&self, tag: Tag) -> f32 {
        self.scores[tag as usize]
    }
}

/// A label of an anchor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label<'t> {
    /// Its name, as the annotators' guide has it: `declines to comment`.
    pub name: &'t str,
    /// How likely it is among its family, from 0 to 1.
    pub probability: f32,
}

/// A run of words that are likely the cue of something, or any other place that is asked about.
#[derive(Clone, Debug)]
pub struct Anchor<'t> {
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// What it is taken for.
    pub tag: Tag,
    /// How likely that is, from 0 to 1: the mean over its pieces.
    pub score: f32,
    /// What the stance is; of a stance only.
    pub stance: Option<Label<'t>>,
    /// How far the gathering has come; of a gathering only.
    pub status: Option<Label<'t>>,
    /// Of what kind the gathering is; of a gathering only.
    pub kind: Option<Label<'t>>,
    /// The mean of its pieces' states.
    state: Vec<f32>,
    /// Which pieces may have a role for it: so many before and after as an encoder's window has, for a paragraph may be a book.
    reach: Range<usize>,
    /// Scores of the pieces in reach for each role that was asked about.
    roles: Each<OnceLock<Vec<f32>>, 9>,
}

/// A window that was read. All places are bytes of the text that the window is of.
pub struct Tagged<'t> {
    heads: &'t Heads,
    window: Range<usize>,
    pieces: Vec<Piece>,
    words: Vec<Word>,
    /// A row a piece.
    states: Vec<f32>,
    scores: Vec<[f32; 8]>,
    /// The state before the first piece, which stands for the whole window.
    opening: Vec<f32>,
}

impl std::fmt::Debug for Tagged<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagged").field("window", &self.window).field("words", &self.words).finish_non_exhaustive()
    }
}

impl<'t> Tagged<'t> {
    pub(super) fn new(heads: &'t Heads, window: Range<usize>, pieces: Vec<Piece>) -> Self {
        let (states, scores) = (Vec::with_capacity(pieces.len() * heads.width()), Vec::with_capacity(pieces.len()));
        Self { heads, window, pieces, words: Vec::new(), states, scores, opening: Vec::new() }
    }

    /// Takes the states and scores of the next pieces.
    pub(super) fn add(&mut self, opening: &[f32], states: &[f32], scores: &[[f32; 8]]) {
        if self.opening.is_empty() {
            self.opening.extend(opening);
        }
        self.states.extend(states);
        self.scores.extend(scores);
    }

    /// Puts pieces together to words.
    pub(super) fn finish(&mut self) {
        let mut start = 0;
        while start < self.pieces.len() {
            let more = self.pieces[start + 1..].iter().take_while(|piece| !piece.begins).count();
            let pieces = start..start + 1 + more;
            let at = self.pieces[start].start..self.pieces[pieces.end - 1].end;
            let scores = Tag::ALL.map(|tag| self.mean(pieces.clone(), |n| self.scores[n][tag as usize]));
            start = pieces.end;
            self.words.push(Word { at, pieces, scores });
        }
    }

    fn mean(&self, pieces: Range<usize>, of: impl Fn(usize) -> f32) -> f32 {
        let count = pieces.len();
        if count == 0 { 0.0 } else { pieces.map(of).sum::<f32>() / count as f32 }
    }

    /// The window's place.
    pub fn window(&self) -> Range<usize> {
        self.window.clone()
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The scores of each piece for every tag, in the order of [`Tag::ALL`].
    pub fn piece_scores(&self) -> &[[f32; 8]] {
        &self.scores
    }

    /// The last state of each piece, one row after the other: features for other scorers.
    pub fn states(&self) -> &[f32] {
        &self.states
    }

    /// Its words, in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Which pieces have something in common with a place.
    pub(super) fn pieces_in(&self, place: &Range<usize>) -> Range<usize> {
        let start = self.pieces.partition_point(|piece| piece.end <= place.start);
        let end = self.pieces.partition_point(|piece| piece.start < place.end);
        start..end.max(start)
    }

    /// How likely the pieces of a place are this, on the mean; 0 for a place without pieces.
    pub fn tag_mean(&self, tag: Tag, place: Range<usize>) -> f32 {
        self.mean(self.pieces_in(&place), |n| self.scores[n][tag as usize])
    }

    /// Every run of words that score at least `threshold` (or the weights' own) for this, in order.
    pub fn anchors(&self, tag: Tag, threshold: Option<f32>) -> Vec<Anchor<'t>> {
        let threshold = threshold.unwrap_or(self.heads.threshold(tag));
        let runs = self.runs(|word| word.score(tag) >= threshold);
        runs.into_iter().filter_map(|pieces| self.anchor(tag, pieces)).collect()
    }

    /// The anchor that a place would be, whatever its score: for a cue that rules have found. `None` if no piece of the window is in it.
    pub fn anchor_at(&self, tag: Tag, place: Range<usize>) -> Option<Anchor<'t>> {
        self.anchor(tag, self.pieces_in(&place))
    }

    /// The pieces of each maximal run of words.
    fn runs(&self, taken: impl Fn(&Word) -> bool) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for word in self.words.iter().filter(|word| taken(word)) {
            match out.last_mut() {
                Some(run) if run.end == word.pieces.start => run.end = word.pieces.end,
                _ => out.push(word.pieces.clone()),
            }
        }
        out
    }

    fn place(&self, pieces: &Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (self.pieces.get(pieces.start)?, self.pieces[..pieces.end].last()?);
        Some(first.start..last.end)
    }

    fn anchor(&self, tag: Tag, pieces: Range<usize>) -> Option<Anchor<'t>> {
        if pieces.is_empty() {
            return None;
        }
        let at = self.place(&pieces)?;
        let width = self.heads.width();
        let mut state = vec![0.0; width];
        for row in self.states[pieces.start * width..pieces.end * width].chunks_exact(width) {
            state.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        let part = 1.0 / pieces.len() as f32;
        state.iter_mut().for_each(|x| *x *= part);
        let reach = pieces.start.saturating_sub(LONGEST)..(pieces.end + LONGEST).min(self.pieces.len());
        let score = self.mean(pieces, |n| self.scores[n][tag as usize]);
        let roles = Each(std::array::from_fn(|_| OnceLock::new()));
        let mut anchor = Anchor { at, tag, score, stance: None, status: None, kind: None, state, reach, roles };
        match tag {
            Tag::Stance => anchor.stance = self.likeliest(Family::Stance, &anchor),
            Tag::Gathering => {
                anchor.status = self.likeliest(Family::Status, &anchor);
                anchor.kind = self.likeliest(Family::Kind, &anchor);
            }
            _ => {}
        }
        Some(anchor)
    }

    /// All labels of a family for an anchor of this window, as the weights order them; none if the weights do not know the family.
    pub fn labels(&self, family: Family, anchor: &Anchor<'_>) -> Vec<Label<'t>> {
        let labels = self.heads.labels(family, &anchor.state, &self.opening);
        labels.into_iter().map(|(name, probability)| Label { name, probability }).collect()
    }

    fn likeliest(&self, family: Family, anchor: &Anchor<'_>) -> Option<Label<'t>> {
        let most = |best: Label<'t>, label: Label<'t>| if label.probability > best.probability { label } else { best };
        self.labels(family, anchor).into_iter().reduce(most)
    }

    /// The bytes in which words may have a role for an anchor of this window: a window's length before and after it.
    pub fn reach(&self, anchor: &Anchor<'_>) -> Range<usize> {
        self.place(&anchor.reach).unwrap_or(anchor.at.clone())
    }

    /// The score of every piece in an anchor's reach for a role of it; the window must be the one that gave the anchor out.
    pub fn role_scores<'a>(&self, role: Role, anchor: &'a Anchor<'_>) -> &'a [f32] {
        let width = self.heads.width();
        let states = &self.states[anchor.reach.start * width..anchor.reach.end * width];
        anchor.roles[role].get_or_init(|| self.heads.role(role, &anchor.state, states))
    }

    /// How likely a place of this window has the role for the anchor, from 0 to 1: the mean over its pieces; 0 for a place out of reach.
    pub fn role_score(&self, role: Role, anchor: &Anchor<'_>, place: Range<usize>) -> f32 {
        let of = self.scored(role, anchor);
        self.mean(self.pieces_in(&place), of)
    }

    /// The score of a piece of the window for a role.
    fn scored<'a>(&self, role: Role, anchor: &'a Anchor<'_>) -> impl Fn(usize) -> f32 + 'a {
        let (scores, from) = (self.role_scores(role, anchor), anchor.reach.start);
        move |n| n.checked_sub(from).and_then(|n| scores.get(n)).copied().unwrap_or(0.0)
    }

    /// Every run of words that score at least `threshold` (or the weights' own) for a role of the anchor, with the mean score of its
    /// pieces, in order.
    pub fn roles(&self, role: Role, anchor: &Anchor<'_>, threshold: Option<f32>) -> Vec<(Range<usize>, f32)> {
        let threshold = threshold.unwrap_or(self.heads.role_threshold(role));
        let score = self.scored(role, anchor);
        let of = |pieces: Range<usize>| self.mean(pieces, &score);
        let runs = self.runs(|word| of(word.pieces.clone()) >= threshold);
        runs.into_iter().filter_map(|pieces| Some((self.place(&pieces)?, of(pieces)))).collect()
    }
}
