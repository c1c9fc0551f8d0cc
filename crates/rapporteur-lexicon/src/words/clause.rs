//! How a clause is meant: denied, held possible, planned, wanted.

area! { "clause" {
    /// Words that deny the clause they stand in, lower case.
    DENIES = "denies",
    /// Verbs and adjectives, by lemma, of which what they lead to does not come about.
    TURNS = "turns",
    /// Auxiliaries, in lower case, with the mood they give a verb.
    AUXILIARY_MOOD = "auxiliary mood",
    /// Verbs, nouns and adjectives, by lemma, with the mood they give what they lead to.
    GOVERNING_MOOD = "governing mood",
    /// Words that make a clause a condition, lower case.
    CONDITION_MARK = "condition mark",
    /// Adverbs that hold a clause possible, lower case.
    HEDGE = "hedge",
    /// Verbs, by lemma, that say next to nothing by themselves.
    LIGHT_VERB = "light verb",
    /// Verbs and nouns, by lemma, of what somebody says that others may not believe.
    CONTESTED = "contested",
    /// Pronouns, lower case, that name nobody by themselves.
    PRONOUN = "pronoun",
    /// Pronouns, lower case, that mean one person.
    PERSON_PRONOUN = "person pronoun",
    /// Prepositions, lower case, that join participants to a noun made of a verb.
    PARTICIPANT_PREPOSITION = "participant preposition",
    /// Verbs and nouns, by lemma, that hold both ways.
    MUTUAL = "mutual",
}}
