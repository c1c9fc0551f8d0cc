//! `cargo xtask eval quotes`: statements against attributions that people marked (PolNeAR's form).
//!
//! The scores are those of the corpus's own scorer; what is added here says where the errors lie: which cues are
//! missed and given too much, and how good contents are where the cue is found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::{Value, json};

use crate::corpus::{self, Document, Place, place, places, words_at};
use crate::run::{check, need_shared, root};

/// How many cues the tables list.
const LISTED: usize = 10;

/// One attribution, of people or of ours.
struct Attribution {
    source: Vec<Place>,
    cue: Vec<Place>,
    content: Vec<Place>,
    form: String,
}

pub(crate) fn run(path: Option<&str>, gold_cues: bool, apart: bool) -> Result<()> {
    let folder = corpus::folder(path, "quotes/polnear/dev")?;
    let documents = corpus::read(&folder)?;
    let out = corpus::output()?;
    let pairs: Vec<Pair<'_>> = documents.iter().map(|d| Pair::new(d, apart)).collect();

    let predicted = out.join("quotes-pred.jsonl");
    let lines: Vec<String> = pairs.iter().map(|p| p.to_json().to_string() + "\n").collect();
    std::fs::write(&predicted, lines.concat())?;
    let scorer = need_shared()?.join("data/scripts/score_quotes.py");
    check(Command::new("python3").arg(scorer).arg(folder.join("gold.jsonl")).arg(&predicted))?;
    if gold_cues {
        given_cues(&pairs);
    }
    misses(&pairs, &out.join("quotes-misses.txt"))
}

/// A document with both sets of attributions and how they match.
struct Pair<'d> {
    document: &'d Document,
    gold: Vec<Attribution>,
    found: Vec<Attribution>,
    /// For each of gold the one found that matches it.
    matched: Vec<Option<usize>>,
    words: Vec<Place>,
}

impl<'d> Pair<'d> {
    fn new(document: &'d Document, apart: bool) -> Self {
        let gold = of_gold(&document.gold["attributions"]);
        let found = of_findings(&document.found["statements"], &document.text, apart);
        let words = words(&document.text);
        let matched = matching(&words, &gold, &found);
        Pair { document, gold, found, matched, words }
    }

    fn to_json(&self) -> Value {
        let spans = |all: &[Place]| all.iter().map(|(s, e)| json!({"start": s, "end": e})).collect::<Vec<_>>();
        let attribution =
            |a: &Attribution| json!({"source": spans(&a.source), "cue": spans(&a.cue), "content": spans(&a.content)});
        json!({"id": self.document.id, "attributions": self.found.iter().map(attribution).collect::<Vec<_>>()})
    }

    fn overlap(&self, a: &Attribution, b: &Attribution) -> f64 {
        jaccard(&inside(&self.words, &a.content), &inside(&self.words, &b.content))
    }
}

fn of_gold(value: &Value) -> Vec<Attribution> {
    let one = |a: &Value| Attribution {
        source: places(&a["source"]),
        cue: places(&a["cue"]),
        content: places(&a["content"]),
        form: a["form"].as_str().unwrap_or("").to_owned(),
    };
    value.as_array().map(|all| all.iter().map(one).collect()).unwrap_or_default()
}

/// Statements as attributions: those under one cue are one with several contents. A quotation without a cue goes on
/// with the statement before it where the same person speaks in the same paragraph; with `apart` it stands alone.
fn of_findings(value: &Value, text: &[char], apart: bool) -> Vec<Attribution> {
    let mut all: Vec<Attribution> = Vec::new();
    let mut last: Option<(usize, Option<u64>)> = None; // the attribution before, and its speaker
    for s in value.as_array().into_iter().flatten() {
        let Some(content) = place(&s["content"]) else { continue };
        let (cue, speaker) = (place(&s["cue"]), s["speaker"].as_u64());
        let joined = match (cue, last) {
            (Some(cue), _) => all.iter().position(|a| a.cue.contains(&cue)),
            (None, Some((before, who))) => {
                let end = all[before].content.iter().map(|c| c.1).max().unwrap_or(0);
                let between = text.get(end.min(content.0)..content.0).unwrap_or_default();
                (!apart && who == speaker && !between.contains(&'\n')).then_some(before)
            }
            (None, None) => None,
        };
        let at = match joined {
            Some(at) => {
                all[at].content.push(content);
                at
            }
            None => {
                all.push(Attribution {
                    source: place(&s["speaker_span"]).into_iter().collect(),
                    cue: cue.into_iter().collect(),
                    content: vec![content],
                    form: s["mode"].as_str().unwrap_or("").to_owned(),
                });
                all.len() - 1
            }
        };
        last = Some((at, speaker));
    }
    all
}

