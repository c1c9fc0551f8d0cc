//! The sections of the brief on a terminal, each laid out as its lines ask for.

use unicode_width::UnicodeWidthStr;

use super::page::Page;
use super::piece::{Paint, Piece, dim, fit, plain, width, wrap};
use crate::view::{MeetingLine, Part, Row, Saying, Speaker};
use crate::words::clip;

/// Characters of a saying in a short brief.
const MAX_SAYING_LETTERS: usize = 170;

/// Notes on how reports' words differ under a saying of a short brief.
const MAX_NOTES: usize = 1;

/// Rows of a section, answers of a row, facts of one report in a short brief.
const MAX_ROWS: usize = 8;
const MAX_ANSWERS: usize = 4;
const MAX_MEETINGS: usize = 12;
const MAX_CONDITIONS: usize = 4;
const MAX_ONLY: usize = 2;

/// The answers of a row, each with its reports.
fn answers(page: &Page<'_>, parts: &[Part], between: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            pieces.push(dim(between));
        }
        pieces.push(plain(format!("{} ", part.text)));
        if !part.reports.is_empty() {
            pieces.extend(page.numbers(&part.reports));
        }
    }
    pieces
}

/// How many of `n` things are shown: all where the reader asked for all.
fn limit(page: &mut Page<'_>, n: usize, most: usize) -> usize {
    if page.style.all || n <= most {
        return n;
    }
    page.cut = true;
    most
}

fn remark(shown: usize, all: usize) -> String {
    if shown < all { format!("{shown} of {all} shown · --all") } else { String::new() }
}

fn table(page: &mut Page<'_>, title: &str, rows: &[Row], between: &str, most: usize) {
    if rows.is_empty() {
        return;
    }
    let shown = limit(page, rows.len(), most);
    page.heading(title, &remark(shown, rows.len()));
    let rows = &rows[..shown];
    let widest = rows.iter().map(|r| r.label.width()).max().unwrap_or(0).min(20);
    for row in rows {
        let mut pieces = Vec::new();
        if !row.about.is_empty() {
            pieces.push(Piece::new(format!("{}: ", row.about), Paint::Name));
        }
        pieces.extend(answers(page, &row.parts, between));
        page.labelled(plain(fit(&row.label, widest)), widest + 2, &pieces);
        page.cites(3, &row.cites);
    }
}

/// What is new since some time.
pub(super) fn news(page: &mut Page<'_>) {
    let view = page.view;
    if view.news.is_empty() && !view.since.is_empty() {
        return page.heading(&format!("NOTHING NEW SINCE {}", view.since.to_uppercase()), "");
    }
    table(page, &format!("NEW SINCE {}", view.since.to_uppercase()), &view.news, " · ", 2 * MAX_ROWS);
}

/// What people corrected: always whole.
pub(super) fn corrected(page: &mut Page<'_>) {
    table(page, "CORRECTED BY PEOPLE", &page.view.corrected, " · ", usize::MAX);
}

pub(super) fn stands(page: &mut Page<'_>) {
    table(page, "WHERE IT STANDS", &page.view.stands, " · ", MAX_ROWS);
}

pub(super) fn conditions(page: &mut Page<'_>) {
    table(page, "ONLY IF", &page.view.conditions, " · ", MAX_CONDITIONS);
}

/// Who wants what: a party a row, the matters with its stands beside each other; a table of columns would be wider than
/// a terminal.
pub(super) fn wants(page: &mut Page<'_>) {
    let wants = &page.view.wants;
    if wants.rows.is_empty() {
        return;
    }
    let shown = limit(page, wants.rows.len(), MAX_ROWS);
    page.heading("WHO WANTS WHAT", &remark(shown, wants.rows.len()));
    let rows = &wants.rows[..shown];
    let widest = rows.iter().map(|r| r.party.width()).max().unwrap_or(0).min(20);
    for row in rows {
        let mut pieces = Vec::new();
        let mut left = limit(page, row.cells.iter().filter(|c| !c.is_empty()).count(), MAX_ANSWERS);
        for (subject, cell) in wants.subjects.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
            if left == 0 {
                break;
            }
            left -= 1;
            pieces.extend((!pieces.is_empty()).then(|| dim(" · ")));
            if subject != "other" {
                pieces.push(Piece::new(format!("{subject}: "), Paint::Name));
            }
            let most = limit(page, cell.len(), if subject == "other" { 1 } else { MAX_ANSWERS });
            pieces.extend(answers(page, &cell[..most], ", "));
        }
        page.labelled(plain(fit(&row.party, widest)), widest + 2, &pieces);
        page.cites(3, &row.cites);
    }
}

