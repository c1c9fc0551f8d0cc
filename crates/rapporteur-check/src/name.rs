//! Names and offices: whether the reports call people and bodies so, and give them the offices that the draft does.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use rapporteur_lexicon::words::checking::GENERAL_OFFICE;
use rapporteur_lexicon::{facts, senses};
use rapporteur_schema::{EntityKind, MentionKind};

use crate::builder::{VerdictBuilder, quote};
use crate::entity::KnownEntities;
use crate::index::{ComparisonIndex, Doc};
use crate::limits::Quota;
use crate::verdict::{Judgement, Kind, Severity, Verdict};
use crate::word::{self, words_of};

/// Checks the names of the draft, once each, and the offices it gives.
pub(crate) fn check(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    cut: &mut Vec<String>,
) -> Vec<Verdict> {
    let known = &index.reports.named;
    let mut out = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let (mut names, mut offices) =
        (Quota::of_claims(&index.limits, "names"), Quota::of_claims(&index.limits, "offices"));
    for (actor, entity) in index.draft.findings.actors.iter().zip(&index.draft.entity_of) {
        for mention in actor.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            let at = mention.span();
            let range = index.draft.words_at(at);
            let quoted = range.clone().next().and_then(|w| index.draft.quoted[w]).is_some();
            let folded: Vec<String> = index.draft.words[range].iter().map(|w| w.folded.clone()).collect();
            if quoted || folded.is_empty() || !seen.insert(folded.join(" ")) || !names.take() {
                continue;
            }
            out.extend(name(index, builder, known, actor.kind, at, &folded));
        }
        for office in &actor.offices {
            if let Some(entity) = entity.filter(|&e| index.is_reported(e) && offices.take()) {
                out.extend(self::office(index, builder, known, entity, office));
            }
        }
    }
    names.close(cut);
    offices.close(cut);
    out
}

/// A word of the reports.
#[derive(Debug)]
struct Word {
    number: u32,
    /// The texts and the places in them where it stands.
    places: Vec<(u32, u32)>,
}

/// What the reports call anybody.
#[derive(Debug)]
pub(crate) struct Known {
    /// Names as folded words, with the name as written and whether it is a person's.
    names: Vec<(Vec<String>, String, bool)>,
    /// Which of them have a word, by its first letter and the word.
    named: BTreeMap<char, BTreeMap<String, Vec<usize>>>,
    /// Which of them are surnames of people with more names than that.
    surnames: HashMap<String, Vec<usize>>,
    /// The texts of the reports and of what is known about them, as words, with the report where it is its text.
    rows: Vec<(Option<usize>, Vec<u32>)>,
    words: BTreeMap<String, Word>,
    stems: BTreeSet<String>,
    /// Who holds an office of this title: entities and the place of the office among theirs.
    offices: HashMap<String, Vec<(usize, usize)>>,
}

impl Known {
    pub(crate) fn new(docs: &[Doc<'_>], entities: &KnownEntities) -> Self {
        let mut names = Vec::new();
        let mut offices: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (number, entity) in entities.all().iter().enumerate() {
            for form in entity.names.iter().filter(|n| !n.reports.is_empty()) {
                let folded: Vec<String> = words_of(&form.form).into_iter().map(|w| w.folded).collect();
                names.push((folded, form.form.clone(), entity.kind == EntityKind::Person));
            }
            let held = entity.offices.iter().enumerate().filter(|_| entity.kind == EntityKind::Person);
            for (n, office) in held {
                offices.entry(word::telling(&office.title).join(" ")).or_default().push((number, n));
            }
        }
        let mut named: BTreeMap<char, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
        let mut surnames: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, (words, _, person)) in names.iter().enumerate() {
            for word in words {
                let first = word.chars().next().unwrap_or_default();
                named.entry(first).or_default().entry(word.clone()).or_default().push(n);
            }
            if let Some(last) = words.last().filter(|_| *person && words.len() > 1) {
                surnames.entry(last.clone()).or_default().push(n);
            }
        }
        let mut words: BTreeMap<String, Word> = BTreeMap::new();
        let mut number = |folded: &str| {
            let fresh = words.len() as u32;
            match words.get(folded) {
                Some(word) => word.number,
                None => words.entry(folded.to_owned()).or_insert(Word { number: fresh, places: Vec::new() }).number,
            }
        };
        let mut rows: Vec<(Option<usize>, Vec<u32>)> = Vec::new();
        for (d, doc) in docs.iter().enumerate() {
            rows.push((Some(d), doc.words.iter().map(|w| number(&w.folded)).collect()));
            let head = &doc.report.head;
            let about = [&head.outlet, &head.byline, &head.title].into_iter().flatten().chain(&head.credits);
            rows.extend(about.map(|text| (None, words_of(text).into_iter().map(|w| number(&w.folded)).collect())));
        }
        let mut places = vec![Vec::new(); words.len()];
        for (r, (_, row)) in rows.iter().enumerate() {
            row.iter().enumerate().for_each(|(at, &word)| places[word as usize].push((r as u32, at as u32)));
        }
        for word in words.values_mut() {
            word.places = std::mem::take(&mut places[word.number as usize]);
        }
        let stems = words.keys().map(|w| word::stem(w).to_owned()).collect();
        Known { names, named, surnames, rows, words, stems, offices }
    }

