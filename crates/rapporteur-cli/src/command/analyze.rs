//! `rapporteur analyze`: what the language runtime makes of each text, for other tools.

use rapporteur::Report;
use rapporteur::language::{Analysis, Pipeline};
use rapporteur::phrase::harmless;
use serde::Serialize;

use crate::args::{AnalyzeArgs, AnalyzeFormat};
use crate::error::Failure;
use crate::output;

/// The analysis of one text.
#[derive(Serialize)]
struct OfText<'a> {
    source: &'a str,
    model: String,
    tokens: Vec<Token<'a>>,
}

/// One token; places are code points of the text, `head` counts tokens from 0 (a root is its own head).
#[derive(Serialize)]
struct Token<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    space_after: bool,
    lemma: &'a str,
    norm: &'a str,
    shape: &'a str,
    pos: &'static str,
    tag: &'static str,
    morph: &'a str,
    head: u32,
    dep: &'static str,
    sentence_start: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
}

/// Writes the analyses of some texts.
///
/// # Errors
/// None can be read, or the analyses cannot be written.
pub fn run(args: &AnalyzeArgs) -> Result<(), Failure> {
    output::ready(args.out.as_deref(), &args.input.paths)?;
    let reports = super::gather(&args.input, "analyze")?;
    let pipeline = Pipeline::builtin();
    let texts: Vec<&str> = reports.iter().map(|r| r.text.as_str()).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let analyses = pipeline.analyze_all(&texts, threads);
    let text = match args.format {
        AnalyzeFormat::Conllu => {
            let each = reports.iter().zip(&analyses).map(|(r, a)| a.conllu(r.text.as_str(), &r.head.source));
            // The words stand in it as they are, and a terminal would heed them.
            harmless(&each.collect::<String>()).into_owned()
        }
        AnalyzeFormat::Json => {
            let model = format!("{} {}", pipeline.name(), pipeline.version());
            let each = reports.iter().zip(&analyses).map(|(r, a)| of_text(r, a, &model));
            super::json(&each.collect::<Vec<_>>())?
        }
    };
    output::write(&text, args.out.as_deref())
}

fn of_text<'a>(report: &'a Report, analysis: &'a Analysis, model: &str) -> OfText<'a> {
    let text = report.text.as_str();
    let token = |i: usize| {
        let t = analysis.token(i);
        Token {
            text: analysis.text(i, text),
            start: report.text.char_at(t.start as usize),
            end: report.text.char_at(t.end as usize),
            space_after: t.space_after,
            lemma: analysis.lemma(i),
            norm: analysis.norm(i),
            shape: analysis.shape(i),
            pos: t.pos.as_str(),
            tag: t.tag.as_str(),
            morph: analysis.morph(i),
            head: analysis.head(i) as u32,
            dep: t.dep.as_str(),
            sentence_start: t.sent_start,
            entity: t
                .in_entity()
                .then(|| format!("{}-{}", if t.ent_iob == 3 { 'B' } else { 'I' }, t.ent_type.as_str())),
        }
    };
    OfText { source: &report.head.source, model: model.to_owned(), tokens: (0..analysis.len()).map(token).collect() }
}
