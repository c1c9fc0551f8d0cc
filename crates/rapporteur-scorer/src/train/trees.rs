//! Boosted trees: each small tree corrects what those before it leave wrong.

use super::{Example, Table, loss};
use crate::Model;
use crate::model::{Form, Node, Split};

/// How boosted trees are fitted.
#[derive(Clone, Copy, Debug)]
pub struct Trees {
    /// How many trees.
    pub count: usize,
    /// Splits from the root to a leaf, at most 4.
    pub depth: usize,
    /// The part of each tree's correction that is taken.
    pub rate: f64,
    /// Second derivatives that a leaf must hold: about a quarter of so many undecided examples.
    pub least_weight: f64,
    /// What the squares of leaves cost (halved), in examples.
    pub squares: f64,
    /// Features that occur in fewer examples are left out.
    pub least: usize,
    /// Of each tree's examples the part that it is fitted on, chosen by `seed`.
    pub part: f64,
    /// What the choice of examples begins with.
    pub seed: u64,
}

impl Default for Trees {
    fn default() -> Self {
        Self { count: 100, depth: 3, rate: 0.1, least_weight: 1.0, squares: 1.0, least: 5, part: 1.0, seed: 1 }
    }
}

/// Places where a feature may be split, at most.
const PLACES: usize = 63;

/// A column's places to split, and in which of the parts between them each example lies.
struct Column {
    places: Vec<f32>,
    parts: Vec<u8>,
}

/// Fits boosted trees.
pub fn fit_trees(examples: &[Example], options: Trees) -> Model {
    let table = Table::new(examples, options.least);
    let columns: Vec<Column> = columns(&table, examples.len());
    let mut scores = vec![0.0; examples.len()];
    let mut slopes = vec![[0.0; 2]; examples.len()];
    let base = base(examples);
    scores.fill(f64::from(base));
    let mut state = options.seed;
    let mut trees = Vec::new();
    for _ in 0..options.count {
        loss(examples, &scores, &mut slopes);
        let taken: Vec<u32> = (0..examples.len() as u32).filter(|_| next(&mut state) < options.part).collect();
        let grower = Grower { columns: &columns, names: &table.names, slopes: &slopes, options };
        let tree = grower.grow(&taken, options.depth.min(4));
        if matches!(tree, Node::Leaf(_)) {
            break;
        }
        for (n, score) in scores.iter_mut().enumerate() {
            *score += f64::from(leaf(&tree, &columns, &table.names, n));
        }
        trees.push(tree);
    }
    Model { about: String::new(), threshold: 0.5, form: Form::Trees { base, trees } }
}

/// The log-odds of the examples by themselves.
fn base(examples: &[Example]) -> f32 {
    let alone = || examples.iter().filter(|e| e.group.is_none());
    let right: f64 = alone().filter(|e| e.right).map(|e| f64::from(e.weight)).sum();
    let all: f64 = alone().map(|e| f64::from(e.weight)).sum();
    if all == 0.0 { 0.0 } else { ((right + 0.5) / (all - right + 0.5)).ln() as f32 }
}

/// Repeatable numbers from 0 to 1.
fn next(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as f64 / (1u64 << 31) as f64
}

fn columns(table: &Table, count: usize) -> Vec<Column> {
    let mut values = vec![vec![0.0f32; count]; table.names.len()];
    for (row, numbers) in table.rows.iter().enumerate() {
        numbers.iter().for_each(|(n, value)| values[*n as usize][row] = *value);
    }
    let column = |values: Vec<f32>| {
        let mut sorted = values.clone();
        sorted.sort_by(f32::total_cmp);
        sorted.dedup();
        // Between neighbours, evenly chosen where there are too many.
        let between: Vec<f32> = sorted.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect();
        let step = between.len().div_ceil(PLACES).max(1);
        let places: Vec<f32> = between.into_iter().step_by(step).collect();
        let parts = values.iter().map(|value| places.partition_point(|at| at < value) as u8).collect();
        Column { places, parts }
    };
    values.into_iter().map(column).collect()
}

struct Grower<'a> {
    columns: &'a [Column],
    names: &'a [String],
    slopes: &'a [[f64; 2]],
    options: Trees,
}

impl Grower<'_> {
    fn sums(&self, rows: &[u32]) -> [f64; 2] {
        rows.iter().fold([0.0; 2], |sum, &row| {
            let slope = self.slopes[row as usize];
            [sum[0] + slope[0], sum[1] + slope[1]]
        })
    }

    /// What a leaf of these sums gains, and what it says.
    fn gain(&self, [first, second]: [f64; 2]) -> f64 {
        first * first / (second + self.options.squares)
    }

    fn value(&self, [first, second]: [f64; 2]) -> f32 {
        (-first / (second + self.options.squares) * self.options.rate) as f32
    }

    fn grow(&self, rows: &[u32], depth: usize) -> Node {
        let all = self.sums(rows);
        let Some((column, place)) = self.best(rows, all).filter(|_| depth > 0) else {
            return Node::Leaf(self.value(all));
        };
        let Column { places, parts } = &self.columns[column];
        let (first, second): (Vec<u32>, Vec<u32>) =
            rows.iter().partition(|row| parts[**row as usize] as usize <= place);
        let children = [self.grow(&first, depth - 1), self.grow(&second, depth - 1)];
        let (name, at) = (self.names[column].clone(), places[place]);
        Node::Split(Box::new(Split { name, at, value: self.value(all), children }))
    }

    /// The split that gains most, the first of equals.
    fn best(&self, rows: &[u32], all: [f64; 2]) -> Option<(usize, usize)> {
        let mut best = None;
        let mut most = 1e-6;
        for (n, column) in self.columns.iter().enumerate() {
            let mut sums = [[0.0; 2]; PLACES + 1];
            for &row in rows {
                let (sum, slope) = (&mut sums[column.parts[row as usize] as usize], self.slopes[row as usize]);
                *sum = [sum[0] + slope[0], sum[1] + slope[1]];
            }
            let mut first = [0.0; 2];
            for (place, sum) in sums.iter().enumerate().take(column.places.len()) {
                first = [first[0] + sum[0], first[1] + sum[1]];
                let second = [all[0] - first[0], all[1] - first[1]];
                if first[1].min(second[1]) < self.options.least_weight {
                    continue;
                }
                let gain = self.gain(first) + self.gain(second) - self.gain(all);
                if gain > most {
                    (most, best) = (gain, Some((n, place)));
                }
            }
        }
        best
    }
}

/// What a tree says of an example of the table.
fn leaf(tree: &Node, columns: &[Column], names: &[String], row: usize) -> f32 {
    let mut node = tree;
    while let Node::Split(split) = node {
        let larger = names.binary_search(&split.name).is_ok_and(|n| {
            let Column { places, parts } = &columns[n];
            places.partition_point(|at| *at < split.at) < parts[row] as usize
        });
        node = &split.children[usize::from(larger)];
    }
    node.value()
}
