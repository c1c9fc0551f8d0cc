//! A clause of the draft or of a report with the entities that its words mean, ready to be compared.

use rapporteur_lexicon::senses;
use rapporteur_lexicon::words::clause::{CONDITION_MARK, LIGHT_VERB, MUTUAL};
use rapporteur_lexicon::words::function::FIRST_PERSON;
use rapporteur_schema::{Char, Clause, ClauseArgument, ClauseFigure, ClauseRole, EntityKind, MentionKind, Mood, Span};

use crate::index::{ComparisonIndex, Doc};
use crate::word;

/// Words before a clause among which it may be called a chance.
const CHANCE_REACH: usize = 3;

/// The verb of speech by which what is said is not.
pub(super) const DENIES: &str = "deny";

/// Whether two participants are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sameness {
    /// Both are named, and they are two.
    Other,
    /// The words leave it open.
    Open,
    /// The same entity, or the same word.
    Same,
}

/// A participant.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    /// Whom the record takes it for.
    pub(crate) entities: Vec<usize>,
    /// Whether it is named in so many words here.
    pub(crate) named: bool,
    head: String,
    /// Whether the words only point.
    pub(crate) pointing: bool,
    /// Whose it is.
    owner: Option<Box<Who>>,
}

/// A clause with its participants.
#[derive(Clone, Debug)]
pub(crate) struct Assertion {
    pub(crate) clause: Clause,
    pub(crate) subject: Vec<Who>,
    pub(crate) object: Vec<Who>,
    /// What stands behind prepositions.
    pub(crate) other: Vec<Who>,
    /// Who says it, where it stands in somebody's words; empty where nobody is named.
    pub(crate) said: Option<Vec<Who>>,
    /// Its figures, folded.
    figures: Vec<String>,
    /// Whether it is called no more than a chance ("may", "perhaps"), in so many words.
    chance: bool,
    /// Whether it is told of what somebody said would be ("would close"): what a draft may tell as what will be, or is.
    told_ahead: bool,
    /// Whether its sentence makes anything depend on something.
    depending: bool,
    /// Whether it is itself the condition ("if it fails").
    condition: bool,
}

/// How two predicates relate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Relation {
    /// One can stand for the other; how surely, 0 to 1.
    Alike(f64),
    /// One is the opposite of the other.
    Opposite,
    /// Neither.
    Apart,
}

/// In what respect two clauses that speak of the same thing exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conflict {
    /// One denies what the other says, or says the opposite.
    Polarity,
    /// Who does it and to whom it is done change places.
    Swapped,
    /// Somebody else does it, or it is done to somebody else.
    Participant,
    /// It is planned, possible, offered for done, or the like.
    Mood,
    /// Somebody else says it.
    Speaker,
}

/// Two clauses laid side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) relation: Relation,
    pub(crate) subject: Sameness,
    pub(crate) object: Sameness,
    pub(crate) conflict: Option<Conflict>,
    /// Whether nothing is left open: polarity and mood are the same, and so is everybody whom the draft names.
    pub(crate) settled: bool,
    /// How much speaks for both being about the same thing, the context apart.
    pub(crate) near: f64,
}

