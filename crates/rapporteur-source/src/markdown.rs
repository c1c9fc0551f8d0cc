//! A text in Markdown as the later stages should see it: the marks made invisible, every word in its place.
//!
//! Each code point of markup is replaced by U+2060 WORD JOINER, which no stage reads, so an offset into the unmarked
//! text is the same offset into the text as given. Only the common marks are known: headings, emphasis, links, images,
//! footnotes, lists, block quotations, tables, code, comments, tags, and numbers in brackets that refer to sources.

use rapporteur_schema::{Basis, Char, Passage, PassageKind, Report, Span, Text};

use crate::limits::MAX_MARK_REACH;

/// What stands for a mark: it takes one place and is read by nobody.
const HIDDEN: char = '\u{2060}';

/// A text without its marks.
#[derive(Clone, Debug)]
pub struct Unmarked {
    /// The same report: as many code points, each word where it was.
    pub report: Report,
    /// The block quotations, in code points.
    pub blocks: Vec<Span<Char>>,
}

/// Makes the marks of Markdown invisible. Plain text comes out as it went in.
///
/// A `date:` among the lines between `---` at the head of the text is taken for the date, where none was handed in.
pub fn strip_markdown(report: &Report) -> Unmarked {
    let mut chars: Vec<char> = report.text.as_str().chars().collect();
    let mut lines = lines(&chars);
    let mut date = None;
    front_matter(&chars, &mut lines, &mut date);
    code(&chars, &mut lines);
    comments(&mut chars);
    blocks(&mut chars, &mut lines);
    for line in lines.iter().filter(|l| l.kind != Some(PassageKind::Boilerplate)) {
        inline(&mut chars, line.start, line.end);
    }
    let passages = passages(report, &lines, &chars);
    let quoted = quoted(&lines);
    let text: String = chars.into_iter().collect();
    let mut head = report.head.clone();
    head.passages = passages;
    if head.published.is_none()
        && let Some(date) = date
    {
        (head.published, head.published_basis) = (Some(date), Some(Basis::Given));
    }
    Unmarked { report: Report { head, text: Text::new(text), map: report.map.clone() }, blocks: quoted }
}

/// A line: code points without its end.
#[derive(Clone, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// What its marks say it is.
    kind: Option<PassageKind>,
    /// Whether a paragraph begins here whatever the line before is.
    opens: bool,
    /// Whether it stands in a block quotation.
    quoted: bool,
}

fn lines(chars: &[char]) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..=chars.len() {
        if at == chars.len() || chars[at] == '\n' {
            let end = if at > start && chars[at - 1] == '\r' { at - 1 } else { at };
            out.push(Line { start, end, kind: None, opens: false, quoted: false });
            start = at + 1;
        }
    }
    out
}

fn text(chars: &[char], line: &Line) -> String {
    chars[line.start..line.end].iter().collect::<String>().trim().to_owned()
}

/// The lines between two `---` at the head tell about the text and are no part of it.
fn front_matter(chars: &[char], lines: &mut [Line], date: &mut Option<rapporteur_schema::Edtf>) {
    if lines.first().is_none_or(|l| text(chars, l) != "---") {
        return;
    }
    let Some(close) = lines.iter().skip(1).position(|l| text(chars, l) == "---") else { return };
    for line in &mut lines[..=close + 1] {
        line.kind = Some(PassageKind::Boilerplate);
        if let Some(value) = text(chars, line).strip_prefix("date:") {
            *date = value.trim().trim_matches(['"', '\'']).parse().ok();
        }
    }
}

/// Fenced code is no prose.
fn code(chars: &[char], lines: &mut [Line]) {
    let mut fence: Option<&str> = None;
    for line in lines.iter_mut().filter(|l| l.kind.is_none()) {
        let words = text(chars, line);
        let mark = ["```", "~~~"].into_iter().find(|m| words.starts_with(m));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => continue,
            _ => {}
        }
        line.kind = Some(PassageKind::Boilerplate);
    }
}

/// Comments may run over lines; line ends stay.
fn comments(chars: &mut [char]) {
    let is =
        |chars: &[char], at: usize, mark: &str| mark.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    let mut at = 0;
    while at < chars.len() {
        if !is(chars, at, "<!--") {
            at += 1;
            continue;
        }
        let Some(close) = (at + 4..chars.len()).find(|&i| is(chars, i, "-->")) else { return };
        hide(chars, at, close + 3);
        at = close + 3;
    }
}

/// Makes code points invisible, save for line ends.
fn hide(chars: &mut [char], from: usize, to: usize) {
    chars[from..to].iter_mut().filter(|c| **c != '\n' && **c != '\r').for_each(|c| *c = HIDDEN);
}

