//! One delivery, and everything that may happen to it. The state machine of DELIVERY section 5.3, pure: a store loads
//! a row, lets it go one step, and saves it.
//!
//! ```text
//! idle ─claim─► claimed ─intend─► dot ─accepted─► idle, one number further
//!                  │               ├─later──► waiting ─► idle
//!                  └─taken back,   ├─refused► halted
//!                    not sent      └─no reply► presumed sent (idle), or in doubt ─10 min─► claimed again, same bytes
//! ```

use jiff::{SignedDuration, Timestamp};

use super::retry::{DOUBT, LATE, LEASE, delay};
use super::{Outcome, Pace};

/// A sender process, as the ledger numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnerId(pub i64);

/// How far the mail in hand has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Phase {
    #[default]
    Idle,
    /// A sender has it; nothing irrevocable has happened.
    Claimed,
    /// The final dot may have been sent.
    Dot,
    /// The dot was sent and no reply came; it is sent again at `due`, byte for byte the same.
    InDoubt,
    /// Idle again at `due`.
    Waiting,
    /// The number to reach was worth nothing any more. A newer one makes it idle.
    Expired,
}

/// Why a reader hears no more about an incident.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Halt {
    #[default]
    None,
    /// Left, complained, or has not confirmed.
    Left,
    /// Muted this incident.
    Muted,
    /// The relay refused the address for good.
    Refused,
}

/// The row (incident, subscriber, channel), without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub pace: Pace,
    /// The last number accepted, or presumed to be.
    pub acked: u64,
    /// The last number that a relay is known to have accepted: the next mail carries everything after it.
    pub sure: u64,
    pub phase: Phase,
    pub halt: Halt,
    /// The number that the mail in hand would reach.
    pub try_seq: u64,
    /// Tries since the last success.
    pub attempt: u32,
    /// How often a mail for `try_seq` stayed in doubt.
    pub doubts: u32,
    /// When it may go on, while waiting or in doubt.
    pub due: Option<Timestamp>,
    pub owner: Option<OwnerId>,
    pub lease: Option<Timestamp>,
    /// Code of the last failing reply; 0: none.
    pub code: u16,
    /// When the row was made, or when the reader's quiet hours last ended: from then on there is time to reach them.
    pub since: Timestamp,
}

/// What is known about the number that a delivery is to reach, at the moment of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    pub now: Timestamp,
    /// The newest number for this reader's pace.
    pub target: u64,
    /// Until when that number is worth sending.
    pub expires_at: Timestamp,
    /// Whether no later mail is sure to make up for the one in hand.
    pub last: bool,
    /// Whether the incident is paused or still within its undo time.
    pub held: bool,
    /// Whether the reader may be mailed at all.
    pub confirmed: bool,
}

/// What a store writes down about a step besides the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    Later,
    Refused,
    Policy,
    NotSent,
    InDoubt,
    Expired,
}

impl Delivery {
    /// A reader who was told nothing about the incident yet.
    pub fn new(pace: Pace, since: Timestamp) -> Self {
        Self {
            pace,
            acked: 0,
            sure: 0,
            phase: Phase::Idle,
            halt: Halt::None,
            try_seq: 0,
            attempt: 0,
            doubts: 0,
            due: None,
            owner: None,
            lease: None,
            code: 0,
            since,
        }
    }

    /// Until when a number that expires then is worth sending to this reader: who came late gets some time of their own.
    pub fn worth_until(&self, expires_at: Timestamp) -> Timestamp {
        expires_at.max(later(self.since, LATE))
    }

    /// A sender takes it, to bring it to `seq`.
    pub fn claim(&mut self, owner: OwnerId, seq: u64, now: Timestamp) {
        if self.try_seq != seq {
            self.doubts = 0;
        }
        self.phase = Phase::Claimed;
        self.try_seq = seq;
        // Counted before anything is dialled: a mail that kills its sender each time is still tried less and less.
        self.attempt = self.attempt.saturating_add(1);
        self.due = None;
        self.owner = Some(owner);
        self.lease = Some(later(now, LEASE));
    }

