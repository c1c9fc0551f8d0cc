//! Grouping as a whole, on stories made up for it.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rapporteur_schema::{Edtf, PassageKind, Report, ReportId, StoryId};

use super::{Archive, Assignment, Clusterer, Digest, Digests, Kept, Profile, Settings};

const FERRY: [(&str, &str); 4] = [
    (
        "Ferry crews walk out at Port Elwin",
        "Ferry crews at Port Elwin walked out at dawn, stranding lorries on the quay. The Deckhands' Union wants night pay \
         doubled; Elwin Lines calls the demand ruinous.",
    ),
    (
        "Elwin Lines offers deckhands half of night pay demand",
        "Elwin Lines offered the Deckhands' Union half of the night pay it wants. Lorries still queue on the quay at Port \
         Elwin as ferry crews stay ashore.",
    ),
    (
        "Deckhands' union rejects ferry offer",
        "The Deckhands' Union turned down the offer of Elwin Lines on night pay. No ferry has left Port Elwin since the \
         crews walked out, and lorries fill the quay.",
    ),
    (
        "Mediator called in over stranded ferries",
        "A mediator will meet Elwin Lines and the Deckhands' Union about night pay. Ferries stay tied to the quay of Port \
         Elwin and lorries turn round.",
    ),
];

const OBSERVATORY: [(&str, &str); 3] = [
    (
        "Observatory on Mount Sorrel loses its mirror",
        "The great mirror of the Mount Sorrel observatory cracked as it was cooled. Astronomers fear two winters without \
         a telescope.",
    ),
    (
        "Cracked telescope mirror was flawed, say makers",
        "A bubble in the glass cracked the mirror of the Mount Sorrel observatory, its makers admit. Astronomers ask for a \
         new telescope.",
    ),
    (
        "New mirror for Mount Sorrel by spring",
        "Glassmakers will cast another mirror for the observatory on Mount Sorrel. Astronomers hope to use the telescope in \
         spring.",
    ),
];

fn first_day() -> Date {
    date(2026, 3, 2)
}

fn profile((title, text): (&str, &str), day: Option<Date>) -> Profile {
    let mut report = Report::plain(ReportId::new("r"), text);
    report.head.title = Some(title.into());
    report.head.published = day.map(Edtf::day);
    Profile::of(&report, None)
}

/// The reports of both stories in turn, a day after another.
fn both() -> Vec<(ReportId, Profile)> {
    let ferry = FERRY.iter().enumerate().map(|(i, article)| (format!("ferry{i}"), i, article));
    let observatory = OBSERVATORY.iter().enumerate().map(|(i, article)| (format!("observatory{i}"), i, article));
    let mut all: Vec<_> = ferry.chain(observatory).collect();
    all.sort_by_key(|(_, day, _)| *day);
    let one = |(id, day, article): (String, usize, &(&str, &str))| {
        (ReportId::new(id), profile(*article, Some(first_day() + (day as i64).days())))
    };
    all.into_iter().map(one).collect()
}

fn stream(reports: &[(ReportId, Profile)]) -> (Clusterer, Vec<Assignment>) {
    let mut clusterer = Clusterer::default();
    let assigned = reports.iter().map(|(id, profile)| clusterer.assign(id, profile)).collect();
    (clusterer, assigned)
}

fn kept(clusterer: &Clusterer, reports: &[(ReportId, Profile)]) -> Vec<Kept> {
    let one = |(report, profile): &(ReportId, Profile)| Kept {
        report: report.clone(),
        profile: profile.clone(),
        story: clusterer.story_of(report).unwrap().clone(),
        taken_from: None,
    };
    reports.iter().map(one).collect()
}

#[test]
fn two_stories_stand_apart_in_any_order() {
    let mut reports = both();
    for _ in 0..reports.len() {
        reports.rotate_left(1);
        let (clusterer, _) = stream(&reports);
        assert_eq!(clusterer.stories().count(), 2);
        for story in clusterer.stories() {
            let prefix = |r: &&ReportId| r.as_str().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            let kinds: std::collections::BTreeSet<String> = clusterer.reports(story).iter().map(prefix).collect();
            assert_eq!(kinds.len(), 1, "{kinds:?}");
        }
    }
}

#[test]
fn what_follows_a_day_later_joins() {
    let (clusterer, assigned) = stream(&both());
    assert!(assigned[0].opened && assigned[1].opened);
    assert_eq!(assigned[0].story, StoryId::from_content(&["ferry0"]));
    assert!(!assigned[2].opened);
    assert_eq!(assigned[2].story, assigned[0].story);
    assert_eq!(assigned[2].runner_up.as_ref().map(|(id, _)| id), None, "the other story shares no word");
    assert!(assigned[2].score > assigned[2].bar);
    assert_eq!(clusterer.reports(&assigned[0].story).len(), 4);
}

