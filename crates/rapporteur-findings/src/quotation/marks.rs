//! Which characters are quotation marks, and which of them open or close.

use rapporteur_lexicon::words::function;

/// What a mark looks like; a mark closes only one of its own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// "…"
    Straight,
    /// “…”, „…“, ”…”
    Curly,
    /// «…», »…«
    Guillemet,
    /// '…', ‘…’, ‚…‘, ‹…›
    Single,
    /// 「…」, 『…』
    Corner,
}

impl Kind {
    /// Whether this kind may close what the other opened: typists mix straight and curly double marks.
    pub(super) fn closes(self, opened: Kind) -> bool {
        let double = |k| matches!(k, Kind::Straight | Kind::Curly);
        self == opened || (double(self) && double(opened))
    }

    /// The kind of mark that this character is, if it is one.
    pub(super) fn of(c: char) -> Option<Self> {
        Some(match c {
            '"' | '＂' => Kind::Straight,
            '“' | '”' | '„' | '‟' => Kind::Curly,
            '«' | '»' => Kind::Guillemet,
            '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' => Kind::Single,
            '「' | '」' | '『' | '』' => Kind::Corner,
            _ => return None,
        })
    }

    /// Marks that news in English uses for the outer quotation when it has a choice.
    pub(super) fn is_double(self) -> bool {
        self != Kind::Single
    }
}

/// One mark in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// First byte.
    pub(super) at: usize,
    /// First byte after it.
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// Whether its neighbours let it open a quotation.
    pub(super) opens: bool,
    /// Whether its neighbours let it close one.
    pub(super) closes: bool,
    /// Whether it stands after a comma, full stop or the like, which only a real closing mark does.
    pub(super) after_stop: bool,
    /// Whether it could be the apostrophe of a plural ("the dockers' offer").
    pub(super) after_s: bool,
}

/// The marks of a paragraph, apostrophes left out, in order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        if let Some(mark) = mark(text, at, c, before, after) {
            out.push(mark);
        }
        before = Some(c);
    }
    out
}

fn mark(text: &str, at: usize, c: char, before: Option<char>, after: Option<char>) -> Option<Mark> {
    let kind = Kind::of(c)?;
    let end = at + c.len_utf8();
    // ‚ (low 9) is also typed for a comma: it opens only where a word follows and none is before.
    let free_before = before.is_none_or(|b| b.is_whitespace() || is_open_punctuation(b) || is_dash(b));
    let free_after = after.is_none_or(|a| a.is_whitespace() || is_close_punctuation(a) || is_dash(a));
    let filled_after = after.is_some_and(|a| !a.is_whitespace());
    let filled_before = before.is_some_and(|b| !b.is_whitespace());
    let (mut opens, mut closes) = (free_before && filled_after, filled_before && free_after);
    match c {
        '“' | '‘' => {
            // Closes only in the German way, after a low opening mark; the pairing decides.
            opens = filled_after && (free_before || c == '“');
        }
        '„' | '‚' | '‟' | '‛' | '「' | '『' => closes = false,
        '」' | '』' => opens = false,
        '”' => {
            opens &= !filled_before;
            // "‘outreach,’ ” he said": with a space on both sides it can only close.
            closes = filled_before || !filled_after;
        }
        _ => {}
    }
    // "'outreach,' " he said": a straight mark with space on both sides can only close.
    if kind == Kind::Straight && !filled_before && !filled_after {
        closes = true;
    }
    if kind == Kind::Single {
        let letters_both_sides = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        if letters_both_sides {
            return None;
        }
        if opens && is_elision(&text[end..]) {
            opens = false;
        }
    }
    if !opens && !closes {
        return None;
    }
    let after_stop = before.is_some_and(|b| matches!(b, ',' | '.' | '!' | '?' | '…' | ';' | ':'));
    let after_s = matches!(before, Some('s' | 'S' | 'z' | 'x'));
    Some(Mark { at, end, kind, opens, closes, after_stop, after_s })
}

/// "'90s", "'em", "'tis".
fn is_elision(rest: &str) -> bool {
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        return digits == 2 && !rest[digits..].starts_with(['\'', '’']);
    }
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    // "rock 'n' roll" has a mark on both sides; the others, marked on both sides, are quoted.
    word == "n" || (function::ELISION.has(&word.to_lowercase()) && !rest[word.len()..].starts_with(['\'', '’']))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '/')
}

fn is_open_punctuation(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '"' | '\'' | '«' | '‹' | '„' | '‚' | '¿' | '¡' | '>' | '…' | ':')
}

fn is_close_punctuation(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '”' | '’' | '"' | '\'' | '»' | '›' | '“' | ',' | '.' | ';' | ':' | '!' | '?' | '…' | '<'
    )
}
