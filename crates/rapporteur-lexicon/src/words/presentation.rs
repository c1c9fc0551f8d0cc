//! Words that faces and exports sort and label by.

area! { "presentation" {
}}
