//! Words by which somebody is said to speak or write, and for where.

area! { "speech" {
    /// Nouns for people and bodies of people: their subject can speak. Lemmas, beside titles and demonyms.
    SPEAKER_NOUN = "speaker_noun",
    /// Nouns for texts, figures and studies that "say" things, as lemmas.
    SPEAKING_TEXT = "speaking_text",
    /// Pronouns whose subject can speak.
    SPEAKING_PRONOUN = "speaking_pronoun",
    /// Pronouns under which no reporter attributes: of the speaker's own mouth, and those that mean things.
    SILENT_PRONOUN = "silent_pronoun",
    /// Verbs by which things bear witness ("the figures show that"), as lemmas.
    SHOW_VERB = "show_verb",
    /// Nouns for an occasion or a text in which things are said, as lemmas.
    MEDIUM = "medium",
    /// Prepositions by which the medium joins its verb ("in a statement").
    MEDIUM_PREPOSITION = "medium_preposition",
    /// Verbs whose object is who listens, as lemmas; in the passive their subject does not speak.
    TELL_VERB = "tell_verb",
    /// Verbs that take who listens with "to", as lemmas.
    SAY_TO_VERB = "say_to_verb",
    /// Verbs of handing on what somebody else has said, as lemmas.
    CREDIT_VERB = "credit_verb",
    /// Verbs that say nothing where they are negated ("did not specify"), as lemmas.
    SILENT_VERB = "silent_verb",
    /// Verbs of ordering: an act that the reporter tells, not words; as lemmas.
    ORDER_VERB = "order_verb",
    /// Verbs that take a noun of speech for object ("voiced doubts about"), as lemmas.
    VOICING_VERB = "voicing_verb",
    /// Auxiliaries under which nothing has been said yet ("could say"), as lemmas.
    UNREAL_AUXILIARY = "unreal_auxiliary",
    /// Words that open a clause which goes on with what was said before it, as lemmas.
    CLAUSE_OPENER = "clause_opener",
    /// Prepositions that join the matter to an object ("accused X of", "praised X for").
    MATTER_PREPOSITION = "matter_preposition",
    /// Small words that stand in names too: alone they make no wording.
    NAME_FILLER = "name_filler",
    /// Words before an office that make it another.
    LESSER_OFFICE = "lesser_office",
    /// Nouns that mean a company, whatever it is called, as lemmas.
    COMPANY_NOUN = "company_noun",
    /// Nouns too wide to mean one body, though many names end in them, as lemmas.
    WIDE_NOUN = "wide_noun",
    /// Words in the name of a body that speaks for employers.
    EMPLOYERS_WORD = "employers_word",
    /// Words in the name of a union.
    UNION_WORD = "union_word",
    /// Nouns for gatherings in which things are said as well, as lemmas.
    GATHERING_MEDIUM = "gathering_medium",
    /// Verbs whose subject speaks by the text or sign that they take, as lemmas.
    ISSUING_VERB = "issuing_verb",
    /// Verbs whose object or infinitive is a stance or an act and no words, as lemmas.
    STANCE_VERB = "stance_verb",
    /// Verbs of not saying or doing, as lemmas: what somebody declines to say is told, what to do is an act.
    DECLINE_VERB = "decline_verb",
    /// Verbs of saying something on a matter, as lemmas.
    COMMENT_VERB = "comment_verb",
    /// Verbs whose subject in the passive is asked, as lemmas.
    ASK_VERB = "ask_verb",
    /// Verbs that in the passive tell what somebody is charged with, as lemmas.
    ACCUSE_VERB = "accuse_verb",
    /// Adverbs that attribute what they stand in without telling to whom, in lower case.
    HEARSAY = "hearsay",
    /// Verbs of knowing, thinking and feeling, as lemmas: what the reporter tells of somebody's mind.
    INNER_VERB = "inner_verb",
    /// What stands before a question in a transcript, in lower case: who asks is not named.
    ASKER_LABEL = "asker_label",
}}
