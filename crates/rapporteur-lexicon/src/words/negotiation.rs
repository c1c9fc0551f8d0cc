//! Words of bargaining: stances, proposals, what is in dispute.

area! { "negotiation" {
    /// Words that stand in the name of a union of people at work, as written.
    UNION_NAME = "union name",
    /// Lower-case words before "union" or in its name that make it one of states, money or faith, not of people at work.
    UNION_OF_STATES = "union of states",
    /// Words that stand in the name of a company or of those who speak for companies, as written.
    FIRM_NAME = "firm name",
    /// Nouns that mean a company or who leads it, by lemma.
    FIRM = "firm",
    /// Nouns of people at work, for whom as a body their union acts, by lemma; the value is their trade, where they have one.
    PEOPLE_AT_WORK = "people at work",
    /// Lower-case words for a share of a body, which acts for it: "most of the nurses".
    SHARE = "share",
    /// Nouns of those who stand beside a party or against it and are not the party, by lemma.
    FRIEND_OR_FOE = "friend or foe",
    /// Lower-case words before a noun that make it another than the one spoken of.
    ANOTHER = "another",
}}
