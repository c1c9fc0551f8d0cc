//! `rapporteur why`: the rule and the words behind one fact of the record, and what lost against them.

use rapporteur::brief::words;
use rapporteur::{Basis, Citation, Fact, Rival, Slot, Why, WhyFinding, WhyReport};

use crate::args::{WhyArgs, WhyFormat};
use crate::error::Failure;
use crate::{output, terminal};

/// Most letters of a clause that are repeated.
const MAX_CLAUSE: usize = 240;

/// Most letters of other words that are repeated.
const MAX_WORDS: usize = 100;

/// Columns of the names of slots.
const LABEL: usize = 13;

/// Tells why a fact stands in the record.
///
/// # Errors
/// No report can be read, there is no such fact or more than one, or the result cannot be written.
pub fn run(args: &WhyArgs) -> Result<(), Failure> {
    output::ready(args.out.as_deref(), &args.reports.paths)?;
    let (record, reports) = super::read_whole(&args.reports, "why")?;
    let id = one(&rapporteur::facts(&record), &args.id)?;
    let Some(why) = rapporteur::why(&record, &reports, &id) else { return Err(none(&args.id)) };
    let text = match args.format {
        WhyFormat::Json => super::json(&why)?,
        WhyFormat::Text => text(&why, args.width.map_or_else(terminal::columns, usize::from)),
    };
    output::write(&text, args.out.as_deref())
}

/// The id of the one fact that is meant.
fn one(facts: &[Fact], id: &str) -> Result<String, Failure> {
    let begin: Vec<&Fact> = facts.iter().filter(|f| f.id.as_str().starts_with(id) && id.len() > 1).collect();
    match (facts.iter().find(|f| f.id == id), begin.as_slice()) {
        (Some(exact), _) => Ok(exact.id.to_string()),
        (None, [one]) => Ok(one.id.to_string()),
        (None, []) => Err(none(id)),
        (None, [first, second, ..]) => Err(Failure::Usage(
            format!("{id:?} could be {} ({}) or {} ({})", first.id, first.about, second.id, second.about),
            "give more of its letters".into(),
        )),
    }
}

fn none(id: &str) -> Failure {
    let help = "'rapporteur statements', 'meetings' and 'differences' begin each line with an id; the record \
                ('rapporteur record') has all ids";
    Failure::Usage(format!("there is no fact {id:?} in the record of these reports"), help.into())
}

/// The reasons for people.
fn text(why: &Why, width: usize) -> String {
    let mut page = Page { width, out: String::new() };
    page.line(0, 0, &format!("{} {} · {}", why.kind.as_str(), why.id, why.about));
    for report in &why.reports {
        page.report(report);
    }
    if why.reports.is_empty() {
        page.line(0, 0, "No finding of the reports stands at its places: it was made by a correction.");
    }
    page.out
}

struct Page {
    width: usize,
    out: String,
}

impl Page {
    /// Writes words from a column on, wrapped, the further lines from column `hang` on.
    fn line(&mut self, indent: usize, hang: usize, words: &str) {
        let mut column = indent;
        self.out.extend(std::iter::repeat_n(' ', indent));
        for (n, word) in words::clean(words).split(' ').enumerate() {
            let wide = word.chars().count();
            if n > 0 && column + 1 + wide > self.width {
                self.out.push('\n');
                self.out.extend(std::iter::repeat_n(' ', hang));
                column = hang;
            } else if n > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += wide;
        }
        self.out.push('\n');
    }

    /// A name in the first column and what there is to say of it in the second.
    fn row(&mut self, name: &str, words: &str) {
        let label = format!("  {name:<LABEL$} ");
        self.out.push_str(&label);
        let before = self.out.len();
        let indent = label.chars().count();
        self.line(indent, indent, words);
        // The label is written already.
        self.out.replace_range(before..before + indent, "");
    }

    fn report(&mut self, report: &WhyReport) {
        let against = match (report.read_against, report.basis) {
            (Some(day), Some(Basis::Stated)) => format!("of {day} as it states"),
            (Some(day), Some(Basis::Inferred)) => format!("of {day} as inferred"),
            (Some(day), _) => format!("of {day}"),
            (None, _) => "of no known day".into(),
        };
        let outlet = report.outlet.iter().map(|o| format!(" · {o}")).collect::<String>();
        self.out.push('\n');
        self.line(0, 2, &format!("{}{outlet} · {against}", report.source));
        for finding in &report.findings {
            self.finding(finding);
        }
    }

    fn finding(&mut self, finding: &WhyFinding) {
        self.row(finding.what, &place(&finding.at, MAX_CLAUSE));
        self.row("  by", finding.by.as_str());
        for slot in &finding.slots {
            self.row(&format!("  {}", slot.name), &filled(slot));
        }
        for (n, rival) in finding.rivals.iter().enumerate() {
            self.row(if n == 0 { "  not taken" } else { "" }, &lost(rival));
        }
    }
}

/// What a slot has, and the words that say it.
fn filled(slot: &Slot) -> String {
    match (&slot.value, &slot.words) {
        (Some(value), Some(words)) => format!("{value} by {}", place(words, MAX_WORDS)),
        (Some(value), None) => value.clone(),
        (None, Some(words)) => place(words, MAX_WORDS),
        (None, None) => String::new(),
    }
}

/// What lost, and why.
fn lost(rival: &Rival) -> String {
    format!("{}: {}, {} ({})", rival.slot, place(&rival.lost, MAX_WORDS), rival.why, rival.by)
}

/// Words with their place in the report, in code points.
fn place(citation: &Citation, limit: usize) -> String {
    let span = citation.span();
    format!("“{}” {}–{}", words::clip(&words::clean(citation.exact()), limit), span.start(), span.end())
}
