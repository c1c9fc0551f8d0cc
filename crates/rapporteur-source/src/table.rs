//! Reads the crate's tab-separated data files: lines of cells, `#` begins a comment.

/// The rows of a table, each with exactly `N` cells; other lines are comments.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = [""; N];
        let mut given = line.split('\t');
        for cell in &mut cells {
            *cell = given.next()?;
        }
        Some(cells)
    })
}