impl Assertion {
    pub(crate) fn of(index: &ComparisonIndex<'_>, doc: &Doc<'_>, clause: Clause) -> Self {
        let all = |want: &dyn Fn(&ClauseRole) -> bool| -> Vec<Who> {
            clause.arguments.iter().filter(|a| want(&a.role)).map(|a| who(index, doc, a)).collect()
        };
        let subject = all(&|r| *r == ClauseRole::Subject);
        let object = all(&|r| *r == ClauseRole::Object);
        let other = all(&|r| matches!(r, ClauseRole::Other(_)));
        // What was read of the whole report knows also of quotations that go on over several sentences.
        let speakers = doc.statements().filter(|(s, _)| s.content.span().overlaps(clause.at));
        let mut said: Option<Vec<Who>> = None;
        for (statement, speaker) in speakers {
            // Whom "he" means is a reading: only who is named there can be another.
            let name = |s: &&crate::text::Seen| s.kind == MentionKind::Name;
            let named = statement.speaker_span.as_ref().is_some_and(|at| doc.seen_at(at.span()).any(|s| name(&s)));
            let entities = speaker.iter().filter(|_| named).copied().collect();
            let who = Who { entities, named, head: String::new(), pointing: !named, owner: None };
            said.get_or_insert_default().push(who);
        }
        if let (None, Some(speech)) = (&said, &clause.speech) {
            let who = speech.speaker.map(|at| at_place(index, doc, at, "", false));
            said = Some(who.into_iter().collect());
        }
        let folded =
            |f: &ClauseFigure| doc.words.get(doc.words_at(f.at)).and_then(<[_]>::first).map(|w| w.folded.clone());
        let figures = clause.figures.iter().filter_map(folded).collect();
        // "May have to borrow": the auxiliary stands with the verb above.
        let words = doc.words_at(clause.span);
        let words = doc.words.get(words.start.saturating_sub(CHANCE_REACH)..words.end).unwrap_or_default();
        let chance = clause.mood == Mood::Possible
            && words.iter().any(|w| matches!(w.folded.as_str(), "may" | "might" | "perhaps" | "maybe"));
        let told_ahead = words.iter().any(|w| w.folded == "would");
        let sentence = doc.sentence_at(clause.at).map(|s| doc.sentences[s].words.clone()).unwrap_or_default();
        let depending = doc.words.get(sentence).unwrap_or_default().iter().any(|w| CONDITION_MARK.has(&w.folded));
        let first = doc.words.get(doc.words_at(clause.span)).and_then(<[_]>::first);
        let condition = first.is_some_and(|w| CONDITION_MARK.has(&w.folded));
        Assertion { clause, subject, object, other, said, figures, chance, told_ahead, depending, condition }
    }

    /// Everybody and everything that takes part.
    pub(crate) fn participants(&self) -> impl Iterator<Item = &Who> {
        self.subject.iter().chain(&self.object).chain(&self.other)
    }

    /// Whether the predicate says next to nothing by itself.
    pub(crate) fn is_light(&self) -> bool {
        LIGHT_VERB.has(&self.clause.predicate) && !self.clause.copular
    }

    /// The predicate alone and with each preposition that it takes ("call for").
    fn predicates(&self) -> Vec<String> {
        let with = |a: &ClauseArgument| match &a.role {
            ClauseRole::Other(preposition) => Some(format!("{} {preposition}", self.clause.predicate)),
            _ => None,
        };
        std::iter::once(self.clause.predicate.clone()).chain(self.clause.arguments.iter().filter_map(with)).collect()
    }
}

fn who(index: &ComparisonIndex<'_>, doc: &Doc<'_>, argument: &ClauseArgument) -> Who {
    let mut who = at_place(index, doc, argument.at, &argument.head, argument.pointing);
    // "The envoy, Ana Roe".
    for beside in argument.appositions.iter().filter(|_| !who.named) {
        let other = at_place(index, doc, *beside, "", false);
        if other.named {
            (who.entities, who.named) = (other.entities, true);
            break;
        }
    }
    who.owner = argument.owner.as_deref().map(|o| Box::new(self::who(index, doc, o)));
    who
}

/// Whom the words at a place mean.
fn at_place(index: &ComparisonIndex<'_>, doc: &Doc<'_>, at: Span<Char>, head: &str, pointing: bool) -> Who {
    let seen: Vec<_> = doc.seen_at(at).collect();
    let named = seen.iter().any(|s| s.kind == MentionKind::Name);
    let mut entities: Vec<usize> =
        seen.iter().filter(|s| !named || s.kind == MentionKind::Name).map(|s| s.entity).collect();
    // A surname alone is that of the one person who has it.
    if named && entities.iter().all(|&e| !index.is_reported(e)) {
        let last = doc.words.get(doc.words_at(at)).and_then(<[_]>::last).map(|w| w.folded.as_str());
        if let Some([one]) = last.map(|l| index.entities.people_called(l)) {
            entities = vec![*one];
        }
    }
    // "I have asked him": who speaks.
    if FIRST_PERSON.has(head) {
        let said = doc.statements().filter(|(s, _)| s.content.span().overlaps(at));
        entities.extend(said.filter_map(|(_, speaker)| speaker));
    }
    entities.sort_unstable();
    entities.dedup();
    Who { entities, named, head: head.to_owned(), pointing, owner: None }
}

