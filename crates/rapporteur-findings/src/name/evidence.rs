//! What speaks for a name and against it where a capital alone says nothing: months, nouns of things, headlines.
//!
//! No word is barred from being a name. "May" is a prime minister behind a first name or a title, or where the report
//! names somebody so and the word stands where people stand; it is a month where a date is read or a preposition of time
//! leads to it.

use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur_language::{Dep, EntType, Tag};
use rapporteur_lexicon::words::{function, people, time};
use rapporteur_lexicon::{Title, facts};
use rapporteur_schema::PassageKind;

use super::title::title_before;
use crate::date;
use crate::doc::Doc;

/// How a report uses its words.
pub(super) struct Usage<'d> {
    /// Proper nouns that stand somewhere without a possessive: what owns things there has a name of its own.
    pub(super) owners: BTreeSet<&'d str>,
    /// The last words of people's full names.
    pub(super) surnames: BTreeSet<&'d str>,
    /// Last words of what the model takes for people, outside headings.
    people: BTreeSet<&'d str>,
    /// Proper nouns outside headings and not at the beginning of a sentence, where a capital tells something.
    telling: BTreeSet<&'d str>,
    /// Words that are written small somewhere.
    small: BTreeSet<&'d str>,
    /// Words that begin with a capital, without an "s" at the end.
    capital: BTreeSet<&'d str>,
    /// What stands before "Inc." and the like.
    firms: BTreeSet<&'d str>,
    /// For each paragraph, the tokens of what can only be a date, in order.
    dates: Vec<Vec<Range<usize>>>,
    /// For each paragraph, whether it is a heading whose words nearly all have capitals.
    headline: Vec<bool>,
}

impl<'d> Usage<'d> {
    /// Looks over a report.
    pub(super) fn of(doc: &'d Doc<'_>) -> Self {
        let mut usage = Usage {
            owners: BTreeSet::new(),
            surnames: BTreeSet::new(),
            people: BTreeSet::new(),
            telling: BTreeSet::new(),
            small: BTreeSet::new(),
            capital: BTreeSet::new(),
            firms: BTreeSet::new(),
            dates: date::certain(doc),
            headline: (0..doc.len()).map(|p| is_headline(doc, p)).collect(),
        };
        for p in 0..doc.len() {
            let people =
                doc.analyses[p].entities().iter().filter(|e| e.label == EntType::Person && e.tokens().len() > 1);
            usage.surnames.extend(people.map(|e| doc.word(p, e.tokens().end - 1)));
            let all = doc.tokens(p);
            if !usage.headline[p] {
                let people = doc.analyses[p].entities().iter().filter(|e| e.label == EntType::Person);
                usage.people.extend(people.map(|e| doc.word(p, e.tokens().end - 1)));
                let telling = (0..all.len()).filter(|&t| is_name_tag(all[t].tag) && doc.sentence(p, t).start != t);
                usage.telling.extend(telling.map(|t| doc.word(p, t)));
            }
            for t in 0..all.len() {
                let word = doc.word(p, t);
                if is_name_tag(all[t].tag) && all.get(t + 1).is_none_or(|next| next.tag != Tag::Pos) {
                    usage.owners.insert(word);
                }
                if word.starts_with(char::is_lowercase) {
                    usage.small.insert(word);
                }
                if word.starts_with(char::is_uppercase) {
                    usage.capital.insert(word.strip_suffix('s').unwrap_or(word));
                }
                if people::COMPANY_SUFFIX.has(word) {
                    usage.firms.extend(before_suffix(doc, p, t));
                }
            }
        }
        usage
    }

    /// Whether a token is part of what can only be a date.
    pub(super) fn dated(&self, p: usize, t: usize) -> bool {
        let dates = &self.dates[p];
        dates.get(dates.partition_point(|d| d.end <= t)).is_some_and(|d| d.contains(&t))
    }

    /// Whether these words are a firm's: "Inc." follows them somewhere.
    pub(super) fn is_firm(&self, words: &str) -> bool {
        self.firms.contains(words)
    }

    /// Whether the report has a word for the people of a place that is called so: "Norlandic", "Osmerians".
    pub(super) fn has_people_of(&self, name: &str) -> bool {
        let stem = name.trim_end_matches(['a', 'e', 'o', 'y']);
        let begins = |word: &&&str| word.starts_with(stem) && word.len() > stem.len();
        let from = self.capital.range(stem..).take_while(|word| word.starts_with(stem));
        stem.len() > 2 && from.filter(begins).any(|word| people::PEOPLE_ENDING.has(&word[stem.len()..]))
    }

    /// Whether a word is written small somewhere.
    pub(super) fn is_small(&self, word: &str) -> bool {
        self.small.contains(word.to_lowercase().as_str())
    }

