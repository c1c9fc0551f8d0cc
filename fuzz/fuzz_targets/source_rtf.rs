//! RTF of any bytes is a report or an error.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let mut rtf = b"{\\rtf1".to_vec();
    rtf.extend_from_slice(data);
    read(&rtf);
});
