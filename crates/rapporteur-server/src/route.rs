//! Which address is which page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::answer::{Ask, MAX_DRAFT_FORM, MAX_FORM, NOT_OURS, answer, asked, body, done, fresh, parse, refused, see};
use crate::app::{App, Asking, House};
use crate::guard::{self, Verdict};
use crate::inbox;
use crate::reply::{Refusal, Reply};
use crate::work::{GoOn, long};
use crate::{api, page};

/// The views of a story, by what stands in the address after it.
// not words: parts of addresses
const VIEWS: &[&str] = &["said", "differ", "positions", "outlets", "timeline", "names", "check", "ask"];

/// The pages, the API, the files; each request passes the guard first.
pub(crate) fn router(house: Arc<House>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/story/{id}", get(story))
        .route("/story/{id}/{view}", get(view))
        .route("/story/{id}/check", get(check_form).post(check))
        .route("/story/{id}/export/{file}", get(take))
        .route("/report/{id}", get(report))
        .route("/report/{id}/about", post(describe))
        .route("/fact/{id}", get(fact))
        .route("/search", get(search))
        .route("/log", get(log))
        .route("/about", get(about))
        .route("/correct", post(correct))
        .route("/you", get(you))
        .route("/enter", post(enter))
        .route("/leave", post(leave))
        .route("/starred", get(starred))
        .route("/star", post(star))
        // How much an upload may have is counted as it comes.
        .route("/add", get(add_form).post(add).layer(DefaultBodyLimit::disable()))
        .route("/add/{number}", get(added))
        .route("/assets/{name}", get(asset))
        // Merged, not nested: below a nest an address is cut, and `/api/report/x` would be kept as `/report/x`.
        .merge(api::router())
        .fallback(missing)
        .layer(middleware::from_fn_with_state(house.clone(), pass))
        .with_state(house)
}

/// Every request comes through here, every answer goes out here.
async fn pass(State(house): State<Arc<House>>, mut request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let uploads = request.uri().path() == "/add";
    let time = if uploads { house.limits.upload_time } else { house.limits.request_time };
    let mut response = match house.guard.judge(&request) {
        Verdict::Pass(by) => {
            request.extensions_mut().insert(by);
            match tokio::time::timeout(time, next.run(request)).await {
                Ok(response) => response,
                Err(_) => refused(&Refusal::TooLong, api),
            }
        }
        Verdict::Admit { cookie, to } => with_cookie(see(&to), cookie),
        Verdict::Refuse(refusal) => refused(&refusal, api),
    };
    guard::apply_security_headers(&mut response);
    response
}

async fn home(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| page::home::home(app, &asked(query)?)).await
}

async fn story(Asking(app): Asking, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    answer(app, &uri, move |app| {
        let query = asked(query)?;
        match page::story::on_day(app, &id, "", &query)? {
            Some(reply) => Ok(reply),
            None => page::story::story(app, &id, &query),
        }
    })
    .await
}

async fn view(Asking(app): Asking, uri: Uri, Path((id, view)): Path<(String, String)>, query: Ask) -> Response {
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
            "ask" => page::ask::page(app, &id, &query),
            _ => page::names::names(app, &id, &query),
        }
    })
    .await
}

async fn report(Asking(app): Asking, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    answer(app, &uri, move |app| page::report::report(app, &id, &asked(query)?)).await
}

async fn fact(Asking(app): Asking, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    answer(app, &uri, move |app| page::fact::fact(app, &id, &asked(query)?)).await
}

async fn search(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| page::search::search(app, &asked(query)?)).await
}

async fn log(Asking(app): Asking, uri: Uri, query: Ask) -> Response {
    answer(app, &uri, |app| page::log::log(app, &asked(query)?)).await
}

async fn about(Asking(app): Asking, uri: Uri) -> Response {
    answer(app, &uri, page::about::about).await
}

/// The form for a draft; a name of its own, since the address takes a form as well.
async fn check_form(state: Asking, uri: Uri, Path(id): Path<String>, query: Ask) -> Response {
    view(state, uri, Path((id, "check".into())), query).await
}

/// Checks a draft that a page of this server sends. Nothing is changed and nothing kept.
async fn check(Asking(app): Asking, Path(id): Path<String>, request: Request) -> Response {
    let body = match body(request, MAX_DRAFT_FORM).await {
        Ok(body) => body,
        Err(refusal) => return refused(&refusal, false),
    };
    // What is refused at a glance does not wait.
    let form: page::check::Form = match parse(&body) {
        Ok(form) => form,
        Err(refusal) => return refused(&refusal, false),
    };
    if !app.is_ours(&form.csrf) {
        return refused(&NOT_OURS, false);
    }
    if let Err(refusal) = page::check::fits(&app, &form.draft) {
        return refused(&refusal, false);
    }
    let work = move |app: &App, go_on: GoOn<'_>| match page::check::check(app, &id, &form, go_on)? {
        Reply::See(to) => Ok(see(&to)),
        Reply::Page(page) => Ok(page.response()),
    };
    long(app, false, work).await
}

