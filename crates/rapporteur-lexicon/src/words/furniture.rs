//! What a page or a report carries besides its article.

area! { "furniture" {
}}
