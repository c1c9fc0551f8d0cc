//! Citations of a list, looked up by the place that they hold: not one by one, for a report may have thousands.

use rapporteur_schema::{Char, Citation, Span};

/// The places of a list.
pub(crate) struct Places {
    /// Where each begins and ends, and its number in the list; in order of where they begin.
    spans: Vec<(u32, u32, u32)>,
    /// For each of these, how far it or any before it reaches.
    reach: Vec<u32>,
}

impl Places {
    /// Looks over a list.
    pub(crate) fn of<'c>(list: impl Iterator<Item = &'c Citation>) -> Self {
        let span = |(i, c): (usize, &Citation)| (c.span().start(), c.span().end(), i as u32);
        let mut spans: Vec<(u32, u32, u32)> = list.enumerate().map(span).collect();
        spans.sort_unstable();
        let mut far = 0;
        let reach = spans.iter().map(|&(_, end, _)| {
            far = far.max(end);
            far
        });
        Places { reach: reach.collect(), spans }
    }

    /// The entries whose words hold a place: how many characters they have, and their numbers.
    pub(crate) fn holding(&self, at: Span<Char>) -> impl Iterator<Item = (u32, u32)> + '_ {
        let before = self.spans.partition_point(|&(start, ..)| start <= at.start());
        let near = (0..before).rev().take_while(move |&i| self.reach[i] >= at.end()).map(|i| self.spans[i]);
        near.filter(move |&(_, end, _)| end >= at.end()).map(|(start, end, i)| (end - start, i))
    }

    /// The shortest of them, and of several the first in the list.
    pub(crate) fn shortest_holding(&self, at: Span<Char>) -> Option<u32> {
        self.holding(at).min().map(|(_, i)| i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::report;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_is_missed(spans in prop::collection::vec((0u32..60, 1u32..20), 0..30), at in (0u32..60, 1u32..8)) {
            let r = report(&"x".repeat(100));
            let cited: Vec<Citation> =
                spans.iter().map(|&(start, len)| r.cite(Span::new(start, start + len)).unwrap()).collect();
            let at = Span::new(at.0, at.0 + at.1);
            let holds = |c: &&Citation| c.span().start() <= at.start() && at.end() <= c.span().end();
            let mut want: Vec<(u32, u32)> = cited
                .iter()
                .enumerate()
                .filter(|(_, c)| holds(c))
                .map(|(i, c)| (c.span().end() - c.span().start(), i as u32))
                .collect();
            want.sort_unstable();
            let places = Places::of(cited.iter());
            let mut found: Vec<(u32, u32)> = places.holding(at).collect();
            found.sort_unstable();
            prop_assert_eq!(&found, &want);
            prop_assert_eq!(places.shortest_holding(at), want.first().map(|(_, i)| *i));
        }
    }
}
