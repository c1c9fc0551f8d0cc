//! The few files that pages need, compiled in: there is no path to anything else.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

/// A file.
struct Asset {
    name: &'static str,
    media: &'static str,
    text: &'static str,
}

const ASSETS: &[Asset] = &[
    Asset { name: "style.css", media: "text/css; charset=utf-8", text: include_str!("../assets/style.css") },
    Asset { name: "app.js", media: "text/javascript; charset=utf-8", text: include_str!("../assets/app.js") },
    Asset { name: "icon.svg", media: "image/svg+xml", text: include_str!("../assets/icon.svg") },
];

/// A file of the table with what names its content.
#[derive(Debug)]
pub(crate) struct Files {
    tags: Vec<(&'static str, HeaderValue)>,
}

impl Files {
    pub fn new() -> Self {
        let tag = |a: &Asset| {
            let hash = rapporteur::sha256(a.text.as_bytes());
            let tag = HeaderValue::from_str(&format!("\"{}\"", hash.get(..20).unwrap_or(&hash)));
            (a.name, tag.unwrap_or_else(|_| HeaderValue::from_static("\"\"")))
        };
        Files { tags: ASSETS.iter().map(tag).collect() }
    }

    /// The file of this name; not sent again where the browser has it.
    pub fn get(&self, name: &str, headers: &HeaderMap) -> Option<Response<Body>> {
        let asset = ASSETS.iter().find(|a| a.name == name)?;
        let (_, tag) = self.tags.iter().find(|(n, _)| *n == name)?;
        let known = headers.get(header::IF_NONE_MATCH).is_some_and(|t| t == tag);
        let mut response = Response::new(if known { Body::empty() } else { Body::from(asset.text) });
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(header::ETAG, tag.clone());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Some(response)
    }
}
