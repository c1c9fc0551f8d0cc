//! What is in dispute: the noun phrases that a report places between the parties.
//!
//! The lexicon knows the words that put a matter in dispute, `matter` what a matter can be. Here the frames are read:
//! "a dispute over N", "N remains a sticking point", "issues such as N", "N has been put aside", "the N issue".

mod dealing;
mod matter;
mod recurring;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{IssueFinding, IssueStatus, PassageKind, Rule};

use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_negated, own_subject, subtree};
use crate::party::RuleContext;
use dealing::{deals, deferral, put_aside, puts_off};
use matter::{Found, matters};
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{DisputeFrame, NegotiationTopic, disputes, topics};

/// A rule that reads one frame at one token.
type Read = fn(&RuleContext<'_, '_>, usize, usize, &mut Vec<(Found, IssueStatus)>);

/// The rules with their names.
const RULES: [(&str, Read); 5] = [
    ("issue/over", over),
    ("issue/predicate", predicate),
    ("issue/listed", listed),
    ("issue/such-as", such_as),
    ("issue/dealt-with", put_aside),
];
/// What words of bargaining govern without putting it in dispute.
const RECURRING: &str = "issue/recurring";

/// A matter in dispute in the making.
struct Candidate {
    by: &'static str,
    at: At,
    name: String,
    status: IssueStatus,
}

/// Finds them all, in the order of the text.
pub(crate) fn find(context: &RuleContext<'_, '_>) -> Vec<IssueFinding> {
    let doc = context.doc;
    let mut all: Vec<Candidate> = Vec::new();
    let mut weak: Vec<(At, String)> = Vec::new();
    for p in 0..doc.len() {
        if doc.kind(p) != PassageKind::Body {
            continue;
        }
        for t in (0..doc.tokens(p).len()).filter(|&t| !doc.is_furniture(p, t)) {
            for (by, rule) in RULES {
                let mut found: Vec<(Found, IssueStatus)> = Vec::new();
                rule(context, p, t, &mut found);
                all.extend(found.into_iter().map(|(f, status)| Candidate {
                    by,
                    at: At::new(p, f.at),
                    name: f.name,
                    status,
                }));
            }
            weak.extend(recurring::matter(context, p, t).map(|f| (At::new(p, f.at), f.name)));
        }
    }
    // Of several readings of one phrase the most telling status stays: what is put off or settled before what is open.
    let weight = |s: IssueStatus| match s {
        IssueStatus::Deferred => 0,
        IssueStatus::Agreed => 1,
        IssueStatus::Disputed => 2,
        IssueStatus::Open => 3,
    };
    all.sort_by_key(|c| (c.at.clone(), weight(c.status)));
    all.dedup_by(|b, a| {
        let same = a.at.paragraph == b.at.paragraph && b.at.tokens.start < a.at.tokens.end && b.name == a.name;
        if same && a.by != b.by {
            doc.trace.lost(doc, b.by, "finding", &a.at, &b.at, "the same words are read by a more telling rule");
        }
        same || a.at == b.at
    });
    let strong = all.iter().filter_map(|c| Some((c.at.clone(), issue(doc, c.by, &c.at, &c.name, Some(c.status))?)));
    let mut out: Vec<(At, IssueFinding)> = strong.collect();
    // What is put in dispute is not told a second time as what is only dealt with.
    let taken = |at: &At| {
        let i = all.partition_point(|c| (c.at.paragraph, c.at.tokens.end) <= (at.paragraph, at.tokens.start));
        all.get(i).is_some_and(|c| c.at.paragraph == at.paragraph && c.at.tokens.start < at.tokens.end)
    };
    weak.retain(|(at, _)| !taken(at));
    out.extend(weak.into_iter().filter_map(|(at, name)| Some((at.clone(), issue(doc, RECURRING, &at, &name, None)?))));
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out.into_iter().map(|(_, issue)| issue).collect()
}

fn issue(doc: &Doc<'_>, by: &'static str, at: &At, name: &str, status: Option<IssueStatus>) -> Option<IssueFinding> {
    Some(IssueFinding {
        by: Rule::new(by),
        at: doc.cite(at)?,
        name: name.to_owned(),
        status,
        disputed: status.is_some(),
    })
}

