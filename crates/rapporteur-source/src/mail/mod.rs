//! Mail: one message (EML), or many (mbox): newsletters, alerts, forwarded articles, with what is attached.
//!
//! A message is a report, and so is each attachment that is one. A newsletter's sender is its outlet; of a letter, the sender is
//! the author. Pictures, calendars and signatures are no reports.

use std::io::Cursor;
use std::ops::ControlFlow;

use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail, addrparse_header, parse_mail};
use rapporteur_schema::PassageKind;

use crate::format::{self, Format};
use crate::known::Known;
use crate::limits::{MAX_MAIL_PARTS, MAX_NESTED, MAX_REPORT_BYTES};
use crate::raw_article::RawArticle;
use crate::read::{InputLocation, Reader};
use crate::unpack::{Line, Unpacked};
use crate::{ErrorKind, date, fragment};

/// How much shorter than its HTML a plain text is a mere "view it in your browser".
const STUB: usize = 2;

/// What a message consists of.
#[derive(Default)]
struct Content {
    plain: String,
    html: String,
    attached: Vec<Attachment>,
    /// Parts beyond the limit.
    left: usize,
}

struct Attachment {
    name: String,
    media: String,
    bytes: Vec<u8>,
}

impl Reader<'_, '_, '_> {
    /// Reads a message.
    pub(crate) fn mail(&mut self, place: InputLocation, bytes: Vec<u8>) -> ControlFlow<()> {
        let parsed = match parse_mail(&bytes) {
            Ok(parsed) => parsed,
            Err(e) => return self.failed(&place.path, ErrorKind::Mail(e.to_string())),
        };
        let mut content = Content::default();
        content.take(&parsed, 0);
        let known = known(&parsed);
        drop(parsed);
        if content.left > 0 {
            self.warn(format!("{}: {} of its parts were not read, for it has so many", place.source, content.left))?;
        }
        let part = place.clone();
        let attached = std::mem::take(&mut content.attached);
        match content.article() {
            Some(draft) => self.deliver(place, RawArticle { known, ..draft }, bytes, "message/rfc822")?,
            None if attached.is_empty() => return self.failed(&place.path, ErrorKind::Mail("it has no text".into())),
            // Many send an article and not a word with it.
            None => {}
        }
        for (n, attachment) in attached.into_iter().enumerate() {
            self.attachment(&part, n as u64 + 1, attachment)?;
        }
        ControlFlow::Continue(())
    }

    fn attachment(&mut self, mail: &InputLocation, number: u64, attachment: Attachment) -> ControlFlow<()> {
        let mut place = mail.part(number);
        // A name from a message must lead nowhere: it only tells what the part is.
        let name: String =
            attachment.name.chars().filter(|c| !c.is_control() && !"/\\#".contains(*c)).take(120).collect();
        place.source = format!("{}#{name}", mail.source);
        place.path = place.source.clone().into();
        place.name = name;
        (place.beside, place.in_folder) = (false, true);
        place.known = Known::default();
        place.media = Some(attachment.media).filter(|media| media != "application/octet-stream");
        place.length = Some(attachment.bytes.len() as u64);
        if self.depth >= MAX_NESTED {
            return self.failed(&place.path, ErrorKind::Mail(format!("it is inside {MAX_NESTED} others")));
        }
        if let Some(why) = no_report(&place) {
            return self.skipped(&place.path.clone(), why);
        }
        self.depth += 1;
        let flow = self.stream(place, Box::new(Cursor::new(attachment.bytes)));
        self.depth -= 1;
        flow
    }

    /// Reads many messages, one after another: each begins with a line "From …" behind a blank one.
    pub(crate) fn mbox(&mut self, place: &InputLocation, bytes: &mut Unpacked<'_>) -> ControlFlow<()> {
        let (mut message, mut number, mut blank, mut too_long) = (Vec::new(), 0, true, false);
        loop {
            let line = match bytes.line(MAX_REPORT_BYTES as usize) {
                Ok(line) => line,
                Err(e) => return self.failed(&place.path, ErrorKind::io(e)),
            };
            let begins = blank && matches!(&line, Some(Line::Whole(line)) if line.starts_with(b"From "));
            if line.is_none() || begins {
                let whole = std::mem::take(&mut message);
                if number > 0 && !whole.is_empty() || too_long {
                    let mut part = place.part(number);
                    part.path = part.source.clone().into();
                    part.beside = false;
                    match std::mem::take(&mut too_long) {
                        true => self.failed(&part.path, ErrorKind::TooMuch { limit: MAX_REPORT_BYTES })?,
                        false => self.document(part, Format::Mail, whole)?,
                    }
                }
                number += 1;
            }
            match line {
                None => return ControlFlow::Continue(()),
                Some(Line::TooLong) => (too_long, blank) = (true, false),
                Some(Line::Whole(_)) if begins => blank = false,
                Some(Line::Whole(line)) => {
                    blank = line.trim_ascii().is_empty();
                    // `>From ` stands for a line of the message that begins so.
                    let marks = line.iter().take_while(|&&b| b == b'>').count();
                    let quoted = marks > 0 && line[marks..].starts_with(b"From ");
                    if (message.len() + line.len()) as u64 > MAX_REPORT_BYTES {
                        too_long = true;
                        message.clear();
                    } else if !too_long {
                        message.extend_from_slice(if quoted { &line[1..] } else { &line });
                    }
                }
            }
        }
    }
}

