//! A record with its things at hand by their ids, and the few names for them that all exports share.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use rapporteur_schema::{
    Aim, AppliedCorrection, Citation, Entity, EntityKind, Meeting, MeetingKind, MeetingStatus, Record, RecordIndex,
    Report, ReportId, Span, Text, sha256,
};

/// A record, looked up by id, with the texts of its reports: what every form is written from.
pub(crate) struct ReportIndex<'r> {
    /// The record.
    pub record: &'r Record,
    facts: RecordIndex<'r>,
    texts: BTreeMap<&'r ReportId, &'r Text>,
    /// Whom and what each report names, in the order of the record.
    named: BTreeMap<&'r ReportId, Vec<&'r Entity>>,
}

/// What is looked up by id stands in the record's own index.
impl<'r> Deref for ReportIndex<'r> {
    type Target = RecordIndex<'r>;

    fn deref(&self) -> &RecordIndex<'r> {
        &self.facts
    }
}

impl<'r> ReportIndex<'r> {
    /// Looks everything up once.
    pub fn new(record: &'r Record, reports: &'r [Report]) -> Self {
        let mut named: BTreeMap<&ReportId, Vec<&Entity>> = BTreeMap::new();
        for entity in &record.entities {
            let reports: BTreeSet<&ReportId> = entity.mentions.iter().map(|m| &m.report).collect();
            reports.into_iter().for_each(|report| named.entry(report).or_default().push(entity));
        }
        let texts = reports.iter().map(|r| (r.id(), &r.text)).collect();
        ReportIndex { record, facts: RecordIndex::new(record), texts, named }
    }

    /// A short name for this very set of reports.
    pub fn id(&self) -> String {
        let ids: Vec<&str> = self.record.reports.iter().map(|r| r.id.as_str()).collect();
        sha256(ids.join(" ").as_bytes()).chars().take(16).collect()
    }

    /// The text of a report, where it was handed in.
    pub fn text(&self, id: &ReportId) -> Option<&'r Text> {
        self.texts.get(id).copied()
    }

    /// The words at a place, where the report was handed in.
    pub fn words(&self, id: &ReportId, start: u32, end: u32) -> Option<&'r str> {
        self.text(id)?.slice(Span::new(start, end))
    }

    /// What a report names, of these kinds.
    pub fn named(&self, id: &ReportId, kinds: &[EntityKind]) -> Vec<&'r str> {
        let here = self.named.get(id).into_iter().flatten();
        here.filter(|e| kinds.contains(&e.kind)).map(|e| e.name.as_str()).collect()
    }

    /// Who published a report; where it is not known, its file.
    pub fn outlet(&self, id: &ReportId) -> &'r str {
        match self.report(id) {
            Some(head) => head.outlet.as_deref().unwrap_or_else(|| file(&head.source)),
            None => "",
        }
    }

    /// What a position is about, in words: a proposal, issue or meeting by its name, else the words themselves.
    pub fn subject_or_words(&self, on: &str) -> String {
        self.subject(on).unwrap_or_else(|| on.to_owned())
    }

    /// What people corrected of a fact, as it stands behind words about it: ` (corrected: date, was …, now …, misread, Ada)`;
    /// empty where nothing was.
    pub fn corrected(&self, id: &str) -> String {
        let told = |c: &AppliedCorrection| {
            let was = c.was.as_ref().map(|w| format!(", was {w}")).unwrap_or_default();
            let now = c.now.as_ref().map(|n| format!(", now {n}")).unwrap_or_default();
            let why = c.why.as_ref().map(|w| format!(": {w}")).unwrap_or_default();
            let aim = match c.aim {
                _ if c.what == "note" => "",
                Aim::Reading => ", misread",
                Aim::World => ", the report is wrong",
            };
            one_line(&format!("{}{was}{now}{aim}, {}{why}", c.what, c.who))
        };
        let all: Vec<String> = self.corrections(id).filter(|c| c.applied).map(told).collect();
        if all.is_empty() { String::new() } else { format!(" (corrected: {})", all.join("; ")) }
    }

    /// A meeting in a few words, at the head of a line: "Talks: Kareth, Sunnmark".
    pub fn title_of(&self, meeting: &Meeting) -> String {
        let kind = kind(meeting.kind);
        match meeting.participants.as_slice() {
            [] => kind.to_owned(),
            who => format!("{kind}: {}", self.names(who, ", ")),
        }
    }

    /// The reports of a meeting, each with the place.
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

/// Words on one line: stretches of white space with a line break or another control in them become one space; what turns the
/// direction of writing is left out, for it would turn what stands after the words as well.
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
        if matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
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
        assert_eq!(one_line("a \u{202e}b\u{1b}[2J\u{2066}c"), "a b [2Jc");
    }

    #[test]
    fn the_last_part_of_a_source_is_its_file() {
        assert_eq!(file("examples/strait/wire.txt"), "wire.txt");
        assert_eq!(file("https://harbour.example/news/"), "news");
        assert_eq!(file("/"), "/");
    }
}
