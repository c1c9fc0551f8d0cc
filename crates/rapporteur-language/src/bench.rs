//! The arithmetic by itself, for `cargo xtask bench kernels`. No part of what this crate offers: it comes with the feature
//! `bench` and may change at any time. It reads no clock; who calls it does.

use crate::kernels::{self, Buffer, LANES, Level, Packed, Rows};
use crate::neural::{BLOCK_TOKENS, Dense, Transition, add_row};
use crate::pipeline::Pipeline;

/// What a measured layer does with its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Hands all of them on.
    Dense,
    /// Hands on the largest of each three.
    Maxout,
    /// As [`Kind::Maxout`], and its rows overlap: a window over three neighbours.
    Window,
    /// One row only: the scores of one action.
    Score,
}

/// A layer's size.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What it is called in reports.
    pub name: String,
    /// What is done with the sums.
    pub kind: Kind,
    /// Rows at once.
    pub rows: usize,
    /// Numbers in a row of input.
    pub inputs: usize,
    /// Numbers a row makes, padding included.
    pub outputs: usize,
}

impl Shape {
    /// Floating-point operations of one run: a multiplication and an addition for each weight and row.
    pub fn operations(&self) -> f64 {
        2.0 * (self.rows * self.inputs * self.outputs) as f64
    }
}

/// The shapes that the built-in model has.
pub fn model_shapes() -> Vec<Shape> {
    let model = Pipeline::builtin().model();
    let mut shapes = Vec::new();
    let mut add = |name: &str, kind, rows, (inputs, outputs)| {
        shapes.push(Shape { name: name.to_owned(), kind, rows, inputs, outputs });
    };
    let [mixer, first, other] = model.shared.sizes();
    add("mixing layer", Kind::Maxout, 64, mixer);
    add("first convolution, by word", Kind::Dense, 64, first);
    add("convolution", Kind::Window, BLOCK_TOKENS, other);
    let dense = |dense: &Dense| (dense.inputs, dense.stride());
    add("tagger", Kind::Dense, BLOCK_TOKENS, dense(&model.tagger));
    let mut transition = |[linear, lower, upper]: [&str; 3], layers: &Transition| {
        add(linear, Kind::Dense, BLOCK_TOKENS, dense(&layers.linear));
        add(lower, Kind::Dense, BLOCK_TOKENS, dense(&layers.lower));
        add(upper, Kind::Score, 1, (layers.hidden, layers.classes.next_multiple_of(LANES)));
    };
    transition(["parser, linear", "parser, lower", "parser, upper (one action)"], model.parser.transition());
    transition(["names, linear", "names, lower", "names, upper (one action)"], model.ner.transition());
    shapes
}

/// The shapes of a layer of MiniLM (384 wide, 1,536 within), for some numbers of rows.
pub fn minilm_shapes() -> Vec<Shape> {
    let sizes = [(384, 384), (384, 1536), (1536, 384)];
    let rows = [32, 128, 256];
    let shape = |(inputs, outputs): (usize, usize), rows| Shape {
        name: format!("MiniLM {inputs} to {outputs}"),
        kind: Kind::Dense,
        rows,
        inputs,
        outputs,
    };
    sizes.into_iter().flat_map(|size| rows.map(|rows| shape(size, rows))).collect()
}

/// A layer with numbers in it, ready to run.
pub struct Layer {
    shape: Shape,
    level: Level,
    stride: usize,
    x: Buffer,
    weights: Packed,
    out: Buffer,
}

impl Layer {
    /// Fills a layer of this shape with numbers.
    pub fn new(level: Level, shape: &Shape) -> Self {
        let stride = if shape.kind == Kind::Window { shape.inputs / 3 } else { shape.inputs };
        let mut x = Buffer::zeros((shape.rows - 1) * stride + shape.inputs);
        fill(&mut x);
        let padded = shape.outputs.next_multiple_of(kernels::BLOCK);
        let mut bias = Buffer::zeros(padded);
        fill(&mut bias);
        let weights = Packed::new(level, shape.inputs, bias, |_, out| fill(out));
        Self { shape: shape.clone(), level, stride, x, weights, out: Buffer::zeros(shape.rows * padded) }
    }

    /// Does it once.
    pub fn run(&mut self) {
        let rows = Rows::new(&self.x, self.stride, self.shape.inputs, self.shape.rows);
        let outputs = self.shape.outputs;
        match self.shape.kind {
            Kind::Dense => kernels::dense(rows, &self.weights, &mut self.out),
            Kind::Maxout | Kind::Window => kernels::maxout(rows, &self.weights, &mut self.out),
            Kind::Score => {
                let (w, b) = (&self.weights.weights()[..outputs * self.shape.inputs], &self.weights.bias()[..outputs]);
                kernels::score(self.level, w, b, &self.x, &mut self.out[..outputs]);
            }
        }
        std::hint::black_box(&mut self.out[..]);
    }
}

/// Multiply-adds in registers, `times` rounds; gives the floating-point operations done.
pub fn multiply_adds(level: Level, times: u64) -> f64 {
    let (numbers, sum) = kernels::multiply_adds(level, times);
    std::hint::black_box(sum);
    2.0 * numbers as f64 * times as f64
}

/// Words looked up in a table of vectors: a new word's rows from all over it, expanded and added.
pub struct Lookups {
    level: Level,
    out: Buffer,
}

impl Lookups {
    /// Words a run.
    pub const WORDS: usize = 256;

    /// For a level.
    pub fn new(level: Level) -> Self {
        Self { level, out: Buffer::zeros(Pipeline::builtin().model().shared.width) }
    }

    /// Looks the words up.
    pub fn run(&mut self) {
        let model = Pipeline::builtin().model();
        let (table, half, rows) = model.shared.table(model);
        for n in 0..Self::WORDS * model.shared.rows_of_a_word() {
            add_row(self.level, table, half, n.wrapping_mul(2_654_435_761) % rows, &mut self.out);
        }
        std::hint::black_box(&mut self.out[..]);
    }
}

/// The first convolution of words that were met before: sums of three kept products, as far apart as they come.
pub struct KeptWords {
    level: Level,
    products: Buffer,
    gain: Buffer,
    out: Buffer,
}

impl KeptWords {
    /// Words a run.
    pub const WORDS: usize = 256;
    /// Words kept.
    const KEPT: usize = 4096;

    /// For a level.
    pub fn new(level: Level) -> Self {
        let width = Pipeline::builtin().model().shared.width;
        let mut products = Buffer::zeros(Self::KEPT * 9 * width);
        fill(&mut products);
        let mut gain = Buffer::zeros(width);
        fill(&mut gain);
        Self { level, products, gain, out: Buffer::zeros(Self::WORDS * width) }
    }

    /// Adds them up.
    pub fn run(&mut self) {
        let width = self.gain.len();
        let part = |n: usize, place: usize| {
            let row = n.wrapping_mul(2_654_435_761) % Self::KEPT;
            &self.products[(row * 3 + place) * 3 * width..][..3 * width]
        };
        for (n, out) in self.out.chunks_exact_mut(width).enumerate() {
            kernels::sum_maxout(self.level, [part(n, 0), part(n + 1, 1), part(n + 2, 2)], out);
        }
        kernels::norm_add(self.level, &mut self.out, None, &self.gain, &self.gain);
        std::hint::black_box(&mut self.out[..]);
    }
}

/// Repeatable numbers between -1 and 1.
fn fill(out: &mut [f32]) {
    let mut state = 1u32;
    for out in out {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *out = (state >> 8) as f32 / (1u32 << 23) as f32 - 1.0;
    }
}
