//! Tables as Apache Parquet: the columns of the CSV with their types, without compression, a group of rows a table.

use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::{Cell, Column, ColumnType, Table};
use crate::index::RecordIndex;
use crate::{Error, File, Format};

/// The day from which Parquet counts days.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// Writes every table.
pub(crate) fn write(index: &RecordIndex<'_>) -> Result<Vec<File>, Error> {
    let made_by = format!("rapporteur {}", index.record.made_with.version);
    let file = |table: &Table| {
        let name = format!("{}.parquet", table.name);
        match bytes(table, &made_by) {
            Ok(bytes) => Ok(File { name, bytes }),
            Err(e) => Err(Error::Writing { file: name, format: Format::Parquet, why: e.to_string() }),
        }
    };
    super::of(index).iter().map(file).collect()
}

fn bytes(table: &Table, made_by: &str) -> Result<Vec<u8>, ParquetError> {
    let fields: Vec<Arc<Type>> =
        table.columns.iter().map(|c| Ok(Arc::new(field(c)?))).collect::<Result<_, ParquetError>>()?;
    let schema = Type::group_type_builder(table.name).with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_created_by(made_by.to_owned()).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (n, column) in table.columns.iter().enumerate() {
        let Some(mut to) = group.next_column()? else { break };
        fill(&mut to, column.kind, table.rows.iter().filter_map(|row| row.get(n)))?;
        to.close()?;
    }
    group.close()?;
    writer.into_inner()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        ColumnType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnType::Int => (Physical::INT64, None),
        ColumnType::Bool => (Physical::BOOLEAN, None),
        ColumnType::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

/// Writes the cells of a column: those that are there, and for each whether it is.
fn fill<'c>(
    to: &mut SerializedColumnWriter<'_>,
    kind: ColumnType,
    cells: impl Iterator<Item = &'c Cell> + Clone,
) -> Result<(), ParquetError> {
    let there: Vec<i16> = cells.clone().map(|c| i16::from(*c != Cell::Empty)).collect();
    let there = Some(there.as_slice());
    match kind {
        ColumnType::Text => {
            let all: Vec<ByteArray> = cells.filter_map(text).collect();
            to.typed::<ByteArrayType>().write_batch(&all, there, None)?;
        }
        ColumnType::Int => {
            let all: Vec<i64> = cells.filter_map(|c| if let Cell::Int(n) = c { Some(*n) } else { None }).collect();
            to.typed::<Int64Type>().write_batch(&all, there, None)?;
        }
        ColumnType::Bool => {
            let all: Vec<bool> = cells.filter_map(|c| if let Cell::Bool(b) = c { Some(*b) } else { None }).collect();
            to.typed::<BoolType>().write_batch(&all, there, None)?;
        }
        ColumnType::Day => {
            let all: Vec<i32> =
                cells.filter_map(|c| if let Cell::Day(d) = c { Some(days(*d)) } else { None }).collect();
            to.typed::<Int32Type>().write_batch(&all, there, None)?;
        }
    }
    Ok(())
}

fn text(cell: &Cell) -> Option<ByteArray> {
    match cell {
        Cell::Empty => None,
        cell => Some(ByteArray::from(cell.plain().as_str())),
    }
}

fn days(day: Date) -> i32 {
    (day - EPOCH).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use std::io::Write;

    #[test]
    fn what_is_written_is_read() {
        let columns =
            [("words", ColumnType::Text), ("n", ColumnType::Int), ("so", ColumnType::Bool), ("day", ColumnType::Day)];
        let day = Date::constant(2025, 11, 25);
        let table = Table {
            name: "t",
            doc: "",
            columns: columns.map(|(name, kind)| Column { name, kind, doc: "" }).to_vec(),
            rows: vec![
                vec![Cell::Text("“é” 中\n🦀".into()), Cell::Int(-7), Cell::Bool(true), Cell::Day(day)],
                vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
            ],
        };
        let file = bytes(&table, "rapporteur").unwrap();
        let mut kept = tempfile::tempfile().unwrap();
        kept.write_all(&file).unwrap();
        let reader = SerializedFileReader::new(kept).unwrap();
        let rows: Vec<Vec<Field>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().into_columns().into_iter().map(|(_, f)| f).collect())
            .collect();
        let first = vec![Field::Str("“é” 中\n🦀".into()), Field::Long(-7), Field::Bool(true), Field::Date(days(day))];
        assert_eq!(rows, [first, vec![Field::Null; 4]]);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(
            (days(EPOCH), days(Date::constant(2025, 11, 25)), days(Date::constant(1969, 12, 31))),
            (0, 20417, -1)
        );
    }
}
