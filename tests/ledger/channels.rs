//! Channels beside mail: the same steps, on rows of their own.

use candor::outbox::*;

use crate::town::*;

fn aim(name: &str, pace: Pace, staff: bool) -> ChannelAim {
    ChannelAim { name: name.into(), pace, staff }
}

impl Town {
    fn publish_to(&mut self, kind: UpdateKind, channels: &[ChannelAim], public_in: i64) -> u64 {
        self.pass(minutes(1));
        let publication = self.publication(MAIN, kind);
        let starts_at = self.now + minutes(public_in);
        let publication = Publication { channels: channels.to_vec(), starts_at, ..publication };
        match self.ledger.publish(&publication).unwrap() {
            Published::New { seq, .. } => seq,
            Published::Already { .. } => panic!("published before"),
        }
    }

    fn channel_turn(&mut self, settle: &[(JobKey, Outcome)], intend: &[JobKey], claim: usize) -> Turned {
        let (owner, now, digest_gate) = (self.me, self.now, self.gate);
        let work = &[Work::Channels];
        self.ledger.turn(&Turn { owner, work, now, settle, intend, claim, digest_gate }).unwrap()
    }

    fn posts_due(&mut self) -> Vec<PostClaim> {
        let claims = self.channel_turn(&[], &[], 10).claims.into_iter();
        claims
            .map(|claim| match claim {
                Claim::Post(post) => post,
                other => panic!("not for a channel: {other:?}"),
            })
            .collect()
    }

    /// Posts what is due; returns channel, from, to.
    fn post(&mut self, outcome: &Outcome) -> Vec<(String, u64, u64)> {
        let posts = self.posts_due();
        for post in &posts {
            let key = Claim::Post(post.clone()).key();
            assert_eq!(self.channel_turn(&[], std::slice::from_ref(&key), 0).may_go, [true]);
            self.channel_turn(&[(key, outcome.clone())], &[], 0);
        }
        posts.into_iter().map(|post| (post.channel, post.from_seq, post.seq)).collect()
    }

    fn states(&mut self) -> Vec<(String, PostState)> {
        self.ledger.posts().unwrap().into_iter().map(|post| (post.channel, post.state)).collect()
    }
}

#[test]
fn each_channel_hears_each_statement_once_and_mail_goes_its_own_way() {
    let mut town = Town::new();
    town.subscribe("ann");
    let both = [aim("room", Pace::All, false), aim("toot", Pace::News, false)];
    town.publish_to(UpdateKind::Opened, &both, 0);
    assert_eq!(town.post(&accepted()), told(&[("room", 0, 1), ("toot", 0, 1)]));
    assert_eq!(town.post(&accepted()), told(&[]));
    let holding = town.publish_to(UpdateKind::Holding, &both, 0);
    assert_eq!(town.post(&accepted()), told(&[("room", 1, holding)]), "no holding update in public accounts");
    // The plan does not name them any more: who heard the beginning hears the end.
    town.publish_to(UpdateKind::Resolved, &[], 0);
    assert_eq!(town.post(&accepted()), told(&[("room", 2, 3), ("toot", 1, 3)]));
    assert_eq!(town.deliver_readers(), told(&[("ann", 0, 3)]));
}

#[test]
fn staff_hear_it_before_the_public() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish_to(UpdateKind::Opened, &[aim("desk", Pace::All, true), aim("room", Pace::All, false)], 5);
    assert_eq!(town.post(&accepted()), told(&[("desk", 0, 1)]));
    assert_eq!(town.deliver_readers(), told(&[]));
    town.pass(minutes(5));
    assert_eq!(town.post(&accepted()), told(&[("room", 0, 1)]));
    assert_eq!(town.deliver_readers(), told(&[("ann", 0, 1)]));
}

#[test]
fn a_channel_that_fails_is_tried_again_and_stops_no_mail() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish_to(UpdateKind::Opened, &[aim("room", Pace::All, false)], 0);
    assert_eq!(town.post(&later()).len(), 1);
    assert!(matches!(town.states()[..], [(_, PostState::Waiting(_))]));
    assert_eq!(town.post(&accepted()), told(&[]), "it waits");
    assert_eq!(town.deliver_readers(), told(&[("ann", 0, 1)]));
    town.pass(minutes(1));
    assert_eq!(town.post(&accepted()), told(&[("room", 0, 1)]));
    assert!(matches!(town.states()[..], [(_, PostState::Told)]));
}

#[test]
fn a_channel_in_doubt_is_not_told_twice_but_the_last_word_is_repeated() {
    let mut town = Town::new();
    let room = [aim("room", Pace::All, false)];
    town.publish_to(UpdateKind::Opened, &room, 0);
    assert_eq!(town.post(&lost()).len(), 1);
    assert_eq!(town.post(&accepted()), told(&[]), "presumed sent");
    town.publish_to(UpdateKind::Resolved, &room, 0);
    assert_eq!(town.post(&lost()), told(&[("room", 0, 2)]), "says again what was in doubt");
    town.pass(minutes(11));
    assert_eq!(town.post(&accepted()), told(&[("room", 0, 2)]));
}

#[test]
fn a_channel_that_is_gone_is_left_alone_until_somebody_mends_it() {
    let mut town = Town::new();
    let room = [aim("room", Pace::All, false)];
    town.publish_to(UpdateKind::Opened, &room, 0);
    town.post(&Outcome::Refused { code: 410, text: "gone".into() });
    town.publish_to(UpdateKind::Update, &room, 0);
    assert_eq!(town.post(&accepted()), told(&[]));
    let report = town.ledger.posts().unwrap().remove(0);
    assert_eq!((report.state, report.code, report.text.as_str()), (PostState::Refused, 410, "gone"));
    assert_eq!(town.ledger.retry(&slug(MAIN), town.now).unwrap(), 1);
    assert_eq!(town.post(&accepted()), told(&[("room", 0, 2)]));
}

#[test]
fn what_a_dead_sender_held_for_a_channel_is_given_back_or_in_doubt() {
    let mut town = Town::new();
    let both = [aim("begun", Pace::All, false), aim("held", Pace::All, false)];
    town.publish_to(UpdateKind::Resolved, &both, 0);
    let posts = town.posts_due();
    let begun = Claim::Post(posts[0].clone()).key();
    assert_eq!(town.channel_turn(&[], &[begun], 0).may_go, [true]);
    let buried = town.ledger.bury(town.me, town.now).unwrap();
    assert_eq!((buried.given_back, buried.in_doubt), (1, 1));
    town.me = town.ledger.enlist("again", town.now).unwrap();
    assert_eq!(town.post(&accepted()), told(&[("held", 0, 1)]));
    town.pass(minutes(11));
    assert_eq!(town.post(&accepted()), told(&[("begun", 0, 1)]));
}
