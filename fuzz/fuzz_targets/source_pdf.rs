//! What is drawn on a page, wherever it is drawn, is laid out; and whatever the process says that read a PDF is a report or an error.
//! The crate that draws panics when it pleases, and is not what is tried: it never runs in the process that reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur_source::{lay_out_for_fuzzing, reply_for_fuzzing};

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    if first % 4 == 3 {
        return reply_for_fuzzing(rest);
    }
    // Near each other, as letters are, or anywhere.
    let number = |bytes: &[u8]| match first % 2 {
        0 => f32::from(i16::from_le_bytes([bytes[0], bytes[1]])) / 32.0,
        _ => f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
    };
    let letters: Vec<_> = rest
        .chunks_exact(17)
        .take(20_000)
        .map(|b| (number(&b[..4]), number(&b[4..8]), number(&b[8..12]), number(&b[12..16]), char::from(b[16])))
        .collect();
    lay_out_for_fuzzing(&letters);
});
