//! A message, or a file of messages, of any bytes is reports or errors. The first byte says what it begins like.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut mail: Vec<u8> = if first % 2 == 0 { b"From x Mon May  5 10:00:00 2031\n".to_vec() } else { Vec::new() };
    mail.extend_from_slice(b"From: a@b.example\nSubject: c\nMIME-Version: 1.0\n");
    if first % 4 < 2 {
        mail.extend_from_slice(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n");
    }
    mail.extend_from_slice(rest);
    read(&mail);
});
