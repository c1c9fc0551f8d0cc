//! How a request comes to its answer: a page that was made before, one that is made now, or a refusal.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Query as Asked, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;

use crate::app::App;
use crate::ask::Query;
use crate::page::refusal;
use crate::reply::{HTML, JSON, Page, Refusal, Reply};
use crate::visitor::Visit;

/// Bytes of a form with a draft at most; in a form a letter may take nine.
pub(crate) const MAX_DRAFT_FORM: usize = 1024 * 1024;
/// Bytes of any other form at most.
pub(crate) const MAX_FORM: usize = 64 * 1024;
/// Seconds after which to try again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");
/// A larger page is made anew each time.
const MAX_KEPT_PAGE: usize = 256 * 1024;

pub(crate) type Ask = Result<Asked<Query>, axum::extract::rejection::QueryRejection>;

/// Leads elsewhere on this server.
pub(crate) fn see(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    match HeaderValue::from_str(to) {
        Ok(to) => {
            *response.status_mut() = StatusCode::SEE_OTHER;
            response.headers_mut().insert(header::LOCATION, to);
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(_) => refused(&Refusal::BadRequest("The address makes no sense.".into()), false),
    }
}

/// A refusal as a page, or as JSON where a program asked.
pub(crate) fn refused(refusal: &Refusal, api: bool) -> Response {
    let (media, body) = match api {
        true => (JSON, serde_json::json!({ "error": refusal.message() }).to_string()),
        false => (HTML, refusal::page(refusal)),
    };
    let mut response = Page { status: refusal.status(), media, body: body.into() }.response();
    if let Refusal::Busy(_) = refusal {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    if let Refusal::Stranger { .. } = refusal {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Answers with a page that was made before, or makes it on a thread where it may take its time.
pub(crate) async fn answer(
    app: Arc<App>,
    uri: &Uri,
    make: impl FnOnce(&App) -> Result<Reply, Refusal> + Send + 'static,
) -> Response {
    let address = uri.path_and_query().map_or_else(String::new, ToString::to_string);
    let api = address.starts_with("/api/");
    // The same for all who may change something, and for all who may not.
    let address = if app.by.may_write { address } else { format!("read {address}") };
    if let Some(page) = app.cache.page(&address) {
        return page.response();
    }
    let work = move || -> Result<Response, Refusal> {
        let fingerprint = app.cache.fingerprint()?;
        match make(&app)? {
            Reply::See(to) => Ok(see(&to)),
            Reply::Page(page) => {
                let page: Arc<Page> = Arc::new(page);
                if page.body.len() <= MAX_KEPT_PAGE {
                    app.cache.keep_page(address, page.clone(), &fingerprint);
                }
                Ok(page.response())
            }
        }
    };
    done(tokio::task::spawn_blocking(work).await, api)
}

/// Makes a page that is another one each time.
pub(crate) async fn fresh(
    app: Arc<App>,
    make: impl FnOnce(&App) -> Result<Reply, Refusal> + Send + 'static,
) -> Response {
    let work = move || match make(&app)? {
        Reply::See(to) => Ok(see(&to)),
        Reply::Page(page) => Ok(page.response()),
    };
    done(tokio::task::spawn_blocking(work).await, false)
}

/// What work on another thread came to.
pub(crate) fn done(result: Result<Result<Response, Refusal>, tokio::task::JoinError>, api: bool) -> Response {
    match result {
        Ok(Ok(response)) => response,
        Ok(Err(refusal)) => refused(&refusal, api),
        Err(_) => refused(&Refusal::Internal("Something broke on the way; nothing was changed.".into()), api),
    }
}

/// What stands after the `?`, or that it makes no sense.
pub(crate) fn asked(query: Ask) -> Result<Query, Refusal> {
    query.map(|Asked(q)| q).map_err(|_| Refusal::BadRequest("The address makes no sense.".into()))
}

/// What a form is answered that this server did not make.
pub(crate) const NOT_OURS: Refusal = Refusal::Forbidden(
    "This form is not of a page of this server, or the server was started anew; nothing was changed. Load the page again.",
);

/// The bytes of a form, as many as are allowed.
pub(crate) async fn body(request: Request, max: usize) -> Result<axum::body::Bytes, Refusal> {
    let (head, body) = request.into_parts();
    let form = head.headers.get(header::CONTENT_TYPE).is_some_and(|t| {
        t.to_str().is_ok_and(|t| t.split(';').next().is_some_and(|t| t.trim() == "application/x-www-form-urlencoded"))
    });
    if !form {
        return Err(Refusal::BadRequest("A form is sent as application/x-www-form-urlencoded.".into()));
    }
    received(&head, body, max).await
}

/// The bytes that a request sends, as many as are allowed.
pub(crate) async fn received(head: &Parts, body: Body, max: usize) -> Result<axum::body::Bytes, Refusal> {
    let bytes = to_bytes(body, max).await.map_err(|_| Refusal::TooLarge)?;
    // Only now there is something to be answered.
    if let Some(visit) = head.extensions.get::<Arc<Visit>>() {
        visit.asks();
    }
    Ok(bytes)
}

/// What a form says; it need not fit into an address, as a query must.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_urlencoded::from_bytes(body).map_err(|_| Refusal::BadRequest("The form makes no sense.".into()))
}
