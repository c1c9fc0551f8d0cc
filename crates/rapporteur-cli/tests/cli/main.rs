//! The real `rapporteur`, run in a folder of its own as a user would run it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

mod analyze;
mod ask;
mod basics;
mod check;
mod dossier;
mod export;
mod findings;
mod formats;
mod input;
mod interrupt;
mod kill;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "mcp")]
mod mcp_corrected;
mod output;
#[cfg(feature = "serve")]
mod people;
mod spare;
mod tools;
mod util;
#[cfg(feature = "feeds")]
mod web;
mod why;

/// What a build without everything cannot test counts as ignored.
#[cfg(not(feature = "full"))]
mod left_out {
    #[cfg(not(feature = "mcp"))]
    #[test]
    #[ignore = "needs the feature 'mcp'"]
    fn mcp() {}

    #[cfg(not(feature = "lsp"))]
    #[test]
    #[ignore = "needs the feature 'lsp'"]
    fn lsp() {}

    #[cfg(not(feature = "feeds"))]
    #[test]
    #[ignore = "needs the feature 'feeds'"]
    fn web() {}

    #[test]
    fn what_is_left_out_says_how_to_get_it() {
        let dir = crate::util::Dir::with_reports(1);
        dir.run("add a.txt --into a.dossier").code(0);
        for (command, left_out, feature) in [
            ("watch https://a.example/feed --into a.dossier", cfg!(not(feature = "feeds")), "--features feeds"),
            ("serve --from a.dossier", cfg!(not(feature = "serve")), "--features serve"),
            ("people list --from desk.people", cfg!(not(feature = "serve")), "--features serve"),
            ("lsp --from a.dossier", cfg!(not(feature = "lsp")), "--features lsp"),
            ("mcp --from a.dossier", cfg!(not(feature = "mcp")), "--features mcp"),
        ] {
            if left_out {
                dir.run(command).code(2).tells("this build has no").tells(feature);
            }
        }
    }
}
