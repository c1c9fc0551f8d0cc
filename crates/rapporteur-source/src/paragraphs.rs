//! Puts the paragraphs of a document together: the kept text, what each paragraph is, and the part it was read from.

use rapporteur_schema::PassageKind;

use crate::raw_article::{Block, RawArticle, RawPart};

/// The paragraphs so far.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    text: String,
    blocks: Vec<Block>,
    parts: Vec<RawPart>,
}

impl Paragraphs {
    /// From the next paragraph on, the text is of this part.
    pub(crate) fn part(&mut self, name: impl Into<String>, doubt: Option<String>) {
        let start = self.text.len();
        // A part without a word is none.
        self.parts.pop_if(|last| last.start == start);
        self.parts.push(RawPart { start, name: name.into(), doubt });
    }

    /// Goes on with the last paragraph, which a new part then begins inside of.
    pub(crate) fn go_on(&mut self, space: bool, words: &str) {
        let Some(block) = self.blocks.last_mut() else { return self.push(words, None) };
        if space {
            self.text.push(' ');
        }
        self.text.push_str(words);
        block.range.end = self.text.len();
    }

    /// A paragraph on one line; where there are no words, there is none.
    pub(crate) fn push(&mut self, words: &str, kind: Option<PassageKind>) {
        let start = self.text.len() + usize::from(!self.text.is_empty());
        let mut first = true;
        for word in words.split_ascii_whitespace() {
            match (first, self.text.is_empty()) {
                (true, false) => self.text.push('\n'),
                (true, true) => {}
                (false, _) => self.text.push(' '),
            }
            first = false;
            self.text.push_str(word);
        }
        if !first {
            self.blocks.push(Block { range: start..self.text.len(), kind });
        }
    }

    /// Whether there is none yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The article of these paragraphs.
    pub(crate) fn article(self) -> RawArticle {
        RawArticle {
            text: self.text,
            blocks: self.blocks,
            parts: self.parts,
            encoding: "UTF-8".into(),
            ..RawArticle::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_their_parts_stand_where_they_say() {
        let mut paragraphs = Paragraphs::default();
        paragraphs.part("page 1", None);
        paragraphs.push("  The weir\n stays ", None);
        paragraphs.push(" \n", None);
        paragraphs.part("page 2", None);
        paragraphs.part("page 3", Some("compare it".into()));
        paragraphs.go_on(true, "open.");
        paragraphs.push("Nobody asked.", Some(PassageKind::Heading));
        let article = paragraphs.article();
        assert_eq!(article.text, "The weir stays open.\nNobody asked.");
        let blocks: Vec<&str> = article.blocks.iter().map(|b| &article.text[b.range.clone()]).collect();
        assert_eq!(blocks, ["The weir stays open.", "Nobody asked."]);
        let parts: Vec<(usize, &str)> = article.parts.iter().map(|p| (p.start, p.name.as_str())).collect();
        assert_eq!(parts, [(0, "page 1"), (14, "page 3")]);
    }
}
