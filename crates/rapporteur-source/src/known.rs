//! What is known about a report apart from its text, wherever it comes from: a sidecar, a page, a feed, a line of JSON.

use rapporteur_schema::{Basis, Edtf, ReportHead};

/// What is known; each part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<Edtf>,
    pub(crate) modified: Option<Edtf>,
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    /// BCP 47.
    pub(crate) language: Option<String>,
    /// Agencies that are credited.
    pub(crate) credits: Vec<String>,
}

impl Known {
    /// Takes from another what is not known here.
    pub(crate) fn or(self, other: Known) -> Known {
        Known {
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
            modified: self.modified.or(other.modified),
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            language: self.language.or(other.language),
            credits: if self.credits.is_empty() { other.credits } else { self.credits },
        }
    }

    /// Puts it into a report's head; what is not known leaves the head as it is.
    pub(crate) fn fill(self, head: &mut ReportHead) {
        head.outlet = self.outlet.or(head.outlet.take());
        head.url = self.url.or(head.url.take());
        head.title = self.title.or(head.title.take());
        head.byline = self.byline.or(head.byline.take());
        if let Some(date) = self.published {
            (head.published, head.published_basis) = (Some(date), Some(Basis::Given));
        }
        head.modified = self.modified.or(head.modified);
        if let Some(language) = self.language {
            head.language = language;
        }
        head.credits.extend(self.credits);
    }
}
