//! Listening, and answering until told to stop.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use crate::Error;
use crate::app::House;
use crate::asset::Files;
use crate::cache::PageCache;
use crate::guard::Guard;
use crate::inbox::{Inbox, Means, Web};
use crate::limits::Limits;
use crate::route::router;
use crate::visitor::{Visit, Visitors};
use crate::work::Bench;

/// Threads beyond one for each visitor: making a page never waits for a thread behind long work.
const SPARE_THREADS: usize = 8;
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
    /// The address under which a proxy shows it, `https://desk.example`, if one does; then it needs a token too.
    pub behind: Option<String>,
    /// What a visitor has to show once.
    pub token: Option<String>,
    /// The list of people with tokens of their own ([`add_person`](crate::add_person) makes one); it counts instead of `token`.
    pub people: Option<PathBuf>,
    /// Who makes corrections, until somebody says otherwise.
    pub who: String,
    /// The program that reads a PDF, as [`rapporteur::Options::pdf_reader`]; where there is none, a PDF is not read, and that is
    /// told.
    pub pdf_reader: Option<PathBuf>,
    /// What fetches the addresses that visitors bring; where there is none, none is fetched.
    pub web: Option<Web>,
    /// Tells the time: RFC 3339, UTC.
    pub now: fn() -> String,
    /// How much is done for whom.
    pub limits: Limits,
}

impl Settings {
    /// For this machine alone, at port 7070.
    pub fn new(now: fn() -> String) -> Self {
        Settings {
            dossier: PathBuf::new(),
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 7070,
            name: None,
            behind: None,
            token: None,
            people: None,
            who: String::new(),
            pdf_reader: None,
            web: None,
            now,
            limits: Limits::default(),
        }
    }
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: std::net::TcpListener,
    address: SocketAddr,
    house: Arc<House>,
}

impl Server {
    /// Opens the dossier and begins to listen; what comes waits for [`Server::run`].
    ///
    /// # Errors
    /// The dossier cannot be read, the address cannot be listened at, or it is open to others without a token, or
    /// the list of people makes no sense.
    pub fn bind(settings: Settings) -> Result<Self, Error> {
        let asked = SocketAddr::new(settings.host, settings.port);
        // Refused before anything is opened.
        Guard::new(asked, &settings)?;
        let cache = PageCache::new(&settings.dossier)?;
        let listener = std::net::TcpListener::bind(asked).map_err(|e| Error::Listen(asked, e))?;
        listener.set_nonblocking(true).map_err(|e| Error::Listen(asked, e))?;
        let address = listener.local_addr().map_err(|e| Error::Listen(asked, e))?;
        let guard = Guard::new(address, &settings)?;
        let bench = Bench::new(&settings.limits);
        let (who, now, limits) = (settings.who, settings.now, settings.limits);
        let read_only = cache.store().dossier().is_read_only();
        let inbox = Inbox::new(&limits, Means { pdf_reader: settings.pdf_reader, web: settings.web });
        let (dossier, files) = (settings.dossier, Files::new());
        let house = House { dossier, cache, guard, files, who, read_only, now, limits, bench, inbox };
        Ok(Server { listener, address, house: Arc::new(house) })
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
            .max_blocking_threads(self.house.limits.visitors + SPARE_THREADS)
            .build()
            .map_err(Error::Start)?;
        let house = self.house.clone();
        let served = runtime.block_on(self.serve(stop));
        house.bench.close();
        served?;
        // A correction that is being written is finished.
        runtime.shutdown_timeout(Duration::from_secs(5));
        Ok(())
    }

    async fn serve(self, stop: impl Fn() -> bool) -> Result<(), Error> {
        let listener = tokio::net::TcpListener::from_std(self.listener).map_err(Error::Start)?;
        // The first page is asked for first: it is made while the browser opens.
        let house = self.house.clone();
        tokio::task::spawn_blocking(move || house.cache.stories().map(|_| ()));
        let limits = self.house.limits.clone();
        let visitors = Visitors::new(&limits);
        let router = router(self.house);
        loop {
            if stop() {
                return Ok(());
            }
            let (stream, peer) = match tokio::time::timeout(TICK, listener.accept()).await {
                Ok(Ok(came)) => came,
                // The system has no room for another one, or this one has left already: at once it would say so again.
                Ok(Err(_)) => {
                    visitors.make_room();
                    tokio::time::sleep(TICK).await;
                    continue;
                }
                Err(_) => continue,
            };
            match visitors.admit(peer.ip()) {
                Some(visit) => drop(tokio::spawn(attend(stream, visit, router.clone(), limits.clone()))),
                // What fits into the buffers of the system is sent, and nobody waits for it.
                None => drop(stream.try_write(FULL)),
            }
        }
    }
}

/// What is answered where every seat is taken by somebody who is being answered.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/plain; charset=utf-8\r\n\
    Content-Length: 45\r\nConnection: close\r\n\r\nToo many visitors at once: try again shortly.";

/// Answers one visitor until he leaves or has to.
async fn attend(stream: TcpStream, visit: Visit, router: Router, limits: Limits) {
    let visit = Arc::new(visit);
    let visiting = visit.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        let (mut router, visit) = (router.clone(), visiting.clone());
        async move {
            // One that sends something has asked when all of it is here.
            if request.body().is_end_stream() {
                visit.asks();
            } else {
                request.extensions_mut().insert(visit.clone());
            }
            let answer = tower_service::Service::call(&mut router, request.map(Body::new)).await;
            visit.is_answered();
            Ok::<_, Infallible>(answer.unwrap_or_else(|never| match never {}))
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), service);
    let (mut connection, mut leaves) = (pin!(connection), pin!(visit.has_to_leave(limits.reply_time)));
    // A visitor who goes away is no failure.
    poll_fn(|context| match connection.as_mut().poll(context).is_ready() || leaves.as_mut().poll(context).is_ready() {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await;
}
