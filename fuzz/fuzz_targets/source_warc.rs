//! An archive of any bytes is reports or errors. What the records should have is put in front of every second input.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut archive = b"WARC/1.0\r\n".to_vec();
    if first % 2 == 0 {
        let head = format!(
            "WARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http;msgtype=response\r\n\
             Content-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
            rest.len() + 42
        );
        archive.extend_from_slice(head.as_bytes());
    }
    archive.extend_from_slice(rest);
    read(&archive);
});
