//! Reading, writing, scoring, explaining; and, with the feature `train`, learning.

use super::*;

const LINEAR: &str = r#"{"kind": "log-linear", "about": "toy", "threshold": 0.6, "bias": -0.25, "weights": {"a": 1.5, "b \"q\"": -0.1}}"#;
const TREES: &str = r#"{"kind": "trees", "base": 0.1, "trees": [
    ["a", 0.5, 0.0, -1, ["b", 2.5, 0.5, 0.25, 2]],
    ["c", -1.5, 0.3, 0.7, 0.2]]}"#;

fn features(all: &[(&str, f32)]) -> Features {
    all.iter().copied().collect()
}

#[test]
fn a_linear_model_sums_its_weights() {
    let model = Model::read(LINEAR).unwrap();
    assert_eq!((model.about.as_str(), model.threshold), ("toy", 0.6));
    let f = features(&[("a", 2.0), ("b \"q\"", 1.0), ("unknown", 9.0), ("a", 1.0)]);
    assert!((model.score(&f) - (-0.25 + 4.5 - 0.1)).abs() < 1e-6);
    let why = model.explain(&f);
    assert_eq!(why.iter().map(|w| w.0.as_str()).collect::<Vec<_>>(), ["a", "(always)", "b \"q\""]);
    assert!((model.probability(&Features::default()) - 0.437_823).abs() < 1e-5);
}

#[test]
fn trees_are_followed_and_explained() {
    let model = Model::read(TREES).unwrap();
    let at = |all: &[(&str, f32)]| model.score(&features(all));
    assert!((at(&[]) - (0.1 - 1.0 + 0.2)).abs() < 1e-6);
    assert!((at(&[("a", 1.0)]) - (0.1 + 0.25 + 0.2)).abs() < 1e-6);
    assert!((at(&[("a", 1.0), ("b", 2.0), ("b", 1.0), ("c", -2.0)]) - (0.1 + 2.0 + 0.7)).abs() < 1e-6);
    let f = features(&[("a", 1.0), ("b", 3.0)]);
    let why = model.explain(&f);
    assert_eq!(why[0], ("b".to_owned(), 1.5));
    assert!((why.iter().map(|w| w.1).sum::<f32>() - model.score(&f)).abs() < 1e-6);
    assert_eq!(model.names(), ["a", "b", "c"]);
}

#[test]
fn what_is_written_is_read_alike() {
    for text in [LINEAR, TREES] {
        let model = Model::read(text).unwrap();
        assert_eq!(Model::read(&model.write()).unwrap(), model);
        assert_eq!(Model::read(&model.write()).unwrap().write(), model.write());
    }
}

#[test]
fn what_is_no_model_is_said_to_be_none() {
    for text in ["", "[]", "{\"kind\": \"log-linear\"}", "{\"kind\": \"trees\", \"trees\": [[\"a\", 1, 2, 3]]}"] {
        assert!(Model::read(text).is_err(), "{text}");
    }
    assert!(Model::read("{\"kind\": \"log-linear\", \"weights\": {\"a\": \"b\"}}").unwrap_err().is_damaged());
    assert!(Model::read("{\"kind\": \"forest\"}").unwrap_err().is_unsupported());
    // As deep as one likes to make it.
    let deep =
        format!("{{\"kind\": \"trees\", \"trees\": [{}1{}]}}", "[\"a\",0,0,0,".repeat(100_000), "]".repeat(100_000));
    assert!(Model::read(&deep).is_err());
}

#[test]
fn features_are_named() {
    let mut f = Features::default();
    f.flag("no", false);
    f.add("nan", f32::NAN);
    f.value("word", "said");
    f.hashed("verb", "rejected", 1000);
    assert_eq!(f.len(), 2);
    assert_eq!(f.get("word=said"), 1.0);
    let name = f.iter().last().unwrap().0.to_owned();
    assert!(name.strip_prefix("verb#").unwrap().parse::<u32>().unwrap() < 1000);
    let mut again = Features::default();
    again.hashed("verb", "rejected", 1000);
    assert_eq!(again.get(&name), 1.0);
}

