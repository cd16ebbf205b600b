//! `/api/v2/`: what clients of the Statuspage API read, in the site's default language.
//!
//! Clients look at the host's root, whatever the path of the site. Ids are made from the site's own ids and
//! `id_domain`, so they stay for ever. A file changes only when what it says changes: its times are those of
//! statements, never of the build.

mod say;
mod shape;

use super::index::Site;
use super::plan::{Pages, Planned, Write, Writing};
use super::shown::{Phase, Shown};
use crate::diag::Finding;
use say::Speaker;
use shape::Answer;

/// How many incidents, and how many maintenances, a list holds: the latest ones.
const HELD: usize = 50;

/// The files, each with what it holds.
const FILES: &[(&str, Write)] = &[
    ("status.json", |site, _, _| answer(site, |speaker, answer| answer.status = Some(speaker.status()))),
    ("components.json", |site, _, _| {
        answer(site, |speaker, answer| answer.components = Some(speaker.components()))
    }),
    ("incidents.json", |site, _, _| {
        answer(site, |speaker, answer| answer.incidents = Some(speaker.incidents(|_| true)))
    }),
    ("incidents/unresolved.json", |site, _, _| {
        answer(site, |speaker, answer| answer.incidents = Some(speaker.incidents(Phase::is_live)))
    }),
    ("scheduled-maintenances.json", |site, _, _| {
        answer(site, |speaker, answer| answer.scheduled_maintenances = Some(speaker.maintenances(|_| true)))
    }),
    ("scheduled-maintenances/upcoming.json", |site, _, _| {
        answer(site, |speaker, answer| {
            answer.scheduled_maintenances = Some(speaker.maintenances(|phase| phase == Phase::Upcoming));
        })
    }),
    ("scheduled-maintenances/active.json", |site, _, _| {
        answer(site, |speaker, answer| {
            answer.scheduled_maintenances = Some(speaker.maintenances(is_active));
        })
    }),
    ("summary.json", |site, _, _| {
        answer(site, |speaker, answer| {
            answer.components = Some(speaker.components());
            answer.incidents = Some(speaker.incidents(Phase::is_live));
            answer.scheduled_maintenances = Some(speaker.maintenances(Phase::is_live));
            answer.status = Some(speaker.status());
        })
    }),
];

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let mut fingerprint = site.fingerprint(0);
    // All of them: when a component was last spoken of may lie in one that is listed no more.
    for shown in &site.order.shown {
        fingerprint.add(&shown.fingerprint);
    }
    let fingerprint = fingerprint.finish();
    for (name, write) in FILES {
        pages.add(Planned {
            path: format!("api/v2/{name}"),
            fingerprint,
            tongue: 0,
            item: 0,
            writing: Writing::Page(*write),
            source: None,
        });
    }
}

/// Incidents or maintenances that were spoken of, newest first: all that go on, and of the others the latest.
fn listed<'s>(
    site: &'s Site<'_>,
    kind: impl Fn(&Shown) -> bool,
    phase: impl Fn(Phase) -> bool,
) -> Vec<&'s Shown> {
    let mut held = [0, 0];
    let spoken = site.order.shown.iter().filter(|shown| !shown.draft && kind(shown) && phase(shown.phase));
    let latest = spoken.filter(|shown| {
        let held = &mut held[usize::from(shown.planned)];
        *held += 1;
        *held <= HELD
    });
    latest.collect()
}

fn is_active(phase: Phase) -> bool {
    matches!(phase, Phase::UnderWay | Phase::Overdue)
}

fn answer(site: &Site<'_>, fill: impl Fn(&Speaker<'_, '_>, &mut Answer)) -> Result<Vec<u8>, Box<Finding>> {
    let speaker = Speaker::new(site);
    let mut answer = Answer {
        page: speaker.page(),
        components: None,
        incidents: None,
        scheduled_maintenances: None,
        status: None,
    };
    fill(&speaker, &mut answer);
    super::api::json(&answer)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::site::town::{BURST, Town};

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\nWe closed [the road](../other/).\n\n\
        ### What you can do\n\nBoil water.\n\n";
    const VALVES: &str = "+++\ntitle = \"New valves\"\nservices = [\"buses\"]\nowner = \"dana-osei\"\n\
        start = 2026-12-02T22:00:00\nend = 2026-12-03T05:00:00\n+++\n\nWe replace four valves.\n";

    fn read(town: &Town, now: &str, name: &str) -> Value {
        serde_json::from_str(&town.file(now, &format!("api/v2/{name}"))).unwrap()
    }

    #[test]
    fn an_open_incident_is_what_clients_of_statuspage_see() {
        let town = Town::new(&[
            ("incidents/burst.md", &format!("{BURST}{SAID}")),
            ("maintenance/valves.md", VALVES),
        ])
        .awake_until("14:11");
        let summary = read(&town, "14:11", "summary.json");
        assert_eq!(summary["status"]["indicator"], "major");
        assert_eq!(summary["status"]["description"], "Tap water: some areas affected");
        assert_eq!(summary["page"]["updated_at"], "2026-11-21T20:10:00Z");
        let incident = &summary["incidents"][0];
        assert_eq!(incident["status"], "investigating");
        assert_eq!(incident["impact"], "major");
        assert_eq!(incident["shortlink"], "https://status.riverton.example/incidents/burst/");
        let update = &incident["incident_updates"][0];
        assert_eq!(
            update["body"],
            "We closed the road <https://status.riverton.example/incidents/other/>.\n\nWhat you can do\n\nBoil water."
        );
        assert_eq!(update["affected_components"][0]["old_status"], "operational");
        assert_eq!(update["affected_components"][0]["new_status"], "partial_outage");
        assert_eq!(incident["components"][0]["name"], "Tap water");
        let work = &summary["scheduled_maintenances"][0];
        assert_eq!((&work["status"], &work["impact"]), (&"scheduled".into(), &"maintenance".into()));
        assert_eq!(work["scheduled_for"], "2026-12-03T04:00:00Z");
        assert_eq!(work["incident_updates"][0]["body"], "We replace four valves.");
        // A window to come does not alter today's state.
        let components = read(&town, "14:11", "components.json");
        assert_eq!(components["components"][3]["status"], "operational");
        assert_eq!(components.get("status"), None);
        assert_eq!(
            read(&town, "14:11", "scheduled-maintenances/active.json")["scheduled_maintenances"],
            Value::Array(vec![])
        );
    }

    #[test]
    fn what_is_over_is_listed_and_its_ids_stay() {
        let open = Town::burst(SAID).awake_until("14:11");
        let mut over =
            Town::burst(&format!("{SAID}## 2026-11-21 15:00 Resolved\n\nWater runs since 14:50.\n"));
        over.record = open.record.clone();
        let over = over.awake_until("15:01");
        assert_eq!(read(&over, "15:01", "incidents/unresolved.json")["incidents"], Value::Array(vec![]));
        let (before, after) =
            (read(&open, "14:11", "incidents.json"), read(&over, "15:01", "incidents.json"));
        let (before, after) = (&before["incidents"][0], &after["incidents"][0]);
        assert_eq!(before["id"], after["id"]);
        assert_eq!(after["resolved_at"], "2026-11-21T21:00:00Z");
        let updates = after["incident_updates"].as_array().unwrap();
        assert_eq!(updates.first().unwrap()["affected_components"][0]["new_status"], "operational");
        assert_eq!(updates.last().unwrap()["id"], before["incident_updates"][0]["id"]);
        assert_eq!(read(&over, "15:01", "status.json")["status"]["indicator"], "none");
    }
}
