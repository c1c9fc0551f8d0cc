//! What a model file says about itself: sizes, labels, rules, and where each block of weights lies.

use super::codec::stored;

stored! {
    /// A block of weights in the weights section.
    struct Tensor {
        /// Stored as half floats; else as singles.
        half: bool,
        /// Bytes from the start of the section.
        offset: u64,
        /// How many numbers.
        len: u32,
    }

    /// One feature of a token and its table of vectors.
    struct Column {
        /// Which feature: an index into [`FEATURES`].
        feature: u8,
        seed: u32,
        rows: u32,
        table: Tensor,
    }

    /// A maxout layer of three pieces followed by a layer norm; weights packed for the kernels.
    struct Layer {
        inputs: u32,
        weights: Tensor,
        bias: Tensor,
        gain: Tensor,
        shift: Tensor,
    }

    /// From feature ids to one vector a token.
    struct Encoder {
        width: u32,
        columns: Vec<Column>,
        mixer: Layer,
        layers: Vec<Layer>,
    }

    /// A plain linear layer; weights packed for the kernels, outputs padded to whole blocks.
    struct Dense {
        inputs: u32,
        outputs: u32,
        weights: Tensor,
        bias: Tensor,
    }

    /// A component that reads tokens left to right and takes one action after another.
    struct Transition {
        features: u32,
        hidden: u32,
        linear: Dense,
        /// For each feature the two pieces of the hidden layer: numbers `feature * 2 * hidden + piece * hidden + unit`.
        lower: Dense,
        lower_bias: Tensor,
        pad: Tensor,
        upper: Tensor,
        upper_bias: Tensor,
        /// Action number and label of each class.
        moves: Vec<(u8, String)>,
    }

    /// What one token must be like for a rule: field, operator, values.
    struct Test {
        field: u8,
        operator: u8,
        values: Vec<String>,
    }

    /// A rule of the attribute ruler.
    struct Rule {
        patterns: Vec<Vec<Vec<Test>>>,
        /// Which token of the match is changed.
        index: u32,
        /// Which attribute is set, and to what.
        attributes: Vec<(u8, String)>,
    }

    /// Suffix rules of the lemmatizer for one part of speech (lower case).
    struct LemmaTable {
        pos: String,
        rules: Vec<(String, String)>,
    }

    /// Everything but the tables and the weights.
    struct Spec {
        name: String,
        version: String,
        prefix: String,
        suffix: String,
        infix: String,
        url: String,
        /// Exceptions to be found across tokens: the token texts in order.
        sequences: Vec<Vec<String>>,
        /// Length in bytes of the longest exception.
        longest_exception: u32,
        tags: Vec<String>,
        shared: Encoder,
        tagger: Dense,
        parser: Transition,
        ner_encoder: Encoder,
        ner: Transition,
        rules: Vec<Rule>,
        lemma: Vec<LemmaTable>,
    }
}

/// The features that a column can look at, in the order of their numbers.
// not words: names of spaCy's attributes
pub(crate) const FEATURES: [&str; 6] = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"];

/// Fields that a [`Test`] can look at, in the order of their numbers.
pub(crate) const FIELDS: [&str; 4] = ["TAG", "LOWER", "DEP", "IS_SPACE"];
/// Operators of a [`Test`], in the order of their numbers.
pub(crate) const OPERATORS: [&str; 3] = ["IN", "NOT_IN", "REGEX"];
/// Attributes that a [`Rule`] can set, in the order of their numbers.
// not words: names of spaCy's attributes
pub(crate) const ATTRIBUTES: [&str; 5] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"];
