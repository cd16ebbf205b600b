//! Who is told: taking up, confirming, leaving, muting, erasing.

use super::db::{self, Connection, OptionalExtension, params};
use jiff::Timestamp;

use super::asking::before;
use super::codes::{Code, Ms};
use super::publish::{Newcomers, admit};
use super::roll;
use super::suppression;
use super::topics::{self, Kind};
use crate::outbox::{
    Bar, CONFIRM_WITHIN, Halt, Pace, SignUp, SignedUp, Subscriber, SubscriberId, SubscriberState, Via,
};
use crate::text::Slug;

pub(super) fn sign_up(db: &Connection, person: &SignUp, via: Via, now: Timestamp) -> db::Result<SignedUp> {
    let same = person.email.same();
    let Some(known) = roll::by_address(db, &same)? else {
        return match (via, suppression::find(db, &same)?) {
            (Via::Operator, Some(bar)) => Ok(SignedUp::Barred(bar)),
            // Erased while their page was open.
            (Via::Reader, _) => Ok(SignedUp::Barred(Bar::Forgotten)),
            _ => add(db, person, &same, via, now),
        };
    };
    let state = match (via, known.state) {
        (Via::Operator | Via::Reader, SubscriberState::Left) => return Ok(SignedUp::Barred(Bar::Left)),
        // An old link confirms nothing.
        (Via::Reader, SubscriberState::Unconfirmed) => return Ok(SignedUp::Barred(Bar::Left)),
        (Via::Operator | Via::Reader, SubscriberState::Refused) => {
            return Ok(SignedUp::Barred(Bar::Refused));
        }
        // A list says nothing about somebody who chose a single incident.
        (Via::Operator, _) if known.follows.nothing_else => return Ok(SignedUp::Unchanged(known.id)),
        // Whoever typed the address may be a stranger.
        (Via::Form, SubscriberState::Confirmed) => return Ok(SignedUp::Unchanged(known.id)),
        (Via::Operator | Via::Reader, _) => SubscriberState::Confirmed,
        (Via::Form, _) => SubscriberState::Unconfirmed,
    };
    if via != Via::Form && state == known.state && wants_the_same(&known, person) {
        return Ok(SignedUp::Unchanged(known.id));
    }
    if via == Via::Form {
        // A new beginning: what they followed before they left is not asked for again.
        db.prepare_cached("DELETE FROM follow WHERE subscriber_id = ?1")?.execute(params![known.id.0])?;
    }
    change(db, known.id, person, state, now)?;
    if state == SubscriberState::Confirmed {
        welcome(db, known.id, person.pace, now)?;
    }
    Ok(SignedUp::Changed(known.id))
}

fn add(db: &Connection, person: &SignUp, same: &str, via: Via, now: Timestamp) -> db::Result<SignedUp> {
    let (state, confirmed_at) = match via {
        Via::Operator | Via::Reader => (SubscriberState::Confirmed, Some(Ms(now))),
        Via::Form => (SubscriberState::Unconfirmed, None),
    };
    let sql = "INSERT INTO subscriber (name, email, email_same, found_by, language, pace, state, all_services, all_areas,
                                       only_followed, signed_up_at, confirmed_at, zone, quiet)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) RETURNING id";
    let values = params![
        person.name,
        person.email.as_str(),
        same,
        found_by(person),
        person.language,
        Code(person.pace),
        Code(state),
        person.services.is_empty(),
        person.areas.is_empty(),
        person.follows.nothing_else,
        Ms(now),
        confirmed_at,
        person.hours.zone(),
        person.hours.quiet()
    ];
    let id: i64 = db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    topics::wish(db, id, &wishes(person))?;
    follow_all(db, id, person)?;
    if via == Via::Operator {
        admit(db, Newcomers::One { subscriber: id }, now)?;
    }
    Ok(SignedUp::Added(SubscriberId(id)))
}

fn change(
    db: &Connection,
    id: SubscriberId,
    person: &SignUp,
    state: SubscriberState,
    now: Timestamp,
) -> db::Result<()> {
    let sql =
        "UPDATE subscriber SET name = ?2, email = ?3, found_by = ?4, language = ?5, pace = ?6, state = ?7,
                      all_services = ?8, all_areas = ?9, signed_up_at = ?10,
                      confirmed_at = CASE WHEN ?11 THEN coalesce(confirmed_at, ?10) ELSE confirmed_at END,
                      zone = ?12, quiet = ?13, only_followed = ?14
               WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![
        id.0,
        person.name,
        person.email.as_str(),
        found_by(person),
        person.language,
        Code(person.pace),
        Code(state),
        person.services.is_empty(),
        person.areas.is_empty(),
        Ms(now),
        state == SubscriberState::Confirmed,
        person.hours.zone(),
        person.hours.quiet(),
        person.follows.nothing_else
    ])?;
    topics::wish(db, id.0, &wishes(person))?;
    follow_all(db, id.0, person)
}

