//! Words for numbers and measures.

area! { "number" {
}}
