//! The numbers of grouping, in one place; `docs/accuracy.md` says how flat the ground around them is.

/// What the grouping depends on. The default is what was measured; one setting serves all kinds of news.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How well a report must fit a story to join it, where no other story is anything like it (0 to 1).
    pub bar: f64,
    /// How much of the mean fit of the next best stories is added to the bar: among many stories of one matter a report
    /// must fit one of them clearly better than the rest.
    pub crowd: f64,
    /// How many of the next best stories that mean is taken of.
    pub crowd_size: usize,
    /// How fast fit fades with time: with `d` days between, it is divided by `(1 + d)` to this power.
    pub fading: f64,
    /// After this many days without a report a story is over.
    pub horizon: i32,
    /// What fit is multiplied with where a day is not known.
    pub undated: f64,
    /// How many of the nearest reports of other stories look again after each new one.
    pub second_looks: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { bar: 0.13, crowd: 0.8, crowd_size: 5, fading: 0.2, horizon: 180, undated: 0.85, second_looks: 4 }
    }
}
