//! The pages, a file a view; each lays out what is in the record and adds nothing.

pub(crate) mod about;
pub(crate) mod add;
pub(crate) mod ask;
pub(crate) mod check;
pub(crate) mod correct;
pub(crate) mod describe;
pub(crate) mod differ;
pub(crate) mod fact;
pub(crate) mod home;
pub(crate) mod log;
pub(crate) mod names;
pub(crate) mod outlets;
pub(crate) mod positions;
pub(crate) mod refusal;
pub(crate) mod report;
pub(crate) mod said;
pub(crate) mod search;
mod shell;
pub(crate) mod starred;
pub(crate) mod story;
pub(crate) mod take;
pub(crate) mod timeline;
pub(crate) mod you;
