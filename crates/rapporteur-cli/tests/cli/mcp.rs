//! `rapporteur mcp`, driven over its standard input and output by the client of the official kit.

use std::path::Path;

use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::transport::TokioChildProcess;
use rmcp::{RoleClient, ServiceExt};
use serde_json::{Value, json};

#[path = "../../../rapporteur-server/tests/server/steering.rs"]
mod steering;

use crate::util::Dir;

pub type Client = RunningService<RoleClient, ()>;

/// Asks a server over the strait story, and ends it.
fn with_client<F: Future<Output = ()>>(talk: impl FnOnce(Client) -> F) {
    let dir = Dir::new();
    let strait = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
    let _ = dir.run(&format!("add {strait} --into desk.dossier")).code(0);
    over(&dir.path("desk.dossier"), talk);
}

/// Asks a server over a dossier.
pub fn over<F: Future<Output = ()>>(dossier: &Path, talk: impl FnOnce(Client) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(["mcp", "--from"]).arg(dossier);
        talk(().serve(TokioChildProcess::new(command).unwrap()).await.unwrap()).await;
    });
}

pub async fn call(client: &Client, tool: &'static str, arguments: Value) -> CallToolResult {
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await.unwrap()
}

async fn ask(client: &Client, tool: &'static str, arguments: Value) -> Value {
    let answer = call(client, tool, arguments).await;
    assert_ne!(answer.is_error, Some(true), "{tool}: {answer:?}");
    answer.structured_content.unwrap()
}

/// Everything that is cited in an answer.
fn cited(answer: &Value, found: &mut Vec<Value>) {
    match answer {
        Value::Array(all) => all.iter().for_each(|v| cited(v, found)),
        Value::Object(fields) => {
            if fields.contains_key("exact") {
                found.push(answer.clone());
            }
            fields.values().for_each(|v| cited(v, found));
        }
        _ => {}
    }
}

#[test]
fn every_tool_answers_with_words_that_stand_in_the_report() {
    with_client(|client| async move {
        let tools = client.list_all_tools().await.unwrap();
        let mut names: Vec<String> = tools.iter().map(|t| t.name.to_string()).collect();
        names.sort();
        assert_eq!(
            names,
            [
                "ask",
                "brief",
                "check_draft",
                "check_quote",
                "differences",
                "meetings",
                "positions",
                "report",
                "search",
                "statements",
                "stories",
                "timeline"
            ]
        );
        assert!(tools.iter().all(|t| t.description.as_ref().is_some_and(|d| d.len() > 60)));
        let instructions = client.peer_info().unwrap().instructions.clone().unwrap();
        assert!(instructions.contains("check_quote"), "{instructions}");

        let stories = ask(&client, "stories", json!({})).await;
        let story = stories["stories"][0]["id"].as_str().unwrap().to_owned();
        let answers = [
            ask(&client, "search", json!({"words": "tolls", "story": story})).await,
            ask(&client, "ask", json!({"question": "When did Averick meet Haldari?", "story": story})).await,
            ask(&client, "statements", json!({"story": story, "limit": 100})).await,
            ask(&client, "meetings", json!({"story": story})).await,
            ask(&client, "differences", json!({})).await,
            ask(&client, "positions", json!({"story": story})).await,
            ask(&client, "timeline", json!({"story": story})).await,
            ask(
                &client,
                "check_draft",
                json!({"draft": "The plan has 28 points, said Daniel Averick.", "story": story}),
            )
            .await,
            ask(&client, "check_quote", json!({"quote": "The water does not ask for a passport."})).await,
        ];
        for answer in answers {
            let mut places = Vec::new();
            cited(&answer, &mut places);
            assert!(!places.is_empty(), "{answer}");
            for place in places.iter().take(12) {
                let (start, end) = (place["start"].as_u64().unwrap(), place["end"].as_u64().unwrap());
                let asked = json!({"report": place["report"], "start": start, "end": end});
                let report = ask(&client, "report", asked).await;
                let from = report["start"].as_u64().unwrap();
                let text: Vec<char> = report["exact"].as_str().unwrap().chars().collect();
                let words: String = text[(start - from) as usize..(end - from) as usize].iter().collect();
                assert_eq!(words, place["exact"].as_str().unwrap());
            }
        }
        let brief = call(&client, "brief", json!({})).await;
        let text = serde_json::to_value(&brief.content).unwrap()[0]["text"].as_str().unwrap().to_owned();
        assert!(text.contains("## What happened") && text.contains("[^1]"), "{text}");
        client.cancel().await.unwrap();
    });
}

