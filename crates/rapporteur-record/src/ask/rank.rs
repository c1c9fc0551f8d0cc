//! Which sentences fit a question, and how they are put together into answers.

use rapporteur_schema::{Citation, DiscrepancyId};

use super::index::{AskIndex, Difference, Shown};
use super::question::{Question, sort_of};
use super::{Answer, Differing, DifferingAccount, Outcome, Saying, Told};

/// Sentences shown of one answer, and of one account of a difference, at most.
const MOST_SENTENCES: usize = 8;
const MOST_OF_ACCOUNT: usize = 3;

/// Differences shown under one answer at most.
const MOST_DIFFERENCES: usize = 4;

/// The numbers by which sentences are ranked; chosen on `annotated/train` (`cargo xtask eval ask`, docs/accuracy.md).
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Settings {
    /// BM25: how much the length of a sentence counts, and from what number of its words on.
    pub k: f32,
    /// BM25: 0 where length does not count, 1 where it counts in full.
    pub b: f32,
    /// What a word counts that only says what sort of answer is asked for.
    pub asks: f32,
    /// What is gained by naming the sort of thing that is asked for.
    pub sort: f32,
    /// The least share of the weight of the question's telling words that the best sentence must have.
    pub least: f32,
    /// The least share of the best answer's score that further ones must have.
    pub of_best: f32,
}

impl Settings {
    /// Those that are used.
    pub const CHOSEN: Settings = Settings { k: 0.6, b: 0.1, asks: 0.3, sort: 0.5, least: 0.3, of_best: 0.3 };
}

/// A word of the question as the reports know it.
struct Term {
    /// Those of its stems that they have.
    stems: Vec<u32>,
    weight: f32,
    asks: bool,
}

/// What a sentence has of a question.
#[derive(Clone, Copy, Default)]
struct Hit {
    /// Whether it has a telling word.
    telling: bool,
    score: f32,
    /// The share of the weight of its telling words.
    share: f32,
}

impl AskIndex {
    /// What the reports say to a question: so many answers at most.
    pub fn ask(&self, question: &str, most: usize) -> Answer {
        self.ask_with(question, most, &Settings::CHOSEN)
    }

    /// As [`ask`](AskIndex::ask), by other numbers: for choosing them.
    #[doc(hidden)]
    pub fn ask_with(&self, question: &str, most: usize, by: &Settings) -> Answer {
        let asked = Question::read(question);
        let count = self.sentences.len() as f32;
        let term = |t: &super::question::Term| {
            let stems: Vec<u32> = t.stems.iter().filter_map(|s| self.stems.get(s).copied()).collect();
            let stems: Vec<u32> = stems.into_iter().filter(|s| self.having.contains_key(s)).collect();
            let having = self.having_any(&stems).len();
            Term { stems, weight: ((count + 1.0) / (having as f32 + 0.5)).ln().max(0.0), asks: t.asks }
        };
        let terms: Vec<Term> = asked.terms.iter().map(term).collect();
        let telling = || asked.terms.iter().zip(&terms).filter(|(_, t)| !t.asks);
        let unknown = telling().filter(|(_, t)| t.stems.is_empty()).map(|(a, _)| a.folded.clone()).collect();
        let mut answer = Answer {
            question: question.to_owned(),
            outcome: Outcome::Found,
            answers: Vec::new(),
            unknown,
            reports: self.heads.len(),
            sentences: self.sentences.len(),
        };
        let hits = self.hits(&terms, asked.sorts, by);
        let mut ranked: Vec<usize> = (0..hits.len()).filter(|&n| hits[n].telling).collect();
        ranked.sort_by(|&a, &b| hits[b].score.total_cmp(&hits[a].score).then(a.cmp(&b)));
        let fits = ranked.iter().any(|&n| hits[n].share >= by.least);
        answer.outcome = match telling().count() {
            0 => Outcome::NoWords,
            all if all == answer.unknown.len() => Outcome::UnknownWords,
            _ if !fits => Outcome::TooLittle,
            _ => Outcome::Found,
        };
        if answer.outcome == Outcome::Found {
            let stems: Vec<u32> = terms.iter().flat_map(|t| &t.stems).copied().collect();
            self.group(&mut answer, &ranked, &hits, &stems, asked.sorts, most, by);
        }
        answer
    }

    /// The sentences that have one of these stems, each once, in order.
    fn having_any(&self, stems: &[u32]) -> Vec<u32> {
        let mut all: Vec<u32> = stems.iter().filter_map(|s| self.having.get(s)).flatten().copied().collect();
        if stems.len() > 1 {
            all.sort_unstable();
            all.dedup();
        }
        all
    }

