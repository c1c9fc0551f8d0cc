//! What is learned and reading needs: the language model, and the tagger where it is wanted.

use rapporteur_language::Pipeline;
use rapporteur_reader::Tagger;

/// The models that a report is read with.
#[derive(Clone, Copy, Debug)]
pub struct Models<'m> {
    /// Words, parses, kinds of names.
    pub pipeline: &'m Pipeline,
    /// Marks where something is told; without it rules decide alone, quicker and with less found.
    pub tagger: Option<&'m Tagger>,
}

impl Models<'static> {
    /// Those that are built in, all of them.
    pub fn builtin() -> Self {
        Models { pipeline: Pipeline::builtin(), tagger: Tagger::builtin() }
    }

    /// Those that are built in, without the tagger: quick, and less is found.
    pub fn quick() -> Self {
        Models { pipeline: Pipeline::builtin(), tagger: None }
    }
}
