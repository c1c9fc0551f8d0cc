//! The sections of the brief on a terminal, each laid out as its lines ask for.

use unicode_width::UnicodeWidthStr;

use super::page::Page;
use super::piece::{GLUE, Paint, Piece, dim, fit, plain, width, wrap};
use crate::view::{MeetingLine, Part, Party, Row, Saying, Speaker, Stand};
use crate::words::{COMPARED, clip, count};

/// Letters of a sentence of the lead, of a clause, and of a saying in a short brief: what is longer is cut at its ends.
const MAX_SENTENCE_LETTERS: usize = 320;
const MAX_CLAUSE_LETTERS: usize = 150;
const MAX_SAYING_LETTERS: usize = 104;

/// Notes on how reports' words differ under a saying of a short brief, and letters of one: what takes more is for those who ask.
const MAX_NOTES: usize = 1;
const MAX_NOTE_LETTERS: usize = 84;

/// Letters of what one report alone has: about a line.
const MAX_ONLY_LETTERS: usize = 76;

/// Rows of a section, stands of a party, answers of a difference, facts of one report in a short brief.
const MAX_NEWS: usize = 16;
const MAX_DIFFERENCES: usize = 5;
const MAX_ANSWERS: usize = 4;
const MAX_PARTIES: usize = 5;
const MAX_STANDS: usize = 2;
const MAX_MEETINGS: usize = 6;
const MAX_OPEN: usize = 4;
const MAX_CONDITIONS: usize = 3;
const MAX_ONLY: usize = 1;

/// The answers of a row, each with its reports.
fn answers(page: &Page<'_>, parts: &[Part], between: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            pieces.push(dim(between));
        }
        pieces.push(plain(format!("{} ", part.text)));
        if !part.reports.is_empty() {
            pieces.extend(page.numbers(&part.reports));
        }
    }
    pieces
}

/// What is shown of a list: of a short brief so many of those that are sure and that no line above tells, else all.
fn pick<'r, T>(page: &mut Page<'_>, all: &'r [T], most: usize, left_out: impl Fn(&T) -> bool) -> Vec<&'r T> {
    if page.style.all {
        return all.iter().collect();
    }
    let shown: Vec<&T> = all.iter().filter(|one| !left_out(one)).take(most).collect();
    page.cut |= shown.len() < all.len();
    shown
}

/// How many of `n` things are shown: all where the reader asked for all.
fn limit(page: &mut Page<'_>, n: usize, most: usize) -> usize {
    if page.style.all || n <= most {
        return n;
    }
    page.cut = true;
    most
}

fn remark(shown: usize, all: usize) -> String {
    if shown < all { format!("{shown} of {all} shown · --all") } else { String::new() }
}

/// "doubtful", where a line is not sure and shown all the same.
fn doubtful(is: bool) -> Option<Piece> {
    is.then(|| Piece::new("doubtful · ", Paint::Differs))
}

/// ` [1] also [2 3]`: the report whose words are shown, and those that tell the same.
fn told_by(page: &Page<'_>, report: usize, also: &[usize]) -> Vec<Piece> {
    let mut pieces = vec![plain(" ")];
    pieces.extend(page.numbers(&[report]));
    if !also.is_empty() {
        pieces.push(dim(format!(" also{GLUE}")));
        pieces.extend(page.numbers(also));
    }
    pieces
}

/// A clause and the reports that tell it.
fn told(page: &mut Page<'_>, part: &Part) -> Vec<Piece> {
    let mut pieces = page.clause(part, MAX_CLAUSE_LETTERS);
    pieces.extend(part.says.as_ref().map(|who| dim(format!(" · so says {who}"))));
    if !part.reports.is_empty() {
        pieces.push(plain(" "));
        pieces.extend(page.numbers(&part.reports));
    }
    pieces
}

/// Rows of labels and answers on as few lines as they need.
fn table(page: &mut Page<'_>, title: &str, rows: &[Row], between: &str, most: usize) {
    if rows.is_empty() {
        return;
    }
    let shown = limit(page, rows.len(), most);
    page.heading(title, &remark(shown, rows.len()));
    let rows = &rows[..shown];
    let widest = rows.iter().map(|r| r.label.width()).max().unwrap_or(0).min(20);
    for row in rows {
        let mut pieces = Vec::new();
        if !row.about.is_empty() {
            pieces.push(Piece::new(format!("{}: ", row.about), Paint::Name));
        }
        pieces.extend(answers(page, &row.parts, between));
        page.labelled(plain(fit(&row.label, widest)), widest + 2, &pieces);
        page.cites(3, &row.cites);
    }
}

