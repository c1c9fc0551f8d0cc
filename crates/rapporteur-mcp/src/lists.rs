//! What the newer tools list: positions, what happened when, and what the reports make of a draft.

use std::collections::{BTreeMap, HashMap};

use rapporteur::brief::view::View;
use rapporteur::brief::words;
use rapporteur::check::{Checked, Limits};
use rapporteur::{CheckOptions, Citation, DateMention, Edtf, Record, Report, ReportId};
use serde_json::{Value, json};

use crate::answer::Labeler;
use crate::ask::{Draft, Positions, Timeline};
use crate::tools::{Refusal, Tools, limit};

/// Letters of a draft at most, and claims of it that are judged.
const LETTERS: usize = 60_000;
const CLAIMS: usize = 400;
/// Verdicts given at once.
const VERDICTS: usize = 60;
/// Places given for one thing.
const PLACES: usize = 6;
/// Days that a date may stand for, to have a place among days.
const DAYS: i32 = 10;

impl Tools {
    pub(crate) fn list_positions(&self, asked: &Positions) -> Result<Value, Refusal> {
        let record = self.record(&asked.meant)?;
        let (labeler, view) = (Labeler::new(&record), View::new(&record, None));
        let by_id: HashMap<String, &rapporteur::Position> =
            record.positions.iter().map(|p| (p.id().to_string(), p)).collect();
        let wanted = asked.party.as_deref().map(|p| p.trim().to_lowercase()).filter(|p| !p.is_empty());
        let called = |p: &rapporteur::brief::view::Party| {
            let id = rapporteur::EntityId::new(p.id.as_str());
            wanted.as_deref().is_none_or(|w| p.name.to_lowercase().contains(w) || labeler.is_called(&id, w))
        };
        let stand = |s: &rapporteur::brief::view::Stand| {
            let evidence = by_id.get(s.id.as_str()).map(|p| p.evidence.iter().take(PLACES));
            json!({
                "id": s.id,
                "stance": s.stance,
                "on": s.on,
                "clause": s.clause.text,
                "so_says": s.clause.says,
                "against_the_one_before": s.against,
                "doubtful": s.doubtful,
                "evidence": labeler.cites(evidence.into_iter().flatten()),
                "corrections": labeler.corrections(&s.id),
            })
        };
        let parties: Vec<_> = view.wants.parties.iter().filter(|p| called(p)).collect();
        let mut left = limit(asked.limit);
        let mut given: Vec<Value> = Vec::new();
        for p in &parties {
            let stands: Vec<Value> = p.stands.iter().take(left).map(stand).collect();
            left -= stands.len();
            if !stands.is_empty() {
                given.push(json!({ "party": p.name, "stands": stands, "of": p.stands.len() }));
            }
        }
        let all: usize = parties.iter().map(|p| p.stands.len()).sum();
        Ok(json!({ "found": all, "parties": given }))
    }

    pub(crate) fn list_timeline(&self, asked: &Timeline) -> Result<Value, Refusal> {
        let record = self.record(&asked.meant)?;
        let (from, to) = (day(&asked.from)?, day(&asked.to)?);
        let mut all = told(&record);
        all.retain(|(at, _)| {
            from.is_none_or(|f| at.last_day() >= f.first_day()) && to.is_none_or(|t| at.first_day() <= t.last_day())
        });
        all.sort_by_key(|(at, _)| (at.first_day(), at.last_day()));
        let found = all.len();
        let given: Vec<Value> = all.into_iter().take(limit(asked.limit)).map(|(_, v)| v).collect();
        Ok(json!({ "found": found, "happened": given }))
    }

    pub(crate) fn check_whole(&self, asked: &Draft) -> Result<Value, Refusal> {
        if !asked.draft.chars().any(char::is_alphanumeric) {
            return Err(Refusal("'draft' has no words".into()));
        }
        if asked.draft.chars().count() > LETTERS {
            return Err(Refusal(format!("'draft' is longer than {LETTERS} letters: give it in parts")));
        }
        let date = day(&asked.date)?;
        let context = self.context(&asked.meant)?;
        let mut draft = Report::plain(ReportId::new("draft"), &asked.draft);
        draft.head.source = "draft".into();
        let limits = Limits { max_quotations: CLAIMS, max_claims: CLAIMS, ..Limits::default() };
        let checked = context.check_with(&draft, &CheckOptions { date, limits });
        Ok(verdicts(&checked, &Labeler::new(context.record())))
    }
}

