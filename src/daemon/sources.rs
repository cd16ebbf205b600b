//! Which files are published, and which only lie in the working copy.
//!
//! In a git work tree a file counts as it is committed on the published branch. Without git and with
//! `publish = "save"`, it counts as it was when it had rested for 30 s.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::checking::unread;
use super::{Place, Problem};
use crate::config::PublishMode;
use crate::config::rules::UPDATE_HEADING;
use crate::content::scaffold::{now_headings, write_out_now};
use crate::content::{Bytes, Committed, File};
use crate::diag::Finding;
use crate::disk;
use crate::disk::git::{self, Blobs, Committer, GitError, Repository};
use crate::disk::read::{self, Found};

/// How long a saved file rests before it counts.
pub(super) const REST: SignedDuration = SignedDuration::from_secs(30);

/// Where a site's files come from.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    zone: TimeZone,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Git { repository: Repository, branch: String, blobs: Blobs, commit: String },
    Save { resting: HashMap<Arc<str>, Resting> },
}

/// A file in a folder without git.
#[derive(Debug)]
struct Resting {
    latest: Bytes,
    since: Timestamp,
    /// What last rested long enough.
    settled: Option<Bytes>,
    /// Whether no `## now` is left in it.
    written_out: bool,
}

/// What counts as published now.
#[derive(Clone, Debug, Default)]
pub struct Published {
    pub files: Vec<File>,
    /// About files that cannot be read, or written to where their `## now` needs it.
    pub findings: Vec<Finding>,
    /// When a resting file will count; `None` when none rests.
    pub wake: Option<Timestamp>,
}

impl Sources {
    pub fn open(place: &Place) -> Result<Self, Problem> {
        let way = match (git::work_tree(&place.root), place.settings.publish) {
            (_, PublishMode::Save) => Way::Save { resting: HashMap::new() },
            (Some(repository), PublishMode::Commit) => {
                let branch = place.host.source.branch.clone();
                Way::Git { repository, branch, blobs: Blobs::default(), commit: String::new() }
            }
            (None, PublishMode::Commit) => {
                return Err(Problem::configuration(
                    "this folder is in no git work tree, so nothing says what is published. Run `git init` and commit, or set publish = \"save\" in candor.toml",
                ));
            }
        };
        Ok(Self { root: place.root.clone(), zone: place.settings.zone.clone(), way })
    }

    /// The published files at `now`.
    pub fn published(&mut self, now: Timestamp) -> Result<Published, Problem> {
        match &mut self.way {
            Way::Git { repository, branch, blobs, commit } => {
                *commit = published_commit(repository, branch)?;
                let mut files = repository.files(commit, blobs).map_err(Problem::outside)?;
                for file in &mut files {
                    date(file, |path, line| repository.line_written(commit, path, line));
                }
                Ok(Published { files, ..Published::default() })
            }
            Way::Save { resting } => {
                let mut published = rested(read::site(&self.root), resting, now);
                for file in &mut published.files {
                    if let Some(rest) = resting.get(&file.path).filter(|rest| !rest.written_out) {
                        file.committed = Committed::At(rest.since);
                    }
                }
                Ok(published)
            }
        }
    }

    /// The published files at `now`, for whoever publishes them: without git, the time at which a file was saved is written
    /// into its `## now` headings, since nothing else remembers that time.
    pub fn take(&mut self, now: Timestamp) -> Result<Published, Problem> {
        let mut published = self.published(now)?;
        if let Way::Save { resting } = &mut self.way {
            for file in &mut published.files {
                if let Some(rest) = resting.get_mut(&file.path).filter(|rest| !rest.written_out) {
                    published.findings.extend(write_out(&self.root, &self.zone, rest, file));
                }
            }
        }
        Ok(published)
    }

    /// The files as they lie in the folder.
    pub fn working_copy(&self) -> Found {
        read::site(&self.root)
    }

    /// Paths whose working copy is not what is published.
    pub fn unpublished(&self) -> Result<Vec<String>, Problem> {
        match &self.way {
            Way::Git { repository, commit, .. } => {
                let mut paths = repository.changed_since(commit).map_err(Problem::outside)?;
                paths.retain(|path| {
                    path == "candor.toml" || path.starts_with("content/") || path.starts_with("themes/")
                });
                Ok(paths)
            }
            Way::Save { resting } => {
                let differs = |resting: &Resting| resting.settled.as_ref() != Some(&resting.latest);
                let mut paths: Vec<String> = resting
                    .iter()
                    .filter(|(_, file)| differs(file))
                    .map(|(path, _)| path.to_string())
                    .collect();
                paths.sort();
                Ok(paths)
            }
        }
    }

    /// Who last committed a file; `None` without git.
    pub fn author(&self, path: &str) -> Option<Committer> {
        match &self.way {
            Way::Git { repository, commit, .. } => repository.committer(commit, path),
            Way::Save { .. } => None,
        }
    }

    /// The commit that was published last; empty without git.
    pub fn commit(&self) -> &str {
        match &self.way {
            Way::Git { commit, .. } => commit,
            Way::Save { .. } => "",
        }
    }

    /// The git side, where there is one.
    pub fn repository(&self) -> Option<&Repository> {
        match &self.way {
            Way::Git { repository, .. } => Some(repository),
            Way::Save { .. } => None,
        }
    }
}

/// The files as they lie in a site's folder.
pub(super) fn working_copy(place: &Place) -> Found {
    let mut found = read::site(&place.root);
    date_working_copy(place, &mut found.files);
    found
}

/// As [`working_copy`]; a `## now` that is not committed yet reads as of `now`.
pub(super) fn working_copy_of(place: &Place, now: Timestamp) -> Found {
    let mut found = read::site(&place.root);
    date_preview(place, &mut found.files, now);
    found
}

