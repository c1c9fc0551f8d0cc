//! The lead: the few sentences of the reports that tell a newcomer what happened and where it stands.
//!
//! Every sentence has features (`features`), a scorer says how likely an editor would choose it (weights/lead.json, fitted on the
//! leads of the annotated stories). The likeliest are taken one after the other; what tells the same as one that was taken
//! counts less, and no two sentences of one claim that is more likely one than not are taken. The seven likeliest are the lead, as many again follow for who reads on. Then the one
//! that stands earliest in its report comes first, the others as events go in the reports, what is still to come last.

mod features;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rapporteur_lexicon::words::function::THIRD_PERSON;
use rapporteur_lexicon::words::lead::{in_first_person, is_to_come, leans};
use rapporteur_schema::{Claim, Edtf, EntityKind, LeadSentence, ReportId, Rule, Span, phrase};
use rapporteur_scorer::Model;

use crate::claim::{Alignment, Unit, rounded, shared_of};
use crate::context::MergeContext;
pub(crate) use features::features;

/// The weights, fitted by `cargo xtask train lead` (weights/ORIGIN.md).
static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_str!("../../weights/lead.json")).ok());

/// Sentences of the lead proper, and sentences at most: the next likeliest follow for who reads on.
const LEAD: usize = 7;
const MOST: usize = 14;

/// Candidates that are compared with those taken: the likeliest.
const LIKELIEST: usize = 200;

/// What a sentence that tells the same as one that was taken loses, in log-odds.
const TOLD: f32 = 1.6;

/// From how likely two sentences tell the same, by themselves or by a claim, both are not taken; and from how likely a face says of a report that it tells it too.
const SAME: f32 = 0.5;
const ALSO: f32 = 0.9;

/// Reports that tell the same, at most, that speak for opening with a sentence.
const MOST_TELLERS: usize = 3;

/// Reasons told.
const REASONS: usize = 3;

/// Chooses them; `claims` are those of the alignment's groups, in the same order.
pub(crate) fn find(story: &MergeContext<'_>, alignment: &Alignment, claims: &[Option<&Claim>]) -> Vec<LeadSentence> {
    let Some(model) = MODEL.as_ref() else { return Vec::new() };
    let all = features(story, alignment);
    let scores: Vec<f32> = all.iter().map(|f| model.score(f)).collect();
    // "He said …" leaves a newcomer asking who, and so do words in quotation marks alone.
    let incomplete = |unit: usize| {
        let u = &alignment.units[unit];
        let tokens = &story.words[u.report][u.words.clone()];
        let quoted = tokens.iter().filter(|t| t.marked).count();
        let text = story.reports[u.report].text.slice(u.at).unwrap_or_default();
        // Nor whom "she" means where no person is named.
        let person = |e: &usize| story.merged.entities[*e].kind == EntityKind::Person;
        let meant = |w: &str| matches!(THIRD_PERSON.value(&w.to_lowercase()), Some("he" | "she"));
        let nobody = u.named.is_empty() && tokens.iter().any(|t| story.forms.of(t.word).person)
            || !u.named.iter().any(person) && phrase::words(text).any(meant);
        // A title, a caption, a link to another article has no stop.
        let stops = text.trim_end().ends_with(|c: char| !c.is_alphanumeric());
        leans(text)
            || nobody
            || !stops
            || speaker_is_far(text)
            || in_first_person(text)
            || quoted * 10 >= tokens.len() * 9
    };
    let taken = choose(alignment, &scores, &incomplete);
    let compared: BTreeMap<(usize, usize), f32> = alignment.pairs.iter().map(|p| ((p.a, p.b), p.same)).collect();
    let mut claim_of: BTreeMap<usize, &Claim> = BTreeMap::new();
    let mut claim_units: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ((units, _), claim) in alignment.groups.iter().zip(claims) {
        if let Some(claim) = claim {
            units.iter().for_each(|&unit| {
                // Of several the surest.
                let known = claim_of.entry(unit).or_insert(claim);
                if claim.confidence > known.confidence {
                    *known = claim;
                }
                claim_units.entry(unit).or_default().extend(units.iter().filter(|&&other| other != unit));
            });
        }
    }
    // The reports that tell the same for sure: a face says "also" without doubt.
    let also = |unit: usize| -> BTreeSet<ReportId> {
        let members = claim_units.get(&unit).into_iter().flatten();
        let same = |&&m: &&usize| compared.get(&(unit.min(m), unit.max(m))).is_some_and(|same| *same >= ALSO);
        let sure = members.filter(same).filter(|&&m| tells(story, &alignment.units[unit], &alignment.units[m]));
        sure.map(|&m| story.reports[alignment.units[m].report].id().clone()).collect()
    };
    let (lead, more) = taken.split_at(taken.len().min(LEAD));
    let told = |unit: usize| also(unit).len();
    let mut order = in_order(&alignment.units, &scores, lead, story, &told);
    order.extend(in_order(&alignment.units, &scores, more, story, &told));
    let sentence = |&unit: &usize| {
        let span = alignment.units[unit].cite(story)?;
        let claim = claim_of.get(&unit);
        let known: Vec<String> = model
            .explain(&all[unit])
            .into_iter()
            .filter(|(name, part)| *part > 0.0 && tells_why(name))
            .take(REASONS)
            .map(|(name, _)| name)
            .collect();
        Some(LeadSentence {
            date: day(story, &alignment.units[unit]),
            claim: claim.map(|c| c.id.clone()),
            also: also(unit).into_iter().collect(),
            by: Rule::new("lead/ranked"),
            confidence: rounded(1.0 / (1.0 + (-scores[unit]).exp())),
            why: known,
            span,
        })
    };
    order.iter().filter_map(sentence).collect()
}

