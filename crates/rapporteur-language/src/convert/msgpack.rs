//! Reads msgpack, the format of spaCy's binary files.

use crate::error::Error;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Nil,
    Bool(bool),
    /// All of msgpack's integers fit.
    Int(i128),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

/// Reads a whole file.
pub(super) fn read<'a>(file: &str, bytes: &'a [u8]) -> Result<Value<'a>, Error> {
    let mut reader = Reader { rest: bytes };
    match reader.value(32) {
        Some(value) if reader.rest.is_empty() => Ok(value),
        _ => Err(Error::damaged(format!("{file} is not msgpack"))),
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(head)
    }

    fn unsigned(&mut self, bytes: usize) -> Option<u64> {
        Some(self.take(bytes)?.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    fn length(&mut self, bytes: usize) -> Option<usize> {
        usize::try_from(self.unsigned(bytes)?).ok()
    }

    fn signed(&mut self, bytes: usize) -> Option<Value<'a>> {
        let unused = 64 - 8 * bytes as u32;
        let number = (self.unsigned(bytes)? << unused) as i64 >> unused;
        Some(Value::Int(number.into()))
    }

    /// `depth` bounds nesting, so that a crafted file cannot exhaust the stack.
    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        let depth = depth.checked_sub(1)?;
        let first = self.take(1)?[0];
        let low = usize::from(first & 0x0f);
        Some(match first {
            0x00..=0x7f => Value::Int(first.into()),
            0x80..=0x8f => self.map(low, depth)?,
            0x90..=0x9f => self.list(low, depth)?,
            0xa0..=0xbf => self.text(usize::from(first & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4..=0xc6 => {
                let len = self.length(1 << (first - 0xc4))?;
                Value::Bytes(self.take(len)?)
            }
            0xca => Value::Float(f32::from_bits(self.unsigned(4)? as u32).into()),
            0xcb => Value::Float(f64::from_bits(self.unsigned(8)?)),
            0xcc..=0xcf => Value::Int(self.unsigned(1 << (first - 0xcc))?.into()),
            0xd0..=0xd3 => self.signed(1 << (first - 0xd0))?,
            0xd9..=0xdb => {
                let len = self.length(1 << (first - 0xd9))?;
                self.text(len)?
            }
            0xdc | 0xdd => {
                let len = self.length(2 << (first - 0xdc))?;
                self.list(len, depth)?
            }
            0xde | 0xdf => {
                let len = self.length(2 << (first - 0xde))?;
                self.map(len, depth)?
            }
            0xe0..=0xff => Value::Int((first as i8).into()),
            _ => return None,
        })
    }

    fn text(&mut self, len: usize) -> Option<Value<'a>> {
        std::str::from_utf8(self.take(len)?).ok().map(Value::Text)
    }

    fn list(&mut self, len: usize, depth: usize) -> Option<Value<'a>> {
        let mut items = Vec::new();
        for _ in 0..len {
            items.push(self.value(depth)?);
        }
        Some(Value::List(items))
    }

    fn map(&mut self, len: usize, depth: usize) -> Option<Value<'a>> {
        let mut items = Vec::new();
        for _ in 0..len {
            items.push((self.value(depth)?, self.value(depth)?));
        }
        Some(Value::Map(items))
    }
}

impl<'a> Value<'a> {
    /// The value of a key, which may be text or bytes.
    pub(super) fn get(&self, key: &str) -> Option<&Value<'a>> {
        let Self::Map(items) = self else { return None };
        let same = |k: &Value<'_>| match k {
            Value::Text(text) => *text == key,
            Value::Bytes(bytes) => *bytes == key.as_bytes(),
            _ => false,
        };
        items.iter().find(|(k, _)| same(k)).map(|(_, value)| value)
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(super) fn int(&self) -> Option<i128> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    pub(super) fn list(&self) -> Option<&[Value<'a>]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    pub(super) fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        if let Self::Map(items) = self { Some(items) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_nesting() {
        let bytes =
            [0x93, 0xff, 0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0xa1, b'k', 0xd1, 0xff, 0x00];
        let value = read("test", &bytes).unwrap();
        let items = value.list().unwrap();
        assert_eq!(items[0].int(), Some(-1));
        assert_eq!(items[1].int(), Some(u64::MAX.into()));
        assert_eq!(items[2].get("k").and_then(Value::int), Some(-256));
        for end in 0..bytes.len() {
            assert!(read("test", &bytes[..end]).is_err());
        }
        assert!(read("deep", &[0x91; 1000]).is_err());
        assert!(read("wild length", &[0xdd, 0xff, 0xff, 0xff, 0xff]).is_err());
    }
}
