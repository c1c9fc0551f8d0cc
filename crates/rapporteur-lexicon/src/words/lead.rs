//! Words by which a sentence that tells what happened is known.

area! { "lead" {
    /// First words that lean on the sentence before, folded.
    OPEN_START = "open start",
    /// Words that add to the sentence before, folded.
    ADDS = "adds",
    /// What news ends in, folded.
    OUTCOME = "outcome",
    /// What is still to come, folded.
    NEXT_STEP = "next step",
}}
