//! Takes the weights out of spaCy's model files and packs them as the kernels want them.

use super::Precision;
use super::msgpack::{self, Value};
use crate::error::Error;
use crate::kernels::{BLOCK, LANES};
use crate::model::spec::{Column, Dense, Encoder, FEATURES, Layer, Tensor, Transition};

/// The arrays of one model file, by the name of the node they belong to, in the order of the nodes.
pub(super) struct Nodes<'a> {
    component: &'a str,
    nodes: Vec<Node<'a>>,
}

struct Node<'a> {
    name: &'a str,
    params: Vec<(&'a str, Vec<usize>, Vec<f32>)>,
    seed: Option<u32>,
}

/// An array: its shape and its numbers.
struct Array<'n> {
    shape: &'n [usize],
    data: &'n [f32],
}

impl Array<'_> {
    fn demand(&self, component: &str, shape: &[usize]) -> Result<(), Error> {
        if self.shape == shape {
            return Ok(());
        }
        Err(Error::unsupported(component, format!("an array of shape {:?} where {shape:?} was expected", self.shape)))
    }
}

impl<'a> Nodes<'a> {
    pub(super) fn read(component: &'a str, bytes: &'a [u8]) -> Result<Self, Error> {
        let file = msgpack::read(&format!("{component}/model"), bytes)?;
        let broken = || Error::damaged(format!("{component}/model is not a model"));
        let list = |name: &str| file.get(name).and_then(Value::list).ok_or_else(broken);
        let (names, params, attrs) = (list("nodes")?, list("params")?, list("attrs")?);
        let mut nodes = Vec::new();
        for (i, node) in names.iter().enumerate() {
            let name = node.get("name").and_then(Value::text).ok_or_else(broken)?;
            let arrays = params.get(i).and_then(Value::map).unwrap_or(&[]);
            let params = arrays
                .iter()
                .filter(|(_, value)| *value != Value::Nil)
                .map(|(key, value)| {
                    let (shape, data) = array(value).ok_or_else(broken)?;
                    Ok((key.text().ok_or_else(broken)?, shape, data))
                })
                .collect::<Result<_, Error>>()?;
            let seed = attrs.get(i).and_then(|attrs| attrs.get("seed")).and_then(|seed| match seed {
                Value::Bytes(bytes) => msgpack::read("seed", bytes).ok()?.int(),
                other => other.int(),
            });
            nodes.push(Node { name, params, seed: seed.and_then(|seed| u32::try_from(seed).ok()) });
        }
        Ok(Self { component, nodes })
    }

