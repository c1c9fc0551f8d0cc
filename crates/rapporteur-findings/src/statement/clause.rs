//! Cue verbs and the frames they take: a clause ("said that S"), a parenthesis ("S, X said"), an infinitive ("vowed to
//! V"), an object ("rejected the offer"), a predicate ("called it N", "described N as A").

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::EntityKind;

use super::Draft;
use crate::doc::{At, Doc};
use crate::facts::{Cue, Frames, cues, facts};
use crate::grammar::{child, head, is_negated, is_passive, is_verb, own_subject, sentence, subject, subtree};
use crate::name::Names;

/// Verbs by which things bear witness: "the figures show that S".
const SHOWS: &[&str] = &["show", "reveal", "indicate", "suggest", "demonstrate", "find", "prove", "confirm"];

/// Bytes that a clause may have: one that is longer is a parse gone wrong, and thousands of them, each inside the other,
/// would make the record of one endless sentence grow with its square.
const LONGEST: usize = 2_500;

/// Drafts of one paragraph.
pub(super) fn drafts(doc: &Doc<'_>, names: &Names, p: usize, out: &mut Vec<Draft>) {
    for v in 0..doc.tokens(p).len() {
        if !is_verb(doc, p, v) {
            continue;
        }
        if let Some(cue) = cues().verb(doc.lemma(p, v)) {
            verb(doc, names, p, v, cue, out);
        } else if matches!(doc.lemma(p, v), "have" | "be" | "feel") {
            bare_fragment(doc, names, p, v, out);
        }
    }
}

fn verb(doc: &Doc<'_>, names: &Names, p: usize, v: usize, cue: Cue, out: &mut Vec<Draft>) {
    // "The council was told", "asked whether he would come": who is told or asked does not speak.
    let listens = matches!(doc.lemma(p, v), "tell" | "ask" | "inform" | "assure" | "advise" | "notify" | "question");
    if listens
        && (is_passive(doc, p, v) || doc.tokens(p)[v].tag == Tag::Vbn && own_subject(doc, p, v).is_none())
        && child(doc, p, v, &[Dep::Agent]).is_none()
        && child(doc, p, v, &[Dep::Aux]).is_none()
    {
        return;
    }
    let Some(source) = speaking_subject(doc, names, p, v, cue) else { return };
    if unreal(doc, p, v) || doubled(doc, p, v) || called_off(doc, p, v) {
        return;
    }
    let found = clause(doc, p, v, cue)
        .or_else(|| that_clause(doc, p, v, cue))
        .or_else(|| parenthesis(doc, p, v, cue))
        .or_else(|| predicate(doc, p, v, cue))
        .or_else(|| infinitive(doc, p, v, cue))
        .or_else(|| object(doc, p, v, cue));
    let Some(bytes) = found else { return };
    if bytes.start >= bytes.end || bytes.len() > LONGEST {
        return;
    }
    out.push(Draft {
        cue: Some((v, At::new(p, cue_tokens(doc, p, v)))),
        source: Some((p, source)).filter(|_| !is_empty_subject(doc, p, v, source)),
        content: (p, bytes.start)..(p, bytes.end),
        quotation: None,
        follows: None,
        via: None,
    });
}

/// "It is said that S": nobody is named.
fn is_empty_subject(doc: &Doc<'_>, p: usize, v: usize, source: usize) -> bool {
    is_passive(doc, p, v) && doc.word(p, source).eq_ignore_ascii_case("it")
}

/// The cue as written: the verb with the words that make it one ("is reported to have said").
fn cue_tokens(doc: &Doc<'_>, p: usize, v: usize) -> Range<usize> {
    if is_passive(doc, p, v) {
        let start = child(doc, p, v, &[Dep::Auxpass]).filter(|&a| a < v && v - a <= 2).unwrap_or(v);
        let end = child(doc, p, v, &[Dep::Xcomp]).filter(|&x| x > v && x - v <= 4).map_or(v + 1, |x| x + 1);
        return start..end;
    }
    // "was quoted as saying", "pointed out".
    let start = quoted_as(doc, p, v).map_or(v, |up| cue_tokens(doc, p, up).start);
    let end = child(doc, p, v, &[Dep::Prt]).filter(|&c| c == v + 1).map_or(v + 1, |c| c + 1);
    start..end
}