#[cfg(feature = "train")]
mod train {
    use super::super::train::{Example, Linear, Trees, fit_linear, fit_trees};
    use super::*;

    /// Repeatable numbers from 0 to 1.
    fn numbers() -> impl FnMut() -> f32 {
        let mut state = 7u64;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u64 << 24) as f32
        }
    }

    fn wrong(model: &Model, examples: &[Example]) -> usize {
        examples.iter().filter(|e| (model.score(&e.features) > 0.0) != e.right).count()
    }

    /// Right if two numbers together are large; a third says nothing, and is large.
    fn sums(count: usize) -> Vec<Example> {
        let mut number = numbers();
        let one = |_| {
            let (a, b, noise) = (number(), number(), number());
            Example::new(features(&[("a", a), ("b", b * 100.0), ("noise", noise * 1e4)]), a + b > 1.0)
        };
        (0..count).map(one).collect()
    }

    /// Right if one of two holds and not both.
    fn either(count: usize) -> Vec<Example> {
        let mut number = numbers();
        let one = |_| {
            let (a, b) = (number() > 0.4, number() > 0.6);
            let mut f = features(&[("noise", number())]);
            f.flag("a", a);
            f.flag("b", b);
            Example::new(f, a != b)
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn a_linear_model_learns_a_line() {
        let examples = sums(600);
        let model = fit_linear(&examples[..400], Linear { squares: 0.01, ..Linear::default() });
        assert!(wrong(&model, &examples[400..]) <= 6);
        let again = fit_linear(&examples[..400], Linear { squares: 0.01, ..Linear::default() });
        assert_eq!(model, again);
        // Squares that cost much keep weights small.
        let held = fit_linear(&examples[..400], Linear { squares: 100.0, ..Linear::default() });
        let f = &examples[0].features;
        assert!(held.score(f).abs() < model.score(f).abs());
    }

    #[test]
    fn trees_learn_what_no_line_divides() {
        let examples = either(600);
        let line = fit_linear(&examples[..400], Linear::default());
        assert!(wrong(&line, &examples[400..]) > 20);
        for part in [1.0, 0.7] {
            let options = Trees { part, ..Trees::default() };
            let model = fit_trees(&examples[..400], options);
            assert_eq!(wrong(&model, &examples[400..]), 0);
            assert_eq!(model, fit_trees(&examples[..400], options));
            let read = Model::read(&model.write()).unwrap();
            assert!(examples.iter().all(|e| read.score(&e.features) == model.score(&e.features)));
        }
    }

    /// Among rivals the nearest is right, however far off all of them are.
    fn nearest(groups: u32) -> Vec<Example> {
        let mut number = numbers();
        let mut all = Vec::new();
        for group in 0..groups {
            let offset = number() * 10.0;
            let distances = [number(), number(), number()].map(|n| n + offset);
            let least = distances.into_iter().fold(f32::MAX, f32::min);
            for distance in distances {
                let features = features(&[("distance", distance)]);
                all.push(Example { features, right: distance == least, weight: 1.0, group: Some(group) });
            }
        }
        all
    }

    #[test]
    fn rivals_are_compared() {
        let examples = nearest(300);
        let options = Trees { count: 300, rate: 0.2, least_weight: 0.1, ..Trees::default() };
        for (model, share) in [
            (fit_linear(&examples, Linear { squares: 0.001, ..Linear::default() }), 0.99),
            (fit_trees(&examples, options), 0.75),
        ] {
            let best = |group: &[Example]| {
                let score = |e: &&Example| model.score(&e.features);
                group.iter().max_by(|a, b| score(a).total_cmp(&score(b))).is_some_and(|e| e.right)
            };
            let right = examples.chunks_exact(3).filter(|group| best(group)).count();
            assert!(right as f32 >= share * 300.0, "{right}");
        }
    }
}
