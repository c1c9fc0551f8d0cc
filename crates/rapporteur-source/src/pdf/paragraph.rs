//! Lines to paragraphs.

use super::column::{Flow, Line, lay_out};
use super::line::{Glyph, rows};
use super::{Page, Paragraph};

/// The gap between words, in ems, at which a row may be parted.
const WIDE: f64 = 0.8;

/// The most rows of a page that are looked at for columns.
const MAX_ROWS: usize = 2_500;

/// Letters of a page below which a picture is what it consists of.
const FEW: usize = 20;

/// The page that these letters make.
pub(super) fn page(number: u32, glyphs: Vec<Glyph>, picture: bool) -> Page {
    let letters = glyphs.iter().filter(|g| !g.text.trim().is_empty()).count();
    if letters < FEW && picture {
        return Page { number, scanned: true, ..Page::default() };
    }
    let mut rows = rows(glyphs, WIDE);
    let too_many = rows.len() > MAX_ROWS;
    rows.truncate(MAX_ROWS);
    let layout = lay_out(rows);
    let doubtful = layout.doubtful || too_many;
    let body = body_size(&layout.flows);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for flow in &layout.flows {
        for (n, paragraph) in of_flow(flow, body).into_iter().enumerate() {
            match paragraphs.last_mut() {
                // A paragraph that goes on at the head of the next column.
                Some(before) if n == 0 && !doubtful && goes_on(before, &paragraph) => join(before, &paragraph.text),
                _ => paragraphs.push(paragraph),
            }
        }
    }
    Page { number, paragraphs, doubtful, ..Page::default() }
}

