//! What is compared when reports are laid side by side.

area! { "comparison" {
    /// Countries whose officials speak English in public, by ISO 3166-1 code.
    ENGLISH_SPEAKING_COUNTRY = "english speaking country",
    /// Words of time among those that tell what a number is of, as lemmas.
    TIME_OF_A_QUANTITY = "time of a quantity",
    /// Lengths of time as lemmas, with their seconds.
    LENGTH_OF_TIME = "length of time",
    /// Words behind a length of time that make it tell when something was, lower case.
    BEHIND_AN_OFFSET = "behind an offset",
    /// What stands for a sum of money whose coin is not told, as lemmas.
    BARE_SUM = "bare sum",
    /// Nouns that end like trades and count no people, as lemmas.
    NO_TRADE = "no trade",
    /// Nouns of trades and people that the ending does not tell, as lemmas.
    TRADE = "trade",
    /// Units that measure anything at all, as lemmas.
    MEASURE = "measure",
    /// Endings of nouns of trades.
    TRADE_ENDING = "trade ending",
    /// Words between a number and the noun it counts that say nothing of it.
    DETERMINER_OF_A_COUNT = "determiner of a count",
    /// Verbs that say what a thing is, was or becomes.
    VERB_OF_BEING = "verb of being",
    /// Verbs of modality.
    MODAL_VERB = "modal verb",
    /// Words that belong to the family name after them, folded.
    NAME_PARTICLE = "name particle",
    /// What stands behind a family name and is none, folded.
    NAME_SUFFIX = "name suffix",
    /// Legal forms of companies, left out as often as not, folded.
    LEGAL_FORM = "legal form",
    /// Words that give no initial to an abbreviation, folded.
    WORD_WITHOUT_INITIAL = "word without initial",
    /// What parts and offices of a body are called behind its name, folded.
    CHAMBER = "chamber",
    /// Family names of countries where they come first (Korea, China, Vietnam), folded; evidence only.
    FAMILY_NAME_FIRST = "family name first",
}}
