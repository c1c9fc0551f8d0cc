//! Makes as many reports of one invented story as a benchmark needs, always the same ones.

#![expect(clippy::expect_used, reason = "a benchmark without a temporary folder cannot go on")]

mod text;

use rapporteur::Gathered;

pub use text::text;

#[allow(dead_code, reason = "tests make reports too, and measure nothing")]
#[allow(clippy::disallowed_methods, reason = "the variable is the one that the command takes")]
/// Takes the kernels that `RAPPORTEUR_KERNEL` names, as the command does, and says which run and what the machine has.
pub fn kernels() {
    use rapporteur::language::{Level, Pipeline};
    if let Some(name) = std::env::var("RAPPORTEUR_KERNEL").ok().filter(|name| !name.is_empty()) {
        Level::named(&name).and_then(Level::choose).expect("kernels that this machine can run");
    }
    println!("kernels {} (vector units: {})", Pipeline::builtin().kernels(), Level::vector_units());
}

/// `count` reports, read from a folder that is gone when this returns.
pub fn reports(count: usize) -> Gathered {
    of_texts(&(0..count).map(text).collect::<Vec<_>>())
}

/// Reports with these texts.
pub fn of_texts(texts: &[String]) -> Gathered {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (n, text) in texts.iter().enumerate() {
        std::fs::write(dir.path().join(format!("{n:05}.txt")), text).expect("a report is written");
    }
    rapporteur::gather(&[dir.path().to_owned()], &rapporteur::Options::default())
}
