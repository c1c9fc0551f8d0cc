//! Plain text: from bytes to paragraphs.

pub(crate) mod decode;
pub(crate) mod layout;
