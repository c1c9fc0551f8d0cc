//! Stretches of text that may be names: what the model marks, what the lists know, what titles announce.

use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur_language::{Dep, EntType, Tag};
use rapporteur_schema::EntityKind;

use super::extent::{parts, whole};
use super::title::{title_before, title_from};
use crate::doc::{At, Doc};
use rapporteur_lexicon::{Known, Title, facts};

/// A stretch that may be a name, with what speaks for each kind.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) at: At,
    /// Evidence for each kind.
    pub(crate) score: Scores,
    /// What the lists know under this spelling.
    pub(crate) known: Option<Known>,
}

/// Evidence for each kind of entity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Scores {
    pub(crate) person: f32,
    pub(crate) organization: f32,
    pub(crate) place: f32,
    pub(crate) group: f32,
}

impl Scores {
    /// Adds other evidence.
    pub(crate) fn add(&mut self, other: Scores) {
        self.person += other.person;
        self.organization += other.organization;
        self.place += other.place;
        self.group += other.group;
    }

    /// The kind that most speaks for, if anything does.
    pub(crate) fn best(&self) -> Option<EntityKind> {
        let all = [
            (self.person, EntityKind::Person),
            (self.organization, EntityKind::Organization),
            (self.place, EntityKind::Place),
            (self.group, EntityKind::Group),
        ];
        all.into_iter().filter(|(s, _)| *s > 0.0).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, k)| k)
    }
}

/// Words that make a capitalised stretch the name of a body.
pub(super) const BODY_WORDS: &[&str] = &[
    "Academy",
    "Administration",
    "Agency",
    "Airlines",
    "Airways",
    "Alliance",
    "Army",
    "Assembly",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Brigade",
    "Brothers",
    "Bureau",
    "Cabinet",
    "Center",
    "Centre",
    "Chamber",
    "Church",
    "Club",
    "Coalition",
    "College",
    "Commission",
    "Committee",
    "Company",
    "Conference",
    "Confederation",
    "Congress",
    "Corp",
    "Corp.",
    "Corporation",
    "Council",
    "Court",
    "Department",
    "Directorate",
    "Federation",
    "Force",
    "Forces",
    "Forum",
    "Foundation",
    "Front",
    "Fund",
    "Government",
    "Group",
    "Guard",
    "Guild",
    "Holdings",
    "Hospital",
    "House",
    "Inc",
    "Inc.",
    "Industries",
    "Initiative",
    "Institute",
    "Institution",
    "Laboratory",
    "League",
    "Ltd",
    "Ltd.",
    "Ministry",
    "Mission",
    "Movement",
    "Museum",
    "Navy",
    "Network",
    "News",
    "Office",
    "Organisation",
    "Organization",
    "Parliament",
    "Partners",
    "Party",
    "Police",
    "Post",
    "Press",
    "Program",
    "Programme",
    "Secretariat",
    "School",
    "Schools",
    "Senate",
    "Service",
    "Services",
    "Society",
    "Staff",
    "Telegraph",
    "Times",
    "Tribune",
    "Tribunal",
    "Union",
    "University",
    "Workers",
    "Journal",
    "Gazette",
    "Herald",
    "Courier",
    "Wire",
    "Broadcasting",
    "Television",
    "Radio",
    "Media",
];

/// Words that make a capitalised stretch the name of a place.
pub(super) const PLACE_WORDS: &[&str] = &[
    "Sea",
    "Ocean",
    "River",
    "Lake",
    "Strait",
    "Straits",
    "Gulf",
    "Bay",
    "Island",
    "Islands",
    "Mountains",
    "Mount",
    "Valley",
    "Desert",
    "Peninsula",
    "Province",
    "County",
    "City",
    "Street",
    "Square",
    "Airport",
    "Port",
    "Harbour",
    "Harbor",
    "Cape",
    "Strip",
    "Heights",
    "Region",
    "District",
    "Oblast",
    "Canal",
    "Coast",
    "Avenue",
    "Road",
    "Bridge",
];

/// What states and cities have and people have not.
const OWNED: &[&str] = &[
    "government",
    "president",
    "minister",
    "parliament",
    "capital",
    "navy",
    "army",
    "military",
    "economy",
    "border",
    "embassy",
    "ambassador",
    "people",
    "territory",
    "mayor",
    "governor",
    "coast",
    "port",
    "airport",
    "population",
    "constitution",
    "currency",
    "delegation",
    "republic",
    "kingdom",
    "state",
    "city",
    "province",
    "island",
    "envoy",
];

