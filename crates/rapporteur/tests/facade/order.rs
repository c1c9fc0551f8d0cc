//! The same reports give the same bytes, in whatever order and on however many threads.

use crate::generator;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use rapporteur::{Findings, Options, Report, assemble, findings_of, gather};

fn json(reports: &[Report], findings: &[Findings]) -> String {
    serde_json::to_string(&assemble(reports, findings)).unwrap()
}

/// Both, rearranged.
fn rearranged(order: &[usize], reports: &[Report], findings: &[Findings]) -> (Vec<Report>, Vec<Findings>) {
    order.iter().map(|&i| (reports[i].clone(), findings[i].clone())).unzip()
}

#[test]
fn all_orders_of_the_strait_on_one_thread_and_on_two() {
    let gathered = gather(&[PathBuf::from("../../examples/strait")], &Options::default());
    let reports = gathered.reports;
    assert_eq!(reports.len(), 5);
    let findings = findings_of(&reports, 1);
    let wanted = json(&reports, &findings);
    let mut orders = 0;
    for n in 0..3125usize {
        let order: Vec<usize> = (0..5).map(|k| n / 5usize.pow(k) % 5).collect();
        if (0..5).any(|i| !order.contains(&i)) {
            continue;
        }
        orders += 1;
        let (shuffled, read) = rearranged(&order, &reports, &findings);
        assert!(json(&shuffled, &read) == wanted, "the order {order:?} gives another record");
        if orders % 60 == 1 {
            assert!(findings_of(&shuffled, 2) == read, "{order:?} read on two threads");
        }
    }
    assert_eq!(orders, 120);
}

/// Reports of an invented story with what was found in them; made once, since reading costs more than merging.
static STORY: LazyLock<(Vec<Report>, Vec<Findings>)> = LazyLock::new(|| {
    let reports = generator::reports(24).reports;
    let findings = findings_of(&reports, 2);
    (reports, findings)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn merging_does_not_see_the_order(
        some in proptest::sample::subsequence((0..24usize).collect::<Vec<_>>(), 1..24),
        seed in any::<u64>(),
    ) {
        let (reports, findings) = &*STORY;
        let mut order = some.clone();
        order.sort_by_key(|&i| (i as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let (plain, found) = rearranged(&some, reports, findings);
        let (shuffled, read) = rearranged(&order, reports, findings);
        prop_assert!(json(&plain, &found) == json(&shuffled, &read), "{some:?} as {order:?}");
    }
}