    /// Whether the capitalised word at `t` is no part of a name that begins at `start`.
    pub(super) fn breaks(&self, doc: &Doc<'_>, p: usize, start: usize, t: usize) -> bool {
        let word = doc.word(p, t);
        let token = doc.tokens(p)[t];
        if self.dated(p, t) || token.tag == Tag::Prp {
            return true;
        }
        if is_calendar(word) {
            return !self.is_called(doc, p, start, t);
        }
        let plain = self.headline[p] && self.small.contains(word.to_lowercase().as_str());
        plain
            && token.ent_type != EntType::Person
            && !people::BODY_WORD.has(word)
            && !behind_first_name(doc, p, start, t)
    }

    /// Whether a month or weekday at `t` is part of a person's name that begins at `start`: the model says so, or a first
    /// name ("Clara May") or a title with a capital ("Prime Minister May") stands right before it.
    fn is_called(&self, doc: &Doc<'_>, p: usize, start: usize, t: usize) -> bool {
        let token = doc.tokens(p)[t];
        let modal = doc.tokens(p).get(t + 1).is_some_and(|next| next.tag == Tag::Vb);
        if modal || self.headline[p] && token.ent_type != EntType::Person {
            return false;
        }
        if token.ent_type == EntType::Person {
            return t > start || !led_by_time(doc, p, t);
        }
        let month = time::MONTH.has(doc.word(p, t));
        month && if t > start { behind_first_name(doc, p, start, t) } else { is_addressed(doc, p, t) }
    }

    /// Whether a stretch may be a name at all, given what the model marks it as.
    pub(super) fn may_name(&self, doc: &Doc<'_>, p: usize, tokens: &Range<usize>, label: EntType) -> bool {
        let every = |is: &dyn Fn(&str) -> bool| tokens.clone().all(|t| is(doc.word(p, t)));
        let words = doc.words(p, tokens.clone());
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        let suffix = |w: &str| people::COMPANY_SUFFIX.has(w) || people::NAME_SUFFIX.has(w);
        if letters < 2 || tokens.clone().all(|t| self.dated(p, t)) || every(&suffix) {
            return false;
        }
        if facts().title(words) == Some(Title::Honorific) {
            return false;
        }
        if every(&is_calendar) || people::TONGUE.has(words) {
            return label == EntType::Person && tokens.len() == 1 && stands_as_person(doc, p, tokens.start);
        }
        let plain = |w: &str| self.small.contains(w.to_lowercase().as_str()) && !people::BODY_WORD.has(w);
        if self.headline[p] && label != EntType::Person && every(&plain) && facts().known(words).is_none() {
            return false;
        }
        let nothing = |w: &str| people::THING.has(&w.to_lowercase()) || people::PROMPT.has(&w.to_lowercase());
        !every(&nothing) || label == EntType::Person && !self.headline[p] && !is_determined(doc, p, tokens.start)
    }

    /// Whether a word that is also a month, a thing or a people means the person of that name here.
    pub(super) fn means_person(&self, doc: &Doc<'_>, p: usize, t: usize) -> bool {
        let word = doc.word(p, t);
        let people = facts().demonym(word).is_some() || people::TONGUE.has(word);
        let several = people || is_calendar(word) || is_thing(word);
        !several || !self.dated(p, t) && stands_as_person(doc, p, t)
    }

    /// Without words that have a capital for another reason beside the name of somebody whom the report names elsewhere: what goes on
    /// in a heading ("Roe Willing to Talk"), what opens a sentence ("Plus Roe is …").
    pub(super) fn without_strays(&self, doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = tokens;
        let word = |t: usize| doc.word(p, t);
        let suffix = |t: usize| people::NAME_SUFFIX.has(word(t)) || !word(t).starts_with(char::is_alphabetic);
        if facts().known(doc.words(p, start..end)).is_some() {
            return start..end;
        }
        // "FRAUD ALERTS Roe offers", "Reuters Roe said": a box's heading or a picture's source that runs into the sentence.
        // The word of a heading is written small elsewhere; a name in capitals (ASEAN) is not.
        let shouted = |t: usize| word(t).len() > 4 && word(t).chars().all(char::is_uppercase) && self.is_small(word(t));
        // Petra is a news agency too.
        let source = |t: usize| {
            let agency = facts().known(word(t)).is_some_and(|k| matches!(k.class, "agency" | "outlet"));
            agency && facts().given_name(word(t)).is_none()
        };
        while end - start > 1 && (shouted(start) || source(start)) && self.telling.contains(word(start + 1)) {
            start += 1;
        }
        let last = (start..end).rfind(|&t| self.people.contains(word(t)) && !suffix(t));
        let Some(last) = last else { return start..end };
        let strays = last + 1..end;
        let named = |t: usize| self.telling.contains(word(t)) || suffix(t) || people::BODY_WORD.has(word(t));
        if self.headline[p] && !strays.clone().any(named) {
            end = last + 1;
        }
        let opens = |t: usize| {
            let lower = doc.lower(p, t);
            doc.sentence(p, t).start == t && (people::OPENER.has(lower) || function::STOP_WORD.has(lower))
        };
        let given = |t: usize| facts().given_name(word(t)).is_some() || self.telling.contains(word(t));
        if last > start && opens(start) && !given(start) {
            start += 1;
        }
        start..end
    }

