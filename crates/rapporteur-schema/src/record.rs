//! The record of one story: what was reported, by whom, of whom, with the words it rests on.
//!
//! Field names and their meaning are fixed by the project's `record.md`; they are read by other programs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    AppliedCorrection, Citation, ClaimId, ConditionId, DateMention, DiscrepancyId, Edtf, EntityId, Error, Evidence,
    FactId, IssueId, Manner, MeetingId, PositionId, ProposalId, Report, ReportHead, ReportId, Rule, StatementId,
    UtteranceId, phrase,
};

/// The value of [`Record::schema`] that this version writes.
pub const SCHEMA: &str = "rapporteur/record/1";

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "json-schema", derive(JsonSchema))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant),*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The one that this word of a record means.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }

            /// The word for it in a record.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
    )*};
}

words! {
    /// What an entity is.
    EntityKind {
        /// A human being.
        Person = "person",
        /// A body: government, company, union, agency, outlet, party, army.
        Organization = "organization",
        /// A state.
        Country = "country",
        /// A city, region or building.
        Place = "place",
        /// People without a name of their own ("Russian delegation").
        Group = "group",
    }
    /// How an entity is mentioned.
    MentionKind {
        /// By name.
        Name = "name",
        /// By a description ("the Republican").
        Description = "description",
        /// By a pronoun.
        Pronoun = "pronoun",
    }
    /// In whose words a statement is given.
    Mode {
        /// The speaker's own words, in quotation marks.
        Direct = "direct",
        /// The reporter's words.
        Indirect = "indirect",
        /// The reporter's words with some of the speaker's in quotation marks.
        Mixed = "mixed",
    }
    /// How the words of several reports relate.
    Relation {
        /// The same words.
        Identical = "identical",
        /// Some leave out what others have.
        Cut = "cut",
        /// Some words are others, by the same outlet's language or an editor's hand.
        Reworded = "reworded",
        /// Different renderings of words first said in another language.
        Translated = "translated",
    }
    /// What kind of gathering.
    MeetingKind {
        /// Talks in one place.
        Talks = "talks",
        /// A visit.
        Visit = "visit",
        /// A telephone call.
        Call = "call",
        /// A video call.
        VideoCall = "video call",
        /// A summit.
        Summit = "summit",
        /// A signing.
        Signing = "signing",
    }
    /// How far a gathering has come, as reported.
    MeetingStatus {
        /// It took place.
        Held = "held",
        /// It is going on.
        UnderWay = "under way",
        /// It is to be.
        Planned = "planned",
        /// Somebody was told to hold it.
        Ordered = "ordered",
        /// It will be only if something else is.
        Conditional = "conditional",
        /// Somebody says it was not or will not be.
        Denied = "denied",
        /// Was to be, and will not be, or was put off.
        CalledOff = "called off",
        /// It is said to be, on unnamed or single authority.
        Unconfirmed = "unconfirmed",
    }
    /// Where a matter in dispute stands.
    IssueStatus {
        /// Not settled.
        Open = "open",
        /// Put off.
        Deferred = "deferred",
        /// Settled.
        Agreed = "agreed",
        /// The parties contradict each other.
        Disputed = "disputed",
    }
    /// How a party stands to a proposal or an issue.
    Stance {
        /// Takes it.
        Accepts = "accepts",
        /// Takes it in part or in principle.
        AcceptsWithReservations = "accepts with reservations",
        /// Turns it down.
        Rejects = "rejects",
        /// Asks for it.
        Demands = "demands",
        /// Holds it out.
        Offers = "offers",
        /// Speaks for it.
        Supports = "supports",
        /// Questions it.
        Doubts = "doubts",
        /// Says nothing.
        Declines = "declines to comment",
    }
    /// What sort of fact something is.
    FactKind {
        /// An entity.
        Entity = "entity",
        /// A statement.
        Statement = "statement",
        /// An utterance.
        Utterance = "utterance",
        /// A meeting.
        Meeting = "meeting",
        /// A proposal.
        Proposal = "proposal",
        /// An issue.
        Issue = "issue",
        /// A position.
        Position = "position",
        /// A condition.
        Condition = "condition",
        /// A discrepancy.
        Discrepancy = "discrepancy",
        /// A claim.
        Claim = "claim",
    }
    /// What was cut or passed over of a report because there is too much of it.
    CutKind {
        /// A long paragraph, mostly of marks: it was not read.
        Marks = "marks",
        /// A statement whose content is too long to be one: it was left out.
        Statement = "statement",
        /// Names in a list too long to be one of parties: those at its end were left out.
        Parties = "parties",
        /// Words that look like a name and are too long to be one: they name nobody.
        Name = "name",
        /// One of very many wordings of the same quotation: it was not compared with all others.
        Wording = "wording",
    }
    /// In what accounts of the same thing differ.
    DiscrepancyKind {
        /// A count or sum.
        Number = "number",
        /// When.
        Date = "date",
        /// Where.
        Place = "place",
        /// Who took part.
        Participant = "participant",
        /// Whether, or how far.
        Status = "status",
        /// Who said or wrote it.
        Attribution = "attribution",
        /// The words of one utterance.
        Wording = "wording",
        /// What somebody is called.
        Name = "name",
    }
}

