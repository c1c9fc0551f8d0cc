//! `rapporteur search`: words in the reports, statements and names of a dossier.

use rapporteur::ErrorKind;
use rapporteur::brief::list::{Cell, List};
use rapporteur::dossier::Query;

use crate::args::SearchArgs;
use crate::error::{self, Failure, Severity};

/// Finds words, the best places first.
///
/// # Errors
/// No word was given, or the dossier cannot be read.
pub fn run(args: &SearchArgs) -> Result<(), Failure> {
    let store = super::open(&args.from.from)?;
    let words: Vec<&str> = args.words.iter().map(String::as_str).chain(args.about.as_deref()).collect();
    if words.iter().all(|w| w.trim().is_empty()) {
        return Err(Failure::Usage(
            "no words were given to search for".into(),
            "give some, or list all that one person says with 'rapporteur statements --by NAME'".into(),
        ));
    }
    let query = Query {
        words: words.join(" "),
        by: args.by.clone(),
        since: args.since.map(|d| d.first_day()),
        scope: super::scope(&store, &args.from.scope)?,
        limit: args.limit,
    };
    let mut list = List::new(
        // not words: names of columns
        &["date", "kind", "outlet", "by", "report", "-start", "-end", "words"],
        "nothing was found; fewer words find more",
    );
    for hit in store.dossier().search(&query)? {
        let kept = match store.dossier().report(hit.report.as_str()) {
            Err(e) if e.kind() == ErrorKind::Damaged => {
                error::general(Severity::Warning, &format!("left out: report {}: {}", hit.report, e.what()));
                continue;
            }
            kept => kept?,
        };
        let words = match kept.report.text.slice(hit.span) {
            Some(words) if !words.is_empty() => words.to_owned(),
            _ => kept.report.head.title.clone().unwrap_or_default(),
        };
        list.push(vec![
            // A report that tells no day is as new as its coming in to '--since', but that day is none of its own.
            Cell::maybe(kept.about.reported.is_some().then_some(hit.day)),
            Cell::text(hit.kind.as_str()),
            Cell::maybe(hit.outlet),
            Cell::maybe(hit.by),
            Cell::id(&hit.report),
            Cell::Int(hit.span.start().into()),
            Cell::Int(hit.span.end().into()),
            Cell::text(words.trim()),
        ]);
    }
    super::write(&list, &args.rows)
}
