//! A newsroom at one dossier: people read and correct through the pages, all at once, while `watch` brings reports in. Nothing
//! that was acknowledged is lost, every name is right, and no page is older than a second. Loopback and a temporary folder alone.

mod client;
mod feeds;
mod people;

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use people::{Noted, Person, Shared, lock};
use serde_json::Value;

use crate::run::{Program, root};

/// Reports in the dossier before anybody comes.
const BEFORE: usize = 40;
/// How many processes watch, each its own list: while one waits for its next look, another one writes.
const WATCHES: usize = 2;
/// Reports in a list at first; then one more in this time.
const FIRST: usize = 8;
const DROP_EVERY: Duration = Duration::from_millis(1_500);
/// How long the last look of `watch` may take to come and to end.
const LAST_LOOK: Duration = Duration::from_secs(240);

/// `--clients=N` (20; a fourth of them write), `--seconds=N` (60), `--pause=MS` (0: how long each waits between two requests),
/// `--program=PATH` (the one that tests use, built here).
pub(crate) fn run(args: &[String]) -> Result<()> {
    let given = |name: &str| args.iter().find_map(|a| a.strip_prefix(name)?.strip_prefix('='));
    let number = |name: &str, default: u64| given(name).map_or(Ok(default), str::parse).context("a number is missing");
    let (clients, seconds) = (number("--clients", 20)?, number("--seconds", 60)?);
    let pause = Duration::from_millis(number("--pause", 0)?);
    ensure!(clients >= 2, "one reads and one writes at least");
    let program = match given("--program") {
        Some(path) => std::fs::canonicalize(path)?,
        None => Program::Build.path()?,
    };
    let folder = root().join("target/tmp").join(format!("soak-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let soak = Soak { program, folder: folder.clone(), pause };
    let done = soak.all(clients as usize, Duration::from_secs(seconds));
    if done.is_ok() {
        std::fs::remove_dir_all(&folder)?;
    }
    done.with_context(|| format!("what was left of it stands in {}", folder.display()))
}

struct Soak {
    program: PathBuf,
    folder: PathBuf,
    pause: Duration,
}

/// A program that ends with this one, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Soak {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).args(args).stdin(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Runs the program to its end and gives what it prints.
    fn told(&self, args: &[&str]) -> Result<String> {
        let output = self.command(args).stderr(Stdio::piped()).output()?;
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(output.status.success(), "{args:?} failed: {err}");
        Ok(String::from_utf8(output.stdout)?)
    }

    fn json(&self, args: &[&str]) -> Result<Vec<Value>> {
        Ok(serde_json::from_str(&self.told(args)?)?)
    }

    fn person(&self, name: &str, may_write: bool) -> Result<Person> {
        let mut args = vec!["people", "add", name, "--into", "desk.people"];
        args.extend((!may_write).then_some("--read-only"));
        Ok(Person { name: name.to_owned(), token: self.told(&args)?.trim().to_owned() })
    }

    fn all(&self, clients: usize, time: Duration) -> Result<()> {
        let before = self.folder.join("before");
        std::fs::create_dir_all(&before)?;
        for number in 0..BEFORE {
            std::fs::write(before.join(format!("{number}.txt")), feeds::text(number))?;
        }
        let examples = root().join("examples");
        let [strait, wages] = ["strait", "wages"].map(|name| examples.join(name).to_string_lossy().into_owned());
        self.told(&["add", "before", &strait, &wages, "--into", "desk.dossier"])?;
        let at_first = self.json(&["list", "--from", "desk.dossier", "-f", "json"])?.len();

        let writers = (clients / 4).max(1);
        let writing = (0..writers).map(|n| self.person(&format!("Writer {n}"), true)).collect::<Result<Vec<_>>>()?;
        let reading =
            (writers..clients).map(|n| self.person(&format!("Reader {n}"), false)).collect::<Result<Vec<_>>>()?;
        let (server, address) = self.serve()?;
        let shared = Arc::new(Shared::new(address, self.pause));
        let (watches, lists) = self.watch(&shared)?;

        let begin = Instant::now();
        let dropped = std::thread::scope(|scope| -> Result<usize> {
            let mut at_work = Vec::new();
            for (n, person) in writing.iter().enumerate() {
                let shared = &shared;
                at_work.push(scope.spawn(move || people::write(shared, person, n as u64 + 1)));
            }
            for (n, person) in reading.iter().enumerate() {
                let shared = &shared;
                at_work.push(scope.spawn(move || people::read(shared, person, n as u64 + 100)));
            }
            let dropped = lists.drop_until(begin + time);
            shared.stop.store(true, Ordering::SeqCst);
            for thread in at_work {
                thread.join().map_err(|_| anyhow::anyhow!("a client panicked"))??;
            }
            dropped
        })?;
        let worked = begin.elapsed();
        // What was dropped last comes with the next look.
        let end = Instant::now() + LAST_LOOK;
        while lock(&shared.kept).len() < dropped && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(500));
        }
        drop(watches);
        self.no_upload_waits(&shared)?;
        drop(server);
        self.verify(&shared, dropped, at_first)?;
        let noted = std::mem::take(&mut *lock(&shared.noted));
        self.figures(&shared, &noted, clients, writers, dropped, worked);
        match noted.broken.len() {
            0 => Ok(()),
            n => bail!("{n} promises broken, the first of them: {}", noted.broken[0]),
        }
    }

    fn serve(&self) -> Result<(Running, SocketAddr)> {
        let args = ["serve", "--from", "desk.dossier", "--port", "0", "--people", "desk.people"];
        let mut server = Running(self.command(&args).stdout(Stdio::piped()).spawn()?);
        let mut line = String::new();
        BufReader::new(server.0.stdout.take().context("no output")?).read_line(&mut line)?;
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse()?;
        Ok((server, address))
    }

    /// Begins to watch; what is kept is noted as soon as it is said.
    fn watch(&self, shared: &Arc<Shared>) -> Result<(Vec<Running>, Lists)> {
        let mut lists = Lists { folder: self.folder.clone(), feeds: Vec::new(), next: BEFORE };
        let mut running = Vec::new();
        for n in 0..WATCHES {
            lists.feeds.push((feeds::serve()?, Vec::new()));
            for _ in 0..FIRST {
                lists.drop_one(n)?;
            }
            let (list, dossier) = (format!("feeds-{n}.opml"), "desk.dossier");
            let args = ["watch", &list, "--into", dossier, "--every", "30s", "--allow-private"];
            let mut child = self.command(&args).stdout(Stdio::piped()).spawn()?;
            let out = child.stdout.take().context("no output")?;
            running.push(Running(child));
            let shared = shared.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(out).lines().map_while(Result::ok) {
                    if let Some(id) = line.split(' ').next().filter(|_| line.contains("new")) {
                        lock(&shared.kept).push((id.to_owned(), Instant::now()));
                    }
                }
            });
        }
        Ok((running, lists))
    }

    /// Waits until what was brought in through the pages was read.
    fn no_upload_waits(&self, shared: &Shared) -> Result<()> {
        let end = Instant::now() + LAST_LOOK;
        while Instant::now() < end {
            let there = self.told(&["list", "--from", "desk.dossier", "-f", "json"])?;
            if lock(&shared.brought).iter().all(|title| there.contains(&format!("\"{title}\""))) {
                break;
            }
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(())
    }

    /// Whether everything that was acknowledged is there, by another process and from the file alone.
    fn verify(&self, shared: &Shared, dropped: usize, at_first: usize) -> Result<()> {
        let log = self.json(&["correct", "log", "--from", "desk.dossier", "-f", "json"])?;
        let listed = self.json(&["list", "--from", "desk.dossier", "-f", "json"])?;
        let mut noted = lock(&shared.noted);
        for note in lock(&shared.notes).iter() {
            let of: Vec<&Value> = log.iter().filter(|row| row["id"] == note.id.as_str()).collect();
            let fault = match of.as_slice() {
                [row] if row["who"] != note.who.as_str() => Some(format!("is kept under {}", row["who"])),
                [row] if row["to"] != note.words.as_str() => Some(format!("says {}", row["to"])),
                [row] => match (&note.undone, row["turned_by"].as_str()) {
                    (Some((_, true)), Some(who)) if who == note.who => None,
                    (Some((_, true)), who) => Some(format!("was taken back, and its log says by {who:?}")),
                    (Some((_, false)), _) | (None, None) => None,
                    (None, who) => Some(format!("was taken back by {who:?}, and nobody did")),
                },
                all => Some(format!("stands {} times in the log", all.len())),
            };
            noted.broken.extend(fault.map(|fault| format!("{:?} ({}) {fault}", note.words, note.id)));
        }
        let kept = lock(&shared.kept);
        let lost = kept.iter().filter(|(id, _)| !listed.iter().any(|row| row["id"] == id.as_str())).count();
        let titles = |number: usize| listed.iter().filter(|row| row["title"] == feeds::title(number).as_str()).count();
        let never = (BEFORE..BEFORE + dropped).filter(|number| titles(*number) != 1).count();
        let brought = lock(&shared.brought);
        let not_in = brought.iter().filter(|t| listed.iter().filter(|row| row["title"] == t.as_str()).count() != 1);
        let not_in = not_in.count();
        let sum = at_first + dropped + brought.len();
        for (what, count) in [
            ("reports that 'watch' said to be kept are not there", lost),
            ("reports that were dropped are not there once", never),
            ("reports that were brought in through the pages are not there once", not_in),
            ("reports too many or too few", sum.abs_diff(listed.len())),
        ] {
            noted.broken.extend((count > 0).then(|| format!("{count} {what}")));
        }
        let whole = self.told(&["check-file", "desk.dossier"]);
        noted.broken.extend(whole.err().map(|e| format!("the dossier is not whole: {e:#}")));
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "figures, printed once")]
    fn figures(
        &self,
        shared: &Shared,
        noted: &Noted,
        clients: usize,
        writers: usize,
        dropped: usize,
        worked: Duration,
    ) {
        let notes = lock(&shared.notes);
        let undone = notes.iter().filter(|note| note.undone.is_some_and(|(_, done)| done)).count();
        let pause = self.pause.as_secs_f64();
        println!(
            "{clients} clients ({writers} write) with {pause:.1} s between requests, {:.0} s, {WATCHES} 'watch'",
            worked.as_secs_f64()
        );
        println!("{:<22} {:>9} {:>9} {:>9} {:>9}", "requests", "number", "median", "99 of 100", "slowest");
        let mut kinds: Vec<&str> = noted.took.iter().map(|(kind, _)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds.into_iter().map(Some).chain([None]) {
            let of = noted.took.iter().filter(|(k, _)| kind.is_none_or(|kind| kind == *k));
            let mut took: Vec<f64> = of.map(|(_, took)| took.as_secs_f64()).collect();
            took.sort_by(f64::total_cmp);
            let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied();
            let [half, most, last] = [50, 99, 100].map(|share| at(share).unwrap_or_default());
            let name = kind.unwrap_or("all");
            println!("{name:<22} {:>9} {half:>8.3}s {most:>8.3}s {last:>8.3}s", took.len());
        }
        println!(
            "corrections acknowledged, and in the log under the right name: {}, {undone} of them taken back",
            notes.len()
        );
        println!("corrections of facts that a new report had changed meanwhile, and that were told so: {}", noted.gone);
        println!(
            "reports dropped, and in the dossier: {dropped}; brought in by the pages: {}",
            lock(&shared.brought).len()
        );
        println!("writes tried by who may only read, all refused: {}", noted.refused);
        println!(
            "looked for in pages: {} times what was acknowledged before; oldest page: {:.3} s",
            noted.looked_for,
            noted.oldest.as_secs_f64()
        );
        for what in noted.broken.iter().take(20) {
            println!("BROKEN: {what}");
        }
    }
}

/// The lists that are watched, each with a server of its own.
struct Lists {
    folder: PathBuf,
    feeds: Vec<(SocketAddr, Vec<usize>)>,
    next: usize,
}

impl Lists {
    fn path(folder: &Path, list: usize) -> PathBuf {
        folder.join(format!("feeds-{list}.opml"))
    }

    /// Puts one more report into a list.
    fn drop_one(&mut self, list: usize) -> Result<()> {
        let (address, feeds) = &mut self.feeds[list];
        feeds.push(self.next);
        self.next += 1;
        feeds::list(&Lists::path(&self.folder, list), *address, feeds)
    }

    /// Drops one after the other, in turn, until this time; gives how many there are.
    fn drop_until(mut self, end: Instant) -> Result<usize> {
        let mut turn = 0;
        while Instant::now() < end {
            std::thread::sleep(DROP_EVERY.min(end.saturating_duration_since(Instant::now())));
            self.drop_one(turn % WATCHES)?;
            turn += 1;
        }
        Ok(self.next - BEFORE)
    }
}
