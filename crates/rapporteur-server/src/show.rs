//! Pieces that all pages are made of: report numbers that lead to the words, and facts that can be corrected.

use rapporteur::brief::diff::Segment;
use rapporteur::brief::view::{Account, LeadLine, MeetingLine, Part, Party, Row, Saying, Stand, View};
use rapporteur::brief::words;

use rapporteur::{Aim, Citation, RecordIndex, ReportId};

use crate::cache::Snapshot;
use crate::link;

/// Report numbers shown beside a fact at most; the rest is counted and opens side by side.
const MAX_CHIPS: usize = 8;
/// Pieces of a line, ways in which words differ: what is shown at most.
const MAX_PIECES: usize = 10;
const MAX_NOTES: usize = 6;
/// Statements of a saying that have a place of their own on a page: what a thousand reports quote is one line.
pub(crate) const STATEMENTS: usize = 12;

/// A report's number that leads to the words.
#[derive(Clone, Debug)]
pub(crate) struct Chip {
    pub number: usize,
    /// "Velmin Courier, 12 Mar 2026".
    pub name: String,
    /// "Velmin Courier".
    pub outlet: String,
    pub href: String,
}

/// What a fact rests on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cites {
    pub chips: Vec<Chip>,
    /// How many reports more, and where they are read.
    pub more: usize,
    pub rest: Option<String>,
    /// Where the accounts stand side by side, if there are several.
    pub beside: Option<String>,
}

/// Some words with what they rest on.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// The fact, where the piece is one by itself.
    pub id: Option<String>,
    /// Other facts that read the same.
    pub also: Vec<String>,
    /// The words piece by piece, each with whether it differs from the other answers.
    pub runs: Vec<(String, bool)>,
    /// Whose words they are, where the line is about another.
    pub says: Option<String>,
    pub cites: Cites,
}

/// A sentence of the lead.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// The day that its words name.
    pub day: Option<String>,
    /// The day of the report, where its words name none.
    pub reported: Option<String>,
    pub text: String,
    /// The report whose words these are.
    pub first: Option<Chip>,
    /// The others that tell the same.
    pub also: Cites,
    /// The differences that rest on it: in what accounts differ, and where that stands.
    pub differs: Vec<(&'static str, String)>,
    pub fresh: bool,
}

/// A fact on a line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its id; none for a line that gathers several facts.
    pub id: Option<String>,
    /// What sort of fact.
    pub kind: &'static str,
    /// Where the fact stands, for a line that only speaks of it.
    pub to: Option<String>,
    pub label: String,
    pub about: String,
    /// Whether it is not sure.
    pub doubtful: bool,
    /// Whether it is against the line before it.
    pub against: bool,
    pub pieces: Vec<Piece>,
    /// How many pieces more.
    pub more: usize,
    /// The accounts of all pieces side by side.
    pub beside: Option<String>,
    /// Whether something about it is new.
    pub fresh: bool,
    /// What people said about it.
    pub remarks: Vec<String>,
}

/// A meeting on a line.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub id: String,
    pub status: &'static str,
    pub date: String,
    pub place: String,
    pub who: String,
    /// The clause that tells it.
    pub clause: String,
    /// What its state means.
    pub means: &'static str,
    pub doubtful: bool,
    pub differs: Vec<&'static str>,
    pub cites: Cites,
    pub fresh: bool,
    pub remarks: Vec<String>,
}

/// The same words, once, with every report that carries them.
#[derive(Clone, Debug)]
pub(crate) struct Words<'v> {
    pub id: &'v str,
    pub kind: &'static str,
    pub saying: &'v Saying,
    /// The statements that can be led to; a later one of many is found at its saying.
    pub statements: &'v [String],
    pub cites: Cites,
    pub notes: Vec<(Vec<Chip>, &'v str)>,
    pub accounts: Vec<Version<'v>>,
    pub remarks: Vec<String>,
}

/// One report's version of some words.
#[derive(Clone, Debug)]
pub(crate) struct Version<'v> {
    pub chip: Chip,
    pub segments: &'v [Segment],
    pub same: bool,
}

/// What the state of a gathering means, for whoever meets the word and its sign for the first time.
pub(crate) fn state(status: &str) -> &'static str {
    match status {
        "held" => "Reports tell of it as done.",
        "under way" => "Reports tell of it as going on.",
        "planned" => "Reports tell of it as to come; none says that it took place.",
        "ordered" => "Somebody was told to hold it; no report says that it took place.",
        "conditional" => "It is to take place only if something else does.",
        "unconfirmed" => "A report tells of it as not confirmed.",
        "called off" => "It was to take place and will not.",
        "denied" => "Somebody denies that it took place.",
        _ => "",
    }
}

