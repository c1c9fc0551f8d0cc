//! What begins like gzip is unpacked or an error; every second input is packed well, and cut at any place.
#![no_main]

mod reading;

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    if first % 2 == 0 {
        let mut packed = vec![0x1f, 0x8b, 8];
        packed.extend_from_slice(rest);
        read(&packed);
        return;
    }
    let Some((cut, rest)) = rest.split_first() else { return };
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let _ = packer.write_all(rest);
    let packed = packer.finish().unwrap_or_default();
    let kept = packed.len() * (256 - usize::from(*cut)) / 256;
    read(&packed[..kept]);
});
