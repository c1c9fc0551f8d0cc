//! A report full of script, event handlers, odd links and template syntax is text and nothing else.

use std::path::PathBuf;

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
