//! The brief for a terminal: dense, in columns, with the reports' numbers in the same colour everywhere.

mod page;
mod piece;
mod section;

use crate::Style;
use crate::view::View;
use page::Page;

/// Lays a brief out.
pub(crate) fn render(view: &View, style: &Style) -> String {
    let mut page = Page::new(view, style);
    page.head();
    page.listed();
    section::news(&mut page);
    section::lead(&mut page);
    section::differ(&mut page);
    section::wants(&mut page);
    section::meetings(&mut page);
    section::open(&mut page);
    section::conditions(&mut page);
    section::sayings(&mut page);
    section::only_in(&mut page);
    section::corrected(&mut page);
    section::timeline(&mut page);
    section::names(&mut page);
    section::not_read(&mut page);
    page.reports();
    page.footer();
    page.out
}
