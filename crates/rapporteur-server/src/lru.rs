//! A small store that forgets what was not asked for longest.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

/// Values by key, as many as are allowed.
#[derive(Debug)]
pub(crate) struct Lru<K, V> {
    most: usize,
    tick: u64,
    values: HashMap<K, (u64, Arc<V>)>,
    /// The keys by when they were last asked for.
    order: BTreeMap<u64, K>,
}

impl<K: Hash + Eq + Clone, V> Lru<K, V> {
    pub fn new(most: usize) -> Self {
        Lru { most, tick: 0, values: HashMap::new(), order: BTreeMap::new() }
    }

    pub fn get(&mut self, key: &K) -> Option<Arc<V>> {
        self.tick += 1;
        let (asked, value) = self.values.get_mut(key)?;
        if let Some(key) = self.order.remove(asked) {
            self.order.insert(self.tick, key);
        }
        *asked = self.tick;
        Some(value.clone())
    }

    pub fn put(&mut self, key: K, value: Arc<V>) {
        self.tick += 1;
        if let Some((asked, _)) = self.values.insert(key.clone(), (self.tick, value)) {
            self.order.remove(&asked);
        }
        self.order.insert(self.tick, key);
        while self.values.len() > self.most {
            let Some((_, oldest)) = self.order.pop_first() else { break };
            self.values.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_last_stays() {
        let mut lru = Lru::new(2);
        lru.put("a", Arc::new(1));
        lru.put("b", Arc::new(2));
        assert_eq!(lru.get(&"a").as_deref(), Some(&1));
        lru.put("c", Arc::new(3));
        assert_eq!(lru.get(&"b"), None);
        assert_eq!(lru.get(&"a").as_deref(), Some(&1));
        lru.put("a", Arc::new(4));
        assert_eq!((lru.get(&"a").as_deref(), lru.get(&"c").as_deref()), (Some(&4), Some(&3)));
    }
}
