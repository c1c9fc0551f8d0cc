//! A small story written for these tests, with its record made by hand: two valleys bargain over a weir.

use rapporteur_schema::*;

/// A record that grows report by report.
pub struct Story {
    pub reports: Vec<Report>,
    pub record: Record,
}

/// What one report is given as.
pub struct GivenReport<'a> {
    pub source: &'a str,
    pub outlet: Option<&'a str>,
    pub published: Option<(&'a str, Basis)>,
    pub title: Option<&'a str>,
    pub url: Option<&'a str>,
    pub text: &'a str,
}

impl Story {
    pub fn new() -> Self {
        let record = Record {
            schema: SCHEMA.into(),
            made_with: MadeWith { version: "0.1.0".into(), model: None },
            reports: vec![],
            entities: vec![],
            dates: vec![],
            statements: vec![],
            utterances: vec![],
            meetings: vec![],
            proposals: vec![],
            issues: vec![],
            positions: vec![],
            conditions: vec![],
            discrepancies: vec![],
            claims: vec![],
            lead: vec![],
            only_in: vec![],
            reuse: vec![],
            origins: vec![],
            corrections: vec![],
            left_out: vec![],
            unread: vec![],
            cut: vec![],
        };
        Story { reports: vec![], record }
    }

    pub fn report(&mut self, given: GivenReport<'_>) {
        let mut report = Report::plain(ReportId::new(format!("r{}", self.reports.len() + 1)), given.text);
        report.head.source = given.source.into();
        report.head.outlet = given.outlet.map(Into::into);
        report.head.url = given.url.map(Into::into);
        report.head.title = given.title.map(Into::into);
        report.head.published = given.published.map(|(date, _)| date.parse().unwrap());
        report.head.published_basis = given.published.map(|(_, basis)| basis);
        self.record.reports.push(report.head.clone());
        self.reports.push(report);
    }

    /// Cites the first place where these words stand in a report (1, 2, …).
    pub fn cite(&self, report: usize, words: &str) -> Citation {
        let report = &self.reports[report - 1];
        let at = report.text.as_str().find(words).unwrap_or_else(|| panic!("{words:?} in {}", report.head.source));
        report.cite_bytes(at..at + words.len()).unwrap()
    }

    pub fn entity(&mut self, kind: EntityKind, name: &str, forms: &[(&str, &[usize])]) -> EntityId {
        let id = EntityId::new(format!("e{}", self.record.entities.len() + 1));
        let form = |(form, reports): &(&str, &[usize])| NameForm {
            form: (*form).into(),
            reports: reports.iter().map(|n| ReportId::new(format!("r{n}"))).collect(),
        };
        let names = forms.iter().map(form).collect();
        let (offices, mentions, iso3166) = (vec![], vec![], None);
        self.record.entities.push(Entity {
            id: id.clone(),
            kind,
            name: name.into(),
            iso3166,
            names,
            offices,
            mentions,
        });
        id
    }

    /// A sentence of the lead.
    pub fn tell(&mut self, report: usize, words: &str, day: Option<&str>, confidence: f32, claim: Option<&ClaimId>) {
        let others = self.record.claims.iter().find(|c| Some(&c.id) == claim).map(|c| c.spans.clone());
        let span = self.cite(report, words);
        let also = others.into_iter().flatten().map(|c| c.report().clone()).filter(|r| r != span.report()).collect();
        let (date, claim) = (day.map(|d| d.parse().unwrap()), claim.cloned());
        let (by, why) = (Rule::new("lead/ranked"), vec![]);
        self.record.lead.push(LeadSentence { span, date, claim, also, by, confidence, why });
    }

    /// How a party stands, found by this rule.
    pub fn stands(&mut self, party: &EntityId, stance: Stance, on: &str, rule: &'static str, at: Citation) {
        let (party, on, by) = (party.clone(), on.to_owned(), vec![Rule::new(rule)]);
        self.record.positions.push(Position {
            party,
            on,
            stance,
            date: None,
            by,
            confidence: None,
            evidence: Evidence::of(at),
        });
    }

    pub fn office(&mut self, entity: &EntityId, title: &str, of: Option<&EntityId>, at: Citation) {
        let office = Office { title: title.into(), of: of.cloned(), evidence: Evidence::of(at) };
        self.record.entities.iter_mut().find(|e| e.id == *entity).unwrap().offices.push(office);
    }

