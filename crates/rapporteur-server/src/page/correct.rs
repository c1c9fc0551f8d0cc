//! What people change: merge, split, fix, reject, note; and take back.

use rapporteur::{Anchor, CorrectionId, CorrectionKind, FactKind};
use serde::Deserialize;

use crate::ask;
use crate::cache::{Asked, Snapshot};
use crate::link;
use crate::reply::{Refusal, Reply};
use crate::route::App;

use super::story;

/// What a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    pub csrf: String,
    story: String,
    as_of: String,
    on: String,
    #[serde(rename = "do")]
    what: String,
    value: String,
    why: String,
    who: String,
}

/// Keeps a correction, or takes one back.
pub(crate) fn correct(app: &App, form: &Form) -> Result<Reply, Refusal> {
    let on = ask::id(&form.on, "such fact")?;
    if matches!(form.what.as_str(), "undo" | "redo") {
        let undone = (form.what == "undo").then(|| (app.now)());
        let id = CorrectionId::new(on);
        let done = app.cache.store().dossier_mut().undo(&id, undone.as_deref());
        done.map_err(|_| Refusal::Missing("such correction".into()))?;
        return Ok(Reply::See(format!("/log#{on}")));
    }
    let who = line(&form.who, 200);
    if who.is_empty() {
        return Err(Refusal::BadRequest("Who makes the correction? Fill in the field “Who”.".into()));
    }
    let why = Some(line(&form.why, 2000)).filter(|w| !w.is_empty());
    let story = if form.story.is_empty() { "all" } else { &form.story };
    let as_of = Some(form.as_of.trim()).filter(|d| !d.is_empty()).map(ask::day).transpose()?;
    let asked = Asked { story: ask::story_id(story)?, as_of, since: None };
    let snapshot = story::snapshot(app, &asked)?;
    let mut done: Vec<CorrectionId> = Vec::new();
    for change in amendments(&snapshot, on, &form.what, &line(&form.value, 2000))? {
        let now = (app.now)();
        done.push(app.cache.store().correct(change, rapporteur::Aim::Reading, &who, why.as_deref(), &now)?);
    }
    // What could not be done to its fact is taken back, and said.
    let after = story::snapshot(app, &asked)?;
    let applied = |id: &CorrectionId| after.record.corrections.iter().any(|c| c.id == *id && c.applied);
    if !done.iter().all(applied) {
        for id in &done {
            app.cache.store().dossier_mut().undo(id, Some(&(app.now)()))?;
        }
        return Err(Refusal::BadRequest("This cannot be done to that fact; nothing was changed.".into()));
    }
    let as_of = as_of.map(|d| d.to_string());
    let done = done.first().map(ToString::to_string);
    let values = [("story", Some(story.to_owned())), ("as_of", as_of), ("done", done)];
    Ok(Reply::See(link::with(&format!("/fact/{on}"), &values)))
}

/// Words on one line, as many letters as are allowed.
fn line(text: &str, most: usize) -> String {
    rapporteur::brief::words::clean(text).chars().take(most).collect()
}

/// What a form asks for; one change a statement where the words of several reports are meant.
fn amendments(snapshot: &Snapshot, on: &str, what: &str, value: &str) -> Result<Vec<CorrectionKind>, Refusal> {
    let fact = snapshot.facts.iter().find(|f| f.id == on).ok_or_else(|| Refusal::Missing("such fact".into()))?;
    let anchor = fact.anchor();
    let needs = |what: &str| match value.is_empty() {
        true => Err(Refusal::BadRequest(format!("Fill in the field below “What”: {what}."))),
        false => Ok(()),
    };
    let one = match what {
        "note" => {
            needs("the note")?;
            CorrectionKind::Note { on: anchor, text: value.to_owned() }
        }
        "reject" => CorrectionKind::Reject { on: anchor },
        "date" => {
            needs("a date, 2026-03-12, or none")?;
            let date = match value {
                "none" => None,
                date => Some(date.parse().map_err(|e: rapporteur::Error| Refusal::BadRequest(e.to_string()))?),
            };
            CorrectionKind::Date { on: anchor, date }
        }
        "status" => {
            let known = match fact.kind {
                FactKind::Meeting => rapporteur::MeetingStatus::from_word(value).is_some(),
                _ => rapporteur::IssueStatus::from_word(value).is_some(),
            };
            if !known {
                let told = "A meeting is held, under way, planned, ordered, conditional, denied or unconfirmed; \
                            an issue is open, deferred, agreed or disputed.";
                return Err(Refusal::BadRequest(told.into()));
            }
            CorrectionKind::Status { on: anchor, status: value.to_owned() }
        }
        "speaker" => {
            needs("a name, or none")?;
            let speaker = if value == "none" { None } else { Some(named(snapshot, value)?) };
            let statements = match fact.kind {
                FactKind::Utterance => snapshot.record.utterances.iter().find(|u| u.id.as_str() == on),
                _ => None,
            };
            let Some(utterance) = statements else { return Ok(vec![CorrectionKind::Speaker { on: anchor, speaker }]) };
            let of = |id: &str| snapshot.facts.iter().find(|f| f.id == id && f.kind == FactKind::Statement);
            let anchors = utterance.statements.iter().filter_map(|s| of(s.as_str())).map(rapporteur::Fact::anchor);
            return Ok(anchors.map(|on| CorrectionKind::Speaker { on, speaker: speaker.clone() }).collect());
        }
        "merge" => {
            needs("the other name")?;
            CorrectionKind::Merge { keep: anchor, others: vec![named(snapshot, value)?] }
        }
        "split" => {
            needs("the spellings, parted by semicolons")?;
            let forms = value.split(';').map(str::trim).filter(|f| !f.is_empty()).map(str::to_owned).collect();
            CorrectionKind::Split { entity: anchor, forms }
        }
        other => return Err(Refusal::BadRequest(format!("{other:?} is nothing that can be done here."))),
    };
    Ok(vec![one])
}

/// The entity that is called so, by its name, one of its spellings, or its id.
fn named(snapshot: &Snapshot, name: &str) -> Result<Anchor, Refusal> {
    let wanted = name.to_lowercase();
    let entities = || snapshot.facts.iter().filter(|f| f.kind == FactKind::Entity);
    let exact = |f: &&rapporteur::Fact| f.id == name || f.about.to_lowercase() == wanted;
    let spelled = |f: &&rapporteur::Fact| f.names.iter().any(|n| n.to_lowercase() == wanted);
    let found = entities().find(exact).or_else(|| entities().find(spelled));
    let told = || Refusal::BadRequest(format!("Nobody and nothing is called {name:?} in these reports."));
    found.map(rapporteur::Fact::anchor).ok_or_else(told)
}
