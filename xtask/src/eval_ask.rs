//! `cargo xtask eval ask`: how often a question is answered, against what people found reports to say alike or not.
//!
//! The question is what an entry of `same` is about (`../shared/data/annotated`, its README), the right answers are its places;
//! the same question asked of another story should have none. `train` is what the numbers were chosen on, `dev` is reported.

use anyhow::Result;

use crate::run::{cargo, check, need_shared};

/// Asks all stories of `train` and `dev`; with `tune`, tries other numbers on `train` alone.
pub(crate) fn run(tune: bool) -> Result<()> {
    let data = need_shared()?.join("data/annotated");
    let parts: &[&str] = if tune { &["train"] } else { &["train", "dev"] };
    for part in parts {
        println!("── {part}");
        let mut ask = cargo();
        ask.args(["run", "--quiet", "--release", "--locked", "--package", "rapporteur", "--example", "ask", "--"]);
        ask.arg(data.join(part));
        if tune {
            ask.arg("--tune");
        }
        check(&mut ask)?;
    }
    Ok(())
}