/// Adds the incidents that are followed. One ends by muting it, where its mails end too.
fn follow_all(db: &Connection, id: i64, person: &SignUp) -> db::Result<()> {
    person.follows.incidents.iter().try_for_each(|slug| follow_one(db, id, slug))
}

fn follow_one(db: &Connection, id: i64, incident: &Slug) -> db::Result<()> {
    let sql = "INSERT INTO follow (subscriber_id, slug) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    if db.prepare_cached(sql)?.execute(params![id, incident.as_str()])? == 0 {
        return Ok(());
    }
    // They had muted it, and changed their mind. What ended meanwhile is told only if more is said about it.
    let sql = "UPDATE delivery SET halt = 0, acked_seq = max(acked_seq, i.ended)
               FROM (SELECT id, slug, CASE WHEN final_seq IS NULL THEN 0 ELSE all_seq END AS ended FROM incident) AS i
               WHERE incident_id = i.id AND i.slug = ?2 AND bucket = (SELECT bucket FROM subscriber WHERE id = ?1)
                 AND subscriber_id = ?1 AND channel = 0 AND halt = 2";
    if db.prepare_cached(sql)?.execute(params![id, incident.as_str()])? > 0 {
        db.prepare_cached("UPDATE incident SET work = 1 WHERE slug = ?1 AND all_seq > 0")?
            .execute(params![incident.as_str()])?;
    }
    Ok(())
}

pub(super) fn follow(db: &Connection, id: SubscriberId, incident: &Slug, now: Timestamp) -> db::Result<bool> {
    let known = roll::by_id(db, id)?.is_some_and(|person| person.state == SubscriberState::Confirmed);
    if known {
        follow_one(db, id.0, incident)?;
        admit(db, Newcomers::One { subscriber: id.0 }, now)?;
    }
    Ok(known)
}

pub(super) fn confirm(db: &Connection, id: SubscriberId, now: Timestamp) -> db::Result<bool> {
    let Some(person) = roll::by_id(db, id)? else { return Ok(false) };
    if person.state == SubscriberState::Unconfirmed {
        let sql = "SELECT signed_up_at > ?2 FROM subscriber WHERE id = ?1";
        let values = params![id.0, Ms(before(now, CONFIRM_WITHIN))];
        if !db.prepare_cached(sql)?.query_row(values, |row| row.get::<bool>(0))? {
            return Ok(false);
        }
        let sql = "UPDATE subscriber SET state = ?2, confirmed_at = ?3 WHERE id = ?1";
        db.prepare_cached(sql)?.execute(params![id.0, Code(SubscriberState::Confirmed), Ms(now)])?;
        suppression::lift(db, &roll::same(db, id)?)?;
        come_back(db, id)?;
        welcome(db, id, person.pace, now)?;
        return Ok(true);
    }
    // An old link brings back nobody who has left since.
    Ok(person.state == SubscriberState::Confirmed)
}

/// What goes on is told again. What ended while they were away is told only if more is said about it, and then whole.
fn come_back(db: &Connection, id: SubscriberId) -> db::Result<()> {
    let sql = "UPDATE delivery SET halt = 0, acked_seq = max(acked_seq, i.ended)
               FROM (SELECT id, CASE WHEN final_seq IS NULL THEN 0 ELSE all_seq END AS ended FROM incident) AS i
               WHERE incident_id = i.id AND bucket = (SELECT bucket FROM subscriber WHERE id = ?1)
                 AND subscriber_id = ?1 AND channel = 0 AND halt IN (1, 3)";
    if db.prepare_cached(sql)?.execute(params![id.0])? > 0 {
        db.prepare_cached("UPDATE incident SET work = 1 WHERE final_seq IS NULL AND all_seq > 0")?
            .execute(params![])?;
    }
    Ok(())
}

/// A confirmed reader wants something else than before: open incidents that now concern them are told, and what rests
/// until an hour of theirs is looked at again, for the hour may be another.
fn welcome(db: &Connection, id: SubscriberId, pace: Pace, now: Timestamp) -> db::Result<()> {
    const THEIRS: &str = "bucket = (SELECT bucket FROM subscriber WHERE id = ?1) AND subscriber_id = ?1
                          AND channel = 0 AND incident_id IN (SELECT id FROM incident)";
    let sql = format!("UPDATE delivery SET pace = ?2 WHERE {THEIRS}");
    db.prepare_cached(&sql)?.execute(params![id.0, Code(pace)])?;
    let sql =
        format!("UPDATE delivery SET phase = 0, due_at = NULL WHERE {THEIRS} AND phase = 4 AND attempt = 0");
    db.prepare_cached(&sql)?.execute(params![id.0])?;
    admit(db, Newcomers::One { subscriber: id.0 }, now)
}

