//! `verify`: what a host serves against what was built.

use std::fs;
use std::path::Path;

use crate::building::PUMP;
use crate::host::host;
use crate::site::{Run, Site};

/// An incident that is open, its next update due at 9:30am.
fn town() -> Site {
    let site = Site::town();
    let open = PUMP.split("\n## 2026-03-02 09:25").next().unwrap();
    let open = open.replace("Affected: 212", "Next update: 09:30\nAffected: 212");
    site.write("content/incidents/2026-03-02-pump.md", &open);
    site.candor(&["build", "--at", "2026-03-02 09:01"]).exits(0);
    site
}

/// A copy of what was built, as it lies on a host.
fn uploaded(site: &Site) -> tempfile::TempDir {
    copied(site, "public")
}

fn copied(site: &Site, built: &str) -> tempfile::TempDir {
    let there = tempfile::tempdir().unwrap();
    for path in site.files(built) {
        let target = there.path().join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(site.path(built).join(&path), target).unwrap();
    }
    there
}

fn serve(folder: &Path) -> String {
    host(folder.to_owned(), |_, _| ())
}

fn verify(site: &Site, url: &str, more: &[&str]) -> Run {
    site.candor(&[&["verify", url, "--at", "2026-03-02 09:10"], more].concat())
}

#[test]
fn a_host_that_serves_what_was_built_is_praised() {
    let site = town();
    let there = uploaded(&site);
    verify(&site, &serve(there.path()), &[])
        .exits(0)
        .says("serves what was built")
        .says("2026-03-02 09:00 UTC");
}

#[test]
fn a_changed_and_a_missing_file_are_named() {
    let site = town();
    let there = uploaded(&site);
    let page = there.path().join("incidents/2026-03-02-pump/index.html");
    fs::write(&page, fs::read_to_string(&page).unwrap().replace("212 homes", "12 homes")).unwrap();
    fs::remove_file(there.path().join("feed.atom")).unwrap();
    let run = verify(&site, &serve(there.path()), &[]).exits(1);
    let run = run.says("changed  incidents/2026-03-02-pump/index.html: the host serves other bytes");
    run.says("missing  feed.atom: the host answers 404").says("2 faults");
}

#[test]
fn headers_that_lack_or_differ_are_told_once_for_all_files() {
    let site = town();
    let there = uploaded(&site);
    let url = host(there.path().to_owned(), |path, headers| {
        headers.retain(|(name, _)| name != "X-Content-Type-Options");
        if path.ends_with(".atom") {
            headers.retain(|(name, _)| name != "Content-Type");
            headers.push(("Content-Type".to_owned(), "text/plain".to_owned()));
        }
    });
    let run =
        verify(&site, &url, &[]).exits(1).says("X-Content-Type-Options is nothing and should be `nosniff`");
    run.says("Content-Type is `text/plain` and should be `application/atom+xml; charset=utf-8`")
        .says("2 faults");
    verify(&site, &url, &["--no-headers"]).exits(0);
}

#[test]
fn an_old_copy_is_told_by_what_was_due_by_ours_and_by_its_age() {
    let site = town();
    let there = uploaded(&site);
    let url = serve(there.path());
    site.candor(&["verify", &url, "--at", "2026-03-02 09:34"]).exits(0);
    let run = site.candor(&["verify", &url, "--at", "2026-03-02 09:36"]).exits(1);
    run.says("stale").says("something was due at 2026-03-02T09:30:00Z");
    site.candor(&["verify", &url, "--at", "2026-03-02 09:20", "--max-age", "10m"])
        .exits(1)
        .says("--max-age allows 10 minutes");
    // Here it goes on: an hour later the holding updates stand, and the host knows nothing of them.
    site.candor(&["build", "--at", "2026-03-02 10:01"]);
    let run = site.candor(&["verify", &url, "--at", "2026-03-02 10:02"]).exits(1);
    run.says("the host has the site of 2026-03-02 09:00 UTC, and here is that of 2026-03-02 10:00 UTC")
        .says("was published, and the host's record lacks it");
}

#[test]
fn a_rewritten_record_is_found_even_where_every_hash_of_a_file_fits() {
    let site = town();
    let there = uploaded(&site);
    let (record, manifest) =
        (there.path().join("api/candor/v1/record.jsonl"), there.path().join(".candor-manifest.json"));
    let hash = |text: &str| -> String {
        use sha2::Digest;
        sha2::Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let before = fs::read_to_string(&record).unwrap();
    let after = before.replace("212 homes", "12 homes");
    assert_ne!(before, after);
    fs::write(&record, &after).unwrap();
    let files = fs::read_to_string(&manifest).unwrap().replace(&hash(&before), &hash(&after));
    fs::write(&manifest, files).unwrap();
    let url = serve(there.path());
    // By its own manifest nothing is amiss; the chain tells.
    let elsewhere = Site::empty();
    let run = elsewhere.candor(&["verify", &url, "--self", "--at", "2026-03-02T09:10:00Z"]).exits(1);
    run.says(
        "breaks the chain: the text of 2026-03-02-pump/20260302T0900Z is not the one that was published",
    );
    // Whoever kept a copy of the record can show it for a record that was made anew, too.
    elsewhere.write("saved.jsonl", &before);
    fs::write(&record, "").unwrap();
    elsewhere
        .candor(&["verify", &url, "--self", "--record", "saved.jsonl", "--at", "2026-03-02T09:10:00Z"])
        .exits(1)
        .says("20260302T0900Z was published, and the host's record lacks it");
}

#[test]
fn what_cannot_be_compared_is_said_with_the_next_step() {
    let site = town();
    verify(&site, "http://127.0.0.1:1", &[]).exits(3).says("http://127.0.0.1:1/");
    verify(&site, "status.example.org", &[]).exits(2).says("Write all of it");
    let there = uploaded(&site);
    let url = serve(there.path());
    verify(&site, &url, &["--built", "nowhere"]).exits(2).says("candor build");
    verify(&site, &url, &["--max-age", "soon"]).exits(2).says("90m");
}

#[test]
fn a_site_built_elsewhere_is_compared_with_its_own_record() {
    let site = town();
    fs::rename(site.path("public"), site.path("dist")).unwrap();
    let there = copied(&site, "dist");
    verify(&site, &serve(there.path()), &["--built", "dist"]).exits(0).says("serves what was built");
}
