//! `candor subscribers`

use std::io::{BufReader, Read};

use anyhow::Context;

use super::args::SubscribersCommand;
use super::{Exit, Screen};
use crate::daemon::{Place, Roll};
use crate::outbox::RosterFault;

pub(super) fn run(place: &Place, command: &SubscribersCommand, screen: &Screen) -> anyhow::Result<Exit> {
    let now = crate::clock::Clock::System.now();
    let mut roll = Roll::open(place)?;
    match command {
        SubscribersCommand::Import { file } => {
            let input: Box<dyn Read> = if file.as_os_str() == "-" {
                Box::new(std::io::stdin().lock())
            } else {
                let opened = std::fs::File::open(file);
                Box::new(opened.with_context(|| format!("cannot read {}", file.display()))?)
            };
            let name = file.display().to_string();
            let mut shown = Ok(());
            let imported = roll.import(BufReader::with_capacity(1 << 16, input), now, &mut |fault| {
                if shown.is_ok() {
                    shown = screen.print(&said(&name, fault));
                }
            })?;
            shown?;
            screen.line(&imported.summary())?;
            return Ok(if imported.left_out > 0 { Exit::Findings } else { Exit::Fine });
        }
        SubscribersCommand::Export { file } => {
            let (list, left_out) = roll.export()?;
            match file {
                None => screen.print(&list)?,
                Some(file) => {
                    std::fs::write(file, list).with_context(|| format!("cannot write {}", file.display()))?;
                }
            }
            if left_out > 0 {
                screen.tell(&format!(
                    "{left_out} who follow one incident alone are not in this list; a copy of the ledger holds them."
                ));
            }
        }
        SubscribersCommand::List => screen.print(&roll.list("")?)?,
        SubscribersCommand::Find { what } => screen.print(&roll.list(what)?)?,
        SubscribersCommand::Show { who } => screen.print(&roll.show(who)?)?,
        SubscribersCommand::Forget { who } => screen.line(&roll.forget(who, now)?)?,
    }
    Ok(Exit::Fine)
}

/// A bad row: what is wrong, where, and what to write instead.
fn said(file: &str, fault: &RosterFault) -> String {
    let level = if fault.left_out { "error" } else { "warning" };
    let RosterFault { line, rule, message, help, row, .. } = fault;
    format!("{level}[{rule}]: {message}\n  --> {file}:{line}: {row}\n  help: {help}\n\n")
}