/// What is new since some time.
pub(super) fn news(page: &mut Page<'_>) {
    let view = page.view;
    if view.news.is_empty() && !view.since.is_empty() {
        return page.heading(&format!("NOTHING NEW SINCE {}", view.since.to_uppercase()), "");
    }
    table(page, &format!("NEW SINCE {}", view.since.to_uppercase()), &view.news, " · ", MAX_NEWS);
}

/// What people corrected: always whole.
pub(super) fn corrected(page: &mut Page<'_>) {
    table(page, "CORRECTED BY PEOPLE", &page.view.corrected, " · ", usize::MAX);
}

/// What happened: the sentences as written, each behind its day where words name one.
pub(super) fn lead(page: &mut Page<'_>) {
    let view = page.view;
    let shown = pick(page, &view.lead, usize::MAX, |l| l.doubtful);
    if shown.is_empty() {
        return;
    }
    page.heading("WHAT HAPPENED", "");
    for line in shown {
        let mut pieces: Vec<Piece> = Vec::new();
        // In the line, not in a column of its own: an empty place there would read as the day of the line above.
        pieces.extend(line.day.as_ref().map(|day| Piece::new(format!("{day} · "), Paint::Tag)));
        pieces.extend(line.fresh.then(|| plain("+ ")));
        pieces.extend(doubtful(line.doubtful));
        let part = Part { text: line.text.clone(), ..Part::default() };
        pieces.extend(page.clause(&part, MAX_SENTENCE_LETTERS));
        pieces.extend(told_by(page, line.report, &line.also));
        let mut kinds: Vec<&str> = line.differs.iter().map(|d| d.kind).collect();
        kinds.dedup();
        if !kinds.is_empty() {
            pieces.push(Piece::new(format!(" ≠{GLUE}{}", kinds.join(", ")), Paint::Differs));
        }
        page.wrapped(1, 3, &pieces);
        page.cites(3, &line.cites);
    }
}

/// Where accounts differ: a question, and a line an answer, the words that differ marked.
pub(super) fn differ(page: &mut Page<'_>) {
    let view = page.view;
    if view.differ.is_empty() {
        // One report differs from none.
        if view.reports.len() > 1 && !view.is_bare() {
            page.heading("WHERE ACCOUNTS DIFFER", "");
            let claims = count(view.compared, "claim", "claims");
            page.wrapped(1, 1, &[plain(format!("none found among {claims} that several reports share"))]);
            page.wrapped(1, 1, &[dim(COMPARED)]);
        }
        return;
    }
    let shown = limit(page, view.differ.len(), MAX_DIFFERENCES);
    page.heading("WHERE ACCOUNTS DIFFER", &remark(shown, view.differ.len()));
    let rows = &view.differ[..shown];
    let column = rows.iter().map(|r| r.label.width()).max().unwrap_or(0) + 2;
    for row in rows {
        page.labelled(Piece::new(&row.label, Paint::Tag), column, &[Piece::new(&row.about, Paint::Name)]);
        let answers = limit(page, row.parts.len(), MAX_ANSWERS);
        let indent = if page.is_narrow() { 3 } else { column + 1 };
        for part in &row.parts[..answers] {
            let pieces = told(page, part);
            page.wrapped(indent, indent + 2, &pieces);
        }
        page.more(indent, row.parts.len() - answers, "more answer", "more answers");
        page.cites(3, &row.cites);
    }
}

/// The stands of a party in a short brief: the first few, and what contradicts one of them.
fn stands(party: &Party) -> Vec<&Stand> {
    let worth: Vec<&Stand> = party.stands.iter().filter(|s| !s.doubtful && !s.told).collect();
    let beyond = worth.iter().skip(MAX_STANDS).take_while(|s| s.against).count();
    worth.into_iter().take(MAX_STANDS + beyond).collect()
}

