//! Reading subscribers.

use super::db::{self, Connection, OptionalExtension, Row, params};

use super::codes::{Code, Ms, int};
use super::topics::{self, Kind};
use crate::outbox::{
    Follows, History, Mailed, OwnHours, Search, Subscriber, SubscriberId, TroubleEntry, bucket,
};
use crate::text::{AreaId, ServiceId, Slug};

/// Subscribers that are read at once.
const PAGE: usize = 1000;

const COLUMNS: &str =
    "SELECT s.id, s.name, s.email, s.language, s.pace, s.state, s.confirmed_at, s.token_epoch,
                              s.all_services, s.all_areas, s.zone, s.quiet, s.only_followed FROM subscriber s";

pub(super) fn by_id(db: &Connection, id: SubscriberId) -> db::Result<Option<Subscriber>> {
    one(db, &format!("{COLUMNS} WHERE s.id = ?1"), id.0)
}

/// By the spelling of `Address::same`.
pub(super) fn by_address(db: &Connection, same: &str) -> db::Result<Option<Subscriber>> {
    one(db, &format!("{COLUMNS} WHERE s.email_same = ?1"), same)
}

fn one(db: &Connection, sql: &str, value: impl db::ToSql) -> db::Result<Option<Subscriber>> {
    db.prepare_cached(sql)?.query_row(params![value], |row| read(db, row)).optional()
}

fn read(db: &Connection, row: &Row<'_>) -> db::Result<Subscriber> {
    let id: i64 = row.get(0)?;
    let wishes = |all: bool, kind| if all { Ok(Vec::new()) } else { topics::wishes(db, id, kind) };
    Ok(Subscriber {
        id: SubscriberId(id),
        name: row.get(1)?,
        email: row.get(2)?,
        services: wishes(row.get(8)?, Kind::Service)?.into_iter().map(ServiceId::new).collect(),
        areas: wishes(row.get(9)?, Kind::Area)?.into_iter().map(AreaId::new).collect(),
        follows: Follows { incidents: followed(db, id)?, nothing_else: row.get(12)? },
        language: row.get(3)?,
        pace: row.get::<Code<_>>(4)?.0,
        hours: OwnHours::kept(row.get(10)?, row.get(11)?),
        state: row.get::<Code<_>>(5)?.0,
        confirmed_at: row.get::<Option<Ms>>(6)?.map(|ms| ms.0),
        token_epoch: row.get(7)?,
    })
}

fn followed(db: &Connection, subscriber: i64) -> db::Result<Vec<Slug>> {
    let sql = "SELECT slug FROM follow WHERE subscriber_id = ?1 ORDER BY slug";
    db.prepare_cached(sql)?.query_map(params![subscriber], |row| row.get::<String>(0).map(Slug::new))
}

/// The address of a subscriber who exists, in the spelling of `Address::same`.
pub(super) fn same(db: &Connection, id: SubscriberId) -> db::Result<String> {
    db.prepare_cached("SELECT email_same FROM subscriber WHERE id = ?1")?
        .query_row(params![id.0], |row| row.get(0))
}

pub(super) fn find(db: &Connection, search: &Search, each: &mut dyn FnMut(Subscriber)) -> db::Result<()> {
    let text = search.text.trim().to_lowercase();
    let sql = format!(
        "{COLUMNS} WHERE s.id > ?2 AND (?1 = '' OR instr(s.found_by, ?1) > 0) ORDER BY s.id LIMIT {PAGE}"
    );
    let mut query = db.prepare_cached(&sql)?;
    let mut last = 0_i64;
    loop {
        let people = query.query_map(params![text, last], |row| read(db, row))?;
        let Some(end) = people.last() else { return Ok(()) };
        last = end.id.0;
        people.into_iter().filter(|person| concerns(search, person)).for_each(&mut *each);
    }
}

fn concerns(search: &Search, person: &Subscriber) -> bool {
    let service =
        search.service.as_ref().is_none_or(|id| person.services.is_empty() || person.services.contains(id));
    let area = search.areas.is_empty()
        || person.areas.is_empty()
        || search.areas.iter().any(|id| person.areas.contains(id));
    service && area
}

pub(super) fn history(db: &Connection, id: SubscriberId) -> db::Result<Option<History>> {
    let Some(subscriber) = by_id(db, id)? else { return Ok(None) };
    // By incident, for that is how the mails are kept.
    let sql = "SELECT t.at, i.slug, t.from_seq, t.seq FROM incident i JOIN sent t ON t.incident_id = i.id
               WHERE t.bucket = ?2 AND t.subscriber_id = ?1 ORDER BY t.at, i.slug, t.seq";
    let mails = db.prepare_cached(sql)?.query_map(params![id.0, int(bucket(id))], |row| {
        Ok(Mailed {
            at: row.get::<Ms>(0)?.0,
            incident: Slug::new(row.get::<String>(1)?),
            from_seq: row.get::<i64>(2)?.unsigned_abs(),
            seq: row.get::<i64>(3)?.unsigned_abs(),
        })
    })?;
    let sql = "SELECT t.at, i.slug, t.seq, t.what, t.code, t.text FROM trouble t JOIN incident i ON i.id = t.incident_id
               WHERE t.subscriber_id = ?1 ORDER BY t.id";
    let troubles = db.prepare_cached(sql)?.query_map(params![id.0], trouble)?;
    Ok(Some(History { subscriber, mails, troubles }))
}

/// Columns: at, slug, seq, what, code, text.
pub(super) fn trouble(row: &Row<'_>) -> db::Result<TroubleEntry> {
    Ok(TroubleEntry {
        at: row.get::<Ms>(0)?.0,
        incident: Slug::new(row.get::<String>(1)?),
        seq: row.get::<i64>(2)?.unsigned_abs(),
        trouble: row.get::<Code<_>>(3)?.0,
        code: row.get(4)?,
        text: row.get(5)?,
    })
}
