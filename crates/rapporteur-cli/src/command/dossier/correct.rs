//! `rapporteur correct`: what people change, beside what was found.

use rapporteur::brief::list::{Cell, List};
use rapporteur::dossier::Scope;
use rapporteur::{Anchor, Correction, CorrectionId, CorrectionKind, Fact, FactKind, Store};

use crate::args::{CorrectArgs, CorrectWhat, RowArgs};
use crate::error::Failure;
use crate::{clock, output, terminal};

/// Keeps a correction, lists them, or takes one back.
///
/// # Errors
/// There is no such fact, what is asked for makes no sense for it, or the dossier cannot be written.
pub fn run(args: &CorrectArgs) -> Result<(), Failure> {
    let Some(from) = &args.from else {
        return Err(Failure::Usage("'--from' is missing: which dossier?".into(), "add '--from FILE'".into()));
    };
    let mut store = Store::open(from)?;
    let now = clock::now();
    let change = match &args.what {
        CorrectWhat::Log { format } => return log(&store, RowArgs { format: *format, out: None }),
        CorrectWhat::Undo { id } => return again(&mut store, id, Some(&now)),
        CorrectWhat::Redo { id } => return again(&mut store, id, None),
        what => amendment(&facts(&mut store)?, what)?,
    };
    let who = args.who.clone().or_else(terminal::user).ok_or_else(|| {
        Failure::Usage("who makes the correction?".into(), "add '--who NAME', or set RAPPORTEUR_WHO".into())
    })?;
    let id = store.correct(change, rapporteur::Aim::Reading, &who, args.why.as_deref(), &now)?;
    let record = store.record(&Scope::default())?;
    let done = record.corrections.iter().find(|c| c.id == id);
    let line = match done {
        Some(c) if c.applied => {
            let change = match (&c.was, &c.now) {
                (Some(was), Some(now)) => format!(": {was} → {now}"),
                (None, Some(now)) => format!(": {now}"),
                _ => String::new(),
            };
            format!("{id} {} {}{change}\n", c.what, c.about)
        }
        _ => {
            store.dossier_mut().undo(&id, Some(&now))?;
            return Err(Failure::Usage(
                "this cannot be done to that fact; nothing was changed".into(),
                "'rapporteur correct --help' tells which facts have a date, a status, a speaker".into(),
            ));
        }
    };
    output::write(&line, None)
}

fn facts(store: &mut Store) -> Result<Vec<Fact>, Failure> {
    Ok(rapporteur::facts(&store.record(&Scope::default())?))
}

/// What is asked for, with its facts found.
fn amendment(facts: &[Fact], what: &CorrectWhat) -> Result<CorrectionKind, Failure> {
    let any = |id: &str| one(facts, id, &[]);
    let entity = |id: &str| one(facts, id, &[FactKind::Entity]);
    Ok(match what {
        CorrectWhat::Merge { entities } => {
            let mut anchors = entities.iter().map(|e| entity(e)).collect::<Result<Vec<_>, _>>()?;
            let keep = anchors.remove(0);
            CorrectionKind::Merge { keep, others: anchors }
        }
        CorrectWhat::Split { entity: of, forms } => CorrectionKind::Split { entity: entity(of)?, forms: forms.clone() },
        CorrectWhat::Speaker { statement, speaker } => CorrectionKind::Speaker {
            on: one(facts, statement, &[FactKind::Statement])?,
            speaker: if speaker == "none" { None } else { Some(entity(speaker)?) },
        },
        CorrectWhat::Date { fact, date } => CorrectionKind::Date {
            on: one(facts, fact, &[FactKind::Statement, FactKind::Meeting, FactKind::Position])?,
            date: match date.as_str() {
                "none" => None,
                date => Some(date.parse().map_err(|e| {
                    Failure::Usage(format!("{date:?}: {e}"), "a date is 2025-11-24, 2025-11, 2025, or a/b".into())
                })?),
            },
        },
        CorrectWhat::Status { fact, status } => {
            let on = one(facts, fact, &[FactKind::Meeting, FactKind::Issue])?;
            let known = match on.fact {
                FactKind::Meeting => rapporteur::MeetingStatus::from_word(status).is_some(),
                _ => rapporteur::IssueStatus::from_word(status).is_some(),
            };
            if !known {
                return Err(Failure::Usage(
                    format!("{status:?} is no status of a {}", on.fact.as_str()),
                    "a meeting is held, under way, planned, ordered, conditional, denied or unconfirmed; \
                     an issue is open, deferred, agreed or disputed"
                        .into(),
                ));
            }
            CorrectionKind::Status { on, status: status.clone() }
        }
        CorrectWhat::Reject { fact } => CorrectionKind::Reject { on: any(fact)? },
        CorrectWhat::Note { fact, text } => CorrectionKind::Note { on: any(fact)?, text: text.clone() },
        CorrectWhat::Log { .. } | CorrectWhat::Undo { .. } | CorrectWhat::Redo { .. } => {
            return Err(Failure::Usage("nothing to correct".into(), "see 'rapporteur correct --help'".into()));
        }
    })
}

