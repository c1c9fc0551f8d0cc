//! Who or what can say things: people, bodies of people, texts.

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::EntityKind;

use crate::doc::Doc;
use crate::grammar::{head, is_verb, subject};
use crate::name::Names;
use rapporteur_lexicon::{Cue, Frames, facts};

/// Verbs by which things bear witness: "the figures show that S".
const SHOWS: &[&str] = &["show", "reveal", "indicate", "suggest", "demonstrate", "find", "prove", "confirm"];

/// The subject of a cue. "X said the talks would go on but added that …": where the parse gives the cue the subject of
/// the clause before it, which says nothing, the speaker of that clause is meant.
pub(super) fn speaking_subject(doc: &Doc<'_>, names: &Names, p: usize, v: usize, cue: Cue) -> Option<usize> {
    let own = subject(doc, p, v).filter(|&s| s != v)?;
    if may_speak(doc, names, p, own, cue) && (cue.strength < 3 || can_speak(doc, names, p, own)) {
        return Some(own);
    }
    let mut up = v;
    while doc.tokens(p)[up].dep == Dep::Conj {
        up = head(doc, p, up)?;
    }
    let above = (up != v && doc.tokens(p)[up].dep == Dep::Ccomp).then(|| head(doc, p, up)).flatten();
    let shared =
        above.filter(|&a| is_verb(doc, p, a)).and_then(|a| subject(doc, p, a)).filter(|&s| can_speak(doc, names, p, s));
    shared.or(Some(own).filter(|&s| may_speak(doc, names, p, s, cue)))
}

/// Whether this is a person, a body or a text, whatever the cue.
pub(in crate::statement) fn can_speak(doc: &Doc<'_>, names: &Names, p: usize, source: usize) -> bool {
    const WEAKEST: Cue = Cue { frames: Frames::CLAUSE, kind: b's', strength: 1 };
    may_speak(doc, names, p, source, WEAKEST)
}

/// Whether this is somebody or something that can say things, as far as the cue needs it.
fn may_speak(doc: &Doc<'_>, names: &Names, p: usize, source: usize, cue: Cue) -> bool {
    let token = doc.tokens(p)[source];
    // In somebody's own mouth: "I think" inside a quotation is no attribution by the reporter.
    if matches!(
        doc.lemma(p, source).to_lowercase().as_str(),
        "i" | "we" | "you" | "there" | "this" | "that" | "which" | "what"
    ) {
        return false;
    }
    if let Some(actor) = names.at(p, source) {
        let place = names.actor(actor).kind == EntityKind::Place;
        return !place || cue.strength >= 2;
    }
    match token.pos {
        Pos::Pron => {
            let lower = doc.word(p, source).to_lowercase();
            matches!(
                lower.as_str(),
                "he" | "she"
                    | "they"
                    | "who"
                    | "many"
                    | "some"
                    | "others"
                    | "both"
                    | "several"
                    | "few"
                    | "one"
                    | "everyone"
                    | "nobody"
            ) || (lower == "it" && cue.strength >= 2)
        }
        Pos::Propn => true,
        Pos::Noun if SHOWS.contains(&doc.lemma(p, head(doc, p, source).unwrap_or(source))) => true,
        Pos::Noun | Pos::Adj | Pos::Num | Pos::Det => {
            is_human(doc, p, source) || is_document(doc.lemma(p, source)) || cue.strength >= 3
        }
        _ => cue.strength >= 3,
    }
}

/// Whether a noun is one of people or of a body of people.
fn is_human(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    const PEOPLE: &[&str] = &[
        "people",
        "man",
        "woman",
        "group",
        "party",
        "government",
        "office",
        "ministry",
        "company",
        "union",
        "agency",
        "team",
        "delegation",
        "side",
        "ally",
        "country",
        "nation",
        "state",
        "family",
        "police",
        "army",
        "military",
        "campaign",
        "administration",
        "committee",
        "commission",
        "court",
        "council",
        "department",
        "source",
        "critic",
        "supporter",
        "opponent",
        "witness",
        "resident",
        "expert",
        "analyst",
        "observer",
        "lawmaker",
        "leader",
        "worker",
        "voter",
        "republican",
        "democrat",
        "conservative",
        "paper",
        "newspaper",
        "magazine",
        "outlet",
        "network",
        "station",
        "organization",
        "organisation",
        "firm",
        "bank",
        "board",
        "panel",
        "mediator",
        "negotiator",
        "rebel",
        "militant",
        "activist",
        "protester",
        "victim",
        "relative",
        "neighbor",
        "neighbour",
        "friend",
        "colleague",
        "aide",
        "insider",
        "member",
        "author",
        "researcher",
        "scientist",
        "economist",
        "investor",
        "trader",
        "lawyer",
        "attorney",
        "prosecutor",
        "investigator",
        "authority",
        "employer",
        "employee",
        "manager",
        "owner",
        "fan",
        "player",
        "coach",
        "student",
        "teacher",
        "doctor",
        "mother",
        "father",
        "son",
        "daughter",
        "wife",
        "husband",
        "brother",
        "sister",
        "parent",
        "user",
        "reader",
        "majority",
        "minority",
        "many",
        "some",
        "other",
        "both",
        "most",
        "percent",
        "half",
        "third",
        "respondent",
        "customer",
        "soldier",
        "fighter",
        "refugee",
        "migrant",
        "candidate",
        "nominee",
        "mogul",
        "billionaire",
        "businessman",
        "star",
        "actor",
        "singer",
        "journalist",
        "reporter",
        "editor",
        "columnist",
        "blogger",
        "host",
        "anchor",
        "moderator",
        "house",
        "parliament",
        "congress",
        "senate",
        "church",
    ];
    let lemma = doc.lemma(p, t).to_lowercase();
    PEOPLE.contains(&lemma.as_str()) || facts().title(&lemma).is_some() || facts().demonym(doc.word(p, t)).is_some()
}

/// Whether a noun is a text or study that "says" things.
fn is_document(lemma: &str) -> bool {
    const TEXTS: &[&str] = &[
        "report",
        "statement",
        "letter",
        "document",
        "poll",
        "survey",
        "study",
        "memo",
        "email",
        "e-mail",
        "tweet",
        "post",
        "message",
        "article",
        "story",
        "editorial",
        "book",
        "filing",
        "complaint",
        "lawsuit",
        "affidavit",
        "transcript",
        "communique",
        "communiqué",
        "note",
        "release",
        "research",
        "data",
        "figure",
        "analysis",
        "review",
        "order",
        "ruling",
        "decision",
        "bill",
        "law",
        "draft",
        "plan",
        "proposal",
        "resolution",
        "declaration",
        "record",
        "file",
        "page",
        "website",
        "site",
        "headline",
        "ad",
        "advertisement",
        "video",
        "evidence",
        "audit",
        "estimate",
        "forecast",
        "paper",
        "account",
        "text",
        "indictment",
        "testimony",
        "sign",
        "slogan",
        "petition",
        "agreement",
    ];
    TEXTS.contains(&lemma)
}
