//! What a brief shows, in which order, and where long lists are cut: one model from which every face is laid out.

mod builder;
mod clause;
mod differ;
mod lead;
pub(crate) mod meeting;
mod name;
mod news;
mod only;
mod open;
mod row;
mod saying;
pub(crate) mod timeline;
mod wants;

use std::collections::BTreeSet;

use rapporteur_schema::phrase::ends;
use rapporteur_schema::{Basis, Edtf, Record, ReportId, web_address};

pub use builder::Cite;
pub(crate) use builder::ViewBuilder;
pub use clause::without_dateline;
pub use lead::{Differs, LeadLine};
pub use meeting::MeetingLine;
pub use name::{NameGroup, NameLine, Names};
pub(crate) use row::pieces;
pub use row::{Part, Row};
pub use saying::{Account, Note, Saying, Sayings, Speaker};
pub use timeline::Happening;
pub use wants::{Party, Stand, Wants};

use crate::News;
use crate::words::{clean, count, date, encode, numbers};

/// Reports listed before a list is cut.
pub(crate) const REPORTS_SHOWN: usize = 24;

/// A whole brief.
#[derive(Clone, Debug)]
pub struct View {
    /// "5 reports · 4 outlets · 3 independent sources · reported 25 Nov 2025 · date inferred [1 3]".
    pub headline: String,
    /// The version that made the record.
    pub version: String,
    /// The reports, in the order of their numbers.
    pub reports: Vec<ReportLine>,
    /// What is new, and since when; empty where nobody asked.
    pub news: Vec<Row>,
    /// Since when, for people.
    pub since: String,
    /// What people corrected.
    pub corrected: Vec<Row>,
    /// What happened: the sentences of the reports that tell it.
    pub lead: Vec<LeadLine>,
    /// Where accounts differ.
    pub differ: Vec<Row>,
    /// How many claims several reports share: what was compared.
    pub compared: usize,
    /// Who wants what.
    pub wants: Wants,
    /// Who met whom.
    pub meetings: Vec<MeetingLine>,
    /// What is still open: plans by their versions, issues by their state.
    pub open: Vec<Row>,
    /// What happens only if something else does.
    pub conditions: Vec<Row>,
    /// Who said what.
    pub sayings: Sayings,
    /// What one report alone has.
    pub only_in: Vec<Row>,
    /// What should be in it and is damaged where it is kept.
    pub not_read: Vec<String>,
    /// What happened when.
    pub timeline: Vec<Happening>,
    /// The names.
    pub names: Names,
    /// Every place cited, once; sections cite them by index.
    pub cites: Vec<Cite>,
}

/// A report as it is listed.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// Its number in this brief, from 1.
    pub number: usize,
    /// Its id.
    pub id: ReportId,
    /// Who published it, or `None`.
    pub outlet: Option<String>,
    /// The outlet, or the name of the file where the outlet is not known.
    pub name: String,
    /// When it was published.
    pub date: Option<String>,
    /// How that is known: given, stated, inferred.
    pub basis: Option<&'static str>,
    /// Its title.
    pub title: Option<String>,
    /// The path without the folder that all reports share.
    pub file: String,
    /// The path or URL as given.
    pub source: String,
    /// Where it was published, if that is a web address.
    pub url: Option<String>,
}

impl View {
    /// Draws up the brief of this record, beginning with what is new where that was asked for.
    pub fn new(record: &Record, asked: Option<&News<'_>>) -> Self {
        let mut builder = ViewBuilder::new(record);
        // What the first sections show is not told again by those after them, so they are made first.
        let mut lead = lead::lead(&mut builder);
        let mut differ = differ::differ(&mut builder);
        let mut open = open::open(&mut builder);
        let mut conditions = open::conditions(&mut builder);
        let mut wants = wants::wants(&mut builder);
        let mut meetings = meeting::meetings(&mut builder);
        let news = asked.map(|n| news::rows(&mut builder, n.changes)).unwrap_or_default();
        let corrected = news::corrected(&mut builder);
        if let Some(asked) = asked {
            let tables = [open.as_mut_slice(), &mut conditions, &mut differ];
            let lines = news::Lines { lead: &mut lead, tables, wants: &mut wants, meetings: &mut meetings };
            news::mark(asked.changes, lines);
        }
        let sayings = saying::sayings(&mut builder);
        let only_in = only::only_in(&mut builder);
        let timeline = timeline::timeline(&mut builder);
        let names = name::names(&mut builder);
        View {
            headline: headline(record),
            version: record.made_with.version.clone(),
            reports: reports(record),
            news,
            since: asked.map(|n| clean(n.since)).unwrap_or_default(),
            corrected,
            lead,
            differ,
            compared: record.claims.len(),
            wants,
            meetings,
            open,
            conditions,
            sayings,
            only_in,
            not_read: record.left_out.iter().map(|l| clean(&l.to_string())).collect(),
            timeline,
            names,
            cites: builder.cites,
        }
    }

