//! Cases and properties of the cutting.

use proptest::prelude::*;

use super::*;

/// A small vocabulary in which every ASCII letter is known.
fn vocabulary() -> WordPiece {
    let mut lines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\ntalks\nun\n##avail\n##able\ncafe\n¥\n日\n本\n—\n’\n".to_owned();
    for c in ('a'..='z').chain('0'..='9') {
        lines.push_str(&format!("{c}\n##{c}\n"));
    }
    for c in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".chars() {
        lines.push_str(&format!("{c}\n"));
    }
    WordPiece::new(&lines).unwrap()
}

/// The text of each piece, with `##` where it goes on a word and `?` before it where it is unknown.
fn shown(text: &str) -> Vec<String> {
    let v = vocabulary();
    let of = |p: &Piece| {
        let mark = if p.id == v.unknown { "?" } else { "" };
        format!("{mark}{}{}", if p.begins { "" } else { "##" }, &text[p.start..p.end])
    };
    v.pieces(text, 0..text.len()).iter().map(of).collect()
}

#[test]
fn words_are_cut_longest_piece_first() {
    assert_eq!(shown("The talks"), ["The", "talks"]);
    assert_eq!(shown("unavailable"), ["un", "##avail", "##able"]);
    assert_eq!(shown("it's"), ["i", "##t", "'", "s"]);
    assert_eq!(
        shown("[CLS]"),
        ["[", "c", "##l", "##s", "]"].map(|s| s.replace('c', "C").replace('l', "L").replace('s', "S"))
    );
}

#[test]
fn accents_and_case_go_and_places_stay() {
    assert_eq!(shown("CAFÉ"), ["CAFÉ"]);
    // The accent as a character of its own belongs to no piece.
    assert_eq!(shown("cafe\u{301}"), ["cafe"]);
    assert_eq!(shown("İ"), ["İ"]);
    assert_eq!(shown("\u{feff}the\u{200b}"), ["the"]);
    assert_eq!(shown("th\u{ad}e"), ["th\u{ad}e"]);
}

#[test]
fn ideographs_and_punctuation_stand_apart() {
    assert_eq!(shown("日本the"), ["日", "本", "the"]);
    assert_eq!(shown("the—talks’ ¥"), ["the", "—", "talks", "’", "¥"]);
    assert_eq!(shown("a\u{a0}b\u{2003}c\nd"), ["a", "b", "c", "d"]);
}

#[test]
fn what_has_no_pieces_is_unknown_as_a_whole() {
    assert_eq!(shown("aжb c"), ["?aжb", "c"]);
    assert_eq!(shown(&format!("{} b", "a".repeat(101))), [format!("?{}", "a".repeat(101)), "b".into()]);
    assert_eq!(shown(&"a".repeat(100)).len(), 100);
    assert!(WordPiece::new("a\nb").unwrap_err().is_damaged());
}

#[test]
fn a_part_that_is_none_has_no_pieces() {
    let v = vocabulary();
    assert_eq!(v.pieces("é", 1..2), []);
    assert_eq!(v.pieces("a", 0..2), []);
    let inner = v.pieces("the talks", 4..9);
    assert_eq!((inner.len(), inner[0].start, inner[0].end), (1, 4, 9));
}

proptest! {
    #[test]
    fn places_are_in_order_and_on_boundaries(text in "(\\PC|the|É|[\\x00-\\x20]|e\u{301}|\u{1f468}\u{200d}\u{1f469}|ﬁ|가|ä){0,60}") {
        let pieces = vocabulary().pieces(&text, 0..text.len());
        let mut after = 0;
        for piece in &pieces {
            prop_assert!(text.is_char_boundary(piece.start) && text.is_char_boundary(piece.end));
            prop_assert!(piece.start < piece.end && piece.end <= text.len());
            // Two pieces may share one character of the text that became two, never go back.
            prop_assert!(piece.start >= after || piece.end == after);
            after = piece.end;
        }
        prop_assert!(pieces.first().is_none_or(|p| p.begins));
    }
}
