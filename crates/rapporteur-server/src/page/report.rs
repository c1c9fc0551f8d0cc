//! The reading pane: a report at the exact words, highlighted, with the sentence around; or several accounts side by side.

mod highlight;

use askama::Template;
use rapporteur::brief::diff::{self, Segment};
use rapporteur::brief::words;
use rapporteur::dossier::StoredReport;
use rapporteur::{Basis, Char, ReportHead, Span, phrase};

use super::shell::Shell;
use crate::app::App;
use crate::ask::{self, Query};
use crate::link;
use crate::reply::{Page, Refusal, Reply};
use highlight::{Highlights, Paragraph};

/// Accounts beside the first at most.
const BESIDE: usize = 11;
/// Letters of its first words that stand for a title.
const OPENING: usize = 90;

#[derive(Template)]
#[template(path = "report.html")]
struct Read<'p> {
    shell: &'p Shell,
    head: Head,
    /// Where in the original the words stand that are shown.
    parts: Vec<String>,
    story: Option<(String, String)>,
    paragraphs: Vec<Paragraph<'p>>,
    lost: Vec<String>,
    accounts: Vec<Account<'p>>,
    newer: Option<(u32, String)>,
    removed: Option<String>,
    revision: u32,
    length: u32,
    /// The words that are shown, or the report, as one cites them.
    citation: String,
}

/// What is known of a report.
pub(super) struct Head {
    pub title: String,
    pub outlet: String,
    pub date: Option<String>,
    pub basis: &'static str,
    byline: Option<String>,
    credits: String,
    url: Option<String>,
    source: String,
    language: String,
    /// What is known of it, as a form has it: what is not known is empty.
    pub given: Given,
}

/// What a report is said to be, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub id: String,
    pub outlet: String,
    pub date: String,
    pub title: String,
}

impl Given {
    pub fn of(head: &ReportHead) -> Self {
        let given = |value: &Option<String>| value.as_deref().map(words::clean).unwrap_or_default();
        Given {
            id: head.id.to_string(),
            outlet: given(&head.outlet),
            date: head.published.map(|d| d.to_string()).unwrap_or_default(),
            title: given(&head.title),
        }
    }
}

/// One account, side by side with others.
struct Account<'p> {
    outlet: String,
    title: String,
    date: Option<String>,
    href: String,
    segments: Vec<Segment>,
    /// Whether it has so little in common with the longest account that marks would say nothing.
    own_words: bool,
    paragraphs: Vec<Paragraph<'p>>,
    lost: bool,
}

impl Account<'_> {
    /// Whether some words are marked as left out or as its own; without marks the paragraph says it all.
    fn marked(&self) -> bool {
        self.segments.iter().any(|s| !matches!(s, Segment::Same(_)))
    }
}