/// Capitalised words that are no names by themselves.
const NEVER: &[&str] = &[
    "I",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Christmas",
    "Easter",
    "Ramadan",
    "Thanksgiving",
    "Internet",
    "God",
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "English",
    "Read",
    "Plan",
    "Act",
    "Deal",
    "Bill",
    "War",
    "State",
    "Peace",
    "Photo",
    "Image",
    "Inc.",
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
];

/// Every stretch of a paragraph that may be a name; none overlaps another. `owners` are the names that stand alone
/// somewhere in the report.
pub(crate) fn candidates(doc: &Doc<'_>, owners: &BTreeSet<&str>, p: usize) -> Vec<Candidate> {
    let n = doc.tokens(p).len();
    let mut spans: Vec<Span> = Vec::new();
    titled(doc, p, &mut spans);
    listed(doc, p, &mut spans);
    marked(doc, owners, p, &mut spans);
    runs(doc, p, &mut spans);
    // The surer source first, then the longer stretch; what overlaps a stretch already taken is dropped.
    spans.sort_by_key(|s| (s.rank, std::cmp::Reverse(s.tokens.len()), s.tokens.start));
    let mut taken = vec![false; n];
    let mut out: Vec<Candidate> = Vec::new();
    for span in spans {
        if taken[span.tokens.clone()].iter().any(|t| *t) {
            continue;
        }
        taken[span.tokens.clone()].fill(true);
        out.push(Candidate {
            score: score(doc, p, &span),
            known: facts().known(doc.words(p, span.tokens.clone())),
            at: At::new(p, span.tokens),
        });
    }
    out.sort_by_key(|c| c.at.tokens.start);
    out
}

struct Span {
    tokens: Range<usize>,
    /// 0 for the surest source.
    rank: u8,
    /// Whether a title stands right before it.
    titled: bool,
}

fn is_name_tag(tag: Tag) -> bool {
    matches!(tag, Tag::Nnp | Tag::Nnps)
}

fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A run of capitalised words from `t` that reads like a person's name, particles and initials included.
fn person_run(doc: &Doc<'_>, p: usize, t: usize) -> usize {
    let tokens = doc.tokens(p);
    let mut end = t;
    while end < tokens.len() {
        let word = doc.word(p, end);
        let named = capital(word)
            && word.chars().any(char::is_alphabetic)
            && (is_name_tag(tokens[end].tag) || end == t)
            && !NEVER.contains(&word);
        let particle = end > t
            && matches!(
                word,
                "de" | "da" | "del" | "van" | "von" | "der" | "den" | "bin" | "al" | "el" | "ibn" | "dos" | "la" | "di"
            )
            && tokens.get(end + 1).is_some_and(|_| capital(doc.word(p, end + 1)));
        // "Jean-Noël", "al-Sisi": the hyphen is a token, with no space around it.
        let hyphen = end > t
            && word == "-"
            && !tokens[end - 1].space_after
            && !tokens[end].space_after
            && tokens.get(end + 1).is_some_and(|_| capital(doc.word(p, end + 1)));
        if !(named || particle || hyphen) || end - t >= 6 {
            break;
        }
        end += 1;
    }
    end
}

/// A title and capitalised words after it: a person, whatever the model says.
fn titled(doc: &Doc<'_>, p: usize, out: &mut Vec<Span>) {
    let n = doc.tokens(p).len();
    let mut t = 0;
    while t < n {
        let Some((title, kind)) = title_from(doc, p, t) else {
            t += 1;
            continue;
        };
        let end = person_run(doc, p, title.end);
        let words = doc.words(p, title.end..end);
        // "the president Washington wants", "Prime Minister's", a role before a company are no persons.
        let listed = facts().known(words).is_some() && facts().given_name(doc.word(p, title.end)).is_none();
        let body = BODY_WORDS.iter().any(|w| words.split(' ').any(|x| x == *w));
        let starts_demonym = facts().demonym(doc.word(p, title.end.min(n.saturating_sub(1)))).is_some();
        if end > title.end
            && !body
            && !starts_demonym
            && (!listed || matches!(kind, Title::Honorific | Title::Rank | Title::Office) && capital(doc.word(p, t)))
        {
            // A title inside the run ("Chief of Staff Susie Wiles") starts the name anew.
            let inner =
                (title.end..end).rev().find_map(|s| title_from(doc, p, s).filter(|(r, _)| r.end < end && r.end > s));
            let start = inner.as_ref().map_or(title.end, |(r, _)| r.end);
            out.push(Span { tokens: whole(doc, p, start..end), rank: 0, titled: true });
            t = end;
        } else {
            t += 1;
        }
    }
}

