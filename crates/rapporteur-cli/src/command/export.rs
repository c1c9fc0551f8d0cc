//! `rapporteur export`: the record in the forms that other programs read.

use std::path::Path;

use rapporteur::export::{self, Error, File, Format, Options};

use crate::args::ExportArgs;
use crate::error::Failure;
use crate::output;

/// Writes the record of some reports in the form asked for.
///
/// # Errors
/// None can be read, this program was built without the form, a form of many files has no folder to go to, or a file
/// cannot be written.
pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let format = Format::from(args.format);
    // What is wrong with the command is told before anything is read.
    if !format.built() {
        return Err(not_built(format));
    }
    let folder = args.out.as_deref().filter(|out| *out != Path::new("-"));
    if format.many_files() && folder.is_none() && args.table.is_none() {
        return Err(Failure::Usage(
            format!("{format} is a file for each kind of fact, which standard output cannot hold"),
            "name a folder ('--out tables/'; it is made if it is not there), or one table ('--table reports')".into(),
        ));
    }
    if args.table.is_some() && !format.many_files() {
        return Err(Failure::Usage(
            format!("'--table' is for csv and parquet, and {format} has no tables"),
            "leave it out".into(),
        ));
    }
    if args.guard_formulas && format != Format::Csv {
        return Err(Failure::Usage(
            format!("'--guard-formulas' is for spreadsheets, and {format} is for none"),
            "leave it out, or choose '--format csv'".into(),
        ));
    }
    if !format.many_files() || args.table.is_some() {
        output::ready(args.out.as_deref(), &args.reports.paths)?;
    }
    let (record, reports) = super::read_whole(&args.reports, "export")?;
    let options = Options { guard_formulas: args.guard_formulas };
    let mut files = export::export(format, &record, &reports, &options).map_err(|e| match e {
        Error::NotBuilt(format) => not_built(format),
        e => Failure::Export(e.to_string()),
    })?;
    if let Some(table) = &args.table {
        let names: Vec<String> = files.iter().map(|f| stem(f).to_owned()).collect();
        files.retain(|f| stem(f) == table);
        if files.is_empty() {
            let what = format!("there is no table {table:?}");
            return Err(Failure::Usage(what, format!("the tables are {}", names.join(", "))));
        }
    }
    match (folder, files.as_slice()) {
        (Some(folder), _) if format.many_files() && args.table.is_none() => output::write_files(folder, &files),
        (_, [file]) => output::write_bytes(&file.bytes, args.out.as_deref()),
        // A form has one file or is one of many.
        _ => Ok(()),
    }
}

/// The name of a table.
fn stem(file: &File) -> &str {
    file.name.split_once('.').map_or(&file.name, |(stem, _)| stem)
}

fn not_built(format: Format) -> Failure {
    // Of all forms only Parquet brings a crate of its own.
    debug_assert_eq!(format, Format::Parquet);
    Failure::LeftOut("Parquet (csv has the same tables)", "parquet")
}
