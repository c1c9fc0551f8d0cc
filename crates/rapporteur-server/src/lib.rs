//! Pages and an API over a dossier, for a browser on the same machine, or for a team (`people`).
//!
//! A request goes one way:
//! 0. `visitor` counts who is connected; `work` lets long work wait for its turn, and ends it when nobody waits for it.
//! 1. `guard` refuses what should not be answered: a foreign host, no token, a write without its proof or by somebody who may
//!    only read, too much.
//! 2. `route` finds the page; `ask` reads what the address asks for, and takes nothing that is not of that form; `answer` gives
//!    what was made before, or has it made.
//! 3. `cache` has the record of what is meant, made once and kept while the dossier stays as it is.
//! 4. `page` lays it out (a file a view, each with its template), `api` tells the same as JSON.
//!
//! The pages show what [`rapporteur::brief::view`] says and add nothing. Scripts make them handier; without any, all of
//! it can be read, corrected and added to (`inbox`). Nothing is fetched from anywhere, but for the addresses that visitors
//! bring, where [`Settings::web`] says how.
//!
//! # Example
//! ```no_run
//! use rapporteur_server::{Server, Settings};
//!
//! let settings = Settings { dossier: "talks.dossier".into(), ..Settings::new(|| "2026-03-14T08:00:00Z".into()) };
//! let server = Server::bind(settings)?;
//! println!("http://{}", server.address());
//! server.run(|| false)?;
//! # Ok::<(), rapporteur_server::Error>(())
//! ```

mod answer;
mod api;
mod app;
mod ask;
mod asset;
mod cache;
mod error;
mod guard;
mod inbox;
mod limits;
mod link;
mod lru;
mod page;
mod people;
mod reply;
mod route;
mod serve;
mod show;
mod visitor;
mod work;

pub use error::Error;
pub use inbox::Web;
pub use limits::Limits;
pub use people::{Person, Right, add_person, people, remove_person};
pub use serve::{Server, Settings};
