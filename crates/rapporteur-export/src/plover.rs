//! Events by PLOVER, in the columns of POLECAT: who met whom and who took which stance, for those who count events.
//!
//! A gathering is CONSULT. PLOVER takes all who meet for its source; POLECAT has an actor and a recipient in each row, so
//! there is a row for every pair, and `Event Group` holds those of one gathering together. A stance is an event only
//! where PLOVER has a category for it: doubts and silence have none and are left out. Columns after POLECAT's forty
//! lead to the words.

use std::collections::BTreeSet;

use rapporteur_schema::phrase::harmless;
use rapporteur_schema::{
    Citation, Edtf, EntityId, EntityKind, Meeting, MeetingKind, MeetingStatus, Position, ProposalId, ReportHead, Stance,
};

use crate::file::Error;
use crate::format::Format;
use crate::index::ReportIndex;
use crate::sector::{country, sectors};

/// POLECAT's columns, in its order.
const POLECAT: [&str; 40] = [
    // not words: column names
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// Ours: what the rows of one event share, the fact, the last day, the words.
const OURS: [&str; 9] = [
    // not words: column names
    "Event Group",
    "Event End",
    "Reported As",
    "About",
    "Report",
    "Report Source",
    "Text Start",
    "Text End",
    "Text",
];

/// What POLECAT writes where it knows nothing.
const NONE: &str = "None";

/// A kind of event: its type, its quad code and its place on PLOVER's scale of conflict and cooperation, by the manual.
struct Type {
    name: &'static str,
    quad: &'static str,
    scale: &'static str,
}

const fn kind(name: &'static str, quad: &'static str, scale: &'static str) -> Type {
    Type { name, quad, scale }
}

const CONSULT: Type = kind("CONSULT", "VERBAL COOPERATION", "2.1");
const AGREE: Type = kind("AGREE", "VERBAL COOPERATION", "4.2");
const SUPPORT: Type = kind("SUPPORT", "VERBAL COOPERATION", "4.6");
const DEMAND: Type = kind("DEMAND", "VERBAL CONFLICT", "-5.0");
const REJECT: Type = kind("REJECT", "VERBAL CONFLICT", "-4.2");

/// One row.
struct Event<'e> {
    id: String,
    group: &'e str,
    date: Option<Edtf>,
    kind: Type,
    mode: &'static str,
    contexts: Vec<&'static str>,
    actor: Option<&'e EntityId>,
    recipient: Option<&'e EntityId>,
    place: Option<&'e EntityId>,
    reported: &'static str,
    about: String,
    at: &'e Citation,
}

/// Writes every event, separated by tabs, with a head.
pub(crate) fn write(index: &ReportIndex<'_>) -> Result<Vec<u8>, Error> {
    let failed = |e: &dyn std::fmt::Display| Error::Writing {
        file: Format::Plover.file_name().to_owned(),
        format: Format::Plover,
        why: e.to_string(),
    };
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    writer.write_record(POLECAT.iter().chain(&OURS)).map_err(|e| failed(&e))?;
    for m in &index.record.meetings {
        for event in meeting(index, m) {
            writer
                .write_record(row(index, &event).iter().map(|cell| harmless(cell).into_owned()))
                .map_err(|e| failed(&e))?;
        }
    }
    for p in &index.record.positions {
        let id = p.id();
        if let Some(event) = stance(index, p, id.as_str()) {
            writer
                .write_record(row(index, &event).iter().map(|cell| harmless(cell).into_owned()))
                .map_err(|e| failed(&e))?;
        }
    }
    writer.into_inner().map_err(|e| failed(&e))
}

/// A gathering as one row for each pair of those who meet; of a single one that is failed, one row.
fn meeting<'e>(index: &ReportIndex<'e>, m: &'e Meeting) -> Vec<Event<'e>> {
    let Some(account) = m.accounts.first() else { return Vec::new() };
    let mut pairs: Vec<(Option<&EntityId>, Option<&EntityId>)> = Vec::new();
    for (n, actor) in m.participants.iter().enumerate() {
        pairs.extend(m.participants.iter().skip(n + 1).map(|recipient| (Some(actor), Some(recipient))));
    }
    if pairs.is_empty() {
        pairs.push((m.participants.first(), None));
    }
    // The manual's special contexts; what is only ordered or conditional is both to come and not certain.
    let contexts = match m.status {
        MeetingStatus::Held | MeetingStatus::UnderWay => vec![],
        MeetingStatus::Planned | MeetingStatus::Ordered => vec!["future"],
        MeetingStatus::Conditional => vec!["future", "hypothetical"],
        MeetingStatus::Unconfirmed => vec!["hypothetical"],
        MeetingStatus::Denied | MeetingStatus::CalledOff => vec!["negation"],
    };
    let mode = mode(index, m);
    let event = |(n, (actor, recipient)): (usize, (Option<&'e EntityId>, Option<&'e EntityId>))| {
        let hosted = mode == "visit" && actor.is_some_and(|a| hosts(index, m, a));
        let (actor, recipient) = if hosted { (recipient, actor) } else { (actor, recipient) };
        Event {
            id: format!("{}-{}", m.id, n + 1),
            group: m.id.as_str(),
            date: m.date,
            kind: CONSULT,
            mode,
            contexts: contexts.clone(),
            actor,
            recipient,
            place: m.place.as_ref(),
            reported: m.status.as_str(),
            about: index.title_of(m),
            at: &account.span,
        }
    };
    pairs.into_iter().enumerate().map(event).collect()
}

