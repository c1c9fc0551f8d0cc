//! Which addresses lead to the public web, and which to this machine, to its network or to nowhere.
//!
//! A feed or a page that anyone wrote names the addresses asked for. Without this, it could have pages read that only
//! this machine can reach: the settings of a router, the keys that a cloud hands to its machines.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::error::Cause;

/// Ports of well-known services that are not the web; the list that browsers keep to (fetch.spec.whatwg.org, "bad port"),
/// and those of common databases.
#[rustfmt::skip]
const OTHER_SERVICES: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379,
    2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
    6697, 9042, 9200, 10080, 10250, 11211, 27017,
];

/// Reads an address and refuses what is no plain web address, whatever it leads to.
pub(super) fn check(url: &str) -> Result<Url, Cause> {
    let url = Url::parse(url.trim()).map_err(|e| Cause::BadUrl(e.to_string()))?;
    checked(url)
}

/// The same for an address that is read already.
pub(super) fn checked(mut url: Url) -> Result<Url, Cause> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Cause::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Cause::Userinfo);
    }
    if url.host().is_none() {
        return Err(Cause::BadUrl("it has no host".into()));
    }
    if let Some(port) = url.port()
        && OTHER_SERVICES.contains(&port)
    {
        return Err(Cause::Port(port));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether the name itself says that it is of this machine.
pub(super) fn is_local_name(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
        _ => false,
    }
}

/// Whether an address is on the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = match a {
        0 | 10 | 127 => true,
        100 => (64..128).contains(&b), // shared by the customers of a provider; also the metadata of one cloud
        169 => b == 254,               // link-local; the metadata of most clouds
        172 => (16..32).contains(&b),
        192 => b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99),
        198 => b == 18 || b == 19 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => a >= 224, // multicast, reserved, broadcast
    };
    // Inside Azure this public address is that of the host's own services.
    !reserved && address != Ipv4Addr::new(168, 63, 129, 16)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let low = Ipv4Addr::from(((u32::from(s[6])) << 16) | u32::from(s[7]));
    match s {
        [0, 0, 0, 0, 0, 0xffff, ..] => is_public_v4(low), // IPv4 in the clothes of IPv6
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => is_public_v4(low), // NAT64: what a network without IPv4 gives for all names
        [0x2002, high, next, ..] => is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(next))), // 6to4
        [0x2001, b, ..] if b < 0x200 || b == 0xdb8 => false, // Teredo and other special uses; documentation
        [0x3fff, b, ..] if b < 0x1000 => false,           // documentation
        // Only 2000::/3 is given out; all else is local, multicast, unspecified or not in use.
        [a, ..] => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_in_every_form() {
        for address in [
            "127.0.0.1",
            "127.255.0.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::808:808",
            "2002:7f00:1::",
            "2002:c0a8:101::",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "fec0::1",
            "100::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "192.1.0.1",
            "2606:4700::1111",
            "64:ff9b::808:808",
            "::ffff:8.8.8.8",
            "2002:808:808::1",
            "2001:4860:4860::8888",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn only_plain_web_addresses_pass() {
        for url in
            ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "javascript:1", "data:,x", "a.example"]
        {
            assert!(check(url).is_err(), "{url}");
        }
        assert!(matches!(check("https://me:secret@a.example/"), Err(Cause::Userinfo)));
        assert!(matches!(check("https://me@a.example/"), Err(Cause::Userinfo)));
        assert!(matches!(check("http://a.example:22/"), Err(Cause::Port(22))));
        assert!(check("http://a.example:8080/x#part").is_ok_and(|u| u.as_str() == "http://a.example:8080/x"));
    }

    #[test]
    fn odd_spellings_of_this_machine_are_read_as_browsers_do() {
        for url in ["http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/"] {
            let url = check(url).unwrap();
            assert_eq!(url.host_str(), Some("127.0.0.1"));
        }
        let local = |s: &str| is_local_name(&check(s).unwrap().host().unwrap());
        assert!(local("http://LocalHost/") && local("http://a.localhost./") && !local("http://localhost.example/"));
    }
}