#[test]
fn the_same_words_a_year_later_are_another_story() {
    let mut clusterer = Clusterer::default();
    let article = |years: i64| profile(FERRY[0], Some(first_day() + years.years()));
    let first = clusterer.assign(&ReportId::new("a"), &article(0));
    let later = clusterer.assign(&ReportId::new("b"), &article(1));
    assert!(later.opened);
    assert_ne!(first.story, later.story);
    let undated = clusterer.assign(&ReportId::new("c"), &profile(FERRY[0], None));
    assert!(!undated.opened, "without a day the words decide");
}

#[test]
fn restored_it_answers_as_if_it_had_never_stopped() {
    let reports = both();
    for stop in 0..reports.len() {
        let (before, _) = stream(&reports[..stop]);
        let mut restored = Clusterer::restore(Settings::default(), kept(&before, &reports[..stop]));
        let mut streamed = before.clone();
        for (id, profile) in &reports[stop..] {
            assert_eq!(restored.assign(id, profile), streamed.assign(id, profile));
        }
    }
}

/// A database of what one clusterer holds.
struct Held<'c>(&'c Clusterer, &'c [(ReportId, Profile)]);

impl Archive for Held<'_> {
    type Error = std::convert::Infallible;

    fn report(&mut self, number: u32) -> Result<Option<Kept>, Self::Error> {
        Ok(kept(self.0, &self.1[number as usize..=number as usize]).pop())
    }

    fn story(&mut self, story: &StoryId) -> Result<Vec<u32>, Self::Error> {
        let number = |r: &&ReportId| self.1.iter().position(|(id, _)| id == *r).unwrap() as u32;
        Ok(self.0.reports(story).iter().map(number).collect())
    }

    fn put_by_hand(&mut self) -> Result<Vec<u32>, Self::Error> {
        Ok(Vec::new())
    }
}

#[test]
fn with_only_what_is_near_brought_back_it_answers_the_same() {
    // Many reports of few words, so that all of them meet, on days far apart and on none.
    let words =
        ["mirror", "telescope", "dome", "winter", "sorrel", "glass", "bubble", "furnace", "quay", "lorry", "ferry"];
    let mut seed = 7u32;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % below
    };
    let reports: Vec<(ReportId, Profile)> = (0..700)
        .map(|n| {
            let own = format!("word{} word{}", next(40), next(40));
            let text: Vec<&str> = (0..3).map(|_| words[next(words.len() as u32) as usize]).chain([&*own]).collect();
            let day = (next(9) > 0).then(|| first_day() + i64::from(next(500)).days());
            (ReportId::new(format!("r{n}")), profile(("", &text.join(" ")), day))
        })
        .collect();
    let mut all = Clusterer::default();
    let (mut moved, mut joined) = (0, 0);
    for (n, (id, profile)) in reports.iter().enumerate() {
        let before = &reports[..n];
        let beside = (n % 7 == 0 || n > 650).then(|| {
            let digests: Digests = (0..=n / 256)
                .map(|block| {
                    let of_block = before.iter().enumerate().skip(block * 256).take(256);
                    let digest = Digest::of(of_block.map(|(n, (_, profile))| ((n % 256) as u8, profile)));
                    assert_eq!(Digest::from_bytes(&digest.to_bytes()).as_ref(), Some(&digest));
                    (block as u32, digest)
                })
                .collect();
            Clusterer::assign_beside(Settings::default(), &digests, &mut Held(&all, before), id, profile).unwrap()
        });
        let assigned = all.assign(id, profile);
        (moved, joined) = (moved + assigned.moved.len(), joined + usize::from(!assigned.opened));
        if let Some(beside) = beside {
            assert_eq!(beside, assigned, "report {n}");
        }
    }
    assert!(moved > 20 && joined > 300, "{moved} {joined}");
}

