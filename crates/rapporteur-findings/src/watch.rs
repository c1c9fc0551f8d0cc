//! Tells somebody outside how reading goes on. This crate reads no clock; who measures hands in something that does.

/// A stage of reading one report, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Paragraphs are cleaned.
    View,
    /// The language runtime reads them.
    Language,
    /// Quotation marks are paired, sentences mended.
    Marks,
    /// Expressions of time are read.
    Times,
    /// The tagger marks where something is told.
    Tags,
    /// Who is named.
    Names,
    /// Which days expressions of time mean.
    Dates,
    /// Who said what.
    Statements,
    /// Who met whom.
    Gatherings,
    /// What is held out.
    Proposals,
    /// What is in dispute.
    Issues,
    /// Who stands how to it.
    Positions,
    /// What depends on what.
    Conditions,
    /// Numbers and what they count.
    Quantities,
    /// Words are split, actors closed.
    Closing,
}

/// Is told of stages as they end, and may break reading off.
pub trait Watch {
    /// This stage has ended just now.
    fn ended(&mut self, _stage: Stage) {}

    /// Whether to go on; asked before every paragraph and every kind of finding.
    fn goes_on(&self) -> bool {
        true
    }
}

/// Nobody watches.
impl Watch for () {}

/// Reads for as long as a function says so.
pub struct While<'a>(pub &'a dyn Fn() -> bool);

impl std::fmt::Debug for While<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("While(..)")
    }
}

impl Watch for While<'_> {
    fn goes_on(&self) -> bool {
        (self.0)()
    }
}
