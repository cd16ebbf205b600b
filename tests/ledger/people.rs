//! Subscribers: coming, changing, leaving, being erased.

use candor::outbox::*;

use crate::town::*;

#[test]
fn the_same_list_again_changes_nothing() {
    let mut town = Town::new();
    let list = [
        SignUp { areas: areas(&["norwood", "riverside"]), ..town.person("ann") },
        SignUp { pace: Pace::Digest, language: "fr".into(), ..town.person("bob") },
    ];
    let first = town.sign_up(&list);
    let ids: Vec<_> =
        first.iter().map(|one| if let SignedUp::Added(id) = one { *id } else { panic!("{one:?}") }).collect();
    assert_eq!(town.sign_up(&list), [SignedUp::Unchanged(ids[0]), SignedUp::Unchanged(ids[1])]);
    let other_order = SignUp { areas: areas(&["riverside", "norwood"]), ..list[0].clone() };
    assert_eq!(town.sign_up(&[other_order]), [SignedUp::Unchanged(ids[0])]);
    let moved = SignUp { areas: areas(&["riverside"]), ..list[0].clone() };
    assert_eq!(town.sign_up(&[moved]), [SignedUp::Changed(ids[0])]);
    assert_eq!(town.ledger.subscriber(ids[0]).unwrap().unwrap().areas, areas(&["riverside"]));
    let bob = town.ledger.subscriber_at(&Address::read("BOB@example.org").unwrap()).unwrap().unwrap();
    assert_eq!((bob.id, bob.pace, bob.language.as_str()), (ids[1], Pace::Digest, "fr"));
}

#[test]
fn who_comes_late_is_told_the_present_state_and_who_moves_hears_about_the_new_place() {
    let mut town = Town::new();
    town.publish("everywhere", UpdateKind::Opened);
    let riverside = Audience { services: vec![], areas: areas(&["riverside"]) };
    let opened = Publication { audience: riverside, ..town.publication("riverside", UpdateKind::Opened) };
    town.ledger.publish(&opened).unwrap();
    town.publish("over", UpdateKind::Resolved);
    let ann = SignUp { areas: areas(&["norwood"]), ..town.person("ann") };
    town.sign_up(std::slice::from_ref(&ann));
    let claims = town.claim();
    assert_eq!(claims.iter().map(|claim| claim.incident.as_str()).collect::<Vec<_>>(), ["everywhere"]);
    assert_eq!((claims[0].from_seq, claims[0].seq), (0, 1));
    town.sign_up(&[SignUp { areas: areas(&["riverside"]), ..ann }]);
    assert_eq!(town.claim()[0].incident.as_str(), "riverside");
}

#[test]
fn who_comes_late_is_told_even_if_the_last_word_was_hours_ago() {
    let mut town = Town::new();
    town.publish(MAIN, UpdateKind::Opened);
    town.pass(hours(6));
    assert_eq!(town.claim(), []);
    town.subscribe("ann");
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
}

#[test]
fn leaving_stops_every_mail_whose_dot_is_not_yet_sent() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    let bob = town.subscribe("bob");
    town.publish(MAIN, UpdateKind::Opened);
    let claims = town.claim();
    let of = |id| claims.iter().find(|claim| claim.subscriber == id).unwrap();
    assert!(town.intend(of(bob)));
    assert!(town.ledger.leave(ann).unwrap() && town.ledger.leave(bob).unwrap());
    assert!(!town.intend(of(ann)));
    town.settle(of(ann), Outcome::TakenBack);
    // This one had left the house; that is written down, and it was the last.
    town.settle(of(bob), accepted());
    town.publish(MAIN, UpdateKind::Resolved);
    assert_eq!(town.claim(), []);
    assert_eq!(town.ledger.history(bob).unwrap().unwrap().mails.len(), 1);
    assert_eq!(town.sign_up(&[town.person("ann")]), [SignedUp::Barred(Bar::Left)]);
}

#[test]
fn who_comes_back_is_told_what_goes_on_and_not_what_ended() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish("open", UpdateKind::Opened);
    town.publish("over", UpdateKind::Opened);
    town.deliver();
    town.ledger.leave(ann).unwrap();
    town.publish("open", UpdateKind::Update);
    town.publish("over", UpdateKind::Resolved);
    let form = town.person("ann");
    assert_eq!(town.ledger.sign_up(&[form], Via::Form, town.now).unwrap(), [SignedUp::Changed(ann)]);
    assert_eq!(town.claim(), [], "not before the link was followed");
    assert!(town.ledger.confirm(ann, town.now).unwrap());
    let claims = town.claim();
    assert_eq!(claims.len(), 1);
    assert_eq!((claims[0].incident.as_str(), claims[0].from_seq, claims[0].seq), ("open", 1, 2));
    town.publish("over", UpdateKind::Reopened);
    let claims = town.claim();
    assert_eq!((claims[0].incident.as_str(), claims[0].from_seq, claims[0].seq), ("over", 1, 3));
}

