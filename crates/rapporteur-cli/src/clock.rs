//! The time, read in this one place: everything behind the command line is handed it.

/// Now, to the second, in UTC (RFC 3339).
pub fn now() -> String {
    let now = timestamp();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// Now, in seconds since 1970.
#[cfg(feature = "feeds")]
pub fn seconds() -> i64 {
    timestamp().as_second()
}

fn timestamp() -> jiff::Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    jiff::Timestamp::now()
}
