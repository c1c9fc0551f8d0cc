//! Letters to words and lines.

/// One letter as it is drawn on a page that stands upright: `y` grows upward from the foot of the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
    /// How the letter is turned, in quarters; text of one direction is read, the rest of a page is ornament.
    pub(super) turn: u8,
    pub(super) text: String,
}

/// Words that stand on one line with no wide gap between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
    /// The width of its first word, which tells whether it would have fitted on the line before.
    pub(super) first: f64,
    /// The place of its first letter in the order of drawing.
    pub(super) drawn: usize,
}

/// Segments on one height, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) segments: Vec<Segment>,
}

impl Glyph {
    /// A letter by the matrix that it is drawn with, its width in ems and the space added to it; nothing for what cannot be seen.
    pub(super) fn drawn(m: [f64; 6], width: f64, _spacing: f64, size: f64, text: &str) -> Option<Glyph> {
        let (along, up) = ((m[0] * m[0] + m[1] * m[1]).sqrt(), (m[2] * m[2] + m[3] * m[3]).sqrt());
        let (width, size) = ((width * size * along).abs(), (size * up).abs());
        let whole = m.iter().chain([&width, &size]).all(|v| v.is_finite() && v.abs() < 1e6);
        if !whole || size < 0.5 || text.is_empty() {
            return None;
        }
        // The turn that is nearest: 0 reads to the right, 1 upward, 2 to the left, 3 downward.
        let turn = match (m[0].abs() >= m[1].abs(), m[0] >= 0.0, m[1] >= 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        };
        // Slanted text is a watermark or a stamp.
        if m[0].abs().min(m[1].abs()) > 0.1 * along {
            return None;
        }
        let (x, y) = match turn {
            0 => (m[4], m[5]),
            1 => (m[5], -m[4]),
            2 => (-m[4], -m[5]),
            _ => (-m[5], m[4]),
        };
        Some(Glyph { x, y, width, size, turn, text: text.to_owned() })
    }
}

/// The letters of the direction that most are in.
fn upright(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut count = [0usize; 4];
    for glyph in &glyphs {
        count[usize::from(glyph.turn) % 4] += 1;
    }
    let most = (0..4u8).max_by_key(|&turn| (count[usize::from(turn)], 3 - turn)).unwrap_or(0);
    glyphs.into_iter().filter(|glyph| glyph.turn == most).collect()
}

/// The rows of a page, from the top; a gap of more than `wide` ems parts segments.
pub(super) fn rows(glyphs: Vec<Glyph>, wide: f64) -> Vec<Row> {
    let mut glyphs: Vec<(usize, Glyph)> = upright(glyphs).into_iter().enumerate().collect();
    let blanks = glyphs.iter().filter(|(_, g)| g.text.chars().all(char::is_whitespace)).count();
    let spaces = blanks * 20 > glyphs.len();
    glyphs.sort_by(|(_, a), (_, b)| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<(usize, Glyph)>> = Vec::new();
    for (drawn, glyph) in glyphs {
        // Small letters may stand raised (3rd) on the line; those of a line below are lower than half their size.
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|(_, of)| of.y - glyph.y <= 0.4 * of.size.min(glyph.size)) => {
                row.push((drawn, glyph));
            }
            _ => rows.push(vec![(drawn, glyph)]),
        }
    }
    let mut merged: Vec<Vec<(usize, Glyph)>> = Vec::new();
    for row in rows {
        match merged.last_mut() {
            Some(above) if is_raised(above, &row) => above.extend(row),
            _ => merged.push(row),
        }
    }
    merged.into_iter().filter_map(|row| self::row(row, wide, spaces)).collect()
}

