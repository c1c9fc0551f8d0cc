//! The words that tell of a gathering: a verb ("met", "spoke with", "flew to"), or a noun with the verb it depends on
//! ("held talks", "the talks ended").

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::MeetingKind;

use crate::doc::Doc;
use crate::grammar::{child, head, is_verb};
use rapporteur_lexicon::words::gathering;
use rapporteur_lexicon::{Gathering, Meets, gatherings};

/// How the noun of a gathering stands to the verb above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The trigger is a verb itself.
    Verb,
    /// "held talks"
    Object,
    /// "the talks ended"
    Subject,
    /// "engaged in talks", "said after the talks": the preposition.
    Adjunct(usize),
    /// No verb above it.
    Bare,
}

/// A gathering in the making.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    /// Its paragraph.
    pub(super) p: usize,
    /// The head of the words that name it.
    pub(super) token: usize,
    /// Those words.
    pub(super) words: Range<usize>,
    /// The verb whose clause tells it.
    pub(super) verb: Option<usize>,
    /// How the noun stands to that verb.
    pub(super) role: Role,
    /// What the lists say.
    pub(super) known: Gathering,
    /// What kind of gathering it is, by the words beside it too.
    pub(super) kind: MeetingKind,
}

/// The triggers of a paragraph, in order.
pub(super) fn triggers(doc: &Doc<'_>, p: usize) -> Vec<Trigger> {
    (0..doc.tokens(p).len()).filter_map(|t| verb(doc, p, t).or_else(|| noun(doc, p, t))).collect()
}

/// The trigger of words that no list has, by their head: a verb by itself, a noun with the verb above it.
pub(super) fn of_mark(doc: &Doc<'_>, p: usize, token: usize, words: Range<usize>, kind: MeetingKind) -> Trigger {
    let (verb, role) = match is_verb(doc, p, token) {
        true => (Some(token), Role::Verb),
        false => governor(doc, p, token),
    };
    let known = Gathering { kind, frames: Meets::WITH | Meets::TOGETHER };
    Trigger { p, token, words, verb, role, known, kind }
}

fn verb(doc: &Doc<'_>, p: usize, t: usize) -> Option<Trigger> {
    let token = doc.tokens(p)[t];
    if token.pos != Pos::Verb && !is_verb(doc, p, t) {
        return None;
    }
    let lemma = doc.lemma(p, t);
    let mut known = gatherings().verb(lemma);
    let mut words = t..t + 1;
    // "sat down with", "held talks": only the first is a verb of gathering by itself.
    let particle = child(doc, p, t, &[Dep::Prt]);
    if lemma == "sit" && particle.is_some_and(|c| doc.word(p, c) == "down") {
        known = Some(Gathering { kind: MeetingKind::Talks, frames: Meets::WITH | Meets::TOGETHER });
        words.end = particle.map_or(t + 1, |c| c + 1);
    }
    // "called both sides in"
    let in_ =
        |c: usize| matches!(doc.word(p, c), "in" | "together") && c > t && child(doc, p, c, &[Dep::Pobj]).is_none();
    let calls_in = lemma == "call" && child(doc, p, t, &[Dep::Prt, Dep::Advmod, Dep::Prep]).is_some_and(in_);
    if calls_in {
        known = Some(Gathering { kind: MeetingKind::Talks, frames: Meets::OBJECT | Meets::ORDER });
    }
    let known = known?;
    // Who is sent somewhere need not meet anybody; "sent her to talks" is told by the noun.
    let meets = Meets::WITH | Meets::TO | Meets::OBJECT | Meets::TOGETHER | Meets::PLACE | Meets::GO;
    if !known.frames.any(meets) {
        return None;
    }
    // "called on him to go", "called it a lie", "meet up", "talked over".
    if lemma == "call"
        && !calls_in
        && (particle.is_some() || child(doc, p, t, &[Dep::Oprd, Dep::Ccomp, Dep::Xcomp, Dep::Prep]).is_some())
    {
        return None;
    }
    let kind = match known.kind {
        // "spoke by phone", "talked over video link"; "spoke with" in a room is talks.
        MeetingKind::Talks | MeetingKind::Call => {
            by_wire(doc, p, t).unwrap_or(if lemma == "speak" { MeetingKind::Talks } else { known.kind })
        }
        other => other,
    };
    Some(Trigger { p, token: t, words, verb: Some(t), role: Role::Verb, known, kind })
}

