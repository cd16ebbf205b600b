//! `candor signup`

use std::sync::Arc;

use super::args::SignupArgs;
use super::{Exit, Screen};
use crate::clock::Clock;
use crate::daemon::{Place, Problem, Stop, keep_showing, signup_service};
use crate::http::{Serve, Server};

pub(super) fn run(place: &Place, args: &SignupArgs, screen: &Screen) -> anyhow::Result<Exit> {
    let clock = Arc::new(Clock::System);
    let stop = Stop::on_signals().map_err(Problem::outside)?;
    let service = signup_service(place, &clock)?;
    let listen = args.listen.clone().unwrap_or_else(|| place.host.http.listen.clone());
    let server = Server::start(Serve { listen, preview: None, signup: Some(service.clone()) })
        .map_err(Problem::configuration)?;
    screen.tell(&format!("Sign up: http://{}/subscribe", server.address()));
    screen
        .tell("Mails are sent by `candor run` on the same ledger. Ctrl-C stops; what has begun is finished.");
    keep_showing(&service, place, &clock, &stop, &mut |problem| {
        screen.tell(&format!("trouble    {problem}"));
    })?;
    drop(server);
    screen.tell("Stopped.");
    Ok(Exit::Fine)
}
