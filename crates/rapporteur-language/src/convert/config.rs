//! Reads `config.cfg`: which components a pipeline has and how each is built.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::Error;

/// Sections by name, each with its keys. Values are JSON.
pub(super) struct Config(BTreeMap<String, BTreeMap<String, Value>>);

impl Config {
    pub(super) fn parse(text: &str) -> Self {
        let mut sections: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
        let mut name = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                name = section.to_owned();
                sections.entry(name.clone()).or_default();
            } else if let Some((key, value)) = line.split_once('=') {
                let value = value.trim();
                let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
                sections.entry(name.clone()).or_default().insert(key.trim().to_owned(), value);
            }
        }
        Self(sections)
    }

    /// A value, following one reference of the form `${section:key}`.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<&Value> {
        let value = self.0.get(section)?.get(key)?;
        let reference = value.as_str().and_then(|text| text.strip_prefix("${")?.strip_suffix('}')?.split_once(':'));
        match reference {
            Some((section, key)) => self.0.get(section)?.get(key),
            None => Some(value),
        }
    }

    /// The strings of a list.
    pub(super) fn strings(&self, section: &str, key: &str) -> Vec<String> {
        let list = self.get(section, key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Fails unless the value is the one that this crate can run.
    pub(super) fn demand(&self, component: &str, part: &str, key: &str, want: &Value) -> Result<(), Error> {
        let section = format!("components.{component}{part}");
        match self.get(&section, key) {
            Some(value) if value == want => Ok(()),
            other => {
                let have = other.map_or_else(|| "missing".to_owned(), Value::to_string);
                Err(Error::unsupported(component, format!("[{section}] {key} is {have}, not {want}")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_followed() {
        let config = Config::parse("[a.b]\nwidth = 96\n[c]\nw = ${a.b:width}\nlist = [\"x\",\"y\"]\nnothing = null\n");
        assert_eq!(config.get("c", "w"), Some(&Value::from(96)));
        assert_eq!(config.strings("c", "list"), ["x", "y"]);
        assert!(config.demand("x", "", "y", &Value::Null).is_err_and(|e| e.is_unsupported()));
    }
}
