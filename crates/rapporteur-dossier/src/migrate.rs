//! The forms a file can have: what makes one of the one before, and what stands in it then.

use flate2::Crc;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, Transaction};

use crate::error::Cause;
use crate::pack::{unpack, unpack_text};
use crate::seal;
use crate::search::Entries;

/// A form of the file.
pub(crate) struct Form {
    /// What makes its tables; never changed once released.
    pub(crate) sql: &'static str,
    /// What SQL alone cannot bring over.
    pub(crate) then: fn(&Transaction<'_>) -> Result<(), Cause>,
    /// The checksum of all that such a file says of its tables, indices and triggers.
    objects: u32,
}

/// The forms in order; the form of a file is how many of them it has been through.
pub(crate) const FORMS: &[Form] = &[
    Form { sql: include_str!("migrations/0001.sql"), then: |_| Ok(()), objects: 0x35c1_ec05 },
    Form { sql: include_str!("migrations/0002.sql"), then: to_second, objects: 0xf5ab_43cc },
    Form { sql: include_str!("migrations/0003.sql"), then: |_| Ok(()), objects: 0x3629_76d5 },
    Form { sql: include_str!("migrations/0004.sql"), then: |_| Ok(()), objects: 0xf9b4_eedd },
];

/// Refuses a file of a form that has something in it that the form has not: a trigger or a view runs when a file is merely
/// read or written.
pub(crate) fn refuse_strange(connection: &Connection, form: usize) -> Result<(), Cause> {
    let Some(expected) = form.checked_sub(1).and_then(|last| FORMS.get(last)) else { return Ok(()) };
    let found = objects(connection)?;
    if checksum(&found) == expected.objects {
        return Ok(());
    }
    let mut model = Connection::open_in_memory()?;
    let making = model.transaction()?;
    for form in &FORMS[..form] {
        making.execute_batch(form.sql)?;
        (form.then)(&making)?;
    }
    let ours = objects(&making)?;
    let strange =
        found.iter().find(|object| !ours.contains(object)).or(ours.iter().find(|object| !found.contains(object)));
    Err(Cause::Strange(strange.map(|(sort, name, ..)| format!("{sort} {name:?}")).unwrap_or_default()))
}

type Object = (String, String, String, String);

/// Sort, name, table and making of everything in a file but what SQLite keeps for itself. How the search stores its words is
/// SQLite's affair too.
fn objects(connection: &Connection) -> Result<Vec<Object>, Cause> {
    let mut query = connection.prepare(
        "SELECT type, name, tbl_name, CASE WHEN name GLOB 'words_*' THEN '' ELSE coalesce(sql, '') END
         FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*' OR type NOT IN ('index', 'table') ORDER BY type, name",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn checksum(objects: &[Object]) -> u32 {
    let mut crc = Crc::new();
    for (sort, name, table, making) in objects {
        for word in [sort, name, table, making] {
            crc.update(word.as_bytes());
            crc.update(&[0]);
        }
    }
    crc.sum()
}

/// Brings everything over from the tables of the first form, each row with its checksum.
fn to_second(all: &Transaction<'_>) -> Result<(), Cause> {
    let mut reports = all.prepare(
        "SELECT r.seq, r.id, r.article, r.revision, r.run, r.added, r.reported, r.outlet, r.url,
           CASE WHEN r.url IS NULL AND json_valid(r.head) THEN json_extract(r.head, '$.source') END, r.via, CAST(r.head AS BLOB),
           (SELECT o.sha256 FROM original o WHERE o.sha256 = r.original), r.removed, m.story, m.taken_from
         FROM report_1 r LEFT JOIN member_1 m ON m.report = r.id ORDER BY r.seq",
    )?;
    bring(&mut reports.query([])?, all, "report", 16)?;
    let mut texts = all.prepare("SELECT seq, text, map FROM report_1 ORDER BY seq")?;
    bring(&mut texts.query([])?, all, "text", 3)?;
    let of_report = "FROM report_1 r JOIN finding_1 f ON f.report = r.id";
    let mut own =
        all.prepare(&format!("SELECT r.seq, made_with, body {of_report} WHERE reference = '' ORDER BY r.seq"))?;
    bring(&mut own.query([])?, all, "finding", 3)?;
    let mut dated = all.prepare(&format!(
        "SELECT r.seq, made_with, body, reference {of_report} WHERE reference <> '' ORDER BY r.seq"
    ))?;
    bring(&mut dated.query([])?, all, "finding_dated", 4)?;
    let mut profiles =
        all.prepare("SELECT r.seq, m.profile FROM report_1 r JOIN member_1 m ON m.report = r.id ORDER BY r.seq")?;
    bring(&mut profiles.query([])?, all, "profile", 2)?;
    let mut corrections = all.prepare("SELECT seq, id, body, undone FROM correction_1 ORDER BY seq")?;
    bring(&mut corrections.query([])?, all, "correction", 4)?;
    let mut feeds = all.prepare("SELECT url, state FROM feed_1")?;
    bring(&mut feeds.query([])?, all, "feed", 2)?;
    entries(all)?;
    // No number of a report is used twice.
    all.execute_batch(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'report', 0
           WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'report');
         UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM sqlite_sequence WHERE name IN ('report', 'report_1'))
           WHERE name = 'report';
         DROP TABLE finding_1; DROP TABLE entry_1; DROP TABLE member_1; DROP TABLE report_1; DROP TABLE correction_1;
         DROP TABLE feed_1;",
    )?;
    Ok(())
}

