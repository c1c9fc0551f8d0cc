//! Tables of the reports themselves, of what they share and where they differ, and of everything that is cited.

use super::{Row, Table};
use crate::cited::{cited, place};
use crate::story::Story;

/// The reports; those of one `origin` share much of their text.
pub(super) fn reports(story: &Story<'_>) -> Table {
    let mut table = Table::new("reports")
        .text(&["report", "outlet", "source", "url", "title", "byline"])
        .date(["published", "published_first_day", "published_last_day"])
        .text(&["published_basis", "modified", "language", "credits", "encoding", "sha256"])
        .int(&["origin"]);
    for r in &story.record.reports {
        let row = Row::new().text(r.id.as_str()).told(r.outlet.as_ref()).text(&r.source).told(r.url.as_ref());
        let row = row.told(r.title.as_ref()).told(r.byline.as_ref()).date(r.published);
        let basis = r.published_basis.map(|b| format!("{b:?}").to_lowercase());
        let row = row.told(basis).told(r.modified.map(|m| m.to_string())).told(Some(&r.language));
        let row = row.told(Some(r.credits.join("; "))).told(Some(&r.encoding)).told(Some(&r.sha256));
        let origin = story.record.origins.iter().position(|o| o.contains(&r.id));
        table.add(row.number(origin.and_then(|o| u32::try_from(o + 1).ok())));
    }
    table
}

/// Where accounts of the same thing differ, a row a citation of each answer.
pub(super) fn discrepancies(story: &Story<'_>) -> Table {
    let mut table =
        Table::new("discrepancies").text(&["discrepancy", "kind", "about"]).int(&["answer"]).text(&["value"]).cited();
    for d in &story.record.discrepancies {
        for (n, account) in d.accounts.iter().enumerate() {
            for at in account.evidence.iter() {
                let row = Row::new().text(d.id.as_str()).text(d.kind.as_str()).text(&d.about);
                table.add(row.int(n + 1).text(&account.value).cite(story, at));
            }
        }
    }
    table
}

/// Passages that reports share word for word, a row a place.
pub(super) fn reuse(story: &Story<'_>) -> Table {
    let mut table = Table::new("reuse").text(&["passage", "credit"]).cited();
    for r in &story.record.reuse {
        let id = r.spans.first().map(place);
        for at in &r.spans {
            table.add(Row::new().told(id.as_ref()).told(r.credit.as_ref()).cite(story, at));
        }
    }
    table
}

/// What one report alone has.
pub(super) fn only_in(story: &Story<'_>) -> Table {
    let mut table = Table::new("only_in").text(&["report", "outlet", "fact"]);
    for only in &story.record.only_in {
        for fact in &only.facts {
            table.add(Row::new().text(only.report.as_str()).text(story.outlet(&only.report)).text(fact.as_str()));
        }
    }
    table
}

/// What people corrected.
pub(super) fn corrections(story: &Story<'_>) -> Table {
    let mut table = Table::new("corrections")
        .text(&["correction", "at", "who", "why", "what", "kind", "fact", "about", "was", "now"])
        .columns(super::Kind::Bool, &["applied"]);
    for c in &story.record.corrections {
        let row = Row::new().text(c.id.as_str()).text(&c.at).text(&c.who).told(c.why.as_ref()).text(&c.what);
        let row = row.text(c.fact.as_str()).told(c.on.as_ref().map(|on| on.as_str())).text(&c.about).told(c.was.as_ref());
        table.add(row.told(c.now.as_ref()).bool(c.applied));
    }
    table
}

/// Every place that any fact rests on.
pub(super) fn citations(story: &Story<'_>) -> Table {
    let mut table = Table::new("citations").text(&["kind", "fact", "role", "says"]).cited();
    for c in cited(story) {
        table.add(Row::new().text(c.kind).text(&c.id).text(c.role).text(&c.says).cite(story, c.at));
    }
    table
}
