//! Texts and findings are kept deflated: they are many, and alike within themselves.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Cause;

/// What one packed value may unfold to: far more than any report, far less than memory.
const LIMIT: u64 = 1 << 30;

/// Bytes, smaller.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>, Cause> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(3));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// The bytes that were packed.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, Cause> {
    let mut bytes = Vec::with_capacity(packed.len() * 4);
    DeflateDecoder::new(packed).take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text that was packed.
pub(crate) fn unpack_text(packed: &[u8]) -> Result<String, Cause> {
    String::from_utf8(unpack(packed)?).map_err(|_| Cause::Damaged("a text in it is no UTF-8".into()))
}

/// A value as packed JSON.
pub(crate) fn pack_json(value: &impl Serialize) -> Result<Vec<u8>, Cause> {
    pack(&serde_json::to_vec(value)?)
}

/// The value that was packed.
pub(crate) fn unpack_json<T: DeserializeOwned>(packed: &[u8]) -> Result<T, Cause> {
    Ok(serde_json::from_slice(&unpack(packed)?)?)
}
