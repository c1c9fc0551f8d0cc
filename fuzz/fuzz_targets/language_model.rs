//! A model file of any bytes is an error or a pipeline that analyses, never a crash. The checksum is put right, so that what
//! lies behind it is reached: the input names places in the real file and what to write there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur_language::Pipeline;

static FILE: &[u8] =
    include_bytes!("../../crates/rapporteur-language/model/en_core_web_sm-3.8.0.rlm");

fuzz_target!(|data: &[u8]| {
    if data.first().is_some_and(|first| first % 8 == 0) {
        let _ = Pipeline::from_bytes(data);
        return;
    }
    let mut file = FILE.to_vec();
    for change in data.chunks_exact(4) {
        // The header and the description lie in the first 90 kB; most of the description is the patterns.
        let at = 3 * usize::from(u16::from_le_bytes([change[0], change[1]])) / 2
            + usize::from(change[3] % 2);
        file[at] = change[2];
    }
    rapporteur_language::convert::seal(&mut file);
    if let Ok(pipeline) = Pipeline::from_bytes(&file) {
        pipeline.analyze("He said: “Don’t.” It cost $5 in Paris.");
    }
});
