//! The same as JSON, for programs: what [`DESCRIPTION`] says, and nothing that changes anything.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::answer::{Ask, MAX_DRAFT_FORM, answer, asked, received, refused};
use crate::app::{App, Asking, House};
use crate::ask::{self, Query};
use crate::cache::Asked as Wanted;
use crate::page::{ask as questions, check as drafts, search};
use crate::reply::{Page, Refusal, Reply};
use crate::work::{GoOn, long};

/// The description of this API (OpenAPI 3.1), kept by hand; a test holds it against the answers.
pub(crate) const DESCRIPTION: &str = include_str!("openapi.json");

/// Stories in one answer.
const STORIES: usize = 200;

/// The addresses below `/api`, each whole: a page that is kept is found by its address.
pub(crate) fn router() -> Router<Arc<House>> {
    Router::new()
        .route("/api/openapi.json", get(openapi))
        .route("/api/stories", get(stories))
        .route("/api/record", get(record))
        .route("/api/changes", get(changes))
        .route("/api/search", get(found))
        .route("/api/ask", get(answered))
        .route("/api/report/{id}", get(report))
        .route("/api/corrections", get(corrections))
        .route("/api/check", post(check))
}

fn reply(value: &impl serde::Serialize) -> Result<Reply, Refusal> {
    Ok(Reply::Page(Page::json(value)?))
}

async fn openapi(Asking(app): Asking, uri: Uri) -> Response {
    answer(app, &uri, |_| {
        let text = DESCRIPTION.replace("0.0.0", env!("CARGO_PKG_VERSION"));
        let description: Value = serde_json::from_str(&text).map_err(|e| Refusal::Internal(e.to_string()))?;
        reply(&description)
    })
    .await
}

async fn stories(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| {
        let page = asked(query)?.page();
        let all = app.cache.stories()?;
        let stories: Vec<Value> = all
            .iter()
            .skip((page - 1) * STORIES)
            .take(STORIES)
            .map(|s| {
                json!({
                    "id": s.row.id, "name": s.name, "reports": s.row.articles, "outlets": s.row.outlets,
                    "first": s.row.days.0, "last": s.row.days.1,
                })
            })
            .collect();
        reply(
            &json!({ "stories": stories, "all": all.len(), "page": page, "pages": all.len().div_ceil(STORIES).max(1) }),
        )
    })
    .await
}

fn wanted(query: &Query) -> Result<Wanted, Refusal> {
    query.asked(Query::given(&query.story).unwrap_or("all"))
}

async fn record(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| {
        let wanted = Wanted { since: None, ..wanted(&asked(query)?)? };
        reply(&*app.snapshot(&wanted)?.record)
    })
    .await
}

async fn changes(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| {
        let mut wanted = wanted(&asked(query)?)?;
        let since = wanted.since.get_or_insert_with(|| "last".into()).clone();
        let snapshot = app.snapshot(&wanted)?;
        reply(&json!({ "since": since, "changes": snapshot.changes }))
    })
    .await
}

async fn found(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| {
        let (hits, kept) = search::find(app, &asked(query)?, search::HITS)?;
        let hit = |hit: &rapporteur::dossier::Hit| {
            let exact = kept.get(hit.report.as_str()).and_then(|k| k.report.text.slice(hit.span));
            json!({
                "kind": hit.kind.as_str(), "report": hit.report, "outlet": hit.outlet, "day": hit.day, "by": hit.by,
                "start": hit.span.start(), "end": hit.span.end(), "exact": exact,
            })
        };
        reply(&json!({ "hits": hits.iter().map(hit).collect::<Vec<_>>() }))
    })
    .await
}

async fn answered(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| {
        let query = asked(query)?;
        if !Query::given(&query.q).is_some_and(|q| q.chars().any(char::is_alphanumeric)) {
            return Err(Refusal::BadRequest("A question has words: give them as 'q'.".into()));
        }
        // A story that is not there has no reports to be asked.
        let wanted = Wanted { since: None, ..wanted(&query)? };
        app.snapshot(&wanted)?;
        reply(&questions::answer(app, &wanted, &query)?)
    })
    .await
}

async fn report(Asking(app): Asking, uri: Uri, Path(id): Path<String>) -> Response {
    answer(app, &uri, move |app| {
        let id = ask::id(&id, "such report")?;
        let found = app.cache.store().dossier().report(id);
        let kept = found.ok().filter(|k| k.report.id().as_str() == id);
        let kept = kept.ok_or_else(|| Refusal::Missing("such report".into()))?;
        let about = &kept.about;
        let brought_by = app.cache.store().dossier().brought_by(kept.report.id())?;
        reply(&json!({
            "head": about.head, "text": kept.report.text.as_str(), "article": about.article,
            "version": about.revision, "added": about.added, "brought_by": brought_by, "reported": about.reported, "story": about.story,
            "removed": about.removed,
        }))
    })
    .await
}

async fn corrections(Asking(app): Asking, uri: Uri) -> Response {
    answer(app, &uri, |app| {
        let corrections = app.cache.store().dossier().corrections()?;
        reply(&json!({ "corrections": corrections }))
    })
    .await
}

/// Checks the draft that is sent, as text; nothing is changed and nothing kept.
async fn check(Asking(app): Asking, query: Ask, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = match received(&head, body, MAX_DRAFT_FORM).await {
        Ok(body) => body,
        Err(refusal) => return refused(&refusal, true),
    };
    let Ok(draft) = String::from_utf8(body.into()) else {
        return refused(&Refusal::BadRequest("A draft is sent as text in UTF-8, not as a form.".into()), true);
    };
    // What is refused at a glance does not wait.
    let query = match drafts::fits(&app, &draft).and_then(|()| asked(query)) {
        Ok(query) => query,
        Err(refusal) => return refused(&refusal, true),
    };
    let work = move |app: &App, go_on: GoOn<'_>| {
        let wanted = Wanted { since: None, ..wanted(&query)? };
        let checked = drafts::checked(app, &wanted, &draft, Query::given(&query.date).unwrap_or_default(), go_on)?;
        Ok(Page::json(&checked)?.response())
    };
    long(app, true, work).await
}
