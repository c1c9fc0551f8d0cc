//! Listening, and answering until told to stop.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Semaphore;

use crate::Error;
use crate::app::App;
use crate::asset::Files;
use crate::cache::PageCache;
use crate::guard::Guard;
use crate::route::router;

/// Visitors at once; more wait.
const MAX_VISITORS: usize = 256;
/// Threads that make pages.
const MAX_MAKERS: usize = 8;
/// How long the head of a request may take to come.
const MAX_HEAD_TIME: Duration = Duration::from_secs(10);
/// How often to look whether to stop.
const TICK: Duration = Duration::from_millis(100);

/// What is served, to whom.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The dossier.
    pub dossier: PathBuf,
    /// The address to listen at; anything but this machine's own needs a token.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// A name by which people call this machine, if it has one.
    pub name: Option<String>,
    /// What a visitor has to show once.
    pub token: Option<String>,
    /// Who makes corrections, until somebody says otherwise.
    pub who: String,
    /// Tells the time: RFC 3339, UTC.
    pub now: fn() -> String,
}

impl Settings {
    /// For this machine alone, at port 7070.
    pub fn new(now: fn() -> String) -> Self {
        Settings {
            dossier: PathBuf::new(),
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 7070,
            name: None,
            token: None,
            who: String::new(),
            now,
        }
    }
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: std::net::TcpListener,
    address: SocketAddr,
    app: Arc<App>,
}

impl Server {
    /// Opens the dossier and begins to listen; what comes waits for [`Server::run`].
    ///
    /// # Errors
    /// The dossier cannot be read, the address cannot be listened at, or it is open to others without a token.
    pub fn bind(settings: Settings) -> Result<Self, Error> {
        let asked = SocketAddr::new(settings.host, settings.port);
        // Refused before anything is opened.
        Guard::new(asked, settings.name.as_deref(), settings.token.clone())?;
        let cache = PageCache::new(&settings.dossier)?;
        let listener = std::net::TcpListener::bind(asked).map_err(|e| Error::Listen(asked, e))?;
        listener.set_nonblocking(true).map_err(|e| Error::Listen(asked, e))?;
        let address = listener.local_addr().map_err(|e| Error::Listen(asked, e))?;
        let guard = Guard::new(address, settings.name.as_deref(), settings.token)?;
        let app = App { cache, guard, files: Files::new(), who: settings.who, now: settings.now };
        Ok(Server { listener, address, app: Arc::new(app) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` says so.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn run(self, stop: impl Fn() -> bool) -> Result<(), Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .max_blocking_threads(MAX_MAKERS)
            .build()
            .map_err(Error::Start)?;
        runtime.block_on(self.serve(stop))?;
        // A correction that is being written is finished.
        runtime.shutdown_timeout(Duration::from_secs(5));
        Ok(())
    }

    async fn serve(self, stop: impl Fn() -> bool) -> Result<(), Error> {
        let listener = tokio::net::TcpListener::from_std(self.listener).map_err(Error::Start)?;
        // The first page is asked for first: it is made while the browser opens.
        let app = self.app.clone();
        tokio::task::spawn_blocking(move || app.cache.stories().map(|_| ()));
        let router = router(self.app);
        let visitors = Arc::new(Semaphore::new(MAX_VISITORS));
        loop {
            if stop() {
                return Ok(());
            }
            let Ok(Ok(room)) = tokio::time::timeout(TICK, visitors.clone().acquire_owned()).await else { continue };
            let Ok(Ok((stream, _))) = tokio::time::timeout(TICK, listener.accept()).await else { continue };
            let router = router.clone();
            tokio::spawn(async move {
                let _room = room;
                let service = service_fn(move |request: Request<Incoming>| {
                    let mut router = router.clone();
                    async move {
                        let answer = tower_service::Service::call(&mut router, request.map(Body::new)).await;
                        Ok::<_, Infallible>(answer.unwrap_or_else(|never| match never {}))
                    }
                });
                // A visitor who goes away is no failure.
                let _ = hyper::server::conn::http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(MAX_HEAD_TIME)
                    .max_buf_size(64 * 1024)
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    }
}
