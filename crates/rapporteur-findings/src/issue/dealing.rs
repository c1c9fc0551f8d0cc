//! What is done with a matter: "the ban was put aside", "settled the pay question", "to negotiate limits".

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::IssueStatus;

use super::matter::{Found, matters};
use crate::doc::Doc;
use crate::grammar::{child, head, is_passive, subtree};
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{DisputeFrame, NegotiationTopic, disputes, topics};

/// Whether the verb above deals with a matter: "to negotiate territorial issues", "discussions involving pension issues".
pub(super) fn deals(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let Some(up) = head(doc, p, t) else { return false };
    let known = |t: usize| {
        disputes().get(doc.lower_lemma(p, t), DisputeFrame::Object).is_some()
            || negotiation::TREATING.has(doc.lemma(p, t))
    };
    known(up)
        || doc.tokens(p)[up].pos == Pos::Adp
            && head(doc, p, up).is_some_and(|h| negotiation::TALKING.has(doc.lemma(p, h)))
}

/// Whether a phrase is put off by the verb that it is the object or the passive subject of.
pub(super) fn deferral(doc: &Doc<'_>, p: usize, t: usize) -> Option<IssueStatus> {
    let tokens = doc.tokens(p);
    let mut at = t;
    for _ in 0..4 {
        let up = head(doc, p, at)?;
        let slot = matches!(tokens[at].dep, Dep::Dobj | Dep::Nsubjpass | Dep::Nsubj);
        if tokens[up].pos == Pos::Verb && slot {
            return puts_off(doc, p, up).then_some(IssueStatus::Deferred);
        }
        if !matches!(tokens[at].dep, Dep::Pobj | Dep::Prep) {
            return None;
        }
        at = up;
    }
    None
}

/// "put off", "set aside", "left for later talks", "deferred".
pub(super) fn puts_off(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let lemma = doc.lemma(p, v);
    if disputes().get(lemma, DisputeFrame::Object).is_some_and(|d| d.status == IssueStatus::Deferred) {
        return true;
    }
    let with = |words: &[&str]| doc.analyses[p].children(v).any(|c| c > v && words.contains(&doc.word(p, c)));
    match lemma {
        "put" => {
            with(&["aside", "off"])
                || with(&["on"]) && subtree(doc, p, v).any(|t| matches!(doc.word(p, t), "hold" | "ice"))
        }
        "set" => with(&["aside"]),
        "leave" | "save" => {
            with(&["for", "until", "to"]) && subtree(doc, p, v).any(|t| negotiation::LATER.has(doc.lemma(p, t)))
        }
        _ => false,
    }
}

/// "the ban was put aside", "settled the pay question", "to negotiate limits": a matter by its noun.
pub(super) fn put_aside(context: &RuleContext<'_, '_>, p: usize, v: usize, out: &mut Vec<(Found, IssueStatus)>) {
    let doc = context.doc;
    if doc.tokens(p)[v].pos != Pos::Verb {
        return;
    }
    let off = puts_off(doc, p, v);
    let known = disputes().get(doc.lemma(p, v), DisputeFrame::Object);
    if !off && known.is_none() {
        return;
    }
    let slot = if is_passive(doc, p, v) { Dep::Nsubjpass } else { Dep::Dobj };
    let Some(object) = child(doc, p, v, &[slot]) else { return };
    let status = match known {
        _ if off => IssueStatus::Deferred,
        Some(d) if d.status == IssueStatus::Agreed && !matches!(doc.tokens(p)[v].tag, Tag::Vbd | Tag::Vbn) => {
            IssueStatus::Open
        }
        Some(d) => d.status,
        None => return,
    };
    let known = |m: &Found| {
        let kind = topics().noun(doc.lower_lemma(p, m.head));
        matches!(kind, Some(NegotiationTopic::Matter))
            || matches!(kind, Some(NegotiationTopic::Empty)) && m.name.contains(' ')
    };
    out.extend(matters(context, p, object).into_iter().filter(known).map(|m| (m, status)));
}
