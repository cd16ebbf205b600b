//! `/api/candor/v1/`: everything that the pages know, for programs. `schema.json` beside the documents says their shape.
//!
//! `site.json` is the entrance and stays small however long the history is: what is over lies in one document for each
//! month and one for each incident, which a new statement elsewhere does not touch. The record, which seals each
//! statement with a hash over the one before, is `record.jsonl` of the same folder.

mod say;
mod shape;

pub(super) use say::head;
pub(super) use shape::Head;

use serde::Serialize;

use super::index::Site;
use super::plan::{Pages, Planned, Write, Writing};
use super::shown::{Phase, Shown};
use crate::diag::Finding;
use crate::timeline::PromiseState;

/// Where it is, below the site's root.
pub(super) const FOLDER: &str = "api/candor/v1/";
/// How many incidents that are over `site.json` lists.
const RECENT: usize = 20;
const SCHEMA: &str = include_str!("schema.json");

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let mut add = |path: String, fingerprint: u64, item: usize, write: Write| {
        let (path, writing) = (format!("{FOLDER}{path}"), Writing::Page(write));
        pages.add(Planned { path, fingerprint, tongue: 0, item, writing, source: None });
    };
    add("schema.json".to_owned(), 0, 0, |_, _, _| Ok(SCHEMA.as_bytes().to_vec()));
    let mut all = site.fingerprint(0);
    all.add("site").add(&site.states).add(&site.view.record.last_hash());
    for shown in entrance(site) {
        all.add(&shown.fingerprint);
    }
    for (month, of) in &site.order.by_month {
        all.add(&(month, of.len()));
    }
    add("site.json".to_owned(), all.finish(), 0, |site, _, _| json(&say::site(site)));
    for (item, ((year, month), of)) in site.order.by_month.iter().enumerate() {
        let mut fingerprint = site.fingerprint(0);
        for place in of {
            fingerprint.add(&site.order.shown[*place].fingerprint);
        }
        add(format!("months/{year}-{month:02}.json"), fingerprint.finish(), item, |site, _, item| {
            json(&say::month(site, item))
        });
    }
}

/// The document of one incident.
pub(super) fn plan_incident(site: &Site<'_>, item: usize, pages: &mut Pages) {
    let shown = &site.order.shown[item];
    if shown.draft {
        return;
    }
    let mut fingerprint = site.fingerprint(0);
    fingerprint.add(&shown.fingerprint);
    let write: Write = |site, _, item| json(&say::incident(site, &site.order.shown[item]));
    pages.add(Planned {
        path: format!("{FOLDER}{}", document(shown)),
        fingerprint: fingerprint.finish(),
        tongue: 0,
        item,
        writing: Writing::Page(write),
        source: None,
    });
}

/// What `site.json` speaks of: all that goes on, what ended last, and whatever has an open promise.
fn entrance<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Shown> {
    let open = |shown: &&Shown| {
        shown.promised && shown.timeline.promises.iter().any(|promise| promise.state == PromiseState::Open)
    };
    live(site).chain(recent(site)).chain(told(site).filter(open))
}

fn told<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Shown> {
    site.order.shown.iter().filter(|shown| !shown.draft)
}

fn live<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Shown> {
    told(site).filter(|shown| shown.phase.is_live())
}

fn recent<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Shown> {
    told(site).filter(|shown| shown.phase == Phase::Over).take(RECENT)
}

