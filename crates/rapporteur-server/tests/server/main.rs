//! The server over real HTTP on loopback: what it shows, what it refuses, what it keeps.

mod api;
mod correct;
mod hostile;
mod pages;
mod refuse;
mod scale;
mod util;
