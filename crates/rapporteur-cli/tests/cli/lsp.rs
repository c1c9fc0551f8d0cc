//! `rapporteur lsp`, spoken to over standard input and output as an editor does.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::util::Dir;

/// An editor: it writes framed messages and reads what comes.
struct Editor {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    asked: u64,
}

impl Editor {
    fn start(dir: &Dir, args: &str) -> Self {
        let mut command = dir.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (to, from) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Editor { child, to, from, asked: 0 }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let to = self.to.as_mut().unwrap();
        write!(to, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        to.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let answer = self.next();
            if answer["id"] == id {
                return answer;
            }
        }
    }

    fn next(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the server has gone");
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn begin(&mut self, encodings: Value) -> Value {
        let params = json!({ "processId": null, "rootUri": null, "capabilities": { "general": { "positionEncodings": encodings } } });
        let answer = self.ask("initialize", params);
        self.tell("initialized", json!({}));
        answer["result"]["capabilities"].clone()
    }

    /// The diagnostics that are published next for a document.
    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        loop {
            let message = self.next();
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// Ends as an editor does; the exit code.
    fn end(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.to = None;
        self.child.wait().unwrap().code()
    }
}

const URI: &str = "file:///drafts/story.md";

fn open(text: &str) -> Value {
    json!({ "textDocument": { "uri": URI, "languageId": "markdown", "version": 1, "text": text } })
}

#[test]
fn a_draft_is_marked_while_it_is_written() {
    let dir = Dir::with_reports(2);
    let mut editor = Editor::start(&dir, "lsp --against a.txt b.txt");
    let capabilities = editor.begin(json!(["utf-8", "utf-16"]));
    assert_eq!(capabilities["positionEncoding"], "utf-16");
    assert_eq!(capabilities["textDocumentSync"]["change"], 1);
    // A letter of two UTF-16 units stands before the quotation.
    editor.tell(
        "textDocument/didOpen",
        open("# 𝔸 note\n\n𝔸: “The weir a stays shut until the snow has melted,” Mira Orlan said.\n"),
    );
    let all = editor.diagnostics(URI);
    let error = all.iter().find(|d| d["severity"] == 1).unwrap_or_else(|| panic!("{all:#?}"));
    assert_eq!((&error["code"], &error["source"]), (&json!("altered"), &json!("rapporteur")));
    assert_eq!(error["range"]["start"], json!({ "line": 2, "character": 5 }));
    assert!(error["message"].as_str().unwrap().contains("“shut” for “open”"), "{error}");
    assert!(all.iter().any(|d| d["severity"] == 4), "every sentence has a verdict: {all:#?}");
    // Mended in two steps without a save: checked once, after a pause.
    let change = |text: &str, version: u32| json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [{ "text": text }] });
    editor.tell("textDocument/didChange", change("“The weir a st", 2));
    editor.tell(
        "textDocument/didChange",
        change("“The weir a stays open until the snow has melted,” Mira Orlan said.\n", 3),
    );
    let all = editor.diagnostics(URI);
    assert!(all.iter().all(|d| d["severity"] != 1 && d["severity"] != 2), "{all:#?}");
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(editor.diagnostics(URI), all);
    let unknown = editor.ask("textDocument/hover", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(unknown["error"]["code"], -32601);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(editor.diagnostics(URI), Vec::<Value>::new());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_dossier_serves_as_well() {
    let dir = Dir::with_reports(1);
    dir.run("add a.txt --into w.dossier").code(0);
    let mut editor = Editor::start(&dir, "lsp --from w.dossier --date 2026-03-12");
    assert_eq!(editor.begin(json!(["utf-32", "utf-16"]))["positionEncoding"], "utf-32");
    editor
        .tell("textDocument/didOpen", open("𝔸: “The weir a stays shut until the snow has melted,” Mira Orlan said.\n"));
    let all = editor.diagnostics(URI);
    let error = all.iter().find(|d| d["severity"] == 1).unwrap();
    assert_eq!(error["range"]["start"], json!({ "line": 0, "character": 4 }));
    assert_eq!(editor.end(), Some(0));
    dir.run("lsp --from none.dossier").code(1).tells("none.dossier");
}
