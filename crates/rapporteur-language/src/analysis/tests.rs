//! Walking what the pipeline found, and texts that nobody writes.

use crate::{Analysis, Dep, EntType, Pipeline, Pos, Tag};

const TEXT: &str = "The senator and her aides, who had met in Paris on Monday, said that the U.S. would not send troops. \
                    “We don’t want that,” she told reporters.";

fn analyze(text: &str) -> Analysis {
    Pipeline::builtin().analyze(text)
}

fn find(analysis: &Analysis, text: &str, word: &str) -> usize {
    (0..analysis.len()).find(|&i| analysis.text(i, text) == word).unwrap()
}

fn words<'t>(analysis: &Analysis, text: &'t str, tokens: impl Iterator<Item = usize>) -> Vec<&'t str> {
    tokens.map(|i| analysis.text(i, text)).collect()
}

#[test]
fn walking_the_tree() {
    let a = analyze(TEXT);
    let at = |word: &str| find(&a, TEXT, word);
    let said = at("said");
    assert!(a.is_root(said) && a.token(said).dep == Dep::Root && a.token(said).pos == Pos::Verb);
    assert_eq!(words(&a, TEXT, a.lefts(said)).first(), Some(&"senator"));
    assert_eq!(words(&a, TEXT, a.conjuncts(at("senator"))), ["aides"]);
    assert_eq!(words(&a, TEXT, a.conjuncts(at("aides"))), ["senator"]);
    assert_eq!(a.clause_of(at("troops")), Some(at("send")));
    assert_eq!(a.clause_of(at("Paris")), Some(at("met")));
    assert_eq!(a.clause_of(at("senator")), Some(said));
    assert_eq!(a.root_of(at("troops")), said);
    assert!(a.is_within(at("troops"), at("send")) && !a.is_within(at("senator"), at("send")));
    let subtree: Vec<usize> = a.subtree(at("send")).collect();
    assert_eq!(subtree.first().copied(), Some(a.left_edge(at("send"))));
    assert!(subtree.windows(2).all(|pair| pair[0] < pair[1]));
    for i in 0..a.len() {
        assert!(a.children(i).all(|child| a.head(child) == i));
        assert_eq!(a.lefts(i).chain(a.rights(i)).collect::<Vec<_>>(), a.children(i).collect::<Vec<_>>());
        assert!(a.sentence_of(i).contains(&i) && a.sentence_of(i).contains(&a.head(i)));
    }
}

#[test]
fn sentences_entities_chunks_and_features() {
    let a = analyze(TEXT);
    let at = |word: &str| find(&a, TEXT, word);
    assert_eq!(a.sentences().len(), 2);
    assert_eq!(&TEXT[a.bytes(a.sentences().second())], "“We don’t want that,” she told reporters.");
    let entities: Vec<_> = a.entities().iter().map(|e| (&TEXT[a.bytes(e.tokens())], e.label)).collect();
    assert_eq!(entities, [("Paris", EntType::Gpe), ("Monday", EntType::Date), ("U.S.", EntType::Gpe)]);
    assert_eq!(a.entity_of(at("Paris")).map(|e| e.label), Some(EntType::Gpe));
    assert_eq!(a.entity_of(at("said")), None);
    let chunks: Vec<_> = a.noun_chunks().map(|chunk| &TEXT[a.bytes(chunk)]).collect();
    assert!(chunks.contains(&"The senator") && chunks.contains(&"her aides"), "{chunks:?}");
    assert_eq!(a.lemma(at("aides")), "aide");
    assert_eq!(a.norm(at("n’t")), "not");
    assert_eq!(a.feature(at("aides"), "Number"), Some("Plur"));
    assert_eq!(a.token(at("Paris")).tag, Tag::Nnp);
    assert_eq!(a.token_at(TEXT.find("troops").unwrap()), Some(at("troops")));
    // Equal strings are equal symbols.
    let that: Vec<_> = (0..a.len()).filter(|&i| a.norm(i) == "that").map(|i| a.token(i).norm).collect();
    assert!(that.len() > 1 && that.windows(2).all(|pair| pair[0] == pair[1]));
}

trait Second {
    fn second(self) -> std::ops::Range<usize>;
}

