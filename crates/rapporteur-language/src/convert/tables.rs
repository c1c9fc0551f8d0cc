//! Turns spaCy's word lists and rules into ours.

use serde_json::Value as Json;

use super::msgpack::{self, Value};
use crate::error::Error;
use crate::hash::string_id;
use crate::label::Pos;
use crate::model::spec::{ATTRIBUTES, FIELDS, LemmaTable, Rule, Test};
use crate::model::{Spec, Table};
use crate::tokenizer::Rules;

fn broken(file: &str) -> Error {
    Error::damaged(format!("{file} has not the form it should have"))
}

fn build(file: &str, items: &[(Vec<u8>, Vec<u8>)]) -> Result<Vec<u8>, Error> {
    let (bytes, left_out) = Table::build(items.iter().map(|(key, value)| (key.as_slice(), value.as_slice())));
    if left_out > 0 {
        return Err(Error::unsupported(file, format!("{left_out} entries are too long")));
    }
    Ok(bytes)
}

/// Actions and labels of a transition model, in the order of the classes.
pub(super) fn moves(component: &str, bytes: &[u8]) -> Result<Vec<(u8, String)>, Error> {
    let file = format!("{component}/moves");
    let value = msgpack::read(&file, bytes)?;
    let text = value.get("moves").and_then(Value::text).ok_or_else(|| broken(&file))?;
    let actions: serde_json::Map<String, Json> = serde_json::from_str(text).map_err(|_| broken(&file))?;
    let mut actions: Vec<(&String, &Json)> = actions.iter().collect();
    actions.sort_by_key(|(action, _)| *action);
    let mut classes = Vec::new();
    for (action, labels) in actions {
        let action: u8 = action.parse().map_err(|_| broken(&file))?;
        let labels = labels.as_object().ok_or_else(|| broken(&file))?;
        let mut labels: Vec<(i64, &String)> = labels
            .iter()
            .map(|(label, count)| count.as_i64().map(|count| (count, label)))
            .collect::<Option<_>>()
            .ok_or_else(|| broken(&file))?;
        labels.sort_by(|a, b| b.cmp(a));
        if labels.iter().any(|(count, _)| *count < 0) {
            return Err(Error::unsupported(component, "labels that were added after training"));
        }
        classes.extend(labels.into_iter().map(|(_, label)| (action, label.clone())));
    }
    Ok(classes)
}

/// The tokenizer's patterns go into the description; its exceptions become a table.
pub(super) fn tokenizer(bytes: &[u8], spec: &mut Spec) -> Result<Vec<u8>, Error> {
    let value = msgpack::read("tokenizer", bytes)?;
    let none = || broken("tokenizer");
    let source = |name: &str| value.get(name).and_then(Value::text).map(str::to_owned).ok_or_else(none);
    (spec.prefix, spec.suffix) = (source("prefix_search")?, source("suffix_search")?);
    (spec.infix, spec.url) = (source("infix_finditer")?, source("url_match")?);
    if value.get("token_match").is_some_and(|pattern| *pattern != Value::Nil) {
        return Err(Error::unsupported("tokenizer", "a token_match pattern"));
    }
    if value.get("faster_heuristics") != Some(&Value::Bool(true)) {
        return Err(Error::unsupported("tokenizer", "faster_heuristics is not true"));
    }
    // A copy of the rules without sequences, to cut the exceptions with.
    let rules = Rules::new(&mut spec.clone())?;
    if let Some(pattern) = rules.broken() {
        let start: String = pattern.chars().take(40).collect();
        return Err(Error::unsupported("tokenizer", format!("the pattern that begins {start:?}")));
    }
    let mut items = Vec::new();
    for (key, tokens) in value.get("exceptions").and_then(Value::map).ok_or_else(none)? {
        let key = key.text().ok_or_else(none)?;
        let mut encoded = Vec::new();
        let mut whole = String::new();
        for token in tokens.list().ok_or_else(none)? {
            let attribute = |id: i128| {
                let all = token.map().unwrap_or(&[]);
                all.iter().find(|(key, _)| key.int() == Some(id)).and_then(|(_, value)| value.text())
            };
            let known = |(key, _): &(Value<'_>, Value<'_>)| matches!(key.int(), Some(65 | 67));
            if !token.map().is_some_and(|all| all.iter().all(known)) {
                return Err(Error::unsupported(
                    "tokenizer",
                    format!("the exception {key:?} sets more than text and norm"),
                ));
            }
            let text = attribute(65).ok_or_else(none)?;
            whole.push_str(text);
            for part in [text, attribute(67).unwrap_or("")] {
                encoded.push(u8::try_from(part.len()).map_err(|_| none())?);
                encoded.extend_from_slice(part.as_bytes());
            }
        }
        if whole != key {
            return Err(Error::unsupported("tokenizer", format!("the exception {key:?} spells {whole:?}")));
        }
        spec.longest_exception = spec.longest_exception.max(key.len() as u32);
        if rules.touches(key) || key.contains(' ') {
            spec.sequences.push(sequence(&rules, key)?);
        }
        items.push((key.as_bytes().to_vec(), encoded));
    }
    build("tokenizer", &items)
}

