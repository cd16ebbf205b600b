//! What the findings let through: which updates are withheld, and the incident as it may be published.
//!
//! Findings withhold only what was never published. What was published stays: words that were edited or deleted come
//! back from the record, whatever the findings say, and so does an incident whose file cannot be read or is gone.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use jiff::Timestamp;

use super::Context;
use super::withheld::{Held, Withheld, concerns, publishes_anyway};
use crate::content::{File, Incident, Surroundings, Update, read_incident};
use crate::diag::Finding;
use crate::text::{Slug, Source};
use crate::timeline::{
    Change, Departure, Piece, RecordLine, assemble, departures, restore, start_of, written_out,
};

/// One incident as it may be published.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub slug: Slug,
    /// Withheld updates left out, edited or deleted published text restored from the record. `None`: nothing of it may
    /// be published yet.
    pub incident: Option<Arc<Incident>>,
    pub withheld: Vec<Withheld>,
    /// Whether words came back from the record: the page says that a statement is being corrected.
    pub restored: bool,
    /// Whether the next statement waits for its findings to be mended.
    pub delayed: bool,
}

/// Judges every incident. Imported history is never withheld; published statements never disappear; drafts are left out.
pub fn verdict(context: &Context<'_>, findings: &[Finding]) -> Vec<Verdict> {
    let judge = Judge::new(context, findings);
    let incidents = context.content.incidents.iter().filter_map(|incident| judge.incident(incident));
    incidents.chain(judge.all_gone()).collect()
}

/// Judges one incident; `findings` are those about it. `None`: a draft.
pub fn verdict_of(context: &Context<'_>, findings: &[Finding], incident: &Arc<Incident>) -> Option<Verdict> {
    Judge::new(context, findings).incident(incident)
}

/// The incidents that readers saw and that no readable file tells of, by slug: as they were published.
pub fn verdict_gone(context: &Context<'_>, findings: &[Finding]) -> Vec<Verdict> {
    Judge::new(context, findings).all_gone()
}

struct Judge<'a> {
    context: &'a Context<'a>,
    /// Findings that withhold, by path.
    by_path: HashMap<&'a str, Vec<&'a Finding>>,
}

impl<'a> Judge<'a> {
    fn new(context: &'a Context<'a>, findings: &'a [Finding]) -> Self {
        let mut by_path: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in findings.iter().filter(|finding| finding.withholds) {
            by_path.entry(&*finding.path).or_default().push(finding);
        }
        Self { context, by_path }
    }

    /// `None`: a draft.
    fn incident(&self, incident: &Arc<Incident>) -> Option<Verdict> {
        if incident.draft {
            return self.gone(&incident.slug);
        }
        let lines: Vec<&RecordLine> = self.context.record.of_incident(incident).collect();
        let departures = departures(incident, self.context.record);
        let held = Held::of(incident, self.findings(&incident.source), &lines, &departures);
        let slug = incident.slug.clone();
        let delayed = held.delays;
        let restored = !departures.is_empty() || held.start && !lines.is_empty();
        let published = if held.start && lines.is_empty() {
            None
        } else if restored {
            Some(self.put_back(incident, &held, &lines, &departures))
        } else {
            Some(leave_out(incident, &held, |translation| self.findings(translation)))
        };
        Some(Verdict { slug, incident: published, withheld: held.withheld, restored, delayed })
    }

    fn all_gone(&self) -> Vec<Verdict> {
        let incidents = &self.context.content.incidents;
        if self.context.record.incidents().all(|slug| self.context.timelines.contains_key(slug)) {
            return Vec::new();
        }
        let known: HashSet<&Slug> =
            incidents.iter().flat_map(|incident| incident.aliases.iter().chain([&incident.slug])).collect();
        let mut gone: Vec<&Slug> =
            self.context.record.incidents().filter(|slug| !known.contains(slug)).collect();
        gone.sort();
        let restored: Vec<Verdict> = gone.into_iter().filter_map(|slug| self.gone(slug)).collect();
        let renamed: HashSet<Slug> = restored
            .iter()
            .filter_map(|verdict| verdict.incident.as_ref())
            .flat_map(|incident| incident.aliases.iter().cloned())
            .collect();
        restored.into_iter().filter(|verdict| !renamed.contains(&verdict.slug)).collect()
    }

