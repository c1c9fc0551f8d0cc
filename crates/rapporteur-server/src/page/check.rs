//! A draft pasted into a page, against the reports of the story: marked, each mark leading to the words of the reports.

use askama::Template;
use rapporteur::brief::words;
use rapporteur::check::{Checked, Limits, Severity, Step, render};
use rapporteur::{CheckOptions, Citation, Edtf, Report, ReportId};
use serde::Deserialize;

use super::shell::Shell;
use crate::app::App;
use crate::ask::{self, Query};
use crate::cache::Asked;
use crate::link;
use crate::reply::{Page, Refusal, Reply};
use crate::work::GoOn;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    pub csrf: String,
    pub draft: String,
    pub date: String,
    pub as_of: String,
}

#[derive(Template)]
#[template(path = "check.html")]
struct View<'p> {
    shell: &'p Shell,
    action: String,
    draft: &'p str,
    date: &'p str,
    most: usize,
    checked: Option<Outcome>,
}

/// A check as it is shown.
struct Outcome {
    errors: usize,
    warnings: usize,
    notes: usize,
    fine: usize,
    /// What was not judged.
    missing: Vec<String>,
    day: Option<String>,
    /// How many sentences are judged what.
    counted: Option<String>,
    paragraphs: Vec<Paragraph>,
}

/// A paragraph of the draft, and what the reports make of it.
#[derive(Default)]
struct Paragraph {
    pieces: Vec<render::Piece>,
    verdicts: Vec<Shown>,
    /// What the reports bear out.
    in_order: Vec<Shown>,
    /// Its sentences as a whole.
    sentences: Vec<Shown>,
    /// Where it begins, in code points.
    start: u32,
}

/// A verdict beside the draft.
struct Shown {
    /// Its number in the draft; 0 for what is in order.
    number: usize,
    /// The words of the draft.
    words: String,
    severity: &'static str,
    judgement: &'static str,
    kind: &'static str,
    says: String,
    /// What is the same, what is left out, what is put in.
    steps: Vec<(String, String, String)>,
    cites: Vec<Cited>,
}

/// Words of a report that a verdict rests on.
struct Cited {
    number: usize,
    name: String,
    href: String,
    exact: String,
    against: bool,
}

/// The form alone.
pub(crate) fn form(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let asked = query.asked(story)?;
    page(app, &asked, "", "", None)
}

/// The form with what was made of the draft.
pub(crate) fn check(app: &App, story: &str, form: &Form, go_on: GoOn<'_>) -> Result<Reply, Refusal> {
    let asked = asked(story, &form.as_of)?;
    let checked = checked(app, &asked, &form.draft, &form.date, go_on)?;
    page(app, &asked, &form.draft, form.date.trim(), Some(&checked))
}

/// Which reports are meant.
pub(crate) fn asked(story: &str, as_of: &str) -> Result<Asked, Refusal> {
    let as_of = Some(as_of.trim()).filter(|d| !d.is_empty()).map(ask::day).transpose()?;
    Ok(Asked { story: ask::story_id(story)?, as_of, since: None })
}

/// Whether a draft may be checked at all.
pub(crate) fn fits(app: &App, draft: &str) -> Result<(), Refusal> {
    if draft.trim().is_empty() {
        return Err(Refusal::BadRequest("The draft is empty: paste the text that is to be checked.".into()));
    }
    if draft.chars().count() > app.limits.draft_letters {
        return Err(Refusal::TooLarge);
    }
    Ok(())
}

/// Checks a draft against the reports that are meant, for as long as `go_on` says so.
pub(crate) fn checked(app: &App, asked: &Asked, draft: &str, date: &str, go_on: GoOn<'_>) -> Result<Checked, Refusal> {
    let date = Some(date.trim()).filter(|d| !d.is_empty()).map(|d| {
        d.parse::<Edtf>().map_err(|_| Refusal::BadRequest(format!("{d:?} is no date: write a day, 2026-03-12.")))
    });
    let date = date.transpose()?;
    // There must be such a story before its reports are read.
    app.snapshot(asked)?;
    let mut draft = Report::plain(ReportId::from_content(&["draft", draft]), draft);
    draft.head.source = "draft".into();
    let claims = app.limits.draft_claims;
    let limits = Limits { max_quotations: claims, max_claims: claims, go_on };
    Ok(app.cache.check_context(asked)?.check_with(&draft, &CheckOptions { date, limits }))
}

fn page(app: &App, asked: &Asked, draft: &str, date: &str, checked: Option<&Checked>) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(asked)?;
    let shell = Shell::of(app, &snapshot, "check", "Check a draft");
    let action = format!("/story/{}/check", snapshot.id());
    let view =
        View { shell: &shell, action, draft, date, most: app.limits.draft_letters, checked: checked.map(outcome) };
    Ok(Reply::Page(Page::html(view.render()?)))
}