/// What happened when; only where the reader asked for all, for most of it stands in the other sections.
pub(super) fn timeline(page: &mut Page<'_>) {
    if page.view.timeline.is_empty() || !page.style.all {
        return;
    }
    page.heading("WHEN", "");
    let view = page.view;
    let widest = view.timeline.iter().map(|h| h.date.width()).max().unwrap_or(0);
    for h in &view.timeline {
        let mut pieces = vec![plain(format!("{} ", h.what))];
        pieces.extend(page.numbers(&h.reports));
        page.labelled(plain(&h.date), widest + 2, &pieces);
        page.cites(3, &h.cites);
    }
}

pub(super) fn differ(page: &mut Page<'_>) {
    table(page, "WHERE ACCOUNTS DIFFER", &page.view.differ, " | ", 2 * MAX_ROWS);
}

pub(super) fn only_in(page: &mut Page<'_>) {
    let view = page.view;
    if view.only_in.is_empty() {
        return;
    }
    page.heading("ONLY IN ONE REPORT", "");
    for row in &view.only_in {
        let mut pieces = row.parts.first().map_or_else(Vec::new, |p| page.numbers(&p.reports));
        pieces.push(plain(" "));
        let shown = limit(page, row.parts.len(), MAX_ONLY);
        for (i, part) in row.parts[..shown].iter().enumerate() {
            pieces.extend((i > 0).then(|| dim(" · ")));
            pieces.push(plain(&part.text));
        }
        if shown < row.parts.len() {
            pieces.push(dim(format!(" · + {} more", row.parts.len() - shown)));
        }
        page.wrapped(1, 5, &pieces);
        page.cites(3, &row.cites);
    }
}

pub(super) fn meetings(page: &mut Page<'_>) {
    let view = page.view;
    if view.meetings.is_empty() {
        return;
    }
    let shown = limit(page, view.meetings.len(), MAX_MEETINGS);
    page.heading("WHO MET WHOM", &remark(shown, view.meetings.len()));
    let meetings: Vec<&MeetingLine> = view.meetings.iter().filter(|m| m.rank < shown).collect();
    let wide = |of: fn(&MeetingLine) -> &str| meetings.iter().map(|m| of(m).width()).max().unwrap_or(0);
    let (status, date, place) = (wide(|m| m.status), wide(|m| &m.date), wide(|m| &m.place).min(20));
    for m in meetings {
        let mut pieces = vec![plain(format!("{} ", m.who))];
        pieces.extend(page.numbers(&m.reports));
        if !m.differs.is_empty() {
            pieces.push(Piece::new(format!(" ≠ {}", m.differs.join(", ")), Paint::Differs));
        }
        let mut label = String::new();
        for (text, columns) in [(m.status, status), (&m.date, date), (&m.place, place)] {
            let text = fit(text, columns);
            label.push_str(&text);
            label.extend(std::iter::repeat_n(' ', columns - text.width() + 2));
        }
        page.labelled(plain(label.trim_end()), status + date + place + 6, &pieces);
        page.cites(3, &m.cites);
    }
}

pub(super) fn sayings(page: &mut Page<'_>) {
    let sayings = &page.view.sayings;
    if sayings.speakers.is_empty() {
        return;
    }
    let (speakers, shown) = match page.style.all {
        true => (sayings.speakers.len(), sayings.total),
        false => (sayings.shown, sayings.total_shown()),
    };
    let remark = match shown < sayings.total {
        true => format!("{shown} of {} shown · --all", sayings.total),
        false => String::new(),
    };
    page.heading("WHO SAID WHAT", &remark);
    // The reports' numbers stand in a column at the right margin, if there is room for one.
    let listed = |s: &Speaker| if page.style.all { s.sayings.len() } else { s.shown };
    let widest = sayings.speakers[..speakers]
        .iter()
        .flat_map(|s| &s.sayings[..listed(s)])
        .map(|s| tail(page, s).iter().map(|p| p.text.width()).sum::<usize>())
        .max()
        .unwrap_or(0);
    let column = if page.width >= 64 && widest <= 28 { widest } else { 0 };
    for speaker in &sayings.speakers[..speakers] {
        let mut pieces = vec![Piece::new(&speaker.name, Paint::Name)];
        pieces.extend(speaker.office.as_ref().map(|o| plain(format!(", {o}"))));
        pieces.push(dim(format!(" · {}", speaker.sayings.len())));
        page.wrapped(1, 3, &pieces);
        let shown = if page.style.all { speaker.sayings.len() } else { speaker.shown };
        for s in &speaker.sayings[..shown] {
            saying(page, s, column);
        }
        page.more(3, speaker.sayings.len() - shown, "more saying", "more sayings");
    }
    if !page.style.all
        && let Some(rest) = sayings.rest()
    {
        page.cut = true;
        page.line(1, &[dim(format!("+ {rest}"))]);
    }
}

