//! Fits the scorers of reading and of the record to the annotated stories: `cargo xtask train names`, `train antecedents`,
//! `train claims`, `train lead`, `train gatherings` and `train numbers` run it.
//!
//! `fit WHAT DATA PAIRS BENCHMARK OUT`: WHAT is `names`, `antecedents`, `claims`, `lead`, `gatherings` or `numbers`; DATA a folder of annotated stories (`train`), PAIRS the folder of annotated
//! pairs (`train/annotations/pairs`), BENCHMARK the invented stories (`benchmark`, of which names, antecedents, gatherings and numbers are fitted on too), OUT the file of weights. Prints how many candidates were right.

mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rapporteur::{Citation, Findings, Options, Report};
use rapporteur_scorer::train::{Example, Linear, fit_linear};
use serde_json::Value;

/// A place of the annotations: the report's name, and where in it.
type Place = (String, u32, u32);

/// A story with what was annotated.
struct Story {
    reports: Vec<Report>,
    findings: Vec<Findings>,
    /// What several reports tell alike, or not: the relation and the places.
    same: Vec<(String, Vec<Place>)>,
    lead: Vec<Place>,
    /// The words by which gatherings are told, and which gathering each is.
    gatherings: Vec<(Place, String)>,
    /// Pairs of sentences by their places, and whether they assert the same.
    pairs: Vec<([Place; 2], String)>,
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [what, data, pairs, invented, out] = args.as_slice() else {
        return Err("fit WHAT DATA PAIRS BENCHMARK OUT".into());
    };
    if what == "names" {
        let annotations = Path::new(pairs).parent().ok_or("pairs stand beside the other annotations")?;
        std::fs::write(out, names::names(Path::new(data), annotations, Path::new(invented))?.write() + "\n")?;
        return Ok(());
    }
    if what == "antecedents" {
        std::fs::write(out, antecedents(Path::new(data), Path::new(invented))?.write() + "\n")?;
        return Ok(());
    }
    let mut stories = stories(Path::new(data), Path::new(pairs))?;
    let real = stories.len();
    if matches!(what.as_str(), "gatherings" | "numbers") {
        stories.extend(benchmark(Path::new(invented))?);
    }
    eprintln!("{} stories, {} reports", stories.len(), stories.iter().map(|s| s.reports.len()).sum::<usize>());
    let model = match what.as_str() {
        "claims" => claims(&stories),
        "lead" => lead(&stories),
        "gatherings" => gatherings(&stories),
        "numbers" => numbers(&stories, real),
        other => {
            return Err(format!(
                "nothing is fitted that is called {other:?}; there are: names, antecedents, claims, lead, gatherings, \
                 numbers"
            )
            .into());
        }
    };
    std::fs::write(out, model.write() + "\n")?;
    Ok(())
}