/// Shows a report.
pub(crate) fn report(app: &App, id: &str, query: &Query) -> Result<Reply, Refusal> {
    let stored = stored(app, id)?;
    let spans = Query::given(&query.at).map(ask::spans).transpose()?.unwrap_or_default();
    let asked = Query::given(&query.with).map(ask::accounts).transpose()?.unwrap_or_default();
    let mut others: Vec<(StoredReport, Vec<Span<Char>>)> = Vec::new();
    for (report, places) in asked.into_iter().take(BESIDE) {
        others.push((self::stored(app, report)?, places));
    }
    let text = &stored.report.text;
    let (there, gone): (Vec<Span<Char>>, Vec<Span<Char>>) = spans.iter().partition(|s| text.slice(**s).is_some());
    let versions = self::versions(app, &stored.about.article)?;
    let newer = versions.into_iter().filter(|(revision, _)| *revision > stored.about.revision).max();
    let head = head(&stored);
    let mut shell = Shell::new(app, &format!("{} · {}", head.title, head.outlet), "report");
    shell.story_id = stored.about.story.as_ref().map_or_else(|| "all".into(), ToString::to_string);
    let story = match &stored.about.story {
        Some(id) => {
            let stories = app.cache.stories()?;
            let name = stories.iter().find(|s| s.row.id == *id).map(|s| words::clip(&words::clean(&s.name), 90));
            name.map(|name| (format!("/story/{id}"), name))
        }
        None => None,
    };
    let page = Read {
        shell: &shell,
        story,
        paragraphs: highlight::paragraphs(&stored.report, &highlights(app, &stored, &there)?),
        lost: gone.iter().map(|s| format!("{}–{}", s.start(), s.end())).collect(),
        accounts: accounts(app, &stored, &there, &others)?,
        newer,
        removed: stored.about.removed.as_deref().and_then(|r| r.get(..10)).map(str::to_owned),
        revision: stored.about.revision,
        length: text.chars(),
        citation: citation(&stored, &head, &there),
        parts: parts(&stored, &there),
        head,
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// Where in the original these words stand ("page 3"), and what to beware of there; each place once.
fn parts(stored: &StoredReport, spans: &[Span<Char>]) -> Vec<String> {
    let mut parts: Vec<String> = spans.iter().filter_map(|span| stored.report.head.place_in_words(*span)).collect();
    parts.dedup();
    parts.iter().map(|part| words::clean(part)).collect()
}

pub(super) fn stored(app: &App, id: &str) -> Result<StoredReport, Refusal> {
    let id = ask::id(id, "such report")?;
    let found = app.cache.store().dossier().report(id);
    // The dossier takes the first letters of an id; an address is the whole of it.
    found.ok().filter(|k| k.report.id().as_str() == id).ok_or_else(|| Refusal::Missing("such report".into()))
}

/// The versions of an article, with where each is read.
fn versions(app: &App, article: &str) -> Result<Vec<(u32, String)>, Refusal> {
    let versions = app.cache.store().dossier().versions(article)?;
    let there = versions.iter().filter(|v| v.about.removed.is_none());
    Ok(there.map(|v| (v.about.revision, link::report(v.report.id().as_str(), &[]))).collect())
}

/// These words of a report, with the sentences of it as they were read.
fn highlights(app: &App, stored: &StoredReport, spans: &[Span<Char>]) -> Result<Highlights, Refusal> {
    let report = &stored.report;
    let found = match spans {
        [] => None,
        _ => app.cache.store().dossier().findings(report.id(), None)?.and_then(|f| f.findings),
    };
    // What an older version read without keeping its sentences shows the words alone.
    Ok(match &found {
        Some(findings) => Highlights::new(report, spans, findings.text.sentences()),
        None => Highlights::new(report, spans, []),
    })
}

/// What a report is called: its title, else the words with which it begins.
fn title(stored: &StoredReport) -> String {
    match stored.about.head.title.as_deref() {
        Some(title) => words::clean(title),
        None => words::clip(&words::clean(stored.report.opening()), OPENING),
    }
}

pub(super) fn head(stored: &StoredReport) -> Head {
    let head = &stored.about.head;
    let outlet = head.outlet.clone().unwrap_or_else(|| head.source.rsplit('/').next().unwrap_or_default().to_owned());
    Head {
        title: title(stored),
        outlet: words::clean(&outlet),
        date: head.published.map(words::date).or_else(|| {
            let reported = stored.about.reported.as_deref()?.parse().ok()?;
            Some(words::date(reported))
        }),
        basis: match head.published_basis {
            Some(Basis::Stated) => "stated in the text",
            Some(Basis::Inferred) => "inferred",
            _ => "",
        },
        byline: head.byline.as_deref().map(words::clean),
        credits: head.credits.join(", "),
        url: head.url.as_deref().and_then(rapporteur::web_address).map(|url| url.into_owned()),
        source: words::clean(&head.source),
        given: Given::of(head),
        language: if head.language.len() <= 12 && head.language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            head.language.clone()
        } else {
            "und".into()
        },
    }
}

/// These words of a report, or the report by itself, as one cites them: “the words” — outlet, “title”, day, page, address.
fn citation(stored: &StoredReport, head: &Head, spans: &[Span<Char>]) -> String {
    let quoted = spans.iter().filter_map(|s| stored.report.text.slice(*s)).map(|w| format!("“{}”", words::clean(w)));
    let quoted = quoted.collect::<Vec<_>>().join(" … ");
    let mut source = vec![head.outlet.clone()];
    source.extend(stored.about.head.title.as_deref().map(|title| format!("“{}”", words::clean(title))));
    source.extend(head.date.clone());
    source.extend(parts(stored, spans));
    source.extend(head.url.clone());
    let dash = if quoted.is_empty() { "" } else { " — " };
    format!("{quoted}{dash}{}", source.join(", "))
}

/// The accounts with the words in which they differ; none where there is nothing to compare.
fn accounts<'p>(
    app: &App,
    first: &'p StoredReport,
    spans: &[Span<Char>],
    others: &'p [(StoredReport, Vec<Span<Char>>)],
) -> Result<Vec<Account<'p>>, Refusal> {
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<(&StoredReport, &[Span<Char>])> =
        std::iter::once((first, spans)).chain(others.iter().map(|(k, s)| (k, s.as_slice()))).collect();
    let given = |stored: &StoredReport, spans: &[Span<Char>]| {
        let words: Vec<&str> = spans.iter().filter_map(|s| stored.report.text.slice(*s)).collect();
        words::clean(&words.join(" "))
    };
    let words: Vec<String> = all.iter().map(|(stored, spans)| given(stored, spans)).collect();
    let full = words.iter().max_by_key(|w| w.chars().count()).cloned().unwrap_or_default();
    all.iter()
        .zip(&words)
        .map(|((stored, spans), words)| {
            let head = self::head(stored);
            let there: Vec<Span<Char>> =
                spans.iter().copied().filter(|s| stored.report.text.slice(*s).is_some()).collect();
            let highlights = highlights(app, stored, &there)?;
            let places: Vec<(u32, u32)> = there.iter().map(|s| (s.start(), s.end())).collect();
            let compared = diff::compare(&full, words).segments;
            let own_words = !are_alike(&compared);
            Ok(Account {
                outlet: head.outlet,
                title: head.title,
                date: head.date,
                href: link::report(stored.report.id().as_str(), &places),
                segments: if own_words { vec![Segment::Same(words.clone())] } else { compared },
                own_words,
                paragraphs: highlight::paragraphs(&stored.report, &highlights)
                    .into_iter()
                    .filter(|p| p.highlighted)
                    .collect(),
                lost: there.is_empty(),
            })
        })
        .collect()
}

/// Whether so much of what this account says is in the words of the longest that the others are worth a mark.
fn are_alike(segments: &[Segment]) -> bool {
    let (mut same, mut own) = (0, 0);
    for segment in segments {
        match segment {
            Segment::Same(words) => same += phrase::words(words).count(),
            Segment::Other(words) => own += phrase::words(words).count(),
            Segment::LeftOut(_) => {}
        }
    }
    own == 0 || (same > 2 && same * 2 >= own)
}
