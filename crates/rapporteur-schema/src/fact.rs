//! Every fact of a record with its id, its words for people, and the places it rests on: what corrections hold on to and
//! what two records are compared by.

use crate::phrase::{clean, clip};
use crate::{
    Anchor, EntityId, FactId, FactKind, Meeting, Position, Proposal, RecordIndex, Statement, TextRange, Version,
};

/// One fact of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What sort it is.
    pub kind: FactKind,
    /// Its id.
    pub id: FactId,
    /// What it says, in a few words.
    pub about: String,
    /// The spellings of an entity; of a position, those of the party.
    pub names: Vec<String>,
    /// The places it rests on.
    pub places: Vec<TextRange>,
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
const MAX_QUOTED: usize = 90;

/// The most mentions that hold on to an entity: the first ones do, beside its names.
const MAX_MENTIONS: usize = 8;

impl<'r> RecordIndex<'r> {
    /// All facts of the record, in its order; entities come last.
    pub fn facts(&self) -> Vec<Fact> {
        let record = self.record();
        let mut all = Vec::new();
        let mut put = |id: FactId, about: String, places: Vec<TextRange>| {
            all.push(Fact { kind: id.kind(), id, about, names: Vec::new(), places });
        };
        for s in &record.statements {
            put(FactId::from(&s.id), self.statement_label(s), vec![TextRange::from(&s.content)]);
        }
        for u in &record.utterances {
            let statements = u.statements.iter().filter_map(|id| self.statement(id));
            let places = statements.map(|s| TextRange::from(&s.content)).collect();
            put(FactId::from(&u.id), said(u.speaker.as_ref().map(|e| self.name(e)), &u.text), places);
        }
        for m in &record.meetings {
            let places = m.accounts.iter().map(|a| TextRange::from(&a.span)).collect();
            put(FactId::from(&m.id), self.meeting_label(m), places);
        }
        for p in &record.proposals {
            let places = p.versions.iter().flat_map(|v| v.evidence.iter()).map(TextRange::from).collect();
            put(FactId::from(&p.id), self.proposal_label(p).to_owned(), places);
        }
        for i in &record.issues {
            put(FactId::from(&i.id), i.name.clone(), i.evidence.iter().map(TextRange::from).collect());
        }
        for p in &record.positions {
            put(FactId::from(&p.id()), self.position_label(p), p.evidence.iter().map(TextRange::from).collect());
        }
        for c in &record.conditions {
            let about = format!("{} if {}", shorten(c.what.exact()), shorten(c.only_if.exact()));
            let places = [&c.what, &c.only_if].into_iter().chain(c.evidence.iter()).map(TextRange::from).collect();
            put(FactId::from(&c.id()), about, places);
        }
        for d in &record.discrepancies {
            let values: Vec<&str> = d.accounts.iter().map(|a| a.value.as_str()).collect();
            let about = format!("{}: {}", d.about, values.join(" / "));
            let places = d.accounts.iter().flat_map(|a| a.evidence.iter()).map(TextRange::from).collect();
            put(FactId::from(&d.id), about, places);
        }
        for c in &record.claims {
            let about = c.spans.first().map(|s| shorten(s.exact())).unwrap_or_default();
            put(FactId::from(&c.id), about, c.spans.iter().map(TextRange::from).collect());
        }
        for e in &record.entities {
            let places = e.mentions.iter().map(|m| TextRange { report: m.report.clone(), start: m.start, end: m.end });
            put(FactId::from(&e.id), e.name.clone(), places.take(MAX_MENTIONS).collect());
        }
        for (fact, party) in all.iter_mut().filter(|f| f.kind == FactKind::Position).zip(&record.positions) {
            fact.names = self.spellings(&party.party);
        }
        for (fact, entity) in all.iter_mut().filter(|f| f.kind == FactKind::Entity).zip(&record.entities) {
            fact.names = self.spellings(&entity.id);
        }
        all
    }

    fn spellings(&self, id: &EntityId) -> Vec<String> {
        self.entity(id).into_iter().flat_map(|e| &e.names).map(|n| n.form.clone()).collect()
    }

    /// "Ada Roe: “The weir stays open …”"
    pub fn statement_label(&self, s: &Statement) -> String {
        let who = s.speaker.as_ref().map(|e| self.name(e));
        said(who.or(s.speaker_span.as_ref().map(|c| c.exact())), s.content.exact())
    }

    /// "talks: Ada Roe, Bertil Lund"
    pub fn meeting_label(&self, m: &Meeting) -> String {
        match m.participants.len() {
            0 => m.kind.as_str().to_owned(),
            _ => format!("{}: {}", m.kind.as_str(), self.names(&m.participants, ", ")),
        }
    }

    /// Its first name.
    pub fn proposal_label<'p>(&self, p: &'p Proposal) -> &'p str {
        p.names.first().map_or("a proposal", String::as_str)
    }

    /// "Ada Roe rejects harbour plan"
    pub fn position_label(&self, p: &Position) -> String {
        let on = self.subject(&p.on).unwrap_or_else(|| shorten(&p.on));
        format!("{} {} {on}", self.name(&p.party), p.stance.as_str()).trim().to_owned()
    }

    /// "28 points", "4.5 percent", else the authors or the day.
    pub fn version_label(&self, v: &Version) -> Option<String> {
        let points = v.points.map(|n| format!("{}{n} points", if v.approximate { "about " } else { "" }));
        let authors = (!v.authors.is_empty()).then(|| format!("by {}", self.names(&v.authors, ", ")));
        points.or_else(|| v.sum.clone()).or(authors).or_else(|| v.date.map(|d| d.to_string()))
    }
}

fn said(who: Option<&str>, words: &str) -> String {
    format!("{}: “{}”", who.unwrap_or("somebody"), shorten(words))
}

/// Words on one line, cut where they are long.
fn shorten(words: &str) -> String {
    clip(&clean(words), MAX_QUOTED)
}
