//! Layers whose weights are whole numbers of eight bits, with one scale a row: twice as fast as the others.
//!
//! A row of input is rounded to whole numbers too, with one scale for the row: of 15 bits and a sign, or fewer where the sums could leave
//! 32 bits. What is summed are whole numbers, so both versions have the same sums to the bit and only the scaling at the end rounds.
//! (Seven bits would be twice as fast again with AVX-512; a row's error would be up to four in a hundred of what is usual in it.)
//!
//! Weights lie as `[piece][pair of inputs][16][2]`, or with AVX-512 `[block][pair of inputs][48][2]`, as sixteen bits: the instructions
//! multiply two neighbours at once and add them up.

use super::{BLOCK, Buffer, Kind, LANES, Level};

/// Which instructions multiply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    Avx2,
    Vnni,
}

impl Means {
    /// `None` where there are no such instructions. AVX-512 alone has none: without VNNI the narrower ones do it.
    fn of(level: Level) -> Option<Self> {
        match level.0 {
            Kind::Portable => None,
            Kind::Avx2 => Some(Self::Avx2),
            Kind::Avx512 => {
                let vnni = is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw");
                Some(if vnni { Self::Vnni } else { Self::Avx2 })
            }
        }
    }

    /// Numbers that are summed side by side.
    fn wide(self) -> usize {
        match self {
            Self::Vnni => BLOCK,
            Self::Avx2 => LANES,
        }
    }
}

/// A layer of whole numbers, ready for a level.
pub(crate) struct Whole {
    level: Level,
    means: Means,
    inputs: usize,
    weights: Buffer<i16>,
    scales: Buffer,
    bias: Buffer,
    /// The largest number that an input is rounded to.
    most: f32,
}

impl Whole {
    /// A layer of `scales.len()` outputs; `weights` has a row for each. Outputs are padded to whole blocks. `None` for a level that
    /// multiplies whole numbers no faster than others.
    ///
    /// # Panics
    /// If the inputs are odd in number, or the sizes do not fit.
    pub(crate) fn new(level: Level, inputs: usize, weights: &[i8], scales: &[f32], bias: &[f32]) -> Option<Self> {
        let outputs = scales.len();
        assert!(inputs.is_multiple_of(2) && inputs > 0 && weights.len() == inputs * outputs && bias.len() == outputs);
        let means = Means::of(level)?;
        let padded = outputs.next_multiple_of(BLOCK);
        let wide = means.wide();
        let mut packed = Buffer::<i16>::zeros(inputs * padded);
        for (o, row) in weights.chunks_exact(inputs).enumerate() {
            let panel = &mut packed[o / wide * wide * inputs..][..wide * inputs];
            for (pair, from) in row.as_chunks::<2>().0.iter().enumerate() {
                let at = (pair * wide + o % wide) * 2;
                panel[at] = from[0].into();
                panel[at + 1] = from[1].into();
            }
        }
        let mut all = [Buffer::zeros(padded), Buffer::zeros(padded)];
        all[0][..outputs].copy_from_slice(scales);
        all[1][..outputs].copy_from_slice(bias);
        let [scales, bias] = all;
        // No sum of products can leave 32 bits, whatever comes in.
        let sizes = weights.chunks_exact(inputs).map(|row| row.iter().map(|w| usize::from(w.unsigned_abs())).sum());
        let most = (i32::MAX as usize / sizes.max().unwrap_or(0).max(1)).min(i16::MAX as usize) as f32;
        Some(Self { level, means, inputs, weights: packed, scales, bias, most })
    }

    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    pub(crate) fn outputs(&self) -> usize {
        self.bias.len()
    }

    pub(super) fn weights(&self) -> &[i16] {
        &self.weights
    }

    pub(super) fn scales(&self) -> &[f32] {
        &self.scales
    }

    pub(super) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// `out[r][o] = w[o] · x[r] + b[o]` for rows back to back; `memory` holds the rounded rows.
    pub(crate) fn apply(&self, x: &[f32], count: usize, memory: &mut Rounded, out: &mut [f32]) {
        assert!(x.len() >= count * self.inputs && out.len() >= count * self.outputs());
        memory.numbers.reserve_len(count * self.inputs);
        memory.scales.reserve_len(count);
        let rows = x.chunks_exact(self.inputs).zip(memory.numbers.chunks_exact_mut(self.inputs));
        for ((x, to), scale) in rows.zip(&mut memory.scales[..count]) {
            *scale = super::round_row(self.level, x, self.most, to);
        }
        let rows = RoundedRows { numbers: &memory.numbers, scales: &memory.scales, width: self.inputs, count };
        match self.means {
            // SAFETY: these means are chosen only where the features were detected (`Level::available`, `Means::of`), and
            // the sizes were checked above.
            Means::Avx2 => unsafe { super::avx2::whole(rows, self, out) },
            // SAFETY: as above.
            Means::Vnni => unsafe { super::avx512::whole(rows, self, out) },
        }
    }
}

/// Memory for rows rounded to whole numbers.
#[derive(Default)]
pub(crate) struct Rounded {
    numbers: Buffer<i16>,
    scales: Buffer,
}

/// Rounded rows for a kernel, back to back.
#[derive(Clone, Copy)]
pub(super) struct RoundedRows<'a> {
    numbers: &'a [i16],
    scales: &'a [f32],
    pub(super) width: usize,
    pub(super) count: usize,
}

impl<'a> RoundedRows<'a> {
    pub(super) fn row(&self, r: usize) -> &'a [i16] {
        &self.numbers[r * self.width..][..self.width]
    }

    pub(super) fn scale(&self, r: usize) -> f32 {
        self.scales[r]
    }
}