    /// The texts in which these words stand in a row.
    fn rows_with(&self, folded: &[String]) -> BTreeSet<usize> {
        let words: Option<Vec<&Word>> = folded.iter().map(|w| self.words.get(w)).collect();
        let words = words.unwrap_or_default();
        let numbers: Vec<u32> = words.iter().map(|w| w.number).collect();
        let Some(rarest) = (0..words.len()).min_by_key(|&n| words[n].places.len()) else { return BTreeSet::new() };
        let stands = |&&(row, at): &&(u32, u32)| {
            let first = (at as usize).checked_sub(rarest);
            first.is_some_and(|f| self.rows[row as usize].1.get(f..f + numbers.len()) == Some(&numbers))
        };
        words[rarest].places.iter().filter(stands).map(|(row, _)| *row as usize).collect()
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Whether another form of the word stands there ("Europeans", "European").
    fn has_form(&self, word: &str) -> bool {
        let most = (word.len() >= 5).then(|| word.get(..word.len() - 1)).flatten();
        let begins = |m: &str| {
            let from = (Bound::Included(m), Bound::Unbounded);
            self.words.range::<str, _>(from).next().is_some_and(|(w, _)| w.starts_with(m))
        };
        self.stems.contains(word::stem(word)) || most.is_some_and(begins)
    }

    /// The names with a word that is a slip apart from this one.
    fn with_slip_of(&self, word: &str) -> BTreeSet<usize> {
        let first = word.chars().next().unwrap_or_default();
        let alike = self.named.get(&first).into_iter().flatten().filter(|(other, _)| near(other, word));
        alike.flat_map(|(_, names)| names).copied().collect()
    }
}

/// Whether a report gives somebody the office.
fn is_reported(index: &ComparisonIndex<'_>, office: &rapporteur_schema::Office) -> bool {
    office.evidence.iter().any(|c| c.report() != index.input.draft.id())
}

fn name(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    known: &Known,
    kind: EntityKind,
    at: rapporteur_schema::Span<rapporteur_schema::Char>,
    folded: &[String],
) -> Option<Verdict> {
    let mut verdict = builder.verdict(at, Kind::Name, Judgement::Supported);
    let telling: Vec<String> = folded.iter().filter(|w| !word::is_small(w)).cloned().collect();
    let rows = known.rows_with(folded);
    if !rows.is_empty() || telling.is_empty() {
        let docs: Vec<usize> = rows.into_iter().filter_map(|r| known.rows[r].0).collect();
        builder.supported(&mut verdict, docs.iter().copied());
        verdict.says = format!("named so in {}", builder.named(docs));
        return Some(verdict);
    }
    // "Prime Minister Solvey's office", "Orsava–Kareth talks": all of it is there, in another order or form.
    if telling.iter().all(|w| known.has(w) || known.has_form(w)) {
        verdict.says = "its words stand in the reports".into();
        let Some(others) = namesakes(known, kind, &telling) else { return Some(verdict) };
        let joined = index.draft.seen_at(at).any(|s| index.is_reported(s.entity));
        verdict.judgement = Judgement::NotFound;
        verdict.severity = if joined { Severity::Note } else { Severity::Warning };
        verdict.says = format!("no report names {}; they name {others}", quote(&verdict.at.exact));
        return Some(verdict);
    }
    verdict.judgement = Judgement::NotFound;
    let joined = index.draft.seen_at(at).any(|s| index.is_reported(s.entity));
    // A word that is off by a letter or two.
    let missing: Vec<&String> = telling.iter().filter(|w| !known.has(w)).collect();
    let slip = |(n, written, _): &(Vec<String>, String, bool)| {
        let close = |w: &&&String| n.iter().any(|k| near(k, w));
        let rest = telling.iter().filter(|w| known.has(w)).all(|w| n.contains(w));
        (rest && missing.iter().filter(close).count() == missing.len()).then(|| written.clone())
    };
    let close = missing.first().map(|w| known.with_slip_of(w)).unwrap_or_default();
    let slips: BTreeSet<String> = close.into_iter().filter_map(|n| slip(&known.names[n])).collect();
    if !slips.is_empty() && missing.iter().all(|w| w.len() > 4) {
        let sure = telling.len() > 1 && !joined;
        (verdict.judgement, verdict.severity) = match sure {
            true => (Judgement::Contradicted, Severity::Error),
            false => (Judgement::NotFound, Severity::Warning),
        };
        let all: Vec<String> = slips.into_iter().take(4).collect();
        verdict.says = format!("no report spells it so; they have {}", all.join(", "));
        return Some(verdict);
    }
    if let Some(others) = namesakes(known, kind, &telling) {
        verdict.severity = if joined { Severity::Note } else { Severity::Warning };
        verdict.says = format!("no report names {}; they name {others}", quote(&verdict.at.exact));
        return Some(verdict);
    }
    let severe = matches!(kind, EntityKind::Person | EntityKind::Organization | EntityKind::Place);
    let meant = fuller(known, &telling) || initials(known, &telling) || seat(index, at);
    verdict.severity = if severe && !meant { Severity::Warning } else { Severity::Note };
    verdict.says = format!("no report names {}", quote(&verdict.at.exact));
    Some(verdict)
}

/// Whether the reports have the surname alone, and the draft puts a given name before it ("Ana Roe" for "Ms. Roe").
fn fuller(known: &Known, telling: &[String]) -> bool {
    let Some((last, given)) = telling.split_last() else { return false };
    let is_given = |word: &String| {
        let capital: String = word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
        facts().given_name(&capital).is_some()
    };
    !given.is_empty() && given.iter().all(is_given) && known.has(last) && !known.surnames.contains_key(last)
}

/// Whether the reports have what it is called for short ("UN" for "United Nations").
fn initials(known: &Known, telling: &[String]) -> bool {
    let short: String = telling.iter().filter_map(|w| w.chars().next()).collect();
    telling.len() > 1 && known.has(&short)
}

/// Whether it is the capital of a country that the reports name, and stands for who governs there: nothing is told to happen in it.
fn seat(index: &ComparisonIndex<'_>, at: rapporteur_schema::Span<rapporteur_schema::Char>) -> bool {
    let words = index.draft.words_at(at);
    let before = words.start.checked_sub(1).and_then(|w| index.draft.words.get(w));
    let local = before.is_some_and(|w| matches!(w.folded.as_str(), "in" | "at" | "from" | "to"));
    let place = index.draft.report.text.slice(at).and_then(|name| facts().known(name));
    let country = place.filter(|p| p.class == "capital").map(|p| p.country);
    let named = |code: &str| index.reports.countries.iter().any(|all| all.contains(code));
    !local && country.is_some_and(named)
}

/// The people of the same surname whom the reports name, where none of them shares a given name.
fn namesakes(known: &Known, kind: EntityKind, telling: &[String]) -> Option<String> {
    let (last, given) = telling.split_last()?;
    if kind != EntityKind::Person || given.is_empty() {
        return None;
    }
    let same: Vec<&(Vec<String>, String, bool)> =
        known.surnames.get(last).into_iter().flatten().map(|&n| &known.names[n]).collect();
    let shares = |n: &[String]| given.iter().any(|g| n.contains(g) || n.first().is_some_and(|f| short_for(f, g)));
    if same.is_empty() || same.iter().any(|(n, _, _)| shares(n)) {
        return None;
    }
    let names: BTreeSet<String> = same.into_iter().map(|(_, w, _)| w.clone()).collect();
    Some(names.into_iter().take(4).collect::<Vec<_>>().join(", "))
}

/// Whether one given name may be short for another ("Dan", "Daniel", "D").
fn short_for(a: &str, b: &str) -> bool {
    let least = a.len().min(b.len());
    (least == 1 || least >= 3) && (a.starts_with(b) || b.starts_with(a))
}

/// Whether two words are a slip apart: one letter in short words, two in long ones.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let most = if a.len().min(b.len()) > 5 { 2 } else { 1 };
    a.len().abs_diff(b.len()) <= most && a.first() == b.first() && distance(&a, &b) <= most
}

