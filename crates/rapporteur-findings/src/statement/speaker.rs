//! Who is meant: the person or body behind a name, a pronoun or a description.
//!
//! A name is looked up. "He" is the person last spoken of who fits, subjects first; "the Republican", "the US
//! president" are whoever holds such an office here, or the person last spoken of. Where nothing is clear the speaker
//! stays open and the words stand as written.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, ActorMention, EntityKind, MentionKind};

use super::Draft;
use super::body::described_body;
use crate::doc::{At, Doc};
use crate::grammar::{child, full_phrase, head, is_verb, subject, subtree};
use crate::name::{Names, title_before};
use rapporteur_lexicon::{cues, facts};

/// How many paragraphs back a pronoun may reach.
pub(super) const REACH: usize = 2;

/// How many drafts or names back anything is looked for, so that one endless paragraph costs what many short ones do.
pub(super) const FEW: usize = 60;

type Speaker = (Option<ActorIndex>, Option<At>);

/// The speaker of each draft, and the words that name them.
pub(super) fn resolve(doc: &Doc<'_>, names: &Names, drafts: &[Draft]) -> Vec<Speaker> {
    let mut out: Vec<Speaker> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let speaker = match (draft.source, draft.follows) {
            (Some((p, t)), _) => {
                let words = At::new(p, full_phrase(doc, p, t));
                // "Roe and Voss": two speakers, no one of them.
                let joined = |c: usize| names.at(p, c).is_some() || doc.tokens(p)[c].pos == Pos::Noun;
                let several = child(doc, p, t, &[Dep::Conj]).is_some_and(joined);
                let known = if several { None } else { meant(doc, names, drafts, &out, p, t) };
                (known.or_else(|| names.group(p, t)), Some(words))
            }
            // The words that name the speaker are those of the statement it goes on with.
            (None, Some(before)) => out.get(before).cloned().unwrap_or((None, None)),
            (None, None) => (None, None),
        };
        out.push(speaker);
    }
    out
}

/// The pronouns and descriptions that name the speakers, as mentions of whom they mean.
pub(super) fn descriptions(doc: &Doc<'_>, names: &Names, speakers: &[Speaker]) -> Vec<(ActorIndex, ActorMention)> {
    let mention = |speaker: &Speaker| {
        let (Some(actor), Some(at)) = speaker else { return None };
        let named = at.tokens.clone().any(|t| names.at(at.paragraph, t) == Some(*actor));
        let cited = doc.cite(at).filter(|_| !named)?;
        let pronoun = at.tokens.len() == 1 && doc.tokens(at.paragraph)[at.tokens.start].pos == Pos::Pron;
        let kind = if pronoun { MentionKind::Pronoun } else { MentionKind::Description };
        Some((*actor, ActorMention { at: cited, kind }))
    };
    speakers.iter().filter_map(mention).collect()
}

/// Who is meant by the noun phrase with this head, after the drafts before it.
pub(super) fn meant(
    doc: &Doc<'_>,
    names: &Names,
    drafts: &[Draft],
    known: &[Speaker],
    p: usize,
    t: usize,
) -> Option<ActorIndex> {
    if let Some(actor) = names.at(p, t) {
        return Some(government(names, actor));
    }
    let token = doc.tokens(p)[t];
    let lower = doc.word(p, t).to_lowercase();
    if token.pos == Pos::Pron {
        return pronoun(doc, names, drafts, known, p, t, &lower);
    }
    // "statements by the minister", "reports from the agency": who made them.
    if cues().noun(doc.lemma(p, t)).is_some() {
        let by = doc.analyses[p].children(t).find(|&c| c > t && matches!(doc.word(p, c), "by" | "from"));
        let maker = by.and_then(|c| child(doc, p, c, &[Dep::Pobj])).and_then(|o| names.at(p, o));
        let owner = || child(doc, p, t, &[Dep::Poss]).and_then(|o| names.at(p, o));
        return maker.or_else(owner);
    }
    // "his envoy, Daniel Averick," and "the broadcaster Channel Six".
    let apposed = child(doc, p, t, &[Dep::Appos]).and_then(|a| names.at(p, a));
    // "the mayor of Brenn, Elena Voss": the parse hangs the person on the town.
    let behind = || {
        let inside = subtree(doc, p, t).filter(|&i| i > t + 1 && doc.tokens(p)[i].dep == Dep::Appos);
        let named = |i: usize| names.at(p, i).filter(|&a| names.is_person(a) && doc.quoted(p, i).is_none());
        let human = facts().title(&doc.lemma(p, t).to_lowercase()).is_some();
        inside.filter(|_| human).find_map(named)
    };
    apposed.or_else(behind).or_else(|| described(doc, names, drafts, known, p, t))
}

