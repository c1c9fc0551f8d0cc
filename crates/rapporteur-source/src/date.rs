//! The day in a date as feeds, pages and files write it.
//!
//! The day is that of the publisher's own clock, as written: a report of 23:30 in New York is of that day, though it is
//! the next one already in Greenwich.

use rapporteur_schema::Edtf;

/// Reads EDTF, ISO 8601 or the dates of mail and feeds ("Sat, 03 May 2031 23:30:00 -0500"). A date that can be read in two
/// ways ("5/11/2031") is not read.
pub(crate) fn read(written: &str) -> Option<Edtf> {
    let written = written.trim();
    if let Ok(date) = written.parse::<Edtf>() {
        return Some(date);
    }
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    if let Ok(zoned) = parser.parse_zoned(written) {
        return Some(Edtf::day(zoned.date()));
    }
    // "20310503" and "20310503T2330Z"
    if let Some(digits) = written.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
        && matches!(written.as_bytes().get(8), None | Some(b'T'))
    {
        return format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]).parse().ok();
    }
    // What is nearly a date of mail: "Saturday, 3 May 2031 23:30 EST", "May 3, 2031".
    let short = written.len() <= 60;
    short.then(|| crate::stated::dates(written)).flatten().map(Edtf::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_written() {
        for written in [
            "2031-05-03",
            "2031-05-03T23:30:00-05:00",
            "2031-05-03 23:30",
            "Sat, 03 May 2031 23:30:00 -0500",
            "Mon, 03 May 2031 23:30:00 EST",
            "Saturday, 3 May 2031 23:30 CET",
            "May 3, 2031",
            "20310503T233000Z",
        ] {
            assert_eq!(read(written).map(|d| d.to_string()).as_deref(), Some("2031-05-03"), "{written}");
        }
        assert_eq!(read("2031-05").map(|d| d.to_string()).as_deref(), Some("2031-05"));
        for written in ["5/11/2031", "", "yesterday", "2031-13-40", "99999999", "é2031050"] {
            assert_eq!(read(written), None, "{written}");
        }
    }
}
