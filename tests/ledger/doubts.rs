//! Crashes, silence after the dot, and senders that come back from the dead.

use candor::outbox::*;

use crate::town::*;

impl Town {
    /// The sender dies with its hands full; another process finds it and takes over.
    fn die(&mut self) -> Buried {
        let dead = self.me;
        self.me = self.ledger.enlist("after the crash", self.now).unwrap();
        self.ledger.bury(dead, self.now).unwrap()
    }
}

#[test]
fn after_a_crash_only_mails_past_the_dot_are_in_doubt_and_all_others_go_out() {
    let mut town = Town::new();
    for name in ["ann", "bob", "cem"] {
        town.subscribe(name);
    }
    town.publish(MAIN, UpdateKind::Opened);
    let claims = town.claim();
    assert!(town.intend(&claims[1]));
    assert_eq!(town.die(), Buried { given_back: 2, in_doubt: 1 });
    let doubts = town.ledger.doubts().unwrap();
    assert_eq!(doubts.len(), 1);
    assert_eq!((doubts[0].subscriber, doubts[0].seq), (claims[1].subscriber, 1));
    assert_eq!(doubts[0].state, DoubtState::PresumedSent);
    let rest: Vec<_> = town.deliver().into_iter().map(|(name, ..)| name).collect();
    assert_eq!(rest.len(), 2);
    assert!(!rest.contains(&claims[1].name));
    // The next mail carries the words in doubt again.
    town.publish(MAIN, UpdateKind::Update);
    assert!(town.deliver().contains(&(claims[1].name.clone(), 0, 2)));
    assert_eq!(town.ledger.doubts().unwrap()[0].state, DoubtState::Covered);
}

#[test]
fn word_that_a_presumed_mail_arrived_says_nothing_about_the_next_one() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let first = town.claim().remove(0);
    assert!(town.intend(&first));
    town.settle(&first, lost());
    town.publish(MAIN, UpdateKind::Update);
    let second = town.claim().remove(0);
    town.settle(&second, later());
    assert!(town.ledger.resolve(&MAIN.into(), ann, true, town.now).unwrap());
    assert_eq!(town.claim(), [], "it still waits for its next try");
    town.pass(minutes(30));
    assert_eq!(town.deliver(), told(&[("ann", 1, 2)]));
}

#[test]
fn last_words_in_doubt_are_sent_again_once_the_same() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    town.deliver();
    town.publish(MAIN, UpdateKind::Resolved);
    let first = town.claim().remove(0);
    assert!(town.intend(&first));
    town.settle(&first, lost());
    assert_eq!(town.claim(), []);
    let again_at = town.now + minutes(10);
    assert_eq!(town.ledger.doubts().unwrap()[0].state, DoubtState::AgainAt(again_at));
    assert_eq!(town.ledger.next_due(town.now, town.gate).unwrap(), Some(again_at));
    town.now = again_at;
    let second = town.claim().remove(0);
    assert_eq!(second, first, "the same numbers make the same bytes");
    assert!(town.intend(&second));
    town.settle(&second, lost());
    town.pass(hours(1));
    assert_eq!(town.claim(), []);
    let states: Vec<_> = town.ledger.doubts().unwrap().iter().map(|doubt| doubt.state).collect();
    assert_eq!(states, [DoubtState::PresumedSent; 2]);
}

#[test]
fn a_doubt_about_last_words_ends_with_their_acceptance() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Resolved);
    let claim = town.claim().remove(0);
    assert!(town.intend(&claim));
    town.settle(&claim, lost());
    town.pass(minutes(10));
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
    assert_eq!(town.ledger.doubts().unwrap()[0].state, DoubtState::Accepted);
}

#[test]
fn last_words_in_doubt_are_not_sent_again_after_the_reader_left_or_the_incident_reopened() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.subscribe("bob");
    town.publish(MAIN, UpdateKind::Resolved);
    for claim in town.claim() {
        assert!(town.intend(&claim));
        town.settle(&claim, lost());
    }
    town.ledger.leave(ann).unwrap();
    town.publish(MAIN, UpdateKind::Reopened);
    town.pass(minutes(10));
    assert_eq!(town.deliver(), told(&[("bob", 0, 2)]));
}

#[test]
fn a_sender_that_was_paused_past_its_lease_is_refused_and_its_mail_goes_out_by_another() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let stopped = town.claim().remove(0);
    let sleeper = town.me;
    town.pass(minutes(20));
    town.me = town.ledger.enlist("there", town.now).unwrap();
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
    town.me = sleeper;
    assert!(!town.intend(&stopped));
    town.settle(&stopped, Outcome::TakenBack);
    assert_eq!(town.deliver(), []);
    assert_eq!(town.ledger.doubts().unwrap(), []);
}

#[test]
fn a_mail_that_was_past_the_dot_when_its_sender_fell_silent_is_in_doubt_and_a_late_reply_clears_it() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Resolved);
    let claim = town.claim().remove(0);
    assert!(town.intend(&claim));
    town.pass(minutes(16));
    assert_eq!(town.claim(), []);
    assert_eq!(town.ledger.doubts().unwrap().len(), 1);
    town.settle(&claim, accepted());
    town.pass(minutes(11));
    assert_eq!(town.claim(), []);
    assert_eq!(town.ledger.doubts().unwrap()[0].state, DoubtState::Accepted);
}

#[test]
fn a_notice_in_doubt_is_presumed_sent() {
    let mut town = Town::new();
    let notice = Notice {
        key: "remind".into(),
        to: "owner@example.org".into(),
        subject: "Due".into(),
        body: "Write.".into(),
        at: town.now,
        expires_at: town.now + hours(1),
    };
    town.ledger.queue(&notice).unwrap();
    let claim = town.turn(&[], &[], 1).claims.remove(0);
    town.turn(&[], &[claim.key()], 0);
    assert_eq!(town.die(), Buried { given_back: 0, in_doubt: 1 });
    assert_eq!(town.turn(&[], &[], 1).claims, []);
    assert_eq!(town.ledger.notices().unwrap()[0].state, NoticeState::PresumedSent);
}
