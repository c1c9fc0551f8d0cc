//! A finding laid out: each thing it says with the words that say it.

use rapporteur_schema::{
    ActorIndex, Char, Citation, ConditionFinding, DateMention, Edtf, Findings, IssueFinding, MeetingFinding,
    PositionFinding, ProposalFinding, QuantityFinding, Rule, Span, StatementFinding,
};

use super::{Slot, WhyFinding};

/// The slots whose words a rule decides about: a rival of one of them belongs to the finding, wherever it stands.
pub(super) const DECIDED: [&str; 4] = ["cue", "speaker", "trigger", "party"];

/// Lays out findings of one report.
struct Layout<'f> {
    findings: &'f Findings,
    slots: Vec<Slot>,
}

impl<'f> Layout<'f> {
    fn new(findings: &'f Findings) -> Self {
        Layout { findings, slots: Vec::new() }
    }

    fn slot(mut self, name: &'static str, value: Option<String>, words: Option<&Citation>) -> Self {
        if value.is_some() || words.is_some() {
            self.slots.push(Slot { name, value, words: words.cloned() });
        }
        self
    }

    /// What stands in the report as words alone.
    fn words(self, name: &'static str, words: Option<&Citation>) -> Self {
        self.slot(name, None, words)
    }

    /// What no words of its own tell.
    fn value(self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.slot(name, value.map(|v| v.to_string()), None)
    }

    /// Somebody, with the words in or before this place that mean them.
    fn actor(self, name: &'static str, actor: Option<ActorIndex>, near: Span<Char>) -> Self {
        let Some(actor) = actor.and_then(|a| self.findings.actors.get(a.index())) else { return self };
        let mentions = || actor.mentions.iter().map(|m| &m.at);
        let inside = mentions().find(|at| near.contains(at.span()));
        let words = inside.or_else(|| mentions().rfind(|at| at.span().end() <= near.start()));
        self.slot(name, Some(actor.name.clone()), words)
    }

    fn actors(self, name: &'static str, actors: &[ActorIndex], near: Span<Char>) -> Self {
        actors.iter().fold(self, |layout, &actor| layout.actor(name, Some(actor), near))
    }

    /// A day, with the expression of time that has this value: the one in this place, or else the nearest.
    fn date(self, date: Option<Edtf>, near: Span<Char>) -> Self {
        let Some(date) = date else { return self };
        let distance = |at: Span<Char>| {
            let before = near.start().saturating_sub(at.end());
            before.max(at.start().saturating_sub(near.end()))
        };
        let same = self.findings.dates.iter().filter(|d| d.value == Some(date));
        let words = same.min_by_key(|d| distance(d.at.span())).map(|d: &DateMention| &d.at);
        self.slot("date", Some(date.to_string()), words)
    }

    fn finding(self, what: &'static str, by: &Rule, at: &Citation) -> WhyFinding {
        WhyFinding { what, by: by.clone(), at: at.clone(), slots: self.slots, rivals: Vec::new() }
    }
}

/// All statements of a report.
pub(super) fn statements(findings: &Findings) -> Vec<WhyFinding> {
    let lay = |s: &StatementFinding| {
        let name = s.speaker.and_then(|a| findings.actors.get(a.index())).map(|a| a.name.clone());
        Layout::new(findings)
            .words("cue", s.cue.as_ref())
            .slot("speaker", name, s.speaker_span.as_ref())
            .value("mode", Some(s.mode.as_str()))
            .value("medium", s.medium.as_deref())
            .value("audience", s.audience.as_deref())
            .value("via", s.via.as_deref())
            .date(s.date, s.cue.as_ref().unwrap_or(&s.content).span())
            .finding("statement", &s.by, &s.content)
    };
    findings.statements.iter().map(lay).collect()
}

