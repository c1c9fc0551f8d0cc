//! Words for numbers and measures.

area! { "number" {
    /// Numbers below twenty, in lower case, with their value.
    UNIT = "unit",
    /// Tens, in lower case, with their value.
    TENS = "tens",
    /// Ordinal numbers below twenty, in lower case, with their value.
    ORDINAL = "ordinal",
    /// Tens in the plural ("the sixties"), in lower case, with their value.
    TENS_PLURAL = "tens_plural",
}}