/// The edit distance of two words.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (corner + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            corner = above;
        }
    }
    row[b.len()]
}

/// Whether the reports have these words, or such as can stand for them, in a sentence that names somebody.
fn told_beside(index: &ComparisonIndex<'_>, entity: usize, title: &[String]) -> bool {
    index.docs.iter().any(|doc| {
        let named = doc.seen.iter().filter(|s| s.entity == entity);
        named.filter_map(|s| doc.sentence_at(rapporteur_schema::Span::new(s.start, s.end))).any(|sentence| {
            let words = doc.sentences[sentence].words.clone();
            title.iter().all(|t| words.clone().any(|w| same_title(t, &doc.words[w].folded)))
        })
    })
}

/// Whether two words of titles are one: forms of one, of one sense, or one short for the other ("Adm." for "admiral").
fn same_title(a: &str, b: &str) -> bool {
    let short = |a: &str, b: &str| a.len() >= 3 && b.starts_with(a);
    word::stem(a) == word::stem(b) || senses().same(a, b) || short(a, b) || short(b, a)
}

fn office(
    index: &ComparisonIndex<'_>,
    builder: &VerdictBuilder<'_, '_>,
    known: &Known,
    entity: usize,
    office: &rapporteur_schema::OfficeFinding,
) -> Option<Verdict> {
    let ours = word::telling(&office.title);
    let reported = |o: &&rapporteur_schema::Office| is_reported(index, o);
    let holder = index.entity(entity);
    let own: Vec<&rapporteur_schema::Office> = holder.offices.iter().filter(reported).collect();
    if ours.is_empty() || holder.kind != EntityKind::Person {
        return None;
    }
    // "Envoy" and "special envoy" are one; "foreign minister" and "transport minister" are two.
    let shared = |title: &str| {
        let theirs = word::telling(title);
        let holds = |a: &[String], b: &[String]| a.iter().all(|w| b.iter().any(|o| word::stem(o) == word::stem(w)));
        // "Adm." is "admiral"; "Sen." is no "Senate majority leader".
        let short = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| same_title(a, b));
        !theirs.is_empty() && (holds(&ours, &theirs) || holds(&theirs, &ours) || short)
    };
    let mut verdict = builder.verdict(office.at.span(), Kind::Office, Judgement::Supported);
    let same: Vec<&&rapporteur_schema::Office> = own.iter().filter(|o| shared(&o.title)).collect();
    if !same.is_empty() {
        let evidence = same.iter().flat_map(|o| o.evidence.iter()).filter(|c| c.report() != index.input.draft.id());
        verdict.sources = evidence.cloned().collect();
        let docs = builder.docs_of(verdict.sources.iter());
        builder.supported(&mut verdict, docs.iter().copied());
        verdict.says = format!("{} is {} in {}", holder.name, same[0].title, builder.named(docs));
        return Some(verdict);
    }
    // The same title, held by somebody else whom the reports name.
    let title = ours.join(" ");
    let others: Vec<(&str, &rapporteur_schema::Office)> = known
        .offices
        .get(&title)
        .into_iter()
        .flatten()
        .filter(|(e, _)| *e != entity)
        .map(|&(e, n)| (index.entity(e).name.as_str(), &index.entity(e).offices[n]))
        .collect();
    if let Some((other, theirs)) = others.first().filter(|_| ours.len() > 1 && !own.is_empty()) {
        (verdict.judgement, verdict.severity) = (Judgement::Contradicted, Severity::Error);
        verdict.against = theirs.evidence.iter().filter(|c| c.report() != index.input.draft.id()).cloned().collect();
        let own: Vec<&str> = own.iter().map(|o| o.title.as_str()).take(2).collect();
        verdict.says = format!("the reports give this office to {other}; {} is {}", holder.name, own.join(", "));
        return Some(verdict);
    }
    (verdict.judgement, verdict.severity) = (Judgement::NotFound, Severity::Note);
    // Where the reports tell what he is, and nothing of this, it may be somebody else's office or none.
    let general = ours.last().is_some_and(|w| GENERAL_OFFICE.has(w));
    // Nor where no report has any word of it.
    let nowhere = !general && ours.iter().all(|w| !known.has(w) && !known.has_form(w));
    if nowhere {
        verdict.severity = Severity::Warning;
    }
    if !own.is_empty() && !general && known.rows_with(&ours).is_empty() && !told_beside(index, entity, &ours) {
        verdict.severity = Severity::Warning;
    }
    let own: Vec<&str> = own.iter().map(|o| o.title.as_str()).take(2).collect();
    verdict.says = match own.is_empty() {
        true => format!("no report tells the office of {}", holder.name),
        false => format!("the reports call {} {}", holder.name, own.join(", ")),
    };
    Some(verdict)
}