    /// The report with this number.
    pub fn report(&self, number: usize) -> Option<&ReportLine> {
        self.reports.get(number.wrapping_sub(1))
    }

    /// Whether nothing but the reports themselves is there to show.
    pub fn is_bare(&self) -> bool {
        self.lead.is_empty()
            && self.open.is_empty()
            && self.meetings.is_empty()
            && self.wants.parties.is_empty()
            && self.conditions.is_empty()
            && self.differ.is_empty()
            && self.sayings.speakers.is_empty()
            && self.only_in.is_empty()
            && self.names.groups.is_empty()
    }
}

impl ReportLine {
    /// A web address that opens the report at these words (a text fragment), where it was published on the web.
    pub fn url_at(&self, cite: &Cite) -> Option<String> {
        const ENDS: usize = 4;
        let url = self.url.as_deref()?;
        let fragment = match ends(&cite.exact, ENDS, 2 * ENDS) {
            Some((head, tail)) => format!("{},{}", encode(head, false), encode(tail, false)),
            None => encode(&cite.exact, false),
        };
        let hash = if url.contains('#') { "" } else { "#" };
        Some(format!("{url}{hash}:~:text={fragment}"))
    }
}

fn headline(record: &Record) -> String {
    let outlets: BTreeSet<&str> = record.reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let mut parts = vec![count(record.reports.len(), "report", "reports")];
    if outlets.len() > 1 {
        parts.push(format!("{} outlets", outlets.len()));
    }
    // Shown where it says something: copies of one dispatch are no second witness.
    if record.reports.len() > 1 && !record.origins.is_empty() {
        parts.push(count(record.origins.len(), "independent source", "independent sources"));
    }
    let dated: Vec<Edtf> = record.reports.iter().filter_map(|r| r.published).collect();
    let first = dated.iter().map(|d| d.first_day()).min();
    let last = dated.iter().map(|d| d.last_day()).max();
    if let (Some(first), Some(last)) = (first, last) {
        let days = match dated.as_slice() {
            [one] => *one,
            _ => Edtf::days(first, last),
        };
        parts.push(format!("reported {}", date(days)));
    }
    let with = |wanted: &dyn Fn(&rapporteur_schema::ReportHead) -> bool| {
        let found: Vec<usize> =
            record.reports.iter().enumerate().filter(|(_, r)| wanted(r)).map(|(i, _)| i + 1).collect();
        (!found.is_empty()).then(|| format!("[{}]", numbers(&found)))
    };
    if let Some(inferred) = with(&|r| r.published_basis == Some(Basis::Inferred)) {
        parts.push(format!("date inferred {inferred}"));
    }
    match with(&|r| r.published.is_none()) {
        Some(_) if dated.is_empty() => parts.push("undated".into()),
        Some(undated) => parts.push(format!("no date {undated}")),
        None => {}
    }
    if !record.left_out.is_empty() {
        parts.push(format!("{} damaged and left out", record.left_out.len()));
    }
    if let Some(cut) = with(&|r| record.cut.iter().any(|c| c.report == r.id)) {
        parts.push(format!("too much to be read whole {cut}"));
    }
    if let Some(foreign) = with(&|r| !r.is_english()) {
        parts.push(format!("not in English {foreign}"));
    }
    if let Some(doubtful) = with(&|r| r.parts.iter().any(|p| p.doubt.is_some())) {
        parts.push(format!("order of the text doubtful in parts {doubtful}"));
    }
    parts.extend(record.unread_in_words());
    parts.join(" · ")
}

fn reports(record: &Record) -> Vec<ReportLine> {
    let shared = shared_folder(record);
    let said = |text: &Option<String>| text.as_deref().map(clean).filter(|t| !t.is_empty());
    let line = |(i, r): (usize, &rapporteur_schema::ReportHead)| {
        let file = clean(&r.source[shared..]);
        let outlet = said(&r.outlet);
        ReportLine {
            number: i + 1,
            id: r.id.clone(),
            name: outlet.clone().unwrap_or_else(|| file.clone()),
            outlet,
            date: r.published.map(date),
            basis: r.published_basis.map(|b| match b {
                Basis::Given => "given",
                Basis::Stated => "stated",
                Basis::Inferred => "inferred",
            }),
            title: said(&r.title),
            file,
            source: r.source.clone(),
            // Only a web address is ever made a link.
            url: r.url.as_deref().and_then(web_address).map(|url| url.into_owned()),
        }
    };
    record.reports.iter().enumerate().map(line).collect()
}

/// Bytes of the path up to the last slash that all sources share.
fn shared_folder(record: &Record) -> usize {
    let mut sources = record.reports.iter().map(|r| r.source.as_str());
    let Some(first) = sources.next() else { return 0 };
    let mut shared = first.rfind('/').map_or(0, |slash| slash + 1);
    for source in sources {
        let same = first.bytes().zip(source.bytes()).take_while(|(a, b)| a == b).count();
        shared = shared.min(same);
        while shared > 0 && first.as_bytes()[shared - 1] != b'/' {
            shared -= 1;
        }
    }
    shared
}