pub(super) fn leave(db: &Connection, id: SubscriberId) -> db::Result<bool> {
    let sql = "UPDATE subscriber SET state = ?2 WHERE id = ?1";
    let known = db.prepare_cached(sql)?.execute(params![id.0, Code(SubscriberState::Left)])? > 0;
    if known {
        suppression::halt(db, id.0, None, Halt::Left)?;
    }
    Ok(known)
}

pub(super) fn mute(db: &Connection, id: SubscriberId, incident: i64, now: Timestamp) -> db::Result<bool> {
    // A reader without a row gets one, so that no later statement makes it.
    let sql = "INSERT INTO delivery (incident_id, subscriber_id, bucket, pace, since)
               SELECT ?2, id, bucket, pace, ?3 FROM subscriber WHERE id = ?1 ON CONFLICT DO NOTHING";
    db.prepare_cached(sql)?.execute(params![id.0, incident, Ms(now)])?;
    suppression::halt(db, id.0, Some(incident), Halt::Muted)?;
    let sql =
        "DELETE FROM follow WHERE subscriber_id = ?1 AND slug = (SELECT slug FROM incident WHERE id = ?2)";
    db.prepare_cached(sql)?.execute(params![id.0, incident])?;
    Ok(roll::by_id(db, id)?.is_some())
}

pub(super) fn forget(db: &Connection, id: SubscriberId, now: Timestamp) -> db::Result<bool> {
    let sql = "SELECT email FROM subscriber WHERE id = ?1";
    let email: Option<String> =
        db.prepare_cached(sql)?.query_row(params![id.0], |row| row.get(0)).optional()?;
    let Some(email) = email else { return Ok(false) };
    suppression::add(db, &roll::same(db, id)?, Bar::Forgotten, "", now, None)?;
    for sql in [
        "DELETE FROM bounce WHERE subscriber_id = ?1",
        "DELETE FROM wish WHERE subscriber_id = ?1",
        "DELETE FROM follow WHERE subscriber_id = ?1",
        "DELETE FROM delivery WHERE subscriber_id = ?1 AND bucket = (SELECT bucket FROM subscriber WHERE id = ?1)
         AND incident_id IN (SELECT id FROM incident)",
        "DELETE FROM sent WHERE subscriber_id = ?1 AND bucket = (SELECT bucket FROM subscriber WHERE id = ?1)
         AND incident_id IN (SELECT id FROM incident)",
        "DELETE FROM subscriber WHERE id = ?1",
        // A doubt stays counted. The words of a relay often hold the address.
        "DELETE FROM trouble WHERE subscriber_id = ?1 AND what <> 4",
        "UPDATE trouble SET text = '' WHERE subscriber_id = ?1",
    ] {
        db.execute(sql, params![id.0])?;
    }
    for sql in [
        "DELETE FROM notice WHERE recipient = ?1",
        "UPDATE feedback SET contact = '' WHERE contact = ?1",
        "UPDATE feedback SET contact = '', words = '' WHERE helped = 2 AND instr(contact, ?1) > 0",
    ] {
        db.execute(sql, params![email])?;
    }
    Ok(true)
}

fn wants_the_same(known: &Subscriber, person: &SignUp) -> bool {
    let sorted = |ids: Vec<&str>| {
        let mut ids = ids;
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    known.name == person.name
        && known.follows.nothing_else == person.follows.nothing_else
        && person.follows.incidents.iter().all(|slug| known.follows.incidents.contains(slug))
        && known.email == person.email.as_str()
        && known.language == person.language
        && known.pace == person.pace
        && known.hours == person.hours
        && sorted(known.services.iter().map(|id| id.as_str()).collect())
            == sorted(person.services.iter().map(|id| id.as_str()).collect())
        && sorted(known.areas.iter().map(|id| id.as_str()).collect())
            == sorted(person.areas.iter().map(|id| id.as_str()).collect())
}

fn wishes(person: &SignUp) -> Vec<(Kind, &str)> {
    let services = person.services.iter().map(|id| (Kind::Service, id.as_str()));
    services.chain(person.areas.iter().map(|id| (Kind::Area, id.as_str()))).collect()
}

fn found_by(person: &SignUp) -> String {
    format!("{} {}", person.name, person.email).to_lowercase()
}
