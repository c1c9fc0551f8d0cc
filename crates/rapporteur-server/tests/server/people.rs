//! A team: who comes in by which token, what they may do, and by which name it is kept.

use std::path::Path;

use rapporteur_server::{Error, Right, Server, Settings, add_person, remove_person};

use crate::util::{Answer, Served, copied, form};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// A server for Ada, who may write, and Ben, who may read.
struct Team {
    server: Served,
    ada: String,
    ben: String,
}

fn team() -> Team {
    let (dir, path) = copied();
    let list = dir.path().join("desk.people");
    let ada = add_person(&list, "Ada Marsh", Right::Write).unwrap();
    let ben = add_person(&list, "Ben", Right::Read).unwrap();
    let server = Served::over(dir, path, |s| (s.people, s.who) = (Some(list), "the machine's user".into()));
    Team { server, ada, ben }
}

impl Team {
    fn get(&self, token: &str, path: &str) -> Answer {
        let answer = self.server.send("GET", path, &[("Authorization", &format!("Bearer {token}"))], "");
        match answer.header("location") {
            Some(to) => self.get(token, to.split('#').next().unwrap()),
            None => answer,
        }
    }

    fn post(&self, token: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.server.send("POST", path, &[("Authorization", &format!("Bearer {token}")), FORM], &form(fields))
    }

    /// What the forms carry that somebody is shown.
    fn csrf(&self, token: &str) -> String {
        let page = self.get(token, "/story/all/check");
        page.values("name=\"csrf\" value=\"").remove(0)
    }

    fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.get(&self.ben, path).body).unwrap()
    }
}

/// What a browser sends of the cookie it was given.
fn pair(answer: &Answer) -> String {
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

#[test]
fn who_shows_no_token_is_told_what_to_do_and_nothing_else() {
    let Team { server, ada, .. } = team();
    for path in ["/", "/story/all", "/log", "/about", "/you", "/report/x?at=1-2", "/nosuch"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some("Bearer")), "{path}");
        assert!(answer.body.contains("action=\"/enter\"") && answer.body.contains("rapporteur people add"), "{path}");
        assert!(!answer.body.contains("csrf") && !answer.body.contains("strait"), "{path}");
    }
    let api = server.get("/api/stories");
    assert_eq!((api.status, api.header("content-type")), (401, Some("application/json")));
    assert!(api.body.contains("token"), "{}", api.body);
    for path in ["/correct", "/star", "/add", "/api/check", "/story/all/check", "/leave", "/report/x/about"] {
        assert_eq!(server.send("POST", path, &[FORM], "csrf=x").status, 401, "{path}");
    }
    // The page itself is to look like one.
    assert_eq!(server.get("/assets/style.css").status, 200);
    for wrong in [&ada[1..], "0000000000000000", "", &rapporteur::sha256(ada.as_bytes())] {
        let shown = server.send("GET", "/api/stories", &[("Authorization", &format!("Bearer {wrong}"))], "");
        assert_eq!(shown.status, 401, "{wrong}");
        let linked = server.get(&format!("/log?token={wrong}"));
        assert_eq!((linked.status, linked.header("set-cookie")), (401, None), "{wrong}");
        let entered = server.post("/enter", &[("token", wrong), ("to", "/log")]);
        assert_eq!((entered.status, entered.header("set-cookie")), (401, None), "{wrong}");
        assert!(entered.body.contains("not known here"), "{wrong}");
    }
}

