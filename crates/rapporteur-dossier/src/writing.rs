//! One transaction: a report with all that belongs to it comes in whole or not at all.

use std::path::PathBuf;

use jiff::civil::Date;
use rapporteur_schema::{Char, Edtf, Findings, PassageKind, Report, ReportHead, ReportId, Span, with_text_at_hand};
use rusqlite::{OptionalExtension, ToSql, Transaction};

use crate::error::Cause;
use crate::mending::Place;
use crate::pack::{pack, pack_json, unpack_text};
use crate::search::Entries;
use crate::{Dossier, EntryKind, Error, article, seal, stored, survey};

/// A report that comes in, with all that was made of it.
#[derive(Debug)]
pub struct NewReport<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its original bytes.
    pub original: &'a [u8],
    /// Their media type.
    pub media: &'a str,
    /// The feed it came by.
    pub via: Option<&'a str>,
    /// What was found in it, read by its own date.
    pub findings: &'a Findings,
    /// What found it.
    pub made_with: &'a str,
    /// The run that brings it.
    pub run: i64,
    /// Now: RFC 3339, UTC.
    pub now: &'a str,
}

/// What became of a report that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Added {
    /// It is new.
    New,
    /// It is a new version of an article that is kept.
    Revision {
        /// The version before it.
        of: ReportId,
        /// Its number; the first version is 1.
        number: u32,
    },
    /// Its text is kept already, under this id.
    Known(ReportId),
    /// It had been taken out, and is back.
    Restored,
    /// It was kept, but damaged, and is whole again.
    Mended,
}

/// A transaction that writes. Dropped without [`Writing::commit`], it leaves everything as it was.
#[derive(Debug)]
pub struct Writing<'d> {
    pub(crate) transaction: Transaction<'d>,
    path: PathBuf,
}

impl Dossier {
    /// Begins a transaction that writes, waiting for other processes that do.
    ///
    /// # Errors
    /// Another process writes for too long, or the file may not be written.
    pub fn writing(&mut self) -> Result<Writing<'_>, Error> {
        let path = self.path.clone();
        match self.write() {
            Ok(transaction) => Ok(Writing { transaction, path }),
            Err(kind) => Err(Error::new(&path, kind)),
        }
    }
}