/// Everything that the reports of one story say, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Record {
    /// The form this is written in, [`SCHEMA`].
    pub schema: String,
    /// What made it.
    pub made_with: MadeWith,
    /// The reports read.
    pub reports: Vec<ReportHead>,
    /// Who and what they name.
    pub entities: Vec<Entity>,
    /// The expressions of time in them.
    pub dates: Vec<DateMention>,
    /// Who said what, report by report.
    pub statements: Vec<Statement>,
    /// The same words as several reports give them.
    pub utterances: Vec<Utterance>,
    /// Who met whom.
    pub meetings: Vec<Meeting>,
    /// Plans, drafts, deals, bills, offers.
    pub proposals: Vec<Proposal>,
    /// What is in dispute.
    pub issues: Vec<Issue>,
    /// Who stands how to what.
    pub positions: Vec<Position>,
    /// What happens only if something else does.
    pub conditions: Vec<Condition>,
    /// Where accounts of the same thing differ.
    pub discrepancies: Vec<Discrepancy>,
    /// What at least two reports assert alike, the most widely told first.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// The sentences that tell a newcomer what happened and where it stands, in the order in which they are read.
    #[serde(default)]
    pub lead: Vec<LeadSentence>,
    /// What one report alone has.
    pub only_in: Vec<OnlyIn>,
    /// Passages that reports share word for word, beyond quotations.
    pub reuse: Vec<Reuse>,
    /// The reports by independent origin, every report in one: reports that share much of their text beyond quotations
    /// (copies of one agency's dispatch, say) are one origin, however many outlets they stand in.
    #[serde(default)]
    pub origins: Vec<Vec<ReportId>>,
    /// What people corrected, in the order in which they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<AppliedCorrection>,
    /// What should be in it and is not, because it is damaged where it is kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Places of the reports where something was cut or passed over because there is too much of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<Cut>,
    /// What was named, or lay in a folder that was named, and could not be read: nothing of it is in this record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
}

/// Something that was not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Unread {
    /// The path or address as given.
    pub source: String,
    /// Why.
    pub why: String,
}

/// A place of a report where something was cut or passed over because there is too much of it: what stands there may be missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Cut {
    /// In which report.
    pub report: ReportId,
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// What it is.
    pub what: CutKind,
}

impl CutKind {
    /// What happened to one of them, or several, in plain words.
    fn says(self, several: bool) -> &'static str {
        match (self, several) {
            (CutKind::Marks, false) => "a long paragraph of marks was not read",
            (CutKind::Marks, true) => "long paragraphs of marks were not read",
            (CutKind::Statement, false) => "a statement too long to be one was left out",
            (CutKind::Statement, true) => "statements too long to be such were left out",
            (CutKind::Parties, false) => "the last names of a very long list were left out of it",
            (CutKind::Parties, true) => "the last names of very long lists were left out of them",
            (CutKind::Name, false) => "words too long to be a name were not taken for one",
            (CutKind::Name, true) => "words too long to be names were not taken for such",
            (CutKind::Wording, false) => "a quotation of very many wordings was not compared with all of them",
            (CutKind::Wording, true) => "quotations of very many wordings were not compared with all of them",
        }
    }
}

