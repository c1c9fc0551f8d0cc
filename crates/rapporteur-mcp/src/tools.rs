//! The tools: each takes a question and gives cited facts, or says in words why it cannot.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rapporteur::ask::{DEFAULT_ANSWERS, Saying, Told};
use rapporteur::brief::view::{MeetingLine, View};
use rapporteur::brief::{Brief, words};
use rapporteur::dossier::{self, Scope};
use rapporteur::phrase::harmless;
use rapporteur::{CheckContext, Edtf, Error, Record, RecordCache, Report, ReportId};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use serde_json::{Value, json};

use crate::answer::{Labeler, outlet, url};
use crate::ask::{Differences, Draft, Meant, Piece, Positions, Question, Quote, Reading, Search, Statements, Timeline};
use crate::pages;

/// Records kept at most: an assistant asks again and again about one story, at times as of a day.
const MAX_RECORDS: usize = 2;
/// Facts given at once, unless asked for otherwise, and at most.
const DEFAULT_FACTS: usize = 20;
const MAX_FACTS: usize = 100;
/// Answers to a question at most.
const MAX_ANSWERS: usize = 20;
/// Code points of a report given at once, and of it before a place that is asked for.
const WINDOW: u32 = 12_000;
const BEFORE: u32 = 600;

/// The tools over one dossier.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    cache: Arc<RecordCache>,
}

/// Why a question has no answer, in words for whoever asked.
pub(crate) struct Refusal(pub String);

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let advice = match error {
            _ if error.is_busy() => " Try again in a moment.",
            _ if error.is_ambiguous() => " Give more of its letters.",
            _ if error.is_not_found() => " Ids are those that the other tools give.",
            _ => "",
        };
        Refusal(format!("{error}.{advice}"))
    }
}

impl From<dossier::Error> for Refusal {
    fn from(error: dossier::Error) -> Self {
        Error::from(error).into()
    }
}

impl Tools {
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Tools { cache: Arc::new(RecordCache::open(path, MAX_RECORDS)?) })
    }

    pub(crate) fn record(&self, meant: &Meant) -> Result<Arc<Record>, Refusal> {
        Ok(self.cache.record(&self.scope(meant)?)?)
    }

    /// What drafts are checked against.
    pub(crate) fn context(&self, meant: &Meant) -> Result<Arc<CheckContext>, Refusal> {
        Ok(self.cache.check_context(&self.scope(meant)?)?)
    }

    fn scope(&self, meant: &Meant) -> Result<Scope, Refusal> {
        let given = |v: &Option<String>| v.as_deref().map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
        let story = given(&meant.story).map(|id| self.cache.store().dossier().story(&id)).transpose()?;
        let day = |d: String| {
            let day: Result<Edtf, _> = d.parse();
            day.map_err(|_| Refusal(format!("{d:?} is no day: give 'as_of' as 2025-11-24")))
        };
        let as_of = given(&meant.as_of).map(day).transpose()?.map(|d| d.last_day());
        Ok(Scope { story, as_of, before_run: None })
    }
}

/// What a call gives: JSON, or the refusal as an error that the assistant can read and mend.
fn result(answer: Result<Value, Refusal>) -> CallToolResult {
    match answer {
        Ok(value) => CallToolResult::structured(shown(value)),
        Err(Refusal(why)) => CallToolResult::error(vec![ContentBlock::text(why)]),
    }
}