/// Names that the lists know, the longest first.
fn listed(doc: &Doc<'_>, p: usize, out: &mut Vec<Span>) {
    let facts = facts();
    let tokens = doc.tokens(p);
    let mut t = 0;
    while t < tokens.len() {
        let word = doc.word(p, t);
        let longest = facts.longest_from(word);
        let mut next = t + 1;
        if longest > 0 && !NEVER.contains(&word) {
            // Hyphenated names have more tokens than words.
            let last = tokens.len().min(t + longest + 4);
            let hit = (t + 1..=last).rev().find(|&end| {
                let words = doc.words(p, t..end);
                let known = facts.known(words);
                let tagged = (t..end).any(|i| is_name_tag(tokens[i].tag)) || words.contains(' ');
                // Part of a longer hyphenated word ("X-ray") is no name.
                let whole = tokens[end - 1].space_after
                    || tokens.get(end).is_none_or(|_| !doc.word(p, end).starts_with(char::is_alphanumeric));
                known.is_some() && tagged && whole
            });
            if let Some(end) = hit {
                let multi = end - t > 1;
                out.push(Span { tokens: t..end, rank: if multi { 1 } else { 2 }, titled: false });
                next = end;
            }
        }
        t = next;
    }
}

/// What the model marks, trimmed of articles, titles and possessives.
fn marked(doc: &Doc<'_>, owners: &BTreeSet<&str>, p: usize, out: &mut Vec<Span>) {
    for entity in doc.analyses[p].entities() {
        let wanted = matches!(
            entity.label,
            EntType::Person | EntType::Org | EntType::Gpe | EntType::Loc | EntType::Fac | EntType::Norp
        );
        if !wanted {
            continue;
        }
        for part in parts(doc, owners, p, entity.tokens()) {
            let tokens = whole(doc, p, trim(doc, p, part));
            let words = doc.words(p, tokens.clone());
            let plausible =
                capital(words) && !NEVER.contains(&words) && words.chars().filter(|c| c.is_alphabetic()).count() > 1;
            // An adjective of a people is no name; the people themselves are ("Ukrainians").
            let adjective = !tokens.is_empty()
                && facts().demonym(words).is_some()
                && !matches!(doc.tokens(p)[tokens.start].tag, Tag::Nnps | Tag::Nns);
            let adjective = adjective || (entity.label == EntType::Norp && !words.ends_with('s'));
            if plausible && !adjective && !tokens.is_empty() {
                let rank = if tokens.len() > 1 { 1 } else { 3 };
                out.push(Span { tokens, rank, titled: false });
            }
        }
    }
}

/// Proper nouns in a row that nothing else claims.
fn runs(doc: &Doc<'_>, p: usize, out: &mut Vec<Span>) {
    let tokens = doc.tokens(p);
    let mut t = 0;
    while t < tokens.len() {
        if !is_name_tag(tokens[t].tag) || !capital(doc.word(p, t)) {
            t += 1;
            continue;
        }
        let end = person_run(doc, p, t).max(t + 1);
        let trimmed = whole(doc, p, trim(doc, p, t..end));
        let words = doc.words(p, trimmed.clone());
        let title = title_from(doc, p, t).is_some_and(|(r, _)| r.end >= trimmed.end);
        // "the Republican": one of a party or people is described, not named.
        let member = trimmed.len() == 1 && tokens[t].ent_type == EntType::Norp && tokens[t].tag == Tag::Nnp;
        if !trimmed.is_empty()
            && !title
            && !member
            && !NEVER.contains(&words)
            && words.len() > 1
            && facts().demonym(words).is_none()
        {
            out.push(Span { tokens: trimmed, rank: 4, titled: false });
        }
        t = end.max(t + 1);
    }
}

/// Without a leading article or title, demonyms before a title, a closing possessive or stray marks.
fn trim(doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens;
    let all = doc.tokens(p);
    while start < end {
        let word = doc.word(p, start);
        let article = matches!(word, "the" | "The" | "a" | "A" | "an" | "An");
        let stray = !word.starts_with(char::is_alphanumeric);
        if article || stray {
            start += 1;
        } else if let Some((title, _)) = title_from(doc, p, start).filter(|(r, _)| r.end < end) {
            start = title.end;
        } else {
            break;
        }
    }
    while start < end {
        let word = doc.word(p, end - 1);
        let possessive = all[end - 1].tag == Tag::Pos;
        if possessive || !word.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.') {
            end -= 1;
        } else {
            break;
        }
    }
    start..end
}

