//! The web: asks for a page or a feed, politely and without being led into places that are not public.
//!
//! 1. `fetcher` follows an address through its redirects, each step under the same rules.
//! 2. `address` says which addresses are public; `guard` asks it about every address that a name leads to.
//! 3. `robots` reads what a site allows; it is asked once a site and run.
//! 4. `error` says why nothing was fetched.

#[cfg(feature = "fetch")]
mod address;
mod error;
#[cfg(feature = "fetch")]
mod fetcher;
#[cfg(feature = "fetch")]
mod guard;
#[cfg(feature = "fetch")]
mod robots;

use serde::{Deserialize, Serialize};

pub use error::{FetchError, RetryAfter};
#[cfg(feature = "fetch")]
pub use fetcher::{Fetcher, Policy};
#[cfg(feature = "fetch")]
pub use guard::Lookup;

/// Where pages and feeds come from; with the feature `fetch`, `Fetcher` is the web itself.
pub trait Fetch {
    /// Gets what is at a web address, or learns that it is what it was when these validators were given.
    ///
    /// # Errors
    /// The address may not be asked for, does not answer, or answers with no content.
    fn get(&mut self, url: &str, known: Option<&Validators>) -> Result<Answer, FetchError>;
}

/// What a site gives with its content so that one can ask later whether it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` header as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` header as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// The answer of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is there.
    Fetched(Fetched),
    /// The same is there as when the validators were given.
    NotModified,
}

/// What is at a web address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The address in the end, after all redirects.
    pub url: String,
    /// The status of the answer: 200, or another that comes with content.
    pub status: u16,
    /// The media type as told ("text/html").
    pub media: Option<String>,
    /// The encoding as told ("utf-8").
    pub charset: Option<String>,
    /// The content, unpacked.
    pub bytes: Vec<u8>,
    /// To ask later whether it changed.
    pub validators: Validators,
    /// What a reader should be told of how it came.
    pub notes: Vec<String>,
}