/// All accounts of gatherings.
pub(super) fn meetings(findings: &Findings) -> Vec<WhyFinding> {
    let lay = |m: &MeetingFinding| {
        let near = m.at.span();
        let manner: Vec<&str> = m.manner.iter().map(|w| w.as_str()).collect();
        let timing: Vec<&str> = m.timing.iter().map(|t| t.as_str()).collect();
        Layout::new(findings)
            .words("trigger", Some(&m.trigger))
            .actors("participant", &m.participants, near)
            .actor("of", m.of, near)
            .actor("place", m.place, near)
            .date(m.date, near)
            .value("timing", (!timing.is_empty()).then(|| timing.join(", ")))
            .value("status", Some(if m.staged { m.status.as_str() } else { "left open by the words" }))
            .words("condition", m.condition.as_ref())
            .value("manner", (!manner.is_empty()).then(|| manner.join(", ")))
            .finding("meeting", &m.by, &m.at)
    };
    findings.meetings.iter().map(lay).collect()
}

/// All mentions of proposals.
pub(super) fn proposals(findings: &Findings) -> Vec<WhyFinding> {
    let lay = |p: &ProposalFinding| {
        let near = p.at.span();
        Layout::new(findings)
            .value("name", Some(&p.name))
            .value("points", p.points)
            .words("sum", p.sum.as_ref())
            .actors("author", &p.authors, near)
            .date(p.date, near)
            .words("change", p.change.as_ref())
            .finding("proposal", &p.by, &p.at)
    };
    findings.proposals.iter().map(lay).collect()
}

/// All matters in dispute.
pub(super) fn issues(findings: &Findings) -> Vec<WhyFinding> {
    let lay = |i: &IssueFinding| {
        Layout::new(findings)
            .value("name", Some(&i.name))
            .value("status", i.status.map(|s| s.as_str()))
            .finding("issue", &i.by, &i.at)
    };
    findings.issues.iter().map(lay).collect()
}

/// All positions.
pub(super) fn positions(findings: &Findings) -> Vec<WhyFinding> {
    let lay = |p: &PositionFinding| {
        let near = p.at.span();
        Layout::new(findings)
            .actor("party", Some(p.party), near)
            .value("stance", Some(p.stance.as_str()))
            .value("degree", p.degree.map(|d| d.as_str()))
            .words("subject", p.subject.as_ref())
            .date(p.date, near)
            .finding("position", &p.by, &p.at)
    };
    findings.positions.iter().map(lay).collect()
}

/// All conditions.
pub(super) fn conditions(findings: &Findings) -> Vec<WhyFinding> {
    let lay = |c: &ConditionFinding| {
        Layout::new(findings)
            .words("what", Some(&c.what))
            .words("only if", Some(&c.only_if))
            .actor("party", c.party, c.at.span())
            .finding("condition", &c.by, &c.at)
    };
    findings.conditions.iter().map(lay).collect()
}

/// All numbers with what they count.
pub(super) fn quantities(findings: &Findings) -> Vec<WhyFinding> {
    let lay = |q: &QuantityFinding| {
        let near = q.clause.span();
        Layout::new(findings)
            .words("number", Some(&q.number))
            .value("noun", Some(&q.noun))
            .value("of", (!q.of.is_empty()).then(|| q.of.join(", ")))
            .actors("actor", &q.actors, near)
            .date(q.date, near)
            .finding("quantity", &q.by, &q.at)
    };
    findings.quantities.iter().map(lay).collect()
}

/// All mentions of names, each with whose it is.
pub(super) fn names(findings: &Findings) -> Vec<WhyFinding> {
    let mut all = Vec::new();
    for actor in &findings.actors {
        for mention in &actor.mentions {
            let near = mention.span();
            let office = actor.offices.iter().find(|o| {
                let at = o.at.span();
                at.start() <= near.end() + 2 && near.start() <= at.end() + 2
            });
            all.push(
                Layout::new(findings)
                    .value("name", Some(&actor.name))
                    .value("kind", Some(actor.kind.as_str()))
                    .value("by", Some(mention.kind.as_str()))
                    .slot("office", office.map(|o| o.title.clone()), office.map(|o| &o.at))
                    .finding("name", &Rule::new("name"), &mention.at),
            );
        }
    }
    all
}
