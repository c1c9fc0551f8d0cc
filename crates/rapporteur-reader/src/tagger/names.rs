//! What the tagger tells apart, and what the weights file calls it.

use std::ops::Index;

/// What a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// The cue of a statement: `said`, `according to`.
    Statement,
    /// The trigger of a gathering: `talks`, `met`.
    Gathering,
    /// The cue of a stance: `rejected`, `demands`.
    Stance,
    /// The marker of a condition: `unless`, `on condition that`.
    Condition,
    /// The value of a figure that matters.
    Figure,
    /// Within the content of a statement.
    Content,
    /// Names a speaker.
    Speaker,
    /// In a sentence that is no part of the report.
    Furniture,
}

impl Tag {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Statement,
        Self::Gathering,
        Self::Stance,
        Self::Condition,
        Self::Figure,
        Self::Content,
        Self::Speaker,
        Self::Furniture,
    ];

    /// What the weights file calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Gathering => "gathering",
            Self::Stance => "stance",
            Self::Condition => "condition",
            Self::Figure => "figure",
            Self::Content => "content",
            Self::Speaker => "speaker",
            Self::Furniture => "furniture",
        }
    }
}

/// What a place can be for an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Who takes the stance.
    StanceHolder,
    /// What the stance is on.
    StanceOn,
    /// Who takes part in the gathering.
    GatheringWith,
    /// Where the gathering is.
    GatheringWhere,
    /// When the gathering is.
    GatheringWhen,
    /// What depends on the condition.
    ConditionWhat,
    /// The condition.
    ConditionIf,
    /// Who makes the statement.
    StatementBy,
    /// The content of the statement.
    StatementSaid,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::StanceHolder,
        Self::StanceOn,
        Self::GatheringWith,
        Self::GatheringWhere,
        Self::GatheringWhen,
        Self::ConditionWhat,
        Self::ConditionIf,
        Self::StatementBy,
        Self::StatementSaid,
    ];

    /// What the weights file calls it: the anchor's tag, a dot, the role.
    pub fn name(self) -> &'static str {
        match self {
            Self::StanceHolder => "stance.holder",
            Self::StanceOn => "stance.on",
            Self::GatheringWith => "gathering.with",
            Self::GatheringWhere => "gathering.where",
            Self::GatheringWhen => "gathering.when",
            Self::ConditionWhat => "condition.what",
            Self::ConditionIf => "condition.if",
            Self::StatementBy => "statement.by",
            Self::StatementSaid => "statement.said",
        }
    }
}

/// A set of labels, of which an anchor has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// What a stance is.
    Stance,
    /// How far a gathering has come.
    Status,
    /// Of what kind a gathering is.
    Kind,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Stance, Self::Status, Self::Kind];

    /// What the weights file calls the layer, and the list of names.
    pub(crate) fn names(self) -> [&'static str; 2] {
        match self {
            Self::Stance => ["stance", "stances"],
            Self::Status => ["status", "statuses"],
            Self::Kind => ["kind", "kinds"],
        }
    }
}

/// Something for each of a fixed set of names.
#[derive(Clone, Debug)]
pub(super) struct Each<T, const N: usize>(pub(super) [T; N]);

macro_rules! index {
    ($($name:ty: $count:literal),*) => {$(
        impl<T> Index<$name> for Each<T, $count> {
            type Output = T;
            fn index(&self, name: $name) -> &T {
                &self.0[name as usize]
            }
        }
    )*};
}

index!(Tag: 8, Role: 9, Family: 3);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_their_numbers() {
        assert!(Tag::ALL.iter().enumerate().all(|(n, tag)| *tag as usize == n));
        assert!(Role::ALL.iter().enumerate().all(|(n, role)| *role as usize == n));
        assert!(Family::ALL.iter().enumerate().all(|(n, family)| *family as usize == n));
    }
}