/// The tokens of a text cut as if there were no exceptions.
fn sequence(rules: &Rules, key: &str) -> Result<Vec<String>, Error> {
    if key.chars().all(crate::unicode::is_space) {
        return Ok(vec![key.to_owned()]);
    }
    let mut tokens = Vec::new();
    for chunk in key.split(' ') {
        if chunk.is_empty() || chunk.chars().any(crate::unicode::is_space) {
            return Err(Error::unsupported("tokenizer", format!("white space in the exception {key:?}")));
        }
        let mut at = 0;
        rules.split(None, chunk, &mut |len, _| {
            tokens.push(chunk[at..at + len].to_owned());
            at += len;
        });
    }
    Ok(tokens)
}

/// The vocabulary's norms, by string id.
pub(super) fn norms(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let file = "vocab/lookups.bin";
    let value = msgpack::read(file, bytes)?;
    let mut items = Vec::new();
    if let Some(table) = value.get("lexeme_norm") {
        for (key, norm) in table.map().ok_or_else(|| broken(file))? {
            let key = key.int().and_then(|key| u64::try_from(key).ok()).ok_or_else(|| broken(file))?;
            let norm = norm.text().ok_or_else(|| broken(file))?;
            items.push((key.to_le_bytes().to_vec(), norm.as_bytes().to_vec()));
        }
    }
    build(file, &items)
}

/// The rules of the attribute ruler.
pub(super) fn rules(bytes: &[u8]) -> Result<Vec<Rule>, Error> {
    let file = "attribute_ruler/patterns";
    let value = msgpack::read(file, bytes)?;
    let none = || broken(file);
    let rules = value.list().ok_or_else(none)?;
    rules
        .iter()
        .map(|rule| {
            let patterns = rule.get("patterns").and_then(Value::list).ok_or_else(none)?;
            let patterns = patterns
                .iter()
                .map(|pattern| pattern.list().ok_or_else(none)?.iter().map(tests).collect())
                .collect::<Result<_, Error>>()?;
            let attributes = rule.get("attrs").and_then(Value::map).ok_or_else(none)?;
            let attributes = attributes
                .iter()
                .map(|(key, value)| {
                    let (key, value) = (key.text().ok_or_else(none)?, value.text().ok_or_else(none)?);
                    let at = ATTRIBUTES.iter().position(|known| *known == key);
                    let at = at.ok_or_else(|| Error::unsupported("attribute_ruler", format!("setting {key}")))?;
                    Ok((at as u8, value.to_owned()))
                })
                .collect::<Result<_, Error>>()?;
            let index = rule.get("index").and_then(Value::int).and_then(|index| u32::try_from(index).ok());
            let index = index.ok_or_else(|| Error::unsupported("attribute_ruler", "a negative index"))?;
            Ok(Rule { patterns, index, attributes })
        })
        .collect()
}

