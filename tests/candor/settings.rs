//! `docs/settings.md`: what it shows can be written as it stands there.

use crate::site::Site;

/// The TOML under each heading of the page.
fn shown() -> Vec<(String, String)> {
    let page = std::fs::read_to_string("docs/settings.md").unwrap();
    let sections = page.split("\n## ").skip(1);
    let named = sections.map(|section| {
        let path = section.split('`').nth(1).unwrap().to_owned();
        (path, section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned())
    });
    named.collect()
}

#[test]
fn every_key_that_is_shown_is_one() {
    let site = Site::empty();
    let shown = shown();
    assert_eq!(shown.len(), 5);
    for (path, toml) in &shown {
        site.write(path, toml);
    }
    site.candor(&["check", "--at", "2026-03-02 09:00"]).exits(0);
    // The check would say so of a key that is none.
    site.write("candor.toml", &shown[0].1.replace("backdate_limit", "backdate_limits"));
    site.candor(&["check", "--at", "2026-03-02 09:00"]).exits(1).says("unknown-key");
}
