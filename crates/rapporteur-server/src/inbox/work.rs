//! Reads an upload: each part with what the command `add` reads with, each report kept as soon as it was read.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

use rapporteur::dossier::Added;
use rapporteur::source::{Fetch, read_handed};
use rapporteur::{
    Acknowledged, Destination, Error, ErrorKind, Incoming, Ingest, InputError, Item, Metadata, Options, Store, StoryId,
    from_text, read_with,
};

use super::job::{Job, Line, Step};
use super::receive::{Order, Part, Pasted};
use crate::app::App;
use crate::ask;
use crate::reply::Refusal;

/// Reads all of an upload; whatever happens is told by its job.
pub(super) fn work(app: &App, job: &Job, order: Order) {
    let worked = catch_unwind(AssertUnwindSafe(|| read(app, job, &order)));
    let broken = match worked {
        Ok(Ok(())) => None,
        Ok(Err(refusal)) => Some(refusal.message()),
        Err(_) => Some("something broke on the way; what is told as kept is kept".into()),
    };
    job.end(broken);
}

fn read(app: &App, job: &Job, order: &Order) -> Result<(), Refusal> {
    let mut store = Store::open(&app.dossier)?;
    let mut taking = Taking {
        store: Some(&mut store),
        ingest: None,
        app,
        order,
        begin: Instant::now(),
        failure: None,
        pending: 0,
        taken: 0,
    };
    let options = Options { pdf_reader: app.inbox.means.pdf_reader.clone(), ..Options::default() };
    let mut web = app.inbox.means.web.as_ref().map(super::Web::make);
    for (at, part) in order.parts.iter().enumerate() {
        taking.may_go_on()?;
        job.step(at, Step::Reading);
        // Readers promise not to panic; should one, the others are read all the same.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let _ = one(part, &options, web.as_deref_mut(), &mut |item| taking.take(job, at, item));
            taking.keep(job, at)
        }));
        match done {
            Ok(done) => done?,
            Err(_) => {
                taking.pending = 0;
                let help = "please report it, with the file if you may".to_owned();
                job.say(at, Line::NotRead { what: None, why: "reading it broke something".into(), help });
            }
        }
        job.step(at, Step::Done);
    }
    Ok(())
}

/// Reads one part.
fn one(
    part: &Part,
    options: &Options,
    web: Option<&mut (dyn Fetch + 'static)>,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match part {
        Part::File { name, bytes, beside } => read_handed(name, bytes, beside.as_deref(), options, sink),
        Part::TooLarge { name } => {
            let most = rapporteur::source::limits::MAX_REPORT_BYTES / (1024 * 1024);
            let why = format!(
                "has more than {most} MiB, the most that the pages take of one file; 'rapporteur add' takes more"
            );
            sink(Item::Skipped(rapporteur::Skipped { path: name.into(), why, matters: true }))
        }
        Part::Text(pasted) => match text(pasted) {
            Ok((incoming, notes)) => {
                for note in notes {
                    sink(Item::Warning(note))?;
                }
                sink(Item::Report(Box::new(incoming)))
            }
            Err(error) => sink(Item::Failed(error)),
        },
        Part::Address(given) => {
            // An input is an address or a path of this machine: only the first is ever handed on.
            let url = if given.contains("://") { given.clone() } else { format!("https://{given}") };
            let lower = url.to_lowercase();
            if !lower.starts_with("http://") && !lower.starts_with("https://") {
                let why = "is no address of the web that can be fetched: it begins with http:// or https://".into();
                return sink(Item::Skipped(rapporteur::Skipped { path: given.into(), why, matters: true }));
            }
            if web.is_none() {
                let why = "is an address, and this server was not started to fetch any ('--fetch')".into();
                return sink(Item::Skipped(rapporteur::Skipped { path: given.into(), why, matters: true }));
            }
            read_with(&[PathBuf::from(url)], options, &mut std::io::empty(), web.map(|w| w as &mut dyn Fetch), sink)
        }
    }
}

/// The report of a pasted text. Its source tells it from every other: texts of two outlets are no versions of each other,
/// however much alike.
fn text(pasted: &Pasted) -> Result<(Incoming, Vec<String>), InputError> {
    let given = |field: &'static str, value: &str| format!("{field}\0{value}\0");
    let whole = given("text", &pasted.text) + &given("outlet", &pasted.outlet) + &given("url", &pasted.url);
    let hash = rapporteur::sha256(whole.as_bytes());
    let source = format!("pasted-{}", hash.get(..10).unwrap_or(&hash));
    let about = Metadata {
        outlet: Some(&pasted.outlet),
        url: Some(&pasted.url),
        published: Some(&pasted.date),
        title: Some(&pasted.title),
        ..Metadata::default()
    };
    let (report, notes) = from_text(&source, &pasted.text, &about)?;
    let original = pasted.text.clone().into_bytes();
    Ok((Incoming { report, original, media: "text/plain".into(), via: None, validators: None }, notes))
}

/// Takes what comes of reading into the dossier.
struct Taking<'s, 'a> {
    /// Until the first report comes: an upload that brings none leaves no run behind.
    store: Option<&'s mut Store>,
    ingest: Option<Ingest<'s>>,
    app: &'a App,
    order: &'a Order,
    begin: Instant,
    /// Why the dossier takes nothing.
    failure: Option<Refusal>,
    /// How many reports of the present item are not kept yet.
    pending: usize,
    taken: usize,
}

