//! Markdown: what is flagged as a list with the words of the draft and of the reports, then what is in order.

use rapporteur_schema::Citation;
use rapporteur_schema::phrase::clean;

use crate::verdict::{Checked, Severity, Step, Verdict};

/// A check as Markdown.
pub fn markdown(checked: &Checked) -> String {
    let mut out = format!("# Check of {}\n\n", escape(&checked.draft));
    let count = |s: Severity| checked.count(s);
    out.push_str(&format!(
        "{} contradicted or altered · {} to look at · {} notes · {} in order",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
        count(Severity::Fine)
    ));
    if let Some(date) = checked.date {
        out.push_str(&format!(" · draft of {date}"));
    }
    out.push_str("\n\n");
    for missing in checked.missing() {
        out.push_str(&format!("**{}**\n\n", escape(&missing)));
    }
    for (severity, heading) in [
        (Severity::Error, "Contradicted or altered"),
        (Severity::Warning, "To look at"),
        (Severity::Note, "Notes"),
        (Severity::Fine, "In order"),
    ] {
        let some: Vec<&Verdict> = checked.verdicts.iter().filter(|v| v.severity == severity).collect();
        if some.is_empty() {
            continue;
        }
        out.push_str(&format!("## {heading}\n\n"));
        for verdict in some {
            one(&mut out, checked, verdict);
        }
        out.push('\n');
    }
    if let Some(counted) = checked.sentences_in_words() {
        out.push_str(&format!("## Sentence by sentence\n\n{counted}\n\n"));
        for v in &checked.sentences {
            let (judgement, words) = (v.judgement.of_a_sentence(), escape(&v.at.exact));
            out.push_str(&format!("- line {}: **{judgement}**: “{words}” – {}\n", v.at.line, escape(&v.says)));
            cites(&mut out, checked, "", &v.sources);
            cites(&mut out, checked, "against: ", &v.against);
        }
        out.push('\n');
    }
    out.push_str("## Reports\n\n");
    for report in &checked.reports {
        let day = report.published.map_or_else(String::new, |d| format!(", {d}"));
        out.push_str(&format!("{}. {}{day}: {}\n", report.number, escape(report.name()), escape(&report.source)));
    }
    out
}

fn one(out: &mut String, checked: &Checked, verdict: &Verdict) {
    out.push_str(&format!(
        "- line {}, {}: “{}” – **{}**: {}\n",
        verdict.at.line,
        verdict.kind.as_str(),
        escape(&verdict.at.exact),
        verdict.judgement.as_str(),
        escape(&verdict.says)
    ));
    if verdict.changes.iter().any(|c| c.step != Step::Same) {
        let words: Vec<String> = verdict
            .changes
            .iter()
            .map(|c| {
                let draft = c.draft.as_ref().map(|p| escape(&p.exact)).unwrap_or_default();
                let report = c.report.as_ref().map(|r| escape(r.exact())).unwrap_or_default();
                match c.step {
                    Step::Same => draft,
                    Step::LeftOut => format!("~~{report}~~"),
                    Step::PutIn => format!("**{draft}**"),
                    Step::Replaced => format!("~~{report}~~ **{draft}**"),
                }
            })
            .collect();
        out.push_str(&format!("  - {}\n", words.join(" ")));
    }
    if verdict.severity < Severity::Fine {
        cites(out, checked, "", &verdict.sources);
        cites(out, checked, "against: ", &verdict.against);
    }
}

fn cites(out: &mut String, checked: &Checked, sign: &str, all: &[Citation]) {
    for c in all {
        let report = checked.report(c.report());
        let name = report.map_or_else(String::new, |r| format!("{} [{}]", r.name(), r.number));
        let span = c.span();
        out.push_str(&format!(
            "  - {sign}{}, {}–{}: “{}”\n",
            escape(&name),
            span.start(),
            span.end(),
            escape(c.exact())
        ));
    }
}

/// Words on one line in which no sign is markup.
fn escape(words: &str) -> String {
    let line = clean(words);
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
