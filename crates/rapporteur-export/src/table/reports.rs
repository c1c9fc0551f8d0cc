//! Tables of the reports themselves, of what they share and where they differ, and of everything that is cited.

use super::build::Row;
use super::types::Table;
use crate::cited::{cited, place};
use crate::index::ReportIndex;

/// The reports; those of one `origin` share much of their text.
pub(super) fn reports(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("reports", "A report that was read.")
        .text("report", "Its id.")
        .text("outlet", "Who published it, where known.")
        .text("source", "The path or address it was read from.")
        .text("url", "Where it was published on the web.")
        .text("title", "Its title.")
        .text("byline", "Who wrote it, as printed.")
        .text("published", "When it was published, in EDTF.")
        .first_and_last("published_first_day", "published_last_day")
        .text("published_basis", "How that is known: given, stated, inferred.")
        .text("modified", "When it was last changed.")
        .text("language", "Its language, a BCP 47 tag.")
        .text("credits", "Agencies and outlets that it credits.")
        .text("encoding", "The encoding it was read in.")
        .text("sha256", "SHA-256 of the bytes read.")
        .int("origin", "Its independent source: reports of one number share much of their text.");
    for r in &index.record.reports {
        let row = Row::new().text(r.id.as_str()).maybe(r.outlet.as_ref()).text(&r.source).maybe(r.url.as_ref());
        let row = row.maybe(r.title.as_ref()).maybe(r.byline.as_ref()).date(r.published);
        let basis = r.published_basis.map(|b| format!("{b:?}").to_lowercase());
        let row = row.maybe(basis).maybe(r.modified.map(|m| m.to_string())).maybe(Some(&r.language));
        let row = row.maybe(Some(r.credits.join("; "))).maybe(Some(&r.encoding)).maybe(Some(&r.sha256));
        let origin = index.origin(&r.id);
        table.add(row.number(origin.and_then(|o| u32::try_from(o + 1).ok())));
    }
    table
}

/// Where accounts of the same thing differ, a row a citation of each answer.
pub(super) fn discrepancies(index: &ReportIndex<'_>) -> Table {
    let mut table =
        Table::new("discrepancies", "An answer where accounts of one thing differ, a row a citation of it.")
            .text("discrepancy", "The discrepancy's id.")
            .text("kind", "In what they differ: number, date, place, participant, status, attribution, wording, name.")
            .text("about", "The question.")
            .int("answer", "The number of the answer, from 1.")
            .text("value", "The answer.")
            .cited();
    for d in &index.record.discrepancies {
        for (n, account) in d.accounts.iter().enumerate() {
            for at in account.evidence.iter() {
                let row = Row::new().text(d.id.as_str()).text(d.kind.as_str()).text(&d.about);
                table.add(row.int(n + 1).text(&account.value).cite(index, at));
            }
        }
    }
    table
}

/// Passages that reports share word for word, a row a place.
pub(super) fn reuse(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("reuse", "A place of a passage that reports share word for word.")
        .text("passage", "The passage, named by its first place.")
        .text("credit", "The agency that one of them credits.")
        .cited();
    for r in &index.record.reuse {
        let id = r.spans.first().map(place);
        for at in &r.spans {
            table.add(Row::new().maybe(id.as_ref()).maybe(r.credit.as_ref()).cite(index, at));
        }
    }
    table
}

/// What one report alone has.
pub(super) fn only_in(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("only_in", "A fact that one report alone has.")
        .text("report", "The report.")
        .text("outlet", "Who published it; where it is not known, its file.")
        .text("fact", "The fact's id.");
    for only in &index.record.only_in {
        for fact in &only.facts {
            table.add(Row::new().text(only.report.as_str()).text(index.outlet(&only.report)).text(fact.as_str()));
        }
    }
    table
}

/// What people corrected.
pub(super) fn corrections(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("corrections", "What a person corrected.")
        .text("correction", "Its id.")
        .text("at", "When it was made: RFC 3339, UTC.")
        .text("who", "Who made it.")
        .text("aim", "What is wrong: the reading (the report says something else) or the world (the report is wrong).")
        .text("why", "Why, where given.")
        .text("what", "What it does: merge, split, speaker, date, status, reject, note.")
        .text("kind", "What sort of fact it is about.")
        .text("fact", "The id of the fact in this record; empty where it is not in it.")
        .text("about", "The fact in words.")
        .text("was", "What the machine found.")
        .text("now", "What the person says; for a note, the note.")
        .bool("applied", "Whether it could be applied.");
    for c in &index.record.corrections {
        let row = Row::new()
            .text(c.id.as_str())
            .text(&c.at)
            .text(&c.who)
            .text(c.aim.as_str())
            .maybe(c.why.as_ref())
            .text(&c.what);
        let row =
            row.text(c.fact.as_str()).maybe(c.on.as_ref().map(|on| on.as_str())).text(&c.about).maybe(c.was.as_ref());
        table.add(row.maybe(c.now.as_ref()).bool(c.applied));
    }
    table
}

/// Every place that any fact rests on.
pub(super) fn citations(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("citations", "A place that a fact rests on.")
        .text("kind", "What sort of fact.")
        .text("fact", "Its id; where it has none, one made of its place.")
        .text("role", "What the place is to the fact: content, speaker, cue, account, evidence, and so on.")
        .text("says", "The fact in a few words.")
        .cited();
    for c in cited(index) {
        table.add(Row::new().text(c.kind).text(&c.id).text(c.role).text(&c.says).cite(index, c.at));
    }
    table
}
