//! A PDF is read by a process of its own: a crash, an endless loop or a bomb is a message here, and nothing else.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::Document;
use crate::ErrorKind;
use crate::limits::{MAX_PDF_MEMORY, MAX_PDF_SECONDS, MAX_REPORT_BYTES};

/// What the program that [`Options::pdf_reader`](crate::Options::pdf_reader) names is started with as its only argument.
pub const PDF_COMMAND: &str = "read-pdf";

/// Reads a PDF from standard input and tells on standard output what it has: what a program does that is started with
/// [`PDF_COMMAND`]. The process limits itself first; it opens no file.
///
/// # Errors
/// Standard input or output cannot be used.
pub fn serve_pdf() -> std::io::Result<()> {
    limit();
    // What a panic of the crate has to say helps nobody who reads a brief; the page that it happened on is told.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    std::io::stdin().take(MAX_REPORT_BYTES + 1).read_to_end(&mut bytes)?;
    let (send, receive) = mpsc::channel();
    // Of a stack of its own: what recursion does to it is known, whatever the system gives the first thread.
    let reading = std::thread::Builder::new().stack_size(64 << 20).spawn(move || {
        let _ = send.send(super::extract::read(&bytes));
    })?;
    let read = receive.recv().unwrap_or_else(|_| Err("it is damaged".to_owned()));
    let _ = reading.join();
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &read)?;
    out.flush()
}

/// Limits memory, time and files of this process, from which there is no way back.
#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits =
        [(Resource::As, MAX_PDF_MEMORY), (Resource::Cpu, MAX_PDF_SECONDS), (Resource::Fsize, 0), (Resource::Core, 0)];
    for (resource, most) in limits {
        // Where a system does not know a limit, the parent still has its clock.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn limit() {}

/// Has another process read a PDF.
pub(super) fn read(bytes: &[u8], program: &Path) -> Result<Document, ErrorKind> {
    let mut command = Command::new(program);
    command.arg(PDF_COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    // Nothing of the environment is its business, and Ctrl-C is for the one that waits for it.
    command.env_clear();
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let cannot = |e: std::io::Error| ErrorKind::PdfProcess(e.to_string());
    let mut child = Running(command.spawn().map_err(cannot)?);
    let (stdin, stdout) = (child.0.stdin.take(), child.0.stdout.take());
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut reply = Vec::new();
        // JSON of text takes at most six bytes for one, in practice little more than one.
        let most = 4 * MAX_REPORT_BYTES;
        let read = stdout.map_or(Ok(0), |stdout| stdout.take(most).read_to_end(&mut reply));
        let _ = send.send(read.map(|_| reply));
    });
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut stdin) = stdin {
                let _ = stdin.write_all(bytes); // one that died early is told of by its end
            }
        });
        let reply = receive.recv_timeout(Duration::from_secs(2 * MAX_PDF_SECONDS));
        if reply.is_err() {
            let _ = child.0.kill();
        }
        let status = child.0.wait().map_err(cannot)?;
        let _ = reader.join();
        match reply {
            Err(_) => Err(ErrorKind::PdfTooMuch),
            Ok(Err(e)) => Err(cannot(e)),
            Ok(Ok(reply)) if status.success() => self::reply(&reply),
            Ok(Ok(_)) => Err(ended(status)),
        }
    })
}

/// What the process says.
pub(super) fn reply(bytes: &[u8]) -> Result<Document, ErrorKind> {
    match serde_json::from_slice::<Result<Document, String>>(bytes) {
        Ok(Ok(document)) => Ok(document),
        Ok(Err(why)) => Err(ErrorKind::Pdf(why)),
        Err(_) => Err(ErrorKind::Pdf("it broke the process that was to read it".into())),
    }
}

/// Why a process ended that should have answered.
fn ended(status: ExitStatus) -> ErrorKind {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        // Out of time; and out of memory, at which a program of Rust aborts.
        if matches!(status.signal(), Some(9 | 24 | 6)) {
            return ErrorKind::PdfTooMuch;
        }
    }
    if status.code() == Some(2) {
        return ErrorKind::PdfProcess("it does not know how".into());
    }
    ErrorKind::Pdf("it broke the process that was to read it".into())
}

/// A process that ends when it is no longer waited for.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}
