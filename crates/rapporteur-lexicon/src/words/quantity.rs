//! Words around figures: hedges, units, what is counted.

area! { "quantity" {
}}
