//! Columns: gutters that many rows leave free, with lines on either side that begin under each other.

use super::line::{Row, Segment};

/// The least width of a gutter, in ems. Between words of a line that is stretched to its column there may be as much, but not
/// at the same place in many lines.
const GUTTER: f64 = 0.9;

/// A gap, in ems, over which the words of one row are no line.
const APART: f64 = 2.5;

/// The least rows on either side of a gutter.
const FEWEST: usize = 3;

/// Columns inside columns.
const MAX_DEPTH: usize = 10;

/// The most gaps that are tried as gutters.
const MAX_SEEDS: usize = 300;

/// The lines of one column, or of a stretch of a page that has one column only.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Flow {
    pub(super) lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) words: Segment,
    /// Whether it stands on one row with the line before and is none with it: cells of a table.
    pub(super) apart: bool,
}

/// The columns of a page in the order in which they are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layout {
    pub(super) flows: Vec<Flow>,
    pub(super) doubtful: bool,
}

/// Lays out the rows of a page.
pub(super) fn lay_out(rows: Vec<Row>) -> Layout {
    let mut layout = Layout::default();
    layout.split(rows, 0);
    layout.doubtful |= layout.is_out_of_order();
    layout
}

/// A stretch of rows that leaves a gutter free.
struct Band {
    first: usize,
    /// First row after it.
    last: usize,
    left: f64,
    right: f64,
    /// Rows with words on both sides, or on one.
    rows: [usize; 2],
    doubtful: bool,
}

impl Layout {
    fn split(&mut self, rows: Vec<Row>, depth: usize) {
        let Some(band) = (depth < MAX_DEPTH).then(|| best(&rows)).flatten() else { return self.flow(rows) };
        self.doubtful |= band.doubtful;
        let mut rows = rows;
        let below = rows.split_off(band.last);
        let inside = rows.split_off(band.first);
        let middle = (band.left + band.right) / 2.0;
        let side = |left: bool| {
            let of = |row: &Row| {
                let on_side = |s: &&Segment| ((s.left + s.right) / 2.0 < middle) == left;
                let segments: Vec<Segment> = row.segments.iter().filter(on_side).cloned().collect();
                (!segments.is_empty()).then_some(Row { y: row.y, size: row.size, segments })
            };
            inside.iter().filter_map(of).collect::<Vec<Row>>()
        };
        if !rows.is_empty() {
            self.split(rows, depth + 1);
        }
        self.split(side(true), depth + 1);
        self.split(side(false), depth + 1);
        if !below.is_empty() {
            self.split(below, depth + 1);
        }
    }

    /// Rows of one column.
    fn flow(&mut self, rows: Vec<Row>) {
        let mut flow = Flow::default();
        let mut torn = 0;
        for row in rows {
            let mut lines: Vec<Line> = Vec::new();
            for words in row.segments {
                match lines.last_mut() {
                    Some(line) if words.left - line.words.right <= APART * row.size => {
                        line.words.text.push(' ');
                        line.words.text.push_str(&words.text);
                        line.words.right = words.right;
                        line.words.drawn = line.words.drawn.min(words.drawn);
                    }
                    _ => lines.push(Line { words, apart: !lines.is_empty() }),
                }
            }
            torn += usize::from(lines.len() > 1);
            flow.lines.append(&mut lines);
        }
        // One row may be a name on the left and a date on the right.
        self.doubtful |= torn > 1;
        if !flow.lines.is_empty() {
            self.flows.push(flow);
        }
    }

    /// Whether the lines were drawn in quite another order: programs draw text as it is read, mostly.
    fn is_out_of_order(&self) -> bool {
        let drawn: Vec<usize> = self.flows.iter().flat_map(|f| &f.lines).map(|l| l.words.drawn).collect();
        let back = drawn.windows(2).filter(|w| w[1] < w[0]).count();
        // A head or a foot may be drawn first or last.
        back > 2 && back * 6 > drawn.len()
    }
}

/// The gutter with the most lines on either side.
fn best(rows: &[Row]) -> Option<Band> {
    let seeds = seeds(rows);
    let bands = seeds.into_iter().filter_map(|(at, left, right)| band(rows, at, left, right));
    // Of equals the uppermost, for it is tried first.
    bands.reduce(|a, b| if b.rows.iter().min() > a.rows.iter().min() { b } else { a })
}

