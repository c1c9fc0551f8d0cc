//! Whose request it is, and what they may do.

use crate::people::{Person, Right};

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct By {
    /// Their name, where people have tokens of their own; else whoever it is says a name in the forms.
    pub name: Option<String>,
    /// Whether they may change anything.
    pub may_write: bool,
    /// Whether they showed anything that they can leave here.
    pub has_session: bool,
}

impl By {
    /// Somebody without a name who may do all that can be done.
    pub fn anybody(has_session: bool) -> Self {
        By { name: None, may_write: true, has_session }
    }

    pub fn person(person: Person) -> Self {
        By { may_write: person.right == Right::Write, name: Some(person.name), has_session: true }
    }
}
