//! What is new, changed, newly contradicted or withdrawn between two records of one story.
//!
//! Facts of the two are matched by id, else by the places they share, else by what they say: a meeting that more reports
//! tell of stays one, and a new version of an article that says the same changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{
    Change, ChangeKind, Citation, Fact, FactId, FactKind, Meeting, Position, Record, RecordIndex, ReportId, TextRange,
};

/// What became of a record: `before` turned into `after`.
pub fn changes(before: &Record, after: &Record) -> Vec<Change> {
    let compared = Compared::new(before, after);
    let mut all = Vec::new();
    for fact in counting(&compared.new, after) {
        match compared.old_of(fact) {
            Some(old) => compared.changed(old, fact, &mut all),
            None => compared.appeared(fact, &mut all),
        }
    }
    for fact in counting(&compared.old, before).filter(|f| !compared.matched_old.contains(&f.id)) {
        all.push(compared.change(ChangeKind::Withdrawn, fact, &compared.cited_then));
    }
    compared.change_of_stance(&mut all);
    compared.told(&mut all);
    let order = |c: &Change| match c.kind {
        ChangeKind::Changed => 0,
        ChangeKind::Contradicted => 1,
        ChangeKind::Confirmed => 2,
        ChangeKind::New => 3,
        ChangeKind::Withdrawn => 4,
    };
    all.sort_by(|a, b| (order(a), a.fact, &a.about, &a.part).cmp(&(order(b), b.fact, &b.about, &b.part)));
    all
}

/// From this confidence on a claim is news.
const SURE: f32 = 0.5;

/// The facts whose changes are listed: a statement that is part of an utterance is listed there, and that an entity is named
/// for the first time is no news.
fn counting<'f>(facts: &'f [Fact], record: &Record) -> impl Iterator<Item = &'f Fact> {
    let alone = record.statements.iter().filter(|s| s.utterance.is_none() && s.speaker.is_some());
    let alone: BTreeSet<FactId> = alone.map(|s| FactId::from(&s.id)).collect();
    facts.iter().filter(move |f| match f.kind {
        FactKind::Entity | FactKind::Claim => false,
        FactKind::Statement => alone.contains(&f.id),
        _ => true,
    })
}

/// Two records side by side.
struct Compared<'r> {
    before: &'r Record,
    after: &'r Record,
    then: RecordIndex<'r>,
    now: RecordIndex<'r>,
    old: Vec<Fact>,
    new: Vec<Fact>,
    /// From new facts to old ones, by where these stand in `old`.
    pairs: BTreeMap<FactId, usize>,
    matched_old: BTreeSet<FactId>,
    cited_then: BTreeMap<TextRange, &'r Citation>,
    cited_now: BTreeMap<TextRange, &'r Citation>,
}

impl<'r> Compared<'r> {
    fn new(before: &'r Record, after: &'r Record) -> Self {
        let (then, now) = (RecordIndex::new(before), RecordIndex::new(after));
        let (old, new) = (then.facts(), now.facts());
        let counting: BTreeSet<&ReportId> = after.reports.iter().map(|r| &r.id).collect();
        let mut by_place: BTreeMap<(FactKind, &TextRange), Vec<usize>> = BTreeMap::new();
        let mut by_words: BTreeMap<(FactKind, &str), usize> = BTreeMap::new();
        let mut by_about: BTreeMap<(FactKind, &str), Option<usize>> = BTreeMap::new();
        let (cited_then, cited_now) = (cited(before), cited(after));
        let mut by_id: BTreeMap<(FactKind, &str), usize> = BTreeMap::new();
        for (at, fact) in old.iter().enumerate() {
            for place in &fact.places {
                by_place.entry((fact.kind, place)).or_default().push(at);
            }
            // What a report says that still counts is recognised by its words alone: two rounds of talks are of one name.
            if fact.places.iter().all(|p| !counting.contains(&p.report)) {
                for words in words(fact, &cited_then) {
                    by_words.entry((fact.kind, words)).or_insert(at);
                }
                // A name that several have tells none of them.
                by_about.entry((fact.kind, &fact.about)).and_modify(|one| *one = None).or_insert(Some(at));
            }
            by_id.insert((fact.kind, fact.id.as_str()), at);
        }
        let mut pairs = BTreeMap::new();
        let mut matched_old = BTreeSet::new();
        for fact in &new {
            let found = by_id.get(&(fact.kind, fact.id.as_str())).copied().or_else(|| {
                let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
                for at in fact.places.iter().filter_map(|p| by_place.get(&(fact.kind, p))).flatten() {
                    *shared.entry(*at).or_default() += 1;
                }
                let most = shared.into_iter().max_by_key(|(at, n)| (*n, std::cmp::Reverse(*at))).map(|(at, _)| at);
                let same = || words(fact, &cited_now).find_map(|w| by_words.get(&(fact.kind, w)).copied());
                most.or_else(same).or_else(|| by_about.get(&(fact.kind, fact.about.as_str())).copied().flatten())
            });
            if let Some(found) = found {
                matched_old.insert(old[found].id.clone());
                pairs.insert(fact.id.clone(), found);
            }
        }
        // What was one statement and is now part of an utterance is still there.
        let places: BTreeSet<&TextRange> = new.iter().flat_map(|f| &f.places).collect();
        let said = |kind| matches!(kind, FactKind::Statement | FactKind::Utterance);
        let still = old.iter().filter(|f| said(f.kind) && f.places.iter().any(|p| places.contains(p)));
        matched_old.extend(still.map(|f| f.id.clone()));
        Compared { before, after, then, now, pairs, matched_old, cited_then, cited_now, old, new }
    }

