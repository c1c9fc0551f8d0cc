//! What a page says of its article: title, outlet, author, address, language, agencies.

use rapporteur_lexicon::words::furniture;
use rapporteur_schema::Edtf;

use super::Hint;
use super::date::Custom;
use super::linked::{self, Linked};
use super::published::{Page, dates};
use super::reduce::Head;
use super::render::Block;
use super::sign::Marks;
use crate::known::Known;
use crate::passage::credited;

/// What is known of the article.
pub(super) fn known(head: &Head, blocks: &[Block], hint: &Hint) -> Known {
    let linked = linked::read(&head.linked);
    let url = address(head, &linked, hint);
    let language = head.language.as_deref().or(linked.language.as_deref()).and_then(tag);
    let lower = language.as_deref().unwrap_or_default().to_lowercase();
    let where_from = hint.url.as_deref().or(url.as_deref());
    let page = Page { head, linked: &linked, url: where_from, blocks, custom: Custom { language: &lower } };
    let (published, modified) = dates(&page);
    let outlet = outlet(head, &linked, where_from);
    let byline = byline(head, &linked, blocks);
    let mut credits: Vec<String> = linked.sources.iter().chain(byline.iter()).flat_map(|name| credited(name)).collect();
    credits.sort();
    credits.dedup();
    Known {
        title: title(head, &linked, blocks, outlet.as_deref()),
        byline,
        outlet,
        url,
        published: published.map(Edtf::day),
        modified: modified.map(Edtf::day),
        language,
        credits,
    }
}

/// A language tag as BCP 47 writes it; `None` for what is none.
fn tag(value: &str) -> Option<String> {
    let mut parts = value.trim().split(['-', '_']);
    let primary = parts.next()?.to_lowercase();
    if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let region = parts.next().filter(|r| r.len() == 2 && r.bytes().all(|b| b.is_ascii_alphabetic()));
    Some(region.map_or(primary.clone(), |r| format!("{primary}-{}", r.to_uppercase())))
}

/// Where it was published: an absolute address that is not that of a whole site.
fn address(head: &Head, linked: &Linked, hint: &Hint) -> Option<String> {
    let absolute = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    let of_article = |url: &&str| {
        let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        !path.trim_matches('/').is_empty()
    };
    let said = [head.canonical.as_deref(), head.meta(&["og:url"]), linked.url.as_deref()];
    let said = said.into_iter().flatten().filter(absolute).find(of_article);
    said.or(hint.url.as_deref()).map(str::to_owned)
}

/// The host of an address without "www.".
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = ["www.", "m.", "amp."].iter().find_map(|p| host.strip_prefix(p)).unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

fn outlet(head: &Head, linked: &Linked, url: Option<&str>) -> Option<String> {
    let named = head
        .meta(&["og:site_name"])
        .or(linked.publisher.as_deref())
        .or_else(|| head.meta(&["application-name", "dc.publisher", "publisher", "apple-mobile-web-app-title"]));
    let named = named.map(tidy).filter(|n| !n.is_empty() && n.chars().count() <= 80 && !n.starts_with("http"));
    named.or_else(|| url.and_then(host).map(str::to_owned))
}

fn title(head: &Head, linked: &Linked, blocks: &[Block], outlet: Option<&str>) -> Option<String> {
    let heading = || blocks.iter().find(|b| &*b.element == "h1" && !b.hidden).map(|b| b.text.as_str());
    let said =
        // not words: names of meta tags, marks
        [linked.headline.as_deref(), head.meta(&["og:title", "twitter:title", "dc.title", "parsely-title", "title"])];
    let said = said.into_iter().flatten().map(tidy).find(|t| !t.is_empty());
    let whole = Some(tidy(&head.title)).filter(|t| !t.is_empty());
    let title = said.or(whole).map(|t| without_site(&t, outlet)).or_else(|| heading().map(tidy))?;
    (!title.is_empty()).then_some(title)
}

/// A title without the name of the site after a bar or a dash.
pub(super) fn without_site(title: &str, outlet: Option<&str>) -> String {
    // not words: names of meta tags, marks
    for mark in [" | ", " - ", " – ", " — ", " :: ", " « ", " » "] {
        if let Some((before, after)) = title.rsplit_once(mark) {
            let is_outlet = outlet.is_some_and(|o| {
                let (a, o) = (after.trim().to_lowercase(), o.to_lowercase());
                a == o || o.contains(&a) || a.contains(&o)
            });
            let bar = mark == " | " && after.split_whitespace().count() <= 4;
            if (is_outlet || bar) && before.split_whitespace().count() >= 2 {
                return without_site(before.trim(), outlet);
            }
        }
    }
    title.to_owned()
}

fn byline(head: &Head, linked: &Linked, blocks: &[Block]) -> Option<String> {
    let joined = linked.authors.iter().map(|a| tidy(a)).filter(|a| !a.is_empty()).collect::<Vec<_>>().join(", ");
    // not words: names of meta tags, marks
    let names = [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "cxenseparse:author",
    ];
    let metas = names.iter().filter_map(|n| head.meta(&[n])).map(tidy);
    let shown = blocks.iter().filter(|b| {
        let signed = b.around.iter().rev().take(2).any(|a| a.marks.has(Marks::BYLINE));
        signed && b.text.len() <= 200 && b.text.split_whitespace().count() <= 12
    });
    let all = std::iter::once(joined).chain(metas).chain(shown.map(|b| tidy(&b.text)));
    all.map(|name| without_by(&name).to_owned()).find(|name| {
        let short = (2..=120).contains(&name.chars().count());
        short && !name.contains("://") && !name.contains('@') && name.chars().any(char::is_alphabetic)
    })
}

/// "By Jane Doe" without the "By".
fn without_by(name: &str) -> &str {
    let first = name.split(' ').next().unwrap_or_default();
    let by = furniture::BYLINE_OPENING.has(&first.to_lowercase());
    if by { name.get(first.len()..).unwrap_or_default().trim() } else { name }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_what_they_are() {
        assert_eq!(without_site("Talks resume | World | Harbour Post", Some("Harbour Post")), "Talks resume");
        assert_eq!(without_site("Talks - and ships - resume", None), "Talks - and ships - resume");
        assert_eq!(without_by("By Jane Doe"), "Jane Doe");
        assert_eq!(without_by("Byron Doe"), "Byron Doe");
        assert_eq!(host("https://www.example.org:80/a"), Some("example.org"));
        assert_eq!(tag("EN_us").as_deref(), Some("en-US"));
        assert_eq!(tag("zh-Hans"), Some("zh".into()));
        assert_eq!(tag("english"), None);
    }
}
