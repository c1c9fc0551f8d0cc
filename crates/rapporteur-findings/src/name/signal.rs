//! What tells of which kind a name is: signals of a place where it stands, and of the name by itself. Their names are what a
//! person reads in the weights.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_language::{Dep, EntType, Pos, Tag};
use rapporteur_lexicon::words::{function, people, speech};
use rapporteur_lexicon::{Known, Title, cues, facts, gatherings, stances};
use rapporteur_schema::{EntityKind, PassageKind};

use super::evidence::Usage;
use super::title::{title_before, title_from};
use crate::doc::Doc;

/// The name of a signal.
pub(super) type Signal = Cow<'static, str>;

/// What the signal of a title before a name begins with.
const TITLED: &str = "behind a title: ";

/// Words behind a subject among which its possessive is looked for.
const NEAR: usize = 12;

/// What is known where a name stands.
pub(super) fn of_place(doc: &Doc<'_>, p: usize, at: &Range<usize>, known: Option<Known>) -> Vec<Signal> {
    let mut all: Vec<Signal> = Vec::with_capacity(16);
    let tokens = doc.tokens(p);
    let head = head(doc, p, at);
    let label = tokens[at.clone()].iter().map(|t| t.ent_type).find(|e| *e != EntType::None);
    let marked = label.map_or("not marked".into(), |label| format!("marked {}", label.as_str()));
    let count = count(at.len());
    all.push(format!("{marked}, {count}").into());
    all.push(marked.into());
    if is_dateline(doc, p, at) && known.is_none_or(|k| k.kind == EntityKind::Place) {
        all.push("in a dateline".into());
    }
    match doc.kind(p) {
        PassageKind::Heading => all.push("in a heading".into()),
        PassageKind::Body => {}
        _ => all.push("in a caption or credit".into()),
    }
    within(doc, p, at, &mut all);
    before(doc, p, at, &mut all);
    behind(doc, p, at, &mut all);
    all.push(format!("as {}", tokens[head].dep.as_str()).into());
    let governor = tokens[head].head as usize;
    let common = |t: usize| matches!(tokens[t].tag, Tag::Nn | Tag::Nns);
    match tokens[head].dep {
        Dep::Nsubj | Dep::Nsubjpass => subject(doc, p, at, head, &mut all),
        Dep::Dobj if deed(doc, p, governor).is_some() => {
            all.extend(deed(doc, p, governor).map(|d| Signal::from(format!("is whom one {d}"))));
        }
        Dep::Appos if common(governor) => all.push(format!("called {}", doc.lower_lemma(p, governor)).into()),
        Dep::Compound | Dep::Poss if common(governor) && governor >= at.end => owner(doc, p, governor, &mut all),
        Dep::Pobj if doc.lower(p, governor) == "of" => {
            let of = tokens[governor].head as usize;
            if common(of) || tokens[of].pos == Pos::Propn && facts().title(doc.lower_lemma(p, of)).is_some() {
                owner(doc, p, of, &mut all);
            }
        }
        Dep::Conj => {
            let beside = tokens[governor].ent_type;
            if beside != EntType::None {
                all.push(format!("beside what is marked {}", beside.as_str()).into());
            }
        }
        _ => {}
    }
    let called = (at.end..tokens.len().min(at.end + NEAR))
        .find(|&t| tokens[t].head as usize == head && tokens[t].dep == Dep::Appos && common(t));
    all.extend(called.map(|t| Signal::from(format!("called {}", doc.lower_lemma(p, t)))));
    all
}

/// The word of a name by which the rest of its sentence holds it.
fn head(doc: &Doc<'_>, p: usize, at: &Range<usize>) -> usize {
    let outside = |&t: &usize| !at.contains(&(doc.tokens(p)[t].head as usize)) || doc.tokens(p)[t].head as usize == t;
    at.clone().rev().find(outside).unwrap_or(at.end - 1)
}

