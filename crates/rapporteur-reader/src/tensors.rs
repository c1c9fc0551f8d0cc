//! Reads the container format `safetensors`: a JSON table of names, types, shapes and places, then the numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use rapporteur_language::Level;
use rapporteur_language::dense::{self, Buffer, Matrix};
use serde_json::Value;

use crate::error::Error;

/// How a tensor's numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Whole,
    Half,
    Single,
}

impl Kind {
    fn size(self) -> usize {
        match self {
            Self::Whole => 1,
            Self::Half => 2,
            Self::Single => 4,
        }
    }
}

struct Entry {
    kind: Kind,
    shape: Vec<usize>,
    place: Range<usize>,
}

/// A file of tensors; nothing of it is copied until it is asked for.
pub(crate) struct Tensors<'a> {
    bytes: &'a [u8],
    entries: BTreeMap<String, Entry>,
    metadata: BTreeMap<String, String>,
}

/// Tensors of more numbers than this are none of ours; the limit keeps products from overflowing.
const LARGEST: usize = 1 << 28;

impl<'a> Tensors<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let cut = || Error::damaged("the table of tensors is cut off");
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(cut)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
        let table = rest.get(..length).ok_or_else(cut)?;
        let table: Value = serde_json::from_slice(table).map_err(|e| Error::damaged(format!("the table: {e}")))?;
        let table = table.as_object().ok_or_else(|| Error::damaged("the table is no object"))?;
        let (mut entries, mut metadata) = (BTreeMap::new(), BTreeMap::new());
        for (name, value) in table {
            if name == "__metadata__" {
                let strings = value.as_object().into_iter().flatten();
                metadata.extend(strings.filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))));
                continue;
            }
            let entry = entry(value, 8 + length)
                .filter(|entry| entry.place.end <= bytes.len())
                .ok_or_else(|| Error::damaged(format!("the tensor {name}: a type, shape or place that cannot be")))?;
            entries.insert(name.clone(), entry);
        }
        Ok(Self { bytes, entries, metadata })
    }

    /// A string of the metadata.
    pub(crate) fn note(&self, name: &str) -> Option<&str> {
        self.metadata.get(name).map(String::as_str)
    }

    /// A string of the metadata that is JSON.
    pub(crate) fn json(&self, name: &str) -> Result<Option<Value>, Error> {
        let read = |text| serde_json::from_str(text).map_err(|e| Error::damaged(format!("the note {name}: {e}")));
        self.note(name).map(read).transpose()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    fn entry(&self, name: &str) -> Result<&Entry, Error> {
        self.entries.get(name).ok_or_else(|| Error::damaged(format!("there is no tensor {name}")))
    }

    /// The shape of a tensor.
    pub(crate) fn shape(&self, name: &str) -> Result<&[usize], Error> {
        Ok(&self.entry(name)?.shape)
    }

    /// Rows and columns of a matrix.
    pub(crate) fn sizes(&self, name: &str) -> Result<[usize; 2], Error> {
        let shape = self.shape(name)?;
        shape
            .try_into()
            .map_err(|_| Error::damaged(format!("the tensor {name} has the shape {shape:?}, not a matrix's")))
    }

    fn expect(&self, name: &str, shape: &[usize]) -> Result<&Entry, Error> {
        let entry = self.entry(name)?;
        if entry.shape != shape {
            let has = &entry.shape;
            return Err(Error::damaged(format!("the tensor {name} has the shape {has:?}, not {shape:?}")));
        }
        Ok(entry)
    }

    /// The numbers of a tensor of single or half precision.
    pub(crate) fn numbers(&self, name: &str, shape: &[usize]) -> Result<Buffer, Error> {
        let entry = self.expect(name, shape)?;
        let bytes = &self.bytes[entry.place.clone()];
        let mut out = Buffer::zeros(shape.iter().product());
        match entry.kind {
            Kind::Single => {
                let singles = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b));
                out.iter_mut().zip(singles).for_each(|(out, x)| *out = x);
            }
            Kind::Half => dense::expand_half(Level::current(), bytes, &mut out),
            Kind::Whole => return Err(Error::damaged(format!("the tensor {name} is of whole numbers"))),
        }
        if out.iter().any(|x| !x.is_finite()) {
            return Err(Error::damaged(format!("the tensor {name} has something in it that is no number")));
        }
        Ok(out)
    }

    /// Where the bytes of a tensor of whole numbers are in the file.
    pub(crate) fn whole(&self, name: &str, shape: &[usize]) -> Result<Range<usize>, Error> {
        let entry = self.expect(name, shape)?;
        if entry.kind != Kind::Whole {
            return Err(Error::damaged(format!("the tensor {name} is not of whole numbers")));
        }
        Ok(entry.place.clone())
    }

    /// A layer: `name.weight`, `name.bias` and, where the weights are whole numbers, `name.scale`.
    pub(crate) fn layer(&self, level: Level, name: &str, inputs: usize, outputs: usize) -> Result<Matrix, Error> {
        let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
        let bias = self.numbers(&bias, &[outputs])?;
        if self.entry(&weight)?.kind != Kind::Whole {
            return Ok(Matrix::new(level, inputs, &self.numbers(&weight, &[outputs, inputs])?, &bias));
        }
        if !inputs.is_multiple_of(2) || inputs == 0 {
            return Err(Error::unsupported(format!("the layer {name} has {inputs} inputs")));
        }
        let bytes = &self.bytes[self.whole(&weight, &[outputs, inputs])?];
        let weights: Vec<i8> = bytes.iter().map(|b| b.cast_signed()).collect();
        let scales = self.numbers(&format!("{name}.scale"), &[outputs])?;
        Ok(Matrix::from_whole(level, inputs, &weights, &scales, &bias))
    }
}

