//! `rapporteur show`: one report of a dossier, its versions and its text.

use rapporteur::brief;
use rapporteur::dossier::StoredReport;

use crate::args::{ShowArgs, ShowFormat};
use crate::error::Failure;
use crate::output;

/// Shows a report.
///
/// # Errors
/// There is no such report, or the dossier cannot be read.
pub fn run(args: &ShowArgs) -> Result<(), Failure> {
    let store = super::open(&args.from)?;
    let kept = store.dossier().report(&args.id)?;
    match args.format {
        ShowFormat::Text => {
            let versions = store.dossier().versions(&kept.about.article)?;
            output::write(&text(&kept, &versions), args.out.as_deref())
        }
        ShowFormat::Json => {
            let about = &kept.about;
            let mut head = about.head.clone();
            head.sanitize();
            let value = serde_json::json!({
                "report": head, "article": about.article, "version": about.revision, "added": about.added,
                "via": about.via, "story": about.story, "removed": about.removed, "text": kept.report.text.as_str(),
                "map": kept.report.map,
            });
            output::write(&crate::command::json(&value)?, args.out.as_deref())
        }
        ShowFormat::Original => {
            let original = store.dossier().original(&kept.about.head.sha256)?;
            let bytes = original.map_or_else(|| kept.report.text.as_str().as_bytes().to_vec(), |(_, bytes)| bytes);
            output::write_bytes(&bytes, args.out.as_deref())
        }
    }
}

/// What is known about it, what changed since the version before it, and its text.
fn text(kept: &StoredReport, versions: &[StoredReport]) -> String {
    let (about, mut head) = (&kept.about, kept.about.head.clone());
    head.sanitize();
    let mut out = String::new();
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            out.push_str(&format!("{name:<10} {value}\n"));
        }
    };
    line("report", Some(head.id.to_string()));
    line("title", head.title.clone());
    line("outlet", head.outlet.clone());
    line("byline", head.byline.clone());
    line("published", head.published.map(|d| d.to_string()).or(about.reported.clone()));
    line("modified", head.modified.map(|d| d.to_string()));
    line("credits", Some(head.credits.join(", ")).filter(|c| !c.is_empty()));
    line("url", head.url.clone());
    line("source", Some(head.source.clone()).filter(|s| Some(s) != head.url.as_ref()));
    line("added", Some(about.added.clone()));
    line("by feed", about.via.clone());
    line("story", about.story.as_ref().map(ToString::to_string));
    line("taken out", about.removed.clone());
    if versions.len() > 1 {
        let all = versions.iter().map(|v| format!("{} {} ({})", v.about.revision, v.report.id(), v.about.added));
        line("versions", Some(all.collect::<Vec<_>>().join(", ")));
    }
    if let Some(newest) = versions.iter().rfind(|v| v.about.revision > about.revision) {
        let (number, id) = (newest.about.revision, newest.report.id());
        out.push_str(&format!("\nthis is version {}; the newest is {number}: rapporteur show {id}\n", about.revision));
    }
    if let Some(before) = versions.iter().rfind(|v| v.about.revision < about.revision) {
        out.push_str(&format!("\nchanged since version {}:\n", before.about.revision));
        out.push_str(&brief::changes(before.report.text.as_str(), kept.report.text.as_str()));
    }
    out.push('\n');
    out.push_str(&kept.report.text.as_str().replace(|c: char| c.is_control() && c != '\n' && c != '\t', "\u{fffd}"));
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}