/// How two predicates relate, by their words.
fn relation(ours: &Assertion, theirs: &Assertion) -> Relation {
    let (a, b) = (ours.predicates(), theirs.predicates());
    let (first, second) = (&ours.clause.predicate, &theirs.clause.predicate);
    if first == second {
        return Relation::Alike(1.0);
    }
    if first.len() > 4 && word::stem(first) == word::stem(second) {
        return Relation::Alike(0.95);
    }
    let any = |test: &dyn Fn(&str, &str) -> bool| a.iter().any(|x| b.iter().any(|y| test(x, y)));
    if any(&|x, y| senses().same(x, y)) {
        return Relation::Alike(0.8);
    }
    if any(&|x, y| senses().opposite(x, y)) {
        return Relation::Opposite;
    }
    Relation::Apart
}

/// Whether a participant of the draft is one of a report; "the union's team" is not "the company's team".
pub(crate) fn same(index: &ComparisonIndex<'_>, a: &Who, b: &Who) -> Sameness {
    let own = same_alone(index, a, b);
    let (Some(x), Some(y)) = (&a.owner, &b.owner) else { return own };
    let owners = same_alone(index, x, y);
    match (own, owners) {
        (Sameness::Same, Sameness::Open) if !x.pointing && !y.pointing => Sameness::Other,
        (Sameness::Same, owners) if !(a.named || b.named) => owners,
        _ => own,
    }
}

fn same_alone(index: &ComparisonIndex<'_>, a: &Who, b: &Who) -> Sameness {
    if a.entities.iter().any(|e| b.entities.contains(e)) {
        return Sameness::Same;
    }
    if a.pointing || b.pointing {
        return Sameness::Open;
    }
    // One surname: the same person or a namesake, and who is joined with whom is a reading.
    if a.named && b.named && !a.head.is_empty() && a.head == b.head {
        return Sameness::Open;
    }
    if !a.head.is_empty() && a.head == b.head
        || a.head.len() > 4 && word::stem(&a.head) == word::stem(&b.head) && !(a.named && b.named && two(index, a, b))
    {
        return Sameness::Same;
    }
    if senses().same(&a.head, &b.head) && !a.named && !b.named {
        return Sameness::Same;
    }
    if a.entities.is_empty() || b.entities.is_empty() {
        return Sameness::Open;
    }
    if two(index, a, b) { Sameness::Other } else { Sameness::Open }
}

/// Whether two that are known are two for sure.
fn two(index: &ComparisonIndex<'_>, a: &Who, b: &Who) -> bool {
    if a.entities.is_empty() || b.entities.is_empty() || a.entities.iter().any(|e| b.entities.contains(e)) {
        return false;
    }
    // A body and who speaks for it, a country and its capital: not two for sure.
    let kind = |w: &Who| w.entities.first().map(|&e| index.entity(e).kind);
    let related = a
        .entities
        .iter()
        .any(|&x| b.entities.iter().any(|&y| index.countries(x).intersection(index.countries(y)).next().is_some()));
    kind(a) == kind(b) && !(related && kind(a) != Some(EntityKind::Person))
}

/// The same of several, any of which may be meant.
fn among(index: &ComparisonIndex<'_>, ours: &[Who], theirs: &[Who]) -> Sameness {
    let pairs = || ours.iter().flat_map(|a| theirs.iter().map(move |b| same(index, a, b)));
    // Of several who are named, each has to be there: "X and Z met" is not "X and Y met".
    let stranger = |a: &Who, others: &[Who]| {
        let all: Vec<Sameness> = others.iter().map(|b| same(index, a, b)).collect();
        a.named && all.contains(&Sameness::Other) && !all.contains(&Sameness::Same)
    };
    if ours.iter().any(|a| stranger(a, theirs)) && theirs.iter().any(|b| stranger(b, ours)) {
        return Sameness::Other;
    }
    match pairs().max() {
        Some(Sameness::Other) if pairs().all(|s| s == Sameness::Other) => Sameness::Other,
        Some(Sameness::Same) => Sameness::Same,
        _ => Sameness::Open,
    }
}

