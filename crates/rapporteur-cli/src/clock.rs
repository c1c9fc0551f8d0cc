//! The time, read in this one place: everything behind the command line is handed it.

/// Now, to the second, in UTC (RFC 3339).
pub fn now() -> String {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}
