//! One turn of the loop: read, judge, publish what is new and what the clock asks for, build.
//!
//! The order matters. A statement is in the books before a page or a mail shows it, so what is shown was published.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::judge::{Judge, Judgement, Timelines};
use super::{House, Place, Problem, Publisher, Said, Works};
use crate::config::{Settings, read_settings};
use crate::content::{File, Incident};
use crate::diag::Finding;
use crate::disk::Report;
use crate::lint::Withheld;
use crate::site::View;
use crate::text::{Slug, Source};
use crate::timeline::{Inputs, Timeline, Voice, follow_up, holding, next_slot, publications};

/// What came of a turn.
#[derive(Debug)]
pub struct Turn {
    /// As published: `candor.toml` of the published files.
    pub settings: Settings,
    pub now: Timestamp,
    pub judgement: Judgement,
    /// Each published incident as it stands, by start.
    pub timelines: Vec<Arc<Timeline>>,
    /// What was said in this turn.
    pub said: Vec<Said>,
    pub report: Report,
    /// When something will be due without any file changing; `None`: never.
    pub wake: Option<Timestamp>,
}

impl Turn {
    /// Updates that wait for a mend, with the file that they are in.
    pub fn withheld(&self) -> impl Iterator<Item = (&str, &Withheld)> {
        self.judgement.verdicts().flat_map(|verdict| &verdict.withheld).map(|withheld| {
            let path = withheld.findings.first().map_or(withheld.incident.as_str(), |finding| &*finding.path);
            (path, withheld)
        })
    }

    pub fn timeline(&self, slug: &Slug) -> Option<&Arc<Timeline>> {
        self.timelines.iter().find(|timeline| timeline.incident.slug == *slug)
    }
}

impl Works {
    /// Does what is due at `now`.
    pub fn turn(&mut self, now: Timestamp) -> Result<Turn, Problem> {
        let published = self.sources.take(now)?;
        let (settings, settings_findings) = published_settings(&published.files, &self.place);
        let mut judgement = self.judge.judge(&published.files, &settings, self.publisher.record(), now);
        judgement.add(published.findings);
        judgement.add(settings_findings);
        judgement.add(self.builder.dress(&published.files, &settings.theme.name).iter().cloned());
        judgement.add(self.builder.theme().logo(&settings.theme.logo).err().map(|finding| *finding));

        if self.once {
            self.judge = Judge::default();
            judgement.settle();
        }
        let said = speak(&mut self.publisher, &mut self.timelines, &settings, &judgement, now)?;
        let timelines = timelines(&mut self.timelines, &settings, &judgement, &self.publisher, now);
        self.refuse_loss()?;
        let view = View {
            settings: &settings,
            registers: &judgement.content.registers,
            pages: &judgement.content.pages,
            timelines: &timelines,
            unreadable: &judgement.corrected(),
            set_aside: &judgement.set_aside,
            record: self.publisher.record(),
            commit: self.sources.commit(),
            now,
            preview: false,
        };
        let report = self.builder.build(&view)?;
        let wake = timelines.iter().filter_map(|timeline| timeline.wake);
        let wake = wake.chain(published.wake).chain(next_day(&settings.zone, now)).min();
        Ok(Turn { settings, now, judgement, timelines, said, report, wake })
    }
}

/// When the next day begins: the charts of past days move by one.
fn next_day(zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    Some(now.to_zoned(zone.clone()).tomorrow().ok()?.start_of_day().ok()?.timestamp())
}

/// Publishes what was written, then what nobody wrote and the clock asks for.
pub(super) fn speak(
    publisher: &mut Publisher,
    held: &mut Timelines,
    settings: &Settings,
    judgement: &Judgement,
    now: Timestamp,
) -> Result<Vec<Said>, Problem> {
    let incidents: HashMap<Slug, Arc<Incident>> =
        judgement.publishable().map(|(incident, _)| (incident.slug.clone(), incident.clone())).collect();
    let house = House { settings, registers: &judgement.content.registers, incidents: &incidents };
    let lines = {
        let record = publisher.record();
        let written = judgement
            .publishable()
            .map(|(incident, delayed)| Inputs::of(incident, settings, record, delayed));
        publications(record, held.news(written.collect(), now), now)
    };
    let mut said = publisher.publish(house, lines)?;
    let voice = Voice::of(settings, &judgement.content.registers);
    for timeline in timelines(held, settings, judgement, publisher, now) {
        let composed = {
            let inputs = Inputs::of(&timeline.incident, settings, publisher.record(), timeline.delayed);
            let slot = next_slot(&timeline, &inputs);
            let holding = slot.map(|slot| holding::compose(&timeline, &slot, &voice));
            holding.or_else(|| follow_up::compose(&timeline, &inputs, &voice))
        };
        if let Some(entry) = composed {
            said.extend(publisher.compose(house, entry)?);
        }
    }
    Ok(said)
}

/// The timelines of everything published, with what has just been said.
fn timelines(
    held: &mut Timelines,
    settings: &Settings,
    judgement: &Judgement,
    publisher: &Publisher,
    now: Timestamp,
) -> Vec<Arc<Timeline>> {
    let record = publisher.record();
    let all: Vec<_> = judgement
        .publishable()
        .map(|(incident, delayed)| Inputs::of(incident, settings, record, delayed))
        .collect();
    held.at(&all, now)
}

/// The settings that count are the published ones; before there are any, those in the folder.
pub(super) fn published_settings(files: &[File], place: &Place) -> (Settings, Vec<Finding>) {
    let file = files.iter().find(|file| &*file.path == "candor.toml");
    match file.and_then(|file| file.bytes.text()) {
        Some(text) => read_settings(&Source::new("candor.toml", text.clone())),
        None => (place.settings.clone(), Vec::new()),
    }
}