fn noun(doc: &Doc<'_>, p: usize, t: usize) -> Option<Trigger> {
    let token = doc.tokens(p)[t];
    if !matches!(token.pos, Pos::Noun | Pos::Propn) {
        return None;
    }
    let lemma = doc.lower_lemma(p, t);
    // "back to the table", "at the bargaining table".
    let table = lemma == "table" && is_bargaining_table(doc, p, t);
    let known = match table {
        true => Gathering { kind: MeetingKind::Talks, frames: Meets::STRONG },
        false => gatherings().noun(lemma)?,
    };
    // "the talks process", "summit site": another noun's modifier; "meeting room".
    if matches!(token.dep, Dep::Compound | Dep::Nmod | Dep::Amod) {
        return None;
    }
    // One talk is a lecture or idle; "a round" of what is told elsewhere; "a call for peace" is none.
    let has = |word: &str| doc.analyses[p].children(t).any(|c| c > t && doc.word(p, c).eq_ignore_ascii_case(word));
    let of_talks = || {
        let of = doc.analyses[p].children(t).find(|&c| doc.word(p, c) == "of");
        of.and_then(|c| child(doc, p, c, &[Dep::Pobj])).is_some_and(|o| gathering::TALKS.has(doc.lemma(p, o)))
    };
    let verbal = doc.analyses[p].children(t).any(|c| {
        matches!(doc.tokens(p)[c].dep, Dep::Acl) && doc.analyses[p].children(c).any(|x| doc.tokens(p)[x].tag == Tag::To)
    });
    match lemma {
        "talk" if token.tag != Tag::Nns && token.tag != Tag::Nnps => return None,
        "call" if has("for") || verbal && !has("with") => return None,
        // "Wednesday's session", "the last round": one of a row that the story is about, told with a day or a place.
        "round" | "session" if !of_talks() && !has("with") && !has("between") && !pointed(doc, p, t) => return None,
        "conference" if doc.analyses[p].children(t).any(|c| c < t && matches!(doc.lemma(p, c), "news" | "press")) => {
            return None;
        }
        _ => {}
    }
    // Talks inside "rounds of talks" are the rounds.
    if token.dep == Dep::Pobj
        && let Some(of) = head(doc, p, t)
        && doc.word(p, of) == "of"
        && head(doc, p, of).is_some_and(|h| matches!(doc.lemma(p, h), "round" | "session"))
    {
        return None;
    }
    let before =
        doc.analyses[p].children(t).filter(|&c| c < t && matches!(doc.tokens(p)[c].dep, Dep::Compound | Dep::Amod));
    let mut kind = known.kind;
    for c in before {
        match doc.lower_lemma(p, c) {
            "video" | "virtual" | "online" | "zoom" => kind = MeetingKind::VideoCall,
            "phone" | "telephone" | "conference" if lemma == "call" || lemma == "conversation" => {
                kind = MeetingKind::Call
            }
            _ => {}
        }
    }
    let (verb, role) = governor(doc, p, t);
    // "invited both sides to talks": the verb tells it, with who is invited.
    let asked = matches!(role, Role::Adjunct(prep) if matches!(doc.word(p, prep), "to" | "for"))
        && verb.is_some_and(|v| gatherings().takes(doc.lemma(p, v), Meets::OBJECT) && asks(doc, p, v));
    if asked {
        return None;
    }
    let words = t..t + 1;
    Some(Trigger { p, token: t, words, verb, role, known, kind })
}