/// The fact of this id, of these first letters, or (an entity) of this name.
fn one(facts: &[Fact], id: &str, kinds: &[FactKind]) -> Result<Anchor, Failure> {
    let fits = |f: &&Fact| kinds.is_empty() || kinds.contains(&f.kind);
    let wanted = id.to_lowercase();
    let named = |f: &&Fact| {
        f.kind == FactKind::Entity
            && (f.about.to_lowercase() == wanted || f.names.iter().any(|n| n.to_lowercase() == wanted))
    };
    let rules: [&dyn Fn(&&Fact) -> bool; 3] = [&|f| f.id == id, &named, &|f| f.id.as_str().starts_with(id) && id.len() > 1];
    for rule in rules {
        let found: Vec<&Fact> = facts.iter().filter(fits).filter(rule).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one.anchor()),
            [first, second, ..] => {
                return Err(Failure::Usage(
                    format!("{id:?} could be {} ({}) or {} ({})", first.id, first.about, second.id, second.about),
                    "give more of its letters".into(),
                ));
            }
        }
    }
    let kind = match kinds {
        [] => "fact".to_owned(),
        [one] => one.as_str().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(|k| k.as_str()).collect();
            format!("{} or {}", most.join(", "), last.as_str())
        }
    };
    let help = match kinds {
        [FactKind::Entity] => {
            "write the name as 'rapporteur statements' or 'meetings' has it; the record has all names"
        }
        _ => "'rapporteur statements', 'meetings' and 'differences' begin each line with an id; the record has all ids",
    };
    Err(Failure::Usage(format!("there is no {kind} {id:?}"), help.into()))
}

/// Takes a correction back, or makes it count again.
fn again(store: &mut Store, id: &str, undone: Option<&str>) -> Result<(), Failure> {
    let all = store.dossier().corrections()?;
    // The last one that still counts (for undo), or the last one taken back (for redo).
    let last = match undone {
        Some(_) => all.iter().rfind(|c| c.undone.is_none()),
        None => all.iter().filter(|c| c.undone.is_some()).max_by_key(|c| c.undone.clone()),
    };
    let found: Vec<&CorrectionId> = match id {
        "last" => last.map(|c| &c.id).into_iter().collect(),
        id => all.iter().map(|c| &c.id).filter(|c| c.as_str().starts_with(id)).collect(),
    };
    let [id] = found.as_slice() else {
        let what = match (id, found.len()) {
            ("last", _) => "there is no such correction".to_owned(),
            (id, 0) => format!("no correction begins with {id:?}"),
            (id, n) => format!("{n} corrections begin with {id:?}"),
        };
        return Err(Failure::Usage(what, "'rapporteur correct log' lists them".into()));
    };
    store.dossier_mut().undo(id, undone)?;
    let what = if undone.is_some() { "taken back" } else { "counts again" };
    output::write(&format!("{id} {what}\n"), None)
}

/// Lists the corrections, those taken back among them.
fn log(store: &Store, rows: RowArgs) -> Result<(), Failure> {
    let mut list = List::new(
        &["id", "day", "-at", "who", "do", "-what", "on", "to", "-fact", "-undone", "state", "why"],
        "nothing was corrected",
    );
    for correction in store.dossier().corrections()? {
        let Correction { id, at, who, why, change, undone, .. } = correction;
        let (on, word) = (change.subject().clone(), change.as_str());
        let to = match change {
            CorrectionKind::Merge { others, .. } => others.into_iter().map(|o| o.about).collect::<Vec<_>>().join(", "),
            CorrectionKind::Split { forms, .. } => forms.join(", "),
            CorrectionKind::Speaker { speaker, .. } => speaker.map_or_else(|| "none".into(), |s| s.about),
            CorrectionKind::Date { date, .. } => date.map_or_else(|| "none".into(), |d| d.to_string()),
            CorrectionKind::Status { status, .. } => status,
            CorrectionKind::Note { text, .. } => text,
            CorrectionKind::Reject { .. } => "left out".into(),
        };
        let what = on.fact.as_str();
        list.push(vec![
            Cell::id(id),
            Cell::text(at.get(..10).unwrap_or(&at)),
            Cell::text(&at),
            Cell::text(who),
            Cell::text(word),
            Cell::text(what),
            Cell::text(on.about),
            Cell::text(to),
            Cell::text(on.id),
            Cell::text(undone.clone().unwrap_or_default()),
            Cell::text(if undone.is_some() { "taken back" } else { "counts" }),
            Cell::maybe(why),
        ]);
    }
    super::write(&list, &rows)
}
