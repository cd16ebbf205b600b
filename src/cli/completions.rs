//! `candor completions`

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Exit, Screen};

pub(super) fn run(shell: Shell, screen: &Screen) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "candor", &mut script);
    screen.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
