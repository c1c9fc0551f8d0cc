//! Words by which somebody is said to speak or write, and for where.

area! { "speech" {
}}