/// "was quoted as saying": the outer verb of a verb of saying behind "as".
fn quoted_as(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    let as_ = head(doc, p, v).filter(|&a| doc.tokens(p)[v].dep == Dep::Pcomp && doc.word(p, a) == "as")?;
    head(doc, p, as_)
        .filter(|&up| is_passive(doc, p, up) && up + 8 > v && matches!(doc.lemma(p, up), "quote" | "cite" | "report"))
}

/// The subject of a cue. "X said the talks would go on but added that …": where the parse gives the cue the subject of
/// the clause before it, which says nothing, the speaker of that clause is meant.
fn speaking_subject(doc: &Doc<'_>, names: &Names, p: usize, v: usize, cue: Cue) -> Option<usize> {
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
pub(super) fn can_speak(doc: &Doc<'_>, names: &Names, p: usize, source: usize) -> bool {
    const WEAKEST: Cue = Cue { frames: Frames::CLAUSE, kind: b's', strength: 1 };
    may_speak(doc, names, p, source, WEAKEST)
}

/// "is reported to have said": the outer verb is the cue, the inner one a part of it.
fn doubled(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let inner = doc.analyses[p].children(v).filter(|&a| doc.word(p, a) == "as");
    if inner.into_iter().filter_map(|a| child(doc, p, a, &[Dep::Pcomp])).any(|c| quoted_as(doc, p, c) == Some(v)) {
        return true;
    }
    doc.tokens(p)[v].dep == Dep::Xcomp
        && head(doc, p, v).is_some_and(|up| is_passive(doc, p, up) && cues().verb(doc.lemma(p, up)).is_some())
}

/// "called off the strike" says nothing.
fn called_off(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.lemma(p, v) == "call"
        && child(doc, p, v, &[Dep::Prt]).is_some_and(|c| matches!(doc.word(p, c), "off" | "up" | "in"))
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

/// Said only in a world that is not: "if he says", "could say", and "did not say", which says nothing.
fn unreal(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let conditional = doc.tokens(p)[v].dep == Dep::Advcl
        && child(doc, p, v, &[Dep::Mark]).is_some_and(|m| matches!(doc.lemma(p, m), "if" | "unless" | "whether"));
    let modal = doc.analyses[p].children(v).any(|c| {
        doc.tokens(p)[c].dep == Dep::Aux
            && matches!(doc.lemma(p, c), "should" | "might" | "could" | "must" | "can" | "may")
    });
    let silent = is_negated(doc, p, v)
        && matches!(
            doc.lemma(p, v),
            "say"
                | "comment"
                | "specify"
                | "elaborate"
                | "reveal"
                | "disclose"
                | "tell"
                | "give"
                | "provide"
                | "know"
                | "mention"
                | "explain"
        );
    // "without specifying a time"
    let without = doc.tokens(p)[v].dep == Dep::Pcomp && head(doc, p, v).is_some_and(|h| doc.word(p, h) == "without");
    conditional || modal || silent || without
}

/// "said that S", "S, said X": the clause that the verb takes.
fn clause(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::CLAUSE | Frames::PAREN | Frames::QUOTE | Frames::PASSIVE) || cue.strength == 0 {
        return None;
    }
    let tokens = doc.tokens(p);
    let takes = |&c: &usize| tokens[c].dep == Dep::Ccomp || (tokens[c].dep == Dep::Pcomp && doc.lemma(p, c) != "be");
    let direct = doc.analyses[p].children(v).find(takes);
    // "is reported to have said that S": S hangs on the inner verb.
    let inner = || child(doc, p, v, &[Dep::Xcomp]).filter(|_| is_passive(doc, p, v));
    let c = direct.or_else(|| doc.analyses[p].children(inner()?).find(takes))?;
    if c < v {
        return Some(left_clause(doc, p, v, c));
    }
    let range = subtree(doc, p, c);
    let start = skip_that(doc, p, range.start);
    // Small clauses of weak cues are no statements ("saw him leave").
    let finite = (start..range.end).any(|t| matches!(tokens[t].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md));
    if !finite && cue.strength < 3 {
        return None;
    }
    let end = with_adjuncts(doc, p, v, range.end);
    Some(trimmed(doc, p, start..before_participle(doc, p, start..end)))
}

/// Where a clause really ends: a subordinate clause or phrase that follows it belongs to it, though the parse hangs it
/// on the cue ("said S, when it comes to N"); so does a second clause with a subject of its own and no cue.
fn with_adjuncts(doc: &Doc<'_>, p: usize, v: usize, end: usize) -> usize {
    let tokens = doc.tokens(p);
    let mut end = end;
    for c in doc.analyses[p].children(v).filter(|&c| c > v) {
        let range = subtree(doc, p, c);
        let follows = range.start >= end
            && range.start - end <= 3
            && (end..range.start).all(|t| tokens[t].pos == Pos::Punct || matches!(doc.word(p, t), "and" | "but"));
        let marked = child(doc, p, c, &[Dep::Mark, Dep::Advmod]).is_some_and(|m| {
            m < c
                && matches!(
                    doc.lemma(p, m),
                    "when"
                        | "if"
                        | "because"
                        | "while"
                        | "although"
                        | "though"
                        | "unless"
                        | "since"
                        | "until"
                        | "where"
                        | "as"
                )
        });
        let belongs = match tokens[c].dep {
            Dep::Advcl => marked && tokens[c].tag != Tag::Vbg,
            Dep::Conj => {
                own_subject(doc, p, c).is_some_and(|s| s < c)
                    && cues().verb(doc.lemma(p, c)).is_none_or(|q| q.strength < 2)
            }
            _ => false,
        };
        if follows && belongs {
            end = range.end;
        }
    }
    end
}

/// "responded to X's remark that S", "told Y on a regular basis that S": a clause with "that" which the parse hangs on a
/// noun between the cue and it.
fn that_clause(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    let takes = cue.frames.any(Frames::CLAUSE | Frames::ADDRESSEE) && cue.strength >= 2;
    let below = subtree(doc, p, v);
    let bounds = sentence(doc, p, v);
    let that = (v + 1..below.end.min(v + 30)).filter(|_| takes).find(|&t| {
        let token = doc.tokens(p)[t];
        doc.word(p, t) == "that"
            && token.dep == Dep::Mark
            && token.head as usize > t
            && doc.quoted(p, t).is_none()
            && doc.tokens(p)[token.head as usize].dep == Dep::Acl
    })?;
    // A noun that takes such a clause itself ("the claim that") keeps it.
    let noun = head(doc, p, doc.tokens(p)[that].head as usize)?;
    if cues().noun(doc.lemma(p, noun)).is_some_and(|n| n.frames.any(Frames::CLAUSE)) && noun + 1 == that {
        return None;
    }
    let end = subtree(doc, p, doc.tokens(p)[that].head as usize).end.min(bounds.end);
    Some(trimmed(doc, p, that + 1..before_participle(doc, p, that + 1..end)))
}

/// "said that S, adding that …": a participle that is itself a cue ends the clause before it.
fn before_participle(doc: &Doc<'_>, p: usize, range: Range<usize>) -> usize {
    let cut = (range.start + 2..range.end).find(|&t| {
        doc.word(p, t - 1) == ","
            && doc.tokens(p)[t].tag == Tag::Vbg
            && doc.quoted(p, t).is_none()
            && cues().verb(doc.lemma(p, t)).is_some_and(|c| c.strength >= 1 && c.kind != b'a')
    });
    cut.map_or(range.end, |t| t - 1)
}

/// The clause before its cue: from where the sentence (or its second half) begins to where the clause ends.
fn left_clause(doc: &Doc<'_>, p: usize, v: usize, c: usize) -> Range<usize> {
    let range = subtree(doc, p, c);
    let bounds = sentence(doc, p, v);
    let own = subtree(doc, p, v).start.max(bounds.start);
    // What stands between the start of the cue's own words and the clause belongs to the clause ("On Monday, S, X said").
    let between = (own..range.start)
        .any(|t| matches!(doc.tokens(p)[t].dep, Dep::Nsubj | Dep::Nsubjpass) && doc.tokens(p)[t].head as usize == v);
    let start = if between { range.start } else { own.min(range.start) };
    trimmed(doc, p, start..range.end)
}

/// "S, X said" where the parse hangs the cue on S, and "S1, X said, S2" where it stands in the middle.
fn parenthesis(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::PAREN) || cue.strength < 2 {
        return None;
    }
    let tokens = doc.tokens(p);
    if !matches!(tokens[v].dep, Dep::Parataxis | Dep::Advcl | Dep::Ccomp | Dep::Conj | Dep::Dep | Dep::Root) {
        return None;
    }
    child(doc, p, v, &[Dep::Nsubj, Dep::Nsubjpass])?;
    let bounds = sentence(doc, p, v);
    let own = subtree(doc, p, v);
    // "As X noted, S" and "S, as X noted".
    if child(doc, p, v, &[Dep::Mark, Dep::Advmod]).is_some_and(|m| m < v && doc.word(p, m).eq_ignore_ascii_case("as"))
        && tokens[v].dep == Dep::Advcl
    {
        let (before, after) = (bounds.start..own.start, own.end..bounds.end);
        return Some(trimmed(doc, p, if before.len() > after.len() { before } else { after }));
    }
    if child(doc, p, v, &[Dep::Mark, Dep::Dobj]).is_some() {
        return None;
    }
    let first = own.clone().find(|&t| tokens[t].pos != Pos::Punct).unwrap_or(own.start);
    let comma =
        first.checked_sub(1).is_some_and(|t| matches!(doc.word(p, t), "," | "—" | "–" | "--" | "”" | "\"" | "’" | "'"));
    if !comma || first <= bounds.start {
        return None;
    }
    let rest = (v + 1..bounds.end).filter(|&t| tokens[t].pos != Pos::Punct).count();
    let left = bounds.start..first;
    let right = own.end.max(v + 1)..bounds.end;
    let close = doc.word(p, right.start.min(tokens.len() - 1)) == "," || own.end > v + 1;
    // In the middle: the longer side is the content.
    if right.len() > left.len() && rest > 3 && close && tokens[v].dep != Dep::Root {
        return Some(trimmed(doc, p, right));
    }
    Some(trimmed(doc, p, left))
}

