//! `candor delivery`

use super::args::DeliveryCommand;
use super::{Exit, Screen};
use crate::daemon::{Deliveries, Place};

pub(super) fn run(place: &Place, command: &DeliveryCommand, screen: &Screen) -> anyhow::Result<Exit> {
    let now = crate::clock::Clock::System.now();
    let mut deliveries = Deliveries::open(place)?;
    let text = match command {
        DeliveryCommand::Progress => deliveries.progress()?,
        DeliveryCommand::Failed => deliveries.failed()?,
        DeliveryCommand::InDoubt => deliveries.in_doubt()?,
        DeliveryCommand::Suppressed => deliveries.suppressed()?,
        DeliveryCommand::Pause { incident } => deliveries.pause(incident)?,
        DeliveryCommand::Resume { incident } => deliveries.resume(incident)?,
        DeliveryCommand::Retry { incident } => deliveries.retry(incident, now)?,
    };
    screen.print(&text)?;
    Ok(Exit::Fine)
}