/// Whom pronouns mean that speak, take a stance or take part in a gathering: by the words that annotators gave, the rivals that reading
/// offers. Prints how often the likeliest is right, of the half of the stories that was not fitted on.
fn antecedents(data: &Path, invented: &Path) -> Result<rapporteur_scorer::Model> {
    let mut folders: Vec<(PathBuf, PathBuf)> = keys(data)?
        .into_iter()
        .filter_map(|key| {
            let corpus = key.parent()?.parent()?;
            Some((corpus.join("reports").join(key.file_stem()?), corpus.join("gold")))
        })
        .collect();
    folders.extend(invented_stories(invented)?.into_iter().map(|f| (f.join("reports"), f.join("gold"))));
    let (mut examples, mut half) = (Vec::new(), Vec::new());
    let mut group = 0;
    for (n, (reports, gold)) in folders.iter().enumerate() {
        for report in rapporteur::gather(std::slice::from_ref(reports), &Options::default()).reports {
            let name = Path::new(&report.head.source).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let json: Value = serde_json::from_str(&std::fs::read_to_string(gold.join(format!("{name}.json")))?)?;
            let meant = meant(&json);
            for asked in rapporteur_findings::train::antecedents(&report, rapporteur_findings::Models::builtin()) {
                let Some((_, keys)) = meant.iter().find(|(at, _)| *at == asked.pronoun) else { continue };
                let is = |rival: &rapporteur_findings::train::Rival| {
                    keys.iter().any(|key| {
                        places_of(&json, key).iter().any(|p| rival.mentions.iter().any(|m| p.0.max(m.0) < p.1.min(m.1)))
                    })
                };
                let mut right: Vec<bool> = asked.rivals.iter().map(is).collect();
                if right.iter().filter(|r| **r).count() > 1 {
                    continue; // places of one name within another's
                }
                if !right.contains(&true) {
                    asked.rivals.iter().zip(&mut right).for_each(|(rival, right)| *right = rival.name.is_none());
                }
                if !right.contains(&true) {
                    continue;
                }
                group += 1;
                for (rival, right) in asked.rivals.into_iter().zip(right) {
                    half.push(n % 2);
                    examples.push(Example { group: Some(group), ..Example::new(rival.features, right) });
                }
            }
        }
    }
    eprintln!("{group} pronouns, {} whom they may mean", examples.len());
    let fit = |examples: &[Example]| fit_linear(examples, Linear { squares: 2.0, least: 12, steps: 300 });
    let (mut right, mut all) = (0, 0);
    for part in 0..2 {
        let ours: Vec<Example> =
            examples.iter().zip(&half).filter(|(_, h)| **h != part).map(|(e, _)| e.clone()).collect();
        let model = fit(&ours);
        let rest: Vec<&Example> = examples.iter().zip(&half).filter(|(_, h)| **h == part).map(|(e, _)| e).collect();
        for rivals in rest.chunk_by(|a, b| a.group == b.group) {
            let best = rivals.iter().max_by(|a, b| model.score(&a.features).total_cmp(&model.score(&b.features)));
            right += usize::from(best.is_some_and(|e| e.right));
            all += 1;
        }
    }
    eprintln!("the likeliest is right in {right} of {all}, each half by the weights of the other");
    let mut model = fit(&examples);
    model.about = "whom a pronoun means, of those who fit; fitted on annotated/train and benchmark".into();
    Ok(model)
}

/// The places of an annotation that mean somebody, with the keys of whom.
fn meant(json: &Value) -> Vec<((u32, u32), Vec<String>)> {
    let span = |v: &Value| Some((v.get(0)?.as_u64()? as u32, v.get(1)?.as_u64()? as u32));
    let keys = |v: &Value| -> Vec<String> {
        v.as_str().map(|k| vec![k.to_owned()]).unwrap_or_else(|| {
            v.as_array().into_iter().flatten().filter_map(|k| k.as_str().map(str::to_owned)).collect()
        })
    };
    let list = |name: &str| json[name].as_array().into_iter().flatten();
    let speakers = list("statements").map(|s| (&s["speaker"], &s["who"]));
    let holders = list("stances").map(|s| (&s["holder"], &s["who"]));
    let sides =
        list("gatherings").flat_map(|g| g["with"].as_array().into_iter().flatten()).map(|w| (&w["at"], &w["who"]));
    speakers.chain(holders).chain(sides).filter_map(|(at, who)| Some((span(at)?, keys(who)))).collect()
}

/// Where an annotation names an actor.
fn places_of(json: &Value, key: &str) -> Vec<(u32, u32)> {
    let actors = json["actors"].as_array().into_iter().flatten().filter(|a| a["key"] == key);
    let forms = actors.flat_map(|a| a["forms"].as_array().into_iter().flatten());
    let places = forms.flat_map(|f| f["at"].as_array().into_iter().flatten());
    places.filter_map(|p| Some((p.get(0)?.as_u64()? as u32, p.get(1)?.as_u64()? as u32))).collect()
}

