//! By which names this server goes.

use std::net::{IpAddr, SocketAddr};

/// The names.
#[derive(Debug)]
pub(crate) struct Hosts {
    names: Vec<String>,
    port: u16,
    /// Listening at all addresses, it may be called by any of them; a page that poses as this server has a name.
    any_address: bool,
    /// What a proxy calls it: a name, with a port where that does not go without saying.
    behind: Option<String>,
}

impl Hosts {
    /// The names of a server at this address, which people may have given another name, and a proxy a third.
    pub fn new(address: SocketAddr, named: Option<&str>, behind: Option<&str>) -> Self {
        let mut names: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).into();
        names.extend(named.map(|n| n.to_ascii_lowercase()));
        names.push(match address.ip() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        });
        Hosts {
            names,
            port: address.port(),
            any_address: address.ip().is_unspecified(),
            behind: behind.map(str::to_ascii_lowercase),
        }
    }

    /// Whether it is the name by which a proxy calls it.
    pub fn is_behind(&self, host: &str) -> bool {
        self.behind.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(host))
    }

    /// Whether this is one of them, with the port.
    pub fn know(&self, host: &str) -> bool {
        if self.is_behind(host) {
            return true;
        }
        let suffix = format!(":{}", self.port);
        let name = match host.strip_suffix(suffix.as_str()) {
            Some(name) => name,
            // The port of the protocol goes without saying.
            None if self.port == 80 => host,
            None => return false,
        };
        let name = name.to_ascii_lowercase();
        let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(&name);
        self.names.contains(&name) || self.any_address && bare.parse::<IpAddr>().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_it_was_started_with_are_known() {
        let hosts = Hosts::new("127.0.0.1:7070".parse().unwrap(), None, None);
        for good in ["localhost:7070", "LOCALHOST:7070", "127.0.0.1:7070", "[::1]:7070"] {
            assert!(hosts.know(good), "{good}");
        }
        for bad in [
            "",
            "localhost",
            "localhost:80",
            "evil.example:7070",
            "localhost.evil.example:7070",
            "127.0.0.2:7070",
            "localhost:7070:7070",
            "a@localhost:7070",
            "192.168.0.2:7070",
            "localhost:07070",
        ] {
            assert!(!hosts.know(bad), "{bad}");
        }
        let all = Hosts::new("0.0.0.0:80".parse().unwrap(), Some("Desk.example"), None);
        assert!(all.know("desk.example") && all.know("192.168.0.2") && all.know("[fe80::1]:80"));
        assert!(!all.know("evil.example"));
        let behind = Hosts::new("127.0.0.1:7070".parse().unwrap(), None, Some("Desk.example"));
        assert!(behind.know("desk.example") && behind.know("127.0.0.1:7070") && behind.is_behind("DESK.example"));
        assert!(
            !behind.know("desk.example:7070") && !behind.know("evil.example") && !behind.is_behind("127.0.0.1:7070")
        );
    }
}
