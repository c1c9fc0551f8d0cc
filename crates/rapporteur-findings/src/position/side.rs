//! Who takes a stance where a report only says which side it is: "the union", "the nurses", "management", "it".
//!
//! A labour dispute has two sides that reports name once and then call by what they are. The union is found by its name or
//! by the word "union" beside it; its members, as a body, act for it. Everything else is read as any party is.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind};

use crate::doc::Doc;
use crate::grammar::{child, own_subject};
use crate::name::Names;
use crate::party::RuleContext;
use rapporteur_lexicon::facts;

/// The sides of a labour dispute, where the report has one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sides {
    union: Option<ActorIndex>,
    firm: Option<ActorIndex>,
}

/// Words of a union's name.
const UNION: &[&str] = &[
    "Union",
    "Unions",
    "Workers",
    "Guild",
    "Brotherhood",
    "Teamsters",
    "Nurses",
    "Teachers",
    "Longshoremen",
    "Pilots",
    "Machinists",
    "Employees",
    "Drivers",
    "Miners",
    "Steelworkers",
    "Seafarers",
];

/// Words of an employer's or their association's name.
const FIRM: &[&str] = &[
    "Operators",
    "Employers",
    "Owners",
    "Companies",
    "Manufacturers",
    "Producers",
    "Shipowners",
    "Contractors",
    "Maritime",
    "Industry",
    "Chamber",
    "Hospital",
    "Hospitals",
    "Trust",
    "Railways",
    "Airlines",
    "Motors",
    "Company",
    "Inc.",
    "Corp.",
    "Group",
    "Glass",
    "Steel",
];

/// Words of the names of bodies that are no side of a labour dispute.
const OFFICES: &[&str] = &[
    "Court",
    "Council",
    "Office",
    "Ministry",
    "Department",
    "House",
    "News",
    "Agency",
    "Commission",
    "Board",
    "Senate",
    "Congress",
    "Parliament",
    "Committee",
    "Times",
    "Post",
    "Hotel",
    "Street",
    "Center",
    "Centre",
    "Authority",
    "Bank",
];

/// People who as a body act for their union.
const MEMBERS: &[&str] = &[
    "nurse",
    "teacher",
    "worker",
    "dockworker",
    "longshoreman",
    "member",
    "pilot",
    "actor",
    "writer",
    "driver",
    "miner",
    "employee",
    "attendant",
    "striker",
    "doctor",
    "docker",
    "machinist",
    "steelworker",
    "autoworker",
    "labourer",
    "laborer",
    "screenwriter",
    "performer",
    "crew",
    "staff",
    "picket",
];

impl Sides {
    /// Finds the sides of a report.
    pub(super) fn of(doc: &Doc<'_>, names: &Names) -> Self {
        let mut score = vec![0i32; names.actors.len()];
        for (at, actor) in &names.mentions {
            let (p, i) = (at.paragraph, actor.index());
            let beside = at.tokens.start.checked_sub(1).into_iter().chain([at.tokens.end, at.tokens.end + 1]);
            let called =
                beside.filter(|&t| t < doc.tokens(p).len()).any(|t| doc.word(p, t).eq_ignore_ascii_case("union"));
            score[i] += if called { 2 } else { 0 };
        }
        for (i, actor) in names.actors.iter().enumerate() {
            if actor.kind != EntityKind::Organization {
                score[i] = 0;
                continue;
            }
            let known = facts().known(&actor.name).map(|k| k.class);
            let has = |list: &[&str]| actor.name.split(' ').any(|w| list.contains(&w));
            score[i] += match known {
                Some("union") => 6,
                Some(_) => -9,
                None => 0,
            };
            score[i] += if has(UNION) { 4 } else { 0 };
            score[i] -= if has(FIRM) { 5 } else { 0 };
            score[i] -= if has(OFFICES) { 9 } else { 0 };
        }
        let weigh = |i: usize| (score[i], names.actors[i].mentions.len(), std::cmp::Reverse(i));
        let union = (0..score.len()).filter(|&i| score[i] >= 2).max_by_key(|&i| weigh(i));
        // "the union" of a report that never says which body that is: the one that is no firm, court or office.
        let unnamed = || {
            let speaks = (0..doc.len()).any(|p| (0..doc.tokens(p).len()).any(|t| doc.word(p, t) == "union"));
            let fits = |i: &usize| {
                let actor = &names.actors[*i];
                score[*i] == 0 && actor.kind == EntityKind::Organization && actor.mentions.len() >= 2
            };
            (0..score.len()).filter(|_| speaks).filter(fits).max_by_key(|&i| weigh(i))
        };
        let union = union.or_else(unnamed);
        let firm = union.and_then(|u| {
            let fits = |i: &usize| {
                let actor = &names.actors[*i];
                let class = facts().known(&actor.name).map_or("company", |k| k.class);
                *i != u && score[*i] <= 0 && actor.kind == EntityKind::Organization && class == "company"
            };
            let named = |i: usize| names.actors[i].name.split(' ').any(|w| FIRM.contains(&w));
            (0..score.len())
                .filter(fits)
                .max_by_key(|&i| (named(i), names.actors[i].mentions.len(), std::cmp::Reverse(i)))
        });
        let index = |i: Option<usize>| i.map(|i| ActorIndex(i as u32));
        Sides { union: index(union), firm: index(firm) }
    }