    fn named(&self, name: &str) -> Vec<&Node<'a>> {
        self.nodes.iter().filter(|node| node.name == name && !node.params.is_empty()).collect()
    }

    fn one(&self, name: &str) -> Result<&Node<'a>, Error> {
        match self.named(name).as_slice() {
            [node] => Ok(node),
            nodes => Err(Error::unsupported(self.component, format!("{} layers of the kind {name}", nodes.len()))),
        }
    }

    fn array<'n>(&self, node: &'n Node<'a>, param: &str) -> Result<Array<'n>, Error> {
        let found = node.params.iter().find(|(name, ..)| *name == param);
        let (_, shape, data) =
            found.ok_or_else(|| Error::damaged(format!("{}: no {param} in {}", self.component, node.name)))?;
        Ok(Array { shape, data })
    }

    /// The CNN encoder in this file, whose columns see these features.
    pub(super) fn encoder(&self, out: &mut Writer, width: usize, features: &[String]) -> Result<Encoder, Error> {
        let unsupported = |what: String| Error::unsupported(self.component, what);
        let (tables, maxouts, norms) = (self.named("hashembed"), self.named("maxout"), self.named("layernorm"));
        if tables.len() != features.len() || maxouts.len() != norms.len() || maxouts.len() < 2 {
            let what = format!("{} tables, {} maxout layers, {} norms", tables.len(), maxouts.len(), norms.len());
            return Err(unsupported(what));
        }
        let mut columns = Vec::new();
        for (node, feature) in tables.iter().zip(features) {
            let at = FEATURES.iter().position(|known| known == feature);
            let feature = at.ok_or_else(|| unsupported(format!("the feature {feature}")))? as u8;
            let array = self.array(node, "E")?;
            let rows = array.shape.first().copied().unwrap_or(0);
            array.demand(self.component, &[rows, width])?;
            let seed =
                node.seed.ok_or_else(|| Error::damaged(format!("{}: a table without a seed", self.component)))?;
            columns.push(Column { feature, seed, rows: rows as u32, table: out.table(array.data)? });
        }
        let mut layers = Vec::new();
        for (i, (maxout, norm)) in maxouts.iter().zip(&norms).enumerate() {
            let inputs = if i == 0 { columns.len() * width } else { 3 * width };
            let (w, b) = (self.array(maxout, "W")?, self.array(maxout, "b")?);
            w.demand(self.component, &[width, 3, inputs])?;
            b.demand(self.component, &[width, 3])?;
            let (gain, shift) = (self.array(norm, "G")?, self.array(norm, "b")?);
            gain.demand(self.component, &[width])?;
            shift.demand(self.component, &[width])?;
            // Number n of a block holds output (n / 16 of the whole) of piece n % 48 / 16.
            let from = |n: usize| {
                let (block, piece, lane) = (n / BLOCK, n % BLOCK / LANES, n % LANES);
                (block * LANES + lane) * 3 + piece
            };
            layers.push(Layer {
                inputs: inputs as u32,
                weights: out.table(&pack(w.data, inputs, width * 3, from))?,
                bias: out.exact(&(0..width * 3).map(|n| b.data[from(n)]).collect::<Vec<_>>()),
                gain: out.exact(gain.data),
                shift: out.exact(shift.data),
            });
        }
        let mixer = layers.remove(0);
        Ok(Encoder { width: width as u32, columns, mixer, layers })
    }

    /// The one linear or softmax layer of this file.
    pub(super) fn dense(&self, out: &mut Writer, kind: &str, inputs: usize) -> Result<Dense, Error> {
        let node = self.one(kind)?;
        let (w, b) = (self.array(node, "W")?, self.array(node, "b")?);
        let outputs = b.data.len();
        w.demand(self.component, &[outputs, inputs])?;
        dense(out, w.data, b.data, inputs, outputs, |n| n)
    }

    /// The layers of a parser or entity recogniser.
    pub(super) fn transition(
        &self,
        out: &mut Writer,
        width: usize,
        hidden: usize,
        moves: Vec<(u8, String)>,
    ) -> Result<Transition, Error> {
        let node = self.one("precomputable_affine")?;
        let (w, b, pad) = (self.array(node, "W")?, self.array(node, "b")?, self.array(node, "pad")?);
        let features = w.shape.first().copied().unwrap_or(0);
        w.demand(self.component, &[features, hidden, 2, hidden])?;
        b.demand(self.component, &[hidden, 2])?;
        pad.demand(self.component, &[1, features, hidden, 2])?;
        // Ours is feature, piece, unit; theirs feature, unit, piece.
        let from = |n: usize| {
            let (feature, piece, unit) = (n / (2 * hidden), n / hidden % 2, n % hidden);
            (feature * hidden + unit) * 2 + piece
        };
        let outputs = features * 2 * hidden;
        let zeros = vec![0.0; outputs];
        let lower = dense(out, w.data, &zeros, hidden, outputs, from)?;
        // Two linear layers: the one under the precomputed part and the one that scores the classes.
        let linears = self.named("linear");
        let inputs_of = |node: &&Node<'a>| self.array(node, "W").ok().and_then(|w| w.shape.get(1).copied());
        let (linear, upper) = match linears.as_slice() {
            [upper, linear] if inputs_of(upper) == Some(hidden) && inputs_of(linear) == Some(width) => (linear, upper),
            _ => {
                return Err(Error::unsupported(self.component, "layers other than those of TransitionBasedParser.v2"));
            }
        };
        let (lw, lb) = (self.array(linear, "W")?, self.array(linear, "b")?);
        lw.demand(self.component, &[hidden, width])?;
        lb.demand(self.component, &[hidden])?;
        let (uw, ub) = (self.array(upper, "W")?, self.array(upper, "b")?);
        uw.demand(self.component, &[moves.len(), hidden])?;
        ub.demand(self.component, &[moves.len()])?;
        let padded = moves.len().next_multiple_of(LANES);
        let mut upper = vec![0.0; hidden * padded];
        for (class, row) in uw.data.chunks_exact(hidden).enumerate() {
            row.iter().enumerate().for_each(|(i, value)| upper[i * padded + class] = *value);
        }
        let mut upper_bias = ub.data.to_vec();
        upper_bias.resize(padded, 0.0);
        Ok(Transition {
            features: features as u32,
            hidden: hidden as u32,
            linear: dense(out, lw.data, lb.data, width, hidden, |n| n)?,
            lower,
            lower_bias: out.exact(&(0..2 * hidden).map(|n| b.data[from(n)]).collect::<Vec<_>>()),
            pad: out.exact(&(0..outputs).map(|n| pad.data[from(n)]).collect::<Vec<_>>()),
            upper: out.table(&upper)?,
            upper_bias: out.exact(&upper_bias),
            moves,
        })
    }
}

