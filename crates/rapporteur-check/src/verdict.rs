//! What a check says: verdicts, each about some words of the draft, with the words of the reports it rests on.

use rapporteur_schema::{Basis, Char, Citation, Edtf, ReportId, Span};
#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// The form of a [`Checked`] as JSON.
pub const FORM: &str = "rapporteur/check/3";

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "json-schema", derive(JsonSchema))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant),*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
    )*};
}

words! {
    /// What sort of claim a verdict is about.
    Kind {
        /// Words in quotation marks.
        Quotation = "quotation",
        /// Who is said to have said something.
        Attribution = "attribution",
        /// A count, sum, rate, rank or time of day.
        Number = "number",
        /// When.
        Date = "date",
        /// What somebody or something is called.
        Name = "name",
        /// What somebody is.
        Office = "office",
        /// Where.
        Place = "place",
        /// How far a gathering has come, where a person corrected that.
        Gathering = "meeting",
        /// A sentence that says something in the draft's own voice.
        Statement = "statement",
        /// How many sources there are said to be.
        Source = "source",
        /// A whole sentence, by its clauses.
        Sentence = "sentence",
    }
    /// What the reports make of it.
    Judgement {
        /// A report says so.
        Supported = "supported",
        /// The quotation stands so, word for word, in a report.
        Exact = "exact",
        /// It leaves words out without marking it.
        Cut = "cut",
        /// Words are others than in the report.
        Altered = "altered",
        /// Parts from two places stand in one pair of marks.
        Spliced = "spliced",
        /// The words stand in a report, but as the reporter's own.
        NotQuoted = "not quoted",
        /// No report has it.
        NotFound = "not found",
        /// A report says otherwise, and none says so; or a person corrected it.
        Contradicted = "contradicted",
        /// The reports give it to somebody else.
        OtherSpeaker = "other speaker",
        /// The reports say it was said elsewhere.
        OtherMedium = "other medium",
        /// What one side claims is stated as a fact.
        OneSide = "one side's claim",
        /// Reports differ, and the draft does not say so.
        Disputed = "disputed",
        /// What is said to rest on several sources rests on one origin.
        OneSource = "one source",
        /// Sentences of reports come near, and settle nothing: to be compared by a reader.
        Unclear = "unclear",
        /// There is nothing in it that could be compared.
        Unchecked = "nothing checkable",
    }
    /// How much it matters, the gravest first.
    Severity {
        /// Contradicted or altered: the exit code is 1.
        Error = "error",
        /// To be looked at.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
        /// In order.
        Fine = "fine",
    }
    /// What a change of a word does to a quotation, the gravest first.
    Weight {
        /// A negation is put in, left out or moved.
        Negation = "negation",
        /// A number is another.
        Number = "number",
        /// A name is another.
        Name = "name",
        /// "May" for "will", and the like.
        Modal = "modal",
        /// Any other word.
        Word = "word",
        /// An article or another of the smallest words.
        Small = "small",
    }
    /// How a stretch of a quotation relates to the report's words.
    Step {
        /// Both have it.
        Same = "same",
        /// The report alone has it.
        LeftOut = "left out",
        /// The draft alone has it.
        PutIn = "put in",
        /// The draft has other words.
        Replaced = "replaced",
    }
}

impl Judgement {
    /// What a sentence as a whole is judged to be, in the order in which it is counted.
    pub const OF_SENTENCES: &[Judgement] =
        &[Judgement::Supported, Judgement::Contradicted, Judgement::Unclear, Judgement::NotFound, Judgement::Unchecked];

    /// The word for it where a whole sentence is judged.
    pub fn of_a_sentence(self) -> &'static str {
        match self {
            Judgement::Unclear => "unclear: compare",
            Judgement::NotFound => "not in the reports",
            other => other.as_str(),
        }
    }
}

/// A stretch of the draft as it was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct DraftRange {
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// The line, counted from 1.
    pub line: u32,
    /// The code point in the line, counted from 1.
    pub column: u32,
    /// The words that stand there.
    pub exact: String,
}

impl DraftRange {
    /// It as a span.
    pub fn span(&self) -> Span<Char> {
        Span::new(self.start, self.end)
    }
}

