//! A gathering in the making.

use std::collections::BTreeMap;

use rapporteur_schema::Edtf;

use super::account::Account;

/// The accounts of one gathering, and what they say of each slot.
#[derive(Default)]
pub(super) struct Group {
    /// Places in the list of accounts.
    pub(super) accounts: Vec<usize>,
    /// Who takes part, by how many accounts.
    pub(super) who: BTreeMap<usize, usize>,
    /// Where, by how many accounts.
    pub(super) places: BTreeMap<usize, usize>,
    /// When, by how many accounts.
    pub(super) dates: BTreeMap<Edtf, usize>,
}

impl Group {
    /// Takes an account in, which stands at `index` in the list of accounts.
    pub(super) fn add(&mut self, index: usize, account: &Account<'_>) {
        self.accounts.push(index);
        account.who.iter().for_each(|&w| *self.who.entry(w).or_default() += 1);
        account.place.iter().for_each(|&p| *self.places.entry(p).or_default() += 1);
        account.date().iter().for_each(|&d| *self.dates.entry(d).or_default() += 1);
    }
}
