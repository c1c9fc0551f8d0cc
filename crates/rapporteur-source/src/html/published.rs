//! When a page was published and changed: what is said for machines first, what is shown next, guesses last.

use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use rapporteur_lexicon::{rows, table};

use super::date::{Custom, in_address};
use super::linked::Linked;
use super::reduce::Head;
use super::render::Block;
use super::sign::{Around, Marks};

/// The names of one kind in the data file.
struct Names(Vec<&'static str>);

impl Names {
    fn of(kind: &str) -> Names {
        let all = rows(table::PAGE_DATES);
        Names(all.filter(|[k, _]| *k == kind).map(|[_, name]| name).collect())
    }

    /// Whether a text begins with one of them, as a word.
    fn open(&self, text: &str) -> bool {
        self.0.iter().any(|name| text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
    }
}

static PUBLISHED: LazyLock<Names> = LazyLock::new(|| Names::of("published"));
static MODIFIED: LazyLock<Names> = LazyLock::new(|| Names::of("modified"));
static OPENS: LazyLock<Names> = LazyLock::new(|| Names::of("opens"));
static OPENS_CHANGED: LazyLock<Names> = LazyLock::new(|| Names::of("opens-changed"));

/// Whether a line begins by saying when something was published or changed.
pub(super) fn about_publication(line: &str) -> bool {
    let line = line.to_lowercase();
    OPENS.open(&line) || OPENS_CHANGED.open(&line)
}

/// A day, and the hour of it where that is told in UTC.
type Dated = (Date, Option<u8>);

/// What a page offers to tell its date from.
pub(super) struct Page<'p> {
    pub(super) head: &'p Head,
    pub(super) linked: &'p Linked,
    pub(super) url: Option<&'p str>,
    pub(super) blocks: &'p [Block],
    pub(super) custom: Custom<'p>,
}

/// The days of publication and of the last change.
pub(super) fn dates(page: &Page<'_>) -> (Option<Date>, Option<Date>) {
    let custom = page.custom;
    let machine = |value: &str| custom.machine(value).map(|date| (date, utc_hour(value)));
    let meta = |names: &Names| names.0.iter().find_map(|name| page.head.meta(&[name]).and_then(machine));
    let linked = |value: &Option<String>| value.as_deref().and_then(machine);
    let modified = linked(&page.linked.modified).or_else(|| meta(&MODIFIED)).map(|(date, _)| date);
    let article = Article::of(page.blocks);
    let addresses = [page.url, page.head.canonical.as_deref(), page.head.meta(&["og:url"])];
    let address = addresses.into_iter().flatten().find_map(in_address);
    let shown = || shown(page, &article).map(|date| (date, None));
    let ways: [&dyn Fn() -> Option<Dated>; 7] = [
        &|| linked(&page.linked.published),
        &|| meta(&PUBLISHED),
        &|| dated(page, &["datepublished", "pubdate"]),
        &|| address.map(|date| (date, None)),
        &shown,
        // not words: class names and zones
        &|| dated(page, &["publish", "posted", "entry-date", "date", "time"]),
        &|| line(page, &article).map(|date| (date, None)),
    ];
    // What was published after it was last changed was not published then, unless the two are told in different zones.
    let possible = |date: &Date| modified.is_none_or(|m| *date <= m.tomorrow().unwrap_or(m));
    let published = ways.iter().find_map(|way| way().filter(|(date, _)| possible(date)));
    // The outlet's own day is wanted. Where machines are told the time in UTC, the day in the address or the one that
    // readers are shown says which it was.
    let next = |a: Date, b: Date| (a - b).get_days().abs() == 1;
    let published = published.map(|(date, hour)| {
        let own = address.filter(|a| *a == date || next(*a, date));
        own.or_else(|| shown().map(|(s, _)| s).filter(|s| next(*s, date) && zones_apart(*s, date, hour)))
            .unwrap_or(date)
    });
    let published = published.or(modified).or_else(|| last_resort(page));
    (published, modified)
}

/// The hour of a time for machines that is told in UTC.
fn utc_hour(value: &str) -> Option<u8> {
    let value = value.trim_end();
    // not words: class names and zones
    if !["Z", "+00:00", "+0000", "GMT", "UTC"].iter().any(|zone| value.ends_with(zone)) {
        return None;
    }
    let colon = value.find(':')?;
    value.get(colon.checked_sub(2)?..colon)?.trim().parse().ok()
}

/// Whether it can have been the day `own` somewhere when it was that hour of the day `utc` at Greenwich: west of it up
/// to ten hours before, east of it up to twelve hours after.
fn zones_apart(own: Date, utc: Date, hour: Option<u8>) -> bool {
    hour.is_some_and(|hour| if own < utc { hour < 10 } else { hour >= 12 })
}

/// The elements that the article is in: what their names say is said of the article.
struct Article(HashSet<*const Around>);

impl Article {
    fn of(blocks: &[Block]) -> Article {
        let kept = blocks.iter().filter(|b| b.kept && b.text.len() > 80);
        Article(kept.flat_map(|b| b.around.iter().map(Around::key)).collect())
    }

    /// Whether a block belongs to something else on the page.
    fn is_foreign(&self, block: &Block) -> bool {
        let foreign = |a: &Around| a.marks.has(Marks::OTHER_DATES) || ["aside", "footer", "nav"].contains(&&*a.name);
        block.around.iter().any(|a| foreign(a) && !self.0.contains(&a.key()))
    }
}

/// An element with a date for machines, by the signs of what it is; those of changes and of other articles are not it.
fn dated(page: &Page<'_>, signs: &[&str]) -> Option<Dated> {
    let wrong = Marks::CHANGED.and(Marks::OTHER_DATES);
    let fits = |s: &str| signs.iter().any(|sign| s.contains(sign)) && !Marks::of(s).has(wrong);
    page.head
        .dated
        .iter()
        .filter(|d| fits(&d.signs))
        .find_map(|d| page.custom.machine(&d.value).map(|date| (date, utc_hour(&d.value))))
}

/// The date in an element that shows it: short, with a class that says so, and in no list of other articles.
fn shown(page: &Page<'_>, article: &Article) -> Option<Date> {
    let candidates = page.blocks.iter().filter(|b| b.chars <= 120);
    let rank = |b: &Block| {
        let near = |levels: usize, marks: Marks| b.around.iter().rev().take(levels).any(|a| a.marks.has(marks));
        let text = b.text.to_lowercase();
        let changed = OPENS_CHANGED.open(&text) || near(2, Marks::CHANGED);
        match (OPENS.open(&text), near(3, Marks::DATE), changed) {
            (true, _, false) => Some(0),
            (_, true, false) => Some(1),
            _ => None,
        }
    };
    let mut found: Vec<(i32, Date)> = candidates
        .filter_map(|b| {
            // Without a figure there is no date in it, and nothing else need be asked.
            let figure = || b.text.contains(char::is_numeric);
            let rank = figure().then(|| rank(b)).flatten()?;
            let date = page.custom.find(&b.text)?;
            (!article.is_foreign(b)).then_some((rank, date))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.first().map(|(_, date)| *date)
}

/// A line that is hardly more than a date, before or right after the article's first words.
fn line(page: &Page<'_>, article: &Article) -> Option<Date> {
    let short = page.blocks.iter().filter(|b| b.text.len() <= 300 && b.text.split_whitespace().count() <= 14);
    short
        .filter_map(|b| Some((b, page.custom.find(&b.text)?)))
        .filter(|(b, _)| !Marks::of(&b.text.to_lowercase()).has(Marks::CHANGED))
        .find(|(b, _)| !article.is_foreign(b))
        .map(|(_, date)| date)
}

/// The last change that is shown, then any date at all.
fn last_resort(page: &Page<'_>) -> Option<Date> {
    let custom = page.custom;
    let changed = |b: &&Block| OPENS_CHANGED.open(&b.text.to_lowercase());
    let shown = page.blocks.iter().filter(changed).find_map(|b| custom.find(&b.text));
    let any = || page.head.dated.iter().find_map(|d| custom.machine(&d.value));
    // Sites file their pictures by the day.
    let picture = || page.head.meta(&["og:image", "twitter:image"]).and_then(in_address);
    shown.or_else(any).or_else(picture)
}
