//! Bytes in, reports out: decoding, passages and what a text states about itself.
