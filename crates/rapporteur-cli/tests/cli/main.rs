//! The real `rapporteur`, run in a folder of its own as a user would run it.

mod basics;
mod input;
mod output;
mod tools;
mod util;