/// "a dispute over N", "haggle over N", "no agreement on N".
fn over(context: &RuleContext<'_, '_>, p: usize, t: usize, out: &mut Vec<(Found, IssueStatus)>) {
    let doc = context.doc;
    let way = match doc.tokens(p)[t].pos {
        Pos::Noun => DisputeFrame::Noun,
        Pos::Verb => DisputeFrame::Verb,
        _ => return,
    };
    let Some(known) = disputes().get(doc.lower_lemma(p, t), way) else { return };
    // "We do not argue about buoys": of no dispute at all.
    if way == DisputeFrame::Verb && is_negated(doc, p, t) && known.status == IssueStatus::Disputed {
        return;
    }
    let links = doc.analyses[p].children(t).filter(|&c| c > t && known.takes(doc.lower(p, c)));
    for link in links.collect::<Vec<_>>() {
        let Some(object) = child(doc, p, link, &[Dep::Pobj]) else { continue };
        let status = match known.status {
            IssueStatus::Agreed if !is_reached(doc, p, t) => IssueStatus::Open,
            status => status,
        };
        out.extend(matters(context, p, object).into_iter().map(|m| (m, status)));
    }
}

/// Whether an agreement is told as reached: "reached agreement on N", not "no agreement on N", "to reach agreement".
fn is_reached(doc: &Doc<'_>, p: usize, noun: usize) -> bool {
    let no = doc.analyses[p].children(noun).any(|c| matches!(doc.lower(p, c), "no" | "any" | "without"));
    let Some(verb) = head(doc, p, noun).filter(|&v| doc.tokens(p)[v].pos == Pos::Verb) else { return false };
    let perfect = doc.analyses[p].children(verb).any(|c| doc.tokens(p)[c].dep == Dep::Aux && doc.lemma(p, c) == "have");
    let past = doc.tokens(p)[verb].tag == Tag::Vbd || perfect;
    !no && past && !is_negated(doc, p, verb) && negotiation::REACHING.has(doc.lemma(p, verb))
}

/// "N remains a sticking point", "N is unresolved", "N remains on the table".
fn predicate(context: &RuleContext<'_, '_>, p: usize, v: usize, out: &mut Vec<(Found, IssueStatus)>) {
    let doc = context.doc;
    let tokens = doc.tokens(p);
    let lemma = doc.lemma(p, v);
    let remains = matches!(lemma, "remain" | "stay");
    if !(remains || matches!(lemma, "be" | "become" | "prove")) {
        return;
    }
    let Some(subject) = own_subject(doc, p, v) else { return };
    let link = |c: usize| matches!(tokens[c].dep, Dep::Attr | Dep::Acomp | Dep::Oprd | Dep::Prep | Dep::Dobj);
    for c in doc.analyses[p].children(v).filter(|&c| c > v && link(c)).collect::<Vec<_>>() {
        let at = subtree(doc, p, c);
        let Some(status) = told(doc, p, c, at.start..at.end.min(c + 6), remains) else { continue };
        let negated = is_negated(doc, p, v);
        let status = match (negated, status) {
            (true, IssueStatus::Agreed) => IssueStatus::Open,
            (true, _) => return,
            (false, status) => status,
        };
        let back = |t: usize| matches!(tokens[t].tag, Tag::Wdt | Tag::Wp);
        let subject =
            if back(subject) { head(doc, p, v).filter(|_| tokens[v].dep == Dep::Relcl) } else { Some(subject) };
        let Some(subject) = subject else { return };
        // "one sticking point is N": the matter stands behind.
        let turned = disputes().get(doc.lower_lemma(p, subject), DisputeFrame::Issue).is_some()
            || topics().noun(doc.lower_lemma(p, subject)) == Some(NegotiationTopic::Empty);
        if !turned {
            out.extend(matters(context, p, subject).into_iter().map(|m| (m, status)));
        }
        return;
    }
    // "the main sticking point is N"
    let named = doc.lower_lemma(p, subject);
    let marked = is_sticking(doc, p, subject) || matches!(named, "obstacle" | "hurdle");
    if marked && matches!(tokens[subject].dep, Dep::Nsubj) {
        for c in doc.analyses[p].children(v).filter(|&c| c > v && tokens[c].dep == Dep::Attr).collect::<Vec<_>>() {
            out.extend(matters(context, p, c).into_iter().map(|m| (m, IssueStatus::Open)));
        }
    }
}

/// Whether a noun is a point of dispute by its modifiers: "sticking point", "main issue", "the most sensitive questions".
fn is_sticking(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let lemma = doc.lower_lemma(p, t);
    if disputes().get(lemma, DisputeFrame::Issue).is_none() {
        return false;
    }
    let range = subtree(doc, p, t);
    (range.start..range.end.min(t + 3)).any(|i| {
        let word = doc.lower(p, i);
        // "the thorniest", "the most sensitive"
        let base = word.strip_suffix("iest").map(|b| format!("{b}y"));
        negotiation::EMPTY_MODIFIER.value(base.as_deref().unwrap_or(word)) == Some("sticking")
    })
}

