//! An analysis in CoNLL-U, the form that tools for parsed text read.
//!
//! One `# newdoc id` a document, ten columns a token, the fine part of speech in XPOS. Tokens of white space are no
//! lines: they stand in MISC of the word before as `SpacesAfter` (of the first word as `SpacesBefore`), escaped as
//! UDPipe does (`\s`, `\n`, `\t`, `\r`, `\p` for `|`). Entities stand in MISC as `NER=B-PERSON`, `NER=I-PERSON`.
//! Labels are the pipeline's own (ClearNLP for English), but a root's is `root`, as the form demands.
//! Format: <https://universaldependencies.org/format.html>.

use std::fmt::Write;

use crate::{Analysis, EntType};

impl Analysis {
    /// Writes the analysis of `text`, which must be the text that was analysed, as one document of CoNLL-U.
    pub fn conllu(&self, text: &str, id: &str) -> String {
        let mut out = String::with_capacity(text.len() * 12);
        let id: String = id.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(out, "# newdoc id = {id}");
        let mut number = 0;
        for sentence in self.sentences() {
            let words: Vec<usize> = sentence.clone().filter(|&i| !self.token(i).is_space).collect();
            let (Some(&first), Some(&last)) = (words.first(), words.last()) else { continue };
            number += 1;
            let _ = writeln!(out, "# sent_id = {number}");
            let whole = &text[self.token(first).start as usize..self.token(last).end as usize];
            let _ = writeln!(out, "# text = {}", whole.split_whitespace().collect::<Vec<_>>().join(" "));
            for (n, &i) in words.iter().enumerate() {
                self.line(&mut out, text, &words, n, i);
            }
            out.push('\n');
        }
        out
    }

    fn line(&self, out: &mut String, text: &str, words: &[usize], n: usize, i: usize) {
        let token = self.token(i);
        // A head of white space stands for its own head.
        let mut head = i;
        for _ in 0..words.len() + 1 {
            let up = self.head(head);
            if up == head {
                break;
            }
            head = up;
            if !self.token(head).is_space {
                break;
            }
        }
        let place = words.binary_search(&head).ok().filter(|_| head != i);
        let (head, dep) = match place {
            Some(at) => (at + 1, token.dep.as_str()),
            None => (0, "root"),
        };
        let or_blank = |s: &str| if s.is_empty() { "_".to_owned() } else { s.to_owned() };
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{}",
            n + 1,
            or_blank(self.text(i, text)),
            or_blank(self.lemma(i)),
            or_blank(token.pos.as_str()),
            or_blank(token.tag.as_str()),
            or_blank(self.morph(i)),
            or_blank(dep),
            self.misc(text, i),
        );
    }

    fn misc(&self, text: &str, i: usize) -> String {
        let token = self.token(i);
        let mut parts = Vec::new();
        if token.ent_type != EntType::None && token.in_entity() {
            let place = if token.ent_iob == 3 { 'B' } else { 'I' };
            parts.push(format!("NER={place}-{}", token.ent_type.as_str()));
        }
        let first = (0..i).all(|j| self.token(j).is_space);
        if first && token.start > 0 {
            parts.push(format!("SpacesBefore={}", escaped(&text[..token.start as usize])));
        }
        let next = (i + 1..self.len()).find(|&j| !self.token(j).is_space);
        let end = next.map_or(text.len(), |j| self.token(j).start as usize);
        match &text[token.end as usize..end] {
            "" if next.is_some() => parts.push("SpaceAfter=No".to_owned()),
            "" | " " => {}
            spaces => parts.push(format!("SpacesAfter={}", escaped(spaces))),
        }
        if parts.is_empty() { "_".to_owned() } else { parts.join("|") }
    }
}

/// White space as UDPipe writes it.
fn escaped(spaces: &str) -> String {
    let mut out = String::new();
    for c in spaces.chars() {
        match c {
            ' ' => out.push_str("\\s"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '|' => out.push_str("\\p"),
            '\\' => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::Pipeline;

    #[test]
    fn ten_columns_and_every_space() {
        let text = "  The board met.\n\n\"No,\" Jane Roe said in Oslo.\t";
        let analysis = Pipeline::builtin().analyze(text);
        let out = analysis.conllu(text, "a.txt");
        assert!(out.starts_with("# newdoc id = a.txt\n# sent_id = 1\n# text = The board met.\n"), "{out}");
        let mut rebuilt = String::new();
        for line in out.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 10, "{line}");
            let unescape = |s: &str| s.replace("\\s", " ").replace("\\n", "\n").replace("\\t", "\t");
            let field = |name: &str| cells[9].split('|').find_map(|f| f.strip_prefix(name)).map(unescape);
            rebuilt.push_str(&field("SpacesBefore=").unwrap_or_default());
            rebuilt.push_str(cells[1]);
            rebuilt.push_str(
                &field("SpacesAfter=")
                    .unwrap_or_else(|| if cells[9].contains("SpaceAfter=No") { String::new() } else { " ".into() }),
            );
        }
        assert_eq!(rebuilt, text);
        assert!(out.contains("NER=B-PERSON") && out.contains("NER=I-PERSON") && out.contains("\troot\t"), "{out}");
    }

    #[test]
    fn nothing_but_space() {
        let analysis = Pipeline::builtin().analyze(" \n ");
        assert_eq!(analysis.conllu(" \n ", "x\ny"), "# newdoc id = x y\n");
    }
}
