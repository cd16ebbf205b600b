//! What a build or a daemon works with, set up once.

use std::path::Path;

use super::builder::Builder;
use super::judge::{Judge, Timelines};
use super::publisher::books;
use super::{Place, Problem, Publisher, Sources, known};
use crate::disk::Lock;
use crate::timeline::{Record, lost};

/// The tools of one publisher. While they exist nobody else publishes this site from this machine.
pub struct Works {
    pub place: Place,
    pub sources: Sources,
    pub publisher: Publisher,
    pub builder: Builder,
    pub(super) judge: Judge,
    /// Of what was published last.
    pub(super) timelines: Timelines,
    /// The record of the site that stands in the output folder; taken once it is known to be contained in ours.
    standing: Option<Record>,
    /// Whether one turn is all there is: what would help the next one is then let go.
    pub(super) once: bool,
    _lock: Lock,
}

impl Works {
    /// For the daemon: with the ledger, made where there is none and filled from the standing site's record.
    pub fn with_ledger(place: Place) -> Result<Self, Problem> {
        let lock = lock(&place)?;
        let mut ledger = place.open_ledger()?;
        let standing = standing(&place.out())?;
        if crate::outbox::Ledger::record(&mut ledger).map_err(books)?.is_empty() && !standing.is_empty() {
            crate::outbox::Ledger::restore(&mut ledger, &standing).map_err(books)?;
        }
        let publisher = Publisher::with_ledger(Box::new(ledger), place.host.channels.clone())?;
        let out = place.out();
        Self::new(place, publisher, &out, standing, lock)
    }

    /// For `build`: with the ledger where the site has one, else with the record alone: the one given, or that of the
    /// standing site.
    pub fn for_build(place: Place, out: &Path, record: Option<&str>) -> Result<Self, Problem> {
        let lock = lock(&place)?;
        let standing = standing(out)?;
        let (publisher, standing) = match record {
            Some(place) => (Publisher::with_record(known::read_from(place)?), standing),
            None if place.has_ledger() => {
                let ledger = place.open_ledger()?;
                (Publisher::with_ledger(Box::new(ledger), place.host.channels.clone())?, standing)
            }
            // What goes on from it cannot lose any of it.
            None => (Publisher::with_record(standing), Record::default()),
        };
        Ok(Self { once: true, ..Self::new(place, publisher, out, standing, lock)? })
    }

    fn new(
        place: Place,
        publisher: Publisher,
        out: &Path,
        standing: Record,
        lock: Lock,
    ) -> Result<Self, Problem> {
        Ok(Self {
            sources: Sources::open(&place)?,
            builder: Builder::open(out)?,
            publisher,
            judge: Judge::default(),
            timelines: Timelines::default(),
            place,
            standing: Some(standing),
            once: false,
            _lock: lock,
        })
    }

    /// Refuses to replace a site whose record holds statements that ours lacks.
    pub(super) fn refuse_loss(&mut self) -> Result<(), Problem> {
        let Some(standing) = &self.standing else { return Ok(()) };
        let lost = lost(standing, self.publisher.record());
        if let Some(first) = lost.first() {
            return Err(Problem::outside(format!(
                "the site in the output folder has published {} statements that this build does not know, the first is {first}. Nothing was written. Give their record with --record, or build into another folder",
                lost.len()
            )));
        }
        self.standing = None;
        Ok(())
    }
}

/// The record of the site in an output folder.
fn standing(out: &Path) -> Result<Record, Problem> {
    let path = out.join(crate::site::RECORD);
    if path.exists() { known::read(&path) } else { Ok(Record::default()) }
}

fn lock(place: &Place) -> Result<Lock, Problem> {
    Lock::take(&place.keep("lock")).map_err(Problem::configuration)
}
