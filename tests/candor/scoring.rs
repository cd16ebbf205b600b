//! `candor scorecard`: what was promised and what became of it, by month.

use crate::site::Site;

const BURST: &str = "+++\ntitle = \"Burst main in Mill Lane\"\nseverity = \"major\"\nservices = [\"water\"]\nowner = \"ann\"\n\
    started = 2026-11-21T13:55:00\n+++\n\nA main broke in Mill Lane.\n\n\
    ## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\nPromise: Ring every school; by 15:00; Ann Bell\n\
    Promise: Open the stand-pipe; by 14:30; Bo Hill\n\nWe closed the road and are digging.\n\n\
    ## 2026-11-21 14:40 Resolved\n\nKept: Open the stand-pipe\n\nWater runs since 14:30.\n";

#[test]
fn it_counts_what_was_promised_kept_late_and_missed() {
    let site = Site::town();
    site.candor(&["scorecard"]).exits(0).says("There is nothing to count yet");
    site.write("content/incidents/burst.md", BURST);
    let at = ["--at", "2026-11-22 10:00"];
    site.candor(&[&["build"], &at[..]].concat());
    let card = site.candor(&[&["scorecard", "--format", "json"], &at[..]].concat()).exits(0);
    let card: serde_json::Value = serde_json::from_str(&card.out).unwrap();
    let month = &card["months"][0];
    assert_eq!(
        (month["month"].as_str(), month["incidents"].as_u64()),
        (Some("2026-11"), Some(1)),
        "{card:#}"
    );
    assert_eq!(month["first_word_seconds"], 15 * 60, "{card:#}");
    assert_eq!(month["longest_silence_seconds"], 30 * 60, "{card:#}");
    assert_eq!(month["spoken"]["kept"], 1, "{card:#}");
    let promised = ["kept", "late", "missed"].map(|what| month["promised"][what].as_u64());
    assert_eq!(promised, [Some(0), Some(1), Some(1)], "{card:#}");
    let text = site.candor(&[&["scorecard"], &at[..]].concat()).exits(0);
    text.says("2026-11").says("kept/late/missed");
    // Before it happened there was nothing.
    site.candor(&["scorecard", "--at", "2026-11-20 10:00"]).exits(0).says("There is nothing to count yet");
}