    /// An incident without a readable file: as last published, where it was.
    fn gone(&self, slug: &Slug) -> Option<Verdict> {
        let source = restore(slug, self.context.record)?;
        let incident = self.read(&source)?;
        let unreadable = self.context.content.unreadable.iter().find(|(other, _)| other == slug);
        let findings: Vec<Finding> = unreadable
            .and_then(|(_, path)| self.by_path.get(&**path))
            .map(|findings| findings.iter().map(|finding| (*finding).clone()).collect())
            .unwrap_or_default();
        let delayed = !findings.is_empty();
        let withheld =
            if delayed { vec![Withheld { incident: slug.clone(), at: None, findings }] } else { Vec::new() };
        Some(Verdict {
            slug: slug.clone(),
            incident: Some(Arc::new(incident)),
            withheld,
            restored: true,
            delayed,
        })
    }

    fn findings(&self, source: &Source) -> &[&'a Finding] {
        self.by_path.get(&*source.path).map(Vec::as_slice).unwrap_or_default()
    }

    /// The file with published words in their places again.
    fn put_back(
        &self,
        incident: &Arc<Incident>,
        held: &Held,
        lines: &[&RecordLine],
        departures: &[Departure<'_>],
    ) -> Arc<Incident> {
        let mut start = start_of(incident);
        let mut gone: HashSet<Timestamp> = HashSet::new();
        for departure in departures {
            match departure.change {
                Change::Value { .. } | Change::Summary { .. } => {
                    start = departure.line.text.as_deref().unwrap_or(start);
                }
                Change::Edited { .. } | Change::Deleted { .. } => {
                    gone.insert(departure.line.at);
                }
            }
        }
        if held.start {
            let recorded = lines.iter().rev().find(|line| line.statement_kind().is_none());
            start = recorded.and_then(|line| line.text.as_deref()).unwrap_or(start);
        }
        let kept =
            incident.updates.iter().filter(|update| !gone.contains(&update.at) && !held.has(update.at));
        let mut pieces: Vec<Piece<'_>> = kept
            .map(|update| {
                let markdown = update.span.of(incident.text()).to_owned();
                let zone = &self.context.settings.zone;
                Piece { at: update.at, markdown: written_out(update, markdown, zone).into() }
            })
            .collect();
        let published = lines.iter().filter_map(|line| Piece::of(line));
        pieces.extend(published.filter(|piece| gone.contains(&piece.at)));
        let source = Source::new(incident.path().clone(), assemble(start, pieces));
        let as_recorded = || self.read(&restore(&incident.slug, self.context.record)?);
        let Some(mut read) = self.read(&source).or_else(as_recorded) else {
            // What was published could be read once; should that have changed since, the file still stands.
            return leave_out(incident, held, |_| &[]);
        };
        read.slug = incident.slug.clone();
        read.translations.clone_from(&incident.translations);
        Arc::new(read)
    }

    fn read(&self, source: &Source) -> Option<Incident> {
        let file = File::new(source.path.clone(), source.text.as_bytes());
        let around = Surroundings::new(self.context.settings, &self.context.content.registers);
        read_incident(&file, &[], around).value
    }
}

/// The incident without its withheld updates, and without translations that may not be shown.
fn leave_out<'f>(
    incident: &Arc<Incident>,
    held: &Held,
    translation_findings: impl Fn(&Source) -> &'f [&'f Finding],
) -> Arc<Incident> {
    let unfit = |source: &Source, update: &Update| {
        let findings = translation_findings(source);
        findings
            .iter()
            .any(|finding| concerns(finding, update) && !publishes_anyway(&update.comments, finding))
    };
    let any_unfit = incident
        .translations
        .iter()
        .any(|translation| translation.updates.iter().any(|update| unfit(&translation.source, update)));
    let left_out: Vec<Timestamp> = held
        .withheld
        .iter()
        .filter_map(|withheld| withheld.at)
        .filter(|at| has_update(incident, *at))
        .collect();
    if left_out.is_empty() && !any_unfit {
        return incident.clone();
    }
    let mut published = (**incident).clone();
    published.updates.retain(|update| !left_out.contains(&update.at));
    for translation in &mut published.translations {
        let source = translation.source.clone();
        Arc::make_mut(translation).updates.retain(|update| !unfit(&source, update));
    }
    let mut hasher = DefaultHasher::new();
    (incident.fingerprint, &left_out, any_unfit).hash(&mut hasher);
    published.fingerprint = hasher.finish();
    Arc::new(published)
}

