//! The files as they lie here, built: drafts and withheld updates included. Publishes nothing.

use std::path::Path;

use jiff::Timestamp;

use super::builder::Builder;
use super::judge::{Judgement, judge};
use super::{Place, Problem, known};
use crate::disk::Report;
use crate::disk::read;
use crate::site::View;
use crate::timeline::{Record, Timeline};

/// Builds previews into one folder.
#[derive(Debug)]
pub struct Preview {
    builder: Builder,
}

impl Preview {
    pub fn open(out: &Path) -> Result<Self, Problem> {
        Ok(Self { builder: Builder::open(out)? })
    }

    /// Builds the working copy as it is at `now`.
    pub fn build(
        &mut self,
        place: &Place,
        record: &Record,
        now: Timestamp,
    ) -> Result<(Judgement, Report), Problem> {
        let files = read::site(&place.root).files;
        let judgement = judge(&files, &place.settings, record, now);
        self.builder.dress(&files, &place.settings.theme.name);
        let timelines: Vec<&Timeline> = judgement.timelines.values().collect();
        let view = View {
            settings: &place.settings,
            registers: &judgement.content.registers,
            pages: &judgement.content.pages,
            timelines: &timelines,
            unreadable: &judgement.content.unreadable,
            record,
            now,
            preview: true,
        };
        let report = self.builder.build(&view)?;
        Ok((judgement, report))
    }
}

/// Builds the working copy once.
pub fn preview(place: &Place, out: &Path, now: Timestamp) -> Result<(Judgement, Report), Problem> {
    Preview::open(out)?.build(place, &known::record(place)?, now)
}