/// Makes pieces of what the view of one record says.
pub(crate) struct Presenter<'s> {
    pub snapshot: &'s Snapshot,
    /// The record's things by their ids.
    pub index: RecordIndex<'s>,
}

impl<'s> Presenter<'s> {
    pub fn new(snapshot: &'s Snapshot) -> Self {
        Presenter { snapshot, index: RecordIndex::new(&snapshot.record) }
    }

    fn view(&self) -> &'s View {
        &self.snapshot.view
    }

    /// The number of a report.
    pub fn number(&self, report: &ReportId) -> Option<usize> {
        Some(self.index.report_place(report)? + 1)
    }

    /// The independent source of a report, by the report's number; one that shares no text is a source of its own.
    pub fn origin(&self, number: usize) -> usize {
        let known = self.view().report(number).and_then(|r| self.index.origin(&r.id));
        known.unwrap_or(self.index.record().origins.len() + number)
    }

    /// The number of the report that is cited, leading to the words.
    pub fn chip_of(&self, c: &Citation) -> Option<Chip> {
        self.chip(self.number(c.report())?, &[(c.span().start(), c.span().end())])
    }

    /// A report's number that leads to these places.
    pub fn chip(&self, number: usize, spans: &[(u32, u32)]) -> Option<Chip> {
        let report = self.view().report(number)?;
        let date = report.date.as_deref().map(|d| format!(", {d}")).unwrap_or_default();
        let href = link::report(report.id.as_str(), spans);
        Some(Chip { number, name: format!("{}{date}", report.name), outlet: report.name.clone(), href })
    }

    /// The report of a sentence with the place of its words, and the others that are cited.
    pub fn first_and_others(&self, cites: &[usize], report: usize) -> (Option<Chip>, Cites) {
        self.first_and_others_at(link::places(self.view(), cites), report)
    }

    /// The same of places.
    pub fn first_and_others_at(&self, mut places: link::Places, report: usize) -> (Option<Chip>, Cites) {
        let beside = link::beside(self.view(), &places);
        let first = places.remove(&report).and_then(|spans| self.chip(report, &spans));
        let mut also = self.cites_at(&places);
        also.beside = beside;
        (first, also)
    }

    pub fn cites(&self, cites: &[usize]) -> Cites {
        self.cites_at(&link::places(self.view(), cites))
    }

    fn cites_at(&self, places: &link::Places) -> Cites {
        let chips: Vec<Chip> =
            places.iter().take(MAX_CHIPS).filter_map(|(number, spans)| self.chip(*number, spans)).collect();
        let more = places.len().saturating_sub(chips.len());
        let others: link::Places = places.iter().skip(MAX_CHIPS).map(|(n, spans)| (*n, spans.clone())).collect();
        let alone = || others.first_key_value().and_then(|(n, spans)| self.chip(*n, spans)).map(|c| c.href);
        let rest = link::beside(self.view(), &others).or_else(alone);
        Cites { chips, more, rest, beside: link::beside(self.view(), places) }
    }

    fn piece(&self, part: &Part, alone: bool) -> Piece {
        let mut ids = part.ids.iter().filter(|_| !alone).cloned();
        let runs = part.pieces().into_iter().map(|(words, marked)| (words.to_owned(), marked)).collect();
        Piece { id: ids.next(), also: ids.collect(), runs, says: part.says.clone(), cites: self.cites(&part.cites) }
    }

    /// What people said of a fact.
    pub fn remarks(&self, id: &str) -> Vec<String> {
        let of = self.index.corrections(id).filter(|c| c.applied);
        let remark = |c: &rapporteur::AppliedCorrection| {
            let change = match (&c.was, &c.now) {
                (Some(was), Some(now)) => format!("{was} → {now}"),
                (None, Some(now)) => now.clone(),
                _ => c.what.clone(),
            };
            let why = c.why.as_deref().map(|w| format!(" ({w})")).unwrap_or_default();
            let wrong = if c.aim == Aim::World { " · the report is wrong" } else { "" };
            format!("{change}{wrong} — {}, {}{why}", c.who, c.at.get(..10).unwrap_or_default())
        };
        of.map(remark).collect()
    }

    /// A line; where it has one fact, it is that fact, where it has several, its pieces are.
    pub fn line(&self, row: &Row, kind: &'static str) -> Line {
        let single = row.ids.len() == 1;
        let label = row.label.strip_prefix("+ ");
        let id = row.ids.first().filter(|_| single).cloned();
        Line {
            to: None,
            remarks: row.ids.iter().flat_map(|id| self.remarks(id)).collect(),
            kind,
            fresh: label.is_some(),
            label: label.unwrap_or(&row.label).to_owned(),
            about: row.about.clone(),
            doubtful: row.doubtful,
            against: false,
            pieces: row.parts.iter().take(MAX_PIECES).map(|p| self.piece(p, single)).collect(),
            more: row.parts.len().saturating_sub(MAX_PIECES),
            beside: link::beside(self.view(), &link::places(self.view(), &row.cites)),
            id,
        }
    }

    pub fn lines(&self, rows: &[Row], kind: &'static str, most: usize) -> Vec<Line> {
        rows.iter().take(most).map(|row| self.line(row, kind)).collect()
    }

    /// A line that speaks of facts which stand elsewhere.
    pub fn about(&self, row: &Row, kind: &'static str) -> Line {
        let mut line = self.line(row, kind);
        line.to = line.id.take().map(|id| {
            let as_of = self.snapshot.asked.as_of.map(|d| d.to_string());
            link::with(&format!("/fact/{id}"), &[("story", Some(self.snapshot.id())), ("as_of", as_of)])
        });
        line.remarks.clear();
        line.pieces.iter_mut().for_each(|p| (p.id, p.also) = (None, Vec::new()));
        line
    }

    /// The sentences of the lead that are sure to belong there.
    pub fn lead(&self) -> Vec<Told> {
        let as_of = self.snapshot.asked.as_of.map(|d| d.to_string());
        let asked = [("story", Some(self.snapshot.id())), ("as_of", as_of)];
        let year = self.snapshot.days.map(|(_, last)| last.year());
        let told = |l: &LeadLine| {
            let (first, also) = self.first_and_others(&l.cites, l.report);
            let head = self.view().report(l.report).and_then(|r| self.index.report(&r.id));
            let reported = head.and_then(|h| h.published).map(|day| words::date_within(day, year));
            Told {
                day: l.day.clone(),
                reported: reported.filter(|_| l.day.is_none()),
                text: l.text.clone(),
                first,
                also,
                differs: l.differs.iter().map(|d| (d.kind, link::with(&format!("/fact/{}", d.id), &asked))).collect(),
                fresh: l.fresh,
            }
        };
        self.view().lead.iter().filter(|l| !l.doubtful).map(told).collect()
    }

    /// A party's stands, each a line: the stance, and the clause that tells it.
    pub fn stands(&self, party: &Party, most: usize, doubtful: bool) -> Vec<Line> {
        let line = |stand: &Stand| Line {
            id: Some(stand.id.clone()),
            kind: "position",
            to: None,
            label: stand.stance.to_owned(),
            about: String::new(),
            doubtful: stand.doubtful,
            against: stand.against,
            pieces: vec![self.piece(&stand.clause, true)],
            more: 0,
            beside: None,
            fresh: stand.fresh,
            remarks: self.remarks(&stand.id),
        };
        party.stands.iter().filter(|s| doubtful || !(s.doubtful || s.told)).take(most).map(line).collect()
    }

    pub fn meeting(&self, line: &MeetingLine) -> Meeting {
        Meeting {
            id: line.id.clone(),
            status: line.status,
            date: line.date.clone(),
            place: line.place.clone(),
            fresh: line.fresh,
            who: line.who.clone(),
            clause: line.clause.clone(),
            means: state(line.status),
            doubtful: line.doubtful,
            differs: line.differs.clone(),
            cites: self.cites(&line.cites),
            remarks: self.remarks(&line.id),
        }
    }

    pub fn words(&self, saying: &'s Saying) -> Words<'s> {
        let all: Vec<usize> = saying.accounts.iter().flat_map(|a| a.cites.iter().copied()).collect();
        let account = |a: &'s Account| {
            let places = link::places(self.view(), &a.cites);
            let chip = self.chip(a.report, places.get(&a.report).map_or(&[], Vec::as_slice))?;
            Some(Version { chip, segments: &a.segments, same: a.same })
        };
        let accounts: Vec<Version<'s>> = saying.accounts.iter().take(MAX_CHIPS).filter_map(account).collect();
        let chips = |reports: &[usize]| -> Vec<Chip> {
            accounts
                .iter()
                .filter(|a| reports.contains(&a.chip.number))
                .map(|a| a.chip.clone())
                .take(MAX_CHIPS)
                .collect()
        };
        Words {
            id: &saying.id,
            kind: if saying.id.starts_with('u') { "utterance" } else { "statement" },
            statements: &saying.statements[..saying.statements.len().min(STATEMENTS)],
            saying,
            cites: self.cites(&all),
            notes: saying.notes.iter().take(MAX_NOTES).map(|n| (chips(&n.reports), n.text.as_str())).collect(),
            remarks: std::iter::once(&saying.id)
                .chain(saying.statements.iter().filter(|s| **s != saying.id))
                .flat_map(|id| self.remarks(id))
                .collect(),
            accounts,
        }
    }
}
