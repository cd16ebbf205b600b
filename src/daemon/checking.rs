//! `check`: the files as they lie here, against what readers saw.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::judge::{Judgement, judge};
use super::sources::working_copy_of;
use super::{Place, Problem, known};
use crate::content::File;
use crate::diag::Finding;
use crate::disk::read::{self, Unread};
use crate::disk::{self, git};
use crate::lint::{self, Baseline};
use crate::timeline::Record;

/// What to look at, and against what.
#[derive(Clone, Debug, Default)]
pub struct Scope<'a> {
    /// Findings of these files and folders only, as typed; empty: all.
    pub paths: &'a [PathBuf],
    /// Findings of files changed since this commit only.
    pub changed: Option<&'a str>,
    /// What readers saw, if not the record.
    pub published: Option<&'a str>,
    /// Findings about the past too, which nobody can mend any more.
    pub history: bool,
    /// Findings that this file holds are left out.
    pub baseline: Option<&'a Path>,
}

/// Findings, and the texts that they are about.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    pub findings: Vec<Finding>,
    /// By path: those that any finding points into.
    pub texts: HashMap<Arc<str>, Arc<str>>,
    /// How many findings about the past were left out.
    pub past: usize,
    /// How many findings the baseline holds.
    pub old: usize,
    /// How many findings of the baseline are there no more.
    pub mended: u32,
}

/// What became of a baseline's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was made, with so many findings.
    Made(u32),
    /// What was mended was taken out; so many are left.
    Shrunk(u32),
}

impl Checked {
    /// Findings with the texts that were judged; of files that could not be read to their end, with those of the
    /// site's folder.
    pub fn of(judgement: Judgement, place: &Place) -> Self {
        let findings = judgement.findings();
        let content = judgement.content;
        let incidents = content.incidents.iter().flat_map(|incident| {
            incident.translations.iter().map(|translation| &translation.source).chain([&incident.source])
        });
        let sources =
            incidents.chain(content.pages.iter().flat_map(|page| page.texts().map(|text| &text.source)));
        let mut texts: HashMap<Arc<str>, Arc<str>> =
            sources.map(|source| (source.path.clone(), source.text.clone())).collect();
        let other = paths(&findings).into_iter().filter(|path| !texts.contains_key(*path));
        let other: Vec<String> = other.map(|path| path.to_string()).collect();
        texts.extend(self::texts(&findings, &read::some(&place.root, &other).files, place));
        Self { texts, findings, ..Self::default() }
    }

    /// One for each finding, for programs that compare two runs.
    pub fn fingerprints(&self) -> Vec<String> {
        lint::fingerprints(&self.known_by())
    }

    fn known_by(&self) -> Vec<lint::KnownBy> {
        lint::known_by(&self.findings, &|path| self.texts.get(path).map(|text| &**text))
    }
}

/// Checks the working copy.
pub fn check(place: &Place, scope: &Scope<'_>, now: Timestamp) -> Result<Checked, Problem> {
    let mut checked = check_all(place, scope, now)?;
    if let Some(path) = scope.baseline {
        let baseline = read_baseline(path)?.ok_or_else(|| {
            Problem::configuration(format!(
                "there is no baseline {}. Write one with `candor check --baseline {0} --write-baseline`",
                path.display()
            ))
        })?;
        let compared = baseline.compare(&checked.findings, &checked.known_by());
        let mut old = compared.old.iter();
        checked.findings.retain(|_| !old.next().is_some_and(|old| *old));
        checked.old = compared.old.iter().filter(|old| **old).count();
        checked.mended = compared.mended.count();
    }
    if let Some(name) = scope.changed {
        let changed: HashSet<String> =
            repository(place)?.changed_since(name).map_err(Problem::configuration)?.into_iter().collect();
        checked.findings.retain(|finding| changed.contains(&*finding.path));
    }
    if !scope.paths.is_empty() {
        let wanted = inside_all(place, scope.paths)?;
        checked
            .findings
            .retain(|finding| wanted.iter().any(|path| Path::new(&*finding.path).starts_with(path)));
    }
    Ok(checked)
}