/// `[1 3 4]  cut`: the reports that carry a saying and how their words relate.
fn tail(page: &Page<'_>, saying: &Saying) -> Vec<Piece> {
    let mut pieces = page.numbers(&saying.reports);
    if let Some(relation) = saying.relation {
        let paint = if saying.notes.is_empty() { Paint::Dim } else { Paint::Differs };
        pieces.push(Piece::new(format!("  {}", relation.as_str()), paint));
    }
    pieces
}

fn saying(page: &mut Page<'_>, saying: &Saying, column: usize) {
    const INDENT: usize = 3;
    let most = if page.style.all { usize::MAX } else { MAX_SAYING_LETTERS };
    let text = clip(&saying.text, most);
    page.cut |= text.len() != saying.text.len();
    let mut pieces = vec![plain(if saying.quoted { format!("“{text}”") } else { text })];
    if !saying.setting.is_empty() {
        pieces.push(dim(format!(" · {}", saying.setting.join(", "))));
    }
    let tail = tail(page, saying);
    if column > 0 {
        let room = page.width - INDENT - column - 2;
        for (i, mut line) in wrap(&pieces, room).into_iter().enumerate() {
            if i == 0 {
                line.push(plain(" ".repeat(room - width(&line) + 2)));
                line.extend(tail.iter().cloned());
            }
            page.line(INDENT, &line);
        }
    } else {
        pieces.push(plain(" "));
        pieces.extend(tail);
        page.wrapped(INDENT, INDENT, &pieces);
    }
    let notes = limit(page, saying.notes.len(), MAX_NOTES);
    for note in &saying.notes[..notes] {
        let mut pieces = page.numbers(&note.reports);
        pieces.push(dim(format!(" {}", note.text)));
        page.wrapped(INDENT + 3, INDENT + 5, &pieces);
    }
    let cites: Vec<usize> = saying.accounts.iter().flat_map(|a| a.cites.iter().copied()).collect();
    page.cites(INDENT + 3, &cites);
}

pub(super) fn names(page: &mut Page<'_>) {
    let names = &page.view.names;
    if names.groups.is_empty() {
        return;
    }
    // For those who ask: a short brief says who did what, not how they are spelled.
    if !page.style.all {
        page.cut = true;
        return;
    }
    let rest = if names.rest == 0 { String::new() } else { format!("{} more in one report only", names.rest) };
    page.heading("NAMES", &rest);
    for group in &names.groups {
        let shown = group.names.len();
        if group.differ {
            page.line(1, &[dim(group.title)]);
            let listed = &group.names[..shown];
            let widest = listed.iter().map(|n| n.name.width()).max().unwrap_or(0).min(28);
            for name in listed {
                let pieces = answers(page, &name.spellings, " · ");
                page.labelled(Piece::new(format!("  {}", fit(&name.name, widest)), Paint::Name), widest + 4, &pieces);
            }
            page.more(3, group.names.len() - shown, "more name", "more names");
            continue;
        }
        let mut pieces = Vec::new();
        for (i, name) in group.names[..shown].iter().enumerate() {
            pieces.extend((i > 0).then(|| dim(" · ")));
            pieces.push(plain(format!("{} ", name.name)));
            pieces.extend(page.numbers(&name.reports));
        }
        let left = group.names.len() - shown;
        if left > 0 {
            page.cut = true;
            pieces.push(dim(format!(" · + {left} more")));
        }
        page.labelled(dim(group.title), 11, &pieces);
    }
}