/// The path of an incident's document below [`FOLDER`].
fn document(shown: &Shown) -> String {
    format!("{}.json", shown.href.trim_end_matches('/'))
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, Box<Finding>> {
    let mut bytes = serde_json::to_vec(value).expect("plain structs of strings always serialise");
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::site::town::{BURST, Town};

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\
        Affected: about 1,200 homes, counted from pressure sensors\n\
        Expected fix: 15:00, because the pipe is on the truck\n\
        Promise: Ring every school; by 15:00; Dana Osei\n\nWe closed [the road](../other/).\n\n\
        ### What you can do\n\nBoil water.\n\n";

    fn read(town: &Town, now: &str, name: &str) -> Value {
        serde_json::from_str(&town.file(now, &format!("api/candor/v1/{name}"))).unwrap()
    }

    #[test]
    fn an_incident_tells_what_is_due_promised_and_sealed() {
        let town = Town::burst(SAID).awake_until("14:11");
        let incident = read(&town, "14:12", "incidents/burst.json");
        assert_eq!(incident["due"], serde_json::json!({"at": "2026-11-21T20:40:00Z", "late": false}));
        assert_eq!(incident["promises"][0]["state"], "open");
        assert_eq!(incident["affected"]["figure"], "about 1,200 homes");
        assert_eq!(
            incident["services"][0],
            serde_json::json!({"id": "water-supply", "state": "partial-outage"})
        );
        let statement = &incident["statements"][0];
        assert_eq!(statement["id"], "burst/20261121T2010Z");
        assert_eq!(
            statement["text"]["en"],
            "We closed the road <https://status.riverton.example/incidents/other/>.\n\nWhat you can do\n\nBoil water."
        );
        let record = town.file("14:12", "api/candor/v1/record.jsonl");
        let line: Value = serde_json::from_str(record.lines().last().unwrap()).unwrap();
        assert_eq!((&statement["hash"], &statement["text_hash"]), (&line["hash"], &line["text_hash"]));
        let site = read(&town, "14:12", "site.json");
        assert_eq!(site["record"]["head"], line["hash"]);
        assert_eq!(site["record"]["lines"], record.lines().count());
        assert_eq!(
            site["live"][0]["api"],
            "https://status.riverton.example/api/candor/v1/incidents/burst.json"
        );
        assert_eq!(site["open_promises"][0]["what"], "Ring every school");
        // What is late is late here too.
        assert_eq!(read(&town, "14:40", "incidents/burst.json")["due"]["late"], true);
    }

    #[test]
    fn a_month_keeps_what_is_over_with_what_became_of_its_promises() {
        let over = format!("{SAID}## 2026-11-21 14:40 Resolved\n\nWater runs since 14:30.\n");
        let town = Town::burst(&over).awake_until("15:01");
        let month = read(&town, "15:01", "months/2026-11.json");
        assert_eq!(month["incidents"][0]["phase"], "over");
        assert_eq!(month["promises"][0]["state"], "missed");
        assert_eq!((&month["tally"]["spoken"], &month["tally"]["promises_missed"]), (&1.into(), &1.into()));
        let site = read(&town, "15:01", "site.json");
        assert_eq!((&site["state"], &site["live"]), (&"operational".into(), &Value::Array(vec![])));
        assert_eq!(site["recent"][0]["ended"], "2026-11-21T20:40:00Z");
        assert_eq!(site["months"][0]["month"], "2026-11");
    }

    #[test]
    fn a_text_that_was_taken_down_is_gone_and_its_hash_stays() {
        let more =
            "## 2026-11-21 14:30 Correction\n\nRetracts: 14:10, it named a resident\n\nWe took it down.\n\n";
        let town = Town::burst(&format!("{SAID}{more}")).awake_until("14:31");
        let incident = read(&town, "14:31", "incidents/burst.json");
        assert_eq!(incident["statements"][0]["text"], Value::Null);
        assert_eq!(incident["statements"][0]["text_hash"].as_str().unwrap().len(), 64);
        assert_eq!(incident["statements"][0]["corrected_by"][0], "burst/20261121T2030Z");
    }

    #[test]
    fn what_is_not_translated_is_said_in_its_own_language_alone() {
        let over = "## 2026-11-21 14:40 Resolved\n\nWater runs.\n\n## 2026-11-21 15:00 Review\n\nThe pipe was old.\n\n\
            ### What we are changing\n\n- [ ] Lay a new pipe; by 2026-12-01; Dana Osei\n";
        let town = Town::burst(&format!("{SAID}{over}")).awake_until("15:01");
        let incident = read(&town, "15:01", "incidents/burst.json");
        let review =
            incident["statements"].as_array().unwrap().last().unwrap()["text"]["en"].as_str().unwrap();
        assert!(review.contains("To do: Lay a new pipe"), "{review}");
    }

    #[test]
    fn words_stand_under_the_language_that_they_are_in() {
        let french = "+++\ntitle = \"Conduite rompue\"\n+++\n\n## 2026-11-21 14:10 Enquête en cours\n\n\
            Touchés : 1 200 logements, comptés\n\nNous attendons.\n";
        let town = Town::new(&[
            ("incidents/burst.md", &format!("{BURST}{SAID}")),
            ("incidents/burst.fr.md", french),
        ])
        .awake_until("14:41");
        let incident = read(&town, "14:41", "incidents/burst.json");
        assert_eq!(incident["title"]["fr"], "Conduite rompue");
        assert_eq!(incident["statements"][0]["text"]["fr"], "Nous attendons.");
        let composed = incident["statements"][1]["text"].as_object().unwrap();
        assert!(composed["fr"].as_str().unwrap().contains("Qui est touché"), "{composed:?}");
        assert!(composed["fr"].as_str().unwrap().contains("1 200 logements (comptés)"), "{composed:?}");
        assert!(composed["en"].as_str().unwrap().contains("Who is affected"), "{composed:?}");
    }
}
