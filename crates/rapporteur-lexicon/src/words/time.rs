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
    /// Words before a month that let it be one, in lower case.
    LEADS_TO_MONTH = "leads_to_month",
    /// Words before a month that is also a word or a name which make it the month, in lower case.
    LEADS_TO_MONTH_SURELY = "leads_to_month_surely",
    /// Months, and short forms of them, that are words too, in lower case.
    MONTH_ALSO_WORD = "month_also_word",
    /// What stands before a hyphen and a period of time ("mid-May"), in lower case.
    PART_PREFIX = "part_prefix",
    /// Words before a year that is written out in words, in lower case.
    LEADS_TO_WRITTEN_YEAR = "leads_to_written_year",
    /// What stands before four figures that are no year, in lower case.
    NO_YEAR_BEHIND = "no_year_behind",
    /// What stands behind four figures that count something and are no year, in lower case.
    COUNTED_BEHIND = "counted_behind",
    /// What stands before four figures that may be an early year, in lower case.
    LEADS_TO_YEAR = "leads_to_year",
    /// Words before "weekend" that make it one of many, in lower case.
    WEEKEND_OF_MANY = "weekend_of_many",
    /// Words behind a weekday that make it a paper's name, in lower case.
    WEEKDAY_PAPER = "weekday_paper",
    /// Words before a weekday that make it the name of one day ("Black Friday"), in lower case.
    NAMED_DAY = "named_day",
    /// Words before a stretch of time that has gone by, in lower case.
    LOOKS_BACK = "looks_back",
    /// Words behind a period that tell which one is meant, in lower case.
    TELLS_WHICH = "tells_which",
    /// What stands between a count and a unit of time, in lower case.
    LENGTH_MODIFIER = "length_modifier",
    /// Verbs that speak of what is ahead whatever their tense, by lemma.
    PLANNING = "planning",
    /// Words of a sentence that speaks of what is ahead, in lower case.
    AHEAD = "ahead",
    /// Words before a season that make it a date, in lower case.
    LEADS_TO_SEASON = "leads_to_season",
    /// Words before a time of the clock, in lower case.
    LEADS_TO_CLOCK = "leads_to_clock",
    /// Abbreviations of time zones, in lower case.
    ZONE = "zone",
    /// Words before "time" that name a zone, in lower case.
    ZONE_NAME = "zone_name",
    /// Words between a day and a time of that day, in lower case.
    CLOCK_BEHIND_DAY = "clock_behind_day",
    /// First words of what shades a count and not a day ("more than", "nearly"), in lower case.
    AMOUNT = "amount",
    /// Words for the beginning or the end of a day, in lower case, without a last period; the value is `early`, `late` or
    /// `both`.
    HOUR = "hour",
    /// Words between two days that are one stretch, as written.
    RANGE_LINK = "range_link",
    /// Words right before a day of the week, in lower case.
    BEFORE_DAY = "before_day",
    /// Words that an expression of time may begin with, in lower case, other than numbers, units and the names of days and
    /// months.
    BEGINS = "begins",
}}