/// The share of a sentence's telling words that another has at least, for a face to say that it tells the same: below it a part is told
/// there, or something near it (docs/accuracy.md).
const COVERED: f32 = 0.4;

/// Whether a sentence that asserts what another does tells its figures too, and is as far: what is to happen is not what happened.
fn tells(story: &MergeContext<'_>, unit: &Unit, other: &Unit) -> bool {
    let figures = |u: &Unit| -> BTreeSet<u32> {
        let dated = |t: &crate::words::Token| {
            let at = Span::new(t.start, t.end);
            story.findings[u.report].dates.iter().any(|d| d.at.span().contains(at))
        };
        let tokens = story.words[u.report][u.words.clone()].iter().filter(|t| !dated(t));
        tokens.map(|t| story.forms.of(t.word)).filter(|f| f.number).map(|f| f.stem).collect()
    };
    let ahead = |u: &Unit| is_to_come(story.reports[u.report].text.slice(u.at).unwrap_or_default());
    let (ours, theirs) = (figures(unit), figures(other));
    let shared = shared_of(&unit.stems, &other.stems).len();
    if shared as f32 <= COVERED * unit.stems.len() as f32 {
        return false;
    }
    ours.is_subset(&theirs) && ahead(unit) == ahead(other)
}

/// Days back from which a weekday is rather one of another week, or of a report whose date is not its own.
const LAST_WEEKDAYS: i32 = 5;

/// The day on which happened what a sentence tells: the only one that stands with its main verb.
fn day(story: &MergeContext<'_>, unit: &Unit) -> Option<Edtf> {
    let found = story.findings[unit.report];
    let mut main = found.dates.iter().filter(|d| d.main && d.value.is_some() && unit.holds(d.at.span()));
    let (date, None) = (main.next()?, main.next()) else { return None };
    let value = date.value.filter(|v| v.is_day())?;
    // "On Monday" of a report of Saturday: few papers count so far back.
    let by_weekday = !date.at.exact().contains(|c: char| c.is_ascii_digit());
    let far = found
        .published
        .is_some_and(|p| p.last_day().since(value.first_day()).is_ok_and(|back| back.get_days() >= LAST_WEEKDAYS));
    (!by_weekday || !far).then_some(value)
}

/// Characters of a quotation that a sentence may open with: behind a longer one whoever speaks is out of sight.
const OPENING_QUOTATION: usize = 160;