impl Cut {
    /// What was cut of one report, in plain words: a line for each kind, with the first place.
    pub fn in_words<'c>(cuts: impl IntoIterator<Item = &'c Cut>) -> Vec<String> {
        let mut kinds: BTreeMap<CutKind, Vec<&Cut>> = BTreeMap::new();
        for cut in cuts {
            kinds.entry(cut.what).or_default().push(cut);
        }
        let line = |(kind, cuts): (CutKind, Vec<&Cut>)| {
            let others = match cuts.len() - 1 {
                0 => String::new(),
                1 => " and one more place".into(),
                n => format!(" and {n} more places"),
            };
            let says = kind.says(cuts.len() > 1);
            format!("{says} (characters {} to {}{others})", cuts[0].start, cuts[0].end)
        };
        kinds.into_iter().map(line).collect()
    }
}

/// A kept report, or something else that belongs to a record, that is damaged and was left out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct LeftOut {
    /// The report, where its id is whole.
    pub report: Option<ReportId>,
    /// Who published it, where that is whole.
    pub outlet: Option<String>,
    /// Its title, where that is whole.
    pub title: Option<String>,
    /// What is wrong.
    pub why: String,
}

impl std::fmt::Display for LeftOut {
    /// "report r3k9 (Gazette: Talks go on): its text is damaged".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(report) = &self.report {
            write!(f, "report {report}")?;
            match (&self.outlet, &self.title) {
                (Some(outlet), Some(title)) => write!(f, " ({outlet}: {title})")?,
                (Some(one), None) | (None, Some(one)) => write!(f, " ({one})")?,
                (None, None) => {}
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.why)
    }
}

/// The version and model that made a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct MadeWith {
    /// Version of Rapporteur.
    pub version: String,
    /// The models, where some were used: the language model, and the tagger or that it was left out (`quick`); several sets of them, parted by
    /// semicolons, where reports of a dossier were read with several.
    pub model: Option<String>,
}

/// A person, organization, country, place or group, one across all reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// The form it is shown under.
    pub name: String,
    /// For a country, its ISO 3166-1 alpha-2 code.
    pub iso3166: Option<String>,
    /// Every spelling, and who uses it.
    pub names: Vec<NameForm>,
    /// The offices it is given.
    pub offices: Vec<Office>,
    /// Every place where it is mentioned.
    pub mentions: Vec<Mention>,
}

/// One spelling of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct NameForm {
    /// As written.
    pub form: String,
    /// The reports that write it so.
    pub reports: Vec<ReportId>,
}

/// An office that reports give an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Office {
    /// The title.
    pub title: String,
    /// Of which entity, where reported.
    pub of: Option<EntityId>,
    /// The words that say so.
    pub evidence: Evidence,
}

/// One place where an entity is mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Mention {
    /// In which report.
    pub report: ReportId,
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// How.
    pub kind: MentionKind,
}

/// One attribution in one report: speaker, cue, content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The report it stands in.
    pub report: ReportId,
    /// In whose words.
    pub mode: Mode,
    /// Who speaks, where it is clear.
    pub speaker: Option<EntityId>,
    /// The words that name the speaker.
    pub speaker_span: Option<Citation>,
    /// The word that attributes.
    pub cue: Option<Citation>,
    /// What was said.
    pub content: Citation,
    /// Where it was said: platform, interview, address.
    pub medium: Option<String>,
    /// To whom it was said.
    pub audience: Option<String>,
    /// Who is credited with having it.
    pub via: Option<String>,
    /// When it was said.
    pub date: Option<Edtf>,
    /// The utterance it gives.
    pub utterance: Option<UtteranceId>,
    /// How likely the speaker is right, 0 to 1, where a pronoun has to be understood or no words tell who speaks.
    #[serde(default)]
    pub confidence: Option<f32>,
}

