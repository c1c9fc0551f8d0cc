//! The stories of our own against their keys (`examples/keys`): what a reader finds in the texts is what the record says.
//!
//! What is known to be missed, or given too much, stands in `examples/keys/STORY.missed`, a line each; any other miss fails.
//! `KEYS=update` writes the lists anew: read the difference, each new line is something that the record no longer gets right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rapporteur::{Options, gather, record};
use serde_json::Value;

#[test]
fn strait_is_read_as_its_key_has_it() {
    compare("strait");
}

#[test]
fn wages_are_read_as_their_key_has_it() {
    compare("wages");
}

/// Compares the record of a story with its key, and the misses with those that are known.
fn compare(name: &str) {
    let file = keys().join(format!("{name}.missed"));
    let misses = Story::read(name).misses();
    if std::env::var_os("KEYS").is_some_and(|v| v == "update") {
        let lines: String = misses.iter().map(|m| format!("{m}\n")).collect();
        std::fs::write(&file, lines).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap();
    let known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    for mended in known.difference(&misses) {
        println!("{name}: no longer missed, take it out of {}: {mended}", file.display());
    }
    let new: Vec<&String> = misses.difference(&known).collect();
    assert!(new.is_empty(), "{name}: {} misses that were none before: {new:#?}", new.len());
}

fn keys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/keys")
}

/// A place: the report's id in the key, and code points of its text.
type Place = (String, usize, usize);

/// A key, the record of its texts, and who is who.
struct Story {
    key: Value,
    record: Value,
    /// The texts by the id that the key has for the report.
    texts: BTreeMap<String, String>,
    /// The key's ids of reports by the record's.
    reports: BTreeMap<String, String>,
    /// The key's actors by the record's entities that bear their names.
    actors: BTreeMap<String, BTreeSet<String>>,
}

impl Story {
    fn read(name: &str) -> Story {
        let text = std::fs::read_to_string(keys().join(format!("{name}.json"))).unwrap();
        let key: Value = serde_json::from_str(&text).unwrap();
        let folder = keys().join("../..").join(key["folder"].as_str().unwrap());
        let gathered = gather(std::slice::from_ref(&folder), &Options::default());
        assert!(gathered.failed.is_empty(), "{:?}", gathered.failed);
        let record = record(&gathered.reports);
        record.verify(&gathered.reports).unwrap();
        let record = serde_json::to_value(&record).unwrap();
        let (mut texts, mut reports) = (BTreeMap::new(), BTreeMap::new());
        for report in list(&key, "reports") {
            let (id, file) = (string(report, "id"), string(report, "file"));
            texts.insert(id.clone(), std::fs::read_to_string(folder.join(&file)).unwrap());
            let ours = list(&record, "reports").find(|r| string(r, "source").ends_with(&file)).unwrap();
            reports.insert(string(ours, "id"), id);
        }
        let mut story = Story { key, record, texts, reports, actors: BTreeMap::new() };
        story.actors = list(&story.record, "entities").map(|e| (string(e, "id"), story.actors_of(e))).collect();
        story
    }

    /// The actors of the key whose names an entity bears, in a report where the key has them.
    fn actors_of(&self, entity: &Value) -> BTreeSet<String> {
        let forms: BTreeSet<(String, String)> = list(entity, "names")
            .flat_map(|name| strings(name, "reports").map(|r| (self.reports[&r].clone(), fold(&string(name, "form")))))
            .collect();
        let bears = |actor: &&Value| {
            let all = actor["forms"].as_object().unwrap();
            all.keys().any(|r| strings(&actor["forms"], r).any(|f| forms.contains(&(r.clone(), fold(&f)))))
        };
        list(&self.key, "actors").filter(bears).map(|a| string(a, "key")).collect()
    }

    /// Where words stand in a report.
    fn find(&self, report: &str, words: &str) -> Vec<Place> {
        let text = &self.texts[report];
        let found: Vec<Place> = text
            .match_indices(words)
            .map(|(at, _)| {
                let start = text[..at].chars().count();
                (report.to_owned(), start, start + words.chars().count())
            })
            .collect();
        assert!(!found.is_empty(), "the key has words that are not in {report}: {words:?}");
        found
    }

