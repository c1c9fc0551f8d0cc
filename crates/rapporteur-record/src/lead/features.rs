//! What is known of a sentence as one that tells what happened. The names of the features are what `why` says.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Char, EntityKind, MentionKind, Mode, Span};
use rapporteur_scorer::Features;

use crate::claim::{Alignment, Unit};
use crate::context::MergeContext;
use crate::words::QuickMap;

/// The features of every sentence, in order.
pub(crate) fn features(story: &MergeContext<'_>, alignment: &Alignment) -> Vec<Features> {
    let units = &alignment.units;
    let reports = story.reports.len().max(1) as f32;
    let told = told_elsewhere(alignment);
    let matter = matter(units, reports);
    let weight = prominence(story, reports);
    let mut out = Vec::with_capacity(units.len());
    let mut first = 0;
    for report in 0..story.reports.len() {
        let of_report = units[first..].iter().take_while(|u| u.report == report).count();
        let found = Found::of(story, report, &units[first..first + of_report]);
        for n in first..first + of_report {
            let mut f = place(story, &units[n]);
            let (sum, sure, best) = told[n];
            f.add("told in other reports too", sum / (reports - 1.0).max(1.0));
            f.add("told in several other reports", (sum.min(4.0)) / 4.0);
            f.add("told elsewhere for sure", sure.min(4.0) / 4.0);
            f.add("told elsewhere in like words", best);
            let units_matter: f32 = units[n].stems.iter().map(|s| matter.get(s).copied().unwrap_or(0.0)).sum();
            f.add("about what all reports are about", units_matter / (units[n].stems.len() as f32 + 3.0));
            let prominence: f32 =
                units[n].entities.iter().map(|e| weight.get(e).copied().unwrap_or(0.0)).sum::<f32>().min(6.0);
            f.add("about the persons and bodies of the story", prominence / 6.0);
            found.add(&mut f, n - first);
            out.push(f);
        }
        first += of_report;
    }
    out
}

/// Of each sentence: how many other reports tell it, by the likelihood of the likeliest sentence of each; how many for sure; the best.
fn told_elsewhere(alignment: &Alignment) -> Vec<(f32, f32, f32)> {
    let mut best: Vec<BTreeMap<usize, f32>> = vec![BTreeMap::new(); alignment.units.len()];
    for pair in &alignment.pairs {
        for (a, b) in [(pair.a, pair.b), (pair.b, pair.a)] {
            let slot = best[a].entry(alignment.units[b].report).or_default();
            *slot = slot.max(pair.same);
        }
    }
    let sums = |reports: &BTreeMap<usize, f32>| {
        let sure = reports.values().filter(|p| **p > 0.3).count() as f32;
        (reports.values().sum(), sure, reports.values().fold(0.0f32, |m, p| m.max(*p)))
    };
    best.iter().map(sums).collect()
}

/// How much each stem is what the story is about: in how many reports it stands, and how often.
fn matter(units: &[Unit], reports: f32) -> QuickMap<u32, f32> {
    let mut seen: QuickMap<u32, (BTreeSet<usize>, u32)> = QuickMap::default();
    for unit in units {
        for &stem in &unit.stems {
            let (of, count) = seen.entry(stem).or_default();
            of.insert(unit.report);
            *count += 1;
        }
    }
    seen.into_iter().map(|(stem, (of, count))| (stem, of.len() as f32 / reports * (1.0 + count as f32).ln())).collect()
}

/// The same of entities, by their mentions.
fn prominence(story: &MergeContext<'_>, reports: f32) -> BTreeMap<usize, f32> {
    let mut seen: BTreeMap<usize, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for (report, found) in story.findings.iter().enumerate() {
        for (actor, entity) in found.actors.iter().zip(&story.merged.of[report]) {
            if let Some(entity) = entity {
                let (of, count) = seen.entry(*entity).or_default();
                of.insert(report);
                *count += actor.mentions.len();
            }
        }
    }
    seen.into_iter().map(|(e, (of, count))| (e, of.len() as f32 / reports * (1.0 + count as f32).ln())).collect()
}

