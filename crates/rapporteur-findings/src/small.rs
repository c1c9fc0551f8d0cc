//! The words and lemmas of a paragraph in lower case, made once: a hundred rules ask for them.

use rapporteur_language::Analysis;

/// Those words and lemmas of one paragraph that are not in lower case as they stand, in lower case.
pub(crate) struct Small {
    /// One after another.
    text: String,
    /// For each token, where its word begins and ends in `text`, then its lemma; equal where it stands as it is.
    places: Vec<[u32; 4]>,
}

impl Small {
    /// Looks over a paragraph and its analysis.
    pub(crate) fn of(text: &str, analysis: &Analysis) -> Self {
        let mut small = Small { text: String::new(), places: Vec::with_capacity(analysis.len()) };
        for (t, token) in analysis.tokens().iter().enumerate() {
            let word = small.take(&text[token.range()]);
            let lemma = small.take(analysis.lemma(t));
            small.places.push([word.0, word.1, lemma.0, lemma.1]);
        }
        small
    }

    /// Keeps a word where lower case differs, and says where.
    fn take(&mut self, word: &str) -> (u32, u32) {
        let start = self.text.len();
        if word.is_ascii() {
            if word.bytes().any(|b| b.is_ascii_uppercase()) {
                self.text.push_str(word);
                self.text[start..].make_ascii_lowercase();
            }
        } else {
            // By the word, not by the letter: a sigma at the end of a word has a form of its own.
            self.text.push_str(&word.to_lowercase());
        }
        (start as u32, self.text.len() as u32)
    }

    fn get(&self, start: u32, end: u32) -> Option<&str> {
        if start == end { None } else { self.text.get(start as usize..end as usize) }
    }

    /// A word in lower case; `None` where it is so as it stands.
    pub(crate) fn word(&self, t: usize) -> Option<&str> {
        self.places.get(t).and_then(|&[start, end, ..]| self.get(start, end))
    }

    /// A lemma in lower case; `None` where it is so as it stands.
    pub(crate) fn lemma(&self, t: usize) -> Option<&str> {
        self.places.get(t).and_then(|&[.., start, end]| self.get(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_language::Pipeline;

    #[test]
    fn words_are_those_of_the_standard_library() {
        let text = "Ἡ ΟΔΟΣ of İzmir, ÅRHUS and Jane ROE met the Board (ǅ) — at 5 P.M.";
        let analysis = Pipeline::builtin().analyze(text);
        let small = Small::of(text, &analysis);
        for (t, token) in analysis.tokens().iter().enumerate() {
            let (word, lemma) = (&text[token.range()], analysis.lemma(t));
            assert_eq!(small.word(t).unwrap_or(word), word.to_lowercase());
            assert_eq!(small.lemma(t).unwrap_or(lemma), lemma.to_lowercase());
        }
    }
}
