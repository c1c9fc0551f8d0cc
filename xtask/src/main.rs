//! The project's own commands, each in a file of its own: `cargo xtask help` lists them.

fn main() {}
