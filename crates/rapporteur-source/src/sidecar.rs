//! `NAME.json` beside `NAME.txt`: what a user knows about a report that its text does not say.

use rapporteur_schema::{Basis, Edtf, ReportHead};

/// What a sidecar gives; each part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sidecar {
    outlet: Option<String>,
    url: Option<String>,
    published: Option<Edtf>,
    title: Option<String>,
    byline: Option<String>,
}

impl Sidecar {
    /// Reads a sidecar. What is wrong in it is told in words; what is right in it still counts.
    pub(crate) fn parse(bytes: &[u8]) -> (Self, Vec<String>) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let object = match serde_json::from_slice::<serde_json::Value>(bytes) {
            Ok(serde_json::Value::Object(object)) => object,
            Ok(_) => return (Sidecar::default(), vec!["it is not a JSON object".into()]),
            Err(e) => return (Sidecar::default(), vec![format!("it is not JSON: {e}")]),
        };
        let mut wrong = Vec::new();
        let mut field = |name: &str| match object.get(name) {
            None | Some(serde_json::Value::Null) => None,
            Some(serde_json::Value::String(s)) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
            Some(_) => {
                wrong.push(format!("its {name:?} is not a string"));
                None
            }
        };
        let mut sidecar = Sidecar {
            outlet: field("outlet"),
            url: field("url"),
            published: None,
            title: field("title"),
            byline: field("byline"),
        };
        if let Some(date) = field("published") {
            match date.parse() {
                Ok(date) => sidecar.published = Some(date),
                Err(e) => wrong.push(format!("its \"published\": {e}")),
            }
        }
        (sidecar, wrong)
    }

    /// Puts what it gives into a report's head.
    pub(crate) fn fill(self, head: &mut ReportHead) {
        head.outlet = self.outlet;
        head.url = self.url;
        head.title = self.title;
        head.byline = self.byline;
        head.published_basis = self.published.map(|_| Basis::Given);
        head.published = self.published;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_counts_though_something_is_wrong() {
        let (s, wrong) = Sidecar::parse(br#"{"outlet": "Harbour Post", "published": "3 May", "title": 7}"#);
        assert_eq!(s.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }

    #[test]
    fn a_lone_surrogate_and_broken_json_are_told() {
        for bytes in [br#"{"outlet": "\ud800"}"#.as_slice(), b"{", b"[]", b"", b"\xff\xfe"] {
            let (s, wrong) = Sidecar::parse(bytes);
            assert!(s == Sidecar::default() && wrong.len() == 1, "{wrong:?}");
        }
    }
}
