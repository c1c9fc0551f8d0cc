//! Any text has an analysis whose parts fit each other.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur_language::Pipeline;

fuzz_target!(|text: &str| {
    let a = Pipeline::builtin().analyze(text);
    assert_eq!(
        a.sentences().map(|sentence| sentence.len()).sum::<usize>(),
        a.len()
    );
    for i in 0..a.len() {
        let _ = (
            a.text(i, text),
            a.lemma(i),
            a.norm(i),
            a.shape(i),
            a.morph(i),
        );
        assert!(a.head(i) < a.len() && a.ancestors(i).count() < a.len());
        assert!(a.subtree(i).all(|below| below < a.len()));
        a.clause_of(i);
    }
    a.noun_chunks()
        .for_each(|chunk| drop(&text[a.bytes(chunk)]));
    a.entities()
        .iter()
        .for_each(|entity| drop(&text[a.bytes(entity.tokens())]));
});