/// Whether a verb asks somebody to a gathering ("invited her to talks").
fn asks(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(doc.lemma(p, v), "invite" | "summon" | "call") && child(doc, p, v, &[Dep::Dobj]).is_some()
}

/// Whether a table is the one at which sides bargain: it says so, or somebody comes back to it.
fn is_bargaining_table(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let said = doc.analyses[p].children(t).any(|c| gathering::BARGAINING.has(doc.lemma(p, c)));
    let back = head(doc, p, t).filter(|&h| doc.word(p, h) == "to").and_then(|h| head(doc, p, h)).is_some_and(|v| {
        let back = |c: usize| doc.word(p, c) == "back";
        doc.lemma(p, v) == "return" || back(v) || doc.analyses[p].children(v).any(back)
    });
    said || back
}

/// Whether a noun is told as one that is known ("the last round", "Wednesday's session").
fn pointed(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    doc.analyses[p]
        .children(t)
        .any(|c| c < t && (gathering::IN_A_ROW.has(doc.lower(p, c)) || doc.tokens(p)[c].dep == Dep::Poss))
}

/// The verb that the noun of a gathering depends on, through "a round of talks" and conjuncts.
fn governor(doc: &Doc<'_>, p: usize, noun: usize) -> (Option<usize>, Role) {
    let mut t = noun;
    for _ in 0..4 {
        let Some(h) = head(doc, p, t) else { return (None, Role::Bare) };
        match doc.tokens(p)[t].dep {
            Dep::Dobj | Dep::Attr | Dep::Oprd => return (Some(h), Role::Object),
            Dep::Nsubj | Dep::Nsubjpass => return (Some(h), Role::Subject),
            Dep::Conj | Dep::Appos => t = h,
            Dep::Pobj => match head(doc, p, h) {
                Some(v) if is_verb(doc, p, v) => return (Some(v), Role::Adjunct(h)),
                // "went back to the table"
                // "walked out of talks"
                Some(back)
                    if doc.tokens(p)[back].pos == Pos::Adv
                        || doc.word(p, h) == "of" && matches!(doc.word(p, back), "out" | "away") =>
                {
                    return (head(doc, p, back).filter(|&v| is_verb(doc, p, v)), Role::Adjunct(h));
                }
                // "a series of talks", "took part in talks": the noun above; "in a day of talks".
                Some(n)
                    if doc.word(p, h) == "of"
                        && (gathering::STRETCH.has(doc.lemma(p, n)) || doc.lemma(p, n) == "part") =>
                {
                    t = n;
                }
                // "took part in talks": "in" may hang on "part".
                Some(n) if doc.tokens(p)[n].dep == Dep::Dobj && matches!(doc.lemma(p, n), "part" | "place") => {
                    return (head(doc, p, n), Role::Adjunct(h));
                }
                _ => return (None, Role::Bare),
            },
            Dep::Pcomp | Dep::Ccomp | Dep::Advcl if is_verb(doc, p, h) => return (Some(h), Role::Adjunct(t)),
            _ => return (None, Role::Bare),
        }
    }
    (None, Role::Bare)
}

/// Whether a gathering is held over a wire, by what depends on its verb ("by phone", "via video link").
fn by_wire(doc: &Doc<'_>, p: usize, verb: usize) -> Option<MeetingKind> {
    for prep in doc.analyses[p].children(verb).filter(|&c| doc.tokens(p)[c].dep == Dep::Prep) {
        let object = child(doc, p, prep, &[Dep::Pobj]).map(|o| doc.lower_lemma(p, o));
        match (doc.lemma(p, prep), object) {
            ("by" | "over" | "on" | "via", Some("phone" | "telephone" | "hotline")) => return Some(MeetingKind::Call),
            ("by" | "over" | "on" | "via", Some("video" | "videolink" | "link" | "zoom")) => {
                return Some(MeetingKind::VideoCall);
            }
            _ => {}
        }
    }
    None
}
