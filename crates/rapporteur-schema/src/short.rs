//! Findings written short: what stands in the text at hand is written as its place alone.
//!
//! A database that keeps the text beside the findings need not keep the words of every citation once more, and words that
//! are cut from the text when they are read cannot differ from it.

use std::cell::RefCell;

use crate::{Char, Citation, ReportId, Span, Text};

thread_local! {
    /// The text at hand, for `serde` hands nothing through to what it reads and writes.
    static AT_HAND: RefCell<Option<(ReportId, Text)>> = const { RefCell::new(None) };
}

/// Does something while citations of this report, and its words and sentences, are written short by `serde`; what was
/// written so can be read back only with the same text at hand. What was written at length is read as ever.
///
/// # Example
/// ```
/// use rapporteur_schema::{Citation, Report, ReportId, Span, with_text_at_hand};
///
/// let report = Report::plain(ReportId::new("r1"), "The weir stays open.");
/// let cited = report.cite(Span::new(4, 8))?;
/// let short = with_text_at_hand(report.id(), &report.text, || serde_json::to_string(&cited)).unwrap();
/// assert_eq!(short, "[4,4]");
/// let back: Citation = with_text_at_hand(report.id(), &report.text, || serde_json::from_str(&short)).unwrap();
/// assert_eq!(back, cited);
/// assert!(serde_json::from_str::<Citation>(&short).is_err(), "without the text nobody knows the words");
/// # Ok::<(), rapporteur_schema::Error>(())
/// ```
pub fn with_text_at_hand<T>(report: &ReportId, text: &Text, work: impl FnOnce() -> T) -> T {
    /// Puts back what was at hand before, also after a panic.
    struct PutBack(Option<(ReportId, Text)>);
    impl Drop for PutBack {
        fn drop(&mut self) {
            AT_HAND.set(self.0.take());
        }
    }
    let _put_back = PutBack(AT_HAND.replace(Some((report.clone(), text.clone()))));
    work()
}

/// Whether a text is at hand.
pub(crate) fn is_at_hand() -> bool {
    AT_HAND.with_borrow(Option::is_some)
}

/// What is made of the text at hand; `None` where there is none.
pub(crate) fn at_hand<T>(make: impl FnOnce(&Text) -> T) -> Option<T> {
    AT_HAND.with_borrow(|at_hand| at_hand.as_ref().map(|(_, text)| make(text)))
}

/// Whether the place of a citation says all: it is of the text at hand and reads so there.
pub(crate) fn says_all(citation: &Citation) -> bool {
    AT_HAND.with_borrow(|at_hand| {
        at_hand.as_ref().is_some_and(|(report, text)| {
            report == citation.report() && text.slice(citation.span()) == Some(citation.exact())
        })
    })
}

/// The citation of a place of the text at hand.
pub(crate) fn cite(start: u32, length: u32) -> Result<Citation, String> {
    let end = start.checked_add(length).ok_or("a place ends beyond any text")?;
    AT_HAND.with_borrow(|at_hand| {
        let (report, text) = at_hand.as_ref().ok_or("a citation without words, and no text is at hand")?;
        Citation::new(report, text, Span::<Char>::new(start, end)).map_err(|e| e.to_string())
    })
}