/// "described N as A", "called it N", "accused Y of V-ing".
fn predicate(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    let tokens = doc.tokens(p);
    if cue.strength < 2 || !cue.frames.any(Frames::AS | Frames::PREDICATE) {
        return None;
    }
    if cue.frames.any(Frames::PREDICATE)
        && let Some(named) = called(doc, p, v)
    {
        return Some(named);
    }
    let object = child(doc, p, v, &[Dep::Dobj, Dep::Nsubjpass])?;
    let as_ = (v + 1..tokens.len()).take(30).find(|&t| {
        matches!(doc.lemma(p, t), "as") && tokens[t].dep == Dep::Prep && {
            let h = tokens[t].head as usize;
            h == v || h == object || subtree(doc, p, object).contains(&h)
        }
    });
    let oprd = child(doc, p, v, &[Dep::Oprd]);
    let tail = as_.filter(|_| cue.frames.any(Frames::AS)).or(oprd.filter(|_| cue.frames.any(Frames::PREDICATE)))?;
    let start = if object < v { tail } else { subtree(doc, p, object).start };
    let end = subtree(doc, p, tail).end.max(tail + 1);
    (start < end).then(|| trimmed(doc, p, start..end))
}

/// "called the plan “a trap”": a noun phrase and words in marks right behind it, however they are parsed.
fn called(doc: &Doc<'_>, p: usize, v: usize) -> Option<Range<usize>> {
    let bounds = sentence(doc, p, v);
    let stop = |t: usize| matches!(doc.word(p, t), ";" | ":" | "," | "and" | "but" | "that") || t >= bounds.end;
    let first = v + 1;
    let quote = (first..bounds.end.min(v + 16))
        .take_while(|&t| !stop(t) || doc.quoted(p, t).is_some())
        .find_map(|t| doc.quoted(p, t))?;
    let q = &doc.quotations[quote];
    let inner = doc.tokens_in(p, q.inner.clone());
    let noun = (first..inner.start).any(|t| matches!(doc.tokens(p)[t].pos, Pos::Noun | Pos::Propn | Pos::Pron));
    let direct = (inner.start..inner.end).any(|t| matches!(doc.tokens(p)[t].tag, Tag::Vbz | Tag::Vbp | Tag::Md))
        && inner.len() > 6;
    (noun && !direct && !inner.is_empty()).then(|| trimmed(doc, p, first..inner.end))
}