impl Statement {
    /// From which confidence on whoever a pronoun means is told like whoever is named (docs/accuracy.md, "Confidence of speakers").
    pub const SURE: f32 = 0.9;

    /// Below which confidence a pronoun may as well mean another.
    pub const DOUBTED: f32 = 0.75;

    /// Whether who speaks is told by name, or by a pronoun that surely means them.
    pub fn is_sure(confidence: Option<f32>) -> bool {
        confidence.is_none_or(|c| c >= Self::SURE)
    }

    /// Whether who speaks is told only by a pronoun that may as well mean another.
    pub fn is_doubted(confidence: Option<f32>) -> bool {
        confidence.is_some_and(|c| c < Self::DOUBTED)
    }
}

/// The same words as several reports give them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Utterance {
    /// Its id.
    pub id: UtteranceId,
    /// Who spoke, where it is clear.
    pub speaker: Option<EntityId>,
    /// How the reports' words relate.
    pub relation: Relation,
    /// The fullest form, assembled from the parts.
    pub text: String,
    /// The statements that give it.
    pub statements: Vec<StatementId>,
}

/// One gathering, whatever stages it was reported at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// What kind.
    pub kind: MeetingKind,
    /// Who took or is to take part.
    pub participants: Vec<EntityId>,
    /// Where.
    pub place: Option<EntityId>,
    /// When.
    pub date: Option<Edtf>,
    /// How far it has come by the latest account.
    pub status: MeetingStatus,
    /// What it depends on.
    pub condition: Option<Citation>,
    /// How it is held, where reported: face to face, through others, behind closed doors, in public.
    pub manner: Vec<Manner>,
    /// What each report says of it.
    pub accounts: Vec<MeetingAccount>,
}

/// What one report says of a meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct MeetingAccount {
    /// The clause that says it.
    pub span: Citation,
    /// How far it has come.
    pub status: MeetingStatus,
    /// Where.
    pub place: Option<EntityId>,
    /// When.
    pub date: Option<Edtf>,
    /// Who.
    pub participants: Vec<EntityId>,
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
}

/// A plan, draft, deal, bill or offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// What it is called.
    pub names: Vec<String>,
    /// Its versions.
    pub versions: Vec<Version>,
}

/// One version of a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Version {
    /// Its number of points, where reported.
    pub points: Option<u32>,
    /// Whether that number is rough.
    pub approximate: bool,
    /// Whose it is.
    pub authors: Vec<EntityId>,
    /// When it was made.
    pub date: Option<Edtf>,
    /// Its sum or rate as first written, where reported ("4.5 percent over two years").
    #[serde(default)]
    pub sum: Option<String>,
    /// The word of change that made it, where reported ("narrowed").
    #[serde(default)]
    pub change: Option<String>,
    /// The rules that read it, each once.
    #[serde(default)]
    pub by: Vec<Rule>,
    /// The words that say so.
    pub evidence: Evidence,
}

/// A matter in dispute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Issue {
    /// Its id.
    pub id: IssueId,
    /// Its name.
    pub name: String,
    /// What reports call it.
    pub terms: Vec<String>,
    /// Where it stands, where reported.
    pub status: Option<IssueStatus>,
    /// The rules that read it, each once.
    #[serde(default)]
    pub by: Vec<Rule>,
    /// The words that say so.
    pub evidence: Evidence,
}

/// How one party stands to one subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Position {
    /// Who.
    pub party: EntityId,
    /// To what: the id of a proposal or an issue.
    pub on: String,
    /// How.
    pub stance: Stance,
    /// When.
    pub date: Option<Edtf>,
    /// The rules that read it, each once.
    #[serde(default)]
    pub by: Vec<Rule>,
    /// How likely it is right as the likeliest of its clauses tells it, 0 to 1; none where they were read without the tagger.
    #[serde(default)]
    pub confidence: Option<f32>,
    /// The words that say so.
    pub evidence: Evidence,
}

