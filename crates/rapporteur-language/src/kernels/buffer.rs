//! A growable block of numbers that starts on a cache line, so that no vector load straddles two.

use super::LANES;

/// Numbers on a cache line's boundary; reads and writes as a slice.
///
/// The memory is asked for as zeros, which the system gives lazily: a large buffer costs nothing until it is used.
/// (An allocation with a larger alignment would be written with zeros at once; hence the offset.)
#[derive(Default)]
pub(crate) struct Buffer {
    memory: Vec<f32>,
    offset: usize,
    len: usize,
}

impl Buffer {
    /// `len` zeros.
    pub(crate) fn zeros(len: usize) -> Self {
        let memory = vec![0.0; len + LANES - 1];
        let offset = memory.as_ptr().align_offset(LANES * size_of::<f32>()).min(LANES - 1);
        Self { memory, offset, len }
    }

    /// Grows to at least `len` numbers (new ones zero); never shrinks.
    pub(crate) fn reserve_len(&mut self, len: usize) {
        if len > self.len {
            let mut grown = Self::zeros(len);
            grown[..self.len].copy_from_slice(self);
            *self = grown;
        }
    }
}

impl std::ops::Deref for Buffer {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        &self.memory[self.offset..self.offset + self.len]
    }
}

impl std::ops::DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.memory[self.offset..self.offset + self.len]
    }
}
