//! `/api/candor/v1/record.jsonl`: what was really published, and when. An empty ledger is restored from it.

use super::fingerprint::Fingerprint;
use super::index::Site;
use super::plan::{Pages, Planned};

/// Where the record is, below the site's root.
pub const RECORD: &str = "api/candor/v1/record.jsonl";

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let record = site.view.record;
    // The last hash seals every value but the texts, which only a retraction changes: by taking them away.
    let texts = record.lines().iter().filter(|line| line.text.is_some()).count();
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(record.last_hash()).add(&(record.lines().len(), texts));
    pages.add(Planned {
        path: RECORD.to_owned(),
        fingerprint: fingerprint.finish(),
        tongue: 0,
        item: 0,
        write: |site, _, _| Ok(site.view.record.to_jsonl().into_bytes()),
        source: None,
    });
}