#[test]
fn a_question_is_answered_with_sentences_or_with_no() {
    with_client(|client| async move {
        let asked = json!({"question": "When was Averick received by Haldari in Dramov?", "limit": 2});
        let answer = ask(&client, "ask", asked).await;
        assert!(answer["no_report_says"].is_null() && answer["answers"].as_array().unwrap().len() <= 2, "{answer:#}");
        let differing = &answer["answers"][0]["differences"][0];
        let values: Vec<&str> =
            differing["accounts"].as_array().unwrap().iter().map(|a| a["value"].as_str().unwrap()).collect();
        assert_eq!((differing["kind"].as_str(), values), (Some("date"), vec!["Sunday", "Monday"]), "{answer:#}");
        let none = ask(&client, "ask", json!({"question": "Which cathedrals were repainted?"})).await;
        assert!(none["no_report_says"].as_str().unwrap().starts_with("No report says"), "{none}");
        assert_eq!(none["answers"].as_array().unwrap().len(), 0);
        let refused = call(&client, "ask", json!({"question": "?"})).await;
        assert_eq!(refused.is_error, Some(true));
        client.cancel().await.unwrap();
    });
}

#[test]
fn the_brief_comes_in_pieces_that_lead_from_one_to_the_next() {
    with_client(|client| async move {
        let (mut cursor, mut whole, mut pieces) = (None, String::new(), 0);
        loop {
            let asked = cursor.as_ref().map_or_else(|| json!({}), |c| json!({"cursor": c}));
            let answer = call(&client, "brief", asked).await;
            let text = serde_json::to_value(&answer.content).unwrap()[0]["text"].as_str().unwrap().to_owned();
            assert!(text.len() <= 8_000, "{}", text.len());
            pieces += 1;
            let next = text.rsplit_once("with `cursor` \"").and_then(|(_, rest)| rest.split('"').next());
            cursor = next.map(str::to_owned);
            whole.push_str(&text);
            if cursor.is_none() {
                break;
            }
        }
        assert!(pieces > 1 && whole.contains("## What happened") && whole.contains("## Names"), "{pieces} pieces");
        let lost = call(&client, "brief", json!({"cursor": "zzz"})).await;
        assert_eq!(lost.is_error, Some(true));
        client.cancel().await.unwrap();
    });
}

#[test]
fn positions_days_and_a_whole_draft_are_told_with_their_words() {
    with_client(|client| async move {
        let kareth = ask(&client, "positions", json!({"party": "kareth"})).await;
        let parties = kareth["parties"].as_array().unwrap();
        assert!(!parties.is_empty() && parties.iter().all(|p| p["stands"][0]["clause"].is_string()), "{kareth}");
        let march = ask(&client, "timeline", json!({"from": "2026-03-01", "limit": 100})).await;
        let days: Vec<&str> =
            march["happened"].as_array().unwrap().iter().map(|h| h["date"].as_str().unwrap()).collect();
        assert!(days.len() > 5 && days.windows(2).all(|w| w[0][..10] <= w[1][..10]), "{days:?}");
        assert!(days.iter().all(|d| d.starts_with("2026-03")), "{days:?}");
        let draft = "\"The water does ask for a passport,\" said Vadim Torovski. The plan has 17 points.";
        let checked = ask(&client, "check_draft", json!({"draft": draft})).await;
        assert!(checked["errors"].as_u64().unwrap() >= 1, "{checked}");
        assert_eq!(checked["verdicts"][0]["judgement"], "altered", "{checked}");
        let empty = ask(&client, "differences", json!({"kind": "office"})).await;
        assert!(empty["says"].as_str().unwrap().starts_with("None found among"), "{empty}");
        client.cancel().await.unwrap();
    });
}

#[test]
fn statements_are_picked_by_speaker_words_outlet_and_day() {
    with_client(|client| async move {
        let all = ask(&client, "statements", json!({})).await;
        let found = all["found"].as_u64().unwrap();
        assert!(found > 30 && all["statements"].as_array().unwrap().len() == 20, "{found}");
        let hers = ask(&client, "statements", json!({"by": "qorashi"})).await;
        assert!(hers["found"].as_u64().unwrap() < found);
        for s in hers["statements"].as_array().unwrap() {
            assert_eq!(s["speaker"], "Samira Qorashi");
        }
        let one = ask(&client, "statements", json!({"words": "water passport", "outlet": "courier"})).await;
        assert!(one["found"].as_u64().unwrap() >= 1);
        for s in one["statements"].as_array().unwrap() {
            assert_eq!(s["words"]["outlet"], "Velmin Courier");
        }
        let before = ask(&client, "statements", json!({"as_of": "2026-03-12"})).await;
        assert!(before["found"].as_u64().unwrap() < found, "a report of the day after is left out");
        client.cancel().await.unwrap();
    });
}

#[test]
fn a_quotation_is_told_apart_from_one_that_was_changed() {
    with_client(|client| async move {
        let judgements = |answer: &Value| -> Vec<String> {
            let all = answer["verdicts"].as_array().unwrap();
            all.iter().map(|v| v["judgement"].as_str().unwrap().to_owned()).collect()
        };
        let made_up = ask(&client, "check_quote", json!({"quote": "We have agreed on every single line of it"})).await;
        assert_eq!(made_up["may_be_printed"], false, "{made_up}");
        let water = json!({"quote": "The water does not ask for a passport.", "speaker": "Vadim Torovski"});
        let water = ask(&client, "check_quote", water).await;
        assert!(judgements(&water).contains(&"exact".to_owned()), "{water}");
        let changed = json!({"quote": "The water does ask for a passport.", "speaker": "Vadim Torovski"});
        let changed = ask(&client, "check_quote", changed).await;
        assert_eq!(changed["may_be_printed"], false);
        assert!(judgements(&changed).contains(&"altered".to_owned()), "{changed}");
        client.cancel().await.unwrap();
    });
}

