//! Which address is which page, and how a request comes to its answer.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query as Asked, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};

use crate::ask::Query;
use crate::asset::Files;
use crate::cache::RecordCache;
use crate::guard::{self, Guard, Verdict};
use crate::page;
use crate::reply::{Page, Refusal, Reply};
use crate::{api, page::correct::Form};

/// How long a request may take; a record of thousands of reports is made in the meantime all the same.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of a form with a draft at most; in a form a letter may take nine.
pub(crate) const DRAFT: usize = 1024 * 1024;
/// Bytes of a form at most.
const FORM: usize = 64 * 1024;
/// A larger page is made anew each time.
const KEPT: usize = 256 * 1024;

/// What handlers share.
#[derive(Debug)]
pub(crate) struct App {
    pub cache: RecordCache,
    pub guard: Guard,
    pub files: Files,
    /// Who makes corrections, until somebody says otherwise.
    pub who: String,
    pub now: fn() -> String,
}

type Shared = State<Arc<App>>;
type Ask = Result<Asked<Query>, axum::extract::rejection::QueryRejection>;

/// The views of a story, by what stands in the address after it.
const VIEWS: &[&str] = &["said", "differ", "positions", "outlets", "timeline", "names", "check"];

/// The pages, the API, the files; each request passes the guard first.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/story/{id}", get(story))
        .route("/story/{id}/{view}", get(view))
        .route("/story/{id}/check", get(check_form).post(check))
        .route("/report/{id}", get(report))
        .route("/fact/{id}", get(fact))
        .route("/search", get(search))
        .route("/log", get(log))
        .route("/about", get(about))
        .route("/correct", post(correct))
        .route("/assets/{name}", get(asset))
        // Merged, not nested: below a nest an address is cut, and `/api/report/x` would be kept as `/report/x`.
        .merge(api::router())
        .fallback(missing)
        .layer(middleware::from_fn_with_state(app.clone(), pass))
        .with_state(app)
}

/// Every request comes through here, every answer goes out here.
async fn pass(State(app): Shared, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = match app.guard.judge(&request) {
        Verdict::Pass => match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Refusal::TooLong.response(api),
        },
        Verdict::SetSession { cookie, to } => {
            let mut response = see(&to);
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            response
        }
        Verdict::Refuse(refusal) => refusal.response(api),
    };
    guard::apply_security_headers(&mut response);
    response
}

/// Leads elsewhere on this server.
fn see(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    match HeaderValue::from_str(to) {
        Ok(to) => {
            *response.status_mut() = StatusCode::SEE_OTHER;
            response.headers_mut().insert(header::LOCATION, to);
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(_) => Refusal::BadRequest("The address makes no sense.".into()).response(false),
    }
}

/// Answers with a page that was made before, or makes it on a thread where it may take its time.
pub(crate) async fn answer(
    app: Arc<App>,
    uri: &Uri,
    make: impl FnOnce(&App) -> Result<Reply, Refusal> + Send + 'static,
) -> Response {
    let address = uri.path_and_query().map_or_else(String::new, ToString::to_string);
    if let Some(page) = app.cache.page(&address) {
        return page.response();
    }
    let api = address.starts_with("/api/");
    let work = move || -> Result<Response, Refusal> {
        let state = app.cache.state()?;
        match make(&app)? {
            Reply::See(to) => Ok(see(&to)),
            Reply::Page(page) => {
                let page: Arc<Page> = Arc::new(page);
                if page.body.len() <= KEPT {
                    app.cache.keep_page(address, page.clone(), &state);
                }
                Ok(page.response())
            }
        }
    };
    done(tokio::task::spawn_blocking(work).await, api)
}

pub(crate) fn done(result: Result<Result<Response, Refusal>, tokio::task::JoinError>, api: bool) -> Response {
    match result {
        Ok(Ok(response)) => response,
        Ok(Err(refusal)) => refusal.response(api),
        Err(_) => Refusal::Internal("Something broke on the way; nothing was changed.".into()).response(api),
    }
}

/// What stands after the `?`, or that it makes no sense.
pub(crate) fn asked(query: Ask) -> Result<Query, Refusal> {
    query.map(|Asked(q)| q).map_err(|_| Refusal::BadRequest("The address makes no sense.".into()))
}

async fn home(State(app): Shared, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| page::home::home(app, &asked(query)?)).await
}

async fn story(State(app): Shared, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    answer(app, &uri, move |app| {
        let query = asked(query)?;
        match page::story::on_day(app, &id, "", &query)? {
            Some(reply) => Ok(reply),
            None => page::story::story(app, &id, &query),
        }
    })
    .await
}

