//! What is known of a candidate: names with numbers.

/// Features of one candidate. One that is not there counts as 0; one that is there twice as the sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    all: Vec<(String, f32)>,
}

impl Features {
    /// Adds a number; 0 and what is no finite number are left out.
    pub fn add(&mut self, name: impl Into<String>, value: f32) {
        if value.is_finite() && value != 0.0 {
            self.all.push((name.into(), value));
        }
    }

    /// Adds 1 if it is so.
    pub fn flag(&mut self, name: impl Into<String>, so: bool) {
        self.add(name, f32::from(u8::from(so)));
    }

    /// Adds 1 for a value among many, such as a word: the feature `name=value`.
    pub fn value(&mut self, name: &str, value: &str) {
        self.add(format!("{name}={value}"), 1.0);
    }

    /// Adds 1 for a value among so many that only a part of its hash is kept: the feature `name#` and a number below `places`.
    /// Values that share a number share a weight.
    pub fn hashed(&mut self, name: &str, value: &str, places: u32) {
        // FNV-1a, which is the same everywhere and for ever.
        let hash = value
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let mixed = (hash ^ (hash >> 32)) % u64::from(places.max(1));
        self.add(format!("{name}#{mixed}"), 1.0);
    }

    /// The names and numbers, as they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f32)> {
        self.all.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// The number of one feature.
    pub fn get(&self, name: &str) -> f32 {
        self.iter().filter(|(n, _)| *n == name).map(|(_, value)| value).sum()
    }

    /// How many were added.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether none was added.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl<N: Into<String>> FromIterator<(N, f32)> for Features {
    fn from_iter<I: IntoIterator<Item = (N, f32)>>(all: I) -> Self {
        let mut features = Self::default();
        all.into_iter().for_each(|(name, value)| features.add(name, value));
        features
    }
}
