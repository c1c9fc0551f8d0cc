//! How much is read of anything: the bounds on time and memory, in one place. What is over one is told, never left out in
//! silence: a refused input as a failure, a cut one as a warning.

/// The most bytes that one report may have as it is handed in, unpacked: a page, a file, an object of JSON, a feed. Some two
/// hundred times the longest article seen.
pub const MAX_REPORT_BYTES: u64 = 32 * 1024 * 1024;

/// The most bytes that the text of one report may have in UTF-8: some fifty times the longest article seen. A longer one is
/// refused.
pub const MAX_TEXT_BYTES: usize = 8 * 1024 * 1024;

/// The most paragraphs of one report; a thick book has some ten thousand. A report of more is refused.
pub const MAX_PASSAGES: usize = 50_000;

/// The most values of one object of JSON: each takes some thirty times its bytes. An object of more is refused.
pub const MAX_JSON_VALUES: usize = 500_000;

/// The most elements of a page; long articles with all their menus have some five thousand. What comes after is not read, and
/// that is told.
pub const MAX_ELEMENTS: usize = 120_000;

/// The most elements of a page inside one another; articles have some thirty. What lies deeper joins its parent.
pub const MAX_DEPTH: usize = 120;

/// The longest address of a link in Markdown, in code points; what is longer is no link.
pub const MAX_MARK_REACH: usize = 2_000;

/// The most folders inside one another that are entered.
pub const MAX_FOLDER_DEPTH: usize = 32;

/// The most files in one package of a word processor.
pub const MAX_PACKED_FILES: usize = 10_000;

/// The most attachments of one message that are read.
pub const MAX_MAIL_PARTS: usize = 200;

/// Lists of feeds, and messages attached to messages, inside one another.
pub const MAX_NESTED: u32 = 4;

/// The memory that reading one PDF may take, in bytes.
pub const MAX_PDF_MEMORY: u64 = 1 << 30;

/// The seconds of work that reading one PDF may take; twice as long by the clock.
pub const MAX_PDF_SECONDS: u64 = 30;
