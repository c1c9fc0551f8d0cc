//! What a page or a report carries besides its article.

area! { "furniture" {
    /// What opens the text under a picture, as written.
    CAPTION_OPENING = "caption opening",
    /// Words that a picture credit in brackets begins with, in lower case.
    PICTURE_CREDIT = "picture credit",
    /// What stands before whoever made a picture, as written.
    PICTURE_LABEL = "picture label",
    /// What opens a line that says who else worked on a report, in lower case.
    CREDIT_OPENING = "credit opening",
    /// What makes a line one that says who else worked on a report wherever it stands in it, in lower case.
    CREDIT_INSIDE = "credit inside",
    /// What opens a line that says when a report was published, in lower case.
    PUBLICATION = "publication",
    /// What stands before a name in a byline, in languages of the web, in lower case.
    BYLINE_OPENING = "byline opening",
    /// Words between the parts of a date on pages in many languages, in lower case.
    DATE_PARTICLE = "date particle",
    /// What is glued to a figure in a date on pages in many languages, in lower case.
    DATE_SUFFIX = "date suffix",
}}
