//! What one report alone has, in its words.

use std::collections::BTreeSet;

use rapporteur_lexicon::words::presentation::PLAIN_CUE;
use rapporteur_schema::{MeetingId, Mode, Statement, StatementId};

use super::builder::ViewBuilder;
use super::clause::{LEAST_WORDS, is_title, tidy, words};
use super::meeting;
use super::row::{Part, Row};
use super::saying::doubt;
use crate::words::clean;

/// How many statements that begin before one are looked at for one around it.
const NEAR: usize = 8;

/// A row a report; what a line above shows already, and what is not sure, stands last in it.
pub(crate) fn only_in(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let mut rows = Vec::new();
    for only in &record.only_in {
        let number = builder.number(&only.report);
        let mut facts: Vec<Part> = Vec::new();
        let statements: Vec<_> =
            only.facts.iter().filter_map(|id| builder.statement(&StatementId::new(id.as_str()))).collect();
        // What stands inside another of them is told with it.
        let spans: BTreeSet<(u32, u32)> =
            statements.iter().map(|s| (s.content.span().start(), s.content.span().end())).collect();
        let is_inside = |start: u32, end: u32| {
            let mut before = spans.range(..=(start, u32::MAX)).rev().take(NEAR);
            before.any(|&(s, e)| s <= start && end <= e && (s, e) != (start, end))
        };
        for id in &only.facts {
            let (ids, reports) = (vec![id.to_string()], vec![number]);
            if let Some(s) = builder.statement(&StatementId::new(id.as_str())) {
                if is_inside(s.content.span().start(), s.content.span().end()) {
                    continue;
                }
                let content = tidy(&builder.around.whole(&s.content));
                // Words that a report took out of a saying for its own sentence tell less than a sentence of them.
                let least = if s.mode == Mode::Direct { LEAST_WORDS } else { LEAST_WORDS + 2 };
                let scrap = words(&content) < least || is_title(&content);
                // "A tax for all" reads as its opposite without "argued against".
                let cue = s.cue.as_ref().map(|c| clean(c.exact())).filter(|c| !PLAIN_CUE.has(&c.to_lowercase()));
                let content = match (s.mode, cue) {
                    // What begins with a mark that is never closed, or only at its end, has its marks.
                    (Mode::Direct, _) if content.starts_with(['“', '"']) && closes(&content) => content,
                    (Mode::Direct, _) => format!("“{content}”"),
                    (_, Some(cue)) => format!("{content} · {cue}"),
                    (_, None) => content,
                };
                let content = match doubt(s) {
                    Some(doubt) => format!("{content} · {doubt}"),
                    None => content,
                };
                let told =
                    s.speaker.is_none() || scrap || !Statement::is_sure(s.confidence) || builder.is_shown(&s.content);
                let who = s.speaker.as_ref().map_or_else(|| "unattributed".into(), |e| builder.entity_name(e));
                let cites = vec![builder.cite(&s.content)];
                facts.push(Part { ids, text: format!("{who}: {content}"), reports, cites, told, ..Part::default() });
            } else if let Some(m) = builder.index.meeting(&MeetingId::new(id.as_str())) {
                let told = m.accounts.iter().any(|a| builder.is_shown(&a.span));
                let line = meeting::line(builder, m);
                let text = match line.who.as_str() {
                    "" => format!("{}: {}", line.status, line.clause),
                    who => format!("{} {who}: {}", line.status, line.clause),
                };
                let told = told || line.doubtful;
                facts.push(Part { ids, text, reports, cites: line.cites, told, ..Part::default() });
            }
        }
        // Words that begin in the middle of a sentence tell less than those that begin one.
        let middle = |f: &Part| f.text.rsplit_once(": ").is_none_or(|(_, words)| words.starts_with(char::is_lowercase));
        // And a report's own words for what somebody said less than theirs.
        let told_of = |f: &Part| f.text.split_once(": ").is_none_or(|(_, words)| !words.starts_with(['“', '"']));
        facts.sort_by_key(|f| (f.told, middle(f), told_of(f)));
        let cites: Vec<usize> = facts.iter().flat_map(|f| f.cites.iter().copied()).collect();
        if !facts.is_empty() {
            let told = facts.iter().all(|f| f.told);
            rows.push(Row { label: number.to_string(), parts: facts, cites, told, ..Row::default() });
        }
    }
    rows
}

/// Whether the mark that words begin with is closed at their end, or not at all.
fn closes(words: &str) -> bool {
    let inner = words.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '”' | '"'));
    let inside = inner.char_indices().skip(1).find(|(_, c)| matches!(c, '”' | '"')).map(|(at, c)| at + c.len_utf8());
    inside.is_none_or(|end| end == inner.len())
}