    /// The reader sleeps, or gets one mail a day: nothing before `until`, and then what is the latest.
    pub fn rest_until(&mut self, until: Timestamp) {
        self.wait(until);
        self.attempt = 0;
        self.since = self.since.max(until);
    }

    /// Somebody found out what became of a mail in doubt, or presumed sent. False where there is none.
    pub fn resolve(&mut self, arrived: bool, now: Timestamp) -> bool {
        let open = match self.phase {
            Phase::InDoubt => true,
            Phase::Idle | Phase::Waiting | Phase::Expired => self.acked > self.sure,
            Phase::Claimed | Phase::Dot => false,
        };
        if !open {
            return false;
        }
        if arrived {
            if self.phase == Phase::InDoubt {
                self.acked = self.acked.max(self.try_seq);
                self.rest(Phase::Idle);
            }
            self.sure = self.acked;
        } else {
            self.acked = self.sure;
            self.since = self.since.max(now);
            self.rest(Phase::Idle);
            self.attempt = 0;
        }
        true
    }

    /// Whether the mail may go, asked just before the point of no return. Where it may, the row says so: commit it
    /// before answering. A sender that lost its lease is refused here, however long it slept.
    pub fn intend(&mut self, owner: OwnerId, seq: u64, situation: &Situation) -> bool {
        let ours = self.phase == Phase::Claimed && self.owner == Some(owner) && self.try_seq == seq;
        let wanted = self.halt == Halt::None && situation.confirmed && !situation.held;
        let fresh = situation.target <= seq && situation.now < self.worth_until(situation.expires_at);
        if !(ours && wanted && fresh) {
            return false;
        }
        self.phase = Phase::Dot;
        self.lease = Some(later(situation.now, LEASE));
        true
    }

    /// What became of the mail to `seq`. `seed` spreads the retries. Returns what to write down besides the row.
    pub fn settle(
        &mut self,
        owner: OwnerId,
        seq: u64,
        outcome: &Outcome,
        situation: &Situation,
        seed: u64,
    ) -> Option<Trouble> {
        let ours = self.owner == Some(owner) && self.try_seq == seq;
        match outcome {
            Outcome::Accepted { .. } => {
                self.accept(seq, ours);
                return None;
            }
            // Too late to be about the mail in hand; the doubt was written down when the lease was lost.
            _ if !ours || !matches!(self.phase, Phase::Claimed | Phase::Dot) => return None,
            Outcome::Later { code, .. } | Outcome::Policy { code, .. } => {
                self.code = *code;
                self.wait(later(situation.now, delay(self.attempt, seed)));
            }
            Outcome::Refused { code, .. } => {
                self.code = *code;
                self.rest(Phase::Idle);
                if self.halt != Halt::Muted {
                    self.halt = Halt::Refused;
                }
            }
            // The first time the connection is to blame; a mail that breaks every connection has to wait.
            Outcome::NotSent { .. } if self.attempt <= 1 => self.rest(Phase::Idle),
            Outcome::NotSent { .. } => self.wait(later(situation.now, delay(self.attempt - 1, seed))),
            Outcome::TakenBack => {
                self.rest(Phase::Idle);
                self.attempt = self.attempt.saturating_sub(1);
            }
            Outcome::InDoubt { .. } => self.doubt(situation),
        }
        match outcome {
            Outcome::Accepted { .. } | Outcome::TakenBack => None,
            Outcome::Later { .. } => Some(Trouble::Later),
            Outcome::Refused { .. } => Some(Trouble::Refused),
            Outcome::Policy { .. } => Some(Trouble::Policy),
            Outcome::InDoubt { .. } => Some(Trouble::InDoubt),
            Outcome::NotSent { .. } => Some(Trouble::NotSent),
        }
    }