/// Who wants what: a list a party, each stand a small tag and the clause.
pub(super) fn wants(page: &mut Page<'_>) {
    let view = page.view;
    let shown = pick(page, &view.wants.parties, MAX_PARTIES, |p| stands(p).is_empty());
    if shown.is_empty() {
        return;
    }
    page.heading("WHO WANTS WHAT", &remark(shown.len(), view.wants.parties.len()));
    let widest = shown.iter().map(|p| p.name.width()).max().unwrap_or(0).min(20);
    for party in shown {
        let own: Vec<&Stand> = if page.style.all { party.stands.iter().collect() } else { stands(party) };
        page.cut |= own.len() < party.stands.len();
        for (i, stand) in own.iter().enumerate() {
            let mut pieces: Vec<Piece> = Vec::new();
            pieces.extend(stand.fresh.then(|| plain("+ ")));
            pieces.extend(doubtful(stand.doubtful));
            pieces.push(Piece::new(format!("{}: ", stand.stance), Paint::Tag));
            pieces.extend(told(page, &stand.clause));
            if page.is_narrow() {
                if i == 0 {
                    page.wrapped(1, 3, &[Piece::new(&party.name, Paint::Name)]);
                }
                page.wrapped(3, 5, &pieces);
            } else {
                let name = if i == 0 { fit(&party.name, widest) } else { String::new() };
                page.labelled(Piece::new(name, Paint::Name), widest + 2, &pieces);
            }
            page.cites(3, &stand.clause.cites);
        }
    }
}

/// Who met whom: a line a gathering, and under it the clause that tells it.
pub(super) fn meetings(page: &mut Page<'_>) {
    let view = page.view;
    let shown = pick(page, &view.meetings, usize::MAX, |m: &MeetingLine| m.doubtful || m.rank >= MAX_MEETINGS);
    if shown.is_empty() {
        return;
    }
    page.heading("WHO MET WHOM", &remark(shown.len(), view.meetings.len()));
    let column = shown.iter().map(|m| m.status.width()).max().unwrap_or(0) + 2;
    for m in shown {
        let mut head: Vec<Piece> = Vec::new();
        head.extend(m.fresh.then(|| plain("+ ")));
        head.extend(doubtful(m.doubtful));
        for (i, text) in m.head().into_iter().enumerate() {
            head.extend((i > 0).then(|| dim(" · ")));
            head.push(Piece::new(text, if text == m.who { Paint::Name } else { Paint::Plain }));
        }
        if !m.differs.is_empty() {
            head.push(Piece::new(format!(" ≠{GLUE}{}", m.differs.join(", ")), Paint::Differs));
        }
        let part = Part { text: m.clause.clone(), ..Part::default() };
        let mut clause = page.clause(&part, MAX_CLAUSE_LETTERS);
        clause.extend(told_by(page, m.report, &m.also()));
        page.labelled(Piece::new(m.status, Paint::Tag), column, &head);
        let indent = if page.is_narrow() { 3 } else { column + 1 };
        page.wrapped(indent, indent, &clause);
        page.cites(3, &m.cites);
    }
}

/// Lines of a tag or a name and a clause.
fn clauses(page: &mut Page<'_>, title: &str, rows: &[Row], most: usize, paint: Paint) {
    let shown = pick(page, rows, most, |r| r.doubtful || r.told);
    if shown.is_empty() {
        return;
    }
    page.heading(title, &remark(shown.len(), rows.len()));
    let widest = shown.iter().map(|r| r.label.width()).max().unwrap_or(0).min(20);
    let column = if widest > 0 { widest + 2 } else { 0 };
    for row in shown {
        let mut pieces: Vec<Piece> = Vec::new();
        pieces.extend(doubtful(row.doubtful));
        for part in &row.parts {
            pieces.extend(told(page, part));
        }
        match page.is_narrow() && widest > 12 {
            true => {
                let label = Piece::new(&row.label, paint);
                let named = if row.label.is_empty() { pieces } else { [vec![label, plain(" ")], pieces].concat() };
                page.wrapped(1, 3, &named);
            }
            false => page.labelled(Piece::new(fit(&row.label, widest), paint), column, &pieces),
        }
        page.cites(3, &row.cites);
    }
}

