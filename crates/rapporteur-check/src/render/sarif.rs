//! SARIF 2.1.0 (OASIS, 27 March 2020), so that editors and CI show verdicts where they stand.
//!
//! Columns and offsets count Unicode code points, and the run says so (`columnKind`).

use rapporteur_schema::web_address;
use serde_json::{Value, json};

use crate::verdict::{Checked, DraftRange, Judgement, Severity, Verdict};

/// A check as SARIF: what is flagged, and notes.
pub fn sarif(checked: &Checked) -> Value {
    let judgements: Vec<Judgement> = Judgement::ALL
        .iter()
        .copied()
        .filter(|j| {
            let noted = checked.verdicts.iter().any(|v| v.judgement == *j && v.severity < Severity::Fine);
            noted || checked.sentences.iter().any(|v| v.judgement == *j)
        })
        .collect();
    let rules: Vec<Value> = judgements
        .iter()
        .map(|j| json!({ "id": id(*j), "name": j.as_str(), "shortDescription": { "text": meaning(*j) } }))
        .collect();
    let mut results: Vec<Value> = checked
        .verdicts
        .iter()
        .filter(|v| v.severity < Severity::Fine)
        .map(|v| result(checked, v, judgements.iter().position(|j| *j == v.judgement)))
        .collect();
    // A sentence as a whole has no level: SARIF's kinds say what was made of it. Those that are flagged stand above.
    results.extend(checked.sentences.iter().filter(|v| !v.is_flagged()).map(|v| {
        let mut result = result(checked, v, judgements.iter().position(|j| *j == v.judgement));
        result["kind"] = json!(kind(v.judgement));
        // Only what fails has a level.
        result["level"] = json!(if v.judgement == Judgement::Contradicted { "note" } else { "none" });
        result
    }));
    // What was not judged is told where tools look for it; a whole check tells nothing.
    let told = |what: &String| json!({ "level": "warning", "message": { "text": what } });
    let missing: Vec<Value> = checked.missing().iter().map(told).collect();
    let mut sarif = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "rapporteur check",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "artifacts": [{ "location": { "uri": uri(&checked.draft) }, "hashes": { "sha-256": checked.sha256 } }],
            "results": results,
        }],
    });
    if !missing.is_empty() {
        sarif["runs"][0]["invocations"] =
            json!([{ "executionSuccessful": !checked.broken_off, "toolExecutionNotifications": missing }]);
    }
    sarif
}

/// What SARIF calls the judgement of a sentence that is no fault.
fn kind(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Supported => "pass",
        Judgement::Contradicted => "fail",
        Judgement::Unchecked => "notApplicable",
        Judgement::NotFound => "open",
        _ => "review",
    }
}

fn result(checked: &Checked, verdict: &Verdict, rule: Option<usize>) -> Value {
    let level = match verdict.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "note",
    };
    let related: Vec<Value> = verdict
        .sources
        .iter()
        .chain(&verdict.against)
        .enumerate()
        .map(|(n, c)| {
            let report = checked.report(c.report());
            let name = report.map_or_else(|| c.report().to_string(), |r| format!("{} [{}]", r.name(), r.number));
            let source = report.map_or("", |r| r.source.as_str());
            json!({
                "id": n + 1,
                "message": { "text": format!("{name}: {}", c.exact()) },
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(source) },
                    "region": {
                        "charOffset": c.span().start(),
                        "charLength": c.span().len(),
                        "snippet": { "text": c.exact() },
                    },
                },
            })
        })
        .collect();
    json!({
        "ruleId": id(verdict.judgement),
        "ruleIndex": rule,
        "level": level,
        "message": { "text": format!("{}: {}", verdict.judgement.as_str(), verdict.says) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&checked.draft), "index": 0 },
            "region": region(&verdict.at),
        } }],
        "relatedLocations": related,
    })
}

fn region(place: &DraftRange) -> Value {
    let (mut line, mut column) = (place.line, place.column);
    for c in place.exact.chars() {
        (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": line,
        "endColumn": column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
        "snippet": { "text": place.exact },
    })
}

/// The id of a rule: the judgement with hyphens.
fn id(judgement: Judgement) -> String {
    judgement.as_str().replace(' ', "-").replace('\'', "")
}

fn meaning(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Supported => "A report says so.",
        Judgement::Exact => "The quotation stands so in a report.",
        Judgement::Cut => "The quotation leaves words out without marking it.",
        Judgement::Altered => "The quotation has other words than the report.",
        Judgement::Spliced => "The quotation joins words from two places.",
        Judgement::NotQuoted => "The words are the reporter's own, not quoted.",
        Judgement::NotFound => "No report has it.",
        Judgement::Contradicted => "A report says otherwise, and none says so; or a person corrected it.",
        Judgement::OtherSpeaker => "The reports give the words to somebody else.",
        Judgement::OtherMedium => "The reports say it was said elsewhere.",
        Judgement::OneSide => "What one side claims is stated as a fact.",
        Judgement::Disputed => "Reports differ, and the draft does not say so.",
        Judgement::OneSource => "What is said to rest on several sources rests on one origin.",
        Judgement::Unclear => "Sentences of reports come near and settle nothing: compare.",
        Judgement::Unchecked => "There is nothing in it that could be compared.",
    }
}

/// A path as a relative URI; an address that a link may lead to stays as it is.
fn uri(path: &str) -> String {
    if let Some(address) = web_address(path) {
        return address.into_owned();
    }
    let safe = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_' | b'~');
    path.replace('\\', "/")
        .bytes()
        .map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
