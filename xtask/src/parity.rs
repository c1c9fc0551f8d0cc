//! `cargo xtask parity [FOLDER]`: the same texts through Python spaCy and through us, token by token.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use rapporteur_language::{Analysis, Pipeline};
use serde_json::Value;

use crate::{model, spacy};

const FIELDS: [&str; 12] =
    ["end", "space", "tag", "pos", "morph", "head", "dep", "sentence", "entity", "lemma", "norm", "shape"];

/// Compares and fails if more tokens differ than allowed: 1 in 100,000 with the folder's single-precision weights, 1 in
/// 5,000 with the built-in half floats.
pub fn run(args: &[String]) -> Result<()> {
    let texts = spacy::articles(args.first().map(String::as_str))?;
    let output = spacy::script("parity", &texts, 1)?.output().context("cannot run Python")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let python: Vec<Value> =
        String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    ensure!(python.len() == texts.len(), "{} results for {} texts", python.len(), texts.len());

    let folder = Pipeline::load(model::fetch()?)?;
    let single = compare("folder, single precision", &folder, &texts, &python)?;
    let half = compare("built in, half floats", Pipeline::builtin(), &texts, &python)?;
    ensure!(single <= 1e-5, "more than 1 token in 100,000 differs with single precision");
    ensure!(half <= 2e-4, "more than 1 token in 5,000 differs with the built-in weights");
    Ok(())
}

/// Prints the differences; returns the share of tokens with any.
fn compare(name: &str, pipeline: &Pipeline, texts: &[String], python: &[Value]) -> Result<f64> {
    let views: Vec<&str> = texts.iter().map(String::as_str).collect();
    let analyses = pipeline.analyze_all(&views, 2);
    let (mut tokens, mut wrong, mut chunks) = (0, 0, 0);
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for ((text, analysis), want) in texts.iter().zip(&analyses).zip(python) {
        let list = want["tokens"].as_array().context("no tokens")?;
        let by_start: BTreeMap<u64, &Value> = list.iter().map(|t| (t[0].as_u64().unwrap_or(u64::MAX), t)).collect();
        tokens += list.len();
        let mut missing = list.len();
        for i in 0..analysis.len() {
            let have = row(analysis, i);
            let Some(want) = by_start.get(&u64::from(analysis.token(i).start)) else {
                continue;
            };
            missing -= 1;
            let differing: Vec<usize> = (0..FIELDS.len()).filter(|&f| have[f] != want[f + 1]).collect();
            wrong += usize::from(!differing.is_empty());
            for f in differing {
                *fields.entry(FIELDS[f]).or_default() += 1;
                println!("  {:?}: {} {}, not {}", analysis.text(i, text), FIELDS[f], have[f], want[f + 1]);
            }
        }
        *fields.entry("missing").or_default() += missing;
        wrong += missing;
        let mine: Vec<Value> = analysis.noun_chunks().map(|c| serde_json::json!([c.start, c.end])).collect();
        chunks += usize::from(Some(&mine) != want["chunks"].as_array());
    }
    fields.retain(|_, count| *count > 0);
    let share = wrong as f64 / tokens as f64;
    println!("{name}: {wrong} of {tokens} tokens differ in any field ({share:.2e}); by field: {fields:?}");
    println!("{name}: noun chunks differ in {chunks} of {} articles", texts.len());
    Ok(share)
}

fn row(analysis: &Analysis, i: usize) -> [Value; 12] {
    let token = analysis.token(i);
    let entity = format!("{}-{}", ["", "I", "O", "B"][usize::from(token.ent_iob)], token.ent_type);
    [
        token.end.into(),
        token.space_after.into(),
        token.tag.as_str().into(),
        token.pos.as_str().into(),
        analysis.morph(i).into(),
        token.head.into(),
        token.dep.as_str().into(),
        token.sent_start.into(),
        entity.into(),
        analysis.lemma(i).into(),
        analysis.norm(i).into(),
        analysis.shape(i).into(),
    ]
}
