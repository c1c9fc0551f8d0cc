//! A list laid out for a terminal: columns as wide as they need to be, the last one wrapped.

use std::collections::BTreeSet;

use rapporteur_export::table::Table;
use unicode_width::UnicodeWidthStr;

use super::{Cell, List};
use crate::words::clean;

/// The most columns that one cell but the last may take before it is cut.
const MAX_CELL_WIDTH: usize = 34;

/// The least letters of an id that are shown.
const MIN_ID_LETTERS: usize = 6;

/// The least that is left to the last column.
const MIN_LAST_WIDTH: usize = 20;

pub(super) fn text(list: &List, width: usize) -> String {
    let table = &list.table;
    if table.rows.is_empty() {
        return format!("{}\n", list.empty);
    }
    let shown: Vec<usize> = (0..table.columns.len()).filter(|&c| list.shown[c]).collect();
    let Some((&last, others)) = shown.split_last() else { return String::new() };
    let letters = letters(table);
    let head: Vec<String> = table.columns.iter().map(|c| c.name.to_owned()).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| clean(&shown_of(cell, letters))).collect()).collect();
    let mut widths: Vec<usize> = others
        .iter()
        .map(|&c| rows.iter().chain([&head]).map(|r| r[c].width()).max().unwrap_or(0).min(MAX_CELL_WIDTH))
        .collect();
    // Where the screen is narrow, the widest give way first.
    while widths.iter().sum::<usize>() + 2 * widths.len() + MIN_LAST_WIDTH > width {
        match widths.iter_mut().max().filter(|w| **w > 4) {
            Some(widest) => *widest -= 1,
            None => break,
        }
    }
    let indent = widths.iter().map(|w| w + 2).sum::<usize>();
    let room = width.saturating_sub(indent).max(MIN_LAST_WIDTH.min(width));
    let mut out = String::new();
    for row in [&head].into_iter().chain(&rows) {
        let mut line = String::new();
        for (&c, &w) in others.iter().zip(&widths) {
            let cell = cut(&row[c], w);
            line.push_str(&cell);
            line.push_str(&" ".repeat(w - cell.width() + 2));
        }
        let mut wrapped = wrap(&row[last], room).into_iter();
        line.push_str(&wrapped.next().unwrap_or_default());
        out.push_str(line.trim_end());
        out.push('\n');
        for more in wrapped {
            out.push_str(&" ".repeat(indent));
            out.push_str(more.trim_end());
            out.push('\n');
        }
    }
    out
}

/// The words of a cell; of an id so many letters.
fn shown_of(cell: &Cell, letters: usize) -> String {
    match cell {
        Cell::Id(id) => id.chars().take(letters).collect(),
        other => other.plain(),
    }
}

/// How many letters tell all ids of a table apart.
fn letters(table: &Table) -> usize {
    let ids: BTreeSet<&str> = table
        .rows
        .iter()
        .flatten()
        .filter_map(|c| if let Cell::Id(id) = c { Some(id.as_str()) } else { None })
        .collect();
    // In the order of letters, the ids that have most in common stand next to each other.
    let common = |(a, b): (&&str, &&str)| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    ids.iter().zip(ids.iter().skip(1)).map(|pair| common(pair) + 1).max().unwrap_or(0).max(MIN_ID_LETTERS)
}

/// The words, or as many of their letters as fit with "…" after them.
fn cut(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut out = String::new();
    for c in words.chars() {
        if out.width() + c.to_string().width() + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// The words on lines of at most this width; a word that is wider is broken.
fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let mut word = word;
        loop {
            let Some(line) = lines.last_mut() else { return lines };
            let gap = usize::from(!line.is_empty());
            if line.width() + gap + word.width() <= width {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(word);
                break;
            }
            if line.is_empty() {
                let mut at = word.len();
                let mut taken = 0;
                for (place, c) in word.char_indices() {
                    taken += c.to_string().width();
                    if taken > width {
                        at = place;
                        break;
                    }
                }
                let at = if at == 0 { word.chars().next().map_or(0, char::len_utf8) } else { at };
                line.push_str(&word[..at]);
                word = &word[at..];
                if word.is_empty() {
                    break;
                }
            }
            lines.push(String::new());
        }
    }
    lines
}
