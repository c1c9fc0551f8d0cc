//! Words that make one thing depend on another.

area! { "condition" {
    /// Words that set a clause under another, in lower case; the value says which sort: "supposes" makes no
    /// condition, "before", "when", "long" and "condition" need more.
    CLAUSE_MARKER = "clause marker",
    /// Words that set a noun as a condition, in lower case.
    PHRASE_MARKER = "phrase marker",
    /// Verbs and adjectives of asking and knowing, by lemma: their "if" is "whether".
    ASKING = "asking",
    /// Verbs of keeping back or keeping on until something is done, by lemma.
    WITHHOLDING = "withholding",
    /// Adjectives of what cannot be, by lemma.
    IMPOSSIBLE = "impossible",
    /// Nouns for what ends a dispute, by lemma.
    SETTLEMENT = "settlement",
    /// What follows "without" where it tells how something is done, by lemma.
    MANNER = "manner",
    /// Verbs of what a party does to or with the other's wishes, by lemma.
    PARTY_ACT = "party act",
    /// Verbs of acts that commit a party by themselves, by lemma.
    COMMITTING_ACT = "committing act",
    /// Lower-case words at the joint of two clauses, which belong to neither.
    CLAUSE_JOINT = "clause joint",
    /// Nouns for what somebody must grant before something holds, by lemma: "subject to approval".
    ASSENT = "assent",
}}
