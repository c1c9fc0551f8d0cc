//! What people change: merge, split, fix, reject, note; and take back.

use rapporteur::{Aim, CorrectionId, CorrectionRequest, Wish};
use serde::Deserialize;

use crate::app::App;
use crate::ask;
use crate::cache::Asked;
use crate::link;
use crate::reply::{Refusal, Reply};

/// Letters of a name, and of any other words of a form, at most.
pub(super) const MAX_NAME: usize = 200;
pub(super) const MAX_WORDS: usize = 2000;

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
    /// What is wrong: the `reading`, or the `report` itself.
    wrong: String,
    value: String,
    why: String,
    who: String,
}

/// Keeps a correction, or takes one back.
pub(crate) fn correct(app: &App, form: &Form) -> Result<Reply, Refusal> {
    app.to_write()?;
    let on = ask::id(&form.on, "such fact")?;
    if matches!(form.what.as_str(), "undo" | "redo") {
        let (id, who, at) = (CorrectionId::new(on), app.signed_or_usual(line(&form.who, MAX_NAME)), (app.now)());
        let mut store = app.cache.writer();
        match form.what.as_str() {
            "undo" => store.dossier_mut().undo(&id, &who, &at)?,
            _ => store.dossier_mut().redo(&id, &who, &at)?,
        }
        return Ok(Reply::See(format!("/log#{on}")));
    }
    let who = app.signed(line(&form.who, MAX_NAME));
    if who.is_empty() {
        return Err(Refusal::BadRequest("Who makes the correction? Fill in the field “Who”.".into()));
    }
    let story = if form.story.is_empty() { "all" } else { &form.story };
    let as_of = Some(form.as_of.trim()).filter(|d| !d.is_empty()).map(ask::day).transpose()?;
    let asked = Asked { story: ask::story_id(story)?, as_of, since: None };
    // There must be such a story before anything is corrected in it.
    if !app.cache.has(asked.story.as_ref())? {
        return Err(Refusal::Missing("such story".into()));
    }
    let request = CorrectionRequest {
        at: (app.now)(),
        who,
        why: Some(line(&form.why, MAX_WORDS)).filter(|w| !w.is_empty()),
        aim: match form.wrong.as_str() {
            "" | "reading" => Aim::Reading,
            "report" => Aim::World,
            other => return Err(Refusal::BadRequest(format!("{other:?} is neither the reading nor the report."))),
        },
        wish: wish(on, &form.what, line(&form.value, MAX_WORDS))?,
        number: 0,
    };
    let done = app.cache.correct(&asked.scope(), request)?;
    let as_of = as_of.map(|d| d.to_string());
    let values = [("story", Some(story.to_owned())), ("as_of", as_of), ("done", Some(done.id.to_string()))];
    let fact = done.on.as_ref().map_or(on, |id| id.as_str());
    Ok(Reply::See(link::with(&format!("/fact/{fact}"), &values)))
}

/// Words on one line, as many letters as are allowed.
pub(super) fn line(text: &str, max: usize) -> String {
    rapporteur::brief::words::clean(text).chars().take(max).collect()
}

/// What a form asks for.
fn wish(on: &str, what: &str, value: String) -> Result<Wish, Refusal> {
    let of = on.to_owned();
    let needs = |what: &str| match value.is_empty() {
        true => Err(Refusal::BadRequest(format!("Fill in the field below “What”: {what}."))),
        false => Ok(()),
    };
    Ok(match what {
        "note" => {
            needs("the note")?;
            Wish::Note { of, text: value }
        }
        "reject" => Wish::Reject { of },
        "date" => {
            needs("a date, 2026-03-12, or none")?;
            Wish::Date { of, date: value }
        }
        "status" => {
            needs("the word for how it stands")?;
            Wish::Status { of, status: value }
        }
        "speaker" => {
            needs("a name, or none")?;
            Wish::Speaker { of, speaker: value }
        }
        "merge" => {
            needs("the other name")?;
            Wish::Merge { entities: vec![of, value] }
        }
        "split" => {
            needs("the spellings, parted by semicolons")?;
            let forms = value.split(';').map(str::trim).filter(|f| !f.is_empty()).map(str::to_owned).collect();
            Wish::Split { entity: of, forms }
        }
        other => return Err(Refusal::BadRequest(format!("{other:?} is nothing that can be done here."))),
    })
}
