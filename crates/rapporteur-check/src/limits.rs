//! How much of a draft is judged, and until when.

use std::fmt;

/// Bounds of one check. What is cut by them is said in [`Checked::cut`](crate::Checked::cut).
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// The most quotations that are judged; the first of the draft are.
    pub max_quotations: usize,
    /// The most claims of every other kind (numbers, days, names, places, attributions, sentences) that are judged.
    pub max_claims: usize,
    /// Asked again and again during long work: whether to go on. Once it says no, what was judged by then is all.
    pub go_on: &'a (dyn Fn() -> bool + Sync),
}

impl Default for Limits<'_> {
    /// Five thousand of each kind, and to the end: more than a book has.
    fn default() -> Self {
        Limits { max_quotations: 5_000, max_claims: 5_000, go_on: &|| true }
    }
}

impl fmt::Debug for Limits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (quotations, claims) = (&self.max_quotations, &self.max_claims);
        f.debug_struct("Limits").field("max_quotations", quotations).field("max_claims", claims).finish_non_exhaustive()
    }
}

/// Counts what is judged of one kind, and says what is not.
#[derive(Debug)]
pub(crate) struct Quota<'l, 'a> {
    limits: &'l Limits<'a>,
    what: &'static str,
    most: usize,
    judged: usize,
    /// How many there are.
    all: usize,
}

impl<'l, 'a> Quota<'l, 'a> {
    /// For claims of a kind, called so: "numbers".
    pub(crate) fn of_claims(limits: &'l Limits<'a>, what: &'static str) -> Self {
        Quota { limits, what, most: limits.max_claims, judged: 0, all: 0 }
    }

    /// For quotations.
    pub(crate) fn of_quotations(limits: &'l Limits<'a>) -> Self {
        Quota { limits, what: "quotations", most: limits.max_quotations, judged: 0, all: 0 }
    }

    /// Whether the next one is to be judged.
    pub(crate) fn take(&mut self) -> bool {
        self.all += 1;
        let room = self.judged < self.most && (self.limits.go_on)();
        self.judged += usize::from(room);
        room
    }

    /// Says what was not judged, where anything was not.
    pub(crate) fn close(self, cut: &mut Vec<String>) {
        if self.judged < self.all {
            cut.push(format!("only the first {} of {} {} were judged", self.judged, self.all, self.what));
        }
    }
}
