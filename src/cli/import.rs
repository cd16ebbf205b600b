//! `candor import`

use super::args::ImportCommand;
use super::{Exit, Screen};
use crate::daemon::{self, Place};
use crate::diag;

pub(super) fn run(place: &Place, command: &ImportCommand, screen: &Screen) -> anyhow::Result<Exit> {
    let ImportCommand::Cstate { dir, dry_run } = command;
    let imported = daemon::import_cstate(place, dir, *dry_run)?;
    for line in &imported.lines {
        screen.line(line)?;
    }
    let lookup = |path: &str| imported.texts.get(path).map(String::as_str);
    screen.print(&diag::human(&imported.findings, &lookup, screen.colour()))?;
    screen.line(&imported.summary)?;
    Ok(super::check::exit(&imported.findings))
}
