//! Every fact of a record with its id, its words for people, and the places it rests on: what corrections hold on to and
//! what two records are compared by.

use std::collections::BTreeMap;

use rapporteur_schema::{
    Anchor, Citation, Edtf, EntityId, FactKind, Meeting, Place, Position, Proposal, Record, Statement, StatementId,
    Version,
};

/// One fact of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What sort it is.
    pub kind: FactKind,
    /// Its id.
    pub id: String,
    /// What it says, in a few words.
    pub about: String,
    /// The spellings of an entity.
    pub names: Vec<String>,
    /// The places it rests on.
    pub places: Vec<Place>,
}

impl Fact {
    /// What holds on to it.
    pub fn anchor(&self) -> Anchor {
        Anchor {
            fact: self.kind,
            id: self.id.clone(),
            about: self.about.clone(),
            names: self.names.clone(),
            places: self.places.clone(),
        }
    }
}

/// The most letters of a quotation that [`Fact::about`] repeats.
const QUOTED: usize = 90;

/// All facts of a record, in its order.
pub fn facts(record: &Record) -> Vec<Fact> {
    let teller = Labeler::new(record);
    let mut all = Vec::new();
    let mut put = |kind, id: String, about: String, places: Vec<Place>| {
        all.push(Fact { kind, id, about, names: Vec::new(), places });
    };
    for s in &record.statements {
        put(FactKind::Statement, s.id.to_string(), teller.statement(s), vec![place(&s.content)]);
    }
    for u in &record.utterances {
        let statements = u.statements.iter().filter_map(|id| teller.statements.get(id));
        let places = statements.map(|s| place(&s.content)).collect();
        let about = said(u.speaker.as_ref().map(|e| teller.name(e)), &u.text);
        put(FactKind::Utterance, u.id.to_string(), about, places);
    }
    for m in &record.meetings {
        let places = m.accounts.iter().map(|a| place(&a.span)).collect();
        put(FactKind::Meeting, m.id.to_string(), teller.meeting(m), places);
    }
    for p in &record.proposals {
        let places = p.versions.iter().flat_map(|v| v.evidence.iter()).map(place).collect();
        put(FactKind::Proposal, p.id.to_string(), teller.proposal(p), places);
    }
    for i in &record.issues {
        put(FactKind::Issue, i.id.to_string(), i.name.clone(), i.evidence.iter().map(place).collect());
    }
    for p in &record.positions {
        let places = p.evidence.iter().map(place).collect();
        put(FactKind::Position, p.id().to_string(), teller.position(p), places);
    }
    for c in &record.conditions {
        let about = format!("{} if {}", short(c.what.exact()), short(c.only_if.exact()));
        put(FactKind::Condition, c.id().to_string(), about, vec![place(&c.what), place(&c.only_if)]);
    }
    for d in &record.discrepancies {
        let values: Vec<&str> = d.accounts.iter().map(|a| a.value.as_str()).collect();
        let about = format!("{}: {}", d.about, values.join(" / "));
        let places = d.accounts.iter().flat_map(|a| a.evidence.iter()).map(place).collect();
        put(FactKind::Discrepancy, d.id.to_string(), about, places);
    }
    for e in &record.entities {
        let places = e.mentions.iter().map(|m| Place { report: m.report.clone(), start: m.start, end: m.end });
        all.push(Fact {
            kind: FactKind::Entity,
            id: e.id.to_string(),
            about: e.name.clone(),
            names: e.names.iter().map(|n| n.form.clone()).collect(),
            // The first ones do: an entity is held on to by its names.
            places: places.take(8).collect(),
        });
    }
    all
}

/// The fact that an anchor holds on to: of the same id, or else the one that rests on most of the same places (an entity:
/// by its names), or else the only one that says the same.
pub(crate) fn find<'f>(facts: &'f [Fact], anchor: &Anchor) -> Option<&'f Fact> {
    let of_kind = || facts.iter().filter(|f| f.kind == anchor.fact);
    if let Some(same) = of_kind().find(|f| f.id == anchor.id) {
        return Some(same);
    }
    let shared = |f: &&Fact| {
        let names = anchor.names.iter().filter(|n| f.names.contains(n)).count();
        let places = anchor.places.iter().filter(|p| f.places.iter().any(|q| overlap(p, q))).count();
        (names, places)
    };
    let best = of_kind().max_by_key(|f| (shared(f), std::cmp::Reverse(f.id.clone())))?;
    if shared(&best) != (0, 0) {
        return Some(best);
    }
    // A new version of the article has the same words in another place.
    let mut same = of_kind().filter(|f| f.about == anchor.about);
    same.next().filter(|_| same.next().is_none())
}

