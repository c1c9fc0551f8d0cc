//! `rapporteur lsp`: marks drafts in an editor. The Language Server Protocol 3.17 on standard input and output: documents are
//! synchronised whole, and what a check says of them is published as diagnostics.
//!
//! A draft is checked when it is opened or saved, and after a pause in typing. The reports are read once.

use std::collections::BTreeMap;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, Response};
use rapporteur::check::{Checked, DraftRange, Severity, Verdict};
use rapporteur::{CheckContext, Report, ReportId};
use serde_json::{Value, json};

use crate::args::LspArgs;
use crate::error::Failure;

/// How long nobody types before a changed draft is checked.
const PAUSE: Duration = Duration::from_millis(400);

/// The most characters of a draft; longer ones are not checked, and the editor is told so.
const MAX_DRAFT: usize = 400_000;

/// How columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Columns {
    /// What every client understands.
    Utf16,
    /// As they are counted here, where the client offers it.
    Utf32,
}

/// Serves until the editor says it is enough or closes standard input.
///
/// # Errors
/// The reports cannot be read, or the other side does not speak the protocol.
pub fn run(args: &LspArgs) -> Result<(), Failure> {
    let context = super::check::context(args.reports.dossier().as_ref(), &args.reports.input(false), "lsp", None)?;
    let (connection, threads) = Connection::stdio();
    let done = serve(&connection, &context, args);
    drop(connection);
    let ended = threads.join().map_err(|e| e.to_string());
    done.and(ended).map_err(|error| {
        let help = "'rapporteur lsp' is started by an editor; docs/check.md shows how".to_owned();
        Failure::Usage(format!("the language server: {error}"), help)
    })
}

fn serve(connection: &Connection, context: &CheckContext, args: &LspArgs) -> Result<(), String> {
    let (id, params) = connection.initialize_start().map_err(|e| e.to_string())?;
    let offered = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let columns = match offered.is_some_and(|all| all.iter().any(|e| e == "utf-32")) {
        true => Columns::Utf32,
        false => Columns::Utf16,
    };
    let encoding = if columns == Columns::Utf32 { "utf-32" } else { "utf-16" };
    let capabilities = json!({
        "positionEncoding": encoding,
        "textDocumentSync": { "openClose": true, "change": 1, "save": { "includeText": false } },
    });
    let about = json!({ "name": "rapporteur", "version": env!("CARGO_PKG_VERSION") });
    let answer = json!({ "capabilities": capabilities, "serverInfo": about });
    connection.initialize_finish(id, answer).map_err(|e| e.to_string())?;
    let mut drafts: BTreeMap<String, String> = BTreeMap::new();
    // Those that were changed since they were checked.
    let mut changed: Vec<String> = Vec::new();
    let check = |uri: &str, text: &str| {
        let diagnostics = if text.chars().count() > MAX_DRAFT {
            vec![too_long()]
        } else {
            let mut draft = Report::plain(ReportId::from_content(&["draft", uri]), text);
            uri.clone_into(&mut draft.head.source);
            diagnostics(&context.check(&draft, args.date), columns)
        };
        publish(connection, uri, diagnostics)
    };
    loop {
        let message = if changed.is_empty() {
            // The other side has gone where there is nothing more to come.
            let Ok(message) = connection.receiver.recv() else { return Ok(()) };
            message
        } else {
            match connection.receiver.recv_timeout(PAUSE) {
                Ok(message) => message,
                Err(e) if e.is_timeout() => {
                    for uri in std::mem::take(&mut changed) {
                        if let Some(text) = drafts.get(&uri) {
                            check(&uri, text)?;
                        }
                    }
                    continue;
                }
                Err(_) => return Ok(()),
            }
        };
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request).map_err(|e| e.to_string())? {
                    return Ok(());
                }
                let unknown = format!("{} is not known here", request.method);
                let response = Response::new_err(request.id, ErrorCode::MethodNotFound as i32, unknown);
                connection.sender.send(Message::Response(response)).map_err(|e| e.to_string())?;
            }
            Message::Response(_) => {}
            Message::Notification(Notification { method, params }) => {
                let Some(uri) = params.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned) else {
                    continue;
                };
                let text = |at: &str| params.pointer(at).and_then(Value::as_str).map(str::to_owned);
                match method.as_str() {
                    "textDocument/didOpen" => {
                        let text = text("/textDocument/text").unwrap_or_default();
                        check(&uri, &text)?;
                        drafts.insert(uri, text);
                    }
                    "textDocument/didChange" => {
                        // Whole texts: the last is what stands there now.
                        let changes = params.pointer("/contentChanges").and_then(Value::as_array);
                        let last = changes.and_then(|all| all.last()).and_then(|c| c["text"].as_str());
                        if let Some(text) = last {
                            drafts.insert(uri.clone(), text.to_owned());
                            if !changed.contains(&uri) {
                                changed.push(uri);
                            }
                        }
                    }
                    "textDocument/didSave" => {
                        changed.retain(|u| *u != uri);
                        if let Some(text) = drafts.get(&uri) {
                            check(&uri, text)?;
                        }
                    }
                    "textDocument/didClose" => {
                        changed.retain(|u| *u != uri);
                        drafts.remove(&uri);
                        publish(connection, &uri, Vec::new())?;
                    }
                    _ => {}
                }
            }
        }
    }
}

