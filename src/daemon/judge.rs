//! Files to content, timelines, findings and verdicts: the same first steps for `check`, `build` and `run`.
//!
//! What one file says is read again only when its bytes changed, and an incident is judged again only when its words,
//! its record, the clock or an incident like it say so: a save among ten thousand files costs about one file.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;

use super::in_order::InOrder;
use crate::config::Settings;
use crate::content::{self, Content, File, Incident, Memory};
use crate::diag::{Finding, Level};
use crate::lint::{self, Context, Difference, History, SetAside, Verdict};
use crate::text::{Fingerprint, Slug};
use crate::timeline::{Inputs, Record, Timeline, timeline};

/// What the files say, and what may be published of it.
#[derive(Clone, Debug)]
pub struct Judgement {
    pub content: Content,
    /// As written, published or not, by start.
    pub timelines: Vec<Arc<Timeline>>,
    pub by_slug: Arc<HashMap<Slug, Arc<Timeline>>>,
    /// What the files know of one another.
    pub history: Arc<History>,
    cases: Vec<Arc<Case>>,
    /// Findings of reading, and those about no incident.
    read: Vec<Finding>,
    rest: Vec<Finding>,
    /// Of the incidents that readers saw and that no file tells of.
    gone: Vec<Verdict>,
    /// What authors silenced, and what they publish all the same.
    pub set_aside: Vec<SetAside>,
}

impl Judgement {
    /// Every incident of which something may be published, and whether its next statement waits for a mend.
    pub fn publishable(&self) -> impl Iterator<Item = (&Arc<Incident>, bool)> {
        self.verdicts().filter_map(|verdict| Some((verdict.incident.as_ref()?, verdict.delayed)))
    }

    /// Each incident as it may be published.
    pub fn verdicts(&self) -> impl Iterator<Item = &Verdict> {
        self.cases.iter().filter_map(|case| case.verdict.as_ref()).chain(&self.gone)
    }

    /// Of reading and of rules, in stable order.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.unordered().cloned().collect();
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        findings
    }

    /// How many findings at error level there are.
    pub fn errors(&self) -> usize {
        self.unordered().filter(|finding| finding.level == Level::Error).count()
    }

    /// Takes in what was found elsewhere.
    pub(super) fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.rest.extend(findings);
    }

    fn unordered(&self) -> impl Iterator<Item = &Finding> {
        let of_rules = self.cases.iter().flat_map(|case| &case.findings);
        self.read.iter().chain(of_rules).chain(&self.rest)
    }

    /// Lets go of the timelines as written, where nothing will be judged again.
    pub(super) fn settle(&mut self) {
        self.read = self.unordered().cloned().collect();
        self.gone = self.verdicts().cloned().collect();
        self.rest.clear();
        self.cases.clear();
        (self.timelines, self.by_slug) = Default::default();
    }

    /// Incidents whose words came back from the record, with their path: the page says that a statement is being
    /// corrected.
    pub fn corrected(&self) -> Vec<(Slug, Arc<str>)> {
        let restored = self.verdicts().filter(|verdict| verdict.restored);
        restored
            .filter_map(|verdict| Some((verdict.slug.clone(), verdict.incident.as_ref()?.path().clone())))
            .collect()
    }
}

/// Reads and judges files, and remembers what has not changed.
#[derive(Debug, Default)]
pub(super) struct Judge {
    memory: Memory,
    settings: Option<Settings>,
    cases: InOrder<Arc<Case>>,
    timelines: Timelines,
    history: Option<Arc<History>>,
    /// Of the addresses that links may lead to.
    addresses: u64,
    /// Of the last judgement.
    listed: Vec<Arc<Timeline>>,
    by_slug: Arc<HashMap<Slug, Arc<Timeline>>>,
}

/// One incident as it was judged.
#[derive(Debug)]
struct Case {
    incident: Arc<Incident>,
    timeline: Arc<Timeline>,
    /// The day on which it was judged, in the site's zone: findings name a time of the same day without its date.
    day: Date,
    findings: Vec<Finding>,
    set_aside: Vec<SetAside>,
    verdict: Option<Verdict>,
}

