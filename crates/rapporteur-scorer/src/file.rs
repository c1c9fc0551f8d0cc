//! The file of a scorer: JSON that a person can read and a diff can show, a feature or a tree a line.
//!
//! A split is `["name", at, value, child, child]`, a leaf a number.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::Model;
use super::model::{Form, Node, Split};
use crate::error::Error;

/// What the file calls the kinds of models.
const KINDS: [&str; 2] = ["log-linear", "trees"];

impl Model {
    /// Reads a model.
    ///
    /// # Errors
    /// If it is no JSON of the form ([`Error::is_damaged`]) or of a kind that there is not ([`Error::is_unsupported`]).
    pub fn read(text: &str) -> Result<Self, Error> {
        let file: Value = serde_json::from_str(text).map_err(|e| Error::damaged(format!("no JSON: {e}")))?;
        let about = file["about"].as_str().unwrap_or_default().to_owned();
        let threshold = optional(&file["threshold"], 0.5)?;
        let form = match file["kind"].as_str() {
            Some("log-linear") => {
                let weights = file["weights"].as_object().ok_or_else(|| Error::damaged("there are no weights"))?;
                let one = |(name, weight): (&String, &Value)| Ok((name.clone(), number(weight)?));
                let weights = weights.iter().map(one).collect::<Result<BTreeMap<_, _>, Error>>()?;
                Form::Linear { bias: optional(&file["bias"], 0.0)?, weights }
            }
            Some("trees") => {
                let trees = file["trees"].as_array().ok_or_else(|| Error::damaged("there are no trees"))?;
                let trees = trees.iter().map(node).collect::<Result<Vec<_>, _>>()?;
                Form::Trees { base: optional(&file["base"], 0.0)?, trees }
            }
            kind => return Err(Error::unsupported(format!("a scorer of the kind {kind:?}; there are {KINDS:?}"))),
        };
        Ok(Self { about, threshold, form })
    }

    /// The model as [`Model::read`] reads it; read again it gives the same scores to the bit.
    pub fn write(&self) -> String {
        let mut out = String::from("{\n");
        let mut field = |name: &str, value: String| {
            let _ = writeln!(out, "  {}: {value},", quoted(name));
        };
        field("about", quoted(&self.about));
        field("threshold", self.threshold.to_string());
        match &self.form {
            Form::Linear { bias, weights } => {
                field("kind", quoted(KINDS[0]));
                field("bias", bias.to_string());
                let lines: Vec<_> = weights.iter().map(|(name, w)| format!("    {}: {w}", quoted(name))).collect();
                let _ = write!(out, "  \"weights\": {{\n{}\n  }}\n}}\n", lines.join(",\n"));
            }
            Form::Trees { base, trees } => {
                field("kind", quoted(KINDS[1]));
                field("base", base.to_string());
                let lines: Vec<_> = trees.iter().map(|tree| format!("    {}", shown(tree))).collect();
                let _ = write!(out, "  \"trees\": [\n{}\n  ]\n}}\n", lines.join(",\n"));
            }
        }
        out
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn shown(node: &Node) -> String {
    match node {
        Node::Leaf(value) => value.to_string(),
        Node::Split(split) => {
            let [first, second] = split.children.each_ref().map(shown);
            format!("[{}, {}, {}, {first}, {second}]", quoted(&split.name), split.at, split.value)
        }
    }
}

fn number(value: &Value) -> Result<f32, Error> {
    let number = value.as_f64().map(|n| n as f32).filter(|n| n.is_finite());
    number.ok_or_else(|| Error::damaged(format!("{value} is no number")))
}

fn optional(value: &Value, without: f32) -> Result<f32, Error> {
    if value.is_null() { Ok(without) } else { number(value) }
}

fn node(value: &Value) -> Result<Node, Error> {
    match value.as_array().map(Vec::as_slice) {
        None => Ok(Node::Leaf(number(value)?)),
        Some([Value::String(name), at, value, first, second]) => Ok(Node::Split(Box::new(Split {
            name: name.clone(),
            at: number(at)?,
            value: number(value)?,
            children: [node(first)?, node(second)?],
        }))),
        Some(_) => Err(Error::damaged("a split is a name, two numbers and two children")),
    }
}