/// The same with nothing that steers a terminal, whoever wrote the dossier; code points keep their places.
fn shown(mut value: Value) -> Value {
    match &mut value {
        Value::String(text) => {
            if let Cow::Owned(harmless) = harmless(text) {
                *text = harmless;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|v| *v = shown(v.take())),
        Value::Object(fields) => fields.values_mut().for_each(|v| *v = shown(v.take())),
        _ => {}
    }
    value
}

pub(crate) fn limit(asked: Option<usize>) -> usize {
    asked.unwrap_or(DEFAULT_FACTS).clamp(1, MAX_FACTS)
}

#[tool_router]
impl Tools {
    #[tool(
        description = "The stories that the kept reports tell, the one with the latest report first: id, name, how many reports and outlets, first and last day.",
        annotations(title = "Stories", read_only_hint = true, open_world_hint = false)
    )]
    fn stories(&self) -> CallToolResult {
        result(self.list_stories())
    }

    #[tool(
        description = "Finds words in the texts of reports, in what people said, and in names, the best places first, each with report, place and exact words.",
        annotations(title = "Search", read_only_hint = true, open_world_hint = false)
    )]
    fn search(&self, Parameters(asked): Parameters<Search>) -> CallToolResult {
        result(self.find(&asked))
    }

    #[tool(
        description = "Answers a question with the sentences of the reports that say it, the best first, each with report, place and exact words; sentences of several reports that assert the same are one answer, and accounts that differ stand side by side under `differences`: tell them all. Where `no_report_says` is given, the reports do not answer: say so and add nothing. Words are compared, not meanings: ask again with words that a report would use.",
        annotations(title = "Ask", read_only_hint = true, open_world_hint = false)
    )]
    fn ask(&self, Parameters(asked): Parameters<Question>) -> CallToolResult {
        result(self.answer(&asked))
    }

    #[tool(
        description = "Who said what: statements with speaker, mode (direct: word for word in quotation marks; indirect: told in the reporter's words; mixed: both), medium, date and the exact words of the report. Only what is direct may be printed as a quotation.",
        annotations(title = "Statements", read_only_hint = true, open_world_hint = false)
    )]
    fn statements(&self, Parameters(asked): Parameters<Statements>) -> CallToolResult {
        result(self.list_statements(&asked))
    }

    #[tool(
        description = "Who met whom, or is to: kind, participants, place, date, status (held, under way, planned, ordered, conditional, called off, denied, unconfirmed), the clause that tells it best, and every report's account of it. What is marked doubtful may be no gathering at all: read the report before you tell it.",
        annotations(title = "Meetings", read_only_hint = true, open_world_hint = false)
    )]
    fn meetings(&self, Parameters(asked): Parameters<Meant>) -> CallToolResult {
        result(self.list_meetings(&asked))
    }

    #[tool(
        description = "Where reports contradict each other: the question, and each answer with the exact words of the reports that give it. What stands here must not be told as settled. Where there are none, it says what was compared: none found is not none there.",
        annotations(title = "Differences", read_only_hint = true, open_world_hint = false)
    )]
    fn differences(&self, Parameters(asked): Parameters<Differences>) -> CallToolResult {
        result(self.list_differences(&asked))
    }

    #[tool(
        description = "Who wants what, a list a party: the stance (accepts, rejects, demands, supports, doubts, declines), the clause of a report that tells it, and its exact words. A stand marked doubtful is read in one report by signs that are often wrong: read the report before you tell it.",
        annotations(title = "Positions", read_only_hint = true, open_world_hint = false)
    )]
    fn positions(&self, Parameters(asked): Parameters<Positions>) -> CallToolResult {
        result(self.list_positions(&asked))
    }

    #[tool(
        description = "What happened when: sentences of the reports that name a day, in the order of days: gatherings with their state, what several reports tell, what was said. The day is the one that the words name, not that of the report.",
        annotations(title = "Timeline", read_only_hint = true, open_world_hint = false)
    )]
    fn timeline(&self, Parameters(asked): Parameters<Timeline>) -> CallToolResult {
        result(self.list_timeline(&asked))
    }

    #[tool(
        description = "Checks a whole draft against the reports: every quotation, number, day, name, speaker and claim that they contradict or cannot bear out, each with the words of the draft, what the reports say instead, and where. Use it before you hand over a text.",
        annotations(title = "Check a draft", read_only_hint = true, open_world_hint = false)
    )]
    fn check_draft(&self, Parameters(asked): Parameters<Draft>) -> CallToolResult {
        result(self.check_whole(&asked))
    }

    #[tool(
        description = "Says whether words may be printed as a quotation of somebody: exact, cut, altered (with what was changed), spliced from two places, or not found in any report; and whether somebody else said them. Use it for every quotation before you print it.",
        annotations(title = "Check a quotation", read_only_hint = true, open_world_hint = false)
    )]
    fn check_quote(&self, Parameters(asked): Parameters<Quote>) -> CallToolResult {
        result(self.check(&asked))
    }

    #[tool(
        description = "The whole record as Markdown with footnotes, in pieces of 8 kB: what happened, where accounts differ, who wants what, who met whom, what is open, who said what, and last what is doubtful. Each piece ends with the cursor of the next; the first two or three pieces tell the story.",
        annotations(title = "Brief", read_only_hint = true, open_world_hint = false)
    )]
    fn brief(&self, Parameters(asked): Parameters<Piece>) -> CallToolResult {
        match self.piece(&asked) {
            Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Err(refusal) => result(Err(refusal)),
        }
    }

    #[tool(
        description = "The text of a report around a place that a citation names, or from its beginning, with outlet, title, date and address.",
        annotations(title = "Read a report", read_only_hint = true, open_world_hint = false)
    )]
    fn report(&self, Parameters(asked): Parameters<Reading>) -> CallToolResult {
        result(self.read(&asked))
    }
}

