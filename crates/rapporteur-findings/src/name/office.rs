//! The offices that a report gives people: before the name ("Port Secretary Jane Roe") or behind it ("Oskar
//! Brandt, secretary of the Ports Council").

use std::ops::Range;

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{ActorIndex, EntityKind, OfficeFinding};

use super::Names;
use super::title::{title_before, title_from};
use crate::doc::{At, Doc};
use rapporteur_lexicon::words::people;
use rapporteur_lexicon::{Title, facts};

/// Reads the offices of all people.
pub(super) fn fill(doc: &Doc<'_>, names: &mut Names) {
    let mut found: Vec<(ActorIndex, OfficeFinding)> = Vec::new();
    let mut countries: Vec<(ActorIndex, &'static str)> = Vec::new();
    for (at, actor) in &names.mentions {
        if names.is_person(*actor) {
            let places = [before(doc, names, at).or_else(|| before_of(doc, names, at)), behind(doc, names, at)];
            for (title, of) in places.into_iter().flatten() {
                let of = of.or_else(|| holder_behind(doc, names, at.paragraph, &title)).filter(|o| o != actor);
                countries.extend(country_near(doc, names, at.paragraph, &title).map(|c| (*actor, c)));
                let former = former_before(doc, names, at.paragraph, &title);
                let span = At::new(at.paragraph, former.unwrap_or(title.start)..title.end);
                if let Some(cited) = doc.cite(&span) {
                    let title = doc.words(at.paragraph, title);
                    let title = if former.is_some() { format!("former {title}") } else { title.to_owned() };
                    found.push((*actor, OfficeFinding { title, of, at: cited }));
                }
            }
        }
    }
    for (actor, country) in countries {
        names.actors[actor.index()].country.get_or_insert_with(|| country.to_owned());
    }
    for (actor, office) in found {
        names.actors[actor.index()].offices.push(office);
    }
    for actor in &mut names.actors {
        actor.offices.sort_by(|a, b| a.at.cmp(&b.at));
        actor.offices.dedup_by(|a, b| a.at == b.at);
    }
}

/// The country that an office is of: named by the words just before the title, or behind it by "of" ("Norwegian foreign
/// minister", "ambassador to Norway" is of whoever sent them).
fn country_near(doc: &Doc<'_>, names: &Names, p: usize, title: &Range<usize>) -> Option<&'static str> {
    let sentence = doc.sentence(p, title.start);
    // A governor is of a state that may be called like a country: "Georgia Governor".
    let local = people::LOCAL_OFFICE.has(&doc.lower_lemma(p, title.end - 1).to_lowercase());
    let country = |t: usize| {
        let word = doc.word(p, t);
        // "North Korean"
        let pair = (t + 1 < doc.tokens(p).len()).then(|| doc.words(p, t..t + 2)).and_then(|w| facts().demonym(w));
        if pair.is_some() {
            return pair;
        }
        // "New Jersey" is not Jersey.
        let place = |a: ActorIndex| names.actor(a).kind == EntityKind::Place;
        let longer = || names.mention_at(p, t).is_some_and(|(at, a)| at.tokens.len() > 1 && place(*a));
        let known = || {
            let known = facts().known(word).filter(|_| !local && !longer());
            known.map(|k| k.country).filter(|c| !c.is_empty())
        };
        facts().demonym(word).or_else(known)
    };
    let before = (title.start.saturating_sub(4).max(sentence.start)..title.start).find_map(country);
    let of = || (title.end < sentence.end && doc.word(p, title.end) == "of").then_some(());
    before.or_else(|| of().and_then(|()| (title.end + 1..(title.end + 7).min(sentence.end)).find_map(country)))
}

/// Where "former" stands before the name of whatever a title is of: "Former Oslo Mayor".
fn former_before(doc: &Doc<'_>, names: &Names, p: usize, title: &Range<usize>) -> Option<usize> {
    let (of, _) = names.mention_at(p, title.start.checked_sub(1)?)?;
    of.tokens.start.checked_sub(1).filter(|&t| doc.lower(p, t) == "former")
}

type Office = (Range<usize>, Option<ActorIndex>);

/// One office of one person: a noun in the singular, where the lists also match verbs ("who chairs") and plurals.
fn is_noun(doc: &Doc<'_>, p: usize, title: &Range<usize>) -> bool {
    let singular = facts().title(doc.words(p, title.clone())).is_some();
    singular
        && title
            .end
            .checked_sub(1)
            .is_some_and(|last| matches!(doc.tokens(p)[last].pos, Pos::Noun | Pos::Propn | Pos::Adj))
}

/// A title right before the name, or before a comma ("his special envoy, Daniel Averick").
fn before(doc: &Doc<'_>, names: &Names, at: &At) -> Option<Office> {
    let (p, start) = (at.paragraph, at.tokens.start);
    let comma = start.checked_sub(1).filter(|&t| doc.word(p, t) == ",");
    let (mut title, kind) = title_before(doc, p, start).or_else(|| title_before(doc, p, comma?))?;
    if kind == Title::Honorific || !is_noun(doc, p, &title) {
        return None;
    }
    // "Port Secretary", "Russian President": whose the office is stands before it.
    let mut of = None;
    while let Some(t) = title.start.checked_sub(1) {
        let word = doc.word(p, t);
        if matches!(word, "'s" | "’s" | "'" | "’") && of.is_none() {
            of = t.checked_sub(1).and_then(|t| names.at(p, t));
            break;
        } else if let Some(actor) = names.at(p, t) {
            of = Some(actor);
            break;
        } else if let Some(code) = t.checked_sub(1).and_then(|s| facts().demonym(doc.words(p, s..t + 1))) {
            of = by_code(names, code);
            break;
        } else if let Some(code) = facts().demonym(word) {
            of = by_code(names, code);
            break;
        } else if people::OFFICE_PREFIX.has(&word.to_lowercase()) || is_of_title(doc, p, t, &title) {
            title.start = t;
        } else {
            break;
        }
    }
    Some((title, of))
}

/// "President of the United States of America Jane Roe": a title, what it is of, and the name.
fn before_of(doc: &Doc<'_>, names: &Names, at: &At) -> Option<Office> {
    let p = at.paragraph;
    let (held, of) = names.mention_at(p, at.tokens.start.checked_sub(1)?)?;
    let article = |t: usize| doc.lower(p, t) == "the";
    let start = held.tokens.start;
    let start = start.checked_sub(1).filter(|&t| article(t)).unwrap_or(start);
    let link = start.checked_sub(1).filter(|&t| doc.lower(p, t) == "of")?;
    let (title, kind) = title_before(doc, p, link)?;
    (kind != Title::Honorific && !names.is_person(*of) && is_noun(doc, p, &title)).then_some((title, Some(*of)))
}

/// Whether a noun belongs to the title behind it, or an adjective to such a noun: "the local government chief", "the marketing chief".
fn is_of_title(doc: &Doc<'_>, p: usize, t: usize, title: &Range<usize>) -> bool {
    let (token, next) = (doc.tokens(p)[t], doc.tokens(p)[t + 1]);
    let first = doc.sentence(p, t).start == t;
    let small = doc.word(p, t).chars().skip(usize::from(first)).all(|c| c.is_lowercase() || c == '-');
    let inside = title.contains(&(token.head as usize)) || token.head as usize == t + 1;
    // An adjective before the title itself tells what its holder is like ("the embattled mayor").
    let noun = token.pos == Pos::Noun && token.dep == Dep::Compound;
    let of_noun = token.pos == Pos::Adj && next.pos == Pos::Noun && next.dep == Dep::Compound;
    small && inside && (noun || of_noun)
}

/// "X, [the/a] secretary of …", "X, who is …", "X, once minister and now …".
fn behind(doc: &Doc<'_>, names: &Names, at: &At) -> Option<Office> {
    let p = at.paragraph;
    let n = doc.tokens(p).len();
    let mut t = at.tokens.end;
    if t >= n || doc.word(p, t) != "," {
        return None;
    }
    t += 1;
    let mut limit = (t + 6).min(n);
    // What somebody was is their office only with the word that says so, and only if nothing says what they are now:
    // "a former harbour master who now leads …".
    let mut past: Option<Office> = None;
    let mut former = None;
    while t < limit {
        if let Some((title, kind)) = title_from(doc, p, t).filter(|(r, _)| is_noun(doc, p, r)) {
            if acts(doc, p, &title) {
                return past;
            }
            // "X, President Y's adviser": that title is Y's.
            if let Some((other, _)) = names.mention_at(p, title.end).filter(|(m, _)| m.tokens.start == title.end) {
                t = other.tokens.end;
                if t >= n || !matches!(doc.word(p, t), "'s" | "’s" | "'" | "’") {
                    return past;
                }
                t += 1;
                limit = (t + 6).min(n);
                continue;
            }
            match (kind, former) {
                (Title::Honorific, _) => return past,
                (_, None) => return Some((title, None)),
                (_, Some(start)) => {
                    t = title.end;
                    past = Some((start..title.end, None));
                    (former, limit) = (None, (t + 6).min(n));
                    continue;
                }
            }
        }
        let word = doc.word(p, t);
        let lemma = doc.lemma(p, t);
        if matches!(lemma, "former" | "onetime" | "then" | "ex") {
            former = Some(t);
        }
        let passing = people::OFFICE_LEAD.has(word)
            || word.chars().next().is_some_and(char::is_uppercase)
            || people::STANDING.has(lemma);
        if !passing {
            return past;
        }
        t += 1;
    }
    past
}

/// Whether a title is the subject of the verb that it stands before: "After talks with Roe, the governor left" tells of another.
fn acts(doc: &Doc<'_>, p: usize, title: &Range<usize>) -> bool {
    let (tokens, last) = (doc.tokens(p), title.end - 1);
    let verb = tokens.get(title.end).is_some_and(|next| matches!(next.pos, Pos::Verb | Pos::Aux | Pos::Adv));
    verb && matches!(tokens[last].dep, Dep::Nsubj | Dep::Nsubjpass) && tokens[last].head as usize > last
}

/// "secretary of Orsava's Ports Council", "president of France".
fn holder_behind(doc: &Doc<'_>, names: &Names, p: usize, title: &Range<usize>) -> Option<ActorIndex> {
    let n = doc.tokens(p).len();
    let of = title.end;
    if of >= n || !matches!(doc.word(p, of), "of" | "at" | "for") {
        // "a Kremlin spokesman": whose it is stands before.
        let t = title.start.checked_sub(1)?;
        return names.at(p, t).or_else(|| by_code(names, facts().demonym(doc.word(p, t))?));
    }
    let mut t = of + 1;
    while t < n && t < of + 8 {
        if let Some(actor) = names.at(p, t) {
            // "of Orsava's … Council": the body, not the country before it.
            let end = names.mention_at(p, t).map_or(t + 1, |(at, _)| at.tokens.end);
            let possessive = end < n && matches!(doc.word(p, end), "'s" | "’s");
            let next = (end + 1 < n).then(|| names.at(p, end + 1)).flatten();
            return if possessive && next.is_some() { next } else { Some(actor) };
        }
        t += 1;
    }
    None
}

/// The country of this code, where the report names it.
fn by_code(names: &Names, code: &str) -> Option<ActorIndex> {
    names.named_country(code)
}

#[cfg(test)]
mod tests {

    fn offices(text: &str) -> Vec<String> {
        let report = crate::view::tests::report(text);
        let found = crate::read(&report, crate::Models::quick());
        found.actors.iter().flat_map(|a| &a.offices).map(|o| o.title.clone()).collect()
    }

    #[test]
    fn offices_before_and_behind_a_name() {
        assert_eq!(offices("Prime Minister Ingrid Solberg left Oslo."), ["Prime Minister"]);
        assert_eq!(offices("Ingrid Solberg, the mayor of Oslo, left."), ["mayor"]);
        assert_eq!(offices("They met President of the United States of America Ingrid Solberg."), ["President"]);
    }

    #[test]
    fn whoever_acts_behind_a_name_is_another() {
        assert_eq!(offices("After talks with Ingrid Solberg, the mayor left the hall."), Vec::<String>::new());
    }

    #[test]
    fn nouns_before_a_title_belong_to_it() {
        assert_eq!(offices("Marketing chief Ingrid Solberg left Oslo."), ["Marketing chief"]);
        assert_eq!(offices("They met local government chief Ingrid Solberg in Oslo."), ["local government chief"]);
        assert_eq!(offices("They met assistant coach Ingrid Solberg in Oslo."), ["assistant coach"]);
        assert_eq!(
            offices("They met the embattled mayor Ingrid Solberg in Oslo."),
            ["mayor"],
            "what the holder is like"
        );
    }

    #[test]
    fn a_title_before_another_name_is_that_ones() {
        let text = "Nora Reed, President Jonas Olson's finance minister, left Oslo.";
        assert_eq!(offices(text), ["finance minister", "President"]);
    }

    #[test]
    fn what_somebody_was_is_told_as_that() {
        let now = "Ingrid Solberg, a former finance minister who is now secretary of the Ports Council, left Oslo.";
        assert_eq!(offices(now), ["secretary"]);
        assert_eq!(offices("Ingrid Solberg, a former finance minister, left Oslo."), ["former finance minister"]);
        assert_eq!(offices("Former Oslo Mayor Ingrid Solberg left the hall."), ["former Mayor"]);
        assert_eq!(offices("They met former Norway Governor Ingrid Solberg."), ["former Governor"]);
    }
}
