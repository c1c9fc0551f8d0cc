//! Subtitles of any bytes are a report or an error. The first byte says of which format.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut subtitles: Vec<u8> = if first % 2 == 0 {
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n".to_vec()
    } else {
        b"1\n00:00:01,000 --> 00:00:02,000\n".to_vec()
    };
    subtitles.extend_from_slice(rest);
    read(&subtitles);
});
