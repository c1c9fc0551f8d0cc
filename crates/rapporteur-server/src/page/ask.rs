//! A question to the reports of a story: the sentences that answer, with the accounts that differ side by side.

use askama::Template;
use rapporteur::ask::{self, Saying, Told};

use super::shell::Shell;
use crate::app::App;
use crate::ask::Query;
use crate::cache::Asked;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Chip, Presenter};

/// Answers at most, where a program asks for more.
const MOST: usize = 50;
/// Letters of a question; a longer one is cut.
pub(crate) const LETTERS: usize = 400;

#[derive(Template)]
#[template(path = "ask.html")]
struct Ask<'p> {
    shell: &'p Shell,
    action: String,
    since: Option<&'p str>,
    question: &'p str,
    most: usize,
    no: Option<String>,
    lacking: Option<String>,
    answers: Vec<Answer>,
}

/// One answer.
struct Answer {
    sentences: Vec<Sentence>,
    more: usize,
    origins: u32,
    differences: Vec<Difference>,
}

/// A sentence in pieces, each with whether it is marked.
struct Sentence {
    pieces: Vec<(String, bool)>,
    chip: Option<Chip>,
}

/// Accounts that differ.
struct Difference {
    kind: &'static str,
    about: String,
    href: String,
    accounts: Vec<(String, Vec<Sentence>, usize)>,
}

/// The form, and the answers where something is asked.
pub(crate) fn page(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let asked = query.asked(story)?;
    let snapshot = app.snapshot(&asked)?;
    let show = Presenter::new(&snapshot);
    let question = Query::given(&query.q).unwrap_or_default();
    let shell = Shell::of(app, &snapshot, "ask", if question.is_empty() { "Ask" } else { question });
    let answer = if question.is_empty() { None } else { Some(answer(app, &asked, query)?) };
    let differing = |d: &ask::Differing| Difference {
        kind: d.kind.as_str(),
        about: d.about.clone(),
        href: crate::link::with(
            &format!("/fact/{}", d.id),
            &[("story", Some(snapshot.id())), ("as_of", asked.as_of.map(|d| d.to_string()))],
        ),
        accounts: d
            .accounts
            .iter()
            .map(|a| (a.value.clone(), a.sentences.iter().map(|s| sentence(&show, s)).collect(), a.more))
            .collect(),
    };
    let told = |t: &Told| Answer {
        sentences: t.sentences.iter().map(|s| sentence(&show, s)).collect(),
        more: t.more,
        origins: t.origins,
        differences: t.differences.iter().map(differing).collect(),
    };
    let page = Ask {
        shell: &shell,
        action: format!("/story/{}/ask", snapshot.id()),
        since: asked.since.as_deref(),
        question,
        most: LETTERS,
        no: answer.as_ref().and_then(ask::Answer::says_no),
        lacking: answer.as_ref().and_then(ask::Answer::says_lacking),
        answers: answer.iter().flat_map(|a| &a.answers).map(told).collect(),
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// What the reports say to what is asked.
pub(crate) fn answer(app: &App, asked: &Asked, query: &Query) -> Result<ask::Answer, Refusal> {
    let question: String = Query::given(&query.q).unwrap_or_default().chars().take(LETTERS).collect();
    let most = query.n.map_or(ask::DEFAULT_ANSWERS, |n| n as usize).clamp(1, MOST);
    Ok(app.cache.check_context(asked)?.ask(&question, most))
}

/// A sentence cut at its marks, leading to its place.
fn sentence(show: &Presenter<'_>, saying: &Saying) -> Sentence {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (at, c) in (saying.at.span().start()..).zip(saying.at.exact().chars()) {
        let marked = saying.marks.iter().any(|&(start, end)| (start..end).contains(&at));
        match pieces.last_mut().filter(|(_, m)| *m == marked) {
            Some((piece, _)) => piece.push(c),
            None => pieces.push((c.to_string(), marked)),
        }
    }
    Sentence { pieces, chip: show.chip_of(&saying.at) }
}
