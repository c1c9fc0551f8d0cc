//! Checksums: a row of which a single bit has changed is told from one that is as it was written.
//!
//! CRC-32 over all values of a row, each with its sort and length before it, in the order in which they stand.

use flate2::Crc;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};

use crate::error::Cause;

/// The checksum of the first values of a row, the number of them given.
pub(crate) fn of_row(row: &Row<'_>, values: usize) -> Result<i64, Cause> {
    let mut crc = Crc::new();
    for at in 0..values {
        put(&mut crc, row.get_ref(at)?);
    }
    Ok(i64::from(crc.sum()))
}

/// The checksum of values about to be written.
pub(crate) fn of_values(values: &[&dyn ToSql]) -> Result<i64, Cause> {
    let mut crc = Crc::new();
    for value in values {
        match value.to_sql()? {
            ToSqlOutput::Borrowed(value) => put(&mut crc, value),
            ToSqlOutput::Owned(value) => put(&mut crc, ValueRef::from(&value)),
            // Nothing else is written by this crate.
            _ => return Err(Cause::Damaged("a value of no known sort".into())),
        }
    }
    Ok(i64::from(crc.sum()))
}

/// Whether the last of a row's columns, so many after the first, is the checksum of those before it.
pub(crate) fn is_whole(row: &Row<'_>, values: usize) -> Result<bool, Cause> {
    Ok(row.get_ref(values)?.as_i64().ok() == Some(of_row(row, values)?))
}

fn put(crc: &mut Crc, value: ValueRef<'_>) {
    let mut sized = |sort: u8, bytes: &[u8]| {
        crc.update(&[sort]);
        crc.update(&(bytes.len() as u64).to_le_bytes());
        crc.update(bytes);
    };
    match value {
        ValueRef::Null => sized(0, &[]),
        ValueRef::Integer(number) => sized(1, &number.to_le_bytes()),
        ValueRef::Real(number) => sized(2, &number.to_le_bytes()),
        ValueRef::Text(bytes) => sized(3, bytes),
        ValueRef::Blob(bytes) => sized(4, bytes),
    }
}
