//! Takes weights out of the file: checked, expanded to single precision, on cache-line boundaries.

use std::ops::Range;

use super::spec::Tensor;
use crate::error::Error;
use crate::kernels::{Buffer, Level, expand_half};

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
        if tensor.half {
            expand_half(self.level, bytes, &mut out);
        } else {
            expand_single(bytes, &mut out);
        }
        Ok(out)
    }
}

/// Reads little-endian singles.
pub(crate) fn expand_single(bytes: &[u8], out: &mut [f32]) {
    for (out, bytes) in out.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *out = f32::from_le_bytes(*bytes);
    }
}
