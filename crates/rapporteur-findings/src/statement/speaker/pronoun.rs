//! Whom a pronoun means: of the people or bodies spoken of near by who fit, the likeliest.
//!
//! Who spoke last is offered, and who was named outside quotation marks; what is exact bars some of them (gender, the verb's own
//! subject, the pronoun's own content), and a fitted scorer ranks the rest (`antecedent`). Where somebody asks, every one offered is
//! told with the reason why another was taken.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind};

use super::antecedent::{Offer, Place};
use super::before::{Before, MAX_NAMES_BACK, MAX_PARAGRAPHS_BACK};
use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_verb, subject};
use crate::name::Names;
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::{function, people, speech};

/// How many names back a pronoun may reach.
const MAX_NAMES_TO_PERSON: usize = 40;

/// How many tokens back of a paragraph "they" may reach.
const MAX_TOKENS_TO_SEVERAL: usize = 200;

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

/// The gender of a person's first name, where lists know it and a surname shows that it is one.
fn listed_gender(names: &Names, actor: ActorIndex) -> Option<char> {
    let (first, _) = names.actor(actor).name.split_once(' ')?;
    facts().given_name(first)
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

/// Those offered for one pronoun.
struct Offers<'a, 'r> {
    before: Before<'a, 'r>,
    gender: Gender,
    /// Whom the pronoun cannot mean.
    own: Option<ActorIndex>,
    /// Those who alone can be meant, where a description says so.
    among: Option<&'a [ActorIndex]>,
    offers: Vec<Offer>,
    /// Where somebody asked: who was offered by which words, and why he could not be meant.
    barred: Vec<(ActorIndex, At, &'static str)>,
}

impl<'a, 'r> Offers<'a, 'r> {
    /// The offer of somebody who fits; made at the first words that speak of him.
    fn of(&mut self, actor: ActorIndex, words: &At) -> Option<&mut Offer> {
        if let Some(why) = self.bar(actor) {
            self.barred(actor, words, why);
            return None;
        }
        let known = self.offers.iter().position(|o| o.actor == Some(actor));
        let at = known.unwrap_or_else(|| {
            let names = self.before.names;
            let mut offer = Offer::new(Some(actor), words.clone(), self.gender == Gender::Body);
            offer.mentions = names.actor(actor).mentions.len();
            offer.gender_known = names.titled_gender(actor).is_some() || listed_gender(names, actor).is_some();
            self.offers.push(offer);
            self.offers.len() - 1
        });
        self.offers.get_mut(at)
    }

    /// Why somebody cannot be meant.
    fn bar(&self, actor: ActorIndex) -> Option<&'static str> {
        let names = self.before.names;
        let body = matches!(names.actor(actor).kind, EntityKind::Organization | EntityKind::Country);
        if self.gender == Gender::Body {
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
        }
    }

    fn barred(&mut self, actor: ActorIndex, words: &At, why: &'static str) {
        if self.before.doc.trace.is_on() {
            self.barred.push((actor, words.clone(), why));
        }
    }

    /// The likeliest, and how likely it is among those offered.
    fn likeliest(&self) -> Option<(&Offer, f32)> {
        let scores: Vec<f32> = self.offers.iter().map(Offer::score).collect();
        let first = |best: Option<usize>, n: usize| best.filter(|&b| scores[b] >= scores[n]).or(Some(n));
        let best = (0..scores.len()).fold(None, first)?;
        let all: f32 = scores.iter().map(|score| (score - scores[best]).exp()).sum();
        Some((&self.offers[best], 1.0 / all))
    }

    /// The likeliest; nobody where somebody without a name is.
    fn best(self, p: usize, t: usize) -> Option<ActorIndex> {
        let best = self.likeliest().map(|(offer, _)| offer);
        if self.before.doc.trace.is_on() {
            self.tell(p, t, best);
        }
        best?.actor
    }

    /// Tells, where somebody asked, of whom else there was.
    fn tell(&self, p: usize, t: usize, best: Option<&Offer>) {
        let Before { doc, names, .. } = self.before;
        let of = At::new(p, t..t + 1);
        let winner = best.and_then(|b| b.actor);
        let better = winner.map_or("somebody without a name", |w| &names.actor(w).name);
        for (actor, words, why) in self.barred.iter().filter(|(a, ..)| Some(*a) != winner) {
            doc.trace.lost(doc, RULE, "speaker", &of, words, format!("{}: {why}", names.actor(*actor).name));
        }
        for offer in self.offers.iter().filter(|o| o.actor != winner) {
            let Some(actor) = offer.actor else { continue };
            let why = format!("{}: less likely than {better} ({})", names.actor(actor).name, offer.why());
            doc.trace.lost(doc, RULE, "speaker", &of, &offer.words, why);
        }
        #[cfg(feature = "train")]
        doc.trace.antecedent(doc, names, &of, &self.offers);
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
    offered(before, p, t, gender, among).best(p, t)
}

/// How likely "he", "she" or "it" means who is taken for it, 0 to 1 (how often that is so: docs/accuracy.md, "Confidence of speakers").
/// With who it is; nothing for other words.
pub(super) fn confidence(before: Before<'_, '_>, p: usize, t: usize) -> Option<(Option<ActorIndex>, f32)> {
    let lower = before.doc.lower(p, t);
    let gender = match function::THIRD_PERSON.value(lower).unwrap_or(lower) {
        "he" => Gender::Male,
        "she" => Gender::Female,
        "it" => Gender::Body,
        _ => return None,
    };
    offered(before, p, t, gender, None).likeliest().map(|(offer, confidence)| (offer.actor, confidence))
}

/// Those whom a pronoun or bare description at this place may mean.
fn offered<'a, 'r>(
    before: Before<'a, 'r>,
    p: usize,
    t: usize,
    gender: Gender,
    among: Option<&'a [ActorIndex]>,
) -> Offers<'a, 'r> {
    let Before { doc, names, candidates, speakers } = before;
    let own = subject_above(doc, names, p, t);
    let mut offers = Offers { before, gender, own, among, offers: Vec::new(), barred: Vec::new() };
    spoke(&mut offers, p, t);
    // What is said by the pronoun that has to be understood, where it is a speaker.
    let own_content = candidates.get(speakers.len()).map(|c| c.content.clone());
    // Who was named last outside quotation marks.
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
            offers.barred(*actor, at, "stands inside the pronoun's own content");
            continue;
        }
        // A line in capitals is a headline of something else.
        if !doc.paragraph(at.paragraph).contains(char::is_lowercase) {
            continue;
        }
        if doc.quoted(at.paragraph, head).is_some() {
            offers.barred(*actor, at, "named in somebody's quoted words");
            continue;
        }
        // Whom somebody speaks of is less in the foreground than who speaks.
        let told =
            candidates.iter().rev().take(MAX_NAMES_BACK).any(|c| c.content.start <= spot && spot < c.content.end);
        let place = match doc.tokens(at.paragraph)[head].dep {
            Dep::Nsubj | Dep::Nsubjpass if told => Place::SubjectTold,
            Dep::Nsubj | Dep::Nsubjpass => Place::Subject,
            Dep::Poss => Place::Owner,
            Dep::Conj | Dep::Appos => Place::Beside,
            Dep::Dobj | Dep::Pobj => Place::Object,
            _ => Place::Other,
        };
        let sentences = sentences_between(doc, (at.paragraph, head), (p, t));
        if let Some(offer) = offers.of(*actor, at) {
            offer.named(distance, sentences, n, place);
        }
    }
    offers
}

