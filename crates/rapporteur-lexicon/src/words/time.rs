//! Words of time.

area! { "time" {
    /// The months by name, as written; the value is their number.
    MONTH = "month",
    /// The days of the week by name, as written; the value is 1 for Monday.
    WEEKDAY = "weekday",
    /// Months by name and abbreviation, in lower case, without a period, with their number.
    MONTH_WORD = "month_word",
    /// Days of the week by name and abbreviation, in lower case, without a period, 1 for Monday.
    WEEKDAY_WORD = "weekday_word",
}}
