//! A tagger of chance weights in the right shapes, for tests and for `cargo xtask bench reader`. No part of what this crate offers: it
//! comes with the feature `bench` and may change at any time.

use std::borrow::Cow;

use rapporteur_language::Level;
use serde_json::json;

use crate::tagger::{BUILTIN_FILE, BUILTIN_VOCABULARY, Family, Role, Tag};
use crate::tensors::write;
use crate::{Error, Tagger};

/// Sizes of a tagger.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Layers.
    pub layers: usize,
    /// Numbers of a state.
    pub width: usize,
    /// Numbers within a layer.
    pub inner: usize,
    /// Heads of attention.
    pub heads: usize,
    /// Whether the labels read the state before the window too.
    pub wide: bool,
}

impl Sizes {
    /// MiniLM's, with so many layers.
    pub fn minilm(layers: usize) -> Self {
        Self { layers, width: 384, inner: 1536, heads: 12, wide: false }
    }
}

/// The vocabulary that is part of the program.
pub fn vocabulary() -> &'static str {
    BUILTIN_VOCABULARY
}

/// The tagger that is part of the program for other kernels; `None` in a build that has none.
///
/// # Errors
/// As [`Tagger::from_bytes`].
pub fn builtin_for(level: Level) -> Option<Result<Tagger, Error>> {
    let read = || Tagger::read_for(Cow::Borrowed(BUILTIN_FILE), BUILTIN_VOCABULARY, level);
    (!BUILTIN_FILE.is_empty()).then(read)
}

/// A tensor of a weights file: its name, type, shape and bytes.
pub(crate) type Tensor = (String, &'static str, Vec<usize>, Vec<u8>);

/// Makes tensors of repeatable numbers.
struct Maker {
    state: u64,
    tensors: Vec<Tensor>,
}

impl Maker {
    /// The next number, from -1 to 1.
    fn next(&mut self) -> f32 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }

    fn single(&mut self, name: &str, shape: &[usize], middle: f32, size: f32) {
        let bytes = (0..shape.iter().product()).flat_map(|_| (middle + size * self.next()).to_le_bytes()).collect();
        self.tensors.push((name.into(), "F32", shape.to_vec(), bytes));
    }

    /// Whole numbers with a scale a row, which comes to numbers of about `size`.
    fn whole(&mut self, name: &str, [rows, columns]: [usize; 2], size: f32) {
        let bytes = (0..rows * columns).map(|_| ((self.next() * 127.0) as i8).cast_unsigned()).collect();
        self.tensors.push((format!("{name}.weight"), "I8", vec![rows, columns], bytes));
        self.single(&format!("{name}.scale"), &[rows], size / 127.0, size / 500.0);
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.single(&format!("{name}.weight"), &[width], 1.0, 0.3);
        self.single(&format!("{name}.bias"), &[width], 0.0, 0.3);
    }
}

/// The tensors of a tagger for so many pieces.
pub(crate) fn tensors(pieces: usize, sizes: Sizes) -> Vec<Tensor> {
    let Sizes { layers, width, inner, wide, .. } = sizes;
    let mut maker = Maker { state: 1, tensors: Vec::new() };
    maker.whole("embeddings.word", [pieces, width], 1.0);
    let halves = (0..256 * width).flat_map(|n| (0x2c00 + ((n * 37) % 0x0a00) as u16).to_le_bytes()).collect();
    maker.tensors.push(("embeddings.position".into(), "F16", vec![256, width], halves));
    maker.norm("embeddings.norm", width);
    for n in 0..layers {
        let matrices =
            [("qkv", 3 * width, width), ("attention", width, width), ("inner", inner, width), ("outer", width, inner)];
        for (part, rows, columns) in matrices {
            let name = format!("layer.{n}.{part}");
            maker.whole(&name, [rows, columns], 3.0 / (columns as f32).sqrt());
            maker.single(&format!("{name}.bias"), &[rows], 0.0, 0.1);
        }
        maker.norm(&format!("layer.{n}.norm1"), width);
        maker.norm(&format!("layer.{n}.norm2"), width);
    }
    let rows = [
        ("tag", Tag::ALL.len(), width),
        ("role.query", Role::ALL.len() * 64, width),
        ("role.key", Role::ALL.len() * 64, width),
        ("stance", 8, if wide { 2 * width } else { width }),
        ("status", 8, if wide { 2 * width } else { width }),
        ("kind", 8, if wide { 2 * width } else { width }),
    ];
    for (name, rows, columns) in rows {
        maker.single(&format!("{name}.weight"), &[rows, columns], 0.0, 2.0 / (columns as f32).sqrt());
        maker.single(&format!("{name}.bias"), &[rows], -0.5, 0.1);
    }
    maker.single("role.bias", &[Role::ALL.len()], -0.5, 0.1);
    maker.tensors
}

/// A weights file of these tensors.
pub(crate) fn file(tensors: &[Tensor], sizes: Sizes) -> Vec<u8> {
    let tags: Vec<_> = Tag::ALL.iter().map(|tag| json!([tag.name(), 0.5])).collect();
    let roles: Vec<_> = Role::ALL.iter().map(|role| json!(role.name())).collect();
    let labels: Vec<_> = (0..8).map(|n| json!(format!("label {n}"))).collect();
    let mut notes = vec![
        ("layers".to_owned(), sizes.layers.to_string()),
        ("heads".into(), sizes.heads.to_string()),
        ("tags".into(), json!(tags).to_string()),
        ("roles".into(), json!(roles).to_string()),
        ("thresholds".into(), json!({"stance.holder": 0.4}).to_string()),
    ];
    notes.extend(Family::ALL.map(|family| (family.names()[1].to_owned(), json!(labels).to_string())));
    let notes: Vec<(&str, &str)> = notes.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    write(tensors, &notes)
}

/// A weights file of chance numbers for so many pieces.
pub fn random(pieces: usize, sizes: Sizes) -> Vec<u8> {
    file(&tensors(pieces, sizes), sizes)
}
