//! Words by which a sentence that tells what happened is known.

area! { "lead" {
    /// First words that lean on the sentence before, folded.
    OPEN_START = "open start",
    /// Words that add to the sentence before, folded.
    ADDS = "adds",
    /// What news ends in, folded.
    OUTCOME = "outcome",
    /// Units in which time is counted from what was told before, folded.
    TIME_UNIT = "time unit",
    /// Numbers of those who were named before, folded.
    SMALL_NUMBER = "small number",
    /// Words by which a sentence tells what is to happen, as written.
    TO_COME = "to come",
    /// What is still to come, folded.
    NEXT_STEP = "next step",
    /// Words before "that" and "this" where these mean what was told before, folded.
    BEFORE_THAT = "before that",
    /// Words behind "said that" where "that" means what was told before, folded, without "not".
    BEING = "being",
    /// Words behind "this" and "these" that count time from the day of a report, folded.
    OF_THIS_TIME = "of this time",
    /// Words behind "those" that say who they are, folded.
    BEHIND_THOSE = "behind those",
}}

/// Words at its beginning by which a sentence may lean on the one before.
const LEANING_WORDS: usize = 5;

/// Whether a sentence leans on the one before: by its first words ("He pointed to", "The minister also said", "In that case"), or by
/// words inside that point back ("a diner here", "these talks").
///
/// # Example
/// ```
/// use rapporteur_lexicon::words::lead::leans;
/// assert!(leans("In that case the weir stays open."));
/// assert!(leans("The mayor also spoke."));
/// assert!(leans("About a year earlier, the weir broke."));
/// assert!(leans("All three men stayed."));
/// assert!(leans("A builder by trade, he also campaigned."));
/// assert!(!leans("The builder Jon Tarrant said he would stay."));
/// assert!(!leans("Earlier this week the weir broke."));
/// assert!(leans("The mayor spoke in that case."));
/// assert!(leans("The mayor said that was no reason."));
/// assert!(leans("Speaking at a diner here, the mayor agreed."));
/// assert!(!leans("Eleven of those killed in the fire were children."));
/// assert!(leans("As a sign of it, his campaign agreed."));
/// assert!(!leans("The union rejected the offer."));
/// assert!(leans("For the same reason the mayor agreed."));
/// assert!(leans("The mayor had agreed to it, they said."));
/// assert!(!leans("The mayor said that the case was closed, and that those who asked knew it this week."));
/// ```
pub fn leans(sentence: &str) -> bool {
    let fold = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = sentence.split_whitespace().take(LEANING_WORDS).map(fold).collect();
    let Some(first) = words.first() else { return true };
    let points = super::function::PLACE_PREPOSITION.has(first) || super::function::TIME_PREPOSITION.has(first);
    // "About a year earlier", "the next day", "all three".
    let counted = |at: usize| words.get(at).is_some_and(|w| TIME_UNIT.has(w.trim_end_matches('s')));
    let from_there = (1..words.len()).any(|i| matches!(words[i].as_str(), "earlier" | "later") && counted(i - 1))
        || first == "the" && words.get(1).is_some_and(|w| matches!(w.as_str(), "next" | "following")) && counted(2);
    let all_of_them = first == "all" && words.get(1).is_some_and(|w| SMALL_NUMBER.has(w));
    if from_there || all_of_them || means_somebody_before(sentence) || points_back(sentence) {
        return true;
    }
    OPEN_START.has(first)
        || points && words.get(1).is_some_and(|w| OPEN_START.has(w))
        || words.iter().any(|w| ADDS.has(w))
}

/// Whether "he", "her" or the like is the first who is spoken of, outside of what is quoted: "A builder by trade, he also campaigned".
fn means_somebody_before(sentence: &str) -> bool {
    let bare = outside_quotation(sentence);
    for (n, word) in bare.split_whitespace().enumerate() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = word.split(['\'', '’']).next().unwrap_or(word);
        let lower = first.to_lowercase();
        if matches!(lower.as_str(), "he" | "she") {
            return true;
        }
        // "…, his campaign noted", but not "After his first speech the mayor": whose it is may be told behind it.
        let owner = matches!(super::function::THIRD_PERSON.value(&lower), Some("he" | "she"));
        if owner && (n == 0 || bare.split_whitespace().nth(n - 1).is_some_and(|before| before.ends_with(','))) {
            return true;
        }
        let named = first.starts_with(char::is_uppercase) && (n > 0 || !super::function::STOP_WORD.has(&lower));
        if named {
            return false;
        }
    }
    false
}

