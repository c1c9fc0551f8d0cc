//! What a draft is checked by.

area! { "checking" {
}}