/// Marks at the beginnings of lines.
fn blocks(chars: &mut [char], lines: &mut [Line]) {
    for n in 0..lines.len() {
        if lines[n].kind.is_some() {
            continue;
        }
        let (start, end) = (lines[n].start, lines[n].end);
        let mut at = blank(chars, start, end);
        let mut marks = start;
        while at < end && chars[at] == '>' {
            lines[n].quoted = true;
            marks = at + 1;
            at = blank(chars, marks, end);
        }
        hide(chars, start, marks);
        lines[n].opens = n > 0 && lines[n].quoted != lines[n - 1].quoted;
        let rest: String = chars[at..end].iter().collect();
        if rest.starts_with('#') {
            let marks = rest.chars().take_while(|c| *c == '#').count();
            if marks <= 6 && rest.chars().nth(marks).is_none_or(char::is_whitespace) {
                hide(chars, at, at + marks);
                (lines[n].kind, lines[n].opens) = (Some(PassageKind::Heading), true);
            }
        } else if is_rule(&rest) {
            // Under words it makes them a heading; else it parts paragraphs.
            hide(chars, at, end);
            lines[n].kind = Some(PassageKind::Boilerplate);
            lines[n].opens = true;
            if n > 0 && lines[n - 1].kind.is_none() && !text(chars, &lines[n - 1]).is_empty() {
                lines[n - 1].kind = Some(PassageKind::Heading);
            }
        } else if rest.starts_with("[^") && rest.contains("]:") {
            (lines[n].kind, lines[n].opens) = (Some(PassageKind::Credit), true);
        } else if rest.starts_with('[') && rest.contains("]: ") {
            (lines[n].kind, lines[n].opens) = (Some(PassageKind::Boilerplate), true);
        } else if rest.starts_with('|') {
            lines[n].opens = true;
            let rule = rest.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
            chars[at..end].iter_mut().filter(|c| **c == '|').for_each(|c| *c = ' ');
            lines[n].kind = rule.then_some(PassageKind::Boilerplate);
        } else if let Some(length) = item(&rest) {
            hide(chars, at, at + length);
            lines[n].opens = true;
        }
    }
}

fn blank(chars: &[char], from: usize, to: usize) -> usize {
    (from..to).find(|&i| !matches!(chars[i], ' ' | '\t')).unwrap_or(to)
}

/// A line of `---`, `***`, `===` and the like.
fn is_rule(line: &str) -> bool {
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    line.len() >= 3 && ["-", "*", "_", "="].iter().any(|m| line.chars().all(|c| m.starts_with(c)))
}

/// The length of the mark of a list's item, with the blank behind it.
fn item(line: &str) -> Option<usize> {
    if ["- ", "* ", "+ ", "• "].iter().any(|m| line.starts_with(m)) {
        return Some(2);
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = &line[digits..];
    ((1..=2).contains(&digits) && (after.starts_with(". ") || after.starts_with(") "))).then_some(digits + 2)
}

/// What closes the marks of a line, found in one pass over it however many marks open.
struct Closers {
    /// The brackets that belong together, in the order of those that open.
    pairs: Vec<(usize, usize)>,
    /// Where the next `]` and the next `>` were found.
    bracket: usize,
    angle: usize,
}

impl Closers {
    fn of(chars: &[char], start: usize, end: usize) -> Closers {
        let (mut pairs, mut open) = (Vec::new(), Vec::new());
        for (at, c) in chars.iter().enumerate().take(end).skip(start) {
            match c {
                '[' => open.push(at),
                ']' => pairs.extend(open.pop().map(|from| (from, at))),
                _ => {}
            }
        }
        pairs.sort_unstable();
        Closers { pairs, bracket: start, angle: start }
    }

    /// The bracket that closes the one here.
    fn pair(&self, at: usize) -> Option<usize> {
        let found = self.pairs.binary_search_by_key(&at, |(from, _)| *from).ok()?;
        self.pairs.get(found).map(|(_, to)| *to)
    }

    /// The next `]` or `>` from here on; `at` only ever grows, so each place is passed once.
    fn next(&mut self, chars: &[char], mark: char, at: usize, end: usize) -> Option<usize> {
        let known = if mark == ']' { &mut self.bracket } else { &mut self.angle };
        // One that was found may have been made invisible with a link.
        if *known < at || chars.get(*known) != Some(&mark) && *known < end {
            *known = (at..end).find(|&i| chars[i] == mark).unwrap_or(end);
        }
        Some(*known).filter(|found| *found < end)
    }
}

/// Marks within a line.
fn inline(chars: &mut [char], start: usize, end: usize) {
    let mut closers = Closers::of(chars, start, end);
    let mut at = start;
    while at < end {
        at = match chars[at] {
            '\\' if at + 1 < end && chars[at + 1].is_ascii_punctuation() => {
                hide(chars, at, at + 1);
                at + 2
            }
            '!' if at + 1 < end && chars[at + 1] == '[' => match link(chars, &closers, at + 1, end) {
                Some((_, close)) => {
                    hide(chars, at, close);
                    close
                }
                None => at + 1,
            },
            '[' => bracket(chars, &mut closers, at, end),
            '<' => match tag(chars, &mut closers, at, end) {
                Some(close) => {
                    hide(chars, at, close);
                    close
                }
                None => at + 1,
            },
            'h' if is_address(chars, at, end) => {
                let close = (at..end).find(|&i| chars[i].is_whitespace() || matches!(chars[i], ')' | '>' | '"'));
                let close = close.unwrap_or(end);
                hide(chars, at, close);
                close
            }
            '*' | '_' | '`' | '~' => emphasis(chars, at, start, end),
            _ => at + 1,
        };
    }
}

/// A run of marks that touches a word on one side at least; `_` within a word is no mark.
fn emphasis(chars: &mut [char], at: usize, start: usize, end: usize) -> usize {
    let mark = chars[at];
    let close = (at..end).find(|&i| chars[i] != mark).unwrap_or(end);
    let solid = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| !c.is_whitespace());
    let before = solid(at.checked_sub(1).filter(|&i| i >= start));
    let after = solid(Some(close).filter(|&i| i < end));
    let letter = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric());
    let within = at > start && letter(at - 1) && close < end && letter(close);
    let is_mark = match mark {
        '_' => !within,
        '~' => close - at == 2,
        '*' => !(within && chars[at - 1].is_ascii_digit()),
        _ => true,
    };
    if is_mark && (before || after) && close - at <= 3 {
        hide(chars, at, close);
    }
    close
}