#[tool_handler(
    name = "rapporteur",
    version = "0.1.0",
    instructions = "What many outlets report about a story, each fact with the exact words it rests on. Answer from what the tools give and name outlet and date. Print as a quotation only words that check_quote calls exact. Where `differences` has something, tell both accounts. What is marked doubtful is not sure: leave it out or read the report. Check what you wrote with check_draft. The record says what was reported, not what is true."
)]
impl ServerHandler for Tools {}

impl Tools {
    fn list_stories(&self) -> Result<Value, Refusal> {
        let stories = self.cache.store().stories()?;
        let story = |s: &rapporteur::Story| {
            json!({
                "id": s.row.id,
                "name": words::clean(&s.name),
                "reports": s.row.articles,
                "outlets": s.row.outlets,
                "first": s.row.days.0,
                "last": s.row.days.1,
            })
        };
        Ok(json!({ "stories": stories.iter().map(story).collect::<Vec<_>>() }))
    }

    fn find(&self, asked: &Search) -> Result<Value, Refusal> {
        if !asked.words.chars().any(char::is_alphanumeric) {
            return Err(Refusal("'words' has no word to look for".into()));
        }
        let scope = self.scope(&asked.meant)?;
        let query = dossier::Query {
            words: asked.words.chars().take(400).collect(),
            by: asked.by.clone().filter(|b| !b.trim().is_empty()),
            since: None,
            scope,
            limit: limit(asked.limit),
        };
        let store = self.cache.store();
        let mut places = Vec::new();
        for hit in store.dossier().search(&query)? {
            let kept = store.dossier().report(hit.report.as_str())?;
            let exact = kept.report.text.slice(hit.span).unwrap_or_default();
            places.push(json!({
                "kind": hit.kind.as_str(),
                "by": hit.by,
                "outlet": outlet(&kept.report.head),
                "published": kept.report.head.published.map(|d| d.to_string()),
                "url": url(&kept.report.head),
                "report": hit.report,
                "start": hit.span.start(),
                "end": hit.span.end(),
                "exact": exact,
                "title": kept.report.head.title.as_deref().map(words::clean),
            }));
        }
        Ok(json!({ "places": places }))
    }

    fn answer(&self, asked: &Question) -> Result<Value, Refusal> {
        if !asked.question.chars().any(char::is_alphanumeric) {
            return Err(Refusal("'question' has no words: ask in plain words, such as 'who pays the tolls'".into()));
        }
        let context = self.cache.check_context(&self.scope(&asked.meant)?)?;
        let labeler = Labeler::new(context.record());
        let most = asked.limit.unwrap_or(DEFAULT_ANSWERS).clamp(1, MAX_ANSWERS);
        let answer = context.ask(&asked.question, most);
        let cites = |all: &[Saying]| labeler.cites(all.iter().map(|s| &s.at));
        let account = |a: &rapporteur::ask::DifferingAccount| json!({ "value": a.value, "sentences": cites(&a.sentences), "more": a.more });
        let differing = |d: &rapporteur::ask::Differing| {
            json!({
                "id": d.id,
                "kind": d.kind.as_str(),
                "about": d.about,
                "accounts": d.accounts.iter().map(account).collect::<Vec<_>>(),
                "corrections": labeler.corrections(d.id.as_str()),
            })
        };
        let told = |t: &Told| {
            json!({
                "claim": t.claim,
                "independent_sources": t.origins,
                "sentences": cites(&t.sentences),
                "more": t.more,
                "differences": t.differences.iter().map(differing).collect::<Vec<_>>(),
            })
        };
        Ok(json!({
            "no_report_says": answer.says_no(),
            "no_report_has": answer.unknown,
            "answers": answer.answers.iter().map(told).collect::<Vec<_>>(),
        }))
    }

