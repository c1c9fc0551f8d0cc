//! What Word writes, of any bytes, is a report or an error: the text of a package, or the package itself.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::{package, read};

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    // Every fourth is a package of any bytes.
    if first % 4 == 3 {
        let mut package = b"PK\x03\x04".to_vec();
        package.extend_from_slice(rest);
        return read(&package);
    }
    let mut xml = b"<w:document><w:body><w:p>".to_vec();
    xml.extend_from_slice(rest);
    read(&package(&[("word/document.xml", &xml), ("word/footnotes.xml", rest)]));
});
