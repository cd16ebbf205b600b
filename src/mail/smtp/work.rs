//! The connections at work: each pulls a job, carries it, settles it, until there is none left.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

use super::dial::Relay;
use super::session::{Fit, Session};
use super::throttle::{Throttle, Turn};
use crate::config::domain_of;
use crate::outbox::{Desk, Job, JobKey, Outcome, Reply, TransportError};

/// Mails on one connection. More gains nothing (1,000: 3 % faster than 100), and relays grow suspicious.
const MAILS_PER_CONNECTION: u32 = 100;
/// How often `stop` is asked.
const STOP_EVERY: Duration = Duration::from_millis(50);

/// Runs the connections to their end. An error: every one of them failed before the desk had no job left.
pub(super) fn deliver(
    relay: &Arc<Relay>,
    (throttle, turn): (&Arc<Throttle>, Turn),
    connections: usize,
    desk: &Arc<dyn Desk>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<(), TransportError> {
    if stop() {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(std::thread::available_parallelism().map_or(2, usize::from).min(4))
        .thread_name("smtp")
        .enable_all()
        .build()
        .map_err(|error| relay.unreachable(format!("no threads to send with: {error}")))?;
    runtime.block_on(async {
        let (stopping, told) = watch::channel(false);
        let mut clerks = JoinSet::new();
        for _ in 0..connections {
            let throttle = (throttle.clone(), turn);
            clerks.spawn(Clerk::new(relay.clone(), throttle, desk.clone(), told.clone()).work());
        }
        let mut outcome = None;
        let mut tick = tokio::time::interval(STOP_EVERY);
        loop {
            tokio::select! {
                ended = clerks.join_next() => match ended {
                    // One that ended well outweighs others that failed: the work is done.
                    Some(Ok(Ok(()))) => outcome = Some(Ok(())),
                    Some(Ok(Err(error))) => outcome = outcome.or(Some(Err(error))),
                    Some(Err(panic)) => std::panic::resume_unwind(panic.into_panic()),
                    None => return outcome.unwrap_or(Ok(())),
                },
                _ = tick.tick() => {
                    if stop() {
                        stopping.send_replace(true);
                    }
                }
            }
        }
    })
}

/// One connection's work.
struct Clerk {
    relay: Arc<Relay>,
    throttle: Arc<Throttle>,
    turn: Turn,
    desk: Arc<dyn Desk>,
    told: watch::Receiver<bool>,
    session: Option<Session>,
    /// Mails begun on this connection.
    begun: u32,
    /// Whether this connection has been of use: the relay judged a mail on it.
    useful: bool,
    /// The last mail's result, on its way into the books.
    settling: Option<oneshot::Receiver<()>>,
    /// The next mail, asked for together with the permission for the last one.
    ahead: Option<Job>,
}

impl Clerk {
    fn new(
        relay: Arc<Relay>,
        (throttle, turn): (Arc<Throttle>, Turn),
        desk: Arc<dyn Desk>,
        told: watch::Receiver<bool>,
    ) -> Self {
        let (session, settling, ahead) = (None, None, None);
        Self { relay, throttle, turn, desk, told, session, begun: 0, useful: false, settling, ahead }
    }

    async fn work(mut self) -> Result<(), TransportError> {
        let result = self.work_on().await;
        if let Some(job) = self.ahead.take() {
            self.settle(&job.key, Outcome::TakenBack).await;
        }
        if let Some(session) = self.session.take() {
            session.close().await;
        }
        self.settled().await;
        result
    }

    async fn work_on(&mut self) -> Result<(), TransportError> {
        while !*self.told.borrow() {
            let job = match self.ahead.take() {
                Some(job) => job,
                None => match self.next_job().await {
                    Some(job) => job,
                    None => break,
                },
            };
            if !self.our_turn(&job).await {
                self.settle(&job.key, Outcome::TakenBack).await;
                break;
            }
            let mut session = match self.session.take() {
                Some(session) => session,
                None => match self.dial().await {
                    Ok(session) => session,
                    Err(error) => {
                        self.throttle.turned_away(&error);
                        self.settle(&job.key, Outcome::NotSent { why: error.to_string() }).await;
                        let stopped = *self.told.borrow();
                        return if stopped { Ok(()) } else { Err(error) };
                    }
                },
            };
            let (outcome, fit) = self.carry(&mut session, &job).await;
            self.throttle.hear(&outcome);
            self.useful |= !matches!(outcome, Outcome::NotSent { .. } | Outcome::InDoubt { .. });
            let failure = match &outcome {
                Outcome::NotSent { why } | Outcome::InDoubt { why } if !self.useful => Some(why.clone()),
                _ => None,
            };
            let booked = self.settle(&job.key, outcome).await;
            // A fresh connection that fails at once would fail again: let the caller wait before the next.
            if let Some(why) = failure {
                return Err(self.relay.refused(why));
            }
            match fit {
                Fit::Fit if self.begun < MAILS_PER_CONNECTION => self.session = Some(session),
                Fit::Fit => session.close().await,
                Fit::Unfit => drop(session),
            }
            if !booked {
                break;
            }
        }
        Ok(())
    }

    async fn carry(&mut self, session: &mut Session, job: &Job) -> (Outcome, Fit) {
        self.begun += 1;
        let mail = (job.render)();
        // Only on a connection that works: one that fails at once has nothing to give back.
        let wants_next = self.useful && !*self.told.borrow();
        let (desk, ahead) = (&self.desk, &mut self.ahead);
        let may_go = async {
            let may_go = ask(|reply| desk.intend(&job.key, reply));
            if !wants_next {
                return may_go.await.unwrap_or(false);
            }
            // Both questions are answered by one commit.
            let (may_go, next) = tokio::join!(may_go, ask(|reply| desk.next(reply)));
            *ahead = next.flatten();
            may_go.unwrap_or(false)
        };
        session.carry(&mail, may_go).await
    }

    /// Waits for our place in the row. False: we were told to stop meanwhile.
    async fn our_turn(&mut self, job: &Job) -> bool {
        let spares = self.throttle.spares_domains();
        let domain = if spares { domain_of(&(job.render)().to) } else { String::new() };
        let wait = self.throttle.take(self.turn, &domain);
        if wait.is_zero() {
            return true;
        }
        let mut told = self.told.clone();
        self.meanwhile(async move {
            tokio::select! {
                () = tokio::time::sleep(wait) => true,
                _ = told.wait_for(|stop| *stop) => false,
            }
        })
        .await
    }

    async fn next_job(&mut self) -> Option<Job> {
        let desk = self.desk.clone();
        self.meanwhile(async move { ask(|reply| desk.next(reply)).await }).await.flatten()
    }

    /// Waits for something else than the relay; a connection that idles too long is closed.
    async fn meanwhile<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        if self.session.is_some() {
            tokio::select! {
                done = &mut work => return done,
                () = tokio::time::sleep(self.relay.deadlines.idle) => {}
            }
            if let Some(session) = self.session.take() {
                session.close().await;
            }
        }
        work.await
    }

    /// A connection, or an error once we are told to stop: nothing has begun that would have to be finished.
    async fn dial(&mut self) -> Result<Session, TransportError> {
        (self.begun, self.useful) = (0, false);
        let mut told = self.told.clone();
        tokio::select! {
            session = self.relay.dial() => session,
            _ = told.wait_for(|stop| *stop) => Err(self.relay.unreachable("we were told to stop")),
        }
    }

    /// Gives the desk a result, once the one before is in the books. False: the desk has gone.
    async fn settle(&mut self, key: &JobKey, outcome: Outcome) -> bool {
        let booked = self.settled().await;
        let (answer, wait) = oneshot::channel();
        self.desk.settle(key, outcome, reply_to(answer));
        self.settling = Some(wait);
        booked
    }

    /// Waits until the last result is in the books. False: the desk has gone, and nothing may be begun any more.
    async fn settled(&mut self) -> bool {
        match self.settling.take() {
            Some(wait) => wait.await.is_ok(),
            None => true,
        }
    }
}

/// Asks the desk. `None`: it has gone without an answer.
async fn ask<T: Send + 'static>(question: impl FnOnce(Reply<T>)) -> Option<T> {
    let (answer, wait) = oneshot::channel();
    question(reply_to(answer));
    wait.await.ok()
}

fn reply_to<T: Send + 'static>(answer: oneshot::Sender<T>) -> Reply<T> {
    Box::new(move |value| {
        // Whoever no longer waits does not need the answer.
        let _ = answer.send(value);
    })
}
