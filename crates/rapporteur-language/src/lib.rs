//! Reads English: cuts a text into tokens and sentences, says what each word is and what it depends on, and finds names.
//!
//! It runs spaCy v3 pipelines (`en_core_web_sm` 3.8 is built in) natively, token for token as Python spaCy does,
//! about ten times as fast. It knows nothing of news. The steps, in order:
//!
//! 1. **Tokenizer**: white space, affixes, exceptions (`tokenizer`).
//! 2. **Shared encoder**: each word's features become a vector, four convolutions make it know its neighbours (`neural`).
//! 3. **Tagger** and **parser** read those vectors: fine parts of speech, heads and labels, and with them sentences (`parser`).
//! 4. **Attribute ruler** and **lemmatizer**: coarse parts of speech, features, dictionary forms (`ruler`, `lemma`).
//! 5. **Entity recogniser**, with an encoder of its own, which knows the sentences (`ner`).
//!
//! [`Pipeline::analyze`] does all of it; what comes out is an [`Analysis`]: tokens by number, byte offsets, and ways to
//! walk the tree. `docs/language.md` says how it works and what is not supported.

mod analysis;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod conllu;
#[cfg(feature = "convert")]
pub mod convert;
pub mod dense;
mod error;
mod hash;
mod kernels;
mod label;
mod lemma;
mod lexicon;
mod model;
mod ner;
mod neural;
mod parser;
mod pipeline;
mod ruler;
mod symbols;
mod tokenizer;
mod unicode;
mod worker;

pub use analysis::{Analysis, Entity, Morph, Sym, Token};
pub use error::Error;
pub use kernels::Level;
pub use label::{Dep, EntType, OtherLabel, Pos, Tag};
pub use pipeline::Pipeline;
