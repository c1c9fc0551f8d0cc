//! Names and offices: whether the reports call people and bodies so, and give them the offices that the draft does.

use std::collections::BTreeSet;

use rapporteur_schema::{EntityKind, MentionKind};

use crate::ground::Ground;
use crate::say::{self, Maker};
use crate::verdict::{Judgement, Kind, Severity, Verdict};
use crate::word::{self, words};

/// Checks the names of the draft, once each, and the offices it gives.
pub(crate) fn check(ground: &Ground<'_>, maker: &Maker<'_, '_>) -> Vec<Verdict> {
    let known = Known::of(ground);
    let mut out = Vec::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for (actor, entity) in ground.draft.findings.actors.iter().zip(&ground.draft.entity_of) {
        for mention in actor.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            let at = mention.span();
            let range = ground.draft.words_at(at);
            let quoted = range.clone().next().and_then(|w| ground.draft.quoted[w]).is_some();
            let folded: Vec<String> = ground.draft.words[range].iter().map(|w| w.folded.clone()).collect();
            if quoted || folded.is_empty() || !told.insert(folded.join(" ")) {
                continue;
            }
            out.extend(name(ground, maker, &known, actor.kind, at, &folded));
        }
        for office in &actor.offices {
            if let Some(entity) = entity.filter(|&e| ground.is_reported(e)) {
                out.extend(self::office(ground, maker, entity, office));
            }
        }
    }
    out
}

/// What the reports call anybody.
struct Known {
    /// Names as folded words, with the name as written and whether it is a person's.
    names: Vec<(Vec<String>, String, bool)>,
    /// All words of the reports and of what is known about them.
    rows: Vec<Vec<String>>,
}

