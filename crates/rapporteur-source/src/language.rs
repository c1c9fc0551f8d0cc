//! In which language a text is, where nobody says: what is read as English and is not gives findings that nobody should trust.

use rapporteur_lexicon::words::function;
use rapporteur_schema::ReportHead;
use whatlang::{Lang, detect};

/// How many letters it takes to tell; of fewer, headlines above all, the guess is often wrong.
const ENOUGH: usize = 180;

/// The share of English's small words above which a text is in English, whatever else it looks like; four in ten are such in English,
/// one in ten in German or Dutch.
const SMALL_WORDS: f64 = 0.2;

/// How much of a text is looked at.
const LOOKED_AT: usize = 6_000;

/// The tags (BCP 47) of the languages that are met most; of others their three letters are given.
// not words: tags of languages
#[rustfmt::skip]
const TAGS: &[(&str, &str)] = &[
    ("deu", "de"), ("fra", "fr"), ("spa", "es"), ("por", "pt"), ("ita", "it"), ("nld", "nl"), ("swe", "sv"), ("dan", "da"),
    ("nob", "nb"), ("fin", "fi"), ("est", "et"), ("lav", "lv"), ("lit", "lt"), ("pol", "pl"), ("ces", "cs"), ("slk", "sk"),
    ("slv", "sl"), ("hrv", "hr"), ("srp", "sr"), ("bul", "bg"), ("mkd", "mk"), ("ron", "ro"), ("hun", "hu"), ("ell", "el"),
    ("tur", "tr"), ("rus", "ru"), ("ukr", "uk"), ("bel", "be"), ("kat", "ka"), ("hye", "hy"), ("aze", "az"), ("heb", "he"),
    ("ara", "ar"), ("pes", "fa"), ("urd", "ur"), ("hin", "hi"), ("ben", "bn"), ("cmn", "zh"), ("jpn", "ja"), ("kor", "ko"),
    ("vie", "vi"), ("tha", "th"), ("ind", "id"), ("cat", "ca"), ("afr", "af"),
];

/// Says in the head that a text is in another language than English, where that is certain, and gives the words to tell it.
pub(crate) fn tell(text: &str, head: &mut ReportHead) -> Option<String> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let looked_at = text.get(..end)?;
    // A letter of Chinese or Japanese says as much as several of an alphabet.
    let weight = |c: char| if c.len_utf8() > 2 { 3 } else { usize::from(c.is_alphabetic()) };
    if looked_at.chars().map(weight).sum::<usize>() < ENOUGH {
        return None;
    }
    let words: Vec<String> =
        looked_at.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let small = words.iter().filter(|word| function::STOP_WORD.has(word)).count();
    if small as f64 > SMALL_WORDS * words.len() as f64 {
        return None;
    }
    let found = detect(looked_at).filter(|found| found.is_reliable() && found.lang() != Lang::Eng)?;
    let code = found.lang().code();
    head.language = TAGS.iter().find(|(three, _)| *three == code).map_or(code, |(_, tag)| tag).to_owned();
    Some(format!(
        "it is in another language ({}), and only English is read: what is found in it is not to be trusted; give its \
         English text instead",
        found.lang().eng_name()
    ))
}

#[cfg(test)]
mod tests {
    use rapporteur_schema::ReportId;

    use super::*;

    fn of(text: &str) -> (Option<String>, String) {
        let mut head = ReportHead::new(ReportId::new("r"), "a.txt");
        let told = tell(text, &mut head);
        (told, head.language)
    }

    #[test]
    fn another_language_is_told_and_english_is_not() {
        let german = "Der Vorstand des Hafens traf sich am Montag, um das neue Angebot der Arbeiter zu prüfen, die seit dem \
                      ersten Mai streiken. Die Schleuse bleibt offen, bis der Schnee geschmolzen ist, sagte der Sprecher. \
                      Niemand habe danach gefragt, warum man so lange gewartet habe, fügte er hinzu.";
        let (told, tag) = of(german);
        assert!(told.is_some_and(|t| t.contains("German")) && tag == "de");
        let russian =
            "Правление порта собралось в понедельник, чтобы рассмотреть новое предложение докеров. ".repeat(4);
        assert_eq!(of(&russian).1, "ru");
        let english =
            "The board of the harbour met on Monday to look at the new offer of the dockers, who have been out since \
                       the first of May. Piotr Wójcik and Jürgen Müller, who spoke for Straßenbau GmbH, said nothing. "
                .repeat(3);
        assert_eq!(of(&english), (None, "en".into()));
        assert_eq!(of("Der Hafen bleibt zu."), (None, "en".into()), "too short to tell");
    }
}
