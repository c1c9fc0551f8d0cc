//! Tables of who said what and who met whom.

use super::build::Row;
use super::names::who;
use super::types::Table;
use crate::index::ReportIndex;
use rapporteur_schema::Manner;

/// Who said what, report by report; the citation is what was said.
pub(super) fn statements(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("statements", "Who said what, report by report; the citation is what was said.")
        .text("statement", "Its id.")
        .text("mode", "In whose words: direct, indirect, mixed.")
        .text("speaker", "Who speaks, where it is clear.")
        .text("speaker_name", "The speaker's name.")
        .text("speaker_words", "The words that name the speaker there.")
        .int("speaker_start", "The first code point of these words.")
        .int("speaker_end", "The first code point after them.")
        .text("cue", "The word that attributes.")
        .int("cue_start", "The first code point of it.")
        .int("cue_end", "The first code point after it.")
        .text("medium", "Where it was said: platform, interview, address.")
        .text("audience", "To whom it was said.")
        .text("via", "Who is credited with having it.")
        .date("date", "When it was said, in EDTF.")
        .text("utterance", "The utterance it gives, where several reports have these words.")
        .cited();
    for s in &index.record.statements {
        let mut row =
            Row::new().text(s.id.as_str()).text(s.mode.as_str()).maybe(s.speaker.as_ref().map(|e| e.as_str()));
        row = row.maybe(s.speaker.as_ref().map(|e| index.name(e)));
        for span in [&s.speaker_span, &s.cue] {
            let at = span.as_ref().map(|c| c.span());
            row = row.maybe(span.as_ref().map(|c| c.exact())).number(at.map(|a| a.start())).number(at.map(|a| a.end()));
        }
        row = row.maybe(s.medium.as_ref()).maybe(s.audience.as_ref()).maybe(s.via.as_ref()).date(s.date);
        table.add(row.maybe(s.utterance.as_ref().map(|u| u.as_str())).cite(index, &s.content));
    }
    table
}

/// The same words as several reports give them; the citation is the first statement. `text` is put together from all of
/// them, so it need not stand in any one report.
pub(super) fn utterances(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("utterances", "The same words as several reports give them; the citation is the first.")
        .text("utterance", "Its id.")
        .text("speaker", "Who spoke, where it is clear.")
        .text("speaker_name", "The speaker's name.")
        .text("relation", "How the reports' words relate: identical, cut, reworded, translated.")
        .text("text", "The fullest form, put together from all: it need not stand in any one report.")
        .int("statements", "How many statements give it.")
        .int("reports", "In how many reports.")
        .cited();
    for u in &index.record.utterances {
        let given: Vec<_> = u.statements.iter().filter_map(|id| index.statement(id)).collect();
        let reports: std::collections::BTreeSet<_> = given.iter().map(|s| &s.report).collect();
        let row = Row::new().text(u.id.as_str()).maybe(u.speaker.as_ref().map(|e| e.as_str()));
        let row = row.maybe(u.speaker.as_ref().map(|e| index.name(e))).text(u.relation.as_str()).text(&u.text);
        let row = row.int(u.statements.len()).int(reports.len());
        table.add(row.cite_first(index, given.first().map(|s| &s.content)));
    }
    table
}

/// Who met whom, one row a gathering; the citation is the first account.
pub(super) fn meetings(index: &ReportIndex<'_>) -> Table {
    let mut table =
        Table::new("meetings", "A gathering, whatever stages it was reported at; the citation is the first account.")
            .text("meeting", "Its id.")
            .text("kind", "What kind: talks, visit, call, video call, summit, signing.")
            .text("status", "How far it has come, by the latest account.")
            .text("participants", "Who took or is to take part: ids.")
            .text("participant_names", "Their names.")
            .text("place", "Where.")
            .text("place_name", "The name of the place.")
            .date("date", "When, in EDTF.")
            .text("manner", "How it is held, where reported.")
            .text("condition", "What it depends on, in a report's words.")
            .int("accounts", "How many accounts there are.")
            .cited();
    for m in &index.record.meetings {
        let (ids, names) = who(index, &m.participants);
        let row = Row::new().text(m.id.as_str()).text(m.kind.as_str()).text(m.status.as_str());
        let row = row.maybe(Some(ids)).maybe(Some(names)).maybe(m.place.as_ref().map(|p| p.as_str()));
        let row = row.maybe(m.place.as_ref().map(|p| index.name(p))).date(m.date);
        let manner: Vec<&str> = m.manner.iter().map(|&m| Manner::as_str(m)).collect();
        let row = row.maybe(Some(manner.join(" "))).maybe(m.condition.as_ref().map(|c| c.exact()));
        table.add(row.int(m.accounts.len()).cite_first(index, m.accounts.first().map(|a| &a.span)));
    }
    table
}

/// Who took or is to take part, a row each.
pub(super) fn participants(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("participants", "One who took or is to take part in a gathering.")
        .text("meeting", "The gathering.")
        .text("entity", "Who.")
        .text("name", "The name.")
        .cited();
    for m in &index.record.meetings {
        for p in &m.participants {
            let account = m.accounts.iter().find(|a| a.participants.contains(p)).or(m.accounts.first());
            let row = Row::new().text(m.id.as_str()).text(p.as_str()).text(index.name(p));
            table.add(row.cite_first(index, account.map(|a| &a.span)));
        }
    }
    table
}

/// What each report says of a gathering.
pub(super) fn accounts(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("accounts", "What one report says of a gathering.")
        .text("meeting", "The gathering.")
        .text("status", "How far it has come, by this account.")
        .text("participants", "Who, by this account: ids.")
        .text("participant_names", "Their names.")
        .text("place", "Where, by this account.")
        .text("place_name", "The name of the place.")
        .date("date", "When, by this account, in EDTF.")
        .cited();
    for m in &index.record.meetings {
        for a in &m.accounts {
            let (ids, names) = who(index, &a.participants);
            let row = Row::new().text(m.id.as_str()).text(a.status.as_str()).maybe(Some(ids)).maybe(Some(names));
            let row = row.maybe(a.place.as_ref().map(|p| p.as_str())).maybe(a.place.as_ref().map(|p| index.name(p)));
            table.add(row.date(a.date).cite(index, &a.span));
        }
    }
    table
}