/// An order is an act that the reporter tells, not words that were said.
fn is_order(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(
        doc.lemma(p, v),
        "order" | "direct" | "instruct" | "command" | "task" | "tell" | "assign" | "authorize" | "dispatch"
    )
}

/// "vowed to V", "urged Y to V", "declined to V".
fn infinitive(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::INFINITIVE) || cue.strength < 2 || cue.kind == b'a' {
        return None;
    }
    let x = doc.analyses[p].children(v).find(|&c| {
        c > v
            && matches!(doc.tokens(p)[c].dep, Dep::Xcomp | Dep::Ccomp | Dep::Advcl)
            && child(doc, p, c, &[Dep::Aux]).is_some_and(|a| doc.word(p, a) == "to")
    })?;
    if is_order(doc, p, v) {
        return None;
    }
    let range = subtree(doc, p, x);
    let object = child(doc, p, v, &[Dep::Dobj]).filter(|&o| o > v && o < x).map(|o| subtree(doc, p, o).start);
    Some(trimmed(doc, p, object.unwrap_or(range.start).min(range.start)..range.end))
}

/// "announced two meetings", "warned against N", "expressed reservations about N", "called for N".
fn object(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::OBJECT)
        || cue.kind == b'a'
        || cue.strength < 2
        || is_passive(doc, p, v)
        || is_order(doc, p, v)
    {
        return None;
    }
    let tokens = doc.tokens(p);
    let lemma = doc.lemma(p, v);
    let of_nouns = matches!(lemma, "express" | "voice" | "raise" | "signal" | "reiterate" | "repeat" | "convey");
    if let Some(o) = child(doc, p, v, &[Dep::Dobj]).filter(|&o| o > v) {
        if tokens[o].pos == Pos::Pron {
            return None;
        }
        if of_nouns && let Some(prep) = child(doc, p, o, &[Dep::Prep]).filter(|&c| c > o) {
            let range = subtree(doc, p, prep);
            return Some(trimmed(doc, p, prep + 1..range.end));
        }
        let mut range = subtree(doc, p, o);
        // "accused X of V-ing", "praised X for N": what X is accused of is the matter.
        let matter = doc.analyses[p].children(v).find(|&c| {
            tokens[c].dep == Dep::Prep
                && c >= range.end
                && c <= range.end + 1
                && matches!(doc.word(p, c), "of" | "for" | "over" | "to" | "as" | "against")
        });
        if let Some(c) = matter {
            range.end = subtree(doc, p, c).end;
        }
        // Somebody's bare name is no content ("criticized the minister").
        if matter.is_none() && range.len() <= 3 && tokens[o].pos == Pos::Propn {
            return None;
        }
        // "announced two meetings to negotiate …": the infinitive belongs to the noun, wherever the parse hangs it.
        let purpose = doc.analyses[p].children(v).find(|&c| {
            matches!(tokens[c].dep, Dep::Xcomp | Dep::Advcl)
                && subtree(doc, p, c).start == range.end
                && doc.word(p, range.end) == "to"
        });
        let end = purpose.map_or(range.end, |c| subtree(doc, p, c).end);
        return Some(trimmed(doc, p, range.start..end));
    }
    let prep = doc.analyses[p].children(v).find(|&c| {
        c == v + 1
            && tokens[c].dep == Dep::Prep
            && matches!(doc.lemma(p, c), "against" | "for" | "of" | "about" | "on" | "to")
    })?;
    matches!(
        (lemma, doc.lemma(p, prep)),
        ("warn", "against" | "of" | "about")
            | ("call", "for" | "on")
            | ("speak", "of" | "about")
            | ("complain", "about" | "of")
            | ("object", "to")
            | ("insist", "on")
            | ("argue", "against" | "for")
            | ("apologize" | "apologise", "for")
            | ("agree", "to" | "on")
    )
    .then(|| trimmed(doc, p, if lemma == "warn" { prep } else { prep + 1 }..subtree(doc, p, prep).end))
}