/// Whether one of two rows is small letters that stand raised or lowered on the line of the other ("3rd").
fn is_raised(above: &[(usize, Glyph)], below: &[(usize, Glyph)]) -> bool {
    let size = |row: &[(usize, Glyph)]| row.iter().map(|(_, g)| g.size).fold(0.0, f64::max);
    let (Some((_, a)), Some((_, b))) = (above.first(), below.first()) else { return false };
    let (upper, lower, apart) = (size(above), size(below), a.y - b.y);
    (upper < 0.8 * lower && apart < 0.6 * lower) || (lower < 0.8 * upper && apart < 0.35 * upper)
}

/// Letters that were drawn one after the other on one row: what a program writes in one go. Their order is certain, while
/// widths are often told wrongly.
struct Run {
    glyphs: Vec<(usize, Glyph)>,
}

impl Run {
    fn left(&self) -> f64 {
        self.glyphs.first().map_or(0.0, |(_, g)| g.x)
    }
}

/// The runs of a row, from left to right.
fn runs(mut glyphs: Vec<(usize, Glyph)>) -> Vec<Run> {
    glyphs.sort_by_key(|(drawn, _)| *drawn);
    let mut runs: Vec<Run> = Vec::new();
    for (drawn, glyph) in glyphs {
        let follows = |run: &Run| {
            run.glyphs.last().is_some_and(|(_, before)| {
                let end = before.x + before.width;
                glyph.x > before.x - 0.1 * glyph.size
                    && glyph.x > end - 0.6 * glyph.size
                    && glyph.x < end + 0.6 * glyph.size
            })
        };
        match runs.last_mut() {
            Some(run) if follows(run) => run.glyphs.push((drawn, glyph)),
            _ => runs.push(Run { glyphs: vec![(drawn, glyph)] }),
        }
    }
    runs.sort_by(|a, b| a.left().total_cmp(&b.left()));
    runs
}

fn row(glyphs: Vec<(usize, Glyph)>, wide: f64, spaces: bool) -> Option<Row> {
    let mut sizes: Vec<f64> = glyphs.iter().map(|(_, g)| g.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied()?;
    // Where a program draws spaces, a small gap is none.
    let least = if spaces { 0.3 } else { 0.16 };
    let mut segments: Vec<Segment> = Vec::new();
    let mut last: Option<Glyph> = None;
    let mut blank_before = false;
    for (drawn, glyph) in runs(glyphs).into_iter().flat_map(|run| run.glyphs) {
        let blank = glyph.text.chars().all(char::is_whitespace);
        if let Some(before) = &last {
            // Bold letters are drawn twice by some programs, a hair apart.
            let again = before.text == glyph.text && (glyph.x - before.x).abs() < 0.15 * glyph.size;
            if again && !blank {
                continue;
            }
        }
        if blank {
            blank_before = true;
            continue;
        }
        let end = glyph.x + glyph.width;
        let gap = last.as_ref().map_or(f64::INFINITY, |before| glyph.x - (before.x + before.width));
        let spaced = std::mem::take(&mut blank_before) || gap > least * glyph.size;
        match segments.last_mut() {
            Some(segment) if gap <= wide * size => {
                if spaced {
                    if segment.first == 0.0 {
                        segment.first = segment.right - segment.left;
                    }
                    segment.text.push(' ');
                }
                spell(&mut segment.text, &glyph.text);
                segment.right = segment.right.max(end);
                segment.drawn = segment.drawn.min(drawn);
            }
            _ => {
                let mut text = String::new();
                spell(&mut text, &glyph.text);
                segments.push(Segment { left: glyph.x, right: end, y: glyph.y, size, text, first: 0.0, drawn });
            }
        }
        last = Some(glyph);
    }
    for segment in &mut segments {
        if segment.first == 0.0 {
            segment.first = segment.right - segment.left;
        }
    }
    let y = segments.first()?.y;
    Some(Row { y, size, segments })
}

/// Adds letters, those that are drawn as one by themselves again.
fn spell(text: &mut String, letters: &str) {
    for letter in letters.chars() {
        match letter {
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            letter if letter.is_control() => text.push(char::REPLACEMENT_CHARACTER),
            letter => text.push(letter),
        }
    }
}
