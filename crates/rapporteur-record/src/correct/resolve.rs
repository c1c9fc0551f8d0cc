//! From what somebody asks for to a correction that holds on to facts; or why it makes no sense.

use rapporteur_schema::{
    Aim, Anchor, Correction, CorrectionId, CorrectionKind, Fact, FactKind, IssueStatus, MeetingStatus, Record,
};

use super::Refusal;
use crate::fact;

/// What is asked for. A fact is given by its id, the first letters of it, or (an entity) a name it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Entities are one; the first keeps its name.
    Merge {
        /// Two or more.
        entities: Vec<String>,
    },
    /// Some spellings of an entity mean another one.
    Split {
        /// The entity.
        entity: String,
        /// The spellings that go.
        forms: Vec<String>,
    },
    /// Somebody else said it.
    Speaker {
        /// A statement, or an utterance: then all its statements.
        of: String,
        /// Who; "none" for nobody known.
        speaker: String,
    },
    /// It is of another date.
    Date {
        /// A statement, meeting or position.
        of: String,
        /// The date; "none" for unknown.
        date: String,
    },
    /// It stands otherwise.
    Status {
        /// A meeting or issue.
        of: String,
        /// The word of the record for it.
        status: String,
    },
    /// It is not so.
    Reject {
        /// Any fact.
        of: String,
    },
    /// A remark.
    Note {
        /// On any fact.
        of: String,
        /// What is remarked.
        text: String,
    },
}

/// A wish, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// When: RFC 3339, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// Why, where told.
    pub why: Option<String>,
    /// Whether it puts the reading right or what is so.
    pub aim: Aim,
    /// What.
    pub wish: Wish,
    /// How many corrections were made before: tells two of one moment apart.
    pub number: usize,
}

/// The words for the status of such a fact; empty where it has none.
pub fn statuses(fact: FactKind) -> Vec<&'static str> {
    match fact {
        FactKind::Meeting => MeetingStatus::ALL.iter().map(|s| s.as_str()).collect(),
        FactKind::Issue => IssueStatus::ALL.iter().map(|s| s.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// The correction that is asked for, its facts found in the record as it is.
///
/// # Errors
/// There is no such fact, or what is asked for makes no sense for it.
pub fn resolve(record: &Record, request: &Request) -> Result<Correction, Refusal> {
    if request.who.trim().is_empty() {
        return Err(Refusal::Missing("who"));
    }
    let change = change(&fact::facts(record), request)?;
    let parts = [request.at.as_str(), &request.who, &request.number.to_string(), change.as_str()];
    Ok(Correction {
        id: CorrectionId::from_content(&parts),
        at: request.at.clone(),
        who: request.who.clone(),
        why: request.why.clone(),
        aim: request.aim,
        change,
        undone: None,
        turns: Vec::new(),
    })
}

fn change(facts: &[Fact], request: &Request) -> Result<CorrectionKind, Refusal> {
    let entity = |asked: &str| one(facts, asked, &[FactKind::Entity]);
    // A fact that is there and has no such thing is told from one that is not there.
    let with = |asked: &str, kinds: &[FactKind], what: &'static str| {
        let fact = one(facts, asked, &[])?;
        match kinds.contains(&fact.kind) {
            true => Ok(fact),
            false => Err(Refusal::HasNone { fact: fact.kind, what }),
        }
    };
    Ok(match &request.wish {
        Wish::Merge { entities } => {
            let mut found = entities.iter().map(|e| entity(e)).collect::<Result<Vec<&Fact>, _>>()?.into_iter();
            let keep = found.next().ok_or(Refusal::Missing("entities"))?;
            let others: Vec<Anchor> = found.filter(|o| o.id != keep.id).map(Fact::anchor).collect();
            if others.is_empty() {
                return Err(Refusal::NothingToMerge(keep.about.clone()));
            }
            CorrectionKind::Merge { keep: keep.anchor(), others }
        }
        Wish::Split { entity: asked, forms } => {
            let of = entity(asked)?;
            if forms.is_empty() {
                return Err(Refusal::Missing("forms"));
            }
            let known: Vec<String> = forms.iter().filter(|f| of.names.contains(f)).cloned().collect();
            if known.len() < forms.len() {
                let forms = forms.iter().filter(|f| !known.contains(f)).cloned().collect();
                return Err(Refusal::NoSuchForm { name: of.about.clone(), forms });
            }
            if of.names.iter().all(|n| known.contains(n)) {
                return Err(Refusal::AllForms(of.about.clone()));
            }
            CorrectionKind::Split { entity: of.anchor(), forms: known }
        }
        Wish::Speaker { of, speaker } => CorrectionKind::Speaker {
            on: with(of, &[FactKind::Statement, FactKind::Utterance], "speaker")?.anchor(),
            speaker: match speaker.trim() {
                "" => return Err(Refusal::Missing("speaker")),
                "none" => None,
                speaker => Some(entity(speaker)?.anchor()),
            },
        },
        Wish::Date { of, date } => CorrectionKind::Date {
            on: with(of, &[FactKind::Statement, FactKind::Meeting, FactKind::Position], "date")?.anchor(),
            date: match date.trim() {
                "" => return Err(Refusal::Missing("date")),
                "none" => None,
                date => Some(date.parse().map_err(|_| Refusal::NotADate(date.to_owned()))?),
            },
        },
        Wish::Status { of, status } => {
            let on = with(of, &[FactKind::Meeting, FactKind::Issue], "status")?;
            if !statuses(on.kind).contains(&status.as_str()) {
                return Err(Refusal::NoSuchStatus { fact: on.kind, status: status.clone() });
            }
            CorrectionKind::Status { on: on.anchor(), status: status.clone() }
        }
        Wish::Reject { of } => {
            let on = one(facts, of, &[])?;
            if request.aim == Aim::World
                && matches!(on.kind, FactKind::Utterance | FactKind::Discrepancy | FactKind::Claim)
            {
                return Err(Refusal::OnlyReading(on.kind));
            }
            CorrectionKind::Reject { on: on.anchor() }
        }
        Wish::Note { text, .. } if text.trim().is_empty() => return Err(Refusal::Missing("text")),
        Wish::Note { of, text } => CorrectionKind::Note { on: one(facts, of, &[])?.anchor(), text: text.clone() },
    })
}

/// The fact of this id, of this name, or of these first letters.
fn one<'f>(facts: &'f [Fact], asked: &str, kinds: &[FactKind]) -> Result<&'f Fact, Refusal> {
    let wanted = asked.to_lowercase();
    let named = |f: &&Fact| {
        let mut names = f.names.iter().chain([&f.about]);
        f.kind == FactKind::Entity && names.any(|n| n.to_lowercase() == wanted)
    };
    let begins = |f: &&Fact| f.id.as_str().starts_with(asked) && asked.len() > 1;
    let rules: [&dyn Fn(&&Fact) -> bool; 3] = [&|f| f.id == asked, &named, &begins];
    for rule in rules {
        let fits = |f: &&Fact| kinds.is_empty() || kinds.contains(&f.kind);
        let found: Vec<&Fact> = facts.iter().filter(fits).filter(rule).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            several => {
                let candidates = several.iter().take(2).map(|f| (f.id.clone(), f.about.clone())).collect();
                return Err(Refusal::Ambiguous { asked: asked.to_owned(), candidates });
            }
        }
    }
    Err(Refusal::NoSuchFact { asked: asked.to_owned(), kinds: kinds.to_vec() })
}
