//! One file per command: flags in, call, print. No logic.

mod args;
mod bounces;
mod build;
mod check;
mod completions;
mod delivery;
mod demo;
mod doctor;
mod exit;
mod import;
mod init;
mod lsp;
mod new;
mod run;
mod scorecard;
mod screen;
mod signup;
mod subscribers;
mod update;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::daemon::{Place, Problem, moment};
pub use args::Cli;
use args::{AtArgs, Command};
pub use exit::Exit;
use screen::Screen;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Fine.into() };
        }
    };
    let screen = Screen::new(cli.place.color);
    match run(&cli, &screen) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let exit = Exit::of(&error);
            if exit != Exit::Fine {
                screen.error(&error);
            }
            exit.into()
        }
    }
}

fn run(cli: &Cli, screen: &Screen) -> anyhow::Result<Exit> {
    match &cli.command {
        Command::Demo(args) => demo::run(args, screen),
        Command::Init(args) => init::run(args, screen),
        Command::New(command) => new::run(&open(cli)?, command, screen),
        Command::Update(args) => update::run(&open(cli)?, args, screen),
        Command::Check(args) => check::run(cli, args, screen),
        Command::Build(args) => build::run(&open(cli)?, args, screen),
        Command::Run(args) => run::run(open(cli)?, args, screen),
        Command::Subscribers(command) => subscribers::run(&open(cli)?, command, screen),
        Command::Bounces { file } => bounces::run(&open(cli)?, file.as_deref(), screen),
        Command::Delivery(command) => delivery::run(&open(cli)?, command, screen),
        Command::Signup(args) => signup::run(&open(cli)?, args, screen),
        Command::Scorecard(args) => scorecard::run(&open(cli)?, args, screen),
        Command::Import(command) => import::run(&open(cli)?, command, screen),
        Command::Lsp(args) => lsp::run(cli, args),
        Command::Verify(args) => verify::run(cli, args, screen),
        Command::Doctor => doctor::run(cli, screen),
        Command::Completions { shell } => completions::run(*shell, screen),
    }
}

fn open(cli: &Cli) -> Result<Place, Problem> {
    Place::open(cli.place.site.as_deref(), cli.place.host.as_deref())
}

impl AtArgs {
    /// The moment given, else the clock's.
    fn now(&self, place: &Place) -> Result<jiff::Timestamp, Problem> {
        match &self.at {
            Some(text) => moment(text, &place.settings.zone),
            None => Ok(crate::clock::Clock::System.now()),
        }
    }
}