/// Runs of letters, digits and low lines: the scorer's words.
fn words(text: &[char]) -> Vec<Place> {
    let mut all = Vec::new();
    let mut start = None;
    for (i, c) in text.iter().chain([&' ']).enumerate() {
        match (c.is_alphanumeric() || *c == '_', start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                all.push((s, i));
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// The words that lie in some spans, by number.
fn inside(words: &[Place], spans: &[Place]) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for (start, end) in spans {
        let from = words.partition_point(|w| w.1 <= *start);
        all.extend((from..words.len()).take_while(|&i| words[i].0 < *end));
    }
    all
}

fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    let any = a.len() + b.len() - both;
    if any == 0 { 1.0 } else { both as f64 / any as f64 }
}

/// One to one, by the overlap of contents, the greatest first: as the scorer does it.
fn matching(words: &[Place], gold: &[Attribution], found: &[Attribution]) -> Vec<Option<usize>> {
    let g: Vec<BTreeSet<usize>> = gold.iter().map(|a| inside(words, &a.content)).collect();
    let f: Vec<BTreeSet<usize>> = found.iter().map(|a| inside(words, &a.content)).collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in g.iter().enumerate() {
        pairs.extend(f.iter().enumerate().map(|(j, b)| (jaccard(a, b), i, j)).filter(|(score, ..)| *score >= 0.5));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut matched, mut used) = (vec![None; gold.len()], vec![false; found.len()]);
    for (_, i, j) in pairs {
        if matched[i].is_none() && !used[j] {
            matched[i] = Some(j);
            used[j] = true;
        }
    }
    matched
}

/// Whether two attributions share a part of their cues.
fn same_cue(a: &Attribution, b: &Attribution) -> bool {
    a.cue.iter().any(|x| b.cue.iter().any(|y| x.0 < y.1 && y.0 < x.1))
}

/// What is found of cues, and of contents and sources where the cue is found.
fn given_cues(pairs: &[Pair<'_>]) {
    let mut table: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for pair in pairs {
        for gold in pair.gold.iter().filter(|g| !g.cue.is_empty()) {
            let ours: Vec<&Attribution> = pair.found.iter().filter(|f| same_cue(gold, f)).collect();
            let content = ours.iter().filter(|f| pair.overlap(gold, f) >= 0.5).collect::<Vec<_>>();
            let source = content
                .iter()
                .any(|f| jaccard(&inside(&pair.words, &gold.source), &inside(&pair.words, &f.source)) >= 0.5);
            for form in [gold.form.as_str(), "all"] {
                let row = table.entry(form).or_default();
                row[0] += 1;
                row[1] += usize::from(!ours.is_empty());
                row[2] += usize::from(!content.is_empty());
                row[3] += usize::from(source);
            }
        }
    }
    println!("\nwhere the cue is known     gold cues   found    with content (of found)   with source too");
    for form in ["direct", "mixed", "indirect", "all"] {
        let [gold, found, content, source] = table.get(form).copied().unwrap_or_default();
        let part = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        println!(
            "  {form:<24} {gold:9}   {:.3}    {:.3} ({:.3})             {:.3}",
            part(found, gold),
            part(content, gold),
            part(content, found),
            part(source, gold)
        );
    }
}

/// What went wrong with the cues of one lemma.
#[derive(Default)]
struct Wrong {
    count: usize,
    /// The cue itself was found, so the content is at fault.
    cue_there: usize,
    examples: Vec<String>,
}

/// Prints and writes the cues that are missed and given too much, most frequent first.
fn misses(pairs: &[Pair<'_>], file: &Path) -> Result<()> {
    let lemmas = Lemmas::read()?;
    let (mut missed, mut extra): (BTreeMap<String, Wrong>, BTreeMap<String, Wrong>) = Default::default();
    for pair in pairs {
        let text = &pair.document.text;
        for (gold, _) in pair.gold.iter().zip(&pair.matched).filter(|(_, m)| m.is_none()) {
            let there = pair.found.iter().find(|f| same_cue(gold, f));
            let slot = missed.entry(lemmas.of(text, &gold.cue)).or_default();
            slot.count += 1;
            slot.cue_there += usize::from(there.is_some());
            slot.examples.push(example(pair, gold, there));
        }
        let used: BTreeSet<usize> = pair.matched.iter().flatten().copied().collect();
        for (_, found) in pair.found.iter().enumerate().filter(|(i, _)| !used.contains(i)) {
            let there = pair.gold.iter().find(|g| same_cue(g, found));
            let slot = extra.entry(lemmas.of(text, &found.cue)).or_default();
            slot.count += 1;
            slot.cue_there += usize::from(there.is_some());
            slot.examples.push(example(pair, found, there));
        }
    }
    let mut written = String::new();
    for (title, other, table) in [
        ("missed: attributions of gold that nothing matches, by cue", "ours", missed),
        ("too much: statements that match nothing, by cue", "gold", extra),
    ] {
        let mut rows: Vec<(String, Wrong)> = table.into_iter().collect();
        rows.sort_by(|a, b| b.1.count.cmp(&a.1.count).then(a.0.cmp(&b.0)));
        let (all, cue_there): (usize, usize) =
            rows.iter().fold((0, 0), |(a, b), (_, w)| (a + w.count, b + w.cue_there));
        println!("\n{title}: {all}, of which {cue_there} have the cue right");
        for (lemma, wrong) in rows.iter().take(LISTED) {
            println!("  {lemma:<24} {:4}   cue right {:4}", wrong.count, wrong.cue_there);
        }
        writeln!(written, "# {title}; then, where the cue is right, the content of {other}\n")?;
        for (lemma, wrong) in &rows {
            writeln!(written, "{lemma}  {}  (cue right {})", wrong.count, wrong.cue_there)?;
            // One that stands in the middle: the first of many come from one document.
            let one = wrong.examples.get(wrong.examples.len() / 2).map_or("", String::as_str);
            writeln!(written, "{one}")?;
        }
    }
    std::fs::write(file, written)?;
    println!("\nexamples: {}", file.display());
    Ok(())
}

fn example(pair: &Pair<'_>, one: &Attribution, other: Option<&Attribution>) -> String {
    let show = |a: &Attribution| {
        let part =
            |all: &[Place]| all.iter().map(|p| words_at(&pair.document.text, *p)).collect::<Vec<_>>().join(" … ");
        let (from, to) = a.content.iter().fold((usize::MAX, 0), |(s, e), p| (s.min(p.0), e.max(p.1)));
        format!("{from}–{to} {}: [{}] [{}] [{}]", a.form, part(&a.source), part(&a.cue), part(&a.content))
    };
    let other = other.map(|o| format!("\n      other {}", show(o))).unwrap_or_default();
    format!("    {} {}{other}", pair.document.id, show(one))
}

/// A rough way from a cue as written to its lemma, by the word list of cues.
struct Lemmas {
    known: BTreeSet<String>,
}

impl Lemmas {
    fn read() -> Result<Self> {
        let list = std::fs::read_to_string(root().join("crates/rapporteur-findings/data/cues.tsv"))?;
        let first = list.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next());
        Ok(Lemmas { known: first.map(str::to_owned).collect() })
    }

    /// The lemma of the last word that is a cue, else of the first word.
    fn of(&self, text: &[char], cue: &[Place]) -> String {
        let words = cue.iter().map(|p| words_at(text, *p).to_lowercase()).collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return "(no cue)".into();
        }
        if words.contains("according to") {
            return "according to".into();
        }
        let found = words.split(' ').rev().find_map(|w| self.lemma(w.trim_matches(|c: char| !c.is_alphanumeric())));
        found.unwrap_or(words)
    }

    fn lemma(&self, word: &str) -> Option<String> {
        const IRREGULAR: &[(&str, &str)] = &[
            ("said", "say"),
            ("told", "tell"),
            ("thought", "think"),
            ("wrote", "write"),
            ("written", "write"),
            ("knew", "know"),
            ("known", "know"),
            ("saw", "see"),
            ("seen", "see"),
            ("felt", "feel"),
            ("found", "find"),
            ("spoke", "speak"),
            ("made", "make"),
            ("gave", "give"),
            ("swore", "swear"),
            ("sought", "seek"),
            ("heard", "hear"),
            ("understood", "understand"),
        ];
        if let Some((_, lemma)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
            return Some((*lemma).to_owned());
        }
        let mut forms = vec![word.to_owned()];
        for ending in ["s", "es", "d", "ed", "ing"] {
            let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 1) else { continue };
            forms.extend([stem.to_owned(), format!("{stem}e")]);
            forms.extend(stem.strip_suffix('i').map(|s| format!("{s}y")));
            // "admitted"
            let doubled = stem.chars().rev().nth(1) == stem.chars().next_back();
            forms.extend(doubled.then(|| stem[..stem.len() - 1].to_owned()));
        }
        forms.into_iter().find(|f| self.known.contains(f))
    }
}
