//! A growable block of numbers that starts on a cache line, so that no vector load straddles two.

/// Bytes in a cache line.
const LINE: usize = 64;

/// Numbers on a cache line's boundary; reads and writes as a slice.
///
/// The memory is asked for as zeros, which the system gives lazily: a large buffer costs nothing until it is used.
/// (An allocation with a larger alignment would be written with zeros at once; hence the offset.)
#[derive(Default)]
pub struct Buffer<T = f32> {
    memory: Vec<T>,
    offset: usize,
    len: usize,
}

impl<T: Copy + Default> Buffer<T> {
    /// `len` zeros.
    pub fn zeros(len: usize) -> Self {
        let line = LINE / size_of::<T>();
        let memory = vec![T::default(); len + line - 1];
        let offset = memory.as_ptr().align_offset(LINE).min(line - 1);
        Self { memory, offset, len }
    }

    /// Grows to at least `len` numbers (new ones zero); never shrinks.
    pub fn reserve_len(&mut self, len: usize) {
        if len > self.len {
            let mut grown = Self::zeros(len);
            grown[..self.len].copy_from_slice(self);
            *self = grown;
        }
    }
}

impl<T> std::ops::Deref for Buffer<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.memory[self.offset..self.offset + self.len]
    }
}

impl<T> std::ops::DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.memory[self.offset..self.offset + self.len]
    }
}