/// Gives each `## now` that was committed as it is the time of that commit in the working copy too, or the update that
/// readers saw would seem to be gone.
pub(super) fn date_working_copy(place: &Place, files: &mut [File]) {
    if place.settings.publish != PublishMode::Commit {
        return;
    }
    let mut repository = None;
    for file in files {
        date(file, |path, line| {
            let repository = repository.get_or_insert_with(|| git::work_tree(&place.root));
            repository.as_ref()?.line_committed(path, line)
        });
    }
}

/// As [`date_working_copy`]; a `## now` that is not committed yet shows as it would be if it were committed now.
pub(super) fn date_preview(place: &Place, files: &mut [File], now: Timestamp) {
    date_working_copy(place, files);
    files.iter_mut().for_each(|file| date_from(file, now));
}

/// Dates each `## now` that is not committed yet as of now.
pub(super) fn date_from(file: &mut File, now: Timestamp) {
    let committed = std::mem::take(&mut file.committed);
    date(file, |_, line| Some(committed.of_line(line).unwrap_or(now)));
}

/// Notes when each `## now` heading was committed.
fn date(file: &mut File, mut committed: impl FnMut(&str, usize) -> Option<Timestamp>) {
    let text = file.bytes.text().map(|text| &**text).unwrap_or_default();
    let times: Vec<_> =
        now_headings(text).filter_map(|line| Some((line, committed(&file.path, line)?))).collect();
    if !times.is_empty() {
        file.committed = Committed::Lines(times);
    }
}

/// The published branch; before its first commit, an error that says to commit.
fn published_commit(repository: &Repository, branch: &str) -> Result<String, Problem> {
    repository.commit(branch).map_err(|error| match error {
        GitError::NoCommit(branch) => Problem::configuration(format!(
            "the published branch `{branch}` has no commit yet. Commit the site, name another branch under [source] in candor.host.toml, or look at it first with `candor build --preview`"
        )),
        other => Problem::outside(other),
    })
}

/// Writes out the `## now` headings of a file that has rested. One that was saved again since is left to its author.
fn write_out(root: &Path, zone: &TimeZone, rest: &mut Resting, file: &mut File) -> Option<Finding> {
    // Until the time stands in the file nothing remembers it: the update waits.
    file.committed = Committed::Not;
    if rest.settled.as_ref() != Some(&rest.latest) {
        return None;
    }
    let text = file.bytes.text().map(|text| &**text).unwrap_or_default();
    let Some(written) = write_out_now(text, zone, |_| Some(rest.since)) else {
        rest.written_out = true;
        return None;
    };
    let written = Bytes::from(written);
    match disk::save_over(&root.join(&*file.path), &file.bytes, &written) {
        Ok(true) => {
            file.bytes = written.clone();
            (rest.latest, rest.settled, rest.written_out) = (written.clone(), Some(written), true);
            None
        }
        Ok(false) => None,
        Err(why) => Some(Finding::error(
            UPDATE_HEADING,
            &file.path,
            0..0,
            format!("`now` has no time yet, and it cannot be written into this file: {why}."),
            "Write the date and time in its place, or let Candor write to the file.",
        )),
    }
}

fn rested(found: Found, resting: &mut HashMap<Arc<str>, Resting>, now: Timestamp) -> Published {
    let first_look = resting.is_empty();
    let mut published =
        Published { findings: found.unread.iter().map(unread).collect(), ..Published::default() };
    let mut seen = HashMap::with_capacity(found.files.len());
    for mut file in found.files {
        let mut rest = resting.remove(&file.path).unwrap_or_else(|| Resting {
            latest: file.bytes.clone(),
            since: if first_look { first_seen(found.saved.get(&file.path), now) } else { now },
            settled: None,
            written_out: false,
        });
        if rest.latest != file.bytes {
            rest.latest = file.bytes.clone();
            rest.since = now;
            rest.written_out = false;
        }
        if now.duration_since(rest.since) >= REST {
            rest.settled = Some(rest.latest.clone());
        } else {
            let counts_at = rest.since + REST;
            published.wake = Some(published.wake.map_or(counts_at, |wake: Timestamp| wake.min(counts_at)));
        }
        if let Some(settled) = &rest.settled {
            file.bytes = settled.clone();
            seen.insert(file.path.clone(), rest);
            published.files.push(file);
        } else {
            seen.insert(file.path.clone(), rest);
        }
    }
    *resting = seen;
    published
}

/// Since when a file rests that is seen for the first time: since it was saved. Where that is later than now, now is a
/// moment of the past that someone asked for, and the file is taken as it lies there.
fn first_seen(saved: Option<&Timestamp>, now: Timestamp) -> Timestamp {
    match saved {
        Some(saved) if *saved <= now => *saved,
        Some(_) => now - REST,
        None => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_cannot_be_written_down_is_not_published() {
        let text: Bytes = "+++\ntitle = \"Burst main\"\n+++\n\n## now Investigating\n\nWe dig.\n".into();
        let since: Timestamp = "2026-11-25T14:00:00Z".parse().unwrap();
        let mut rest =
            Resting { latest: text.clone(), since, settled: Some(text.clone()), written_out: false };
        let path: Arc<str> = "content/incidents/burst.md".into();
        let mut file = File { path, bytes: text, committed: Committed::At(since) };
        let folder = tempfile::tempdir().unwrap();
        let finding = write_out(folder.path(), &TimeZone::UTC, &mut rest, &mut file).unwrap();
        assert!(finding.message.contains("has no time yet"), "{finding:?}");
        assert_eq!(file.committed, Committed::Not);
    }
}
