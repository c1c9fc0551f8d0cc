//! The brief as Markdown.
pub(crate) fn render(_: &crate::view::View<'_>) -> String {
    String::new()
}
