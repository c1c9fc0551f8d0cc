//! What readers and writers do, again and again, and what each of them notes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::client::{Answer, Client};
use super::feeds;
use crate::attack::Dice;

/// No page may lack what was acknowledged so long before it was asked for.
pub(super) const MAX_AGE: Duration = Duration::from_secs(1);
/// How many of the latest corrections a page of the log surely has, whatever others write meanwhile.
const SURELY: usize = 20;
/// Reports that are brought in through the pages have numbers from here on.
const BROUGHT: usize = 1_000_000;

/// Somebody in the list of people.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) token: String,
}

/// A correction that was acknowledged.
#[derive(Clone)]
pub(super) struct Note {
    pub(super) who: String,
    /// Its words, like no other's.
    pub(super) words: String,
    pub(super) id: String,
    pub(super) at: Instant,
    /// When it was asked to be taken back, and whether that was acknowledged.
    pub(super) undone: Option<(Instant, bool)>,
}

/// What everybody knows.
pub(super) struct Shared {
    pub(super) address: SocketAddr,
    pub(super) stop: AtomicBool,
    /// How long each waits between two requests.
    pause: Duration,
    pub(super) notes: Mutex<Vec<Note>>,
    /// The ids of reports that `watch` said to be kept, and when it did.
    pub(super) kept: Mutex<Vec<(String, Instant)>>,
    /// The titles of reports that were brought in through the pages.
    pub(super) brought: Mutex<Vec<String>>,
    pub(super) noted: Mutex<Noted>,
}

/// What was noted of all requests.
#[derive(Default)]
pub(super) struct Noted {
    /// Of each request: what it was, and how long it took.
    pub(super) took: Vec<(&'static str, Duration)>,
    /// How long before a page was asked for what it lacked had been acknowledged, at most.
    pub(super) oldest: Duration,
    pub(super) looked_for: usize,
    pub(super) refused: usize,
    pub(super) gone: usize,
    /// Promises that were broken.
    pub(super) broken: Vec<String>,
}

/// A panic of one thread fails the whole by itself.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(super) fn new(address: SocketAddr, pause: Duration) -> Self {
        Shared {
            address,
            stop: AtomicBool::new(false),
            pause,
            notes: Mutex::default(),
            kept: Mutex::default(),
            brought: Mutex::default(),
            noted: Mutex::default(),
        }
    }

    fn goes_on(&self) -> bool {
        std::thread::sleep(self.pause);
        !self.stop.load(Ordering::SeqCst)
    }

    /// Notes a request, and breaks where the server failed.
    fn note(&self, kind: &'static str, answer: &Answer) {
        let mut noted = lock(&self.noted);
        noted.took.push((kind, answer.took));
        if answer.status >= 500 || answer.status == 0 {
            let words: String =
                answer.body.split("class=\"lead\">").nth(1).unwrap_or_default().chars().take(120).collect();
            noted.broken.push(format!("{kind}: {} after {:.1} s: {words}", answer.status, answer.took.as_secs_f64()));
        }
    }

    fn broken(&self, what: String) {
        lock(&self.noted).broken.push(what);
    }

    /// Looks in a page for what it must have.
    fn look(&self, kind: &str, answer: &Answer, wanted: &[(String, Instant)]) {
        let mut noted = lock(&self.noted);
        for (words, at) in wanted {
            noted.looked_for += 1;
            if !answer.body.contains(words.as_str()) {
                let age = answer.asked.duration_since(*at);
                noted.oldest = noted.oldest.max(age);
                if age >= MAX_AGE {
                    noted
                        .broken
                        .push(format!("{kind}: lacks {words:?}, acknowledged {:.1} s before", age.as_secs_f64()));
                }
            }
        }
    }
}

/// Reads page after page, and tries now and then what a reader may not do.
pub(super) fn read(shared: &Shared, person: &Person, seed: u64) -> Result<()> {
    let client = match seed % 3 {
        0 => Client::program(shared.address, &person.token),
        _ => Client::browser(shared.address, &person.token)?,
    };
    let mut dice = Dice(seed);
    let check = client.get("/story/all/check")?;
    let csrf = check.values("name=\"csrf\" value=\"").next().context("no form for a draft")?.to_owned();
    let mut links: Vec<String> = Vec::new();
    while shared.goes_on() {
        // What was acknowledged before this is asked for, and not taken back yet.
        let known = |only_counting: bool| -> Vec<(String, Instant)> {
            let notes = lock(&shared.notes);
            let counts = notes.iter().filter(|note| !only_counting || note.undone.is_none());
            counts.map(|note| (note.words.clone(), note.at)).collect()
        };
        match dice.below(10) {
            0 => {
                let wanted = known(false);
                let answer = client.get("/api/corrections")?;
                shared.note("corrections (JSON)", &answer);
                shared.look("corrections", &answer, &wanted);
            }
            1 | 2 => {
                let wanted = known(false);
                let late = wanted.len().saturating_sub(SURELY);
                let answer = client.get("/log")?;
                shared.note("log", &answer);
                shared.look("log", &answer, &wanted[late..]);
            }
            3 => {
                let (mut wanted, kept) = (known(true), lock(&shared.kept).clone());
                wanted.extend(kept.into_iter().map(|(id, at)| (format!("\"{id}\""), at)));
                let answer = client.get("/api/record")?;
                shared.note("record (JSON)", &answer);
                // What somebody asked to be taken back meanwhile need not be there.
                let counting = known(true);
                wanted.retain(|(words, _)| words.starts_with('"') || counting.iter().any(|(known, _)| known == words));
                shared.look("record", &answer, &wanted);
            }
            4 => try_to_write(shared, &client, &csrf, &mut dice)?,
            5 if dice.below(4) == 0 => {
                let answer = Client::stranger(shared.address).get("/story/all")?;
                shared.note("without a token", &answer);
                if answer.status != 401 {
                    shared.broken(format!("who has no token gets {}", answer.status));
                }
            }
            5 | 6 if !links.is_empty() => {
                let answer = client.get(&links[dice.below(links.len())])?;
                shared.note("report", &answer);
            }
            _ => {
                let views =
                    ["/", "/story/all", "/story/all/said", "/story/all/differ", "/story/all/names", "/search?q=weir"];
                let answer = client.get(views[dice.below(views.len())])?;
                shared.note("page", &answer);
                let found = answer.values("href=\"/report/").take(40).map(|rest| format!("/report/{}", clean(rest)));
                links = found.collect();
            }
        }
    }
    Ok(())
}

