//! The layers under parser and entity recogniser: they score the next action from the vectors of a few tokens.

use super::{Dense, LARGEST};
use crate::error::Error;
use crate::kernels::{self, Buffer, LANES, Level};
use crate::model::{Weights, spec};

/// A transition model's layers.
pub(crate) struct Transition {
    pub(crate) hidden: usize,
    pub(crate) classes: usize,
    pub(crate) linear: Dense,
    pub(crate) lower: Dense,
    lower_bias: Buffer,
    pad: Buffer,
    upper: Buffer,
    upper_bias: Buffer,
}

impl Transition {
    pub(crate) fn new(
        weights: &Weights<'_>,
        spec: &spec::Transition,
        width: usize,
        features: usize,
        component: &str,
    ) -> Result<Self, Error> {
        let (hidden, classes) = (spec.hidden as usize, spec.moves.len());
        let sound = hidden > 0 && hidden.is_multiple_of(LANES) && hidden <= LARGEST / 32;
        if spec.features as usize != features || !sound || classes == 0 || classes > 4096 {
            let what = format!("{} features, {hidden} hidden units, {classes} classes", spec.features);
            return Err(Error::unsupported(component, what));
        }
        let linear = Dense::new(weights, &spec.linear, width, component)?;
        let lower = Dense::new(weights, &spec.lower, hidden, component)?;
        if linear.outputs != hidden || lower.outputs != features * 2 * hidden {
            return Err(Error::unsupported(component, "layers that do not fit each other"));
        }
        let padded = classes.next_multiple_of(LANES);
        Ok(Self {
            hidden,
            classes,
            linear,
            lower,
            lower_bias: weights.take(&spec.lower_bias, 2 * hidden)?,
            pad: weights.take(&spec.pad, features * 2 * hidden)?,
            upper: weights.take(&spec.upper, hidden * padded)?,
            upper_bias: weights.take(&spec.upper_bias, padded)?,
        })
    }

    /// The part of a token's precomputed row that belongs to feature `f`; `row` starts at feature 0.
    pub(crate) fn part<'r>(&self, row: &'r [f32], f: usize) -> &'r [f32] {
        &row[f * 2 * self.hidden..][..2 * self.hidden]
    }

    /// What stands for a missing token at feature `f`.
    pub(crate) fn missing(&self, f: usize) -> &[f32] {
        self.part(&self.pad, f)
    }
}

/// Memory for scoring one state.
#[derive(Default)]
pub(crate) struct Scorer {
    hidden: Buffer,
    scores: Buffer,
}

impl Scorer {
    /// The scores of all classes, given the part of each feature.
    pub(crate) fn score(&mut self, level: Level, model: &Transition, parts: &[&[f32]]) -> &[f32] {
        self.hidden.reserve_len(model.hidden);
        self.scores.reserve_len(model.upper_bias.len());
        let hidden = &mut self.hidden[..model.hidden];
        kernels::sum_max(level, parts, &model.lower_bias, hidden);
        let scores = &mut self.scores[..model.upper_bias.len()];
        kernels::score(level, &model.upper, &model.upper_bias, hidden, scores);
        &scores[..model.classes]
    }
}
