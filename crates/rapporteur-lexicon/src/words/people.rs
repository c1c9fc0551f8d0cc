//! Words that name people, bodies and places, or stand beside their names.

area! { "people" {
    /// Words that make a capitalised stretch the name of a body, as written.
    BODY_WORD = "body_word",
    /// Words that make a capitalised stretch the name of a place, as written.
    PLACE_WORD = "place_word",
    /// Nouns of what states and cities have and people have not, by lemma.
    STATE_HAS = "state_has",
    /// Words of a name that a number goes with ("Pier 9"), as written.
    NUMBERED = "numbered",
    /// Words that open a sentence right before a name and are no part of it, beside the closed classes, in lower case.
    OPENER = "opener",
    /// Small words inside names of persons ("van der").
    PARTICLE = "particle",
    /// What closes the name of a company and is none by itself, as written.
    COMPANY_SUFFIX = "company_suffix",
    /// What follows the name of a person and is none by itself, as written.
    NAME_SUFFIX = "name_suffix",
    /// Nouns of what is no person, body or place, in lower case: a name that ends so is the name of a plan, a law, a war or
    /// a gathering, and with a capital alone it names nobody; the value `alone` is for the second only.
    THING = "thing",
    /// What calls upon the reader or heads a picture, in lower case: no name by itself.
    PROMPT = "prompt",
    /// What makes the name of a place a word for its people or what is theirs.
    PEOPLE_ENDING = "people_ending",
    /// What follows a hyphen in common compounds and could be a syllable of a name.
    COMPOUND_TAIL = "compound_tail",
    /// Forms of address of men, without a period.
    MALE_TITLE = "male_title",
    /// Forms of address of women, without a period.
    FEMALE_TITLE = "female_title",
    /// Words that stand before a title and belong to it, in lower case.
    OFFICE_PREFIX = "office_prefix",
    /// Small words between a name and the office behind it ("Roe, who is now the mayor").
    OFFICE_LEAD = "office_lead",
    /// Words for how long or how high somebody holds an office, by lemma.
    STANDING = "standing",
    /// Offices that one person holds in a country, by lemma.
    RULER = "ruler",
    /// Offices held for life, by lemma.
    MONARCH = "monarch",
    /// People and bodies who act for the body or country that the words beside them name, by lemma.
    REPRESENTATIVE = "representative",
    /// Nouns that in the plural mean all parties of a story, whoever they are, by lemma.
    EITHER_PARTY = "either_party",
    /// Nouns of people before whom an adjective names their political party, by lemma.
    PARTY_MEMBER = "party_member",
    /// People at work, for whom their union speaks in a dispute, by lemma.
    WORKER = "worker",
    /// Nouns in the singular that mean several people who act for a country, by lemma.
    DELEGATION = "delegation",
    /// Tongues, and peoples without a state of their name, as written.
    TONGUE = "tongue",
    /// Nouns in the singular for what a body, a country or a person has that can speak, by lemma.
    PART = "part",
    /// Nouns for who rules a country and speaks for it, by lemma.
    RULING = "ruling",
    /// What somebody is to a person of the same family name, who is known by that name alone, in lower case.
    KIN = "kin",
    /// Those who work for an outlet and speak for themselves, by lemma.
    MEDIA_PERSON = "media_person",
    /// Offices of a state, a county or a town, by lemma and in their short forms.
    LOCAL_OFFICE = "local_office",
}}
