//! Names of things in a record, made from what the things are, never from the order in which they came.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, FactKind};

/// Digits of an id: Crockford's base 32 in lower case, which leaves out letters that look alike.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Digits of an id after its letter: 50 bits, so that a million facts collide with a chance of about 1 in 2,000.
const LENGTH: usize = 10;

fn digest(letter: u8, parts: &[&str]) -> Arc<str> {
    let mut hasher = Sha256::new();
    for part in parts {
        // The length keeps ["ab", "c"] and ["a", "bc"] apart.
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let bits = hash.iter().take(8).fold(0u64, |n, &b| n << 8 | u64::from(b));
    let mut id = [letter; LENGTH + 1];
    for (i, place) in id[1..].iter_mut().enumerate() {
        *place = DIGITS[(bits >> (59 - 5 * i) & 31) as usize];
    }
    // Ids are made by the ten thousand: no text in between.
    std::str::from_utf8(&id).unwrap_or_default().into()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $letter:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "json-schema", derive(JsonSchema))]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// An id as written in a record.
            pub fn new(id: impl Into<Arc<str>>) -> Self {
                $name(id.into())
            }

            /// The id of the thing that these parts describe: the same parts, the same id.
            pub fn from_content(parts: &[&str]) -> Self {
                $name(digest($letter, parts))
            }

            /// The id as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Names a report.
    ReportId = b'r';
    /// Names an entity.
    EntityId = b'e';
    /// Names a statement.
    StatementId = b's';
    /// Names an utterance.
    UtteranceId = b'u';
    /// Names a meeting.
    MeetingId = b'm';
    /// Names a proposal.
    ProposalId = b'p';
    /// Names an issue.
    IssueId = b'i';
    /// Names a discrepancy.
    DiscrepancyId = b'd';
    /// Names a position.
    PositionId = b'q';
    /// Names a condition.
    ConditionId = b'c';
    /// Names a claim.
    ClaimId = b'l';
    /// Names a story: the reports of a dossier that tell one thing.
    StoryId = b't';
    /// Names a correction made by a person.
    CorrectionId = b'k';
}

/// Names a fact of a record, of whatever sort: the id of an entity, a statement, a meeting … Its first letter tells which.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct FactId(Arc<str>);

/// The sorts of facts by the letter that their ids begin with.
const SORTS: [(u8, FactKind); 10] = [
    (b'e', FactKind::Entity),
    (b's', FactKind::Statement),
    (b'u', FactKind::Utterance),
    (b'm', FactKind::Meeting),
    (b'p', FactKind::Proposal),
    (b'i', FactKind::Issue),
    (b'q', FactKind::Position),
    (b'c', FactKind::Condition),
    (b'd', FactKind::Discrepancy),
    (b'l', FactKind::Claim),
];

/// The sort of fact whose ids begin like this one.
fn sort(id: &str) -> Option<FactKind> {
    let letter = id.as_bytes().first()?;
    SORTS.iter().find(|(first, _)| first == letter).map(|(_, kind)| *kind)
}

impl FactId {
    /// What sort of fact it names.
    pub fn kind(&self) -> FactKind {
        // An id is only made where its letter names a sort.
        sort(&self.0).unwrap_or(FactKind::Entity)
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FactId {
    type Err = Error;

    fn from_str(id: &str) -> Result<Self, Error> {
        match sort(id) {
            Some(_) => Ok(FactId(id.into())),
            None => Err(Error::NoFactId(id.to_owned())),
        }
    }
}

impl TryFrom<String> for FactId {
    type Error = Error;

    fn try_from(id: String) -> Result<Self, Error> {
        id.parse()
    }
}

impl Serialize for FactId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "json-schema")]
impl JsonSchema for FactId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FactId".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

impl fmt::Debug for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for FactId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for FactId {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for FactId {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

macro_rules! fact_ids {
    ($($name:ident),*) => {$(
        impl From<&$name> for FactId {
            fn from(id: &$name) -> Self {
                FactId(id.0.clone())
            }
        }
    )*};
}

fact_ids!(
    EntityId,
    StatementId,
    UtteranceId,
    MeetingId,
    ProposalId,
    IssueId,
    PositionId,
    ConditionId,
    DiscrepancyId,
    ClaimId
);

/// The SHA-256 of these bytes in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_content() {
        assert_eq!(ReportId::from_content(&["a", "b"]), ReportId::from_content(&["a", "b"]));
        assert_ne!(ReportId::from_content(&["ab", ""]), ReportId::from_content(&["a", "b"]));
        assert_eq!(ReportId::from_content(&["a"]).as_str().len(), 11);
    }

    #[test]
    fn a_fact_is_told_by_the_letter_of_its_id() {
        let id = FactId::from(&MeetingId::from_content(&["a"]));
        assert_eq!(id.kind(), FactKind::Meeting);
        assert_eq!(id.as_str().parse::<FactId>().unwrap(), id);
        assert!("r0123456789".parse::<FactId>().is_err(), "a report is no fact");
        assert!(serde_json::from_str::<FactId>("\"\"").is_err());
    }

    #[test]
    fn sha256_is_the_standard_one() {
        // FIPS 180-2, appendix B.1
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
