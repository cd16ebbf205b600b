//! `candor doctor`

use super::{Cli, Exit, Screen, open};
use crate::daemon::{Health, doctor};

pub(super) fn run(cli: &Cli, screen: &Screen) -> anyhow::Result<Exit> {
    let list = doctor(&open(cli)?);
    for diagnosis in &list {
        let word = match diagnosis.health {
            Health::Good => "good",
            Health::Poor => "poor",
            Health::Bad => "bad ",
        };
        screen.line(&format!("{word}  {}", diagnosis.what))?;
        if !diagnosis.mend.is_empty() {
            screen.line(&format!("      fix: {}", diagnosis.mend))?;
        }
    }
    let bad = list.iter().filter(|diagnosis| diagnosis.health == Health::Bad).count();
    match bad {
        0 => screen.line("\nNothing stands in the way of `candor run`.")?,
        bad => screen.line(&format!("\n{bad} things to fix before `candor run` can do its work."))?,
    }
    Ok(if bad == 0 { Exit::Fine } else { Exit::Usage })
}
