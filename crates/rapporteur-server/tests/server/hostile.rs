//! A report full of script, event handlers, odd links and template syntax is text and nothing else.

use std::path::PathBuf;

use rapporteur::phrase::is_steering;

use crate::steering;
use crate::util::{Served, dossier};

const TEXT: &str = "\
<script>alert('title')</script> talks held in Tesk

Minister Ilva Marsh <img src=x onerror=alert(1)> said on Monday: \"We will sign <script>alert(2)</script> {{ 7*7 }} {% raw %} \
${7*7} before spring.\" The talks between Orlan and Marsh were held in Tesk on Monday.

<a href=\"javascript:alert(3)\">click</a> '\"><svg onload=alert(4)> </textarea></title></style><!-- ]]> &lt;b&gt; \u{202e}txt.exe

<iframe srcdoc=\"<script>parent.alert(5)</script>\"></iframe><base href=//evil.example><meta http-equiv=refresh content=0>
";

const SIDECAR: &str = r#"{
  "outlet": "\"><script>alert('outlet')</script> Post",
  "url": "javascript:alert(6)",
  "published": "2026-03-12",
  "title": "</title><script>alert('title')</script>' onmouseover='x",
  "byline": "<img src=x onerror=alert(7)>",
  "language": "en\" onload=\"alert(8)"
}"#;

#[test]
fn hostile_text_does_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let folder: PathBuf = dir.path().join("<script>alert(9)<script>");
    std::fs::create_dir(&folder).unwrap();
    for name in ["a", "b"] {
        std::fs::write(folder.join(format!("{name}.txt")), format!("{TEXT}\nThis is copy {name} of it.\n")).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), SIDECAR).unwrap();
    }
    let path = dir.path().join("hostile.dossier");
    dossier(&path, &[folder]);
    let server = Served::over(dir, path, |_| {});
    let mut pages: Vec<String> = ["", "/said", "/differ", "/positions", "/outlets", "/timeline", "/names"]
        .iter()
        .map(|view| format!("/story/all{view}"))
        .collect();
    let report = server.json("/api/record")["reports"][0]["id"].as_str().unwrap().to_owned();
    pages.extend([
        "/".into(),
        "/log".into(),
        "/search?q=script".into(),
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E".into(),
        format!("/report/{report}?at=0-40,60-90&with={report}:5-30"),
        "/story/all?as_of=%3Cscript%3E".into(),
        "/story/all/said?by=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&outlet=%22onload=".into(),
        "/story/all/differ?kind=%3Cimg%20src=x%20onerror=y%3E".into(),
        "/fact/%3Cscript%3E".into(),
        "/%3Cscript%3Ealert(1)%3C/script%3E".into(),
    ]);
    let csrf = server.csrf();
    let entity = server.json("/api/record")["entities"][0]["id"].as_str().unwrap().to_owned();
    let note = [
        ("csrf", csrf.as_str()),
        ("on", &entity),
        ("do", "note"),
        ("value", "<script>alert('note')</script>\" onload=\"x"),
        ("why", "<b>why</b>"),
        ("who", "'\"><img src=x onerror=alert(1)>"),
    ];
    assert_eq!(server.post("/correct", &note).status, 303);
    for path in &pages {
        let body = server.follow(path).body;
        let lower = body.to_lowercase();
        // The only script is ours, the only tags are those of the templates.
        assert_eq!(lower.matches("<script").count(), 1, "{path}");
        for tag in ["<img", "<iframe", "<base", "<svg onload", "<textarea", "</style", "<b>why"] {
            assert!(!lower.contains(tag), "{path} has {tag}");
        }
        assert!(!lower.contains("=\"javascript:") && !lower.contains("='javascript:"), "{path}");
        for attribute in ["onerror", "onload", "onmouseover"] {
            let tags = lower.split('<').skip(1).filter_map(|t| t.split('>').next());
            for tag in tags {
                // Within a tag it may stand in a quoted value only.
                let outside: String = tag.split('"').step_by(2).collect();
                assert!(!outside.contains(attribute), "{path}: <{tag}>");
            }
        }
        assert!(!body.contains("49 "), "{path} computes a template");
    }
    let text = server.get(&format!("/report/{report}")).body;
    assert!(text.contains("{{ 7*7 }}") && text.contains("&#60;img src=x onerror=alert(1)&#62;"));
}

