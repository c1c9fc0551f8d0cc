//! Every field of every golden token, as Python spaCy gives it.
//!
//! The golden file is not part of the repository: it is looked for in a `shared` folder beside or above it, or where
//! `RAPPORTEUR_SHARED` says; without it the tests count as ignored.

#![expect(clippy::unwrap_used, reason = "a golden file that cannot be read fails the test")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use rapporteur_language::Pipeline;
use serde_json::Value;

fn above(name: &str) -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join(name)).find(|path| path.exists())
}

fn golden() -> Option<Value> {
    let shared = std::env::var_os("RAPPORTEUR_SHARED").map(PathBuf::from).or_else(|| above("shared"));
    let path = shared?.join("design/language/golden.json");
    let bytes = std::fs::read(path).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap())
}

/// All differences, one a line.
fn differences(pipeline: &Pipeline, golden: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (d, doc) in golden["docs"].as_array().unwrap().iter().enumerate() {
        let text = doc["text"].as_str().unwrap();
        let analysis = pipeline.analyze(text);
        let tokens = doc["tokens"].as_array().unwrap();
        if tokens.len() != analysis.len() {
            let have: Vec<&str> = (0..analysis.len()).map(|i| analysis.text(i, text)).collect();
            wrong.push(format!("doc {d}: {} tokens, not {}: {have:?}", analysis.len(), tokens.len()));
            continue;
        }
        for (i, want) in tokens.iter().enumerate() {
            let token = analysis.token(i);
            let mut check = |field: &str, have: &str| {
                let want = &want[field];
                let want = want.as_str().map_or_else(|| want.to_string(), str::to_owned);
                if have != want {
                    wrong.push(format!(
                        "doc {d} token {i} {:?}: {field} {have:?}, not {want:?}",
                        analysis.text(i, text)
                    ));
                }
            };
            check("text", analysis.text(i, text));
            check("idx", &text[..token.start as usize].chars().count().to_string());
            check("ws", if token.space_after { " " } else { "" });
            check("norm", analysis.norm(i));
            check("shape", analysis.shape(i));
            check("is_space", &token.is_space.to_string());
            check("lemma", analysis.lemma(i));
            check("tag", token.tag.as_str());
            check("pos", token.pos.as_str());
            check("morph", analysis.morph(i));
            check("dep", token.dep.as_str());
            check("head", &token.head.to_string());
            check("ent_iob", ["", "I", "O", "B"][usize::from(token.ent_iob)]);
            check("ent_type", token.ent_type.as_str());
            check("is_sent_start", &token.sent_start.to_string());
        }
        let characters = |byte: usize| text[..byte].chars().count();
        let have: Vec<String> = analysis
            .entities()
            .iter()
            .map(|entity| {
                let bytes = analysis.bytes(entity.tokens());
                format!("{} {} {}", characters(bytes.start), characters(bytes.end), entity.label)
            })
            .collect();
        let field = |entity: &Value, at: usize, name: &str| {
            let value = if entity.is_array() { &entity[at] } else { &entity[name] };
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        };
        if let Some(want) = doc["ents"].as_array() {
            let want: Vec<String> = want
                .iter()
                .map(|e| format!("{} {} {}", field(e, 0, "start"), field(e, 1, "end"), field(e, 2, "label")))
                .collect();
            if have != want {
                wrong.push(format!("doc {d}: entities {have:?}, not {want:?}"));
            }
        }
    }
    wrong
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let golden = golden();
    let builtin = golden.clone().map(|golden| move || agrees(Pipeline::builtin(), &golden));
    let mut trials = vec![trial("the_builtin_pipeline_agrees_with_python", builtin)];
    if cfg!(feature = "convert") {
        // RAPPORTEUR_SPACY_MODEL, or what `cargo xtask model` unpacks.
        let named = std::env::var_os("RAPPORTEUR_SPACY_MODEL").map(PathBuf::from);
        let both = golden.zip(named.or_else(|| above("target/spacy/unpacked")));
        let folder = both.map(|(golden, folder)| move || agrees_as_folder(&folder, &golden));
        trials.push(trial("the_spacy_folder_agrees_with_python", folder));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A trial that counts as ignored where what it needs is not here.
fn trial(name: &str, test: Option<impl FnOnce() -> Result<(), Failed> + Send + 'static>) -> Trial {
    match test {
        Some(test) => Trial::test(name, test),
        None => Trial::test(name, || Ok(())).with_ignored_flag(true),
    }
}

fn agrees(pipeline: &Pipeline, golden: &Value) -> Result<(), Failed> {
    let wrong = differences(pipeline, golden);
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} differences\n{}", wrong.len(), wrong.join("\n")).into()) }
}

#[cfg(feature = "convert")]
fn agrees_as_folder(folder: &Path, golden: &Value) -> Result<(), Failed> {
    let pipeline = Pipeline::load(folder).unwrap();
    assert_eq!((pipeline.name(), pipeline.version()), ("en_core_web_sm", "3.8.0"));
    agrees(&pipeline, golden)
}

#[cfg(not(feature = "convert"))]
fn agrees_as_folder(_: &Path, _: &Value) -> Result<(), Failed> {
    Ok(())
}