    /// The places that speak for an entry of the key.
    fn evidence(&self, entry: &Value) -> Vec<Place> {
        let by_report = entry["evidence"].as_object().unwrap();
        let words = by_report.keys().flat_map(|r| strings(&entry["evidence"], r).map(move |w| (r, w)));
        words.flat_map(|(r, w)| self.find(r, &w)).collect()
    }

    /// A citation of the record.
    fn place(&self, span: &Value) -> Place {
        let number = |field: &str| usize::try_from(span[field].as_u64().unwrap()).unwrap();
        (self.reports[&string(span, "report")].clone(), number("start"), number("end"))
    }

    fn places(&self, value: &Value, field: &str) -> Vec<Place> {
        list(value, field).map(|span| self.place(span)).collect()
    }

    /// Whether an entity, or nobody, is one of these actors.
    fn is_one_of(&self, entity: &Value, wanted: &BTreeSet<String>) -> bool {
        match entity.as_str() {
            Some(id) => self.actors.get(id).is_some_and(|keys| !keys.is_disjoint(wanted)),
            None => wanted.is_empty(),
        }
    }

    fn misses(&self) -> BTreeSet<String> {
        let mut misses = BTreeSet::new();
        self.names(&mut misses);
        self.statements(&mut misses);
        self.utterances(&mut misses);
        self.meetings(&mut misses);
        self.versions(&mut misses);
        self.positions(&mut misses);
        self.cited(&mut misses, "issues", "key", |found| self.places(found, "evidence"));
        self.cited(&mut misses, "conditions", "what", |found| self.places(found, "evidence"));
        self.discrepancies(&mut misses);
        misses
    }

    fn names(&self, misses: &mut BTreeSet<String>) {
        for actor in list(&self.key, "actors") {
            let key = string(actor, "key");
            let bearers: Vec<&Value> =
                list(&self.record, "entities").filter(|e| self.actors[&string(e, "id")].contains(&key)).collect();
            match bearers.as_slice() {
                [] => drop(misses.insert(format!("name {key}: missed"))),
                [one] if one["kind"] != actor["kind"] => {
                    misses.insert(format!("name {key}: a {} and no {}", string(one, "kind"), string(actor, "kind")));
                }
                [_] => {}
                many => drop(misses.insert(format!("name {key}: told as {} entities", many.len()))),
            }
        }
        for keys in self.actors.values().filter(|keys| keys.len() > 1) {
            misses.insert(format!("names {}: told as one", join(keys)));
        }
    }

    /// The record's statements that have a content of the key: two where two people say, or deny, the same.
    fn said(&self, report: &str, contents: &[String]) -> Vec<&Value> {
        let wanted: Vec<Place> = contents.iter().flat_map(|c| self.find(report, c)).collect();
        let alike = |s: &&Value| wanted.iter().any(|w| overlap(w, &self.place(&s["content"])) >= 0.5);
        list(&self.record, "statements").filter(alike).collect()
    }

    fn statements(&self, misses: &mut BTreeSet<String>) {
        let mut met = BTreeSet::new();
        for entry in list(&self.key, "statements") {
            let (report, content) = (string(entry, "report"), string(entry, "content"));
            let contents: Vec<String> = std::iter::once(content.clone()).chain(strings(entry, "also")).collect();
            let found = self.said(&report, &contents);
            met.extend(found.iter().map(|s| string(s, "id")));
            if entry["optional"] == true {
                continue;
            }
            let what = format!("statement {report}: {}", short(&content));
            let speakers = entry["speaker"].as_str().map(str::to_owned).into_iter().chain(strings(entry, "speakers"));
            let speakers: BTreeSet<String> = speakers.collect();
            // Whose name nobody gives is left open, or one of those whom the key allows.
            let open = |s: &Value| entry["speaker"].is_null() && s["speaker"].is_null();
            if found.is_empty() {
                misses.insert(format!("{what}: missed"));
            } else if !found.iter().any(|s| open(s) || self.is_one_of(&s["speaker"], &speakers)) {
                misses.insert(format!("{what}: speaker"));
            }
        }
        for extra in list(&self.record, "statements").filter(|s| !met.contains(&string(s, "id"))) {
            let (report, _, _) = self.place(&extra["content"]);
            misses.insert(format!("statement {report}: {}: too much", short(&string(&extra["content"], "exact"))));
        }
    }

