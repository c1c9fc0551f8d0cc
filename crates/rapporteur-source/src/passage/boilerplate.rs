//! Site furniture: cookie notices, menus, language choosers, licence and hotline lines, prompts to share or subscribe.

use std::sync::LazyLock;

use rapporteur_lexicon::{rows, table};

use super::{Paragraph, words};

/// One line of the data file.
struct Sign {
    how: &'static str,
    most: usize,
    words: &'static str,
}

static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    rows(table::BOILERPLATE).map(|[how, most, words]| Sign { how, most: most.parse().unwrap_or(0), words }).collect()
});

/// Whether a paragraph is furniture of a site.
pub(super) fn is(paragraph: &Paragraph<'_>) -> bool {
    // No sign condemns a long paragraph but a pair of legal terms, so those need not be folded and searched.
    let length = paragraph.words;
    if length > 200 {
        return false;
    }
    let folded = fold(paragraph.text);
    by_sign(&folded, length)
        || menu(paragraph.text)
        || shouted_prompt(paragraph.text, length)
        || foreign_notice(paragraph)
        || bare_address(paragraph.text)
}

fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for word in lower.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| if c == '’' { '\'' } else { c }));
    }
    out
}

fn by_sign(folded: &str, length: usize) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let opening = folded.trim_start_matches(|c: char| "[(*•-– ".contains(c));
    let mut legal = 0;
    for sign in SIGNS.iter().filter(|s| s.most == 0 || length <= s.most) {
        let hit = match sign.how {
            "is" => bare == sign.words,
            "starts" => opening.starts_with(sign.words),
            "has" => folded.contains(sign.words),
            _ => {
                legal += usize::from(folded.contains(sign.words));
                false
            }
        };
        if hit {
            return true;
        }
    }
    legal >= 2
}

/// "Home | World | Sport": three or more short items and nothing else.
fn menu(text: &str) -> bool {
    // not words: marks
    ["|", "·", "•", "›", " / "].iter().filter(|mark| text.contains(**mark)).any(|mark| {
        let items: Vec<&str> = text.split(mark).map(str::trim).filter(|i| !i.is_empty()).collect();
        items.len() >= 3 && items.iter().all(|i| words(i) <= 3 && !i.ends_with(['.', ',', '?', '!', '"', '”']))
    })
}

/// "CHOOSE YOUR LANGUAGE": a few words in capitals that address the reader.
fn shouted_prompt(text: &str, length: usize) -> bool {
    let shouted = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    shouted
        && (2..=8).contains(&length)
        && text.split_whitespace().any(|w| matches!(w, "YOUR" | "YOU" | "OUR" | "US"))
        && !text.contains("U.S")
}

/// A short line mostly in another script than the report: a licence number, the name of the site, a chooser.
fn foreign_notice(paragraph: &Paragraph<'_>) -> bool {
    if paragraph.text.is_ascii() || paragraph.words > 12 {
        return false;
    }
    let letters = paragraph.text.chars().filter(|c| c.is_alphabetic());
    let (mut latin, mut other) = (0, 0);
    letters.for_each(|c| if (c as u32) < 0x250 { latin += 1 } else { other += 1 });
    paragraph.latin && other > 0 && other >= latin && !paragraph.text.contains(['"', '“', '«'])
}

/// Nothing but an address of the web or of mail.
fn bare_address(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    match (parts.next(), parts.next()) {
        (Some(one), None) => {
            one.starts_with("http://")
                || one.starts_with("https://")
                || one.starts_with("www.")
                || (one.contains('@') && one.contains('.') && !one.ends_with('.'))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furniture(text: &str) -> bool {
        is(&Paragraph::new(text, 3, None, true))
    }

    #[test]
    fn furniture_is_told_by_its_form() {
        for text in [
            "We use cookies to improve your visit. See our privacy policy for details.",
            "ADVERTISEMENT",
            "Advertisement – story continues below",
            "Read more: Dockers walk out for a third day",
            "SELECT YOUR EDITION",
            "Home | World | Business | Sport",
            "京ICP证000000号",
            "© 2031 Harbour Post. All rights reserved.",
            "Sign up for our free newsletter and get the day's five stories by breakfast.",
            "https://example.org/a/b",
            "Share this article",
        ] {
            assert!(furniture(text), "{text}");
        }
    }

    #[test]
    fn news_is_no_furniture() {
        for text in [
            "The minister said the ministry would share the minutes with the union on Monday.",
            "Parliament passed a bill on cookies that obliges sites to ask first.",
            "\"You must choose,\" she told the board.",
            "U.S. AND CANADA SIGN",
            "Share prices fell after the talks broke down, traders said.",
            "“Мы согласны”, he said.",
        ] {
            assert!(!furniture(text), "{text}");
        }
    }
}
