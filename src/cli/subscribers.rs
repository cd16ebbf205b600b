//! `candor subscribers`

use std::io::Read;

use anyhow::Context;

use super::args::SubscribersCommand;
use super::{Exit, Screen};
use crate::daemon::{Place, Roll};
use crate::diag;

pub(super) fn run(place: &Place, command: &SubscribersCommand, screen: &Screen) -> anyhow::Result<Exit> {
    let now = crate::clock::Clock::System.now();
    let mut roll = Roll::open(place)?;
    match command {
        SubscribersCommand::Import { file } => {
            let text = if file.as_os_str() == "-" {
                let mut text = String::new();
                std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
                text
            } else {
                std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?
            };
            let imported = roll.import(&file.display().to_string(), &text, now)?;
            let lookup = |_: &str| Some(text.as_str());
            screen.print(&diag::human(&imported.findings, &lookup, screen.colour()))?;
            screen.line(&imported.summary())?;
            return Ok(super::check::exit(&imported.findings));
        }
        SubscribersCommand::Export { file: None } => screen.print(&roll.export()?)?,
        SubscribersCommand::Export { file: Some(file) } => {
            std::fs::write(file, roll.export()?)
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        SubscribersCommand::List => screen.print(&roll.list("")?)?,
        SubscribersCommand::Find { what } => screen.print(&roll.list(what)?)?,
        SubscribersCommand::Show { who } => screen.print(&roll.show(who)?)?,
        SubscribersCommand::Forget { who } => screen.line(&roll.forget(who, now)?)?,
    }
    Ok(Exit::Fine)
}
