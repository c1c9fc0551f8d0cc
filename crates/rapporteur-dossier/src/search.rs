//! Full-text search over reports, statements and names.

use jiff::civil::Date;
use rapporteur_schema::{Char, ReportId, Span};

use crate::error::Cause;
use crate::{Dossier, Error, Scope};

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

    fn of(word: &str) -> EntryKind {
        match word {
            "title" => EntryKind::Title,
            "statement" => EntryKind::Statement,
            "name" => EntryKind::Name,
            _ => EntryKind::Text,
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
                filter.sql.push_str(" AND e.kind = 'statement'");
            }
            if let Some(day) = query.since {
                filter.and("coalesce(r.reported, substr(r.added, 1, 10)) >= ", day.to_string());
            }
            filter.values.push(Box::new(query.limit as i64));
            let mut statement = self.connection.prepare_cached(&format!(
                "SELECT e.kind, e.report, r.outlet, coalesce(r.reported, substr(r.added, 1, 10)), e.by, e.start, e.end
                 FROM words JOIN entry e ON e.id = words.rowid JOIN report r ON r.id = e.report
                 LEFT JOIN member m ON m.report = r.id
                 WHERE {} AND r.revision = (SELECT max(revision) FROM report v WHERE v.article = r.article)
                 ORDER BY bm25(words), e.id LIMIT ?{}",
                filter.sql,
                filter.values.len()
            ))?;
            let rows = statement.query_map(filter.params().as_slice(), |row| {
                let kind: String = row.get(0)?;
                let report: String = row.get(1)?;
                Ok(Hit {
                    kind: EntryKind::of(&kind),
                    report: ReportId::new(report),
                    outlet: row.get(2)?,
                    day: row.get(3)?,
                    by: row.get(4)?,
                    span: Span::new(row.get(5)?, row.get(6)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
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
