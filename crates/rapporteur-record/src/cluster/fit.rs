//! How well a report fits a story, or another report.

use super::frequency::Frequencies;
use super::settings::Settings;
use super::term::Term;

/// The cosine of a weighed vector of length one and a bag that is weighed on the way.
pub(super) fn cosine<N: Copy + Into<f64>>(vector: &[(Term, f64)], bag: &[(Term, N)], rare: &Frequencies) -> f64 {
    let (mut product, mut square) = (0.0, 0.0);
    let mut ours = vector.iter().peekable();
    for &(term, weight) in bag {
        let weight = weight.into() * rare.rarity(term);
        square += weight * weight;
        while ours.next_if(|(t, _)| *t < term).is_some() {}
        product += ours.next_if(|(t, _)| *t == term).map_or(0.0, |(_, w)| w * weight);
    }
    if square > 0.0 { product / f64::sqrt(square) } else { 0.0 }
}

impl Settings {
    /// What is left of a fit after so many days; `None` where a day is not known.
    pub(super) fn after(&self, days: Option<i32>) -> f64 {
        match days {
            None => self.undated,
            Some(days) if days > self.horizon => 0.0,
            Some(days) => (1.0 + f64::from(days)).powf(-self.fading),
        }
    }

    /// The fit that is asked for where these are the fits of the other stories, the best first.
    pub(super) fn bar(&self, others: impl Iterator<Item = f64>) -> f64 {
        let sum: f64 = others.take(self.crowd_size).sum();
        self.bar + self.crowd * sum / self.crowd_size.max(1) as f64
    }
}
