//! Fits which answer (a kind, or nobody) the signals of a name speak for: the names that reading finds, with the kinds that annotators gave.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rapporteur::{EntityKind, Options, Report};
use rapporteur_findings::train::Name;
use rapporteur_scorer::Features;
use rapporteur_scorer::train::{Example, Linear, fit_linear};
use serde_json::Value;

use crate::{Result, invented_stories};

/// Letters that may stand before a name in the words that annotators give for its bearer ("the", "Mr.").
const BEFORE: u32 = 5;

/// What a name that the lists have counts once more without them: most places that a story is about are in no list.
const UNLISTED: f32 = 0.3;

/// What a name of the invented stories counts: the model knows none of their places and bodies, and marks them worse than real ones.
const INVENTED: f32 = 0.3;

/// Signals that fewer names have are left out.
const LEAST: usize = 5;

/// A report with what was annotated of it.
struct Source {
    text: PathBuf,
    /// The key of the reading annotations, which has actors with their places.
    key: PathBuf,
    /// What the names that no key has were called, by their words.
    kinds: BTreeMap<String, String>,
    weight: f32,
}

/// Fits the weights. Prints how many names get the right answer, each third of the sources by the weights of the others.
pub(crate) fn names(data: &Path, annotations: &Path, invented: &Path) -> Result<rapporteur_scorer::Model> {
    let (mut examples, mut third) = (Vec::new(), Vec::new());
    let mut group = 0;
    for (n, (source, part)) in sources(data, annotations, invented)?.into_iter().enumerate() {
        let key: Value = serde_json::from_str(&std::fs::read_to_string(&source.key)?)?;
        for report in rapporteur::gather(std::slice::from_ref(&source.text), &Options::default()).reports {
            for name in read(&report) {
                let Some(right) = annotated(&name, &key).or_else(|| source.kinds.get(&name.form).cloned()) else {
                    continue;
                };
                let right = as_reading_has_it(&name, right);
                let listed = name.known.is_some();
                for (unlisted, weight) in [(false, 1.0), (true, UNLISTED)].into_iter().take(1 + usize::from(listed)) {
                    group += 1;
                    for (answer, features) in &name.answers {
                        let features = if unlisted { without_lists(features) } else { features.clone() };
                        third.push((part.unwrap_or(n) % 3, unlisted));
                        examples.push(Example {
                            group: Some(group),
                            weight: weight * source.weight,
                            ..Example::new(features, *answer == right)
                        });
                    }
                }
            }
        }
    }
    let fit = |examples: &[Example]| fit_linear(examples, Linear { squares: 1.0, least: LEAST, steps: 300 });
    let (mut right, mut all) = (0, 0);
    for part in 0..3 {
        let of = |ours: bool| {
            let side = examples.iter().zip(&third).filter(move |(_, (t, unlisted))| match ours {
                true => *t != part,
                false => *t == part && !unlisted,
            });
            side.map(|(e, _)| e.clone()).collect::<Vec<Example>>()
        };
        let model = fit(&of(true));
        for answers in of(false).chunk_by(|a, b| a.group == b.group) {
            let best = answers.iter().max_by(|a, b| model.score(&a.features).total_cmp(&model.score(&b.features)));
            right += usize::from(best.is_some_and(|e| e.right));
            all += 1;
        }
    }
    eprintln!("{all} names; {right} get the right answer, each third of the stories by the weights of the others");
    let mut model = fit(&examples);
    model.about = "of which kind a name is, or that it is nobody's; fitted on annotated/train, benchmark and \
                   train/annotations/{further,names}"
        .into();
    Ok(model)
}

fn read(report: &Report) -> Vec<Name> {
    rapporteur_findings::train::names(report, rapporteur_findings::Models::quick())
}

