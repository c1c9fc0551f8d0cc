//! The layers that read a piece's last state: tags, roles, labels.

use rapporteur_language::Level;
use rapporteur_language::dense::{self, Buffer, Matrix, Memory};
use serde_json::Value;

use super::names::{Each, Family, Role, Tag};
use crate::error::Error;
use crate::tensors::Tensors;

/// A threshold that the file does not give.
const MIDDLE: f32 = 0.5;

/// A name's place in a layer's outputs, and its threshold.
#[derive(Clone, Copy, Debug)]
struct Place {
    column: usize,
    threshold: f32,
}

struct RoleHead {
    /// A row an input.
    query: Buffer,
    query_bias: Buffer,
    /// A row an output.
    key: Buffer,
    key_bias: Buffer,
    bias: f32,
    threshold: f32,
}

struct Labels {
    names: Vec<String>,
    layer: Matrix,
    /// Whether it reads the state before the window beside the anchor's.
    wide: bool,
}

pub(super) struct Heads {
    level: Level,
    width: usize,
    tag: Matrix,
    tags: Each<Option<Place>, 8>,
    roles: Each<Option<RoleHead>, 9>,
    families: Each<Option<Labels>, 3>,
}

impl Heads {
    pub(super) fn read(tensors: &Tensors<'_>, level: Level, width: usize) -> Result<Self, Error> {
        let names = |note| names(tensors, note);
        let tags = names("tags")?;
        let places = |wanted: &str| {
            let column = tags.iter().position(|(name, _)| name == wanted)?;
            Some(Place { column, threshold: tags[column].1 })
        };
        let roles = names("roles")?;
        Ok(Self {
            level,
            width,
            tag: tensors.layer(level, "tag", width, tags.len())?,
            tags: Each(Tag::ALL.map(|tag| places(tag.name()))),
            roles: Each(role_heads(tensors, &roles, width)?),
            families: Each(families(tensors, level, width)?),
        })
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn threshold(&self, tag: Tag) -> f32 {
        self.tags[tag].map_or(MIDDLE, |place| place.threshold)
    }

    pub(super) fn role_threshold(&self, role: Role) -> f32 {
        self.roles[role].as_ref().map_or(MIDDLE, |head| head.threshold)
    }

    /// The scores of each of `count` states for every tag, in the order of [`Tag::ALL`]; 0 for one that the file does not know.
    pub(super) fn tags(&self, states: &[f32], count: usize, memory: &mut Memory, out: &mut Buffer) -> Vec<[f32; 8]> {
        let stride = self.tag.stride();
        out.reserve_len(count * stride);
        self.tag.apply(states, count, memory, out);
        let of = |row: &[f32]| Tag::ALL.map(|tag| self.tags[tag].map_or(f32::MIN, |place| row[place.column]));
        let mut scores: Vec<[f32; 8]> = out.chunks_exact(stride).take(count).map(of).collect();
        dense::sigmoid(self.level, scores.as_flattened_mut());
        scores.iter_mut().for_each(|row| {
            Tag::ALL.iter().filter(|tag| self.tags[**tag].is_none()).for_each(|tag| row[*tag as usize] = 0.0);
        });
        scores
    }

    /// How likely each of the states has the role for an anchor of this state.
    pub(super) fn role(&self, role: Role, anchor: &[f32], states: &[f32]) -> Vec<f32> {
        let Some(head) = &self.roles[role] else {
            return vec![0.0; states.len() / self.width];
        };
        let mut query = Buffer::zeros(head.query_bias.len());
        dense::sum_rows(self.level, &head.query, anchor, &head.query_bias, &mut query);
        // query · (key h + bias) = (queryᵀ key) h + query · bias: so no piece's key need be worked out.
        let mut over = Buffer::zeros(self.width);
        dense::sum_rows(self.level, &head.key, &query, &Buffer::zeros(self.width), &mut over);
        let base = dot(&query, &head.key_bias) + head.bias;
        let mut scores: Vec<f32> = states.chunks_exact(self.width).map(|state| dot(&over, state) + base).collect();
        dense::sigmoid(self.level, &mut scores);
        scores
    }

    /// The labels of a family with their probabilities, as the file orders them.
    pub(super) fn labels(&self, family: Family, anchor: &[f32], opening: &[f32]) -> Vec<(&str, f32)> {
        let Some(labels) = &self.families[family] else {
            return Vec::new();
        };
        let mut x = anchor.to_vec();
        if labels.wide {
            x.extend(opening);
        }
        let mut out = Buffer::zeros(labels.layer.stride());
        labels.layer.apply(&x, 1, &mut Memory::default(), &mut out);
        let out = &mut out[..labels.names.len()];
        dense::softmax(self.level, out);
        labels.names.iter().map(String::as_str).zip(out.iter().copied()).collect()
    }
}

/// The sum of products, in a fixed order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        for lane in 0..16 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

fn role_heads(tensors: &Tensors<'_>, names: &[(String, f32)], width: usize) -> Result<[Option<RoleHead>; 9], Error> {
    let mut heads = [const { None }; 9];
    if names.is_empty() {
        return Ok(heads);
    }
    let [rows, _] = tensors.sizes("role.query.weight")?;
    let size = rows / names.len();
    if size * names.len() != rows || !size.is_multiple_of(16) || size == 0 {
        return Err(Error::unsupported(format!("{rows} rows for {} roles", names.len())));
    }
    let matrix = |name| tensors.numbers(name, &[rows, width]);
    let (query, key) = (matrix("role.query.weight")?, matrix("role.key.weight")?);
    let (query_bias, key_bias) =
        (tensors.numbers("role.query.bias", &[rows])?, tensors.numbers("role.key.bias", &[rows])?);
    let bias = tensors.numbers("role.bias", &[names.len()])?;
    let part = |all: &[f32], n: usize, size: usize| {
        let mut part = Buffer::zeros(size);
        part.copy_from_slice(&all[n * size..][..size]);
        part
    };
    for (head, role) in heads.iter_mut().zip(Role::ALL) {
        let Some(n) = names.iter().position(|(name, _)| name == role.name()) else {
            continue;
        };
        let rows = part(&query, n, size * width);
        let mut turned = Buffer::zeros(size * width);
        for (o, row) in rows.chunks_exact(width).enumerate() {
            row.iter().enumerate().for_each(|(i, w)| turned[i * size + o] = *w);
        }
        *head = Some(RoleHead {
            query: turned,
            query_bias: part(&query_bias, n, size),
            key: part(&key, n, size * width),
            key_bias: part(&key_bias, n, size),
            bias: bias[n],
            threshold: names[n].1,
        });
    }
    Ok(heads)
}

fn families(tensors: &Tensors<'_>, level: Level, width: usize) -> Result<[Option<Labels>; 3], Error> {
    let mut all = [const { None }; 3];
    for (to, family) in all.iter_mut().zip(Family::ALL) {
        let [layer, note] = family.names();
        let weight = format!("{layer}.weight");
        if !tensors.has(&weight) {
            continue;
        }
        let names: Vec<String> = names(tensors, note)?.into_iter().map(|(name, _)| name).collect();
        let [_, inputs] = tensors.sizes(&weight)?;
        if inputs != width && inputs != 2 * width {
            return Err(Error::unsupported(format!("labels {layer} of {inputs} inputs")));
        }
        *to = Some(Labels { layer: tensors.layer(level, layer, inputs, names.len())?, names, wide: inputs > width });
    }
    Ok(all)
}

/// Names of a note with their thresholds. A note is a JSON array of names, of `[name, threshold]` or of objects with `name` and
/// `threshold`; thresholds may also stand in a note of their own, `thresholds`, an object by name.
fn names(tensors: &Tensors<'_>, note: &str) -> Result<Vec<(String, f32)>, Error> {
    let thresholds = tensors.json("thresholds")?.unwrap_or_default();
    let list = tensors.json(note)?.unwrap_or_else(|| Value::Array(Vec::new()));
    let damaged = || Error::damaged(format!("the note {note} is no list of names"));
    let one = |item: &Value| {
        let (name, own) = match item {
            Value::Array(pair) => (pair.first()?, pair.get(1)),
            Value::Object(fields) => (fields.get("name")?, fields.get("threshold")),
            name => (name, None),
        };
        let name = name.as_str()?.to_owned();
        let threshold = own.or_else(|| thresholds.get(&name)).and_then(Value::as_f64).map_or(MIDDLE, |t| t as f32);
        Some((name, threshold))
    };
    list.as_array().ok_or_else(damaged)?.iter().map(|item| one(item).ok_or_else(damaged)).collect()
}