    /// Its sender is dead, or let its lease run out. Only a mail whose dot may have been sent is in doubt.
    pub fn abandon(&mut self, situation: &Situation) -> Option<Trouble> {
        match self.phase {
            Phase::Claimed => {
                self.rest(Phase::Idle);
                None
            }
            Phase::Dot => {
                self.doubt(situation);
                Some(Trouble::InDoubt)
            }
            _ => None,
        }
    }

    /// The doubt is old enough. True where the mail is to be sent again; false where something newer, which will
    /// carry the same words, or the end of its time makes that needless: it is then presumed sent.
    pub fn outlive_doubt(&mut self, situation: &Situation) -> bool {
        let again =
            situation.target == self.try_seq && situation.now < self.worth_until(situation.expires_at);
        if !again {
            self.presume();
        }
        again
    }

    fn accept(&mut self, seq: u64, ours: bool) {
        self.acked = self.acked.max(seq);
        self.sure = self.sure.max(seq);
        // Somebody else may have taken it up for the same number; their intent is then refused.
        if ours || self.try_seq <= seq {
            self.rest(Phase::Idle);
            self.attempt = 0;
            self.doubts = 0;
            self.code = 0;
        }
    }

    fn doubt(&mut self, situation: &Situation) {
        self.doubts = self.doubts.saturating_add(1);
        let again = situation.last && self.doubts == 1 && situation.target == self.try_seq;
        if again && self.halt == Halt::None && situation.confirmed {
            self.rest(Phase::InDoubt);
            self.due = Some(later(situation.now, DOUBT));
        } else {
            self.presume();
        }
    }

    /// `sure` stays where it is: the next mail carries these words again.
    fn presume(&mut self) {
        self.acked = self.acked.max(self.try_seq);
        self.rest(Phase::Idle);
        self.attempt = 0;
    }

    fn wait(&mut self, until: Timestamp) {
        self.rest(Phase::Waiting);
        self.due = Some(until);
    }

    fn rest(&mut self, phase: Phase) {
        self.phase = phase;
        self.due = None;
        self.owner = None;
        self.lease = None;
    }
}

