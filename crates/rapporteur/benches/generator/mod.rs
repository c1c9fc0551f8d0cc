//! Makes as many reports of one invented story as a benchmark needs, always the same ones.

#![expect(clippy::expect_used, reason = "a benchmark without a temporary folder cannot go on")]

mod text;

use rapporteur::Gathered;

pub use text::text;

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
