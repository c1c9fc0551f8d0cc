//! The readable cases of what is bargained over: `tests/suite/{proposal,issue,position,condition}/*.case`.
//!
//! The form is told in `common`; a line is
//! - proposal: `class | name | points, sum or - | authors | change or -`
//! - issue: `status | name | words` (what is only dealt with, not in dispute, stands as `mentioned`)
//! - position: `party | stance | what it is on | words of the clause`
//! - condition: `party | what would be | only if`

use crate::common;
use rapporteur_findings::Models;
use rapporteur_findings::read;
use rapporteur_schema::{ActorIndex, Findings, ProposalClass, Topic};

#[test]
fn proposals() {
    run("proposal", |f| {
        let class = |c| match c {
            ProposalClass::Plan => "plan",
            ProposalClass::Law => "law",
            ProposalClass::Offer => "offer",
            ProposalClass::Demand => "demand",
        };
        let number = |p: &rapporteur_schema::ProposalFinding| match (p.points, &p.sum) {
            (Some(n), _) => format!("{}{n} points", if p.approximate { "about " } else { "" }),
            (None, Some(sum)) => format!("{}{}", if p.approximate { "about " } else { "" }, sum.exact()),
            _ => "-".into(),
        };
        let all = f.proposals.iter().map(|p| {
            let authors: Vec<&str> = p.authors.iter().map(|&a| name(f, a)).collect();
            let authors = if authors.is_empty() { "-".into() } else { authors.join(", ") };
            let change = p.change.as_ref().map_or("-", |c| c.exact());
            format!("{} | {} | {} | {authors} | {change}", class(p.class), p.name, number(p))
        });
        all.collect()
    });
}

#[test]
fn issues() {
    run("issue", |f| {
        let status = |i: &rapporteur_schema::IssueFinding| i.status.map_or("mentioned", |s| s.as_str());
        f.issues.iter().map(|i| format!("{} | {} | {}", status(i), i.name, i.at.exact())).collect()
    });
}

#[test]
fn positions() {
    run("position", |f| {
        let all = f.positions.iter().map(|p| {
            let on = match p.on {
                Some(Topic::Proposal(i)) => format!("proposal: {}", f.proposals[i as usize].name),
                Some(Topic::Issue(i)) => format!("issue: {}", f.issues[i as usize].name),
                Some(Topic::Meeting(_)) => "meeting".into(),
                None => p.subject.as_ref().map_or("-".into(), |s| s.exact().to_owned()),
            };
            format!("{} | {} | {on} | {}", name(f, p.party), p.stance.as_str(), p.at.exact())
        });
        all.collect()
    });
}

#[test]
fn conditions() {
    run("condition", |f| {
        let party = |p: Option<ActorIndex>| p.map_or("-", |a| name(f, a));
        let all =
            f.conditions.iter().map(|c| format!("{} | {} | {}", party(c.party), c.what.exact(), c.only_if.exact()));
        all.collect()
    });
}

fn name(f: &Findings, actor: ActorIndex) -> &str {
    &f.actors[actor.index()].name
}

fn run(stage: &str, lines: impl Fn(&Findings) -> Vec<String>) {
    common::run(stage, |case| lines(&read(&case.report(), Models::quick())));
}