    /// What every sentence has of a question.
    fn hits(&self, terms: &[Term], sorts: u8, by: &Settings) -> Vec<Hit> {
        let mut hits = vec![Hit::default(); self.sentences.len()];
        let telling: f32 = terms.iter().filter(|t| !t.asks).map(|t| t.weight).sum();
        for term in terms {
            let (score, share) = match term.asks {
                true => (term.weight * by.asks, 0.0),
                false => (term.weight, term.weight / telling.max(f32::MIN_POSITIVE)),
            };
            for n in self.having_any(&term.stems) {
                let hit = &mut hits[n as usize];
                hit.telling |= !term.asks;
                hit.score += score;
                hit.share += share;
            }
        }
        for (hit, sentence) in hits.iter_mut().zip(&self.sentences) {
            let length = 1.0 - by.b + by.b * sentence.length as f32 / self.mean;
            hit.score *= (by.k + 1.0) / (1.0 + by.k * length);
            if sorts & sentence.sorts != 0 {
                hit.score *= 1.0 + by.sort;
            }
        }
        hits
    }

    /// Puts sentences together into answers, the best first.
    #[expect(clippy::too_many_arguments, reason = "one step of `ask_with`")]
    fn group(
        &self,
        answer: &mut Answer,
        ranked: &[usize],
        hits: &[Hit],
        stems: &[u32],
        sorts: u8,
        most: usize,
        by: &Settings,
    ) {
        let best = ranked.first().map_or(0.0, |&n| hits[n].score);
        let mut shown = vec![false; self.sentences.len()];
        for &n in ranked {
            if answer.answers.len() >= most || hits[n].score < by.of_best * best {
                break;
            }
            if shown[n] {
                continue;
            }
            let all = |claim: usize| self.claims[claim].sentences.iter().copied().filter(|&s| s == n || !shown[s]);
            let fit = |claim: usize| all(claim).map(|s| hits[s].score).sum::<f32>();
            let claim =
                self.sentences[n].claims.iter().copied().max_by(|&a, &b| fit(a).total_cmp(&fit(b)).then(b.cmp(&a)));
            let mut sentences: Vec<usize> = claim.map_or_else(|| vec![n], |c| all(c).collect());
            sentences.sort_by(|&a, &b| hits[b].score.total_cmp(&hits[a].score).then(a.cmp(&b)));
            for &s in &sentences {
                shown[s] = true;
            }
            let differences = self.differing(&sentences, sorts, &answer.answers);
            for (_, beside) in differences.iter().flat_map(|d| &d.accounts) {
                beside.iter().take(MOST_OF_ACCOUNT).filter_map(|s| s.sentence).for_each(|s| shown[s] = true);
            }
            let saying =
                |&s: &usize| self.saying(&self.sentences[s].at, self.sentences[s].report, self.marks(s, stems));
            answer.answers.push(Told {
                claim: claim.map(|c| self.claims[c].id.clone()),
                origins: claim.map_or(1, |c| self.claims[c].origins),
                sentences: sentences.iter().take(MOST_SENTENCES).map(saying).collect(),
                more: sentences.len().saturating_sub(MOST_SENTENCES),
                // To hundredths: more digits would promise what nobody knows.
                score: (hits[n].score * 100.0).round() / 100.0,
                differences: differences.into_iter().map(|d| self.side_by_side(d)).collect(),
            });
        }
    }

    /// The differences that rest on these sentences and are not shown yet: those of the sort that is asked for first.
    fn differing(&self, sentences: &[usize], sorts: u8, before: &[Told]) -> Vec<&Difference> {
        let mut all: Vec<usize> = sentences.iter().flat_map(|&s| &self.sentences[s].differences).copied().collect();
        all.sort_unstable();
        all.dedup();
        let shown = |id: &DiscrepancyId| before.iter().flat_map(|t| &t.differences).any(|d| d.id == *id);
        all.retain(|&d| !shown(&self.differences[d].id));
        all.sort_by_key(|&d| sort_of(self.differences[d].kind) & sorts == 0);
        all.into_iter().take(MOST_DIFFERENCES).map(|d| &self.differences[d]).collect()
    }

    fn side_by_side(&self, difference: &Difference) -> Differing {
        let account = |(value, shown): &(String, Vec<Shown>)| DifferingAccount {
            value: value.clone(),
            sentences: shown
                .iter()
                .take(MOST_OF_ACCOUNT)
                .map(|s| self.saying(&s.at, s.report, s.marks.clone()))
                .collect(),
            more: shown.len().saturating_sub(MOST_OF_ACCOUNT),
        };
        Differing {
            id: difference.id.clone(),
            kind: difference.kind,
            about: difference.about.clone(),
            accounts: difference.accounts.iter().map(account).collect(),
        }
    }

    fn saying(&self, at: &Citation, report: usize, marks: Vec<(u32, u32)>) -> Saying {
        let head = &self.heads[report];
        let (outlet, published, source) = (head.outlet.clone(), head.published, head.source.clone());
        Saying { at: at.clone(), outlet, published, source, marks }
    }

    /// Where the question's words stand in a sentence.
    fn marks(&self, sentence: usize, stems: &[u32]) -> Vec<(u32, u32)> {
        let words = self.sentences[sentence].words.iter();
        words.filter(|(stem, ..)| stems.contains(stem)).map(|&(_, start, end)| (start, end)).collect()
    }
}
