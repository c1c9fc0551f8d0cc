//! The texts of an invented story, as many as are asked for, always the same ones.
//!
//! Each report opens and closes in its own way and takes a handful of paragraphs from a stock, with numbers, days,
//! spellings and cuts that differ by report, so that there is something to merge and something to tell apart.

const PLACES: [&str; 6] = ["Elsholm", "Velmin", "Dramov", "Port Anselm", "Karsted", "Ostwick"];
const PEOPLE: [&str; 6] =
    ["Ingra Solvey", "Daniel Averick", "Petra Brandt", "Oskar Brandt", "Samira Qorashi", "Lena Brandis"];
const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const SPEECH: [&str; 6] = [
    "We have settled the main points of the agreement, and what is left is a matter of days",
    "Nobody in this harbour will sign a paper that leaves the pilots out",
    "There is a long road ahead, but the door has not been shut by either side",
    "The offer on the table is better than the one we were shown in the spring",
    "I have asked my envoy to stay until the last of the tolls is written down",
    "Our members will sail when the mines are gone, and not an hour before",
];

/// The text of report number `n`.
pub fn text(n: usize) -> String {
    let pick = |list: &[&'static str], salt: usize| list[(n.wrapping_mul(7) + salt * 5 + n / 11) % list.len()];
    let mut out = format!(
        "{}, {} – Talks over the strait went on here for a day.\n",
        pick(&PLACES, 0).to_uppercase(),
        pick(&DAYS, 1)
    );
    for k in 0..6 {
        let (who, said) = (pick(&PEOPLE, k), SPEECH[(n + k * n / 3 + k) % SPEECH.len()]);
        let surname = who.rsplit(' ').next().unwrap_or(who);
        let cut = match (n + k) % 3 {
            0 => said.to_owned(),
            1 => said.split(", ").next().unwrap_or(said).to_owned(),
            _ => said.replace("main", "chief").replace("offer", "proposal"),
        };
        out.push_str(&format!(
            "\"{cut},\" {who} said in {} on {}. {surname} added that {} ships were waiting, and that the envoy would return on {}.\n",
            pick(&PLACES, k), pick(&DAYS, k), 30 + (n + k) % 17, pick(&DAYS, k + 2),
        ));
        out.push_str(&format!(
            "According to {}, the plan of {} points was discussed with officials from {} and {} before the vote.\n",
            pick(&PEOPLE, k + 3),
            17 + (n + k) % 5,
            pick(&PLACES, k + 1),
            pick(&PLACES, k + 2),
        ));
    }
    out
}