    fn old_of(&self, fact: &Fact) -> Option<&Fact> {
        self.pairs.get(&fact.id).and_then(|&at| self.old.get(at))
    }

    fn change(&self, kind: ChangeKind, fact: &Fact, cited: &BTreeMap<TextRange, &Citation>) -> Change {
        Change {
            kind,
            fact: fact.kind,
            on: fact.id.clone(),
            about: fact.about.clone(),
            part: None,
            before: None,
            after: None,
            evidence: fact.places.iter().filter_map(|p| cited.get(p)).map(|c| (*c).clone()).collect(),
        }
    }

    /// A fact that was not there.
    fn appeared(&self, fact: &Fact, all: &mut Vec<Change>) {
        // Words that stood in one report and now stand in a second are no news.
        if fact.kind == FactKind::Utterance
            && self
                .old
                .iter()
                .any(|f| f.kind == FactKind::Statement && f.places.iter().any(|p| fact.places.contains(p)))
        {
            return;
        }
        let known: BTreeSet<&ReportId> = self.before.reports.iter().map(|r| &r.id).collect();
        let contradicted = fact.kind == FactKind::Discrepancy && fact.places.iter().any(|p| known.contains(&p.report));
        let kind = if contradicted { ChangeKind::Contradicted } else { ChangeKind::New };
        all.push(self.change(kind, fact, &self.cited_now));
    }

    /// A fact that was there: what of it is different now.
    fn changed(&self, old: &Fact, new: &Fact, all: &mut Vec<Change>) {
        let mut part = |name: &str, before: Option<String>, after: Option<String>| {
            if before != after && after.is_some() {
                let change = self.change(ChangeKind::Changed, new, &self.cited_now);
                all.push(Change { part: Some(name.into()), before, after, ..change });
            }
        };
        let (then, now) = (&self.then, &self.now);
        match new.kind {
            FactKind::Meeting => {
                let find = |record: &'r Record, id: &str| record.meetings.iter().find(|m| m.id.as_str() == id);
                let (Some(was), Some(is)) = (find(self.before, old.id.as_str()), find(self.after, new.id.as_str()))
                else {
                    return;
                };
                let date = |m: &Meeting| m.date.map(|d| d.to_string());
                part("status", Some(was.status.as_str().into()), Some(is.status.as_str().into()));
                part("date", date(was), date(is));
                part(
                    "place",
                    was.place.as_ref().map(|p| then.name(p).to_owned()),
                    is.place.as_ref().map(|p| now.name(p).to_owned()),
                );
            }
            FactKind::Proposal => {
                let find = |record: &'r Record, id: &str| record.proposals.iter().find(|p| p.id.as_str() == id);
                let (Some(was), Some(is)) = (find(self.before, old.id.as_str()), find(self.after, new.id.as_str()))
                else {
                    return;
                };
                let had: BTreeSet<String> = was.versions.iter().filter_map(|v| then.version_label(v)).collect();
                let added: Vec<String> =
                    is.versions.iter().filter_map(|v| now.version_label(v)).filter(|v| !had.contains(v)).collect();
                if !added.is_empty() {
                    let had: Vec<String> = had.into_iter().collect();
                    part("version", Some(had.join(", ")).filter(|h| !h.is_empty()), Some(added.join(", ")));
                }
            }
            FactKind::Issue => {
                let status = |record: &Record, id: &str| {
                    record.issues.iter().find(|i| i.id.as_str() == id).and_then(|i| i.status)
                };
                let word = |s: Option<rapporteur_schema::IssueStatus>| s.map(|s| s.as_str().to_owned());
                part("status", word(status(self.before, old.id.as_str())), word(status(self.after, new.id.as_str())));
            }
            FactKind::Discrepancy => {
                let values = |record: &Record, id: &str| {
                    let found = record.discrepancies.iter().find(|d| d.id.as_str() == id);
                    found.map(|d| d.accounts.iter().map(|a| a.value.as_str()).collect::<BTreeSet<_>>().len())
                };
                let words = |n: Option<usize>| n.map(|n| format!("{n} accounts"));
                part(
                    "accounts",
                    words(values(self.before, old.id.as_str())),
                    words(values(self.after, new.id.as_str())),
                );
            }
            _ => {}
        }
    }

