//! A quotation laid beside the words it comes nearest to: a fitting alignment, so that it may begin and end anywhere.
//!
//! Gotoh's affine gaps ("An improved algorithm for matching biological sequences", J. Mol. Biol. 162, 1982): leaving out
//! ten words in a row costs little more than leaving out two, for that is how quotations are cut.

/// What is done with one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// The draft's word stands there: indexes of both.
    Same(usize, usize),
    /// Another word stands for the report's.
    Other(usize, usize),
    /// The report's word is left out; the draft's next word is the first index.
    LeftOut(usize, usize),
    /// The draft's word is put in; the report's next word is the second index.
    PutIn(usize, usize),
}

const OTHER: f64 = -1.2;
const OPEN: f64 = -1.0;
const LONGER: f64 = -0.25;
const PUT_IN: f64 = -1.1;

/// The most cells that are worked out.
const MAX_CELLS: usize = 2_000_000;

/// Aligns the draft's words with the report's; `small` tells the draft's smallest words, which bind less.
pub(super) fn align(draft: &[u32], report: &[u32], small: &[bool]) -> (f64, Vec<Op>) {
    let (n, m) = (draft.len(), report.len());
    if n == 0 || m == 0 || n.saturating_mul(m) > MAX_CELLS {
        return (f64::MIN, Vec::new());
    }
    let width = m + 1;
    let at = |i: usize, j: usize| i * width + j;
    let low = -1e9;
    // Best with the last words matched or replaced; the last draft's word put in; the last report's words left out.
    let (mut both, mut put, mut out) =
        (vec![low; (n + 1) * width], vec![low; (n + 1) * width], vec![low; (n + 1) * width]);
    for j in 0..=m {
        both[at(0, j)] = 0.0;
    }
    let best = |b: f64, p: f64, o: f64| b.max(p).max(o);
    for i in 1..=n {
        for j in 0..=m {
            let up = at(i - 1, j);
            put[at(i, j)] = best(both[up], put[up], out[up]) + PUT_IN;
            if j > 0 {
                let score = match draft[i - 1] == report[j - 1] {
                    true => {
                        if small[i - 1] {
                            1.0
                        } else {
                            2.0
                        }
                    }
                    false => OTHER,
                };
                let cross = at(i - 1, j - 1);
                both[at(i, j)] = best(both[cross], put[cross], out[cross]) + score;
                let left = at(i, j - 1);
                out[at(i, j)] = (both[left].max(put[left]) + OPEN).max(out[left] + LONGER);
            }
        }
    }
    let end = (0..=m).max_by(|&a, &b| {
        let score = |j: usize| both[at(n, j)].max(put[at(n, j)]);
        score(a).total_cmp(&score(b)).then(b.cmp(&a))
    });
    let Some(mut j) = end else { return (f64::MIN, Vec::new()) };
    let mut i = n;
    let score = both[at(n, j)].max(put[at(n, j)]);
    let mut ops = Vec::new();
    let mut state = if both[at(n, j)] >= put[at(n, j)] { 0 } else { 1 };
    while i > 0 {
        let here = at(i, j);
        match state {
            0 => {
                let same = draft[i - 1] == report[j - 1];
                ops.push(if same { Op::Same(i - 1, j - 1) } else { Op::Other(i - 1, j - 1) });
                (i, j) = (i - 1, j - 1);
                state = from(both[at(i, j)], put[at(i, j)], out[at(i, j)]);
            }
            1 => {
                ops.push(Op::PutIn(i - 1, j));
                i -= 1;
                state = from(both[at(i, j)], put[at(i, j)], out[at(i, j)]);
            }
            _ => {
                ops.push(Op::LeftOut(i, j - 1));
                let left = at(i, j - 1);
                let opened = both[left].max(put[left]) + OPEN;
                let goes_on = (out[here] - (out[left] + LONGER)).abs() < 1e-9 && out[left] + LONGER > opened;
                j -= 1;
                if !goes_on {
                    state = if both[left] >= put[left] { 0 } else { 1 };
                }
            }
        }
        if i == 0 {
            break;
        }
        if j == 0 {
            state = 1;
        }
    }
    ops.reverse();
    (score, ops)
}

/// The state a cell's best score comes from.
fn from(both: f64, put: f64, out: f64) -> u8 {
    if both >= put && both >= out {
        0
    } else if put >= out {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ops(draft: &[u32], report: &[u32]) -> Vec<Op> {
        align(draft, report, &vec![false; draft.len()]).1
    }

    #[test]
    fn cuts_insertions_and_other_words() {
        assert_eq!(ops(&[2, 3], &[1, 2, 3, 4]), [Op::Same(0, 1), Op::Same(1, 2)]);
        let cut = ops(&[1, 2, 5, 6], &[1, 2, 3, 4, 5, 6]);
        assert_eq!(cut[2..4], [Op::LeftOut(2, 2), Op::LeftOut(2, 3)]);
        assert_eq!(ops(&[1, 2, 9, 4, 5], &[1, 2, 3, 4, 5])[2], Op::Other(2, 2));
        assert_eq!(ops(&[1, 2, 9, 3, 4], &[1, 2, 3, 4])[2], Op::PutIn(2, 2));
    }

    proptest! {
        #[test]
        fn every_word_of_the_draft_is_accounted_for(a in prop::collection::vec(0u32..6, 0..30), b in prop::collection::vec(0u32..6, 0..40)) {
            let ops = ops(&a, &b);
            if !a.is_empty() && !b.is_empty() {
                let seen: Vec<usize> = ops.iter().filter_map(|op| match op {
                    Op::Same(i, _) | Op::Other(i, _) | Op::PutIn(i, _) => Some(*i),
                    Op::LeftOut(..) => None,
                }).collect();
                prop_assert_eq!(seen, (0..a.len()).collect::<Vec<_>>());
            }
        }
    }
}