/// Where it stands, and what its words are.
fn place(story: &MergeContext<'_>, unit: &Unit) -> Features {
    let tokens = &story.words[unit.report][unit.words.clone()];
    let words = tokens.len();
    let form = |n: usize| story.forms.of(tokens[n].word);
    let mut f = Features::default();
    f.flag("the first sentence of its report", unit.place == 0);
    f.flag("the second sentence of its report", unit.place == 1);
    f.flag("the third sentence of its report", unit.place == 2);
    f.flag("near the start of its report", unit.place < 6);
    f.add("place in its report", unit.place.min(60) as f32 / 60.0);
    f.add("place in its report, by its logarithm", (1.0 + unit.place as f32).ln() / 4.0);
    f.add("share of the report before it", unit.place as f32 / unit.of.max(1) as f32);
    f.add("its length", (words.max(1) as f32).ln() / 4.0);
    f.flag("very short", words < 8);
    f.flag("very long", words > 45);
    f.flag("leans on the sentence before", (0..words.min(1)).any(|n| form(n).open));
    f.flag("words in quotation marks", unit.quoted);
    f.flag("tells an outcome", (0..words).any(|n| form(n).outcome));
    f.flag("tells what is next", (0..words).any(|n| form(n).next));
    f.add("names", unit.named.len().min(4) as f32 / 4.0);
    f.flag("names nobody", unit.named.is_empty());
    f.add("figures", unit.figures.len().min(3) as f32 / 3.0);
    f.flag("somebody says it", unit.speaker.is_some());
    let text = story.reports[unit.report].text.slice(unit.at).unwrap_or_default();
    f.flag("a question", text.contains('?'));
    f.flag("more than one line", text.contains('\n'));
    f
}

/// What the findings of one report have in its sentences.
struct Found {
    kinds: Vec<BTreeMap<&'static str, usize>>,
}

impl Found {
    fn of(story: &MergeContext<'_>, report: usize, units: &[Unit]) -> Self {
        let mut kinds: Vec<BTreeMap<&'static str, usize>> = vec![BTreeMap::new(); units.len()];
        let mut add = |name: &'static str, place: Span<Char>| {
            let from = units.partition_point(|u| u.at.end() <= place.start());
            let over = |u: &Unit| u.at.start() < place.end();
            for n in (from..units.len()).take_while(|&n| over(&units[n])) {
                *kinds[n].entry(name).or_default() += 1;
            }
        };
        let found = story.findings[report];
        for s in &found.statements {
            add("a statement", s.content.span());
            if s.mode == Mode::Direct {
                add("the speaker's own words", s.content.span());
            }
            if s.speaker.is_none() {
                add("a statement of nobody in particular", s.content.span());
            }
        }
        found.meetings.iter().for_each(|m| add("a gathering", m.trigger.span()));
        found.positions.iter().for_each(|p| add("what a party wants", p.at.span()));
        found.conditions.iter().for_each(|c| add("a condition", c.at.span()));
        found.quantities.iter().for_each(|q| add("a figure that matters", q.at.span()));
        found.proposals.iter().for_each(|p| add("a plan or offer", p.at.span()));
        for date in &found.dates {
            add("a day", date.at.span());
            let published = found.published.map(|p| p.first_day());
            if let (Some(value), Some(published)) = (date.value, published) {
                if value.first_day() == published && value.last_day() == published {
                    add("the day of the report", date.at.span());
                }
                if value.first_day() > published {
                    add("a day to come", date.at.span());
                }
            }
        }
        for actor in &found.actors {
            for mention in &actor.mentions {
                match (mention.kind, actor.kind) {
                    (MentionKind::Pronoun, _) => add("pronouns", mention.span()),
                    (MentionKind::Name, EntityKind::Person) => add("persons", mention.span()),
                    (MentionKind::Name, EntityKind::Organization) => add("bodies", mention.span()),
                    (MentionKind::Name, EntityKind::Country) => add("countries", mention.span()),
                    _ => {}
                }
            }
        }
        Found { kinds }
    }

    fn add(&self, f: &mut Features, n: usize) {
        for (name, count) in &self.kinds[n] {
            f.flag(*name, true);
            if *count > 1 {
                f.flag(format!("{name}, more than one"), true);
            }
        }
    }
}
