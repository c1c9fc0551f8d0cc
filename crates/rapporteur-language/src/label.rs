//! The labels a token can carry, as real enums: a typo is a compile error, a comparison is one instruction.
//!
//! The variants are the labels of spaCy's English pipelines. A label that another pipeline brings is kept as
//! `Other`, whose text is remembered for the life of the program (labels are few, and each is kept once).

use std::sync::{Mutex, PoisonError};

static OTHERS: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

fn other_number(label: &str) -> Option<u16> {
    let mut others = OTHERS.lock().unwrap_or_else(PoisonError::into_inner);
    let at = others.iter().position(|known| *known == label).unwrap_or_else(|| {
        others.push(String::from(label).leak());
        others.len() - 1
    });
    u16::try_from(at).ok()
}

fn other_text(number: u16) -> &'static str {
    let others = OTHERS.lock().unwrap_or_else(PoisonError::into_inner);
    others.get(usize::from(number)).copied().unwrap_or("")
}

/// A label outside the known ones. Only a pipeline's loading makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OtherLabel(u16);

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            /// No label; its text is empty.
            #[default]
            None,
            $($(#[$vdoc])* $variant,)*
            /// A label that the English pipelines do not have.
            Other(OtherLabel),
        }

        impl $name {
            /// All labels of the English pipelines.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The label as spaCy writes it; empty for `None`.
            pub fn as_str(self) -> &'static str {
                match self {
                    Self::None => "",
                    $(Self::$variant => $text,)*
                    Self::Other(other) => other_text(other.0),
                }
            }

            /// The label of that text if it is one of the known ones.
            pub fn from_known(text: &str) -> Option<Self> {
                match text {
                    "" => Some(Self::None),
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The label of that text, remembered as `Other` if it is not a known one; `None` when 65,536 others exist.
            pub(crate) fn intern(text: &str) -> Option<Self> {
                Self::from_known(text).or_else(|| other_number(text).map(|n| Self::Other(OtherLabel(n))))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

labels! {
    /// How a token depends on its head.
    Dep {
        /// `ROOT`: head of its sentence.
        Root = "ROOT",
        /// `acl`: clause that modifies a noun.
        Acl = "acl",
        /// `acomp`: adjectival complement.
        Acomp = "acomp",
        /// `advcl`: adverbial clause.
        Advcl = "advcl",
        /// `advmod`: adverbial modifier.
        Advmod = "advmod",
        /// `agent`: the "by" of a passive.
        Agent = "agent",
        /// `amod`: adjectival modifier.
        Amod = "amod",
        /// `appos`: apposition.
        Appos = "appos",
        /// `attr`: attribute after a copula.
        Attr = "attr",
        /// `aux`: auxiliary.
        Aux = "aux",
        /// `auxpass`: auxiliary of a passive.
        Auxpass = "auxpass",
        /// `case`: case marker (the possessive 's).
        Case = "case",
        /// `cc`: coordinating conjunction.
        Cc = "cc",
        /// `ccomp`: clausal complement.
        Ccomp = "ccomp",
        /// `compound`: part of a compound.
        Compound = "compound",
        /// `conj`: conjunct.
        Conj = "conj",
        /// `csubj`: clausal subject.
        Csubj = "csubj",
        /// `csubjpass`: clausal subject of a passive.
        Csubjpass = "csubjpass",
        /// `dative`: dative.
        Dative = "dative",
        /// `dep`: unclassified.
        Dep = "dep",
        /// `det`: determiner.
        Det = "det",
        /// `dobj`: direct object.
        Dobj = "dobj",
        /// `expl`: expletive.
        Expl = "expl",
        /// `intj`: interjection.
        Intj = "intj",
        /// `mark`: marker of a subordinate clause.
        Mark = "mark",
        /// `meta`: meta modifier.
        Meta = "meta",
        /// `neg`: negation.
        Neg = "neg",
        /// `nmod`: modifier of a nominal.
        Nmod = "nmod",
        /// `npadvmod`: noun phrase as adverb.
        Npadvmod = "npadvmod",
        /// `nsubj`: nominal subject.
        Nsubj = "nsubj",
        /// `nsubjpass`: nominal subject of a passive.
        Nsubjpass = "nsubjpass",
        /// `nummod`: number.
        Nummod = "nummod",
        /// `oprd`: object predicate.
        Oprd = "oprd",
        /// `parataxis`: parataxis.
        Parataxis = "parataxis",
        /// `pcomp`: complement of a preposition.
        Pcomp = "pcomp",
        /// `pobj`: object of a preposition.
        Pobj = "pobj",
        /// `poss`: possessor.
        Poss = "poss",
        /// `preconj`: first half of a paired conjunction.
        Preconj = "preconj",
        /// `predet`: predeterminer.
        Predet = "predet",
        /// `prep`: preposition.
        Prep = "prep",
        /// `prt`: particle.
        Prt = "prt",
        /// `punct`: punctuation.
        Punct = "punct",
        /// `quantmod`: modifier of a quantity.
        Quantmod = "quantmod",
        /// `relcl`: relative clause.
        Relcl = "relcl",
        /// `xcomp`: open clausal complement.
        Xcomp = "xcomp",
    }
}

labels! {
    /// The coarse part of speech (Universal Dependencies, plus `SPACE`).
    Pos {
        /// `ADJ`: adjective.
        Adj = "ADJ",
        /// `ADP`: adposition.
        Adp = "ADP",
        /// `ADV`: adverb.
        Adv = "ADV",
        /// `AUX`: auxiliary.
        Aux = "AUX",
        /// `CCONJ`: coordinating conjunction.
        Cconj = "CCONJ",
        /// `DET`: determiner.
        Det = "DET",
        /// `INTJ`: interjection.
        Intj = "INTJ",
        /// `NOUN`: noun.
        Noun = "NOUN",
        /// `NUM`: numeral.
        Num = "NUM",
        /// `PART`: particle.
        Part = "PART",
        /// `PRON`: pronoun.
        Pron = "PRON",
        /// `PROPN`: proper noun.
        Propn = "PROPN",
        /// `PUNCT`: punctuation.
        Punct = "PUNCT",
        /// `SCONJ`: subordinating conjunction.
        Sconj = "SCONJ",
        /// `SYM`: symbol.
        Sym = "SYM",
        /// `VERB`: verb.
        Verb = "VERB",
        /// `X`: other.
        X = "X",
        /// `SPACE`: white space.
        Space = "SPACE",
    }
}

labels! {
    /// The fine part of speech (Penn Treebank, as OntoNotes extends it).
    Tag {
        /// `$`: currency sign.
        Dollar = "$",
        /// `''`: closing quotation mark.
        CloseQuote = "''",
        /// `,`: comma.
        Comma = ",",
        /// `-LRB-`: opening bracket.
        OpenBracket = "-LRB-",
        /// `-RRB-`: closing bracket.
        CloseBracket = "-RRB-",
        /// `.`: sentence-final punctuation.
        Period = ".",
        /// `:`: colon, semicolon or dash.
        Colon = ":",
        /// `ADD`: email or web address.
        Add = "ADD",
        /// `AFX`: affix.
        Afx = "AFX",
        /// `CC`: coordinating conjunction.
        Cc = "CC",
        /// `CD`: cardinal number.
        Cd = "CD",
        /// `DT`: determiner.
        Dt = "DT",
        /// `EX`: existential there.
        Ex = "EX",
        /// `FW`: foreign word.
        Fw = "FW",
        /// `HYPH`: hyphen.
        Hyph = "HYPH",
        /// `IN`: preposition or subordinating conjunction.
        In = "IN",
        /// `JJ`: adjective.
        Jj = "JJ",
        /// `JJR`: comparative adjective.
        Jjr = "JJR",
        /// `JJS`: superlative adjective.
        Jjs = "JJS",
        /// `LS`: list item marker.
        Ls = "LS",
        /// `MD`: modal.
        Md = "MD",
        /// `NFP`: superfluous punctuation.
        Nfp = "NFP",
        /// `NN`: singular noun.
        Nn = "NN",
        /// `NNP`: singular proper noun.
        Nnp = "NNP",
        /// `NNPS`: plural proper noun.
        Nnps = "NNPS",
        /// `NNS`: plural noun.
        Nns = "NNS",
        /// `PDT`: predeterminer.
        Pdt = "PDT",
        /// `POS`: possessive ending.
        Pos = "POS",
        /// `PRP`: personal pronoun.
        Prp = "PRP",
        /// `PRP$`: possessive pronoun.
        PrpPoss = "PRP$",
        /// `RB`: adverb.
        Rb = "RB",
        /// `RBR`: comparative adverb.
        Rbr = "RBR",
        /// `RBS`: superlative adverb.
        Rbs = "RBS",
        /// `RP`: particle.
        Rp = "RP",
        /// `SYM`: symbol.
        Sym = "SYM",
        /// `TO`: infinitival to.
        To = "TO",
        /// `UH`: interjection.
        Uh = "UH",
        /// `VB`: verb, base form.
        Vb = "VB",
        /// `VBD`: verb, past tense.
        Vbd = "VBD",
        /// `VBG`: verb, gerund or present participle.
        Vbg = "VBG",
        /// `VBN`: verb, past participle.
        Vbn = "VBN",
        /// `VBP`: verb, present, not third person singular.
        Vbp = "VBP",
        /// `VBZ`: verb, third person singular present.
        Vbz = "VBZ",
        /// `WDT`: wh-determiner.
        Wdt = "WDT",
        /// `WP`: wh-pronoun.
        Wp = "WP",
        /// `WP$`: possessive wh-pronoun.
        WpPoss = "WP$",
        /// `WRB`: wh-adverb.
        Wrb = "WRB",
        /// `XX`: unknown.
        Xx = "XX",
        /// `_SP`: white space.
        Space = "_SP",
        /// ````: opening quotation mark.
        OpenQuote = "``",
    }
}

labels! {
    /// The kind of a named entity (OntoNotes 5).
    EntType {
        /// `CARDINAL`: number.
        Cardinal = "CARDINAL",
        /// `DATE`: date or period.
        Date = "DATE",
        /// `EVENT`: named event.
        Event = "EVENT",
        /// `FAC`: building, airport, road.
        Fac = "FAC",
        /// `GPE`: country, city, state.
        Gpe = "GPE",
        /// `LANGUAGE`: language.
        Language = "LANGUAGE",
        /// `LAW`: named law.
        Law = "LAW",
        /// `LOC`: place that is no GPE.
        Loc = "LOC",
        /// `MONEY`: amount of money.
        Money = "MONEY",
        /// `NORP`: nationality, religious or political group.
        Norp = "NORP",
        /// `ORDINAL`: ordinal.
        Ordinal = "ORDINAL",
        /// `ORG`: organisation.
        Org = "ORG",
        /// `PERCENT`: percentage.
        Percent = "PERCENT",
        /// `PERSON`: person.
        Person = "PERSON",
        /// `PRODUCT`: product.
        Product = "PRODUCT",
        /// `QUANTITY`: measurement.
        Quantity = "QUANTITY",
        /// `TIME`: time shorter than a day.
        Time = "TIME",
        /// `WORK_OF_ART`: title of a work.
        WorkOfArt = "WORK_OF_ART",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lead_back() {
        for &dep in Dep::ALL {
            assert_eq!(Dep::from_known(dep.as_str()), Some(dep));
        }
        assert_eq!(Tag::from_known("PRP$"), Some(Tag::PrpPoss));
        assert_eq!(EntType::from_known("WORK_OF_ART"), Some(EntType::WorkOfArt));
        assert_eq!(Dep::from_known("obl"), None);
    }

    #[test]
    fn an_unknown_label_is_remembered_once() {
        let first = Dep::intern("obl");
        assert_eq!(first, Dep::intern("obl"));
        assert_eq!(first.map(Dep::as_str), Some("obl"));
    }
}
