//! Names of things in a record, made from what the things are, never from the order in which they came.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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
    /// Names a story: the reports of a dossier that tell one thing.
    StoryId = b't';
    /// Names a correction made by a person.
    CorrectionId = b'k';
}

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
    fn sha256_is_the_standard_one() {
        // FIPS 180-2, appendix B.1
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
