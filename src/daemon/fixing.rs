//! `check --fix`: makes the fixes that findings carry.
//!
//! The files are judged again after each round, until no fix is left: one may call for another. Only then are they saved,
//! each whole or not at all, and only where nobody saved them meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::checking::{inside_all, record};
use super::judge::Judge;
use super::sources::working_copy_of;
use super::{Place, Problem};
use crate::content::scaffold::now_headings;
use crate::diag::mend;
use crate::disk;
use crate::lint::NOW_HEADING;

/// More rounds than fixes can need of one another: what goes on after these would go on for ever.
const ROUNDS: usize = 16;

/// What to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixing {
    /// `## now` headings alone, as the hook does: a commit brings nothing that its author has not seen.
    Now,
    /// What findings carry fixes for, too.
    All,
}

/// What was done to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub path: Arc<str>,
    /// As orders, in the order in which they were carried out.
    pub titles: Vec<String>,
}

/// Mends the files of the working copy at or below `paths` (as typed; empty: all). `published` names what readers saw,
/// if not the record.
pub fn fix(
    place: &Place,
    what: Fixing,
    paths: &[PathBuf],
    published: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Fixed>, Problem> {
    let wanted = inside_all(place, paths)?;
    let asked = |path: &str| {
        path.ends_with(".md")
            && (wanted.is_empty() || wanted.iter().any(|folder| Path::new(path).starts_with(folder)))
    };
    let record = record(place, published)?;
    let found = working_copy_of(place, now).files;
    let mut files = found.clone();
    let mut fixed: Vec<Fixed> =
        files.iter().map(|file| Fixed { path: file.path.clone(), titles: Vec::new() }).collect();
    let mut judge = Judge::default();
    let mut round = |only: Option<&str>| {
        let mut findings = judge.judge(&files, &place.settings, &record, now).findings();
        findings.retain(|finding| only.is_none_or(|rule| finding.rule == rule));
        let mut any = false;
        for (file, fixed) in files.iter_mut().zip(&mut fixed).filter(|(file, _)| asked(&file.path)) {
            let Some(text) = file.bytes.text() else { continue };
            let mended = mend(text, findings.iter().filter(|finding| finding.path == file.path));
            if !mended.titles.is_empty() {
                file.bytes = mended.text.into();
                fixed.titles.extend(mended.titles);
                any = true;
            }
        }
        any
    };
    // These first: git knows their times by line, and other fixes move lines.
    if found.iter().any(|file| {
        asked(&file.path) && file.bytes.text().is_some_and(|text| now_headings(text).next().is_some())
    }) {
        round(Some(NOW_HEADING));
    }
    if what == Fixing::All {
        let mut left = ROUNDS;
        while left > 0 && round(None) {
            left -= 1;
        }
    }
    for (old, new) in found.iter().zip(&files).filter(|(old, new)| old.bytes != new.bytes) {
        let target = place.root.join(&*new.path);
        let saved = disk::save_over(&target, &old.bytes, &new.bytes)
            .map_err(|error| Problem::outside(format!("cannot save {}: {error}", target.display())))?;
        if !saved {
            return Err(Problem::outside(format!(
                "{} was saved by someone else meanwhile, so it was left alone. Try again",
                target.display()
            )));
        }
    }
    fixed.retain(|fixed| !fixed.titles.is_empty());
    Ok(fixed)
}
