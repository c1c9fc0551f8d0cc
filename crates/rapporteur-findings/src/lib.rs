//! What one report says: its names and its statements, each with its place in the text.