    /// The actors that the noun phrase with this head and its conjuncts mean, in order, each once.
    pub(super) fn parties(&self, context: &mut RuleContext<'_, '_>, p: usize, t: usize) -> Vec<ActorIndex> {
        self.at(context, p, t, 0)
    }

    fn at(&self, context: &mut RuleContext<'_, '_>, p: usize, t: usize, depth: u8) -> Vec<ActorIndex> {
        let mut out = Vec::new();
        for c in context.conjuncts(p, t) {
            for actor in self.one(context, p, c, depth) {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
        out
    }

    fn one(&self, context: &mut RuleContext<'_, '_>, p: usize, t: usize, depth: u8) -> Vec<ActorIndex> {
        let doc = context.doc;
        let token = doc.tokens(p)[t];
        let lower = doc.word(p, t).to_lowercase();
        let named = context.names.at(p, t).is_some();
        if matches!(lower.as_str(), "it" | "they") && depth == 0 {
            let before = self.subject_before(context, p, t);
            return if before.is_empty() { context.party(p, t) } else { before };
        }
        // "three-quarters of the nurses", "members of the union": whom it is of.
        let share = token.pos == Pos::Num
            || matches!(
                lower.as_str(),
                "majority" | "most" | "some" | "many" | "all" | "percent" | "%" | "quarters" | "members"
            );
        if share && depth < 2 && !named {
            let of = doc.analyses[p].children(t).find(|&c| c > t && doc.word(p, c) == "of");
            if let Some(object) = of.and_then(|of| child(doc, p, of, &[Dep::Pobj])) {
                return self.at(context, p, object, depth + 1);
            }
        }
        if named || !matches!(token.pos, Pos::Noun) {
            return context.party(p, t);
        }
        let lemma = doc.lemma(p, t).to_lowercase();
        // A party's friends and foes are others than the party.
        if matches!(
            lemma.as_str(),
            "ally"
                | "critic"
                | "opponent"
                | "rival"
                | "supporter"
                | "enemy"
                | "foe"
                | "neighbor"
                | "neighbour"
                | "partner"
        ) {
            return Vec::new();
        }
        let other = doc.analyses[p].children(t).any(|c| {
            matches!(
                doc.word(p, c).to_lowercase().as_str(),
                "a" | "an" | "another" | "second" | "other" | "rival" | "non" | "no"
            ) || c > t && matches!(doc.word(p, c), "at" | "of" | "from" | "in")
                || c < t && facts().demonym(doc.word(p, c)).is_some()
        });
        let union =
            lemma == "union" || MEMBERS.contains(&lemma.as_str()) && (token.tag == Tag::Nns || lemma == "staff");
        if union && let Some(union) = self.union {
            return if other && lemma != "union" {
                context.party(p, t)
            } else if other {
                Vec::new()
            } else {
                vec![union]
            };
        }
        let mut found = context.party(p, t);
        if union {
            // A union that the report never names is not the employers' body that it does name.
            found.retain(|&a| !context.names.actor(a).name.split(' ').any(|w| FIRM.contains(&w)));
        }
        let firm = matches!(lemma.as_str(), "management" | "employer" | "company" | "firm" | "operator");
        match self.firm {
            Some(firm_actor) if firm && !other && (found.is_empty() || found.first().copied() == self.union) => {
                vec![firm_actor]
            }
            _ => found,
        }
    }

    /// Whom the subject of the sentence before means, for a pronoun that goes on about it: a body or a country, no person.
    fn subject_before(&self, context: &mut RuleContext<'_, '_>, p: usize, t: usize) -> Vec<ActorIndex> {
        let doc = context.doc;
        let start = doc.sentence(p, t).start;
        // A quotation has subjects of its own.
        if doc.quoted(p, t).is_some() {
            return Vec::new();
        }
        // Later in a sentence a pronoun goes on about its subject; at its beginning, about that of the sentence before.
        let opens = (start..t).take(4).any(|i| doc.word(p, i).eq_ignore_ascii_case(doc.word(p, t)));
        let first = t <= start + 3 || opens;
        if first && start == 0 {
            return Vec::new();
        }
        let before = if first { doc.sentence(p, start - 1) } else { start..t };
        let root = before
            .clone()
            .find(|&i| doc.tokens(p)[i].dep == Dep::Root && matches!(doc.tokens(p)[i].pos, Pos::Verb | Pos::Aux));
        let Some(subject) = root.and_then(|r| own_subject(doc, p, r)) else { return Vec::new() };
        if doc.tokens(p)[subject].pos == Pos::Pron || doc.quoted(p, subject).is_some() {
            return Vec::new();
        }
        let mut found = self.at(context, p, subject, 1);
        found.retain(|&a| context.names.actor(a).kind != EntityKind::Person);
        found
    }
}
