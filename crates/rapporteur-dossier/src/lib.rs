//! The keeping: one SQLite file with every report, what was found in it, and what people corrected.
//!
//! 1. `open` makes a dossier or opens one, and brings an old file to the present form.
//! 2. `writing` is one transaction: a report with its findings, its place in a story and its words for the search, whole
//!    or not at all.
//! 3. `scope` says which reports are meant: of one story, as of one day, before one run; `stored` reads them back.
//! 4. `search`, `stories`, `corrections` and `feeds` keep what belongs to them, `description` what people say of a report itself,
//!    `star` what they want to find again, `deed` who took a correction back and the like.
//! 5. `seal` gives every row a checksum (but for runs, the names of stories and stars, which no fact follows from), which is looked
//!    at whenever it is read: what is damaged is named and left out, and gets its place back when it is added again (`mending`). `check` proves that the whole file is as it was written.
//!
//! The only crate that knows SQL. It reads no clock and no text: times, findings and profiles are handed in.

mod article;
mod check;
mod correction;
mod deed;
mod description;
mod error;
mod feed;
mod fingerprint;
mod grouping;
mod mending;
mod migrate;
mod open;
mod pack;
mod run;
mod scope;
mod seal;
mod search;
mod star;
mod stored;
mod story;
mod survey;
mod writing;

pub use check::Fault;
pub use deed::{Deed, DeedKind};
pub use description::Described;
pub use error::Error;
pub use feed::Feed;
pub use grouping::Member;
pub use open::Dossier;
pub use run::Run;
pub use scope::Scope;
pub use search::{EntryKind, Hit, Query};
pub use star::Star;
pub use stored::{StoredFindings, StoredHead, StoredReport};
pub use story::StoryRow;
pub use survey::Survey;
pub use writing::{Added, NewReport, Writing};