/// Why an attachment is no report, where that is plain from what it is called.
fn no_report(place: &InputLocation) -> Option<&'static str> {
    let media = place.media.as_deref().unwrap_or_default();
    let (ending, _) = format::ending(&place.name);
    if format::is_input(&place.name) || format::is_article_media(media) {
        return None;
    }
    Some(format::why_not(&ending))
}

impl Content {
    fn take(&mut self, part: &ParsedMail<'_>, depth: usize) {
        if self.attached.len() >= MAX_MAIL_PARTS {
            self.left += 1;
            return;
        }
        let media = part.ctype.mimetype.to_lowercase();
        let disposition = part.get_content_disposition();
        let named = disposition.params.get("filename").or_else(|| part.ctype.params.get("name"));
        if media.starts_with("multipart/") {
            for inner in &part.subparts {
                self.take(inner, depth + 1);
            }
            return;
        }
        let attached = disposition.disposition == DispositionType::Attachment || (named.is_some() && depth > 0);
        let body = || {
            part.get_body()
                .unwrap_or_else(|_| String::from_utf8_lossy(&part.get_body_raw().unwrap_or_default()).into_owned())
        };
        match media.as_str() {
            "text/plain" if !attached => self.plain.push_str(&(body() + "\n")),
            "text/html" if !attached => self.html.push_str(&body()),
            // Logos and buttons of the message itself, signatures, and the texts of programs.
            _ if media.starts_with("image/") && !attached => {}
            _ if media.starts_with("image/") && part.headers.get_first_value("Content-ID").is_some() => {}
            "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {}
            "text/calendar" | "message/delivery-status" | "text/rfc822-headers" => {}
            _ => {
                let bytes = part.get_body_raw().unwrap_or_default();
                let name = named.cloned().unwrap_or_else(|| match media.as_str() {
                    "message/rfc822" => "message.eml".to_owned(),
                    _ => format!("part {}", self.attached.len() + 1),
                });
                self.attached.push(Attachment { name, media, bytes });
            }
        }
    }

    /// The text of the message: the plain one, unless it is a stub beside the other.
    fn article(&self) -> Option<RawArticle> {
        let html = (!self.html.trim().is_empty()).then(|| fragment::draft(&self.html));
        let plain = self.plain.trim();
        if let Some(html) = html
            && !html.text.trim().is_empty()
            && plain.len() * STUB < html.text.len()
        {
            return Some(RawArticle { map: rapporteur_schema::SourceMap::default(), ..html });
        }
        if plain.is_empty() {
            return None;
        }
        let text = plain.replace("\r\n", "\n");
        let mut article = RawArticle::text(text, rapporteur_schema::SourceMap::default());
        // What stands below "-- " is the same under every letter, and what is quoted was said by another.
        let signature = article.text.find("\n-- \n").map_or(article.text.len(), |at| at + 1);
        for block in &mut article.blocks {
            let words = &article.text[block.range.clone()];
            if block.range.start >= signature || words.starts_with('>') {
                block.kind = Some(PassageKind::Boilerplate);
            }
        }
        Some(article)
    }
}

/// What the head of a message tells.
fn known(mail: &ParsedMail<'_>) -> Known {
    let header = |name: &str| mail.headers.get_first_value(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    let sender = mail.headers.get_first_header("From").and_then(|from| addrparse_header(from).ok());
    let sender = sender.and_then(|from| match from.first()? {
        MailAddr::Single(one) => one.display_name.clone().or_else(|| Some(one.addr.clone())),
        MailAddr::Group(group) => Some(group.group_name.clone()),
    });
    // not words: names of fields of mail
    let list = ["List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID", "X-Campaign"];
    let newsletter = list.iter().any(|name| mail.headers.get_first_header(name).is_some());
    let address = header("Archived-At").map(|url| url.trim_matches(['<', '>', ' ']).to_owned());
    let (outlet, byline) = if newsletter { (sender, None) } else { (None, sender) };
    Known {
        outlet,
        byline,
        url: address.filter(|url| url.starts_with("http")),
        published: header("Date").and_then(|written| date::read(&written)),
        title: header("Subject"),
        ..Known::default()
    }
}
