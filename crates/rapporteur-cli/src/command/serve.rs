//! `rapporteur serve`: a dossier in the browser.

use std::net::{IpAddr, ToSocketAddrs};

use rapporteur_server::{Error, Server, Settings, Web};

use crate::args::ServeArgs;
use crate::error::{self, Failure};
use crate::{clock, output, stop, terminal};

/// Serves until Ctrl-C.
///
/// # Errors
/// The dossier cannot be read, the address cannot be listened at, or others could reach it without a token.
pub fn run(args: &ServeArgs) -> Result<(), Failure> {
    if args.fetch && !cfg!(feature = "fetch") {
        return Err(Failure::LeftOut("'--fetch'", "fetch"));
    }
    let (host, name) = host(&args.host, args.port)?;
    let settings = Settings {
        dossier: args.from.clone(),
        host,
        port: args.port,
        name,
        token: args.token.clone(),
        people: args.people.clone(),
        behind: args.behind.clone(),
        who: args.who.clone().or_else(terminal::user).unwrap_or_default(),
        // This program, started as 'rapporteur read-pdf'.
        pdf_reader: std::env::current_exe().ok(),
        web: web(args),
        ..Settings::new(clock::now)
    };
    stop::listen();
    let server = Server::bind(settings).map_err(failure)?;
    let port = server.address().port();
    let shown = match args.host.contains(':') {
        true => format!("[{}]", args.host),
        false => args.host.clone(),
    };
    let token = args.token.as_deref().map(|t| format!("?token={t}")).unwrap_or_default();
    // On standard output and at once: a script that starts the server waits for this line.
    let address = match &args.behind {
        Some(behind) => behind.trim_end_matches('/').to_owned(),
        None => format!("http://{shown}:{port}"),
    };
    output::write(&format!("{address}/{token}\n"), None)?;
    error::eprint("Ctrl-C stops\n");
    server.run(stop::asked).map_err(failure)
}

/// What fetches the addresses that visitors bring, where that was asked for.
#[cfg(feature = "fetch")]
fn web(args: &ServeArgs) -> Option<Web> {
    let allow_private = args.allow_private;
    args.fetch.then(|| Web::new(move || super::fetcher(allow_private)))
}

#[cfg(not(feature = "fetch"))]
fn web(_args: &ServeArgs) -> Option<Web> {
    None
}

/// The address that is meant, and the name that was given for it.
fn host(given: &str, port: u16) -> Result<(IpAddr, Option<String>), Failure> {
    if let Ok(ip) = given.parse() {
        return Ok((ip, None));
    }
    let found = (given, port).to_socket_addrs().ok().and_then(|mut all| all.next());
    match found {
        Some(address) => Ok((address.ip(), Some(given.to_owned()))),
        None => Err(Failure::Usage(
            format!("{given:?} is no address of this machine"),
            "give '--host' an address such as 127.0.0.1 or 192.168.0.7".into(),
        )),
    }
}

fn failure(error: Error) -> Failure {
    let help = match &error {
        Error::Dossier(_) => None,
        Error::NoToken(_) => Some(
            "add '--people FILE' ('rapporteur people add NAME --into FILE' makes one) or a token for all in RAPPORTEUR_TOKEN; or leave \
             '--host' out to serve this machine alone",
        ),
        Error::People(..) => Some("'rapporteur people add NAME --into FILE' adds somebody"),
        Error::WeakToken => Some("'openssl rand -hex 16' makes a good one"),
        Error::Listen(..) => Some("another program may use that port: '--port 0' takes any that is free"),
        _ => Some("try again"),
    };
    match (error, help) {
        (Error::Dossier(e), _) => Failure::Dossier(e),
        (error, help) => Failure::Usage(error.to_string(), help.unwrap_or_default().to_owned()),
    }
}