fn dense(
    out: &mut Writer,
    w: &[f32],
    b: &[f32],
    inputs: usize,
    outputs: usize,
    from: impl Fn(usize) -> usize,
) -> Result<Dense, Error> {
    let mut bias: Vec<f32> = (0..outputs).map(|n| b[from(n)]).collect();
    bias.resize(outputs.next_multiple_of(BLOCK), 0.0);
    Ok(Dense {
        inputs: inputs as u32,
        outputs: outputs as u32,
        weights: out.table(&pack(w, inputs, outputs, from))?,
        bias: out.exact(&bias),
    })
}

/// Packs rows of `inputs` weights as `[block][input][48]`; number `n` comes from row `from(n)`; missing rows are zero.
fn pack(w: &[f32], inputs: usize, outputs: usize, from: impl Fn(usize) -> usize) -> Vec<f32> {
    let blocks = outputs.div_ceil(BLOCK);
    let mut packed = vec![0.0; blocks * inputs * BLOCK];
    for n in 0..outputs {
        let (row, block, within) = (from(n), n / BLOCK, n % BLOCK);
        for i in 0..inputs {
            packed[(block * inputs + i) * BLOCK + within] = w[row * inputs + i];
        }
    }
    packed
}

fn array(value: &Value<'_>) -> Option<(Vec<usize>, Vec<f32>)> {
    if value.get("type")?.text()? != "<f4" {
        return None;
    }
    let shape: Vec<usize> =
        value.get("shape")?.list()?.iter().map(|n| usize::try_from(n.int()?).ok()).collect::<Option<_>>()?;
    let Value::Bytes(data) = value.get("data")? else {
        return None;
    };
    let len = shape.iter().try_fold(1usize, |product, &n| product.checked_mul(n))?;
    if data.len() != len.checked_mul(4)? {
        return None;
    }
    Some((shape, data.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()))
}

/// Collects the weights section.
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
    precision: Precision,
}

impl Writer {
    pub(super) fn new(precision: Precision) -> Self {
        Self { bytes: Vec::new(), precision }
    }

    fn begin(&mut self, half: bool, len: usize) -> Tensor {
        self.bytes.resize(self.bytes.len().next_multiple_of(64), 0);
        Tensor { half, offset: self.bytes.len() as u64, len: len as u32 }
    }

    /// Many numbers, in the precision asked for.
    fn table(&mut self, numbers: &[f32]) -> Result<Tensor, Error> {
        if self.precision == Precision::Single {
            return Ok(self.exact(numbers));
        }
        let tensor = self.begin(true, numbers.len());
        for &number in numbers {
            let half =
                half(number).ok_or_else(|| Error::unsupported("weights", format!("{number} has no half float")))?;
            self.bytes.extend(half.to_le_bytes());
        }
        Ok(tensor)
    }

    /// A few numbers that are kept as they are.
    fn exact(&mut self, numbers: &[f32]) -> Tensor {
        let tensor = self.begin(false, numbers.len());
        self.bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        tensor
    }
}

/// The nearest half float, ties to even; `None` beyond its range.
fn half(number: f32) -> Option<u16> {
    let bits = number.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    let size = number.abs();
    if size.is_nan() || size >= 65520.0 {
        return None;
    }
    if size < f32::from_bits(0x3880_0000) {
        // Below 2^-14 halves are evenly spaced by 2^-24; adding 0.5 × 2^… rounds to that grid, ties to even.
        let steps = (f64::from(size) * f64::from(1u32 << 24)).round_ties_even();
        return Some(sign | steps as u16);
    }
    let bits = size.to_bits();
    let rounded = bits + 0xfff + (bits >> 13 & 1);
    Some(sign | ((rounded >> 13) - (112 << 10)) as u16)
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn halves() {
        for (number, want) in [
            (0.0, 0),
            (-0.0, 0x8000),
            (1.0, 0x3c00),
            (-2.0, 0xc000),
            (65504.0, 0x7bff),
            (0.1, 0x2e66),
            (1.0 + 1.0 / 2048.0, 0x3c00),
            (1.0 + 3.0 / 2048.0, 0x3c02),
            (6e-8, 1),
            (6.1e-5, 0x03ff),
        ] {
            assert_eq!(half(number), Some(want), "{number}");
        }
        assert_eq!(half(1e6), None);
    }
}