/// Whether a sentence opens with a quotation so long that its speaker stands far behind.
fn speaker_is_far(sentence: &str) -> bool {
    let quoted = sentence.strip_prefix(['"', '“']);
    quoted.is_some_and(|rest| rest.chars().position(|c| matches!(c, '"' | '”')).is_none_or(|n| n > OPENING_QUOTATION))
}

/// Whether a feature is a reason for a reader: not that a sentence has a length, nor what is so of every sentence.
fn tells_why(feature: &str) -> bool {
    !feature.starts_with('(') && !feature.starts_with("its length") && !feature.contains("place in its report")
}

/// The likeliest one after the other, each unlike those before.
fn choose(alignment: &Alignment, scores: &[f32], leans: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut likeliest: Vec<usize> = (0..scores.len()).filter(|&unit| !leans(unit)).collect();
    likeliest.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    likeliest.truncate(LIKELIEST);
    let compared: BTreeMap<(usize, usize), f32> = alignment.pairs.iter().map(|p| ((p.a, p.b), p.same)).collect();
    let same = |a: usize, b: usize| {
        let pair = compared.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0);
        let (x, y) = (&alignment.units[a].stems, &alignment.units[b].stems);
        let shared = shared_of(x, y).len() as f32 / x.len().min(y.len()).max(1) as f32;
        pair.max(if shared > 0.5 { shared } else { 0.0 })
    };
    let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (n, (units, _)) in alignment.groups.iter().enumerate().filter(|(_, (_, sure))| *sure >= SAME) {
        units.iter().for_each(|&unit| {
            groups.entry(unit).or_default().insert(n);
        });
    }
    let one_claim = |a: usize, b: usize| groups.get(&a).zip(groups.get(&b)).is_some_and(|(x, y)| !x.is_disjoint(y));
    let mut left: Vec<(usize, f32)> = likeliest.into_iter().map(|u| (u, scores[u])).collect();
    let mut taken = Vec::new();
    while taken.len() < MOST {
        let Some(best) = (0..left.len()).max_by(|&x, &y| left[x].1.total_cmp(&left[y].1).then(y.cmp(&x))) else {
            break;
        };
        let (unit, _) = left.remove(best);
        taken.push(unit);
        left.retain(|(other, _)| {
            let alike = compared.get(&(unit.min(*other), unit.max(*other))).is_some_and(|p| *p >= SAME);
            !alike && !one_claim(unit, *other)
        });
        left.iter_mut().for_each(|(other, score)| *score -= TOLD * same(unit, *other));
    }
    taken
}

/// First the one that stands earliest in its report, for there a reporter tells what is new, a report that tells the same weighing as much as
/// a sentence's place; then as events go in the reports, what is
/// to come last.
fn in_order(
    units: &[Unit],
    scores: &[f32],
    taken: &[usize],
    story: &MergeContext<'_>,
    told: &dyn Fn(usize) -> usize,
) -> Vec<usize> {
    let opens = |unit: usize| scores[unit] + told(unit).min(MOST_TELLERS) as f32 - units[unit].place as f32;
    let first = taken.iter().copied().max_by(|&a, &b| opens(a).total_cmp(&opens(b)).then(b.cmp(&a)));
    let mut order = taken.to_vec();
    order.sort_by_cached_key(|&unit| {
        let u = &units[unit];
        let next = story.words[u.report][u.words.clone()].iter().filter(|t| story.forms.of(t.word).next).count() > 1;
        (Some(unit) != first, next, u.place * 1000 / u.of.max(1), unit)
    });
    order
}

#[cfg(test)]
mod tests {
    use super::speaker_is_far;

    #[test]
    fn a_long_quotation_hides_its_speaker() {
        let long = "the gates will stay shut ".repeat(8);
        assert!(speaker_is_far(&format!("“{long},” the mayor said.")) && speaker_is_far(&format!("\"{long}")));
        assert!(!speaker_is_far("“The gates will stay shut,” the mayor said."));
        assert!(!speaker_is_far(&format!("The mayor said: “{long}.”")));
    }
}
