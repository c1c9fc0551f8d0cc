//! Clauses: what a sentence asserts of whom, by its grammar alone, ready to be laid beside what another asserts.

use crate::{Char, Span};

/// How a clause is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mood {
    /// It happens or happened.
    #[default]
    Fact,
    /// It is held possible ("may", "could", "likely to").
    Possible,
    /// It is to happen ("will", "plans to").
    Planned,
    /// It has to happen ("must", "is required to").
    Required,
    /// Somebody wants it ("hopes to").
    Wanted,
    /// Somebody holds it out ("offered to").
    Offered,
    /// Somebody asks it of another ("urged them to").
    Demanded,
    /// Somebody tries it.
    Attempted,
    /// It is a condition, or depends on one.
    Conditional,
}

/// What a word is to the predicate of its clause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseRole {
    /// Who does it: of a passive, the agent.
    Subject,
    /// Whom or what it is done to: of a passive, the grammatical subject.
    Object,
    /// What stands behind a preposition, by its lemma.
    Other(String),
}

/// The head of a phrase and what it is to the predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseArgument {
    /// What it is to the predicate.
    pub role: ClauseRole,
    /// Its head, as a lemma in lower case.
    pub head: String,
    /// The place of the head.
    pub at: Span<Char>,
    /// The place of the phrase.
    pub phrase: Span<Char>,
    /// Whether the head only points ("he", "that").
    pub pointing: bool,
    /// The heads of what stands in apposition to it ("the envoy, Ana Roe").
    pub appositions: Vec<Span<Char>>,
    /// Whose it is ("the union's team").
    pub owner: Option<Box<ClauseArgument>>,
}

/// In whose words a clause stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseSpeech {
    /// The lemma of the word that attributes.
    pub cue: String,
    /// The head of who says it, where the sentence tells.
    pub speaker: Option<Span<Char>>,
}

/// A number within a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseFigure {
    /// Its place.
    pub at: Span<Char>,
    /// The noun it counts, as a lemma in lower case.
    pub noun: Option<String>,
}

/// One assertion of a sentence: a predicate with what belongs to it. Plain data: whoever compares two needs no parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The lemma of the predicate, with its particle ("call off"); of "is ready", the word that is said of the subject.
    pub predicate: String,
    /// The place of the predicate.
    pub at: Span<Char>,
    /// From the first to the last word that belongs to it.
    pub span: Span<Char>,
    /// Whether the predicate is a noun with its own participants ("the union's rejection of the plan").
    pub nominal: bool,
    /// Whether it says what the subject is ("is ready", "is a minister").
    pub copular: bool,
    /// Whether it only tells which thing is meant ("the order covering all of them").
    pub describing: bool,
    /// Its participants, in the order of the text.
    pub arguments: Vec<ClauseArgument>,
    /// Whether it is denied: by "not", by "nobody", by a verb such as "refuse" above it; twice is not at all.
    pub negated: bool,
    /// How it is meant.
    pub mood: Mood,
    /// Whether its verb is an infinitive with "to", which tells less of how it is meant than a form with a subject.
    pub infinitive: bool,
    /// Whether nothing says if it is so: it is asked, stands in an infinitive or a gerund that no verb above turns or tells the mood of ("a law to
    /// sell it"), or behind "whether", "until", "before".
    pub open: bool,
    /// In whose words it stands, where not in the author's.
    pub speech: Option<ClauseSpeech>,
    /// The numbers in it.
    pub figures: Vec<ClauseFigure>,
    /// The times named in it.
    pub days: Vec<Span<Char>>,
    /// The places named in it.
    pub places: Vec<Span<Char>>,
}

impl Clause {
    /// The participants of one role.
    pub fn of<'c>(&'c self, role: &'c ClauseRole) -> impl Iterator<Item = &'c ClauseArgument> {
        self.arguments.iter().filter(move |a| a.role == *role)
    }
}