    pub fn said(
        &mut self,
        report: usize,
        mode: Mode,
        speaker: Option<&EntityId>,
        by: Option<&str>,
        words: &str,
    ) -> StatementId {
        let id = StatementId::new(format!("s{}", self.record.statements.len() + 1));
        let statement = Statement {
            by: Rule::default(),
            id: id.clone(),
            report: ReportId::new(format!("r{report}")),
            mode,
            speaker: speaker.cloned(),
            speaker_span: by.map(|by| self.cite(report, by)),
            cue: None,
            content: self.cite(report, words),
            audience: None,
            medium: None,
            via: None,
            date: None,
            utterance: None,
            confidence: None,
        };
        self.record.statements.push(statement);
        id
    }

    pub fn same(&mut self, relation: Relation, text: &str, statements: &[&StatementId]) {
        let id = UtteranceId::new(format!("u{}", self.record.utterances.len() + 1));
        let mut speaker = None;
        for s in &mut self.record.statements {
            if statements.contains(&&s.id) {
                s.utterance = Some(id.clone());
                speaker = speaker.or(s.speaker.clone());
            }
        }
        let statements = statements.iter().map(|&s| s.clone()).collect();
        self.record.utterances.push(Utterance { id, speaker, relation, text: text.into(), statements });
    }
}