/// Reads a form whole or not at all, and does what it says only if it is of a page of this server.
async fn correct(Asking(app): Asking, RawQuery(_): RawQuery, request: Request) -> Response {
    let body = match body(request, MAX_FORM).await {
        Ok(body) => body,
        Err(refusal) => return refused(&refusal, false),
    };
    let work = move || -> Result<Response, Refusal> {
        let form: page::correct::Form = parse(&body)?;
        if !app.is_ours(&form.csrf) {
            return Err(NOT_OURS);
        }
        match page::correct::correct(&app, &form)? {
            Reply::See(to) => Ok(see(&to)),
            Reply::Page(page) => Ok(page.response()),
        }
    };
    done(tokio::task::spawn_blocking(work).await, false)
}

async fn add_form(Asking(app): Asking, query: Ask) -> Response {
    fresh(app, move |app| page::add::form(app, &asked(query)?)).await
}

/// Takes in what somebody brings, and leads to where it is told what becomes of it.
async fn add(Asking(app): Asking, request: Request) -> Response {
    match inbox::receive(&app, request).await.and_then(|order| page::add::fits(&app, order)) {
        Ok(order) => match inbox::begin(&app, order) {
            Ok(number) => see(&format!("/add/{number}")),
            Err(refusal) => refused(&refusal, false),
        },
        Err(refusal) => refused(&refusal, false),
    }
}

/// What became of what somebody brought.
async fn added(Asking(app): Asking, Path(number): Path<String>) -> Response {
    fresh(app, move |app| page::add::told(app, &number)).await
}

/// A story as a file.
async fn take(Asking(app): Asking, Path((id, file)): Path<(String, String)>, query: Ask) -> Response {
    let work = move || page::take::take(&app, &id, &file, &asked(query)?);
    done(tokio::task::spawn_blocking(work).await, false)
}

/// Keeps what people say of a report, if the form is of a page of this server.
async fn describe(Asking(app): Asking, Path(id): Path<String>, request: Request) -> Response {
    let body = match body(request, MAX_FORM).await {
        Ok(body) => body,
        Err(refusal) => return refused(&refusal, false),
    };
    fresh(app, move |app| {
        let form: page::describe::Form = parse(&body)?;
        if !app.is_ours(&form.csrf) {
            return Err(NOT_OURS);
        }
        page::describe::describe(app, &id, &form)
    })
    .await
}

/// Who asks, by what they showed; never kept, for it is another page for each.
async fn you(Asking(app): Asking) -> Response {
    fresh(app, page::you::you).await
}

/// What the form at the door sends.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Enter {
    token: String,
    to: String,
}

/// Gives a cookie to who shows a token by a form.
async fn enter(Asking(app): Asking, headers: HeaderMap, request: Request) -> Response {
    match body(request, MAX_FORM).await.and_then(|body| parse::<Enter>(&body)) {
        Ok(form) => match app.guard.enter(form.token.trim(), &headers) {
            Some(cookie) => with_cookie(see(&guard::own_path(&form.to)), Some(cookie)),
            None => refused(&guard::not_known(&form.to), false),
        },
        Err(refusal) => refused(&refusal, false),
    }
}

/// Has the browser forget its cookie.
async fn leave(Asking(app): Asking, request: Request) -> Response {
    match body(request, MAX_FORM).await.and_then(|body| parse::<Leave>(&body)) {
        Ok(form) if app.is_ours(&form.csrf) => with_cookie(see("/"), app.guard.leave()),
        Ok(_) => refused(&NOT_OURS, false),
        Err(refusal) => refused(&refusal, false),
    }
}

/// What the form that leaves sends.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Leave {
    csrf: String,
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

async fn starred(Asking(app): Asking, uri: Uri) -> Response {
    answer(app, &uri, page::starred::starred).await
}

/// Stars something or takes its star away, if the form is of a page of this server.
async fn star(Asking(app): Asking, request: Request) -> Response {
    let body = match body(request, MAX_FORM).await {
        Ok(body) => body,
        Err(refusal) => return refused(&refusal, false),
    };
    fresh(app, move |app| {
        let form: page::starred::Form = parse(&body)?;
        if !app.is_ours(&form.csrf) {
            return Err(NOT_OURS);
        }
        page::starred::star(app, &form)
    })
    .await
}

async fn asset(Asking(app): Asking, Path(name): Path<String>, headers: HeaderMap) -> Response {
    app.files.get(&name, &headers).unwrap_or_else(|| refused(&Refusal::Missing("such file".into()), false))
}

async fn missing(uri: Uri) -> Response {
    refused(&Refusal::Missing("such page".into()), uri.path().starts_with("/api/"))
}