async fn view(State(app): Shared, uri: Uri, Path((id, view)): Path<(String, String)>, query: Ask) -> Response {
    answer(app, &uri, move |app| {
        let query = asked(query)?;
        if !VIEWS.contains(&view.as_str()) {
            return Err(Refusal::Missing("such view".into()));
        }
        if let Some(reply) = page::story::on_day(app, &id, &view, &query)? {
            return Ok(reply);
        }
        match view.as_str() {
            "said" => page::said::said(app, &id, &query),
            "differ" => page::differ::differ(app, &id, &query),
            "positions" => page::positions::positions(app, &id, &query),
            "outlets" => page::outlets::outlets(app, &id, &query),
            "timeline" => page::timeline::timeline(app, &id, &query),
            "check" => page::check::form(app, &id, &query),
            _ => page::names::names(app, &id, &query),
        }
    })
    .await
}

async fn report(State(app): Shared, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    answer(app, &uri, move |app| page::report::report(app, &id, &asked(query)?)).await
}

async fn fact(State(app): Shared, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    answer(app, &uri, move |app| page::fact::fact(app, &id, &asked(query)?)).await
}

async fn search(State(app): Shared, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| page::search::search(app, &asked(query)?)).await
}

async fn log(State(app): Shared, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| page::log::log(app, &asked(query)?)).await
}

async fn about(State(app): Shared, uri: Uri) -> Response {
    answer(app, &uri, page::about::about).await
}

/// The form for a draft; a name of its own, since the address takes a form as well.
async fn check_form(state: Shared, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    view(state, uri, Path((id, "check".into())), query).await
}

/// Checks a draft that a page of this server sends. Nothing is changed and nothing kept.
async fn check(State(app): Shared, Path(id): Path<String>, request: Request) -> Response {
    let body = match body(request, DRAFT).await {
        Ok(body) => body,
        Err(refusal) => return refusal.response(false),
    };
    let work = move || -> Result<Response, Refusal> {
        let form: page::check::Form = parse(&body)?;
        if !app.guard.is_ours(&form.csrf) {
            return Err(NOT_OURS);
        }
        match page::check::check(&app, &id, &form)? {
            Reply::See(to) => Ok(see(&to)),
            Reply::Page(page) => Ok(page.response()),
        }
    };
    done(tokio::task::spawn_blocking(work).await, false)
}

const NOT_OURS: Refusal = Refusal::Forbidden(
    "This form is not of a page of this server, or the server was started anew; nothing was changed. Load the page again.",
);

/// The bytes of a form, as many as are allowed.
async fn body(request: Request, most: usize) -> Result<axum::body::Bytes, Refusal> {
    let (head, body) = request.into_parts();
    let form = head.headers.get(header::CONTENT_TYPE).is_some_and(|t| {
        t.to_str().is_ok_and(|t| t.split(';').next().is_some_and(|t| t.trim() == "application/x-www-form-urlencoded"))
    });
    if !form {
        return Err(Refusal::BadRequest("A form is sent as application/x-www-form-urlencoded.".into()));
    }
    to_bytes(body, most).await.map_err(|_| Refusal::TooLarge)
}

/// Reads a form whole or not at all, and does what it says only if it is of a page of this server.
async fn correct(State(app): Shared, RawQuery(_): RawQuery, request: Request) -> Response {
    let body = match body(request, FORM).await {
        Ok(body) => body,
        Err(refusal) => return refusal.response(false),
    };
    let work = move || -> Result<Response, Refusal> {
        let form: Form = parse(&body)?;
        if !app.guard.is_ours(&form.csrf) {
            return Err(NOT_OURS);
        }
        match page::correct::correct(&app, &form)? {
            Reply::See(to) => Ok(see(&to)),
            Reply::Page(page) => Ok(page.response()),
        }
    };
    done(tokio::task::spawn_blocking(work).await, false)
}

/// What a form says; it need not fit into an address, as a query must.
fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_urlencoded::from_bytes(body).map_err(|_| Refusal::BadRequest("The form makes no sense.".into()))
}

async fn asset(State(app): Shared, Path(name): Path<String>, headers: HeaderMap) -> Response {
    app.files.get(&name, &headers).unwrap_or_else(|| Refusal::Missing("such file".into()).response(false))
}

async fn missing(uri: Uri) -> Response {
    Refusal::Missing("such page".into()).response(uri.path().starts_with("/api/"))
}
