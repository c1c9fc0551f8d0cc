//! What is compared when reports are laid side by side.

area! { "comparison" {
}}