/// The pairs of sentences that assert the same.
fn claims(stories: &[Story]) -> rapporteur_scorer::Model {
    let (mut examples, mut annotated_pairs, mut half) = (Vec::new(), Vec::new(), Vec::new());
    for (n, story) in stories.iter().enumerate() {
        let name = names(&story.reports);
        let together: Vec<&Vec<Place>> =
            story.same.iter().filter(|(r, _)| r == "agree" || r == "differ").map(|(_, places)| places).collect();
        for candidate in rapporteur_record::train::pairs(&story.reports, &story.findings) {
            let at = |n: usize| place(&name, &candidate.spans[n]);
            let (a, b) = (at(0), at(1));
            let annotated = story
                .pairs
                .iter()
                .find(|(p, _)| over(&p[0], &a) && over(&p[1], &b) || over(&p[0], &b) && over(&p[1], &a));
            let keyed = together.iter().any(|p| p.iter().any(|x| over(x, &a)) && p.iter().any(|x| over(x, &b)));
            let right = match annotated {
                Some((_, label)) => keyed || label == "same" || label == "differ",
                None => keyed,
            };
            annotated_pairs.push(annotated.is_some());
            half.push(n % 2);
            examples.push(Example::new(candidate.features, right));
        }
    }
    let right = examples.iter().filter(|e| e.right).count();
    eprintln!("{} pairs, {right} of the same", examples.len());
    let fit = |examples: &[Example]| fit_linear(examples, Linear { squares: 1.0, least: 20, steps: 300 });
    halves(&examples, &half, &annotated_pairs, fit);
    let mut model = fit(&examples);
    model.about = "whether two sentences of different reports assert the same; fitted on annotated/train and \
                   train/annotations/pairs"
        .into();
    model.threshold = 0.2;
    model
}

/// The sentences of the lead.
fn lead(stories: &[Story]) -> rapporteur_scorer::Model {
    let mut examples = Vec::new();
    for story in stories {
        let name = names(&story.reports);
        for candidate in rapporteur_record::train::lead(&story.reports, &story.findings) {
            let at = place(&name, &candidate.span);
            examples.push(Example::new(candidate.features, story.lead.iter().any(|l| over(l, &at))));
        }
    }
    let right = examples.iter().filter(|e| e.right).count();
    eprintln!("{} sentences, {right} of leads", examples.len());
    let mut model = fit_linear(&examples, Linear { squares: 3.0, least: 20, steps: 300 });
    model.about = "whether an editor would choose a sentence for the lead; fitted on annotated/train".into();
    model
}

/// The pairs of accounts that tell of one gathering: by the words that tell of it, else by the only ones annotated in its clause. Words
/// that no annotator took for a gathering count little: whether they are one of another's is not known. Each story counts alike from
/// [`MOST_PAIRS`] pairs on: a summit that every report tells of ten times is one summit.
fn gatherings(stories: &[Story]) -> rapporteur_scorer::Model {
    const MOST_PAIRS: f32 = 60.0;
    const UNKNOWN: f32 = 0.3;
    let (mut examples, mut half) = (Vec::new(), Vec::new());
    for (n, story) in stories.iter().enumerate() {
        let name = names(&story.reports);
        let pairs = rapporteur_record::train::gatherings(&story.reports, &story.findings);
        let weight = (MOST_PAIRS / pairs.len().max(1) as f32).min(1.0);
        let told = |at: &Place| -> Option<&String> {
            let events: BTreeSet<&String> =
                story.gatherings.iter().filter(|(g, _)| over(g, at)).map(|(_, event)| event).collect();
            events.into_iter().next().filter(|_| story.gatherings.iter().filter(|(g, _)| over(g, at)).count() == 1)
        };
        for pair in pairs {
            let of = |n: usize| {
                let exact = told(&place(&name, &pair.triggers[n]));
                exact.or_else(|| told(&place(&name, &pair.clauses[n])))
            };
            let (one, other) = (of(0), of(1));
            let known = if one.is_some() && other.is_some() { 1.0 } else { UNKNOWN };
            half.push(n % 2);
            let right = one.is_some() && one == other;
            examples.push(Example { weight: weight * known, ..Example::new(pair.features, right) });
        }
    }
    let right = examples.iter().filter(|e| e.right).count();
    eprintln!("{} pairs, {right} of one gathering", examples.len());
    let fit = |examples: &[Example]| fit_linear(examples, Linear { squares: 2.0, least: 12, steps: 300 });
    halves(&examples, &half, &vec![true; examples.len()], fit);
    let mut model = fit(&examples);
    model.about = "whether two accounts tell of one gathering; fitted on annotated/train".into();
    model.threshold = 0.45;
    model
}

