//! What a person corrected of gatherings, and of when something was said: whether the draft has what is known now.
//!
//! Where the *reading* was wrong, the reports are taken to say what they are read to say now. Where the *report* is wrong,
//! its words go on to say so, and the verdict tells both: what the reports have, and what is known.

use rapporteur_schema::{
    Aim, AppliedCorrection, Basis, Char, Citation, DateMention, Edtf, MeetingFinding, MeetingStatus, Span,
    StatementFinding,
};

use crate::builder::{VerdictBuilder, quote};
use crate::corrected::{Corrected, Gathering, Told, stage};
use crate::date;
use crate::index::{ComparisonIndex, Doc};
use crate::verdict::{Judgement, Kind, Severity, Verdict};

/// Checks how far the draft says that corrected gatherings have come.
pub(crate) fn check<'a>(
    index: &ComparisonIndex<'a>,
    builder: &VerdictBuilder<'_, '_>,
    corrected: &Corrected<'a>,
) -> Vec<Verdict> {
    let draft = &index.draft;
    let mut out = Vec::new();
    for (told, gathering) in corrected.told(index) {
        let at = told.trigger.span();
        let words = draft.words_at(at);
        let quoted = draft.quoted.get(words.start).is_some_and(Option::is_some);
        let Some(correction) = gathering.status.filter(|_| !words.is_empty() && !quoted) else { continue };
        let verdict = builder.verdict(at, Kind::Gathering, Judgement::NotFound);
        let Some(meeting) = gathering.meeting else {
            out.push(left_out(builder, verdict, gathering, correction));
            continue;
        };
        if !told.staged {
            continue;
        }
        let known = meeting.status;
        let alike = |s: MeetingStatus| stage(s) == stage(told.status);
        let claim = Claim {
            correction,
            fits: Some(alike(known)),
            same: told.status == known,
            known: known.as_str().to_owned(),
            accounts: gathering
                .accounts
                .iter()
                .map(|a| Account {
                    told: a,
                    fits: alike(a.status),
                    right: stage(a.status) == stage(known),
                    words: a.status.as_str().to_owned(),
                })
                .collect(),
        };
        out.push(claim.judge(builder, verdict, attributed(draft, told)));
    }
    out
}

/// What is known of a day, by which correction, what the reports say of it, and whether the draft makes somebody say it.
type Dated<'g, 'a> = (Option<Edtf>, &'a AppliedCorrection, Vec<&'g Told<'a>>, bool);

/// Judges a day of the draft that is said of a gathering, or of words, of which the day was corrected; `None` where it is
/// said of something else.
pub(crate) fn day<'a>(
    index: &ComparisonIndex<'a>,
    builder: &VerdictBuilder<'_, '_>,
    corrected: &Corrected<'a>,
    mention: &DateMention,
    value: Edtf,
) -> Option<Verdict> {
    let draft = &index.draft;
    let of_gathering = || {
        let told = corrected.told(index).find(|(told, g)| g.day.is_some() && is_day_of(draft, told, mention, value));
        let (told, g) = told?;
        Some((g.meeting?.date, g.day?, g.accounts.iter().collect(), attributed(draft, told)))
    };
    let of_saying = || {
        let (_, s) = corrected.said(index).find(|(said, _)| is_day_of_saying(draft, said, mention, value))?;
        // Another report gives the same words, and no correction touches its day.
        if s.is_elsewhere_on(index, value) {
            return None;
        }
        Some((s.day, s.correction, vec![&s.told], false))
    };
    let of_gathering: Option<Dated<'_, 'a>> = of_gathering();
    let (known, correction, accounts, attributed) = of_gathering.or_else(of_saying)?;
    // Where the draft's own day is only inferred, the name of the day is what counts.
    let guessed = draft.findings.published_basis != Some(Basis::Given);
    let fits = |day: Edtf| {
        let named = date::weekday(mention.at.exact());
        date::fits(value, day) || guessed && day.is_day() && named == Some(weekday(day))
    };
    let accounts_of = accounts.iter().filter_map(|&told| {
        let (day, words) = (told.day?, day_words(&index.docs[told.doc], told));
        let right = known.is_some_and(|known| date::fits(known, day));
        Some(Account { told, fits: fits(day), right, words: words.map_or_else(|| text(day), |c| quote(c.exact())) })
    });
    let claim = Claim {
        correction,
        fits: known.map(fits),
        same: true,
        known: known.map_or_else(|| "no day".to_owned(), text),
        accounts: accounts_of.collect(),
    };
    let verdict = builder.verdict(mention.at.span(), Kind::Date, Judgement::NotFound);
    let mut verdict = claim.judge(builder, verdict, attributed);
    // The words that tell the day, where the clause has them.
    for cited in verdict.sources.iter_mut().chain(&mut verdict.against) {
        let account = accounts.iter().find(|a| a.at == cited);
        if let Some(words) = account.and_then(|a| day_words(&index.docs[a.doc], a)) {
            *cited = words.clone();
        }
    }
    Some(verdict)
}