/// Offers who spoke last near by, and who spoke before; somebody of whom no more is known than that they are one person stands in the
/// way of others.
fn spoke(offers: &mut Offers<'_, '_>, p: usize, t: usize) {
    let Before { doc, names, candidates, speakers } = offers.before;
    let here = doc.tokens(p)[t].start as usize;
    let mut last: Option<ActorIndex> = None;
    for (candidate, (speaker, words)) in candidates.iter().zip(speakers).rev().take(MAX_NAMES_BACK) {
        let (paragraph, byte) = candidate
            .cue_head()
            .map_or(candidate.content.end, |(paragraph, cue)| (paragraph, doc.bytes(paragraph, cue..cue + 1).start));
        let distance = p.checked_sub(paragraph).filter(|d| *d <= MAX_PARAGRAPHS_BACK && (*d > 0 || byte < here));
        let Some(distance) = distance else { continue };
        match (speaker, words, candidate.source) {
            (Some(actor), Some(_), _) if last == Some(*actor) => {}
            (Some(actor), Some(words), _) => {
                let second = last.is_some();
                let back = p.checked_sub(words.paragraph).filter(|_| names.is_unnamed(*actor));
                if let Some(offer) = offers.of(*actor, words) {
                    offer.spoke(distance, second);
                    // Who has no name is in no list of names: these words stand for one.
                    if let Some(back) = back {
                        let sentences = sentences_between(doc, (words.paragraph, words.tokens.end - 1), (p, t));
                        offer.named(back, sentences, 0, Place::Subject);
                    }
                }
                if second {
                    return;
                }
                last = Some(*actor);
            }
            (None, _, Some((q, source)))
                if last.is_none()
                    && offers.among.is_none()
                    && offers.gender != Gender::Body
                    && is_somebody(doc, q, source) =>
            {
                let mut nobody = Offer::new(None, At::new(q, source..source + 1), false);
                nobody.spoke(distance, false);
                offers.offers.push(nobody);
                return;
            }
            _ => {}
        }
    }
}

/// How many sentences end between a place and a later one of the same paragraph or one of the next; 0 within one sentence.
fn sentences_between(doc: &Doc<'_>, (p, t): (usize, usize), (q, u): (usize, usize)) -> usize {
    let within = |p: usize, from: usize, to: usize| {
        let mut at = from;
        let mut count = 0;
        while at < to && count < MOST_SENTENCES {
            at = doc.sentence(p, at).end;
            count += usize::from(at <= to);
        }
        count
    };
    if p == q {
        within(p, t, u)
    } else {
        (within(p, t, doc.tokens(p).len()) + within(q, 0, u) + (q - p - 1)).min(MOST_SENTENCES)
    }
}

/// Sentences farther back than this are all alike.
const MOST_SENTENCES: usize = 6;

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
