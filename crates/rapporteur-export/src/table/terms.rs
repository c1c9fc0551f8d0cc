//! Tables of what is bargained over: proposals, issues, positions, conditions.

use super::build::Row;
use super::names::who;
use super::types::Table;
use crate::index::ReportIndex;

/// Proposals, a row a version; the citation is the first of the version.
pub(super) fn proposals(index: &ReportIndex<'_>) -> Table {
    let mut table =
        Table::new("proposals", "A version of a plan, draft, deal, bill or offer; the citation is its first.")
            .text("proposal", "The proposal's id.")
            .text("names", "What it is called.")
            .int("version", "The number of the version, from 1.")
            .int("points", "Its number of points, where reported.")
            .bool("approximate", "Whether that number is rough.")
            .text("authors", "Whose it is: ids.")
            .text("author_names", "Their names.")
            .date("date", "When it was made, in EDTF.")
            .text("sum", "Its sum or rate as first written, where reported.")
            .text("change", "The word of change that made it, where reported.")
            .int("citations", "How many citations it has.")
            .cited();
    for p in &index.record.proposals {
        for (n, v) in p.versions.iter().enumerate() {
            let (ids, names) = who(index, &v.authors);
            let row = Row::new().text(p.id.as_str()).text(p.names.join("; ")).int(n + 1).number(v.points);
            let row = row.bool(v.approximate).maybe(Some(ids)).maybe(Some(names)).date(v.date);
            let row = row.maybe(v.sum.as_ref()).maybe(v.change.as_ref()).int(v.evidence.iter().count());
            table.add(row.cite(index, v.evidence.first()));
        }
    }
    table
}

/// What is in dispute.
pub(super) fn issues(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("issues", "A matter in dispute; the citation is its first.")
        .text("issue", "Its id.")
        .text("name", "Its name.")
        .text("terms", "What reports call it.")
        .text("status", "Where it stands, where reported: open, deferred, agreed, disputed.")
        .int("citations", "How many citations it has.")
        .cited();
    for i in &index.record.issues {
        let row = Row::new().text(i.id.as_str()).text(&i.name).maybe(Some(i.terms.join("; ")));
        let row = row.maybe(i.status.map(|s| s.as_str())).int(i.evidence.iter().count());
        table.add(row.cite(index, i.evidence.first()));
    }
    table
}

/// Who stands how to what. `on` is the id of a proposal or issue, or the words for what is neither.
pub(super) fn positions(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("positions", "How one party stands to one subject; the citation is its first.")
        .text("position", "Its id.")
        .text("party", "Who.")
        .text("party_name", "The party's name.")
        .text("stance", "How: accepts, rejects, demands, and so on.")
        .text("on", "To what: the id of a proposal or an issue, or the words for what is neither.")
        .text("on_name", "What that is called.")
        .date("date", "When, in EDTF.")
        .int("citations", "How many citations it has.")
        .cited();
    for p in &index.record.positions {
        let row = Row::new().text(p.id().as_str()).text(p.party.as_str()).text(index.name(&p.party));
        let row = row.text(p.stance.as_str()).text(&p.on).text(index.subject_or_words(&p.on)).date(p.date);
        table.add(row.int(p.evidence.iter().count()).cite(index, p.evidence.first()));
    }
    table
}

/// What happens only if something else does; the citation is the words that say both.
pub(super) fn conditions(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("conditions", "What happens only if something else does; the citation says both.")
        .text("condition", "Its id.")
        .text("party", "Who set it.")
        .text("party_name", "The party's name.")
        .text("what", "The words for what would happen.")
        .int("what_start", "The first code point of these words.")
        .int("what_end", "The first code point after them.")
        .text("only_if", "The words for what must be before.")
        .int("only_if_start", "The first code point of these words.")
        .int("only_if_end", "The first code point after them.")
        .int("citations", "How many citations it has.")
        .cited();
    for c in &index.record.conditions {
        let mut row = Row::new().text(c.id().as_str()).maybe(c.party.as_ref().map(|p| p.as_str()));
        row = row.maybe(c.party.as_ref().map(|p| index.name(p)));
        for part in [&c.what, &c.only_if] {
            row = row.text(part.exact()).number(Some(part.span().start())).number(Some(part.span().end()));
        }
        table.add(row.int(c.evidence.iter().count()).cite(index, c.evidence.first()));
    }
    table
}
