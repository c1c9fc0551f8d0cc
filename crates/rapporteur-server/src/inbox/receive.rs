//! An upload while it comes in: taken apart, counted, and refused in words where it is not ours or too much.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use rapporteur::brief::words;
use rapporteur::source::is_sidecar_of;
use rapporteur::source::limits::MAX_REPORT_BYTES;

use crate::answer::NOT_OURS;
use crate::app::App;
use crate::limits::Limits;
use crate::reply::Refusal;
use crate::visitor::Visit;

/// Bytes of a field that is typed, and of a text that is pasted.
const MAX_FIELD: u64 = 8 * 1024;
const MAX_PASTED: u64 = 2 * 1024 * 1024;
/// Letters of a name.
const MAX_NAME: usize = 200;
/// Addresses in one upload.
const MAX_ADDRESSES: usize = 20;
/// Times its limit that an upload which is too much is still listened to, so that a browser gets to read why it is refused.
const PATIENCE: u64 = 4;

/// What somebody brings.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// The id of a story, `new`, or nothing: the one that each fits.
    pub story: String,
    /// What a new story is to be called.
    pub name: String,
    pub parts: Vec<Part>,
    /// Given back when all of it was read.
    _held: Option<Held>,
}

/// One thing that reports are read from.
#[derive(Debug)]
pub(crate) enum Part {
    File {
        name: String,
        bytes: Vec<u8>,
        beside: Option<Vec<u8>>,
    },
    /// A file of which no more was taken than told here.
    TooLarge {
        name: String,
    },
    Text(Pasted),
    Address(String),
}

/// A text that was pasted, and what is said of it.
#[derive(Debug, Default)]
pub(crate) struct Pasted {
    pub text: String,
    pub title: String,
    pub outlet: String,
    pub date: String,
    pub url: String,
}

/// Bytes that an upload holds until it was read.
#[derive(Debug)]
pub(crate) struct Held {
    all: Arc<AtomicU64>,
    own: u64,
    max: u64,
    max_of_all: u64,
}

/// Why no more is taken.
enum Fault {
    /// All of it is more than an upload may have.
    TooMuch(String),
    /// A field is longer than it may be; its rest was passed by.
    TooLong(u64),
    /// All uploads together hold as much as they may.
    Full,
    Broken,
}

impl Held {
    pub fn new(all: Arc<AtomicU64>, max: u64, max_of_all: u64) -> Self {
        Held { all, own: 0, max, max_of_all }
    }

    fn take(&mut self, bytes: u64) -> Result<(), Fault> {
        if self.own + bytes > self.max {
            let most = self.max / (1024 * 1024);
            return Err(Fault::TooMuch(format!(
                "These are more than {most} MiB together, which is the most that the pages take at once. Nothing was kept; bring \
                 them in several times."
            )));
        }
        if self.all.fetch_add(bytes, Ordering::SeqCst) + bytes > self.max_of_all {
            self.all.fetch_sub(bytes, Ordering::SeqCst);
            return Err(Fault::Full);
        }
        self.own += bytes;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.fetch_sub(self.own, Ordering::SeqCst);
    }
}

const FULL: Refusal =
    Refusal::Busy("Others are bringing in reports, and more wait than there is room for: try again in a moment.");

/// Takes an upload in, whole or not at all.
///
/// # Errors
/// The dossier may only be read, too many are sent or wait, it is not of a page of this server (which its first field has to
/// show), it is too much, or it makes no sense.
pub(crate) async fn receive(app: &App, request: Request) -> Result<Order, Refusal> {
    app.to_write()?;
    let inbox = &app.inbox;
    let visit = request.extensions().get::<Arc<Visit>>().cloned();
    let nonsense =
        || Refusal::BadRequest("Files are sent by the form of the page “Add reports”, as multipart/form-data.".into());
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| nonsense())?;
    // Before anything is held for it.
    let proof = match form.next_field().await {
        Ok(Some(mut field)) if field.name() == Some("csrf") => {
            let mut little = Held::new(Arc::default(), MAX_FIELD, MAX_FIELD);
            whole(&mut field, &mut little, MAX_FIELD).await.unwrap_or_default()
        }
        Ok(_) => Vec::new(),
        Err(_) => return Err(nonsense()),
    };
    // Whoever is refused is listened to, for a browser reads why only when it has sent all.
    if !app.is_ours(&String::from_utf8_lossy(&proof)) {
        drain(&mut form, app.limits.upload_bytes).await;
        return Err(NOT_OURS);
    }
    let seat = inbox.receiving.clone().try_acquire_owned();
    if seat.is_err() || inbox.is_full(&app.limits) {
        drain(&mut form, app.limits.upload_bytes).await;
        return Err(FULL);
    }
    // What is still coming keeps its seat, for as long as an upload may take.
    if let Some(visit) = &visit {
        visit.asks();
    }
    let mut held = inbox.held(&app.limits);
    match parts(&mut form, &mut held, &app.limits).await {
        Ok(mut order) => {
            order._held = Some(held);
            Ok(order)
        }
        Err(Fault::Broken) => Err(Refusal::BadRequest("The upload broke off; nothing was kept.".into())),
        Err(fault) => {
            drain(&mut form, app.limits.upload_bytes.saturating_mul(PATIENCE)).await;
            Err(match fault {
                Fault::TooMuch(why) => Refusal::TooMuch(why),
                Fault::TooLong(most) => Refusal::TooMuch(format!(
                    "A text in the form has more than {most} bytes. Nothing was kept; bring it as a file."
                )),
                Fault::Full | Fault::Broken => FULL,
            })
        }
    }
}