/// Lays a clause of the draft beside one of a report.
pub(crate) fn pair(index: &ComparisonIndex<'_>, ours: &Assertion, theirs: &Assertion) -> Pair {
    let relation = relation(ours, theirs);
    let behind = |a: &Assertion| -> Vec<Who> { a.object.iter().chain(&a.other).cloned().collect() };
    let (our_rest, their_rest) = (behind(ours), behind(theirs));
    let our_object = if ours.object.is_empty() { &our_rest } else { &ours.object };
    let subject = among(index, &ours.subject, &theirs.subject);
    // What has an object is compared by it; another may have the same behind a preposition.
    let object = match among(index, our_object, &their_rest) {
        Sameness::Same => Sameness::Same,
        _ if !ours.object.is_empty() && !theirs.object.is_empty() => among(index, &ours.object, &theirs.object),
        other => other,
    };
    let mutual = MUTUAL.has(&ours.clause.predicate);
    // "The union rejected the company's offer": who owns what it is done to may change places as well.
    let owners = |a: &Assertion| -> Vec<Who> {
        a.object.iter().chain(&a.other).filter_map(|w| w.owner.as_deref()).filter(|w| !w.pointing).cloned().collect()
    };
    let (our_owners, their_owners) = (owners(ours), owners(theirs));
    let traded = subject != Sameness::Same
        && among(index, &ours.subject, &their_owners) == Sameness::Same
        && among(index, &our_owners, &theirs.subject) == Sameness::Same;
    let crossed = traded
        || !ours.subject.is_empty()
            && among(index, &ours.subject, &their_rest) == Sameness::Same
            && among(index, our_object, &theirs.subject) == Sameness::Same
            && subject != Sameness::Same
            && object != Sameness::Same;
    // "Received" for "met": who received whom is left open.
    let half = !mutual && MUTUAL.has(&theirs.clause.predicate);
    let (mut subject, mut object) =
        if mutual && crossed { (Sameness::Same, Sameness::Same) } else { (subject, object) };
    if mutual && !crossed && (subject == Sameness::Other || object == Sameness::Other) {
        // Whoever meets is met: all who take part are one side.
        let all =
            |a: &Assertion| -> Vec<Who> { a.participants().filter(|w| !w.entities.is_empty()).cloned().collect() };
        let (a, b) = (all(ours), all(theirs));
        let met = a.iter().any(|x| b.iter().any(|y| same(index, x, y) == Sameness::Same));
        subject = if met { Sameness::Same } else { Sameness::Other };
        object = among(index, &a, &b);
    }
    let alike = match relation {
        Relation::Alike(sure) => sure,
        Relation::Opposite => 0.7,
        Relation::Apart => 0.0,
    };
    // "Takes effect": the object tells what the verb does not.
    let idiom = ours.clause.predicate == theirs.clause.predicate && object == Sameness::Same;
    let light = if (ours.is_light() || theirs.is_light()) && !idiom { 0.4 } else { 1.0 };
    let worth = |s: Sameness, there: bool| match s {
        Sameness::Same => 1.0,
        Sameness::Open if there => 0.3,
        Sameness::Open => 0.5,
        Sameness::Other => -0.5,
    };
    let taken = |a: &[Who], b: &[Who]| !a.is_empty() && !b.is_empty();
    let near = 0.4 * alike * light
        + 0.3 * if crossed && !mutual { 1.0 } else { worth(subject, taken(&ours.subject, &theirs.subject)) }
        + 0.3 * if crossed && !mutual { 1.0 } else { worth(object, taken(our_object, &their_rest)) };
    // What is asked, or only named, neither says nor denies that it is so.
    let asserted = !ours.clause.open && !theirs.clause.open;
    // What the draft makes somebody say is excluded by what he says there, not by what others say.
    let denial = ours.clause.speech.as_ref().is_some_and(|s| s.cue == DENIES);
    let heard = ours.said.as_deref().is_none_or(|ours| {
        let same = theirs.said.as_deref().map(|theirs| among(index, ours, theirs));
        same.is_some_and(|same| same == Sameness::Same || same == Sameness::Open && !denial)
    });
    let turned = (ours.clause.negated != theirs.clause.negated) != (relation == Relation::Opposite);
    let conflict = if relation == Relation::Apart {
        None
    } else if crossed && !mutual {
        (!turned && !half).then_some(Conflict::Swapped)
    } else if subject == Sameness::Other || object == Sameness::Other {
        let held = subject == Sameness::Same || object == Sameness::Same || relation == Relation::Alike(1.0);
        (held && !turned && relation != Relation::Opposite).then_some(Conflict::Participant)
    } else if turned {
        // What depends on something is neither said nor denied.
        let depends = (ours.clause.mood == Mood::Conditional) != (theirs.clause.mood == Mood::Conditional);
        // Nor does what is only hoped for, offered or tried deny that it came or did not come about.
        let wished = |m: Mood| matches!(m, Mood::Wanted | Mood::Demanded | Mood::Offered | Mood::Required);
        let told = matches!(theirs.clause.mood, Mood::Fact | Mood::Planned)
            || theirs.clause.mood == ours.clause.mood
            || wished(theirs.clause.mood) && wished(ours.clause.mood);
        let whole = !theirs.clause.describing || subject == Sameness::Same || object == Sameness::Same;
        (!depends && told && whole && asserted && heard).then_some(Conflict::Polarity)
    } else if excludes(ours, theirs) {
        // What is not done is not done, whether it would not, will not or may not be.
        let denied = ours.clause.negated && theirs.clause.negated;
        (!denied
            && asserted
            && heard
            && figures_meet(ours, theirs)
            && !ours.clause.describing
            && !theirs.clause.describing)
            .then_some(Conflict::Mood)
    } else {
        let speakers = ours.said.as_deref().zip(theirs.said.as_deref());
        let person = |w: &Who| w.entities.iter().all(|&e| index.entity(e).kind == EntityKind::Person);
        let other = speakers.is_some_and(|(a, b)| {
            a.iter().chain(b).all(person)
                && a.iter().all(|w| !w.entities.is_empty())
                && among(index, a, b) == Sameness::Other
        });
        other.then_some(Conflict::Speaker)
    };
    let everybody = ours
        .participants()
        .filter(|w| w.named)
        .all(|w| theirs.participants().any(|o| same(index, w, o) == Sameness::Same));
    let settled = conflict.is_none()
        && !turned
        && (!crossed || mutual)
        && (ours.said.is_some() || theirs.said.is_none())
        && matches!(relation, Relation::Alike(_))
        && ours.clause.mood == theirs.clause.mood
        && subject != Sameness::Other
        && object != Sameness::Other
        && everybody
        && (subject == Sameness::Same || ours.subject.is_empty() || ours.subject.iter().all(|w| w.pointing))
        && (object == Sameness::Same || our_object.is_empty());
    Pair { relation, subject, object, conflict, settled, near }
}

