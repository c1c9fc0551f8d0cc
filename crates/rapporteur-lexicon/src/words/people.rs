//! Words that name people, bodies and places, or stand beside their names.

area! { "people" {
}}
