//! A record with its things at hand by their ids, and the few names for them that all exports share.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{
    Citation, Entity, EntityId, EntityKind, Meeting, MeetingKind, MeetingStatus, Record, Report, ReportHead, ReportId,
    Span, Statement, StatementId, Text, sha256,
};

/// A record, looked up by id.
pub(crate) struct RecordIndex<'r> {
    /// The record.
    pub record: &'r Record,
    heads: BTreeMap<&'r ReportId, &'r ReportHead>,
    texts: BTreeMap<&'r ReportId, &'r Text>,
    entities: BTreeMap<&'r EntityId, &'r Entity>,
    statements: BTreeMap<&'r StatementId, &'r Statement>,
    /// Whom and what each report names, in the order of the record.
    named: BTreeMap<&'r ReportId, Vec<&'r Entity>>,
}

impl<'r> RecordIndex<'r> {
    /// Looks everything up once.
    pub fn new(record: &'r Record, reports: &'r [Report]) -> Self {
        let mut named: BTreeMap<&ReportId, Vec<&Entity>> = BTreeMap::new();
        for entity in &record.entities {
            let reports: BTreeSet<&ReportId> = entity.mentions.iter().map(|m| &m.report).collect();
            reports.into_iter().for_each(|report| named.entry(report).or_default().push(entity));
        }
        RecordIndex {
            named,
            record,
            heads: record.reports.iter().map(|r| (&r.id, r)).collect(),
            texts: reports.iter().map(|r| (r.id(), &r.text)).collect(),
            entities: record.entities.iter().map(|e| (&e.id, e)).collect(),
            statements: record.statements.iter().map(|s| (&s.id, s)).collect(),
        }
    }

    /// A short name for this very set of reports.
    pub fn id(&self) -> String {
        let ids: Vec<&str> = self.record.reports.iter().map(|r| r.id.as_str()).collect();
        sha256(ids.join(" ").as_bytes()).chars().take(16).collect()
    }

    /// What is known about a report.
    pub fn head(&self, id: &ReportId) -> Option<&'r ReportHead> {
        self.heads.get(id).copied()
    }

    /// The text of a report, where it was handed in.
    pub fn text(&self, id: &ReportId) -> Option<&'r Text> {
        self.texts.get(id).copied()
    }

    /// The words at a place, where the report was handed in.
    pub fn words(&self, id: &ReportId, start: u32, end: u32) -> Option<&'r str> {
        self.text(id)?.slice(Span::new(start, end))
    }

    /// An entity.
    pub fn entity(&self, id: &EntityId) -> Option<&'r Entity> {
        self.entities.get(id).copied()
    }

    /// A statement.
    pub fn statement(&self, id: &StatementId) -> Option<&'r Statement> {
        self.statements.get(id).copied()
    }

    /// What a report names, of these kinds.
    pub fn named(&self, id: &ReportId, kinds: &[EntityKind]) -> Vec<&'r str> {
        let here = self.named.get(id).into_iter().flatten();
        here.filter(|e| kinds.contains(&e.kind)).map(|e| e.name.as_str()).collect()
    }

    /// What an entity is called; its id where the record does not have it.
    pub fn name<'n>(&'n self, id: &'n EntityId) -> &'n str {
        self.entity(id).map_or(id.as_str(), |e| e.name.as_str())
    }

    /// What these are called, with this between.
    pub fn names(&self, ids: &[EntityId], between: &str) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.name(id)).collect();
        names.join(between)
    }

    /// Who published a report; where nobody is told, its file.
    pub fn outlet(&self, id: &ReportId) -> &'r str {
        match self.head(id) {
            Some(head) => head.outlet.as_deref().unwrap_or_else(|| file(&head.source)),
            None => "",
        }
    }

    /// What a position is about, in words: a proposal or issue by its name, else the words themselves.
    pub fn subject<'s>(&'s self, on: &'s str) -> &'s str {
        let proposal = self.record.proposals.iter().find(|p| p.id.as_str() == on);
        let issue = self.record.issues.iter().find(|i| i.id.as_str() == on);
        let name = proposal.and_then(|p| p.names.first()).or(issue.map(|i| &i.name));
        name.map_or(on, String::as_str)
    }

    /// A meeting in a few words: "Talks: Kareth, Sunnmark".
    pub fn meeting(&self, meeting: &Meeting) -> String {
        let kind = kind(meeting.kind);
        match meeting.participants.as_slice() {
            [] => kind.to_owned(),
            who => format!("{kind}: {}", self.names(who, ", ")),
        }
    }

    /// The reports a meeting is told in, each with the place.
    pub fn accounts<'m>(&self, meeting: &'m Meeting) -> impl Iterator<Item = &'m Citation> {
        meeting.accounts.iter().map(|a| &a.span)
    }
}

/// A gathering, at the head of a line.
fn kind(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Talks => "Talks",
        MeetingKind::Visit => "Visit",
        MeetingKind::Call => "Call",
        MeetingKind::VideoCall => "Video call",
        MeetingKind::Summit => "Summit",
        MeetingKind::Signing => "Signing",
    }
}

/// Whether a gathering is still to come, for certain or not.
pub(crate) fn to_come(status: MeetingStatus) -> bool {
    matches!(status, MeetingStatus::Planned | MeetingStatus::Ordered | MeetingStatus::Conditional)
}

/// The last part of a path or address.
pub(crate) fn file(source: &str) -> &str {
    let bare = source.trim_end_matches(['/', '\\']);
    bare.rsplit(['/', '\\']).next().filter(|f| !f.is_empty()).unwrap_or(source)
}

/// Words on one line: stretches of white space with a line break or another control in them become one space.
///
/// For forms in which a line cannot hold more than a line; the places still lead to the words as they stand.
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    let mut space = String::new();
    for c in words.chars() {
        if c.is_whitespace() || c.is_control() {
            space.push(c);
            continue;
        }
        flush(&mut line, &space);
        space.clear();
        line.push(c);
    }
    flush(&mut line, &space);
    line.trim().to_owned()
}

fn flush(line: &mut String, space: &str) {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    line.push_str(if space.chars().any(breaks) { " " } else { space });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_becomes_one_space_and_other_space_stays() {
        assert_eq!(one_line("the weir\r\n   stays  open\u{2028}now\t"), "the weir stays  open now");
        assert_eq!(one_line("a\u{a0}b \u{0} c"), "a\u{a0}b c");
    }

    #[test]
    fn the_last_part_of_a_source_is_its_file() {
        assert_eq!(file("examples/strait/wire.txt"), "wire.txt");
        assert_eq!(file("https://harbour.example/news/"), "news");
        assert_eq!(file("/"), "/");
    }
}
