//! A page of any bytes is a report or an error.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let mut page = b"<!DOCTYPE html>".to_vec();
    page.extend_from_slice(data);
    read(&page);
});
