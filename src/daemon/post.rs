//! The senders: hand the desks' work to the transports, for as long as there is work.
//!
//! Each has a connection to the ledger of its own, so that a statement can be published while a broadcast runs. When the
//! relay fails, the whole relay rests; deliveries keep their place and their number of attempts.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::desk::{DeskEvent, DeskSettings, OpenDesk};
use super::publisher::books;
use super::{Place, Problem, Stop, secret};
use crate::clock::Clock;
use crate::config::{ChannelSettings, ChannelUrl, MailSettings, StoreSettings, channel_url};
use crate::mail::{Hook, Hooks, Maildir, Smtp};
use crate::outbox::{Composer, Transport, TransportError, Work, warm_up};
use crate::store::listen;

/// How often the sender looks for work that came due by itself.
const POLL: Duration = Duration::from_secs(1);
/// How long the relay rests after a failure, at first and at most.
const REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(300);
/// Connections kept for mail to one person: a link that confirms a sign-up does not wait behind a city.
const PERSONAL: usize = 1;

/// The senders of one site: mail to readers, mail to one person, and messages to channels, each with a desk of its own,
/// so that none waits for another.
pub(super) struct Post {
    counters: Vec<Counter>,
    bell: Arc<Bell>,
    troubles: Arc<Mutex<Vec<Problem>>>,
    threads: Vec<JoinHandle<()>>,
    /// Where other processes' news comes from.
    shared: Shared,
}

/// A ledger that other processes share, and the password to it.
struct Shared {
    store: StoreSettings,
    password: Option<String>,
}

/// One sender.
struct Counter {
    name: &'static str,
    desk: Arc<OpenDesk>,
    transport: Arc<dyn Transport>,
}

/// Wakes the senders.
#[derive(Default)]
struct Bell {
    /// How often it rang.
    rung: Mutex<u64>,
    sound: Condvar,
    stop: AtomicBool,
    /// Another process has changed the shared ledger since that was last asked.
    news: AtomicBool,
}

impl Post {
    /// Becomes a sender; what dead ones held is taken back. `compose` makes what turns claims into messages.
    pub(super) fn open(
        place: &Place,
        clock: &Arc<Clock>,
        compose: impl Fn() -> Box<Composer>,
    ) -> Result<Self, Problem> {
        let troubles: Arc<Mutex<Vec<Problem>>> = Arc::default();
        let host = &place.host;
        let mut counters = Vec::new();
        let mut counter = |name, work, connections, transport| -> Result<(), Problem> {
            let ledger = place.open_ledger()?;
            let heard = troubles.clone();
            let settings = DeskSettings {
                work,
                host: format!("candor:{}", std::process::id()),
                connections,
                compose: compose(),
                clock: clock.clone(),
                zone: place.settings.zone.clone(),
                notify: Box::new(move |event| note(&heard, problem(event))),
            };
            let (desk, _) = OpenDesk::open(Box::new(ledger), settings).map_err(books)?;
            counters.push(Counter { name, desk, transport });
            Ok(())
        };
        let personal = MailSettings { connections: PERSONAL, rate: 0, ..host.confirmations.clone() };
        let [personal, broadcast] = transports(place, &personal, clock)?;
        counter("personal", &[Work::Notices], PERSONAL, personal)?;
        counter("sender", &[Work::Readers], host.mail.connections, broadcast)?;
        if !host.channels.is_empty() {
            let now = clock.clone();
            let hooks = Hooks::new(hooks(place)?, Arc::new(move || now.now()));
            counter("channels", &[Work::Channels], host.channels.len(), Arc::new(hooks))?;
        }
        let password = secret(&host.store.password, &place.root)?;
        let shared = Shared { store: host.store.clone(), password };
        Ok(Self { counters, bell: Arc::default(), troubles, threads: Vec::new(), shared })
    }

    /// Sends until nothing is due, or until it is stopped. One sender that fails does not keep the others from it.
    pub(super) fn deliver(&mut self, stop: &Stop) -> Result<(), Problem> {
        let mut outcome = Ok(());
        for Counter { desk, transport, .. } in &self.counters {
            let delivered = transport.deliver(desk.clone(), &|| stop.is_raised());
            desk.put_back();
            outcome = outcome.and(delivered.map_err(Problem::outside));
        }
        outcome
    }

