//! What one report alone has, in its words.

use rapporteur_lexicon::words::presentation::PLAIN_CUE;
use rapporteur_schema::{MeetingId, Mode, StatementId};

use super::builder::ViewBuilder;
use super::clause::{LEAST_WORDS, tidy, words};
use super::meeting;
use super::row::{Part, Row};
use crate::words::clean;

/// A row a report; what a line above shows already, and what is not sure, stands last in it.
pub(crate) fn only_in(builder: &mut ViewBuilder<'_>) -> Vec<Row> {
    let record = builder.record;
    let mut rows = Vec::new();
    for only in &record.only_in {
        let number = builder.number(&only.report);
        let mut facts: Vec<Part> = Vec::new();
        for id in &only.facts {
            let (ids, reports) = (vec![id.to_string()], vec![number]);
            if let Some(s) = builder.statement(&StatementId::new(id.as_str())) {
                let content = tidy(&builder.around.whole(&s.content));
                // Words that a report took out of a saying for its own sentence tell less than a sentence of them.
                let least = if s.mode == Mode::Direct { LEAST_WORDS } else { LEAST_WORDS + 2 };
                let scrap = words(&content) < least;
                // "A tax for all" reads as its opposite without "argued against".
                let cue = s.cue.as_ref().map(|c| clean(c.exact())).filter(|c| !PLAIN_CUE.has(&c.to_lowercase()));
                let content = match (s.mode, cue) {
                    (Mode::Direct, _) => format!("“{content}”"),
                    (_, Some(cue)) => format!("{content} · {cue}"),
                    (_, None) => content,
                };
                let told = s.speaker.is_none() || scrap || builder.is_shown(&s.content);
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
        let told_of = |f: &Part| f.text.split_once(": ").is_none_or(|(_, words)| !words.starts_with('“'));
        facts.sort_by_key(|f| (f.told, middle(f), told_of(f)));
        let cites: Vec<usize> = facts.iter().flat_map(|f| f.cites.iter().copied()).collect();
        if !facts.is_empty() {
            let told = facts.iter().all(|f| f.told);
            rows.push(Row { label: number.to_string(), parts: facts, cites, told, ..Row::default() });
        }
    }
    rows
}
