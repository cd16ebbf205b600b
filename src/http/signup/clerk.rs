//! The clerk: one thread that keeps the books for all requests.
//!
//! It takes everything that was asked while the last commit ran and writes all sign-ups among it down in one commit, so
//! that groups grow with the load. In between it passes on what readers said.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::Counter;
use crate::outbox::{
    Asked, Feedback, Ledger, LedgerError, ONE_MAIL_IN, SignUp, Subscriber, Wanted, confirmation,
    language_for, to_the_owner,
};

/// So many requests wait at most; more are turned away at once instead of waiting in vain.
const WAITING: usize = 4096;
/// As many sign-ups go into one commit.
const TOGETHER: usize = 512;
/// How often the clerk looks whether somebody must be told what readers said.
const ROUND: Duration = Duration::from_secs(5);

type Call = Box<dyn FnOnce(&mut dyn Ledger) + Send>;

enum Task {
    Ask(SignUp, oneshot::Sender<Option<Asked>>),
    Say(Feedback, oneshot::Sender<bool>),
    Call(Call),
}

pub(super) struct Clerk {
    line: Option<SyncSender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    pub(super) fn start(ledger: Box<dyn Ledger>, counter: Arc<Counter>) -> std::io::Result<Self> {
        let (line, tasks) = sync_channel(WAITING);
        let mut books = Books { ledger, counter };
        let work = move || books.work(&tasks);
        let thread = std::thread::Builder::new().name("sign-up".to_owned()).spawn(work)?;
        Ok(Self { line: Some(line), thread: Some(thread) })
    }

    /// Writes a sign-up down. `None`: it could not be.
    pub(super) async fn ask(&self, form: SignUp) -> Option<Asked> {
        let (answer, wait) = oneshot::channel();
        self.give(Task::Ask(form, answer))?;
        wait.await.ok().flatten()
    }

    /// Keeps what a reader said. False: it could not be.
    pub(super) async fn say(&self, feedback: Feedback) -> bool {
        let (answer, wait) = oneshot::channel();
        self.give(Task::Say(feedback, answer)).is_some() && wait.await.unwrap_or(false)
    }

    /// Does something with the ledger. `None`: too many wait, or the ledger failed.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Option<T> {
        let (answer, wait) = oneshot::channel();
        self.give(Task::Call(Box::new(move |ledger| {
            // Whoever asked may be gone.
            let _ = answer.send(work(ledger));
        })))?;
        wait.await.ok()?.ok()
    }

    fn give(&self, task: Task) -> Option<()> {
        self.line.as_ref()?.try_send(task).ok()
    }
}

impl Drop for Clerk {
    /// Finishes what was asked.
    fn drop(&mut self) {
        self.line = None;
        if let Some(thread) = self.thread.take() {
            // A panic there was printed there.
            let _ = thread.join();
        }
    }
}

struct Books {
    ledger: Box<dyn Ledger>,
    counter: Arc<Counter>,
}

impl Books {
    fn work(&mut self, tasks: &Receiver<Task>) {
        let mut round = Instant::now();
        loop {
            let first = match tasks.recv_timeout(ROUND.saturating_sub(round.elapsed())) {
                Ok(task) => Some(task),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            self.answer(first.into_iter().chain(tasks.try_iter()).take(TOGETHER));
            if round.elapsed() >= ROUND {
                self.look_round();
                round = Instant::now();
            }
        }
    }

    fn answer(&mut self, tasks: impl Iterator<Item = Task>) {
        let (mut forms, mut askers) = (Vec::new(), Vec::new());
        let (mut said, mut sayers) = (Vec::new(), Vec::new());
        let mut calls = Vec::new();
        for task in tasks {
            match task {
                Task::Ask(form, answer) => {
                    forms.push(form);
                    askers.push(answer);
                }
                Task::Say(feedback, answer) => {
                    said.push(feedback);
                    sayers.push(answer);
                }
                Task::Call(call) => calls.push(call),
            }
        }
        if !forms.is_empty() {
            let asked = self.ask(&forms);
            for (index, answer) in askers.into_iter().enumerate() {
                let _ = answer.send(asked.as_ref().and_then(|asked| asked.get(index)).copied());
            }
        }
        if !said.is_empty() {
            let kept = self.ledger.feedback(&said).is_ok();
            for answer in sayers {
                let _ = answer.send(kept);
            }
        }
        for call in calls {
            call(&mut *self.ledger);
        }
    }

    fn ask(&mut self, forms: &[SignUp]) -> Option<Vec<Asked>> {
        let shown = self.counter.shown()?;
        let now = (self.counter.now)();
        let with = self.counter.with(&shown);
        let letter = |person: &Subscriber, form: &SignUp| {
            let wanted = form.follows.incidents.first().and_then(|incident| {
                let timeline = shown.timelines.get(incident)?;
                let lang = language_for(&shown.settings, &person.language);
                Some(Wanted { incident, title: shown.title(&timeline.incident, lang) })
            });
            confirmation(&with, person, wanted, now)
        };
        let asked = self.ledger.ask(forms, &letter, now).ok()?;
        if asked.contains(&Asked::Written) {
            self.counter.ring();
        }
        Some(asked)
    }

    /// A failure here is tried again in the next round.
    fn look_round(&mut self) {
        let now = (self.counter.now)();
        if let Some(shown) = self.counter.shown() {
            let write = |incident: &_, said: &[_]| {
                let timeline = shown.timelines.get(incident)?;
                to_the_owner(timeline, &shown.registers, &shown.settings.zone, said, now)
            };
            if self.ledger.pass_on_feedback(&write, ONE_MAIL_IN, now).is_ok_and(|told| told > 0) {
                self.counter.ring();
            }
        }
    }
}