/// Makes the baseline of what is found now. Where there is one, what was mended is taken out and nothing is added: a
/// baseline only shrinks.
pub fn write_baseline(
    place: &Place,
    scope: &Scope<'_>,
    path: &Path,
    now: Timestamp,
) -> Result<Kept, Problem> {
    let checked = check_all(place, scope, now)?;
    let known = checked.known_by();
    let (baseline, kept) = match read_baseline(path)? {
        Some(old) => {
            let rest = old.compare(&checked.findings, &known).rest;
            let count = rest.count();
            (rest, Kept::Shrunk(count))
        }
        None => {
            let all = Baseline::of(&checked.findings, &known);
            let count = all.count();
            (all, Kept::Made(count))
        }
    };
    disk::save(path, baseline.to_jsonl().as_bytes())
        .map_err(|error| Problem::outside(format!("cannot save {}: {error}", path.display())))?;
    Ok(kept)
}

fn read_baseline(path: &Path) -> Result<Option<Baseline>, Problem> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Problem::configuration(format!("cannot read {}: {error}", path.display()))),
    };
    let baseline = Baseline::read(&text);
    baseline.map(Some).map_err(|why| {
        Problem::configuration(format!(
            "{} is no baseline: {why}. Delete it and write it anew with --write-baseline",
            path.display()
        ))
    })
}

/// The findings about the whole working copy; those about the past only where they are asked for.
fn check_all(place: &Place, scope: &Scope<'_>, now: Timestamp) -> Result<Checked, Problem> {
    let found = working_copy_of(place, now);
    let record = record(place, scope.published)?;
    let judgement = judge(&found.files, &place.settings, &record, now);
    let findings = judgement.findings();
    let mut checked =
        Checked { texts: texts(&findings, &found.files, place), findings, ..Checked::default() };
    if !scope.history {
        let timelines = &judgement.by_slug;
        let is_past = |finding: &Finding| {
            let timeline = finding.incident.as_deref().and_then(|slug| timelines.get(slug));
            timeline.is_some_and(|timeline| lint::is_past(timeline, &record, finding))
        };
        let all = checked.findings.len();
        checked.findings.retain(|finding| !is_past(finding));
        checked.past = all - checked.findings.len();
    }
    checked.findings.extend(found.unread.iter().map(unread));
    checked.findings.extend(place.findings.iter().cloned());
    checked.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(checked)
}

/// Checks files that may not be saved yet, such as an update being written.
pub(super) fn check_files(place: &Place, files: &[File], now: Timestamp) -> Result<Checked, Problem> {
    let judgement = judge(files, &place.settings, &record(place, None)?, now);
    let findings = judgement.findings();
    Ok(Checked { texts: texts(&findings, files, place), findings, ..Checked::default() })
}

/// What readers saw: as in the commit named, else the record, else as in the upstream branch.
pub(super) fn record(place: &Place, published: Option<&str>) -> Result<Record, Problem> {
    if let Some(name) = published {
        return known::at_commit(place, &repository(place)?, name);
    }
    let record = known::record(place)?;
    if !record.is_empty() {
        return Ok(record);
    }
    match git::upstream(&place.root) {
        Some((repository, commit)) => known::at_commit(place, &repository, &commit),
        None => Ok(record),
    }
}

fn texts(findings: &[Finding], files: &[File], place: &Place) -> HashMap<Arc<str>, Arc<str>> {
    let meant = paths(findings);
    let text = |file: &File| {
        file.bytes.text().cloned().unwrap_or_else(|| String::from_utf8_lossy(&file.bytes).into())
    };
    let meant = files.iter().filter(|file| meant.contains(&file.path));
    let texts = meant.map(|file| (file.path.clone(), text(file)));
    texts.chain(place.sources.iter().map(|source| (source.path.clone(), source.text.clone()))).collect()
}

/// The files that findings point into.
fn paths(findings: &[Finding]) -> HashSet<&Arc<str>> {
    let notes = findings.iter().flat_map(|finding| &finding.notes).map(|note| &note.path);
    findings.iter().map(|finding| &finding.path).chain(notes).collect()
}

/// Paths as typed, relative to the site.
pub(super) fn inside_all(place: &Place, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Problem> {
    paths.iter().map(|path| inside(place, path)).collect()
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
