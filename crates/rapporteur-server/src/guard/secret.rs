//! Random words that nobody can guess, and comparing without telling how much was right.

use crate::Error;

/// A random word.
pub(crate) struct Secret(String);

impl Secret {
    /// A new one, of 192 bits.
    pub fn new() -> Result<Self, Error> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|e| Error::Start(std::io::Error::other(e.to_string())))?;
        Ok(Secret(bytes.iter().map(|b| format!("{b:02x}")).collect()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Whether two words are the same, in a time that does not depend on where they differ: their hashes are compared, all
/// of them.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (rapporteur::sha256(a.as_bytes()), rapporteur::sha256(b.as_bytes()));
    let differ = a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    std::hint::black_box(differ) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_like_no_other() {
        let (a, b) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert!(same(a.as_str(), a.as_str()) && !same(a.as_str(), b.as_str()));
        assert!(!same(a.as_str(), &a.as_str()[1..]) && !same("", a.as_str()));
        assert_eq!(a.as_str().len(), 48);
    }
}
