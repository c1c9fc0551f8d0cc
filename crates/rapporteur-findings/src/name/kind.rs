//! Of which kind a name is: all that is known of it, and the fitted scorer that decides.
//!
//! Log-linear over six answers: every signal has a weight for each. What no rule can tell apart is told by what annotators called
//! such names; what is nobody's name (a law, a product, a word of a headline) is an answer too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rapporteur_schema::EntityKind;
use rapporteur_scorer::{Features, Model};
use rustc_hash::FxHashMap;

use super::signal::Signal;

/// The answers, by the words that the weights have for them; the last is nobody.
const ANSWERS: [(&str, Option<EntityKind>); 6] = [
    ("person", Some(EntityKind::Person)),
    ("organization", Some(EntityKind::Organization)),
    ("country", Some(EntityKind::Country)),
    ("place", Some(EntityKind::Place)),
    ("group", Some(EntityKind::Group)),
    ("nobody", None),
];

/// How likely a name must be nobody's to be dropped: one that is lost takes with it what its bearer says and does.
const DROPPED: f32 = 0.65;

/// The weights of a signal, one for each answer; fitted by `cargo xtask train names` (weights/ORIGIN.md).
static WEIGHTS: LazyLock<FxHashMap<String, [f32; ANSWERS.len()]>> = LazyLock::new(|| {
    let mut weights: FxHashMap<String, [f32; ANSWERS.len()]> = FxHashMap::default();
    let Ok(model) = Model::read(include_str!("../../weights/name_kind.json")) else { return weights };
    for name in model.names() {
        let Some((answer, signal)) = name.split_once(": ") else { continue };
        if let Some(n) = ANSWERS.iter().position(|(word, _)| *word == answer) {
            weights.entry(signal.to_owned()).or_default()[n] = model.score(&Features::from_iter([(name, 1.0)]));
        }
    }
    weights
});

/// What is known of a name, with how much of it: 1, or the share of its places where it is so.
pub(super) type Known = Vec<(Signal, f32)>;

/// All that is known of a name: what it tells by itself, and what is so at one of its places at least; of the model's marks also
/// at how many of its places, and whether at all.
pub(super) fn together<'s>(own: Vec<Signal>, places: impl ExactSizeIterator<Item = &'s [Signal]>) -> Known {
    let count = places.len();
    let mut all: BTreeMap<Signal, usize> = BTreeMap::new();
    for signal in places.flatten() {
        *all.entry(signal.clone()).or_default() += 1;
    }
    let mut known = Known::new();
    for (signal, n) in all {
        if signal.starts_with("marked") || signal == "not marked" {
            if n == count && !signal.contains(',') {
                known.push((format!("{signal} everywhere").into(), 1.0));
            }
            known.push((signal, n as f32 / count as f32));
        } else {
            known.push((signal, 1.0));
        }
    }
    known.extend(own.into_iter().chain(["any name".into()]).map(|s| (s, 1.0)));
    known
}

/// The kind of a name, which stands at several places or at one; `None` if it is most likely nobody's.
pub(super) fn of(known: &Known, again: bool) -> Option<EntityKind> {
    let mut scores = [0.0f32; ANSWERS.len()];
    for (weights, value) in known.iter().filter_map(|(s, value)| Some((WEIGHTS.get(s.as_ref())?, value))) {
        scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight * value);
    }
    let (somebody, nobody) = (&scores[..ANSWERS.len() - 1], scores[ANSWERS.len() - 1]);
    let best = (0..somebody.len()).max_by(|a, b| somebody[*a].total_cmp(&somebody[*b]))?;
    let all: f32 = scores.iter().map(|s| (s - nobody).exp()).sum();
    let has = |signal: &str| known.iter().any(|(s, _)| s == signal);
    // "ADA ROE: Why now?" is a turn of a transcript; so is "ROE: Why now?" where Roe speaks again.
    let turn = has("opens its paragraph") && has("before :") && (again || !has("one word"));
    ANSWERS[best].1.filter(|_| turn || 1.0 / all < DROPPED)
}

