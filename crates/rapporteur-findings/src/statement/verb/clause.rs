//! The clause that a cue takes: "said that S", "S, said X", "told Y on a regular basis that S".

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use crate::doc::Doc;
use crate::grammar::{child, head, is_passive, own_subject, sentence, subtree};
use crate::statement::trim::trimmed;
use rapporteur_lexicon::words::speech;
use rapporteur_lexicon::{Cue, Frames, cues};

/// "said that S", "S, said X": the clause that the verb takes.
pub(super) fn clause(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::CLAUSE | Frames::PAREN | Frames::QUOTE | Frames::PASSIVE) || cue.strength == 0 {
        return None;
    }
    let tokens = doc.tokens(p);
    let takes = |&c: &usize| tokens[c].dep == Dep::Ccomp || (tokens[c].dep == Dep::Pcomp && doc.lemma(p, c) != "be");
    let direct = doc.analyses[p].children(v).find(takes);
    // "is reported to have said that S": S hangs on the inner verb.
    let inner = || child(doc, p, v, &[Dep::Xcomp]).filter(|_| is_passive(doc, p, v));
    let c = direct.or_else(|| doc.analyses[p].children(inner()?).find(takes))?;
    if c < v {
        return Some(left_clause(doc, p, v, c));
    }
    let range = subtree(doc, p, c);
    let start = skip_that(doc, p, range.start);
    // Small clauses of weak cues are no statements ("saw him leave").
    let finite = (start..range.end).any(|t| matches!(tokens[t].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md));
    if !finite && cue.strength < 3 {
        return None;
    }
    let end = with_adjuncts(doc, p, v, range.end);
    let end = before_cue(doc, p, c, start..before_participle(doc, p, start..end));
    // What somebody thinks or takes for a stance is told by the reporter, unless words in marks are among it.
    let silent = speech::INNER_VERB.has(doc.lemma(p, v)) || speech::STANCE_VERB.has(doc.lemma(p, v));
    if silent
        && !is_passive(doc, p, v)
        && doc.quoted(p, v).is_none()
        && (start..end).all(|t| doc.quoted(p, t).is_none())
    {
        return None;
    }
    Some(trimmed(doc, p, start..end))
}

/// Where a clause really ends: a subordinate clause or phrase that follows it belongs to it, though the parse hangs it
/// on the cue ("said S, when it comes to N"); so does a second clause with a subject of its own and no cue.
fn with_adjuncts(doc: &Doc<'_>, p: usize, v: usize, end: usize) -> usize {
    let tokens = doc.tokens(p);
    let mut end = end;
    for c in doc.analyses[p].children(v).filter(|&c| c > v) {
        let range = subtree(doc, p, c);
        let follows = range.start >= end
            && range.start - end <= 3
            && (end..range.start).all(|t| tokens[t].pos == Pos::Punct || matches!(doc.word(p, t), "and" | "but"));
        let marked = child(doc, p, c, &[Dep::Mark, Dep::Advmod])
            .is_some_and(|m| m < c && speech::CLAUSE_OPENER.has(doc.lemma(p, m)));
        let belongs = match tokens[c].dep {
            Dep::Advcl => marked && tokens[c].tag != Tag::Vbg,
            Dep::Conj => {
                own_subject(doc, p, c).is_some_and(|s| s < c)
                    && cues().verb(doc.lemma(p, c)).is_none_or(|q| q.strength < 2)
            }
            _ => false,
        };
        if follows && belongs {
            end = range.end;
        }
    }
    end
}

/// "responded to X's remark that S", "told Y on a regular basis that S": a clause with "that" which the parse hangs on a
/// noun between the cue and it.
pub(super) fn that_clause(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    let takes = cue.frames.any(Frames::CLAUSE | Frames::ADDRESSEE) && cue.strength >= 2;
    if let Some(found) = far_that(doc, p, v, cue) {
        return Some(found);
    }
    let below = subtree(doc, p, v);
    let bounds = sentence(doc, p, v);
    let that = (v + 1..below.end.min(v + 30)).filter(|_| takes).find(|&t| {
        let token = doc.tokens(p)[t];
        doc.word(p, t) == "that"
            && token.dep == Dep::Mark
            && token.head as usize > t
            && doc.quoted(p, t).is_none()
            && doc.tokens(p)[token.head as usize].dep == Dep::Acl
    })?;
    // A noun that takes such a clause itself ("the claim that") keeps it.
    let noun = head(doc, p, doc.tokens(p)[that].head as usize)?;
    if cues().noun(doc.lemma(p, noun)).is_some_and(|n| n.frames.any(Frames::CLAUSE)) && noun + 1 == that {
        return None;
    }
    let end = subtree(doc, p, doc.tokens(p)[that].head as usize).end.min(bounds.end);
    Some(trimmed(doc, p, that + 1..before_participle(doc, p, that + 1..end)))
}

