//! Honest updates must pass: 150 of them, by many hands, in six services of a county, under `tests/lint/honest/`.
//!
//! They use what a hasty rule would stumble over: figures with "about", "soon after", "some of our engineers", "a brief
//! walk", quotes, the past, conditions for readers, suppliers with what they did. A rule that fires here costs trust.

use std::collections::BTreeMap;
use std::path::Path;

use candor::diag::{Finding, Level};

use crate::site::Site;

const FOLDER: &str = "tests/lint/honest";
/// Some hours after the last of them.
const NOW: &str = "2026-11-20T18:00:00Z";
/// For each register.
const UPDATES: usize = 25;
/// Per 100 updates.
const MOST: f64 = 2.0;

fn site() -> Site {
    Site::folder(Path::new(FOLDER), NOW)
}

/// What counts: every finding of a rule or of the reader, at whatever level, but for hints (`info`).
fn counted(site: &Site) -> Vec<Finding> {
    let all = site.reading().into_iter().chain(site.findings());
    all.filter(|finding| finding.level > Level::Info).collect()
}

#[test]
fn there_are_25_of_each_register() {
    let site = site();
    let content = site.content();
    let mut updates: BTreeMap<&str, usize> = BTreeMap::new();
    for incident in &content.incidents {
        let service = &incident.services[0].value;
        let known = content.registers.services.iter().find(|known| known.id == *service);
        *updates.entry(&*known.unwrap().group).or_default() += incident.updates.len();
    }
    let expected = ["Benefits", "Buses", "Health", "Libraries", "Schools", "Water"];
    assert_eq!(updates.into_iter().collect::<Vec<_>>(), expected.map(|group| (group, UPDATES)));
}

#[test]
fn honest_updates_are_left_alone() {
    let found = counted(&site());
    let told: Vec<_> =
        found.iter().map(|f| format!("{}: {} {:?}: {}", f.path, f.rule, f.text, f.message)).collect();
    let rate = 100.0 * found.len() as f64 / (6 * UPDATES) as f64;
    assert!(rate <= MOST, "{rate:.1} findings per 100 honest updates:\n{}", told.join("\n"));
}

/// The same updates with one dishonest sentence each are not left alone, so the silence above means something.
#[test]
fn one_dishonest_sentence_is_heard() {
    let mut site = site();
    for (_, text) in &mut site.files {
        *text = format!("{}\nWe apologise for any inconvenience caused.\n", text.trim_end());
    }
    let heard = counted(&site).into_iter().filter(|finding| finding.rule == "conditional-apology").count();
    assert!(heard >= site.files.len(), "{heard} of {}", site.files.len());
}
