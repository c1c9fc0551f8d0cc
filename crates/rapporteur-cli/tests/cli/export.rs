//! `export`: what is written where, and what is refused before anything is read.

use crate::util::Dir;

#[test]
fn a_form_of_one_file_goes_to_standard_output_or_to_a_file() {
    let dir = Dir::with_reports(2);
    for (format, begins) in [
        ("web-annotation", "{\n  \"@context\": \"http://www.w3.org/ns/anno.jsonld\""),
        ("schema-org", "{\n  \"@context\": \"https://schema.org\""),
        ("plover", "Event ID\tEvent Date\tEvent Type\tEvent Mode\t"),
        ("icalendar", "BEGIN:VCALENDAR\r\n"),
        ("notes", "---\ntitle: "),
        ("bibtex", "@"),
        ("csl-json", "[\n  {"),
        ("followthemoney", "{\"id\":"),
    ] {
        let ran = dir.run(&format!("export . --format {format}")).code(0).quiet();
        assert!(ran.out.starts_with(begins), "{}", ran.out);
        dir.run(&format!("export . --format {format} --out out.file")).code(0).quiet();
        assert_eq!(dir.read("out.file"), ran.out, "{format}");
        std::fs::remove_file(dir.path("out.file")).unwrap();
    }
    for (alias, format) in
        [("ics", "icalendar"), ("md", "notes"), ("bib", "bibtex"), ("csl", "csl-json"), ("ftm", "followthemoney")]
    {
        assert_eq!(dir.run(&format!("export . -f {alias}")).out, dir.run(&format!("export . -f {format}")).out);
    }
}

#[test]
fn a_form_of_many_files_goes_to_a_folder_and_leaves_others_in_it_alone() {
    let dir = Dir::with_reports(2);
    dir.write("tables/mine.txt", "mine");
    dir.write("tables/reports.csv", "old");
    dir.run("export a.txt b.txt --format csv --out tables").code(0).quiet();
    assert_eq!(dir.read("tables/mine.txt"), "mine");
    assert!(dir.read("tables/reports.csv").starts_with("report,outlet,source,"));
    assert_eq!(dir.read("tables/reports.csv").lines().count(), 3);
    assert!(
        dir.read("tables/statements.csv").contains("“") || dir.read("tables/statements.csv").contains("stays open")
    );
    let hidden = std::fs::read_dir(dir.path("tables")).unwrap();
    assert!(
        hidden.map(|e| e.unwrap().file_name()).all(|n| !n.to_string_lossy().starts_with('.')),
        "nothing is left behind"
    );
    dir.run("export a.txt --format csv --out deep/down/here").code(0).quiet();
    assert!(dir.path("deep/down/here/names.csv").is_file());
    dir.run("export a.txt --format csv --out a.txt").code(1).tells("a.txt: cannot be written");
    assert!(dir.read("a.txt").starts_with("Water"), "a file is not taken for a folder");
}

#[test]
fn what_cannot_be_done_is_told_with_what_can() {
    let dir = Dir::with_reports(1);
    dir.run("export a.txt").code(2).tells("--format <FORMAT>");
    dir.run("export a.txt -f csv").code(2).tells("csv is a file for each kind of fact").tells("--out tables/");
    dir.run("export a.txt -f csv -o -").code(2);
    dir.run("export a.txt -f csv --table nosuch")
        .code(2)
        .tells("there is no table \"nosuch\"")
        .tells("reports, entities, names");
    dir.run("export a.txt -f notes --table names").code(2).tells("notes has no tables");
    assert!(
        dir.run("export a.txt -f csv --table names")
            .code(0)
            .quiet()
            .out
            .starts_with("entity,name,spelling,report,outlet\r\n")
    );
    dir.run("export a.txt -f notes --guard-formulas").code(2).tells("notes is for none");
    dir.run("export nowhere.txt -f notes").code(1).tells("nowhere.txt");
    dir.run("export a.txt -f latex").code(2).tells("possible values: web-annotation, schema-org, csv, parquet, plover");
    dir.run("export a.txt -f notes -o .").code(1).tells("cannot be written: is a directory");
    assert_eq!(dir.names(), ["a.txt"]);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_tells_how_to_get_it() {
    let dir = Dir::with_reports(1);
    dir.run("export a.txt -f parquet -o tables").code(2).tells("this build has no Parquet").tells("--features parquet");
    assert_eq!(dir.names(), ["a.txt"]);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_writes_the_tables() {
    let dir = Dir::with_reports(1);
    dir.run("export a.txt -f parquet -o tables").code(0).quiet();
    assert!(std::fs::read(dir.path("tables/reports.parquet")).unwrap().starts_with(b"PAR1"));
}

#[test]
fn a_dossier_is_handed_on_by_story_and_by_day() {
    let dir = Dir::with_reports(1);
    dir.write("b.txt", crate::util::report("lock"));
    dir.write("a.json", r#"{"outlet": "Brenn Post", "published": "2025-11-24"}"#);
    dir.write("b.json", r#"{"outlet": "Tesk Herald", "published": "2025-11-25"}"#);
    dir.run("add a.txt b.txt --into talks.dossier").code(0);
    let all = dir.run("export --from talks.dossier -f bibtex").code(0).out;
    assert!(all.contains("brennpost2025") && all.contains("teskherald2025"), "{all}");
    let earlier = dir.run("export --from talks.dossier --as-of 2025-11-24 -f bibtex").code(0).out;
    assert!(earlier.contains("brennpost2025") && !earlier.contains("teskherald2025"), "{earlier}");
    // The words around a citation come out of the dossier too.
    dir.run("export --from talks.dossier -f web-annotation").code(0).says("\"prefix\"").says("\"exact\"");
    dir.run("export --from talks.dossier --story nosuch -f bibtex").code(1);
}

#[test]
fn cells_that_look_like_formulas_are_guarded_only_if_asked() {
    let dir = Dir::with_reports(1);
    dir.write("a.json", r#"{"title": "=1+1"}"#);
    dir.run("export a.txt -f csv -o t").code(0);
    assert!(dir.read("t/reports.csv").contains(",=1+1,"));
    dir.run("export a.txt -f csv -o t --guard-formulas").code(0);
    assert!(dir.read("t/reports.csv").contains(",'=1+1,"));
}
