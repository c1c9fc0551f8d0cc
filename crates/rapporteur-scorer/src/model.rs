//! A fitted scorer: how it scores, and how it explains itself.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Features;

/// A fitted scorer.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What it scores and what it was fitted on, for people.
    pub about: String,
    /// The probability from which what it scores counts as so.
    pub threshold: f32,
    pub(super) form: Form,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    Linear { bias: f32, weights: BTreeMap<String, f32> },
    Trees { base: f32, trees: Vec<Node> },
}

/// A node of a tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Leaf(f32),
    Split(Box<Split>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Split {
    pub(super) name: String,
    /// What is larger goes to the second child.
    pub(super) at: f32,
    /// What the tree would say if it ended here: the mean of what lies below, for explanations.
    pub(super) value: f32,
    pub(super) children: [Node; 2],
}

impl Node {
    pub(super) fn value(&self) -> f32 {
        match self {
            Self::Leaf(value) => *value,
            Self::Split(split) => split.value,
        }
    }
}

/// What an explanation calls the part of the score that is there without any feature.
const ALWAYS: &str = "(always)";

impl Model {
    /// The log-odds of a candidate: 0 is as likely as not. Of several candidates the one with the largest is the likeliest.
    pub fn score(&self, features: &Features) -> f32 {
        match &self.form {
            Form::Linear { bias, weights } => {
                let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
                features.iter().fold(*bias, |sum, (name, value)| sum + weight(name) * value)
            }
            Form::Trees { base, trees } => {
                let known = known(features);
                trees.iter().fold(*base, |sum, tree| sum + leaf(tree, &known, |_, _| {}))
            }
        }
    }

    /// How likely a candidate is, from 0 to 1.
    pub fn probability(&self, features: &Features) -> f32 {
        let score = f64::from(self.score(features));
        (1.0 / (1.0 + (-score).exp())) as f32
    }

    /// What each feature adds to the score, the weightiest first; together they are the score up to rounding. The name `(always)` stands
    /// for what is there without any feature. A tree's features share what it says by the way a candidate takes through it.
    pub fn explain(&self, features: &Features) -> Vec<(String, f32)> {
        let mut parts: BTreeMap<&str, f32> = BTreeMap::new();
        let mut always = 0.0;
        match &self.form {
            Form::Linear { bias, weights } => {
                always = *bias;
                for (name, value) in features.iter() {
                    if let Some(weight) = weights.get(name) {
                        *parts.entry(name).or_default() += weight * value;
                    }
                }
            }
            Form::Trees { base, trees } => {
                let known = known(features);
                always = trees.iter().fold(always + base, |sum, tree| sum + tree.value());
                for tree in trees {
                    leaf(tree, &known, |name, change| *parts.entry(name).or_default() += change);
                }
            }
        }
        let mut all: Vec<(String, f32)> =
            parts.into_iter().map(|(name, part)| (name.to_owned(), part)).filter(|(_, part)| *part != 0.0).collect();
        if always != 0.0 {
            all.push((ALWAYS.to_owned(), always));
        }
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        all
    }

    /// The names of all features that it has weights for, in order.
    pub fn names(&self) -> Vec<&str> {
        fn of<'m>(node: &'m Node, names: &mut Vec<&'m str>) {
            if let Node::Split(split) = node {
                names.push(&split.name);
                split.children.iter().for_each(|child| of(child, names));
            }
        }
        let mut names = Vec::new();
        match &self.form {
            Form::Linear { weights, .. } => names.extend(weights.keys().map(String::as_str)),
            Form::Trees { trees, .. } => trees.iter().for_each(|tree| of(tree, &mut names)),
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn known(features: &Features) -> FxHashMap<&str, f32> {
    let mut known = FxHashMap::default();
    for (name, value) in features.iter() {
        *known.entry(name).or_default() += value;
    }
    known
}

/// The number of the leaf that the features lead to; `step` hears of every split on the way and what it changed.
fn leaf<'m>(tree: &'m Node, known: &FxHashMap<&str, f32>, mut step: impl FnMut(&'m str, f32)) -> f32 {
    let mut node = tree;
    while let Node::Split(split) = node {
        let value = known.get(split.name.as_str()).copied().unwrap_or(0.0);
        let next = &split.children[usize::from(value > split.at)];
        step(&split.name, next.value() - split.value);
        node = next;
    }
    node.value()
}