#[test]
fn a_digest_of_other_bytes_is_none() {
    let bytes = Digest::of([(3, &profile(FERRY[0], None))]).to_bytes();
    assert_eq!(Digest::from_bytes(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Digest::from_bytes(&[[0].as_slice(), &bytes[1..]].concat()), None, "another form");
}

#[test]
fn what_people_moved_stays() {
    let reports = both();
    let (mut clusterer, assigned) = stream(&reports);
    let (moved, ferry) = (ReportId::new("ferry1"), assigned[0].story.clone());
    let own = clusterer.move_out(&moved).unwrap().to;
    assert_eq!(clusterer.reports(&own), [&moved]);

    // Neither a new version of it nor a report that draws the nearest to its story brings it back.
    let (_, its_profile) = reports.iter().find(|(id, _)| *id == moved).unwrap();
    assert_eq!(clusterer.assign(&moved, its_profile).story, own);
    let copy = clusterer.assign(&ReportId::new("copy"), &profile(FERRY[0], Some(first_day())));
    assert_eq!(copy.story, ferry);
    assert_eq!(clusterer.story_of(&moved), Some(&own));

    let mut all = kept(&clusterer, &reports);
    all.iter_mut().filter(|k| k.report == moved).for_each(|k| k.taken_from = Some(ferry.clone()));
    let mut restored = Clusterer::restore(Settings::default(), all);
    assert_eq!(restored.assign(&moved, its_profile).story, own);
}

#[test]
fn the_report_that_opened_a_story_can_be_moved_out_of_it() {
    let (mut clusterer, assigned) = stream(&both());
    let (first, ferry) = (ReportId::new("ferry0"), assigned[0].story.clone());
    let own = clusterer.move_out(&first).unwrap().to;
    assert_ne!(own, ferry);
    assert_eq!(clusterer.reports(&ferry).len(), 3);
    assert_eq!(clusterer.move_to(&first, &ferry).unwrap().from, own);
    assert_eq!(clusterer.stories().count(), 2);
}

#[test]
fn stories_are_merged_and_reports_forgotten() {
    let (mut clusterer, assigned) = stream(&both());
    let (ferry, observatory) = (assigned[0].story.clone(), assigned[1].story.clone());
    assert_eq!(clusterer.merge(&observatory, &ferry).len(), 3);
    assert_eq!(clusterer.stories().collect::<Vec<_>>(), [&ferry]);
    let all: Vec<ReportId> = clusterer.reports(&ferry).into_iter().cloned().collect();
    assert!(all.iter().all(|r| clusterer.forget(r)));
    assert!(!clusterer.forget(&all[0]));
    assert_eq!(clusterer.stories().count(), 0);
    // Nothing of them is left.
    let (_, again) = stream(&both());
    let assigned: Vec<Assignment> = both().iter().map(|(id, profile)| clusterer.assign(id, profile)).collect();
    assert_eq!(assigned, again);
}

#[test]
fn a_report_put_wrong_at_first_looks_again() {
    // Alone, the second report has little in common with the first; the third has much with both.
    let mut clusterer = Clusterer::new(Settings { bar: 0.3, ..Settings::default() });
    let day = Some(first_day());
    clusterer.assign(&ReportId::new("a"), &profile(("", "mirror glass bubble cast furnace"), day));
    let second = clusterer.assign(&ReportId::new("b"), &profile(("", "mirror telescope dome winter sorrel"), day));
    assert!(second.opened);
    let third =
        clusterer.assign(&ReportId::new("c"), &profile(("", "mirror telescope dome winter glass bubble cast"), day));
    assert_eq!(third.moved.len(), 1);
    assert_eq!(clusterer.stories().count(), 1);
}

#[test]
fn a_story_is_called_by_its_most_central_title() {
    let (clusterer, assigned) = stream(&both());
    let title = |r: &ReportId| {
        let n: usize = r.as_str().strip_prefix("observatory")?.parse().ok()?;
        Some(OBSERVATORY[n].0.to_owned())
    };
    let label = clusterer.label(&assigned[1].story, title).unwrap();
    assert!(OBSERVATORY.iter().any(|(title, _)| *title == label));
    assert_eq!(clusterer.label(&assigned[0].story, title), None);
}

#[test]
fn a_profile_is_kept_as_bytes_or_digits() {
    for day in [None, Some(first_day())] {
        let profile = profile(FERRY[0], day);
        assert_eq!(profile.day(), day);
        assert_eq!(Profile::from_bytes(&profile.to_bytes()), Some(profile.clone()));
        let digits = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&digits).unwrap(), profile);
    }
    let bytes = profile(FERRY[0], None).to_bytes();
    assert_eq!(Profile::from_bytes(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Profile::from_bytes(&[[0].as_slice(), &bytes[1..]].concat()), None, "an older form");
    assert!(serde_json::from_str::<Profile>("\"01é\"").is_err());
}

#[test]
fn what_stands_on_every_page_is_left_out() {
    let body = "Crews walked out.\n";
    let mut report = Report::plain(ReportId::new("r"), &format!("{body}Subscribe to our gardening newsletter."));
    report.head.passages[1].kind = PassageKind::Boilerplate;
    assert_eq!(Profile::of(&report, None), profile(("", body), None));
}
