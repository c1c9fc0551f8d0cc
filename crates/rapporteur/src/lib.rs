//! Reports in, record out.
