//! The readable cases of who met whom: `tests/suite/meeting/*.case`.
//!
//! The form is told in `common`; a line is an account: `kind | status | date | place | participants`, with `+both` where
//! it is said of both parties of the story and `?` where it only points to a gathering told elsewhere. Every text was
//! published on Wednesday 2025-03-12.

use crate::common;
use rapporteur_findings::Models;
use rapporteur_findings::read;
use rapporteur_schema::{ActorIndex, Findings, MeetingFinding};

#[test]
fn meetings() {
    common::run("meeting", |case| {
        let mut report = case.report();
        report.head.published = "2025-03-12".parse().ok();
        let found = read(&report, Models::quick());
        found.meetings.iter().map(|m| line(&found, m)).collect()
    });
}

fn line(f: &Findings, m: &MeetingFinding) -> String {
    let who: Vec<&str> = m.participants.iter().map(|&a| name(f, a)).collect();
    let mut out = format!(
        "{} | {} | {} | {} | {}",
        m.kind.as_str(),
        m.status.as_str(),
        m.date.map_or("-".into(), |d| d.to_string()),
        m.place.map_or("-", |a| name(f, a)),
        if who.is_empty() { "-".into() } else { who.join(", ") },
    );
    out.push_str(if m.sides { " +both" } else { "" });
    out.push_str(if m.refers { " ?" } else { "" });
    out
}

fn name(f: &Findings, actor: ActorIndex) -> &str {
    &f.actors[actor.index()].name
}
