//! Words around gatherings: who, where, how far.

area! { "gathering" {
}}