    fn utterances(&self, misses: &mut BTreeSet<String>) {
        for entry in list(&self.key, "utterances") {
            let ids = |p: &Value| -> BTreeSet<String> {
                let said = self.said(&string(p, "report"), &[string(p, "content")]);
                said.iter().filter_map(|s| s["utterance"].as_str().map(str::to_owned)).collect()
            };
            let shared = list(entry, "parts").map(ids).reduce(|a, b| &a & &b).unwrap_or_default();
            if shared.is_empty() {
                let first = list(entry, "parts").next().map(|p| string(p, "content")).unwrap();
                misses.insert(format!("utterance {}: not all of it together", short(&first)));
            }
        }
    }

    fn meetings(&self, misses: &mut BTreeSet<String>) {
        let spans = |m: &Value| -> Vec<Place> { list(m, "accounts").map(|a| self.place(&a["span"])).collect() };
        let mut met = BTreeSet::new();
        for entry in list(&self.key, "meetings") {
            let evidence = self.evidence(entry);
            let found: Vec<&Value> =
                list(&self.record, "meetings").filter(|m| touches(&spans(m), &evidence) > 0).collect();
            met.extend(found.iter().map(|m| string(m, "id")));
            if entry["optional"] == true {
                continue;
            }
            let what = format!("meeting {}", string(entry, "key"));
            // Accounts of one gathering may stand in several of the record; the one with most of them counts.
            let Some(best) = found.iter().max_by_key(|m| touches(&spans(m), &evidence)) else {
                misses.insert(format!("{what}: missed"));
                continue;
            };
            if found.len() > 1 {
                misses.insert(format!("{what}: told as {}", found.len()));
            }
            misses.extend(self.slots(entry, best).into_iter().map(|slot| format!("{what}: {slot}")));
        }
        for extra in list(&self.record, "meetings").filter(|m| !met.contains(&string(m, "id"))) {
            let first = &extra["accounts"][0]["span"];
            misses.insert(format!("meeting {}: too much", short(&string(first, "exact"))));
        }
    }

    /// The slots of a meeting that are not as the key has them.
    fn slots(&self, entry: &Value, found: &Value) -> Vec<&'static str> {
        let wanted: BTreeSet<String> = strings(entry, "participants").collect();
        let allowed: BTreeSet<String> = wanted.iter().cloned().chain(strings(entry, "also")).collect();
        let got: Vec<&Value> = list(found, "participants").collect();
        let all = wanted.iter().all(|w| got.iter().any(|id| self.is_one_of(id, &BTreeSet::from([w.clone()]))));
        let none_else = got.iter().all(|id| self.is_one_of(id, &allowed));
        let places: BTreeSet<String> =
            entry["place"].as_str().map(str::to_owned).into_iter().chain(strings(entry, "places")).collect();
        let status = entry["status"] == found["status"] || list(entry, "statuses").any(|s| *s == found["status"]);
        let mut wrong = Vec::new();
        let mut slot = |name, right: bool| {
            if !right {
                wrong.push(name)
            }
        };
        slot("who is missing", all);
        slot("who was not there", none_else);
        slot("place", places.is_empty() || self.is_one_of(&found["place"], &places));
        slot("date", within(&found["date"], &entry["from"], &entry["to"]));
        slot("status", status);
        wrong
    }

    fn versions(&self, misses: &mut BTreeSet<String>) {
        for wanted in list(&self.key, "proposals").flat_map(|p| list(p, "versions")) {
            let evidence = self.evidence(wanted);
            let mut all = list(&self.record, "proposals").flat_map(|p| list(p, "versions"));
            let same = |v: &Value| v["points"] == wanted["points"] && v["approximate"] == wanted["approximate"];
            if !all.any(|v| same(v) && touches(&self.places(v, "evidence"), &evidence) > 0) {
                misses.insert(format!("version of {} points: missed", wanted["points"]));
            }
        }
    }

    fn positions(&self, misses: &mut BTreeSet<String>) {
        for entry in list(&self.key, "positions").filter(|p| p["optional"] != true) {
            let evidence = self.evidence(entry);
            let what = format!("position of {} on {}", string(entry, "party"), string(entry, "on"));
            let found: Vec<&Value> = list(&self.record, "positions")
                .filter(|p| touches(&self.places(p, "evidence"), &evidence) > 0)
                .collect();
            let parties: BTreeSet<String> =
                std::iter::once(string(entry, "party")).chain(strings(entry, "parties")).collect();
            let theirs: Vec<&&Value> = found.iter().filter(|p| self.is_one_of(&p["party"], &parties)).collect();
            let stance =
                |p: &Value| p["stance"] == entry["stance"] || list(entry, "stances").any(|s| *s == p["stance"]);
            match () {
                () if found.is_empty() => drop(misses.insert(format!("{what}: missed"))),
                () if theirs.is_empty() => drop(misses.insert(format!("{what}: of another party"))),
                () if !theirs.iter().any(|p| stance(p)) => drop(misses.insert(format!("{what}: stance"))),
                () => {}
            }
        }
    }

    /// What is there if something cites the same words.
    fn cited(&self, misses: &mut BTreeSet<String>, kind: &str, name: &str, places: impl Fn(&Value) -> Vec<Place>) {
        for entry in list(&self.key, kind).filter(|e| e["optional"] != true) {
            let evidence = self.evidence(entry);
            if !list(&self.record, kind).any(|found| touches(&places(found), &evidence) > 0) {
                misses.insert(format!("{kind}: {}: missed", string(entry, name)));
            }
        }
    }

    fn discrepancies(&self, misses: &mut BTreeSet<String>) {
        let mut met = BTreeSet::new();
        for entry in list(&self.key, "discrepancies") {
            let accounts: Vec<Vec<Place>> = list(entry, "accounts").map(|a| self.evidence(a)).collect();
            // Two accounts of the record stand where two of the key do.
            let same = |d: &&Value| {
                let theirs: Vec<Vec<Place>> = list(d, "accounts").map(|a| self.places(a, "evidence")).collect();
                let matched = accounts.iter().filter(|a| theirs.iter().any(|t| touches(t, a) > 0)).count();
                d["kind"] == entry["kind"] && matched >= 2
            };
            let found: Vec<String> =
                list(&self.record, "discrepancies").filter(same).map(|d| string(d, "id")).collect();
            if found.is_empty() && entry["optional"] != true {
                misses.insert(format!("difference, {}: {}: missed", string(entry, "kind"), string(entry, "about")));
            }
            met.extend(found);
        }
        for extra in list(&self.record, "discrepancies").filter(|d| !met.contains(&string(d, "id"))) {
            misses.insert(format!(
                "difference, {}: {}: too much",
                string(extra, "kind"),
                short(&string(extra, "about"))
            ));
        }
    }
}

