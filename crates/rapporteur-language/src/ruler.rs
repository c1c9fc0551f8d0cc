//! Corrects tags and adds coarse parts of speech, features and some lemmas by spaCy's attribute rules.
//!
//! All rules are matched against the tokens as tagger and parser left them, and then applied in their order,
//! later ones over earlier ones. A token's outcome depends on its word, tag and label alone (the few two-token rules
//! aside), so the caller keeps outcomes; nothing here is in a hurry.

use std::sync::Arc;

use crate::error::Error;
use crate::label::{Dep, Pos, Tag};
use crate::model::spec;

/// A token as the rules see it.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) lower: &'a str,
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    pub(crate) is_space: bool,
}

/// What the rules make of a token.
#[derive(Clone, Copy)]
pub(crate) struct Outcome<'m> {
    pub(crate) tag: Tag,
    pub(crate) pos: Pos,
    pub(crate) morph: u16,
    pub(crate) dep: Dep,
    pub(crate) lemma: Option<&'m str>,
}

enum Test {
    Tag(Vec<Tag>, bool),
    Lower(Vec<String>, bool),
    LowerLike(Vec<Like>),
    Dep(Vec<Dep>, bool),
    IsSpace(bool),
}

impl Test {
    fn holds(&self, seen: Seen<'_>) -> bool {
        match self {
            Self::Tag(values, want) => values.contains(&seen.tag) == *want,
            Self::Lower(values, want) => values.iter().any(|v| v == seen.lower) == *want,
            Self::LowerLike(values) => values.iter().any(|like| like.fits(seen.lower)),
            Self::Dep(values, want) => values.contains(&seen.dep) == *want,
            Self::IsSpace(want) => seen.is_space == *want,
        }
    }

    /// Whether the test asks about the word alone, and then its answer.
    fn holds_for_word(&self, lower: &str, is_space: bool) -> bool {
        match self {
            Self::Tag(..) | Self::Dep(..) => true,
            _ => self.holds(Seen { lower, tag: Tag::None, dep: Dep::None, is_space }),
        }
    }
}

/// A regular expression as simple as those of the rules: `^n'?t$`, `^n[ou]thin'$`.
struct Like(Vec<(Vec<char>, bool)>);

impl Like {
    fn parse(source: &str) -> Option<Self> {
        let inner = source.strip_prefix('^')?.strip_suffix('$')?;
        let mut chars = inner.chars().peekable();
        let mut parts = Vec::new();
        while let Some(c) = chars.next() {
            let set = match c {
                '[' => {
                    let set: Vec<char> = chars.by_ref().take_while(|&c| c != ']').collect();
                    (!set.is_empty() && !set.contains(&'-') && !set.contains(&'^') && !set.contains(&'\\'))
                        .then_some(set)?
                }
                '\'' | '’' | ' ' => vec![c],
                c if c.is_alphanumeric() => vec![c],
                _ => return None,
            };
            parts.push((set, chars.next_if_eq(&'?').is_some()));
        }
        Some(Self(parts))
    }

    fn fits(&self, text: &str) -> bool {
        fn rest(parts: &[(Vec<char>, bool)], text: &str) -> bool {
            let Some(((set, optional), after)) = parts.split_first() else {
                return text.is_empty();
            };
            let mut chars = text.chars();
            let taken = chars.next().is_some_and(|c| set.contains(&c)) && rest(after, chars.as_str());
            taken || (*optional && rest(after, text))
        }
        rest(&self.0, text)
    }
}

#[derive(Default)]
struct Changes {
    tag: Option<Tag>,
    pos: Option<Pos>,
    morph: Option<u16>,
    dep: Option<Dep>,
    lemma: Option<String>,
}

struct Rule {
    /// Any of these, each of one or two tokens.
    patterns: Vec<Vec<Vec<Test>>>,
    index: usize,
    changes: Changes,
}

