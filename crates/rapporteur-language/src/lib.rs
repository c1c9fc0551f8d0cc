//! Reads English: tokens, sentences and, in time, a full analysis; knows nothing of news.