/// Whether an override of writing direction stands in a paragraph of its own direction, which it cannot leave.
fn is_contained(body: &str, at: usize) -> bool {
    let before = &body[..at];
    let tag = before.rfind("<p").map(|p| &before[p..]);
    tag.is_some_and(|p| !p.contains("</p>") && p.split('>').next().is_some_and(|tag| tag.contains("dir=\"auto\"")))
}

#[test]
fn nothing_that_steers_comes_through() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("steering.dossier");
    steering::dossier(&path);
    let server = Served::over(dir, path, |_| {});
    let record = server.json("/api/record");
    let ids = |list: &str| -> Vec<String> {
        record[list].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect()
    };
    let reports = ids("reports");
    assert!(reports.len() == 6 && !ids("statements").is_empty() && !ids("meetings").is_empty());
    let views = ["", "/said", "/differ", "/positions", "/outlets", "/timeline", "/names", "/check"];
    let mut pages: Vec<String> = views.iter().map(|view| format!("/story/all{view}")).collect();
    pages.extend(["/", "/log", "/about", "/search?q=weir", "/search?q=orlan", "/search?q=w*"].map(str::to_owned));
    pages.extend(reports.iter().map(|r| format!("/report/{r}?at=70-120&with={}:5-90", reports[0])));
    let facts = ["statements", "meetings", "entities", "discrepancies", "utterances"];
    pages.extend(facts.iter().flat_map(|list| ids(list)).map(|id| format!("/fact/{id}")));
    for page in &pages {
        let answer = server.follow(page);
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        let body = &answer.body;
        let near =
            |at: usize| body[..at].chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect::<String>();
        assert_eq!(body.find(is_steering).map(near), None, "{page}: a control character");
        for (at, _) in body.match_indices(steering::turns) {
            let read = page.starts_with("/report/");
            assert!(read && is_contained(body, at), "{page}: turns the direction of writing: {}", near(at));
        }
        for value in ["href=\"", "src=\"", "action=\""].iter().flat_map(|a| answer.values(a)) {
            let ours = value.starts_with(['/', '#', '?']) && !value.starts_with("//");
            assert!(ours || value.starts_with("https://post.example/"), "{page}: {value}");
        }
        assert_eq!(body.to_lowercase().matches("<script").count(), 1, "{page}");
        for tag in ["<img", "<iframe", "<svg onload", " onload=\"", " onerror="] {
            assert!(!body.split('<').skip(1).any(|t| format!("<{t}").starts_with(tag)), "{page}: {tag}");
        }
        assert!(answer.header("x-injected").is_none(), "{page}");
    }
    let mut asked: Vec<String> = ["stories", "record", "changes", "search?q=weir", "corrections"]
        .iter()
        .map(|what| format!("/api/{what}"))
        .collect();
    asked.extend(reports.iter().map(|r| format!("/api/report/{r}")));
    for path in &asked {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{path}");
        assert!(!answer.body.contains(|c| is_steering(c) || steering::turns(c)), "{path}: is not escaped");
        let mut links = Vec::new();
        strings(&serde_json::from_str(&answer.body).unwrap(), "", &mut |name, value| {
            if matches!(name, "url" | "outlet" | "title" | "byline" | "name" | "language" | "credits" | "credit") {
                assert!(!value.contains(|c: char| c.is_control() || steering::turns(c)), "{path}: {name}: {value:?}");
            }
            if name == "url" {
                links.push(value.to_owned());
            }
        });
        assert!(links.iter().all(|l| l.starts_with("https://post.example/")), "{path}: {links:?}");
    }
}

/// Every string of some JSON, with the name of its field.
fn strings(json: &serde_json::Value, name: &str, take: &mut impl FnMut(&str, &str)) {
    match json {
        serde_json::Value::String(text) => take(name, text),
        serde_json::Value::Array(all) => all.iter().for_each(|v| strings(v, name, take)),
        serde_json::Value::Object(fields) => fields.iter().for_each(|(name, v)| strings(v, name, take)),
        _ => {}
    }
}
