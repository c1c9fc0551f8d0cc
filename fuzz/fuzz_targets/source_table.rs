//! A table of any bytes is reports or errors.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read_as;

fuzz_target!(|data: &[u8]| {
    let mut table = b"text,title,date,\n".to_vec();
    table.extend_from_slice(data);
    read_as("csv", &table);
});