/// What speaks for each kind.
fn score(doc: &Doc<'_>, p: usize, span: &Span) -> Scores {
    let facts = facts();
    let mut s = Scores::default();
    let words = doc.words(p, span.tokens.clone());
    let tokens = doc.tokens(p);
    if span.titled {
        s.person += 5.0;
    }
    match tokens[span.tokens.clone()].iter().map(|t| t.ent_type).find(|e| *e != EntType::None) {
        Some(EntType::Person) => s.person += 2.0,
        Some(EntType::Org) => s.organization += 1.6,
        Some(EntType::Gpe | EntType::Loc) => s.place += 2.0,
        Some(EntType::Fac) => s.place += 0.8,
        Some(EntType::Norp) => s.group += 2.0,
        Some(EntType::Product) => s.organization += 0.6,
        _ => s.organization += 0.2,
    }
    if let Some(known) = facts.known(words) {
        let first_name = span.tokens.len() == 1 && facts.given_name(words).is_some();
        let sure = if span.tokens.len() > 1 {
            8.0
        } else if first_name {
            1.5
        } else {
            3.5
        };
        match known.kind {
            EntityKind::Country => s.place += 8.0,
            EntityKind::Place => s.place += sure,
            _ => s.organization += sure,
        }
    }
    let parts: Vec<&str> = words.split(' ').collect();
    let given = facts.given_name(parts[0]).is_some();
    if parts.len() >= 2 && parts.len() <= 4 && given {
        s.person += 3.0;
    } else if given && parts.len() == 1 {
        s.person += 0.3;
    }
    if parts.iter().any(|w| BODY_WORDS.contains(w)) {
        s.organization += 4.0;
    }
    if parts.len() > 1 && parts.iter().any(|w| PLACE_WORDS.contains(w)) {
        s.place += 3.0;
    }
    let acronym =
        parts.len() == 1 && words.len() >= 2 && words.len() <= 6 && words.chars().all(|c| c.is_uppercase() || c == '&');
    if acronym {
        s.organization += 2.0;
    }
    if facts.demonym(words).is_some() || (words.ends_with('s') && facts.demonym(words.trim_end_matches('s')).is_some())
    {
        s.group += 4.0;
    }
    let before = span.tokens.start.checked_sub(1).map(|t| doc.word(p, t)).unwrap_or("");
    let after = if span.tokens.end < tokens.len() { doc.word(p, span.tokens.end) } else { "" };
    // "Its chief negotiator, Ada Roe-Voss, said": an office in apposition.
    let comma =
        span.tokens.start.checked_sub(1).filter(|_| before == "," && matches!(after, "," | ".") && parts.len() > 1);
    if comma.is_some_and(|t| title_before(doc, p, t).is_some()) {
        s.person += 3.0;
    }
    if matches!(before, "in" | "near" | "across" | "In" | "outside") && parts.len() <= 3 {
        s.place += 1.5;
    }
    // "X's navy", "the government of X": what only a state or a city has.
    let owned = |t: usize| t < tokens.len() && OWNED.contains(&doc.lemma(p, t));
    if matches!(after, "'s" | "’s") && (owned(span.tokens.end + 1) || owned(span.tokens.end + 2)) {
        s.place += 2.5;
    }
    if before == "of" && span.tokens.start >= 2 && owned(span.tokens.start - 2) {
        s.place += 2.5;
    }
    if matches!(before, "the" | "The") && parts.len() <= 6 {
        s.organization += 0.8;
        s.person -= 1.5;
    }
    // "Corvane has raised its offer", "Tarrant sent his letter": the first possessive after a subject tells.
    let head = span.tokens.end - 1;
    if matches!(tokens[head].dep, Dep::Nsubj | Dep::Nsubjpass) {
        let following = span.tokens.end..tokens.len().min(span.tokens.end + 12);
        let pronoun = following
            .take_while(|&t| !tokens[t].sent_start && doc.word(p, t) != ",")
            .find(|&t| tokens[t].tag == Tag::PrpPoss);
        match pronoun.map(|t| doc.word(p, t)) {
            Some("its") => s.organization += 1.5,
            Some("his" | "her") => s.person += 1.5,
            _ => {}
        }
    }
    if after == "," && doc.words(p, span.tokens.end..(span.tokens.end + 2).min(tokens.len())).ends_with("who") {
        s.person += 3.0;
    }
    s
}