#[test]
fn what_makes_no_sense_is_an_error_that_says_what_to_do_and_the_next_call_works() {
    with_client(|client| async move {
        for (tool, arguments, says) in [
            ("search", json!({"words": " … "}), "no word"),
            ("statements", json!({"as_of": "yesterday"}), "2025-11-24"),
            ("meetings", json!({"story": "zzz"}), "zzz"),
            ("report", json!({"report": "r0000"}), "r0000"),
            ("check_quote", json!({"quote": "“”"}), "no words"),
        ] {
            let answer = call(&client, tool, arguments).await;
            assert_eq!(answer.is_error, Some(true), "{tool}");
            let text = serde_json::to_string(&answer.content).unwrap();
            assert!(text.contains(says), "{tool}: {text}");
        }
        for words in ["\" OR 1=1 --", "NEAR(", "😀", "a\u{0}b"] {
            call(&client, "search", json!({"words": words})).await;
            call(&client, "check_quote", json!({"quote": words})).await;
        }
        assert!(ask(&client, "stories", json!({})).await["stories"].is_array());
        client.cancel().await.unwrap();
    });
}

#[test]
fn without_a_dossier_it_says_so_and_writes_nothing_on_standard_output() {
    let ran = Dir::new().run("mcp --from none.dossier").code(1).tells("none.dossier");
    assert_eq!(ran.out, "");
}

/// Every string of an answer, with the name of its field.
fn strings(answer: &Value, name: &str, take: &mut impl FnMut(&str, &str)) {
    match answer {
        Value::String(text) => take(name, text),
        Value::Array(all) => all.iter().for_each(|v| strings(v, name, take)),
        Value::Object(fields) => fields.iter().for_each(|(name, v)| strings(v, name, take)),
        _ => {}
    }
}

#[test]
fn nothing_that_steers_comes_through() {
    let dir = Dir::new();
    let path = dir.path("steering.dossier");
    steering::dossier(&path);
    over(&path, |client| async move {
        let record = ask(&client, "statements", json!({"limit": 100})).await;
        let meetings = ask(&client, "meetings", json!({})).await;
        assert_eq!(meetings["found"].as_u64(), meetings["meetings"].as_array().map(|all| all.len() as u64));
        let mut places = Vec::new();
        cited(&record, &mut places);
        cited(&meetings, &mut places);
        let mut reports: Vec<&str> = places.iter().map(|p| p["report"].as_str().unwrap()).collect();
        reports.sort_unstable();
        reports.dedup();
        assert_eq!(reports.len(), 6, "every report says something");
        let long = "w".repeat(100_000);
        let mut answers = vec![
            ask(&client, "stories", json!({})).await,
            ask(&client, "differences", json!({})).await,
            ask(&client, "search", json!({"words": "weir", "limit": 100})).await,
            ask(&client, "search", json!({"words": "w*", "by": "\u{1b}[2J\u{202e}"})).await,
            ask(&client, "search", json!({"words": long})).await,
            ask(&client, "statements", json!({"by": long, "outlet": "\u{7}", "words": "\u{202e}"})).await,
            ask(&client, "check_quote", json!({"quote": "The weir stays open until the snow has melted"})).await,
            ask(&client, "check_quote", json!({"quote": "The weir \u{1b}[2J\u{202e}stays <script>", "speaker": long}))
                .await,
        ];
        for report in &reports {
            answers.push(ask(&client, "report", json!({"report": report})).await);
            answers.push(ask(&client, "report", json!({"report": report, "start": u32::MAX, "end": 0})).await);
        }
        answers.extend([record.clone(), meetings.clone()]);
        for answer in &answers {
            strings(answer, "", &mut |name, text| {
                assert!(!text.contains(rapporteur::phrase::is_steering), "{name}: {text:?}");
                // The exact words are those of the report, overrides of writing direction with them.
                let exact = matches!(name, "exact" | "words" | "says");
                assert!(exact || !text.contains(steering::turns), "{name}: {text:?}");
                assert!(name != "url" || text.starts_with("https://post.example/"), "{text}");
                assert!(
                    exact || text.chars().count() < 1_000 || name == "speaker_as_printed",
                    "{name}: {}",
                    text.len()
                );
            });
        }
        let brief = call(&client, "brief", json!({})).await;
        let text = serde_json::to_value(&brief.content).unwrap()[0]["text"].as_str().unwrap().to_owned();
        assert!(text.contains("Mira Orlan") && !text.contains("](javascript:"), "{text}");
        assert_eq!(text.matches("<script").count(), text.matches("\\<script").count(), "{text}");
        assert!(!text.contains(|c| rapporteur::phrase::is_steering(c) || steering::turns(c)), "{text:?}");
        client.cancel().await.unwrap();
    });
}