impl<'s> Taking<'s, '_> {
    /// Whether there is time for more.
    fn may_go_on(&self) -> Result<(), Refusal> {
        if self.app.bench.is_closing() {
            return Err(Refusal::Internal("the server was stopped".into()));
        }
        match self.begin.elapsed() > self.app.limits.upload_work_time {
            true => Err(Refusal::Internal("it takes longer than the pages may take for one upload".into())),
            false => Ok(()),
        }
    }

    fn take(&mut self, job: &Job, at: usize, item: Item) -> ControlFlow<()> {
        // A feed that is given as an address leads to page after page.
        if let Err(refusal) = self.may_go_on() {
            let why = format!("the rest of it was not read: {}", refusal.message());
            job.say(at, Line::NotRead { what: None, why, help: "'rapporteur add' takes its time".into() });
            return ControlFlow::Break(());
        }
        match item {
            Item::Report(incoming) => {
                if self.taken >= self.app.limits.upload_reports {
                    let most = self.app.limits.upload_reports;
                    let why = format!("the rest of it was not read: the pages take {most} reports at once");
                    job.say(at, Line::NotRead { what: None, why, help: "'rapporteur add' takes them all".into() });
                    return ControlFlow::Break(());
                }
                self.taken += 1;
                self.pending += 1;
                match self.begun() {
                    Ok(ingest) => {
                        let flow = ingest.take(Item::Report(incoming));
                        // Of a mailbox some are kept before all are read.
                        self.acknowledge(job, at);
                        flow
                    }
                    Err(failure) => {
                        self.failure = Some(failure);
                        ControlFlow::Break(())
                    }
                }
            }
            Item::Failed(error) => {
                let what = Some(error.path().display().to_string()).filter(|path| !self.is_item(at, path));
                job.say(at, Line::NotRead { what, why: error.what(), help: error.help().to_owned() });
                ControlFlow::Continue(())
            }
            Item::Skipped(skipped) if skipped.matters => {
                let what = Some(skipped.path.display().to_string()).filter(|path| !self.is_item(at, path));
                job.say(at, Line::NotRead { what, why: skipped.why, help: String::new() });
                ControlFlow::Continue(())
            }
            Item::Skipped(_) => ControlFlow::Continue(()),
            Item::Warning(what) => {
                job.say(at, Line::Note(what));
                ControlFlow::Continue(())
            }
        }
    }

    /// Whether what failed is the item itself, not a part of it.
    fn is_item(&self, at: usize, path: &str) -> bool {
        match self.order.parts.get(at) {
            Some(Part::Address(url)) => path.trim_start_matches("https://") == url.trim_start_matches("https://"),
            Some(Part::Text(_)) => true,
            Some(part) => path == part.name(),
            None => true,
        }
    }

    fn begun(&mut self) -> Result<&mut Ingest<'s>, Refusal> {
        if let Some(store) = self.store.take() {
            let who = self.app.signed_or_usual(String::new());
            let who = Some(who.as_str()).filter(|who| !who.is_empty());
            let mut ingest = store.ingest_by("add", &(self.app.now)(), who)?;
            ingest.put_into(destination(self.order)?)?;
            self.ingest = Some(ingest);
        }
        self.ingest.as_mut().ok_or_else(|| Refusal::Internal("the dossier cannot be written".into()))
    }

    /// Keeps what was read of an item, and says so.
    fn keep(&mut self, job: &Job, at: usize) -> Result<(), Refusal> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let Some(ingest) = &mut self.ingest else { return Ok(()) };
        let _ = ingest.flush();
        self.acknowledge(job, at);
        if self.pending == 0 {
            return Ok(());
        }
        // Why not all was kept is told by its end.
        match self.ingest.take().map(Ingest::finish) {
            Some(Err(error)) => Err(not_written(error)),
            _ => Err(Refusal::Internal("the dossier cannot be written".into())),
        }
    }

    /// Says of every report that is now kept for certain that it is.
    fn acknowledge(&mut self, job: &Job, at: usize) {
        for one in self.ingest.iter_mut().flat_map(Ingest::acknowledged) {
            self.pending = self.pending.saturating_sub(1);
            job.say(at, kept(one));
        }
    }
}

/// Where an upload is to go.
fn destination(order: &Order) -> Result<Destination, Refusal> {
    Ok(match order.story.trim() {
        "" => Destination::Fitting,
        "new" => Destination::New(Some(order.name.clone()).filter(|name| !name.is_empty())),
        id => Destination::Story(StoryId::new(ask::id(id, "such story")?)),
    })
}

fn kept(one: Acknowledged) -> Line {
    let (word, id) = match one.added {
        Added::New => ("new".to_owned(), one.head.id),
        Added::Revision { number, .. } => (format!("version {number}"), one.head.id),
        Added::Restored => ("back again".to_owned(), one.head.id),
        Added::Mended => ("whole again".to_owned(), one.head.id),
        Added::Known(id) => return Line::Kept { id, word: "known already".into(), is_known: true, story: one.story },
        _ => ("kept".to_owned(), one.head.id),
    };
    Line::Kept { id, word, is_known: false, story: one.story }
}

/// Why the dossier took no more.
fn not_written(error: Error) -> Refusal {
    match error.kind() {
        ErrorKind::Busy => Refusal::Internal("somebody else is writing to the dossier all the time".into()),
        ErrorKind::Full => Refusal::Internal("there is no space left on the disk".into()),
        _ => error.into(),
    }
}
