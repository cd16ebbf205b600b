//! `candor run`

use std::sync::Arc;

use super::args::RunArgs;
use super::{Exit, Screen};
use crate::clock::Clock;
use crate::daemon::{self, Daemon, Event, Place, Problem, Stop, Turn, Watcher};
use crate::http::{Preview, Serve, Server, SignUpService};

pub(super) fn run(place: Place, args: &RunArgs, screen: &Screen) -> anyhow::Result<Exit> {
    let clock = Arc::new(match &args.time.at {
        Some(_) => Clock::Fixed(args.time.now(&place)?),
        None => Clock::System,
    });
    if args.dry_run {
        screen.print(&daemon::dry_run(&place, clock.now())?)?;
        return Ok(Exit::Fine);
    }
    let stop = Stop::on_signals().map_err(Problem::outside)?;
    let mut watcher = Console::new(*screen);
    if place.host.mail.relay.is_empty() {
        screen.tell(&format!("No relay is set: mail is written to {}.", place.keep("mail").display()));
    }
    if args.once || args.time.at.is_some() {
        let mut daemon = Daemon::start(place, clock)?;
        daemon.once(&mut watcher, &stop)?;
        return Ok(watcher.exit());
    }
    let service = if args.no_serve { None } else { Some(daemon::signup_service(&place, &clock)?) };
    if let Some(service) = &service {
        watcher.server = Some(serve(&place, service.clone(), None, screen)?);
    }
    let mut daemon = Daemon::start(place, clock)?;
    if let Some(service) = service {
        daemon.supply(service);
    }
    screen.tell("Ctrl-C stops; what has begun is finished.");
    daemon.run(&mut watcher, &stop)?;
    screen.tell("Stopped.");
    Ok(Exit::Fine)
}

/// Serves a site and says where.
pub(super) fn serve(
    place: &Place,
    service: Arc<SignUpService>,
    listen: Option<&str>,
    screen: &Screen,
) -> anyhow::Result<Server> {
    let preview = Preview { site: place.out(), draft: place.keep("preview"), mail: place.keep("mail") };
    let listen = listen.unwrap_or(&place.host.http.listen).to_owned();
    let server = Server::start(Serve { listen, preview: Some(preview), signup: Some(service) })
        .map_err(Problem::configuration)?;
    let at = server.address();
    screen.tell(&format!("The site:          http://{at}/"));
    screen.tell(&format!("Your working copy: http://{at}/_preview/"));
    screen.tell(&format!("Mail:              http://{at}/_mail/"));
    screen.tell(&format!("Sign up:           http://{at}/subscribe"));
    Ok(server)
}

/// Prints what the daemon does, and reloads open pages.
pub(super) struct Console {
    screen: Screen,
    pub(super) server: Option<Server>,
    findings: usize,
    trouble: Option<Problem>,
}

impl Console {
    pub(super) fn new(screen: Screen) -> Self {
        Self { screen, server: None, findings: 0, trouble: None }
    }

    fn exit(&self) -> Exit {
        match &self.trouble {
            Some(Problem::Configuration(_)) => Exit::Usage,
            Some(Problem::Outside(_)) => Exit::Outside,
            None if self.findings > 0 => Exit::Findings,
            None => Exit::Fine,
        }
    }

    fn reload(&self) {
        if let Some(server) = &self.server {
            server.reload();
        }
    }
}

impl Watcher for Console {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Said(said) => {
                self.screen.tell(&format!(
                    "published  {} ({}), {} being told",
                    said.statement,
                    said.kind.word(),
                    are(said.told)
                ));
            }
            Event::Findings(count) => {
                if *count != self.findings {
                    self.screen.tell(&match count {
                        0 => "findings   none at error level any more".to_owned(),
                        1 => "findings   1 error: `candor check` shows it".to_owned(),
                        many => format!("findings   {many} errors: `candor check` shows them"),
                    });
                }
                self.findings = *count;
            }
            Event::Built(report) => {
                self.screen.tell(&format!("built      {}", super::build::report_line(report)));
                self.reload();
            }
            Event::Previewed(_) => self.reload(),
            Event::Told(progress) => {
                let waiting = progress.due + progress.sending + progress.waiting;
                let rest = if waiting > 0 { format!(", {waiting} to go") } else { String::new() };
                self.screen.tell(&format!(
                    "told       {}: {}{rest}",
                    progress.incident,
                    people(progress.told)
                ));
                self.reload();
            }
            Event::Returned(taken) => self.screen.tell(&format!("returned   {}", taken.summary())),
            Event::Pulled => self.screen.tell("pulled     new commits"),
            Event::Trouble(problem) => {
                if self.trouble.as_ref() != Some(*problem) {
                    self.screen.tell(&format!("trouble    {problem}"));
                }
                self.trouble = Some((*problem).clone());
            }
        }
    }

    fn before(&mut self, _: jiff::Timestamp) -> Result<Option<jiff::Timestamp>, Problem> {
        Ok(None)
    }

    fn after(&mut self, _: &Turn) -> bool {
        false
    }
}

fn people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn are(count: u64) -> String {
    if count == 1 { "1 person is".to_owned() } else { format!("{count} people are") }
}
