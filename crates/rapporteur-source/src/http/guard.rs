//! Asks for the addresses of a host, and lets none pass that is not public.
//!
//! It stands where the connection is made: whatever a name's server answers, at whatever redirect, is looked at here and
//! nothing else is connected to.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::address;

/// Tells the addresses of a host.
pub trait Lookup: Debug + Send + Sync + 'static {
    /// The addresses of a host, in the order they are to be tried.
    ///
    /// # Errors
    /// There is no such host, or it could not be asked for.
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// Asks the operating system.
#[derive(Debug)]
pub(super) struct System;

impl Lookup for System {
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }
}

/// A host is at an address that may not be asked.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not on the public internet")]
pub(super) struct NotPublic(pub(super) IpAddr);

/// The guard.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) lookup: Arc<dyn Lookup>,
    /// Lets every address pass.
    pub(super) allow_private: bool,
    /// Hosts that may be at any address.
    pub(super) trusted: BTreeSet<String>,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or(Error::HostNotFound)?;
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found: Vec<SocketAddr> = match bare.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => {
                // The operating system knows no time limit: it is asked on a thread that may be left behind.
                let (tell, answer) = mpsc::sync_channel(1);
                let (lookup, name) = (self.lookup.clone(), bare.to_owned());
                std::thread::Builder::new()
                    .name("lookup".into())
                    .spawn(move || tell.send(lookup.lookup(&name, port)).ok())
                    .map_err(Error::Io)?;
                match answer.recv_timeout(*timeout.after) {
                    Ok(found) => found.map_err(|_| Error::HostNotFound)?,
                    Err(_) => return Err(Error::Timeout(timeout.reason)),
                }
            }
        };
        let trusted = self.allow_private || self.trusted.contains(&bare.to_lowercase());
        // One address that is not public is enough: no honest name has both kinds.
        if let Some(inner) = found.iter().find(|a| !trusted && !address::is_public(a.ip())) {
            return Err(Error::Other(Box::new(NotPublic(inner.ip()))));
        }
        let mut out = self.empty();
        for address in config.ip_family().keep_wanted(found.into_iter()).take(16) {
            out.push(address);
        }
        if out.is_empty() { Err(Error::HostNotFound) } else { Ok(out) }
    }
}
