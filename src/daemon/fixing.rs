//! `check --fix`: makes the fixes that findings carry, and writes out `## now`.
//!
//! The files are judged again after each round, until no fix is left: one may call for another. Only then are they saved,
//! each whole or not at all, and only where nobody saved them meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::checking::{inside_all, record};
use super::judge::Judge;
use super::sources::working_copy;
use super::{Place, Problem};
use crate::content::{File, scaffold};
use crate::diag::mend;
use crate::disk;

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
    let found = working_copy(place).files;
    let mut files = found.clone();
    let mut fixed: Vec<Fixed> =
        files.iter().map(|file| Fixed { path: file.path.clone(), titles: Vec::new() }).collect();
    for (file, fixed) in files.iter_mut().zip(&mut fixed).filter(|(file, _)| asked(&file.path)) {
        fixed.titles.extend(write_out_now(place, file, now));
    }
    let mut judge = Judge::default();
    let rounds = if what == Fixing::All { ROUNDS } else { 0 };
    for _ in 0..rounds {
        let findings = judge.judge(&files, &place.settings, &record, now).findings;
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
        if !any {
            break;
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

/// Writes out `## now` with the time `now` or, where it was committed as it is, with that of the commit, under which
/// readers saw it; says what was done.
fn write_out_now(place: &Place, file: &mut File, now: Timestamp) -> Option<String> {
    let text = file.bytes.text()?;
    let time_of = |line| Some(file.committed.of_line(line).unwrap_or(now));
    let written = scaffold::write_out_now(text, &place.settings.zone, time_of)?;
    file.bytes = written.into();
    Some("Write out `now`".to_owned())
}
