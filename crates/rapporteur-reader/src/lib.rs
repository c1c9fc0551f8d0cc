//! What is learned from annotated reports, and run: rules propose, this says how likely.
//!
//! - [`Tagger`]: a small encoder (the first layers of all-MiniLM-L6-v2) with heads that say of every word how likely it is the cue of a
//!   statement, a stance, a gathering, a condition, or a figure, and of two places whether one is the holder, the object, the place of
//!   the other. Fitted by the scripts in `train/`, run here on the kernels of `rapporteur-language`.
//!
//! Places are byte ranges of the text that was read, always on boundaries of characters. Nothing here knows news: what the names of tags
//! mean is written in the annotators' guide and used by `rapporteur-findings`.

#[cfg(any(test, feature = "bench"))]
#[doc(hidden)]
pub mod bench;
mod encoder;
mod error;
mod tagger;
mod tensors;
mod wordpiece;

pub use error::Error;
pub use tagger::{Anchor, Family, Label, Role, Tag, Tagged, Tagger, Word};
pub use wordpiece::{Piece, WordPiece};