fn publish(connection: &Connection, uri: &str, diagnostics: Vec<Value>) -> Result<(), String> {
    let params = json!({ "uri": uri, "diagnostics": diagnostics });
    let note = Notification::new("textDocument/publishDiagnostics".to_owned(), params);
    connection.sender.send(Message::Notification(note)).map_err(|e| e.to_string())
}

fn too_long() -> Value {
    let start = json!({ "line": 0, "character": 0 });
    let message = format!("not checked: a draft has at most {MAX_DRAFT} characters here");
    json!({ "range": { "start": start, "end": start }, "severity": 2, "source": "rapporteur", "message": message })
}

/// What is flagged and noted, and every sentence as a hint, so that each has its verdict where it stands.
fn diagnostics(checked: &Checked, columns: Columns) -> Vec<Value> {
    let lines: Vec<&str> = checked.text.split('\n').collect();
    let noted = checked.verdicts.iter().filter(|v| v.severity < Severity::Fine);
    let noted = noted.map(|v| (v, v.judgement.as_str(), severity(v.severity)));
    let sentences = checked.sentences.iter().filter(|v| !v.is_flagged());
    let sentences = sentences.map(|v| (v, v.judgement.of_a_sentence(), 4));
    noted.chain(sentences).map(|(v, judgement, severity)| diagnostic(v, judgement, severity, &lines, columns)).collect()
}

/// The protocol's number for a severity.
fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
        Severity::Fine => 4,
    }
}

fn diagnostic(verdict: &Verdict, judgement: &str, severity: u8, lines: &[&str], columns: Columns) -> Value {
    let words = verdict.against.first().or(verdict.sources.first());
    let shown = words.map_or_else(String::new, |c| format!("\n{}", rapporteur::phrase::clean(c.exact())));
    json!({
        "range": range(&verdict.at, lines, columns),
        "severity": severity,
        "code": verdict.judgement.as_str(),
        "source": "rapporteur",
        "message": format!("{judgement} ({}): {}{shown}", verdict.kind.as_str(), verdict.says),
    })
}

/// A stretch of the draft in lines and columns from 0.
fn range(place: &DraftRange, lines: &[&str], columns: Columns) -> Value {
    let (mut line, mut column) = (place.line as usize - 1, place.column as usize - 1);
    let start = position(line, column, lines, columns);
    for c in place.exact.chars() {
        (line, column) = if c == '\n' { (line + 1, 0) } else { (line, column + 1) };
    }
    json!({ "start": start, "end": position(line, column, lines, columns) })
}

fn position(line: usize, column: usize, lines: &[&str], columns: Columns) -> Value {
    let character = match columns {
        Columns::Utf32 => column,
        Columns::Utf16 => {
            lines.get(line).map_or(column, |l| l.chars().take(column).map(char::len_utf16).sum::<usize>())
        }
    };
    json!({ "line": line, "character": character })
}