/// Whether one mood of the same thing excludes the other, as far as a reader would call the draft wrong.
fn excludes(draft: &Assertion, report: &Assertion) -> bool {
    use Mood::{Attempted, Conditional, Demanded, Fact, Offered, Planned, Possible, Required, Wanted};
    // "Can" and "is able to" are no chance.
    if draft.chance {
        return matches!(report.clause.mood, Fact | Planned | Required);
    }
    let told_ahead = report.told_ahead && matches!(report.clause.mood, Planned | Conditional);
    if draft.depending || draft.clause.infinitive || report.clause.infinitive || report.condition || told_ahead {
        return false;
    }
    matches!(
        (draft.clause.mood, report.clause.mood),
        (Fact, Possible | Planned | Wanted | Offered | Demanded | Attempted | Conditional | Required)
            | (Planned, Possible | Wanted | Offered | Demanded | Conditional)
            | (Required, Possible | Offered | Planned)
            | (Offered, Demanded | Required)
            | (Demanded, Offered)
    )
}

/// Whether two clauses can be of one thing by their figures: where both have some, one is the same.
fn figures_meet(ours: &Assertion, theirs: &Assertion) -> bool {
    ours.figures.is_empty() || theirs.figures.is_empty() || ours.figures.iter().any(|f| theirs.figures.contains(f))
}

/// The words of a clause, without what other clauses say in it: what is shown of it.
pub(crate) fn place(clause: &Clause) -> Span<Char> {
    clause.span
}
