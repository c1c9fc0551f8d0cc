//! Groups a corpus of reports into stories and says how well: `cluster GOLD.jsonl [PRED.jsonl]`; `cluster --scale` says
//! what the ten thousandth report costs.
//!
//! `GOLD.jsonl` has a report a line with `id`, `file` (beside it), `cluster`, and where known `date` and `title`.
//! `PRED.jsonl` gets the stories of the reports in the order of their dates. `cargo xtask eval clusters` runs it and then
//! the corpus's scorer.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use rapporteur_record::cluster::{Clusterer, Profile, Settings};
use rapporteur_schema::{Edtf, Passage, PassageKind, Report, ReportHead, ReportId, Text};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many orders of arrival are drawn.
const SHUFFLES: u64 = 10;

/// How often the cost is measured.
const RUNS: usize = 3;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--scale"] => scale(),
        [gold] => corpus(gold, None),
        [gold, pred] => corpus(gold, Some(pred)),
        _ => Err("usage: cluster GOLD.jsonl [PRED.jsonl] | cluster --scale".into()),
    }
}

/// One report of a corpus.
struct Document {
    id: String,
    report: ReportId,
    profile: Profile,
    gold: String,
}

fn read(gold: &str) -> Outcome<Vec<Document>> {
    let folder = Path::new(gold).parent().ok_or("the gold file stands in no folder")?;
    let mut documents = Vec::new();
    for line in std::fs::read_to_string(gold)?.lines() {
        let given: Value = serde_json::from_str(line)?;
        let id = given["id"].as_str().ok_or("a report without an id")?.to_owned();
        let text = std::fs::read_to_string(folder.join(given["file"].as_str().ok_or("a report without a file")?))?;
        let day = given["date"].as_str().and_then(|d| d.get(..10)?.parse().ok());
        let report = report(&id, given["title"].as_str(), &text, day);
        let gold = given["cluster"].to_string();
        documents.push(Document { profile: Profile::of(&report, None), report: report.head.id, id, gold });
    }
    Ok(documents)
}

fn report(id: &str, title: Option<&str>, text: &str, published: Option<Edtf>) -> Report {
    let text = Text::new(text);
    let head = ReportHead {
        id: ReportId::from_content(&[id]),
        source: id.to_owned(),
        sha256: String::new(),
        encoding: "UTF-8".to_owned(),
        outlet: None,
        url: None,
        title: title.map(str::to_owned),
        byline: None,
        published,
        published_basis: None,
        language: "en".to_owned(),
        credits: Vec::new(),
        passages: vec![Passage { start: 0, end: text.chars(), kind: PassageKind::Body }],
    };
    Report { head, text }
}

/// The story of each report when they come in this order.
fn stream(documents: &[Document], order: &[usize], settings: &Settings) -> Vec<String> {
    let mut clusterer = Clusterer::new(settings.clone());
    for &i in order {
        clusterer.assign(&documents[i].report, &documents[i].profile);
    }
    let story = |d: &Document| clusterer.story_of(&d.report).map_or_else(String::new, ToString::to_string);
    documents.iter().map(story).collect()
}

