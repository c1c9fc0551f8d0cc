//! The neural part: embeddings and convolutions that turn words into vectors, and the layers that read those vectors.

mod cache;
mod encoder;
mod transition;

pub(crate) use cache::RowCache;
#[cfg(feature = "bench")]
pub(crate) use encoder::add_row;
pub(crate) use encoder::{BLOCK_TOKENS, Encoder, Scratch};
pub(crate) use transition::{Scorer, Transition};

use crate::error::Error;
use crate::kernels::{self, Buffer, Packed, Rows};
use crate::model::{Weights, spec};

/// A plain linear layer.
pub(crate) struct Dense {
    pub(crate) inputs: usize,
    /// Outputs that mean something; the rows are padded to [`Dense::stride`].
    pub(crate) outputs: usize,
    layer: Packed,
}

/// Sizes beyond this are no pipeline of ours; the limit keeps products of sizes from overflowing.
pub(crate) const LARGEST: usize = 1 << 16;

impl Dense {
    pub(crate) fn new(
        weights: &Weights<'_>,
        spec: &spec::Dense,
        inputs: usize,
        component: &str,
    ) -> Result<Self, Error> {
        let outputs = spec.outputs as usize;
        if spec.inputs as usize != inputs || outputs == 0 || outputs > LARGEST {
            let what = format!("a layer from {} to {outputs} where {inputs} come in", spec.inputs);
            return Err(Error::unsupported(component, what));
        }
        let padded = outputs.next_multiple_of(kernels::BLOCK);
        Ok(Self { inputs, outputs, layer: weights.packed(&spec.weights, &spec.bias, inputs, padded)? })
    }

    /// Numbers from one row of output to the next.
    pub(crate) fn stride(&self) -> usize {
        self.layer.outputs()
    }

    /// Applies the layer to `count` rows of `x`, `stride` apart; grows `out` as needed.
    pub(crate) fn apply(&self, x: &[f32], stride: usize, count: usize, out: &mut Buffer) {
        out.reserve_len(count * self.stride());
        self.apply_to(x, stride, count, out);
    }

    /// The same into memory that is large enough.
    pub(crate) fn apply_to(&self, x: &[f32], stride: usize, count: usize, out: &mut [f32]) {
        kernels::dense(Rows::new(x, stride, self.inputs, count), &self.layer, out);
    }
}

/// Index of the largest number, the first of equals; 0 for none.
pub(crate) fn largest(numbers: &[f32]) -> usize {
    let mut best = 0;
    for (i, number) in numbers.iter().enumerate() {
        if *number > numbers[best] {
            best = i;
        }
    }
    best
}