/// Whether words inside a sentence, outside of what is quoted, mean what another tells: "in that case", "these talks", "said that was
/// no reason", "a diner here".
fn points_back(sentence: &str) -> bool {
    let bare = outside_quotation(sentence);
    let fold = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = bare.split_whitespace().map(fold).collect();
    // "…, they said."
    if words.len() > 2
        && words[words.len() - 2] == "they"
        && matches!(words[words.len() - 1].as_str(), "said" | "added")
    {
        return true;
    }
    words.windows(2).enumerate().any(|(n, two)| {
        let behind = words.get(n + 2).map_or("", |w| w.split(['\'', '’']).next().unwrap_or(w));
        let time = OF_THIS_TIME.has(behind.trim_end_matches('s'));
        let pointed = BEFORE_THAT.has(&two[0]);
        match two[1].as_str() {
            // But "is here to stay".
            "here" => !matches!(two[0].as_str(), "is" | "are" | "was" | "were"),
            // "For the same reason".
            "same" => n < 2 && two[0] == "the",
            "this" => pointed && !time,
            "that" => {
                let noun = !super::function::THIRD_PERSON.has(behind) && !super::function::ARTICLE.has(behind);
                pointed && behind != "of" && noun || matches!(two[0].as_str(), "said" | "says") && BEING.has(behind)
            }
            "these" | "those" => {
                let told = behind.ends_with("ed") || behind.ends_with("ing") || BEHIND_THOSE.has(behind);
                !behind.is_empty() && !time && !told
            }
            _ => false,
        }
    })
}

/// A sentence without what stands in quotation marks.
fn outside_quotation(sentence: &str) -> String {
    let mut quoted = false;
    let mut bare = String::new();
    for c in sentence.chars() {
        match c {
            '“' | '«' => quoted = true,
            '”' | '»' => quoted = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            _ => bare.push(c),
        }
    }
    bare
}

/// Whether a sentence is in somebody's own words though no marks say so ("Today we handed them over"), or has the sign of an account
/// on the web in it: a post that a page has among its paragraphs.
///
/// # Example
/// ```
/// use rapporteur_lexicon::words::lead::in_first_person;
/// assert!(in_first_person("Today we handed them over."));
/// assert!(!in_first_person("“Today we handed them over,” the mayor said."));
/// assert!(in_first_person("As I depart, the talks go on."));
/// assert!(!in_first_person("The U.S. and the mayor agreed."));
/// assert!(!in_first_person("It was built before World War I broke out."));
/// ```
pub fn in_first_person(sentence: &str) -> bool {
    let bare = outside_quotation(sentence);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let person = |n: usize| {
        let word = words[n].trim_matches(|c: char| !c.is_alphanumeric());
        let first = word.split(['\'', '’']).next().unwrap_or(word);
        // "US" is a country; "I" behind a name is a number, before a small word it speaks.
        let speaks = || words.get(n + 1).is_some_and(|next| next.starts_with(char::is_lowercase));
        let small = first.len() > 1 && !first.chars().all(char::is_uppercase);
        first == "I" && (first != word || speaks() && (n == 0 || !is_name(words[n - 1])))
            || small && super::function::FIRST_PERSON.has(&first.to_lowercase())
    };
    bare.contains(" @") || bare.starts_with('@') || (0..words.len()).any(person)
}

/// Whether a word begins with a capital and nothing ends behind it: "World War" before "I".
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphanumeric) && word.len() > 2
}

/// Whether a sentence tells, outside of what is quoted, of what is to happen: "is expected to reopen", "will vote", "is set to vote".
///
/// # Example
/// ```
/// use rapporteur_lexicon::words::lead::is_to_come;
/// assert!(is_to_come("The weir is set to close."));
/// assert!(!is_to_come("Will Averick closed the weir due to ice, as was set out in May."));
/// ```
pub fn is_to_come(sentence: &str) -> bool {
    let bare = outside_quotation(sentence);
    // As written: "Will" is a name.
    let words: Vec<&str> = bare.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    words.iter().any(|w| TO_COME.has(w)) || words.windows(2).any(|w| w == ["set", "to"])
}
