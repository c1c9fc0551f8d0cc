//! What a hedged number can be taken to mean, and when two of them cannot both hold.
//!
//! "More than 20" is said of 24 but not of 30, for which there is a better word; "nearly 48,000" of 47,800 but not of
//! 45,000; "about 30" of what rounds to it. An exact number fits any hedge it lies in, and a rounder form of itself.

use rapporteur_schema::QuantityFinding;

/// A number as it is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The number that is written; of a range the lower.
    pub stated: f64,
    /// The least it is likely to mean.
    low: f64,
    /// The most it is likely to mean.
    high: f64,
    /// Whether the words leave room.
    pub hedged: bool,
    /// Whether it is a range with both ends given.
    range: bool,
}

impl Interval {
    /// Of a finding; `None` where it states no number above zero.
    pub fn of(q: &QuantityFinding) -> Option<Self> {
        Self::new(q.least, q.most, q.approximate)
    }

    /// Of a number as written: the least and the most it can be, and whether it is hedged, as in [`QuantityFinding`].
    pub fn new(least: Option<f64>, most: Option<f64>, approximate: bool) -> Option<Self> {
        let stated = least.or(most).filter(|v| v.is_finite() && *v > 0.0)?;
        let step = step(stated);
        let (low, high, hedged) = match (least, most) {
            (Some(a), Some(b)) if a != b => (a, b, approximate),
            (Some(_), Some(_)) if approximate => {
                let room = (step / 2.0).min(stated * 0.15).max(stated * 0.05);
                (stated - room, stated + room, true)
            }
            (Some(_), Some(_)) => (stated, stated, false),
            // A small floor is open: "at least seven" may be nine.
            (Some(_), None) if approximate => (stated, stated + step.min(stated * 0.15), true),
            (Some(_), None) if stated < 10.0 => (stated, stated * 2.0, true),
            (Some(_), None) => (stated, stated + step.max(stated * 0.1), true),
            (None, _) if approximate => (stated - step.min(stated * 0.15), stated, true),
            (None, _) => (0.0, stated, true),
        };
        Some(Interval { stated, low, high, hedged, range: low < high && !hedged })
    }

    /// The same in a unit so many times smaller.
    pub(super) fn times(self, units: f64) -> Self {
        Interval { stated: self.stated * units, low: self.low * units, high: self.high * units, ..self }
    }

    /// Whether both can be meant by somebody who knows the number.
    pub fn fits(self, other: Self) -> bool {
        if self.range || other.range {
            // The end of a range is no exact number: who writes "40" does not mean "40 to 45".
            let same = self.low == other.low && self.high == other.high;
            let inside = |a: Interval, b: Interval| b.low < a.stated && a.stated < b.high;
            return same || inside(self, other) || inside(other, self);
        }
        let inside = |v: f64, i: Interval| match i.hedged {
            true => i.low <= v && v < i.high || v == i.stated,
            // A number given to the last digit may have been cut rather than rounded.
            false if step(v) * 1000.0 <= rounding(i.stated) => (v - i.stated).abs() < rounding(i.stated),
            false => v == i.stated || (v - i.stated).abs() < rounding(i.stated) / 2.0,
        };
        inside(self.stated, other) || inside(other.stated, self)
    }

    /// Whether somebody who knows that it is this number can have written these words.
    pub fn holds(self, number: f64) -> bool {
        match (self.range, self.hedged) {
            (true, _) => self.low <= number && number <= self.high,
            (_, true) => self.low <= number && number < self.high || number == self.stated,
            _ => number == self.stated || (number - self.stated).abs() < rounding(self.stated) / 2.0,
        }
    }
}

/// The step to which a number is written: 1,000 for 48,000, 10 for 20, 1 for 91, a tenth for 91.4.
fn step(v: f64) -> f64 {
    if v.fract() != 0.0 {
        return if (v * 10.0).fract().abs() < 1e-6 { 0.1 } else { 0.01 };
    }
    let mut step = 1.0;
    while v % (step * 10.0) == 0.0 && step < v {
        step *= 10.0;
    }
    step
}

/// The step to which an unhedged number may have been rounded; "20" is 20.
fn rounding(v: f64) -> f64 {
    let step = step(v);
    if (1.0..100.0).contains(&step) { 1.0 } else { step }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(least: Option<f64>, most: Option<f64>, approximate: bool) -> Interval {
        let stated = least.or(most).unwrap();
        let citation = {
            let text = rapporteur_schema::Text::new("x");
            rapporteur_schema::Citation::new(
                &rapporteur_schema::ReportId::new("r"),
                &text,
                rapporteur_schema::Span::new(0, 1),
            )
            .unwrap()
        };
        assert!(stated > 0.0);
        Interval::of(&QuantityFinding {
            by: rapporteur_schema::Rule::default(),
            at: citation.clone(),
            number: citation.clone(),
            clause: citation,
            least,
            most,
            approximate,
            noun: "port".into(),
            of: Vec::new(),
            from: None,
            per: None,
            stage: None,
            actors: Vec::new(),
            date: None,
        })
        .unwrap()
    }

    fn exact(v: f64) -> Interval {
        made(Some(v), Some(v), false)
    }

    fn about(v: f64) -> Interval {
        made(Some(v), Some(v), true)
    }

    fn over(v: f64) -> Interval {
        made(Some(v), None, false)
    }

    #[test]
    fn hedges_take_in_what_they_are_said_of() {
        let nearly = |v| made(None, Some(v), true);
        for (a, b) in [
            (exact(38.0), over(30.0)),
            (exact(38.0), about(40.0)),
            (exact(47_800.0), nearly(48_000.0)),
            (exact(91.4), made(Some(91.0), None, true)),
            (exact(91.4), exact(91.0)),
            (exact(9_100.0), exact(9_000.0)),
            (about(800_000.0), nearly(800_000.0)),
            (exact(9.0), over(7.0)),
            (exact(5.7e9), over(5e9)),
            (exact(43_885_310.0), exact(43e6)),
        ] {
            assert!(a.fits(b) && b.fits(a), "{a:?} {b:?}");
        }
        for (a, b) in [
            (about(30.0), over(20.0)),
            (exact(45_000.0), nearly(48_000.0)),
            (exact(14.0), exact(13.0)),
            (exact(8.0), exact(8.5)),
            (exact(12.0), exact(11.5)),
            (about(1_900.0), exact(2_100.0)),
            (exact(40.0), made(Some(40.0), Some(45.0), false)),
            (exact(5.6e9), exact(5.7e9)),
        ] {
            assert!(!a.fits(b) && !b.fits(a), "{a:?} {b:?}");
        }
    }
}
