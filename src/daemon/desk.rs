//! The desk's thread: it owns the ledger, and everyone else asks it.
//!
//! It sleeps until somebody asks, takes everything that was asked meanwhile, and lets `outbox::Books` answer it with
//! one commit. While that commit runs the next questions gather, so groups grow with the load and nobody waits for a
//! timer. If the process dies at any point, what it held is found by the next sender that looks for the dead.

use std::convert::Infallible;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;
use crate::outbox::{
    Ask, Books, Buried, Composer, Desk, Job, JobKey, Ledger, LedgerError, Moment, Outcome, OwnerId, Reply,
    Tripped, Work, digest_gate,
};

/// How long to wait before results that could not be committed are tried again.
const AGAIN: Duration = Duration::from_millis(500);
/// How often a sender that is asked for work looks whether another has died.
const ROLL_CALL: SignedDuration = SignedDuration::from_secs(10);

/// What the desk works with.
pub struct DeskSettings {
    /// What this sender takes on.
    pub work: &'static [Work],
    /// Names this process to a person who looks for it, such as `host:pid`.
    pub host: String,
    /// Mails that the transport has in hand at once.
    pub connections: usize,
    pub compose: Box<Composer>,
    pub clock: Arc<Clock>,
    /// The zone in which a digest's 08:00 is.
    pub zone: TimeZone,
    /// Hears what somebody has to be told. Called on the desk's thread.
    pub notify: Box<dyn FnMut(DeskEvent) + Send>,
}

/// What the operator has to be told.
#[derive(Debug)]
pub enum DeskEvent {
    /// A relay refuses us; the incident is paused.
    Paused(Tripped),
    /// The ledger cannot be written: nothing is sent until it can.
    Stuck(LedgerError),
    /// The ledger can be written again.
    Unstuck,
}

type Call = Box<dyn FnOnce(&mut dyn Ledger) + Send>;

enum Message {
    Ask(Ask),
    Call(Call),
    PutBack(Sender<Infallible>),
    Close,
}

/// The desk as everyone else sees it. Answers nothing more once it is closed: replies are dropped.
pub struct OpenDesk {
    line: Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl OpenDesk {
    /// Makes this process a sender, takes back what dead ones held, and begins to answer.
    pub fn open(
        mut ledger: Box<dyn Ledger>,
        settings: DeskSettings,
    ) -> Result<(Arc<Self>, Buried), LedgerError> {
        let owner = ledger.enlist(&settings.host, settings.clock.now())?;
        let roll_call = settings.clock.now();
        let buried = bury_the_dead(&mut *ledger, roll_call)?;
        let (line, messages) = channel();
        let room = Room {
            books: Books::new(owner, settings.work, settings.connections, settings.compose),
            owner,
            ledger,
            clock: settings.clock,
            zone: settings.zone,
            notify: settings.notify,
            stuck: false,
            roll_call,
        };
        let thread = std::thread::spawn(move || room.work(&messages));
        Ok((Arc::new(Self { line, thread: Mutex::new(Some(thread)) }), buried))
    }

    /// Does something with the ledger, between two turns, and waits for it. `None`: the desk is closed. Never call it
    /// on the desk's own thread.
    pub fn with_ledger<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Ledger) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, wait) = channel();
        self.say(Message::Call(Box::new(move |ledger| {
            // Nobody waits any more: then nobody wants the answer.
            let _ = answer.send(work(ledger));
        })));
        wait.recv().ok()
    }

    /// Gives back what was taken ahead, and waits for it. Call when a transport has finished.
    pub fn put_back(&self) {
        let (done, wait) = channel();
        self.say(Message::PutBack(done));
        // It ends in an error: nothing is ever sent, the other end is dropped.
        let _ = wait.recv();
    }

    /// Finishes what was asked, gives back what was taken, and ends the thread. Call when the transport has finished.
    pub fn close(&self) {
        self.say(Message::Close);
        let thread = self.thread.lock().map(|mut thread| thread.take()).unwrap_or_default();
        if let Some(thread) = thread {
            // A panic there was printed there.
            let _ = thread.join();
        }
    }

    /// Where the desk is closed the message is dropped, and with it the reply that it holds.
    fn say(&self, message: Message) {
        let _ = self.line.send(message);
    }
}

