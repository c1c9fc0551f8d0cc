//! Titles and headings between paragraphs: short, without a full stop, followed by a sentence.

use super::Paragraph;

/// Whether a paragraph is a heading.
pub(super) fn is(paragraph: &Paragraph<'_>) -> bool {
    let text = paragraph.text;
    let ends_open = text.ends_with(['.', ',', ';', ':', '!', '…', '"', '”', '’', '\'', ')', '—', '-']);
    let item = text.starts_with(['-', '•', '*', '"', '“', '„', '«', '\'', '‘']);
    let longest = if paragraph.index == 0 { 25 } else { 14 };
    // A heading has something under it: more text, and not another heading's worth of it.
    let has_text_below = paragraph.next.is_some();
    !ends_open && !item && paragraph.words <= longest && has_text_below && text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str, index: usize) -> bool {
        is(&Paragraph::new(text, index, Some("The board met on Monday."), true))
    }

    #[test]
    fn headings_are_short_and_open() {
        assert!(heading("Dockers walk out for a third day as talks in Lund break down", 0));
        assert!(heading("What happens next?", 4));
        assert!(heading("Doubts in the Harbour", 4));
    }

    #[test]
    fn sentences_are_no_headings() {
        assert!(!heading("The board agreed.", 4));
        assert!(!heading("She made her condition clear:", 4));
        assert!(!heading("“We agree”", 4));
        assert!(!heading("- Pay: the union wants six percent", 4));
        assert!(!is(&Paragraph::new("The end", 4, None, true)));
    }
}
