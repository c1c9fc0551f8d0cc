//! Words of bargaining: stances, proposals, what is in dispute.

area! { "negotiation" {
    /// Words that stand in the name of a union of people at work, as written.
    UNION_NAME = "union name",
    /// Lower-case words before "union" or in its name that make it one of states, money or faith, not of people at work.
    UNION_OF_STATES = "union of states",
    /// What the name of a company ends in, as written; the value is "anywhere" for words of those who speak for companies.
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
    /// Nouns for what is only claimed, by lemma: "rejected reports that it had agreed".
    CLAIM = "claim",
    /// Verbs of firm denial, by lemma.
    DENYING = "denying",
    /// Verbs and nouns of holding something possible, hoping or fearing it, by lemma: what they lead to need not be so.
    SUPPOSING = "supposing",
    /// Verbs of what somebody thinks of a matter, which is no deed, by lemma.
    ATTITUDE = "attitude",
    /// Verbs of wishing and aiming, by lemma.
    WISHING = "wishing",
    /// Verbs of what a party would have done with a matter, by lemma: "wants to renegotiate it".
    PURSUING = "pursuing",
    /// Verbs of the mind and of being, by lemma: to refuse them refuses nothing that is bargained over.
    THINKING = "thinking",
    /// Nouns for what is asked for or held out without a bargain, by lemma: "insisted on anonymity".
    COURTESY = "courtesy",
    /// Verbs by which two sides come to terms, by lemma; the value is "both" where the verb needs both.
    COMING_TO_TERMS = "coming to terms",
    /// Verbs by which somebody judges, by lemma; the value is "bare" where the judgement follows without "as".
    CALLING = "calling",
    /// Verbs between a thing and what is said of it, by lemma.
    LINKING = "linking",
    /// Lower-case words that turn what follows.
    NEGATION = "negation",
    /// Adjectives of readiness, in lower case; the value says what becomes of the act that follows: "keeps",
    /// "turns", "wishes".
    READINESS = "readiness",
    /// Verbs above another verb, by lemma; the value says what becomes of the act below: "keeps" ("binds" where a party
    /// binds itself to it), "turns", "asks".
    HIGHER_VERB = "higher verb",
    /// Modal verbs as the parser splits them, in lower case; the value is "firm", "duty" or "open".
    MODAL = "modal",
    /// Verbs by which somebody has or utters a stance that a noun names, by lemma: "expressed doubts".
    VOICING = "voicing",
    /// Verbs before "in favour of", by lemma.
    FAVOURING = "favouring",
    /// Adverbs of praise after "speak".
    WARMLY = "warmly",
    /// Prepositions between a part and the whole.
    PART_OF = "part of",
    /// What a plan is a plan of when it is no proposal, by lemma: "the pension plan".
    BENEFIT = "benefit",
    /// Verbs of telling, by lemma; the value is "kept back" where "would not" is enough to say nothing.
    SPEAKING = "speaking",
    /// Lower-case words that make an acceptance a partial one.
    PARTLY = "partly",
    /// What a plan is counted in, by lemma.
    UNIT_OF_PLAN = "unit of plan",
    /// Adjectives that tell which of several versions is meant, in lower case.
    VERSION = "version",
    /// Verbs that make one version out of another, by lemma.
    CHANGING = "changing",
    /// Verbs by which somebody puts a proposal before others, by lemma; the value is "no author" where their
    /// subject need not be its author.
    MAKING = "making",
    /// Verbs by which a plan has its points, by lemma.
    HOLDING = "holding",
    /// Lower-case words before a number that make it rough.
    ROUGHLY = "roughly",
    /// Lower-case words that make a noun definite.
    DEFINITE = "definite",
    /// Words between a sum and the time it is for.
    TERM_LINK = "term link",
    /// Words for a scale of numbers, in lower case.
    SCALE = "scale",
    /// Units of sums and rates, in lower case.
    SUM_UNIT = "sum unit",
    /// Times that pay is reckoned by, by lemma.
    PAY_TERM = "pay term",
    /// Nouns for more or less money, by lemma.
    PAY = "pay",
    /// Verbs by which people deal with a matter, by lemma.
    TREATING = "treating",
    /// Nouns and verbs of talks and what comes of them, by lemma: "progress on N".
    TALKING = "talking",
    /// Nouns and adverbs for what comes after, by lemma: "left for later talks".
    LATER = "later",
    /// Verbs of changing, granting and taking away, by lemma.
    TERMS_VERB = "terms verb",
    /// Nouns of people and bodies, by lemma, where no title says so.
    SOMEBODY = "somebody",
    /// Nouns that no one bargains over, by lemma; means of a dispute are not what it is about.
    NO_MATTER = "no matter",
    /// Nouns that say too little by themselves, by lemma; the value is "never" where they are no matter even in
    /// dispute.
    GENERAL = "general",
    /// Modifiers that say nothing of what a matter is, in lower case; the value is "sticking" where they make
    /// it a point of dispute.
    EMPTY_MODIFIER = "empty modifier",
    /// Verbs by which an agreement is there, by lemma.
    REACHING = "reaching",
    /// Words behind which what an issue is follows, in lower case.
    LISTING = "listing",
    /// Nouns that say that something is in dispute, by lemma, without a word that stresses it.
    DISPUTE_NOUN = "dispute noun",
    /// Words of a predicate that put a matter in dispute only where they are stressed or follow "at" or "in".
    POINTED = "pointed",
    /// Nouns that add nothing to what a matter is: without them "territorial question" is "territorial".
    WEAK_HEAD = "weak head",
    /// Words for how far an acceptance goes, in lower case; the value is `principle` (for the time being), `main` (the
    /// greater part) or `details` (all but small things).
    DEGREE = "degree",
    /// Those who lead a body or speak for it, by lemma.
    LEADING = "leading",
}}
