//! The words everyone here speaks: spans, reports, findings, the record, dates and ids.
