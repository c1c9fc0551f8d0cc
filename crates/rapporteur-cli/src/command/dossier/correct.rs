//! `rapporteur correct`: what people change, beside what was found.

use rapporteur::brief::list::{Cell, List};
use rapporteur::dossier::Scope;
use rapporteur::{Aim, Correction, CorrectionKind, CorrectionRequest, Store, Wish};

use crate::args::{CorrectArgs, CorrectWhat, RowArgs};
use crate::error::Failure;
use crate::{clock, output, terminal};

/// Keeps a correction, lists them, or takes one back.
///
/// # Errors
/// There is no such fact, what is asked for makes no sense for it, or the dossier cannot be written.
pub fn run(args: &CorrectArgs) -> Result<(), Failure> {
    let Some(from) = &args.from else {
        return Err(Failure::Usage("'--from' is missing: which dossier?".into(), "add '--from FILE'".into()));
    };
    let mut store = super::open(from)?;
    let at = clock::now();
    let who = args.who.clone().or_else(terminal::user);
    let wish = match &args.what {
        CorrectWhat::Log { format } => return log(&store, RowArgs { format: *format, out: None }),
        CorrectWhat::Undo { id } => {
            let id = store.undo(id, who.as_deref().unwrap_or_default(), &at)?;
            return output::write(&format!("{id} taken back\n"), None);
        }
        CorrectWhat::Redo { id } => {
            let id = store.redo(id, who.as_deref().unwrap_or_default(), &at)?;
            return output::write(&format!("{id} counts again\n"), None);
        }
        CorrectWhat::Merge { entities } => Wish::Merge { entities: entities.clone() },
        CorrectWhat::Split { entity, forms } => Wish::Split { entity: entity.clone(), forms: forms.clone() },
        CorrectWhat::Speaker { statement, speaker } => {
            Wish::Speaker { of: statement.clone(), speaker: speaker.clone() }
        }
        CorrectWhat::Date { fact, date } => Wish::Date { of: fact.clone(), date: date.clone() },
        CorrectWhat::Status { fact, status } => Wish::Status { of: fact.clone(), status: status.clone() },
        CorrectWhat::Reject { fact } => Wish::Reject { of: fact.clone() },
        CorrectWhat::Note { fact, text } => Wish::Note { of: fact.clone(), text: text.clone() },
    };
    let who = who.ok_or_else(|| {
        Failure::Usage("who makes the correction?".into(), "add '--who NAME', or set RAPPORTEUR_WHO".into())
    })?;
    let story = args.story.as_deref().map(|id| store.dossier().story(id)).transpose()?;
    let aim = if args.report_is_wrong { Aim::World } else { Aim::Reading };
    let scope = Scope { story, ..Scope::default() };
    let done = store.correct(&scope, CorrectionRequest { at, who, why: args.why.clone(), aim, wish, number: 0 })?;
    let change = match (&done.was, &done.now) {
        (Some(was), Some(now)) => format!(": {was} → {now}"),
        (None, Some(now)) => format!(": {now}"),
        _ => String::new(),
    };
    let aim = if done.aim == Aim::World { " (the report is wrong)" } else { "" };
    output::write(&format!("{} {} {}{change}{aim}\n", done.id, done.what, done.about), None)
}

/// Lists the corrections, those taken back among them.
fn log(store: &Store, rows: RowArgs) -> Result<(), Failure> {
    let mut list = List::new(
        // not words: names of columns
        &[
            "id",
            "day",
            "-at",
            "who",
            "do",
            "-what",
            "on",
            "to",
            "-fact",
            "-undone",
            "-turned_by",
            "state",
            "wrong",
            "why",
        ],
        "nothing was corrected",
    );
    for correction in store.dossier().corrections()? {
        let Correction { id, at, who, why, aim, change, undone, turns, .. } = correction;
        // Who took it back, or up again, last.
        let turned_by = turns.last().map(|turn| turn.who.clone()).filter(|who| !who.is_empty());
        let state = match (undone.is_some(), &turned_by) {
            (true, Some(who)) => format!("taken back by {who}"),
            (true, None) => "taken back".into(),
            (false, _) => "counts".into(),
        };
        let (on, word) = (change.subject().clone(), change.as_str());
        // A remark says of nothing that it is wrong.
        let wrong = match (&change, aim) {
            (CorrectionKind::Note { .. }, _) => Cell::Empty,
            (_, Aim::Reading) => Cell::text("reading"),
            (_, Aim::World) => Cell::text("report"),
        };
        let to = change.wish().unwrap_or_else(|| if aim == Aim::World { "not so" } else { "left out" }.into());
        let what = on.fact.as_str();
        list.push(vec![
            Cell::id(id),
            Cell::text(at.get(..10).unwrap_or(&at)),
            Cell::text(&at),
            Cell::text(who),
            Cell::text(word),
            Cell::text(what),
            Cell::text(on.about),
            Cell::text(to),
            Cell::text(on.id.to_string()),
            Cell::text(undone.unwrap_or_default()),
            Cell::maybe(turned_by),
            Cell::text(state),
            wrong,
            Cell::maybe(why),
        ]);
    }
    super::write(&list, &rows)
}