impl Writing<'_> {
    /// Makes everything written so far lasting: after it, no crash takes it away.
    ///
    /// # Errors
    /// The disk is full or fails; then nothing of it was written.
    pub fn commit(self) -> Result<(), Error> {
        self.transaction.commit().map_err(|e| Error::new(&self.path, e))
    }

    pub(crate) fn with_path<T>(&self, result: Result<T, Cause>) -> Result<T, Error> {
        result.map_err(|kind| Error::new(&self.path, kind))
    }

    /// What would become of a report, without writing it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn compare(&self, report: &Report) -> Result<Added, Error> {
        self.with_path(self.place(report)).map(|(added, _)| added)
    }

    /// Keeps a report. What is known already is left as it is.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, new: &NewReport<'_>) -> Result<Added, Error> {
        let done = self.put(new);
        self.with_path(done)
    }

    fn put(&mut self, new: &NewReport<'_>) -> Result<Added, Cause> {
        let (added, article) = self.place(new.report)?;
        match &added {
            Added::Known(_) => return Ok(added),
            Added::Restored => {
                let seq = self.number(new.report.id())?;
                let mut put =
                    self.transaction.prepare_cached("UPDATE report SET removed = NULL, run = ?2 WHERE seq = ?1")?;
                survey::alter(&self.transaction, seq, || put.execute((seq, new.run)))?;
                return Ok(added);
            }
            Added::Mended => {
                let place = self.make_room(new)?;
                self.insert(new, &place)?;
            }
            Added::New => self.insert(new, &Place::new(new, article, 1))?,
            Added::Revision { number, .. } => self.insert(new, &Place::new(new, article, *number))?,
        }
        self.keep_original(new)?;
        self.put_text(new.report)?;
        self.put_findings(new.report, "", new.findings, new.made_with)?;
        self.index(new.report, new.findings)?;
        Ok(added)
    }

    /// Whether a report is new, and the article it belongs to where it is; one that is kept has its place.
    fn place(&self, report: &Report) -> Result<(Added, String), Cause> {
        let id = report.id().as_str();
        let known: Option<(i64, Option<String>)> = self
            .transaction
            .query_row("SELECT seq, removed FROM report WHERE id = ?1", [id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((seq, removed)) = known {
            let added = match (stored::is_all_whole(&self.transaction, seq)?, removed) {
                (false, _) => Added::Mended,
                (true, None) => Added::Known(report.id().clone()),
                (true, Some(_)) => Added::Restored,
            };
            return Ok((added, String::new()));
        }
        let article = self.article(report)?;
        let last: Option<(String, u32, Option<Vec<u8>>)> = self
            .transaction
            .query_row(
                "SELECT id, revision, text FROM report LEFT JOIN text USING (seq)
                 WHERE article = ?1 ORDER BY revision DESC LIMIT 1",
                [&article],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((before, number, text)) = last else { return Ok((Added::New, article)) };
        // A page whose frame changed and whose text did not is no new version. A text that is damaged is another one.
        if text.and_then(|text| unpack_text(&text).ok()).is_some_and(|text| text == report.text.as_str()) {
            return Ok((Added::Known(ReportId::new(before)), article));
        }
        Ok((Added::Revision { of: ReportId::new(before), number: number.saturating_add(1) }, article))
    }

    /// The article that a report is a version of, going by where it is from and what it says.
    pub(crate) fn article(&self, report: &Report) -> Result<String, Cause> {
        Ok(match &report.head.url {
            Some(url) => article::key(url),
            None => self.of_same_file(report)?.unwrap_or_else(|| report.id().to_string()),
        })
    }

    /// The article of a report without URL that was read from the same file and says much of the same. Another outlet is
    /// another article, whatever its file is called.
    fn of_same_file(&self, report: &Report) -> Result<Option<String>, Cause> {
        let found: Option<(String, Option<Vec<u8>>)> = self
            .transaction
            .query_row(
                "SELECT article, text FROM report LEFT JOIN text USING (seq)
                 WHERE source = ?1 AND id <> ?2 AND (outlet IS NULL OR ?3 IS NULL OR outlet = ?3) ORDER BY seq DESC LIMIT 1",
                (&report.head.source, report.id().as_str(), &report.head.outlet),
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((article, Some(text))) = found else { return Ok(None) };
        let alike = unpack_text(&text).is_ok_and(|text| article::alike(&text, report.text.as_str()));
        Ok(alike.then_some(article))
    }

    fn insert(&mut self, new: &NewReport<'_>, place: &Place) -> Result<(), Cause> {
        let head = &new.report.head;
        let reported = public_since(head, new.findings, place.revision, &place.added);
        let original = is_kept(new).then_some(&head.sha256);
        let source = head.url.is_none().then_some(&head.source);
        let last: Option<i64> = self
            .transaction
            .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'report'", [], |row| row.get(0))
            .optional()?;
        let last = last.unwrap_or(0);
        let seq = place.seq.filter(|seq| *seq <= last).unwrap_or(last + 1);
        let (reported, packed) = (reported.map(|d| d.to_string()), pack_json(head)?);
        let none = None::<String>;
        let values: [&dyn ToSql; survey::VALUES] = [
            &seq,
            &head.id.as_str(),
            &place.article,
            &place.revision,
            &place.run,
            &place.added,
            &reported,
            &head.outlet,
            &head.url,
            &source,
            &place.via,
            &packed,
            &original,
            &none,
            &place.story,
            &place.taken_from,
        ];
        let sum = seal::of_values(&values)?;
        let mut put = self.transaction.prepare_cached(&format!(
            "INSERT INTO report ({}, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            survey::COLUMNS
        ))?;
        let mut all = values.to_vec();
        all.push(&sum);
        put.execute(all.as_slice())?;
        Ok(())
    }

    fn put_text(&mut self, report: &Report) -> Result<(), Cause> {
        let seq = self.number(report.id())?;
        let (text, map) = (pack(report.text.as_str().as_bytes())?, pack_json(&report.map)?);
        let sum = seal::of_values(&[&seq, &text, &map])?;
        let sql = "INSERT INTO text (seq, text, map, sum) VALUES (?1, ?2, ?3, ?4)";
        self.transaction.prepare_cached(sql)?.execute((seq, text, map, sum))?;
        Ok(())
    }

    /// Keeps the original bytes, unless they are no more than the text.
    fn keep_original(&mut self, new: &NewReport<'_>) -> Result<(), Cause> {
        if is_kept(new) {
            self.transaction.execute(
                "INSERT OR REPLACE INTO original (sha256, media, bytes) VALUES (?1, ?2, ?3)",
                (&new.report.head.sha256, new.media, pack(new.original)?),
            )?;
        }
        Ok(())
    }

    /// Keeps what was found in a report, in place of what was found before; `reference` is the day it was read against
    /// if that is not its own, else empty.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_findings(
        &mut self,
        report: &Report,
        reference: Option<Edtf>,
        findings: &Findings,
        made_with: &str,
    ) -> Result<(), Error> {
        let reference_text = reference.map(|r| r.to_string()).unwrap_or_default();
        let mut done = self.put_findings(report, &reference_text, findings, made_with);
        if done.is_ok() && reference.is_none() {
            done = self.index(report, findings);
        }
        self.with_path(done)
    }

    /// Where a report stands in the order of adding.
    ///
    /// # Errors
    /// It is not kept.
    pub fn seq(&self, report: &ReportId) -> Result<i64, Error> {
        let sql = "SELECT seq FROM report WHERE id = ?1";
        let found = self.transaction.query_row(sql, [report.as_str()], |row| row.get(0));
        self.with_path(found.map_err(Cause::from))
    }

    /// The number of the last report in the order of adding; 0 where there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last_seq(&self) -> Result<i64, Error> {
        let found = self.transaction.query_row("SELECT coalesce(max(seq), 0) FROM report", [], |row| row.get(0));
        self.with_path(found.map_err(Cause::from))
    }

    /// Forgets all that was found in a report, by whatever day it was read.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn forget_findings(&mut self, report: &ReportId) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let seq = self.number(report)?;
            self.transaction.execute("DELETE FROM finding WHERE seq = ?1", [seq])?;
            self.transaction.execute("DELETE FROM finding_dated WHERE seq = ?1", [seq])?;
            survey::note_renewal(&self.transaction)
        })();
        self.with_path(done)
    }

    fn put_findings(&mut self, report: &Report, day: &str, found: &Findings, with: &str) -> Result<(), Cause> {
        let seq = self.number(report.id())?;
        let body = with_text_at_hand(report.id(), &report.text, || pack_json(found))?;
        if day.is_empty() {
            let sum = seal::of_values(&[&seq, &with, &body])?;
            let sql = "INSERT OR REPLACE INTO finding (seq, made_with, body, sum) VALUES (?1, ?2, ?3, ?4)";
            self.transaction.prepare_cached(sql)?.execute((seq, with, body, sum))?;
        } else {
            let sum = seal::of_values(&[&seq, &with, &body, &day])?;
            let sql = "INSERT OR REPLACE INTO finding_dated (seq, made_with, body, reference, sum)
                       VALUES (?1, ?2, ?3, ?4, ?5)";
            self.transaction.execute(sql, (seq, with, body, day, sum))?;
        }
        Ok(())
    }

    /// Makes what a report says searchable.
    fn index(&mut self, report: &Report, findings: &Findings) -> Result<(), Cause> {
        let seq = self.number(report.id())?;
        self.transaction.prepare_cached("DELETE FROM entry WHERE seq = ?1")?.execute([seq])?;
        let first: i64 = self
            .transaction
            // Where the words really end: what an entry says of them may be damaged, and one may have none.
            .prepare_cached(
                "SELECT max(coalesce((SELECT max(id) FROM words_docsize), 0), coalesce((SELECT max(first) FROM entry), 0)) + 1",
            )?
            .query_row([], |row| row.get(0))?;
        let mut words = self.transaction.prepare_cached("INSERT INTO words (rowid, body, by) VALUES (?1, ?2, ?3)")?;
        let (mut entries, mut row) = (Entries::default(), first);
        let mut put = |kind: EntryKind, by: Option<&str>, at: Span<Char>, body: &str| -> Result<(), Cause> {
            words.execute((row, body, by))?;
            row += 1;
            entries.push(kind.as_str(), by.map(Into::into), at.start(), at.end());
            Ok(())
        };
        if let Some(title) = &report.head.title {
            put(EntryKind::Title, None, Span::new(0, 0), title)?;
        }
        for passage in report.head.passages.iter().filter(|p| p.kind != PassageKind::Boilerplate) {
            put(EntryKind::Text, None, passage.span(), report.text.slice(passage.span()).unwrap_or_default())?;
        }
        for said in &findings.statements {
            let by = said.speaker.and_then(|a| findings.actors.get(a.index())).map(|a| a.name.as_str());
            let by = by.or(said.speaker_span.as_ref().map(|s| s.exact()));
            put(EntryKind::Statement, by, said.content.span(), said.content.exact())?;
        }
        for actor in &findings.actors {
            if let Some(first) = actor.mentions.first() {
                put(EntryKind::Name, None, first.span(), &actor.name)?;
            }
        }
        entries.keep(&self.transaction, first, seq)
    }
}

/// The first day on which a version of a report was public for certain, where that is known; `added` is when it came in.
pub(crate) fn public_since(head: &ReportHead, findings: &Findings, revision: u32, added: &str) -> Option<Date> {
    let published = head.published.or(findings.published);
    let added: Date = added.get(..10).unwrap_or_default().parse().unwrap_or_default();
    match revision {
        1 => published.map(Edtf::last_day),
        // A later version was public when it says it was changed, or at the latest when it came in.
        _ => Some(head.modified.map_or(added, Edtf::last_day).max(published.map_or(Date::MIN, Edtf::last_day))),
    }
}

/// Whether the bytes of a report are kept as they came: they are more than its text.
fn is_kept(new: &NewReport<'_>) -> bool {
    new.original != new.report.text.as_str().as_bytes()
}