/// Timelines that still hold: of the same incident, with as many lines in the record, before the clock changes them.
#[derive(Debug, Default)]
pub(super) struct Timelines {
    kept: InOrder<(usize, Arc<Timeline>)>,
    /// Lines in the whole record: it only grows, so where it has as many, each incident has.
    lines: usize,
}

/// Reads and judges files once.
pub(super) fn judge(files: &[File], settings: &Settings, record: &Record, now: Timestamp) -> Judgement {
    Judge::default().judge(files, settings, record, now)
}

impl Judge {
    pub(super) fn judge(
        &mut self,
        files: &[File],
        settings: &Settings,
        record: &Record,
        now: Timestamp,
    ) -> Judgement {
        if self.settings.as_ref() != Some(settings) {
            *self = Self { settings: Some(settings.clone()), ..Self::default() };
        }
        let content::Read { value: content, findings } =
            content::read_again(files, settings, &mut self.memory);
        let all: Vec<_> =
            content.incidents.iter().map(|incident| Inputs::of(incident, settings, record, false)).collect();
        let timelines = self.timelines.at(&all, now);
        self.list(&timelines);
        let by_slug = self.by_slug.clone();
        let old_history = self.history.take();
        let history = Arc::new(History::again(&content, old_history.as_deref()));
        let context = Context {
            settings,
            content: &content,
            timelines: &by_slug,
            record,
            history: &history,
            assets: &[],
            now,
        };
        let news = old_history.map(|old| history.difference(&old)).unwrap_or_default();

        let addresses = addresses(&content);
        let moved = std::mem::replace(&mut self.addresses, addresses) != addresses;

        let mut read: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in &findings {
            read.entry(&*finding.path).or_default().push(finding);
        }
        let today = context.today();
        let old = self.cases.of(content.incidents.iter().map(|incident| &incident.slug));
        let cases: Vec<Arc<Case>> = content
            .incidents
            .par_iter()
            .zip(&timelines)
            .zip(old)
            .map(|((incident, timeline), old)| match old {
                Some(case)
                    if case.still_holds(incident, timeline, today, &news) && !(moved && links(incident)) =>
                {
                    case.clone()
                }
                _ => Arc::new(Case::judge(&context, incident, timeline, &read)),
            })
            .collect();
        let gone = lint::verdict_gone(&context, &findings);
        let rest = lint::check_rest(&context);
        let set_aside = cases.iter().flat_map(|case| case.set_aside.iter().cloned()).collect();
        self.cases = cases.iter().map(|case| (case.incident.slug.clone(), case.clone())).collect();
        self.history = Some(history.clone());
        Judgement { content, timelines, by_slug, history, cases, read: findings, rest, gone, set_aside }
    }

    /// Brings the list by slug up to date: mostly one timeline is another.
    fn list(&mut self, timelines: &[Arc<Timeline>]) {
        let same = |(old, new): (&Arc<Timeline>, &Arc<Timeline>)| old.incident.slug == new.incident.slug;
        let changed = |(old, new): &(&Arc<Timeline>, &Arc<Timeline>)| !Arc::ptr_eq(old, new);
        let changed: Vec<_> = self.listed.iter().zip(timelines).filter(changed).collect();
        if self.listed.len() == timelines.len() && changed.iter().copied().all(same) {
            let by_slug = Arc::make_mut(&mut self.by_slug);
            by_slug.extend(changed.into_iter().map(|(_, new)| (new.incident.slug.clone(), new.clone())));
        } else {
            let all = timelines.iter().map(|timeline| (timeline.incident.slug.clone(), timeline.clone()));
            self.by_slug = Arc::new(all.collect());
        }
        self.listed = timelines.to_vec();
    }
}

/// Known by: where incidents and pages are, and were.
fn addresses(content: &Content) -> u64 {
    let mut addresses = Fingerprint::default();
    for incident in &content.incidents {
        addresses.add(&(&incident.slug, &incident.aliases, incident.is_maintenance()));
    }
    content.pages.iter().for_each(|page| {
        addresses.add(&page.slug);
    });
    addresses.finish()
}

