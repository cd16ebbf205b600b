//! A simulated town: one seed drives a virtual clock, publications, readers who come and go, a relay that stores, refuses and
//! falls silent, and two senders that crash. G1 to G7 of DELIVERY section 5.1 are held against it after each step (T14).
//!
//! The world outside remembers every mail that a relay stored; the books never see that. At the end, when all has become
//! quiet, every reader has been told what they were owed. A seed that fails prints itself:
//!
//! ```sh
//! CANDOR_TEST_SEEDS=1234 cargo test --test ledger model                    # this one again
//! CANDOR_TEST_SEEDS=0..10000 cargo test --release --test ledger model -- --nocapture
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use candor::outbox::*;
use jiff::Timestamp;

use crate::server::on_server;
use crate::town::*;

const INCIDENTS: [&str; 2] = ["burst-main", "closed-road"];
const SENDERS: usize = 2;

#[derive(Clone, Debug)]
enum Step {
    Publish {
        incident: usize,
        kind: UpdateKind,
        told: bool,
    },
    Join(Pace),
    Leave(usize),
    Return(usize),
    Mute {
        reader: usize,
        incident: usize,
    },
    Forget(usize),
    Claim {
        sender: usize,
        limit: usize,
    },
    /// Permission is asked for a mail in hand; where it is given, the dot is sent, and the relay stores it or not.
    Dot {
        hand: usize,
        stored: bool,
    },
    /// What a sender hears of a mail in hand; `reply`: which of the answers that are possible then.
    Reply {
        hand: usize,
        reply: usize,
    },
    Crash(usize),
    Pass(i64),
    /// The machine slept, or somebody set its clock, by so many minutes (T8).
    Jump(i64),
    Pause(usize),
    Resume(usize),
}

/// What a seed says, number after number (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    fn step(&mut self) -> Step {
        let (one, other) = (self.below(64), self.below(64));
        match self.below(37) {
            0..4 => Step::Publish {
                incident: one,
                kind: UpdateKind::ALL[other % UpdateKind::ALL.len()],
                told: self.below(10) > 0,
            },
            4..6 => Step::Join(Pace::ALL[one % Pace::ALL.len()]),
            6 => Step::Leave(one),
            7 => Step::Return(one),
            8 => Step::Mute { reader: one, incident: other },
            9 => Step::Forget(one),
            10..16 => Step::Claim { sender: one, limit: 1 + other % 3 },
            16..24 => Step::Dot { hand: one, stored: other % 2 == 0 },
            24..32 => Step::Reply { hand: one, reply: other },
            32 => Step::Crash(one),
            33 => Step::Pass((one % 40) as i64),
            34 => Step::Pause(one),
            35 => Step::Jump([-120, -61, -1, 120, 180, 600][one % 6]),
            _ => Step::Resume(one),
        }
    }
}

/// A statement as the model knows it.
#[derive(Clone, Copy)]
struct Said {
    kind: UpdateKind,
    ended_before: bool,
    told: bool,
    at: Timestamp,
    expires_at: Timestamp,
}

struct Reader {
    id: SubscriberId,
    name: String,
    pace: Pace,
    here: bool,
    muted: Vec<usize>,
}

/// A mail that a sender has in hand.
#[derive(Clone)]
struct Hand {
    sender: usize,
    claim: StatementClaim,
    /// After the dot: whether the relay stored it.
    dot: Option<bool>,
    lease: Timestamp,
    /// Its sender was silent for longer than the lease, and another has looked.
    lost: bool,
}

/// One mail in a mailbox.
#[derive(Clone, Copy, Debug)]
struct Stored {
    reader: SubscriberId,
    incident: usize,
    from: u64,
    to: u64,
}

struct World {
    town: Town,
    senders: [OwnerId; SENDERS],
    said: [Vec<Said>; 2],
    /// At which something was published.
    minutes: BTreeSet<Timestamp>,
    paused: [bool; 2],
    readers: Vec<Reader>,
    hands: Vec<Hand>,
    stored: Vec<Stored>,
    /// By reader and incident: the last number of which the books heard that it was accepted.
    sure: BTreeMap<(SubscriberId, usize), u64>,
    doubts: usize,
    joined: usize,
}

