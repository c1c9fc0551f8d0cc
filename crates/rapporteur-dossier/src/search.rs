//! Full-text search over reports, statements and names.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::Date;
use rapporteur_schema::{Char, ReportId, Span, phrase};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::error::Cause;
use crate::pack::{pack_json, unpack_json};
use crate::{Dossier, Error, Scope, seal};

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryKind {
    /// The title of a report, which may not stand in its text.
    Title,
    /// A paragraph of a report.
    Text,
    /// What somebody said.
    Statement,
    /// A name.
    Name,
}

impl EntryKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            EntryKind::Title => "title",
            EntryKind::Text => "text",
            EntryKind::Statement => "statement",
            EntryKind::Name => "name",
        }
    }
}

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words that must all stand in the hit; the last may be the beginning of a word. A phrase may be put in double
    /// quotation marks.
    pub words: String,
    /// Only what this person says.
    pub by: Option<String>,
    /// Only in reports of this day or later.
    pub since: Option<Date>,
    /// Only these reports.
    pub scope: Scope,
    /// How many hits at most.
    pub limit: usize,
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// What it is.
    pub kind: EntryKind,
    /// The report it stands in.
    pub report: ReportId,
    /// Who published that.
    pub outlet: Option<String>,
    /// When it was reported, or else when it came in (YYYY-MM-DD).
    pub day: String,
    /// Who says it.
    pub by: Option<String>,
    /// Where it stands; empty for a title.
    pub span: Span<Char>,
}

/// What of one report can be searched for: titles, then texts, statements, names, each by its place.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Entries {
    /// How many there are of each kind.
    #[serde(skip)]
    counts: [u32; 4],
    /// The places: start and length.
    at: Vec<(u32, u32)>,
    /// Who says each of the statements.
    by: Vec<Option<String>>,
}

/// The kinds in their order.
const KINDS: [EntryKind; 4] = [EntryKind::Title, EntryKind::Text, EntryKind::Statement, EntryKind::Name];

impl Entries {
    /// Adds one, by the word for its kind. Whether it stands in its place: kinds come in their order.
    pub(crate) fn push(&mut self, kind: &str, by: Option<String>, start: u32, end: u32) -> bool {
        let Some(kind) = KINDS.iter().position(|k| k.as_str() == kind) else { return false };
        self.counts[kind] += 1;
        self.at.push((start, end.saturating_sub(start)));
        if KINDS[kind] == EntryKind::Statement {
            self.by.push(by);
        }
        self.counts[kind + 1..].iter().all(|n| *n == 0)
    }

    /// Keeps them; their words begin with this row.
    pub(crate) fn keep(&self, connection: &Connection, first: i64, seq: i64) -> Result<(), Cause> {
        let (body, [titles, texts, statements, names]) = (pack_json(self)?, self.counts);
        let sum = seal::of_values(&[&first, &seq, &titles, &texts, &statements, &names, &body])?;
        let sql = "INSERT INTO entry (first, seq, titles, texts, statements, names, body, sum)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut put = connection.prepare_cached(sql)?;
        put.execute((first, seq, titles, texts, statements, names, body, sum))?;
        Ok(())
    }

    /// Those whose words begin with this row; `None` where they are damaged.
    fn read(connection: &Connection, first: i64) -> Result<Option<Self>, Cause> {
        let mut query = connection.prepare_cached(
            "SELECT first, seq, titles, texts, statements, names, body, sum FROM entry WHERE first = ?1",
        )?;
        let mut rows = query.query([first])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        if !seal::is_whole(row, 7)? {
            return Ok(None);
        }
        let mut entries: Entries = unpack_json(&row.get::<_, Vec<u8>>(6)?)?;
        entries.counts = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
        Ok(Some(entries))
    }

    /// One of them: what it is, where it stands, who says it.
    fn get(&self, number: usize) -> Option<(EntryKind, Span<Char>, Option<&str>)> {
        let &(start, length) = self.at.get(number)?;
        let (mut before, mut kind) = (0usize, KINDS.iter().zip(self.counts));
        let (kind, first) = kind.find_map(|(kind, count)| {
            let first = before;
            before += count as usize;
            (number < before).then_some((*kind, first))
        })?;
        let by = (kind == EntryKind::Statement).then(|| self.by.get(number - first)).flatten();
        Some((kind, Span::new(start, start.saturating_add(length)), by.and_then(|by| by.as_deref())))
    }
}

