//! What readers saw: the record, from wherever it is kept.

use std::fs;
use std::path::Path;

use super::publisher::books;
use super::{Place, Problem};
use crate::content;
use crate::disk::git::{Blobs, Repository};
use crate::http::fetch;
use crate::outbox::Ledger;
use crate::timeline::{Inputs, Record, publications};

/// The ledger's record, else that of the built site; an empty one where nothing was published yet.
pub(super) fn record(place: &Place) -> Result<Record, Problem> {
    record_beside(place, &place.out())
}

/// The ledger's record, else that of the site built in this folder.
pub fn record_beside(place: &Place, built: &Path) -> Result<Record, Problem> {
    if place.has_ledger() {
        let mut ledger = place.open_ledger()?;
        return ledger.record().map_err(books);
    }
    let built = built.join(crate::site::RECORD);
    if built.exists() { read(&built) } else { Ok(Record::default()) }
}

/// The record at a web address or in a file. One whose chain is broken is not taken for true.
pub fn read_from(place: &str) -> Result<Record, Problem> {
    let is_address = place.starts_with("https://") || place.starts_with("http://");
    if !is_address {
        return read(Path::new(place));
    }
    parse(&fetch(place).map_err(Problem::outside)?, place)
}

/// A record file.
pub(super) fn read(path: &Path) -> Result<Record, Problem> {
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::outside(format!("cannot read the record {}: {error}", path.display())))?;
    parse(&text, &path.display().to_string())
}

fn parse(text: &str, place: &str) -> Result<Record, Problem> {
    let (record, problems) = Record::parse(text);
    match problems.first() {
        None => Ok(record),
        Some(first) => Err(Problem::outside(format!(
            "the record {place} is damaged at line {}: {}. Take a copy from the published site or a backup",
            first.line, first.why
        ))),
    }
}

/// What a commit would have published: every statement in it, with its own time.
pub(super) fn at_commit(place: &Place, repository: &Repository, name: &str) -> Result<Record, Problem> {
    let commit = repository.commit(name).map_err(Problem::configuration)?;
    let files = repository.files(&commit, &mut Blobs::default()).map_err(Problem::outside)?;
    let content = content::read(&files, &place.settings).value;
    let settings = &place.settings;
    let empty = Record::default();
    let inputs = content.incidents.iter().map(|incident| Inputs::of(incident, settings, &empty, false));
    let mut record = Record::default();
    for line in publications(&empty, inputs, jiff::Timestamp::MAX) {
        record.push(line);
    }
    Ok(record)
}
