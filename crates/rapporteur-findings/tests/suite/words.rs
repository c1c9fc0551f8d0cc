//! No row of the lists of negotiation is dead: what is asked token by token must be one token as the language stage splits it.

use rapporteur_findings::Models;
use rapporteur_lexicon::WordClass;
use rapporteur_lexicon::words::{condition, negotiation};

#[test]
fn what_is_asked_by_token_is_one_token() {
    let classes: [&WordClass; 21] = [
        &negotiation::PEOPLE_AT_WORK,
        &negotiation::CLAIM,
        &negotiation::DENYING,
        &negotiation::WISHING,
        &negotiation::PURSUING,
        &negotiation::COURTESY,
        &negotiation::COMING_TO_TERMS,
        &negotiation::CALLING,
        &negotiation::VOICING,
        &negotiation::SPEAKING,
        &negotiation::VERSION,
        &negotiation::CHANGING,
        &negotiation::MAKING,
        &negotiation::SUM_UNIT,
        &negotiation::TERMS_VERB,
        &negotiation::NO_MATTER,
        &negotiation::EMPTY_MODIFIER,
        &condition::CLAUSE_MARKER,
        &condition::PHRASE_MARKER,
        &condition::SETTLEMENT,
        &condition::MANNER,
    ];
    let tables = ["stances", "judgements", "matters", "proposals", "disputes"].map(|name| {
        let path = format!("{}/../rapporteur-lexicon/data/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    });
    let rows = tables.iter().flat_map(|t| t.lines()).filter(|l| !l.starts_with('#'));
    let mut words: Vec<&str> = rows.filter_map(|l| l.split('\t').next()).collect();
    words.extend(classes.iter().flat_map(|c| c.words()));
    let pipeline = Models::quick().pipeline;
    let split: Vec<&str> =
        words.into_iter().filter(|w| pipeline.analyze(&format!("The {w} came.")).len() != 4).collect();
    assert!(split.is_empty(), "never one token: {split:?}");
}
