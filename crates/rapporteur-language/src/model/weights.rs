//! Takes weights out of the file: checked, expanded to single precision, on cache-line boundaries.

use std::ops::Range;

use super::spec::Tensor;
use crate::error::Error;
use crate::kernels::{BLOCK, Buffer, Level, Packed, expand_half};

/// The weights section of a file.
pub(crate) struct Weights<'a> {
    bytes: &'a [u8],
    level: Level,
}

impl<'a> Weights<'a> {
    pub(crate) fn new(bytes: &'a [u8], level: Level) -> Self {
        Self { bytes, level }
    }

    /// Where a block lies in the section, if it has `len` numbers as it should.
    pub(crate) fn place(&self, tensor: &Tensor, len: usize) -> Result<Range<usize>, Error> {
        if tensor.len as usize != len {
            return Err(Error::damaged(format!("{} weights where {len} were expected", tensor.len)));
        }
        let size = if tensor.half { 2 } else { 4 };
        usize::try_from(tensor.offset)
            .ok()
            .and_then(|start| Some(start..start.checked_add(len.checked_mul(size)?)?))
            .filter(|range| range.end <= self.bytes.len())
            .ok_or_else(|| Error::damaged("weights lie outside the file"))
    }

    /// The numbers of a block that should have `len` of them.
    pub(crate) fn take(&self, tensor: &Tensor, len: usize) -> Result<Buffer, Error> {
        let bytes = &self.bytes[self.place(tensor, len)?];
        let mut out = Buffer::zeros(len);
        self.expand(tensor, bytes, &mut out);
        Ok(out)
    }

    /// A layer, laid out for the kernels: `inputs * outputs` weights and `outputs` numbers of bias.
    pub(crate) fn packed(
        &self,
        weights: &Tensor,
        bias: &Tensor,
        inputs: usize,
        outputs: usize,
    ) -> Result<Packed, Error> {
        let bytes = &self.bytes[self.place(weights, inputs * outputs)?];
        let size = inputs * BLOCK * if weights.half { 2 } else { 4 };
        let bias = self.take(bias, outputs)?;
        Ok(Packed::new(self.level, inputs, bias, |block, out| {
            self.expand(weights, &bytes[block * size..][..size], out);
        }))
    }

    pub(crate) fn level(&self) -> Level {
        self.level
    }

    fn expand(&self, tensor: &Tensor, bytes: &[u8], out: &mut [f32]) {
        if tensor.half {
            expand_half(self.level, bytes, out);
        } else {
            expand_single(bytes, out);
        }
    }
}

/// Reads little-endian singles.
fn expand_single(bytes: &[u8], out: &mut [f32]) {
    for (out, bytes) in out.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *out = f32::from_le_bytes(*bytes);
    }
}
