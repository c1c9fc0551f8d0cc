//! A server on a port of its own over a dossier of our examples, and a client that sends exactly what it is told.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::Duration;

use rapporteur::{Options, Store, read};
use rapporteur_server::{Server, Settings};
use tempfile::TempDir;

pub const NOW: &str = "2026-03-20T08:00:00Z";

/// A dossier of these files.
pub fn dossier(at: &Path, paths: &[PathBuf]) {
    let mut store = Store::create(at).unwrap();
    let mut ingest = store.ingest("add", NOW).unwrap();
    let _ = read(paths, &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    assert!(!ingest.finish().unwrap().is_empty());
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// Made once: reading takes the language model.
fn both() -> &'static Path {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("both.dossier");
        dossier(&path, &[example("strait"), example("wages")]);
        (dir, path)
    });
    &made.1
}

/// A dossier of two stories of ours, to do with as one likes.
pub fn copied() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.dossier");
    std::fs::copy(both(), &path).unwrap();
    (dir, path)
}

/// A server that stops when it is dropped.
pub struct Served {
    pub address: SocketAddr,
    pub path: PathBuf,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    _dir: TempDir,
}

impl Served {
    /// Over two stories of ours.
    pub fn both() -> Self {
        Self::with(|_| {})
    }

    /// The same, set otherwise.
    pub fn with(set: impl FnOnce(&mut Settings)) -> Self {
        let (dir, path) = copied();
        Self::over(dir, path, set)
    }

    /// Over a dossier that is there.
    pub fn over(dir: TempDir, path: PathBuf, set: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::new(|| NOW.into());
        (settings.dossier, settings.port, settings.who) = (path.clone(), 0, "Ada".into());
        set(&mut settings);
        let server = Server::bind(settings).unwrap();
        let address = SocketAddr::new("127.0.0.1".parse().unwrap(), server.address().port());
        let stop = Arc::new(AtomicBool::new(false));
        let asked = stop.clone();
        let thread = std::thread::spawn(move || server.run(move || asked.load(Ordering::SeqCst)).unwrap());
        Served { address, path, stop, thread: Some(thread), _dir: dir }
    }

    /// Sends these bytes and reads the answer to its end.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // A server that refuses may close before it has read all.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// A request with these headers, besides those that a browser of this server sends.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        self.raw(format!("{head}\r\n{body}").as_bytes())
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// A page, and those it leads to.
    pub fn follow(&self, path: &str) -> Answer {
        let answer = self.get(path);
        match answer.header("location") {
            Some(to) => self.follow(to.split('#').next().unwrap()),
            None => answer,
        }
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, &[("Content-Type", "application/x-www-form-urlencoded")], &form(fields))
    }

    /// What forms of this server carry.
    pub fn csrf(&self) -> String {
        let page = self.follow("/story/all/said").body;
        page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    pub fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{path}");
        serde_json::from_str(&answer.body).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Fields as a form sends them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let encode = |value: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric();
        value.bytes().map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") }).collect::<String>()
    };
    fields.iter().map(|(k, v)| format!("{k}={}", encode(v))).collect::<Vec<_>>().join("&")
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|l| l.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|l| l.split_once(": ")).map(|(k, v)| (k.to_ascii_lowercase(), v.to_owned()));
        Answer { status, headers: headers.collect(), body: body.to_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// The values of an attribute, unescaped.
    pub fn values(&self, before: &str) -> Vec<String> {
        let ends = self.body.split(before).skip(1);
        ends.filter_map(|rest| rest.split('"').next()).map(|v| v.replace("&#38;", "&")).collect()
    }
}
