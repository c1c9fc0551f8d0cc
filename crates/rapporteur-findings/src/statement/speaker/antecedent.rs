//! How likely somebody is whom a pronoun means: what is known of each who is offered, and the fitted scorer that ranks them.

use std::sync::LazyLock;

use rapporteur_schema::ActorIndex;
use rapporteur_scorer::{Features, Model};

use crate::doc::At;

/// The weights, fitted by `cargo xtask train antecedents` (weights/ORIGIN.md).
static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_str!("../../../weights/antecedent.json")).ok());

/// Where in its sentence a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The subject.
    Subject,
    /// The subject of what somebody says.
    SubjectTold,
    /// What is done to.
    Object,
    /// An owner: "Roe's plan".
    Owner,
    /// One of a row, or beside another name.
    Beside,
    /// Anything else.
    Other,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Subject => "subject",
            Place::SubjectTold => "subject of what somebody says",
            Place::Object => "object",
            Place::Owner => "owner",
            Place::Beside => "one of a row",
            Place::Other => "otherwise",
        }
    }
}

/// Somebody whom a pronoun may mean.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// Who; nobody for a speaker of whom no more is known than that they are one person.
    pub(crate) actor: Option<ActorIndex>,
    /// The nearest words that speak of them.
    pub(crate) words: At,
    /// How often the report names them.
    pub(super) mentions: usize,
    /// Whether a title or first name tells their gender.
    pub(super) gender_known: bool,
    /// Whether "it" asks, for which other weights hold.
    body: bool,
    /// How many paragraphs back they spoke, and whether somebody spoke since.
    spoke: Option<(usize, bool)>,
    /// The nearest name: paragraphs and sentences back, names between, where in its sentence.
    named: Option<(usize, usize, usize, Place)>,
    /// Whether any name near by is a subject.
    subject: bool,
    /// Names near by.
    near: usize,
}

impl Offer {
    pub(super) fn new(actor: Option<ActorIndex>, words: At, body: bool) -> Self {
        Offer {
            actor,
            words,
            mentions: 0,
            gender_known: false,
            body,
            spoke: None,
            named: None,
            subject: false,
            near: 0,
        }
    }

    /// They spoke so many paragraphs back; somebody else since.
    pub(super) fn spoke(&mut self, paragraphs: usize, since: bool) {
        self.spoke = self.spoke.or(Some((paragraphs, since)));
    }

    /// They are named so many paragraphs and sentences back, with so many names between; told from the nearest on.
    pub(super) fn named(&mut self, paragraphs: usize, sentences: usize, between: usize, place: Place) {
        self.named = self.named.or(Some((paragraphs, sentences, between, place)));
        self.subject |= place == Place::Subject;
        self.near += 1;
    }

    /// What is known; the names are what a person reads in the weights.
    pub(crate) fn features(&self) -> Features {
        let mut f = Features::default();
        let who = if self.body { "it: " } else { "" };
        let mut flag = |name: String, so: bool| f.flag(format!("{who}{name}"), so);
        flag("somebody without a name".into(), self.actor.is_none());
        if let Some((paragraphs, since)) = self.spoke {
            let order = if since { "before the last" } else { "last" };
            flag(format!("spoke {order}, {paragraphs} paragraphs back"), true);
        }
        if let Some((paragraphs, sentences, between, place)) = self.named {
            flag(format!("named {paragraphs} paragraphs back"), true);
            flag(format!("named {sentences} sentences back"), true);
            flag(format!("named as {}", place.name()), true);
            flag(format!("named as {}, {paragraphs} paragraphs back", place.name()), true);
            flag("subject of the sentence before".into(), sentences == 1 && place == Place::Subject);
            flag("no other name between".into(), between == 0);
        }
        flag("a subject near by".into(), self.subject);
        flag("spoke, and is named".into(), self.spoke.is_some() && self.named.is_some());
        flag("of a known gender".into(), self.gender_known);
        if let Some((_, _, between, _)) = self.named {
            f.add(format!("{who}names between"), between.min(12) as f32 / 12.0);
        }
        f.add(format!("{who}names near by"), (1.0 + self.near as f32).ln());
        f.add(format!("{who}names in the report"), (1.0 + self.mentions.min(40) as f32).ln());
        f
    }

    /// How likely, in log-odds; far below 0 without weights.
    pub(super) fn score(&self) -> f32 {
        MODEL.as_ref().map_or(f32::MIN, |model| model.score(&self.features()))
    }

    /// What speaks most for or against them, for whoever asks why.
    pub(super) fn why(&self) -> String {
        let Some(model) = MODEL.as_ref() else { return String::new() };
        let of = model.explain(&self.features()).into_iter().take(3);
        of.map(|(name, weight)| format!("{name} {weight:+.1}")).collect::<Vec<_>>().join(", ")
    }
}
