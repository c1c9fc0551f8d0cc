//! Tables of what is bargained over: proposals, issues, positions, conditions.

use super::names::who;
use super::{Kind, Row, Table};
use crate::story::Story;

const DATE: [&str; 3] = ["date", "first_day", "last_day"];

/// Proposals, a row a version; the citation is the first of the version.
pub(super) fn proposals(story: &Story<'_>) -> Table {
    let mut table = Table::new("proposals")
        .text(&["proposal", "names"])
        .int(&["version", "points"])
        .columns(Kind::Bool, &["approximate"])
        .text(&["authors", "author_names"])
        .date(DATE)
        .text(&["sum", "change"])
        .int(&["citations"])
        .cited();
    for p in &story.record.proposals {
        for (n, v) in p.versions.iter().enumerate() {
            let (ids, names) = who(story, &v.authors);
            let row = Row::new().text(p.id.as_str()).text(p.names.join("; ")).int(n + 1).number(v.points);
            let row = row.bool(v.approximate).told(Some(ids)).told(Some(names)).date(v.date);
            let row = row.told(v.sum.as_ref()).told(v.change.as_ref()).int(v.evidence.iter().count());
            table.add(row.cite(story, v.evidence.first()));
        }
    }
    table
}

/// What is in dispute.
pub(super) fn issues(story: &Story<'_>) -> Table {
    let mut table = Table::new("issues").text(&["issue", "name", "terms", "status"]).int(&["citations"]).cited();
    for i in &story.record.issues {
        let row = Row::new().text(i.id.as_str()).text(&i.name).told(Some(i.terms.join("; ")));
        let row = row.told(i.status.map(|s| s.as_str())).int(i.evidence.iter().count());
        table.add(row.cite(story, i.evidence.first()));
    }
    table
}

/// Who stands how to what. `on` is the id of a proposal or issue, or the words for what is neither.
pub(super) fn positions(story: &Story<'_>) -> Table {
    let mut table = Table::new("positions")
        .text(&["position", "party", "party_name", "stance", "on", "on_name"])
        .date(DATE)
        .int(&["citations"])
        .cited();
    for p in &story.record.positions {
        let row = Row::new().text(p.id().as_str()).text(p.party.as_str()).text(story.name(&p.party));
        let row = row.text(p.stance.as_str()).text(&p.on).text(story.subject(&p.on)).date(p.date);
        table.add(row.int(p.evidence.iter().count()).cite(story, p.evidence.first()));
    }
    table
}

/// What happens only if something else does; the citation is the words that say both.
pub(super) fn conditions(story: &Story<'_>) -> Table {
    let mut table = Table::new("conditions")
        .text(&["condition", "party", "party_name", "what"])
        .int(&["what_start", "what_end"])
        .text(&["only_if"])
        .int(&["only_if_start", "only_if_end", "citations"])
        .cited();
    for c in &story.record.conditions {
        let mut row = Row::new().text(c.id().as_str()).told(c.party.as_ref().map(|p| p.as_str()));
        row = row.told(c.party.as_ref().map(|p| story.name(p)));
        for part in [&c.what, &c.only_if] {
            row = row.text(part.exact()).number(Some(part.span().start())).number(Some(part.span().end()));
        }
        table.add(row.int(c.evidence.iter().count()).cite(story, c.evidence.first()));
    }
    table
}
