//! How often questions are answered: `cargo xtask eval ask` runs it.
//!
//! `ask DATA`: a folder of annotated stories (`annotated/train`). The question is what an entry of `same` is about, the right answers
//! are its places. Asked of another story, the same question should have no answer. Prints shares.

use std::path::{Path, PathBuf};

use rapporteur::ask::{Answer, AskIndex, Settings, Told};
use rapporteur::{Citation, Options};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A place: the report's name, and where in it.
type Place = (String, u32, u32);

/// A story, ready to be asked, with what was annotated.
struct Story {
    index: AskIndex,
    /// The names of its reports by their ids.
    names: std::collections::HashMap<String, String>,
    questions: Vec<(String, Vec<Place>)>,
}

/// Figures of one way of asking.
#[derive(Default)]
struct Figures {
    questions: usize,
    answered: usize,
    first: usize,
    among_five: usize,
    /// By the sentences of the answers alone, in the order in which they stand.
    five_sentences: usize,
    foreign: usize,
    foreign_refused: usize,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (data, tune) = match args.as_slice() {
        [data] => (data, false),
        [data, tune] if tune == "--tune" => (data, true),
        _ => return Err("ask DATA [--tune]".into()),
    };
    let stories = stories(Path::new(data))?;
    if tune {
        return tuned(&stories);
    }
    let f = figures(&stories, &Settings::CHOSEN);
    let share = |n: usize, of: usize| n as f32 / of.max(1) as f32;
    println!("{} stories, {} questions", stories.len(), f.questions);
    println!("one of its places in the first answer       {:.3}", share(f.first, f.questions));
    println!("… in the first five answers                 {:.3}", share(f.among_five, f.questions));
    println!("… in the first five sentences of them       {:.3}", share(f.five_sentences, f.questions));
    println!("anything answered                           {:.3}", share(f.answered, f.questions));
    println!("of another story: no report says            {:.3} of {}", share(f.foreign_refused, f.foreign), f.foreign);
    Ok(())
}

/// One number after the other, each around what is chosen.
fn tuned(stories: &[Story]) -> Result<()> {
    let c = Settings::CHOSEN;
    let mut all = vec![("chosen".to_owned(), c)];
    all.extend([0.3, 1.2, 2.0].map(|k| (format!("k {k}"), Settings { k, ..c })));
    all.extend([0.0, 0.3, 0.5, 0.75].map(|b| (format!("b {b}"), Settings { b, ..c })));
    all.extend([0.0, 0.5, 1.0].map(|asks| (format!("asks {asks}"), Settings { asks, ..c })));
    all.extend([0.0, 0.25, 1.0].map(|sort| (format!("sort {sort}"), Settings { sort, ..c })));
    all.extend([0.0, 0.2, 0.25, 0.35, 0.4].map(|least| (format!("least {least}"), Settings { least, ..c })));
    all.extend([0.0, 0.5].map(|of_best| (format!("of_best {of_best}"), Settings { of_best, ..c })));
    for (name, settings) in all {
        let f = figures(stories, &settings);
        let q = f.questions as f32;
        println!(
            "{name:14} first {:.3} five {:.3} sentences {:.3} answered {:.3} refused {:.3}",
            f.first as f32 / q,
            f.among_five as f32 / q,
            f.five_sentences as f32 / q,
            f.answered as f32 / q,
            f.foreign_refused as f32 / f.foreign as f32
        );
    }
    Ok(())
}

fn figures(stories: &[Story], settings: &Settings) -> Figures {
    let mut f = Figures::default();
    for (n, story) in stories.iter().enumerate() {
        for (m, (question, places)) in story.questions.iter().enumerate() {
            let answer = story.index.ask_with(question, 5, settings);
            let right = |c: &Citation| {
                let name = story.names.get(c.report().as_str()).map_or("", String::as_str);
                places.iter().any(|p| p.0 == name && p.1.max(c.span().start()) < p.2.min(c.span().end()))
            };
            let told = |t: &Told| {
                let accounts = t.differences.iter().flat_map(|d| &d.accounts).flat_map(|a| &a.sentences);
                t.sentences.iter().chain(accounts).any(|s| right(&s.at))
            };
            f.questions += 1;
            f.answered += usize::from(!answer.answers.is_empty());
            f.first += usize::from(answer.answers.first().is_some_and(told));
            f.among_five += usize::from(answer.answers.iter().any(told));
            f.five_sentences += usize::from(sentences(&answer).take(5).any(right));
            // Another story, a different one each time.
            let other = &stories[(n + 1 + m % (stories.len() - 1).max(1)) % stories.len()];
            f.foreign += 1;
            f.foreign_refused += usize::from(other.index.ask_with(question, 5, settings).answers.is_empty());
        }
    }
    f
}

fn sentences(answer: &Answer) -> impl Iterator<Item = &Citation> {
    answer.answers.iter().flat_map(|t| &t.sentences).map(|s| &s.at)
}

/// Reads the annotated stories of all corpora below a folder.
fn stories(data: &Path) -> Result<Vec<Story>> {
    let mut keys: Vec<PathBuf> = Vec::new();
    for corpus in std::fs::read_dir(data)? {
        let Ok(all) = std::fs::read_dir(corpus?.path().join("stories")) else { continue };
        keys.extend(all.filter_map(|k| Some(k.ok()?.path())));
    }
    keys.sort();
    let mut out = Vec::new();
    for key in keys {
        let json: Value = serde_json::from_str(&std::fs::read_to_string(&key)?)?;
        let name = json["story"].as_str().unwrap_or_default();
        let folder = key.parent().and_then(Path::parent).ok_or("a key stands in stories/")?.join("reports").join(name);
        let reports = rapporteur::gather(&[folder], &Options::default()).reports;
        let findings = rapporteur::findings_of(&reports, 2);
        let record = rapporteur::assemble(&reports, &findings);
        let stem = |r: &rapporteur::Report| {
            Path::new(&r.head.source).file_stem().unwrap_or_default().to_string_lossy().into_owned()
        };
        let place = |v: &Value| -> Option<Place> {
            let end = |n: usize| v["at"].get(n)?.as_u64().map(|n| n as u32);
            Some((v["report"].as_str()?.to_owned(), end(0)?, end(1)?))
        };
        let question = |entry: &Value| {
            let places = entry["in"].as_array().into_iter().flatten().filter_map(place).collect();
            (entry["about"].as_str().unwrap_or_default().to_owned(), places)
        };
        out.push(Story {
            index: AskIndex::new(&reports, &findings, &record),
            names: reports.iter().map(|r| (r.id().to_string(), stem(r))).collect(),
            questions: json["same"].as_array().into_iter().flatten().map(question).collect(),
        });
    }
    if out.is_empty() { Err("no annotated stories there".into()) } else { Ok(out) }
}