#[test]
fn a_token_is_given_by_link_or_form_and_stands_in_no_page_and_no_referrer() {
    let team = team();
    let (server, ada) = (&team.server, &team.ada);
    let linked = server.get(&format!("/log?page=1&token={ada}"));
    assert_eq!((linked.status, linked.header("location")), (303, Some("/log?page=1")));
    let entered = server.post("/enter", &[("token", ada), ("to", "/log?page=1")]);
    assert_eq!((entered.status, entered.header("location")), (303, Some("/log?page=1")));
    for answer in [&linked, &entered] {
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"), "{cookie}");
        assert!(!cookie.contains(ada.as_str()) && !cookie.contains(&rapporteur::sha256(ada.as_bytes())), "{cookie}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let page = server.send("GET", "/you", &[("Cookie", &pair(answer))], "");
        assert!(page.status == 200 && page.body.contains("Ada Marsh") && !page.body.contains(ada.as_str()));
    }
    // Whoever has a session may open a link as well, and is who it says from then on.
    let ben = server.get(&format!("/?token={}", team.ben));
    let again = server.send("GET", &format!("/search?q=x&token={ada}"), &[("Cookie", &pair(&ben))], "");
    assert_eq!((again.status, again.header("location")), (303, Some("/search?q=x")));
    assert!(server.send("GET", "/you", &[("Cookie", &pair(&again))], "").body.contains("Ada Marsh"));
    let nobody = server.send("GET", "/log?token=0123456789abcdef0123", &[("Cookie", &pair(&ben))], "");
    assert_eq!((nobody.status, nobody.header("location"), nobody.header("set-cookie")), (303, Some("/log"), None));
    // A token that is nobody's is not sent on either.
    let wrong = server.get("/log?token=0123456789abcdef0123&page=1");
    assert!(wrong.body.contains("/log?page=1") && !wrong.body.contains("0123456789abcdef"), "{}", wrong.body);
    for away in ["//evil.example/", "https://evil.example/", "\\\\evil.example"] {
        let entered = server.post("/enter", &[("token", ada), ("to", away)]);
        let to = entered.header("location").unwrap();
        assert!(to.starts_with('/') && !to[1..].starts_with(['/', '\\']), "{away}: {to}");
    }
    // A form of another site gives nobody a session.
    let headers = [FORM, ("Origin", "https://evil.example")];
    let forged = server.send("POST", "/enter", &headers, &form(&[("token", ada)]));
    assert_eq!((forged.status, forged.header("set-cookie")), (403, None));
}

#[test]
fn who_leaves_or_is_removed_is_a_stranger_again() {
    let team = team();
    let cookie = pair(&team.server.get(&format!("/?token={}", team.ada)));
    let you = team.server.send("GET", "/you", &[("Cookie", &cookie)], "");
    let csrf = you.values("name=\"csrf\" value=\"").remove(0);
    let left = team.server.send("POST", "/leave", &[("Cookie", &cookie), FORM], &form(&[("csrf", &csrf)]));
    assert!(left.status == 303 && left.header("set-cookie").unwrap().contains("Max-Age=0"), "{left:?}");
    assert_eq!(team.server.send("POST", "/leave", &[("Cookie", &cookie), FORM], "csrf=x").status, 403);
    let list = team.server.path.parent().unwrap().join("desk.people");
    remove_person(&list, "Ada Marsh").unwrap();
    assert_eq!(team.server.send("GET", "/you", &[("Cookie", &cookie)], "").status, 401);
    assert_eq!(team.get(&team.ada, "/you").status, 401);
    assert_eq!(team.get(&team.ben, "/you").status, 200);
    // Who comes later is let in without a new start.
    let cleo = add_person(&list, "Cleo", Right::Write).unwrap();
    assert!(team.get(&cleo, "/you").body.contains("Cleo"));
    std::fs::remove_file(&list).unwrap();
    assert_eq!(team.get(&cleo, "/you").status, 401, "without a list nobody is known");
}

/// The addresses that take something, out of the source itself: one that is new cannot be forgotten here.
fn addresses_that_take() -> Vec<String> {
    let sources = [include_str!("../../src/route.rs"), include_str!("../../src/api/mod.rs")];
    let lines = sources.iter().flat_map(|source| source.lines());
    let taking = lines.filter(|line| line.trim_start().starts_with(".route(") && line.contains("post("));
    taking.map(|line| line.split('"').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn who_may_only_read_is_refused_wherever_something_is_changed() {
    // Those that change nothing in the dossier, each with what it answers to an honest form.
    let changes_nothing = ["/story/{id}/check", "/api/check", "/enter", "/leave"];
    let changes = ["/correct", "/star", "/add", "/report/{id}/about"];
    let mut known: Vec<&str> = changes_nothing.iter().chain(&changes).copied().collect();
    let mut there = addresses_that_take();
    known.sort_unstable();
    there.sort_unstable();
    assert_eq!(there, known, "an address that takes something is to be put in one of these lists");

    let team = team();
    let (reads, writes) = (team.csrf(&team.ben), team.csrf(&team.ada));
    assert_ne!(reads, writes, "what a writer's forms carry is shown to no reader");
    let record = team.json("/api/record");
    let (meeting, report) =
        (record["meetings"][0]["id"].as_str().unwrap(), record["reports"][0]["id"].as_str().unwrap());
    let stamp = std::fs::read(&team.server.path).unwrap();
    for path in changes {
        let path = path.replace("{id}", report);
        for csrf in [&reads, &writes] {
            let fields = [
                ("csrf", csrf.as_str()),
                ("on", meeting),
                ("do", "note"),
                ("value", "seen"),
                ("who", "Ada Marsh"),
                ("star", "star"),
                ("outlet", "Nobody's Post"),
            ];
            let refused = team.post(&team.ben, &path, &fields);
            assert_eq!(refused.status, 403, "{path}");
            assert!(refused.body.contains("Your token may read this dossier, not change it"), "{path}");
        }
        for method in ["PUT", "DELETE", "PATCH"] {
            let refused = team.server.send(method, &path, &[("Authorization", &format!("Bearer {}", team.ben))], "");
            assert_eq!(refused.status, 403, "{method} {path}");
        }
    }
    assert_eq!(team.json("/api/corrections")["corrections"].as_array().unwrap().len(), 0);
    assert_eq!(std::fs::read(&team.server.path).unwrap(), stamp, "not a byte is another");
    // What changes nothing is theirs.
    let draft = [("csrf", reads.as_str()), ("draft", "They met on Monday.")];
    assert_eq!(team.post(&team.ben, "/story/all/check", &draft).status, 200);
    let text = [("Authorization", format!("Bearer {}", team.ben)), ("Content-Type", "text/plain".into())];
    let text: Vec<(&str, &str)> = text.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(team.server.send("POST", "/api/check", &text, "They met on Monday.").status, 200);
}

#[test]
fn who_may_only_read_is_shown_no_form_that_changes_anything() {
    let team = team();
    let report = team.json("/api/record")["reports"][0]["id"].as_str().unwrap().to_owned();
    let report = format!("/report/{report}");
    for page in [
        "/",
        "/story/all",
        "/story/all/said",
        "/story/all/names",
        "/log",
        "/starred",
        "/add",
        "/about",
        "/you",
        &report,
    ] {
        // First as somebody who may, so that what is kept of it is there.
        let full = team.get(&team.ada, page);
        let shown = team.get(&team.ben, page);
        assert_eq!((full.status, shown.status), (200, 200), "{page}");
        for action in [
            "action=\"/correct\"",
            "action=\"/star\"",
            "\"/star\"",
            "method=\"post\" action=\"/add\"",
            "/about\" class",
            "href=\"/add",
        ] {
            assert!(!shown.body.contains(action), "{page}: {action}");
        }
        assert!(
            !shown.body.contains("name=\"who\"") && !full.body.contains("name=\"who\" value=\"the machine"),
            "{page}"
        );
        // The same bytes serve all: a name is on the one page that is kept for nobody.
        assert_eq!(full.body.contains("Ada Marsh"), page == "/you", "{page}");
    }
    assert!(team.get(&team.ada, "/story/all").body.contains("action=\"/correct\""));
    assert!(team.get(&team.ben, "/you").body.contains("Your token may read this dossier, not change it"));
}

#[test]
fn what_is_changed_is_kept_under_the_name_of_the_token_whatever_the_form_says() {
    let team = team();
    let cleo = add_person(&team.server.path.parent().unwrap().join("desk.people"), "Cleo", Right::Write).unwrap();
    let record = team.json("/api/record");
    let (meeting, report) =
        (record["meetings"][0]["id"].as_str().unwrap(), record["reports"][0]["id"].as_str().unwrap());
    let csrf = team.csrf(&team.ada);
    let csrf = csrf.as_str();
    let note =
        [("csrf", csrf), ("on", meeting), ("do", "note"), ("value", "called the port"), ("who", "Somebody Else")];
    assert_eq!(team.post(&team.ada, "/correct", &note).status, 303);
    let id = team.json("/api/corrections")["corrections"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(team.post(&cleo, "/correct", &[("csrf", csrf), ("on", &id), ("do", "undo")]).status, 303);
    assert_eq!(
        team.post(&team.ada, "/correct", &[("csrf", csrf), ("on", &id), ("do", "redo"), ("who", "X")]).status,
        303
    );
    let kept = &team.json("/api/corrections")["corrections"][0];
    assert_eq!((kept["who"].as_str(), kept["undone"].as_str()), (Some("Ada Marsh"), None));
    let turns: Vec<_> =
        kept["turns"].as_array().unwrap().iter().map(|t| (t["undone"].as_bool(), t["who"].as_str())).collect();
    assert_eq!(turns, [(Some(true), Some("Cleo")), (Some(false), Some("Ada Marsh"))]);
    let log = team.get(&team.ben, "/log").body;
    assert!(
        log.contains("taken back 2026-03-20 08:00 by Cleo")
            && log.contains("taken up again 2026-03-20 08:00 by Ada Marsh")
    );

    let about = format!("/report/{report}/about");
    let said = [("csrf", csrf), ("outlet", "Velmin Post"), ("date", "2026-03-10"), ("title", "Talks"), ("who", "X")];
    assert_eq!(team.post(&cleo, &about, &said).status, 303);
    assert!(team.get(&team.ben, "/log").body.contains("<b>Cleo</b>"), "who described it");
    assert_eq!(team.post(&team.ada, &about, &[("csrf", csrf), ("do", "as-read")]).status, 303);
    let log = team.get(&team.ben, "/log").body;
    assert!(
        log.split("id=\"back\"").nth(1).is_some_and(|part| part.contains("<b>Ada Marsh</b>")),
        "who brought it back"
    );
    assert_eq!(
        team.post(&cleo, "/star", &[("csrf", csrf), ("on", report), ("star", "star"), ("who", "X")]).status,
        303
    );
    assert!(team.get(&team.ben, "/starred").body.contains("<b dir=\"auto\">Cleo</b>"));

    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--b\r\nContent-Disposition: form-data; \
         name=\"text\"\r\n\r\nMinister Vale met the council in Brenn on Monday. \"The weir stays open,\" Vale said.\r\n--b--\r\n"
    );
    let media = ("Content-Type", "multipart/form-data; boundary=b");
    let bearer = format!("Bearer {cleo}");
    let brought = team.server.send("POST", "/add", &[("Authorization", &bearer), media], &body);
    let number = brought.header("location").unwrap().to_owned();
    let mut told = team.get(&cleo, &number);
    for _ in 0..600 {
        if told.body.contains("1 report came in") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        told = team.get(&cleo, &number);
    }
    let new = told.values("href=\"/report/").remove(0);
    let new = new.split(['?', '#']).next().unwrap();
    assert_eq!(team.json(&format!("/api/report/{new}"))["brought_by"], "Cleo");
    assert!(team.json(&format!("/api/report/{report}"))["brought_by"].is_null());
    assert!(team.get(&team.ada, "/add").body.contains("Cleo"), "who brought it in lately");
}

#[test]
fn a_proxy_shows_it_under_its_own_name() {
    let (dir, path) = copied();
    let list = dir.path().join("desk.people");
    let ada = add_person(&list, "Ada Marsh", Right::Write).unwrap();
    let behind = |url: &str, people: Option<&Path>| Settings {
        dossier: path.clone(),
        port: 0,
        behind: Some(url.to_owned()),
        people: people.map(Path::to_owned),
        ..Settings::new(String::new)
    };
    assert!(matches!(Server::bind(behind("https://desk.example", None)).unwrap_err(), Error::NoToken(_)));
    for bad in ["desk.example", "ftp://desk.example", "https://", "https://desk.example/a", "https://a@desk.example"] {
        assert!(matches!(Server::bind(behind(bad, Some(&list))).unwrap_err(), Error::Behind(_)), "{bad}");
    }
    let server = Served::over(dir, path, |s| (s.people, s.behind) = (Some(list), Some("https://desk.example/".into())));
    let host = ("Host", "desk.example");
    let linked = server.send("GET", &format!("/?token={ada}"), &[host], "");
    assert!(linked.header("set-cookie").unwrap().contains("; Secure"));
    let cookie = pair(&linked);
    let you = server.send("GET", "/you", &[host, ("Cookie", &cookie)], "");
    let body = form(&[("csrf", &you.values("name=\"csrf\" value=\"").remove(0)), ("on", "nosuch"), ("do", "reject")]);
    let post = |origin: &str| {
        server.send("POST", "/correct", &[host, FORM, ("Cookie", &cookie), ("Origin", origin)], &body).status
    };
    // The next hurdle: there is no such fact.
    assert_eq!((post("https://desk.example"), post("https://evil.example")), (404, 403));
    assert_eq!(server.send("GET", "/you", &[("Host", "evil.example"), ("Cookie", &cookie)], "").status, 403);
    // Beside the proxy it is reached as before, without TLS.
    assert!(!server.get(&format!("/?token={ada}")).header("set-cookie").unwrap().contains("Secure"));
}

#[test]
fn a_list_of_people_that_makes_no_sense_lets_no_server_begin() {
    let (dir, path) = copied();
    let list = dir.path().join("desk.people");
    let bind = |list: &Path| {
        let settings =
            Settings { dossier: path.clone(), port: 0, people: Some(list.to_owned()), ..Settings::new(String::new) };
        Server::bind(settings)
    };
    assert!(matches!(bind(&list).unwrap_err(), Error::People(..)), "it is not there");
    std::fs::write(&list, "# nobody\n").unwrap();
    assert!(matches!(bind(&list).unwrap_err(), Error::People(..)), "nobody is in it");
    std::fs::write(&list, "Ada\twrite\tsecret\n").unwrap();
    assert!(matches!(bind(&list).unwrap_err(), Error::People(..)), "a token where its hash should be");
    std::fs::remove_file(&list).unwrap();
    add_person(&list, "Ada", Right::Write).unwrap();
    let host = "0.0.0.0".parse().unwrap();
    let open = Settings { dossier: path.clone(), port: 0, host, people: Some(list), ..Settings::new(String::new) };
    assert!(Server::bind(open).is_ok(), "others may come where each has a token");
}