/// Whether an incident may hold a link.
fn links(incident: &Incident) -> bool {
    let sources = incident.translations.iter().map(|translation| &translation.source);
    let marks = ["](", "]:", "<http"];
    sources.chain([&incident.source]).any(|source| marks.iter().any(|mark| source.text.contains(mark)))
}

impl Case {
    fn judge(
        context: &Context<'_>,
        incident: &Arc<Incident>,
        timeline: &Arc<Timeline>,
        read: &HashMap<&str, Vec<&Finding>>,
    ) -> Self {
        let lint::Judged { findings, silenced: mut set_aside } = lint::check_incident(context, incident);
        let sources =
            incident.translations.iter().map(|translation| &translation.source).chain([&incident.source]);
        let of_reading = sources.filter_map(|source| read.get(&*source.path)).flatten();
        let all: Vec<Finding> =
            of_reading.map(|finding| (*finding).clone()).chain(findings.iter().cloned()).collect();
        set_aside.extend(lint::overruled(incident, &all));
        let verdict = lint::verdict_of(context, &all, incident);
        let (incident, timeline) = (incident.clone(), timeline.clone());
        Self { incident, timeline, day: context.today(), findings, set_aside, verdict }
    }

    /// Rules that look at the clock judge anew while anything can still come due or waits to be published, those that look
    /// at the site's history where it is another. A fix may write down the time, so a finding with one is made anew.
    fn still_holds(
        &self,
        incident: &Arc<Incident>,
        timeline: &Arc<Timeline>,
        today: Date,
        news: &Difference,
    ) -> bool {
        self.day == today
            && Arc::ptr_eq(&self.incident, incident)
            && Arc::ptr_eq(&self.timeline, timeline)
            && timeline.wake.is_none()
            && self.verdict.as_ref().is_none_or(|verdict| verdict.withheld.is_empty())
            && self.findings.iter().all(|finding| finding.fix.is_none())
            && !news.touches(incident)
    }
}

impl Timelines {
    /// The timelines of some incidents at `now`, in the order given; the others are forgotten.
    pub(super) fn at(&mut self, all: &[Inputs<'_>], now: Timestamp) -> Vec<Arc<Timeline>> {
        let known = self.known(all, now);
        let made: Vec<(usize, Arc<Timeline>)> = all
            .par_iter()
            .zip(known)
            .map(|(inputs, known)| match known {
                Some((lines, timeline)) => (*lines, timeline.clone()),
                None => (lines(inputs), Arc::new(timeline(inputs, now))),
            })
            .collect();
        let timelines = made.iter().map(|(_, timeline)| timeline.clone()).collect();
        self.lines = all.first().map_or(0, |inputs| inputs.record.lines().len());
        self.kept = made.into_iter().map(|made| (made.1.incident.slug.clone(), made)).collect();
        timelines
    }

    /// Those of which something may be new to say since they were last looked at: a timeline that holds holds nothing
    /// unsaid.
    pub(super) fn news<'a>(&self, all: Vec<Inputs<'a>>, now: Timestamp) -> Vec<Inputs<'a>> {
        let known = self.known(&all, now);
        let is_new = |known: &Option<&(usize, Arc<Timeline>)>| {
            known.is_none_or(|(_, timeline)| {
                timeline.statements.iter().any(|said| said.published_at.is_none())
            })
        };
        let new: Vec<bool> = known.iter().map(is_new).collect();
        all.into_iter().zip(new).filter(|(_, new)| *new).map(|(inputs, _)| inputs).collect()
    }

    /// For each, what holds of it.
    fn known(&self, all: &[Inputs<'_>], now: Timestamp) -> Vec<Option<&(usize, Arc<Timeline>)>> {
        let grown = all.first().is_some_and(|inputs| inputs.record.lines().len() != self.lines);
        let kept = self.kept.of(all.iter().map(|inputs| &inputs.incident.slug));
        let holds = |inputs: &Inputs<'_>, (known, timeline): &(usize, Arc<Timeline>)| {
            holds(timeline, inputs, now) && (!grown || *known == lines(inputs))
        };
        kept.into_iter().zip(all).map(|(kept, inputs)| kept.filter(|kept| holds(inputs, kept))).collect()
    }
}

