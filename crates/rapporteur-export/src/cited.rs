//! Every place that a record cites, with the fact that rests on it: what annotations and the table of citations are made of.

use rapporteur_schema::{Citation, Evidence};

use crate::index::ReportIndex;

/// One place and the fact that rests on it.
pub(crate) struct Cited<'r> {
    /// What sort of fact: the singular of its list in the record.
    pub kind: &'static str,
    /// The fact's id; where the record gives none, one made of its place.
    pub id: String,
    /// What the place is to the fact: content, speaker, cue, account, evidence …
    pub role: &'static str,
    /// The place.
    pub at: &'r Citation,
    /// The fact in a few words.
    pub says: String,
}

/// A place as an id, for facts that have none: report, first and last code point.
pub(crate) fn place(at: &Citation) -> String {
    format!("{}-{}-{}", at.report(), at.span().start(), at.span().end())
}

/// All of them, in the order of the record.
pub(crate) fn cited<'r>(index: &ReportIndex<'r>) -> Vec<Cited<'r>> {
    let mut all = Vec::new();
    names(index, &mut all);
    sayings(index, &mut all);
    meetings(index, &mut all);
    negotiation(index, &mut all);
    compared(index, &mut all);
    // What a person said of the fact belongs to it.
    all.iter_mut().for_each(|c| c.says.push_str(&index.corrected(&c.id)));
    all
}

fn evidence<'r>(all: &mut Vec<Cited<'r>>, kind: &'static str, id: &str, of: &'r Evidence, says: &str) {
    for at in of.iter() {
        all.push(Cited { kind, id: id.to_owned(), role: "evidence", at, says: says.to_owned() });
    }
}

fn names<'r>(index: &ReportIndex<'r>, all: &mut Vec<Cited<'r>>) {
    for entity in &index.record.entities {
        for office in &entity.offices {
            let of = office.of.as_ref().map(|of| format!(" of {}", index.name(of))).unwrap_or_default();
            let says = format!("{}: {}{of}", entity.name, office.title);
            evidence(all, "office", entity.id.as_str(), &office.evidence, &says);
        }
    }
    for date in &index.record.dates {
        let says = date.value.map_or_else(|| "a time without a date".into(), |v| v.to_string());
        all.push(Cited { kind: "date", id: place(&date.at), role: "expression", at: &date.at, says });
    }
}

fn sayings<'r>(index: &ReportIndex<'r>, all: &mut Vec<Cited<'r>>) {
    for s in &index.record.statements {
        let speaker = match (&s.speaker, &s.speaker_span) {
            (Some(id), _) => index.name(id).to_owned(),
            (None, Some(span)) => span.exact().to_owned(),
            (None, None) => "somebody".into(),
        };
        let says = format!("{speaker}, {} speech", s.mode.as_str());
        let roles = [("content", Some(&s.content)), ("speaker", s.speaker_span.as_ref()), ("cue", s.cue.as_ref())];
        for (role, at) in roles {
            if let Some(at) = at {
                all.push(Cited { kind: "statement", id: s.id.to_string(), role, at, says: says.clone() });
            }
        }
    }
}

fn meetings<'r>(index: &ReportIndex<'r>, all: &mut Vec<Cited<'r>>) {
    for m in &index.record.meetings {
        let name = index.title_of(m);
        for account in &m.accounts {
            let says = format!("{name} ({})", account.status.as_str());
            all.push(Cited { kind: "meeting", id: m.id.to_string(), role: "account", at: &account.span, says });
        }
        if let Some(at) = &m.condition {
            let says = format!("{name}: what it depends on");
            all.push(Cited { kind: "meeting", id: m.id.to_string(), role: "condition", at, says });
        }
    }
}

fn negotiation<'r>(index: &ReportIndex<'r>, all: &mut Vec<Cited<'r>>) {
    for p in &index.record.proposals {
        let name = p.names.first().map_or("a proposal", String::as_str);
        for v in &p.versions {
            let about = if v.approximate { "about " } else { "" };
            let points = v.points.map(|n| format!(", {about}{n} points")).unwrap_or_default();
            let sum = v.sum.as_ref().map(|s| format!(", {s}")).unwrap_or_default();
            let change = v.change.as_ref().map(|c| format!(", {c}")).unwrap_or_default();
            evidence(all, "proposal", p.id.as_str(), &v.evidence, &format!("{name}{points}{sum}{change}"));
        }
    }
    for i in &index.record.issues {
        let status = i.status.map(|s| format!(": {}", s.as_str())).unwrap_or_default();
        evidence(all, "issue", i.id.as_str(), &i.evidence, &format!("{}{status}", i.name));
    }
    for p in &index.record.positions {
        let says = format!("{}: {} {}", index.name(&p.party), p.stance.as_str(), index.subject_or_words(&p.on));
        evidence(all, "position", p.id().as_str(), &p.evidence, &says);
    }
    for c in &index.record.conditions {
        let id = c.id();
        let who = c.party.as_ref().map(|p| format!("{}: ", index.name(p))).unwrap_or_default();
        let says = format!("{who}{} (depends on: {})", c.what.exact(), c.only_if.exact());
        for (role, at) in [("what", &c.what), ("depends on", &c.only_if)] {
            all.push(Cited { kind: "condition", id: id.to_string(), role, at, says: says.clone() });
        }
        evidence(all, "condition", id.as_str(), &c.evidence, &says);
    }
}

fn compared<'r>(index: &ReportIndex<'r>, all: &mut Vec<Cited<'r>>) {
    for d in &index.record.discrepancies {
        for account in &d.accounts {
            let says = format!("{} differs ({}): {}", d.about, d.kind.as_str(), account.value);
            evidence(all, "discrepancy", d.id.as_str(), &account.evidence, &says);
        }
    }
    for c in &index.record.claims {
        for at in &c.spans {
            let says = format!("asserted alike in {} reports", c.spans.len());
            all.push(Cited { kind: "claim", id: c.id.to_string(), role: "sentence", at, says });
        }
    }
    for l in &index.record.lead {
        let says = "tells what happened".to_owned();
        all.push(Cited { kind: "lead", id: place(&l.span), role: "sentence", at: &l.span, says });
    }
    for r in &index.record.reuse {
        let Some(first) = r.spans.first() else { continue };
        let id = place(first);
        let credit = r.credit.as_ref().map(|c| format!(", credited to {c}")).unwrap_or_default();
        for at in &r.spans {
            let says = format!("the same words in {} reports{credit}", r.spans.len());
            all.push(Cited { kind: "reuse", id: id.clone(), role: "passage", at, says });
        }
    }
}
