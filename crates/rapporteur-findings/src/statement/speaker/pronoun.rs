//! Whom a pronoun means: the person last spoken of who fits, the body last named.
//!
//! Who spoke last near by is offered first, then who was named, the nearer and the more a subject the better. Where
//! somebody asks, every one offered is told with the reason why another was taken.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind};

use super::before::{Before, MAX_NAMES_BACK, MAX_PARAGRAPHS_BACK};
use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_verb, subject};
use crate::name::Names;
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::{people, speech};

/// How many names back a pronoun may reach.
const MAX_NAMES_TO_PERSON: usize = 40;

/// How many tokens back of a paragraph "they" may reach.
const MAX_TOKENS_TO_SEVERAL: usize = 200;

/// How strongly each way of being in the foreground speaks for somebody; set on annotated reports, the right speakers
/// counted.
mod weight {
    /// Who spoke last, and what each paragraph between takes away.
    pub(super) const SPOKE: i32 = 60;
    pub(super) const SPOKE_BACK: i32 = 20;
    /// Who was named, and what each paragraph between takes away.
    pub(super) const NAMED: i32 = 40;
    pub(super) const NAMED_BACK: i32 = 18;
    /// More for a subject, for one inside what somebody says, for a member of a row, for an object, for an owner.
    pub(super) const SUBJECT: i32 = 24;
    pub(super) const TOLD: i32 = 10;
    pub(super) const BESIDE: i32 = 12;
    pub(super) const OBJECT: i32 = 8;
    pub(super) const OWNER: i32 = 6;
    pub(super) const OTHER: i32 = 4;
}

/// The rule, as rivals name it.
const RULE: &str = "statement/speaker/pronoun";

/// Whom a pronoun means, read as this form.
pub(crate) fn pronoun(before: Before<'_, '_>, p: usize, t: usize, form: &str) -> Option<ActorIndex> {
    let Before { doc, names, .. } = before;
    match form {
        "they" => several_before(before, p, t),
        "he" => person_before(before, p, t, Gender::Male, None),
        "she" => person_before(before, p, t, Gender::Female, None),
        "it" => body_before(before, p, t),
        "who" => head(doc, p, t).and_then(|v| head(doc, p, v)).and_then(|n| names.at(p, n)),
        _ => None,
    }
}

/// Of what gender a person has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
    /// "the minister"
    Any,
    /// "it": a body or a country
    Body,
}

