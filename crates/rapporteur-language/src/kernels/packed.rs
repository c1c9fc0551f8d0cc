//! A layer's weights as the level that runs them reads them: one number after the other, nothing left out.

use super::{BLOCK, Buffer, LANES, Level};

/// Weights that lie as `[piece][input][16]`, and 16 numbers of bias for each piece.
#[derive(Clone, Copy)]
pub(crate) struct Panels<'a> {
    pub(super) weights: &'a [f32],
    pub(super) bias: &'a [f32],
}

/// Weights and bias of a layer.
///
/// In the file a block's weights are `[input][3][16]`. AVX-512 has registers enough to sum 3 × 16 numbers of several rows at once
/// and reads them like that. The others sum 16 numbers at a time: theirs lie as `[3][input][16]`, so that a pass over a piece
/// touches its own cache lines only (a piece of 288 inputs is 18 kB, which stays in the first-level cache).
pub(crate) struct Packed {
    level: Level,
    inputs: usize,
    weights: Buffer,
    /// As in the file: `[block][3][16]`.
    bias: Buffer,
}

impl Packed {
    /// Takes a layer over; `block` writes the weights of one block as in the file. There are `inputs * bias.len()` weights.
    ///
    /// # Panics
    /// If the bias is not of whole blocks.
    pub(crate) fn new(level: Level, inputs: usize, bias: Buffer, mut block: impl FnMut(usize, &mut [f32])) -> Self {
        assert!(bias.len().is_multiple_of(BLOCK));
        let mut weights = Buffer::zeros(inputs * bias.len());
        if inputs > 0 {
            let mut plain = Buffer::zeros(if level.takes_pieces() { inputs * BLOCK } else { 0 });
            for (n, to) in weights.chunks_exact_mut(inputs * BLOCK).enumerate() {
                if level.takes_pieces() {
                    block(n, &mut plain);
                    for (piece, to) in to.chunks_exact_mut(inputs * LANES).enumerate() {
                        for (to, from) in to.chunks_exact_mut(LANES).zip(plain.chunks_exact(BLOCK)) {
                            to.copy_from_slice(&from[piece * LANES..][..LANES]);
                        }
                    }
                } else {
                    block(n, to);
                }
            }
        }
        Self { level, inputs, weights, bias }
    }

    pub(crate) fn level(&self) -> Level {
        self.level
    }

    /// Numbers in a row of input.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers that a row of input makes (before the largest of each three is taken): a multiple of [`BLOCK`].
    pub(crate) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The bias, as in the file.
    pub(crate) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// The layer piece by piece; for a level that takes pieces.
    pub(super) fn panels(&self) -> Panels<'_> {
        Panels { weights: &self.weights, bias: &self.bias }
    }

    /// The weights, as the level reads them.
    pub(crate) fn weights(&self) -> &[f32] {
        &self.weights
    }
}
