//! The page's face.

use rapporteur_brief::html;

use crate::story::weir;

#[test]
fn the_brief_of_four_reports() {
    insta::assert_snapshot!(html(&weir().record));
}
