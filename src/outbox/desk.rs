//! The desk: connections on one side, the ledger on the other.
//!
//! [`Books::step`] takes everything that the connections have asked meanwhile, makes one turn at the ledger, and answers
//! it all. So one commit serves every connection that waited for it, and nobody waits for a timer. Work is taken ahead
//! for as many mails as the connections can hold, never for the whole audience.
//!
//! Where the ledger cannot be written, no mail starts: permission is refused, no work is given out, and results are
//! kept until they can be committed. No thread and no clock is here; the daemon brings both.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use super::breaker::Breaker;
use super::{Claim, Envelope, Job, JobKey, Ledger, LedgerError, Outcome, OwnerId, Reply, Turn, Work};
use crate::text::Slug;

/// What a connection asks.
pub enum Ask {
    Next(Reply<Option<Job>>),
    Intend(JobKey, Reply<bool>),
    Settle(JobKey, Outcome, Reply<()>),
}

/// Renders one mail, as often as it is asked.
pub type Composed = Arc<dyn Fn() -> Envelope + Send + Sync>;

/// Turns a claim into what renders its mail. Called when the mail is handed out; the rendering runs on the connection.
/// `None`: there are no words for it now, and it is tried again later.
pub type Composer = dyn FnMut(&Claim) -> Option<Composed> + Send;

/// The moment of a step.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: Timestamp,
    /// See [`super::digest_gate`].
    pub digest_gate: Timestamp,
}

/// The relay refuses us: the incident is to be paused and the operator told, both at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tripped {
    pub incident: Slug,
    /// What the relay said last.
    pub why: String,
}

/// The books of one sender.
pub struct Books {
    owner: OwnerId,
    work: &'static [Work],
    /// How many mails are taken ahead at most.
    ahead: usize,
    compose: Box<Composer>,
    ready: VecDeque<Claim>,
    /// Results that are not committed yet, and who waits for each.
    results: Vec<(JobKey, Outcome)>,
    waiting: Vec<Reply<()>>,
    breakers: HashMap<Slug, Breaker>,
    /// Whether the last turn could not be committed.
    stuck: bool,
}

impl Books {
    pub fn new(owner: OwnerId, work: &'static [Work], connections: usize, compose: Box<Composer>) -> Self {
        Self {
            owner,
            work,
            ahead: connections.max(1) * 2,
            compose,
            ready: VecDeque::new(),
            results: Vec::new(),
            waiting: Vec::new(),
            breakers: HashMap::new(),
            stuck: false,
        }
    }

    /// Whether results wait to be committed: step again, even if nobody asks.
    pub fn is_behind(&self) -> bool {
        !self.results.is_empty()
    }

    /// Serves everyone who asks, with one commit. On an error nothing was permitted or given out, and the results are
    /// kept for the next step.
    pub fn step(
        &mut self,
        asks: Vec<Ask>,
        ledger: &mut dyn Ledger,
        moment: Moment,
    ) -> Result<Vec<Tripped>, LedgerError> {
        let (mut nexts, mut intents, mut permissions) = (Vec::new(), Vec::new(), Vec::new());
        for ask in asks {
            match ask {
                Ask::Next(reply) => nexts.push(reply),
                Ask::Intend(key, reply) => {
                    intents.push(key);
                    permissions.push(reply);
                }
                Ask::Settle(key, outcome, reply) => {
                    self.results.push((key, outcome));
                    self.waiting.push(reply);
                }
            }
        }
        let short = nexts.len() > self.ready.len() || self.stuck;
        let claim = if short { (nexts.len() + self.ahead).saturating_sub(self.ready.len()) } else { 0 };
        if !short && intents.is_empty() && self.results.is_empty() {
            // What was taken ahead is enough.
            self.hand_out(nexts);
            return Ok(Vec::new());
        }
        let turn = Turn {
            owner: self.owner,
            work: self.work,
            now: moment.now,
            settle: &self.results,
            intend: &intents,
            claim,
            digest_gate: moment.digest_gate,
        };
        let turned = ledger.turn(&turn);
        self.stuck = turned.is_err();
        match turned {
            Ok(turned) => {
                for (reply, may_go) in permissions.into_iter().zip(turned.may_go) {
                    reply(may_go);
                }
                self.ready.extend(turned.claims);
                let tripped = self.hear();
                // Before anything is handed out: what there are no words for becomes a result of the next turn.
                self.results.clear();
                for reply in self.waiting.drain(..) {
                    reply(());
                }
                self.hand_out(nexts);
                Ok(tripped)
            }
            Err(error) => {
                for reply in permissions {
                    reply(false);
                }
                for reply in nexts {
                    reply(None);
                }
                Err(error)
            }
        }
    }

    /// Gives back what was taken ahead and not handed out. Call when the transport has finished.
    pub fn put_back(&mut self, ledger: &mut dyn Ledger, moment: Moment) -> Result<(), LedgerError> {
        self.results.extend(self.ready.drain(..).map(|claim| (claim.key(), Outcome::TakenBack)));
        self.step(Vec::new(), ledger, moment).map(|_| ())
    }

    fn hand_out(&mut self, nexts: Vec<Reply<Option<Job>>>) {
        for reply in nexts {
            reply(self.next_job());
        }
    }

    /// The next claim that there are words for; the others are put off, never dropped.
    fn next_job(&mut self) -> Option<Job> {
        while let Some(claim) = self.ready.pop_front() {
            let key = claim.key();
            if let Some(render) = (self.compose)(&claim) {
                return Some(Job { key, render });
            }
            self.results.push((key, Outcome::NotSent { why: "there are no words for it yet".to_owned() }));
        }
        None
    }

    /// Shows the results of this turn to the breakers.
    fn hear(&mut self) -> Vec<Tripped> {
        let mut tripped = Vec::new();
        for (key, outcome) in &self.results {
            let JobKey::Delivery { incident, .. } = key else { continue };
            let policy = match outcome {
                // The throttle's matter.
                Outcome::Policy { code, .. } if *code < 500 => continue,
                Outcome::Policy { code, text } => Some((*code, text.as_str())),
                Outcome::Accepted { .. } | Outcome::Later { .. } | Outcome::Refused { .. } => None,
                // Not an answer.
                Outcome::InDoubt { .. } | Outcome::NotSent { .. } | Outcome::TakenBack => continue,
            };
            if let Some(why) = self.breakers.entry(incident.clone()).or_default().hear(policy) {
                tripped.push(Tripped { incident: incident.clone(), why });
            }
        }
        tripped
    }
}
