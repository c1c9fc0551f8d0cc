//! SRT and WebVTT: what was said in a recording, put together again to sentences and turns.
//!
//! A subtitle is a line or two for a second or two. Those that follow one another are joined to paragraphs; another speaker, where
//! one is marked, begins a new one ("NAME: …", `<v NAME>`, a dash at the beginning), and so does a pause. Each paragraph is a
//! part named by its time.

use std::time::Duration;

use crate::ErrorKind;
use crate::fragment;
use crate::paragraphs::Paragraphs;
use crate::plain::decode;
use crate::raw_article::RawArticle;

/// A pause after which a sentence that is over ends its paragraph.
const PAUSE: Duration = Duration::from_secs(3);

/// The letters after which the end of a sentence ends its paragraph.
const LONG: usize = 500;

/// One subtitle.
#[derive(Debug, PartialEq, Eq)]
struct Cue {
    from: Duration,
    to: Duration,
    /// Its lines with the speaker of each, where one is marked; an empty name is another speaker who is not named.
    lines: Vec<(Option<String>, String)>,
}

/// Whether the beginning of a file is that of subtitles: WebVTT says so, of SRT the first number and times are looked at.
pub(crate) fn is(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    first == "WEBVTT"
        || first.starts_with("WEBVTT ")
        || (first.bytes().all(|b| b.is_ascii_digit()) && lines.next().is_some_and(|line| times(line).is_some()))
}

/// The article in a file of subtitles.
pub(crate) fn draft(bytes: &[u8], charset: Option<&str>) -> Result<RawArticle, ErrorKind> {
    let decoded = decode::decode_as(bytes, charset)?;
    let mut turns = Turns::default();
    for cue in cues(&decoded.text) {
        turns.take(cue);
    }
    turns.end();
    if turns.out.is_empty() {
        return Err(ErrorKind::NoSubtitles);
    }
    let mut article = turns.out.article();
    (article.encoding, article.replaced) = (decoded.encoding.name().to_owned(), decoded.replaced);
    Ok(article)
}

#[derive(Default)]
struct Turns {
    out: Paragraphs,
    /// The paragraph that is open, and when it began and ended.
    words: String,
    began: Duration,
    ended: Duration,
    /// What the last subtitle showed: some programs show each line twice, as if it rolled up the screen.
    shown: Vec<String>,
}

impl Turns {
    fn take(&mut self, cue: Cue) {
        let shown = std::mem::take(&mut self.shown);
        for (speaker, line) in &cue.lines {
            self.shown.push(line.clone());
            if shown.contains(line) && speaker.is_none() {
                continue;
            }
            let ends = self.words.ends_with(['.', '!', '?', '”', '"', '…']);
            let paused = cue.from.saturating_sub(self.ended) >= PAUSE;
            if speaker.is_some() || (ends && (paused || self.words.len() > LONG)) {
                self.end();
            }
            if self.words.is_empty() {
                self.began = cue.from;
                if let Some(name) = speaker.as_ref().filter(|name| !name.is_empty()) {
                    self.words = format!("{name}:");
                }
            }
            if !self.words.is_empty() {
                self.words.push(' ');
            }
            self.words.push_str(line);
        }
        self.ended = cue.to;
    }

    fn end(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.trim().is_empty() {
            let seconds = self.began.as_secs();
            self.out.part(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60), None);
            self.out.push(&words, None);
        }
    }
}

/// The subtitles of a text; what is none (notes, styles, numbers) is passed over.
fn cues(text: &str) -> Vec<Cue> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut cues = Vec::new();
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let Some((from, to)) = times(line) else { continue };
        let mut cue = Cue { from, to, lines: Vec::new() };
        let mut said: Option<String> = None;
        // A blank line ends it; where one is missing, the next times do.
        while let Some(line) = lines.next_if(|line| !line.trim().is_empty() && times(line).is_none()) {
            let number =
                line.trim().bytes().all(|b| b.is_ascii_digit()) && lines.peek().is_some_and(|l| times(l).is_some());
            if number {
                break;
            }
            let (speaker, words) = speaker(line);
            if words.is_empty() {
                continue;
            }
            // The same name on each line of one subtitle is one turn.
            let new = speaker.filter(|name| said.as_ref() != Some(name) || name.is_empty());
            said = new.clone().or(said);
            cue.lines.push((new, words));
        }
        cues.push(cue);
    }
    cues
}

