//! `candor demo`

use std::sync::Arc;

use jiff::Timestamp;

use super::args::{DemoArgs, DemoUntil};
use super::run::{Console, serve};
use super::{Exit, Screen};
use crate::clock::Clock;
use crate::config::HttpSettings;
use crate::daemon::{Daemon, Demo, Event, Problem, Stop, Turn, Watcher, signup_service};
use crate::http::free_to_listen;

pub(super) fn run(args: &DemoArgs, screen: &Screen) -> anyhow::Result<Exit> {
    let played = args.until == Some(DemoUntil::Resolved);
    let clock = Arc::new(match (args.speed, played) {
        (1, true) => Clock::jumping(),
        (1, false) => Clock::System,
        (speed, _) => Clock::fast(speed),
    });
    let served = !played || args.speed > 1;
    let listen = if served { Some(address(args.listen.as_deref())?) } else { None };
    let demo = Demo::begin(&args.dir, clock.now())?;
    let stop = Stop::on_signals().map_err(Problem::outside)?;
    let place = demo.place()?;
    screen.tell(&format!(
        "A sample city is in {}. Its incident: {}",
        args.dir.display(),
        demo.incident_path()
    ));
    let mut console = Console::new(*screen);
    let mut service = None;
    if let Some(listen) = listen {
        let opened = signup_service(&place, &clock)?;
        console.server = Some(serve(&place, opened.clone(), Some(&listen), screen)?);
        service = Some(opened);
        screen.tell("Edit the incident and save: the page follows. Ctrl-C stops.");
    }
    let mut daemon = Daemon::start(place, clock)?;
    if let Some(service) = service {
        daemon.supply(service);
    }
    let mut watcher = Stage { console, demo, played, ended: false };
    daemon.run(&mut watcher, &stop)?;
    if watcher.ended {
        screen.print(&watcher.demo.summary(&mut daemon)?)?;
    }
    Ok(Exit::Fine)
}

/// Where to serve: as asked, else at the usual address, or where another program has that, at a free port. Asked before
/// anything is written, so that a demo which cannot be shown leaves nothing behind.
fn address(asked: Option<&str>) -> Result<String, Problem> {
    let usual = HttpSettings::default().listen;
    match asked {
        Some(asked) => free_to_listen(asked).map(|()| asked.to_owned()).map_err(Problem::configuration),
        None if free_to_listen(&usual).is_ok() => Ok(usual),
        None => Ok("127.0.0.1:0".to_owned()),
    }
}

/// Plays the script before each turn, and ends the play after its last word.
struct Stage {
    console: Console,
    demo: Demo,
    played: bool,
    ended: bool,
}

impl Watcher for Stage {
    fn event(&mut self, event: &Event<'_>) {
        self.console.event(event);
    }

    fn before(&mut self, now: Timestamp) -> Result<Option<Timestamp>, Problem> {
        if self.played { self.demo.play(now) } else { Ok(None) }
    }

    fn after(&mut self, turn: &Turn) -> bool {
        self.ended = self.played && self.demo.is_over(turn);
        self.ended
    }
}
