//! `candor lsp`

use std::sync::Arc;

use super::args::LspArgs;
use super::{Cli, Exit};
use crate::clock::Clock;
use crate::daemon::{Editors, Problem};
use crate::lsp::{self, End};

pub(super) fn run(cli: &Cli, args: &LspArgs) -> anyhow::Result<Exit> {
    let clock = match &args.time.at {
        Some(_) => Clock::Fixed(args.time.now(&super::open(cli)?)?),
        None => Clock::System,
    };
    let site = match &cli.place.site {
        Some(site) => Some(std::path::absolute(site).map_err(Problem::outside)?),
        None => None,
    };
    let editors = Editors { site, host: cli.place.host.clone(), clock: Arc::new(clock) };
    let stdio = lsp::stdio();
    let end = lsp::serve(&stdio.connection, Arc::new(editors));
    stdio.finish();
    Ok(match end {
        End::Asked => Exit::Fine,
        End::Abrupt => Exit::Abrupt,
    })
}
