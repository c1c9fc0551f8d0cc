//! Words of grammar, whatever is spoken of: pronouns, articles, prepositions, auxiliaries, stop words.

area! { "function" {
    /// Articles, in lower case.
    ARTICLE = "article",
    /// Prepositions that lead to where something is, in lower case; the value is `spot` where that is one spot, at which
    /// people meet.
    PLACE_PREPOSITION = "place_preposition",
    /// Prepositions that lead to a time, in lower case.
    TIME_PREPOSITION = "time_preposition",
    /// Pronouns of who speaks, in lower case.
    FIRST_PERSON = "first_person",
    /// Pronouns of whom is spoken of, in lower case; the value is the form that a subject has.
    THIRD_PERSON = "third_person",
    /// What follows an apostrophe that leaves letters out at the start of a word, in lower case.
    ELISION = "elision",
    /// Words that an "'s" after them makes no owner of, in lower case; the value is the word that it stands for.
    BEFORE_S = "before_s",
    /// The closed classes of English, folded: words that carry no matter; the value is `small` for those in whose place
    /// another may stand without changing what is said, `pointing` for those among them that only point (articles,
    /// demonstratives, pronouns, what leads on).
    STOP_WORD = "stop_word",
}}
