//! `rapporteur people`: who may come to a dossier that is served.

use rapporteur::brief::list::{Cell, List};
use rapporteur_server::{Error, Right, add_person, people, remove_person};

use crate::args::{PeopleArgs, PeopleWhat};
use crate::error::{self, Failure};
use crate::output;

/// Adds somebody, lists who is there, or removes somebody.
///
/// # Errors
/// The list cannot be read or written, the name is taken, or there is no such name.
pub fn run(args: &PeopleArgs) -> Result<(), Failure> {
    match &args.what {
        PeopleWhat::Add { name, into, read_only } => {
            let right = if *read_only { Right::Read } else { Right::Write };
            let token = add_person(into, name, right).map_err(failure)?;
            // The token alone, for a script that hands it on.
            output::write(&format!("{token}\n"), None)?;
            let may = if *read_only { "read" } else { "read and change" };
            error::eprint(&format!(
                "{name} may {may} what 'rapporteur serve --people {}' shows: the token above, put after '?token=' at the end of \
                 its address, is opened once. It is shown this once and kept nowhere\n",
                error::printable(into)
            ));
            Ok(())
        }
        PeopleWhat::List { from, rows } => {
            // not words: names of columns
            let mut list = List::new(&["name", "right"], "nobody is in it");
            for person in people(from).map_err(failure)? {
                list.push(vec![Cell::text(&person.name), Cell::text(person.right.as_str())]);
            }
            super::dossier::write(&list, rows)
        }
        PeopleWhat::Remove { name, from } => {
            remove_person(from, name).map_err(failure)?;
            output::write(&format!("{name} is let in no more\n"), None)
        }
    }
}

fn failure(error: Error) -> Failure {
    let help = "'rapporteur people list --from FILE' shows who is in a list, 'rapporteur people add NAME --into FILE' adds somebody";
    Failure::Usage(error.to_string(), help.into())
}
