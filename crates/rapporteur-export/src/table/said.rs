//! Tables of who said what and who met whom.

use super::names::who;
use super::{Row, Table};
use crate::story::Story;
use rapporteur_schema::Manner;

const DATE: [&str; 3] = ["date", "first_day", "last_day"];

/// Who said what, report by report; the citation is what was said.
pub(super) fn statements(story: &Story<'_>) -> Table {
    let mut table = Table::new("statements")
        .text(&["statement", "mode", "speaker", "speaker_name", "speaker_words"])
        .int(&["speaker_start", "speaker_end"])
        .text(&["cue"])
        .int(&["cue_start", "cue_end"])
        .text(&["medium", "audience", "via"])
        .date(DATE)
        .text(&["utterance"])
        .cited();
    for s in &story.record.statements {
        let mut row = Row::new().text(s.id.as_str()).text(s.mode.as_str()).told(s.speaker.as_ref().map(|e| e.as_str()));
        row = row.told(s.speaker.as_ref().map(|e| story.name(e)));
        for span in [&s.speaker_span, &s.cue] {
            let at = span.as_ref().map(|c| c.span());
            row = row.told(span.as_ref().map(|c| c.exact())).number(at.map(|a| a.start())).number(at.map(|a| a.end()));
        }
        row = row.told(s.medium.as_ref()).told(s.audience.as_ref()).told(s.via.as_ref()).date(s.date);
        table.add(row.told(s.utterance.as_ref().map(|u| u.as_str())).cite(story, &s.content));
    }
    table
}

/// The same words as several reports give them; the citation is the first statement. `text` is put together from all of
/// them, so it need not stand in any one report.
pub(super) fn utterances(story: &Story<'_>) -> Table {
    let mut table = Table::new("utterances")
        .text(&["utterance", "speaker", "speaker_name", "relation", "text"])
        .int(&["statements", "reports"])
        .cited();
    for u in &story.record.utterances {
        let given: Vec<_> = u.statements.iter().filter_map(|id| story.statement(id)).collect();
        let reports: std::collections::BTreeSet<_> = given.iter().map(|s| &s.report).collect();
        let row = Row::new().text(u.id.as_str()).told(u.speaker.as_ref().map(|e| e.as_str()));
        let row = row.told(u.speaker.as_ref().map(|e| story.name(e))).text(u.relation.as_str()).text(&u.text);
        let row = row.int(u.statements.len()).int(reports.len());
        table.add(row.cite_first(story, given.first().map(|s| &s.content)));
    }
    table
}

/// Who met whom, one row a gathering; the citation is the first account.
pub(super) fn meetings(story: &Story<'_>) -> Table {
    let mut table = Table::new("meetings")
        .text(&["meeting", "kind", "status", "participants", "participant_names", "place", "place_name"])
        .date(DATE)
        .text(&["manner", "condition"])
        .int(&["accounts"])
        .cited();
    for m in &story.record.meetings {
        let (ids, names) = who(story, &m.participants);
        let row = Row::new().text(m.id.as_str()).text(m.kind.as_str()).text(m.status.as_str());
        let row = row.told(Some(ids)).told(Some(names)).told(m.place.as_ref().map(|p| p.as_str()));
        let row = row.told(m.place.as_ref().map(|p| story.name(p))).date(m.date);
        let manner: Vec<&str> = m.manner.iter().map(|&m| Manner::as_str(m)).collect();
        let row = row.told(Some(manner.join(" "))).told(m.condition.as_ref().map(|c| c.exact()));
        table.add(row.int(m.accounts.len()).cite_first(story, m.accounts.first().map(|a| &a.span)));
    }
    table
}

/// Who took or is to take part, a row each.
pub(super) fn participants(story: &Story<'_>) -> Table {
    let mut table = Table::new("participants").text(&["meeting", "entity", "name"]).cited();
    for m in &story.record.meetings {
        for p in &m.participants {
            let account = m.accounts.iter().find(|a| a.participants.contains(p)).or(m.accounts.first());
            let row = Row::new().text(m.id.as_str()).text(p.as_str()).text(story.name(p));
            table.add(row.cite_first(story, account.map(|a| &a.span)));
        }
    }
    table
}

/// What each report says of a gathering.
pub(super) fn accounts(story: &Story<'_>) -> Table {
    let mut table = Table::new("accounts")
        .text(&["meeting", "status", "participants", "participant_names", "place", "place_name"])
        .date(DATE)
        .cited();
    for m in &story.record.meetings {
        for a in &m.accounts {
            let (ids, names) = who(story, &a.participants);
            let row = Row::new().text(m.id.as_str()).text(a.status.as_str()).told(Some(ids)).told(Some(names));
            let row = row.told(a.place.as_ref().map(|p| p.as_str())).told(a.place.as_ref().map(|p| story.name(p)));
            table.add(row.date(a.date).cite(story, &a.span));
        }
    }
    table
}
