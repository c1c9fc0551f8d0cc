//! Takes one JSON object after another out of a stream, by its brackets alone.

use std::io;

use crate::unpack::Unpacked;

/// What comes next.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// The bytes from `{` to its `}`.
    Object(Vec<u8>),
    /// An object that is too long and was passed over.
    TooLong,
    /// Something that is no object.
    Wrong(String),
    End,
}

/// The next object; the brackets and commas of an array around the objects are passed over.
pub(super) fn next(bytes: &mut Unpacked<'_>, limit: usize) -> io::Result<Next> {
    loop {
        let Some(&byte) = bytes.ahead()?.first() else { return Ok(Next::End) };
        match byte {
            b'{' => return object(bytes, limit),
            b'[' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf => bytes.advance(1),
            other => {
                let what = format!("begins with {:?}, not with \"{{\"", char::from(other));
                return Ok(Next::Wrong(what));
            }
        }
    }
}

fn object(bytes: &mut Unpacked<'_>, limit: usize) -> io::Result<Next> {
    let mut out = Vec::new();
    let (mut depth, mut in_string, mut escaped, mut length) = (0u64, false, false, 0usize);
    loop {
        let ahead = bytes.ahead()?;
        if ahead.is_empty() {
            return Ok(Next::Wrong("ends too early: a bracket is not closed".into()));
        }
        let mut end = None;
        for (at, &byte) in ahead.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                _ if in_string => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                end = Some(at + 1);
                break;
            }
        }
        let amount = end.unwrap_or(ahead.len());
        length += amount;
        if length <= limit {
            out.extend_from_slice(&ahead[..amount]);
        }
        bytes.advance(amount);
        if end.is_some() {
            return Ok(if length <= limit { Next::Object(out) } else { Next::TooLong });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(json: &str, limit: usize) -> Vec<Next> {
        let mut bytes = Unpacked::new(Box::new(json.as_bytes())).unwrap();
        let mut out = Vec::new();
        loop {
            out.push(next(&mut bytes, limit).unwrap());
            if matches!(out.last(), Some(Next::End | Next::Wrong(_))) {
                return out;
            }
        }
    }

    #[test]
    fn objects_are_cut_out_by_their_brackets() {
        let object = |s: &str| Next::Object(s.into());
        let json = " [ {\"a\": \"}\\\"{\"},\n{\"b\": [{}]} ]";
        assert_eq!(all(json, 99), [object("{\"a\": \"}\\\"{\"}"), object("{\"b\": [{}]}"), Next::End]);
        assert_eq!(all("{\"a\": 123456}{}", 9), [Next::TooLong, object("{}"), Next::End]);
        assert!(matches!(all("[{}, 7]", 9)[1], Next::Wrong(_)) && matches!(all("[{", 9)[0], Next::Wrong(_)));
    }
}
