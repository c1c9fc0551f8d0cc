//! A table from strings to bytes that is used where it lies in the file: nothing is built at start-up.
//!
//! Layout: the number of buckets (a power of two), for each bucket where its entries begin, one more for the end,
//! then the entries: key length (u8), value length (u16), key, value. A look-up reads one bucket, about three entries.

use crate::error::Error;
use crate::hash::quick;

/// A view of a stored table.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    mask: usize,
    starts: &'a [u8],
    entries: &'a [u8],
}

impl<'a> Table<'a> {
    /// A table with nothing in it.
    pub(crate) const EMPTY: Table<'static> = Table { mask: 0, starts: &[0; 8], entries: &[] };

    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        let broken = || Error::damaged("a table is cut off");
        let (count, rest) = bytes.split_first_chunk::<4>().ok_or_else(broken)?;
        let buckets = u32::from_le_bytes(*count) as usize;
        if !buckets.is_power_of_two() {
            return Err(Error::damaged(format!("a table of {buckets} buckets")));
        }
        let (starts, entries) = rest.split_at_checked((buckets + 1) * 4).ok_or_else(broken)?;
        Ok(Self { mask: buckets - 1, starts, entries })
    }

    /// The value of a key. A table that lies about its offsets has no values; it never makes us read outside.
    pub(crate) fn get(&self, key: &[u8]) -> Option<&'a [u8]> {
        let bucket = quick(key) as usize & self.mask;
        let mut rest = self.entries.get(self.start(bucket)?..self.start(bucket + 1)?)?;
        while let [key_len, low, high, after @ ..] = rest {
            let value_len = usize::from(u16::from_le_bytes([*low, *high]));
            let (this, after) = after.split_at_checked(usize::from(*key_len))?;
            let (value, after) = after.split_at_checked(value_len)?;
            if this == key {
                return Some(value);
            }
            rest = after;
        }
        None
    }

    fn start(&self, bucket: usize) -> Option<usize> {
        let bytes = self.starts.get(bucket * 4..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*bytes) as usize)
    }

    /// Lays out a table. Keys of more than 255 bytes, values of more than 65,535, are left out and counted.
    #[cfg(any(test, feature = "convert"))]
    pub(crate) fn build<'k>(items: impl IntoIterator<Item = (&'k [u8], &'k [u8])>) -> (Vec<u8>, usize) {
        let items: Vec<_> = items.into_iter().collect();
        let buckets = (items.len() / 3).next_power_of_two();
        let mut filled = vec![Vec::new(); buckets];
        let mut left_out = 0;
        for (key, value) in items {
            match (u8::try_from(key.len()), u16::try_from(value.len())) {
                (Ok(key_len), Ok(value_len)) => {
                    let bucket: &mut Vec<u8> = &mut filled[quick(key) as usize & (buckets - 1)];
                    bucket.push(key_len);
                    bucket.extend(value_len.to_le_bytes());
                    bucket.extend(key);
                    bucket.extend(value);
                }
                _ => left_out += 1,
            }
        }
        let mut out = (buckets as u32).to_le_bytes().to_vec();
        let mut start = 0u32;
        for bucket in &filled {
            out.extend(start.to_le_bytes());
            start += bucket.len() as u32;
        }
        out.extend(start.to_le_bytes());
        out.extend(filled.concat());
        (out, left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let items: Vec<(String, String)> = (0..1000).map(|i| (format!("key{i}"), "v".repeat(i))).collect();
        let (bytes, left_out) = Table::build(items.iter().map(|(k, v)| (k.as_bytes(), v.as_bytes())));
        assert_eq!(left_out, 0);
        let table = Table::new(&bytes).unwrap();
        for (key, value) in &items {
            assert_eq!(table.get(key.as_bytes()), Some(value.as_bytes()));
        }
        assert_eq!(table.get(b"key1000"), None);
        let (empty, _) = Table::build([]);
        assert_eq!(Table::new(&empty).unwrap().get(b""), None);
    }

    #[test]
    fn damage_gives_no_value_and_no_panic() {
        let (bytes, _) = Table::build([(&b"a"[..], &b"b"[..]), (b"c", b"d")]);
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bent = bytes.clone();
                bent[at] ^= 1 << bit;
                if let Ok(table) = Table::new(&bent) {
                    table.get(b"a");
                    table.get(b"c");
                }
            }
            assert!(Table::new(&bytes[..at]).is_err() || at >= 12);
        }
    }
}