    /// Without the noun of a thing at the end: "Elsholm Summit", "Roe Peace Plan"; a person may be called Deal.
    pub(super) fn without_thing(&self, doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
        let words = doc.words(p, tokens.clone());
        if facts().known(words).is_some() || words.split(' ').any(|w| people::BODY_WORD.has(w)) {
            return tokens;
        }
        let Range { start, mut end } = tokens;
        while end > start && people::THING.value(doc.lower(p, end - 1)) == Some("") {
            let last = end - 1;
            let person = doc.tokens(p)[last].ent_type == EntType::Person || behind_first_name(doc, p, start, last);
            if person || last == start && is_addressed(doc, p, last) {
                break;
            }
            end = last;
        }
        start..end
    }
}

/// Whether a tag is that of a proper noun.
pub(super) fn is_name_tag(tag: Tag) -> bool {
    matches!(tag, Tag::Nnp | Tag::Nnps)
}

/// Whether a word is the name of a month or a weekday, or short for one.
fn is_calendar(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    time::MONTH_WORD.has(&lower) || time::WEEKDAY_WORD.has(&lower)
}

/// Whether a word is a noun of a thing.
fn is_thing(word: &str) -> bool {
    people::THING.has(&word.to_lowercase())
}

/// Whether nearly all words of a heading have capitals, so that a capital says nothing.
fn is_headline(doc: &Doc<'_>, p: usize) -> bool {
    let long = doc.tokens(p).iter().map(|t| &doc.paragraph(p)[t.range()]).filter(|w| w.chars().count() > 3);
    let (mut capitals, mut all) = (0, 0);
    for word in long.filter(|w| w.starts_with(char::is_alphabetic)) {
        capitals += usize::from(word.starts_with(char::is_uppercase));
        all += 1;
    }
    doc.kind(p) == PassageKind::Heading && all > 2 && capitals * 10 >= all * 7
}

/// The capitalised words before "Inc.", with or without a comma.
fn before_suffix<'d>(doc: &'d Doc<'_>, p: usize, suffix: usize) -> Option<&'d str> {
    let last = suffix.checked_sub(1)?;
    let last = if doc.word(p, last) == "," { last.checked_sub(1)? } else { last };
    let capital = |t: usize| is_name_tag(doc.tokens(p)[t].tag) && doc.word(p, t).starts_with(char::is_uppercase);
    let first = (0..=last).rev().take(6).take_while(|&t| capital(t)).last()?;
    Some(doc.words(p, first..last + 1))
}

/// Whether a first name or an initial stands right before a word in the same name.
fn behind_first_name(doc: &Doc<'_>, p: usize, start: usize, t: usize) -> bool {
    let before = t.checked_sub(1).filter(|&b| b >= start).map(|b| doc.word(p, b));
    before.is_some_and(|b| facts().given_name(b).is_some() || b.len() == 2 && b.ends_with('.'))
}

/// Whether a form of address, or a title that begins with a capital, stands right before a word.
fn is_addressed(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    title_before(doc, p, t).is_some_and(|(title, kind)| {
        kind == Title::Honorific || doc.word(p, title.start).starts_with(char::is_uppercase)
    })
}

/// Whether an article or the like stands right before a word.
fn is_determined(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    t.checked_sub(1).is_some_and(|b| matches!(doc.tokens(p)[b].tag, Tag::Dt | Tag::PrpPoss | Tag::Pos))
}

/// Whether a preposition that can lead to a time stands right before a word ("in May", but "opposed by May").
fn led_by_time(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    t.checked_sub(1)
        .is_some_and(|b| doc.tokens(p)[b].dep != Dep::Agent && function::TIME_PREPOSITION.has(doc.lower(p, b)))
}

/// Whether a word stands where people stand: as subject or object, with no article and no preposition of time before it.
fn stands_as_person(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let token = doc.tokens(p)[t];
    let role = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Dative | Dep::Poss)
        || matches!(token.dep, Dep::Conj | Dep::Appos);
    role && !is_determined(doc, p, t) && !led_by_time(doc, p, t)
}

