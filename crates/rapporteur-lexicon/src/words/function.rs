//! Words of grammar, whatever is spoken of: pronouns, articles, prepositions, auxiliaries, stop words.

area! { "function" {
}}
