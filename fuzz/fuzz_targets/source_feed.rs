//! A feed or a list of feeds of any bytes is reports or errors. The first byte says what it begins like.
#![no_main]

mod reading;

use libfuzzer_sys::fuzz_target;
use reading::read;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let mut feed: Vec<u8> = match first % 5 {
        0 => b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item>".to_vec(),
        1 => b"<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>".to_vec(),
        2 => b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{".to_vec(),
        3 => b"<opml version=\"2.0\"><body>".to_vec(),
        _ => Vec::new(),
    };
    feed.extend_from_slice(rest);
    read(&feed);
});