/// What is still open: plans by their versions, issues by their state.
pub(super) fn open(page: &mut Page<'_>) {
    clauses(page, "STILL OPEN", &page.view.open, MAX_OPEN, Paint::Tag);
}

/// What happens only if something else does.
pub(super) fn conditions(page: &mut Page<'_>) {
    clauses(page, "ONLY IF", &page.view.conditions, MAX_CONDITIONS, Paint::Name);
}

/// What should be here and is damaged where it is kept: always whole.
pub(super) fn not_read(page: &mut Page<'_>) {
    if page.view.not_read.is_empty() {
        return;
    }
    page.heading("NOT READ", "");
    for line in &page.view.not_read {
        page.wrapped(1, 3, &[plain(line)]);
    }
}

/// What happened when; only where the reader asked for all, for most of it stands in the other sections.
pub(super) fn timeline(page: &mut Page<'_>) {
    if page.view.timeline.is_empty() || !page.style.all {
        return;
    }
    page.heading("WHEN", "");
    let view = page.view;
    let widest = view.timeline.iter().map(|h| h.date.width()).max().unwrap_or(0);
    for h in &view.timeline {
        let mut pieces = vec![plain(format!("{} ", h.what))];
        pieces.extend(page.numbers(&h.reports));
        page.labelled(plain(&h.date), widest + 2, &pieces);
        page.cites(3, &h.cites);
    }
}

/// What one report alone has.
pub(super) fn only_in(page: &mut Page<'_>) {
    let view = page.view;
    let shown = pick(page, &view.only_in, usize::MAX, |r| r.told);
    if shown.is_empty() {
        return;
    }
    page.heading("ONLY IN ONE REPORT", "");
    for row in shown {
        let number = row.parts.first().map_or_else(Vec::new, |p| page.numbers(&p.reports));
        let parts = pick(page, &row.parts, MAX_ONLY, |p| p.told);
        // What a line above shows, a scrap, what is not sure is none of them.
        let left = row.parts.iter().filter(|p| !p.told).count().saturating_sub(parts.len());
        for (i, part) in parts.iter().enumerate() {
            let mut pieces = number.clone();
            pieces.push(plain(" "));
            pieces.extend(page.clause(part, MAX_ONLY_LETTERS));
            if left > 0 && i + 1 == parts.len() {
                // Of other people too: not more of this speaker's.
                pieces.push(dim(format!(" · {} in [{}] alone", count(left, "more line", "more lines"), row.label)));
            }
            page.wrapped(1, 5, &pieces);
        }
        let cites: Vec<usize> = row.parts.iter().filter(|p| !p.told).flat_map(|p| p.cites.iter().copied()).collect();
        page.cites(3, if page.style.all { &row.cites } else { &cites });
    }
}

pub(super) fn sayings(page: &mut Page<'_>) {
    let sayings = &page.view.sayings;
    if sayings.speakers.is_empty() || (sayings.shown == 0 && !page.style.all) {
        page.cut |= !sayings.speakers.is_empty();
        return;
    }
    let (speakers, shown) = match page.style.all {
        true => (sayings.speakers.len(), sayings.total),
        false => (sayings.shown, sayings.total_shown()),
    };
    let remark = match shown < sayings.total {
        true => format!("{shown} of {} shown · --all", sayings.total),
        false => String::new(),
    };
    page.heading("WHO SAID WHAT", &remark);
    // The reports' numbers stand in a column at the right margin, if there is room for one.
    let listed = |s: &Speaker| if page.style.all { s.sayings.len() } else { s.shown };
    let widest = sayings.speakers[..speakers]
        .iter()
        .flat_map(|s| &s.sayings[..listed(s)])
        .map(|s| tail(page, s).iter().map(|p| p.text.width()).sum::<usize>())
        .max()
        .unwrap_or(0);
    let column = if page.width >= 64 && widest <= 28 { widest } else { 0 };
    for speaker in &sayings.speakers[..speakers] {
        let mut pieces: Vec<Piece> = doubtful(speaker.doubtful).into_iter().collect();
        pieces.push(Piece::new(&speaker.name, Paint::Name));
        pieces.extend(speaker.office.as_ref().map(|o| plain(format!(", {o}"))));
        pieces.push(dim(format!(" · {}", speaker.sayings.len())));
        page.wrapped(1, 3, &pieces);
        let shown = if page.style.all { speaker.sayings.len() } else { speaker.shown };
        for s in &speaker.sayings[..shown] {
            saying(page, s, column);
        }
        // How many there are stands behind the name.
        page.cut |= shown < speaker.sayings.len();
    }
    if !page.style.all
        && let Some(rest) = sayings.rest()
    {
        page.cut = true;
        page.wrapped(1, 3, &[dim(format!("+ {rest}"))]);
    }
}