pub(crate) fn overlap(a: &Place, b: &Place) -> bool {
    a.report == b.report && a.start < b.end && b.start < a.end
}

pub(crate) fn place(citation: &Citation) -> Place {
    Place { report: citation.report().clone(), start: citation.span().start(), end: citation.span().end() }
}

/// Says in words what facts are about.
pub(crate) struct Labeler<'r> {
    names: BTreeMap<&'r EntityId, &'r str>,
    statements: BTreeMap<&'r StatementId, &'r Statement>,
    subjects: BTreeMap<&'r str, String>,
}

impl<'r> Labeler<'r> {
    pub(crate) fn new(record: &'r Record) -> Self {
        let proposals = record.proposals.iter();
        let proposals = proposals.map(|p| (p.id.as_str(), p.names.first().cloned().unwrap_or_default()));
        let issues = record.issues.iter().map(|i| (i.id.as_str(), i.name.clone()));
        let mut teller = Labeler {
            names: record.entities.iter().map(|e| (&e.id, e.name.as_str())).collect(),
            statements: record.statements.iter().map(|s| (&s.id, s)).collect(),
            subjects: proposals.chain(issues).collect(),
        };
        let meetings: Vec<(&str, String)> =
            record.meetings.iter().map(|m| (m.id.as_str(), teller.meeting(m))).collect();
        teller.subjects.extend(meetings);
        teller
    }

    pub(crate) fn name(&self, id: &EntityId) -> String {
        self.names.get(id).map_or_else(|| id.to_string(), |n| (*n).to_owned())
    }

    pub(crate) fn names(&self, ids: &[EntityId]) -> String {
        ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
    }

    fn statement(&self, s: &Statement) -> String {
        let who = s.speaker.as_ref().map(|e| self.name(e));
        said(who.or(s.speaker_span.as_ref().map(|c| c.exact().to_owned())), s.content.exact())
    }

    fn meeting(&self, m: &Meeting) -> String {
        match m.participants.len() {
            0 => m.kind.as_str().to_owned(),
            _ => format!("{}: {}", m.kind.as_str(), self.names(&m.participants)),
        }
    }

    fn proposal(&self, p: &Proposal) -> String {
        p.names.first().cloned().unwrap_or_else(|| "a proposal".into())
    }

    fn position(&self, p: &Position) -> String {
        let on = self.subjects.get(p.on.as_str()).cloned().unwrap_or_else(|| short(&p.on));
        format!("{} {} {on}", self.name(&p.party), p.stance.as_str()).trim().to_owned()
    }

    /// What a position is on, and whose it is: what stays when the stance changes.
    pub(crate) fn stand(&self, p: &Position) -> (String, String) {
        (self.name(&p.party), self.subjects.get(p.on.as_str()).cloned().unwrap_or_else(|| p.on.clone()))
    }

    /// "28 points", "4.5 percent", else the authors or the day.
    pub(crate) fn version(&self, v: &Version) -> Option<String> {
        let points = v.points.map(|n| format!("{}{n} points", if v.approximate { "about " } else { "" }));
        let authors = (!v.authors.is_empty()).then(|| format!("by {}", self.names(&v.authors)));
        points.or_else(|| v.sum.clone()).or(authors).or_else(|| v.date.map(|d: Edtf| d.to_string()))
    }
}

fn said(who: Option<String>, words: &str) -> String {
    format!("{}: “{}”", who.unwrap_or_else(|| "somebody".into()), short(words))
}

/// Words on one line, cut where they are long.
pub(crate) fn short(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(QUOTED) {
        None => words,
        Some((at, _)) => {
            let cut = words[..at].rfind(' ').unwrap_or(at);
            format!("{} …", &words[..cut])
        }
    }
}
