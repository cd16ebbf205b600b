//! The files as they lie here, built: drafts and withheld updates included. Publishes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::builder::Builder;
use super::judge::{Judge, Judgement};
use super::sources::date_preview;
use super::{Place, Problem, known};
use crate::content::File;
use crate::disk::Report;
use crate::disk::read;
use crate::site::View;
use crate::timeline::{Record, Timeline};

/// Builds previews into one folder.
#[derive(Debug)]
pub struct Preview {
    builder: Builder,
    judge: Judge,
    /// The working copy as last read, by path.
    files: BTreeMap<Arc<str>, File>,
}

impl Preview {
    pub fn open(out: &Path) -> Result<Self, Problem> {
        Ok(Self { builder: Builder::open(out)?, judge: Judge::default(), files: BTreeMap::new() })
    }

    /// Reads what changed: some files, or everything where a folder changed as a whole or nothing was read yet.
    pub fn refresh(&mut self, place: &Place, changed: &BTreeSet<PathBuf>) {
        let is_file = |path: &&PathBuf| path.extension().is_some_and(|end| end == "md" || end == "toml");
        if self.files.is_empty() || changed.iter().any(|path| !is_file(&path)) {
            let found = read::site(&place.root);
            self.files = found.files.into_iter().map(|file| (file.path.clone(), file)).collect();
            return;
        }
        let inside = |path: &PathBuf| Some(path.strip_prefix(&place.root).ok()?.to_str()?.replace('\\', "/"));
        let paths: Vec<String> = changed.iter().filter_map(inside).collect();
        for path in &paths {
            self.files.remove(path.as_str());
        }
        for file in read::some(&place.root, &paths).files {
            self.files.insert(file.path.clone(), file);
        }
    }

    /// Builds what was read, as it is at `now`.
    pub fn build(
        &mut self,
        place: &Place,
        record: &Record,
        now: Timestamp,
    ) -> Result<(Judgement, Report), Problem> {
        let mut files: Vec<File> = self.files.values().cloned().collect();
        date_preview(place, &mut files, now);
        let judgement = self.judge.judge(&files, &place.settings, record, now);
        self.builder.dress(&files, &place.settings.theme.name);
        let timelines: Vec<&Timeline> = judgement.timelines.values().map(|timeline| &**timeline).collect();
        let view = View {
            settings: &place.settings,
            registers: &judgement.content.registers,
            pages: &judgement.content.pages,
            timelines: &timelines,
            unreadable: &judgement.content.unreadable,
            record,
            commit: "",
            now,
            preview: true,
        };
        let report = self.builder.build(&view)?;
        Ok((judgement, report))
    }
}

/// Builds the working copy once.
pub fn preview(place: &Place, out: &Path, now: Timestamp) -> Result<(Judgement, Report), Problem> {
    let mut preview = Preview::open(out)?;
    preview.refresh(place, &BTreeSet::new());
    preview.build(place, &known::record(place)?, now)
}