fn list<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value[field].as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn strings(value: &Value, field: &str) -> impl Iterator<Item = String> {
    list(value, field).map(|v| v.as_str().unwrap().to_owned()).collect::<Vec<_>>().into_iter()
}

fn string(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

fn join(keys: &BTreeSet<String>) -> String {
    keys.iter().map(String::as_str).collect::<Vec<_>>().join(" and ")
}

/// The first words of a text, on one line.
fn short(text: &str) -> String {
    text.split_whitespace().take(9).collect::<Vec<_>>().join(" ")
}

/// A name as it is compared: without case, and with one kind of apostrophe.
fn fold(name: &str) -> String {
    name.replace('’', "'").to_lowercase()
}

/// The part that two places share of what both take up.
fn overlap(a: &Place, b: &Place) -> f64 {
    let shared = a.2.min(b.2).saturating_sub(a.1.max(b.1));
    let both = (a.2 - a.1) + (b.2 - b.1) - shared;
    if a.0 == b.0 { shared as f64 / both as f64 } else { 0.0 }
}

/// How many of these places share half of the shorter with one of those.
fn touches(these: &[Place], those: &[Place]) -> usize {
    let touch = |a: &Place, b: &Place| {
        let shared = a.2.min(b.2).saturating_sub(a.1.max(b.1));
        a.0 == b.0 && 2 * shared >= (a.2 - a.1).min(b.2 - b.1)
    };
    these.iter().filter(|a| those.iter().any(|b| touch(a, b))).count()
}

/// Whether a day or days lie within the key's; a key that names none asks for nothing.
fn within(found: &Value, from: &Value, to: &Value) -> bool {
    let (Some(from), Some(to)) = (from.as_str(), to.as_str()) else { return true };
    let Some(found) = found.as_str() else { return false };
    let (first, last) = found.split_once('/').unwrap_or((found, found));
    let day = |d: &str| d.get(..10).map(str::to_owned);
    day(first).is_some_and(|d| d.as_str() >= from) && day(last).is_some_and(|d| d.as_str() <= to)
}