/// The size that most letters have.
fn body_size(flows: &[Flow]) -> f64 {
    let mut sizes: Vec<(f64, usize)> =
        flows.iter().flat_map(|f| &f.lines).map(|l| (l.words.size, l.words.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut before = 0;
    for (size, letters) in sizes {
        before += letters;
        if before >= half {
            return size;
        }
    }
    1.0
}

fn of_flow(flow: &Flow, body: f64) -> Vec<Paragraph> {
    let lines = &flow.lines;
    let (left, right) = margins(lines);
    let pitch = pitch(lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let begins = before.is_none_or(|before| ends(before, line, left, right, pitch));
        let heading = line.words.size > 1.15 * body;
        match paragraphs.last_mut() {
            Some(paragraph) if !begins => join(paragraph, &line.words.text),
            _ => paragraphs.push(Paragraph { text: line.words.text.clone(), heading, goes_on: false }),
        }
        before = Some(line);
    }
    for paragraph in &mut paragraphs {
        paragraph.heading &= paragraph.text.split_whitespace().count() <= 30;
    }
    paragraphs
}

/// Where lines of a column begin and end, but for some.
fn margins(lines: &[Line]) -> (f64, f64) {
    let at = |of: &dyn Fn(&Line) -> f64, part: usize| {
        let mut all: Vec<f64> = lines.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get((all.len().saturating_sub(1)) * part / 100).copied().unwrap_or(0.0)
    };
    (at(&|l| l.words.left, 10), at(&|l| l.words.right, 92))
}

/// From line to line, mostly.
fn pitch(lines: &[Line]) -> f64 {
    let apart = lines.windows(2).map(|w| w[0].words.y - w[1].words.y).filter(|&d| d > 0.0);
    let mut all: Vec<f64> = apart.collect();
    all.sort_by(f64::total_cmp);
    // The lower third: gaps between paragraphs are larger, and there are fewer of them.
    all.get(all.len() / 3).copied().unwrap_or(f64::MAX)
}

/// Whether a paragraph ends with the line before this one.
fn ends(before: &Line, line: &Line, left: f64, right: f64, pitch: f64) -> bool {
    let (b, l) = (&before.words, &line.words);
    let size = b.size.max(l.size);
    if line.apart || before.apart || (b.size - l.size).abs() > 0.12 * size {
        return true;
    }
    let down = b.y - l.y;
    if down > 1.35 * pitch.max(0.9 * size) || down < 0.0 {
        return true;
    }
    let indent = |left_of: f64| left_of - left > 0.7 * size;
    if indent(l.left) && !indent(b.left) {
        return true;
    }
    // Lines are filled: where the next word would have fitted, the line was ended.
    let over = b.text.ends_with(['.', '!', '?', '”', '"', ':', '’', ')', '…']);
    let room = right - b.right;
    over && room > l.first + 0.6 * size && room > 0.12 * (right - left)
}

/// Whether a paragraph goes on with another that stands in the next column or on the next page.
pub(super) fn goes_on(before: &Paragraph, after: &Paragraph) -> bool {
    let ends = before.text.ends_with(['.', '!', '?', '”', '"', ':', '…']);
    let small = after.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    !ends && small && !before.heading && !after.heading && before.text.split_whitespace().count() > 3
}

/// Adds a line to a paragraph; a word that was parted at the end of the line is whole again.
pub(super) fn join(paragraph: &mut Paragraph, line: &str) {
    match parted(&paragraph.text, line) {
        Some(kept) => {
            paragraph.text.truncate(kept);
        }
        None => paragraph.text.push(' '),
    }
    paragraph.text.push_str(line);
}

/// Where the first half of a word ends that goes on with the next line; nothing where no word does.
pub(super) fn parted(before: &str, line: &str) -> Option<usize> {
    if let Some(half) = before.strip_suffix('\u{ad}') {
        return Some(half.len());
    }
    let half = before.strip_suffix(['-', '‐'])?;
    let word = half.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    // "vice-" and "17-" stay as they are written; so does what was joined by a hyphen already.
    let letters = word.len() > 1 && word.chars().all(char::is_alphabetic);
    if letters && line.starts_with(char::is_lowercase) {
        return Some(half.len());
    }
    // A hyphen that belongs to the word has no space behind it either.
    (!half.ends_with(char::is_whitespace) && !half.is_empty() && line.starts_with(char::is_alphanumeric))
        .then_some(before.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws lines of text, each letter half an em wide.
    fn draw(lines: &[(f64, f64, &str)], size: f64) -> Vec<Glyph> {
        let letter = |(n, c): (usize, char), x: f64, y: f64| Glyph {
            x: x + n as f64 * size / 2.0,
            y,
            width: size / 2.0,
            size,
            turn: 0,
            text: c.to_string(),
        };
        lines.iter().flat_map(|&(x, y, text)| text.chars().enumerate().map(move |at| letter(at, x, y))).collect()
    }

    fn text(page: &Page) -> Vec<&str> {
        page.paragraphs.iter().map(|p| p.text.as_str()).collect()
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let left = [
            "The weir at Lund stays open",
            "until the snow has melted, the",
            "board of the lock said on Mon-",
            "day. Nobody had asked why, it",
            "added, and the",
        ];
        let right = [
            "owners of ships had been told.",
            "“We will not close it for one",
            "ship,” said the head of the",
            "board, Mirko Dask, who left",
            "soon after that.",
        ];
        let mut lines = vec![(50.0, 700.0, "Weir stays open, says the board of the lock of Lund today")];
        for (n, (l, r)) in left.iter().zip(&right).enumerate() {
            lines.push((50.0, 660.0 - 12.0 * n as f64, l));
            lines.push((250.0, 660.0 - 12.0 * n as f64, r));
        }
        // As programs draw: one column after the other.
        lines.sort_by(|a, b| (a.1 < 690.0, a.0).partial_cmp(&(b.1 < 690.0, b.0)).unwrap());
        let page = page(1, draw(&lines, 10.0), false);
        assert!(!page.doubtful, "{page:#?}");
        assert_eq!(
            text(&page),
            [
                "Weir stays open, says the board of the lock of Lund today",
                "The weir at Lund stays open until the snow has melted, the board of the lock said on Monday. Nobody had \
                 asked why, it added, and the owners of ships had been told. “We will not close it for one ship,” said \
                 the head of the board, Mirko Dask, who left soon after that.",
            ]
        );
    }

    #[test]
    fn no_line_is_joined_across_a_gap_and_the_page_says_it_is_doubtful() {
        let lines = [
            (50.0, 700.0, "Harbour"),
            (300.0, 700.0, "closed"),
            (50.0, 688.0, "Lock"),
            (300.0, 688.0, "open until May"),
        ];
        let page = page(1, draw(&lines, 10.0), false);
        assert!(page.doubtful);
        assert!(page.paragraphs.iter().all(|p| !p.text.contains("Harbour closed") && !p.text.contains("Lock open")));
    }

    #[test]
    fn a_ragged_paragraph_stays_whole() {
        let lines = [
            (50.0, 700.0, "The weir stays open until the snow has melted, the board of the lock said."),
            (50.0, 688.0, "It had been asked by the owners of the ships that have waited there since"),
            (50.0, 676.0, "April, it said."),
            (50.0, 664.0, "Nobody else had asked, and nobody had been told of it before the meeting"),
            (50.0, 652.0, "on Monday."),
        ];
        assert_eq!(page(1, draw(&lines, 10.0), false).paragraphs.len(), 2);
    }

    #[test]
    fn pictures_and_odd_letters_are_told_and_end() {
        assert!(page(1, Vec::new(), true).scanned && !page(1, Vec::new(), false).scanned);
        let odd = Glyph { x: f64::MAX, y: f64::MIN, width: 0.0, size: 1e5, turn: 9, text: "x".into() };
        let _ = page(1, vec![odd; 100], false);
    }

    #[test]
    fn parted_words_are_whole_again() {
        for (before, line, whole) in [
            ("on Mon-", "day", "on Monday"),
            ("the 17-", "point plan", "the 17-point plan"),
            ("a", "b", "a b"),
            ("well\u{ad}", "known", "wellknown"),
            ("Anglo-", "American", "Anglo-American"),
        ] {
            let mut paragraph = Paragraph { text: before.into(), ..Paragraph::default() };
            join(&mut paragraph, line);
            assert_eq!(paragraph.text, whole);
        }
    }
}
