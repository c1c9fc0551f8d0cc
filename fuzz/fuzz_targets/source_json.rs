//! Objects of any bytes are reports or errors. The first byte says what they begin like.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut json: Vec<u8> = match first % 4 {
        0 => b"{\"text\": \"".to_vec(),
        1 => b"[{\"articleBody\": \"A\", ".to_vec(),
        2 => b"{\"text\": \"A word.\"}\n{".to_vec(),
        _ => b"{".to_vec(),
    };
    json.extend_from_slice(rest);
    read(&json);
});
