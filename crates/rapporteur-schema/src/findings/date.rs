//! An expression of time, as one report has it.

use std::sync::Arc;

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Citation, Edtf, ReportId, short};

/// An expression of time and what it means.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct DateMention {
    /// The expression.
    #[cfg_attr(feature = "json-schema", schemars(flatten))]
    pub at: Citation,
    /// Its value, where it has one.
    pub value: Option<Edtf>,
    /// Whether it is when that happened which its sentence tells: it hangs on the verb of the main clause, or of what is said there, and
    /// neither on a thing ("the vote of 6 March") nor on a clause beside it ("who resigned on Friday").
    #[cfg_attr(feature = "json-schema", schemars(default))]
    pub main: bool,
}

impl Serialize for DateMention {
    /// The fields of the citation and the value beside them; with a text at hand, the citation as it is written then.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct AtLength<'a> {
            #[serde(flatten)]
            at: &'a Citation,
            value: Option<Edtf>,
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            main: bool,
        }
        #[derive(Serialize)]
        struct Short<'a> {
            at: &'a Citation,
            value: Option<Edtf>,
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            main: bool,
        }
        let DateMention { at, value, main } = self;
        match short::is_at_hand() {
            true => Short { at, value: *value, main: *main }.serialize(serializer),
            false => AtLength { at, value: *value, main: *main }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for DateMention {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Either {
            at: Option<Citation>,
            report: Option<ReportId>,
            start: Option<u32>,
            end: Option<u32>,
            exact: Option<Arc<str>>,
            value: Option<Edtf>,
            #[serde(default)]
            main: bool,
        }
        let Either { at, report, start, end, exact, value, main } = Either::deserialize(deserializer)?;
        let at_length = || Some(Citation::read(report?, start?, end?, exact?));
        let at = at.or_else(at_length).ok_or_else(|| de::Error::custom("an expression of time needs its place"))?;
        Ok(DateMention { at, value, main })
    }
}
