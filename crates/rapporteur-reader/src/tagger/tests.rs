//! The tagger with chance weights: against the definition in double precision, across levels, alone and among others.

use rapporteur_language::Level;

use super::*;
use crate::bench::{Sizes, Tensor, file, random, tensors};

const SMALL: Sizes = Sizes { layers: 2, width: 96, inner: 192, heads: 3, wide: true };

fn vocabulary() -> String {
    let mut lines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n".to_owned();
    for c in ('a'..='z').chain("0123456789.,“”’-".chars()) {
        lines.push_str(&format!("{c}\n##{c}\n"));
    }
    lines + "the\ntalks\nminister\n##s\n##ing\nsaid\nreject\n##ed\n"
}

const TEXT: &str = "The minister’s aides rejected the plan, “said” 12 talks.\n\nÉtats résumé talking the talks.\nж\n";

fn small(level: Level) -> Tagger {
    let vocabulary = vocabulary();
    Tagger::from_bytes_for(random(vocabulary.lines().count(), SMALL), &vocabulary, level).unwrap()
}

/// The numbers of a tensor, its scales multiplied in, in double precision.
fn numbers(tensors: &[Tensor], name: &str) -> Vec<f64> {
    let find = |name: &str| tensors.iter().find(|t| t.0 == name).unwrap_or_else(|| panic!("no {name}"));
    let (_, kind, shape, bytes) = find(name);
    let single = |bytes: &[u8]| bytes.as_chunks::<4>().0.iter().map(|b| f64::from(f32::from_le_bytes(*b))).collect();
    match *kind {
        "F32" => single(bytes),
        // Normal numbers only.
        "F16" => {
            let half = |b: &[u8; 2]| {
                let h = u16::from_le_bytes(*b);
                f64::from(1024 + (h & 0x3ff)) * f64::powi(2.0, i32::from(h >> 10) - 25)
            };
            bytes.as_chunks::<2>().0.iter().map(half).collect()
        }
        _ => {
            let scales: Vec<f64> = single(&find(&name.replace(".weight", ".scale")).3);
            let rows = bytes.chunks_exact(shape[1]).zip(scales);
            rows.flat_map(|(row, scale)| row.iter().map(move |b| f64::from(b.cast_signed()) * scale)).collect()
        }
    }
}

/// An encoder by its definition.
struct Plain(Vec<Tensor>);

impl Plain {
    fn affine(&self, name: &str, x: &[f64]) -> Vec<f64> {
        let (w, b) = (numbers(&self.0, &format!("{name}.weight")), numbers(&self.0, &format!("{name}.bias")));
        let row = |(w, b): (&[f64], &f64)| w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + b;
        w.chunks_exact(x.len()).zip(&b).map(row).collect()
    }

    fn norm(&self, name: &str, x: &[f64], y: &[f64]) -> Vec<f64> {
        let (w, b) = (numbers(&self.0, &format!("{name}.weight")), numbers(&self.0, &format!("{name}.bias")));
        let sum: Vec<f64> = x.iter().zip(y).map(|(x, y)| x + y).collect();
        let mean = sum.iter().sum::<f64>() / sum.len() as f64;
        let variance = sum.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / sum.len() as f64;
        sum.iter().zip(w.iter().zip(&b)).map(|(x, (w, b))| (x - mean) / (variance + 1e-12).sqrt() * w + b).collect()
    }