/// B-cubed precision, recall and F1.
fn b_cubed(documents: &[Document], found: &[String]) -> [f64; 3] {
    let mut gold: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut ours = gold.clone();
    for (i, (document, story)) in documents.iter().zip(found).enumerate() {
        gold.entry(&document.gold).or_default().insert(i);
        ours.entry(story).or_default().insert(i);
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (document, story) in documents.iter().zip(found) {
        let (gold, ours) = (&gold[document.gold.as_str()], &ours[story.as_str()]);
        let both = gold.intersection(ours).count() as f64;
        precision += both / ours.len() as f64 / documents.len() as f64;
        recall += both / gold.len() as f64 / documents.len() as f64;
    }
    [precision, recall, 2.0 * precision * recall / (precision + recall)]
}

fn corpus(gold: &str, pred: Option<&str>) -> Outcome<()> {
    let documents = read(gold)?;
    let (as_given, by_date, shuffled) = orders(&documents);
    let usual = Settings::default();
    println!("order of arrival     P      R      F1");
    let row = |name: &str, [p, r, f]: [f64; 3]| println!("  {name:<16} {p:.3}  {r:.3}  {f:.3}");
    row("as given", b_cubed(&documents, &stream(&documents, &as_given, &usual)));
    let found = stream(&documents, &by_date, &usual);
    row("by date", b_cubed(&documents, &found));
    let (mean, least) = mean(&documents, &shuffled, &usual);
    row(&format!("{SHUFFLES} shuffles"), mean);
    println!("  the worst of them            {least:.3}");
    println!("bar, and F1 of the shuffles");
    for percent in [70, 80, 90, 100, 110, 120, 130, 150] {
        let settings = Settings { bar: usual.bar * f64::from(percent) / 100.0, ..usual.clone() };
        println!("  {:.3}  {:.3}", settings.bar, self::mean(&documents, &shuffled, &settings).0[2]);
    }
    let Some(pred) = pred else { return Ok(()) };
    let mut out = std::io::BufWriter::new(std::fs::File::create(pred)?);
    for (document, story) in documents.iter().zip(&found) {
        writeln!(out, "{}", json!({"id": document.id, "cluster": story}))?;
    }
    Ok(())
}

/// The orders in which reports arrive: as the corpus has them, by date (those without one last), and shuffled.
fn orders(documents: &[Document]) -> (Vec<usize>, Vec<usize>, Vec<Vec<usize>>) {
    let given: Vec<usize> = (0..documents.len()).collect();
    let mut by_date = given.clone();
    by_date.sort_by_key(|&i| (documents[i].profile.day().is_none(), documents[i].profile.day()));
    let shuffled = |seed: u64| {
        let (mut order, mut random) = (given.clone(), Random(seed));
        (1..order.len()).rev().for_each(|i| order.swap(i, random.below(i + 1)));
        order
    };
    (given.clone(), by_date, (1..=SHUFFLES).map(shuffled).collect())
}

/// The mean over some orders, and the least F1.
fn mean(documents: &[Document], orders: &[Vec<usize>], settings: &Settings) -> ([f64; 3], f64) {
    let scores: Vec<[f64; 3]> = orders.iter().map(|o| b_cubed(documents, &stream(documents, o, settings))).collect();
    let mean = [0, 1, 2].map(|i| scores.iter().map(|s| s[i]).sum::<f64>() / scores.len() as f64);
    (mean, scores.iter().map(|s| s[2]).fold(1.0, f64::min))
}

/// Ten thousand reports of made-up words, ten to a story on average, over a year: what the last thousand cost against
/// the first.
fn scale() -> Outcome<()> {
    let mut random = Random(1);
    let mut reports = Vec::new();
    for i in 0..10_000 {
        let story = random.below(1000);
        let day = story * 365 / 1000 + random.below(5);
        let date = jiff::civil::date(2026, 1, 1).checked_add(jiff::Span::new().try_days(day as i64)?)?;
        // Sixty words of its story, and others as frequent as in news: the n-th word once in n.
        let words: Vec<String> = (0..250)
            .map(|n| {
                if n % 4 == 0 { format!("s{story}w{}", random.below(60)) } else { format!("w{}", random.zipf(50_000)) }
            })
            .collect();
        reports.push(report(&i.to_string(), None, &words.join(" "), Some(Edtf::day(date))));
    }
    let profiles: Vec<Profile> = reports.iter().map(|r| Profile::of(r, None)).collect();
    let bytes: usize = profiles.iter().map(|p| p.to_bytes().len()).sum();
    let mut order: Vec<usize> = (0..reports.len()).collect();
    (1..order.len()).rev().for_each(|i| order.swap(i, random.below(i + 1)));
    order.sort_by_key(|&i| profiles[i].day());
    for (name, order) in [("by date", order.clone()), ("in any order", (0..order.len()).collect())] {
        // The least of some runs: other work on the machine only ever adds to it.
        let runs: Vec<(usize, Vec<Duration>)> = (0..RUNS).map(|_| timed(&reports, &profiles, &order)).collect();
        let least = |thousand: usize| runs.iter().map(|(_, cost)| cost[thousand]).min().unwrap_or_default();
        let cost: Vec<f64> = (0..order.len() / 1000).map(|thousand| least(thousand).as_secs_f64()).collect();
        let (first, last) = (cost[0], cost[cost.len() - 1]);
        println!(
            "10,000 reports {name}: {} stories, {:.0} µs a report, last thousand / first thousand {:.2}",
            runs[0].0,
            cost.iter().sum::<f64>() * 1e6 / reports.len() as f64,
            last / first
        );
    }
    println!("a profile takes {} bytes", bytes / reports.len());
    Ok(())
}

/// How many stories come of them, and what each thousand cost.
fn timed(reports: &[Report], profiles: &[Profile], order: &[usize]) -> (usize, Vec<Duration>) {
    let mut clusterer = Clusterer::default();
    let mut thousand = |reports_of: &[usize]| {
        let start = Instant::now();
        reports_of.iter().for_each(|&i| drop(clusterer.assign(&reports[i].head.id, &profiles[i])));
        start.elapsed()
    };
    let cost = order.chunks(1000).map(&mut thousand).collect();
    (clusterer.stories().count(), cost)
}

/// A small generator, the same everywhere (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Small numbers often, large ones rarely.
    fn zipf(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (n as f64).powf(unit) as usize
    }
}
