//! Log-linear models: the weights that make the examples likeliest, large weights held back by their squares (L-BFGS).

use std::collections::VecDeque;

use super::{Example, Table, loss};
use crate::Model;
use crate::model::Form;

/// How a log-linear model is fitted.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    /// How much the squares of the weights cost (halved), in examples.
    pub squares: f64,
    /// Features that occur in fewer examples are left out.
    pub least: usize,
    /// Steps at most.
    pub steps: usize,
}

impl Default for Linear {
    fn default() -> Self {
        Self { squares: 1.0, least: 2, steps: 200 }
    }
}

/// Steps that the next one remembers.
const MEMORY: usize = 10;

/// Fits a log-linear model. Every feature is brought to at most 1 in size first, so that large numbers are not held back less.
pub fn fit_linear(examples: &[Example], options: Linear) -> Model {
    let table = Table::new(examples, options.least);
    let bias = table.names.len();
    let mut sizes = vec![0.0f64; bias];
    for (n, value) in table.rows.iter().flatten() {
        let size = &mut sizes[*n as usize];
        *size = size.max(f64::from(value.abs()));
    }
    let rows: Vec<Vec<(usize, f64)>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|(n, v)| (*n as usize, f64::from(*v) / sizes[*n as usize])).collect())
        .collect();
    let alone = examples.iter().any(|e| e.group.is_none());
    let mut slopes = vec![[0.0; 2]; examples.len()];
    let mut at = |w: &[f64], gradient: &mut [f64]| {
        let score = |row: &Vec<(usize, f64)>| row.iter().map(|(n, v)| w[*n] * v).sum::<f64>() + w[bias];
        let scores: Vec<f64> = rows.iter().map(score).collect();
        let mut sum = loss(examples, &scores, &mut slopes);
        gradient.fill(0.0);
        for (row, slope) in rows.iter().zip(&slopes) {
            row.iter().for_each(|(n, v)| gradient[*n] += slope[0] * v);
            // Among rivals what all have alike says nothing.
            gradient[bias] += if alone { slope[0] } else { 0.0 };
        }
        for (w, g) in w[..bias].iter().zip(&mut *gradient) {
            sum += options.squares * w * w / 2.0;
            *g += options.squares * w;
        }
        sum
    };
    let w = lowest(&mut at, bias + 1, options.steps);
    let weights = table.names.iter().zip(&w).zip(&sizes).map(|((name, w), size)| (name.clone(), (w / size) as f32));
    let weights = weights.filter(|(_, weight)| *weight != 0.0).collect();
    Model { about: String::new(), threshold: 0.5, form: Form::Linear { bias: w[bias] as f32, weights } }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The lowest point of a smooth, convex function of `size` numbers, from 0 on.
fn lowest(at: &mut impl FnMut(&[f64], &mut [f64]) -> f64, size: usize, steps: usize) -> Vec<f64> {
    let mut w = vec![0.0; size];
    let mut gradient = vec![0.0; size];
    let mut height = at(&w, &mut gradient);
    let mut past: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    for _ in 0..steps {
        let mut step = gradient.clone();
        let mut shares = Vec::with_capacity(past.len());
        for (moved, turned) in past.iter().rev() {
            let share = dot(moved, &step) / dot(moved, turned);
            step.iter_mut().zip(turned).for_each(|(s, t)| *s -= share * t);
            shares.push(share);
        }
        let scale = past.back().map_or(1.0 / dot(&gradient, &gradient).sqrt().max(1.0), |(moved, turned)| {
            dot(moved, turned) / dot(turned, turned)
        });
        step.iter_mut().for_each(|s| *s *= scale);
        for ((moved, turned), share) in past.iter().zip(shares.into_iter().rev()) {
            let back = dot(turned, &step) / dot(moved, turned);
            step.iter_mut().zip(moved).for_each(|(s, m)| *s += (share - back) * m);
        }
        let slope = -dot(&gradient, &step);
        if slope > -1e-10 * (1.0 + height.abs()) {
            break;
        }
        let mut length = 1.0;
        let mut next_gradient = vec![0.0; size];
        let next = loop {
            let next: Vec<f64> = w.iter().zip(&step).map(|(w, s)| w - length * s).collect();
            let next_height = at(&next, &mut next_gradient);
            if next_height <= height + 1e-4 * length * slope {
                height = next_height;
                break Some(next);
            }
            length /= 2.0;
            if length < 1e-12 {
                break None;
            }
        };
        let Some(next) = next else {
            break;
        };
        let moved: Vec<f64> = next.iter().zip(&w).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        if dot(&moved, &turned) > 1e-12 * dot(&turned, &turned) {
            past.push_back((moved, turned));
            if past.len() > MEMORY {
                past.pop_front();
            }
        }
        (w, gradient) = (next, next_gradient);
    }
    w
}
