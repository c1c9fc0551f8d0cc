//! A loaded pipeline: weights ready for the kernels, rules compiled, tables where they lie in the file.

pub(crate) mod codec;
mod file;
pub(crate) mod spec;
mod table;
mod weights;

use std::borrow::Cow;

use crate::error::Error;
use crate::kernels::Level;
use crate::label::Tag;
use crate::lemma::Lemmatizer;
use crate::ner::NerModel;
use crate::neural::{Dense, Encoder};
use crate::parser::ParserModel;
use crate::ruler::Ruler;
use crate::tokenizer;
use codec::{Reader, Store};

pub(crate) use file::{Layout, Section};
pub(crate) use spec::Spec;
pub(crate) use table::Table;
pub(crate) use weights::Weights;

/// Everything that analysing needs and no analysis changes.
pub(crate) struct Model {
    bytes: Cow<'static, [u8]>,
    layout: Layout,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) level: Level,
    pub(crate) tokenizer: tokenizer::Rules,
    pub(crate) shared: Encoder,
    pub(crate) tags: Vec<Tag>,
    pub(crate) tagger: Dense,
    pub(crate) parser: ParserModel,
    pub(crate) ner_encoder: Encoder,
    pub(crate) ner: NerModel,
    pub(crate) ruler: Ruler,
    pub(crate) lemmatizer: Lemmatizer,
}

impl Model {
    /// Reads a model file. `trusted` bytes are not summed (see [`Layout::read`]); all bounds are checked in any case.
    pub(crate) fn read(bytes: Cow<'static, [u8]>, trusted: bool, level: Level) -> Result<Self, Error> {
        let layout = Layout::read(&bytes, trusted)?;
        let mut reader = Reader::new(&bytes[layout.range(Section::Spec)]);
        let mut spec = Spec::get(&mut reader)?;
        if !reader.is_empty() {
            return Err(Error::damaged("the description is longer than it should be"));
        }
        for section in [Section::Exceptions, Section::Norms, Section::LemmaIndex, Section::LemmaExceptions] {
            Table::new(&bytes[layout.range(section)])?;
        }
        let weights = Weights::new(&bytes[layout.range(Section::Weights)], level);
        let tokenizer = tokenizer::Rules::new(&mut spec)?;
        let shared = Encoder::new(&weights, &spec.shared, "tok2vec")?;
        let ner_encoder = Encoder::new(&weights, &spec.ner_encoder, "ner")?;
        let tagger = Dense::new(&weights, &spec.tagger, shared.width, "tagger")?;
        let tags = spec
            .tags
            .iter()
            .map(|tag| Tag::intern(tag).ok_or_else(|| Error::unsupported("tagger", "too many unknown labels")))
            .collect::<Result<Vec<_>, _>>()?;
        if tags.is_empty() || tags.len() != tagger.outputs || tags.len() > 255 {
            return Err(Error::damaged(format!("{} tags for {} outputs", tags.len(), tagger.outputs)));
        }
        let parser = ParserModel::new(&weights, &spec.parser, shared.width)?;
        let ner = NerModel::new(&weights, &spec.ner, ner_encoder.width)?;
        let ruler = Ruler::new(&spec.rules)?;
        let lemmatizer = Lemmatizer::new(std::mem::take(&mut spec.lemma), &ruler)?;
        Ok(Self {
            layout,
            name: std::mem::take(&mut spec.name),
            version: std::mem::take(&mut spec.version),
            level,
            tokenizer,
            shared,
            tags,
            tagger,
            parser,
            ner_encoder,
            ner,
            ruler,
            lemmatizer,
            bytes,
        })
    }

    /// A section of the file.
    pub(crate) fn section(&self, section: Section) -> &[u8] {
        &self.bytes[self.layout.range(section)]
    }

    /// A table; all four were checked when the model was read, and one that cannot be read has no entries.
    fn table(&self, section: Section) -> Table<'_> {
        Table::new(self.section(section)).unwrap_or(Table::EMPTY)
    }

    pub(crate) fn exceptions(&self) -> Table<'_> {
        self.table(Section::Exceptions)
    }

    /// The norm that the vocabulary gives a string id.
    pub(crate) fn norm(&self, id: u64) -> Option<&str> {
        std::str::from_utf8(self.table(Section::Norms).get(&id.to_le_bytes())?).ok()
    }

    pub(crate) fn lemma_index(&self) -> Table<'_> {
        self.table(Section::LemmaIndex)
    }

    pub(crate) fn lemma_exceptions(&self) -> Table<'_> {
        self.table(Section::LemmaExceptions)
    }
}
