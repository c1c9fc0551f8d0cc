//! Rust and Python together: the built-in tagger says of an invented text what the script that wrote it said (`train/export.py`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ops::Range;

use rapporteur_reader::{Family, Role, Tag, Tagged, Tagger};
use serde_json::Value;

static GOLDEN: &str = include_str!("../weights/tagger.golden.json");

/// Python works in single precision with the weights as the file has them; here inputs of layers are rounded to 15 bits besides.
const NEAR: f64 = 2e-3;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

/// Remembers the largest difference.
#[derive(Default)]
struct Difference(f64);

impl Difference {
    fn see(&mut self, what: &str, have: f32, want: &Value) {
        let apart = (f64::from(have) - want.as_f64().unwrap()).abs();
        assert!(apart <= NEAR, "{what}: {have} against {want}");
        self.0 = self.0.max(apart);
    }
}

#[test]
fn rust_says_what_python_said() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let (Some(tagger), Some(text)) = (Tagger::builtin(), golden["text"].as_str()) else {
        assert!(Tagger::builtin().is_none() && golden["text"].is_null(), "weights and golden file come together");
        return;
    };
    assert_eq!(Some(tagger.name()), golden["name"].as_str());
    // The golden file counts characters.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let windows = tagger.windows(text);
    let want = list(&golden["windows"]);
    assert_eq!(windows.len(), want.len());
    let mut difference = Difference::default();
    let all = tagger.read(text, &windows);
    for (tagged, want) in all.iter().zip(want) {
        let pieces = tagger.pieces(text, tagged.window());
        let inner = 1..list(&want["ids"]).len() - 1;
        let ids: Vec<usize> = list(&want["ids"])[inner.clone()].iter().map(number).collect();
        assert_eq!(pieces.iter().map(|piece| piece.id as usize).collect::<Vec<_>>(), ids);
        let place = |offset: &Value| [bytes[number(&offset[0])], bytes[number(&offset[1])]];
        let places: Vec<[usize; 2]> = list(&want["offsets"])[inner.clone()].iter().map(place).collect();
        assert_eq!(pieces.iter().map(|piece| [piece.start, piece.end]).collect::<Vec<_>>(), places);
        let names: Vec<&str> = list(&golden["tags"]).iter().filter_map(Value::as_str).collect();
        assert_eq!(names, Tag::ALL.map(Tag::name));
        for (have, want) in tagged.piece_scores().iter().zip(&list(&want["tags"])[inner]) {
            have.iter().zip(list(want)).for_each(|(have, want)| difference.see("tag", *have, want));
        }
    }
    assert!(!list(&golden["anchors"]).is_empty());
    for anchor in list(&golden["anchors"]) {
        let tagged = &all[number(&anchor["window"])];
        // Pieces are counted from the one before the window.
        let pieces = number(&anchor["first"]) - 1..number(&anchor["last"]);
        check_anchor(tagger, text, tagged, pieces, anchor, &mut difference);
    }
    println!("the largest difference: {:.1e}", difference.0);
}

fn check_anchor(
    tagger: &Tagger,
    text: &str,
    tagged: &Tagged<'_>,
    pieces: Range<usize>,
    want: &Value,
    difference: &mut Difference,
) {
    let places = tagger.pieces(text, tagged.window());
    let place = places[pieces.start].start..places[pieces.end - 1].end;
    let tag = Tag::ALL.into_iter().find(|tag| Some(tag.name()) == want["kind"].as_str()).unwrap();
    let anchor = tagged.anchor_at(tag, place.clone()).unwrap();
    assert_eq!(anchor.at, place);
    for role in Role::ALL {
        let want = list(&want["roles"][role.name()]);
        assert_eq!(want.len(), places.len() + 2);
        let have = tagged.role_scores(role, &anchor);
        have.iter().zip(&want[1..]).for_each(|(have, want)| difference.see(role.name(), *have, want));
    }
    for (family, name) in [(Family::Stance, "stance"), (Family::Status, "status"), (Family::Kind, "kind")] {
        let labels = tagged.labels(family, &anchor);
        assert_eq!(labels.len(), want["labels"][name].as_object().unwrap().len());
        labels
            .iter()
            .for_each(|label| difference.see(label.name, label.probability, &want["labels"][name][label.name]));
    }
}
