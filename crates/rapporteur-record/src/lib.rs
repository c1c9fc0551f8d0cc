//! What all reports say together: one entity for a person, one utterance for the same words.