/// All that is fitted on, and for those of one story the number of that story: whole stories are held out from each other.
fn sources(data: &Path, annotations: &Path, invented: &Path) -> Result<Vec<(Source, Option<usize>)>> {
    let mut out = Vec::new();
    let read = kinds(&annotations.join("names/annotated.tsv"))?;
    let further = kinds(&annotations.join("names/further.tsv"))?;
    let own = kinds(&annotations.join("names/benchmark.tsv"))?;
    let of =
        |all: &BTreeMap<String, BTreeMap<String, String>>, report: &str| all.get(report).cloned().unwrap_or_default();
    let mut stories: BTreeSet<PathBuf> = BTreeSet::new();
    for corpus in std::fs::read_dir(data)? {
        let Ok(all) = std::fs::read_dir(corpus?.path().join("reports")) else { continue };
        stories.extend(all.filter_map(|s| Some(s.ok()?.path())));
    }
    for (number, story) in stories.into_iter().enumerate() {
        let gold = story.parent().and_then(Path::parent).ok_or("a story stands in reports/")?.join("gold");
        for (text, id) in texts(&story)? {
            let key = gold.join(format!("{id}.json"));
            out.push((Source { text, key, kinds: of(&read, &id), weight: 1.0 }, Some(number)));
        }
    }
    for (number, story) in invented_stories(invented)?.into_iter().enumerate() {
        let name = story.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (text, id) in texts(&story.join("reports"))? {
            let key = story.join("gold").join(format!("{id}.json"));
            out.push((Source { text, key, kinds: of(&own, &format!("{name}/{id}")), weight: INVENTED }, Some(number)));
        }
    }
    let clusters = data.join("../../clusters");
    for corpus in ["g5_gold5w1h", "g5_newscluster"] {
        let mut keys: Vec<PathBuf> = std::fs::read_dir(annotations.join("further").join(corpus))?
            .map(|e| Ok(e?.path()))
            .collect::<Result<_>>()?;
        keys.sort();
        for key in keys {
            let id = key.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = clusters.join(corpus).join("dev/text").join(format!("{id}.txt"));
            out.push((Source { text, key, kinds: of(&further, &id), weight: 1.0 }, None));
        }
    }
    Ok(out)
}

/// The texts of a folder, in order, with their names.
fn texts(folder: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    all.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    all.sort();
    let id = |p: &PathBuf| p.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(all.into_iter().map(|p| (p.clone(), id(&p))).collect())
}

/// The kinds of names by report and words.
fn kinds(file: &Path) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
    let mut out: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for line in std::fs::read_to_string(file)?.lines().skip(1) {
        let [report, form, kind] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{}: {line:?} is no report, form and kind", file.display()).into());
        };
        out.entry(report.to_owned()).or_default().insert(form.to_owned(), kind.to_owned());
    }
    Ok(out)
}

/// The kind of the only actors whose annotated words end where a name does and begin where it does, or a short word before it.
fn annotated(name: &Name, key: &Value) -> Option<String> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for actor in key["actors"].as_array().into_iter().flatten() {
        let forms = actor["forms"].as_array().into_iter().flatten();
        let at = forms.flat_map(|f| f["at"].as_array().into_iter().flatten());
        let at: Vec<(u32, u32)> =
            at.filter_map(|p| Some((p.get(0)?.as_u64()? as u32, p.get(1)?.as_u64()? as u32))).collect();
        let is = |(start, end): &(u32, u32)| {
            at.iter().any(|a| (a.1 == *end || a.1 == end + 2) && a.0 <= *start && start - a.0 <= BEFORE)
        };
        if name.places.iter().any(is) {
            found.extend(actor["kind"].as_str());
        }
    }
    let only = found.pop_first()?;
    found.is_empty().then(|| only.to_owned())
}

/// A kind as reading has it: the lists know countries from cities, which annotators give as forms of their countries; its people
/// are a group; and what the lists have as a body stays one, though it is called by its members or by the house in which a government
/// sits.
fn as_reading_has_it(name: &Name, kind: String) -> String {
    match (kind.as_str(), name.known) {
        ("group" | "place" | "country", Some(EntityKind::Organization)) => "organization".into(),
        ("place" | "country", _) if is_people(&name.answers) => "group".into(),
        ("place", Some(EntityKind::Country)) => "country".into(),
        ("country", Some(EntityKind::Place)) => "place".into(),
        _ => kind,
    }
}

/// Whether a name is a word for a people.
fn is_people(answers: &[(&'static str, Features)]) -> bool {
    let has = |signal: &str| answers.iter().any(|(answer, f)| f.get(&format!("{answer}: {signal}")) > 0.0);
    has("a people's word") || has("a people or party in the plural")
}

fn without_lists(features: &Features) -> Features {
    features.iter().filter(|(name, _)| !name.contains(": known as")).collect()
}