/// What the reports make of a draft: what is flagged, and how much is in order.
fn verdicts(checked: &Checked, labeler: &Labeler<'_>) -> Value {
    use rapporteur::check::{Severity, Verdict};
    let verdict = |v: &&Verdict| {
        json!({
            "about": v.kind.as_str(),
            "words": v.at.exact,
            "draft_start": v.at.start,
            "draft_end": v.at.end,
            "judgement": v.judgement.as_str(),
            "severity": v.severity.as_str(),
            "says": v.says,
            "sources": labeler.cites(v.sources.iter().take(PLACES)),
            "against": labeler.cites(v.against.iter().take(PLACES)),
        })
    };
    let flagged: Vec<&Verdict> = checked.verdicts.iter().filter(|v| v.severity < Severity::Fine).collect();
    // Every sentence in a line of its own: what the reports make of it, and with which words.
    let sentence = |v: &Verdict| {
        json!({
            "draft_start": v.at.start,
            "draft_end": v.at.end,
            "judgement": v.judgement.of_a_sentence(),
            "says": v.says,
            "sources": labeler.cites(v.sources.iter().take(PLACES)),
            "against": labeler.cites(v.against.iter().take(PLACES)),
        })
    };
    json!({
        "sentences_counted": checked.sentences_in_words(),
        "sentences": checked.sentences.iter().take(VERDICTS).map(sentence).collect::<Vec<_>>(),
        "errors": checked.count(Severity::Error),
        "warnings": checked.count(Severity::Warning),
        "notes": checked.count(Severity::Note),
        "in_order": checked.count(Severity::Fine),
        "not_judged": checked.missing(),
        "flagged": flagged.len(),
        "verdicts": flagged.iter().take(VERDICTS).map(verdict).collect::<Vec<_>>(),
    })
}

fn day(given: &Option<String>) -> Result<Option<Edtf>, Refusal> {
    let given = given.as_deref().map(str::trim).filter(|d| !d.is_empty());
    let refusal = |d: &str| Refusal(format!("{d:?} is no day: give it as 2025-11-24"));
    given.map(|d| d.parse().map_err(|_| refusal(d))).transpose()
}

/// Sentences that tell of a day, as written: gatherings, what several reports tell or the lead has, what was said.
fn told(record: &Record) -> Vec<(Edtf, Value)> {
    let (labeler, view) = (Labeler::new(record), View::new(record, None));
    let near = |at: &Edtf| (at.last_day() - at.first_day()).get_days() <= DAYS;
    let mut all: Vec<(Edtf, Value)> = Vec::new();
    for m in &record.meetings {
        let Some(at) = m.date.filter(near) else { continue };
        let line = view.meetings.iter().find(|l| l.id == m.id.as_str());
        let value = json!({
            "date": at.to_string(), "kind": "meeting", "id": m.id, "status": m.status.as_str(),
            "clause": line.map(|l| l.clause.as_str()), "doubtful": line.is_some_and(|l| l.doubtful),
            "evidence": labeler.cites(m.accounts.iter().map(|a| &a.span).take(PLACES)),
        });
        all.push((at, value));
    }
    let dates = Dates::new(&record.dates);
    let mut known: Vec<&Citation> = Vec::new();
    let lead = record.lead.iter().filter_map(|l| Some((l.date?, vec![&l.span])));
    let claims = record.claims.iter().filter_map(|c| {
        let (place, at) = c.spans.iter().enumerate().find_map(|(n, s)| Some((n, dates.named_in(s)?)))?;
        // The sentence that names the day stands first.
        let mut spans: Vec<&Citation> = c.spans.iter().collect();
        spans[..=place].rotate_right(1);
        Some((at, spans))
    });
    for (at, spans) in claims.chain(lead).filter(|(at, _)| near(at)) {
        if spans.iter().any(|s| known.contains(s)) {
            continue;
        }
        let clause = spans.first().map(|c| words::clean(c.exact()));
        let evidence = labeler.cites(spans.iter().copied().take(PLACES));
        known.extend(spans);
        all.push((at, json!({ "date": at.to_string(), "kind": "told", "clause": clause, "evidence": evidence })));
    }
    for s in &record.statements {
        let (Some(at), Some(speaker)) = (s.date.filter(near), s.speaker.as_ref()) else { continue };
        let value = json!({
            "date": at.to_string(), "kind": "said", "id": s.id, "by": labeler.name(speaker), "mode": s.mode.as_str(),
            "evidence": [labeler.cite(&s.content)],
        });
        all.push((at, value));
    }
    all
}

/// The expressions of time that mean a day, report by report.
struct Dates<'r> {
    all: BTreeMap<&'r str, Vec<&'r DateMention>>,
}

impl<'r> Dates<'r> {
    fn new(dates: &'r [DateMention]) -> Self {
        let mut all: BTreeMap<&str, Vec<&DateMention>> = BTreeMap::new();
        for d in dates {
            all.entry(d.at.report().as_str()).or_default().push(d);
        }
        Dates { all }
    }

    /// The first day that these words name.
    fn named_in(&self, words: &Citation) -> Option<Edtf> {
        let of = self.all.get(words.report().as_str())?;
        of.iter().filter(|d| words.span().contains(d.at.span())).find_map(|d| d.value.filter(|v| v.is_day()))
    }
}
