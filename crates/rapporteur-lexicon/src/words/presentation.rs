//! Words that faces and exports sort and label by.

area! { "presentation" {
    /// Cues that go without saying when words are shown.
    PLAIN_CUE = "plain cue",
    /// Words that stand for a speaker without telling who it is.
    NO_NAME = "no speaker's name",
    /// Words in a title that say that it is held no more.
    FORMER = "former",
    /// Words before people who are a part of a body and do not speak for it.
    SOME_OF_THEM = "some of them",
    /// First words of a greeting or of thanks.
    GREETING = "greeting",
}}