/// What the words of a predicate say of its subject.
fn told(doc: &Doc<'_>, p: usize, c: usize, at: std::ops::Range<usize>, remains: bool) -> Option<IssueStatus> {
    let bare = |w: &str| disputes().get(w, DisputeFrame::Predicate);
    let own = doc.lower(p, c);
    let noun = matches!(doc.tokens(p)[c].pos, Pos::Noun);
    for t in at {
        let word = doc.lower(p, t);
        let Some(known) = bare(word) else { continue };
        let fits = match word {
            // "on the table", "at issue": only by their prepositions; "a red line", "a sticking point" by their nouns.
            "table" => remains && own == "on",
            _ if negotiation::POINTED.has(word) => noun && is_sticking(doc, p, c) || own == "at" || own == "in",
            "red" => doc.lemma(p, c) == "line",
            "sticking" | "stumbling" => noun,
            "open" => remains && t == c,
            "dispute" | "disagreement" | "contention" => own == "in" || noun,
            "settled" | "resolved" | "agreed" => t == c && !doc.analyses[p].children(c).any(|x| doc.word(p, x) == "to"),
            _ => t == c || noun,
        };
        if fits {
            return Some(known.status);
        }
    }
    None
}

/// "contentious issues such as N", "sticking points, including N", "the issue of N", "the N issue", "demands for N".
fn listed(context: &RuleContext<'_, '_>, p: usize, t: usize, out: &mut Vec<(Found, IssueStatus)>) {
    let doc = context.doc;
    let tokens = doc.tokens(p);
    if tokens[t].pos != Pos::Noun {
        return;
    }
    let lemma = doc.lower_lemma(p, t);
    let Some(known) = disputes().get(lemma, DisputeFrame::Issue) else { return };
    let status = deferral(doc, p, t).unwrap_or(known.status);
    let sticking = is_sticking(doc, p, t);
    let plain = negotiation::DISPUTE_NOUN.has(lemma);
    for c in doc.analyses[p].children(t).filter(|&c| c > t).collect::<Vec<_>>() {
        let word = doc.lower(p, c);
        let lists = match word {
            _ if negotiation::LISTING.has(word) => sticking || plain,
            "of" => matches!(lemma, "issue" | "question" | "matter"),
            "for" => lemma == "demand",
            _ => false,
        };
        let object = match tokens[c].dep {
            Dep::Prep if lists => child(doc, p, c, &[Dep::Pobj]),
            // "two sticking points: pay and pensions"
            Dep::Appos if sticking => Some(c),
            _ => None,
        };
        let Some(object) = object else { continue };
        out.extend(matters(context, p, object).into_iter().map(|m| (m, status)));
    }
    // "the pension issue", "territorial questions": it names itself, where somebody deals with it.
    if matches!(lemma, "issue" | "question" | "dispute") {
        let own = doc.analyses[p].children(t).any(|c| {
            c < t
                && matches!(tokens[c].dep, Dep::Compound | Dep::Amod)
                && !negotiation::EMPTY_MODIFIER.has(doc.lower(p, c))
                && matches!(tokens[c].tag, Tag::Nn | Tag::Nns | Tag::Jj)
        });
        if own && !sticking && (deals(doc, p, t) || deferral(doc, p, t).is_some()) {
            out.extend(matters(context, p, t).into_iter().map(|m| (m, status)));
        }
    }
}

/// "the most contentious points from the islanders' side, such as N and N": the parser may hang the list on a noun between.
fn such_as(context: &RuleContext<'_, '_>, p: usize, t: usize, out: &mut Vec<(Found, IssueStatus)>) {
    const MAX_BACK: usize = 14;
    let doc = context.doc;
    if doc.word(p, t) != "as" || t == 0 || doc.word(p, t - 1) != "such" {
        return;
    }
    let start = doc.sentence(p, t).start.max(t.saturating_sub(MAX_BACK));
    let Some(noun) = (start..t - 1).rev().find(|&i| doc.tokens(p)[i].pos == Pos::Noun && is_sticking(doc, p, i)) else {
        return;
    };
    if head(doc, p, t) == Some(noun) {
        return; // The rule above has it.
    }
    let Some(object) = child(doc, p, t, &[Dep::Pobj]) else { return };
    // The list may run into the verb that puts all of it off.
    let bounds = doc.sentence(p, t);
    let off = (object..bounds.end.min(object + 40)).any(|v| doc.tokens(p)[v].pos == Pos::Verb && puts_off(doc, p, v));
    let status = if off { IssueStatus::Deferred } else { IssueStatus::Open };
    out.extend(matters(context, p, object).into_iter().map(|m| (m, status)));
}