fn has_update(incident: &Incident, at: Timestamp) -> bool {
    incident.updates.iter().any(|update| update.at == at)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::config::Settings;
    use crate::content::{self, Committed};
    use crate::lint::{Check, rule};
    use crate::lint::{History, check};
    use crate::timeline::{Inputs, Record, Timeline, publications, timeline};

    const PEOPLE: &str = "[[person]]\nid = \"dana\"\nname = \"Dana Osei\"\nrole = \"Water lead\"\nphone = \"+1 204 555 0117\"\n";
    const SERVICES: &str = "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Water\"\n";
    const PATH: &str = "content/incidents/burst.md";
    const START: &str = "+++\ntitle = \"Burst main\"\nseverity = \"major\"\nservices = [\"water\"]\nowner = \"dana\"\n\
        started = 2026-11-21T13:55:00\nstaff_note = \"Call the mayor\"\n+++\n\nA 40 cm main broke at 13:55.\n";
    const FIRST: &str = "\n## 2026-11-21 14:10 Investigating\n\nAffected: about 1,200 homes, counted from sensors\n\n\
        We closed the drive between 3rd and 5th.\n\n<!-- ask Luis -->\n\n### What you can do\n\nDo not use the washing machine.\n";
    const SECOND: &str = "\n## 2026-11-21 14:30 Identified\n\nThe break is at 4th Street.\n";
    const SOON: &str = "\n## 2026-11-21 14:30 Identified\n\nWe hope to have this resolved shortly.\n";

    fn at(text: &str) -> Timestamp {
        format!("2026-11-21T{text}:00Z").parse().unwrap()
    }

    /// One site whose incident file changes under our hands.
    struct Site {
        settings: Settings,
        record: Record,
    }

    impl Site {
        fn new() -> Self {
            Self { settings: Settings::default(), record: Record::default() }
        }

        fn judge(&self, files: &[(&str, &str)], now: Timestamp) -> Vec<Verdict> {
            self.look(files, now).1
        }

        fn look(&self, files: &[(&str, &str)], now: Timestamp) -> (Vec<Finding>, Vec<Verdict>) {
            let mut all = vec![("content/people.toml", PEOPLE), ("content/services.toml", SERVICES)];
            all.extend(files);
            let files: Vec<File> = all
                .into_iter()
                .map(|(path, text)| File {
                    path: path.into(),
                    bytes: text.as_bytes().into(),
                    committed: Committed::At(now),
                })
                .collect();
            let read = content::read(&files, &self.settings);
            let (content, mut findings) = (read.value, read.findings);
            let timelines =
                content.incidents.iter().map(|i| (i.slug.clone(), Arc::new(self.seen(i, now)))).collect();
            let context = Context {
                settings: &self.settings,
                content: &content,
                timelines: &timelines,
                record: &self.record,
                history: &History::new(&content),
                assets: &[],
                now,
            };
            findings.extend(check(&context));
            let verdicts = verdict(&context, &findings);
            (findings, verdicts)
        }

        fn inputs<'a>(&'a self, incident: &'a Arc<Incident>) -> Inputs<'a> {
            Inputs::of(incident, &self.settings, &self.record, false)
        }

        fn seen(&self, incident: &Arc<Incident>, now: Timestamp) -> Timeline {
            timeline(&self.inputs(incident), now)
        }

        /// Judges, publishes, and shows the only incident's verdict.
        fn publish(&mut self, text: &str, now: &str) -> Verdict {
            let now = at(now);
            let mut verdicts = self.judge(&[(PATH, text)], now);
            let verdict = verdicts.remove(0);
            if let Some(incident) = &verdict.incident {
                let lines = publications(&self.record, [self.inputs(incident)], now);
                lines.into_iter().for_each(|line| self.record.push(line));
            }
            verdict
        }
    }

    /// The markdown of each update that may be published, without headings.
    fn bodies(verdict: &Verdict) -> Vec<&str> {
        let incident = verdict.incident.as_ref().unwrap();
        incident.updates.iter().map(|update| update.body.of(incident.text()).trim()).collect()
    }

    #[test]
    fn a_clean_incident_is_published_as_it_is() {
        let mut site = Site::new();
        let verdict = site.publish(&format!("{START}{FIRST}{SECOND}"), "14:31");
        assert_eq!(bodies(&verdict)[1], "The break is at 4th Street.");
        assert!(verdict.withheld.is_empty() && !verdict.restored && !verdict.delayed);
        let jsonl = site.record.to_jsonl();
        assert_eq!(jsonl.lines().count(), 3);
        assert!(!jsonl.contains("Call the mayor") && !jsonl.contains("ask Luis"), "{jsonl}");
    }

    #[test]
    fn words_that_nobody_can_stand_behind_are_withheld_and_the_rest_is_published() {
        let mut site = Site::new();
        site.publish(&format!("{START}{FIRST}"), "14:11");
        let verdict = site.publish(&format!("{START}{FIRST}{SOON}"), "14:31");
        assert_eq!(bodies(&verdict).len(), 1);
        assert_eq!(verdict.withheld[0].at, Some(at("14:30")));
        assert_eq!(verdict.withheld[0].findings[0].rule, "unbacked-soon");
        assert!(verdict.delayed && !verdict.restored);
        let mended = site.publish(&format!("{START}{FIRST}{SECOND}"), "14:35");
        assert_eq!(bodies(&mended).len(), 2);
        assert!(!mended.delayed);
    }

    #[test]
    fn publish_anyway_overrules_words_but_not_what_is_unsafe() {
        let anyway = "<!-- candor: publish-anyway because the mayor is on air -->";
        let mut site = Site::new();
        let soon = SOON.replace("We hope", &format!("{anyway}\n\nWe hope"));
        assert_eq!(bodies(&site.publish(&format!("{START}{soon}"), "14:31")).len(), 1);
        let script = soon.replace("shortly.", "by 15:00. <script>alert(1)</script>");
        let verdict = Site::new().publish(&format!("{START}{script}"), "14:31");
        assert_eq!((bodies(&verdict).len(), &*verdict.withheld[0].findings[0].rule), (0, "raw-html"));
    }

    #[test]
    fn what_was_published_stays_even_where_a_rule_finds_fault_later() {
        let mut site = Site::new();
        let text = format!("{START}{SOON}");
        let anyway =
            text.replace("We hope", "<!-- candor: publish-anyway because of the flood -->\n\nWe hope");
        site.publish(&anyway, "14:31");
        let verdict = site.publish(&text, "14:40");
        assert_eq!(bodies(&verdict), ["We hope to have this resolved shortly."]);
        assert!(verdict.withheld.is_empty());
    }

    #[test]
    fn edited_and_deleted_words_come_back_and_so_do_values_at_the_start() {
        let mut site = Site::new();
        site.publish(&format!("{START}{FIRST}{SECOND}"), "14:31");
        let record = site.record.to_jsonl();
        for (edited, what) in [
            (format!("{START}{FIRST}{SECOND}").replace("1,200", "1,900"), "a figure"),
            (format!("{START}{FIRST}"), "an update gone"),
            (format!("{START}{FIRST}{SECOND}").replace("\"major\"", "\"minor\""), "the severity"),
            (format!("{START}{FIRST}{SECOND}").replace("40 cm", "20 cm"), "the summary"),
            (format!("{START}{FIRST}{SECOND}").replace("14:30 Identified", "14:33 Identified"), "a time"),
        ] {
            let verdict = site.publish(&edited, "14:40");
            assert!(verdict.restored, "{what}");
            let incident = verdict.incident.as_ref().unwrap();
            assert_eq!(bodies(&verdict)[1], "The break is at 4th Street.", "{what}");
            assert!(incident.text().contains("1,200") && incident.text().contains("40 cm"), "{what}");
            assert_eq!(incident.severity.value.word(), "major", "{what}");
            assert_eq!(incident.updates.len(), 2, "{what}: {:?}", incident.updates.len());
            assert_eq!(site.record.to_jsonl(), record, "{what}: nothing new was said");
        }
        let spelling = format!("{START}{FIRST}{SECOND}").replace("closed the drive", "closed the  Drive");
        assert!(!site.publish(&spelling, "14:41").restored);
    }

    #[test]
    fn an_edit_does_not_hold_back_a_new_update() {
        let mut site = Site::new();
        site.publish(&format!("{START}{FIRST}"), "14:11");
        let edited = format!("{START}{FIRST}{SECOND}").replace("1,200", "1,900");
        let verdict = site.publish(&edited, "14:31");
        assert_eq!(bodies(&verdict).len(), 2);
        assert!(verdict.restored && !verdict.delayed);
        assert!(verdict.incident.unwrap().text().contains("1,200"));
    }

    #[test]
    fn a_file_that_cannot_be_read_or_is_gone_is_shown_as_last_published() {
        let mut site = Site::new();
        let text = format!("{START}{FIRST}{SECOND}");
        let published = site.publish(&text, "14:31").incident.unwrap();
        for files in [vec![(PATH, "+++\ntitle = \"\n+++\n\nBroken.")], vec![]] {
            let verdict = site.judge(&files, at("14:40")).remove(0);
            assert!(verdict.restored);
            let incident = verdict.incident.unwrap();
            assert_eq!(said(&site.seen(&incident, at("14:40"))), said(&site.seen(&published, at("14:40"))));
        }
        let draft = text.replace("severity", "draft = true\nseverity");
        assert!(site.publish(&draft, "14:41").incident.is_some(), "a draft cannot take back what was said");
    }

    /// What readers see of a timeline: everything but spans.
    fn said(timeline: &Timeline) -> String {
        let text = timeline.incident.text();
        let statements = timeline.statements.iter().map(|s| {
            let words = match s.words {
                crate::timeline::Words::Written(index) => {
                    let update = &timeline.incident.updates[index];
                    let sections =
                        update.sections.iter().map(|s| format!("{:?} {}", s.kind, s.body.of(text).trim()));
                    format!(
                        "{} {:?}",
                        update.body.of(text).replace("<!-- ask Luis -->", "").trim(),
                        sections.collect::<Vec<_>>()
                    )
                }
                _ => String::new(),
            };
            let facts = crate::timeline::Facts { actions: None, ..s.facts.clone() };
            format!("{:?} {:?} {} {} {facts:?} {words:?}\n", s.id, s.kind, s.at, s.due.unwrap_or_default())
        });
        let incident = &timeline.incident;
        let start = (&incident.title.value, incident.started.value, incident.summary.of(text).trim());
        format!("{start:?}\n{}", statements.collect::<String>())
    }

    #[test]
    fn drafts_and_what_was_never_fit_are_not_published() {
        let draft = format!("{START}{FIRST}").replace("severity", "draft = true\nseverity");
        assert!(Site::new().judge(&[(PATH, &draft)], at("14:31")).is_empty());
        let below = format!("{START}{FIRST}\n## Draft\n\n{SECOND}");
        assert_eq!(bodies(&Site::new().publish(&below, "14:31")).len(), 1);
        let script = START.replace("A 40 cm", "<script>x</script> A 40 cm");
        let verdict = Site::new().judge(&[(PATH, &format!("{script}{FIRST}"))], at("14:31")).remove(0);
        assert!(verdict.incident.is_none() && verdict.withheld[0].at.is_none());
    }

    #[test]
    fn imported_history_is_never_withheld() {
        let imported = format!("{START}{SOON}").replace("severity", "imported = true\nseverity");
        let verdict = Site::new().publish(&imported, "14:31");
        assert_eq!((bodies(&verdict).len(), verdict.withheld.len()), (1, 0));
        let incident = verdict.incident.unwrap();
        let finding = Finding {
            withholds: true,
            ..Finding::error("any", incident.path(), incident.title.span, "", "")
        };
        assert!(Held::of(&incident, &[&finding], &[], &[]).withheld.is_empty());
    }

    #[test]
    fn what_candor_says_by_itself_passes_its_own_rules() {
        use crate::timeline::{Voice, follow_up, holding, next_slot};
        let contact = crate::config::Contact { phone: "+1 204 555 0100".to_owned(), ..Default::default() };
        let passing = "Expected fix: 14:35, because the pipe is here\n\n";
        let known =
            FIRST.replace("We closed", &format!("{passing}We closed")).replace("\n\nExpected", "\nExpected");
        let over = "\n## 2026-11-21 16:00 Resolved\n\nWater is back in every home.\n";
        for (text, now, delayed) in [
            (format!("{START}{known}"), "14:39", false),
            (format!("{START}{known}"), "17:12", false),
            (format!("{START}{FIRST}"), "14:39", true),
            (format!("{START}{FIRST}{over}"), "16:00", false),
        ] {
            let mut site = Site::new();
            site.settings.contact = contact.clone();
            let published = site.publish(&text, "14:11").incident.unwrap();
            let now = if text.ends_with(over) { at(now) + SignedDuration::from_hours(72) } else { at(now) };
            let inputs = Inputs { delayed, ..site.inputs(&published) };
            let seen = timeline(&inputs, now);
            let registers = content::Registers::default();
            let voice = Voice::of(&site.settings, &registers);
            let said = match next_slot(&seen, &inputs) {
                Some(slot) => holding::compose(&seen, &slot, &voice).text,
                None => follow_up::compose(&seen, &inputs, &voice).unwrap().text,
            };
            let heading = now.strftime("%Y-%m-%d %H:%M");
            let spoken = format!("{START}\n## {heading} Identified\n\n{said}");
            let (findings, _) = site.look(&[("content/incidents/spoken.md", &spoken)], now);
            let wrong: Vec<&Finding> = findings
                .iter()
                // What an incident must carry, this file of one update cannot.
                .filter(|finding| {
                    let structure =
                        rule(&finding.rule).is_some_and(|rule| matches!(rule.check, Check::Structure(_)));
                    finding.path.ends_with("spoken.md") && !structure
                })
                .collect();
            assert!(wrong.is_empty(), "{said}\n{wrong:#?}");
        }
    }
}