/// The pairs of numbers that are told of the same thing, whether they fit or not. Two that do not fit are of the same thing where
/// annotators saw a difference, and count for nothing where they saw that one follows the other. The first `real` stories are real ones.
fn numbers(stories: &[Story], real: usize) -> rapporteur_scorer::Model {
    const REAL: f32 = 3.0;
    let (mut examples, mut half, mut differ) = (Vec::new(), Vec::new(), Vec::new());
    for (n, story) in stories.iter().enumerate() {
        let name = names(&story.reports);
        for pair in rapporteur_record::train::numbers(&story.reports, &story.findings) {
            let (a, b) = (place(&name, &pair.places[0]), place(&name, &pair.places[1]));
            let together = story
                .same
                .iter()
                .filter(|(_, places)| places.iter().any(|p| over(p, &a)) && places.iter().any(|p| over(p, &b)));
            let relations: BTreeSet<&str> = together.map(|(relation, _)| relation.as_str()).collect();
            let right = relations.contains("differ") || pair.fits && relations.contains("agree");
            if !right && relations.contains("develops") {
                continue;
            }
            differ.push(!pair.fits);
            half.push(n % 2);
            // Real reports rarely differ, and are what is read: they count for more than invented ones, which were made to.
            let weight = if n < real { REAL } else { 1.0 };
            examples.push(Example { weight, ..Example::new(pair.features, right) });
        }
    }
    let right = |fits: bool| examples.iter().zip(&differ).filter(|(e, d)| e.right && **d != fits).count();
    eprintln!("{} pairs, {} of one number, {} of a difference", examples.len(), right(true), right(false));
    let fit = |examples: &[Example]| fit_linear(examples, Linear { squares: 5.0, least: 5, steps: 300 });
    halves(&examples, &half, &differ, fit);
    let mut model = fit(&examples);
    model.about = "whether two numbers are told of the same thing; fitted on annotated/train and benchmark".into();
    model.threshold = 0.6;
    model
}

/// Fits on each half of the stories and tells how often a pair of the other half is right, of those that were annotated, from a
/// probability on.
fn halves(
    examples: &[Example],
    half: &[usize],
    annotated: &[bool],
    fit: impl Fn(&[Example]) -> rapporteur_scorer::Model,
) {
    let mut scored: Vec<(f32, bool)> = Vec::new();
    for part in 0..2 {
        let ours: Vec<Example> =
            examples.iter().zip(half).filter(|(_, h)| **h != part).map(|(e, _)| e.clone()).collect();
        let model = fit(&ours);
        let rest = examples.iter().zip(half).zip(annotated).filter(|((_, h), a)| **h == part && **a);
        scored.extend(rest.map(|((e, _), _)| (model.probability(&e.features), e.right)));
    }
    for least in [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7] {
        let kept = || scored.iter().filter(|(p, _)| *p >= least);
        let right = kept().filter(|(_, right)| *right).count();
        let next = scored.iter().filter(|(p, _)| (least..least + 0.05).contains(p));
        let (of_next, next) = (next.clone().filter(|(_, r)| *r).count(), next.count());
        eprintln!("from {least}: {right} of {} right; just there {of_next} of {next}", kept().count());
    }
}

fn over(a: &Place, b: &Place) -> bool {
    a.0 == b.0 && a.1.max(b.1) < a.2.min(b.2)
}

/// The names of the reports as the annotations have them.
fn names(reports: &[Report]) -> BTreeMap<String, String> {
    let stem = |r: &Report| Path::new(&r.head.source).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    reports.iter().map(|r| (r.id().to_string(), stem(r))).collect()
}

fn place(names: &BTreeMap<String, String>, at: &Citation) -> Place {
    let name = names.get(at.report().as_str()).cloned().unwrap_or_default();
    (name, at.span().start(), at.span().end())
}