impl Dossier {
    /// The places that match, the best first (BM25).
    ///
    /// # Errors
    /// There is no word to search for, or the file cannot be read.
    pub fn search(&self, query: &Query) -> Result<Vec<Hit>, Error> {
        let read = || -> Result<Vec<Hit>, Cause> {
            let matching = matching(query)?;
            let mut filter = query.scope.filter();
            filter.and("words MATCH ", matching);
            if query.by.is_some() {
                let statements = "e.titles + e.texts AND e.titles + e.texts + e.statements - 1";
                filter.sql.push_str(&format!(" AND words.rowid - e.first BETWEEN {statements}"));
            }
            if let Some(day) = query.since {
                filter.and("coalesce(r.reported, substr(r.added, 1, 10)) >= ", day.to_string());
            }
            filter.values.push(Box::new(query.limit as i64));
            let mut statement = self.connection.prepare_cached(&format!(
                "SELECT words.rowid, e.first, r.id, r.outlet, coalesce(r.reported, substr(r.added, 1, 10))
                 FROM words JOIN entry e ON e.first = (SELECT max(first) FROM entry WHERE first <= words.rowid)
                 JOIN report r ON r.seq = e.seq
                 WHERE {} AND r.revision = (SELECT max(revision) FROM report v WHERE v.article = r.article)
                 ORDER BY bm25(words), words.rowid LIMIT ?{}",
                filter.sql,
                filter.values.len()
            ))?;
            let mut rows = statement.query(filter.params().as_slice())?;
            let mut hits = Vec::new();
            let mut read: BTreeMap<i64, Option<Entries>> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let (at, first): (i64, i64) = (row.get(0)?, row.get(1)?);
                let entries = match read.entry(first) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert(Entries::read(&self.connection, first)?),
                };
                // What is damaged is passed by.
                let Some((kind, span, by)) = entries.as_ref().and_then(|e| e.get((at - first) as usize)) else {
                    continue;
                };
                hits.push(Hit {
                    kind,
                    report: ReportId::new(row.get::<_, String>(2)?),
                    outlet: row.get::<_, Option<String>>(3)?.map(|outlet| phrase::clean(&outlet)),
                    day: row.get(4)?,
                    by: by.map(Into::into),
                    span,
                });
            }
            Ok(hits)
        };
        self.with_path(read())
    }
}

/// The query in the language of FTS5: every word quoted, so that none of them is an operator.
fn matching(query: &Query) -> Result<String, Cause> {
    let mut parts = terms(&query.words, "body");
    parts.extend(terms(query.by.as_deref().unwrap_or_default(), "by"));
    if parts.is_empty() {
        return Err(Cause::BadQuery(query.words.clone()));
    }
    Ok(parts.join(" AND "))
}

/// The words of a text as terms for one column; what stands in double quotation marks is one phrase.
fn terms(text: &str, column: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for (at, part) in text.split('"').enumerate() {
        let phrase = at % 2 == 1;
        let pieces: Vec<&str> = if phrase { vec![part] } else { part.split_whitespace().collect() };
        for piece in pieces.into_iter().filter(|p| p.chars().any(char::is_alphanumeric)) {
            let clean: String = piece.chars().filter(|c| *c != '\0').collect();
            terms.push(format!("{column} : \"{clean}\""));
        }
    }
    if let Some(last) = terms.last_mut().filter(|_| !text.ends_with(['"', ' '])) {
        last.push_str(" *");
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_user_is_an_operator() {
        assert_eq!(terms("ferry NEAR", "body"), ["body : \"ferry\"", "body : \"NEAR\" *"]);
        assert_eq!(terms("\"night ferry\" ( -", "body"), ["body : \"night ferry\" *"]);
        assert_eq!(terms("a\0b' OR 1", "by"), ["by : \"ab'\"", "by : \"OR\"", "by : \"1\" *"]);
    }
}
