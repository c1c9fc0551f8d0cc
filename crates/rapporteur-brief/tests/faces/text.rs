//! The terminal's face.

use rapporteur_brief::{Style, text};

use crate::story::{Story, weir};

#[test]
fn the_brief_of_four_reports() {
    insta::assert_snapshot!(text(&weir().record, &Style::default()));
}

#[test]
fn the_same_on_a_narrow_screen() {
    insta::assert_snapshot!(text(&weir().record, &Style { width: 48, ..Style::default() }));
}

#[test]
fn the_same_with_exact_words() {
    insta::assert_snapshot!(text(&weir().record, &Style { citations: true, ..Style::default() }));
}
