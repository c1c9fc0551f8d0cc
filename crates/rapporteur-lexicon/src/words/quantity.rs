//! Words around figures: hedges, units, what is counted.

area! { "quantity" {
    /// Lemmas that tell nothing of what a number is of.
    EMPTY = "empty",
    /// Lemmas that say that a number is asked for.
    ASKED = "asked",
    /// Lemmas that say that a number is offered.
    OFFERED = "offered",
    /// Lemmas that say that a number is agreed.
    AGREED = "agreed",
    /// Lemmas of the units of time that a number runs over or is paid by.
    PER = "per",
    /// Lemmas of nouns that are no count of things: lengths of time, points of a plan, how often.
    UNCOUNTED = "uncounted",
    /// Lemmas of nouns that a number after them only names one of ("Section 232", "Pier 9").
    NUMBERED = "numbered",
    /// What after a number makes it no count ("a 60-day order", "4:10"), as written.
    JOINED = "joined",
    /// Pronouns for the whole of which a number is a part ("47,800 of us"), lower case.
    WHOLE = "whole",
    /// Lemmas that tell of a vote.
    VOTE = "vote",
    /// Lemmas of the names of coins.
    COIN = "coin",
    /// Signs before a sum of money, with the coin.
    SIGN = "sign",
    /// Words before a number that deny it or make it one of what is added, lower case.
    NO_WHOLE = "no-whole",
    /// Words before a number by which a sentence adds it to what was told ("would also give it to 300 others"), lower case.
    ADDITION = "addition",
    /// Words before a number that make it a bound or rough, lower case; the value is what they make it (`least`, `most`,
    /// `about`), with `near` if it is hardly more or less.
    HEDGE = "hedge",
    /// Words between a number and the time it is paid by, lower case.
    BEFORE_PERIOD = "before-period",
}}
