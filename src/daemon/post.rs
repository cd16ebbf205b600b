//! The sender: hands the desk's work to the transport, for as long as there is work.
//!
//! It has a connection to the ledger of its own, so that a statement can be published while a broadcast runs. When the
//! relay fails, the whole relay rests; deliveries keep their place and their number of attempts.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::desk::{DeskEvent, DeskSettings, OpenDesk};
use super::publisher::books;
use super::{Place, Problem, Stop, secret};
use crate::clock::Clock;
use crate::mail::{Maildir, Smtp};
use crate::outbox::{Composer, Transport, TransportError, Work};
use crate::store::SqliteLedger;

/// How often the sender looks for work that came due by itself.
const POLL: Duration = Duration::from_secs(1);
/// How long the relay rests after a failure, at first and at most.
const REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(300);

/// The sender of one site.
pub(super) struct Post {
    desk: Arc<OpenDesk>,
    transport: Arc<dyn Transport>,
    bell: Arc<Bell>,
    troubles: Arc<Mutex<Vec<Problem>>>,
    thread: Option<JoinHandle<()>>,
}

/// Wakes the sender.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    sound: Condvar,
    stop: AtomicBool,
}

impl Post {
    /// Becomes a sender; what dead ones held is taken back.
    pub(super) fn open(place: &Place, clock: &Arc<Clock>, compose: Box<Composer>) -> Result<Self, Problem> {
        let transport = transport(place)?;
        let ledger = SqliteLedger::open(&place.root, &place.host.store).map_err(books)?;
        let troubles: Arc<Mutex<Vec<Problem>>> = Arc::default();
        let heard = troubles.clone();
        let settings = DeskSettings {
            work: &Work::ALL,
            host: format!("candor:{}", std::process::id()),
            connections: place.host.mail.connections,
            compose,
            clock: clock.clone(),
            zone: place.settings.zone.clone(),
            notify: Box::new(move |event| note(&heard, problem(event))),
        };
        let (desk, _) = OpenDesk::open(Box::new(ledger), settings).map_err(books)?;
        Ok(Self { desk, transport, bell: Arc::default(), troubles, thread: None })
    }

    /// Sends until nothing is due, or until it is stopped.
    pub(super) fn deliver(&mut self, stop: &Stop) -> Result<(), Problem> {
        let delivered = self.transport.deliver(self.desk.clone(), &|| stop.is_raised());
        self.desk.put_back();
        delivered.map_err(Problem::outside)
    }

    /// Sends from a thread of its own from now on.
    pub(super) fn start(&mut self, stop: &Stop) -> Result<(), Problem> {
        let (desk, transport, bell) = (self.desk.clone(), self.transport.clone(), self.bell.clone());
        let (troubles, stop) = (self.troubles.clone(), stop.clone());
        let work = move || {
            let mut rest = REST;
            while !stop.is_raised() && !bell.stop.load(Ordering::Acquire) {
                let ends = || stop.is_raised() || bell.stop.load(Ordering::Acquire);
                match transport.deliver(desk.clone(), &ends) {
                    Ok(()) => {
                        rest = REST;
                        bell.wait(POLL);
                    }
                    Err(error) => {
                        note(&troubles, Some(Problem::outside(error)));
                        bell.rest(rest);
                        rest = (rest * 2).min(LONGEST_REST);
                    }
                }
                desk.put_back();
            }
        };
        let thread = std::thread::Builder::new().name("sender".to_owned()).spawn(work);
        self.thread =
            Some(thread.map_err(|error| Problem::outside(format!("the sender cannot start: {error}")))?);
        Ok(())
    }

    /// There may be new work.
    pub(super) fn nudge(&self) {
        self.bell.ring();
    }

    /// What went wrong since the last call.
    pub(super) fn troubles(&self) -> Vec<Problem> {
        std::mem::take(&mut *self.troubles.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Post {
    /// Finishes the mails that were begun, gives back the others, and leaves.
    fn drop(&mut self) {
        self.bell.stop.store(true, Ordering::Release);
        self.bell.ring();
        if let Some(thread) = self.thread.take() {
            // A panic there was printed there.
            let _ = thread.join();
        }
        self.desk.close();
    }
}

impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.sound.notify_all();
    }

    /// Waits until it rings, at most so long.
    fn wait(&self, patience: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut rung, _) = self
            .sound
            .wait_timeout_while(rung, patience, |rung| !*rung)
            .unwrap_or_else(PoisonError::into_inner);
        *rung = false;
    }

    /// Waits so long whether it rings or not, unless it is the end.
    fn rest(&self, time: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let goes_on = |_: &mut bool| !self.stop.load(Ordering::Acquire);
        drop(self.sound.wait_timeout_while(rung, time, goes_on));
    }
}

/// The relay where one is set, else the maildir.
fn transport(place: &Place) -> Result<Arc<dyn Transport>, Problem> {
    let mail = &place.host.mail;
    if mail.relay.is_empty() {
        return Ok(Arc::new(Maildir::new(place.keep("mail"))));
    }
    let password = secret(&mail.password, &place.root)?.unwrap_or_default();
    let relay = Smtp::new(mail, &password).map_err(|error| match error {
        TransportError::Refused { .. } => Problem::configuration(error),
        other => Problem::outside(other),
    })?;
    Ok(Arc::new(relay))
}

fn note(troubles: &Mutex<Vec<Problem>>, problem: Option<Problem>) {
    troubles.lock().unwrap_or_else(PoisonError::into_inner).extend(problem);
}

fn problem(event: DeskEvent) -> Option<Problem> {
    match event {
        DeskEvent::Paused(tripped) => Some(Problem::outside(format!(
            "the relay refuses our mail, so sending about {} is paused: {}. Nobody was unsubscribed. Mend it, then `candor delivery resume {}`",
            tripped.incident, tripped.why, tripped.incident
        ))),
        DeskEvent::Stuck(error) => Some(books(error)),
        DeskEvent::Unstuck => None,
    }
}