/// What the words of a name are like here, and the paragraph that they stand in.
fn within(doc: &Doc<'_>, p: usize, at: &Range<usize>, all: &mut Vec<Signal>) {
    let tokens = doc.tokens(p);
    let numbered = |t: usize| t > at.start && people::NUMBERED.has(doc.word(p, t - 1));
    let strange = at.clone().filter(|&t| !matches!(tokens[t].pos, Pos::Propn | Pos::Punct) && !numbered(t));
    all.extend(strange.map(|t| Signal::from(format!("holds a {}", tokens[t].pos.as_str()))));
    let loud = |t: usize| {
        let word = doc.word(p, t);
        word.chars().count() > 1 && word.chars().all(char::is_uppercase)
    };
    let beside = [at.start.checked_sub(1), Some(at.end).filter(|&t| t < tokens.len())];
    if loud(at.start) && beside.into_iter().flatten().any(loud) {
        all.push("capitals among capitals".into());
    }
    if at.len() == tokens.len() {
        all.push("a paragraph of its own".into());
    } else if !tokens.iter().any(|t| matches!(t.pos, Pos::Verb | Pos::Aux)) {
        all.push("in a paragraph without a verb".into());
    }
}

/// What stands before a name.
fn before(doc: &Doc<'_>, p: usize, at: &Range<usize>, all: &mut Vec<Signal>) {
    if let Some((_, kind)) = title_before(doc, p, at.start) {
        all.push(format!("{TITLED}{}", title_name(kind)).into());
    }
    let Some(t) = at.start.checked_sub(1) else { return all.push("opens its paragraph".into()) };
    let tokens = doc.tokens(p);
    let after = if at.end < tokens.len() { doc.word(p, at.end) } else { "" };
    let token = tokens[t];
    let word = doc.lower(p, t);
    match token.tag {
        Tag::In | Tag::To | Tag::Dt | Tag::PrpPoss => all.push(format!("behind {word}").into()),
        Tag::Nn | Tag::Nns => {
            all.push("behind a noun".into());
            all.push(format!("behind the noun {}", doc.lower_lemma(p, t)).into());
        }
        _ if tokens[at.start].sent_start => all.push("opens its sentence".into()),
        _ => all.push(format!("behind {}", token.pos.as_str()).into()),
    }
    if word == "," && matches!(after, "," | ".") && at.len() > 1 && title_before(doc, p, t).is_some() {
        all.push("an office, and then the name".into());
    }
    // "the government of X": what only a state or a city has.
    if word == "of" && t > 0 && people::STATE_HAS.has(doc.lemma(p, t - 1)) {
        all.push("has what states have".into());
    }
    if word == "the" && at.len() > 1 {
        all.push("several words behind the".into());
    }
}

/// What stands behind a name.
fn behind(doc: &Doc<'_>, p: usize, at: &Range<usize>, all: &mut Vec<Signal>) {
    let tokens = doc.tokens(p);
    let Some(next) = tokens.get(at.end) else { return all.push("closes its paragraph".into()) };
    let word = doc.lower(p, at.end);
    let owned = |t: usize| t < tokens.len() && people::STATE_HAS.has(doc.lemma(p, t));
    match (next.tag, next.pos) {
        (Tag::Pos, _) => {
            all.push("an owner".into());
            if owned(at.end + 1) || owned(at.end + 2) {
                all.push("has what states have".into());
            }
        }
        (_, Pos::Noun) => all.push("before a noun".into()),
        (_, Pos::Verb | Pos::Aux) => all.push("before a verb".into()),
        (_, Pos::Num) => all.push("before a number".into()),
        (_, Pos::Propn) if people::THING.has(word) => all.push("before the name of a thing".into()),
        (_, Pos::Propn) => all.push("before another name".into()),
        // not words: marks
        _ if matches!(word, "(" | ":" | "/" | "”" | "\"") => all.push(format!("before {word}").into()),
        _ => {}
    }
    if word == "," && at.end + 1 < tokens.len() {
        let then = doc.lower(p, at.end + 1);
        if matches!(then, "who" | "which" | "where") {
            all.push(format!("and then {then}").into());
        }
        let upto = |n: usize| (at.end + 1 + n).min(tokens.len());
        if (1..=3).any(|n| is_place(facts().known(doc.words(p, at.end + 1..upto(n))))) {
            all.push("before a known place".into());
        }
        let article = function::ARTICLE.has(then);
        if let Some((_, kind)) = title_from(doc, p, at.end + 1 + usize::from(article)) {
            all.push(format!("before a title: {}", title_name(kind)).into());
        }
    }
}

