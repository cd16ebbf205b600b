//! `check`: the files as they lie here, against what readers saw.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::judge::judge;
use super::sources::working_copy;
use super::{Place, Problem, known};
use crate::content::{File, scaffold};
use crate::diag::Finding;
use crate::disk::read::{self, Unread};
use crate::disk::{self, git};

/// What to look at, and against what.
#[derive(Clone, Debug, Default)]
pub struct Scope<'a> {
    /// Findings of these files and folders only, as typed; empty: all.
    pub paths: &'a [PathBuf],
    /// Findings of files changed since this commit only.
    pub changed: Option<&'a str>,
    /// What readers saw, if not the record.
    pub published: Option<&'a str>,
}

/// Findings, and the texts that they are about.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    pub findings: Vec<Finding>,
    pub texts: HashMap<Arc<str>, Arc<str>>,
    /// How many files were looked at.
    pub files: usize,
}

impl Checked {
    /// Findings with the texts of the site's folder.
    pub fn of(findings: Vec<Finding>, place: &Place) -> Self {
        let files = read::site(&place.root).files;
        Self { findings, texts: texts(&files, place), files: files.len() }
    }
}

/// Checks the working copy.
pub fn check(place: &Place, scope: &Scope<'_>, now: Timestamp) -> Result<Checked, Problem> {
    let found = working_copy(place);
    let mut checked = check_files(place, &found.files, scope.published, now)?;
    checked.findings.extend(found.unread.iter().map(unread));
    checked.findings.extend(place.findings.iter().cloned());
    if let Some(name) = scope.changed {
        let changed: HashSet<String> =
            repository(place)?.changed_since(name).map_err(Problem::configuration)?.into_iter().collect();
        checked.findings.retain(|finding| changed.contains(&*finding.path));
    }
    if !scope.paths.is_empty() {
        let wanted = scope.paths.iter().map(|path| inside(place, path)).collect::<Result<Vec<_>, _>>()?;
        checked
            .findings
            .retain(|finding| wanted.iter().any(|path| Path::new(&*finding.path).starts_with(path)));
    }
    checked.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(checked)
}

/// Checks files that may not be saved yet, such as an update being written.
pub(super) fn check_files(
    place: &Place,
    files: &[File],
    published: Option<&str>,
    now: Timestamp,
) -> Result<Checked, Problem> {
    let record = match published {
        Some(name) => known::at_commit(place, &repository(place)?, name)?,
        None => {
            let record = known::record(place)?;
            let upstream =
                git::work_tree(&place.root).and_then(|repository| Some((repository.upstream()?, repository)));
            match upstream {
                Some((commit, repository)) if record.is_empty() => {
                    known::at_commit(place, &repository, &commit)?
                }
                _ => record,
            }
        }
    };
    let judgement = judge(files, &place.settings, &record, now);
    Ok(Checked { findings: judgement.findings, texts: texts(files, place), files: files.len() })
}

fn texts(files: &[File], place: &Place) -> HashMap<Arc<str>, Arc<str>> {
    let texts = files.iter().map(|file| (file.path.clone(), String::from_utf8_lossy(&file.bytes).into()));
    texts.chain(place.sources.iter().map(|source| (source.path.clone(), source.text.clone()))).collect()
}

/// Writes out `## now` headings in the working copy, with the time `now` or, where it was committed as it is, with that
/// of the commit, under which readers saw it; returns the paths.
pub fn write_out_now(place: &Place, paths: &[PathBuf], now: Timestamp) -> Result<Vec<String>, Problem> {
    let wanted = paths.iter().map(|path| inside(place, path)).collect::<Result<Vec<_>, _>>()?;
    let mut written = Vec::new();
    for file in working_copy(place).files {
        let asked = wanted.is_empty() || wanted.iter().any(|path| Path::new(&*file.path).starts_with(path));
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        if !asked || !file.path.ends_with(".md") {
            continue;
        }
        let time_of = |line| Some(file.committed.of_line(line).unwrap_or(now));
        if let Some(text) = scaffold::write_out_now(text, &place.settings.zone, time_of) {
            let target = place.root.join(&*file.path);
            disk::save(&target, text.as_bytes())
                .map_err(|error| Problem::outside(format!("cannot save {}: {error}", target.display())))?;
            written.push(file.path.to_string());
        }
    }
    Ok(written)
}

/// A path as typed, relative to the site; also one that was typed relative to the working folder.
fn inside(place: &Place, path: &Path) -> Result<PathBuf, Problem> {
    if place.root.join(path).exists() && path.is_relative() {
        return Ok(path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect());
    }
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(path)
        .zip(real(&place.root))
        .and_then(|(path, root)| path.strip_prefix(root).ok().map(Path::to_owned))
        .ok_or_else(|| Problem::configuration(format!("there is no {} in this site", path.display())))
}

fn repository(place: &Place) -> Result<git::Repository, Problem> {
    git::work_tree(&place.root).ok_or_else(|| {
        Problem::configuration("this folder is in no git work tree, so there is no commit to compare with")
    })
}

/// What is told about a path that cannot be read.
pub(super) fn unread(unread: &Unread) -> Finding {
    let path: Arc<str> = unread.path.as_str().into();
    Finding::error(
        "unreadable",
        &path,
        0..0,
        format!("This file cannot be read: {}.", unread.why),
        "Mend or remove it. Until then the incident stays as it was last published.",
    )
}