/// How a gathering is held, by what is known of it; who hosts is known where the place lies in a country that is known.
fn mode(index: &ReportIndex<'_>, m: &Meeting) -> &'static str {
    let of = |id: &EntityId| country(index, index.entity(id)?);
    let countries: BTreeSet<&str> = m.participants.iter().filter_map(of).collect();
    let all_known = m.participants.iter().all(|p| of(p).is_some());
    let place = m.place.as_ref().and_then(of);
    match m.kind {
        MeetingKind::Visit => "visit",
        MeetingKind::Call | MeetingKind::VideoCall => "phone",
        _ if countries.len() > 2 => "multilateral",
        _ if all_known && place.is_some_and(|place| !countries.contains(place)) => "third-party",
        _ => NONE,
    }
}

/// Whether a gathering takes place in the country of this one of those who meet.
fn hosts(index: &ReportIndex<'_>, m: &Meeting, who: &EntityId) -> bool {
    let of = |id: &EntityId| country(index, index.entity(id)?);
    m.place.as_ref().and_then(of).is_some_and(|place| of(who) == Some(place))
}

/// A stance as an event, where PLOVER has a category for it.
fn stance<'e>(index: &ReportIndex<'e>, p: &'e Position, id: &'e str) -> Option<Event<'e>> {
    let kind = match p.stance {
        Stance::Accepts | Stance::AcceptsWithReservations | Stance::Offers => AGREE,
        Stance::Supports => SUPPORT,
        Stance::Rejects => REJECT,
        Stance::Demands => DEMAND,
        Stance::Doubts | Stance::Declines => return None,
    };
    let proposal = index.proposal(&ProposalId::new(p.on.as_str()));
    let authors: BTreeSet<&EntityId> = proposal.iter().flat_map(|p| &p.versions).flat_map(|v| &v.authors).collect();
    Some(Event {
        id: id.to_owned(),
        group: id,
        date: p.date,
        kind,
        mode: NONE,
        contexts: Vec::new(),
        actor: Some(&p.party),
        // Towards whom a stance is taken is known only where what it is on is the work of one, who is another.
        recipient: authors.first().copied().filter(|author| authors.len() == 1 && **author != p.party),
        place: None,
        reported: p.stance.as_str(),
        about: index.subject_or_words(&p.on),
        at: p.evidence.first(),
    })
}

fn row(index: &ReportIndex<'_>, e: &Event<'_>) -> Vec<String> {
    let head = index.report(e.at.report());
    let day = |date: Option<Edtf>| date.map_or_else(|| NONE.to_owned(), |d| d.first_day().to_string());
    let mut row: Vec<String> = vec![
        e.id.clone(),
        day(e.date),
        e.kind.name.into(),
        e.mode.into(),
        e.kind.scale.into(),
        e.kind.quad.into(),
        known(e.contexts.join(";")),
    ];
    row.extend(actor(index, e.actor));
    row.extend(actor(index, e.recipient));
    row.extend(location(index, e.place));
    row.push(known(index.outlet(e.at.report()).to_owned()));
    row.push(day(head.and_then(|h| h.published)));
    row.extend(named(index, head));
    row.push(head.map_or_else(|| NONE.to_owned(), |h| h.language.clone()));
    row.push(format!("rapporteur {}", index.record.made_with.version));
    let span = e.at.span();
    row.push(e.group.to_owned());
    row.push(e.date.map_or_else(|| NONE.to_owned(), |d| d.last_day().to_string()));
    row.push(e.reported.to_owned());
    row.push(e.about.clone());
    row.push(e.at.report().to_string());
    row.push(head.map_or_else(|| NONE.to_owned(), |h| h.source.clone()));
    row.extend([span.start().to_string(), span.end().to_string(), e.at.exact().to_owned()]);
    row
}

fn known(words: String) -> String {
    if words.is_empty() { NONE.to_owned() } else { words }
}

/// Name, country, COW number, primary sector, sectors, title, name as written, Wikipedia.
fn actor(index: &ReportIndex<'_>, id: Option<&EntityId>) -> [String; 8] {
    let none = || NONE.to_owned();
    let Some(entity) = id.and_then(|id| index.entity(id)) else { return std::array::from_fn(|_| none()) };
    let sectors = sectors(index, entity);
    let mut titles: Vec<&str> = Vec::new();
    for office in &entity.offices {
        if !titles.iter().any(|t| t.eq_ignore_ascii_case(&office.title)) {
            titles.push(&office.title);
        }
    }
    let forms: Vec<&str> = entity.names.iter().map(|n| n.form.as_str()).collect();
    [
        entity.name.clone(),
        country(index, entity).map_or_else(none, ToOwned::to_owned),
        none(),
        sectors.first().map_or_else(none, |s| (*s).to_owned()),
        known(sectors.join(";")),
        known(titles.join(";")),
        known(forms.join(";")),
        none(),
    ]
}

/// Ten columns of place: the name, and the country where the place is one.
fn location(index: &ReportIndex<'_>, id: Option<&EntityId>) -> [String; 10] {
    let mut columns: [String; 10] = std::array::from_fn(|_| NONE.to_owned());
    if let Some(place) = id.and_then(|id| index.entity(id)) {
        columns[0].clone_from(&place.name);
        columns[8] = known(place.names.iter().map(|n| n.form.as_str()).collect::<Vec<_>>().join(";"));
        if let Some(code) = country(index, place) {
            columns[4] = code.to_owned();
        }
    }
    columns
}

/// Who and what the report names: people, bodies, places.
fn named(index: &ReportIndex<'_>, head: Option<&ReportHead>) -> [String; 3] {
    let kinds: [&[EntityKind]; 3] = [
        &[EntityKind::Person],
        &[EntityKind::Organization, EntityKind::Group],
        &[EntityKind::Country, EntityKind::Place],
    ];
    kinds.map(|kinds| known(head.map(|h| index.named(&h.id, kinds).join(";")).unwrap_or_default()))
}