/// What belongs to a name: "Norland's envoy", "the president of Norland".
fn owner(doc: &Doc<'_>, p: usize, noun: usize, all: &mut Vec<Signal>) {
    let lemma = doc.lower_lemma(p, noun);
    if let Some(kind) = facts().title(lemma) {
        all.push(format!("has a title: {}", title_name(kind)).into());
    } else if people::REPRESENTATIVE.has(lemma) {
        all.push("has those who act for it".into());
    }
    all.push(format!("has {lemma}").into());
}

/// What a name that is a subject does, and what its first possessive is: "Corvane has raised its offer", "Tarrant sent his letter".
fn subject(doc: &Doc<'_>, p: usize, at: &Range<usize>, head: usize, all: &mut Vec<Signal>) {
    let tokens = doc.tokens(p);
    let verb = tokens[head].head as usize;
    if tokens[head].dep == Dep::Nsubj {
        all.extend(deed(doc, p, verb).map(|deed| Signal::from(format!("one who {deed}"))));
        all.push(format!("does {}", doc.lower_lemma(p, verb)).into());
    }
    let possessive = (at.end..tokens.len().min(at.end + NEAR))
        .take_while(|&t| !tokens[t].sent_start && doc.word(p, t) != ",")
        .find(|&t| tokens[t].tag == Tag::PrpPoss);
    match possessive.map(|t| doc.lower(p, t)) {
        Some("his" | "her") => all.push("and then his or her".into()),
        Some(word) => all.push(format!("and then {word}").into()),
        None => {}
    }
}

/// What kind of verb it is.
fn deed(doc: &Doc<'_>, p: usize, verb: usize) -> Option<&'static str> {
    let lemma = doc.lower_lemma(p, verb);
    if cues().verb(lemma).is_some() {
        Some("speaks")
    } else if speech::INNER_VERB.has(lemma) {
        Some("thinks")
    } else if gatherings().verb(lemma).is_some() {
        Some("meets")
    } else if speech::ORDER_VERB.has(lemma) {
        Some("orders")
    } else if !stances().verb(lemma).is_empty() {
        Some("takes a stance")
    } else {
        None
    }
}

/// How many words, in a word.
fn count(words: usize) -> &'static str {
    match words {
        0 | 1 => "one word",
        2 => "two words",
        3 => "three words",
        _ => "four words or more",
    }
}

fn is_place(known: Option<Known>) -> bool {
    known.is_some_and(|k| matches!(k.kind, EntityKind::Place | EntityKind::Country))
}

fn title_name(kind: Title) -> &'static str {
    match kind {
        Title::Honorific => "form of address",
        Title::Rank => "rank",
        Title::Office => "office",
        Title::Role => "role",
    }
}

/// Whether a stretch in capitals opens a paragraph with a dash or a bracket behind it, as a dateline does.
pub(super) fn is_dateline(doc: &Doc<'_>, p: usize, tokens: &Range<usize>) -> bool {
    let capitals = doc.words(p, tokens.clone()).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let next = if tokens.end < doc.tokens(p).len() { doc.word(p, tokens.end) } else { "" };
    tokens.start == 0 && capitals && matches!(next, "—" | "–" | "-" | "(")
}

/// What the names of a report tell of each other: how they are cut short.
#[derive(Default)]
pub(super) struct Others<'f> {
    single: BTreeSet<&'f str>,
    /// First and last words of longer names, and whether one of these looks like a person's.
    first: BTreeMap<&'f str, bool>,
    last: BTreeMap<&'f str, bool>,
}

impl<'f> Others<'f> {
    /// Takes note of a name and of what is known at its places.
    pub(super) fn add<'s>(&mut self, form: &'f str, places: impl Iterator<Item = &'s [Signal]>) {
        let (Some((first, _)), Some((_, last))) = (form.split_once(' '), form.rsplit_once(' ')) else {
            self.single.insert(form);
            return;
        };
        let titled = |s: &Signal| s.starts_with(TITLED);
        let person = facts().given_name(first).is_some() || places.flatten().any(titled);
        *self.first.entry(first).or_default() |= person;
        *self.last.entry(last).or_default() |= person;
    }
}