    fn list_statements(&self, asked: &Statements) -> Result<Value, Refusal> {
        let record = self.record(&asked.meant)?;
        let (labeler, lower) = (Labeler::new(&record), |v: &Option<String>| {
            v.as_deref().map(|v| v.trim().to_lowercase()).filter(|v| !v.is_empty())
        });
        let (by, outlet, sought) = (lower(&asked.by), lower(&asked.outlet), lower(&asked.words));
        let said = |s: &&rapporteur::Statement| {
            let speaker = by.as_deref().is_none_or(|by| match (&s.speaker, &s.speaker_span) {
                (Some(id), _) => labeler.is_called(id, by),
                (None, Some(span)) => span.exact().to_lowercase().contains(by),
                (None, None) => false,
            });
            let content = s.content.exact().to_lowercase();
            speaker
                && outlet.as_deref().is_none_or(|o| labeler.is_of(&s.content, o))
                && sought.as_deref().is_none_or(|words| words.split_whitespace().all(|w| content.contains(w)))
        };
        let all: Vec<&rapporteur::Statement> = record.statements.iter().filter(said).collect();
        let relation = |s: &rapporteur::Statement| {
            let utterance = labeler.index().utterance(s.utterance.as_ref()?)?;
            Some(utterance.relation.as_str())
        };
        let statement = |s: &&rapporteur::Statement| {
            json!({
                "id": s.id,
                "speaker": s.speaker.as_ref().and_then(|id| labeler.name(id)),
                "speaker_as_printed": s.speaker_span.as_ref().map(|c| c.exact()),
                "mode": s.mode.as_str(),
                "medium": s.medium,
                "via": s.via,
                "date": s.date.map(|d| d.to_string()),
                "same_words": s.utterance,
                "versions_are": relation(s),
                "words": labeler.cite(&s.content),
                "corrections": labeler.corrections(s.id.as_str()),
            })
        };
        let given: Vec<Value> = all.iter().take(limit(asked.limit)).map(statement).collect();
        Ok(json!({ "found": all.len(), "statements": given }))
    }

    fn piece(&self, asked: &Piece) -> Result<String, Refusal> {
        let cursor = asked.cursor.as_deref().map(str::trim).filter(|c| !c.is_empty());
        let refusal =
            || Refusal("there is no such 'cursor': each piece of the brief ends with that of the next".into());
        let from = cursor.map_or(Ok(0), |c| c.parse().map_err(|_| refusal()))?;
        let record = self.record(&asked.meant)?;
        let piece = pages::piece(&Brief::new(&record, None).markdown(), from).ok_or_else(refusal)?;
        Ok(piece.text)
    }

    fn list_meetings(&self, asked: &Meant) -> Result<Value, Refusal> {
        let record = self.record(asked)?;
        let (labeler, view) = (Labeler::new(&record), View::new(&record, None));
        let lines: HashMap<&str, &MeetingLine> = view.meetings.iter().map(|m| (m.id.as_str(), m)).collect();
        let account = |a: &rapporteur::MeetingAccount| {
            json!({
                "status": a.status.as_str(),
                "date": a.date.map(|d| d.to_string()),
                "place": a.place.as_ref().and_then(|id| labeler.name(id)),
                "participants": labeler.names(&a.participants),
                "words": labeler.cite(&a.span),
            })
        };
        let meeting = |m: &rapporteur::Meeting| {
            json!({
                "id": m.id,
                "kind": m.kind.as_str(),
                "participants": labeler.names(&m.participants),
                "place": m.place.as_ref().and_then(|id| labeler.name(id)),
                "date": m.date.map(|d| d.to_string()),
                "status": m.status.as_str(),
                "clause": lines.get(m.id.as_str()).map(|l| l.clause.as_str()),
                "doubtful": lines.get(m.id.as_str()).is_some_and(|l| l.doubtful),
                "condition": m.condition.as_ref().map(|c| labeler.cite(c)),
                "accounts": m.accounts.iter().map(account).collect::<Vec<_>>(),
                "corrections": labeler.corrections(m.id.as_str()),
            })
        };
        let given: Vec<Value> = record.meetings.iter().take(MAX_FACTS).map(meeting).collect();
        Ok(json!({ "found": record.meetings.len(), "meetings": given }))
    }

