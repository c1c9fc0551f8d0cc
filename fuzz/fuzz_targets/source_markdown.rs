//! Marks of Markdown are made invisible in any text: as many code points as before, and each block lies in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur_source::{Metadata, from_text, strip_markdown};

fuzz_target!(|text: &str| {
    if let Ok((report, _)) = from_text("draft.md", text, &Metadata::default()) {
        let unmarked = strip_markdown(&report);
        assert_eq!(unmarked.report.text.chars(), report.text.chars());
        for block in unmarked.blocks {
            assert!(block.end() <= report.text.chars());
        }
    }
});
