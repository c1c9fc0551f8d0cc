//! Tokens cover the text in order; only single spaces lie between them. Short texts, so that many are tried.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur_language::Pipeline;

fuzz_target!(|text: &str| {
    let analysis = Pipeline::builtin().analyze(text.get(..64).unwrap_or(text));
    let mut at = 0;
    for token in analysis.tokens() {
        assert_eq!(token.start as usize, at);
        assert!(token.end > token.start);
        at = token.end as usize + usize::from(token.space_after);
    }
});
