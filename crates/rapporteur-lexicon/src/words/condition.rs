//! Words that make one thing depend on another.

area! { "condition" {
}}