impl Rule {
    fn fits_alone(&self, seen: Seen<'_>) -> bool {
        self.patterns.iter().any(|p| p.len() == 1 && p[0].iter().all(|test| test.holds(seen)))
    }
}

/// The rules, and the feature strings that they give.
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// Two-token patterns: rule and pattern.
    pairs: Vec<(usize, usize)>,
    morphs: Arc<Vec<String>>,
}

fn unsupported(what: impl Into<String>) -> Error {
    Error::unsupported("attribute_ruler", what)
}

impl Ruler {
    pub(crate) fn new(specs: &[spec::Rule]) -> Result<Self, Error> {
        let mut ruler = Self { rules: Vec::new(), pairs: Vec::new(), morphs: Arc::default() };
        let mut morphs = vec![String::new()];
        for spec in specs {
            let patterns = spec
                .patterns
                .iter()
                .map(|pattern| pattern.iter().map(|token| token.iter().map(test).collect()).collect())
                .collect::<Result<Vec<Vec<Vec<Test>>>, Error>>()?;
            let index = spec.index as usize;
            for (p, pattern) in patterns.iter().enumerate() {
                match pattern.len() {
                    1 if index == 0 => {}
                    2 if index < 2 => ruler.pairs.push((ruler.rules.len(), p)),
                    len => {
                        return Err(unsupported(format!("a pattern of {len} tokens that changes token {index}")));
                    }
                }
            }
            let changes = changes(&mut morphs, &spec.attributes)?;
            ruler.rules.push(Rule { patterns, index, changes });
        }
        if ruler.pairs.len() > 16 {
            return Err(unsupported("more than 16 patterns of two tokens"));
        }
        ruler.morphs = Arc::new(morphs);
        Ok(ruler)
    }

    /// The feature strings by number; number 0 is the empty one.
    pub(crate) fn morphs(&self) -> &Arc<Vec<String>> {
        &self.morphs
    }

    /// Which two-token patterns a word could begin, and which it could end, as far as the word alone decides.
    pub(crate) fn openings(&self, lower: &str, is_space: bool) -> (u16, u16) {
        let mut masks = (0, 0);
        for (bit, &(rule, pattern)) in self.pairs.iter().enumerate() {
            let pattern = &self.rules[rule].patterns[pattern];
            let could = |token: &[Test]| token.iter().all(|test| test.holds_for_word(lower, is_space));
            masks.0 |= u16::from(could(&pattern[0])) << bit;
            masks.1 |= u16::from(could(&pattern[1])) << bit;
        }
        masks
    }

    /// Of the two-token patterns in `mask`, those that match here and change the first (second) token.
    pub(crate) fn pairs(&self, mask: u16, first: Seen<'_>, second: Seen<'_>) -> (u16, u16) {
        let mut changed = (0, 0);
        for (bit, &(rule, pattern)) in self.pairs.iter().enumerate() {
            if mask & (1 << bit) == 0 {
                continue;
            }
            let rule = &self.rules[rule];
            let pattern = &rule.patterns[pattern];
            if pattern[0].iter().all(|t| t.holds(first)) && pattern[1].iter().all(|t| t.holds(second)) {
                if rule.index == 0 { changed.0 |= 1 << bit } else { changed.1 |= 1 << bit }
            }
        }
        changed
    }

