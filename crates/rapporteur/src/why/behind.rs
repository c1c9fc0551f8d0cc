//! Which findings are those that a fact rests on.

use rapporteur_schema::{Char, Discrepancy, DiscrepancyKind, FactKind, Findings, Record, Rival, Rule, Span};

use super::{WhyFinding, slots};

/// Most mentions of an entity that are shown of one report.
const MAX_MENTIONS: usize = 8;

/// The findings of a report that a fact of this kind rests on by these places, in the order of the text.
pub(super) fn behind(
    kind: FactKind,
    record: &Record,
    id: &str,
    findings: &Findings,
    places: &[Span<Char>],
) -> Vec<WhyFinding> {
    let all = match kind {
        FactKind::Statement | FactKind::Utterance => slots::statements(findings),
        FactKind::Meeting => slots::meetings(findings),
        FactKind::Proposal => slots::proposals(findings),
        FactKind::Issue => slots::issues(findings),
        FactKind::Position => slots::positions(findings),
        FactKind::Condition => slots::conditions(findings),
        FactKind::Entity => {
            let mut names = at_places(slots::names(findings), places);
            names.truncate(MAX_MENTIONS);
            return names;
        }
        // Whatever else the sentences tell.
        FactKind::Claim => {
            [slots::statements(findings), slots::meetings(findings), slots::quantities(findings)].concat()
        }
        FactKind::Discrepancy => differing(record.discrepancies.iter().find(|d| d.id.as_str() == id), findings),
    };
    at_places(all, places)
}

/// The findings that can be behind a difference of its kind.
fn differing(discrepancy: Option<&Discrepancy>, findings: &Findings) -> Vec<WhyFinding> {
    let Some(discrepancy) = discrepancy else { return Vec::new() };
    match discrepancy.kind {
        DiscrepancyKind::Number => [slots::quantities(findings), slots::proposals(findings)].concat(),
        DiscrepancyKind::Attribution | DiscrepancyKind::Wording => slots::statements(findings),
        DiscrepancyKind::Name => slots::names(findings),
        DiscrepancyKind::Date | DiscrepancyKind::Place | DiscrepancyKind::Participant | DiscrepancyKind::Status => {
            [slots::meetings(findings), slots::issues(findings), slots::statements(findings)].concat()
        }
    }
}

/// Those that stand at these very places; for a place that is no finding's own, those that overlap it.
fn at_places(all: Vec<WhyFinding>, places: &[Span<Char>]) -> Vec<WhyFinding> {
    let exact = |place: &Span<Char>| all.iter().any(|f| f.at.span() == *place);
    let open: Vec<Span<Char>> = places.iter().filter(|p| !exact(p)).copied().collect();
    let fits = |f: &WhyFinding| places.contains(&f.at.span()) || open.iter().any(|p| p.overlaps(f.at.span()));
    let mut found: Vec<WhyFinding> = all.iter().filter(|f| fits(f)).cloned().collect();
    found.sort_by_key(|f| f.at.span());
    found
}

/// The rules that find facts of one sort; all others ("statement/speaker/pronoun", "date/…") serve every sort.
// not words: names of rules
const SORTS: [&str; 7] = ["statement", "meeting", "proposal", "issue", "position", "condition", "quantity"];

/// Whether a rival lost against this finding: the decision was about words of it, by a rule of its sort or of all.
pub(super) fn concerns(rival: &Rival, finding: &WhyFinding) -> bool {
    let sort = |rule: &Rule| rule.as_str().split('/').next().unwrap_or_default().to_owned();
    let decided = sort(&rival.by);
    let serves_all = !SORTS.contains(&decided.as_str()) || rival.by.as_str().starts_with("statement/speaker");
    if !serves_all && decided != sort(&finding.by) {
        return false;
    }
    let of = rival.of.span();
    let own = finding.slots.iter().filter(|s| slots::DECIDED.contains(&s.name)).filter_map(|s| s.words.as_ref());
    of.overlaps(finding.at.span()) || own.into_iter().any(|words| of.overlaps(words.span()))
}