impl Known {
    fn of(ground: &Ground<'_>) -> Self {
        let mut names = Vec::new();
        for entity in &ground.input.joined.entities {
            let of_reports = |n: &&rapporteur_schema::NameForm| n.reports.iter().any(|r| r != ground.input.draft.id());
            for form in entity.names.iter().filter(of_reports) {
                let folded = words(&form.form).into_iter().map(|w| w.folded).collect();
                names.push((folded, form.form.clone(), entity.kind == EntityKind::Person));
            }
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        for doc in &ground.docs {
            rows.push(doc.words.iter().map(|w| w.folded.clone()).collect());
            let head = &doc.report.head;
            for text in [&head.outlet, &head.byline, &head.title].into_iter().flatten() {
                rows.push(words(text).into_iter().map(|w| w.folded).collect());
            }
            rows.extend(head.credits.iter().map(|c| words(c).into_iter().map(|w| w.folded).collect()));
        }
        Known { names, rows }
    }

    /// Whether these words stand in a row in any report.
    fn stands(&self, folded: &[String]) -> bool {
        self.rows.iter().any(|row| row.windows(folded.len()).any(|w| w == folded))
    }

    fn has(&self, word: &str) -> bool {
        self.rows.iter().any(|row| row.iter().any(|w| w == word))
    }
}

fn name(
    ground: &Ground<'_>,
    maker: &Maker<'_, '_>,
    known: &Known,
    kind: EntityKind,
    at: rapporteur_schema::Span<rapporteur_schema::Char>,
    folded: &[String],
) -> Option<Verdict> {
    let mut verdict = maker.verdict(at, Kind::Name, Judgement::BorneOut);
    let telling: Vec<String> = folded.iter().filter(|w| !word::is_small(w)).cloned().collect();
    if known.stands(folded) || telling.is_empty() {
        let docs: Vec<usize> = (0..ground.docs.len())
            .filter(|&d| {
                let keys: Vec<&str> = ground.docs[d].words.iter().map(|w| w.folded.as_str()).collect();
                keys.windows(folded.len()).any(|w| w.iter().zip(folded).all(|(a, b)| a == b))
            })
            .collect();
        maker.borne_out(&mut verdict, docs.iter().copied());
        verdict.says = format!("named so in {}", maker.named(docs));
        return Some(verdict);
    }
    // "Prime Minister Solvey's office", "Orsava–Kareth talks": all of it is there, in another order.
    let person = kind == EntityKind::Person;
    let all_there = telling.iter().all(|w| known.has(w));
    let last = telling.last()?;
    let surname: BTreeSet<&str> = known
        .names
        .iter()
        .filter(|(n, _, p)| *p && n.len() > 1 && n.last() == Some(last))
        .map(|(_, written, _)| written.as_str())
        .collect();
    verdict.judgement = Judgement::NotFound;
    if person && telling.len() > 1 && !surname.is_empty() {
        let titled = surname.iter().any(|s| {
            let theirs: Vec<String> = words(s).into_iter().map(|w| w.folded).collect();
            telling.iter().all(|w| theirs.contains(w) || known.has(w))
                && theirs.iter().any(|w| *w == telling[telling.len() - 2])
        });
        if !titled {
            let near = nickname(&telling[telling.len() - 2], &surname);
            (verdict.judgement, verdict.severity) = match near {
                true => (Judgement::NotFound, Severity::Note),
                false => (Judgement::Contradicted, Severity::Error),
            };
            let names: Vec<&str> = surname.into_iter().collect();
            verdict.says = format!("the reports name {}", names.join(", "));
            return Some(verdict);
        }
    }
    if all_there {
        verdict.judgement = Judgement::BorneOut;
        verdict.says = "its words stand in the reports".into();
        return Some(verdict);
    }
    // One word off by a letter or two.
    let missing: Vec<&String> = telling.iter().filter(|w| !known.has(w)).collect();
    let near = known.names.iter().filter_map(|(n, written, _)| {
        let close = |w: &&&String| n.iter().any(|k| k.len() > 3 && near(k, w));
        (missing.iter().filter(close).count() == missing.len()).then_some(written.as_str())
    });
    let near: BTreeSet<&str> = near.collect();
    if let Some(one) = near.first().filter(|_| missing.iter().all(|w| w.len() > 3)) {
        (verdict.judgement, verdict.severity) = (Judgement::Contradicted, Severity::Error);
        let romanised = ground.draft.seen_at(at).any(|s| ground.is_reported(s.entity));
        if romanised {
            (verdict.judgement, verdict.severity) = (Judgement::NotFound, Severity::Warning);
        }
        let all: Vec<&str> = near.iter().copied().take(4).collect();
        let _ = one;
        verdict.says = format!("no report spells it so; they have {}", all.join(", "));
        return Some(verdict);
    }
    verdict.severity = match kind {
        EntityKind::Person | EntityKind::Organization => Severity::Warning,
        _ => Severity::Note,
    };
    verdict.says = format!("no report names {}", say::quote(&verdict.at.exact));
    Some(verdict)
}

/// Whether one given name may be short for another ("Dan", "Daniel").
fn nickname(given: &str, full: &BTreeSet<&str>) -> bool {
    full.iter().any(|name| {
        let first = words(name).into_iter().next().map(|w| w.folded).unwrap_or_default();
        let least = given.len().min(first.len());
        least >= 1 && (first.starts_with(given) || given.starts_with(&first)) && (least >= 3 || least == 1)
    })
}

/// Whether two words are a slip apart: one letter in short words, two in long ones.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let most = if a.len().min(b.len()) > 6 { 2 } else { 1 };
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

fn office(
    ground: &Ground<'_>,
    maker: &Maker<'_, '_>,
    entity: usize,
    office: &rapporteur_schema::OfficeFinding,
) -> Option<Verdict> {
    let telling = |title: &str| -> Vec<String> {
        words(title).into_iter().map(|w| w.folded).filter(|w| !word::is_small(w)).collect()
    };
    let ours = telling(&office.title);
    let reported = |o: &&rapporteur_schema::Office| o.evidence.iter().any(|c| c.report() != ground.input.draft.id());
    let holder = ground.entity(entity);
    let own: Vec<&rapporteur_schema::Office> = holder.offices.iter().filter(reported).collect();
    if ours.is_empty() || holder.kind != EntityKind::Person {
        return None;
    }
    let shared = |title: &str| telling(title).iter().any(|w| ours.iter().any(|o| word::stem(o) == word::stem(w)));
    let mut verdict = maker.verdict(office.at.span(), Kind::Office, Judgement::BorneOut);
    let same: Vec<&&rapporteur_schema::Office> = own.iter().filter(|o| shared(&o.title)).collect();
    if !same.is_empty() {
        let evidence = same.iter().flat_map(|o| o.evidence.iter()).filter(|c| c.report() != ground.input.draft.id());
        verdict.sources = evidence.cloned().collect();
        let docs = maker.docs_of(verdict.sources.iter());
        maker.borne_out(&mut verdict, docs.iter().copied());
        verdict.says = format!("{} has {} as {}", maker.named(docs), holder.name, same[0].title);
        return Some(verdict);
    }
    // The same title, held by somebody else whom the reports name.
    let title = ours.join(" ");
    let others: Vec<(&str, &rapporteur_schema::Office)> = ground
        .input
        .joined
        .entities
        .iter()
        .filter(|e| e.id != holder.id && e.kind == EntityKind::Person)
        .flat_map(|e| e.offices.iter().map(move |o| (e.name.as_str(), o)))
        .filter(|(_, o)| reported(o) && telling(&o.title).join(" ") == title)
        .collect();
    if let Some((other, theirs)) = others.first().filter(|_| ours.len() > 1 && !own.is_empty()) {
        (verdict.judgement, verdict.severity) = (Judgement::Contradicted, Severity::Error);
        verdict.against = theirs.evidence.iter().filter(|c| c.report() != ground.input.draft.id()).cloned().collect();
        let own: Vec<&str> = own.iter().map(|o| o.title.as_str()).take(2).collect();
        verdict.says = format!("the reports give this office to {other}; {} is {}", holder.name, own.join(", "));
        return Some(verdict);
    }
    (verdict.judgement, verdict.severity) = (Judgement::NotFound, Severity::Note);
    let own: Vec<&str> = own.iter().map(|o| o.title.as_str()).take(2).collect();
    verdict.says = match own.is_empty() {
        true => format!("no report tells the office of {}", holder.name),
        false => format!("the reports call {} {}", holder.name, own.join(", ")),
    };
    Some(verdict)
}