/// What a name tells by itself, by its words, and by the other names of its report.
pub(super) fn of_form(
    usage: &Usage<'_>,
    others: &Others<'_>,
    form: &str,
    places: usize,
    known: Option<Known>,
) -> Vec<Signal> {
    let facts = facts();
    let mut all: Vec<Signal> = Vec::with_capacity(12);
    let parts: Vec<&str> = form.split(' ').collect();
    let several = parts.len() > 1;
    let mut flag = |signal: &'static str, so: bool| all.extend(so.then_some(Signal::from(signal)));
    let given = facts.given_name(parts[0]).is_some();
    flag("a first name and more", given && (2..=4).contains(&parts.len()));
    flag("a first name", given && !several);
    let last = parts[parts.len() - 1];
    let any = |is: &dyn Fn(&str) -> bool| parts.iter().any(|w| is(w));
    flag("a word of bodies", any(&|w| people::BODY_WORD.has(w)));
    flag("closes with a word of bodies", people::BODY_WORD.has(last));
    flag("a word of places and more", several && any(&|w| people::PLACE_WORD.has(w)));
    flag("closes with a word of places", several && people::PLACE_WORD.has(last));
    flag("a word of companies", any(&|w| people::COMPANY_SUFFIX.has(w)));
    flag("a word of things", any(&|w| people::THING.has(&w.to_lowercase())));
    flag("Inc. behind it", usage.is_firm(form));
    flag("a union's word", any(&|w| speech::UNION_WORD.has(w)));
    let letters = form.chars().filter(|c| c.is_alphabetic());
    let capitals = letters.clone().count() > 1 && letters.clone().all(char::is_uppercase);
    flag(
        "an acronym",
        capitals && !several && form.len() <= 6 && form.chars().all(|c| c.is_uppercase() || matches!(c, '&' | '.')),
    );
    flag("capitals alone", capitals);
    flag("capitals inside", !capitals && any(&|w| w.split('-').any(|s| s.chars().skip(1).any(char::is_uppercase))));
    flag("an initial", any(&|w| w.len() == 2 && w.ends_with('.')));
    flag("a slash", form.contains('/'));
    flag("an address", form.contains('@') || any(&|w| w.contains('.') && !w.ends_with('.') && w.len() > 4));
    flag("one letter and a hyphen", form.get(1..2) == Some("-"));
    flag("a word twice", parts.iter().enumerate().any(|(n, w)| parts[..n].contains(w)));
    let numbered = several && people::NUMBERED.has(parts[parts.len() - 2]);
    flag("a figure", !numbered && form.chars().any(|c| c.is_ascii_digit()));
    flag("a hyphen", any(&|w| w.len() > 1 && w.contains('-')));
    flag("a dash", any(&|w| w == "-"));
    flag("an ampersand or and", any(&|w| matches!(w, "&" | "and")));
    flag("of inside", any(&|w| w == "of"));
    flag("a particle", several && any(&|w| people::PARTICLE.has(w)));
    let peoples = facts.demonym(form).is_some();
    let plural = form.strip_suffix('s').is_some_and(|f| facts.demonym(f).is_some() || facts.party(f).is_some());
    flag("a people's word", peoples);
    flag("a people or party in the plural", plural);
    flag("begins with a people's word", several && facts.demonym(parts[0]).is_some());
    flag("a people's word is made of it", !several && usage.has_people_of(form));
    flag("ends in s", form.ends_with('s'));
    flag("a title inside", several && any(&|w| facts.title(w).is_some()));
    flag("a title", facts.title(form).is_some());
    flag("written small elsewhere", parts.iter().all(|w| usage.is_small(w)));
    let (first, longer) = (others.first.get(form), others.last.get(form));
    flag("a person's longer name closes with it", !several && longer == Some(&true));
    flag("a longer name closes with it", !several && longer == Some(&false));
    flag("a person's longer name begins with it", !several && first == Some(&true));
    flag("a longer name begins with it", !several && first == Some(&false));
    let (cut_first, cut_last) = (others.single.contains(parts[0]), others.single.contains(last));
    flag("called by its first word alone", parts.len() == 2 && cut_first && !cut_last);
    flag("called by its last word alone", several && cut_last && !cut_first);
    flag("named once", places == 1);
    flag(count(parts.len()), true);
    if let Some(known) = known {
        let sure = if several {
            "several words"
        } else if given {
            "a first name"
        } else {
            "one word"
        };
        all.push(format!("known as {}, {sure}", known.kind.as_str()).into());
        all.push(format!("known as {}", known.class).into());
    }
    all
}
