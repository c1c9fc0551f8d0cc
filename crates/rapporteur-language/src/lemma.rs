//! Brings a word to its dictionary form by suffix rules, a list of exceptions and a list of known words.

use crate::error::Error;
use crate::label::Pos;
use crate::model::{Model, spec};
use crate::ruler::Ruler;
use crate::unicode::is_alpha;

/// The lemmatizer's rules; its word lists stay in the model file.
pub(crate) struct Lemmatizer {
    tables: Vec<spec::LemmaTable>,
    /// Which features each feature string has, by its number.
    features: Vec<u8>,
}

const SINGULAR: u8 = 1;
const INFINITIVE: u8 = 1 << 1;
/// Finite, present, without a number.
const PLAIN_PRESENT: u8 = 1 << 2;
const POSITIVE: u8 = 1 << 3;
const NO_FORM: u8 = 1 << 4;

fn features(morph: &str) -> u8 {
    let has = |feature: &str| morph.split('|').any(|f| f == feature);
    let mut bits = 0;
    bits |= SINGULAR * u8::from(has("Number=Sing"));
    bits |= INFINITIVE * u8::from(has("VerbForm=Inf"));
    let number = morph.split('|').any(|f| f.starts_with("Number="));
    bits |= PLAIN_PRESENT * u8::from(has("VerbForm=Fin") && has("Tense=Pres") && !number);
    bits |= POSITIVE * u8::from(has("Degree=Pos"));
    bits |= NO_FORM * u8::from(has("VerbForm=None"));
    bits
}

impl Lemmatizer {
    pub(crate) fn new(tables: Vec<spec::LemmaTable>, ruler: &Ruler) -> Result<Self, Error> {
        if tables.len() > 8 {
            return Err(Error::unsupported("lemmatizer", "tables for more than 8 parts of speech"));
        }
        Ok(Self { tables, features: ruler.morphs().iter().map(|morph| features(morph)).collect() })
    }

    /// The dictionary form of a word.
    pub(crate) fn lemma(&self, model: &Model, text: &str, pos: Pos, morph: u16) -> String {
        let name = pos.as_str().to_lowercase();
        let lower = text.to_lowercase();
        if matches!(name.as_str(), "" | "space" | "eol") || self.is_base_form(pos, morph) {
            return lower;
        }
        match self.tables.iter().position(|table| table.pos == name) {
            Some(table) => self.by_rules(model, table, text, &lower),
            None if name == "propn" => text.to_owned(),
            None => lower,
        }
    }

    fn is_base_form(&self, pos: Pos, morph: u16) -> bool {
        let has = |bit: u8| self.features.get(usize::from(morph)).is_some_and(|bits| bits & bit != 0);
        match pos {
            Pos::Noun if has(SINGULAR) => true,
            Pos::Verb if has(PLAIN_PRESENT) => true,
            _ => has(INFINITIVE) || has(NO_FORM) || has(POSITIVE),
        }
    }

    fn by_rules(&self, model: &Model, table: usize, text: &str, lower: &str) -> String {
        let index = model.lemma_index();
        let known =
            |form: &str| index.get(form.as_bytes()).is_some_and(|v| v.first().is_some_and(|m| m & (1 << table) != 0));
        let mut forms: Vec<String> = Vec::new();
        let mut strangers: Vec<String> = Vec::new();
        for (old, new) in &self.tables[table].rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else {
                continue;
            };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if known(&form) {
                forms.insert(0, form);
            } else if !form.chars().all(is_alpha) {
                forms.push(form);
            } else {
                strangers.push(form);
            }
        }
        // The list of exceptions is looked up by part of speech and word; each form not there yet goes to the front.
        let mut key = vec![table as u8];
        key.extend_from_slice(lower.as_bytes());
        if let Some(value) = model.lemma_exceptions().get(&key)
            && let Ok(value) = std::str::from_utf8(value)
        {
            for form in value.split('\0') {
                if !forms.iter().any(|known| known == form) {
                    forms.insert(0, form.to_owned());
                }
            }
        }
        let first = |mut forms: Vec<String>| {
            if forms.is_empty() { None } else { Some(forms.swap_remove(0)) }
        };
        first(forms).or_else(|| first(strangers)).unwrap_or_else(|| text.to_owned())
    }
}
