//! Writes and reads the small, irregular part of a model file: numbers, strings and lists, little-endian, nothing clever.
//!
//! Reading trusts nothing: every length is checked against the bytes that are left before anything is allocated.

use crate::error::Error;

/// Bytes still to be read.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn take(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let (head, rest) =
            self.rest.split_at_checked(len).ok_or_else(|| Error::damaged("the description ends early"))?;
        self.rest = rest;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (head, rest) = self.rest.split_first_chunk().ok_or_else(|| Error::damaged("the description ends early"))?;
        self.rest = rest;
        Ok(*head)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Something with a stored form.
#[cfg_attr(not(feature = "convert"), allow(dead_code, reason = "only the converter writes"))]
pub(crate) trait Store: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn get(from: &mut Reader<'_>) -> Result<Self, Error>;
}

macro_rules! store_number {
    ($($number:ty),*) => {$(
        impl Store for $number {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
                Ok(Self::from_le_bytes(from.array()?))
            }
        }
    )*};
}
store_number!(u8, u32, u64);

impl Store for bool {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(*self).put(out);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
        match u8::get(from)? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(Error::damaged(format!("{other} where yes or no was expected"))),
        }
    }
}

impl Store for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
        let len = u32::get(from)? as usize;
        let bytes = from.take(len)?;
        let text = std::str::from_utf8(bytes).map_err(|_| Error::damaged("a string is not UTF-8"))?;
        Ok(text.to_owned())
    }
}

impl<T: Store> Store for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|item| item.put(out));
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
        let len = u32::get(from)? as usize;
        // Every item takes at least a byte, so a wild length is caught before memory is asked for.
        if len > from.rest.len() {
            return Err(Error::damaged(format!("a list of {len} items in {} bytes", from.rest.len())));
        }
        let mut items = Self::new();
        for _ in 0..len {
            items.push(T::get(from)?);
        }
        Ok(items)
    }
}

impl<A: Store, B: Store> Store for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }
    fn get(from: &mut Reader<'_>) -> Result<Self, Error> {
        Ok((A::get(from)?, B::get(from)?))
    }
}

/// Declares a struct and its stored form: the fields in order.
macro_rules! stored {
    ($($(#[$doc:meta])* struct $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct $name { $($(#[$fdoc])* pub(crate) $field: $type,)* }

        impl $crate::model::codec::Store for $name {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)*
            }
            fn get(from: &mut $crate::model::codec::Reader<'_>) -> Result<Self, $crate::error::Error> {
                Ok(Self { $($field: $crate::model::codec::Store::get(from)?,)* })
            }
        }
    )*};
}
pub(crate) use stored;
