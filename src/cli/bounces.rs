//! `candor bounces`

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use anyhow::Context;

use super::{Exit, Screen};
use crate::daemon::{Place, take_in};

pub(super) fn run(place: &Place, file: Option<&Path>, screen: &Screen) -> anyhow::Result<Exit> {
    let now = crate::clock::Clock::System.now();
    let mut mail: Box<dyn Read> = match file {
        Some(path) => Box::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?),
        None => Box::new(stdin().lock()),
    };
    let taken = take_in(place, &mut *mail, now)?;
    screen.line(&taken.summary())?;
    Ok(Exit::Fine)
}
