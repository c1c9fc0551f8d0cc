//! Words of time.

area! { "time" {
    /// The months by name, as written; the value is their number.
    MONTH = "month",
    /// The days of the week by name, as written; the value is 1 for Monday.
    WEEKDAY = "weekday",
}}