/// Whom a pronoun in this form means.
pub(super) fn pronoun(
    doc: &Doc<'_>,
    names: &Names,
    drafts: &[Draft],
    known: &[Speaker],
    p: usize,
    t: usize,
    form: &str,
) -> Option<ActorIndex> {
    match form {
        "he" | "she" => person_before(doc, names, drafts, known, p, t, gender(form)),
        "it" => body_before(names, p, t),
        "who" => head(doc, p, t).and_then(|v| head(doc, p, v)).and_then(|n| names.at(p, n)),
        _ => None,
    }
}

fn gender(pronoun: &str) -> char {
    if pronoun == "she" { 'f' } else { 'm' }
}

/// Whether a person may be of this gender, by first name.
fn fits(names: &Names, actor: ActorIndex, gender: char) -> bool {
    let name = &names.actor(actor).name;
    let first = name.split(' ').next().unwrap_or("");
    let honorific = names.actor(actor).offices.iter().any(|o| {
        let t = o.title.to_lowercase();
        (t.ends_with("woman") && gender == 'm') || (t.ends_with("man") && !t.ends_with("woman") && gender == 'f')
    });
    !honorific && facts().given_name(first).is_none_or(|g| g == 'u' || g == gender || !name.contains(' '))
}

/// Whom the subject of its verb names, where a pronoun is an object: "Roe met him" is not of Roe, who would be "himself".
fn subject_above(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
    let object = matches!(doc.tokens(p)[t].dep, Dep::Dobj | Dep::Pobj | Dep::Dative);
    let mut v = head(doc, p, t).filter(|_| object)?;
    for _ in 0..3 {
        if is_verb(doc, p, v) {
            return subject(doc, p, v).and_then(|s| names.at(p, s));
        }
        v = head(doc, p, v)?;
    }
    None
}

/// The person a pronoun at this place means.
fn person_before(
    doc: &Doc<'_>,
    names: &Names,
    drafts: &[Draft],
    known: &[Speaker],
    p: usize,
    t: usize,
    gender: char,
) -> Option<ActorIndex> {
    let here = doc.tokens(p)[t].start as usize;
    let own = subject_above(doc, names, p, t);
    let mut best: Option<(i32, ActorIndex)> = None;
    let mut offer = |score: i32, actor: ActorIndex| {
        if names.is_person(actor)
            && Some(actor) != own
            && fits(names, actor, gender)
            && best.is_none_or(|(s, _)| score > s)
        {
            best = Some((score, actor));
        }
    };
    // Who spoke last, near by.
    for (draft, (speaker, _)) in drafts.iter().zip(known).rev().take(FEW) {
        let (paragraph, byte) = draft
            .cue
            .as_ref()
            .map_or(draft.content.end, |(c, at)| (at.paragraph, doc.bytes(at.paragraph, *c..c + 1).start));
        let distance = p.checked_sub(paragraph).filter(|d| *d <= REACH && (*d > 0 || byte < here));
        if let (Some(distance), Some(actor)) = (distance, speaker) {
            offer(60 - 20 * distance as i32, *actor);
            break;
        }
    }
    // Who was named last outside quotation marks: subjects before others, this paragraph before earlier ones.
    let before = names.mentions.partition_point(|(at, _)| (at.paragraph, at.tokens.start) < (p, t));
    for (n, (at, actor)) in names.mentions[..before].iter().rev().enumerate() {
        let distance = p - at.paragraph;
        if distance > REACH || n > 40 {
            break;
        }
        let head = at.tokens.end - 1;
        if doc.quoted(at.paragraph, head).is_some() {
            continue;
        }
        let role = match doc.tokens(at.paragraph)[head].dep {
            Dep::Nsubj | Dep::Nsubjpass => 30,
            Dep::Poss => 6,
            Dep::Conj | Dep::Appos => 12,
            Dep::Dobj | Dep::Pobj => 8,
            _ => 4,
        };
        offer(40 - 18 * distance as i32 - (n as i32).min(12) + role, *actor);
    }
    best.map(|(_, actor)| actor)
}