/// `[words](address)`, `[words][name]`, `[^note]`, `[1, 2]`; anything else in brackets is an editor's.
fn bracket(chars: &mut [char], closers: &mut Closers, at: usize, end: usize) -> usize {
    let Some(close) = closers.next(chars, ']', at + 1, end) else { return at + 1 };
    let inside = &chars[at + 1..close];
    let refers = !inside.is_empty()
        && inside.iter().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'))
        && inside.iter().any(char::is_ascii_digit);
    if inside.first() == Some(&'^') || refers {
        hide(chars, at, close + 1);
        return close + 1;
    }
    match link(chars, closers, at, end) {
        Some((words, after)) if after > words + 1 => {
            hide(chars, at, at + 1);
            hide(chars, words, after);
            at + 1
        }
        _ => at + 1,
    }
}

/// The bracket that closes the words of a link, and the place after the link.
fn link(chars: &[char], closers: &Closers, at: usize, end: usize) -> Option<(usize, usize)> {
    let words = closers.pair(at)?;
    // An address is not endless, and without this every bracket would be looked for to the end.
    let end = end.min(words + MAX_MARK_REACH);
    let close = match chars.get(words + 1).filter(|_| words + 1 < end) {
        Some('(') => (words + 1..end).find(|&i| chars[i] == ')')?,
        Some('[') => (words + 1..end).find(|&i| chars[i] == ']')?,
        _ => return None,
    };
    Some((words, close + 1))
}

/// The place after a tag or an address in pointed brackets.
fn tag(chars: &[char], closers: &mut Closers, at: usize, end: usize) -> Option<usize> {
    let close = closers.next(chars, '>', at + 1, end)?;
    let first = *chars.get(at + 1)?;
    let name = first.is_ascii_alphabetic() || first == '/' && chars.get(at + 2).is_some_and(char::is_ascii_alphabetic);
    name.then_some(close + 1)
}

fn is_address(chars: &[char], at: usize, end: usize) -> bool {
    let head: String = chars[at..end.min(at + 8)].iter().collect();
    head.starts_with("http://") || head.starts_with("https://")
}