/// All that an upload has after its proof.
async fn parts(form: &mut Multipart, held: &mut Held, limits: &Limits) -> Result<Order, Fault> {
    let (mut order, mut pasted, mut files) = (Order::default(), Pasted::default(), Vec::new());
    let mut addresses = String::new();
    while let Some(mut field) = form.next_field().await.map_err(|_| Fault::Broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "files" {
            let called = label(field.file_name().unwrap_or_default());
            let bytes = match whole(&mut field, held, MAX_REPORT_BYTES).await {
                Ok(bytes) => Some(bytes),
                Err(Fault::TooLong(_)) => None,
                Err(fault) => return Err(fault),
            };
            match bytes {
                // What a form sends where no file was chosen.
                Some(bytes) if called.is_empty() && bytes.is_empty() => {}
                bytes => files.push((if called.is_empty() { "no name".into() } else { called }, bytes)),
            }
            if files.len() > limits.upload_files {
                let most = limits.upload_files;
                return Err(Fault::TooMuch(format!(
                    "These are more than {most} files, which is the most that the pages take at once. Nothing was kept; bring \
                     them in several times, or with 'rapporteur add'."
                )));
            }
            continue;
        }
        let max = if name == "text" { MAX_PASTED } else { MAX_FIELD };
        let value = String::from_utf8_lossy(&whole(&mut field, held, max).await?).into_owned();
        // not words: fields of the form
        match name.as_str() {
            "story" => order.story = value,
            "name" => order.name = line(&value),
            // A form has its own line ends.
            "text" => pasted.text = value.replace("\r\n", "\n"),
            "title" => pasted.title = line(&value),
            "outlet" => pasted.outlet = line(&value),
            "date" => pasted.date = line(&value),
            "url" => pasted.url = line(&value),
            "address" => addresses = value,
            _ => {}
        }
    }
    order.parts = with_sidecars(files);
    if !pasted.text.trim().is_empty() {
        order.parts.push(Part::Text(pasted));
    }
    let given = addresses.split_whitespace().take(MAX_ADDRESSES + 1);
    order.parts.extend(given.map(|address| Part::Address(address.to_owned())));
    if addresses.split_whitespace().count() > MAX_ADDRESSES {
        return Err(Fault::TooMuch(format!("These are more than {MAX_ADDRESSES} addresses. Nothing was kept.")));
    }
    Ok(order)
}

/// The files, each with what was said of it beside it.
fn with_sidecars(files: Vec<(String, Option<Vec<u8>>)>) -> Vec<Part> {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let is_sidecar = |name: &str| names.iter().any(|other| is_sidecar_of(name, other));
    let (sidecars, articles): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| is_sidecar(name));
    let part = |(name, bytes): (String, Option<Vec<u8>>)| {
        let Some(bytes) = bytes else { return Part::TooLarge { name } };
        let beside = sidecars.iter().find(|(sidecar, _)| is_sidecar_of(sidecar, &name)).and_then(|(_, b)| b.clone());
        Part::File { name, bytes, beside }
    };
    articles.into_iter().map(part).collect()
}

/// A field to its end; where it is too long the rest of it is passed by.
async fn whole(field: &mut Field<'_>, held: &mut Held, max: u64) -> Result<Vec<u8>, Fault> {
    let (mut bytes, mut passed) = (Vec::new(), 0u64);
    while let Some(chunk) = field.chunk().await.map_err(|_| Fault::Broken)? {
        if passed > 0 || (bytes.len() + chunk.len()) as u64 > max {
            passed += chunk.len() as u64;
            bytes = Vec::new();
            if passed > held.max.saturating_mul(PATIENCE) {
                return Err(Fault::Broken);
            }
            continue;
        }
        held.take(chunk.len() as u64)?;
        bytes.extend_from_slice(&chunk);
    }
    match passed {
        0 => Ok(bytes),
        _ => Err(Fault::TooLong(max)),
    }
}

/// Listens to the rest, and keeps nothing of it.
async fn drain(form: &mut Multipart, most: u64) {
    let mut left = most;
    while let Ok(Some(mut field)) = form.next_field().await {
        while let Ok(Some(chunk)) = field.chunk().await {
            left = left.saturating_sub(chunk.len() as u64);
            if left == 0 {
                return;
            }
        }
    }
}

/// What a file is called: the last part of what the browser says, which is never taken for a path.
fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    line(last)
}

/// Words on one line.
fn line(text: &str) -> String {
    words::clean(text).chars().take(MAX_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path() {
        assert_eq!(label("../../etc/passwd"), "passwd");
        assert_eq!(label("C:\\Users\\a\\weir.txt"), "weir.txt");
        assert!(!label("a\u{1b}[2Jb.txt").contains('\u{1b}'));
        assert_eq!(label(".."), "..");
    }

    #[test]
    fn what_is_held_is_given_back() {
        let all = Arc::new(AtomicU64::new(0));
        let mut first = Held::new(all.clone(), 10, 15);
        assert!(first.take(8).is_ok() && matches!(first.take(3), Err(Fault::TooMuch(_))));
        let mut second = Held::new(all.clone(), 10, 15);
        assert!(matches!(second.take(8), Err(Fault::Full)));
        drop(first);
        assert!(second.take(8).is_ok());
        drop(second);
        assert_eq!(all.load(Ordering::SeqCst), 0);
    }
}
