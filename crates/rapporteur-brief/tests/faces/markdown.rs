//! Markdown's face.

use rapporteur_brief::markdown;

use crate::story::weir;

#[test]
fn the_brief_of_four_reports() {
    insta::assert_snapshot!(markdown(&weir().record));
}