/// Reads the annotated stories of all corpora below a folder.
fn stories(data: &Path, pairs: &Path) -> Result<Vec<Story>> {
    let mut out = Vec::new();
    for key in keys(data)? {
        let name = key.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let corpus = key.parent().and_then(Path::parent).ok_or("a key stands in stories/")?;
        let annotated = pairs.join(format!("{name}.json"));
        out.push(story(&key, &corpus.join("reports").join(&name), &corpus.join("gold"), &annotated)?);
    }
    let known: BTreeSet<&str> = out.iter().flat_map(|s| &s.reports).map(|r| r.id().as_str()).collect();
    if known.is_empty() {
        return Err("no annotated stories there".into());
    }
    Ok(out)
}

/// The keys of the annotated stories of all corpora below a folder.
fn keys(data: &Path) -> Result<Vec<PathBuf>> {
    let mut keys: Vec<PathBuf> = Vec::new();
    for corpus in std::fs::read_dir(data)? {
        let Ok(all) = std::fs::read_dir(corpus?.path().join("stories")) else { continue };
        keys.extend(all.filter_map(|k| Some(k.ok()?.path())));
    }
    keys.sort();
    Ok(keys)
}

/// The folders of the invented stories that may be fitted on.
fn invented_stories(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    let never = std::fs::read_to_string(folder.join("held_out.txt"))?;
    folders.retain(|f| f.join("story.json").exists() && never.lines().all(|n| !f.ends_with(n)));
    folders.sort();
    Ok(folders)
}

/// Reads the invented stories that may be fitted on.
fn benchmark(folder: &Path) -> Result<Vec<Story>> {
    invented_stories(folder)?
        .iter()
        .map(|f| story(&f.join("story.json"), &f.join("reports"), &f.join("gold"), &f.join("pairs")))
        .collect()
}

/// Reads one story: its key, the folder of its reports, that of what each report says, the file of annotated pairs where there is one.
fn story(key: &Path, folder: &Path, gold: &Path, pairs: &Path) -> Result<Story> {
    let json: Value = serde_json::from_str(&std::fs::read_to_string(key)?)?;
    let reports = rapporteur::gather(&[folder.to_owned()], &Options::default()).reports;
    let findings = rapporteur::findings_of(&reports, 2);
    // The benchmark's ids have the name of the story before that of the outlet.
    let prefix = json["story"].as_str().map(|s| format!("{s}-")).unwrap_or_default();
    let stems: BTreeSet<String> = names(&reports).into_values().collect();
    let at = |v: &Value, report: &Value| -> Option<Place> {
        let end = |n: usize| v.get(n)?.as_u64().map(|n| n as u32);
        let report = report.as_str()?;
        let outlet = report.strip_prefix(&prefix).filter(|o| stems.contains(*o)).unwrap_or(report);
        Some((outlet.to_owned(), end(0)?, end(1)?))
    };
    let places = |v: &Value| -> Vec<Place> {
        v.as_array().into_iter().flatten().filter_map(|p| at(&p["at"], &p["report"])).collect()
    };
    let same = json["same"].as_array().into_iter().flatten();
    let same = same.map(|e| (e["relation"].as_str().unwrap_or_default().to_owned(), places(&e["in"]))).collect();
    let mut annotated = Vec::new();
    if let Ok(text) = std::fs::read_to_string(pairs) {
        let json: Value = serde_json::from_str(&text)?;
        for pair in json["pairs"].as_array().into_iter().flatten() {
            let one = |n: usize| at(&pair["at"][n], &pair["reports"][n]);
            if let (Some(a), Some(b)) = (one(0), one(1)) {
                annotated.push(([a, b], pair["label"].as_str().unwrap_or_default().to_owned()));
            }
        }
    }
    let mut gatherings = Vec::new();
    for report in names(&reports).into_values() {
        let json: Value = serde_json::from_str(&std::fs::read_to_string(gold.join(format!("{report}.json")))?)?;
        for told in json["gatherings"].as_array().into_iter().flatten() {
            let event = told["event"].as_str().map(str::to_owned);
            gatherings.extend(at(&told["trigger"], &Value::from(report.clone())).zip(event));
        }
    }
    Ok(Story { reports, findings, same, lead: places(&json["lead"]), gatherings, pairs: annotated })
}