/// "had “nothing to report”": a person, a plain verb, and words in marks.
fn bare_fragment(doc: &Doc<'_>, names: &Names, p: usize, v: usize, out: &mut Vec<Draft>) {
    let Some(source) = child(doc, p, v, &[Dep::Nsubj]) else { return };
    let person = names.at(p, source).is_some_and(|a| names.is_person(a))
        || matches!(doc.word(p, source), "he" | "she" | "He" | "She");
    if !person || doc.quoted(p, v).is_some() || doc.quoted(p, source).is_some() || doc.tokens(p)[v].dep != Dep::Root {
        return;
    }
    let next = (v + 1..(v + 4).min(doc.tokens(p).len())).find_map(|t| doc.quoted(p, t).map(|q| (t, q)));
    let Some((_, q)) = next else { return };
    let inner = doc.tokens_in(p, doc.quotations[q].inner.clone());
    if inner.len() < 2 || !super::is_wording(doc.words(p, inner.clone())) {
        return;
    }
    let end = subtree(doc, p, v).end.min(sentence(doc, p, v).end).max(inner.end);
    let bytes = trimmed(doc, p, inner.start..end);
    out.push(Draft {
        cue: Some((v, At::new(p, v..v + 1))),
        source: Some((p, source)),
        content: (p, bytes.start)..(p, bytes.end),
        quotation: None,
        follows: None,
        via: None,
    });
}