impl Desk for OpenDesk {
    fn next(&self, reply: Reply<Option<Job>>) {
        self.say(Message::Ask(Ask::Next(reply)));
    }

    fn intend(&self, key: &JobKey, reply: Reply<bool>) {
        self.say(Message::Ask(Ask::Intend(key.clone(), reply)));
    }

    fn settle(&self, key: &JobKey, outcome: Outcome, reply: Reply<()>) {
        self.say(Message::Ask(Ask::Settle(key.clone(), outcome, reply)));
    }
}

/// Takes back what dead senders held.
fn bury_the_dead(ledger: &mut dyn Ledger, now: Timestamp) -> Result<Buried, LedgerError> {
    let mut all = Buried::default();
    for dead in ledger.dead()? {
        let buried = ledger.bury(dead, now)?;
        all.given_back += buried.given_back;
        all.in_doubt += buried.in_doubt;
    }
    Ok(all)
}

/// What the thread works with.
struct Room {
    books: Books,
    owner: OwnerId,
    ledger: Box<dyn Ledger>,
    clock: Arc<Clock>,
    zone: TimeZone,
    notify: Box<dyn FnMut(DeskEvent) + Send>,
    stuck: bool,
    /// When it was last looked whether another sender has died.
    roll_call: Timestamp,
}

/// What was asked while the last commit ran.
#[derive(Default)]
struct Heard {
    asks: Vec<Ask>,
    calls: Vec<Call>,
    put_back: Vec<Sender<Infallible>>,
    close: bool,
}

impl Heard {
    fn take(&mut self, message: Message) {
        match message {
            Message::Ask(ask) => self.asks.push(ask),
            Message::Call(call) => self.calls.push(call),
            Message::PutBack(done) => self.put_back.push(done),
            Message::Close => self.close = true,
        }
    }
}

impl Room {
    fn work(mut self, messages: &Receiver<Message>) {
        loop {
            let mut heard = Heard::default();
            let wait = if self.books.is_behind() { AGAIN } else { Duration::MAX };
            match messages.recv_timeout(wait) {
                Ok(message) => heard.take(message),
                Err(RecvTimeoutError::Timeout) => {}
                // Whoever could ask or close is gone.
                Err(RecvTimeoutError::Disconnected) => heard.close = true,
            }
            messages.try_iter().for_each(|message| heard.take(message));
            let moment = self.moment();
            if moment.now.duration_since(self.roll_call).abs() >= ROLL_CALL {
                self.roll_call = moment.now;
                let buried = bury_the_dead(&mut *self.ledger, moment.now);
                self.note(buried);
            }
            if !heard.asks.is_empty() || self.books.is_behind() {
                let stepped = self.books.step(heard.asks, &mut *self.ledger, moment);
                let tripped = self.note(stepped).unwrap_or_default();
                self.pause(tripped);
            }
            for call in heard.calls {
                call(&mut *self.ledger);
            }
            if heard.close || !heard.put_back.is_empty() {
                let put_back = self.books.put_back(&mut *self.ledger, moment);
                self.note(put_back);
            }
            // Dropping the answers tells who waits.
            drop(heard.put_back);
            if heard.close {
                // Where this fails, whoever looks for dead senders does it later.
                let buried = self.ledger.bury(self.owner, self.clock.now());
                self.note(buried);
                return;
            }
        }
    }

    fn moment(&self) -> Moment {
        let now = self.clock.now();
        Moment { now, digest_gate: digest_gate(now, &self.zone) }
    }

    fn pause(&mut self, tripped: Vec<Tripped>) {
        for trip in tripped {
            let paused = self.ledger.pause(&trip.incident, &trip.why);
            self.note(paused);
            (self.notify)(DeskEvent::Paused(trip));
        }
    }

    /// Says when the ledger gets stuck, and when it comes loose.
    fn note<T>(&mut self, result: Result<T, LedgerError>) -> Option<T> {
        match result {
            Ok(value) => {
                if std::mem::take(&mut self.stuck) {
                    (self.notify)(DeskEvent::Unstuck);
                }
                Some(value)
            }
            Err(error) => {
                if !std::mem::replace(&mut self.stuck, true) {
                    (self.notify)(DeskEvent::Stuck(error));
                }
                None
            }
        }
    }
}
