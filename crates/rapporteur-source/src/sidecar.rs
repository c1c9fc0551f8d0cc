//! `NAME.json` beside `NAME.txt`: what a user knows about a report that its text does not say.

use crate::json::surrogate;
use crate::known::Known;

/// Reads a sidecar. What is wrong in it is told in words; what is right in it still counts.
pub(crate) fn parse(bytes: &[u8]) -> (Known, Vec<String>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (object, mended) = match surrogate::parse(bytes) {
        Ok((serde_json::Value::Object(object), mended)) => (object, mended),
        Ok(_) => return (Known::default(), vec!["it is not a JSON object".into()]),
        Err(e) => return (Known::default(), vec![format!("it {e}")]),
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
    let mut known = Known {
        outlet: field("outlet"),
        url: field("url"),
        title: field("title"),
        byline: field("byline"),
        ..Known::default()
    };
    let dates = [("published", field("published")), ("modified", field("modified"))];
    for (name, date) in dates {
        match date.map(|d| d.parse()) {
            None => {}
            Some(Ok(date)) if name == "published" => known.published = Some(date),
            Some(Ok(date)) => known.modified = Some(date),
            Some(Err(e)) => wrong.push(format!("its {name:?}: {e}")),
        }
    }
    if mended > 0 {
        wrong.push("half of a character in it (a lone surrogate) is read as U+FFFD".into());
    }
    (known, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_counts_though_something_is_wrong() {
        let (s, wrong) = parse(br#"{"outlet": "Harbour Post", "published": "3 May", "title": 7}"#);
        assert_eq!(s.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }

    #[test]
    fn a_lone_surrogate_spoils_one_character() {
        let (s, wrong) = parse(br#"{"outlet": "Harbour \ud800Post", "title": "Weir"}"#);
        assert_eq!((s.outlet.as_deref(), s.title.as_deref()), (Some("Harbour \u{fffd}Post"), Some("Weir")));
        assert_eq!(wrong.len(), 1);
    }

    #[test]
    fn broken_json_is_told() {
        for bytes in [b"{".as_slice(), b"[]", b"", b"\xff\xfe"] {
            let (s, wrong) = parse(bytes);
            assert!(s == Known::default() && wrong.len() == 1, "{wrong:?}");
        }
    }
}