impl World {
    fn new() -> Self {
        let mut town = Town::new();
        let other = town.ledger.enlist("there", town.now).unwrap();
        Self {
            senders: [town.me, other],
            town,
            said: Default::default(),
            minutes: BTreeSet::new(),
            paused: [false; 2],
            readers: Vec::new(),
            hands: Vec::new(),
            stored: Vec::new(),
            sure: BTreeMap::new(),
            doubts: 0,
            joined: 0,
        }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Publish { incident, kind, told } => self.publish(incident % 2, kind, told),
            Step::Join(pace) => self.join(pace),
            Step::Leave(reader) => {
                if let Some(reader) = pick(&mut self.readers, reader) {
                    reader.here = false;
                    assert!(self.town.ledger.leave(reader.id).unwrap());
                }
            }
            Step::Return(reader) => {
                if let Some(reader) = pick(&mut self.readers, reader).filter(|reader| !reader.here) {
                    reader.here = true;
                    let form = SignUp { pace: reader.pace, ..self.town.person(&reader.name) };
                    self.town.ledger.sign_up(&[form], Via::Form, self.town.now).unwrap();
                    assert!(self.town.ledger.confirm(reader.id, self.town.now).unwrap());
                }
            }
            Step::Mute { reader, incident } => {
                let incident = incident % 2;
                if let Some(reader) = pick(&mut self.readers, reader)
                    && self.town.ledger.mute(reader.id, &slug(INCIDENTS[incident]), self.town.now).unwrap()
                {
                    reader.muted.push(incident);
                }
            }
            Step::Forget(reader) => {
                if !self.readers.is_empty() {
                    let reader = self.readers.remove(reader % self.readers.len());
                    assert!(self.town.ledger.forget(reader.id, self.town.now).unwrap());
                    self.hands.retain(|hand| hand.claim.subscriber != reader.id);
                }
            }
            Step::Claim { sender, limit } => self.claim(sender % SENDERS, limit),
            Step::Dot { hand, stored } => self.dot(hand, stored),
            Step::Reply { hand, reply } => self.reply(hand, reply),
            Step::Crash(sender) => self.crash(sender % SENDERS),
            Step::Pass(time) | Step::Jump(time) => self.town.pass(minutes(time)),
            Step::Pause(incident) => {
                let incident = incident % 2;
                self.paused[incident] |= self.town.ledger.pause(&slug(INCIDENTS[incident]), "why").unwrap();
            }
            Step::Resume(incident) => self.resume(incident % 2),
        }
    }

    fn resume(&mut self, incident: usize) {
        self.town.ledger.resume(&slug(INCIDENTS[incident])).unwrap();
        self.paused[incident] = false;
    }

    fn ended(&self, incident: usize) -> bool {
        self.said[incident].iter().fold(false, |ended, said| !said.kind.leaves_open(ended))
    }

    fn publish(&mut self, incident: usize, kind: UpdateKind, told: bool) {
        // Every statement has a minute of its own, also where the clock was set back.
        while !self.minutes.insert(self.town.now) {
            self.town.pass(minutes(1));
        }
        let telling = if told { Telling::Audience } else { Telling::Nobody };
        let publication = Publication { telling, ..self.town.publication(INCIDENTS[incident], kind) };
        let Published::New { seq, .. } = self.town.ledger.publish(&publication).unwrap() else {
            panic!("every minute is new")
        };
        let (at, expires_at) = (publication.published_at, publication.expires_at);
        let ended_before = self.ended(incident);
        self.said[incident].push(Said { kind, ended_before, told, at, expires_at });
        assert_eq!(seq, self.said[incident].len() as u64);
        // The same again is no publication at all.
        assert_eq!(self.town.ledger.publish(&publication).unwrap(), Published::Already { seq });
    }

    fn join(&mut self, pace: Pace) {
        self.joined += 1;
        let name = format!("reader{}", self.joined);
        let id = self.town.subscribe_at(&name, pace);
        self.readers.push(Reader { id, name, pace, here: true, muted: Vec::new() });
    }

    fn claim(&mut self, sender: usize, limit: usize) {
        // Whoever asks for work also looks whose lease has run out.
        for hand in &mut self.hands {
            if !hand.lost && hand.lease <= self.town.now {
                hand.lost = true;
                self.doubts += usize::from(hand.dot.is_some());
            }
        }
        self.town.me = self.senders[sender];
        let claims = self.town.turn(&[], &[], limit).claims;
        self.in_order(&claims);
        for claim in claims {
            let Claim::Statement(claim) = claim else { panic!("no notices here") };
            let incident = place(&claim);
            let sure = self.sure.get(&(claim.subscriber, incident)).copied().unwrap_or(0);
            assert_eq!(claim.from_seq, sure, "it carries everything since the last mail that surely arrived");
            assert!(claim.seq > claim.from_seq);
            let lease = self.town.now + retry::LEASE;
            // A connection that its own sender gave up is closed; nothing more is heard of it.
            self.hands.retain(|hand| hand.sender != sender || key(&hand.claim) != key(&claim));
            self.hands.push(Hand { sender, claim, dot: None, lease, lost: false });
        }
    }

    /// G6: what is new is served by its kind, the last word before a holding update. Doubts are looked at before all that.
    fn in_order(&mut self, claims: &[Claim]) {
        let doubts = self.town.ledger.doubts().unwrap();
        let doubted = |claim: &StatementClaim| {
            doubts.iter().any(|doubt| (doubt.subscriber, doubt.seq) == (claim.subscriber, claim.seq))
        };
        let kinds = claims.iter().filter_map(|claim| match claim {
            Claim::Statement(claim) => (!doubted(claim)).then_some(claim.kind.priority()),
            _ => None,
        });
        assert!(kinds.is_sorted(), "G6: {claims:?}");
    }

    fn dot(&mut self, hand: usize, stored: bool) {
        let Some(mut hand) = pick(&mut self.hands, hand).filter(|hand| hand.dot.is_none()).cloned() else {
            return;
        };
        self.town.me = self.senders[hand.sender];
        if self.town.intend(&hand.claim) {
            self.permitted(&hand);
            hand.dot = Some(stored);
            hand.lease = self.town.now + retry::LEASE;
            if stored {
                self.store(&hand.claim);
            }
            let key = key(&hand.claim);
            let place = self
                .hands
                .iter_mut()
                .find(|other| other.sender == hand.sender && self::key(&other.claim) == key && !other.lost);
            *place.expect("it was in hand") = hand;
        }
    }

    /// G4 and G5, at the moment of permission.
    fn permitted(&self, hand: &Hand) {
        let (claim, now) = (&hand.claim, self.town.now);
        let incident = place(claim);
        assert!(!hand.lost, "the fence holds");
        assert!(!self.paused[incident]);
        let reader = self.readers.iter().find(|reader| reader.id == claim.subscriber).expect("not erased");
        assert!(reader.here && !reader.muted.contains(&incident), "G5: {} has left", reader.name);
        assert_eq!(claim.seq, self.target(incident, reader.pace), "G4: something newer is out");
        let said = self.said[incident][claim.seq as usize - 1];
        let late = said.expires_at <= now;
        // Who came late, and whose digest is due, has four hours of their own; nobody here waits longer than that.
        assert!(
            !late || reader.pace == Pace::Digest || now.duration_since(said.at) < hours(48),
            "G4: out of date"
        );
    }

    fn target(&self, incident: usize, pace: Pace) -> u64 {
        let wants = |said: &Said| match pace {
            Pace::All | Pace::Digest => said.told,
            Pace::News | Pace::Ends => said.told && said.kind != UpdateKind::Holding,
        };
        self.said[incident].iter().rposition(wants).map_or(0, |index| index as u64 + 1)
    }

    /// The relay stores a mail: G2 and G3.
    fn store(&mut self, claim: &StatementClaim) {
        let mail =
            Stored { reader: claim.subscriber, incident: place(claim), from: claim.from_seq, to: claim.seq };
        let before = |other: &&Stored| (other.reader, other.incident) == (mail.reader, mail.incident);
        let last = self.stored.iter().rfind(before).copied();
        if let Some(last) = last {
            assert!(mail.to >= last.to, "G3: {mail:?} after {last:?}");
            if mail.to == last.to {
                assert_eq!(mail.from, last.from, "sent again, it is the same mail");
                let doubts = self.town.ledger.doubts().unwrap();
                let listed = doubts
                    .iter()
                    .filter(|doubt| (doubt.subscriber, doubt.seq) == (mail.reader, mail.to))
                    .count();
                let copies = self.stored.iter().filter(before).filter(|other| other.to == mail.to).count();
                assert!(copies == 1 && listed >= 1, "G2: {mail:?} is stored {copies} times, {listed} doubts");
            }
        }
        self.stored.push(mail);
    }

    fn reply(&mut self, hand: usize, reply: usize) {
        if self.hands.is_empty() {
            return;
        }
        let hand = self.hands.remove(hand % self.hands.len());
        let possible = match hand.dot {
            None => vec![
                later(),
                refused(),
                policy(),
                Outcome::NotSent { why: "reset".into() },
                Outcome::TakenBack,
            ],
            Some(true) => vec![accepted(), accepted(), accepted(), lost()],
            Some(false) => vec![later(), refused(), policy(), lost()],
        };
        let outcome = possible[reply % possible.len()].clone();
        self.town.me = self.senders[hand.sender];
        self.town.settle(&hand.claim, outcome.clone());
        let reader = self.readers.iter_mut().find(|reader| reader.id == hand.claim.subscriber);
        match outcome {
            Outcome::Accepted { .. } => {
                let sure = self.sure.entry((hand.claim.subscriber, place(&hand.claim))).or_default();
                *sure = (*sure).max(hand.claim.seq);
            }
            // What a sender says about a mail that it lost is too late.
            _ if hand.lost => {}
            Outcome::InDoubt { .. } => self.doubts += 1,
            Outcome::Refused { .. } => reader.expect("not erased").here = false,
            _ => {}
        }
    }

    fn crash(&mut self, sender: usize) {
        let (gone, rest): (Vec<_>, Vec<_>) = self.hands.drain(..).partition(|hand| hand.sender == sender);
        self.hands = rest;
        self.doubts += gone.iter().filter(|hand| hand.dot.is_some() && !hand.lost).count();
        let dead = self.senders[sender];
        self.senders[sender] = self.town.ledger.enlist("again", self.town.now).unwrap();
        self.town.ledger.bury(dead, self.town.now).unwrap();
    }

    fn check(&mut self) {
        assert_eq!(self.town.ledger.doubts().unwrap().len(), self.doubts, "every mail in doubt is listed");
        self.shown();
    }

    /// G7: nothing is shown as sent that was not.
    fn shown(&mut self) {
        for reader in &self.readers {
            let history = self.town.ledger.history(reader.id).unwrap().unwrap();
            for mail in history.mails {
                let incident = INCIDENTS.iter().position(|slug| *slug == mail.incident.as_str()).unwrap();
                let is_it = |stored: &Stored| {
                    (stored.reader, stored.incident, stored.to) == (reader.id, incident, mail.seq)
                };
                assert!(self.stored.iter().any(is_it), "G7: shown as sent, and was not: {mail:?}");
            }
        }
    }

    /// Everything heals; a last word is said; after that everyone has been told everything that they were owed.
    fn end(&mut self) {
        for sender in 0..SENDERS {
            self.crash(sender);
        }
        for incident in 0..2 {
            self.resume(incident);
            self.publish(incident, UpdateKind::Resolved, true);
        }
        // What had no words before is due at once; what waits or is in doubt within the hour, or some hours later where the
        // clock was set back; a digest next morning.
        let (zone, began) = (jiff::tz::TimeZone::UTC, self.town.now);
        let later = [minutes(0), minutes(20), minutes(40), hours(12)].map(|wait| began + wait);
        let morning = digest_gate(began + hours(36), &zone) + minutes(1);
        for now in later.into_iter().chain([morning, morning + minutes(20), morning + minutes(40)]) {
            self.town.now = now;
            self.town.gate = digest_gate(now, &zone);
            for _ in 0..100 {
                self.claim(0, 9);
                if self.hands.is_empty() {
                    break;
                }
                while !self.hands.is_empty() {
                    let before = self.hands.len();
                    self.dot(before - 1, true);
                    self.reply(before - 1, if self.hands[before - 1].dot.is_some() { 0 } else { 4 });
                }
            }
        }
        self.check();
        for incident in 0..2 {
            for reader in &self.readers {
                if reader.here && !reader.muted.contains(&incident) {
                    self.owed(incident, reader);
                }
            }
        }
    }

    /// G1: every statement that this pace asks for is in some mail that was stored.
    fn owed(&self, incident: usize, reader: &Reader) {
        for (said, seq) in self.said[incident].iter().zip(1_u64..) {
            let wanted = said.told
                && match reader.pace {
                    Pace::All | Pace::Digest => true,
                    Pace::News => said.kind != UpdateKind::Holding,
                    Pace::Ends => said.kind.is_end(said.ended_before),
                };
            let told = self.stored.iter().any(|mail| {
                (mail.reader, mail.incident) == (reader.id, incident) && mail.from < seq && seq <= mail.to
            });
            assert!(
                !wanted || told,
                "G1: {} ({:?}) was never told {seq} of {}",
                reader.name,
                reader.pace,
                INCIDENTS[incident]
            );
        }
    }
}