/// The body that "it" means: the last one named as a subject.
fn body_before(names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
    use rapporteur_schema::EntityKind::{Country, Organization};
    let before = names.mentions.partition_point(|(at, _)| (at.paragraph, at.tokens.start) < (p, t));
    let near = names.mentions[..before].iter().rev().take(FEW).take_while(|(at, _)| p - at.paragraph <= 1);
    near.map(|(_, a)| *a).find(|&a| matches!(names.actor(a).kind, Organization | Country))
}

/// A capital that speaks stands for its country, where the report names that ("Oslo says"); the place stays the place
/// wherever things happen in it.
pub(crate) fn government(names: &Names, actor: ActorIndex) -> ActorIndex {
    let place = names.actor(actor).kind == EntityKind::Place;
    let known = facts().known(&names.actor(actor).name).filter(|k| place && k.class == "capital");
    known.and_then(|k| names.country(k.country)).unwrap_or(actor)
}

/// Whom "the US president", "the Republican", "the prime minister" means.
fn described(
    doc: &Doc<'_>,
    names: &Names,
    drafts: &[Draft],
    known: &[Speaker],
    p: usize,
    t: usize,
) -> Option<ActorIndex> {
    let range = subtree(doc, p, t);
    let definite =
        doc.word(p, range.start).eq_ignore_ascii_case("the") && doc.tokens(p)[range.start].head as usize == t;
    let singular = matches!(doc.tokens(p)[t].tag, Tag::Nn | Tag::Nnp | Tag::Jj);
    if !definite || !singular {
        return None;
    }
    let lemma = doc.lemma(p, t).to_lowercase();
    if let Some(body) = described_body(doc, names, p, t, &lemma) {
        return Some(body);
    }
    let country = (range.start..t).find_map(|i| {
        let word = doc.word(p, i);
        facts().demonym(word).or_else(|| facts().known(word).filter(|k| k.class == "country").map(|k| k.country))
    });
    // Who holds such an office here: "the vice president" is not "the president".
    const LESSER: &[&str] = &["vice", "deputy", "assistant", "former", "ex-", "acting", "under"];
    let wanted = title_before(doc, p, t + 1).map_or_else(|| lemma.clone(), |(r, _)| doc.words(p, r).to_lowercase());
    let wanted = wanted.strip_prefix("former ").unwrap_or(&wanted);
    let past = (range.start..t).any(|i| doc.lemma(p, i) == "former");
    let mut holders: Vec<ActorIndex> = Vec::new();
    for (i, actor) in names.actors.iter().enumerate() {
        let holds = actor.offices.iter().any(|o| {
            // "The former minister" is who was minister, "the minister" who is.
            let lower = o.title.to_lowercase();
            let title = lower.strip_prefix("former ").unwrap_or(&lower);
            if (title.len() < lower.len()) != past {
                return false;
            }
            let same = title == wanted
                || title
                    .strip_suffix(lemma.as_str())
                    .is_some_and(|rest| rest.ends_with(' ') && !LESSER.iter().any(|l| rest.contains(l)));
            let of = o.of.and_then(|of| names.actor(of).iso3166.as_deref());
            same && country.is_none_or(|c| of.is_none_or(|o| o == c))
        });
        if holds {
            holders.push(ActorIndex(i as u32));
        }
    }
    let modified = (range.start + 1..t).any(|i| matches!(doc.tokens(p)[i].dep, Dep::Poss));
    match holders.as_slice() {
        [one] if !modified => return Some(*one),
        [] => {}
        many if country.is_some() => {
            // Of several the one whose country is named.
            let exact: Vec<&ActorIndex> = many
                .iter()
                .filter(|&&a| {
                    names
                        .actor(a)
                        .offices
                        .iter()
                        .any(|o| o.of.and_then(|of| names.actor(of).iso3166.as_deref()) == country)
                })
                .collect();
            if let [one] = exact.as_slice() {
                return Some(**one);
            }
        }
        _ => {}
    }
    // A bare description of a person ("the Republican", "the minister") is the person last spoken of.
    let bare = !modified && country.is_none() && range.len() <= 3;
    let person = facts().title(&lemma).is_some()
        || (lemma.starts_with("republican")
            || lemma.starts_with("democrat")
            || doc.tokens(p)[t].ent_type == rapporteur_language::EntType::Norp);
    (bare && person).then(|| {
        person_before(doc, names, drafts, known, p, t, 'u')
            .or_else(|| person_before(doc, names, drafts, known, p, t, 'm'))
    })?
}
