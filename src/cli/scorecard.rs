//! `candor scorecard`

use super::args::{ScorecardArgs, ScorecardFormat};
use super::{Exit, Screen};
use crate::daemon::{Place, scorecard, scorecard_text};

pub(super) fn run(place: &Place, args: &ScorecardArgs, screen: &Screen) -> anyhow::Result<Exit> {
    let card = scorecard(place, args.time.now(place)?)?;
    match args.format {
        ScorecardFormat::Human => screen.print(&scorecard_text(&card, place))?,
        ScorecardFormat::Json => screen.line(&serde_json::to_string_pretty(&card)?)?,
    }
    Ok(Exit::Fine)
}
