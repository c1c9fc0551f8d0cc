//! iCalendar (RFC 5545): the meetings that are still to come, by day, with the words that announce them.
//!
//! An entry is TENTATIVE and takes no time: it is what was reported, not an appointment. DTSTAMP is the newest day that
//! a report was published on, for an export reads no clock.

use jiff::ToSpan;
use jiff::civil::Date;
use rapporteur_schema::{Edtf, Meeting};

use crate::index::{ReportIndex, one_line, to_come};

/// Octets of a line without its end.
const LINE: usize = 75;

/// Writes a calendar, empty where no meeting with a date is to come.
pub(crate) fn write(index: &ReportIndex<'_>) -> Vec<u8> {
    let version = &index.record.made_with.version;
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!("PRODID:-//Rapporteur//Rapporteur {}//EN", escape(version)),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
    ];
    let newest = index.record.reports.iter().filter_map(|r| r.published).map(Edtf::last_day).max();
    let stamp = newest.map_or_else(|| "19700101".into(), compact);
    for m in &index.record.meetings {
        if let Some(date) = m.date.filter(|_| to_come(m.status)) {
            event(index, m, date, &stamp, &mut lines);
        }
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| fold(line)).collect::<String>().into_bytes()
}

fn event(index: &ReportIndex<'_>, m: &Meeting, date: Edtf, stamp: &str, lines: &mut Vec<String>) {
    // Of all-day events the end is the day after.
    let end = date.last_day().checked_add(1.day()).unwrap_or(date.last_day());
    let corrected = index.corrected(m.id.as_str());
    let mut description = vec![format!("As reported: {}. Date: {date}.{corrected}", m.status.as_str())];
    if let Some(condition) = &m.condition {
        description.push(format!("Depends on: “{}”", one_line(condition.exact())));
    }
    for at in index.accounts(m) {
        let source = one_line(index.report(at.report()).map_or("", |h| h.url.as_deref().unwrap_or(&h.source)));
        let (start, end) = (at.span().start(), at.span().end());
        let (exact, outlet) = (one_line(at.exact()), one_line(index.outlet(at.report())));
        description.push(format!("“{exact}” ({outlet}, {source}, {start}–{end})"));
    }
    let mut summary = one_line(&index.title_of(m));
    if date.to_string().len() != 10 && !date.to_string().contains('/') {
        summary.push_str(&format!(" (some time in {date})"));
    }
    lines.push("BEGIN:VEVENT".to_owned());
    lines.push(format!("UID:{}@rapporteur", m.id));
    lines.push(format!("DTSTAMP:{stamp}T000000Z"));
    lines.push(format!("DTSTART;VALUE=DATE:{}", compact(date.first_day())));
    lines.push(format!("DTEND;VALUE=DATE:{}", compact(end)));
    lines.push(format!("SUMMARY:{}", escape(&summary)));
    if let Some(place) = &m.place {
        lines.push(format!("LOCATION:{}", escape(&one_line(index.name(place)))));
    }
    lines.push(format!("DESCRIPTION:{}", escape(&description.join("\n\n"))));
    lines.push("STATUS:TENTATIVE".to_owned());
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A value of type TEXT. Controls other than a line break and a tab cannot stand in one and become spaces.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Folds a content line: no line has more than 75 octets, none is cut inside a character, all end with CR LF.
fn fold(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 32);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a folded line as RFC 5545 (3.1, 3.3.11) has it: unfold first, then one escape after the other.
    ///
    /// The crate `icalendar` was tried here: it replaces one kind of escape after the other, and so reads `\\N` as a
    /// backslash and a line end.
    fn read(folded: &str) -> String {
        let line = folded.trim_end_matches("\r\n").replace("\r\n ", "");
        let mut out = String::new();
        let mut chars = line.strip_prefix("DESCRIPTION:").unwrap().chars();
        while let Some(c) = chars.next() {
            out.push(match c {
                '\\' => match chars.next().unwrap() {
                    'n' | 'N' => '\n',
                    c => c,
                },
                c => c,
            });
        }
        out
    }

    proptest! {
        #[test]
        fn any_words_come_back_from_lines_of_75_octets(text in "(\\PC|[\",;:\\\\\n\t\u{202e}é中🦀n]){1,120}") {
            let folded = fold(&format!("DESCRIPTION:{}", escape(&text)));
            for line in folded.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{line:?}");
            }
            prop_assert_eq!(read(&folded), text);
        }
    }

    #[test]
    fn what_no_line_can_hold_becomes_a_space() {
        assert_eq!(escape("a\r\nb\rc\u{0}d\u{7}e"), "a\\nb\\nc d e");
    }
}