    fn states(&self, ids: &[u32], sizes: Sizes) -> Vec<Vec<f64>> {
        let Sizes { width, heads, .. } = sizes;
        let (words, places) = (numbers(&self.0, "embeddings.word.weight"), numbers(&self.0, "embeddings.position"));
        let row = |table: &[f64], n: usize| table[n * width..][..width].to_vec();
        let embed = |(n, id): (usize, &u32)| self.norm("embeddings.norm", &row(&words, *id as usize), &row(&places, n));
        let mut states: Vec<Vec<f64>> = ids.iter().enumerate().map(embed).collect();
        for n in 0..sizes.layers {
            let name = |part: &str| format!("layer.{n}.{part}");
            let qkv: Vec<Vec<f64>> = states.iter().map(|x| self.affine(&name("qkv"), x)).collect();
            let size = width / heads;
            let mut mixed = vec![vec![0.0; width]; ids.len()];
            for (head, i) in (0..heads).flat_map(|h| (0..ids.len()).map(move |i| (h, i))) {
                let part = |r: usize, which: usize| &qkv[r][which * width + head * size..][..size];
                let dot = |j| part(i, 0).iter().zip(part(j, 1)).map(|(a, b)| a * b).sum::<f64>() / (size as f64).sqrt();
                let weights: Vec<f64> = (0..ids.len()).map(|j| f64::exp(dot(j))).collect();
                let whole: f64 = weights.iter().sum();
                for (j, weight) in weights.iter().enumerate() {
                    let to = &mut mixed[i][head * size..][..size];
                    to.iter_mut().zip(part(j, 2)).for_each(|(to, v)| *to += weight / whole * v);
                }
            }
            // By its error function's integral, a thousand steps of Simpson's rule.
            let erf = |x: f64| {
                let (h, f) = (x / 1000.0, |t: f64| (-t * t).exp());
                let inner: f64 = (1..1000).map(|n| f(f64::from(n) * h) * if n % 2 == 1 { 4.0 } else { 2.0 }).sum();
                2.0 / std::f64::consts::PI.sqrt() * h / 3.0 * (f(0.0) + inner + f(x))
            };
            let gelu = |x: &f64| x / 2.0 * (1.0 + erf(x / 2f64.sqrt()));
            for (state, mixed) in states.iter_mut().zip(&mixed) {
                let first = self.norm(&name("norm1"), state, &self.affine(&name("attention"), mixed));
                let inner: Vec<f64> = self.affine(&name("inner"), &first).iter().map(gelu).collect();
                *state = self.norm(&name("norm2"), &first, &self.affine(&name("outer"), &inner));
            }
        }
        states
    }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn it_is_what_its_definition_says() {
    let vocabulary = vocabulary();
    let plain = Plain(tensors(vocabulary.lines().count(), SMALL));
    for level in Level::available() {
        let tagger = small(level);
        let tagged = &tagger.read(TEXT, &tagger.windows(TEXT))[0];
        let mut ids: Vec<u32> = tagged.pieces().iter().map(|piece| piece.id).collect();
        ids.insert(0, 2);
        ids.push(3);
        let states = plain.states(&ids, SMALL);
        let pieces = &states[1..states.len() - 1];
        let near = |have: f32, want: f64| assert!((f64::from(have) - want).abs() < 1e-3, "{have} against {want}");
        for (have, want) in tagged.states().chunks_exact(96).zip(pieces) {
            have.iter().zip(want).for_each(|(have, want)| near(*have, *want));
        }
        for (have, state) in tagged.piece_scores().iter().zip(pieces) {
            have.iter().zip(plain.affine("tag", state)).for_each(|(have, want)| near(*have, sigmoid(want)));
        }
        let place = 4..12;
        let anchor = tagged.anchor_at(Tag::Stance, place).unwrap();
        assert_eq!(&TEXT[anchor.at.clone()], "minister");
        let of = tagged.pieces_in(&anchor.at);
        let mean: Vec<f64> =
            (0..96).map(|n| pieces[of.clone()].iter().map(|s| s[n]).sum::<f64>() / of.len() as f64).collect();
        let query = plain.affine("role.query", &mean);
        let bias = numbers(&plain.0, "role.bias");
        for role in Role::ALL {
            let n = role as usize;
            for (have, state) in tagged.role_scores(role, &anchor).iter().zip(pieces) {
                let key = plain.affine("role.key", state);
                let dot: f64 = query[n * 64..][..64].iter().zip(&key[n * 64..]).map(|(q, k)| q * k).sum();
                near(*have, sigmoid(dot + bias[n]));
            }
        }
        let both: Vec<f64> = mean.iter().chain(&states[0]).copied().collect();
        let logits = plain.affine("stance", &both);
        let whole: f64 = logits.iter().map(|x| x.exp()).sum();
        let labels = tagged.labels(Family::Stance, &anchor);
        assert_eq!(labels.len(), 8);
        labels.iter().zip(&logits).for_each(|(label, x)| near(label.probability, x.exp() / whole));
        let best = labels.iter().map(|l| l.probability).fold(0.0, f32::max);
        assert_eq!(anchor.stance.unwrap().probability, best);
    }
}

/// Everything that a tagger says of a text.
fn all(tagger: &Tagger, text: &str, windows: &[Range<usize>]) -> Vec<Vec<f32>> {
    let one = |tagged: &Tagged<'_>| {
        let mut numbers = tagged.states().to_vec();
        numbers.extend(tagged.piece_scores().as_flattened());
        for anchor in tagged.anchors(Tag::Stance, Some(0.3)) {
            numbers.extend([anchor.score, anchor.stance.unwrap().probability]);
            numbers.extend(tagged.role_scores(Role::StanceHolder, &anchor));
        }
        numbers
    };
    tagger.read(text, windows).iter().map(one).collect()
}