fn policy() -> Outcome {
    Outcome::Policy { code: 550, text: "5.7.1 blocked".into() }
}

fn place(claim: &StatementClaim) -> usize {
    INCIDENTS.iter().position(|slug| *slug == claim.incident.as_str()).unwrap()
}

fn pick<T>(from: &mut [T], index: usize) -> Option<&mut T> {
    let count = from.len().max(1);
    from.get_mut(index % count)
}

/// Lives through one seed; returns the hours that passed in it.
fn simulate(seed: u64) -> i64 {
    let mut dice = Dice(seed);
    let mut world = World::new();
    let began = world.town.now;
    for _ in 0..1 + dice.below(150) {
        world.take(&dice.step());
        world.check();
    }
    world.end();
    world.town.now.duration_since(began).as_hours()
}

/// One seed, or a range of them; a few by default.
fn seeds() -> Range<u64> {
    let Ok(given) = std::env::var("CANDOR_TEST_SEEDS") else {
        // A server takes ten times as long.
        return if on_server().is_some() { 0..20 } else { 0..200 };
    };
    let number =
        |text: &str| text.parse().expect("CANDOR_TEST_SEEDS is a number or a range such as 0..10000");
    match given.split_once("..") {
        Some((first, end)) => number(first)..number(end),
        None => number(&given)..number(&given) + 1,
    }
}

#[test]
#[allow(clippy::print_stdout)] // For `--nocapture`.
fn the_guarantees_hold_over_any_schedule() {
    let seeds = seeds();
    let count = seeds.end - seeds.start;
    let workers = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let hours: i64 = std::thread::scope(|scope| {
        let work = |worker| {
            let mine = seeds.clone().filter(move |seed| seed % workers == worker);
            move || mine.map(tried).sum::<i64>()
        };
        let running: Vec<_> = (0..workers).map(|worker| scope.spawn(work(worker))).collect();
        running.into_iter().map(|worker| worker.join().expect("every seed holds")).sum()
    });
    println!("{count} seeds, {hours} simulated hours");
}

fn tried(seed: u64) -> i64 {
    std::panic::catch_unwind(|| simulate(seed)).unwrap_or_else(|_| {
        panic!("seed {seed} failed: CANDOR_TEST_SEEDS={seed} cargo test --test ledger model lives through it again")
    })
}
