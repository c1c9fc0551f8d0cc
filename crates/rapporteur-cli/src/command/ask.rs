//! `rapporteur ask`: the sentences of the reports that answer a question.

use rapporteur::ask::{Answer, Differing, Saying, Told};
use rapporteur::brief::words;

use crate::args::{AskArgs, AskFormat, Color};
use crate::error::Failure;
use crate::output;
use crate::progress::Progress;
use crate::terminal::{self, Escapes};

/// Answers a question.
///
/// # Errors
/// No report can be read, no report says, or the result cannot be written.
pub fn run(args: &AskArgs) -> Result<(), Failure> {
    if !args.question.chars().any(char::is_alphanumeric) {
        return Err(Failure::Usage(
            "the question has no words".into(),
            "put it between quotation marks before the reports: rapporteur ask 'who pays' reports/".into(),
        ));
    }
    output::ready(args.out.as_deref(), &args.reports.paths)?;
    let most = usize::from(args.answers);
    let answer = match args.reports.dossier() {
        Some(from) => super::dossier::ask(&from, &args.question, most)?,
        None => {
            let reports = super::gather(&args.reports.input(), "ask")?;
            let bar = Progress::bar("reading", reports.len());
            rapporteur::ask_with(&args.question, &reports, most, &|done| bar.at(done))
        }
    };
    let text = match args.format {
        AskFormat::Json => super::json(&answer)?,
        AskFormat::Text => text(&answer, args),
    };
    output::write(&text, args.out.as_deref())?;
    if answer.answers.is_empty() { Err(Failure::Reported) } else { Ok(()) }
}

/// The answers for people.
fn text(answer: &Answer, args: &AskArgs) -> String {
    let color = match (&args.out, args.color) {
        (Some(_), Color::Auto) => false,
        (_, wish) => Escapes::of_stdout(wish).color,
    };
    let mut page = Page { width: args.width.map_or_else(terminal::columns, usize::from), color, out: String::new() };
    if let Some(no) = answer.says_no() {
        page.line(0, 0, &plain(&no));
    }
    for (n, told) in answer.answers.iter().enumerate() {
        if n > 0 {
            page.out.push('\n');
        }
        page.told(n + 1, told);
    }
    if let Some(lacking) = answer.says_lacking() {
        page.out.push('\n');
        page.line(0, 0, &plain(&lacking));
    }
    page.out
}

/// A word and whether it is what a sentence is shown for.
type Word = (String, bool);

fn plain(text: &str) -> Vec<Word> {
    words::clean(text).split(' ').map(|w| (w.to_owned(), false)).collect()
}

struct Page {
    width: usize,
    color: bool,
    out: String,
}

impl Page {
    /// Writes words from a column on, wrapped, the further lines from column `hang` on.
    fn line(&mut self, indent: usize, hang: usize, words: &[Word]) {
        let mut column = indent;
        self.out.extend(std::iter::repeat_n(' ', indent));
        for (n, (word, marked)) in words.iter().enumerate() {
            let wide = word.chars().count();
            if n > 0 && column + 1 + wide > self.width {
                self.out.push('\n');
                self.out.extend(std::iter::repeat_n(' ', hang));
                column = hang;
            } else if n > 0 {
                self.out.push(' ');
                column += 1;
            }
            match *marked && self.color {
                true => self.out.extend(["\u{1b}[1m", word.as_str(), "\u{1b}[0m"]),
                false => self.out.push_str(word),
            }
            column += wide;
        }
        self.out.push('\n');
    }

    fn told(&mut self, number: usize, told: &Told) {
        for (n, saying) in told.sentences.iter().enumerate() {
            let mut all = shown(saying);
            let lead = if n == 0 { number.to_string() } else { "=".into() };
            all.insert(0, (format!("{lead:<3}"), false));
            self.line(0, 4, &all);
            self.line(4, 4, &plain(&place(saying)));
        }
        if told.more > 0 {
            self.line(4, 4, &plain(&format!("and {} more that say the same", told.more)));
        }
        if told.sentences.len() > 1 || told.more > 0 {
            self.line(4, 4, &plain(&words::count(told.origins as usize, "independent source", "independent sources")));
        }
        for differing in &told.differences {
            self.differing(differing);
        }
    }

    /// Accounts side by side, or one below the other as a terminal has it.
    fn differing(&mut self, differing: &Differing) {
        self.line(4, 6, &plain(&format!("≠ accounts differ ({}): {}", differing.kind.as_str(), differing.about)));
        for account in &differing.accounts {
            self.line(6, 8, &plain(&account.value));
            for saying in &account.sentences {
                self.line(8, 8, &shown(saying));
                self.line(8, 8, &plain(&place(saying)));
            }
            if account.more > 0 {
                self.line(8, 8, &plain(&format!("and {} more", account.more)));
            }
        }
    }
}

/// The words of a sentence; those at its marks are marked.
fn shown(saying: &Saying) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::new();
    let (mut word, mut marked) = (String::new(), false);
    for (at, c) in (saying.at.span().start()..).zip(saying.at.exact().chars()) {
        if c.is_whitespace() {
            all.push((std::mem::take(&mut word), std::mem::take(&mut marked)));
        } else {
            word.push(c);
            marked |= saying.marks.iter().any(|&(start, end)| (start..end).contains(&at));
        }
    }
    all.push((word, marked));
    let clean = |(word, marked): Word| (words::clean(&word), marked);
    all.into_iter().map(clean).filter(|(word, _)| !word.is_empty()).collect()
}

/// "Tesk Herald, 24 Nov 2025 · herald.txt 120–180": places in code points.
fn place(saying: &Saying) -> String {
    let outlet = saying.outlet.as_deref().unwrap_or("unknown outlet");
    let day = saying.published.map_or_else(|| "no date".to_owned(), words::date);
    let span = saying.at.span();
    format!("{outlet}, {day} · {} {}–{}", saying.source, span.start(), span.end())
}