/// What is known of a name, for each answer; the names are what a person reads in the weights.
#[cfg(feature = "train")]
pub(super) fn features(known: &Known) -> Vec<(&'static str, Features)> {
    let of = |answer: &str| known.iter().map(|(s, value)| (format!("{answer}: {s}"), *value)).collect();
    ANSWERS.iter().map(|(answer, _)| (*answer, of(answer))).collect()
}

#[cfg(test)]
mod tests {
    use rapporteur_schema::EntityKind;

    fn kinds(text: &str) -> Vec<(String, EntityKind)> {
        let found = crate::read(&crate::view::tests::report(text), crate::Models::quick());
        found.actors.into_iter().map(|a| (a.name, a.kind)).collect()
    }

    fn has(text: &str, name: &str, kind: EntityKind) {
        let found = kinds(text);
        assert!(found.iter().any(|(n, k)| n == name && *k == kind), "{text:?}: {found:?}");
    }

    #[test]
    fn people_are_told_by_titles_offices_and_what_they_do() {
        has("Mayor Odile Trant opened the bridge. Trant said it was late.", "Odile Trant", EntityKind::Person);
        has("Its chief negotiator, Ada Roe-Voss, said no.", "Ada Roe-Voss", EntityKind::Person);
        has("Jorun Skarde, who leads the guild, raised his hand.", "Jorun Skarde", EntityKind::Person);
        let turns = "Rocco Stile, who leads the guild, raised his hand.\n\nMARSH: Who did it?\n\nSTILE: The city did.\n\nMARSH: Why?\n\nSTILE: Soup.";
        has(turns, "MARSH", EntityKind::Person);
        assert!(!kinds(turns).iter().any(|(name, _)| name == "STILE"), "{:?}", kinds(turns));
        has("TARRANT: Why now? Jonas Tarrant shrugged. Tarrant sent his letter.", "Jonas Tarrant", EntityKind::Person);
    }

    #[test]
    fn bodies_are_told_by_their_words_and_what_they_have() {
        has("The Harbour Pilots' Union rejected the offer.", "Harbour Pilots' Union", EntityKind::Organization);
        has("Corvane Glass raised its offer. Corvane cut its forecast.", "Corvane Glass", EntityKind::Organization);
        has("The NTWU has called its members out, the NTWU said.", "NTWU", EntityKind::Organization);
    }

    #[test]
    fn countries_that_no_list_has_are_told_by_their_envoys_and_people() {
        let text = "Ostrovia's foreign minister met the president of Norland. The Ostrovian envoy said that Ostrovia would sign. \
                    Norland's army had left.";
        has(text, "Ostrovia", EntityKind::Country);
        has(text, "Norland", EntityKind::Country);
    }

    #[test]
    fn places_are_told_by_where_they_stand() {
        has("The talks in Sennet, Norway, went on. They met near Sennet.", "Sennet", EntityKind::Place);
        has("They waited at Pier 9 and in Alder Street.", "Alder Street", EntityKind::Place);
        has("The talks were held in Oslo.", "Oslo", EntityKind::Place);
    }

    #[test]
    fn peoples_are_groups() {
        has("The Ukrainians rejected it, and the Ukrainians left.", "Ukrainians", EntityKind::Group);
    }

    #[test]
    fn laws_agreements_and_words_of_prompts_are_nobody() {
        for (text, name) in [
            ("She voted for the Affordable Housing Act in May.", "Affordable Housing"),
            ("Slideshow (12 Images)\nThe minister resigned on Monday.", "Slideshow"),
            ("The North Sea Free Trade Agreement was signed.", "North Sea Free Trade"),
            ("Write to Ada Roe at ada.roe@example.com for more.", "ada.roe@example.com"),
        ] {
            let found = kinds(text);
            assert!(!found.iter().any(|(n, _)| n == name), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn a_name_without_any_signal_is_somebody() {
        assert!(super::of(&super::Known::new(), false).is_some());
    }
}