/// `[1 3 4]  cut`: the reports that carry a saying and how their words relate.
fn tail(page: &Page<'_>, saying: &Saying) -> Vec<Piece> {
    let mut pieces = page.numbers(&saying.reports);
    if let Some(relation) = saying.relation {
        let differs = saying.notes.iter().any(|n| !n.minor);
        let paint = if differs { Paint::Differs } else { Paint::Dim };
        pieces.push(Piece::new(format!("  {}", relation.as_str()), paint));
    }
    pieces
}

fn saying(page: &mut Page<'_>, saying: &Saying, column: usize) {
    const INDENT: usize = 3;
    let most = if page.style.all { usize::MAX } else { MAX_SAYING_LETTERS };
    let text = clip(&saying.text, most);
    page.cut |= text.len() != saying.text.len();
    let mut pieces = vec![plain(if saying.quoted { format!("“{text}”") } else { text })];
    if !saying.setting.is_empty() {
        let most = limit(page, saying.setting.len(), 1);
        pieces.push(dim(format!(" · {}", saying.setting[..most].join(", "))));
    }
    let tail = tail(page, saying);
    if column > 0 {
        let room = page.width - INDENT - column - 2;
        for (i, mut line) in wrap(&pieces, room).into_iter().enumerate() {
            if i == 0 {
                line.push(plain(" ".repeat(room - width(&line) + 2)));
                line.extend(tail.iter().cloned());
            }
            page.line(INDENT, &line);
        }
    } else {
        pieces.push(plain(" "));
        pieces.extend(tail);
        page.wrapped(INDENT, INDENT, &pieces);
    }
    for note in pick(page, &saying.notes, MAX_NOTES, |n| n.minor || n.text.chars().count() > MAX_NOTE_LETTERS) {
        let mut pieces = page.numbers(&note.reports);
        pieces.push(dim(format!(" {}", note.text)));
        page.wrapped(INDENT + 3, INDENT + 5, &pieces);
    }
    let cites: Vec<usize> = saying.accounts.iter().flat_map(|a| a.cites.iter().copied()).collect();
    page.cites(INDENT + 3, &cites);
}

pub(super) fn names(page: &mut Page<'_>) {
    let names = &page.view.names;
    if names.groups.is_empty() {
        return;
    }
    // For those who ask: a short brief says who did what, not how they are spelled.
    if !page.style.all {
        page.cut = true;
        return;
    }
    let rest = if names.rest == 0 { String::new() } else { format!("{} more in one report only", names.rest) };
    page.heading("NAMES", &rest);
    for group in &names.groups {
        let shown = group.names.len();
        if group.differ {
            page.line(1, &[dim(group.title)]);
            let listed = &group.names[..shown];
            let widest = listed.iter().map(|n| n.name.width()).max().unwrap_or(0).min(28);
            for name in listed {
                let pieces = answers(page, &name.spellings, " · ");
                page.labelled(Piece::new(format!("  {}", fit(&name.name, widest)), Paint::Name), widest + 4, &pieces);
            }
            page.more(3, group.names.len() - shown, "more name", "more names");
            continue;
        }
        let mut pieces = Vec::new();
        for (i, name) in group.names[..shown].iter().enumerate() {
            pieces.extend((i > 0).then(|| dim(" · ")));
            pieces.push(plain(format!("{} ", name.name)));
            pieces.extend(page.numbers(&name.reports));
        }
        let left = group.names.len() - shown;
        if left > 0 {
            page.cut = true;
            pieces.push(dim(format!(" · + {left} more")));
        }
        page.labelled(dim(group.title), 11, &pieces);
    }
}
