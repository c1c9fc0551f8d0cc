//! What a question asks for.

area! { "asking" {
    /// Words of a question that name the sort of answer, folded: they need not stand in the answer; the value is `figure`,
    /// `day`, `place` or `person`, or nothing where it could be any.
    ASKS = "asks",
    /// Forms of verbs that share no stem with the verb, folded; the value is the verb.
    IRREGULAR = "irregular",
}}