/// Passages begin where the marks or the layout say so.
fn passages(report: &Report, lines: &[Line], chars: &[char]) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let mut push = |start: usize, kind: PassageKind| {
        let start = start as u32;
        match out.last_mut() {
            Some(last) if last.start == start => last.kind = kind,
            _ => out.push(Passage { start, end: start, kind }),
        }
    };
    let mut before: Option<&Line> = None;
    let mut given = report.head.passages.iter().peekable();
    for line in lines {
        // An empty line belongs to the paragraph before it.
        if before.is_some() && text(chars, line).is_empty() {
            continue;
        }
        // Lines and passages come in the same order: each is looked at once.
        while given.next_if(|p| (p.start as usize) < line.start).is_some() {}
        let told = given.peek().filter(|p| (p.start as usize) < line.end);
        let plain = told.is_none_or(|p| p.kind != PassageKind::Heading);
        let other = before.is_some_and(|b| b.kind.is_some() || line.kind.is_some());
        if told.is_some() || line.opens || other || before.is_none() {
            let usual = if plain { PassageKind::Body } else { PassageKind::Heading };
            // A line of an item is no heading for being short.
            let usual = if line.opens { PassageKind::Body } else { usual };
            push(line.start, line.kind.unwrap_or(usual));
        }
        before = Some(line);
    }
    let starts: Vec<u32> = out.iter().skip(1).map(|p| p.start).chain([chars.len() as u32]).collect();
    out.iter_mut().zip(starts).for_each(|(p, end)| p.end = end);
    out.retain(|p| p.start < p.end);
    out
}

/// Block quotations: lines that follow each other.
fn quoted(lines: &[Line]) -> Vec<Span<Char>> {
    let mut out: Vec<Span<Char>> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.quoted {
            let span = Span::new(line.start as u32, line.end as u32);
            match out.last_mut().filter(|_| open) {
                Some(last) => *last = last.cover(span),
                None => out.push(span),
            }
        }
        open = line.quoted;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rapporteur_schema::ReportId;

    fn read(text: &str) -> Unmarked {
        strip_markdown(&Report::plain(ReportId::new("d"), text))
    }

    fn seen(text: &str) -> String {
        read(text).report.text.as_str().replace(HIDDEN, "")
    }

    #[test]
    fn marks_are_not_seen() {
        for (given, want) in [
            ("# The *weir*", " The weir"),
            ("**Bold**, _leaning_ and `code`", "Bold, leaning and code"),
            ("a [link](https://a.example/b_c) here", "a link here"),
            ("told twice [1, 2] and noted[^a]", "told twice  and noted"),
            ("“[the envoy] left”", "“[the envoy] left”"),
            ("![a weir](w.png) 2 * 3 snake_case", " 2 * 3 snake_case"),
            ("- first\n2. second", "first\nsecond"),
            ("a<br>b <!-- not\nthis --> c", "ab \n c"),
            ("no \\*marks\\*", "no *marks*"),
        ] {
            assert_eq!(seen(given), want, "{given}");
        }
    }

    #[test]
    fn what_stands_around_the_text_is_not_read() {
        let text = "---\ntitle: x\ndate: 2026-03-13\n---\n# Head\n\nWords.\n\n```\ncode\n```\n\n[^1]: a note\n";
        let read = read(text);
        assert_eq!(read.report.head.published.map(|d| d.to_string()).as_deref(), Some("2026-03-13"));
        let given = Text::new(text);
        let body = read.report.head.passages.iter().filter(|p| p.kind == PassageKind::Body);
        let body: Vec<&str> = body.filter_map(|p| given.slice(p.span())).map(str::trim).collect();
        assert_eq!(body, ["Words."]);
    }

    #[test]
    fn marks_that_only_open_keep_their_places() {
        for bomb in
            ["[", "<a", "[a](", "![", "`", "*a", "[^", "[1", "<!--", "> ", "|", "a\n", "```\n", "\\", "[a][", "[]("]
        {
            for close in ["", "]", ")", ">"] {
                let text = bomb.repeat(60_000 / bomb.len()) + close;
                let unmarked = read(&text);
                assert_eq!(unmarked.report.text.chars() as usize, text.chars().count());
            }
        }
    }

    #[test]
    fn block_quotations_are_told() {
        let text = "She said:\n\n> We agree.\n> Not today.\n\nShe left.";
        let blocks = read(text).blocks;
        assert_eq!(blocks.len(), 1);
        assert_eq!(Text::new(text).slice(blocks[0]), Some("> We agree.\n> Not today."));
    }

    proptest! {
        #[test]
        fn every_word_keeps_its_place(text in "([a-z ]|[*_`#>|\\[\\]()<!~-]|\n|é|“){0,80}") {
            let read = read(&text).report;
            prop_assert_eq!(read.text.chars() as usize, text.chars().count());
            for (now, was) in read.text.as_str().chars().zip(text.chars()) {
                prop_assert!(now == was || now == HIDDEN || was == '|' && now == ' ');
            }
            let mut end = 0;
            for passage in &read.head.passages {
                prop_assert_eq!(passage.start, end);
                end = passage.end;
            }
            prop_assert_eq!(end, read.text.chars());
        }
    }
}
