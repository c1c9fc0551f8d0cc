//! Who a noun phrase means as a party to something: "Ukrainian officials" is Ukraine, "his envoy" the envoy, "we" the
//! speaker, "the union" the union; a place is nobody.
//!
//! People without a name act for whom the words beside them name: a country by its demonym ("the Norwegian side"), a
//! body by its name ("union negotiators", "the ministry's lawyers"), a person by possession ("the premier's team").

mod owner;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_lexicon::words::{function, people};
use rapporteur_lexicon::{Meets, cues, facts, gatherings};
use rapporteur_schema::{ActorIndex, CutKind, Edtf, EntityKind};

use crate::date::Found;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, phrase, subtree};
use crate::name::Names;
use crate::statement::Speech;
use crate::statement::speaker::government;

/// How many conjuncts one phrase may bring: a list of a hundred names is no list of parties.
const MAX_CONJUNCTS: usize = 12;

/// What is known of a report once its names, dates and statements are found: what the later rules read.
pub(crate) struct RuleContext<'a, 'r> {
    /// The report's words and parse.
    pub(crate) doc: &'a Doc<'r>,
    /// Its actors, those too that are only meant ("German leaders").
    pub(crate) names: &'a Names,
    /// Its dates.
    pub(crate) dates: &'a [Found],
    /// Its attributions.
    pub(crate) speech: &'a Speech,
    /// When it was published.
    pub(crate) published: Option<Edtf>,
}

