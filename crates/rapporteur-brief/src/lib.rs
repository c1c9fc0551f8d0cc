//! Shows a record to people: terminal text, Markdown and HTML, each a pure function of the record.