impl<I: Iterator<Item = std::ops::Range<usize>>> Second for I {
    fn second(mut self) -> std::ops::Range<usize> {
        self.nth(1).unwrap()
    }
}

#[test]
fn texts_that_nobody_writes() {
    let long_word = "x".repeat(1 << 20);
    let quotes = "\"'“”‘’".repeat(2000);
    let dots = ".".repeat(100_000);
    let odd = "☃".repeat(20_000);
    let brackets = "(".repeat(20_000);
    for text in [
        "",
        " ",
        "  ",
        "\n",
        "\n\n \t",
        "\u{301}",
        "\u{301}\u{301} a",
        "\0",
        "\u{feff}",
        "a\u{0}b",
        "🙂🙃",
        "'",
        "\u{a0}",
        "((((",
        "http://",
        "@@@@....",
        &long_word,
        &quotes,
        &dots,
        &odd,
        &brackets,
    ] {
        let a = analyze(text);
        assert_eq!(a.is_empty(), a.tokens().is_empty());
        assert_eq!(a.sentences().map(|s| s.len()).sum::<usize>(), a.len());
        a.noun_chunks().for_each(drop);
        (0..a.len()).for_each(|i| assert!(a.clause_of(i).is_none_or(|verb| verb < a.len())));
    }
}

#[test]
fn a_very_long_sentence_takes_linear_time() {
    let sentence = "the old man said that his friend, who lived in Paris with the dog and ".repeat(1500);
    let a = analyze(&sentence);
    assert!(a.len() > 20_000);
    assert_eq!(a.sentences().map(|s| s.len()).sum::<usize>(), a.len());
}

#[test]
fn blocks_and_caches_change_nothing() {
    // Longer than several blocks, so that far tokens leave the parser's ring; every worker state gives the same.
    let text = TEXT.repeat(60);
    let fresh = Pipeline::from_bytes(include_bytes!("../../model/en_core_web_sm-3.8.0.rlm")).unwrap();
    let first = fresh.analyze(&text);
    for _ in 0..2 {
        fresh.analyze("Something else entirely, with other words: 1, 2, 3.");
        let again = fresh.analyze(&text);
        assert!(
            again.tokens().iter().zip(first.tokens()).all(|(a, b)| (a.head, a.tag, a.dep) == (b.head, b.tag, b.dep))
        );
        assert_eq!(again.tokens().len(), first.tokens().len());
        assert_eq!(again.tokens(), first.tokens());
    }
}

#[test]
fn threads_change_nothing() {
    let texts: Vec<String> = (0..9).map(|i| TEXT.repeat(i)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let one = Pipeline::builtin().analyze_all(&texts, 1);
    for threads in [0, 2, 5, 100] {
        let many = Pipeline::builtin().analyze_all(&texts, threads);
        assert_eq!(one.len(), many.len());
        for (a, b) in one.iter().zip(&many) {
            assert_eq!(a.tokens(), b.tokens());
            assert_eq!(a.entities(), b.entities());
            assert!((0..a.len()).all(|i| a.lemma(i) == b.lemma(i)));
        }
    }
}

#[test]
fn every_level_of_kernels_gives_the_same_analysis() {
    let levels = Pipeline::all_levels();
    let want = levels[0].analyze(TEXT);
    for pipeline in &levels[1..] {
        assert_eq!(pipeline.analyze(TEXT).tokens(), want.tokens(), "{}", pipeline.kernels());
    }
}

#[test]
fn a_damaged_model_is_an_error() {
    let file = include_bytes!("../../model/en_core_web_sm-3.8.0.rlm");
    assert!(Pipeline::from_bytes(file).is_ok());
    for end in [0, 7, 31, 100, 5000, file.len() / 2, file.len() - 1] {
        assert!(Pipeline::from_bytes(&file[..end]).is_err_and(|error| error.is_damaged()));
    }
    for at in (0..file.len()).step_by(file.len() / 50) {
        let mut bent = file.to_vec();
        bent[at] ^= 0x10;
        assert!(Pipeline::from_bytes(&bent).is_err_and(|error| error.is_damaged()), "{at}");
    }
    assert!(Pipeline::load("/no/such/file").is_err_and(|error| error.is_io()));
}