impl<'r> RuleContext<'_, 'r> {
    /// The actors that the noun phrase with this head and its conjuncts mean, in order, each once.
    pub(crate) fn parties(&self, p: usize, t: usize) -> Vec<ActorIndex> {
        let mut out = Vec::new();
        for t in self.conjuncts(p, t) {
            for actor in self.party(p, t) {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
        out
    }

    /// A noun and what is joined to it by "and", commas or "as well as".
    pub(crate) fn conjuncts(&self, p: usize, t: usize) -> Vec<usize> {
        let mut all = vec![t];
        let mut next = 0;
        while next < all.len() && all.len() < MAX_CONJUNCTS {
            let doc = self.doc;
            let joined = doc.analyses[p].children(all[next]).filter(|&c| doc.tokens(p)[c].dep == Dep::Conj);
            let nouns =
                joined.filter(|&c| matches!(doc.tokens(p)[c].pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Adj));
            all.extend(nouns);
            next += 1;
        }
        self.tell_cut(p, &all, next);
        // "Voss and Norwegian President Jon Berg": the parse may hang the first name on the second as its modifier.
        let first = all[0];
        let before = self.doc.analyses[p].children(first).filter(|&c| {
            let token = self.doc.tokens(p)[c];
            let joined = self.doc.analyses[p].children(c).any(|x| self.doc.tokens(p)[x].dep == Dep::Cc);
            c < first && joined && matches!(token.dep, Dep::Nmod | Dep::Compound) && self.names.at(p, c).is_some()
        });
        all.extend(before);
        all.sort_unstable();
        all
    }

    /// Tells of a list that was cut behind `all`, of which those from `next` on were not asked what is joined to them, where
    /// what was left out has a name.
    fn tell_cut(&self, p: usize, all: &[usize], next: usize) {
        let doc = self.doc;
        let tokens = doc.tokens(p);
        let joined = |t: usize| doc.analyses[p].children(t).filter(|&c| tokens[c].dep == Dep::Conj);
        let Some(behind) = all.get(next..).and_then(|rest| rest.iter().flat_map(|&t| joined(t)).min()) else { return };
        let end = subtree(doc, p, behind).end;
        if (behind..end).any(|t| self.names.at(p, t).is_some()) {
            let first = all.iter().copied().min().unwrap_or(behind);
            doc.cuts.add(CutKind::Parties, &At::new(p, first.min(behind)..end));
        }
    }

    /// Whether a phrase means both parties without naming them ("the two sides", "both governments").
    pub(crate) fn means_both(&self, p: usize, t: usize) -> bool {
        let doc = self.doc;
        let lower = doc.lower(p, t);
        if lower == "both" || lower == "they" || lower == "them" {
            return true;
        }
        // "the two met again"
        if lower == "two" && t > 0 && doc.lower(p, t - 1) == "the" && !matches!(doc.tokens(p)[t].dep, Dep::Nummod) {
            return true;
        }
        // "negotiators for both sides", "the leaders of both countries"
        let acting = || people::REPRESENTATIVE.has(doc.lemma(p, t)) || people::EITHER_PARTY.has(doc.lemma(p, t));
        let of = doc.analyses[p].children(t).find(|&c| c > t && matches!(doc.word(p, c), "of" | "for" | "from" | "on"));
        if let Some(object) = of.and_then(|c| child(doc, p, c, &[Dep::Pobj])).filter(|_| acting()) {
            let two = |c: usize| matches!(doc.lower_lemma(p, c), "both" | "two");
            return people::EITHER_PARTY.has(doc.lemma(p, object)) && doc.analyses[p].children(object).any(two);
        }
        let range = phrase(doc, p, t);
        let own = |i: usize| doc.tokens(p)[i].head as usize == t;
        let word = |w: &str| range.clone().any(|i| own(i) && doc.word(p, i).eq_ignore_ascii_case(w));
        doc.tokens(p)[t].tag == Tag::Nns
            && people::EITHER_PARTY.has(doc.lemma(p, t))
            && (word("both") || word("two") || word("the") && range.len() <= 2)
    }

    /// The firm that a word for a people stands for by itself, where the report names one that begins with it: "American said"
    /// among reports of American Airlines.
    fn firm_by_demonym(&self, p: usize, t: usize) -> Option<ActorIndex> {
        let doc = self.doc;
        let (word, token) = (doc.word(p, t), doc.tokens(p)[t]);
        let alone = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Agent | Dep::Pobj | Dep::Poss)
            && doc.analyses[p].children(t).all(|c| c > t);
        if !alone || word.ends_with('s') || facts().demonym(word).is_none() {
            return None;
        }
        let is = |actor: &rapporteur_schema::Actor| {
            actor.kind == EntityKind::Organization
                && actor.name.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '))
                && actor.name.split(' ').skip(1).any(|w| people::BODY_WORD.has(w) || people::COMPANY_SUFFIX.has(w))
        };
        let mut firms = self.names.actors.iter().enumerate().filter(|(_, a)| is(a));
        let (first, _) = firms.next()?;
        firms.next().is_none().then_some(ActorIndex(first as u32))
    }

    /// The actors that one noun means, its conjuncts left out.
    pub(crate) fn party(&self, p: usize, t: usize) -> Vec<ActorIndex> {
        let doc = self.doc;
        let token = doc.tokens(p)[t];
        if self.is_date(p, t) {
            return Vec::new();
        }
        let named = self.names.at(p, t);
        // "the Ukrainians", "Russians", by whatever kind the names have them; but Paul English is no people.
        if let Some(firm) = self.firm_by_demonym(p, t) {
            return vec![firm];
        }
        let demonym = || self.demonym(p, t.saturating_sub(1)).filter(|(_, n)| *n == 2).or_else(|| self.demonym(p, t));
        if named.is_none_or(|a| !self.names.is_person(a))
            && let Some((code, _)) = demonym()
        {
            return self.names.country(code).into_iter().collect();
        }
        if let Some(actor) = named {
            if self.is_setting(p, t, actor) {
                return Vec::new();
            }
            let both = self.compound(actor);
            return if both.len() > 1 { both } else { self.acting(actor).into_iter().collect() };
        }
        if token.pos == Pos::Pron || matches!(token.tag, Tag::Prp | Tag::PrpPoss) {
            return self.pronoun(p, t).into_iter().collect();
        }
        let lemma = doc.lower_lemma(p, t);
        // A summit takes part in nothing and takes no stance; those who meet there do.
        if gatherings().noun(lemma).is_some_and(|g| g.frames.any(Meets::STRONG)) {
            return Vec::new();
        }
        // "his envoy, Daniel Averick", "the mediator, retired judge Henrik Valory": the name beside it.
        let apposed = doc.analyses[p].children(t).find(|&c| c > t && doc.tokens(p)[c].dep == Dep::Appos);
        if let Some(actor) = apposed.and_then(|a| self.names.at(p, a)) {
            return self.acting(actor).into_iter().collect();
        }
        let acts = people::REPRESENTATIVE.has(lemma) || facts().title(lemma).is_some();
        if !acts {
            let meant = self.speech.meant(doc, self.names, p, t).and_then(|a| self.acting(a));
            return meant.or_else(|| self.bare_body(p, t)).or_else(|| self.union_of(p, t)).into_iter().collect();
        }
        let plural = matches!(token.tag, Tag::Nns | Tag::Nnps);
        // A broadcaster's host speaks for nobody else.
        if people::MEDIA_PERSON.has(lemma) {
            return self.speech.meant(doc, self.names, p, t).and_then(|a| self.acting(a)).into_iter().collect();
        }
        let owners = self.owners(p, t);
        // "the Ukrainian and US presidents" are two people, "the Turkish president" one, if the report names them.
        let mut out: Vec<ActorIndex> = Vec::new();
        if people::RULER.has(lemma) {
            // "a sitting president met a foreign leader": nobody in particular.
            let any = doc.analyses[p]
                .children(t)
                .any(|c| c < t && matches!(doc.lower_lemma(p, c), "a" | "an" | "any" | "no"));
            if any && !plural {
                return Vec::new();
            }
            for &owner in &owners {
                let holder = self.holder(lemma, owner);
                out.push(holder.unwrap_or(owner));
            }
            if !out.is_empty() {
                out.dedup();
                return out;
            }
        }
        if !plural
            && let Some(actor) = self.speech.meant(doc, self.names, p, t).and_then(|a| self.acting(a))
            && self.may_reign(lemma, actor)
        {
            return vec![actor];
        }
        if owners.is_empty() {
            return self.bare_body(p, t).or_else(|| self.union_of(p, t)).into_iter().collect();
        }
        owners
    }

    /// "management", "the employers", "the operators": a body that a bare noun means without being singular and definite.
    fn bare_body(&self, p: usize, t: usize) -> Option<ActorIndex> {
        let doc = self.doc;
        let bare = doc.lemma(p, t) == "management"
            || doc.lemma(p, t) == "employer"
            || doc.tokens(p)[t].tag == Tag::Nns && doc.lemma(p, t) == "operator";
        if bare { Speech::body(doc, self.names, p, t) } else { None }
    }

    /// Whether "the king" may be this person: somebody only spoken of last is no king.
    fn may_reign(&self, lemma: &str, actor: ActorIndex) -> bool {
        !people::MONARCH.has(lemma)
            || self.names.actor(actor).offices.iter().any(|o| o.title.to_lowercase().ends_with(lemma))
    }

    /// Whom the words before a noun of people name: "US and Ukrainian officials", "the union's lawyers".
    fn owners(&self, p: usize, t: usize) -> Vec<ActorIndex> {
        let doc = self.doc;
        let range = subtree(doc, p, t);
        let mut out: Vec<ActorIndex> = Vec::new();
        let mut i = range.start;
        while i < t {
            let token = doc.tokens(p)[i];
            let found = match self
                .names
                .mention_at(p, i)
                .filter(|(_, a)| self.names.is_person(*a) || self.demonym(p, i).is_none())
            {
                Some(&(ref at, actor)) => {
                    i = at.tokens.end - 1;
                    // "the Holm government's envoy": the person whose government it is; a person's name before the
                    // noun in apposition ("Norwegian prime minister Berg's") is one too.
                    self.acting(actor)
                }
                None if token.tag == Tag::PrpPoss => self.pronoun(p, i),
                None => match self.demonym(p, i) {
                    Some((code, words)) => {
                        i += words - 1;
                        self.names.country(code)
                    }
                    None if matches!(token.dep, Dep::Amod | Dep::Conj) && people::PARTY_MEMBER.has(doc.lemma(p, t)) => {
                        self.names.adjective(p, i)
                    }
                    // "union negotiators", "company executives"
                    None if token.pos == Pos::Noun
                        && i < t
                        && matches!(token.dep, Dep::Compound | Dep::Poss | Dep::Nmod) =>
                    {
                        Speech::body(doc, self.names, p, i)
                    }
                    None => None,
                },
            };
            out.extend(found.filter(|a| !out.contains(a)));
            i += 1;
        }
        // "officials from the ministry", "representatives of Norway", "leaders of the union"
        if out.is_empty() {
            let links =
                doc.analyses[p].children(t).filter(|&c| c > t && matches!(doc.word(p, c), "of" | "from" | "for"));
            for link in links.collect::<Vec<_>>() {
                if let Some(object) = child(doc, p, link, &[Dep::Pobj]) {
                    for object in self.conjuncts(p, object) {
                        let named = self.names.at(p, object).and_then(|a| self.acting(a).or(Some(a)));
                        let named = named.filter(|&a| self.names.actor(a).kind != EntityKind::Place);
                        out.extend(named.filter(|a| !out.contains(a)));
                    }
                }
            }
        }
        out
    }

    /// An actor as a party: a capital is its country, any other place is nobody.
    fn acting(&self, actor: ActorIndex) -> Option<ActorIndex> {
        let acting = government(self.names, actor);
        (self.names.actor(acting).kind != EntityKind::Place).then_some(acting)
    }

    /// Whether a place only says where something happens: "talks in Oslo", "the Oslo talks", "flew to Oslo", a dateline. A
    /// capital that does or suffers something may stand for its government.
    fn is_setting(&self, p: usize, t: usize, actor: ActorIndex) -> bool {
        let doc = self.doc;
        let Some((at, _)) = self.names.mention_at(p, t).filter(|_| self.names.actor(actor).kind == EntityKind::Place)
        else {
            return false;
        };
        let tokens = doc.tokens(p);
        let dateline = at.tokens.start == 0 && tokens.get(at.tokens.end).is_some_and(|n| n.pos == Pos::Punct);
        // "in Oslo and Bergen": as the first of them.
        let mut first = at.tokens.end - 1;
        for _ in 0..MAX_CONJUNCTS {
            match head(doc, p, first).filter(|_| tokens[first].dep == Dep::Conj) {
                Some(up) => first = up,
                None => break,
            }
        }
        let Some(up) = head(doc, p, first) else { return dateline };
        let goes = |v: usize| gatherings().takes(doc.lemma(p, v), Meets::GO | Meets::SEND | Meets::PLACE);
        dateline
            || match tokens[first].dep {
                Dep::Pobj => {
                    let preposition = doc.lower(p, up);
                    let way = matches!(preposition, "to" | "from" | "for" | "into");
                    function::PLACE_PREPOSITION.has(preposition) || way && head(doc, p, up).is_some_and(goes)
                }
                Dep::Dobj => goes(up),
                // "the Oslo-Stockholm talks" are between them, "the Oslo talks" are there.
                Dep::Compound | Dep::Nmod => {
                    let dash = |t: usize| t < tokens.len() && matches!(doc.word(p, t), "-" | "–");
                    let joined = dash(at.tokens.end) || at.tokens.start.checked_sub(1).is_some_and(dash);
                    !joined && gatherings().noun(doc.lemma(p, up)).is_some()
                }
                _ => false,
            }
    }

    /// Whom a pronoun means: "I" and "my" the speaker, "we" and "our" the speaker too, "he" as for statements.
    pub(crate) fn pronoun(&self, p: usize, t: usize) -> Option<ActorIndex> {
        let doc = self.doc;
        let lower = doc.lower(p, t);
        match lower {
            me if function::FIRST_PERSON.has(me) => {
                let byte = doc.bytes(p, t..t + 1).start;
                self.speech.around(p, byte).and_then(|i| self.speech.speaker(i))
            }
            "who" | "whom" | "which" | "that" => {
                // The noun that the relative clause belongs to, through "with whom", "in which".
                let mut v = head(doc, p, t)?;
                for _ in 0..4 {
                    if doc.tokens(p)[v].dep == Dep::Relcl {
                        // "the post, whom he met": a thing is nobody.
                        let noun = head(doc, p, v).filter(|&n| cues().noun(doc.lemma(p, n)).is_none())?;
                        return self.party(p, noun).first().copied();
                    }
                    v = head(doc, p, v)?;
                }
                None
            }
            other => {
                let as_subject = function::THIRD_PERSON.value(other)?;
                // "The union said it would": who speaks, as long as it is a body.
                if as_subject == "it"
                    && let Some(i) = self.speech.around(p, doc.bytes(p, t..t + 1).start)
                    && !self.speech.is_direct(i)
                    && let Some(speaker) = self.speech.speaker(i)
                    && matches!(self.names.actor(speaker).kind, EntityKind::Organization | EntityKind::Country)
                {
                    return Some(speaker);
                }
                self.speech.pronoun(doc, self.names, p, t, as_subject).and_then(|a| self.acting(a))
            }
        }
    }

    /// Whether a token is part of a date, which no list of names may take for somebody.
    fn is_date(&self, p: usize, t: usize) -> bool {
        let bytes = self.doc.bytes(p, t..t + 1);
        let at = self.dates.partition_point(|d| (d.paragraph, d.bytes.end) <= (p, bytes.start));
        self.dates.get(at).is_some_and(|d| d.paragraph == p && d.bytes.start <= bytes.start && bytes.end <= d.bytes.end)
    }

    /// The country that an actor is or acts for.
    pub(crate) fn country_of(&self, actor: ActorIndex) -> Option<&str> {
        let actor = self.names.actor(actor);
        actor.iso3166.as_deref().or(actor.country.as_deref())
    }
}