#[test]
fn a_muted_incident_is_silent_and_others_are_not() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    assert!(town.ledger.mute(ann, &slug(MAIN), town.now).unwrap());
    assert!(!town.intend(&claim));
    town.settle(&claim, Outcome::TakenBack);
    town.publish(MAIN, UpdateKind::Resolved);
    town.publish("other", UpdateKind::Opened);
    assert_eq!(town.claim().len(), 1);
    assert!(!town.ledger.mute(ann, &slug("unknown"), town.now).unwrap());
    // Leaving and coming back does not end the silence.
    town.ledger.leave(ann).unwrap();
    town.ledger.confirm(ann, town.now).unwrap();
    town.publish(MAIN, UpdateKind::Reopened);
    assert!(town.claim().iter().all(|claim| claim.incident.as_str() != MAIN));
}

#[test]
fn who_follows_an_incident_hears_of_it_beside_what_they_asked_for_and_of_nothing_more() {
    let mut town = Town::new();
    let of_roads = |name: &str, town: &Town| SignUp { services: services(&["roads"]), ..town.person(name) };
    let list = [of_roads("ann", &town), of_roads("bob", &town), of_roads("cem", &town)];
    let came = town.sign_up(&list);
    let ids: Vec<SubscriberId> =
        came.iter().map(|one| if let SignedUp::Added(id) = one { *id } else { panic!("{one:?}") }).collect();
    let about = |incident: &str, kind, service: &str, town: &mut Town| {
        town.pass(minutes(1));
        let audience = Audience { services: services(&[service]), areas: vec![] };
        let publication = Publication { audience, ..town.publication(incident, kind) };
        town.ledger.publish(&publication).unwrap();
    };
    // Before anybody was told of it, while it goes on, and after its end.
    assert!(town.ledger.follow(ids[0], &slug(MAIN), town.now).unwrap());
    about(MAIN, UpdateKind::Opened, "water", &mut town);
    about("road", UpdateKind::Opened, "roads", &mut town);
    assert!(town.ledger.follow(ids[1], &slug(MAIN), town.now).unwrap());
    assert!(town.ledger.follow(ids[1], &slug(MAIN), town.now).unwrap(), "twice is once");
    let claims = town.claim();
    let of = |incident: &str| {
        let found = claims.iter().filter(|claim| claim.incident.as_str() == incident);
        let mut found: Vec<_> = found.map(|claim| (claim.subscriber, claim.following, claim.seq)).collect();
        found.sort_by_key(|found| found.0);
        found
    };
    assert_eq!(of(MAIN), [(ids[0], Following::Beside, 1), (ids[1], Following::Beside, 1)]);
    assert_eq!(of("road"), ids.iter().map(|id| (*id, Following::No, 1)).collect::<Vec<_>>());
    for claim in &claims {
        assert!(town.intend(claim));
        town.settle(claim, accepted());
    }
    about(MAIN, UpdateKind::Resolved, "water", &mut town);
    assert_eq!(town.deliver(), told(&[("ann", 1, 2), ("bob", 1, 2)]));
    assert!(town.ledger.follow(ids[2], &slug(MAIN), town.now).unwrap());
    assert_eq!(town.claim(), [], "it is over");
    about(MAIN, UpdateKind::Reopened, "water", &mut town);
    assert_eq!(town.deliver(), told(&[("ann", 2, 3), ("bob", 2, 3), ("cem", 0, 3)]));

    // A list knows nothing of single incidents and takes none away.
    let moved = SignUp { areas: areas(&["norwood"]), ..list[0].clone() };
    assert_eq!(town.sign_up(&[moved]), [SignedUp::Changed(ids[0])]);
    assert_eq!(town.ledger.subscriber(ids[0]).unwrap().unwrap().follows.incidents, [slug(MAIN)]);
    // Muting ends it; following again ends the silence.
    assert!(town.ledger.mute(ids[0], &slug(MAIN), town.now).unwrap());
    assert_eq!(town.ledger.subscriber(ids[0]).unwrap().unwrap().follows, Follows::default());
    about(MAIN, UpdateKind::Update, "water", &mut town);
    assert!(town.ledger.leave(ids[1]).unwrap() && town.ledger.forget(ids[2], town.now).unwrap());
    assert_eq!(town.claim(), []);
    assert!(town.ledger.follow(ids[0], &slug(MAIN), town.now).unwrap());
    assert_eq!(town.deliver(), told(&[("ann", 3, 4)]));
    for gone in [ids[1], ids[2], SubscriberId(999)] {
        assert!(!town.ledger.follow(gone, &slug(MAIN), town.now).unwrap(), "only who is confirmed follows");
    }
}

