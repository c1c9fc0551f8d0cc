//! Text in which stretches are marked, wrapped to a width.

use unicode_width::UnicodeWidthChar;

/// What a character is, which says how it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Words that somebody is reported to have said.
    pub content: bool,
    /// The words that attribute.
    pub cue: bool,
    /// The words that name the speaker, and headings.
    pub strong: bool,
    /// What matters less.
    pub faint: bool,
    /// A number that leads from the text to the list.
    pub marker: bool,
}

impl Look {
    fn start(self, out: &mut String) {
        let codes = [(self.content, "4"), (self.cue, "33"), (self.strong, "1"), (self.faint, "2"), (self.marker, "36")];
        let set: Vec<&str> = codes.iter().filter(|(on, _)| *on).map(|(_, code)| *code).collect();
        if !set.is_empty() {
            out.push_str(&format!("\u{1b}[{}m", set.join(";")));
        }
    }
}

/// Characters with their looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    cells: Vec<(char, Look)>,
}

impl Marked {
    /// Adds one character; white space of any kind is one space, what steers a terminal is left out.
    pub(super) fn push(&mut self, c: char, look: Look) {
        if c.is_whitespace() {
            if self.cells.last().is_some_and(|(before, _)| *before != ' ') {
                self.cells.push((' ', look));
            }
        } else if !c.is_control()
            && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        {
            self.cells.push((c, look));
        }
    }

    /// Adds words.
    pub(super) fn add(&mut self, words: &str, look: Look) {
        words.chars().for_each(|c| self.push(c, look));
    }

    /// Whether there is nothing to see.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|(c, _)| *c == ' ')
    }

    /// Writes it as lines of at most `width` columns: the first after `first` columns that are written already, the
    /// others indented by `hang`.
    pub(super) fn write(&self, out: &mut String, first: usize, hang: usize, width: usize, color: bool) {
        let mut at = first;
        let mut begun = false; // whether a word stands in this line
        for word in self.cells.split(|(c, _)| *c == ' ').filter(|w| !w.is_empty()) {
            let wide: usize = word.iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
            if begun && at + 1 + wide > width {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', hang));
                (at, begun) = (hang, false);
            }
            if begun {
                out.push(' ');
                at += 1;
            }
            write_word(out, word, color);
            at += wide;
            begun = true;
        }
        out.push('\n');
    }
}

fn write_word(out: &mut String, word: &[(char, Look)], color: bool) {
    let mut now = Look::default();
    for (c, look) in word {
        if color && *look != now {
            if now != Look::default() {
                out.push_str("\u{1b}[0m");
            }
            look.start(out);
            now = *look;
        }
        out.push(*c);
    }
    if color && now != Look::default() {
        out.push_str("\u{1b}[0m");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str, width: usize, color: bool) -> String {
        let mut m = Marked::default();
        m.add(words, Look { content: true, ..Look::default() });
        let mut out = String::new();
        m.write(&mut out, 0, 2, width, color);
        out
    }

    #[test]
    fn lines_keep_their_width_and_a_long_word_stands_alone() {
        assert_eq!(shown("one two three", 7, false), "one two\n  three\n");
        assert_eq!(shown("a\n\tb\u{1b}[31mc", 80, false), "a b[31mc\n");
        assert_eq!(shown("incomprehensibly so", 6, false), "incomprehensibly\n  so\n");
    }

    #[test]
    fn every_line_closes_what_it_opens() {
        assert_eq!(shown("one two", 4, true), "\u{1b}[4mone\u{1b}[0m\n  \u{1b}[4mtwo\u{1b}[0m\n");
    }
}