/// What happens only if something else does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Condition {
    /// What would happen.
    pub what: Citation,
    /// What must be before.
    pub only_if: Citation,
    /// Who set it.
    pub party: Option<EntityId>,
    /// The rule that read the words that stand for it.
    #[serde(default)]
    pub by: Rule,
    /// The words that say so.
    pub evidence: Evidence,
}

/// A question to which reports give different answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Discrepancy {
    /// Its id.
    pub id: DiscrepancyId,
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// In what they differ.
    pub kind: DiscrepancyKind,
    /// The question.
    pub about: String,
    /// The answers; two at least.
    pub accounts: Vec<Account>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Account {
    /// What it says.
    pub value: String,
    /// The words that say so.
    pub evidence: Evidence,
}

/// What sentences of several reports assert alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The sentences that assert it, one a report, the best formulated first.
    pub spans: Vec<Citation>,
    /// How many independent sources tell it: reports that share much of their text count once.
    pub origins: u32,
    /// How likely its sentences assert the same, by the scorer that joined them: the least of what holds it together, 0 to 1.
    pub confidence: f32,
}

/// A sentence of the lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct LeadSentence {
    /// The sentence.
    pub span: Citation,
    /// The day that it tells of, where its words name one.
    pub date: Option<Edtf>,
    /// The claim that it is part of, where other reports tell the same.
    pub claim: Option<ClaimId>,
    /// The other reports that tell the same.
    pub also: Vec<ReportId>,
    /// The rule that chose it.
    #[serde(default)]
    pub by: Rule,
    /// How likely an editor would choose it, by the scorer, 0 to 1.
    pub confidence: f32,
    /// What spoke for it, the weightiest first, in words.
    pub why: Vec<String>,
}

/// What one report alone has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct OnlyIn {
    /// The report.
    pub report: ReportId,
    /// Ids of facts.
    pub facts: Vec<FactId>,
}

/// A passage that reports share word for word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Reuse {
    /// Where it stands, once a report.
    pub spans: Vec<Citation>,
    /// The agency that one of them credits.
    pub credit: Option<String>,
}

impl Position {
    /// Its id, which a record does not spell out: a party has one position of a stance on a subject.
    pub fn id(&self) -> PositionId {
        PositionId::from_content(&[self.party.as_str(), &self.on, self.stance.as_str()])
    }
}

impl Condition {
    /// Its id, which a record does not spell out: what it makes depend on what, by the words.
    pub fn id(&self) -> ConditionId {
        let of = |c: &Citation| format!("{} {} {}", c.report(), c.span().start(), c.span().end());
        ConditionId::from_content(&[&of(&self.what), &of(&self.only_if)])
    }
}