/// Whether a day of the draft is the one that it tells of a gathering: the nearest to the words for it of those that may be,
/// and not nearer to another gathering of the sentence; a day within the clause that tells a gathering is nearer than any
/// outside it.
fn is_day_of(draft: &Doc<'_>, told: &MeetingFinding, mention: &DateMention, value: Edtf) -> bool {
    let at = mention.at.span();
    let beside = |other: Span<Char>| draft.sentence_at(at) == draft.sentence_at(other);
    let fits = told.date.is_some_and(|d| d == value || value.within(d) && told.at.span().contains(at));
    if !fits || !(told.at.span().contains(at) || beside(told.at.span())) {
        return false;
    }
    let far = |day: Span<Char>, m: &MeetingFinding| (!m.at.span().contains(day), gap(day, m.trigger.span()));
    let own = far(at, told);
    let another_day = |d: &&DateMention| d.value == Some(value) && beside(d.at.span());
    let another = |m: &&MeetingFinding| m.trigger != told.trigger && beside(m.trigger.span());
    !draft.findings.dates.iter().filter(another_day).any(|d| far(d.at.span(), told) < own)
        && !draft.findings.meetings.iter().filter(another).any(|m| far(at, m) < own)
}

/// The code points between two places; 0 where they touch.
fn gap(a: Span<Char>, b: Span<Char>) -> u32 {
    a.start().max(b.start()).saturating_sub(a.end().min(b.end()))
}

/// Whether a day of the draft is the one on which it says that something was said.
fn is_day_of_saying(draft: &Doc<'_>, said: &StatementFinding, mention: &DateMention, value: Edtf) -> bool {
    let (at, content) = (mention.at.span(), said.content.span());
    let cue = said.cue.as_ref().map_or(content, Citation::span);
    said.date == Some(value) && !content.overlaps(at) && draft.sentence_at(cue) == draft.sentence_at(at)
}

/// Whether the draft makes somebody say it: then it is an account, and not what the draft holds to be so.
fn attributed(draft: &Doc<'_>, told: &MeetingFinding) -> bool {
    draft.findings.statements.iter().any(|s| s.content.span().overlaps(told.trigger.span()))
}

/// The words of an account that tell its day as it was read.
fn day_words<'a>(doc: &Doc<'a>, account: &Told<'a>) -> Option<&'a Citation> {
    let day = account.read.map_or(account.day, |r| r.date);
    let inside = |d: &&DateMention| account.at.span().contains(d.at.span());
    doc.findings.dates.iter().filter(inside).find(|d| d.value.is_some() && d.value == day).map(|d| &d.at)
}

fn text(day: Edtf) -> String {
    day.to_string()
}

/// The day of the week of a day, 0 for Monday.
fn weekday(day: Edtf) -> usize {
    usize::try_from(day.first_day().weekday().to_monday_zero_offset()).unwrap_or_default()
}