    fn list_differences(&self, asked: &Differences) -> Result<Value, Refusal> {
        let record = self.record(&asked.meant)?;
        let labeler = Labeler::new(&record);
        let kind = asked.kind.as_deref().map(str::trim).filter(|k| !k.is_empty());
        let account =
            |a: &rapporteur::Account| json!({ "value": a.value, "evidence": labeler.cites(a.evidence.iter()) });
        let differ = |d: &rapporteur::Discrepancy| {
            json!({
                "id": d.id,
                "kind": d.kind.as_str(),
                "about": d.about,
                "accounts": d.accounts.iter().map(account).collect::<Vec<_>>(),
                "corrections": labeler.corrections(d.id.as_str()),
            })
        };
        let wanted = |d: &&rapporteur::Discrepancy| kind.is_none_or(|k| d.kind.as_str() == k);
        let all: Vec<&rapporteur::Discrepancy> = record.discrepancies.iter().filter(wanted).collect();
        let given: Vec<Value> = all.iter().copied().take(MAX_FACTS).map(differ).collect();
        let compared = record.claims.len();
        let none = format!("None found among {compared} claims that several reports share. {}", words::COMPARED);
        let none = all.is_empty().then_some(none);
        Ok(json!({ "found": all.len(), "differences": given, "claims_compared": compared, "says": none }))
    }

    fn check(&self, asked: &Quote) -> Result<Value, Refusal> {
        let quote = asked.quote.trim().trim_matches(['"', '“', '”', '«', '»', '„', '‟']).trim();
        if !quote.chars().any(char::is_alphanumeric) {
            return Err(Refusal("'quote' has no words".into()));
        }
        let context = self.cache.check_context(&self.scope(&asked.meant)?)?;
        let record = context.record();
        let speaker = asked.speaker.as_deref().map(str::trim).filter(|s| !s.is_empty());
        // One sentence, as it would be printed.
        let text = match speaker {
            Some(speaker) => format!("“{quote}” {speaker} said.\n"),
            None => format!("“{quote}”\n"),
        };
        let draft = Report::plain(ReportId::new("quotation"), &text);
        let checked = context.check(&draft, None);
        let labeler = Labeler::new(record);
        let verdict = |v: &rapporteur::check::Verdict| {
            json!({
                "about": v.kind.as_str(),
                "words": v.at.exact,
                "judgement": v.judgement.as_str(),
                "severity": v.severity.as_str(),
                "says": v.says,
                "sources": labeler.cites(&v.sources),
                "against": labeler.cites(&v.against),
                "independent_sources": v.independent_sources,
            })
        };
        Ok(json!({
            "may_be_printed": !checked.verdicts.iter().any(rapporteur::check::Verdict::is_flagged)
                && checked.verdicts.iter().any(|v| v.judgement.as_str() == "exact"),
            "verdicts": checked.verdicts.iter().map(verdict).collect::<Vec<_>>(),
        }))
    }

    fn read(&self, asked: &Reading) -> Result<Value, Refusal> {
        let kept = self.cache.store().dossier().report(asked.report.trim())?;
        let (head, text) = (&kept.report.head, &kept.report.text);
        let length = text.chars();
        let from = asked.start.map_or(0, |s| s.saturating_sub(BEFORE)).min(length);
        let least = asked.end.unwrap_or(0).saturating_add(BEFORE);
        let to = least.max(from.saturating_add(WINDOW)).min(from.saturating_add(2 * WINDOW)).min(length);
        let exact = text.slice(rapporteur::Span::new(from, to)).unwrap_or_default();
        Ok(json!({
            "report": head.id,
            "outlet": outlet(head),
            "title": head.title.as_deref().map(words::clean),
            "published": head.published.map(|d| d.to_string()),
            "byline": head.byline.as_deref().map(words::clean),
            "url": url(head),
            "start": from,
            "end": to,
            "of": length,
            "exact": exact,
        }))
    }
}
