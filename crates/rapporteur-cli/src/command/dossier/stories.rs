//! `rapporteur stories`: which stories the reports of a dossier tell.

use rapporteur::brief::list::{Cell, List};

use crate::args::StoriesArgs;
use crate::error::{self, Failure};

/// Lists the stories, the one with the latest report first; moves a report or names a story where asked to.
///
/// # Errors
/// There is no such report or story, or the dossier cannot be used.
pub fn run(args: &StoriesArgs) -> Result<(), Failure> {
    let mut store = super::open(&args.from)?;
    if let (Some(report), Some(to)) = (&args.moved, &args.to) {
        let report = store.dossier().report(report)?.report.head.id;
        let story = store.move_to_story(&report, to)?;
        error::eprint(&format!("{report} now belongs to {story}\n"));
    }
    if let (Some(story), Some(name)) = (&args.rename, &args.name) {
        let story = store.dossier().story(story)?;
        let name = Some(name.trim()).filter(|n| !n.is_empty());
        let mut writing = store.dossier_mut().writing()?;
        writing.name_story(&story, name)?;
        writing.commit()?;
    }
    // not words: names of columns
    let mut list = List::new(&["id", "reports", "outlets", "first", "last", "story"], "no report is kept here");
    for story in store.stories()? {
        list.push(vec![
            Cell::id(&story.row.id),
            Cell::Int(story.row.articles.into()),
            Cell::Int(story.row.outlets.into()),
            Cell::text(story.row.days.0),
            Cell::text(story.row.days.1),
            Cell::text(story.name),
        ]);
    }
    super::write(&list, &args.rows)
}