    /// What several reports assert alike: confirmed where one source had told it, new where only reports that came in tell it.
    fn told(&self, all: &mut Vec<Change>) {
        let known: BTreeSet<&ReportId> = self.before.reports.iter().map(|r| &r.id).collect();
        let was_told: BTreeSet<TextRange> = self
            .before
            .claims
            .iter()
            .filter(|c| c.origins > 1)
            .flat_map(|c| c.spans.iter().map(TextRange::from))
            .collect();
        for fact in self.new.iter().filter(|f| f.kind == FactKind::Claim) {
            // What the scorer is not sure of confirms nothing.
            let claim = self.after.claims.iter().find(|c| fact.id == *c.id.as_str() && c.confidence >= SURE);
            let Some(sources) = claim.map(|c| c.origins) else { continue };
            let old = fact.places.iter().filter(|p| known.contains(&p.report)).count();
            let kind = match old {
                0 => ChangeKind::New,
                n if n < fact.places.len() && sources > 1 && !fact.places.iter().any(|p| was_told.contains(p)) => {
                    ChangeKind::Confirmed
                }
                _ => continue,
            };
            all.push(self.change(kind, fact, &self.cited_now));
        }
    }

    /// A party that took one stand on a matter and now takes another as well has changed its stand.
    fn change_of_stance(&self, all: &mut [Change]) {
        let (then, now) = (&self.then, &self.now);
        for change in all.iter_mut().filter(|c| c.fact == FactKind::Position && c.kind == ChangeKind::New) {
            let Some(new) = self.after.positions.iter().find(|p| change.on == p.id().as_str()) else { continue };
            let held = party_and_subject(now, new);
            let had: Vec<&str> = self
                .before
                .positions
                .iter()
                .filter(|p| party_and_subject(then, p) == held && !p.on.is_empty() && p.stance != new.stance)
                .map(|p| p.stance.as_str())
                .collect();
            if !had.is_empty() {
                change.kind = ChangeKind::Changed;
                change.part = Some("stance".into());
                change.before = Some(had.join(", "));
                change.after = Some(new.stance.as_str().to_owned());
            }
        }
    }
}

/// Whose a position is, and what it is on: what stays when the stance changes.
fn party_and_subject<'r>(index: &RecordIndex<'r>, p: &'r Position) -> (&'r str, String) {
    (index.name(&p.party), index.subject(&p.on).unwrap_or_else(|| p.on.clone()))
}

/// The words that a fact rests on.
fn words<'c>(fact: &Fact, cited: &BTreeMap<TextRange, &'c Citation>) -> impl Iterator<Item = &'c str> {
    let words: Vec<&str> = fact.places.iter().filter_map(|p| cited.get(p)).map(|c| c.exact()).collect();
    words.into_iter()
}

/// The citations of a record by their places.
fn cited(record: &Record) -> BTreeMap<TextRange, &Citation> {
    record.citations().into_iter().map(|c| (TextRange::from(c), c)).collect()
}