/// One step of the comparison of a quotation with a report's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Change {
    /// How the two relate.
    pub step: Step,
    /// What the change does; absent where both are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// The words of the draft, where it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftRange>,
    /// The words of the report, where it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Citation>,
}

/// What is said of one claim of the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Verdict {
    /// The words of the draft that make the claim.
    pub at: DraftRange,
    /// What sort of claim it is.
    pub kind: Kind,
    /// What the reports make of it.
    pub judgement: Judgement,
    /// How much it matters.
    pub severity: Severity,
    /// The same in plain words.
    pub says: String,
    /// The words of reports that support it, or that come nearest.
    pub sources: Vec<Citation>,
    /// The words of reports that speak against it.
    pub against: Vec<Citation>,
    /// For quotations that are not exact: the comparison, in the order of the words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The reports that support it.
    pub supported_by: Vec<ReportId>,
    /// How many independent sources these reports are.
    pub independent_sources: usize,
}

impl Verdict {
    /// Whether it is shown as a fault: an error or a warning.
    pub fn is_flagged(&self) -> bool {
        self.severity <= Severity::Warning
    }
}

/// A report that the draft was checked against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Against {
    /// Its number, counted from 1, as it is shown.
    pub number: usize,
    /// Its id.
    pub id: ReportId,
    /// Where it is from.
    pub source: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
}

impl Against {
    /// What it is called in a list: the outlet, else the end of its path.
    pub fn name(&self) -> &str {
        self.outlet.as_deref().unwrap_or_else(|| self.source.rsplit('/').next().unwrap_or(&self.source))
    }
}

/// A draft that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Checked {
    /// The form this is written in, [`FORM`].
    pub form: &'static str,
    /// Where the draft is from.
    pub draft: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The day that relative dates were read against.
    pub date: Option<Edtf>,
    /// How that day is known.
    pub date_basis: Option<Basis>,
    /// The reports, in the order of their numbers.
    pub reports: Vec<Against>,
    /// The verdicts, in the order of the draft.
    pub verdicts: Vec<Verdict>,
    /// What the reports make of each sentence as a whole, in the order of the draft: supported, contradicted, unclear, not
    /// found, or nothing checkable. A sentence that its clauses contradict stands among the verdicts as well.
    pub sentences: Vec<Verdict>,
    /// Whether it was broken off: then the verdicts are those that were reached by then.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub broken_off: bool,
    /// What was not judged, or not read of the draft and the reports, because there is too much of it; in plain words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<String>,
    /// The draft as given; what renders it shows it.
    #[serde(skip)]
    pub text: String,
}

impl Checked {
    /// How many verdicts have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.verdicts.iter().filter(|v| v.severity == severity).count()
    }

    /// Whether anything is contradicted or altered.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many sentences are judged so.
    pub fn count_sentences(&self, judgement: Judgement) -> usize {
        self.sentences.iter().filter(|v| v.judgement == judgement).count()
    }

    /// The sentences in a line: how many are supported, contradicted and so on; nothing where there is none.
    pub fn sentences_in_words(&self) -> Option<String> {
        let counted = |j: &Judgement| {
            let n = self.count_sentences(*j);
            (n > 0).then(|| format!("{n} {}", j.of_a_sentence()))
        };
        let parts: Vec<String> = Judgement::OF_SENTENCES.iter().filter_map(counted).collect();
        let all = self.sentences.len();
        let noun = if all == 1 { "sentence" } else { "sentences" };
        (all > 0).then(|| format!("{all} {noun}: {}", parts.join(", ")))
    }

    /// What is missing from it, in plain words, a line each; nothing of a whole check.
    pub fn missing(&self) -> Vec<String> {
        let broken_off = self.broken_off.then(|| "the check was broken off before its end".to_owned());
        broken_off.into_iter().chain(self.cut.iter().cloned()).collect()
    }

    /// The report of this id.
    pub fn report(&self, id: &ReportId) -> Option<&Against> {
        self.reports.iter().find(|r| r.id == *id)
    }

    /// The JSON Schema (draft 2020-12) of a check, generated from these types.
    #[cfg(feature = "json-schema")]
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Checked).to_value()
    }
}
