//! Where a fact stands: a short address that leads to it, whatever page that is.

use rapporteur::FactKind;

use super::{differ, names, positions, said, timeline};
use crate::app::App;
use crate::ask::{self, Query};
use crate::cache::{Asked, Snapshot};
use crate::link;
use crate::reply::{Refusal, Reply};
use crate::show::{self, Presenter};

/// Leads to a fact by its id; after a correction, to the log where the fact is gone.
pub(crate) fn fact(app: &App, id: &str, query: &Query) -> Result<Reply, Refusal> {
    let id = ask::id(id, "such fact")?;
    let asked = Asked { since: None, ..query.asked(Query::given(&query.story).unwrap_or("all"))? };
    let snapshot = app.snapshot(&asked)?;
    match (place(&snapshot, id), Query::given(&query.done)) {
        (Some(place), _) => Ok(Reply::See(place)),
        (None, Some(done)) => Ok(Reply::See(format!("/log#{}", ask::id(done, "such correction")?))),
        (None, None) => Err(Refusal::Missing("such fact: its words may have been corrected or taken out".into())),
    }
}

/// The address of a fact within a record.
fn place(snapshot: &Snapshot, id: &str) -> Option<String> {
    let fact = snapshot.facts.iter().find(|f| f.id == id)?;
    let page = |at: usize, each: usize| (at >= each).then(|| (at / each + 1).to_string());
    let view = &snapshot.view;
    let listed = |rows: &[rapporteur::brief::view::Row]| {
        let of = |r: &rapporteur::brief::view::Row| r.ids.iter().any(|i| i == id);
        rows.iter().take(positions::LINES).any(of)
    };
    let there = match fact.kind {
        FactKind::Meeting => view.meetings.iter().any(|m| m.id == id && m.rank < timeline::MEETINGS),
        FactKind::Proposal | FactKind::Issue => listed(&view.open),
        FactKind::Condition => listed(&view.conditions),
        _ => true,
    };
    if !there || fact.kind == FactKind::Claim {
        // Of what no page lists, the words themselves are shown.
        let first = fact.places.first()?;
        return Some(link::report(first.report.as_str(), &[(first.start, first.end)]));
    }
    let mut anchor = id;
    let place = match fact.kind {
        FactKind::Statement | FactKind::Utterance => {
            let all = said::matching(&Presenter::new(snapshot), None, None, false);
            let at = all.iter().position(|(_, w)| w.id == id || w.statements.iter().any(|s| s == id))?;
            let saying = all.get(at)?.1;
            if !saying.statements.iter().take(show::STATEMENTS).any(|s| s == id) {
                anchor = &saying.id;
            }
            snapshot.view_at("said", &[("page", page(at, said::SAYINGS))])
        }
        FactKind::Meeting => snapshot.view_at("timeline", &[]),
        FactKind::Proposal | FactKind::Issue | FactKind::Condition => snapshot.view_at("positions", &[]),
        FactKind::Position => {
            let of = |p: &rapporteur::brief::view::Party| p.stands.iter().take(positions::STANDS).any(|s| s.id == id);
            let at = snapshot.view.wants.parties.iter().position(of)?;
            snapshot.view_at("positions", &[("page", page(at, positions::PARTIES))])
        }
        FactKind::Discrepancy => {
            let at = snapshot.record.discrepancies.iter().position(|d| d.id.as_str() == id)?;
            snapshot.view_at("differ", &[("page", page(at, differ::PER_PAGE))])
        }
        FactKind::Claim => return None,
        FactKind::Entity => {
            let at = names::matching(snapshot, None).iter().position(|e| e.id.as_str() == id)?;
            snapshot.view_at("names", &[("page", page(at, names::NAMES))])
        }
    };
    Some(format!("{place}#{anchor}"))
}