/// Four outlets on the talks about a weir: words cut, changed and put in brackets; a name in two spellings; one report
/// undated, one whose words hold what would break a page or steer a terminal.
pub fn weir() -> Story {
    let mut story = Story::new();
    story.report(GivenReport {
        source: "weir/herald.txt",
        outlet: Some("Tesk Herald"),
        published: Some(("2031-03-04", Basis::Given)),
        title: Some("Weir stays open for spring, minister says"),
        url: Some("https://herald.example/2031/weir"),
        text: "Water Minister Mira Orlan of Tesk met the Ulm delegation in Brenn on Monday. “We found a shared \
               reading of the core terms of the sluice plan, and the weir stays open until the snow has \
               melted,” Orlan said. Her counterpart Anton Valdis spoke of “a good day”. Tesk would sign only if \
               Ulm paid for the gates, she added. The plan has 12 points.",
    });
    story.report(GivenReport {
        source: "weir/ulm-post.txt",
        outlet: Some("Ulm Post"),
        published: Some(("2031-03-05", Basis::Stated)),
        title: Some("Talks in Brenn end with a plan of about a dozen points, and many questions"),
        url: None,
        text: "\"We found a shared reading of the key terms of the [Brenn] sluice plan,\" Mira Orlan said. \
               Anton Valdys called it \"a good day\". The ministry's spokesman said the gates were nobody's gift. \
               The plan, he said, has about ten points.",
    });
    story.report(GivenReport {
        source: "weir/000_a864913086c6f5ba7788.txt",
        outlet: None,
        published: None,
        title: None,
        url: None,
        text: "Orlan spoke of \"a shared reading\". \"Nobody is going home thirsty,\" a delegate told this \
               reporter. <script>alert(1)</script> & *others* | said \u{1b}[31mnothing\u{1b}[0m.",
    });
    story.report(GivenReport {
        source: "weir/shuiwen.txt",
        outlet: Some("水文日报"),
        published: Some(("2031-03-05", Basis::Inferred)),
        title: Some("双方在布伦就水闸计划达成共识"),
        url: None,
        text: "“我们就水闸计划的核心条款达成了共识，在积雪融化之前，堰将保持开放，双方还将继续就闸门费用的分担问题进行磋商。”奥兰说。",
    });

    let tesk = story.entity(EntityKind::Country, "Tesk", &[("Tesk", &[1])]);
    let orlan = story.entity(EntityKind::Person, "Mira Orlan", &[("Mira Orlan", &[1, 2]), ("Orlan", &[1, 3])]);
    let valdis = story.entity(EntityKind::Person, "Anton Valdis", &[("Anton Valdis", &[1]), ("Anton Valdys", &[2])]);
    let brenn = story.entity(EntityKind::Place, "Brenn", &[("Brenn", &[1, 2])]);
    let ulm = story.entity(EntityKind::Group, "Ulm delegation", &[("Ulm delegation", &[1])]);
    let ulm_party = ulm.clone();
    let aolan = story.entity(EntityKind::Person, "奥兰", &[("奥兰", &[4])]);
    let at = story.cite(1, "Water Minister");
    story.office(&orlan, "Water Minister", Some(&tesk), at);

    let full = "We found a shared reading of the core terms of the sluice plan, and the weir stays open until \
                the snow has melted";
    let s1 = story.said(1, Mode::Direct, Some(&orlan), Some("Orlan"), full);
    let key = "We found a shared reading of the key terms of the [Brenn] sluice plan";
    let s2 = story.said(2, Mode::Direct, Some(&orlan), Some("Mira Orlan"), key);
    let s3 = story.said(3, Mode::Direct, Some(&orlan), Some("Orlan"), "a shared reading");
    story.same(Relation::Reworded, full, &[&s1, &s2, &s3]);
    let g1 = story.said(1, Mode::Direct, Some(&valdis), Some("Anton Valdis"), "a good day");
    let g2 = story.said(2, Mode::Direct, Some(&valdis), Some("Anton Valdys"), "a good day");
    story.same(Relation::Identical, "a good day", &[&g1, &g2]);
    story.said(1, Mode::Indirect, Some(&orlan), None, "Tesk would sign only if Ulm paid for the gates");
    let by = "The ministry's spokesman";
    story.said(2, Mode::Indirect, None, Some(by), "the gates were nobody's gift");
    story.said(3, Mode::Direct, None, None, "Nobody is going home thirsty");
    let hostile = story.said(
        3,
        Mode::Direct,
        None,
        None,
        "<script>alert(1)</script> & *others* | said \u{1b}[31mnothing\u{1b}[0m",
    );
    story.same(
        Relation::Identical,
        "<script>alert(1)</script> & *others* | said \u{1b}[31mnothing\u{1b}[0m",
        &[&hostile],
    );
    let chinese =
        "我们就水闸计划的核心条款达成了共识，在积雪融化之前，堰将保持开放，双方还将继续就闸门费用的分担问题进行磋商。";
    story.said(4, Mode::Direct, Some(&aolan), Some("奥兰"), chinese);
    story.record.statements[0].medium = Some("at the weir".into());

    let account = |span: Citation, date: &str| MeetingAccount {
        span,
        status: MeetingStatus::Held,
        place: Some(brenn.clone()),
        date: Some(date.parse().unwrap()),
        participants: vec![orlan.clone(), ulm.clone()],
        by: Default::default(),
    };
    let met = account(story.cite(1, "met the Ulm delegation in Brenn on Monday"), "2031-03-03");
    story.record.meetings.push(Meeting {
        id: MeetingId::new("m1"),
        kind: MeetingKind::Talks,
        participants: vec![orlan.clone(), ulm],
        place: Some(brenn),
        date: met.date,
        status: MeetingStatus::Held,
        condition: None,
        manner: Vec::new(),
        accounts: vec![met],
    });
    let (twelve, ten) = (story.cite(1, "12 points"), story.cite(2, "about ten points"));
    let version = |points, approximate, at: &Citation| Version {
        points: Some(points),
        approximate,
        authors: vec![],
        date: None,
        sum: None,
        change: None,
        by: Vec::new(),
        evidence: Evidence::of(at.clone()),
    };
    story.record.proposals.push(Proposal {
        id: ProposalId::new("p1"),
        names: vec!["sluice plan".into()],
        versions: vec![version(12, false, &twelve), version(10, true, &ten)],
    });
    let whole = story.cite(1, "Tesk would sign only if Ulm paid for the gates");
    story.record.conditions.push(Condition {
        what: story.cite(1, "Tesk would sign"),
        only_if: story.cite(1, "Ulm paid for the gates"),
        party: Some(tesk.clone()),
        by: Rule::default(),
        evidence: Evidence::of(whole),
    });
    story.record.discrepancies.push(Discrepancy {
        by: Rule::default(),
        id: DiscrepancyId::new("d1"),
        kind: DiscrepancyKind::Number,
        about: "points in the plan".into(),
        accounts: vec![
            Account { value: "12".into(), evidence: Evidence::of(twelve) },
            Account { value: "about ten".into(), evidence: Evidence::of(ten) },
        ],
    });
    let monday = DateMention { at: story.cite(1, "Monday"), value: Some("2031-03-03".parse().unwrap()), main: true };
    story.record.dates.push(monday);
    let claim = ClaimId::new("k1");
    let spans =
        vec![story.cite(1, "The plan has 12 points."), story.cite(2, "The plan, he said, has about ten points.")];
    let by = Rule::new("claim/pair");
    story.record.claims.push(Claim { id: claim.clone(), by, spans, origins: 2, confidence: 0.9 });
    let met = "Water Minister Mira Orlan of Tesk met the Ulm delegation in Brenn on Monday.";
    story.tell(1, met, Some("2031-03-03"), 0.6, None);
    story.tell(1, "The plan has 12 points.", Some("2031-03"), 0.4, Some(&claim));
    story.tell(3, "Orlan spoke of \"a shared reading\".", None, 0.05, None);
    let at = story.cite(1, "Tesk would sign only if Ulm paid for the gates");
    story.stands(&tesk, Stance::Demands, "Ulm paid for the gates", "position/verb/clause", at);
    let at = story.cite(2, "the gates were nobody's gift");
    story.stands(&ulm_party, Stance::Rejects, "gates", "position/marked", at);
    story
}
