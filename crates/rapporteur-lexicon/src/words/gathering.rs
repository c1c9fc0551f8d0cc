//! Words around gatherings: who, where, how far.

area! { "gathering" {
    /// Words of names of buildings in which people meet, as written.
    BUILDING = "building",
    /// States that are one city, by name: a gathering told by them is held there.
    CITY_STATE = "city-state",
    /// Lemmas of verbs by which one party speaks of its own gathering with another ("wants talks with").
    ONE_SIDED = "one-sided",
    /// Lemmas of verbs and adjectives under which what follows is ahead ("hopes to", "is due to", "agreed to").
    PROSPECTIVE = "prospective",
    /// Lemmas of verbs under which what follows is not so ("refused to", "cancelled").
    AVERTING = "averting",
    /// Lemmas of verbs of which a gathering is the subject and that say it came about.
    COURSE = "course",
    /// Adjectives and determiners before a gathering that is ahead, lower case.
    UPCOMING = "upcoming",
    /// Adjectives before a gathering that was called off, lower case.
    CANCELLED = "cancelled",
    /// Adjectives before a gathering that was, lower case.
    PAST = "past",
    /// Lemmas of verbs by which a party ends its part in a gathering that has begun.
    LEAVING = "leaving",
    /// Lemmas of verbs of what parties bring about together at the end of a gathering ("reached a deal").
    SETTLING = "settling",
    /// Lemmas of verbs that call something off with "off", "out" or "away".
    OFF_PARTICLE = "off-particle",
    /// Adverbs and participles that leave open whether something was so, lower case.
    HEARSAY = "hearsay",
    /// Lemmas of verbs that in the passive leave open whether something was so ("is said to have").
    BELIEVED = "believed",
    /// Determiners before a gathering that is known to the reader, lower case.
    KNOWN = "known",
    /// Words before one of a row of gatherings ("the last round"), lower case.
    IN_A_ROW = "in-a-row",
    /// Prepositions that put what is said or done at, before or after a gathering, lower case.
    AROUND = "around",
    /// Lemmas of verbs whose subject has somebody come.
    HOSTING = "hosting",
    /// Prepositions after "speak" and "talk" that tell of no exchange between those who do ("spoke at a rally").
    NO_EXCHANGE = "no-exchange",
    /// Lemmas of nouns of talks, after "a round of".
    TALKS = "talks",
    /// Lemmas of nouns of what talks come in ("a round of", "a day of").
    STRETCH = "stretch",
    /// Lemmas before the table at which parties bargain.
    BARGAINING = "bargaining",
    /// Lemmas of nouns of what lies between two parties ("the dispute between", "a contract with", "an offer from").
    BETWEEN_PARTIES = "between-parties",
    /// Lemmas of nouns that call two parties states.
    STATE = "state",
    /// Last words of names of events, as written: they are held and meet nobody.
    EVENT = "event",
    /// Lemmas of verbs by which somebody wants another to do something ("urged him to").
    URGING = "urging",
    /// Lemmas that say a gathering was closed, lower case.
    IN_SECRET = "in-secret",
    /// Prepositions that put a gathering ahead of what is told, lower case.
    BEFORE_IT = "before-it",
    /// Words for the beginning, the end or a part of what lasts, lower case.
    PART = "part",
}}
