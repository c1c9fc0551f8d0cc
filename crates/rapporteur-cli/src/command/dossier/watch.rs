//! `rapporteur watch`: what feeds bring, again and again.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rapporteur::dossier::Feed;
use rapporteur::source::limits::MAX_REPORT_BYTES;
use rapporteur::source::{Answer, FeedState, Fetch, feeds_in, poll};
use rapporteur::{Options, Store};

use super::add::{Tally, take};
use crate::args::WatchArgs;
use crate::error::{self, Failure, Severity};
use crate::progress::Progress;
use crate::{clock, stop};

/// Looks at feeds and keeps what they bring, until it is stopped.
///
/// # Errors
/// No feed was given, or the dossier cannot be written.
pub fn run(args: &WatchArgs) -> Result<(), Failure> {
    stop::listen();
    let mut store = Store::create(&args.into)?;
    let Some(mut web) = crate::command::web(args.allow_private) else {
        return Err(Failure::LeftOut("'watch'", "feeds"));
    };
    loop {
        // Lists are read anew each time: people add feeds to them.
        let feeds = feeds(&args.feeds, web.as_mut())?;
        let round = look(&mut store, &feeds, web.as_mut(), args.once)?;
        let count = store.dossier().articles()?;
        error::eprint(&format!("{} {}; {} keeps {count}\n", clock::now(), round, error::printable(&args.into)));
        let stopped = stop::asked() || !args.once && !wait(args.every);
        if args.once || stopped {
            return if stopped { Err(Failure::Interrupted) } else { Ok(()) };
        }
    }
}

/// Looks at each feed that is due; says what came.
fn look(store: &mut Store, feeds: &[String], web: &mut dyn Fetch, all: bool) -> Result<String, Failure> {
    let mut tally = Tally::default();
    let progress = Progress::spinner("reports read:");
    let mut looked = 0;
    for url in feeds {
        if stop::asked() {
            break;
        }
        let mut state: FeedState = store.dossier().feed(url)?;
        if !all && !state.is_due(clock::seconds()) {
            continue;
        }
        looked += 1;
        let mut ingest = store.ingest("watch", &clock::now())?;
        let flow = poll(url, &mut state, clock::seconds(), web, &Options::default(), &mut |item| {
            let flow = take(item, &mut ingest, &mut tally, &progress, false);
            // What a feed brings is kept at once: its state must not know of an entry that is not kept.
            if flow.is_continue() { ingest.flush() } else { flow }
        });
        let acknowledged = ingest.finish()?;
        progress.aside(|| tally.print(&acknowledged, false))?;
        store.dossier_mut().keep_feed(&Feed { url: url.clone(), state })?;
        if flow == ControlFlow::Break(()) {
            break;
        }
    }
    let feeds = if looked == 1 { "feed" } else { "feeds" };
    Ok(format!("{looked} {feeds}: {}", tally.words(stop::asked())))
}

/// The addresses of the feeds: as given, or those in the lists given.
fn feeds(inputs: &[PathBuf], web: &mut dyn Fetch) -> Result<Vec<String>, Failure> {
    let mut all: Vec<String> = Vec::new();
    for input in inputs {
        let name = input.to_string_lossy();
        if name.starts_with("https://") || name.starts_with("http://") {
            // An address may be that of a list; what cannot be had now is taken for a feed, and said when it is asked.
            let list = if name.ends_with(".opml") { fetched(web, &name) } else { Vec::new() };
            let one = if list.is_empty() { vec![name.into_owned()] } else { list };
            all.extend(one);
        } else {
            all.extend(list(input)?);
        }
    }
    all.sort();
    all.dedup();
    Ok(all)
}

fn fetched(web: &mut dyn Fetch, url: &str) -> Vec<String> {
    match web.get(url, None) {
        Ok(Answer::Fetched(list)) => feeds_in(&list.bytes),
        Ok(Answer::NotModified) => Vec::new(),
        Err(e) => {
            error::general(Severity::Warning, &format!("{url}: {e}"));
            Vec::new()
        }
    }
}

/// The feeds in a list that is a file.
fn list(path: &Path) -> Result<Vec<String>, Failure> {
    let failure = |what: String| {
        let help = "give the address of a feed (https://…), or an OPML list as feed readers export it";
        Failure::Usage(format!("{}: {what}", error::printable(path)), help.into())
    };
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(MAX_REPORT_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|e| failure(format!("cannot be read: {}", error::plain(&e))))?;
    if bytes.len() as u64 > MAX_REPORT_BYTES {
        return Err(failure(format!("has more than the limit of {MAX_REPORT_BYTES} bytes for a list of feeds")));
    }
    match feeds_in(&bytes) {
        feeds if feeds.is_empty() => Err(failure("is no list of feeds".into())),
        feeds => Ok(feeds),
    }
}

/// Waits, unless asked to stop; whether to go on.
fn wait(time: Duration) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < time && !stop::asked() {
        std::thread::sleep(Duration::from_millis(200).min(time));
    }
    !stop::asked()
}
