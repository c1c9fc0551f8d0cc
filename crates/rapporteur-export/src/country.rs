//! Countries by the three letters that event data goes by.

/// Two letters and three, sorted by the two.
const LIST: &str = include_str!("../data/countries.tsv");

/// The ISO 3166-1 alpha-3 code of a country given by its alpha-2 code.
pub(crate) fn alpha3(alpha2: &str) -> Option<&'static str> {
    let rows = LIST.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.into_iter().find(|(two, _)| *two == alpha2).map(|(_, three)| three)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_list_is_two_letters_and_three() {
        let rows: Vec<&str> = LIST.lines().filter(|l| !l.starts_with('#')).collect();
        assert_eq!(rows.len(), 250);
        assert!(rows.is_sorted());
        for row in rows {
            let (two, three) = row.split_once('\t').unwrap();
            assert!(two.len() == 2 && three.len() == 3, "{row}");
        }
        assert_eq!((alpha3("NO"), alpha3("ZZ")), (Some("NOR"), None));
    }
}