/// Past a leading "that".
fn skip_that(doc: &Doc<'_>, p: usize, t: usize) -> usize {
    let mut t = t;
    while t < doc.tokens(p).len()
        && matches!(doc.word(p, t), "that" | "," | ":" | "-")
        && doc.tokens(p)[t].tag != Tag::Dt
    {
        t += 1;
    }
    t
}

/// The bytes of some tokens without the marks, conjunctions and white space around them.
pub(super) fn trimmed(doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = tokens;
    let all = doc.tokens(p);
    let drop = |t: usize| {
        let word = doc.word(p, t);
        word.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '%' | '$' | '€' | '£' | ')' | ']' | '[' | '('))
    };
    while start < end
        && (drop(start) && !opens_quote(doc, p, start)
            || start + 1 < end
                && start == tokens.start
                && matches!(all[start].dep, Dep::Cc)
                && doc.word(p, start).starts_with(char::is_uppercase))
    {
        start += 1;
    }
    while start < end && drop(end - 1) && !closes_quote(doc, p, start..end, end - 1) {
        end -= 1;
    }
    let mut bytes = doc.bytes(p, start..end);
    // A quotation that begins inside ends inside: its closing mark, and a comma before it, come along.
    for q in doc.quotes_at(p, bytes.clone()).iter().filter(|q| q.closed) {
        let cut = bytes.contains(&q.outer.start) && q.outer.end > bytes.end;
        if cut && !doc.paragraph(p)[bytes.end..q.outer.end].contains(char::is_alphanumeric) {
            bytes.end = q.outer.end;
        }
    }
    bytes
}

/// Whether a token is the mark that opens a quotation.
fn opens_quote(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let at = doc.tokens(p)[t].start as usize;
    doc.quotes_at(p, at..at).iter().any(|q| q.outer.start == at)
}

/// Whether a token is the mark that closes a quotation which began inside these tokens.
fn closes_quote(doc: &Doc<'_>, p: usize, within: Range<usize>, t: usize) -> bool {
    let end = doc.tokens(p)[t].end as usize;
    let from = doc.tokens(p)[within.start].start as usize;
    doc.quotes_at(p, from..end).iter().any(|q| q.closed && q.outer.end == end && q.outer.start >= from)
}
