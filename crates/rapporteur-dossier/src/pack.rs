//! Texts and findings are kept deflated: they are many, and alike within themselves and among each other.
//!
//! What is JSON is deflated behind a dictionary of the names in it, which costs most where a report is short. The library
//! behind `flate2` knows no dictionaries, so that is done by hand: written first, then cut off up to the byte where a
//! flush left the stream; put before it again when it is read.

use std::io::{Read, Write};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Cause;

/// What one packed value may unfold to: far more than any report, far less than memory.
const LIMIT: u64 = 1 << 30;

/// Stands before what was deflated behind the dictionary. No deflated stream begins so (a block of the sort that is
/// reserved), so what the first form kept is told from it.
const MARK: u8 = 0b111;

/// What findings, heads and maps have in common, the most frequent last. Never changed once released: another one gets
/// another mark.
const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");

/// The dictionary as a stored block of a deflated stream.
static BEFORE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let length = (DICTIONARY.len() as u16).to_le_bytes();
    let mut block = vec![0, length[0], length[1], !length[0], !length[1]];
    block.extend(DICTIONARY);
    block
});

/// Bytes, smaller.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>, Cause> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// The bytes that were packed, in whatever form.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, Cause> {
    let mut bytes = Vec::with_capacity(packed.len() * 4);
    match packed {
        [MARK, rest @ ..] => {
            let mut decoder = DeflateDecoder::new(BEFORE.as_slice().chain(rest)).take(LIMIT);
            let mut dictionary = [0; DICTIONARY.len()];
            decoder.read_exact(&mut dictionary)?;
            decoder.read_to_end(&mut bytes)?;
        }
        _ => {
            DeflateDecoder::new(packed).take(LIMIT).read_to_end(&mut bytes)?;
        }
    }
    Ok(bytes)
}

/// The text that was packed.
pub(crate) fn unpack_text(packed: &[u8]) -> Result<String, Cause> {
    String::from_utf8(unpack(packed)?).map_err(|_| Cause::Damaged("a text in it is no UTF-8".into()))
}

/// A value as packed JSON.
pub(crate) fn pack_json(value: &impl Serialize) -> Result<Vec<u8>, Cause> {
    let json = serde_json::to_vec(value)?;
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(DICTIONARY.len() + json.len() / 2), Compression::new(6));
    encoder.write_all(DICTIONARY)?;
    encoder.flush()?;
    let cut = encoder.get_ref().len();
    encoder.write_all(&json)?;
    let deflated = encoder.finish()?;
    let mut packed = Vec::with_capacity(1 + deflated.len() - cut);
    packed.push(MARK);
    packed.extend(&deflated[cut..]);
    Ok(packed)
}

/// The value that was packed.
pub(crate) fn unpack_json<T: DeserializeOwned>(packed: &[u8]) -> Result<T, Cause> {
    Ok(serde_json::from_slice(&unpack(packed)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        for text in ["", "a", r#"{"kind":"body","start":12}"#, &"The weir stays open. ".repeat(9_000)] {
            assert_eq!(unpack_text(&pack(text.as_bytes()).unwrap()).unwrap(), text);
            assert_eq!(unpack_json::<String>(&pack_json(&text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn names_that_the_dictionary_has_take_little_room() {
        let value = serde_json::json!({"iso3166": null, "country": null, "mentions": [], "offices": []});
        assert!(pack_json(&value).unwrap().len() < 30);
    }

    #[test]
    fn the_dictionary_stays_as_it_was_released() {
        // Files hold what was deflated behind it: another dictionary gets another mark.
        assert!(DICTIONARY.len() < 1 << 15);
        assert_eq!(
            rapporteur_schema::sha256(DICTIONARY),
            "d11393653d263f73fc55d4f9233ead8e5555f9e7cf135a5c0168b17990185a57"
        );
    }
}