fn entry(value: &Value, start: usize) -> Option<Entry> {
    let kind = match value["dtype"].as_str()? {
        "I8" => Kind::Whole,
        "F16" => Kind::Half,
        "F32" => Kind::Single,
        _ => return None,
    };
    let number = |v: &Value| usize::try_from(v.as_u64()?).ok();
    let shape: Vec<usize> = value["shape"].as_array()?.iter().map(number).collect::<Option<_>>()?;
    let count = shape.iter().try_fold(1usize, |n, &size| n.checked_mul(size).filter(|n| *n <= LARGEST))?;
    let [from, to] = value["data_offsets"].as_array()?.as_slice() else {
        return None;
    };
    let place = number(from)?.checked_add(start)?..number(to)?.checked_add(start)?;
    let fits = place.start <= place.end && place.len() == count * kind.size();
    fits.then_some(Entry { kind, shape, place })
}

/// Writes a file of tensors, for tests: name, type, shape, bytes.
#[cfg(any(test, feature = "bench"))]
pub(crate) fn write(tensors: &[(String, &str, Vec<usize>, Vec<u8>)], metadata: &[(&str, &str)]) -> Vec<u8> {
    let mut table = serde_json::Map::new();
    let notes: serde_json::Map<_, _> = metadata.iter().map(|(k, v)| ((*k).to_owned(), Value::from(*v))).collect();
    table.insert("__metadata__".into(), notes.into());
    let mut at = 0;
    for (name, kind, shape, bytes) in tensors {
        let end = at + bytes.len();
        table.insert(name.clone(), serde_json::json!({"dtype": kind, "shape": shape, "data_offsets": [at, end]}));
        at = end;
    }
    let table = Value::from(table).to_string().into_bytes();
    let mut out = (table.len() as u64).to_le_bytes().to_vec();
    out.extend(table);
    tensors.iter().for_each(|t| out.extend(&t.3));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let singles = [0.5f32, -1.0].into_iter().flat_map(f32::to_le_bytes).collect();
        let halves = [0x3c00u16, 0xc000].into_iter().flat_map(u16::to_le_bytes).collect();
        let tensors = [
            ("single".to_owned(), "F32", vec![2], singles),
            ("half".into(), "F16", vec![1, 2], halves),
            ("whole".into(), "I8", vec![2, 1], vec![3, 0xff]),
        ];
        write(&tensors, &[("layers", "3"), ("tags", "[\"stance\"]")])
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = file();
        let tensors = Tensors::read(&bytes).unwrap();
        assert_eq!(&tensors.numbers("single", &[2]).unwrap()[..], [0.5, -1.0]);
        assert_eq!(&tensors.numbers("half", &[1, 2]).unwrap()[..], [1.0, -2.0]);
        assert_eq!(&bytes[tensors.whole("whole", &[2, 1]).unwrap()], [3, 0xff]);
        assert_eq!(tensors.note("layers"), Some("3"));
        assert_eq!(tensors.json("tags").unwrap().unwrap()[0], "stance");
        assert!(tensors.numbers("single", &[1, 2]).is_err_and(|e| e.is_damaged()));
        assert!(tensors.numbers("whole", &[2, 1]).is_err() && tensors.whole("half", &[1, 2]).is_err());
        assert!(tensors.shape("none").is_err_and(|e| e.to_string().contains("no tensor none")));
    }

    #[test]
    fn damage_gives_no_panic() {
        let bytes = file();
        for at in 0..bytes.len() {
            assert!(Tensors::read(&bytes[..at]).is_err());
            for bit in 0..8 {
                let mut bent = bytes.clone();
                bent[at] ^= 1 << bit;
                if let Ok(tensors) = Tensors::read(&bent) {
                    let _ = tensors.numbers("single", &[2]);
                    let _ = tensors.whole("whole", &[2, 1]);
                }
            }
        }
    }
}
