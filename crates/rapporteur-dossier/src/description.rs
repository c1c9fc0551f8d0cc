//! What people say of a report itself, where it was read otherwise or not at all: its outlet, its title, its day. What was
//! read is kept beside it, and comes back.

use rapporteur_schema::{Findings, Report, ReportHead, ReportId};

use crate::error::Cause;
use crate::pack::{pack_json, unpack_json};
use crate::writing::public_since;
use crate::{Dossier, Error, Writing, seal, survey};

/// A report that people describe otherwise than it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Described {
    /// The report.
    pub report: ReportId,
    /// What was known of it when it came in.
    pub as_read: ReportHead,
    /// Who described it last.
    pub who: String,
    /// When: RFC 3339, UTC.
    pub at: String,
}

impl Writing<'_> {
    /// Keeps another head of a report that is kept, with what is found in it by that head. `by` is who says so and when;
    /// without it the head is the one that was read.
    ///
    /// # Errors
    /// The report is not kept or its row is damaged, or the file cannot be written.
    pub fn describe(
        &mut self,
        report: &Report,
        findings: &Findings,
        made_with: &str,
        by: Option<(&str, &str)>,
    ) -> Result<(), Error> {
        let done = self.put_head(report, findings, by);
        self.with_path(done)?;
        self.forget_findings(report.id())?;
        self.keep_findings(report, None, findings, made_with)
    }

    fn put_head(&mut self, report: &Report, findings: &Findings, by: Option<(&str, &str)>) -> Result<(), Cause> {
        let seq = self.number(report.id())?;
        let sql = "SELECT head, revision, added FROM report WHERE seq = ?1";
        let (before, revision, added): (Vec<u8>, u32, String) =
            self.transaction.query_row(sql, [seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let head = &report.head;
        let reported = public_since(head, findings, revision, &added).map(|day| day.to_string());
        let packed = pack_json(head)?;
        let sql = "UPDATE report SET outlet = ?2, reported = ?3, head = ?4 WHERE seq = ?1";
        let change = || self.transaction.execute(sql, (seq, &head.outlet, &reported, &packed));
        if !survey::alter(&self.transaction, seq, change)? {
            return Err(survey::is_hurt(report.id().as_str()));
        }
        let Some((who, at)) = by else {
            self.transaction.execute("DELETE FROM as_read WHERE seq = ?1", [seq])?;
            return Ok(());
        };
        let sql = "SELECT head FROM as_read WHERE seq = ?1";
        let first = self.transaction.prepare(sql)?.query_map([seq], |row| row.get(0))?.next().transpose()?;
        let first: Vec<u8> = first.unwrap_or(before);
        let sum = seal::of_values(&[&seq, &first, &who, &at])?;
        let sql = "INSERT OR REPLACE INTO as_read (seq, head, who, at, sum) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.transaction.execute(sql, (seq, first, who, at, sum))?;
        Ok(())
    }
}

impl Dossier {
    /// The reports that people describe otherwise than they were read, in the order of adding. One whose first head is
    /// damaged is left out: what people say of it holds.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn described(&self) -> Result<Vec<Described>, Error> {
        let read = || -> Result<Vec<Described>, Cause> {
            let mut query =
                self.connection.prepare_cached("SELECT seq, head, who, at, sum FROM as_read ORDER BY seq")?;
            let mut rows = query.query([])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                if !seal::is_whole(row, 4)? {
                    continue;
                }
                let as_read: ReportHead = unpack_json(row.get_ref(1)?.as_blob().unwrap_or_default())?;
                all.push(Described { report: as_read.id.clone(), as_read, who: row.get(2)?, at: row.get(3)? });
            }
            Ok(all)
        };
        self.with_path(read())
    }
}