impl Record {
    /// The record with what its reports say of themselves as any face may show it ([`ReportHead::sanitize`]); the record itself
    /// where it is so already.
    pub fn sane(&self) -> Cow<'_, Record> {
        if self.reports.iter().all(ReportHead::is_sane) {
            return Cow::Borrowed(self);
        }
        let mut record = self.clone();
        for head in &mut record.reports {
            head.sanitize();
        }
        Cow::Owned(record)
    }

    /// The JSON Schema (draft 2020-12) of a record, generated from these types.
    #[cfg(feature = "json-schema")]
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Record).to_value()
    }

    /// How much of what was to be read was not, in plain words: "2 files of 3 not read: talks.pdf, wire.docx". Nothing where
    /// all was.
    pub fn unread_in_words(&self) -> Option<String> {
        const SHOWN: usize = 4;
        if self.unread.is_empty() {
            return None;
        }
        let name = |source: &str| phrase::clean(source.trim_end_matches('/').rsplit('/').next().unwrap_or(source));
        let file = |source: &str| source.split_once('#').map_or(source, |(file, _)| file).to_owned();
        let failed: BTreeSet<&str> = self.unread.iter().map(|u| u.source.as_str()).collect();
        // A file may hold many reports (`mail.mbox#3`), of which some were read.
        let (all, units) = if failed.iter().any(|source| source.contains('#')) {
            (self.reports.len() + failed.len(), ["part", "parts"])
        } else {
            let read: BTreeSet<String> = self.reports.iter().map(|r| file(&r.source)).collect();
            (read.iter().filter(|source| !failed.contains(source.as_str())).count() + failed.len(), ["file", "files"])
        };
        let mut names: Vec<String> = failed.iter().take(SHOWN).map(|source| name(source)).collect();
        if failed.len() > SHOWN {
            names.push(format!("and {} more", failed.len() - SHOWN));
        }
        let unit = units[usize::from(failed.len() != 1)];
        Some(format!("{} {unit} of {all} not read: {}", failed.len(), names.join(", ")))
    }

    /// What was cut of its reports, in plain words: a line for each report and kind ("report r3k9 (Gazette: Talks go on): a
    /// long paragraph of marks was not read (characters 120 to 4520)").
    pub fn cut_in_words(&self) -> Vec<String> {
        let mut reports: BTreeMap<&ReportId, Vec<&Cut>> = BTreeMap::new();
        for cut in &self.cut {
            reports.entry(&cut.report).or_default().push(cut);
        }
        let mut lines = Vec::new();
        for head in &self.reports {
            let about = |why| LeftOut {
                report: Some(head.id.clone()),
                outlet: head.outlet.clone(),
                title: head.title.clone(),
                why,
            };
            let cuts = reports.get(&head.id).into_iter().flatten().copied();
            lines.extend(Cut::in_words(cuts).into_iter().map(|why| about(why).to_string()));
        }
        lines
    }

    /// Every citation in the record, in the order of its fields.
    pub fn citations(&self) -> Vec<&Citation> {
        let mut all: Vec<&Citation> = Vec::new();
        all.extend(self.entities.iter().flat_map(|e| &e.offices).flat_map(|o| o.evidence.iter()));
        all.extend(self.dates.iter().map(|d| &d.at));
        for s in &self.statements {
            all.extend(s.speaker_span.iter().chain(&s.cue).chain([&s.content]));
        }
        for m in &self.meetings {
            all.extend(m.condition.iter().chain(m.accounts.iter().map(|a| &a.span)));
        }
        all.extend(self.proposals.iter().flat_map(|p| &p.versions).flat_map(|v| v.evidence.iter()));
        all.extend(self.issues.iter().flat_map(|i| i.evidence.iter()));
        all.extend(self.positions.iter().flat_map(|p| p.evidence.iter()));
        for c in &self.conditions {
            all.extend([&c.what, &c.only_if].into_iter().chain(c.evidence.iter()));
        }
        all.extend(self.discrepancies.iter().flat_map(|d| &d.accounts).flat_map(|a| a.evidence.iter()));
        all.extend(self.claims.iter().flat_map(|c| &c.spans));
        all.extend(self.lead.iter().map(|l| &l.span));
        all.extend(self.reuse.iter().flat_map(|r| &r.spans));
        all
    }

    /// Proves that every citation reads in the reports just as the record gives it.
    ///
    /// # Errors
    /// The first citation that does not, or whose report is not among `reports`.
    pub fn verify(&self, reports: &[Report]) -> Result<(), Error> {
        let texts: BTreeMap<&ReportId, &Report> = reports.iter().map(|r| (r.id(), r)).collect();
        for c in self.citations() {
            let report = texts.get(c.report()).ok_or_else(|| Error::NoSuchReport(c.report().clone()))?;
            if report.text.slice(c.span()) != Some(c.exact()) {
                return Err(Error::NotThere {
                    report: c.report().clone(),
                    start: c.span().start(),
                    exact: c.exact().to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl MeetingStatus {
    /// Whether it has not been, nor is it to be as it was told: denied or called off.
    pub fn is_off(self) -> bool {
        matches!(self, MeetingStatus::Denied | MeetingStatus::CalledOff)
    }
}