/// Writes rows of so many values into a table, each with its checksum; where what is packed in one of them cannot be read,
/// with a wrong one, for the first form had none that would have told of it.
fn bring(rows: &mut rusqlite::Rows<'_>, all: &Transaction<'_>, table: &str, values: usize) -> Result<(), Cause> {
    let places: Vec<String> = (1..=values + 1).map(|n| format!("?{n}")).collect();
    let mut insert = all.prepare(&format!("INSERT INTO {table} VALUES ({})", places.join(", ")))?;
    while let Some(row) = rows.next()? {
        let sum = match can_be_read(row, table, values)? {
            true => seal::of_row(row, values)?,
            false => !seal::of_row(row, values)?,
        };
        for at in 0..values {
            // As it is: where it is damaged it may be no UTF-8.
            insert.raw_bind_parameter(at + 1, ToSqlOutput::Borrowed(row.get_ref(at)?))?;
        }
        insert.raw_bind_parameter(values + 1, sum)?;
        insert.raw_execute()?;
    }
    Ok(())
}

/// Whether what is packed in a row can be unpacked, and what is text is UTF-8.
fn can_be_read(row: &Row<'_>, table: &str, values: usize) -> Result<bool, Cause> {
    for at in 0..values {
        if matches!(row.get_ref(at)?, ValueRef::Text(text) if std::str::from_utf8(text).is_err()) {
            return Ok(false);
        }
    }
    let json = |bytes: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    let blob = |at: usize| -> Result<&[u8], Cause> {
        Ok(row.get_ref(at)?.as_bytes_or_null().unwrap_or_default().unwrap_or_default())
    };
    let packed = |at: usize| -> Result<bool, Cause> { Ok(unpack(blob(at)?).is_ok_and(|bytes| json(&bytes))) };
    Ok(match table {
        "report" => json(blob(11)?),
        "text" => unpack_text(blob(1)?).is_ok() && packed(2)?,
        "finding" | "finding_dated" => packed(2)?,
        "correction" => json(blob(2)?),
        _ => true,
    })
}

/// Brings over what can be searched for: the words stay where they are.
fn entries(all: &Transaction<'_>) -> Result<(), Cause> {
    let mut reports = all.prepare("SELECT seq, id FROM report_1 ORDER BY seq")?;
    let mut rows = reports.query([])?;
    let mut of_report = all.prepare("SELECT id, kind, by, start, end FROM entry_1 WHERE report = ?1 ORDER BY id")?;
    all.execute_batch("CREATE INDEX entry_1_report ON entry_1 (report)")?;
    while let Some(row) = rows.next()? {
        let (seq, id): (i64, String) = (row.get(0)?, row.get(1)?);
        let one = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        let all_of: Vec<(i64, String, Option<String>, u32, u32)> =
            of_report.query_map([&id], one)?.collect::<Result<_, _>>()?;
        let Some(&(first, ..)) = all_of.first() else { continue };
        let mut entries = Entries::default();
        let mut in_order = true;
        for (at, (row, kind, by, start, end)) in all_of.iter().enumerate() {
            in_order &= *row == first + at as i64 && entries.push(kind, by.clone(), *start, *end);
        }
        if in_order {
            entries.keep(all, first, seq)?;
            continue;
        }
        // Not as this program writes it: `refresh` makes it anew.
        for (row, ..) in all_of {
            all.execute("DELETE FROM words WHERE rowid = ?1", [row])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_the_objects_it_is_known_by() {
        let mut model = Connection::open_in_memory().unwrap();
        model.pragma_update(None, "foreign_keys", false).unwrap();
        let making = model.transaction().unwrap();
        let mut found = Vec::new();
        for form in FORMS {
            making.execute_batch(form.sql).unwrap();
            (form.then)(&making).unwrap();
            found.push(format!("{:#x}", checksum(&objects(&making).unwrap())));
        }
        let known: Vec<String> = FORMS.iter().map(|form| format!("{:#x}", form.objects)).collect();
        assert_eq!(found, known);
    }

    #[test]
    fn what_no_dossier_has_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        for (name, sql) in [
            ("trigger \"quiet\"", "CREATE TRIGGER quiet AFTER INSERT ON report BEGIN DELETE FROM correction; END"),
            ("view \"other\"", "CREATE VIEW other AS SELECT * FROM report"),
            ("table \"notes\"", "CREATE TABLE notes (a)"),
            ("index \"report_run\"", "DROP INDEX report_run"),
        ] {
            let path = dir.path().join(format!("{}.dossier", name.len()));
            drop(crate::Dossier::create(&path).unwrap());
            Connection::open(&path).unwrap().execute_batch(sql).unwrap();
            let refused = crate::Dossier::open(&path).unwrap_err();
            assert!(refused.what().contains(name), "{}", refused.what());
        }
    }
}