#[test]
fn a_form_neither_shows_nor_changes_what_is_known_about_an_address() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    let stranger = SignUp { pace: Pace::Ends, name: "Mallory".into(), ..town.person("ann") };
    assert_eq!(town.ledger.sign_up(&[stranger], Via::Form, town.now).unwrap(), [SignedUp::Unchanged(ann)]);
    let known = town.ledger.subscriber(ann).unwrap().unwrap();
    assert_eq!((known.name.as_str(), known.pace), ("ann", Pace::All));
}

#[test]
fn a_sign_up_by_form_is_told_nothing_before_it_is_confirmed() {
    let mut town = Town::new();
    town.publish(MAIN, UpdateKind::Opened);
    let form = town.person("ann");
    let [SignedUp::Added(ann)] = town.ledger.sign_up(&[form], Via::Form, town.now).unwrap()[..] else {
        panic!("a new address is added")
    };
    town.publish(MAIN, UpdateKind::Update);
    assert_eq!(town.claim(), []);
    assert!(town.ledger.confirm(ann, town.now).unwrap());
    assert!(town.ledger.confirm(ann, town.now).unwrap(), "twice is fine");
    assert_eq!(town.deliver(), told(&[("ann", 0, 2)]));
    assert!(!town.ledger.confirm(SubscriberId(999), town.now).unwrap());
}

#[test]
fn an_erased_person_is_gone_and_no_import_brings_them_back() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    assert!(town.intend(&claim));
    assert!(town.ledger.forget(ann, town.now).unwrap());
    // The mail was under way; its result has nobody to belong to.
    town.settle(&claim, accepted());
    assert_eq!(town.ledger.subscriber(ann).unwrap(), None);
    assert!(town.ledger.history(ann).unwrap().is_none());
    assert_eq!(town.sign_up(&[town.person("ann")]), [SignedUp::Barred(Bar::Forgotten)]);
    let suppressed = town.ledger.suppressed().unwrap().remove(0);
    assert_eq!((suppressed.subscriber, suppressed.email.as_str()), (None, ""));
    // They themselves may come back; under a new number, so that no old link opens anything.
    let form = town.person("ann");
    let [SignedUp::Added(again)] = town.ledger.sign_up(&[form], Via::Form, town.now).unwrap()[..] else {
        panic!("a new address is added")
    };
    assert_ne!(again, ann);
    assert!(town.ledger.confirm(again, town.now).unwrap());
    assert_eq!(town.ledger.suppressed().unwrap(), []);
    assert!(!town.ledger.forget(ann, town.now).unwrap());
}

#[test]
fn people_are_found_by_part_of_name_or_address_and_by_what_they_would_be_told() {
    let mut town = Town::new();
    let list = [
        SignUp { name: "Ärzte-Haus Süd".into(), areas: areas(&["norwood"]), ..town.person("praxis") },
        SignUp { services: services(&["roads"]), ..town.person("bob") },
        SignUp { services: services(&["water"]), areas: areas(&["riverside"]), ..town.person("cem") },
    ];
    town.sign_up(&list);
    let mut found = |search: Search| {
        let mut emails = Vec::new();
        town.ledger.find(&search, &mut |person| emails.push(person.email)).unwrap();
        emails
    };
    let text = |text: &str| Search { text: text.into(), ..Search::default() };
    assert_eq!(found(text("ärzte")), ["praxis@example.org"]);
    assert_eq!(found(text("BOB@")), ["bob@example.org"]);
    assert_eq!(found(text("%")), Vec::<String>::new());
    let water = Search { service: Some("water".into()), ..Search::default() };
    assert_eq!(found(water), ["praxis@example.org", "cem@example.org"]);
    let riverside = Search { areas: areas(&["riverside"]), ..Search::default() };
    assert_eq!(found(riverside), ["bob@example.org", "cem@example.org"]);
    assert_eq!(found(Search::default()).len(), 3);
}

#[test]
fn everything_that_one_person_was_told_can_be_shown() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    town.intend(&claim);
    town.settle(&claim, later());
    town.pass(minutes(1));
    town.publish("other", UpdateKind::Opened);
    town.deliver();
    town.publish(MAIN, UpdateKind::Update);
    town.deliver();
    let history = town.ledger.history(ann).unwrap().unwrap();
    let mails: Vec<_> =
        history.mails.iter().map(|mail| (mail.incident.as_str(), mail.from_seq, mail.seq)).collect();
    assert_eq!(mails, [(MAIN, 0, 1), ("other", 0, 1), (MAIN, 1, 2)]);
    assert_eq!(history.troubles.len(), 1);
    assert_eq!(history.subscriber.email, "ann@example.org");
}