/// `at` and so much more, at the end of time at the latest.
fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: OwnerId = OwnerId(1);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    fn situation(now: i64, target: u64) -> Situation {
        Situation { now: at(now), target, expires_at: at(20_000), last: false, held: false, confirmed: true }
    }

    fn sent(seq: u64, situation: &Situation) -> Delivery {
        let mut row = Delivery::new(Pace::All, at(0));
        row.claim(ME, seq, situation.now);
        assert!(row.intend(ME, seq, situation));
        row
    }

    fn settle(row: &mut Delivery, seq: u64, outcome: &Outcome, situation: &Situation) -> Option<Trouble> {
        row.settle(ME, seq, outcome, situation, 7)
    }

    fn lost() -> Outcome {
        Outcome::InDoubt { why: "connection closed".into() }
    }

    #[test]
    fn a_mail_that_is_accepted_takes_its_reader_one_number_further() {
        let now = situation(0, 3);
        let mut row = sent(3, &now);
        assert_eq!(settle(&mut row, 3, &Outcome::Accepted { reply: "250 ok".into() }, &now), None);
        assert_eq!((row.acked, row.sure, row.phase, row.attempt), (3, 3, Phase::Idle, 0));
    }

    #[test]
    fn no_mail_goes_once_something_newer_is_out_or_its_time_is_over_or_the_reader_has_left() {
        let mut row = Delivery::new(Pace::All, at(0));
        row.claim(ME, 3, at(0));
        let fine = situation(1, 3);
        let now = [
            Situation { target: 4, ..fine },
            Situation { now: at(20_000), ..fine },
            Situation { held: true, ..fine },
            Situation { confirmed: false, ..fine },
        ];
        for situation in now {
            assert!(!row.clone().intend(ME, 3, &situation), "{situation:?}");
        }
        let muted = &mut Delivery { halt: Halt::Muted, ..row.clone() };
        assert!(!muted.intend(ME, 3, &fine));
        assert!(row.intend(ME, 3, &fine));
        assert!(!row.intend(ME, 3, &fine), "permission is given once");
    }

    #[test]
    fn a_sender_that_slept_past_its_lease_is_refused_at_the_dot() {
        let mut row = Delivery::new(Pace::All, at(0));
        row.claim(ME, 3, at(0));
        row.abandon(&situation(1200, 3));
        row.claim(OwnerId(2), 3, at(1200));
        assert!(!row.intend(ME, 3, &situation(1201, 3)));
        assert!(row.intend(OwnerId(2), 3, &situation(1201, 3)));
    }

    #[test]
    fn a_mail_in_doubt_is_presumed_sent_and_the_next_one_carries_its_words_again() {
        let now = situation(0, 3);
        let mut row = sent(3, &now);
        assert_eq!(settle(&mut row, 3, &lost(), &now), Some(Trouble::InDoubt));
        assert_eq!((row.acked, row.sure, row.phase), (3, 0, Phase::Idle));
    }

    #[test]
    fn a_last_mail_in_doubt_is_sent_again_once() {
        let now = Situation { last: true, ..situation(0, 3) };
        let mut row = sent(3, &now);
        settle(&mut row, 3, &lost(), &now);
        assert_eq!((row.acked, row.phase, row.due), (0, Phase::InDoubt, Some(at(600))));
        let later = Situation { now: at(600), ..now };
        assert!(row.outlive_doubt(&later));
        row.claim(ME, 3, at(600));
        assert!(row.intend(ME, 3, &later));
        settle(&mut row, 3, &lost(), &later);
        assert_eq!((row.acked, row.phase), (3, Phase::Idle), "twice in doubt: presumed sent");
    }

    #[test]
    fn a_doubt_about_last_words_ends_when_the_incident_opens_again() {
        let now = Situation { last: true, ..situation(0, 3) };
        let mut row = sent(3, &now);
        settle(&mut row, 3, &lost(), &now);
        assert!(!row.outlive_doubt(&situation(600, 4)));
        assert_eq!((row.acked, row.sure), (3, 0));
    }

    #[test]
    fn a_mail_that_breaks_every_connection_is_tried_less_and_less() {
        let now = situation(0, 3);
        let mut row = Delivery::new(Pace::All, at(0));
        let not_sent = || Outcome::NotSent { why: "reset".into() };
        row.claim(ME, 3, at(0));
        settle(&mut row, 3, &not_sent(), &now);
        assert_eq!(row.phase, Phase::Idle);
        row.claim(ME, 3, at(0));
        settle(&mut row, 3, &not_sent(), &now);
        assert_eq!(row.phase, Phase::Waiting);
        assert!(row.due > Some(at(20)));
    }

    #[test]
    fn an_acceptance_that_was_heard_late_still_counts() {
        let mut row = sent(3, &situation(0, 3));
        row.abandon(&Situation { last: true, ..situation(1000, 3) });
        row.claim(OwnerId(2), 3, at(1600));
        row.settle(ME, 3, &Outcome::Accepted { reply: String::new() }, &situation(1601, 3), 7);
        assert_eq!((row.acked, row.sure), (3, 3));
        assert!(!row.intend(OwnerId(2), 3, &situation(1602, 3)));
    }

    #[test]
    fn a_refused_reader_hears_no_more() {
        let now = situation(0, 3);
        let mut row = sent(3, &now);
        let refused = Outcome::Refused { code: 550, text: "no such user".into() };
        assert_eq!(settle(&mut row, 3, &refused, &now), Some(Trouble::Refused));
        assert_eq!((row.halt, row.code, row.acked), (Halt::Refused, 550, 0));
    }
}