/// Whether a person may be of this gender, by first name.
fn fits(names: &Names, actor: ActorIndex, gender: Gender) -> bool {
    let name = &names.actor(actor).name;
    let first = name.split(' ').next().unwrap_or("");
    let honorific = names.actor(actor).offices.iter().any(|o| {
        let title = o.title.to_lowercase();
        (title.ends_with("woman") && gender == Gender::Male)
            || (title.ends_with("man") && !title.ends_with("woman") && gender == Gender::Female)
    });
    match (names.titled_gender(actor), gender) {
        (Some('m'), Gender::Female) | (Some('f'), Gender::Male) => return false,
        (Some('m'), Gender::Male) | (Some('f'), Gender::Female) => return true,
        _ => {}
    }
    let by_list = |given: char| match gender {
        Gender::Any | Gender::Body => true,
        Gender::Male => given != 'f' || !name.contains(' '),
        Gender::Female => given != 'm' || !name.contains(' '),
    };
    !honorific && facts().given_name(first).is_none_or(by_list)
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

/// Those offered for one pronoun, and the best of them.
struct Offers<'a, 'r> {
    before: Before<'a, 'r>,
    gender: Gender,
    /// Whom the pronoun cannot mean.
    own: Option<ActorIndex>,
    /// Those who alone can be meant, where a description says so.
    among: Option<&'a [ActorIndex]>,
    best: Option<(i32, ActorIndex)>,
    /// Where somebody asked: who was offered by which words, and why not taken if that is not the score.
    considered: Vec<(ActorIndex, At, Option<&'static str>)>,
}

impl Offers<'_, '_> {
    fn offer(&mut self, score: i32, actor: ActorIndex, words: &At) {
        let names = self.before.names;
        let body = matches!(names.actor(actor).kind, EntityKind::Organization | EntityKind::Country);
        let unfit = if self.gender == Gender::Body {
            (!body).then_some("no body or country")
        } else if !names.is_person(actor) && !names.is_unnamed(actor) {
            Some("not a person")
        } else if Some(actor) == self.own {
            Some("the subject of the verb, which would be \u{201c}himself\u{201d} or \u{201c}herself\u{201d}")
        } else if self.among.is_some_and(|among| !among.contains(&actor)) {
            Some("holds no such office")
        } else if !fits(names, actor, self.gender) {
            Some("of another gender, by the first name or title")
        } else {
            None
        };
        if self.before.doc.trace.is_on() {
            self.considered.push((actor, words.clone(), unfit));
        }
        if unfit.is_none() && self.best.is_none_or(|(s, _)| score > s) {
            self.best = Some((score, actor));
        }
    }

    /// Tells, where somebody asked, of whom else there was.
    fn tell(&self, p: usize, t: usize) {
        let Before { doc, names, .. } = self.before;
        let winner = self.best.map(|(_, actor)| actor);
        let of = At::new(p, t..t + 1);
        for (actor, words, unfit) in self.considered.iter().filter(|(a, ..)| Some(*a) != winner) {
            let (name, better) = (&names.actor(*actor).name, winner.map_or("nobody", |w| &names.actor(w).name));
            let why = match unfit {
                Some(why) => format!("{name}: {why}"),
                None => format!("{name}: farther away or less in the foreground than {better}"),
            };
            doc.trace.lost(doc, RULE, "speaker", &of, words, why);
        }
    }
}

/// The person a pronoun or bare description at this place means, one of these where it says so.
pub(super) fn person_before(
    before: Before<'_, '_>,
    p: usize,
    t: usize,
    gender: Gender,
    among: Option<&[ActorIndex]>,
) -> Option<ActorIndex> {
    let Before { doc, names, candidates, speakers } = before;
    let here = doc.tokens(p)[t].start as usize;
    let own = subject_above(doc, names, p, t);
    let mut offers = Offers { before, gender, own, among, best: None, considered: Vec::new() };
    // What is said by the pronoun that has to be understood, where it is a speaker.
    let own_content = candidates.get(speakers.len()).map(|c| c.content.clone());
    // Who spoke last, near by; somebody of whom no more is known than that they are one person stands in the way of others.
    let mut unnamed: Option<i32> = None;
    for (candidate, (speaker, words)) in candidates.iter().zip(speakers).rev().take(MAX_NAMES_BACK) {
        let (paragraph, byte) = candidate
            .cue_head()
            .map_or(candidate.content.end, |(paragraph, cue)| (paragraph, doc.bytes(paragraph, cue..cue + 1).start));
        let distance = p.checked_sub(paragraph).filter(|d| *d <= MAX_PARAGRAPHS_BACK && (*d > 0 || byte < here));
        if let (Some(distance), Some(actor), Some(words)) = (distance, speaker, words) {
            offers.offer(weight::SPOKE - weight::SPOKE_BACK * distance as i32, *actor, words);
            break;
        }
        if let (Some(distance), None, Some((q, source)), true) = (distance, speaker, candidate.source, among.is_none())
            && is_somebody(doc, q, source)
        {
            unnamed = Some(weight::SPOKE - weight::SPOKE_BACK * distance as i32).filter(|_| gender != Gender::Body);
            break;
        }
    }
    // Who was named last outside quotation marks: subjects before others, this paragraph before earlier ones.
    let reach = if gender == Gender::Body { 1 } else { MAX_PARAGRAPHS_BACK };
    let named = names.mentions.partition_point(|(at, _)| (at.paragraph, at.tokens.start) < (p, t));
    for (n, (at, actor)) in names.mentions[..named].iter().rev().enumerate() {
        let distance = p - at.paragraph;
        if distance > reach || n > MAX_NAMES_TO_PERSON {
            break;
        }
        let head = at.tokens.end - 1;
        let spot = (at.paragraph, doc.bytes(at.paragraph, at.tokens.clone()).start);
        if own_content.as_ref().is_some_and(|c| c.start <= spot && spot < c.end) {
            if doc.trace.is_on() {
                offers.considered.push((*actor, at.clone(), Some("stands inside the pronoun's own content")));
            }
            continue;
        }
        // A line in capitals is a headline of something else.
        if !doc.paragraph(at.paragraph).contains(char::is_lowercase) {
            continue;
        }
        if doc.quoted(at.paragraph, head).is_some() {
            if doc.trace.is_on() {
                offers.considered.push((*actor, at.clone(), Some("named in somebody's quoted words")));
            }
            continue;
        }
        // Whom somebody speaks of is less in the foreground than who speaks.
        let told =
            candidates.iter().rev().take(MAX_NAMES_BACK).any(|c| c.content.start <= spot && spot < c.content.end);
        let role = match doc.tokens(at.paragraph)[head].dep {
            Dep::Nsubj | Dep::Nsubjpass if told => weight::TOLD,
            Dep::Nsubj | Dep::Nsubjpass => weight::SUBJECT,
            Dep::Poss => weight::OWNER,
            Dep::Conj | Dep::Appos => weight::BESIDE,
            Dep::Dobj | Dep::Pobj => weight::OBJECT,
            _ => weight::OTHER,
        };
        let often = names.actor(*actor).mentions.len().min(20) as i32 / 2;
        let score = weight::NAMED - weight::NAMED_BACK * distance as i32 - (n as i32).min(12) + role + often;
        offers.offer(score, *actor, at);
    }
    offers.tell(p, t);
    offers.best.filter(|(score, _)| unnamed.is_none_or(|u| u < *score)).map(|(_, actor)| actor)
}

/// Whether a noun brings up one person without a name: "one driver", "a spokeswoman".
fn is_somebody(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let one = |c: usize| matches!(doc.lower(p, c), "a" | "an" | "one" | "another");
    doc.tokens(p)[t].tag == Tag::Nn
        && (speech::SPEAKER_NOUN.has(doc.lower_lemma(p, t)) || facts().title(doc.lower_lemma(p, t)).is_some())
        && !people::PART.has(doc.lower_lemma(p, t))
        && doc.analyses[p].children(t).any(|c| c < t && one(c))
}

/// The person named near by before a place, where it is only one.
pub(super) fn only_person_before(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    let Before { doc, names, .. } = before;
    let named = names.mentions.partition_point(|(at, _)| (at.paragraph, at.tokens.start) < (p, t));
    let near = names.mentions[..named].iter().rev().take(MAX_NAMES_BACK);
    let near = near.take_while(|(at, _)| p - at.paragraph <= MAX_PARAGRAPHS_BACK);
    let mut found: Option<(ActorIndex, &At)> = None;
    for (at, actor) in near.filter(|(_, actor)| names.is_person(*actor)) {
        match found {
            None => found = Some((*actor, at)),
            Some((other, words)) if other != *actor => {
                let why = "one of several people whom these words could mean, and they do not tell which";
                doc.trace.lost(doc, RULE, "speaker", &At::new(p, t..t + 1), words, why);
                return None;
            }
            Some(_) => {}
        }
    }
    found.map(|(actor, _)| actor)
}

/// The body that "it" means, as for persons but from near by.
fn body_before(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    person_before(before, p, t, Gender::Body, None)
}

/// Those whom "they" means: several who spoke last near by, else the last subject in the plural.
fn several_before(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    let Before { doc, names, candidates, speakers } = before;
    let plural = |p: usize, t: usize| {
        let token = doc.tokens(p)[t];
        matches!(token.tag, Tag::Nns | Tag::Nnps)
            || doc.lower(p, t) == "they"
            || child(doc, p, t, &[Dep::Conj]).is_some_and(|c| matches!(doc.tokens(p)[c].pos, Pos::Noun | Pos::Propn))
    };
    let here = doc.tokens(p)[t].start as usize;
    let said = candidates.iter().zip(speakers).rev().find(|(_, (_, words))| words.is_some());
    if let Some((candidate, (Some(actor), Some(words)))) = said
        && let Some((q, source)) = candidate.source
        && (q == p && doc.bytes(p, words.tokens.clone()).start < here || q + 1 == p)
        && plural(q, source)
    {
        return Some(*actor);
    }
    let subjects = |q: usize, end: usize| {
        let start = end.saturating_sub(MAX_TOKENS_TO_SEVERAL);
        (start..end).rev().find(|&i| {
            matches!(doc.tokens(q)[i].dep, Dep::Nsubj | Dep::Nsubjpass) && doc.quoted(q, i).is_none() && plural(q, i)
        })
    };
    let found = subjects(p, t).map(|i| (p, i));
    let (q, i) = found.or_else(|| p.checked_sub(1).and_then(|q| Some((q, subjects(q, doc.tokens(q).len())?))))?;
    names.described(q, i).or_else(|| names.at(q, i)).or_else(|| names.group(q, i))
}