    /// What the rules make of a token, `pairs` naming the two-token patterns that change it too.
    pub(crate) fn apply(&self, seen: Seen<'_>, pairs: u16) -> Outcome<'_> {
        let mut outcome = Outcome { tag: seen.tag, pos: Pos::None, morph: 0, dep: seen.dep, lemma: None };
        let paired =
            |rule: usize| self.pairs.iter().enumerate().any(|(bit, &(r, _))| r == rule && pairs & (1 << bit) != 0);
        for (number, rule) in self.rules.iter().enumerate() {
            if rule.fits_alone(seen) || (pairs != 0 && paired(number)) {
                let changes = &rule.changes;
                outcome.tag = changes.tag.unwrap_or(outcome.tag);
                outcome.pos = changes.pos.unwrap_or(outcome.pos);
                outcome.morph = changes.morph.unwrap_or(outcome.morph);
                outcome.dep = changes.dep.unwrap_or(outcome.dep);
                outcome.lemma = changes.lemma.as_deref().or(outcome.lemma);
            }
        }
        outcome
    }
}

fn changes(morphs: &mut Vec<String>, attributes: &[(u8, String)]) -> Result<Changes, Error> {
    let mut changes = Changes::default();
    for (attribute, value) in attributes {
        let unknown = || unsupported(format!("the value {value:?}"));
        match spec::ATTRIBUTES.get(usize::from(*attribute)).copied() {
            Some("TAG") => changes.tag = Some(Tag::intern(value).ok_or_else(unknown)?),
            Some("POS") => changes.pos = Some(Pos::intern(value).ok_or_else(unknown)?),
            Some("DEP") => changes.dep = Some(Dep::intern(value).ok_or_else(unknown)?),
            Some("LEMMA") => changes.lemma = Some(value.clone()),
            Some("MORPH") => changes.morph = Some(morph_number(morphs, value).ok_or_else(unknown)?),
            _ => {
                return Err(Error::damaged("a rule sets an attribute that does not exist"));
            }
        }
    }
    Ok(changes)
}

fn morph_number(morphs: &mut Vec<String>, text: &str) -> Option<u16> {
    let mut features: Vec<&str> = text.split('|').filter(|f| !f.is_empty() && *f != "_").collect();
    features.sort_unstable();
    let text = features.join("|");
    let at = morphs.iter().position(|known| *known == text).unwrap_or_else(|| {
        morphs.push(text);
        morphs.len() - 1
    });
    u16::try_from(at).ok()
}

fn test(spec: &spec::Test) -> Result<Test, Error> {
    let field = spec::FIELDS.get(usize::from(spec.field)).copied();
    let operator = spec::OPERATORS.get(usize::from(spec.operator)).copied();
    let (Some(field), Some(operator)) = (field, operator) else {
        return Err(Error::damaged("a rule tests a field that does not exist"));
    };
    let unknown = || unsupported("too many unknown labels");
    // "" stands for "not set", which no token is by then.
    let values = || spec.values.iter().filter(|value| !value.is_empty());
    Ok(match (field, operator) {
        ("TAG", "IN" | "NOT_IN") => {
            let tags = values().map(|v| Tag::intern(v).ok_or_else(unknown)).collect::<Result<_, _>>()?;
            Test::Tag(tags, operator == "IN")
        }
        ("DEP", "IN" | "NOT_IN") => {
            let deps = values().map(|v| Dep::intern(v).ok_or_else(unknown)).collect::<Result<_, _>>()?;
            Test::Dep(deps, operator == "IN")
        }
        ("LOWER", "IN" | "NOT_IN") => Test::Lower(values().cloned().collect(), operator == "IN"),
        ("LOWER", "REGEX") => {
            let like = |v: &String| Like::parse(v).ok_or_else(|| unsupported(format!("the expression {v:?}")));
            Test::LowerLike(spec.values.iter().map(like).collect::<Result<_, _>>()?)
        }
        ("IS_SPACE", "IN") => Test::IsSpace(spec.values.iter().any(|v| v == "true")),
        _ => return Err(unsupported(format!("the test {operator} on {field}"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_expressions() {
        let like = Like::parse("^n'?t$").unwrap();
        assert!(like.fits("n't") && like.fits("nt") && !like.fits("n''t") && !like.fits("ant"));
        let like = Like::parse("^n[ou]thin'$").unwrap();
        assert!(like.fits("nothin'") && like.fits("nuthin'") && !like.fits("nathin'"));
        assert!(Like::parse("^y'?$").unwrap().fits("y"));
        assert!(Like::parse("a.*b").is_none() && Like::parse("^a.b$").is_none());
    }
}
