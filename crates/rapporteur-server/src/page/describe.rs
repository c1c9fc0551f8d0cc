//! What people say of a report itself: its outlet, its day, its title; and that it be as it was read.

use rapporteur::{Description, Edtf, ReportId, Store};
use serde::Deserialize;

use super::correct::{MAX_NAME, MAX_WORDS, line};
use super::report::stored;
use crate::app::App;
use crate::reply::{Refusal, Reply};

/// What a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    pub csrf: String,
    outlet: String,
    date: String,
    title: String,
    who: String,
    #[serde(rename = "do")]
    what: String,
    /// The upload from whose page it was sent, if it was from one.
    upload: String,
}

/// Keeps what is said of a report, or forgets it.
pub(crate) fn describe(app: &App, id: &str, form: &Form) -> Result<Reply, Refusal> {
    app.to_write()?;
    let report = stored(app, id)?.report.id().clone();
    match form.what.as_str() {
        "as-read" => {
            let who = app.signed_or_usual(line(&form.who, MAX_NAME));
            Store::open(&app.dossier)?.describe_as_read(&report, &who, &(app.now)())?;
            return Ok(Reply::See("/log".into()));
        }
        "" | "keep" => {}
        other => return Err(Refusal::BadRequest(format!("{other:?} is nothing that can be done here."))),
    }
    let who = app.signed(line(&form.who, MAX_NAME));
    if who.is_empty() {
        return Err(Refusal::BadRequest("Who says so? Fill in the field “Who”.".into()));
    }
    let given = |value: &str, max| Some(line(value, max)).filter(|value| !value.is_empty());
    let otherwise = Description {
        outlet: given(&form.outlet, MAX_NAME),
        title: given(&form.title, MAX_WORDS),
        published: given(&form.date, MAX_NAME).as_deref().map(day).transpose()?,
    };
    // Over a connection of its own: the report is read anew, and no page waits for that.
    Store::open(&app.dossier)?.describe(&report, &otherwise, &who, &(app.now)())?;
    Ok(Reply::See(after(app, &report, &form.upload)))
}

fn day(text: &str) -> Result<Edtf, Refusal> {
    let refusal =
        format!("{text:?} is no date: write a day, 2026-03-12, a month, 2026-03, or a year. Nothing was changed.");
    text.parse().map_err(|_| Refusal::BadRequest(refusal))
}

/// Where somebody goes on: to the upload that the report came with, else to the report.
fn after(app: &App, report: &ReportId, upload: &str) -> String {
    match upload.parse().ok().filter(|number| app.inbox.job(*number).is_some()) {
        Some(number) => format!("/add/{number}"),
        None => format!("/report/{report}"),
    }
}
