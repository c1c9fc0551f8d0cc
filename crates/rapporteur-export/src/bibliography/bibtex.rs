//! BibTeX: an entry a report, in UTF-8, with what TeX takes for commands escaped.

use rapporteur_schema::ReportHead;

use super::{byline, key};
use crate::index::{RecordIndex, one_line};

/// Writes an entry for every report.
pub(crate) fn write(index: &RecordIndex<'_>) -> Vec<u8> {
    let entries: Vec<String> = index.record.reports.iter().map(entry).collect();
    entries.join("\n").into_bytes()
}

fn entry(report: &ReportHead) -> String {
    let kind = match (&report.outlet, &report.url) {
        (Some(_), _) => "article",
        (None, Some(_)) => "online",
        (None, None) => "misc",
    };
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut add = |name, value: Option<String>| fields.extend(value.map(|v| (name, v)));
    // A second pair of braces keeps a name whole and the capitals of a title as they are.
    let whole = |words: &str| format!("{{{}}}", escape(words));
    add("author", byline(report).map(whole));
    add("title", Some(whole(report.title.as_deref().unwrap_or(&report.source))));
    add("journal", report.outlet.as_deref().map(whole));
    add("date", report.published.map(|d| d.to_string()));
    add("year", report.published.map(|d| d.first_day().year().to_string()));
    add("url", report.url.as_deref().map(address));
    add("langid", langid(&report.language).map(ToOwned::to_owned));
    add("rapporteurid", Some(report.id.to_string()));
    add("rapporteursource", Some(escape(&report.source)));
    add("sha256", (!report.sha256.is_empty()).then(|| report.sha256.clone()));
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
    format!("@{kind}{{{},\n{}\n}}\n", key(report), fields.join(",\n"))
}

/// Words as TeX prints them. A line break becomes a space, as TeX would make it.
fn escape(words: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    for c in one_line(words).chars() {
        // Two of these TeX would set as one sign: '' as a closing mark, -- as a dash, ?` as an inverted question mark.
        let joins = match before {
            Some(b @ ('-' | '\'' | '`' | ',' | '<' | '>')) => b == c,
            Some('?' | '!') => c == '`',
            _ => false,
        };
        if joins {
            out.push_str("{}");
        }
        before = Some(c);
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' => out.push_str("\\{"),
            '}' => out.push_str("\\}"),
            '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// An address as \url takes it: nothing escaped, braces and what else would end it in percent signs.
fn address(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        match c {
            '{' | '}' | '\\' | ' ' | '"' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_control() => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// What biblatex calls a language.
fn langid(language: &str) -> Option<&'static str> {
    language.starts_with("en").then_some("english")
}

#[cfg(test)]
mod tests {
    use super::*;
    use biblatex::{Bibliography, ChunksExt};
    use proptest::prelude::*;
    use rapporteur_schema::ReportId;

    fn report(title: &str) -> ReportHead {
        let mut report = ReportHead::new(ReportId::new("r1"), "wire.txt");
        report.title = Some(title.into());
        report.outlet = Some("Harbour & Quay".into());
        report.published = "2025-11-25".parse().ok();
        report.url = Some("https://harbour.example/a_b?c=%20{d}".into());
        report
    }

    #[test]
    fn a_reader_of_bibtex_gets_the_words_back() {
        let text = entry(&report("50% of {nothing} & $5_000 #1 ~ ^ \\ “so”"));
        let read = Bibliography::parse(&text).unwrap();
        let entry = read.get("harbourquay2025r1").unwrap();
        let title = entry.title().unwrap().format_verbatim();
        assert_eq!(title, "50% of {nothing} & $5_000 #1 ~ ^ \\ “so”");
        assert_eq!(entry.url().unwrap(), "https://harbour.example/a_b?c=%20%7Bd%7D");
    }

    proptest! {
        #[test]
        fn any_words_can_be_read_back(title in "(\\PC|[-'`?!<>,\"{}\\\\%$&#_~^@=\n\r\u{202e}é中🦀]){1,40}") {
            let line = one_line(&title);
            prop_assume!(!line.is_empty());
            let text = entry(&report(&title));
            let read = Bibliography::parse(&text).unwrap();
            let title = read.get("harbourquay2025r1").unwrap().title().unwrap().format_verbatim();
            // The reader makes one space of many, as TeX does.
            let words = |s: &str| s.split_whitespace().map(ToOwned::to_owned).collect::<Vec<String>>();
            prop_assert_eq!(words(&title), words(&line));
        }
    }
}