/// What the draft says of a gathering, beside what was corrected of it.
struct Claim<'g, 'a> {
    correction: &'g AppliedCorrection,
    /// Whether it is what is known; `None` where a person said that nothing is.
    fits: Option<bool>,
    /// Whether it is so to the word.
    same: bool,
    /// What is known, in words.
    known: String,
    /// The accounts that tell something of it.
    accounts: Vec<Account<'g, 'a>>,
}

/// What one report says of it.
struct Account<'g, 'a> {
    told: &'g Told<'a>,
    /// Whether the draft has what it tells.
    fits: bool,
    /// Whether it tells what is known.
    right: bool,
    /// What its words say.
    words: String,
}

impl Claim<'_, '_> {
    fn judge(&self, builder: &VerdictBuilder<'_, '_>, mut verdict: Verdict, attributed: bool) -> Verdict {
        let side = |with: bool| self.accounts.iter().filter(move |a| a.fits == with);
        let docs = |with: bool| side(with).map(|a| a.told.doc).collect::<Vec<_>>();
        let cites = |with: bool| side(with).map(|a| a.told.at.clone()).collect::<Vec<_>>();
        let by = by(self.correction);
        (verdict.sources, verdict.against) = (cites(true), cites(false));
        builder.supported(&mut verdict, docs(true));
        let world = self.correction.aim == Aim::World;
        let fits = match self.fits {
            // The reports that are read so now speak for themselves.
            _ if !world && side(true).next().is_some() => Some(true),
            fits => fits,
        };
        (verdict.judgement, verdict.severity) = match fits {
            Some(true) => (Judgement::Supported, if self.same { Severity::Fine } else { Severity::Note }),
            Some(false) => (Judgement::Contradicted, if attributed { Severity::Warning } else { Severity::Error }),
            None => (Judgement::NotFound, Severity::Warning),
        };
        let others = || {
            let wrong = || side(false).filter(|a| !a.right);
            let mut words: Vec<&str> = wrong().map(|a| a.words.as_str()).collect();
            words.sort_unstable();
            words.dedup();
            let docs: Vec<_> = wrong().map(|a| a.told.doc).collect();
            (!words.is_empty()).then(|| format!("{} in {}", words.join(" and "), builder.named(docs)))
        };
        let known = &self.known;
        verdict.says = match (world, fits) {
            (true, Some(true)) => {
                let wrong = others().map(|o| format!("; {o}: the report is wrong")).unwrap_or_default();
                format!("{known}, {by}{wrong}")
            }
            (true, _) if !verdict.sources.is_empty() => {
                format!("so in {}, but the report is wrong: {known}, {by}", builder.named(docs(true)))
            }
            (true, _) => {
                let wrong = others().map(|o| format!("; {o}: the report is wrong as well")).unwrap_or_default();
                format!("{known}, {by}{wrong}")
            }
            (false, Some(true)) => format!("so in {}, as read {by}", builder.named(docs(true))),
            (false, _) if !verdict.against.is_empty() => {
                format!("{known} in {}, as read {by}", builder.named(docs(false)))
            }
            (false, _) => format!("no report tells it, as read {by}"),
        };
        verdict
    }
}

/// What the draft tells of a gathering that, a person said, no report tells of.
fn left_out(
    builder: &VerdictBuilder<'_, '_>,
    mut verdict: Verdict,
    gathering: &Gathering<'_>,
    correction: &AppliedCorrection,
) -> Verdict {
    verdict.against = gathering.accounts.iter().map(|a| a.at.clone()).collect();
    verdict.severity = Severity::Warning;
    let docs = builder.docs_of(verdict.against.iter());
    verdict.says = format!("what was read so in {} was left out {}", builder.named(docs), by(correction));
    verdict
}

/// "by a correction of Ada (asked them)".
fn by(correction: &AppliedCorrection) -> String {
    let why = correction.why.as_deref().map(|w| format!(" ({w})")).unwrap_or_default();
    format!("by a correction of {}{why}", correction.who)
}
