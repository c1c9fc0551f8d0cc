//! What the name, class, id and role of an element say of what is in it.

use std::rc::Rc;
use std::sync::LazyLock;

use dom_query::LocalName;
use rapporteur_lexicon::{rows, table};

/// A set of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    /// Not part of the article.
    pub(super) const DROP: Marks = Marks(1);
    /// Other articles, and their readers' words.
    pub(super) const FOREIGN: Marks = Marks(2);
    /// A line about the article: author, date.
    pub(super) const LINE: Marks = Marks(4);
    /// A standfirst.
    pub(super) const LEAD: Marks = Marks(8);
    /// Who made a picture.
    pub(super) const CREDIT: Marks = Marks(16);
    /// Shows a date of publication.
    pub(super) const DATE: Marks = Marks(32);
    /// Shows the date of a change.
    pub(super) const CHANGED: Marks = Marks(64);
    /// Shows the dates of other things.
    pub(super) const OTHER_DATES: Marks = Marks(128);

    /// Names who wrote it.
    pub(super) const BYLINE: Marks = Marks(256);

    /// Whether the two share a meaning.
    pub(super) fn has(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Both.
    pub(super) const fn and(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// What a text of names says, in lower case.
    pub(super) fn of(names: &str) -> Marks {
        let mut marks = Marks::default();
        for (at, first) in names.bytes().enumerate() {
            let rest = names.as_bytes().get(at..).unwrap_or_default();
            let signs = SIGNS.get(usize::from(first)).into_iter().flatten();
            let said = signs.filter(|(sign, _)| rest.starts_with(sign.as_bytes()));
            marks = said.fold(marks, |marks, (_, mark)| marks.and(*mark));
        }
        marks
    }
}

/// Signs and what they mean, by their first byte.
static SIGNS: LazyLock<Vec<Vec<(&str, Marks)>>> = LazyLock::new(|| {
    let furniture = rows(table::PAGE_FURNITURE).filter_map(|[kind, sign]| {
        let mark = match kind {
            "drop" => Marks::DROP,
            "foreign" => Marks::FOREIGN,
            "line" => Marks::LINE,
            "lead" => Marks::LEAD,
            "credit" => Marks::CREDIT,
            "author" => Marks::BYLINE,
            _ => return None,
        };
        Some((sign, mark))
    });
    let dates = rows(table::PAGE_DATES).filter_map(|[kind, sign]| {
        let mark = match kind {
            "sign" => Marks::DATE,
            "changed" => Marks::CHANGED,
            "foreign" => Marks::OTHER_DATES,
            _ => return None,
        };
        Some((sign, mark))
    });
    let mut signs = vec![Vec::new(); 256];
    for (sign, mark) in furniture.chain(dates) {
        if let Some(with) = sign.bytes().next().and_then(|first| signs.get_mut(usize::from(first))) {
            with.push((sign, mark));
        }
    }
    signs
});

/// An element around a block. Blocks in the same element share it, so that elements can be told apart by their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    /// Its name.
    pub(super) name: LocalName,
    /// What its class, id and role say.
    pub(super) marks: Marks,
}

impl Around {
    /// What tells it from other elements.
    pub(super) fn key(self: &Rc<Self>) -> *const Around {
        Rc::as_ptr(self)
    }

    /// Whether it is one whose content is never the article, unless the article is in it.
    pub(super) fn is_aside(&self) -> bool {
        // not words: tag names of HTML
        matches!(&*self.name, "aside" | "nav" | "footer" | "form" | "button" | "dialog")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_inside() {
        assert!(Marks::of("c-newsletter-signup wide").has(Marks::DROP));
        assert!(Marks::of("article-byline").has(Marks::LINE));
        assert!(Marks::of("entry-date").has(Marks::DATE));
        assert_eq!(Marks::of("story body"), Marks::default());
    }
}
