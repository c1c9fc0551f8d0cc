//! `rapporteur list`: the reports of a dossier.

use rapporteur::brief::list::{Cell, List};

use crate::args::ListArgs;
use crate::error::Failure;

/// Lists the reports, in the order in which they came in.
///
/// # Errors
/// The dossier cannot be read.
pub fn run(args: &ListArgs) -> Result<(), Failure> {
    let store = super::open(&args.from.from)?;
    let scope = super::scope(&store, &args.from.scope)?;
    let mut list = List::new(
        // not words: names of columns
        &[
            "id",
            "published",
            "outlet",
            "version",
            "story",
            "-added",
            "-modified",
            "-url",
            "-source",
            "-via",
            "-byline",
            "-language",
            "-sha256",
            "title",
        ],
        "no report is kept here",
    );
    let survey = store.dossier().survey(&scope)?;
    super::say_left_out(&survey.left_out);
    for about in survey.heads {
        let mut head = about.head;
        head.sanitize();
        let title = head.title.clone().unwrap_or_else(|| head.source.clone());
        list.push(vec![
            Cell::id(&head.id),
            Cell::maybe(head.published.map(|d| d.to_string()).or(about.reported)),
            Cell::maybe(head.outlet),
            Cell::Int(about.revision.into()),
            about.story.map_or(Cell::Empty, Cell::id),
            Cell::text(about.added),
            Cell::maybe(head.modified.map(|d| d.to_string())),
            Cell::maybe(head.url),
            Cell::text(head.source),
            Cell::maybe(about.via),
            Cell::maybe(head.byline),
            Cell::text(head.language),
            Cell::text(head.sha256),
            Cell::text(title),
        ]);
    }
    super::write(&list, &args.rows)
}
