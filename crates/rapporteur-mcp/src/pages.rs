//! A brief in pieces that fit into an answer: cut between lines, each piece with the footnotes that it calls for.

/// Bytes of a piece at most, as long as no single line is longer.
const MOST: usize = 8_000;
/// Bytes kept for what is said of the rest.
const REST: usize = 160;
/// Bytes of a footnote that are shown.
const NOTE: usize = 400;
/// Characters of a footnote's words that are shown where the line above has the words themselves.
const REPEATED: usize = 40;

/// A piece of a brief, and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Markdown.
    pub text: String,
    /// The first line of the next piece, if anything is left.
    pub next: Option<usize>,
}

/// The piece of a brief in Markdown that begins with this line; `None` where there is no such line.
pub(crate) fn piece(markdown: &str, from: usize) -> Option<Piece> {
    let (notes, body): (Vec<&str>, Vec<&str>) = markdown.lines().partition(|l| footnote(l).is_some());
    let note = |mark: &str| notes.iter().copied().find(|n| footnote(n) == Some(mark));
    if from >= body.len().max(1) {
        return None;
    }
    let mut text = String::new();
    // What goes on in a section begins with its heading, and what goes on in a table with the head of that.
    let heading = body[..from].iter().rev().find(|l| l.starts_with('#'));
    let begun = body.get(from).is_some_and(|l| !l.starts_with('#'));
    if let Some(heading) = heading.filter(|_| begun) {
        text.push_str(&format!("{heading} (continued)\n\n"));
    }
    if body.get(from).is_some_and(|l| l.starts_with('|')) && from > 0 {
        let top = (0..from).rev().take_while(|at| body[*at].starts_with('|')).last();
        for line in top.into_iter().flat_map(|top| body.iter().skip(top).take(2)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    let mut cited: Vec<(&str, String)> = Vec::new();
    let mut foot = 0;
    let mut at = from;
    while let Some(line) = body.get(at) {
        let mut new: Vec<(&str, String)> = Vec::new();
        for mark in marks(line).filter(|m| !cited.iter().any(|(c, _)| c == m)) {
            if let Some(words) = note(mark).filter(|_| !new.iter().any(|(c, _)| *c == mark)) {
                new.push((mark, clipped(words, line)));
            }
        }
        let more: usize = new.iter().map(|(_, words)| words.len() + 1).sum();
        if at > from && text.len() + line.len() + 1 + foot + more + REST > MOST {
            break;
        }
        text.push_str(line);
        text.push('\n');
        cited.extend(new);
        foot += more;
        at += 1;
    }
    text.truncate(text.trim_end().len());
    text.push_str("\n\n");
    for (_, words) in &cited {
        text.push_str(words);
        text.push('\n');
    }
    let next = (at < body.len()).then_some(at);
    if let Some(next) = next {
        text.push_str(&format!(
            "\n{} lines are left: ask `brief` again with `cursor` \"{next}\".\n",
            body.len() - next
        ));
    }
    Some(Piece { text, next })
}

/// The mark of a line that is a footnote: "12" of "[^12]: …".
fn footnote(line: &str) -> Option<&str> {
    let (mark, _) = line.strip_prefix("[^")?.split_once("]: ")?;
    mark.bytes().all(|b| b.is_ascii_digit()).then_some(mark)
}

/// The footnotes that a line calls for.
fn marks(line: &str) -> impl Iterator<Item = &str> {
    line.split("[^").skip(1).filter_map(|rest| rest.split_once(']').map(|(mark, _)| mark))
}

/// A footnote as it is shown below a line: long words are cut, and those that the line has itself are only begun.
fn clipped(note: &str, line: &str) -> String {
    let cut = |at: usize| format!("{} …", note.get(..at).unwrap_or(note));
    if let Some((place, words)) = note.split_once('“') {
        let begun: String = words.chars().take(REPEATED).collect();
        if words.len() > begun.len() && line.contains(&begun) {
            return format!("{}”", cut(place.len() + '“'.len_utf8() + begun.len()));
        }
    }
    note.char_indices().find(|(at, _)| *at >= NOTE).map_or_else(|| note.to_owned(), |(at, _)| cut(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long() -> String {
        let mut text = String::from("# Brief\n\n## What happened\n\n");
        for n in 1..=120 {
            text.push_str(&format!(
                "- the line with the number {n} tells that something happened on some day [^{n}]\n"
            ));
        }
        text.push_str("\n## Names\n\n| Kind | Name |\n| --- | --- |\n");
        for n in 1..=300 {
            text.push_str(&format!("| person | Somebody with a long name {n} |\n"));
        }
        for n in 1..=120 {
            text.push_str(&format!("[^{n}]: Velmin Courier, 12 Mar 2026, 10–20: “the words of the line {n}”\n"));
        }
        text
    }

    #[test]
    fn every_line_comes_once_in_pieces_of_eight_kilobytes_with_its_footnotes() {
        let text = long();
        let (mut at, mut seen, mut pieces) = (Some(0), String::new(), 0);
        while let Some(from) = at {
            let piece = piece(&text, from).unwrap();
            assert!(piece.text.len() <= MOST, "{}", piece.text.len());
            for mark in piece.text.lines().filter(|l| l.starts_with("- ")).flat_map(marks) {
                assert!(piece.text.contains(&format!("\n[^{mark}]: ")), "{mark}");
            }
            seen.push_str(&piece.text);
            at = piece.next;
            pieces += 1;
        }
        assert!(pieces > 2, "{pieces}");
        for n in 1..=120 {
            assert_eq!(seen.matches(&format!("number {n} tells")).count(), 1, "{n}");
        }
        for n in 1..=300 {
            assert_eq!(seen.matches(&format!("name {n} |")).count(), 1, "{n}");
        }
        assert!(seen.contains("## What happened (continued)") && seen.matches("| --- | --- |").count() >= 2, "{seen}");
        assert_eq!(piece(&text, 100_000), None);
    }

    #[test]
    fn words_that_the_line_has_are_only_begun_below_it() {
        let words = "The two sides met for nine hours and parted without a word to those who waited outside";
        let text =
            format!("{words} [^1]\nThey met [^2]\n[^1]: Courier, 3–90: “{words}”\n[^2]: Herald, 7–93: “{words}”\n");
        let piece = piece(&text, 0).unwrap().text;
        assert!(piece.contains("[^1]: Courier, 3–90: “The two sides met for nine hours and par …”\n"), "{piece}");
        assert!(piece.contains(&format!("[^2]: Herald, 7–93: “{words}”\n")), "{piece}");
    }
}