fn long() -> String {
    (0..40).map(|n| format!("{TEXT}{}\n", "the talks said. ".repeat(n))).collect()
}

#[test]
fn a_window_alone_and_among_others_has_the_same_bits() {
    let text = long();
    for level in Level::available() {
        let tagger = small(level);
        let windows = tagger.windows(&text);
        let together = all(&tagger, &text, &windows);
        for (window, together) in windows.iter().zip(&together) {
            assert_eq!(all(&tagger, &text, std::slice::from_ref(window))[0], *together);
        }
        let threads: Vec<_> = std::thread::scope(|scope| {
            let each = (0..4).map(|_| scope.spawn(|| all(&tagger, &text, &windows))).collect::<Vec<_>>();
            each.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(threads.iter().all(|t| *t == together));
    }
}

#[test]
fn the_levels_agree() {
    let text = long();
    let scores = |level| {
        let tagger = small(level);
        let tagged = tagger.read(&text, &tagger.windows(&text));
        tagged.iter().flat_map(|t| t.piece_scores().as_flattened().to_vec()).collect::<Vec<f32>>()
    };
    let each: Vec<Vec<f32>> = Level::available().into_iter().map(scores).collect();
    for other in &each[1..] {
        let most = each[0].iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(most < 2e-4, "{most}");
        assert_eq!(*other, each[1]);
    }
}

#[test]
fn pieces_become_words_and_words_anchors() {
    let tagger = small(Level::current());
    let windows = tagger.windows(TEXT);
    let tagged = &tagger.read(TEXT, &windows);
    assert_eq!(tagged.len(), 3);
    let words: Vec<&str> = tagged[0].words().iter().map(|word| &TEXT[word.at.clone()]).collect();
    assert_eq!(words[..5], ["The", "minister", "’", "s", "aides"]);
    let first = &tagged[0];
    let mean = first.words().iter().find(|w| &TEXT[w.at.clone()] == "rejected").unwrap();
    assert!((mean.score(Tag::Figure) - first.tag_mean(Tag::Figure, mean.at.clone())).abs() < 1e-6);
    // Runs are as long as they can be and lie over the threshold.
    let middle = first.words()[3].score(Tag::Content);
    for anchor in first.anchors(Tag::Content, Some(middle)) {
        let inside = |w: &&Word| anchor.at.start <= w.at.start && w.at.end <= anchor.at.end;
        let inside: Vec<&Word> = first.words().iter().filter(inside).collect();
        assert!(!inside.is_empty() && inside.iter().all(|w| w.score(Tag::Content) >= middle));
        assert_eq!((inside[0].at.start, inside[inside.len() - 1].at.end), (anchor.at.start, anchor.at.end));
    }
    assert_eq!(first.anchors(Tag::Content, Some(0.0)).len(), 1);
    assert_eq!(first.anchors(Tag::Content, Some(1.1)).len(), 0);
    assert_eq!((tagger.threshold(Tag::Stance), tagger.role_threshold(Role::StanceHolder)), (0.5, 0.4));
    let anchor = first.anchor_at(Tag::Gathering, 0..3).unwrap();
    assert!(anchor.status.is_some() && anchor.kind.is_some() && anchor.stance.is_none());
    let whole = first.roles(Role::GatheringWith, &anchor, Some(0.0));
    assert_eq!(whole.len(), 1);
    let mean = first.role_score(Role::GatheringWith, &anchor, whole[0].0.clone());
    assert_eq!(mean, whole[0].1);
    // A place outside has nothing.
    assert!(first.anchor_at(Tag::Stance, windows[1].clone()).is_none());
    assert_eq!(first.role_score(Role::StanceOn, &anchor, windows[1].clone()), 0.0);
}

#[test]
fn any_window_can_be_read() {
    let tagger = small(Level::current());
    let text = format!("{} é", "ab".repeat(700));
    let at = text.len() - 1;
    let odd = [0..text.len(), 0..0, 3..1_000_000, at..text.len(), 0..51 * 2, 5..5];
    let tagged = tagger.read(&text, &odd);
    assert_eq!(tagged.len(), odd.len());
    assert_eq!(tagged.iter().map(|t| t.words().len()).collect::<Vec<_>>(), [2, 0, 0, 0, 1, 0]);
    let many = "ab ".repeat(700);
    let whole = 0..many.len();
    let tagged = tagger.read(&many, std::slice::from_ref(&whole));
    assert_eq!((tagged[0].words().len(), tagged[0].piece_scores().len()), (700, 1400));
    // Of a paragraph as long as a book an anchor's roles are asked within a window's length of it.
    let anchor = tagged[0].anchor_at(Tag::Gathering, 0..2).unwrap();
    let reach = tagged[0].reach(&anchor);
    assert!(reach.start == 0 && reach.end < many.len() / 2, "{reach:?}");
    assert!(tagged[0].role_score(Role::GatheringWith, &anchor, 3..5) > 0.0);
    assert_eq!(tagged[0].role_score(Role::GatheringWith, &anchor, many.len() - 3..many.len() - 1), 0.0);
}

#[test]
fn what_cannot_be_run_is_said_so() {
    let vocabulary = vocabulary();
    let count = vocabulary.lines().count();
    let read = |bytes: Vec<u8>| Tagger::from_bytes(bytes, &vocabulary).map(|_| ());
    let tensors = tensors(count, SMALL);
    assert!(read(file(&tensors, SMALL)).is_ok());
    assert!(read(Vec::new()).unwrap_err().is_damaged());
    for n in 0..tensors.len() {
        let mut fewer = tensors.clone();
        let (name, ..) = fewer.remove(n);
        // Labels that the file does not have are not asked for.
        let optional = ["stance.weight", "status.weight", "kind.weight"].contains(&name.as_str());
        assert_eq!(read(file(&fewer, SMALL)).is_err(), !optional, "{name}");
    }
    assert!(read(file(&tensors, Sizes { heads: 5, ..SMALL })).unwrap_err().is_unsupported());
    assert!(read(random(count - 1, SMALL)).unwrap_err().is_damaged());
    assert!(read(file(&tensors, Sizes { layers: 1, ..SMALL })).is_ok());
}

#[test]
fn the_builtin_tagger_is_sound() {
    if let Some(tagger) = Tagger::builtin() {
        let text = "The minister rejected the plan.";
        assert_eq!(tagger.read(text, &tagger.windows(text))[0].words().len(), 6);
    }
}