/// Gaps that may be part of a gutter: between words of one row, and between neighbouring rows that stand beside each other.
fn seeds(rows: &[Row]) -> Vec<(usize, f64, f64)> {
    let mut seeds = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for pair in row.segments.windows(2) {
            seeds.push((at, pair[0].right, pair[1].left));
        }
        if let Some(next) = rows.get(at + 1)
            && row.y - next.y < 0.9 * row.size
            && let (Some(a), Some(b)) = (extent(row), extent(next))
        {
            if a.1 < b.0 {
                seeds.push((at, a.1, b.0));
            } else if b.1 < a.0 {
                seeds.push((at, b.1, a.0));
            }
        }
    }
    // Of very many some, from all over the page.
    let step = seeds.len().div_ceil(MAX_SEEDS).max(1);
    seeds.into_iter().step_by(step).collect()
}

fn extent(row: &Row) -> Option<(f64, f64)> {
    Some((row.segments.first()?.left, row.segments.iter().map(|s| s.right).fold(f64::MIN, f64::max)))
}

/// What of a gap a row leaves free; nothing where it leaves too little.
fn narrowed(row: &Row, left: f64, right: f64) -> Option<(f64, f64)> {
    let (mut left, mut right) = (left, right);
    let middle = (left + right) / 2.0;
    for segment in &row.segments {
        if segment.left < middle && segment.right > middle {
            return None;
        }
        if segment.right <= middle {
            left = left.max(segment.right);
        } else {
            right = right.min(segment.left);
        }
    }
    (right - left >= GUTTER * row.size).then_some((left, right))
}

/// The rows around one that leave this gap free, if they make columns.
fn band(rows: &[Row], at: usize, left: f64, right: f64) -> Option<Band> {
    let (mut left, mut right) = narrowed(rows.get(at)?, left, right)?;
    let (mut first, mut last) = (at, at + 1);
    while let Some((l, r)) = first.checked_sub(1).and_then(|row| narrowed(rows.get(row)?, left, right)) {
        (first, left, right) = (first - 1, l, r);
    }
    while let Some((l, r)) = rows.get(last).and_then(|row| narrowed(row, left, right)) {
        (last, left, right) = (last + 1, l, r);
    }
    let middle = (left + right) / 2.0;
    let sides = |row: &Row| {
        let on_left = row.segments.iter().any(|s| s.right <= middle);
        (on_left, row.segments.iter().any(|s| s.left >= middle))
    };
    let alone = |row: &Row| sides(row) != (true, true);
    // What stands by itself above or below, a heading or a foot, is not of the columns.
    let far =
        |a: usize, b: usize| rows.get(a).zip(rows.get(b)).is_some_and(|(a, b)| a.y - b.y > 1.9 * a.size.max(b.size));
    while first + 1 < last && rows.get(first).is_some_and(alone) && far(first, first + 1) {
        first += 1;
    }
    while first + 1 < last && rows.get(last - 1).is_some_and(alone) && far(last - 2, last - 1) {
        last -= 1;
    }
    let inside = rows.get(first..last)?;
    let of = |wanted: usize| {
        let on = |row: &&Row| if wanted == 0 { sides(row).0 } else { sides(row).1 };
        inside.iter().filter(on).collect::<Vec<&Row>>()
    };
    let (lefts, rights) = (of(0), of(1));
    if lefts.len() < FEWEST || rights.len() < FEWEST {
        return None;
    }
    // They stand beside each other, and not one above the other.
    let (high, low) = (rights.first()?.y, rights.last()?.y);
    let beside = lefts.iter().filter(|row| row.y <= high + row.size && row.y >= low - row.size).count();
    if beside * 2 < lefts.len().min(rights.len()) {
        return None;
    }
    let size = inside.iter().map(|row| row.size).sum::<f64>() / inside.len() as f64;
    let width = right - left;
    // Lines of a column begin under each other, but for the first of a paragraph; what follows a wide space by chance does not.
    let begins: Vec<f64> =
        rights.iter().filter_map(|r| r.segments.iter().map(|s| s.left).find(|&l| l >= middle)).collect();
    let margin = begins.iter().copied().fold(f64::MAX, f64::min);
    let aligned = begins.iter().filter(|&&l| l - margin <= 0.4 * size).count();
    let is_column = aligned * 10 >= begins.len() * 6;
    let letters = |rows: &[&Row], left: bool| {
        let on_side = |s: &&Segment| (s.right <= middle) == left;
        let all = rows.iter().flat_map(|r| r.segments.iter().filter(on_side)).map(|s| s.text.chars().count());
        all.sum::<usize>() / rows.len().max(1)
    };
    let narrow = letters(&lefts, true).min(letters(&rights, false)) < 14;
    let few = lefts.len().min(rights.len()) < 5;
    if !is_column && (few || width < 2.0 * size) {
        return None;
    }
    let doubtful = !is_column || narrow || few || width < 0.95 * size;
    Some(Band { first, last, left, right, rows: [lefts.len(), rights.len()], doubtful })
}
