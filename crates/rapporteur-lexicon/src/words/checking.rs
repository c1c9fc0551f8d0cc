//! What a draft is checked by.

area! { "checking" {
    /// The closed classes of English and the commonest verbs: words by which sentences are not told apart.
    CLOSED = "closed",
    /// Words that deny.
    NEGATION = "negation",
    /// Words that tell how sure, how binding or how far something is.
    MODAL = "modal",
    /// Phrases with which a condition begins, right behind what depends on it.
    EDGE_CONDITION = "edge condition",
    /// Verbs, as they stand behind "I" and "we", that make what goes before a guess of who speaks.
    OPINION = "opinion",
    /// Words behind "not" that deny nothing of what follows.
    NO_CUT = "no cut",
    /// Words that name a number, besides those that are folded to figures.
    NUMBER = "number",
    /// Words before a number that make it rough.
    ROUGH = "rough",
    /// Units of time that a number may count.
    COUNTED_TIME = "counted time",
    /// Words of an expression of time that is told by another time of the text.
    LEANING_TIME = "leaning time",
    /// Words at which what a number counts is at an end.
    ENDS_NOUN_PHRASE = "ends noun phrase",
    /// Nouns for somebody of some standing, by which no office is told from another.
    GENERAL_OFFICE = "general office",
    /// Prepositions that tell which of two values is the first.
    WAY = "way",
    /// Phrases that say that a claim has several sources.
    SEVERAL_SOURCES = "several sources",
}}
