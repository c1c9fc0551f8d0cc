//! What is answered: a page, a piece of JSON, a way elsewhere, or a refusal in words.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use rapporteur::ErrorKind;
use rapporteur::phrase::escaped_json;

/// A page as it goes out, ready to be sent again.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub status: StatusCode,
    pub media: &'static str,
    pub body: Bytes,
}

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const JSON: &str = "application/json";

impl Page {
    pub fn html(body: String) -> Self {
        Page { status: StatusCode::OK, media: HTML, body: body.into() }
    }

    pub fn json(value: &impl serde::Serialize) -> Result<Self, Refusal> {
        let body = serde_json::to_string(value).map_err(|e| Refusal::Internal(e.to_string()))?;
        // Who looks at it in a terminal is steered by nothing.
        Ok(Page { status: StatusCode::OK, media: JSON, body: escaped_json(body).into() })
    }

    pub fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        // Pages hold what a dossier holds: no other program keeps them.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// What a handler comes to.
pub(crate) enum Reply {
    /// This page.
    Page(Page),
    /// Look there instead; a path of this server.
    See(String),
}

/// Why nothing is shown.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// There is no such thing; what was looked for.
    Missing(String),
    /// The address or the form makes no sense; what is wrong with it.
    BadRequest(String),
    /// It may not be done; why.
    Forbidden(&'static str),
    /// Who asks has shown no token that is known; why, and where to go once they have.
    Stranger { why: &'static str, to: String },
    /// Too much at once.
    TooLarge,
    /// Too much at once; of what.
    TooMuch(String),
    /// It took too long.
    TooLong,
    /// Others are being served; later. With whom they are busy.
    Busy(&'static str),
    /// The dossier or a template failed.
    Internal(String),
}

/// Nothing can be corrected in, or brought into, a dossier that may only be read.
pub(crate) const READ_ONLY: Refusal = Refusal::Forbidden("This dossier may only be read: nothing was changed.");

impl Refusal {
    pub fn status(&self) -> StatusCode {
        match self {
            Refusal::Missing(_) => StatusCode::NOT_FOUND,
            Refusal::BadRequest(_) => StatusCode::BAD_REQUEST,
            Refusal::Forbidden(_) => StatusCode::FORBIDDEN,
            Refusal::Stranger { .. } => StatusCode::UNAUTHORIZED,
            Refusal::TooLarge | Refusal::TooMuch(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::TooLong => StatusCode::GATEWAY_TIMEOUT,
            Refusal::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn message(&self) -> String {
        match self {
            Refusal::Missing(what) => format!("There is no {what} here."),
            Refusal::BadRequest(what) | Refusal::Internal(what) | Refusal::TooMuch(what) => what.clone(),
            Refusal::Forbidden(why) | Refusal::Busy(why) | Refusal::Stranger { why, .. } => (*why).to_owned(),
            Refusal::TooLarge => "That is too long to be taken in one piece: nothing was changed.".into(),
            Refusal::TooLong => "This took too long and was broken off.".into(),
        }
    }

    pub fn title(&self) -> &'static str {
        match self {
            Refusal::Missing(_) => "Not found",
            Refusal::BadRequest(_) => "Not understood",
            Refusal::Forbidden(_) => "Refused",
            Refusal::Stranger { .. } => "Who are you?",
            Refusal::TooLarge | Refusal::TooMuch(_) => "Too much",
            Refusal::TooLong => "Broken off",
            Refusal::Busy(_) => "Busy",
            Refusal::Internal(_) => "Something broke",
        }
    }
}

impl From<rapporteur::Error> for Refusal {
    fn from(error: rapporteur::Error) -> Self {
        let sentence = |what: &str| {
            let mut letters = what.chars();
            let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
            format!("{first}{}.", letters.as_str().trim_end_matches('.'))
        };
        match error.kind() {
            ErrorKind::NoSuchReport => Refusal::Missing("such report".into()),
            ErrorKind::NoSuchStory => Refusal::Missing("such story".into()),
            ErrorKind::NoSuchCorrection => Refusal::Missing("such correction".into()),
            ErrorKind::NoSuchFact => Refusal::Missing("such fact".into()),
            ErrorKind::NoSuchEntity
            | ErrorKind::Ambiguous
            | ErrorKind::Refused
            | ErrorKind::Incomplete
            | ErrorKind::Invalid
            | ErrorKind::BadQuery => Refusal::BadRequest(sentence(error.what())),
            ErrorKind::ReadOnly => READ_ONLY,
            ErrorKind::Busy => Refusal::Busy("Somebody else is writing to the dossier: try again in a moment."),
            // The path of the file is nobody's business over the wire.
            _ => Refusal::Internal(format!("The dossier {}.", error.what())),
        }
    }
}

impl From<rapporteur::dossier::Error> for Refusal {
    fn from(error: rapporteur::dossier::Error) -> Self {
        rapporteur::Error::from(error).into()
    }
}

impl From<askama::Error> for Refusal {
    fn from(error: askama::Error) -> Self {
        Refusal::Internal(error.to_string())
    }
}
