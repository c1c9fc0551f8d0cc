//! Markdown's face.

use rapporteur_brief::markdown;

use crate::story::weir;

#[test]
fn the_brief_of_four_reports() {
    insta::assert_snapshot!(markdown(&weir().record));
}

#[test]
fn every_footnote_that_is_called_stands_below_and_no_other() {
    let page = markdown(&weir().record);
    let notes: Vec<&str> = page.lines().filter(|l| l.starts_with("[^")).collect();
    for (i, note) in notes.iter().enumerate() {
        let mark = format!("[^{}]", i + 1);
        assert!(note.starts_with(&format!("{mark}: ")), "{note}");
        assert!(page.matches(&mark).count() > 1, "{mark} is called");
    }
    assert!(!page.contains(&format!("[^{}]", notes.len() + 1)));
}

#[test]
fn tables_have_the_same_cells_in_every_row() {
    let page = markdown(&weir().record);
    for table in page.split("\n\n").filter(|t| t.starts_with('|')) {
        let cells = |l: &str| l.replace("\\|", "").matches('|').count();
        let first = cells(table.lines().next().unwrap());
        assert!(table.lines().all(|l| cells(l) == first), "{table}");
    }
}