fn outcome(checked: &Checked) -> Outcome {
    let cited = |c: &Citation, against: bool| {
        let report = checked.report(c.report());
        let span = c.span();
        Cited {
            number: report.map_or(0, |r| r.number),
            name: words::clean(report.map_or("", |r| r.name())),
            href: link::report(c.report().as_str(), &[(span.start(), span.end())]),
            exact: words::clean(c.exact()),
            against,
        }
    };
    let mut number = 0;
    let mut shown = |v: &rapporteur::check::Verdict, judgement: &'static str, numbered: bool| {
        let flagged = numbered && v.severity < Severity::Fine;
        number += usize::from(flagged);
        let step = |c: &rapporteur::check::Change| {
            let draft = c.draft.as_ref().map(|p| words::clean(&p.exact)).unwrap_or_default();
            let report = c.report.as_ref().map(|r| words::clean(r.exact())).unwrap_or_default();
            match c.step {
                Step::Same => (draft, String::new(), String::new()),
                _ => (String::new(), report, draft),
            }
        };
        let verdict = Shown {
            number: if flagged { number } else { 0 },
            words: words::brief(&words::clean(&v.at.exact)),
            severity: v.severity.as_str(),
            judgement,
            kind: v.kind.as_str(),
            says: v.says.clone(),
            steps: v.changes.iter().map(step).collect(),
            cites: v.sources.iter().map(|c| cited(c, false)).chain(v.against.iter().map(|c| cited(c, true))).collect(),
        };
        (v.at.start, verdict)
    };
    let mut paragraphs = paragraphs(render::pieces(checked));
    for v in &checked.sentences {
        let (start, verdict) = shown(v, v.judgement.of_a_sentence(), false);
        let at = paragraphs.partition_point(|p| p.start <= start).saturating_sub(1);
        if let Some(paragraph) = paragraphs.get_mut(at) {
            paragraph.sentences.push(verdict);
        }
    }
    for v in &checked.verdicts {
        let (start, verdict) = shown(v, v.judgement.as_str(), true);
        let at = paragraphs.partition_point(|p| p.start <= start).saturating_sub(1);
        if let Some(paragraph) = paragraphs.get_mut(at) {
            if verdict.number > 0 {
                paragraph.verdicts.push(verdict);
                continue;
            }
            // A name and the place that it names are one to a reader: the one that leads to words stays.
            match paragraph.in_order.iter_mut().find(|v| v.words == verdict.words) {
                Some(known) if known.cites.is_empty() => *known = verdict,
                Some(_) => {}
                None => paragraph.in_order.push(verdict),
            }
        }
    }
    // What parts paragraphs is not shown.
    for piece in paragraphs.iter_mut().filter_map(|p| p.pieces.last_mut()) {
        piece.words.truncate(piece.words.trim_end().len());
    }
    let count = |s| checked.count(s);
    Outcome {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        fine: count(Severity::Fine),
        missing: checked.missing(),
        day: checked.date.map(words::date),
        counted: checked.sentences_in_words(),
        paragraphs,
    }
}

/// The draft cut where blank lines part it; nothing of it is left out.
fn paragraphs(pieces: Vec<render::Piece>) -> Vec<Paragraph> {
    let mut all = vec![Paragraph::default()];
    let (mut at, mut blank) = (0, false);
    for piece in pieces {
        let mut numbers = Some(piece.numbers);
        for line in piece.words.split_inclusive('\n') {
            let new = all.last().is_none_or(|p| p.pieces.iter().any(|p| !p.words.trim().is_empty()));
            if blank && !line.trim().is_empty() && new {
                all.push(Paragraph { start: at, ..Paragraph::default() });
            }
            // A line of a piece may go on one that another piece began.
            let begun = all.last().and_then(|p| p.pieces.last()).is_some_and(|p| !p.words.ends_with('\n'));
            blank = if line.trim().is_empty() { blank || !begun } else { false };
            at += line.chars().count() as u32;
            if let Some(last) = all.last_mut() {
                let numbers = numbers.take().unwrap_or_default();
                last.pieces.push(render::Piece { words: line.to_owned(), severity: piece.severity, numbers });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_cut_at_blank_lines_and_kept_whole() {
        let piece = |words: &str| render::Piece { words: words.into(), severity: None, numbers: vec![1] };
        let all = paragraphs(vec![piece("# One\n\nTwo goes "), piece("on"), piece("\nhere.\n \n\nThree.\n")]);
        let text = |p: &Paragraph| p.pieces.iter().map(|p| p.words.as_str()).collect::<String>();
        let texts: Vec<String> = all.iter().map(text).collect();
        assert_eq!(texts, ["# One\n\n", "Two goes on\nhere.\n \n\n", "Three.\n"]);
        assert_eq!(all.iter().map(|p| p.start).collect::<Vec<_>>(), [0, 7, 28]);
    }
}