/// An address as it is sent: without what only a browser knows, and unescaped.
fn clean(href: &str) -> String {
    href.split('#').next().unwrap_or_default().replace("&#38;", "&")
}

/// Whatever changes something is refused to who may only read.
fn try_to_write(shared: &Shared, client: &Client, csrf: &str, dice: &mut Dice) -> Result<()> {
    let answer = match dice.below(3) {
        0 => {
            client.post("/correct", &[("csrf", csrf), ("on", "m1"), ("do", "note"), ("value", "x"), ("who", "Eve")])?
        }
        1 => client.post("/star", &[("csrf", csrf), ("on", "m1"), ("star", "star")])?,
        _ => client.upload("/add", &[("csrf", csrf), ("text", "They met.")])?,
    };
    shared.note("refused", &answer);
    match answer.status {
        403 if answer.body.contains("not change it") => lock(&shared.noted).refused += 1,
        other => shared.broken(format!("who may only read gets {other} for a write")),
    }
    Ok(())
}

/// Corrects, takes back, stars and brings in.
pub(super) fn write(shared: &Shared, person: &Person, seed: u64) -> Result<()> {
    let client = Client::browser(shared.address, &person.token)?;
    let mut dice = Dice(seed);
    let mut number = 0;
    while shared.goes_on() {
        let views = ["/story/all", "/story/all/said", "/story/all/names"];
        let page = client.get(views[dice.below(views.len())])?;
        shared.note("page", &page);
        let csrf = page.values("name=\"csrf\" value=\"").next().unwrap_or_default().to_owned();
        let facts: Vec<String> = page.values("name=\"on\" value=\"").map(str::to_owned).collect();
        if facts.is_empty() {
            continue;
        }
        let on = &facts[dice.below(facts.len())];
        number += 1;
        match number % 12 {
            4 | 8 => take_back(shared, &client, person, &csrf)?,
            6 => {
                let answer =
                    client.post("/star", &[("csrf", &csrf), ("on", on), ("story", "all"), ("star", "star")])?;
                shared.note("star", &answer);
            }
            0 => {
                let of = BROUGHT + seed as usize * 1_000 + number;
                let fields = [("csrf", csrf.as_str()), ("text", &feeds::text(of)), ("title", &feeds::title(of))];
                let answer = client.upload("/add", &fields)?;
                shared.note("bring in", &answer);
                if answer.status == 303 {
                    lock(&shared.brought).push(feeds::title(of));
                }
            }
            _ => correct(shared, &client, person, &csrf, on, number)?,
        }
    }
    Ok(())
}

fn correct(shared: &Shared, client: &Client, person: &Person, csrf: &str, on: &str, number: usize) -> Result<()> {
    let words = format!("note {number} of {}.", person.name);
    // The name of somebody else in the form does not count.
    let fields = [("csrf", csrf), ("on", on), ("do", "note"), ("value", &words), ("story", "all"), ("who", "Eve")];
    let answer = client.post("/correct", &fields)?;
    shared.note("correct", &answer);
    let at = Instant::now();
    match (answer.status, answer.header("location")) {
        (303, Some(to)) => {
            let id = to.split("done=").nth(1).and_then(|rest| rest.split('&').next()).unwrap_or_default().to_owned();
            lock(&shared.notes).push(Note { who: person.name.clone(), words: words.clone(), id, at, undone: None });
            let shown = client.get(&clean(to))?;
            shared.note("fact", &shown);
            // A report that came in meanwhile may have joined it with another fact: then its page is elsewhere.
            if shown.status == 200 {
                shared.look("its own page", &shown, &[(words, at)]);
            }
        }
        // A report that came in meanwhile may have made another fact of it.
        (400 | 404, _) => lock(&shared.noted).gone += 1,
        (status, _) if status >= 500 => {}
        (status, _) => shared.broken(format!("a correction is answered {status}")),
    }
    Ok(())
}

/// Takes back the oldest of one's own that counts.
fn take_back(shared: &Shared, client: &Client, person: &Person, csrf: &str) -> Result<()> {
    let id = {
        let mut notes = lock(&shared.notes);
        let own = notes.iter_mut().find(|note| note.who == person.name && note.undone.is_none());
        let Some(own) = own else { return Ok(()) };
        own.undone = Some((Instant::now(), false));
        own.id.clone()
    };
    let answer = client.post("/correct", &[("csrf", csrf), ("on", &id), ("do", "undo")])?;
    shared.note("take back", &answer);
    if answer.status == 303 {
        let mut notes = lock(&shared.notes);
        if let Some((_, done)) = notes.iter_mut().find(|note| note.id == id).and_then(|note| note.undone.as_mut()) {
            *done = true;
        }
    } else if answer.status < 500 {
        shared.broken(format!("taking back is answered {}", answer.status));
    }
    Ok(())
}