/// "00:01:02,500 --> 00:01:04,000", with what WebVTT may say behind it.
fn times(line: &str) -> Option<(Duration, Duration)> {
    let (from, to) = line.split_once("-->")?;
    Some((time(from.trim())?, time(to.split_whitespace().next()?)?))
}

fn time(written: &str) -> Option<Duration> {
    let (whole, thousandths) = written.split_once([',', '.']).unwrap_or((written, "0"));
    let mut seconds = 0u64;
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for part in parts {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse::<u32>().ok()?.into())?;
    }
    Some(Duration::from_secs(seconds) + Duration::from_millis(thousandths.parse::<u16>().ok()?.into()))
}

/// Who says a line, if that is marked, and its words without marks.
fn speaker(line: &str) -> (Option<String>, String) {
    let mut rest = line.trim();
    let mut name = None;
    // `<v.loud Mira Orlan>The weir …`
    if let Some(tag) = rest.strip_prefix("<v")
        && let Some((inside, after)) = tag.split_once('>')
    {
        let named = inside.split_once([' ', '\t']).map_or("", |(_, named)| named);
        name = Some(tidy(named));
        rest = after;
    }
    let mut words = tidy(rest);
    // not words: marks of another speaker
    for dash in ["- ", "– ", "— ", ">> ", "-"] {
        if name.is_none()
            && let Some(after) =
                words.strip_prefix(dash).filter(|w| w.starts_with(|c: char| c.is_alphabetic() || c == '“'))
        {
            (name, words) = (Some(String::new()), after.to_owned());
        }
    }
    // "ORLAN: The weir …"; a colon in a sentence stands behind more words, and small ones.
    if let Some((before, after)) = words.split_once(": ")
        && before.len() <= 60
        && before.split_whitespace().count() <= 5
        && before.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '('))
    {
        (name, words) = (Some(before.to_owned()), after.trim().to_owned());
    }
    (name, words)
}

/// Words without tags of either format, on one line.
fn tidy(words: &str) -> String {
    let mut plain = fragment::line(words);
    // `{\an8}` says where on the screen.
    while let Some(start) = plain.find("{\\")
        && let Some(length) = plain[start..].find('}')
    {
        plain.replace_range(start..=start + length, "");
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(String, String)> {
        let article = draft(text.as_bytes(), None).unwrap();
        let part = |start: usize| article.parts.iter().rfind(|p| p.start <= start).map_or("", |p| p.name.as_str());
        article
            .blocks
            .iter()
            .map(|b| (part(b.range.start).to_owned(), article.text[b.range.clone()].to_owned()))
            .collect()
    }

    fn both(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
        wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn lines_become_turns() {
        let srt = "1\r\n00:00:01,000 --> 00:00:03,000\r\nHOST: Does the weir\r\nstay <i>open</i>?\r\n\r\n2\r\n00:00:03,000 --> 00:00:05,000\r\n\
                   MIRA ORLAN: Until the snow\r\n\r\n3\r\n00:00:05,000 --> 00:00:07,000\r\n{\\an8}has melted. We said: never before.\r\n\r\n\
                   4\r\n01:00:00,000 --> 01:00:01,000\r\n- Why?\r\n";
        let wanted = [
            ("00:00:01", "HOST: Does the weir stay open?"),
            ("00:00:03", "MIRA ORLAN: Until the snow has melted. We said: never before."),
            ("01:00:00", "Why?"),
        ];
        assert_eq!(of(srt), both(&wanted));
        let vtt = "WEBVTT - talk\n\nNOTE made by hand\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000 line:0\n<v Mira Orlan>The weir &amp; the lock\n\
                   \n00:02.000 --> 00:03.000\nThe weir &amp; the lock\nstay open.\n";
        assert_eq!(of(vtt), both(&[("00:00:01", "Mira Orlan: The weir & the lock stay open.")]));
    }

    #[test]
    fn broken_files_end() {
        for text in ["", "WEBVTT", "1\n00:00:01,000 -->", "-->", "99999999999999:00:00 --> x", "00:00 --> 00:01\n<v"] {
            let _ = draft(text.as_bytes(), None);
        }
    }
}
