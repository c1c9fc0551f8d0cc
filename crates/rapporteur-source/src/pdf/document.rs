//! Pages to a document: running heads and page numbers go, paragraphs that go on over a page stay whole.

use std::collections::BTreeMap;

use super::Page;
use super::paragraph::{goes_on, parted};

/// How many paragraphs from the head and from the foot of a page may be running ones.
const REACH: usize = 2;

/// The longest running head, in bytes.
const LONGEST: usize = 160;

/// The pages without what is printed on each of them, and the address that a browser printed at their foot.
pub(super) fn join(mut pages: Vec<Page>, title: Option<&str>) -> (Vec<Page>, Option<String>) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for page in &pages {
        for at in edges(page) {
            *count.entry(form(&page.paragraphs[at].text)).or_default() += 1;
        }
    }
    let read = pages.iter().filter(|p| !p.paragraphs.is_empty()).count();
    let mut url = None;
    for page in &mut pages {
        // From the end, so that places stay true.
        for at in edges(page).into_iter().rev() {
            let text = page.paragraphs[at].text.clone();
            let often = count.get(&form(&text)).copied().unwrap_or(0);
            let running = text.len() <= LONGEST && often > 1 && often * 2 >= read;
            let printed = printed_address(&text);
            if running || printed.is_some() || is_page_number(&text) || is_print_head(&text, title) {
                url = url.or(printed.filter(|a| a.starts_with("http")).map(str::to_owned));
                page.paragraphs.remove(at);
            }
        }
    }
    for n in 1..pages.len() {
        let (before, after) = pages.split_at_mut(n);
        let (Some(before), Some(page)) = (before.iter_mut().rfind(|p| !p.paragraphs.is_empty()), after.first_mut())
        else {
            continue;
        };
        let doubtful = before.doubtful || page.doubtful;
        let (Some(last), Some(first)) = (before.paragraphs.last_mut(), page.paragraphs.first_mut()) else { continue };
        if !doubtful && goes_on(last, first) {
            first.goes_on = true;
            if let Some(kept) = parted(&last.text, &first.text) {
                last.text.truncate(kept);
                first.text.insert(0, '\u{ad}');
            }
        }
    }
    (pages, url)
}

/// The paragraphs at the head and at the foot, in order.
fn edges(page: &Page) -> Vec<usize> {
    let all = page.paragraphs.len();
    (0..all).filter(|&at| at < REACH || at + REACH >= all).collect()
}

/// A text with its numbers made alike.
fn form(text: &str) -> String {
    let mut form = String::new();
    for c in text.chars() {
        match c.is_ascii_digit() {
            true if form.ends_with('#') => {}
            true => form.push('#'),
            false => form.push(c),
        }
    }
    form
}

/// "3", "- 3 -", "3/7", "Page 3 of 7".
fn is_page_number(text: &str) -> bool {
    let form = form(text).to_lowercase();
    let form = form.trim_matches(|c: char| c.is_whitespace() || "-–—|[]".contains(c));
    form == "#" || form == "#/#" || form == "page #" || form == "# of #" || form == "page # of #"
}

/// The address in what browsers print at the foot: `https://post.example/weir 1/2`.
fn printed_address(text: &str) -> Option<&str> {
    let (address, pages) = text.split_once(' ').unwrap_or((text, ""));
    let counted = pages.is_empty() || is_page_number(pages);
    let starts = ["http://", "https://", "file://"].iter().any(|s| address.starts_with(s));
    (starts && counted).then_some(address)
}

/// What browsers print at the head: "5/3/31, 10:15 AM Weir stays open".
fn is_print_head(text: &str, title: Option<&str>) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(':')
        && title.is_some_and(|title| text.len() <= title.len() + 30 && text.ends_with(title))
}

#[cfg(test)]
mod tests {
    use super::super::Paragraph;
    use super::*;

    fn page(texts: &[&str]) -> Page {
        let paragraph = |text: &&str| Paragraph { text: (*text).into(), ..Paragraph::default() };
        Page { paragraphs: texts.iter().map(paragraph).collect(), ..Page::default() }
    }

    #[test]
    fn running_heads_go_and_paragraphs_stay_whole() {
        let pages = vec![
            page(&["The Post, page 1", "The weir stays open until the snow has mel-", "https://post.example/a 1/2"]),
            page(&["The Post, page 2", "ted, the board said.", "Nobody asked.", "https://post.example/a 2/2"]),
        ];
        let (pages, url) = join(pages, None);
        assert_eq!(url.as_deref(), Some("https://post.example/a"));
        assert_eq!(pages[0].paragraphs[0].text, "The weir stays open until the snow has mel");
        assert!(pages[1].paragraphs[0].goes_on && pages[1].paragraphs[0].text.starts_with('\u{ad}'));
        assert_eq!(pages[1].paragraphs.len(), 2);
    }

    #[test]
    fn numbers_are_told_from_sentences() {
        assert!(is_page_number("- 12 -") && is_page_number("Page 3 of 7") && !is_page_number("3 dockers left"));
        assert!(printed_address("https://a.example/ is down").is_none());
    }
}
