//! `candor delivery`

use super::args::{Arrived, DeliveryCommand};
use super::{Exit, Screen};
use crate::daemon::{Deliveries, Place};

pub(super) fn run(place: &Place, command: &DeliveryCommand, screen: &Screen) -> anyhow::Result<Exit> {
    let now = crate::clock::Clock::System.now();
    let mut deliveries = Deliveries::open(place)?;
    let text = match command {
        DeliveryCommand::Progress { incident } => deliveries.progress(incident.as_deref(), now)?,
        DeliveryCommand::Failed { incident } => deliveries.failed(incident.as_deref())?,
        DeliveryCommand::InDoubt { incident } => deliveries.in_doubt(incident.as_deref())?,
        DeliveryCommand::Suppressed => deliveries.suppressed()?,
        DeliveryCommand::Returned => deliveries.returned()?,
        DeliveryCommand::Channels => deliveries.channels()?,
        DeliveryCommand::Pause { incident } => deliveries.pause(incident)?,
        DeliveryCommand::Resume { incident } => deliveries.resume(incident)?,
        DeliveryCommand::Retry { incident } => deliveries.retry(incident, now)?,
        DeliveryCommand::Resolve { incident, reader, what } => {
            deliveries.resolve(incident, reader, *what == Arrived::Arrived, now)?
        }
    };
    screen.print(&text)?;
    Ok(Exit::Fine)
}