    /// Sends from threads of its own from now on.
    pub(super) fn start(&mut self, stop: &Stop) -> Result<(), Problem> {
        for Counter { name, desk, transport } in &self.counters {
            let (desk, transport, bell) = (desk.clone(), transport.clone(), self.bell.clone());
            let (troubles, stop) = (self.troubles.clone(), stop.clone());
            let work = move || {
                let mut rest = REST;
                let mut heard = 0;
                while !stop.is_raised() && !bell.stop.load(Ordering::Acquire) {
                    let ends = || stop.is_raised() || bell.stop.load(Ordering::Acquire);
                    match transport.deliver(desk.clone(), &ends) {
                        Ok(()) => {
                            rest = REST;
                            bell.wait(POLL, &mut heard);
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
            let thread = std::thread::Builder::new().name((*name).to_owned()).spawn(work);
            let failed = |error| Problem::outside(format!("the sender cannot start: {error}"));
            self.threads.push(thread.map_err(failed)?);
        }
        self.listen();
        Ok(())
    }

    /// Wakes the sender from elsewhere.
    pub(super) fn ringer(&self) -> Box<dyn Fn() + Send + Sync> {
        let bell = self.bell.clone();
        Box::new(move || bell.ring())
    }

    /// Rings when another process brings something to a shared ledger. While that cannot be heard, the sender still looks by
    /// itself once a second; so nothing depends on this thread, and it ends by itself.
    fn listen(&self) {
        let Shared { store, password } = &self.shared;
        if store.server.is_empty() {
            return;
        }
        let (store, password, bell) = (store.clone(), password.clone(), self.bell.clone());
        std::thread::spawn(move || {
            while !bell.stop.load(Ordering::Acquire) {
                let listened = listen(&store, password.as_deref(), &mut |news| {
                    if news {
                        bell.news.store(true, Ordering::Release);
                        bell.ring();
                    }
                    !bell.stop.load(Ordering::Acquire)
                });
                if listened.is_err() {
                    bell.rest(POLL);
                }
            }
        });
    }

    /// Whether another process may have changed the shared ledger since the last call.
    pub(super) fn heard_news(&self) -> bool {
        self.bell.news.swap(false, Ordering::AcqRel)
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
        for thread in self.threads.drain(..) {
            // A panic there was printed there.
            let _ = thread.join();
        }
        self.counters.iter().for_each(|counter| counter.desk.close());
    }
}

impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.sound.notify_all();
    }

    /// Waits until it rings again after the `heard`th time, at most so long.
    fn wait(&self, patience: Duration, heard: &mut u64) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (rung, _) = self
            .sound
            .wait_timeout_while(rung, patience, |rung| *rung == *heard)
            .unwrap_or_else(PoisonError::into_inner);
        *heard = *rung;
    }

    /// Waits so long whether it rings or not, unless it is the end.
    fn rest(&self, time: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let goes_on = |_: &mut u64| !self.stop.load(Ordering::Acquire);
        drop(self.sound.wait_timeout_while(rung, time, goes_on));
    }
}

/// For mail to one person, and for that to readers: the relay where one is set, else the maildir.
fn transports(
    place: &Place,
    personal: &MailSettings,
    clock: &Arc<Clock>,
) -> Result<[Arc<dyn Transport>; 2], Problem> {
    let maildir = || Arc::new(Maildir::new(place.keep("mail")));
    let mail = &place.host.mail;
    let broadcast = if mail.relay.is_empty() { None } else { Some(limited(place, mail, clock)?) };
    let same = (&mail.relay, mail.port) == (&personal.relay, personal.port);
    let personal: Arc<dyn Transport> = match &broadcast {
        _ if personal.relay.is_empty() => maildir(),
        Some(broadcast) if same => Arc::new(relay(place, personal)?.beside(broadcast)),
        _ => Arc::new(limited(place, personal, clock)?),
    };
    Ok([personal, broadcast.map_or_else(|| maildir() as Arc<dyn Transport>, |smtp| Arc::new(smtp))])
}

/// A relay that is sent no more than the rate of today.
fn limited(place: &Place, mail: &MailSettings, clock: &Arc<Clock>) -> Result<Smtp, Problem> {
    let (rate, since) = (mail.rate, mail.warm_up);
    let (clock, zone) = (clock.clone(), place.settings.zone.clone());
    let ceiling = move || warm_up::allowed(rate, since, clock.now().to_zoned(zone.clone()).date());
    Ok(relay(place, mail)?.limited_by(Arc::new(ceiling)))
}

/// The relay of these settings, its password read.
pub(super) fn relay(place: &Place, mail: &MailSettings) -> Result<Smtp, Problem> {
    let password = secret(&mail.password, &place.root)?.unwrap_or_default();
    Smtp::new(mail, &password).map_err(|error| match error {
        TransportError::Refused { .. } => Problem::configuration(error),
        other => Problem::outside(other),
    })
}

/// The channels with their addresses and secrets read.
pub(super) fn hooks(place: &Place) -> Result<Vec<Hook>, Problem> {
    let read = |channel: &ChannelSettings| {
        let url = match &channel.url {
            ChannelUrl::Open(url) => url.clone(),
            ChannelUrl::Kept(kept) => {
                let text = secret(kept, &place.root)?.unwrap_or_default();
                channel_url(&text).map_err(|why| {
                    Problem::configuration(format!("the address of the channel {} {why}", channel.name))
                })?
            }
        };
        let secret = secret(&channel.secret, &place.root)?.unwrap_or_default();
        Ok(Hook { name: channel.name.clone(), kind: channel.kind, url, secret })
    };
    place.host.channels.iter().map(read).collect()
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