#[cfg(test)]
mod tests {
    use rapporteur_schema::{Findings, Stance};

    fn read(text: &str) -> Findings {
        crate::read(&crate::view::tests::report(text), crate::Models::quick())
    }

    fn names(found: &Findings) -> Vec<&str> {
        found.actors.iter().map(|a| a.name.as_str()).collect()
    }

    fn speakers(found: &Findings) -> Vec<&str> {
        found.statements.iter().map(|s| s.speaker.map_or("-", |a| &found.actors[a.index()].name)).collect()
    }

    #[test]
    fn a_prime_minister_may_be_named_may() {
        let found = read(
            "ELSHOLM — Prime Minister Clara May met President Jon Berg in Bergen on Monday.\n\
             May said the sides had made progress. “We are not there yet,” Ms May told reporters.\n\
             May rejected the offer. In May, the two met twice. On May 5 they will meet again.",
        );
        let may = found.actors.iter().position(|a| a.name == "Clara May").expect("Clara May");
        let mentions: Vec<&str> = found.actors[may].mentions.iter().map(|m| m.at.exact()).collect();
        assert_eq!(mentions, ["Clara May", "May", "May", "May"]);
        assert_eq!(speakers(&found)[..2], ["Clara May", "Clara May"]);
        assert!(found.meetings[0].participants.iter().any(|a| a.index() == may));
        assert!(found.positions.iter().any(|p| p.party.index() == may && p.stance == Stance::Rejects));
        let dates: Vec<&str> = found.dates.iter().map(|d| d.at.exact()).collect();
        assert_eq!(dates, ["Monday", "May", "May 5"]);
    }

    #[test]
    fn march_and_english_and_deal_are_names_of_some() {
        let found = read(
            "Defence Secretary Ellen March arrived on Tuesday. March met union leaders. The talks in March failed.\n\
             Paul English, an envoy, said the State must act. English told reporters in English that he was ready.\n\
             Adam Deal, the mayor, praised the Plan. Deal said the English team and the State Department agreed.",
        );
        assert_eq!(names(&found), ["Ellen March", "Paul English", "Adam Deal", "State Department"]);
        assert_eq!(speakers(&found)[..2], ["Paul English", "Paul English"]);
        assert_eq!(found.actors[0].mentions.len(), 2);
        assert_eq!(found.actors[1].mentions.len(), 2);
    }

    #[test]
    fn a_capital_beside_a_name_is_not_always_part_of_it() {
        let mut report = crate::view::tests::report(
            "Tarrant Willing to Sign Plan on Ferry Pay\n\n\
             Ferry crews of Oslo heard on Monday that Mayor Jon Tarrant wants their plan. The mayor said that Tarrant was his name. \
             Plus Tarrant is naming a mediator. \
             Will Averick came to Oslo with him, and Averick will stay.",
        );
        report.head.passages[0].kind = rapporteur_schema::PassageKind::Heading;
        let found = crate::read(&report, crate::Models::quick());
        let people: Vec<&str> =
            names(&found).into_iter().filter(|n| n.contains("Tarrant") || n.contains("Averick")).collect();
        assert_eq!(people, ["Jon Tarrant", "Will Averick"], "{:?}", names(&found));
        let box_before = "Quillmere said on Monday that it would pay. The crews of Quillmere waited in Oslo.\n\n\
             ORDER TICKETS Quillmere is offering free crossings, and tickets for the crews. Ask to order.\n\n\
             Reuters Quillmere said that nobody was hurt.\n\nThe ASEAN Regional Forum met in Oslo, and the Regional Forum left.";
        let found = read(box_before);
        assert!(
            names(&found).iter().all(|n| !n.contains("TICKETS") && !n.contains("Reuters Q"))
                && names(&found).iter().any(|n| n.contains("ASEAN")),
            "{:?}",
            names(&found)
        );
    }

    #[test]
    fn months_things_and_prompts_are_nobody() {
        let found = read(
            "LISTEN: Norway and Iceland resume talks at 9 a.m. ET on Jan. 5.\n\
             The Summit failed. By Sept. the Deal was dead, and in March the Act followed. PHOTO by John Roe, Jr., of Oslo.",
        );
        assert_eq!(names(&found), ["Norway", "Iceland", "John Roe", "Oslo"]);
    }

    #[test]
    fn a_firm_may_begin_with_a_rank() {
        let found = read(
            "General Dynamo, Inc. made its workers an offer. General Dynamo said it was final.\n\
             The General Workers Union rejected it. General Jane Holm said nothing.",
        );
        assert_eq!(names(&found), ["General Dynamo", "General Workers Union", "Jane Holm"]);
    }
}
