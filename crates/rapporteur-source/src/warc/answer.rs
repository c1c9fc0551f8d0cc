//! The answer of a web server as an archive keeps it: status, headers, and a body in pieces or packed.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// A stored answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) media: Option<String>,
    pub(super) charset: Option<String>,
    chunked: bool,
    packed: Option<String>,
    body: Vec<u8>,
}

/// Reads the headers of a stored answer; nothing where it is none.
pub(super) fn read(mut bytes: Vec<u8>) -> Option<Answer> {
    let head = |sign: &[u8]| bytes.windows(sign.len()).position(|w| w == sign).map(|at| (at, at + sign.len()));
    let (end, body) = match (head(b"\r\n\r\n"), head(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
    let mut answer =
        Answer { status, media: None, charset: None, chunked: false, packed: None, body: bytes.split_off(body) };
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => (answer.media, answer.charset) = content_type(value),
            "transfer-encoding" => answer.chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => answer.packed = Some(value.to_ascii_lowercase()),
            _ => {}
        }
    }
    Some(answer)
}

/// The media type and the encoding in a `Content-Type`.
pub(super) fn content_type(value: &str) -> (Option<String>, Option<String>) {
    let lowered = |s: &str| Some(s.trim().trim_matches(['"', '\'']).to_lowercase()).filter(|s| !s.is_empty());
    let mut parts = value.split(';');
    let media = parts.next().and_then(lowered);
    let charset = parts.filter_map(|p| p.split_once('=')).find(|(n, _)| n.trim().eq_ignore_ascii_case("charset"));
    (media, charset.and_then(|(_, value)| lowered(value)))
}

impl Answer {
    /// The body as it was meant, of no more bytes than the limit.
    pub(super) fn body(self, limit: u64) -> Result<Vec<u8>, String> {
        let mut body = self.body;
        // Many archives keep the body put together and unpacked, and the headers as they were.
        if self.chunked
            && let Some(whole) = unchunk(&body)
        {
            body = whole;
        }
        let (gzip, zlib) = (body.starts_with(b"\x1f\x8b"), body.first().is_some_and(|b| b & 0x0f == 8));
        let unpacked = match self.packed.as_deref() {
            Some("gzip" | "x-gzip") if gzip => unpack(MultiGzDecoder::new(body.as_slice()), limit),
            Some("deflate") if zlib => unpack(ZlibDecoder::new(body.as_slice()), limit),
            Some("deflate") => unpack(DeflateDecoder::new(body.as_slice()), limit).or(Ok(body)),
            Some(other @ ("br" | "zstd" | "compress")) if std::str::from_utf8(&body).is_err() => {
                return Err(format!("its page is packed as {other}, which cannot be read"));
            }
            _ => Ok(body),
        };
        unpacked.map_err(|e| format!("its page {e}"))
    }
}

fn unpack(decoder: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    decoder.take(limit + 1).read_to_end(&mut out).map_err(|e| format!("is badly packed: {e}"))?;
    if out.len() as u64 > limit {
        return Err(format!("unpacks to more than the limit of {limit} bytes"));
    }
    Ok(out)
}

/// Puts a body together that was sent in pieces; nothing where it does not look as if it was.
fn unchunk(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    loop {
        let end = rest.iter().take(1024).position(|&b| b == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // The last piece may be cut with the record; what is there is still the page.
        let Some(piece) = rest.get(..size) else {
            out.extend_from_slice(rest);
            return Some(out);
        };
        out.extend_from_slice(piece);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn body(answer: &[u8]) -> Result<Vec<u8>, String> {
        read(answer.to_vec()).unwrap().body(1000)
    }

    #[test]
    fn bodies_in_pieces_and_whole_ones_that_say_so() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let pieces = format!("{head}4;x=y\r\nThe \r\n0a\r\nboard met.\r\n0\r\n\r\n");
        assert_eq!(body(pieces.as_bytes()).unwrap(), b"The board met.");
        assert_eq!(body(format!("{head}The board met.").as_bytes()).unwrap(), b"The board met.");
        assert_eq!(body(format!("{head}ff\r\nThe").as_bytes()).unwrap(), b"The");
    }

    #[test]
    fn packed_bodies_and_bombs() {
        let pack = |bytes: &[u8]| {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        };
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html; Charset=\"UTF-8\"\r\n\r\n"
            .as_slice();
        let answer = [head, &pack(b"The board met.")].concat();
        assert_eq!(body(&answer).unwrap(), b"The board met.");
        assert_eq!(read(answer).unwrap().charset.as_deref(), Some("utf-8"));
        assert_eq!(body(&[head, b"The board met."].concat()).unwrap(), b"The board met.", "unpacked already");
        assert!(body(&[head, &pack(&[b'a'; 5000])].concat()).unwrap_err().contains("limit"));
        assert!(body(&[head, &pack(b"The board met.")[..20]].concat()).is_err());
    }

    #[test]
    fn what_is_no_answer() {
        for bytes in
            [b"".as_slice(), b"\r\n\r\n", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 x\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"]
        {
            assert!(read(bytes.to_vec()).is_none(), "{bytes:?}");
        }
    }
}