/// "said that S, adding that …": a participle that is itself a cue ends the clause before it.
fn before_participle(doc: &Doc<'_>, p: usize, range: Range<usize>) -> usize {
    let cut = (range.start + 2..range.end).find(|&t| {
        doc.word(p, t - 1) == ","
            && doc.tokens(p)[t].tag == Tag::Vbg
            && doc.quoted(p, t).is_none()
            && cues().verb(doc.lemma(p, t)).is_some_and(|c| c.strength >= 1 && c.kind != b'a')
    });
    cut.map_or(range.end, |t| t - 1)
}

/// "said early this year at a meeting of N that S": a strong cue that takes no clause by the parse, and "that" with a finite
/// verb behind it in the sentence, nothing but circumstances between them.
fn far_that(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    let tokens = doc.tokens(p);
    if cue.strength < 3 || !cue.frames.any(Frames::CLAUSE | Frames::ADDRESSEE) || tokens[v].tag == Tag::Vbn {
        return None;
    }
    let bounds = sentence(doc, p, v);
    let outside = |t: usize| doc.quoted(p, t) == doc.quoted(p, v);
    let finite = |t: usize| matches!(tokens[t].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
    // The parse may take it for an object or an adverb, but not for the subject of a relative clause or a determiner.
    let circumstances = |t: usize| t > v + 1 && matches!(tokens[v + 1].pos, Pos::Adp | Pos::Adv);
    let opens = |t: usize| {
        tokens[t].dep == Dep::Mark
            || circumstances(t)
                && matches!(tokens[t].dep, Dep::Dobj | Dep::Advmod)
                && t + 1 < bounds.end
                && !finite(t + 1)
    };
    let that = (v + 1..bounds.end.min(v + MAX_FAR))
        .take_while(|&t| !outside(t) || !finite(t) && !matches!(doc.word(p, t), ";" | ":"))
        .find(|&t| doc.word(p, t) == "that" && opens(t) && outside(t))?;
    let verb = (that + 1..bounds.end).any(|t| finite(t) || tokens[t].tag == Tag::Vbn);
    // "repeated her promise that S": the noun takes it.
    let noun = cues().noun(doc.lemma(p, that - 1)).is_some() && tokens[that - 1].pos == Pos::Noun;
    (verb && !noun).then(|| trimmed(doc, p, that + 1..before_participle(doc, p, that + 1..bounds.end)))
}

/// How many tokens a cue and its "that" may stand apart.
const MAX_FAR: usize = 30;

/// "said S but declined to", "said S, despite N": a verb of speech that is joined to the clause without a subject is the
/// speaker's, and what stands against it is the reporter's.
fn before_cue(doc: &Doc<'_>, p: usize, clause: usize, range: Range<usize>) -> usize {
    let tokens = doc.tokens(p);
    let speaks =
        |t: usize| cues().verb(doc.lemma(p, t)).is_some_and(|c| c.strength >= 2 && c.kind != b'a' && c.kind != b't');
    let joined = doc.analyses[p].children(clause).find(|&t| {
        t > clause
            && range.contains(&t)
            && tokens[t].dep == Dep::Conj
            && tokens[t].tag == Tag::Vbd
            && speaks(t)
            && doc.quoted(p, t).is_none()
            && child(doc, p, t, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Aux]).is_none_or(|s| s > t)
    });
    let joined = joined.and_then(|t| (clause..t).rev().find(|&i| tokens[i].dep == Dep::Cc || doc.word(p, i) == ","));
    let against = (range.start + 3..range.end)
        .find(|&t| doc.word(p, t - 1) == "," && doc.word(p, t) == "despite" && doc.quoted(p, t).is_none());
    joined.into_iter().chain(against.map(|t| t - 1)).min().unwrap_or(range.end)
}

/// The clause before its cue: from where the sentence (or its second half) begins to where the clause ends.
fn left_clause(doc: &Doc<'_>, p: usize, v: usize, c: usize) -> Range<usize> {
    let range = subtree(doc, p, c);
    let bounds = sentence(doc, p, v);
    let own = subtree(doc, p, v).start.max(bounds.start);
    // What stands between the start of the cue's own words and the clause belongs to the clause ("On Monday, S, X said").
    let between = (own..range.start)
        .any(|t| matches!(doc.tokens(p)[t].dep, Dep::Nsubj | Dep::Nsubjpass) && doc.tokens(p)[t].head as usize == v);
    let start = if between { range.start } else { own.min(range.start) };
    trimmed(doc, p, start..range.end)
}

/// Past a leading "that".
fn skip_that(doc: &Doc<'_>, p: usize, t: usize) -> usize {
    let mut t = t;
    while t < doc.tokens(p).len()
        && matches!(doc.word(p, t), "that" | "," | ":" | "-")
        && doc.tokens(p)[t].tag != Tag::Dt
    {
        t += 1;
    }
    t
}
