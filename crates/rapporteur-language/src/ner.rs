//! Finds named entities: one action a token (begins, continues, ends, alone, outside), the best-scored allowed one.

use std::ops::Range;

use crate::error::Error;
use crate::kernels::{Buffer, Level};
use crate::label::EntType;
use crate::model::{Weights, spec};
use crate::neural::{Scorer, Transition};

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;
const FEATURES: usize = 3;

/// The entity recogniser's weights and actions.
pub(crate) struct NerModel {
    transition: Transition,
    ranges: [Range<usize>; 6],
    labels: Vec<EntType>,
    /// For each class of "begin", its label's classes of "in" and "last".
    follow: Vec<(Option<usize>, Option<usize>)>,
}

impl NerModel {
    pub(crate) fn new(weights: &Weights<'_>, spec: &spec::Transition, width: usize) -> Result<Self, Error> {
        let transition = Transition::new(weights, spec, width, FEATURES, "ner")?;
        let ranges: [Range<usize>; 6] = std::array::from_fn(|action| {
            let start = spec.moves.partition_point(|(a, _)| usize::from(*a) < action);
            start..spec.moves.partition_point(|(a, _)| usize::from(*a) <= action)
        });
        let sound = spec.moves.is_sorted_by_key(|(action, _)| *action)
            && spec.moves.iter().all(|(action, _)| *action <= OUT)
            && ranges[0].is_empty()
            && ranges[usize::from(OUT)].len() == 1;
        if !sound {
            return Err(Error::unsupported("ner", "actions other than those of a BILUO recogniser"));
        }
        let labels = spec
            .moves
            .iter()
            .map(|(_, label)| {
                EntType::intern(label).ok_or_else(|| Error::unsupported("ner", "too many unknown labels"))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let class = |action: u8, label: EntType| ranges[usize::from(action)].clone().find(|&c| labels[c] == label);
        let follow = ranges[usize::from(BEGIN)]
            .clone()
            .map(|begin| (class(IN, labels[begin]), class(LAST, labels[begin])))
            .collect();
        Ok(Self { transition, ranges, labels, follow })
    }
}

#[cfg(feature = "bench")]
impl NerModel {
    /// What there is to measure.
    pub(crate) fn transition(&self) -> &Transition {
        &self.transition
    }
}

/// One document's reading, fed block by block, and the memory it works in.
#[derive(Default)]
pub(crate) struct Finding {
    scorer: Scorer,
    linear: Buffer,
    lower: Buffer,
    /// The class of "begin" (from the first of them) of the entity that is open.
    open: Option<usize>,
    start: Vec<f32>,
    previous: Vec<f32>,
    at: usize,
    /// For each token: does an entity begin (3), go on (1), or neither (2), and its type.
    pub(crate) found: Vec<(u8, EntType)>,
}

impl Finding {
    pub(crate) fn begin(&mut self) {
        self.open = None;
        self.at = 0;
        self.found.clear();
    }

    /// Takes the vectors of the next tokens. `starts` and `is_space` speak of the whole document.
    pub(crate) fn feed(
        &mut self,
        level: Level,
        model: &NerModel,
        vectors: &[f32],
        width: usize,
        starts: &[bool],
        is_space: impl Fn(usize) -> bool,
    ) {
        let layers = &model.transition;
        let count = vectors.len() / width;
        layers.linear.apply(vectors, width, count, &mut self.linear);
        layers.lower.apply(&self.linear, layers.linear.stride(), count, &mut self.lower);
        let stride = layers.lower.stride();
        for row in self.lower.chunks_exact(stride).take(count) {
            let (entity, before) = match self.open {
                Some(_) => (self.start.as_slice(), self.previous.as_slice()),
                None => (layers.missing(1), layers.missing(2)),
            };
            let scores = self.scorer.score(level, layers, &[layers.part(row, 0), entity, before]);
            let more = self.at + 1 < starts.len();
            let go_on = more && !starts[self.at + 1];
            let (action, class) = best(model, scores, self.open, go_on, is_space(self.at));
            let label = model.labels[class];
            let mark = match action {
                BEGIN => {
                    self.open = Some(class - model.ranges[usize::from(BEGIN)].start);
                    self.start.clear();
                    self.start.extend_from_slice(layers.part(row, 1));
                    (3, label)
                }
                UNIT => (3, label),
                IN => (1, label),
                LAST => {
                    self.open = None;
                    (1, label)
                }
                _ => {
                    self.open = None;
                    (2, EntType::None)
                }
            };
            self.found.push(mark);
            self.previous.clear();
            self.previous.extend_from_slice(layers.part(row, 2));
            self.at += 1;
        }
    }
}

fn best(model: &NerModel, scores: &[f32], open: Option<usize>, go_on: bool, space: bool) -> (u8, usize) {
    let mut best: Option<(u8, usize)> = None;
    let mut offer = |action: u8, class: usize| {
        if best.is_none_or(|(_, so_far)| scores[class] > scores[so_far]) {
            best = Some((action, class));
        }
    };
    let range = |action: u8| model.ranges[usize::from(action)].clone();
    match open {
        Some(open) => {
            let (within, last) = model.follow[open];
            if let Some(class) = within.filter(|_| go_on) {
                offer(IN, class);
            }
            if let Some(class) = last {
                offer(LAST, class);
            }
        }
        None => {
            if go_on && !space {
                range(BEGIN).for_each(|class| offer(BEGIN, class));
            }
            if !space {
                let named = range(UNIT).filter(|&class| model.labels[class] != EntType::None);
                named.for_each(|class| offer(UNIT, class));
            }
            offer(OUT, range(OUT).start);
        }
    }
    best.unwrap_or((OUT, range(OUT).start))
}
