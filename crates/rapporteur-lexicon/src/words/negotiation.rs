//! Words of bargaining: stances, proposals, what is in dispute.

area! { "negotiation" {
}}
