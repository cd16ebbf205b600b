//! The scripted incident of the demo: what the comms officer writes, and when.
//!
//! An update on time, two silences that holding updates fill, a missed estimate admitted, a monitoring phase and the
//! resolution. The follow-up is Candor's own.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::config::Severity;
use crate::content::scaffold::{self, NewIncident, NewUpdate};
use crate::timeline::When;

/// Minutes after the main broke. Each update is out before its holding update would be; after `BREAK_FOUND` nobody
/// writes for two intervals.
const FIRST_WORD: i64 = 6;
const BREAK_FOUND: i64 = 31;
const TANK: i64 = 120;
const FIRST_ESTIMATE: i64 = 115;
const ESTIMATE_ADMITTED: i64 = 116;
const PIPE_HOLDS: i64 = 141;
const WATER_BACK: i64 = 188;
const SECOND_ESTIMATE: i64 = 200;

/// How long before the demo starts the main broke.
pub(super) const BEGAN_BEFORE: SignedDuration = SignedDuration::from_mins(9);

/// The demo's incident, played from a moment.
#[derive(Clone, Debug)]
pub(super) struct Play {
    began: Timestamp,
    zone: TimeZone,
}

/// One thing that the officer writes.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) at: Timestamp,
    pub(super) update: String,
}

impl Play {
    pub(super) fn starting(now: Timestamp, zone: &TimeZone) -> Self {
        let minute = SignedDuration::from_secs(now.as_second().rem_euclid(60));
        let rest = SignedDuration::from_nanos(i64::from(now.subsec_nanosecond()));
        Self { began: now - minute - rest - BEGAN_BEFORE, zone: zone.clone() }
    }

    pub(super) fn path(&self) -> String {
        let slug = scaffold::slug("No water in Millbank", self.began, &self.zone);
        format!("content/incidents/{slug}.md")
    }

    /// The file as it is when the demo starts: the first update is three minutes old.
    pub(super) fn opening(&self) -> String {
        let incident = NewIncident {
            title: "No water in Millbank: a main has broken under Fuller Street",
            severity: Severity::Major,
            services: &["water-supply".to_owned()],
            areas: &["millbank".to_owned()],
            owner: "remi-doiron",
            started: self.began,
            zone: &self.zone,
        };
        let front =
            incident.text().replacen("+++\n", "+++\ndeputy = \"maeve-tobin\"\ncause = \"burst-main\"\n", 1);
        let broke = self.time(0);
        let summary = format!(
            "\nA 30 cm water main broke under Fuller Street at {broke}. About 640 homes in Millbank have no water.\n"
        );
        let first = self.update(
            FIRST_WORD,
            "Investigating",
            &[
                ("Affected", "about 640 homes, counted from the meters that read zero"),
                ("Expected fix", "not known because the crew has not yet found the break"),
            ],
            "We are sorry that you have no water. We closed Fuller Street between the mill and the school, and a crew of four is listening along the main for the break.\n\n### What you can do\n\nBottled water is at Millbank Hall, 4 Weir Lane, open all evening. Turn off your water heater, and do not start the washing machine. If you cannot carry water, ring 506 555 0113 and we bring it.",
        );
        format!("{front}{summary}{first}")
    }

    /// What is written later, in order.
    pub(super) fn scenes(&self) -> Vec<Scene> {
        let (first, second, tank) = (self.time(FIRST_ESTIMATE), self.time(SECOND_ESTIMATE), self.time(TANK));
        vec![
            self.scene(
                BREAK_FOUND,
                "Identified",
                &[
                    ("Expected fix", &format!("{}, because the pipe is cut free and a new length is on the lorry", self.clock(FIRST_ESTIMATE))),
                    ("Promise", &format!("A water tank at the school gate; by {}; Rémi Doiron", self.clock(TANK))),
                ],
                &format!("The main cracked outside 18 Fuller Street. We are cutting out three metres of it. A tank with a tap will stand at the school gate by {tank}; bring a clean container."),
            ),
            self.scene(
                ESTIMATE_ADMITTED,
                "Identified",
                &[
                    ("Expected fix", &format!("{}, because the second length is cut to measure and the joints take 40 minutes", self.clock(SECOND_ESTIMATE))),
                    ("Kept", "A water tank because it stood at the school gate 70 minutes after the main broke"),
                ],
                &format!("We told you {first}. We missed that time: the first new length was four centimetres short, and we had measured it ourselves. We have a second one, and now expect water by {second}. We are sorry that you have waited longer than we said."),
            ),
            self.scene(
                PIPE_HOLDS,
                "Monitoring",
                &[("Services", "water-supply: degraded")],
                "The new length holds. We are filling the main slowly, so the pressure is low upstairs for the next hour. The water may run brown at first: let the cold tap run until it is clear.",
            ),
            self.scene(
                WATER_BACK,
                "Resolved",
                &[],
                &format!("Every meter in Millbank reads normal pressure since {}. The main was laid in 1968 and cracked where a lorry crosses it every morning. If your water is still brown tomorrow, ring 506 555 0113.", self.time(WATER_BACK - 8)),
            ),
        ]
    }

    fn scene(&self, minutes: i64, word: &str, header: &[(&str, &str)], body: &str) -> Scene {
        Scene { at: self.moment(minutes), update: self.update(minutes, word, header, body) }
    }

    fn update(&self, minutes: i64, word: &str, header: &[(&str, &str)], body: &str) -> String {
        NewUpdate { at: self.moment(minutes), zone: &self.zone, word, next: None, header, body }.text()
    }

    fn moment(&self, minutes: i64) -> Timestamp {
        self.began + SignedDuration::from_mins(minutes)
    }

    /// For header values: unambiguous to the reader of the file.
    fn clock(&self, minutes: i64) -> String {
        self.moment(minutes).to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// For prose: house style.
    fn time(&self, minutes: i64) -> String {
        When::new(&self.zone, "en").time(self.moment(minutes))
    }
}