/// How many lines the record has of an incident.
fn lines(inputs: &Inputs<'_>) -> usize {
    inputs.record.of_incident(inputs.incident).count()
}

fn holds(timeline: &Timeline, inputs: &Inputs<'_>, now: Timestamp) -> bool {
    Arc::ptr_eq(&timeline.incident, inputs.incident)
        && timeline.delayed == inputs.delayed
        && timeline.now <= now
        && timeline.wake.is_none_or(|wake| now < wake)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICES: &str = "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Water\"\n";

    fn burst(day: &str, title: &str, words: &str) -> File {
        let text = format!(
            "+++\ntitle = \"{title}\"\nseverity = \"major\"\nservices = [\"water\"]\nstarted = 2026-{day}T08:00:00Z\n+++\n\n\
             ## 2026-{day} 10:00 Resolved\n\n{words}\n"
        );
        File::new(format!("content/incidents/burst-{day}.md"), text.into_bytes())
    }

    #[test]
    fn what_is_remembered_is_what_a_new_look_says_when_a_neighbour_changes() {
        let mut settings = Settings::default();
        settings.lint.levels.insert("scripted-update".to_owned(), crate::diag::Level::Warning);
        let days = ["02-03", "02-13", "02-23", "03-04"];
        let words = "We fixed the break in the street.";
        let all = |title: &str, words: &str| -> Vec<File> {
            let first =
                [File::new("content/services.toml", SERVICES.as_bytes()), burst(days[0], title, words)];
            let rest = days[1..]
                .iter()
                .map(|day| burst(day, "Burst in Norwood", "We fixed the break in the street."));
            first.into_iter().chain(rest).collect()
        };
        let whole = all("Burst in Norwood", words);
        let gone: Vec<File> = whole.iter().take(1).chain(&whole[2..]).cloned().collect();
        let steps = [
            whole.clone(),
            gone,
            whole.clone(),
            all("Late on line 14", words),
            whole.clone(),
            all("Burst in Norwood", "A crew from Mill Lane put a new pipe there."),
            whole,
        ];
        let (now, record) = ("2026-06-01T00:00:00Z".parse().unwrap(), Record::default());
        let mut remembering = Judge::default();
        let mut seen = std::collections::HashSet::new();
        for files in &steps {
            let found = remembering.judge(files, &settings, &record, now).findings();
            assert_eq!(found, judge(files, &settings, &record, now).findings());
            let of_history =
                |finding: &&Finding| ["scripted-update", "repeat-unacknowledged"].contains(&&*finding.rule);
            let told: Vec<_> =
                found.iter().filter(of_history).map(|f| (f.path.clone(), f.message.clone())).collect();
            seen.insert(told);
        }
        assert!(seen.len() >= 3, "the steps differ in what history says: {seen:?}");
    }

    #[test]
    fn a_link_is_judged_again_when_what_it_leads_to_comes_or_goes() {
        let services = File::new("content/services.toml", SERVICES.as_bytes());
        let linking = burst("02-03", "Burst in Norwood", "See [the next one](/incidents/burst-02-13/).");
        let without = vec![services, linking];
        let mut with = without.clone();
        with.push(burst("02-13", "Late on line 14", "It runs."));
        let (now, record) = ("2026-06-01T00:00:00Z".parse().unwrap(), Record::default());
        let mut judge = Judge::default();
        let dead = [&without, &with, &without].map(|files| {
            let found = judge.judge(files, &Settings::default(), &record, now).findings();
            found.iter().filter(|finding| finding.rule == "dead-link").count()
        });
        assert_eq!(dead, [1, 0, 1]);
    }
}