fn tests(token: &Value<'_>) -> Result<Vec<Test>, Error> {
    let none = || broken("attribute_ruler/patterns");
    let unsupported = |what: String| Error::unsupported("attribute_ruler", what);
    let mut tests = Vec::new();
    for (key, value) in token.map().ok_or_else(none)? {
        let key = key.text().ok_or_else(none)?;
        let field = FIELDS.iter().position(|known| *known == key);
        let field = field.ok_or_else(|| unsupported(format!("patterns with {key}")))? as u8;
        let strings = |value: &Value<'_>| -> Result<Vec<String>, Error> {
            let list = value.list().ok_or_else(none)?;
            list.iter().map(|text| text.text().map(str::to_owned).ok_or_else(none)).collect()
        };
        match value {
            Value::Bool(flag) => tests.push(Test { field, operator: 0, values: vec![flag.to_string()] }),
            Value::Text(text) => tests.push(Test { field, operator: 0, values: vec![(*text).to_owned()] }),
            Value::Map(operators) => {
                for (operator, value) in operators {
                    let (operator, values) = match operator.text() {
                        Some("IN") => (0, strings(value)?),
                        Some("NOT_IN") => (1, strings(value)?),
                        Some("REGEX") => (2, vec![value.text().ok_or_else(none)?.to_owned()]),
                        other => return Err(unsupported(format!("the operator {other:?}"))),
                    };
                    tests.push(Test { field, operator, values });
                }
            }
            _ => return Err(none()),
        }
    }
    Ok(tests)
}

/// The lemmatizer's rules go into the description; known words and exceptions become tables.
pub(super) fn lemmas(bytes: &[u8], spec: &mut Spec) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let file = "lemmatizer/lookups/lookups.bin";
    let value = msgpack::read(file, bytes)?;
    let none = || broken(file);
    let names: Vec<(u64, String)> =
        Pos::ALL.iter().map(|pos| pos.as_str().to_lowercase()).map(|name| (string_id(&name), name)).collect();
    // Every part of speech that some table knows, in a fixed order.
    let table = |name: &str| -> Result<Vec<(usize, &Value<'_>)>, Error> {
        let Some(table) = value.get(name) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for (key, value) in table.map().ok_or_else(none)? {
            let at = names.iter().position(|(id, _)| key.int() == Some((*id).into()));
            let at = at.ok_or_else(|| Error::unsupported("lemmatizer", "a table for an unknown part of speech"))?;
            found.push((at, value));
        }
        Ok(found)
    };
    let (rules, index, exceptions) = (table("lemma_rules")?, table("lemma_index")?, table("lemma_exc")?);
    let mut order: Vec<usize> = [&rules, &index, &exceptions].into_iter().flatten().map(|(at, _)| *at).collect();
    order.sort_unstable();
    order.dedup();
    let place = |at: usize| order.iter().position(|known| *known == at).unwrap_or_default();

    let text = |value: &Value<'_>| value.text().map(str::to_owned).ok_or_else(none);
    spec.lemma = order.iter().map(|&at| LemmaTable { pos: names[at].1.clone(), rules: Vec::new() }).collect();
    for (at, list) in rules {
        for rule in list.list().ok_or_else(none)? {
            let [old, new] = rule.list().ok_or_else(none)? else {
                return Err(none());
            };
            spec.lemma[place(at)].rules.push((text(old)?, text(new)?));
        }
    }
    let mut words: std::collections::BTreeMap<String, u8> = std::collections::BTreeMap::new();
    for (at, list) in index {
        for word in list.list().ok_or_else(none)? {
            *words.entry(text(word)?).or_default() |= 1 << place(at);
        }
    }
    let words: Vec<_> = words.into_iter().map(|(word, mask)| (word.into_bytes(), vec![mask])).collect();
    let mut forms = Vec::new();
    for (at, map) in exceptions {
        for (word, list) in map.map().ok_or_else(none)? {
            let mut key = vec![place(at) as u8];
            key.extend_from_slice(text(word)?.as_bytes());
            let list: Vec<String> = list.list().ok_or_else(none)?.iter().map(text).collect::<Result<_, _>>()?;
            if !list.is_empty() {
                forms.push((key, list.join("\0").into_bytes()));
            }
        }
    }
    Ok((build(file, &words)?, build(file, &forms)?))
}
