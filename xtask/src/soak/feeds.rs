//! A newsroom of invented reports: feeds on this machine, more and more of them, and the lists by which `watch` finds them.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;

use anyhow::Result;

/// The words of a report by its number; no two are alike.
pub(super) fn text(number: usize) -> String {
    let of = |words: &[&'static str], turn: usize| words[(number / turn) % words.len()];
    let minister = of(&["Water Minister Mira Orlan", "Harbour Minister Ilva Marsh", "Trade Minister Henrik Valory"], 1);
    let union = of(&["the fishers' union", "the pilots' guild", "the millers' council", "the ferry crews"], 2);
    let place = of(&["Brenn", "Tesk", "Velmin", "Osk", "Harrow Bay"], 3);
    let day = of(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], 5);
    let name = minister.rsplit(' ').next().unwrap_or_default();
    let (days, share) = (10 + number % 17, 3 + number % 40);
    format!(
        "{minister} met {union} in {place} on {day}, and both sides came out without a word.\n\n\
         “The weir stays open until {share} of the mills agree,” {name} said on the steps of the town hall. \
         The talks of that evening went on for {days} hours, an official of the ministry said.\n\n\
         The union wants the weir closed in spring, when the eels go up the river, and the mills want it open for {days} \
         days in each month. “We will sign nothing before the snow has melted,” union chair Odo Kest told report {number}.\n\n\
         {name} is to meet the other side again next week if the ministry agrees, according to two people who were \
         in the room. Neither side would say how many boats are to lie idle until then."
    )
}

/// The title of a report that a feed brings.
pub(super) fn title(number: usize) -> String {
    format!("Weir talks, report {number}")
}

/// Serves any feed that is asked for, each with one report, until the program ends; gives the address.
pub(super) fn serve() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
    let path = first.split(' ').nth(1)?;
    let number: Option<usize> = path.strip_prefix("/feed-").and_then(|rest| rest.strip_suffix(".xml")?.parse().ok());
    let (status, body) = number.map_or(("404 Not Found", String::new()), |number| ("200 OK", feed(number)));
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()
}

fn feed(number: usize) -> String {
    let paragraphs = text(number).split("\n\n").fold(String::new(), |mut all, p| {
        let _ = write!(all, "<p>{p}</p>");
        all
    });
    let title = title(number);
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>\
         <title>Outlet {}</title><item><title>{title}</title><link>https://outlet.example/{number}</link><guid>{number}</guid>\
         <pubDate>Mon, {:02} Mar 2026 09:00:00 +0000</pubDate><content:encoded><![CDATA[{paragraphs}]]></content:encoded>\
         </item></channel></rss>",
        number % 9,
        2 + number % 20
    )
}

/// Writes the list of these feeds, whole or not at all: `watch` reads it anew at each look.
pub(super) fn list(at: &Path, address: SocketAddr, feeds: &[usize]) -> Result<()> {
    let lines: String =
        feeds.iter().map(|n| format!("<outline type=\"rss\" xmlUrl=\"http://{address}/feed-{n}.xml\"/>\n")).collect();
    let beside = at.with_extension("new");
    std::fs::write(&beside, format!("<?xml version=\"1.0\"?><opml version=\"2.0\"><body>{lines}</body></opml>\n"))?;
    Ok(std::fs::rename(beside, at)?)
}
